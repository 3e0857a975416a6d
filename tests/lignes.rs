//! Lines that move: the document received again, corrected, and the transcription that follows it.

use retex::{
    diag::{Severity, corrected, render_court},
    source::{Snapshot, SourceFile},
};

use crate::support::{build, published, set, text};

const SOURCE: &str = "content/syntheses/loire-atlantique-2020/source.txt";

/// The errors of a site, without the seal, whose own message stays as long as the document is not the one received.
fn said(snapshot: &Snapshot) -> Vec<String> {
    let diagnostics = build(snapshot).diagnostics;
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let told = errors.map(|d| render_court(d, snapshot).trim_end().replace('\u{a0}', " "));
    told.map(|line| line.replace('\u{202f}', " "))
        .filter(|line| !line.contains("[empreinte-differente]"))
        .collect()
}

/// The site after the corrections that leave no doubt.
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

/// The published synthesis with other lines in its document.
fn with(change: impl FnOnce(&mut Vec<String>)) -> Snapshot {
    let mut snapshot = published();
    let mut lines: Vec<String> = text(&snapshot, SOURCE).split('\n').map(String::from).collect();
    change(&mut lines);
    set(&mut snapshot, SOURCE, &lines.join("\n"));
    snapshot
}

#[test]
fn explore() {
    let show = |name: &str, snapshot: Snapshot| {
        let before = said(&snapshot);
        let moved = before.iter().filter(|line| line.contains("ont bougé")).count();
        println!("== {name}: {} errors, {moved} moved", before.len());
        before.iter().filter(|line| !line.contains("ont bougé")).for_each(|l| println!("{l}"));
        let after = said(&mended(snapshot));
        println!("-- after {}\n{}", after.len(), after.join("\n"));
    };
    show("top", with(|lines| lines.insert(0, String::new())));
    show("middle", with(|lines| lines.insert(69, String::new())));
    show("middle2", with(|lines| lines.insert(111, String::new())));
    show("delete empty", with(|lines| drop(lines.remove(1))));
    show("delete empty 2", with(|lines| drop(lines.remove(104 - 1))));
    show("cell + 2", with(|lines| {
        lines[66] = lines[66].replacen("Webradio", "Radio", 1);
        lines.insert(3, String::new());
        lines.insert(60, String::new());
    }));
    show("swap rows 66 67", with(|lines| lines.swap(65, 66)));
    show("swap rows 66 68", with(|lines| lines.swap(65, 67)));
    show("swap rows 68 71", with(|lines| lines.swap(67, 70)));
    show("swap 2 fiches", with(|lines| lines.swap(18, 22)));
    show("duplicate 66", with(|lines| lines.insert(66, lines[65].clone())));
    show("duplicate 45", with(|lines| lines.insert(45, lines[44].clone())));
    show("duplicate 70", with(|lines| lines.insert(70, lines[69].clone())));
    show("remove row 68", with(|lines| drop(lines.remove(67))));
    show("remove row 70", with(|lines| drop(lines.remove(69))));
    show("remove fiche 45", with(|lines| drop(lines.drain(44..46))));
    show("added row", with(|lines| lines.insert(67, "a\tb\tc\td".into())));
    show("prose changed and moved", with(|lines| {
        lines[4] = lines[4].replace("ateliers", "séances");
        lines[62] = "Diagnostic des points forts et des irritants".into();
        lines.insert(0, "Synthèse de l'atelier".into());
    }));
    show("header changed", with(|lines| {
        lines[64] = lines[64].replace("Irritants", "Les irritants");
        lines.insert(0, String::new());
    }));
    show("exclusion changed", with(|lines| {
        lines[14] = lines[14].replace("Texte", "Un texte");
        lines.insert(0, String::new());
    }));
    let mut empty = published();
    empty.files.retain(|path, _| !path.as_str().contains("loire-atlantique-2020/") || path.as_str().ends_with("source.txt") || path.as_str().ends_with("synthese.toml"));
    set(&mut empty, "content/syntheses/loire-atlantique-2020/synthese.toml", "titre = \"x\"\nterritoire = \"y\"\nannee = 2020\n");
    show("empty", empty);
}
