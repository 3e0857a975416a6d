//! `check --corriger`: what is mended with certainty, and that nothing else is touched.

use std::{collections::BTreeSet, fs, process::Command};

use retex::{
    diag::{Code, Edit, corrected},
    source::{Snapshot, SourceFile},
};

use sha2::Digest;

use crate::{
    diagnostics,
    support::{assert_sound, base, build, copy, edit, errors, files_below, root, set, text},
};

const RADIO: &str = "content/syntheses/essai-2021/retex/radio.md";

/// A fiche with every kind of mistake that leaves no doubt, among lines that are to stay.
const WRONG: &str = r#"+++
# Un commentaire à garder.
titre : "Une radio d'école"   
thématique = "Enseigner et apprendre"
date = 1/3/2022
auteurs = "Camille Exemple"
  Niveaux = ["Élémentaire", "collège"] # celui-ci aussi
mots-clés = [ "radio",   'ondes' ]
points_forts = “Les élèves parlent”
commune = Nantes
brouillon = faux

[[liens]]
url = "https://exemple.fr/radio du matin?utm_source=lettre&n=2"
type = "Vidéo"
titre = 2022 # un nombre
+++
Une contribution, ajoutée après l'atelier.  
"#;

const RIGHT: &str = r#"+++
# Un commentaire à garder.
titre = "Une radio d'école"   
thematique = "enseigner-apprendre"
date = 2022-03-01
auteurs = ["Camille Exemple"]
  niveaux = ["elementaire", "college"] # celui-ci aussi
mots_cles = [ "radio",   'ondes' ]
points_forts = ["Les élèves parlent"]
commune = "Nantes"
brouillon = false

[[liens]]
url = "https://exemple.fr/radio%20du%20matin?n=2"
type = "video"
titre = "2022" # un nombre
+++
Une contribution, ajoutée après l'atelier.  
"#;

/// The site after the corrections that leave no doubt, round after round.
pub(crate) fn mended(mut snapshot: Snapshot) -> Snapshot {
    for _ in 0..20 {
        let texts = corrected(&build(&snapshot).diagnostics, &snapshot);
        if texts.is_empty() {
            return snapshot;
        }
        for (path, text) in texts {
            assert_ne!(path.file_name(), "source.txt", "the document is never touched");
            snapshot.insert(SourceFile::text(path.as_str(), &text));
        }
    }
    panic!("corrections never end");
}

#[test]
fn a_fiche_full_of_mistakes_is_mended_and_nothing_else() {
    for (wrong, right) in [
        (WRONG.to_string(), RIGHT.to_string()),
        (WRONG.replace('\n', "\r\n"), RIGHT.replace('\n', "\r\n")),
        (format!("\u{feff}{WRONG}"), format!("\u{feff}{RIGHT}")),
    ] {
        let mut snapshot = base();
        // Its title is a known slug apart from an accent and a capital.
        set(&mut snapshot, RADIO, &wrong.replace("Enseigner et apprendre", "Enseigner apprendre"));
        let snapshot = mended(snapshot);
        let text = snapshot.files[RADIO].as_text().unwrap();
        assert_eq!(**text, right);
        assert_eq!(errors(&build(&snapshot), &snapshot), Vec::<String>::new());
    }
}

