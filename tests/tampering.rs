//! Tampering with every bloc, each repeated text included: whatever is done to it, `check` refuses,
//! and names the file, its line and the line of the source.

use retex::{
    diag::{Code, Diagnostic, Place, Severity},
    parse, proof, site,
    source::Snapshot,
};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table};

use crate::support::{edit, published, set, text};

const FOLDER: &str = "content/syntheses/loire-atlantique-2020";
const TABLES: [&str; 3] = ["diagnostic", "projections", "plan-action"];
const NATURES: [&str; 11] = [
    "intitule",
    "sous_thematique",
    "mention",
    "irritant",
    "point_fort",
    "besoin",
    "axe",
    "action",
    "acteur",
    "temporalite",
    "indicateur",
];

/// A bloc, by its place in the files.
#[derive(Clone, Debug)]
struct Place4 {
    file: String,
    table: &'static str,
    nature: &'static str,
    index: usize,
    lignes: Vec<i64>,
}

fn document(snapshot: &Snapshot, file: &str) -> DocumentMut {
    text(snapshot, file).parse().unwrap()
}

fn blocs_mut<'a>(doc: &'a mut DocumentMut, at: &Place4) -> &'a mut ArrayOfTables {
    doc[at.table][at.nature].as_array_of_tables_mut().unwrap()
}

fn numbers(item: Option<&Item>) -> Vec<i64> {
    let array = item.and_then(|i| i.as_array());
    array.map(|a| a.iter().filter_map(|n| n.as_integer()).collect()).unwrap_or_default()
}

/// Every bloc of the published synthesis.
fn every_bloc(snapshot: &Snapshot) -> Vec<Place4> {
    let mut found = Vec::new();
    for file in snapshot.below(&format!("{FOLDER}/tableaux")) {
        let path = file.path.to_string();
        let doc = document(snapshot, &path);
        for table in TABLES {
            let Some(row) = doc.get(table) else { continue };
            let row_lines = numbers(row.get("lignes"));
            for nature in NATURES {
                let Some(blocs) = row.get(nature).and_then(|b| b.as_array_of_tables()) else {
                    continue;
                };
                for (index, bloc) in blocs.iter().enumerate() {
                    let own = numbers(bloc.get("lignes"));
                    let lignes = if own.is_empty() { vec![row_lines[0]] } else { own };
                    found.push(Place4 { file: path.clone(), table, nature, index, lignes });
                }
            }
        }
    }
    assert_eq!(found.len(), 140);
    found
}

/// Fidelity alone: what `check` says of the sources, without rendering. The whole program is run on
/// a few of these in the tests of the command line.
fn said(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let mut diags = Vec::new();
    let parsed = parse::content(snapshot, None, &mut diags);
    let site = site::assemble(parsed, snapshot, &mut diags);
    proof::of_source(&site, &mut diags);
    diags
}

/// An error of fidelity that names the bloc's line of the source, with a file and a span.
fn refuses(snapshot: &Snapshot, at: &Place4, what: &str) {
    let diags = said(snapshot);
    let fidelity = [Code::TextePerdu, Code::TexteAltere, Code::TexteHorsSource, Code::TexteDeplace];
    let errors: Vec<&Diagnostic> = diags
        .iter()
        .filter(|d| d.severity == Severity::Error && fidelity.contains(&d.code))
        .collect();
    assert!(!errors.is_empty(), "{what} {at:?}: accepted");
    let names = |d: &&Diagnostic| {
        let words = format!("{} {}", d.message, d.helps.join(" "));
        let has_span = matches!(&d.place, Place::Span(_));
        has_span && at.lignes.iter().any(|l| words.contains(&format!("ligne {l}")))
    };
    assert!(errors.iter().any(names), "{what} {at:?}: no error names its line: {errors:#?}");
}

fn tampered(snapshot: &Snapshot, at: &Place4, change: impl FnOnce(&mut ArrayOfTables)) -> Snapshot {
    let mut doc = document(snapshot, &at.file);
    change(blocs_mut(&mut doc, at));
    let mut other = snapshot.clone();
    // Edges would add errors of their own: only fidelity is looked at here.
    set(&mut other, &at.file, &doc.to_string());
    other
}

fn texts(bloc: &Table) -> Vec<String> {
    bloc["textes"].as_array().unwrap().iter().map(|t| t.as_str().unwrap().to_string()).collect()
}

fn set_texts(bloc: &mut Table, texts: &[String]) {
    bloc["textes"] = Item::Value(texts.iter().collect::<Array>().into());
}

