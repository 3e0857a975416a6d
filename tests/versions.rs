//! A corrected version of a document: what is said of it is what was edited, one message for each edit.

use retex::{
    diag::{Severity, render_court},
    source::Snapshot,
};
use serde_json::Value;

use crate::{
    corrections::mended,
    support::{build, set, text},
    territoire::{inventory, markdown, page, read},
};

const FOLDER: &str = "content/syntheses/vezere-2021";

/// The errors of a site, each in one line.
fn said(snapshot: &Snapshot) -> Vec<String> {
    let diagnostics = build(snapshot).diagnostics;
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let first = |text: String| text.lines().next().unwrap_or_default().to_string();
    let told = errors.map(|d| first(render_court(d, snapshot)));
    told.map(|line| line.replace(['\u{a0}', '\u{202f}'], " ").replace(FOLDER, "…")).collect()
}

/// The transcription of the first version, beside the second.
fn corrected_version() -> Snapshot {
    let mut snapshot = markdown();
    set(&mut snapshot, &format!("{FOLDER}/source.txt"), &read("v2/source.md"));
    snapshot
}

/// What a message says, and the line of the file that it points at.
fn with_its_line(message: &str, snapshot: &Snapshot) -> String {
    let mut place = message.split(": ").next().unwrap().split(':');
    let path = place.next().unwrap().replace('…', FOLDER);
    let line: usize = place.next().unwrap().parse().unwrap();
    let held = text(snapshot, &path).lines().nth(line - 1).unwrap();
    format!("{message} | {held}")
}

/// True of a row that changed places: the corrections move its lines, and nothing is left to say.
fn is_moved(edit: &Value) -> bool {
    edit["type"] == "rangee-deplacee"
}

/// The words of an edit that its message gives, and where it points.
fn wanted(edit: &Value) -> (Vec<&str>, &'static str) {
    let before = edit["avant"].as_str();
    match edit["type"].as_str().unwrap() {
        "ajoute" => (vec![edit["apres"].as_str().unwrap(), "[texte-perdu]"], "/source.txt"),
        "retire" => (vec![before.unwrap(), "[texte-hors-source]"], "/tableaux/"),
        "echange" => (vec!["n’est pas à son rang"], "/tableaux/t3.toml"),
        "rangee-ajoutee" => {
            let cells = edit["apres"].as_array().unwrap().iter();
            let cells = cells.take(3).map(|cell| cell[0].as_str().unwrap());
            (cells.chain(["aucun texte de la rangée"]).collect(), "/source.txt")
        }
        _ => (vec![before.unwrap(), "[texte-altere]"], ""),
    }
}

#[test]
fn each_edit_is_one_message() {
    let snapshot = mended(corrected_version());
    let told: Vec<String> = said(&snapshot).iter().map(|m| with_its_line(m, &snapshot)).collect();
    let editions = inventory("v2/editions.json");
    let editions = editions.as_array().unwrap();
    let (moved, others): (Vec<&Value>, Vec<&Value>) = editions.iter().partition(|e| is_moved(e));
    assert_eq!((moved.len(), told.len()), (1, others.len()), "{told:#?}");
    let lines =
        |snapshot: &Snapshot| text(snapshot, &format!("{FOLDER}/tableaux/t4.toml")).to_string();
    let as_received: Vec<String> = said(&corrected_version());
    assert!(as_received.iter().any(|m| m.contains("/tableaux/t4.toml")), "{as_received:#?}");
    assert_ne!(lines(&snapshot), lines(&corrected_version()));
    for edit in others {
        let (words, place) = wanted(edit);
        let is_it = |m: &&String| m.contains(place) && words.iter().all(|w| m.contains(w));
        assert_eq!(told.iter().filter(is_it).count(), 1, "{edit}: {told:#?}");
    }
}

/// Ids are addresses: those that the edits leave stand, on the pages too.
#[test]
fn every_address_stands() {
    let (before, after) = (build(&markdown()), build(&mended(corrected_version())));
    let first = &before.site.as_ref().unwrap().ateliers[0];
    assert!(first.blocs.len() > 100);
    for place in &first.blocs {
        let id = &place.bloc.id.value;
        let table = first.synthese.id_du_tableau(place.tableau);
        let html = page(&after, &format!("syntheses/vezere-2021/{table}/index.html"));
        assert_eq!(html.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
    for fiche in &first.fiches {
        page(&after, &format!("retex/vezere-2021/{}/index.html", fiche.id.slug));
    }
}

/// The order of the tables is that in which the document has them.
#[test]
fn tables_are_shown_in_the_order_of_the_document() {
    let mut snapshot = markdown();
    let file = format!("{FOLDER}/synthese.toml");
    let declared = text(&snapshot, &file).to_string();
    let mut parts: Vec<&str> = declared.split("\n[[tableaux]]").collect();
    parts[1..].reverse();
    set(&mut snapshot, &file, &parts.join("\n[[tableaux]]"));
    let built = build(&snapshot);
    let html = page(&built, "syntheses/vezere-2021/diagnostic/index.html");
    let tabs = html.split("class=\"onglets\"").nth(1).unwrap().split("</ul>").next().unwrap();
    let at = |words: &str| tabs.find(words).unwrap_or_else(|| panic!("{words}: {tabs}"));
    assert!(at("plan-action/") < at("projections/"), "{tabs}");
    let json: Value =
        serde_json::from_str(&page(&built, "donnees/vezere-2021/donnees.json")).unwrap();
    assert_eq!(json["tableaux"][0]["id"], "plan-action");
}
