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
    let snapshot = with(|lines| lines.insert(0, String::new()));
    let before = said(&snapshot);
    println!("{}\n{}", before.len(), before.join("\n"));
    let after = said(&mended(snapshot));
    println!("AFTER {}\n{}", after.len(), after.join("\n"));
}
