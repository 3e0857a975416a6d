//! The inventory of the received document against the built pages: nothing lost, nothing moved.
//!
//! It uses neither the model nor the canonical form of the program: only the inventory, the pages,
//! and its own folding of spaces, apostrophes and `1^{er}`.

use std::collections::BTreeMap;

use retex::{
    html::{PageScan, scan},
    output::OutputTree,
};
use serde_json::Value;

use crate::support::{assert_clean, build, published, root};

const SYNTHESE: &str = "syntheses/loire-atlantique-2020";
/// Names of the tables in the inventory, and folders of their pages.
const FOLDERS: [(&str, &str); 3] =
    [("DIAG", "diagnostic"), ("PROJ", "projections"), ("PLAN", "plan-action")];
const THEMATIQUES: [&str; 5] = [
    "egal-acces",
    "enseigner-apprendre",
    "travailler-ensemble",
    "responsable-souverain",
    "gouvernance-anticipation",
];

fn inventory() -> Value {
    let text = std::fs::read_to_string(root().join("tests/seed/inventaire.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn tree() -> OutputTree {
    let snapshot = published();
    let build = build(&snapshot);
    assert_clean(&build, &snapshot);
    build.tree
}

fn page(tree: &OutputTree, folder: &str) -> PageScan {
    let path = if folder.is_empty() { "index.html".into() } else { format!("{folder}/index.html") };
    let (_, html) =
        tree.pages().find(|(p, _)| p.as_str() == path).unwrap_or_else(|| panic!("no page {path}"));
    scan(html)
}

/// Spaces gone, apostrophes alike, `^{er}` as `er`.
fn fold(text: &str) -> String {
    let text = text.replace('’', "'").replace("^{er}", "er").replace("^{ème}", "ème");
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn str_of<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("no list {key}"))
}

/// Each bloc and énoncé at an anchor of its own on the page of its table, each repeated text as
/// often as the inventory has it.
#[test]
fn every_bloc_and_enonce_is_at_its_anchor() {
    let (inventory, tree) = (inventory(), tree());
    let mut expected: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let (mut blocs, mut enonces) = (0, 0);
    for item in list(&inventory, "items") {
        blocs += 1;
        let table = str_of(item, "table");
        let (_, folder) = FOLDERS.iter().find(|(own, _)| *own == table).unwrap();
        let statements = list(item, "statements");
        enonces += statements.len();
        if statements.len() > 1 {
            *expected.entry((folder, fold(str_of(item, "text")))).or_default() += 1;
        }
        for statement in statements {
            *expected.entry((folder, fold(str_of(statement, "text")))).or_default() += 1;
        }
    }
    assert_eq!((blocs, enonces), (140, 164));
    for (_, folder) in FOLDERS {
        let page = page(&tree, &format!("{SYNTHESE}/{folder}"));
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for id in page.ids.keys() {
            *found.entry(fold(page.text_of(id).unwrap())).or_default() += 1;
        }
        for ((_, text), count) in expected.iter().filter(|((f, _), _)| *f == folder) {
            let there = found.get(text).copied().unwrap_or_default();
            assert_eq!(there, *count, "« {text} » on {folder}");
        }
    }
}

/// Each column of each row holds its blocs, in the order of the inventory.
#[test]
fn cells_hold_their_blocs_in_order() {
    let (inventory, tree) = (inventory(), tree());
    for (t, thematique) in THEMATIQUES.iter().enumerate() {
        let mut at: BTreeMap<String, usize> = BTreeMap::new();
        let rows: BTreeMap<&str, String> = FOLDERS
            .into_iter()
            .map(|(table, folder)| {
                let page = page(&tree, &format!("{SYNTHESE}/{folder}"));
                let row = page.text_of(&format!("partie--{thematique}")).unwrap_or_default();
                (table, fold(row))
            })
            .collect();
        for item in list(&inventory, "items").iter().filter(|i| i["theme"] == t + 1) {
            let cell = format!("{}/{}", str_of(item, "table"), str_of(item, "column"));
            let text = &rows[str_of(item, "table")];
            let wanted: String = fold(str_of(item, "text"));
            let from = at.get(&cell).copied().unwrap_or_default();
            // Énoncés of one bloc follow each other with nothing between.
            let place = text[from..]
                .find(&wanted)
                .unwrap_or_else(|| panic!("« {wanted} » after {from} in {cell}"));
            at.insert(cell, from + place + wanted.len());
        }
    }
}

/// Each fiche's title and text on its own page, at their anchors.
#[test]
fn every_fiche_is_whole() {
    let (inventory, tree) = (inventory(), tree());
    let fiches: Vec<PageScan> = tree
        .pages()
        .filter(|(p, _)| p.as_str().starts_with("retex/loire-atlantique-2020/"))
        .map(|(_, html)| scan(html))
        .collect();
    assert_eq!(fiches.len(), 9);
    let mut links = 0;
    for fiche in list(&inventory, "retex_fiches") {
        let (title, body) = (fiche["title_as_split"].as_str(), fiche["body_as_split"].as_str());
        let fits = |scan: &&PageScan| {
            let at = |id: &str| scan.text_of(id).map(fold);
            title.is_none_or(|t| at("page--titre") == Some(fold(t)))
                && match body {
                    Some(body) => at("page--texte") == Some(fold(body)),
                    None => at("page--texte").is_none(),
                }
        };
        let found: Vec<&PageScan> = fiches.iter().filter(fits).collect();
        assert_eq!(found.len(), 1, "{}", fiche["id"]);
        for (n, id) in list(fiche, "links").iter().enumerate() {
            let link = list(&inventory, "liens").iter().find(|l| l["id"] == *id).unwrap();
            let received = str_of(link, "url_exact");
            let anchor = format!("lien--{}", n + 1);
            let href = received.replace(' ', "%20");
            assert!(found[0].holds_link(&anchor, &href), "{href}");
            if href != received {
                assert!(fold(found[0].text_of(&anchor).unwrap()).contains(&fold(received)));
            }
            links += 1;
        }
    }
    assert_eq!(links, 7);
}

/// The texts around the tables: method, titles, headings. What is excluded is excluded by name.
#[test]
fn accompanying_texts_are_published_or_excluded() {
    let (inventory, tree) = (inventory(), tree());
    let home = page(&tree, SYNTHESE);
    let pages: String = ["", "/diagnostic", "/projections", "/plan-action"]
        .iter()
        .map(|folder| fold(page(&tree, &format!("{SYNTHESE}{folder}")).text()))
        .collect();
    let provenance = fold(page(&tree, "provenance").text());
    for block in list(&inventory, "texte_accompagnement") {
        let text = str_of(block, "text").replace('*', "");
        let text = text.trim_start().trim_start_matches("- ");
        let excluded = ["gabarit_de_saisie", "en_tete_tableau_repete", "artefact_conversion"];
        if excluded.contains(&str_of(block, "kind")) {
            assert!(provenance.contains(&fold(text)), "excluded, but not said: {text}");
        } else {
            for cell in text.split('\t') {
                assert!(pages.contains(&fold(cell)), "{cell}");
            }
        }
        if str_of(block, "kind") == "consigne" {
            assert!(fold(home.text_of("page--methode").unwrap()).contains(&fold(text)), "{text}");
        }
    }
}

/// Every rapprochement that the inventory allows, and no other.
#[test]
fn rapprochements_are_those_of_the_inventory() {
    let inventory = inventory();
    let snapshot = published();
    let built = build(&snapshot);
    let atelier = &built.site.as_ref().unwrap().ateliers[0];
    let count =
        |proof: &str| atelier.rapprochements.iter().filter(|a| a.preuve.slug() == proof).count();
    let copies = list(&inventory["relations"], "reprises_entre_tableaux");
    let same = copies.iter().filter(|c| c["ratio"] == 1.0).count();
    let matches = list(&inventory["retex_correspondances"], "matches").len();
    // One mention has its fiche's very text; one match has no common name and is the editor's.
    assert_eq!(count("texte-identique"), same + 1);
    assert_eq!(count("texte-proche"), copies.len() - same);
    assert_eq!((count("nom"), count("editeur")), (matches - 2, 1));
    // Ranks: 3 × 3 in the second thématique, 4 acteurs, 3 temporalités, 5 axes, 4 mentions.
    assert_eq!(count("position"), 9 + 4 + 3 + 5 + 4);
    assert_eq!(count("ecrit"), 0);
    let without: Vec<&str> = atelier
        .blocs
        .iter()
        .enumerate()
        .filter(|(i, b)| {
            b.bloc.nature.is_some_and(|n| n.slug() == "mention")
                && atelier
                    .voisins(|end| matches!(end, retex::site::Bout::Bloc(j, _) if j == i))
                    .iter()
                    .all(|(end, _)| !matches!(end, retex::site::Bout::Fiche(_)))
        })
        .map(|(_, b)| b.bloc.textes[0].value.as_str())
        .collect();
    assert_eq!(
        without,
        [
            "Groupe de travail numérique ville de Nantes",
            "Une cellule de crise et de communication dans un collège"
        ]
    );
}

/// The received document is published byte for byte as it came.
#[test]
fn the_source_is_the_document_received() {
    let snapshot = published();
    let path = format!("content/{SYNTHESE}/source.txt");
    let source = snapshot.files[path.as_str()].bytes();
    let inventory = inventory();
    assert_eq!(source.len(), inventory["source"]["bytes"]);
    let recorded = crate::support::text(&snapshot, &format!("content/{SYNTHESE}/synthese.toml"));
    assert!(recorded.contains(str_of(&inventory["source"], "sha256")));
}

/// The additions, reviewed: the list is a golden file.
#[test]
fn additions_are_the_reviewed_ones() {
    let snapshot = published();
    let built = build(&snapshot);
    let mut text = String::new();
    let site = built.site.as_ref().unwrap();
    for atelier in &site.ateliers {
        for ajout in retex::site::ajouts(site, atelier) {
            text.push_str(&format!("{} | {} | {}\n", ajout.genre.label(), ajout.ou, ajout.texte));
        }
    }
    crate::support::expect_file(&root().join("tests/seed/ajouts.txt"), &text);
}

/// Each thématique page has its fiches, its tables or their honest absence, and its sub-themes.
#[test]
fn thematique_pages_hold_everything() {
    let (inventory, tree) = (inventory(), tree());
    for (t, thematique) in THEMATIQUES.iter().enumerate() {
        let page = page(&tree, &format!("thematiques/{thematique}"));
        let text = fold(page.text());
        for item in list(&inventory, "items").iter().filter(|i| i["theme"] == t + 1) {
            assert!(text.contains(&fold(str_of(item, "text"))), "{}", item["id"]);
        }
        for fiche in list(&inventory, "retex_fiches").iter().filter(|f| f["theme"] == t + 1) {
            if let Some(title) = fiche["title_as_split"].as_str() {
                assert!(text.contains(&fold(title)), "{title}");
            }
        }
        match t + 1 {
            4 => assert!(text.contains(&fold("La synthèse ne contient rien sur cette thématique"))),
            3 | 5 => assert!(text.contains(&fold("ne contient pas de plan d'action"))),
            _ => assert!(!text.contains(&fold("ne contient pas de plan d'action"))),
        }
    }
}
