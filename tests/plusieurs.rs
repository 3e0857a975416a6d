//! Several syntheses: what a page of one said it still says, beside the others; and none grows with their number.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use retex::{
    disk,
    output::OutputTree,
    source::{OutputPath, Snapshot, SourceFile},
};

use crate::{
    support::{Build, assert_clean, base, build, published, set, text},
    territoire,
};

#[path = "../benches/corpus.rs"]
mod corpus;

/// Elements and bytes that no page exceeds.
const MOST: (usize, usize) = (3_000, 200_000);
/// Files of a page that one goes through to any text, home left out.
const CLICKS: usize = 4;

/// The same workshop again, elsewhere and another year, with these words in the place of others: in the document too.
fn with_copy(
    snapshot: &mut Snapshot,
    (from, to): (&str, &str),
    (territoire, annee): (&str, u16),
    words: &[(&str, &str)],
) {
    let folder = format!("content/syntheses/{from}/");
    let copied: Vec<(String, SourceFile)> = snapshot
        .files
        .iter()
        .filter(|(path, _)| path.as_str().starts_with(&folder))
        .map(|(path, file)| (path.to_string().replace(from, to), file.clone()))
        .collect();
    for (path, file) in copied {
        let mut text = file.as_text().unwrap().to_string();
        for (old, new) in words {
            text = text.replace(old, new);
        }
        if path.ends_with("/synthese.toml") {
            let kept = |line: &&str| {
                !["sha256", "territoire", "annee"].iter().any(|k| line.starts_with(k))
            };
            let kept: Vec<&str> = text.lines().filter(kept).collect();
            text = format!("territoire = \"{territoire}\"\nannee = {annee}\n{}\n", kept.join("\n"));
        }
        set(snapshot, &path, &text);
    }
}

/// The workshop that the project publishes, and another that speaks of the same with some words of its own.
fn two() -> Snapshot {
    let mut snapshot = published();
    let words = [("numérique", "informatique"), ("élèves", "jeunes"), ("équipe", "collectif")];
    with_copy(&mut snapshot, ("loire-atlantique-2020", "vendee-2021"), ("Vendée", 2021), &words);
    snapshot
}

fn without(mut snapshot: Snapshot, synthese: &str) -> Snapshot {
    let folder = format!("content/syntheses/{synthese}/");
    snapshot.files.retain(|path, _| !path.as_str().starts_with(&folder));
    snapshot
}

fn pages(tree: &OutputTree) -> BTreeMap<String, String> {
    tree.pages().map(|(path, html)| (path.to_string(), html.to_string())).collect()
}

fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!(" {name}=\"");
    html.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn ids(html: &str) -> BTreeSet<&str> {
    attributes(html, "id").into_iter().collect()
}

fn subjects(built: &Build) -> Vec<String> {
    let site = built.site.as_ref().unwrap();
    site.thematiques.iter().map(|t| format!("thematiques/{}/index.html", t.id)).collect()
}

#[test]
fn a_subject_keeps_every_anchor_that_it_had_with_one() {
    let (snapshot, first) = (two(), build(&published()));
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let (before, after) = (pages(&first.tree), pages(&built.tree));
    let mut kept = 0;
    for path in subjects(&built) {
        let (had, has) = (ids(&before[&path]), ids(&after[&path]));
        let lost: Vec<_> = had.difference(&has).collect();
        assert!(lost.is_empty(), "{path}: {lost:?}");
        kept += had.len();
    }
    assert!(kept > 200, "{kept}");
}

#[test]
fn a_subject_says_the_words_of_each_territory() {
    let built = build(&two());
    let html = &pages(&built.tree)["thematiques/egal-acces/index.html"];
    for words in [
        "Autonomie des élèves pour les utiliser",
        "Autonomie des jeunes pour les utiliser",
        "Loire-Atlantique, 2020",
        "Vendée, 2021",
        "Texte identique",
        "Textes proches",
    ] {
        assert!(html.contains(words), "{words}");
    }
    // Each leads to its text in the table of its workshop.
    for synthese in ["loire-atlantique-2020", "vendee-2021"] {
        assert!(
            html.contains(&format!("syntheses/{synthese}/diagnostic/index.html#")),
            "{synthese}"
        );
        assert!(
            html.contains(&format!("syntheses/{synthese}/egal-acces/index.html\"")),
            "{synthese}"
        );
    }
}

