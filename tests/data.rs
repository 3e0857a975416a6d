//! Open data: everything is in it, as a spreadsheet reads it, and it is what its schema says.

use retex::{exports::data, markdown::plain, source::Snapshot};
use serde_json::Value;

use crate::support::{base, build, edit, published};

fn file(snapshot: &Snapshot, name: &str) -> Vec<u8> {
    let built = build(snapshot);
    let all: Vec<String> = built.tree.iter().map(|(path, _)| path.to_string()).collect();
    let found = built.tree.iter().find(|(path, _)| path.as_str() == name);
    found.unwrap_or_else(|| panic!("{name}: {all:?}")).1.to_vec()
}

/// The rows of a sheet, as a spreadsheet reads them.
fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("no byte-order mark");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text);
    let rows = reader.records().map(|row| row.unwrap().iter().map(String::from).collect());
    rows.collect()
}

#[test]
fn every_enonce_and_every_fiche_is_in_the_sheets() {
    let snapshot = published();
    let site = build(&snapshot).site.unwrap();
    let atelier = &site.ateliers[0];
    let mut count = 0;
    for tableau in atelier.synthese.tableaux.keys() {
        let name = format!(
            "donnees/{}/{}.csv",
            atelier.synthese.id,
            atelier.synthese.id_du_tableau(*tableau)
        );
        let rows = rows(&file(&snapshot, &name));
        let blocs = atelier.blocs.iter().filter(|b| b.tableau == *tableau);
        let expected: Vec<(String, String)> = blocs
            .flat_map(|b| {
                let texts = b.bloc.textes.iter().enumerate();
                texts.map(|(n, t)| (b.bloc.ancre(n + 1), plain(&t.value)))
            })
            .collect();
        let found: Vec<(String, String)> =
            rows[1..].iter().map(|row| (row[4].clone(), row[5].clone())).collect();
        assert_eq!(found, expected, "{name}");
        assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{name}");
        count += found.len();
    }
    assert_eq!(count, 164);
    let fiches = rows(&file(&snapshot, "donnees/loire-atlantique-2020/retex.csv"));
    assert_eq!(fiches.len(), 1 + atelier.fiches.len());
    for (row, fiche) in fiches[1..].iter().zip(&atelier.fiches) {
        let titre = plain(&retex::site::titre_affiche(fiche));
        assert_eq!([&row[0], &row[4]], [fiche.id.slug.as_str(), titre.as_str()]);
    }
}

/// Signs that no font shows, and those that each format writes otherwise, break no file: each is read back as it was.
#[test]
fn no_sign_breaks_a_file() {
    let mut snapshot = base();
    let radio = "content/syntheses/essai-2021/retex/radio.md";
    let signs = "&lt; ]]> \u{fffd}\u{e000}\u{f0b7}\u{fffc}\u{10fffd} 👩\u{200d}🏫 ﬁ; a\u{300}";
    edit(&mut snapshot, radio, "Une radio d'école", signs);
    edit(&mut snapshot, radio, "Camille Exemple", signs);
    edit(
        &mut snapshot,
        radio,
        "Une contribution,",
        &format!("{} \u{fffd} contribution,", "&#xE000;"),
    );
    let built = build(&snapshot);
    assert!(!built.has_errors());
    let mut count = 0;
    for (path, bytes) in built.tree.iter() {
        let text = String::from_utf8_lossy(bytes);
        match path.as_str().rsplit_once('.').map_or("", |(_, extension)| extension) {
            "xml" => drop(roxmltree::Document::parse(&text).unwrap()),
            "json" => drop(serde_json::from_str::<Value>(&text).unwrap()),
            "csv" => drop(rows(bytes)),
            _ => continue,
        }
        count += 1;
    }
    assert!(count > 5, "{count}");
    let feed = String::from_utf8(file(&snapshot, "atom.xml")).unwrap();
    let feed = roxmltree::Document::parse(&feed).unwrap();
    let mut titles = feed.descendants().filter(|node| node.has_tag_name("title"));
    assert!(titles.any(|title| title.text() == Some(&plain(signs))));
    let fiches = rows(&file(&snapshot, "donnees/essai-2021/retex.csv"));
    assert!(fiches.iter().flatten().any(|cell| *cell == plain(signs)));
}

#[test]
fn a_formula_is_a_text() {
    let mut snapshot = base();
    let radio = "content/syntheses/essai-2021/retex/radio.md";
    edit(&mut snapshot, radio, "\"Les élèves parlent\"", "\"=1+1\", \"@SUM(A1)\"");
    let rows = rows(&file(&snapshot, "donnees/essai-2021/retex.csv"));
    let at = rows[0].iter().position(|name| name == "Points forts").unwrap();
    let cell = &rows.iter().find(|row| row[0] == "radio").unwrap()[at];
    assert_eq!(cell, "'=1+1\n@SUM(A1)");
}

#[test]
fn the_json_is_what_its_schema_says() {
    let schema: Value = serde_json::from_str(data::SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (snapshot, name, fiches) in [
        (published(), "donnees/loire-atlantique-2020/donnees.json", 9),
        (base(), "donnees/essai-2021/donnees.json", 2),
    ] {
        let document: Value = serde_json::from_slice(&file(&snapshot, name)).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&document).map(|e| e.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        assert_eq!(document["fiches"].as_array().unwrap().len(), fiches);
        let mut broken = document;
        broken["fiches"][0]["invente"] = Value::from(1);
        assert!(!validator.is_valid(&broken));
    }
    let published = file(&published(), "donnees/schema.json");
    assert_eq!(published, data::SCHEMA.as_bytes());
}
