//! `retex serve`: builds in memory, shows the site on this machine, and follows what is written.

use std::{
    env, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use super::{Ended, args::ServeArgs, read_site, report, unreadable};
use crate::{
    build::{Memo, Options, Report, build},
    diag::{Diagnostic, Severity, Tally},
    disk::{self, Board, Polling, Server, Watch},
    french::{self, clair::nom},
    output::{Collector, Octets},
    serve::{Messages, Served},
    site::Site,
    source::{OutputPath, SitePath, Snapshot},
};

/// The port when none is asked for; the next ones when it is taken.
const PORT: u16 = 3000;
/// Number of ports tried then.
const PORTS: u16 = 10;
/// Time between two looks at the day when nothing changes.
const DAY: Duration = Duration::from_secs(30);
/// A file that goes while it is read is most often being replaced: the pause before looking again, and how
/// many times.
const AGAIN: (Duration, usize) = (Duration::from_millis(30), 20);
/// Changed files named in the line of a build.
const NAMED: usize = 3;

/// Serves until it is stopped; ends when it cannot begin.
pub(super) fn run(root: &Path, args: &ServeArgs) -> Ended {
    // Watched before it is read: what changes in between is told.
    let mut watch = Watch::start(root, args.sondage).map_err(unreadable)?;
    let snapshot = read_site(root)?;
    let server = bind(args).map_err(report::refused)?;
    let mut preview = Preview::new(root, snapshot);
    let begun = Instant::now();
    let report = preview.build();
    let lasted = begun.elapsed();
    let address = server.address();
    server.start(Arc::clone(&preview.board)).map_err(|error| {
        report::refused(format!("le système refuse un fil d’exécution ({})", error.kind()))
    })?;
    report::say(&welcome(&preview, &report, address, lasted));
    let mut polling = None;
    say_polling(&mut polling, &watch);
    if let Some(page) = &args.ouvrir
        && let Err(message) = open(page, report.site.as_ref(), &preview.served, address)
    {
        report::failure(&message);
    }
    // The graph weighs as much as the tree, and nobody asks for it any more.
    drop(report);
    loop {
        let changed = watch.next(DAY);
        say_polling(&mut polling, &watch);
        preview.follow(changed);
    }
}

/// Causes of a new look.
struct News {
    changed: Vec<SitePath>,
    another_day: bool,
}

impl News {
    /// As a line begins: a few names, or how many.
    fn said(&self) -> String {
        match self.changed.len() {
            0 if self.another_day => "nouveau jour".into(),
            0 => "tout se lit à nouveau".into(),
            few if few <= NAMED => {
                let named = self.changed.iter().map(|path| nom(path.as_str()).into_owned());
                french::enumerate(&named.collect::<Vec<_>>())
            }
            many => french::count(many, "fichier changé", "fichiers changés"),
        }
    }
}

/// The site as it is written and as it is served.
struct Preview {
    root: PathBuf,
    snapshot: Snapshot,
    memo: Memo,
    served: Served,
    board: Arc<Board>,
    /// The sources could not be read the last time.
    lost: bool,
}

impl Preview {
    fn new(root: &Path, snapshot: Snapshot) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let served = Served::new(u64::try_from(since.as_millis()).unwrap_or_default());
        let board = Arc::new(Board::new(served.clone()));
        let (root, memo) = (root.to_path_buf(), Memo::warm());
        Self { root, snapshot, memo, served, board, lost: false }
    }

    /// Reads the sources again, and shows what they make of the site, or what is wrong. `changed`: whether something may
    /// have changed besides the day.
    fn follow(&mut self, changed: bool) {
        let begun = Instant::now();
        if !changed && !self.lost && self.snapshot.today == Some(disk::today()) {
            return;
        }
        let fresh = match read_again(&self.root) {
            Ok(fresh) => fresh,
            Err(error) => return self.lose(&error),
        };
        let found = std::mem::take(&mut self.lost);
        if fresh == self.snapshot && !found {
            return;
        }
        let changed = fresh.changed_from(&self.snapshot);
        let news = News { changed, another_day: fresh.today != self.snapshot.today };
        self.snapshot = fresh;
        let Report { diagnostics, .. } = self.build();
        report::say(&line(&news, self.served.changed(), &diagnostics, begun.elapsed()));
    }

    /// Builds, and puts up what there is to show: the last tree without an error, the errors beside it.
    fn build(&mut self) -> Report {
        let (snapshot, files) = (&self.snapshot, Collector::default());
        let emit = |path: OutputPath, bytes: Octets| files.put(path, bytes);
        let report = build(snapshot, &Options::default(), &mut self.memo, &emit, &mut |_| {});
        let served = if report.has_errors() {
            self.served.unchanged()
        } else {
            let address = report.site.as_ref().and_then(|site| site.config.url.as_ref());
            self.served.publish(files.into_tree(), address)
        };
        self.served = served.say(Messages::of_errors(&report.diagnostics, snapshot));
        self.board.put(self.served.clone());
        self.complain_of(&report.diagnostics);
        report
    }

    /// The sources cannot be read: the last pages stay, and the reason is shown over them.
    fn lose(&mut self, error: &io::Error) {
        let said = format!("impossible de lire le site : {}", super::french(error));
        let served = self.served.unchanged().say(Messages::of_failure(&said));
        if !self.lost {
            report::failure(&said);
        }
        self.lost = true;
        self.served = served;
        self.board.put(self.served.clone());
    }

    /// The errors, as `check` shows them; what is no error is only counted here.
    fn complain_of(&self, diagnostics: &[Diagnostic]) {
        let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
        report::complain_of(errors.take(report::SHOWN), &self.snapshot);
    }
}

