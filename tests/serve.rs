//! `retex serve`: the real program, driven over the network and through the disk as an editor does.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use retex::disk;

use crate::support::{
    Build,
    apercu::{Client, Editor, Expect, PATIENCE, Preview, save},
    build, copy, files_below, root,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_retex");

fn site() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base/content"), &place.path().join("content"));
    place
}

fn serve(folder: &Path) -> Preview {
    Preview::start(Path::new(PROGRAM), folder, &[])
}

fn fiche(place: &tempfile::TempDir) -> PathBuf {
    place.path().join("content/syntheses/essai-2021/retex/radio.md")
}

const RADIO: &str = "/retex/essai-2021/radio/";

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from}");
    save(file, &text.replace(from, to));
}

fn cold(folder: &Path) -> Build {
    build(&disk::scan(folder).unwrap())
}

/// The first path whose bytes are not those of the tree, or that is missing.
fn difference(preview: &Preview, built: &Build) -> Option<String> {
    let mut client = preview.client();
    let differs = |path: &str, bytes: &[u8], client: &mut crate::support::apercu::Client| {
        let given = client.get(&format!("/{path}"));
        given.status != 200 || given.built() != bytes
    };
    built
        .tree
        .iter()
        .find(|(path, bytes)| differs(path.as_str(), bytes, &mut client))
        .map(|(path, _)| path.to_string())
}

