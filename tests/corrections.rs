//! `check --corriger`: what is mended with certainty, and that nothing else is touched.

use std::{collections::BTreeSet, fs, process::Command};

use retex::{
    diag::{Code, corrected},
    source::{Snapshot, SourceFile},
};

use crate::{
    diagnostics,
    support::{base, build, copy, errors, files_below, root, set},
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

/// Rounds until nothing is left to mend.
fn mended(mut snapshot: Snapshot) -> Snapshot {
    for _ in 0..20 {
        let texts = corrected(&build(&snapshot).diagnostics, &snapshot);
        if texts.is_empty() {
            return snapshot;
        }
        for (path, text) in texts {
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
        let fixable = said.iter().filter(|d| !d.correction.is_empty());
        codes.extend(fixable.clone().map(|d| d.code));
        let lines: BTreeSet<_> = fixable
            .flat_map(|d| &d.correction)
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
}
