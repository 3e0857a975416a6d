//! What a site holds commands neither a terminal nor the log of a forge, whatever the verb and the format: titles,
//! names, texts, reasons, keys and names of files hold signs that would.

use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::support::{apercu::PATIENCE, copy, files_below, root};

const PROGRAM: &str = env!("CARGO_BIN_EXE_retex");

/// A title of window, a sign that turns what follows, a line of its own, a command of a forge, in two ways.
const POISON: &str = "\u{1b}]0;X\u{7}\u{202e}\n::error::X ##[error]X ";
/// The same as TOML escapes it.
const ESCAPED: &str = r"\u001b]0;X\u0007\u202e\n::error::X ##[error]X ";

const CHECKS: [&[&str]; 10] = [
    &["check"],
    &["check", "--ajouts"],
    &["check", "--format", "court", "--ajouts"],
    &["check", "--format", "json"],
    &["check", "--format", "github", "--max", "100000"],
    &["check", "--format", "gitlab"],
    &["check", "--format", "sarif"],
    &["check", "--format", "commentaire"],
    &["check", "--corriger"],
    &["build", "--temps"],
];

fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(PROGRAM);
    let out = command.args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    let said = [out.stdout, out.stderr].map(|said| String::from_utf8(said).unwrap());
    (out.status.code(), said.join("\n"))
}

/// Holds what was said to commanding nothing.
fn assert_inert(said: &str, args: &[&str], what: &str) {
    let acts = |c: char| c == '\u{202e}' || c.is_control() && c != '\n' && c != '\t';
    let of_github = ["::error file=", "::error title=", "::warning ", "::notice "];
    for line in said.lines() {
        assert!(!line.contains(acts), "{what}, {args:?}: {line:?}");
        let is_ours = args.contains(&"github") && of_github.iter().any(|c| line.starts_with(c));
        let obeyed = line.trim_start().starts_with("::") || line.contains("##[");
        assert!(is_ours || !obeyed, "{what}, {args:?}: {line:?}");
    }
}

/// A site whose file is written again; what each verb says of it.
fn poisoned(path: &Path, how: &dyn Fn(&str) -> String) {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base"), place.path());
    let file = place.path().join(path);
    let text = fs::read_to_string(&file).unwrap();
    let written = how(&text);
    assert_ne!(text, written, "{}", path.display());
    fs::write(&file, written).unwrap();
    for args in CHECKS {
        let (code, said) = run(place.path(), args);
        assert!(code.is_some_and(|code| code <= 2), "{}: {said}", path.display());
        assert_inert(&said, args, &path.display().to_string());
    }
}

/// Each text between quotes, and each line of Markdown that begins with a letter, with the poison at its end.
fn ends_poisoned(text: &str) -> String {
    let mut quoted = false;
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches('\n');
        let is_toml = body.contains(" = ") || body.trim_start().starts_with('"');
        if is_toml {
            for c in line.chars() {
                if c == '"' {
                    if quoted {
                        out.push_str(ESCAPED);
                    }
                    quoted = !quoted;
                }
                out.push(c);
            }
        } else {
            out.push_str(body);
            if body.starts_with(char::is_alphabetic) {
                out.push_str(POISON);
            }
            out.push('\n');
        }
    }
    out
}

/// The poison after each word of a file, keys, numbers and marks too, as it is.
fn words_poisoned(text: &str) -> String {
    text.replace(' ', &format!(" {POISON}"))
}

/// The keys of a file, each another.
fn keys_poisoned(text: &str) -> String {
    text.replace(" = ", &format!("\u{202e}X = \"{ESCAPED}\"\n\"{ESCAPED}\" = "))
}

#[test]
fn texts_command_nothing() {
    let files = files_below(&root().join("tests/base"));
    thread::scope(|all| {
        for file in &files {
            all.spawn(move || {
                poisoned(file, &words_poisoned);
                if file.extension().is_some_and(|e| e != "txt") {
                    poisoned(file, &ends_poisoned);
                    let text = fs::read_to_string(root().join("tests/base").join(file)).unwrap();
                    if text.contains(" = ") {
                        poisoned(file, &keys_poisoned);
                    }
                }
            });
        }
    });
}

