//! `retex serve`: builds in memory, shows the site on this machine, and follows what is written.

use std::{
    collections::BTreeSet,
    env, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use super::{USAGE, args::ServeArgs, report, unreadable, without_content};
use crate::{
    apercu::{Messages, Served},
    diag::{Diagnostic, Severity, Tally},
    engine::{self, Build, Memo, OnDemand, Options, Reading},
    fr::{self, clair::nom},
    parse,
    site::Site,
    source::{OutputPath, SitePath, Snapshot},
    sys::{Board, Change, Polling, Server, Sources, Watch},
};

/// The port when none is asked for; the next ones when it is taken.
const PORT: u16 = 3000;
/// Number of ports tried then.
const PORTS: u16 = 10;
/// Time between two looks at the day when nothing changes.
const DAY: Duration = Duration::from_secs(30);
/// Time without a change before the whole site is made: until then, each page is made when it is asked
/// for, and nothing keeps the next change waiting.
const REST: Duration = Duration::from_millis(200);
/// A file that goes while it is read is most often being replaced: the pause before looking again, and how
/// many times.
const AGAIN: (Duration, usize) = (Duration::from_millis(30), 20);
/// Changed files named in the line of a build.
const NAMED: usize = 3;

/// Serves until it is stopped; gives the exit code when it cannot begin.
pub(super) fn run(root: &Path, args: &ServeArgs) -> u8 {
    // Watched before it is read: what changes in between is told.
    let watch = Watch::start(root, args.sondage);
    let (mut watch, sources) = match watch.and_then(|watch| Ok((watch, Sources::read(root)?))) {
        Ok(both) => both,
        Err(error) => return unreadable(&error),
    };
    if !sources.snapshot().has_content {
        return without_content();
    }
    let server = match bind(args) {
        Ok(server) => server,
        Err(message) => {
            report::failure(&message);
            return USAGE;
        }
    };
    let mut preview = Preview::new(sources);
    let begun = Instant::now();
    let build = preview.build();
    let lasted = begun.elapsed();
    preview.complain_of(&build.diagnostics);
    let address = server.address();
    if let Err(error) = server.start(Arc::clone(&preview.board)) {
        report::failure(&format!("le système refuse un fil d’exécution ({})", error.kind()));
        return USAGE;
    }
    report::say(&welcome(&preview, &build, address, lasted));
    let mut polling = None;
    say_polling(&mut polling, &watch);
    if let Some(page) = &args.ouvrir
        && let Err(message) = open(page, build.site.as_ref(), &preview.served, address)
    {
        report::failure(&message);
    }
    // The graph weighs as much as the tree, and nobody asks for it any more.
    drop(build);
    loop {
        let change = watch.next(if preview.pending.is_some() { REST } else { DAY });
        say_polling(&mut polling, &watch);
        if !preview.follow(change) {
            preview.complete(&watch.newer());
        }
    }
}

/// A reading that was announced, and is not made whole yet.
struct Pending {
    news: News,
    /// Time that the last change took to be shown.
    lasted: Duration,
    /// The pages that are shown, and what there is to say of the sources; `None` when they have to be read again.
    read: Option<(Arc<OnDemand>, Vec<Diagnostic>)>,
}

/// Changes that made the preview look again.
#[derive(Default)]
struct News {
    changed: BTreeSet<SitePath>,
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
                fr::enumerate(&named.collect::<Vec<_>>())
            }
            many => fr::count(many, "fichier changé", "fichiers changés"),
        }
    }
}

/// The site as it is written and as it is served.
struct Preview {
    sources: Sources,
    memo: Memo,
    served: Served,
    board: Arc<Board>,
    /// The sources could not be read the last time.
    lost: bool,
    pending: Option<Pending>,
    /// The sources of the pages that are shown.
    good: Option<Snapshot>,
}