fn wait_for_tree(preview: &Preview, folder: &Path) {
    let expected = cold(folder);
    assert!(!expected.has_errors());
    let start = Instant::now();
    while let Some(path) = difference(preview, &expected) {
        assert!(start.elapsed() < PATIENCE, "{path} differs");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_is_served_is_what_is_built() {
    let place = site();
    let before = files_below(place.path());
    let preview = serve(place.path());
    let built = cold(place.path());
    assert_eq!(difference(&preview, &built), None);
    let mut client = preview.client();
    for (path, bytes) in built.tree.iter() {
        let path = format!("/{path}");
        let given = client.get(&path);
        let is_page = path.ends_with(".html");
        assert_eq!(given.text().contains("/.retex/"), is_page, "{path}: the script");
        assert!(given.head.contains("default-src 'self'"), "{path}: {}", given.head);
        let kind = if is_page { "text/html" } else { "" };
        assert!(given.head.contains(&format!("Content-Type: {kind}")), "{path}: {}", given.head);
        // HEAD says the same and gives nothing.
        let head = client.with(&format!("HEAD {path}"), "");
        assert_eq!(head.head, given.head, "{path}");
        if let Some(folder) = path.strip_suffix("/index.html").filter(|f| !f.is_empty()) {
            assert_eq!(client.get(&format!("{folder}/")).built(), **bytes, "{path}");
            let there = client.get(folder);
            assert_eq!(there.status, 307, "{path}");
            assert!(there.head.contains(&format!("Location: {folder}/\n")), "{}", there.head);
        }
    }
    let missing = client.get("/nulle/part/");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.built(), client.get("/404.html").built());
    // What a browser has kept is not given again.
    let home = client.get("/");
    let mark = home.head.lines().find_map(|l| l.strip_prefix("ETag: ")).unwrap();
    assert_eq!(client.with("GET /", &format!("If-None-Match: {mark}\r\n")).status, 304);
    assert_eq!(files_below(place.path()), before, "nothing is written");
}

#[test]
fn a_path_never_leaves_the_tree() {
    let place = site();
    fs::write(place.path().join("secret.txt"), "le secret").unwrap();
    let preview = serve(place.path());
    let deep = format!("/{}secret.txt", "../".repeat(200));
    let long = format!("/{}", "a".repeat(15_000));
    for target in [
        "/secret.txt",
        "/../secret.txt",
        "/retex/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/content/site.toml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/etc/passwd",
        "/index.html%00.txt",
        "/.retex/../secret.txt",
        "/.retex/%2e%2e/secret.txt",
        "/C:/secret.txt",
        "/%ff%fe",
        &deep,
        &long,
    ] {
        let given = preview.get(target);
        assert_eq!(given.status, 404, "{target}");
        assert!(!given.text().contains("secret") && !given.text().contains("root:"), "{target}");
    }
    let huge = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(40_000));
    for (request, status) in [
        ("GET http://localhost/secret.txt HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("GET secret.txt HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("GET /\0secret.txt HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabcde", 400),
        ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nabcde", 405),
        ("GET / HTTP/1.1\r\nHost: exemple.fr\r\n\r\n", 403),
        (&huge, 431),
    ] {
        let request = request.replace("Host: localhost", &format!("Host: {}", preview.address));
        let mut client = preview.client();
        assert_eq!(client.ask(&request).status, status, "{request:.60}");
    }
    assert_eq!(preview.get("/").status, 200, "it goes on");
}

#[test]
fn a_save_reloads_the_page_and_a_style_does_not() {
    let place = site();
    let preview = serve(place.path());
    let mut news = preview.listen();
    edit(&fiche(&place), "Une contribution", "Une belle contribution");
    assert_eq!(news.event(), "page");
    assert!(preview.get(RADIO).text().contains("Une belle contribution"));
    assert!(preview.wait_line("radio.md").contains("refait"));

    let css = place.path().join("themes/local/static/charte.css");
    fs::create_dir_all(css.parent().unwrap()).unwrap();
    fs::write(&css, "p { margin: 1px }").unwrap();
    // Every page names the new style sheet.
    assert_eq!(news.event(), "page");
    fs::write(&css, "p { margin: 2px }").unwrap();
    assert_eq!(news.event(), "style");
    assert_eq!(preview.get("/assets/charte.css").text(), "p { margin: 2px }");
}

#[test]
fn errors_come_over_the_last_good_page_and_go() {
    let place = site();
    let preview = serve(place.path());
    let mut news = preview.listen();
    let page = preview.get(RADIO).text();
    edit(&fiche(&place), "thematique = ", "thematque = ");
    let (name, number) = news.next();
    assert_eq!((name.as_str(), number == "0"), ("messages", false));
    let check = Command::new(PROGRAM).arg("check").current_dir(place.path()).output().unwrap();
    let check = String::from_utf8_lossy(&check.stdout).replace(['\u{a0}', '\u{202f}'], " ");
    let said: serde_json::Value = serde_json::from_str(&preview.messages()).unwrap();
    let message = said["messages"][0].as_str().unwrap();
    assert!(message.contains("━━━") && message.contains("vouliez-vous dire « thematique »"));
    assert!(check.contains(message), "the very words of check:\n{check}");
    assert_eq!(said["resume"], "1 erreur");
    assert_eq!(preview.get(RADIO).text(), page, "the last good page stays");
    preview.wait_line("thematque");
    // Saved again as it is, nothing moves; mended, the message goes.
    edit(&fiche(&place), "thematque = ", "thematique = ");
    assert_eq!(news.next(), ("messages".into(), "0".into()));
    assert!(preview.messages().contains("\"messages\":[]"));
}

#[test]
fn a_site_in_error_from_the_start_shows_what_is_wrong() {
    let place = site();
    edit(&fiche(&place), "thematique = ", "thematque = ");
    let preview = serve(place.path());
    for path in ["/", RADIO, "/nulle/part"] {
        let page = preview.get(path);
        assert_eq!(page.status, 503);
        let text = page.text().replace(['\u{a0}', '\u{202f}'], " ");
        assert!(text.contains("la clé « thematque »"), "{text}");
    }
    // The page knows what it shows, and is told of the rest only.
    let mut news = preview.listen();
    assert_eq!(news.event(), "messages");
    edit(&fiche(&place), "thematque = ", "thematique = ");
    assert_eq!(news.event(), "page");
    assert_eq!(preview.get(RADIO).status, 200);
}

/// What editors leave beside a file while they save it never shows as an error.
#[test]
fn the_ways_of_editors() {
    let place = site();
    let preview = serve(place.path());
    let file = fiche(&place);
    let near = |name: &str| file.with_file_name(name);
    for (n, temporary) in [
        ".radio.md.swp",
        "4913",
        "radio.md~",
        "#radio.md#",
        "sedAbC123",
        ".goutputstream-X1Y2Z3",
        "radio.md.AbCdEf",
        "radio.md___jb_tmp___",
    ]
    .iter()
    .enumerate()
    {
        let text = fs::read_to_string(&file).unwrap();
        fs::write(near(temporary), &text).unwrap();
        // Long enough to be seen by itself.
        thread::sleep(Duration::from_millis(60));
        assert!(preview.messages().contains("\"messages\":[]"), "{temporary}");
        let next = text.replace("Une contribution", &format!("Une contribution v{n}"));
        fs::write(near(temporary), &next).unwrap();
        fs::rename(near(temporary), &file).unwrap();
        preview.wait(&Expect::Holds(RADIO.into(), format!("v{n}")));
        assert!(preview.messages().contains("\"messages\":[]"), "{temporary}");
    }
    // As vim does: the file goes under another name, comes back new.
    fs::rename(&file, near("radio.md~")).unwrap();
    let text = fs::read_to_string(near("radio.md~")).unwrap();
    fs::write(&file, text.replace("Une contribution", "Écrite comme vim. Une contribution"))
        .unwrap();
    fs::remove_file(near("radio.md~")).unwrap();
    preview.wait(&Expect::Holds(RADIO.into(), "Écrite comme vim".into()));
    // In place, emptied then written.
    fs::write(&file, "").unwrap();
    fs::write(&file, text.replace("Une contribution", "Écrite sur place. Une contribution"))
        .unwrap();
    preview.wait(&Expect::Holds(RADIO.into(), "Écrite sur place".into()));
    wait_for_tree(&preview, place.path());
}

#[test]
fn a_folder_removed_and_put_back() {
    let place = site();
    let preview = serve(place.path());
    let away = place.path().join("ailleurs");
    for folder in ["content/syntheses/essai-2021/retex", "content/thematiques", "content"] {
        let folder = place.path().join(folder);
        let page = preview.get(RADIO).text();
        fs::rename(&folder, &away).unwrap();
        preview.wait(&Expect::Lacks("/.retex/messages.json".into(), "\"messages\":[]".into()));
        assert_eq!(preview.get(RADIO).text(), page, "the last good page stays");
        fs::rename(&away, &folder).unwrap();
        preview.wait(&Expect::Holds("/.retex/messages.json".into(), "\"messages\":[]".into()));
        // What is in it is still followed.
        let word = format!("Revenue {}", folder.display());
        edit(&fiche(&place), "Une contribution", &format!("Une contribution {word}"));
        preview.wait(&Expect::Holds(RADIO.into(), word));
        wait_for_tree(&preview, place.path());
    }
    // Copied anew rather than moved back.
    let content = place.path().join("content");
    copy(&content, &away);
    fs::remove_dir_all(&content).unwrap();
    preview.wait(&Expect::Holds("/.retex/messages.json".into(), "content".into()));
    copy(&away, &content);
    wait_for_tree(&preview, place.path());
    edit(&fiche(&place), "Une contribution", "Copiée. Une contribution");
    preview.wait(&Expect::Holds(RADIO.into(), "Copiée".into()));
}

#[test]
fn a_burst_of_a_thousand_events() {
    let place = site();
    let preview = serve(place.path());
    let folder = fiche(&place).parent().unwrap().to_path_buf();
    let name = |n: usize| folder.join(format!("rafale-{n}.md"));
    for n in 0..500 {
        let text = format!(
            "+++\ntitre = \"Rafale {n}\"\nthematique = \"egal-acces\"\ndate = 2022-01-01\nauteurs = [\"Équipe\"]\n+++\nTexte {n}.\n"
        );
        fs::write(name(n), text).unwrap();
    }
    for n in 0..500 {
        if n % 50 == 0 {
            edit(&name(n), "Texte", "Dernier texte");
        } else {
            fs::remove_file(name(n)).unwrap();
        }
    }
    wait_for_tree(&preview, place.path());
    assert!(preview.get("/retex/essai-2021/rafale-50/").text().contains("Dernier texte 50"));
    assert_eq!(preview.get("/retex/essai-2021/rafale-51/").status, 404);
}

/// A thousand connections that say nothing, from another process: this one may not open so many.
#[test]
#[cfg(unix)]
fn idle_connections_block_nobody() {
    let place = site();
    let preview = serve(place.path());
    let script = "ulimit -n 2048; for i in $(seq 1000); do exec {fd}<>/dev/tcp/127.0.0.1/$0 || exit 3; \
                  done; echo ready; read -r";
    let port = preview.address.port().to_string();
    let mut crowd = Command::new("bash")
        .args(["-c", script, &port])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 5];
    std::io::Read::read_exact(crowd.stdout.as_mut().unwrap(), &mut first).unwrap();
    assert_eq!(&first, b"ready");
    for _ in 0..20 {
        let start = Instant::now();
        assert_eq!(preview.get("/").status, 200);
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
    let mut news = preview.listen();
    edit(&fiche(&place), "Une contribution", "Malgré la foule, une contribution");
    assert_eq!(news.event(), "page");
    crowd.kill().unwrap();
    crowd.wait().unwrap();
}

#[test]
fn a_folder_that_is_polled() {
    let place = site();
    let preview = Preview::start(Path::new(PROGRAM), place.path(), &["--sondage"]);
    preview.wait_line("relus chaque seconde");
    for n in 0..3 {
        edit(&fiche(&place), "Une contribution", &format!("Une contribution s{n}"));
        preview.wait(&Expect::Holds(RADIO.into(), format!("s{n}")));
    }
    fs::remove_file(fiche(&place)).unwrap();
    preview.wait(&Expect::Gone(RADIO.into()));
}

fn refused(folder: &Path, args: &[&str]) -> (Output, String) {
    let mut command = Command::new(PROGRAM);
    let output = command.arg("serve").args(args).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).replace(['\u{a0}', '\u{202f}'], " ");
    (output, said)
}

