//! From a document received to a synthèse that is accepted: the example of the guide.

use std::{collections::BTreeMap, fs};

use retex::{
    diag::{Code, Severity},
    scaffold,
    source::{Date, Snapshot},
};

use crate::support::{assert_clean, build, edit, errors, root, set};

const FOLDER: &str = "content/syntheses/nantes-2026";

/// A new site, in memory.
fn new_site() -> Snapshot {
    let files = scaffold::site(Date { year: 2026, month: 5, day: 6 }).unwrap();
    let mut snapshot = Snapshot::of_texts([]);
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("content/")) {
        set(&mut snapshot, path, text);
    }
    snapshot
}

/// The files of the guide: each block of text whose label is a path.
fn files_of_the_guide() -> BTreeMap<String, String> {
    let guide = fs::read_to_string(root().join("TRANSCRIRE.md")).unwrap();
    let mut found = BTreeMap::new();
    for labelled in guide.split("\n`content/").skip(1) {
        let label = labelled.split_once("` :\n\n```").filter(|(path, _)| !path.contains('\n'));
        let Some((path, rest)) = label else { continue };
        let (_, rest) = rest.split_once('\n').unwrap();
        let (text, _) = rest.split_once("```\n").unwrap();
        assert!(found.insert(format!("content/{path}"), text.to_string()).is_none(), "{path}");
    }
    found
}

#[test]
fn the_example_of_the_guide_is_whole() {
    let files = files_of_the_guide();
    assert_eq!(files.len(), 4, "{:?}", files.keys());
    assert!((10..=14).contains(&files[&format!("{FOLDER}/source.txt")].lines().count()));
    let mut snapshot = new_site();
    for (path, text) in &files {
        set(&mut snapshot, path, text);
    }
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let about = |d: &&retex::diag::Diagnostic| format!("{:?}", d.place).contains(FOLDER);
    let said: Vec<_> = built.diagnostics.iter().filter(about).collect();
    assert!(said.iter().all(|d| d.severity == Severity::Note), "{said:?}");
    let site = built.site.as_ref().unwrap();
    let atelier = site.ateliers.iter().find(|a| a.synthese.id.as_str() == "nantes-2026").unwrap();
    assert_eq!(atelier.fidelite.as_ref().unwrap().pour_mille(), 1000);
    // Two rangées, and a column that no other document has.
    let last = atelier.blocs.iter().map(|place| place.rangee()).max();
    assert_eq!(last, Some(2));
    assert!(atelier.blocs.iter().any(|place| place.bloc.cle.value == "cout"));
}

/// The message that the guide shows is the one that its fault brings.
#[test]
fn the_message_of_the_guide_is_said() {
    let mut snapshot = new_site();
    for (path, text) in &files_of_the_guide() {
        set(&mut snapshot, path, text);
    }
    let fiche = format!("{FOLDER}/retex/webradio-au-college.md");
    edit(&mut snapshot, &fiche, "prépare", "préparent");
    let built = build(&snapshot);
    let altered = built.diagnostics.iter().find(|d| d.code == Code::TexteAltere).unwrap();
    let said = retex::diag::render_humain(altered, &snapshot, false);
    let guide = fs::read_to_string(root().join("TRANSCRIRE.md")).unwrap();
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
    let shown = guide.split("```text\n").find(|block| block.starts_with("erreur[")).unwrap();
    for line in shown.split("```").next().unwrap().lines() {
        assert!(plain(&said).contains(&plain(line)), "« {line} » is not in\n{said}");
    }
    assert_eq!(errors(&built, &snapshot).len(), 1);
}