impl Preview {
    fn new(sources: Sources) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let served = Served::new(u64::try_from(since.as_millis()).unwrap_or_default());
        let board = Arc::new(Board::new(served.clone()));
        Self { sources, memo: Memo::warm(), served, board, lost: false, pending: None, good: None }
    }

    /// Reads what changed, and shows the pages that are asked for, or what is wrong. Whether anything changed.
    fn follow(&mut self, change: Option<Change>) -> bool {
        let begun = Instant::now();
        let changed = match self.refresh(change) {
            Ok(changed) => changed,
            Err(error) => {
                self.lose(&error);
                return true;
            }
        };
        let another_day = self.sources.turn_day();
        let found = std::mem::take(&mut self.lost);
        if changed.is_empty() && !another_day && !found {
            return false;
        }
        let styles = !changed.is_empty() && changed.iter().all(is_style);
        let mut news = self.pending.take().map(|pending| pending.news).unwrap_or_default();
        news.changed.extend(changed);
        news.another_day |= another_day;
        let snapshot = self.sources.snapshot();
        if self.good.as_ref().is_some_and(|good| parse::same_sources(good, snapshot)) {
            self.come_back(news, begun.elapsed());
            return true;
        }
        let options = Options::default();
        let mut reading = Reading::again(snapshot, &options, &mut self.memo);
        let messages = Messages::of_errors(reading.diagnostics(), snapshot);
        let fresh = reading.on_demand(&mut self.memo).map(Arc::new);
        if fresh.is_some() {
            self.good = Some(snapshot.clone());
        }
        let served = match &fresh {
            Some(fresh) => self.served.announce(Arc::clone(fresh), styles),
            None => self.served.unchanged(),
        };
        self.served = served.say(messages);
        self.board.put(self.served.clone());
        let lasted = begun.elapsed();
        if fresh.is_none() && reading.has_errors() {
            self.complain_of(reading.diagnostics());
            report::say(&line(&news, 0, reading.diagnostics(), lasted));
            return true;
        }
        // Without pages to show, the whole site will say why.
        let read = fresh.map(|fresh| (fresh, reading.diagnostics().to_vec()));
        self.pending = Some(Pending { news, lasted, read });
        true
    }

    /// Back to the sources of what is shown: an error is mended, a change undone.
    fn come_back(&mut self, news: News, lasted: Duration) {
        self.served = self.served.come_back().say(Messages::default());
        self.board.put(self.served.clone());
        if self.served.is_whole() {
            report::say(&line(&news, 0, &[], lasted));
        } else {
            self.pending = Some(Pending { news, lasted, read: None });
        }
    }

    /// Makes the whole site of what was announced, and says so; gives up when `stop` says that there is something
    /// newer to show.
    fn complete(&mut self, stop: &(dyn Fn() -> bool + Sync)) {
        let Some(pending) = self.pending.take() else { return };
        let snapshot = self.sources.snapshot();
        let options = Options::default();
        let reading = match &pending.read {
            Some((read, said)) => Reading::resume(read, snapshot, &options, said.clone()),
            None => Reading::again(snapshot, &options, &mut self.memo),
        };
        let url = reading.url();
        let Some((tree, diagnostics)) = reading.build_unless(&mut self.memo, stop) else {
            self.pending = Some(pending);
            return;
        };
        let served = if engine::has_errors(&diagnostics) {
            self.good = None;
            self.served.withdraw()
        } else {
            self.served.publish(tree, url.as_ref())
        };
        self.served = served.say(Messages::of_errors(&diagnostics, snapshot));
        self.board.put(self.served.clone());
        self.complain_of(&diagnostics);
        report::say(&line(&pending.news, self.served.changed(), &diagnostics, pending.lasted));
    }

    fn refresh(&mut self, change: Option<Change>) -> io::Result<Vec<SitePath>> {
        let (pause, times) = AGAIN;
        let mut change = change;
        if self.lost {
            change = Some(Change::Everything);
        }
        let Some(mut change) = change else { return Ok(Vec::new()) };
        for _ in 0..times {
            match self.sources.refresh(&change) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    change = Change::Everything;
                    thread::sleep(pause);
                }
                done => return done,
            }
        }
        self.sources.refresh(&change)
    }

    /// Builds, and puts up what there is to show.
    fn build(&mut self) -> Build {
        let snapshot = self.sources.snapshot();
        let mut build = engine::build(snapshot, &Options::default(), &mut self.memo);
        let served = if build.has_errors() {
            self.served.unchanged()
        } else {
            let tree = std::mem::take(&mut build.tree);
            let address = build.site.as_ref().and_then(|site| site.config.url.as_ref());
            self.good = Some(snapshot.clone());
            self.served.publish(tree, address)
        };
        self.served = served.say(Messages::of_errors(&build.diagnostics, snapshot));
        self.board.put(self.served.clone());
        build
    }

    /// The sources cannot be read: the last pages stay, and the reason is shown over them.
    fn lose(&mut self, error: &io::Error) {
        let said = format!("impossible de lire le site : {}", super::french(error));
        // Sources that cannot be read will not give what only the whole site can tell.
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
        let errors = diagnostics.iter().filter(|d| d.severity == Severity::Erreur);
        report::complain_of(errors.take(report::SHOWN), self.sources.snapshot());
    }
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
fn welcome(preview: &Preview, build: &Build, address: SocketAddr, lasted: Duration) -> String {
    let pages = preview.served.tree().map(|tree| fr::count(tree.page_count(), "page", "pages"));
    let what = pages.unwrap_or("aucune page tant qu’il y a une erreur".into());
    let mut text = fr::bind_spaces(&format!("Aperçu : {}\n", home(address)));
    let read = if build.diagnostics.is_empty() { "" } else { " ; pour tout lire : retex check" };
    text.push_str(&fr::bind_spaces(&format!(
        "  {what} ({}), {}{read}.\n",
        duration(lasted),
        fr::uncapitalized(&report::summary(&build.diagnostics)),
    )));
    text.push_str(&fr::bind_spaces(
        "  Ce que vous enregistrez se voit aussitôt dans le navigateur. Ctrl-C arrête l’aperçu.\n",
    ));
    if !address.ip().is_loopback() {
        text.push_str(&fr::bind_spaces(&format!(
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
    report::say(&fr::bind_spaces(&format!("  {why}\n")));
}

/// One line for one build: what changed, what became of it, how long it took.
fn line(news: &News, files: usize, diagnostics: &[Diagnostic], lasted: Duration) -> String {
    let errors = Tally::of(diagnostics).erreurs;
    let became = if errors > 0 {
        let errors = fr::count(errors, "erreur", "erreurs");
        format!("{errors}, l’aperçu garde les dernières pages sans erreur")
    } else if files == 0 {
        "les pages restent les mêmes".to_string()
    } else {
        fr::count(files, "fichier du site refait", "fichiers du site refaits")
    };
    fr::bind_spaces(&format!("{} : {became} ({})\n", news.said(), duration(lasted)))
}

fn is_style(path: &SitePath) -> bool {
    path.as_str().starts_with("themes/") && path.extension() == "css"
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