/// Names that a disk takes: pages, fiches, images, templates, folders, what stands in the output folder.
#[cfg(unix)]
fn names_poisoned() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base"), place.path());
    let content = place.path().join("content");
    for (folder, end) in [
        ("content/syntheses/essai-2021/retex", ".md"),
        ("content/syntheses/essai-2021/retex", ".png"),
        ("content/syntheses/essai-2021/tableaux", ".toml"),
        ("content/syntheses", ""),
        ("content/pages", ".md"),
        ("content", ".toml"),
        ("themes/local/templates", ".html"),
        ("themes/local/static", ".css"),
        ("output", ".html"),
    ] {
        let folder = place.path().join(folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("a{POISON}{end}")), "a { b").unwrap();
    }
    let inside = content.join(format!("syntheses/b{POISON}/retex"));
    fs::create_dir_all(&inside).unwrap();
    fs::write(inside.join("a.md"), "+++\na = 1\n+++\n").unwrap();
    let page =
        format!("{{% extends \"{POISON}\" %}}{{{{ vue.{POISON} }}}}{{{{ vue.titer | {POISON} }}}}");
    fs::write(place.path().join("themes/local/templates/texte.html"), page).unwrap();
    place
}

#[cfg(unix)]
#[test]
fn names_command_nothing() {
    let place = names_poisoned();
    let folder = format!("c{POISON}");
    let news: [&[&str]; 6] = [
        &["new", "page", "a-propos", "--titre", POISON],
        &["new", "fiche", "--titre", POISON, "--thematique", POISON, "--texte", POISON],
        &["new", "synthese", POISON, "--titre", POISON, "--territoire", POISON, "--annee", "2026"],
        &["init", &folder],
        &["schema", "--sortie", &folder],
        &["check", "--explique", POISON],
    ];
    for args in CHECKS.iter().chain(&news) {
        let (code, said) = run(place.path(), args);
        assert!(code.is_some_and(|code| code <= 2), "{said}");
        assert_inert(&said, args, "names");
    }
    // A site that is right, in an output folder that is not.
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base"), place.path());
    for out in [format!("a{POISON}"), format!("a{POISON}/b{POISON}")] {
        let args = ["build", "--sortie", &out];
        let (code, said) = run(place.path(), &args);
        assert!(code.is_some(), "{said}");
        assert_inert(&said, &args, "output");
    }
    let foreign = place.path().join(format!("foreign{POISON}"));
    fs::create_dir_all(foreign.join(POISON.replace('/', ""))).unwrap();
    let args = ["build", "--sortie", foreign.to_str().unwrap()];
    let (code, said) = run(place.path(), &args);
    assert_eq!(code, Some(2), "{said}");
    assert_inert(&said, &args, "foreign");
}

/// A file that cannot be read, under such a name: the disk's own words name it.
#[cfg(unix)]
#[test]
fn a_loop_of_links_commands_nothing() {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base"), place.path());
    let link = place.path().join(format!("content/pages/a{POISON}.md"));
    std::os::unix::fs::symlink(&link, &link).unwrap();
    for args in CHECKS {
        let (_, said) = run(place.path(), args);
        assert_inert(&said, args, "loop");
    }
}

#[cfg(unix)]
#[test]
fn a_preview_commands_nothing() {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base"), place.path());
    let log = place.path().join("log");
    let out = File::create(&log).unwrap();
    let mut child = Command::new(PROGRAM)
        .args(["serve", "--port", "0"])
        .current_dir(place.path())
        .stdout(out.try_clone().unwrap())
        .stderr(out)
        .spawn()
        .unwrap();
    let wait = |words: &str| {
        let begun = Instant::now();
        loop {
            let said = fs::read_to_string(&log).unwrap();
            if said.contains(words) {
                return said;
            }
            assert!(begun.elapsed() < PATIENCE, "« {words} » is not said: {said}");
            thread::sleep(Duration::from_millis(20));
        }
    };
    wait("Ctrl-C");
    let fiche = place.path().join(format!("content/syntheses/essai-2021/retex/a{POISON}.md"));
    fs::write(fiche, format!("+++\na{POISON} = 1\n+++\n{POISON}")).unwrap();
    let said = wait(", l’aperçu garde");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(said.contains("⟨U+202E⟩"), "{said}");
    assert_inert(&said, &["serve"], "preview");
}