#[test]
fn where_it_cannot_serve_it_says_why() {
    let place = site();
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = holder.local_addr().unwrap().port().to_string();
    let empty = tempfile::tempdir().unwrap();
    for (folder, args, wanted) in [
        (place.path(), &["--port", port.as_str()][..], format!("le port {port} est déjà pris")),
        (place.path(), &["--adresse", "203.0.113.7"], "pas l’adresse 203.0.113.7".into()),
        (empty.path(), &[], "« content »".into()),
    ] {
        let (output, said) = refused(folder, args);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(&wanted), "{said}");
    }
}

#[test]
fn an_address_of_the_network_is_said_to_be_one() {
    let place = site();
    let preview = Preview::start(Path::new(PROGRAM), place.path(), &["--adresse", "0.0.0.0"]);
    preview.wait_line("qui atteint cette machine par le réseau");
    let port = preview.address.port();
    for (host, status) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("localhost:{port}"), 200),
        (format!("exemple.fr:{port}"), 403),
        (format!("0.0.0.0:{port}"), 403),
        ("localhost".into(), 403),
    ] {
        let given = preview.client().ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert_eq!(given.status, status, "{host}");
    }
    // The whole of 127.0.0.0/8 is this machine there: each address is answered by its own name.
    #[cfg(target_os = "linux")]
    {
        let mut other = Client::new(([127, 0, 0, 2], port).into());
        assert_eq!(other.get("/").status, 200);
        assert_eq!(other.ask("GET / HTTP/1.1\r\nHost: 127.0.0.3:{port}\r\n\r\n").status, 403);
    }
}