/// The first letter of the second half of a text, replaced by another.
fn one_letter_altered(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at =
        (chars.len() / 2..chars.len()).chain(0..chars.len()).find(|i| chars[*i].is_alphabetic());
    let at = at.expect("a text has a letter");
    let other = if chars[at] == 'z' { 'y' } else { 'z' };
    chars.iter().enumerate().map(|(i, c)| if i == at { other } else { *c }).collect()
}

#[test]
fn remove_each_bloc() {
    let snapshot = published();
    for at in every_bloc(&snapshot) {
        let changed = tampered(&snapshot, &at, |blocs| {
            blocs.remove(at.index);
        });
        refuses(&changed, &at, "removed");
    }
}

#[test]
fn alter_one_letter_of_each_enonce() {
    let snapshot = published();
    let mut altered = 0;
    for at in every_bloc(&snapshot) {
        let mut doc = document(&snapshot, &at.file);
        let count = texts(blocs_mut(&mut doc, &at).get(at.index).unwrap()).len();
        for enonce in 0..count {
            let changed = tampered(&snapshot, &at, |blocs| {
                let bloc = blocs.get_mut(at.index).unwrap();
                let mut list = texts(bloc);
                list[enonce] = one_letter_altered(&list[enonce]);
                set_texts(bloc, &list);
            });
            refuses(&changed, &at, "altered");
            altered += 1;
        }
    }
    assert_eq!(altered, 164);
}

#[test]
fn duplicate_each_bloc() {
    let snapshot = published();
    for at in every_bloc(&snapshot) {
        let changed = tampered(&snapshot, &at, |blocs| {
            let mut copy = blocs.get(at.index).unwrap().clone();
            copy["id"] = toml_edit::value("une-copie");
            copy.remove("rapprochements");
            blocs.push(copy);
        });
        refuses(&changed, &at, "duplicated");
    }
}

#[test]
fn merge_each_bloc_with_the_next() {
    let snapshot = published();
    let mut merged = 0;
    for at in every_bloc(&snapshot) {
        let mut doc = document(&snapshot, &at.file);
        if at.index + 1 >= blocs_mut(&mut doc, &at).len() {
            continue;
        }
        merged += 1;
        let changed = tampered(&snapshot, &at, |blocs| {
            let next = texts(blocs.get(at.index + 1).unwrap());
            let bloc = blocs.get_mut(at.index).unwrap();
            let mut list = texts(bloc);
            list.extend(next);
            set_texts(bloc, &list);
            blocs.remove(at.index + 1);
        });
        refuses(&changed, &at, "merged");
    }
    assert!(merged > 70, "{merged}");
}

#[test]
fn move_each_bloc_to_another_thematique() {
    let snapshot = published();
    for at in every_bloc(&snapshot) {
        let target = ["egal-acces", "enseigner-apprendre"]
            .map(|t| format!("{FOLDER}/tableaux/{t}.toml"))
            .into_iter()
            .find(|file| *file != at.file)
            .unwrap();
        let mut from = document(&snapshot, &at.file);
        let mut moved = blocs_mut(&mut from, &at).get(at.index).unwrap().clone();
        blocs_mut(&mut from, &at).remove(at.index);
        // Its edges and lines stay behind: what moves is the text.
        moved.remove("rapprochements");
        moved.remove("lignes");
        let mut to = document(&snapshot, &target);
        match to[at.table].get_mut(at.nature).and_then(|b| b.as_array_of_tables_mut()) {
            Some(blocs) => blocs.push(moved),
            None => {
                let mut blocs = ArrayOfTables::new();
                blocs.push(moved);
                to[at.table][at.nature] = Item::ArrayOfTables(blocs);
            }
        }
        let mut changed = snapshot.clone();
        set(&mut changed, &at.file, &from.to_string());
        set(&mut changed, &target, &to.to_string());
        refuses(&changed, &at, "moved");
    }
}

/// Two columns of a row exchange their blocs; every pair of every row.
#[test]
fn swap_two_columns() {
    let snapshot = published();
    let mut swapped = 0;
    for file in snapshot.below(&format!("{FOLDER}/tableaux")) {
        let path = file.path.to_string();
        for table in TABLES {
            for (i, a) in NATURES.iter().enumerate() {
                for b in &NATURES[i + 1..] {
                    let mut doc = document(&snapshot, &path);
                    let Some(row) = doc.get_mut(table).and_then(|r| r.as_table_mut()) else {
                        continue;
                    };
                    if !row.contains_key(a) || !row.contains_key(b) {
                        continue;
                    }
                    let lignes = numbers(row.get("lignes"));
                    let (left, right) = (row.remove(a).unwrap(), row.remove(b).unwrap());
                    row.insert(a, right);
                    row.insert(b, left);
                    let mut changed = snapshot.clone();
                    set(&mut changed, &path, &doc.to_string());
                    let at = Place4 { file: path.clone(), table, nature: a, index: 0, lignes };
                    refuses(&changed, &at, "swapped");
                    swapped += 1;
                }
            }
        }
    }
    assert!(swapped > 70, "{swapped}");
}