/// The older workshop bears the anchors that two of them have.
#[test]
fn the_oldest_workshop_keeps_its_anchors() {
    let mut snapshot = published();
    let words = [("Autonomie des élèves", "Autonomie des lycéens")];
    with_copy(&mut snapshot, ("loire-atlantique-2020", "ain-2022"), ("Ain", 2022), &words);
    let borne = |snapshot: &Snapshot| {
        let html = pages(&build(snapshot).tree)["thematiques/egal-acces/index.html"].clone();
        let at = html.find("Autonomie des élèves").unwrap();
        let (start, other) =
            (html[..at].rfind('<').unwrap(), html.find("Autonomie des lycéens").unwrap());
        let other = html[..other].rfind('<').unwrap();
        (html[start..at].to_string(), html[other..].split('>').next().unwrap().to_string())
    };
    let (own, other) = borne(&snapshot);
    assert!(own.contains(" id=\"") && !other.contains(" id=\""), "{own} {other}");
    let path = "content/syntheses/ain-2022/synthese.toml";
    let older = text(&snapshot, path).replace("annee = 2022", "annee = 2019");
    set(&mut snapshot, path, &older);
    let (own, other) = borne(&snapshot);
    assert!(!own.contains(" id=\"") && other.contains(" id=\""), "{own} {other}");
}

#[test]
fn one_taken_away_the_other_has_the_page() {
    let mut alone = without(two(), "loire-atlantique-2020");
    // It names places of the other.
    set(&mut alone, "content/glossaire.toml", "");
    let built = build(&alone);
    assert_clean(&built, &alone);
    let pages = pages(&built.tree);
    for path in subjects(&built) {
        let html = &pages[&path];
        assert!(
            !html.contains("Textes proches") && !html.contains("Loire-Atlantique, 2020"),
            "{path}"
        );
    }
    let html = &pages["thematiques/egal-acces/index.html"];
    assert!(
        html.contains("Thématique 1 · Vendée, 2021") && html.contains("id=\"sujet--diagnostic\"")
    );
    let several = |path: &str| path.starts_with("acteurs/v") || path.starts_with("provenance/v");
    assert!(!pages.keys().any(|path| several(path) || path == "syntheses/index.html"));
    assert!(!built.tree.iter().any(|(path, _)| path.as_str().starts_with("donnees/tout/")));
}

/// Subjects by démarche; one that a single workshop speaks of has its whole page, however many others there are.
#[test]
fn subjects_stand_by_demarche() {
    let built = build(&territoire::with_climat(territoire::markdown()));
    let pages = pages(&built.tree);
    let subjects = &pages["thematiques/index.html"];
    let place = |name: &str| subjects.find(&format!("<h2>{name}</h2>")).unwrap();
    assert!(place("États généraux du numérique") < place("Climat"));
    let subject = &pages["thematiques/c0/index.html"];
    assert!(
        subject.contains("Brenelle, 2023") && !subject.contains("Ce que chaque atelier en dit")
    );
    // No meeting file of a workshop says that there is nothing.
    let files = pages.iter().filter(|(path, _)| path.starts_with("syntheses/"));
    assert!(files.clone().count() > 10);
    for (path, html) in files {
        assert!(!html.contains("ne contient rien sur cette thématique"), "{path}");
    }
}

/// Ten workshops that say the same.
pub(crate) fn ten() -> Snapshot {
    let mut snapshot = base();
    for n in 1..10 {
        let place = (format!("Essai {n}"), format!("essai-{n}"));
        with_copy(&mut snapshot, ("essai-2021", &place.1), (&place.0, 2022), &[]);
    }
    snapshot
}

/// A text that many say is said once, with some of their names; the rest is one click away.
#[test]
fn many_who_say_the_same_are_some_and_others() {
    let snapshot = ten();
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let pages = pages(&built.tree);
    let html = &pages["thematiques/egal-acces/index.html"];
    assert!(html.contains("Texte identique") && html.contains("et 4\u{a0}autres ateliers"));
    assert!(
        html.contains("id=\"irritant-temps-bis\"") && html.contains("id=\"mention-sans-fiche\"")
    );
    assert_eq!(html.matches("Le temps manque").count(), 1);
    let all = &pages["thematiques/egal-acces/irritants/index.html"];
    assert!(all.contains("Essai 9, 2022") && !all.contains("autres ateliers"));
    // Years divide the list, territories too.
    assert!(pages.contains_key("retex/par/annee/2022/index.html"));
    assert!(pages.contains_key("retex/par/territoire/essai-9/index.html"));
}