/// The fields of every answer, and the refusal of pages of another origin, whatever they ask for.
#[test]
fn pages_of_another_origin_get_nothing() {
    let place = site();
    let preview = serve(place.path());
    let script = cold(place.path());
    let script = script.tree.iter().map(|(path, _)| path.as_str());
    let script = script.filter(|path| path.ends_with(".js")).map(|path| format!("/{path}"));
    let scripts: Vec<String> = script.collect();
    assert!(scripts.len() > 1, "{scripts:?}");
    let news = "/.retex/nouvelles?version=0&messages=0".to_string();
    let ours = ["/", "/a-propos", "/nulle/part", "/.retex/messages.json", "/.retex/apercu.js"];
    let ours = ours.map(String::from);
    for path in scripts.iter().chain(&ours).chain([&news]) {
        let get = format!("GET {path}");
        for foreign in [
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n",
            "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: empty\r\n",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n",
            "Origin: http://exemple.fr\r\n",
            "Origin: null\r\n",
        ] {
            let given = preview.client().with(&get, foreign);
            assert_eq!(given.status, 403, "{path}: {foreign}");
            assert!(given.text().contains("ses propres pages"), "{path}: {}", given.text());
            assert_protected(&given.head);
        }
        let visit = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
        let own = format!("Sec-Fetch-Site: same-origin\r\nOrigin: http://{}\r\n", preview.address);
        for fine in ["", visit, &own] {
            let mut client = preview.client();
            let request = get.replace("GET ", "HEAD ");
            let given = client.with(&request, fine);
            assert!([200, 307, 404].contains(&given.status), "{path}: {fine}: {}", given.head);
            assert_protected(&given.head);
        }
    }
    for request in ["POST / HTTP/1.1\r\nHost: a\r\n\r\n", "\u{16}\u{3}\r\n\r\n"] {
        assert_protected(&preview.client().ask(request).head);
    }
}

fn assert_protected(head: &str) {
    for field in [
        "Cross-Origin-Resource-Policy: same-origin\n",
        "X-Content-Type-Options: nosniff\n",
        "; frame-ancestors 'self'\n",
    ] {
        assert!(head.contains(field), "{field}: {head}");
    }
}