/// Reads the sources, again while a file goes at that moment.
fn read_again(root: &Path) -> io::Result<Snapshot> {
    let (pause, times) = AGAIN;
    for _ in 0..times {
        match disk::scan(root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => thread::sleep(pause),
            read => return read,
        }
    }
    disk::scan(root)
}

/// Takes a port of the address that is asked for, or says why not.
fn bind(args: &ServeArgs) -> Result<Server, String> {
    let ports = match args.port {
        Some(port) => port..=port,
        None => PORT..=PORT + PORTS - 1,
    };
    let mut refusal = None;
    for port in ports {
        match Server::bind(args.adresse, port) {
            Ok(server) => return Ok(server),
            Err(error) => {
                let taken = error.kind() == io::ErrorKind::AddrInUse;
                refusal.get_or_insert((port, error.kind()));
                if !taken {
                    break;
                }
            }
        }
    }
    let (port, why) = refusal.unwrap_or((PORT, io::ErrorKind::Other));
    Err(match why {
        io::ErrorKind::AddrInUse if args.port.is_none() => format!(
            "les ports {PORT} à {} sont déjà pris.\nChoisissez-en un autre avec --port, ou --port 0 pour un port libre",
            PORT + PORTS - 1
        ),
        io::ErrorKind::AddrInUse => format!(
            "le port {port} est déjà pris, peut-être par un autre « retex serve ».\nArrêtez l’autre, ou choisissez un autre port avec --port (0 : un port libre)"
        ),
        io::ErrorKind::PermissionDenied => format!(
            "vous n’avez pas le droit d’ouvrir le port {port}.\nChoisissez-en un au-dessus de 1023 avec --port"
        ),
        io::ErrorKind::AddrNotAvailable => {
            format!("cette machine n’a pas l’adresse {}", args.adresse)
        }
        _ => format!("impossible d’écouter à l’adresse {}, port {port}", args.adresse),
    })
}

/// Address of the site for a browser of this machine.
fn home(address: SocketAddr) -> String {
    let here: IpAddr = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}/", SocketAddr::new(here, address.port()))
}