/// Whatever a case is about, its corrections end, add no error and change only the lines they are on.
#[test]
fn corrections_of_every_case_are_safe() {
    let folder = root().join("tests/diagnostics");
    let mut codes = BTreeSet::new();
    for file in files_below(&folder) {
        let markdown = fs::read_to_string(folder.join(&file)).unwrap();
        let before = diagnostics::site_of(&markdown);
        let said = build(&before).diagnostics;
        let fixable = said.iter().filter(|d| !d.fixes.is_empty());
        codes.extend(fixable.clone().map(|d| d.code));
        let lines: BTreeSet<_> = fixable
            .flat_map(|d| &d.fixes)
            .map(|e| {
                let text = before.files[&e.span.file].as_text().unwrap();
                (e.span.file.clone(), text[..e.span.start].matches('\n').count())
            })
            .collect();
        if lines.is_empty() {
            continue;
        }
        let once = corrected(&said, &before);
        for (path, text) in &once {
            let old = before.files[path].as_text().unwrap();
            let adds = |edit: &Edit| edit.span.file == *path && edit.texte.contains('\n');
            if said.iter().flat_map(|d| &d.fixes).any(adds) {
                // A line that is added moves the others, and changes none.
                let mut lines = text.lines();
                let kept = old.lines().all(|line| lines.any(|new| new == line));
                assert!(kept && text.lines().count() > old.lines().count(), "{}", file.display());
                continue;
            }
            assert_eq!(old.lines().count(), text.lines().count(), "{}", file.display());
            for (n, (a, b)) in old.lines().zip(text.lines()).enumerate() {
                assert!(
                    a == b || lines.contains(&(path.clone(), n)),
                    "{}: {a} → {b}",
                    file.display()
                );
            }
        }
        let after = mended(before.clone());
        let errors_after = errors(&build(&after), &after);
        assert!(
            errors_after.len() <= errors(&build(&before), &before).len(),
            "{}: {errors_after:?}",
            file.display()
        );
    }
    for code in [
        Code::CleInconnue,
        Code::TomlInvalide,
        Code::ValeurInconnue,
        Code::UrlInvalide,
        Code::UrlDePistage,
        Code::IdentifiantInvalide,
    ] {
        assert!(codes.contains(&code), "no case shows a correction of {code:?}");
    }
}

#[test]
fn the_program_shows_asks_and_writes() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base"), folder.path());
    let fiche = folder.path().join(RADIO);
    let wrong = WRONG.replace("Enseigner et apprendre", "Enseigner apprendre");
    fs::write(&fiche, &wrong).unwrap();
    let run = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_retex"))
            .current_dir(folder.path())
            .args(args)
            .output();
        let out = out.unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (out.status.code().unwrap(), text(&out.stdout), text(&out.stderr))
    };
    let (code, _, said) = run(&["check", "--corriger"]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("--oui") && said.contains("-titre : \"Une radio"), "{said}");
    assert_eq!(fs::read_to_string(&fiche).unwrap(), wrong);
    let (code, _, said) = run(&["check", "--corriger", "--oui"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(fs::read_to_string(&fiche).unwrap(), RIGHT);
    let (code, _, said) = run(&["check", "--corriger", "--oui"]);
    assert_eq!(code, 0);
    assert!(said.contains("Rien que retex sache corriger"), "{said}");
    let (code, _, said) = run(&["check", "--oui"]);
    assert_eq!(code, 2);
    assert!(said.contains("--corriger"), "{said}");
    fs::write(&fiche, RIGHT.replace("Le", "L\u{ad}e")).unwrap();
    let (_, _, said) = run(&["check", "--corriger"]);
    let shown = ["-points_forts = [\"L⟨U+00AD⟩es élèves", "+points_forts = [\"Les élèves"];
    assert!(shown.iter().all(|line| said.contains(line)), "{said}");
}

/// The base site where a file holds signs that nobody sees, wherever it has a letter or an end of line.
fn sprinkled(path: &str, signs: &[&str]) -> Snapshot {
    let mut snapshot = base();
    let mut next = signs.iter().cycle();
    let mut out = String::new();
    for c in text(&snapshot, path).chars() {
        out.push(c);
        if c.is_alphabetic() || c == '\n' || c == '"' {
            out.push_str(next.next().unwrap());
        }
    }
    set(&mut snapshot, path, &out);
    snapshot
}

/// In every text file but the document received: one error is told, whatever the signs would have broken, and mending
/// gives the file as it was.
#[test]
fn signs_that_nobody_sees_go_from_every_file() {
    let signs = [
        "\u{200b}",
        "\u{ad}",
        "\0",
        "\u{202e}",
        "\u{feff}\u{2060}",
        "\u{1b}",
        "\u{fdd0}",
        "\u{e0041}",
    ];
    let before = base();
    let texts = before.files.values().filter(|file| file.as_text().is_some());
    let mut count = 0;
    for file in texts.filter(|file| file.path.extension() != "txt") {
        let path = file.path.as_str();
        let snapshot = sprinkled(path, &signs);
        let built = build(&snapshot);
        assert_sound(&built.diagnostics, &snapshot);
        let codes: Vec<Code> = built.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, [Code::SigneInvisible], "{path}");
        assert_eq!(text(&mended(snapshot), path), &**file.as_text().unwrap());
        count += 1;
    }
    assert!(count > 10, "{count}");
}