/// Pages left open count too: the oldest is told to come back, the last are told the news.
#[test]
fn open_pages_are_counted() {
    let place = site();
    let preview = serve(place.path());
    let mut pages: Vec<_> = (0..150).map(|_| preview.listen()).collect();
    let start = Instant::now();
    while pages.iter_mut().take(40).any(|page| !page.is_ended()) {
        assert!(start.elapsed() < PATIENCE, "the oldest pages are still told");
    }
    assert_eq!(preview.get("/").status, 200);
    edit(&fiche(&place), "Une contribution", "Malgré tant de pages, une contribution");
    for page in pages.iter_mut().skip(110) {
        assert_eq!(page.event(), "page");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn control_c_leaves_at_once_and_nothing_behind() {
    let place = site();
    let before = files_below(place.path());
    // What runs the tests in the background may have it ignore the signal.
    let mut command = Command::new("env");
    command.args(["--default-signal=INT", PROGRAM, "serve", "--port", "0"]);
    command.current_dir(place.path());
    let mut preview = Preview::spawn(command);
    let _news = preview.listen();
    let id = preview.child().id().to_string();
    let start = Instant::now();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert!(!preview.child().wait().unwrap().success());
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(files_below(place.path()), before);
}

/// The browser is asked for the page, whether one names its address or the file it is written in.
#[test]
#[cfg(target_os = "linux")]
fn the_browser_opens_at_the_page() {
    use std::os::unix::fs::PermissionsExt;
    for (page, wanted) in [
        (None, "/"),
        (Some("retex/essai-2021/radio"), "/retex/essai-2021/radio"),
        (Some("content/syntheses/essai-2021/retex/radio.md"), RADIO),
        (Some("content/thematiques/egal-acces.md"), "/thematiques/egal-acces/"),
        (Some("ICI/content/thematiques/egal-acces.md"), "/thematiques/egal-acces/"),
        (Some("licorne"), "/"),
    ] {
        let place = site();
        let here = place.path().canonicalize().unwrap();
        let page = page.map(|page: &str| page.replace("ICI", &here.display().to_string()));
        let browser = place.path().join("xdg-open");
        fs::write(&browser, "#!/bin/sh\necho \"$1\" > \"$(dirname \"$0\")/part\"\nmv \"$(dirname \"$0\")/part\" \"$(dirname \"$0\")/asked\"\n").unwrap();
        fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
        let path = format!("{}:{}", place.path().display(), std::env::var("PATH").unwrap());
        let mut command = Command::new(PROGRAM);
        command.args(["serve", "--port", "0", "--ouvrir"]).args(&page);
        command.env("PATH", path).current_dir(place.path());
        let preview = Preview::spawn(command);
        if page.as_deref() == Some("licorne") {
            preview.wait_line("pas de page « licorne »");
        }
        let asked = place.path().join("asked");
        let start = Instant::now();
        while !asked.exists() {
            assert!(start.elapsed() < PATIENCE, "no browser was opened");
            thread::sleep(Duration::from_millis(10));
        }
        let url = fs::read_to_string(asked).unwrap();
        assert_eq!(url.trim(), format!("http://{}{wanted}", preview.address), "{page:?}");
    }
}

/// An editor who never stops: what is served in the end, and every few edits, is a cold build.
#[test]
fn after_many_edits_it_is_still_a_cold_build() {
    let place = site();
    let preview = serve(place.path());
    let mut editor = Editor::new(place.path(), "essai-2021", 11);
    for n in 1..=60 {
        let gesture = editor.choose();
        let expected = editor.make(gesture);
        preview.wait(&expected);
        if n % 10 == 0 && !editor.is_in_error() {
            wait_for_tree(&preview, place.path());
        }
    }
}

/// A page that the whole site will refuse is not shown meanwhile.
#[test]
fn a_page_that_the_audit_refuses_is_never_shown() {
    let place = site();
    let preview = serve(place.path());
    let before = preview.get(RADIO).built();
    let template = fs::read_to_string(root().join("themes/defaut/templates/fiche.html")).unwrap();
    let local = place.path().join("themes/local/templates/fiche.html");
    fs::create_dir_all(local.parent().unwrap()).unwrap();
    for added in ["<img src=\"absente.png\" alt=\"\">", "<p style=\"color: red\">a</p>"] {
        let wrong =
            template.replace("{% block contenu %}", &format!("{{% block contenu %}}{added}"));
        assert_ne!(wrong, template);
        fs::write(&local, wrong).unwrap();
        let start = Instant::now();
        while preview.get("/.retex/messages.json").text().contains("\"messages\":[]") {
            assert!(!preview.get(RADIO).text().contains(added), "shown before it is refused");
            assert!(start.elapsed() < PATIENCE, "{added}: nothing is said");
        }
        assert_eq!(preview.get(RADIO).built(), before, "the last good page stays");
        fs::write(&local, &template).unwrap();
        preview.wait(&Expect::Holds("/.retex/messages.json".into(), "\"messages\":[]".into()));
    }
}