#[test]
fn data_of_all_has_the_rows_of_each() {
    let built = build(&two());
    let sheet = |path: &str| {
        let bytes = built.tree.get(&OutputPath::new(path)).unwrap().to_vec();
        let mut rows = csv::ReaderBuilder::new().delimiter(b';').from_reader(&bytes[3..]);
        let headings = rows.headers().unwrap().clone();
        (headings, rows.records().map(Result::unwrap).collect::<Vec<_>>())
    };
    for (whole, parts) in [
        ("tout/tableaux.csv", vec!["diagnostic.csv", "projections.csv", "plan-action.csv"]),
        ("tout/retex.csv", vec!["retex.csv"]),
    ] {
        let (headings, rows) = sheet(&format!("donnees/{whole}"));
        assert_eq!([&headings[0], &headings[1], &headings[2]], ["Synthèse", "Territoire", "Année"]);
        let mut expected = 0;
        for synthese in ["loire-atlantique-2020", "vendee-2021"] {
            let own = parts.iter().map(|part| sheet(&format!("donnees/{synthese}/{part}")).1.len());
            let own: usize = own.sum();
            assert_eq!(rows.iter().filter(|row| &row[0] == synthese).count(), own, "{synthese}");
            expected += own;
        }
        assert!(expected > 10 && rows.len() == expected, "{whole}");
    }
    assert!(pages(&built.tree)["donnees/index.html"].contains("tout/tableaux.csv"));
}

/// The page that a link of another leads to.
fn target(from: &str, href: &str) -> String {
    let mut at: Vec<&str> = from.split('/').collect();
    at.pop();
    for piece in href.split(['#', '?']).next().unwrap().split('/') {
        match piece {
            ".." => drop(at.pop()),
            "." | "" => {}
            _ => at.push(piece),
        }
    }
    at.join("/")
}

/// Clicks from home to each page.
fn clicks(pages: &BTreeMap<String, String>) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::from([("index.html".to_string(), 0)]);
    let mut next = VecDeque::from(["index.html".to_string()]);
    while let Some(path) = next.pop_front() {
        let clicks = found[&path] + 1;
        for href in attributes(&pages[&path], "href") {
            let page = target(&path, href);
            if !href.contains(':') && pages.contains_key(&page) && !found.contains_key(&page) {
                found.insert(page.clone(), clicks);
                next.push_back(page);
            }
        }
    }
    found
}

#[test]
fn no_page_grows_with_a_hundred_syntheses() {
    let place = tempfile::tempdir().unwrap();
    corpus::generate(place.path(), 300, 100, 1).unwrap();
    let snapshot = disk::scan(place.path()).unwrap();
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let pages = pages(&built.tree);
    for (path, html) in &pages {
        let tags = html
            .split('<')
            .skip(1)
            .filter(|tag| tag.starts_with(|c: char| c.is_ascii_alphabetic()));
        let weight = (tags.count(), html.len());
        assert!(weight.0 <= MOST.0 && weight.1 <= MOST.1, "{path}: {weight:?}");
        let header = html.split("</header>").next().unwrap().split("<header").nth(1).unwrap_or("");
        assert!(attributes(header, "href").len() <= 12, "{path}");
    }
    let clicks = clicks(&pages);
    let tables = built.site.as_ref().unwrap().ateliers.iter().flat_map(|atelier| {
        let s = &atelier.synthese;
        s.tableaux
            .keys()
            .map(|table| format!("syntheses/{}/{}/index.html", s.id, s.id_du_tableau(*table)))
    });
    let tables: Vec<String> = tables.collect();
    assert_eq!(tables.len(), 300);
    for table in tables {
        assert!(clicks.get(&table).is_some_and(|clicks| *clicks <= CLICKS), "{table}");
    }
    let far: Vec<_> = pages.keys().filter(|path| !clicks.contains_key(*path)).collect();
    assert!(far.iter().all(|path| *path == "404.html"), "no link leads to {far:?}");
    // Every list of texts is whole in its pages: the first hundred irritants, then the others.
    let of_all = |path: &&String| path.starts_with("thematiques/travailler-ensemble/irritants/");
    let shown: usize = pages
        .iter()
        .filter(|(path, _)| of_all(path))
        .map(|(_, html)| html.matches("<p class=\"recu\">").count())
        .sum();
    let site = built.site.as_ref().unwrap();
    let irritants = site.ateliers.iter().flat_map(|a| &a.blocs).filter(|b| {
        b.thematique.as_str() == "travailler-ensemble"
            && b.bloc.nature == Some(retex::model::Nature::Irritant)
    });
    assert_eq!(shown, irritants.count());
}