/// Two columns of a table exchange their headings, in `synthese.toml`.
#[test]
fn swap_two_headings() {
    let snapshot = published();
    let path = format!("{FOLDER}/synthese.toml");
    for table in TABLES {
        let mut doc = document(&snapshot, &path);
        let tables = doc["tableaux"].as_array_of_tables_mut().unwrap();
        let declared = tables.iter_mut().find(|t| t["id"].as_str() == Some(table)).unwrap();
        let lignes = numbers(declared.get("lignes_colonnes"));
        let columns = declared["colonnes"].as_array_mut().unwrap();
        let texte = |columns: &Array, i: usize| {
            columns.get(i).unwrap().as_inline_table().unwrap()["texte"].clone()
        };
        let (first, second) = (texte(columns, 1), texte(columns, 2));
        columns.get_mut(1).unwrap().as_inline_table_mut().unwrap()["texte"] = second;
        columns.get_mut(2).unwrap().as_inline_table_mut().unwrap()["texte"] = first;
        let mut changed = snapshot.clone();
        set(&mut changed, &path, &doc.to_string());
        let at = Place4 { file: path.clone(), table, nature: "colonnes", index: 0, lignes };
        refuses(&changed, &at, "headings swapped");
    }
}

/// The fiches: title, text, links, thématique.
#[test]
fn tamper_with_each_fiche() {
    let snapshot = published();
    let folder = format!("{FOLDER}/retex");
    for file in snapshot.below(&folder) {
        let path = file.path.to_string();
        let fiche = text(&snapshot, &path).to_string();
        let (header, body) = fiche[4..].split_once("+++\n").unwrap();
        let lignes = numbers(header.parse::<DocumentMut>().unwrap().get("lignes"));
        let at = Place4 { file: path.clone(), table: "retex", nature: "fiche", index: 0, lignes };
        let with = |header: &str, body: &str| {
            let mut changed = snapshot.clone();
            set(&mut changed, &path, &format!("+++\n{header}+++\n{body}"));
            changed
        };
        let mut gone = snapshot.clone();
        gone.files.remove(path.as_str());
        refuses(&gone, &at, "fiche removed");
        if !body.trim().is_empty() {
            refuses(&with(header, &one_letter_altered(body)), &at, "text altered");
            refuses(&with(header, &format!("{body} Encore un mot.")), &at, "text added");
            let cut = body.trim().rsplit_once(' ').unwrap().0;
            refuses(&with(header, cut), &at, "text cut");
        }
        let doc: DocumentMut = header.parse().unwrap();
        if let Some(titre) = doc.get("titre").and_then(|t| t.as_str()) {
            let mut other = doc.clone();
            other["titre"] = toml_edit::value(one_letter_altered(titre));
            refuses(&with(&other.to_string(), body), &at, "title altered");
        }
        if doc.contains_key("liens") {
            let mut other = doc.clone();
            other.remove("liens");
            refuses(&with(&other.to_string(), body), &at, "links removed");
        }
        let mut other = doc.clone();
        other["thematique"] = toml_edit::value("responsable-souverain");
        let diags = said(&with(&other.to_string(), body));
        assert!(diags.iter().any(|d| d.code == Code::TexteDeplace), "{path}: thématique changed");
    }
}

/// The document itself, the method, the titles and the exclusions.
#[test]
fn tamper_with_what_surrounds_the_tables() {
    let snapshot = published();
    let refused = |path: &str, from: &str, to: &str| {
        let mut changed = snapshot.clone();
        edit(&mut changed, &format!("{FOLDER}/{path}"), from, to);
        assert!(
            said(&changed).iter().any(|d| d.severity == Severity::Error),
            "{path}: {from} → {to}"
        );
    };
    refused("source.txt", "webradio", "webradios");
    refused("methode.md", "se projeter", "se projetter");
    refused("methode.md", "**Comment**", "**Pourquoi**");
    refused("synthese.toml", "Diagnostic des points forts", "Diagnostic des points faibles");
    refused("synthese.toml", "ligne = 109", "ligne = 110");
    refused("tableaux/egal-acces.toml", "RETEX 1 Garantir", "RETEX 2 Garantir");
    refused("tableaux/responsable-souverain.toml", "lignes = [53]", "lignes = [54]");
}
