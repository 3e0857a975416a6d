//! `retex liens`, against a small web on this machine: what each answer means, how politely it is asked for, what is
//! left when it is cut.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use crate::support::{
    copy, expect_file, root,
    web::{Answer, Request, Web, authority},
};

/// The address of a fiche of the small site: its certificate is never the right one here.
const FICHE: &str = "https://exemple.fr/tablettes";

/// The small site, with a page that gives these addresses.
fn site(addresses: &[String]) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base/content"), &place.path().join("content"));
    let links: String = addresses.iter().map(|a| format!("- [Ressource]({a})\n")).collect();
    let page = format!("+++\ntitre = \"Ressources\"\n+++\n{links}");
    fs::write(place.path().join("content/pages/ressources.md"), page).unwrap();
    place
}

fn command(place: &Path, web: &Web, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
    let proxy = format!("http://127.0.0.1:{}", web.port);
    command.arg("liens").args(args).current_dir(place);
    // No environment of this machine changes what is seen.
    ["ALL_PROXY", "all_proxy", "http_proxy", "https_proxy", "no_proxy"].iter().for_each(|name| {
        command.env_remove(name);
    });
    command.env("HTTP_PROXY", &proxy).env("HTTPS_PROXY", &proxy).env("NO_PROXY", "::1");
    command.env("SSL_CERT_FILE", authority()).env("NO_COLOR", "1");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Quick, and patient with a busy machine.
const QUICK: [&str; 6] = ["--pause", "0", "--delai", "8", "--patience", "2"];

fn run(place: &Path, web: &Web, args: &[&str]) -> Output {
    command(place, web, &[&QUICK, args].concat()).output().unwrap()
}

fn words(output: &Output) -> String {
    let said = [&output.stdout, &output.stderr].map(|s| String::from_utf8_lossy(s).into_owned());
    said.concat().replace(['\u{a0}', '\u{202f}'], " ")
}

fn health(place: &Path) -> BTreeMap<String, toml::Table> {
    let text = fs::read_to_string(place.join("liens.toml")).unwrap();
    let read: toml::Table = toml::from_str(&text).unwrap();
    let entries =
        read["adresses"].as_array().unwrap().iter().map(|e| e.as_table().unwrap().clone());
    entries.map(|e| (e["adresse"].as_str().unwrap().to_string(), e)).collect()
}

/// Words of a page that is there, or of one that is not.
fn prose(words: &str) -> String {
    let text: String = (0..60).map(|n| format!("{words}{} ", "abcdefghij".repeat(n + 1))).collect();
    format!("<html><body><p>{text}</p></body></html>")
}

/// What each host of the table answers.
fn table(request: &Request) -> Answer {
    let found = |page: String| Answer::Status(200, Vec::new(), page);
    let (host, path, head) =
        (request.host.as_str(), request.path.as_str(), request.method == "HEAD");
    match (host.strip_suffix(".exemple").unwrap_or(host), path) {
        ("robots", "/robots.txt") => found("User-agent: *\nDisallow: /prive\n".into()),
        (_, "/robots.txt") => Answer::code(404),
        ("mou", "/presente") => found(prose("la page")),
        ("mou", _) => found(prose("rien ici")),
        ("script", _) => found("<div id=app></div><script>tout(\"ce texte\")</script>".into()),
        ("renvoi", "/erreur") => found(prose("erreur")),
        ("renvoi", "/presente") => found(prose("la page")),
        ("renvoi", _) => Answer::to(302, "/erreur"),
        (_, path) if path.starts_with("/retex-page-qui-n-existe-pas") => Answer::code(404),
        ("chaine", "/a") => Answer::to(301, "/b"),
        ("chaine", "/b") => Answer::to(302, "http://www.chaine.exemple/c"),
        ("boucle", "/a") => Answer::to(301, "/b"),
        ("boucle", _) => Answer::to(301, "/a"),
        ("temoins", "/a") => Answer::to(302, "/a?essai"),
        ("temoins", _) => Answer::to(302, "/a"),
        ("porte", "/dossier") => Answer::to(302, "https://sur.exemple/login?service=dossier"),
        ("longue", path) => Answer::to(302, &format!("{path}x")),
        ("accueil", "/vieille/page") => Answer::to(302, "/"),
        ("ancien", _) => Answer::to(301, "https://sur.exemple/nouveau"),
        ("ftp", _) => Answer::to(302, "ftp://fichiers.exemple/"),
        ("tete", "/page") if head => Answer::code(403),
        ("tete", "/fermee") => Answer::code(403),
        ("methode", "/page") if head => Answer::code(405),
        ("methode", "/aucune") => Answer::code(405),
        ("absente", "/404") => Answer::code(404),
        ("absente", "/410") => Answer::code(410),
        ("absente", "/418") => Answer::code(418),
        ("presse", "/bientot") if request.nth == 0 => {
            Answer::Status(429, vec![("Retry-After", "1".into())], String::new())
        }
        ("long", _) => Answer::Status(429, vec![("Retry-After", "3600".into())], String::new()),
        ("panne", "/deux") if request.nth == 0 => Answer::code(500),
        ("panne", "/toujours") => Answer::code(503),
        ("lent", _) => Answer::Slow(300, Box::new(Answer::page())),
        ("pendu", _) => Answer::Hang,
        ("coupe", "/avant") => Answer::Cut,
        ("coupe", "/dedans") => Answer::CutInside,
        ("coupe", "/autre") => Answer::Garbage,
        ("enorme", "/page") if head => Answer::code(405),
        ("enorme", "/page") => Answer::Endless,
        _ => Answer::page(),
    }
}

const ADDRESSES: [&str; 39] = [
    "http://temoins.exemple/a",
    "http://porte.exemple/dossier",
    "http://ok.exemple/page",
    "http://ok.exemple/page#partie",
    "http://ok.exemple/autre?a=b&c=%20d#x",
    "http://chaine.exemple/a",
    "http://boucle.exemple/a",
    "http://longue.exemple/a",
    "http://accueil.exemple/vieille/page",
    "http://accueil.exemple/",
    "http://ancien.exemple/x",
    "http://ftp.exemple/x",
    "http://tete.exemple/page",
    "http://tete.exemple/fermee",
    "http://methode.exemple/page",
    "http://methode.exemple/aucune",
    "http://absente.exemple/404",
    "http://absente.exemple/410",
    "http://absente.exemple/418",
    "http://presse.exemple/bientot",
    "http://long.exemple/1",
    "http://long.exemple/2",
    "http://panne.exemple/deux",
    "http://panne.exemple/toujours",
    "http://lent.exemple/page",
    "http://pendu.exemple/page",
    "http://coupe.exemple/avant",
    "http://coupe.exemple/dedans",
    "http://coupe.exemple/autre",
    "http://enorme.exemple/page",
    "http://mou.exemple/presente",
    "http://mou.exemple/absente",
    "http://script.exemple/page",
    "http://renvoi.exemple/presente",
    "http://renvoi.exemple/absente",
    "https://sur.exemple/page",
    "https://inconnu.exemple/page",
    "https://autre-nom.exemple/page",
    "http://école.exemple/l’été",
];

const MORE: [&str; 6] = [
    "http://robots.exemple/prive/a",
    "http://robots.exemple/publique",
    "http://refuse.exemple/mandataire",
    "http://absent.exemple/personne",
    "https://refuse.exemple/mandataire",
    "https://absent.exemple/personne",
];

/// The verdict of each answer, as a table to read: `tests/liens/verdicts.txt`.
#[test]
fn each_answer_has_its_verdict() {
    let web = Web::start(table);
    let six = Web::on("[::1]:0", table);
    let ipv6 = format!("http://[::1]:{}/page", six.port);
    let addresses: Vec<String> =
        ADDRESSES.iter().chain(&MORE).map(|a| a.to_string()).chain([ipv6]).collect();
    let place = site(&addresses);
    let output = run(place.path(), &web, &["--date", "2026-03-12"]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let mut shown = String::new();
    for (address, entry) in health(place.path()) {
        let text =
            |key: &str| entry.get(key).map_or("–".into(), |v| v.to_string().replace('"', ""));
        let date = if entry.contains_key("repondait") { "vue" } else { "–" };
        let failing = if entry.contains_key("en_panne") { "en panne" } else { "–" };
        let address = address.replace(&six.port.to_string(), "PORT");
        shown.push_str(&format!(
            "{address:<45} {:<15} {:<4} {date:<4} {failing:<9} {}\n",
            text("resultat"),
            text("code"),
            text("vers")
        ));
    }
    expect_file(&root().join("tests/liens/verdicts.txt"), &shown);

    let asked = web.requests();
    assert!(
        asked.iter().all(|r| r.agent
            == format!("retex/{} (+https://exemple.fr/a/b/)", env!("CARGO_PKG_VERSION")))
    );
    assert!(asked.iter().all(|r| !r.path.contains('#')), "a fragment is not sent");
    let of =
        |host: &str, path: &str| asked.iter().filter(|r| r.host == host && r.path == path).count();
    assert_eq!(of("ok.exemple", "/page"), 1, "one page is asked once, whatever the fragments");
    assert_eq!(of("robots.exemple", "/prive/a"), 0, "a refusal is respected");
    assert_eq!(of("long.exemple", "/2"), 0, "a host that had too much is left in peace");
    assert_eq!(of("xn--cole-9oa.exemple", "/l%E2%80%99%C3%A9t%C3%A9"), 1);
    assert!(web.endless_bytes() < 8 << 20, "{} bytes are read", web.endless_bytes());
    let most = web.most_at_once();
    assert!(most.len() > 20 && most.values().all(|most| *most == 1), "{most:?}");
    assert!(!place.path().join(".retex-liens").exists());
}

/// Many hosts lead to one, which is asked one thing at a time.
#[test]
fn a_host_is_never_asked_twice_at_once() {
    let web = Web::start(|request| match request.path.as_str() {
        "/robots.txt" => Answer::code(404),
        path if request.host.starts_with('h') => {
            Answer::to(301, &format!("http://commun.exemple{path}"))
        }
        _ => Answer::Slow(20, Box::new(Answer::page())),
    });
    let addresses: Vec<String> = (0..40).map(|n| format!("http://h{n}.exemple/{n}")).collect();
    let place = site(&addresses);
    let output = run(place.path(), &web, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    assert_eq!(web.most_at_once()["commun.exemple"], 1);
    let moved = health(place.path()).values().filter(|e| e.contains_key("vers")).count();
    assert_eq!(moved, 40);
}

/// Killed without a word, and started again: nothing is lost, nothing that got an answer is asked twice.
#[test]
fn a_cut_round_goes_on() {
    let (answered, open) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let (count, opened) = (Arc::clone(&answered), Arc::clone(&open));
    let web = Web::start(move |request| {
        if !opened.load(Ordering::SeqCst) && count.fetch_add(1, Ordering::SeqCst) >= 40 {
            return Answer::Hang;
        }
        match request.path.as_str() {
            "/robots.txt" => {
                Answer::Status(200, Vec::new(), "User-agent: *\nDisallow: /non".into())
            }
            path if path.starts_with("/retex") => Answer::code(404),
            _ => Answer::page(),
        }
    });
    let addresses: Vec<String> =
        (0..80).map(|n| format!("http://h{}.exemple/{n}", n % 8)).collect();
    let place = site(&addresses);
    let mut child: Child = command(place.path(), &web, &QUICK).spawn().unwrap();
    // Nine hosts, each held at its next request.
    while web.requests().len() < 40 + 9 {
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!place.path().join("liens.toml").exists());
    let before = web.requests();
    let held: BTreeSet<&Request> = before.iter().skip(40).collect();
    open.store(true, Ordering::SeqCst);
    let output = run(place.path(), &web, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    assert_eq!(health(place.path()).len(), 81);
    let all = web.requests();
    let twice: Vec<&Request> = all[before.len()..].iter().filter(|r| r.nth > 0).collect();
    let was_held = |r: &&Request| held.iter().any(|h| (&h.host, &h.path) == (&r.host, &r.path));
    assert!(!twice.is_empty() && twice.iter().all(was_held), "{twice:#?}");
    assert!(!place.path().join(".retex-liens").exists());
}

/// One address that answers, one that stops, one that moves; three days and more.
#[test]
fn an_address_dies_after_three_days() {
    let day = Arc::new(AtomicUsize::new(0));
    let today = Arc::clone(&day);
    let web = Web::start(move |request| {
        let day = today.load(Ordering::SeqCst);
        match (request.host.as_str(), request.path.as_str()) {
            (_, "/robots.txt") => Answer::code(404),
            ("mourant.exemple", "/page") if day > 0 => Answer::code(404),
            ("retour.exemple", "/page") if day == 1 => Answer::code(410),
            ("mobile.exemple", "/page") if day > 1 => Answer::to(301, "/ailleurs"),
            (_, path) if path.starts_with("/retex") => Answer::code(404),
            _ => Answer::page(),
        }
    });
    let addresses: Vec<String> = ["vivant", "mourant", "retour", "mobile"]
        .iter()
        .map(|host| format!("http://{host}.exemple/page"))
        .collect();
    let place = site(&addresses);
    let (mut shown, mut before) = (String::new(), String::new());
    let dates = ["2026-03-01", "2026-03-12", "2026-03-12", "2026-03-15", "2026-03-20"];
    for (n, date) in dates.iter().enumerate() {
        day.store(n, Ordering::SeqCst);
        let output = run(place.path(), &web, &["--date", date]);
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        let text = fs::read_to_string(place.path().join("liens.toml")).unwrap();
        let said = String::from_utf8_lossy(&output.stdout).replace(['\u{a0}', '\u{202f}'], " ");
        shown.push_str(&format!("# {date}\n\n{said}\n{}\n", changes(&before, &text)));
        before = text;
    }
    expect_file(&root().join("tests/liens/jours.txt"), &shown);

    let check = Command::new(env!("CARGO_BIN_EXE_retex"))
        .args(["check", "--format", "court"])
        .current_dir(place.path())
        .output()
        .unwrap();
    let said = words(&check);
    assert_eq!(check.status.code(), Some(0), "never an error: {said}");
    assert!(
        said.contains("avertissement[lien-mort]") && said.contains("remarque[lien-deplace]"),
        "{said}"
    );
}

/// The lines that go and come, address by address.
fn changes(before: &str, after: &str) -> String {
    let entries = |text: &str| -> BTreeMap<String, Vec<String>> {
        let lines = |entry: &str| entry.lines().map(str::to_string).collect::<Vec<_>>();
        text.split("[[adresses]]\n").skip(1).map(lines).map(|e| (e[0].clone(), e)).collect()
    };
    let (old, new) = (entries(before), entries(after));
    let mut out = String::new();
    for (address, lines) in &new {
        let known = old.get(address).cloned().unwrap_or_default();
        let gone = known.iter().filter(|l| !lines.contains(l)).map(|l| format!("  - {l}\n"));
        let come = lines.iter().filter(|l| !known.contains(l) && !l.is_empty());
        let changed: String = gone.chain(come.map(|l| format!("  + {l}\n"))).collect();
        out.push_str(&format!("{address}\n{changed}"));
    }
    assert!(old.keys().all(|address| new.contains_key(address)));
    out
}

#[test]
fn without_a_network_nothing_is_written() {
    let web = Web::start(|_| Answer::page());
    let addresses = ["http://a.exemple/".to_string(), "https://b.exemple/x".to_string()];
    let place = site(&addresses);
    assert_eq!(run(place.path(), &web, &["--date", "2026-03-01"]).status.code(), Some(0));
    let before = fs::read_to_string(place.path().join("liens.toml")).unwrap();
    let mut cut = command(place.path(), &web, &[&QUICK[..], &["--date", "2026-04-01"]].concat());
    // Nobody listens there.
    cut.env("HTTP_PROXY", "http://127.0.0.1:9").env("HTTPS_PROXY", "http://127.0.0.1:9");
    let output = cut.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("pas de réseau"), "{}", words(&output));
    assert_eq!(fs::read_to_string(place.path().join("liens.toml")).unwrap(), before);
    assert!(!place.path().join(".retex-liens").exists());
}

/// The network goes in the middle of a round: those who did not answer after that are not held to it.
#[test]
fn a_network_lost_on_the_way_condemns_nobody() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let web = Web::start(move |request| {
        // The first host answers, once; then everything is cut.
        match request.host.as_str() {
            "a.exemple" if count.load(Ordering::SeqCst) == 0 => {
                if request.method == "HEAD" {
                    count.store(1, Ordering::SeqCst);
                }
                Answer::page()
            }
            "a.exemple" => Answer::Cut,
            _ => {
                while count.load(Ordering::SeqCst) == 0 {
                    thread::sleep(Duration::from_millis(2));
                }
                Answer::Slow(400, Box::new(Answer::Cut))
            }
        }
    });
    let addresses: Vec<String> =
        ["a", "b", "c", "d", "e"].iter().map(|h| format!("http://{h}.exemple/")).collect();
    let place = site(&addresses);
    let output = run(place.path(), &web, &["--date", "2026-03-01"]);
    assert!(words(&output).contains("Le réseau s’est coupé en route"), "{}", words(&output));
    let mut kept = health(place.path());
    kept.remove(FICHE);
    assert_eq!(kept.keys().collect::<Vec<_>>(), ["http://a.exemple/"]);
    let journal = fs::read_to_string(place.path().join(".retex-liens")).unwrap();
    assert!(!journal.contains("b.exemple"), "they are asked again: {journal}");
}

#[test]
fn only_what_is_wanted_is_asked() {
    let web = Web::start(table);
    let addresses: Vec<String> =
        ["http://ok.exemple/1", "http://www.ok.exemple/2", "http://pasok.exemple/3"]
            .iter()
            .map(|a| a.to_string())
            .collect();
    let place = site(&addresses);
    let dry = run(place.path(), &web, &["--a-blanc"]);
    assert!(words(&dry).contains("4 adresses sur 4 sites à demander"), "{}", words(&dry));
    assert_eq!(web.requests(), []);
    run(place.path(), &web, &["--hote", "ok.exemple", "--date", "2026-03-01"]);
    assert_eq!(health(place.path()).len(), 2);
    let later = run(place.path(), &web, &["--depuis", "30", "--a-blanc", "--date", "2026-03-20"]);
    assert!(words(&later).contains("2 adresses sur 2 sites"), "{}", words(&later));
    let later = run(place.path(), &web, &["--depuis", "30", "--a-blanc", "--date", "2026-03-31"]);
    assert!(words(&later).contains("4 adresses"), "{}", words(&later));
    // An address that the site has no more goes.
    let page = "+++\ntitre = \"Ressources\"\n+++\n[Une](http://ok.exemple/1)\n";
    fs::write(place.path().join("content/pages/ressources.md"), page).unwrap();
    run(place.path(), &web, &["--date", "2026-03-31"]);
    let left = health(place.path());
    assert_eq!(left.keys().collect::<Vec<_>>(), ["http://ok.exemple/1", FICHE]);
}

/// The address of a received text stays; the copy comes beside it.
#[test]
fn a_dead_link_gets_a_copy() {
    let web = Web::start(|request| match (request.host.as_str(), request.path.as_str()) {
        ("archive.exemple", path) => {
            let dated =
                path.contains("timestamp=20210701") && path.contains("https%3A%2F%2Fexemple.fr");
            let answer = r#"{"archived_snapshots":{"closest":{"available":true,"status":"200","url":"http://web.archive.exemple/web/20210612000000/https://exemple.fr/tablettes"}}}"#;
            let none = r#"{"archived_snapshots":{}}"#;
            Answer::Status(200, Vec::new(), if dated { answer } else { none }.into())
        }
        _ => Answer::page(),
    });
    let place = site(&["http://vivant.exemple/".to_string()]);
    for date in ["2026-03-01", "2026-03-05"] {
        run(place.path(), &web, &["--date", date]);
    }
    let api = "http://archive.exemple/wayback/available";
    let last = ["--date", "2026-03-09", "--archives", "--api-archives", api, "--corriger", "--oui"];
    let output = run(place.path(), &web, &last);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let fiche = place.path().join("content/syntheses/essai-2021/retex/tablettes.md");
    let text = fs::read_to_string(fiche).unwrap();
    let expected = "url = \"https://exemple.fr/tablettes\"\nurl_archive = \"https://web.archive.exemple/web/20210612000000/https://exemple.fr/tablettes\"\ntype = \"article\"\n";
    assert!(text.contains(expected), "{text}");
    let check = Command::new(env!("CARGO_BIN_EXE_retex"))
        .arg("check")
        .current_dir(place.path())
        .output()
        .unwrap();
    let said = words(&check);
    assert_eq!(check.status.code(), Some(0), "{said}");
    assert!(
        said.contains("remarque[lien-mort-avec-copie]") && said.contains("100 % de la source"),
        "{said}"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_not_written_over() {
    let web = Web::start(table);
    let place = site(&[]);
    let text = "[[adresses]]\nadresse = \"https://exemple.fr/tablettes\"\n<<<<<<< HEAD\nresultat = \"repond\"\n=======\nresultat = \"panne\"\n>>>>>>> liens\n";
    fs::write(place.path().join("liens.toml"), text).unwrap();
    let output = run(place.path(), &web, &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output).contains("liens-en-conflit"), "{}", words(&output));
    assert_eq!(web.requests(), []);
    assert_eq!(fs::read_to_string(place.path().join("liens.toml")).unwrap(), text);
}

/// The published site, with what a check has seen of its links.
fn published_and_checked() -> retex::source::Snapshot {
    let mut snapshot = crate::support::published();
    let sample = fs::read_to_string(root().join("tests/liens/exemple.toml")).unwrap();
    crate::support::set(&mut snapshot, "liens.toml", &sample);
    let fiche = "content/syntheses/loire-atlantique-2020/retex/webradio-maternelle.md";
    let copy = "url_archive = \"https://web.archive.org/web/20200612083000/https://www.dsden44.ac-nantes.fr/webradio\"";
    crate::support::edit(
        &mut snapshot,
        fiche,
        "type = \"article\"",
        &format!("{copy}\ntype = \"article\""),
    );
    snapshot
}

/// What a reader sees of the health of links; no page is much heavier for it, and what was received stays proved.
#[test]
fn the_site_says_how_its_links_are() {
    let snapshot = published_and_checked();
    let build = crate::support::build(&snapshot);
    crate::support::assert_clean(&build, &snapshot);
    let page =
        |path: &str| build.tree.pages().find(|(p, _)| p.as_str() == path).unwrap().1.to_string();
    let fiche = page("retex/loire-atlantique-2020/webradio-maternelle/index.html");
    assert!(
        fiche.contains("reçu avec la synthèse, <b>ne répond plus depuis le 3 décembre 2025</b>")
    );
    assert!(fiche.contains(">Copie du 12 juin 2020</a>"), "{fiche}");
    let liens = page("liens/index.html");
    for wanted in [
        "répondait le 12 mars 2026.",
        "répondait le 12 mars 2026, conduit maintenant à <a href=\"https://escape.cquesne.fr/sauvons-le-prix-nobel\">",
        "répondait le 3 février 2026, n’a pas répondu le 12 mars 2026",
        "Liens à réparer",
        "retex/ordinateurs-lyceens.md</a>",
    ] {
        assert!(liens.contains(wanted), "{wanted}: {liens}");
    }
    assert!(!liens.contains("retex/webradio-maternelle.md</a>"), "a copy is given");
    let cards = page("retex/index.html");
    assert!(cards.contains("article (ne répond plus)"), "{cards}");
    let before = crate::support::build(&crate::support::published());
    for (path, html) in build.tree.pages() {
        let old = before.tree.pages().find(|(p, _)| p == &path).unwrap().1;
        let more = html.matches('<').count() as i64 - old.matches('<').count() as i64;
        assert!(more <= 2 * 15, "{path:?}: {more} tags more");
    }
}

#[test]
fn the_data_say_how_the_links_are() {
    let build = crate::support::build(&published_and_checked());
    let file = |path: &str| {
        let bytes = build.tree.get(&retex::source::OutputPath::new(path)).unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    };
    let schema: serde_json::Value = serde_json::from_str(&file("donnees/schema.json")).unwrap();
    let data: serde_json::Value =
        serde_json::from_str(&file("donnees/loire-atlantique-2020/donnees.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let wrong: Vec<String> = validator.iter_errors(&data).map(|e| e.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    let links =
        data["fiches"].as_array().unwrap().iter().flat_map(|f| f["liens"].as_array().unwrap());
    let dead: Vec<_> = links.filter(|l| l["sante"]["mort"] == true).collect();
    assert_eq!(dead.len(), 3);
    let sheet = file("donnees/loire-atlantique-2020/retex.csv");
    assert!(sheet.lines().next().unwrap().ends_with(";Santé des liens"), "{sheet}");
    assert!(sheet.contains("ne répond plus 2025-12-03"));
}

/// The key of a copy goes where the file can hold it: on a line of its own, ended as the others, or in a group on one line.
#[test]
fn a_copy_is_written_where_it_fits() {
    let mut snapshot = crate::support::base();
    let copy = "https://archive.exemple.fr/web/20210612000000/x";
    let dead = "code = 404\nen_panne = 2026-01-04\nderniere_panne = 2026-03-01\npannes = 3";
    let entry = |address: &str| {
        format!(
            "[[adresses]]\nadresse = \"{address}\"\nresultat = \"introuvable\"\n{dead}\ncopie = \"{copy}\"\n"
        )
    };
    let health = entry("https://exemple.fr/tablettes") + &entry("https://exemple.fr/radio");
    crate::support::set(&mut snapshot, "liens.toml", &health);
    let folder = "content/syntheses/essai-2021/retex";
    let (radio, tablettes) = (format!("{folder}/radio.md"), format!("{folder}/tablettes.md"));
    let inline = "liens = [{ url = \"https://exemple.fr/radio\", type = \"audio\" }]\ndate";
    crate::support::edit(&mut snapshot, &radio, "date", inline);
    let text = crate::support::text(&snapshot, &tablettes).replace('\n', "\r\n");
    let text = text.replace("tablettes\"\r\n", "tablettes\" # reçu\r\n");
    crate::support::set(&mut snapshot, &tablettes, &text);
    let said = crate::support::build(&snapshot).diagnostics;
    for (path, text) in retex::diag::corrected(&said, &snapshot) {
        crate::support::set(&mut snapshot, path.as_str(), &text);
    }
    let after = crate::support::text(&snapshot, &radio);
    assert!(after.contains(&format!("radio\", url_archive = \"{copy}\", type")), "{after}");
    let after = crate::support::text(&snapshot, &tablettes);
    let lines = format!("tablettes\" # reçu\r\nurl_archive = \"{copy}\"\r\ntype");
    assert!(after.contains(&lines), "{after}");
    let build = crate::support::build(&snapshot);
    crate::support::assert_clean(&build, &snapshot);
    assert!(!build.diagnostics.iter().any(|d| d.code == retex::diag::Code::LienMort));
}