/// What else is wrong in such a file is told at its place in it, and mended too.
#[test]
fn other_mistakes_are_told_where_they_are() {
    let mut snapshot = base();
    let wrong = WRONG.replace("Enseigner et apprendre", "Enseigner\u{200b} apprendre");
    let wrong =
        wrong.replace("titre : \"Une radio", "titre\u{ad} : \u{2060}\"Une ra\u{ad}\u{200b}dio");
    set(&mut snapshot, RADIO, &wrong.replace("mots-clés", "mots-\u{ad}clés"));
    let said = build(&snapshot).diagnostics;
    assert_sound(&said, &snapshot);
    let written = text(&snapshot, RADIO);
    let pieces: Vec<&str> = said
        .iter()
        .filter_map(|d| match &d.place {
            retex::diag::Place::Span(span) if d.code != Code::SigneInvisible => {
                Some(&written[span.range()])
            }
            _ => None,
        })
        .collect();
    for piece in ["Niveaux", "mots-\u{ad}clés", "\"Camille Exemple\"", "Nantes", "\"Vidéo\""] {
        assert!(pieces.contains(&piece), "{piece:?} in {pieces:?}");
    }
    let snapshot = mended(snapshot);
    assert_eq!(text(&snapshot, RADIO), RIGHT);
}

/// A code that gives such a sign goes too; one that an emoji or another script asks for stays.
#[test]
fn codes_of_signs_that_nobody_sees_go() {
    let mut snapshot = base();
    let title = |text: &str| format!("titre = \"{text}\"");
    edit(
        &mut snapshot,
        RADIO,
        &title("Une radio d'école"),
        &title("\\uFEFFUne\\f\\u202Eradio\\U0000200B \\\\u200B 👩\\u200D🏫\\t\\\"\\u0092"),
    );
    edit(
        &mut snapshot,
        RADIO,
        "Une contribution,",
        "Une con&shy;tri&ZeroWidthSpace;bution&#x202e; `&shy;` \\&shy; می&zwnj;خواهم &eacute;,",
    );
    let said = build(&snapshot).diagnostics;
    assert_sound(&said, &snapshot);
    assert!(said.iter().all(|d| d.code == Code::SigneInvisible) && said.len() == 2, "{said:?}");
    let snapshot = mended(snapshot);
    let written = text(&snapshot, RADIO);
    assert!(written.contains(&title("Une radio \\\\u200B 👩\\u200D🏫\\t\\\"’")), "{written}");
    assert!(
        written.contains("Une contribution `&shy;` \\&shy; می&zwnj;خواهم &eacute;,"),
        "{written}"
    );
    assert!(!build(&snapshot).has_errors());
}

/// A document received may hold such signs: its bytes stay, and what mirrors it does without them.
#[test]
fn a_document_received_keeps_its_signs() {
    let source = "content/syntheses/essai-2021/source.txt";
    let mut snapshot = base();
    let received = text(&snapshot, source)
        .replace("Un prêt rapide", "Un\u{b}prêt ra\u{ad}pide\u{200b}")
        .replace("L'ENT a servi", "L\u{92}ENT\u{202e} a\u{2028}servi")
        .replace("Sans fiche", "\u{200f}Sans \u{feff}fiche\0");
    let digest = sha2::Sha256::digest(received.as_bytes());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    set(&mut snapshot, source, &received);
    edit(
        &mut snapshot,
        "content/syntheses/essai-2021/synthese.toml",
        "01d5fe4c57dffc7eb258779e4ad1bbee36209e0035a62a9e6862db4653040c9b",
        &digest,
    );
    let built = build(&snapshot);
    assert!(built.diagnostics.is_empty(), "{:?}", built.diagnostics);
}