/// Words of welcome, once the site can be opened.
fn welcome(preview: &Preview, built: &Report, address: SocketAddr, lasted: Duration) -> String {
    let pages = preview.served.tree().map(|tree| french::count(tree.page_count(), "page", "pages"));
    let what = pages.unwrap_or("aucune page tant qu’il y a une erreur".into());
    let mut text = french::bind_spaces(&format!("Aperçu : {}\n", home(address)));
    let read = if built.diagnostics.is_empty() { "" } else { " ; pour tout lire : retex check" };
    text.push_str(&french::bind_spaces(&format!(
        "  {what} ({}), {}{read}.\n",
        duration(lasted),
        french::uncapitalized(&report::summary(&built.diagnostics)),
    )));
    text.push_str(&french::bind_spaces(
        "  Ce que vous enregistrez se voit aussitôt dans le navigateur. Ctrl-C arrête l’aperçu.\n",
    ));
    if !address.ip().is_loopback() {
        text.push_str(&french::bind_spaces(&format!(
            "  Attention : qui atteint cette machine par le réseau lit aussi cet aperçu (port {}).\n",
            address.port()
        )));
    }
    text
}

/// Says, once, that the system does not tell what changes.
fn say_polling(said: &mut Option<Polling>, watch: &Watch) {
    let now = watch.polling();
    if *said == now {
        return;
    }
    *said = now;
    let why = match now {
        None => return,
        Some(Polling::Asked) => "Les fichiers sont relus chaque seconde.",
        Some(Polling::Limit) => {
            "Le système ne peut pas surveiller plus de dossiers : les fichiers sont relus chaque seconde."
        }
        Some(Polling::Unable) => {
            "Le système ne dit pas ce qui change : les fichiers sont relus chaque seconde."
        }
    };
    report::say(&french::bind_spaces(&format!("  {why}\n")));
}

/// One line for one build: what changed, what became of it, how long it took.
fn line(news: &News, files: usize, diagnostics: &[Diagnostic], lasted: Duration) -> String {
    let errors = Tally::of(diagnostics).erreurs;
    let became = if errors > 0 {
        let errors = french::count(errors, "erreur", "erreurs");
        format!("{errors}, l’aperçu garde les dernières pages sans erreur")
    } else if files == 0 {
        "les pages restent les mêmes".to_string()
    } else {
        french::count(files, "fichier du site refait", "fichiers du site refaits")
    };
    french::bind_spaces(&format!("{} : {became} ({})\n", news.said(), duration(lasted)))
}

fn duration(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64()).replace('.', ",")
    }
}

/// Opens the browser at a page: its address in the site, or the file it is written in.
fn open(
    page: &str,
    site: Option<&Site>,
    served: &Served,
    address: SocketAddr,
) -> Result<(), String> {
    // An editor gives the whole path of a file.
    let here = env::current_dir().ok();
    let inside = here.and_then(|here| Some(Path::new(page).strip_prefix(here).ok()?.to_owned()));
    let wanted = inside.map_or(page.into(), |inside| inside.to_string_lossy().into_owned());
    let wanted = wanted.replace('\\', "/");
    let wanted = wanted.trim_start_matches("./").trim_start_matches('/');
    let source = site.and_then(|site| site.page_of(&SitePath::new(wanted)));
    let path = source.map_or(wanted, OutputPath::as_str);
    let folder = path.strip_suffix("index.html").unwrap_or(path);
    let is_there = served.tree().is_none_or(|tree| {
        let names = [folder.to_string(), format!("{}/index.html", folder.trim_end_matches('/'))];
        folder.is_empty()
            || names.iter().any(|name| tree.get(&OutputPath::new(name.as_str())).is_some())
    });
    let (folder, said) = if is_there {
        (folder, Ok(()))
    } else {
        ("", Err(format!("le site n’a pas de page « {} » : voici l’accueil", nom(page))))
    };
    let url = format!("{}{folder}", home(address));
    open::that_detached(&url)
        .map_err(|_| format!("aucun navigateur ne s’ouvre. Ouvrez vous-même {url}"))?;
    said
}
