//! The form `derive`: one line per row, a tab between cells, one `▶` per paragraph, an empty cell where one goes on.

use retex::{model::Preuve, site::Bout, source::Snapshot};

use crate::{
    support::{assert_clean, build, edit, errors, text},
    territoire::page,
};

const FOLDER: &str = "content/syntheses/derive-2022";

const SOURCE: &str = "Diagnostic
Thématique\t▶ Irritants\t▶ Besoins
▶ Égal accès\t▶ Pas de réseau * ▶ Peu de - prises\t▶ Un câble
\t▶ Une panne\t
▶ Travailler\t▶ Trop de réunions\t▶ Une heure
";

const TABLES: &str = r#"[diagnostic]
lignes = [3, 4]

[[diagnostic.intitule]]
id = "titre-acces"
textes = ["Égal accès"]
rangees = [1, 2]

[[diagnostic.irritant]]
id = "irritant-reseau"
textes = ["Pas de réseau *"]

[[diagnostic.irritant]]
id = "irritant-prises"
textes = ["Peu de - prises"]

[[diagnostic.irritant]]
id = "irritant-panne"
lignes = [4]
textes = ["Une panne"]

[[diagnostic.besoin]]
id = "besoin-cable"
textes = ["Un câble"]
rangees = [1, 2]
"#;

const OTHERS: &str = r#"[diagnostic]
lignes = [5]

[[diagnostic.intitule]]
id = "titre-travail"
textes = ["Travailler"]

[[diagnostic.irritant]]
id = "irritant-reunions"
textes = ["Trop de réunions"]

[[diagnostic.besoin]]
id = "besoin-heure"
textes = ["Une heure"]
"#;

const SYNTHESE: &str = r#"titre = "Atelier dérivé"
territoire = "Ici"
annee = 2022

[source]
forme = "derive"

[[tableaux]]
id = "diagnostic"
titre = "Diagnostic"
lignes = [1]
lignes_colonnes = [2]
colonnes = [
  { texte = "Thématique", natures = ["intitule"] },
  { texte = "Irritants", natures = ["irritant"] },
  { texte = "Besoins", natures = ["besoin"] },
]
"#;

fn derived() -> Snapshot {
    Snapshot::of_texts([
        ("content/site.toml", "titre = \"Essai\"\ndescription = \"Un essai.\"\n"),
        ("content/thematiques/a.md", "+++\nnumero = 1\ntitre = \"Égal accès\"\n+++\n"),
        ("content/thematiques/b.md", "+++\nnumero = 2\ntitre = \"Travailler\"\n+++\n"),
        ("content/syntheses/derive-2022/source.txt", SOURCE),
        ("content/syntheses/derive-2022/synthese.toml", SYNTHESE),
        ("content/syntheses/derive-2022/tableaux/a.toml", TABLES),
        ("content/syntheses/derive-2022/tableaux/b.toml", OTHERS),
    ])
}

/// Stars and dashes are text: the form has no markup but its two marks.
#[test]
fn a_derived_document_is_published_whole() {
    let snapshot = derived();
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let atelier = &built.site.as_ref().unwrap().ateliers[0];
    assert_eq!(atelier.fidelite.as_ref().unwrap().affichage(), "100\u{a0}%");
    let html = page(&built, "syntheses/derive-2022/diagnostic/index.html");
    assert!(html.contains("Pas de réseau *") && html.contains("Peu de - prises"), "{html}");
    assert_eq!(html.split("<tbody").nth(1).unwrap().matches("<tr").count(), 3);
}

/// A merged cell belongs to each of its rows, and ties what stands in them.
#[test]
fn a_merged_cell_is_tied_to_each_of_its_rows() {
    let built = build(&derived());
    let atelier = &built.site.as_ref().unwrap().ateliers[0];
    let named = |bout: Bout| match bout {
        Bout::Bloc(i, _) => atelier.blocs[i].bloc.id.value.to_string(),
        Bout::Fiche(_) => String::new(),
    };
    let written = atelier.rapprochements.iter().filter(|edge| edge.preuve == Preuve::Ecrit);
    let mut tied: Vec<_> = written.map(|edge| (named(edge.de), named(edge.vers))).collect();
    tied.sort();
    let pair = |de: &str, vers: &str| (de.to_string(), vers.to_string());
    assert_eq!(
        tied,
        [
            pair("irritant-panne", "besoin-cable"),
            pair("irritant-prises", "besoin-cable"),
            pair("irritant-reseau", "besoin-cable"),
            pair("irritant-reunions", "besoin-heure"),
        ]
    );
}

#[test]
fn what_is_tampered_with_is_refused() {
    let file = format!("{FOLDER}/tableaux/a.toml");
    let source = format!("{FOLDER}/source.txt");
    for (path, from, to, said) in [
        (&file, "Pas de réseau *", "Pas de réseau", "[texte-altere]"),
        (&file, "\"Une panne\"", "\"Deux pannes\"", "[texte-"),
        (
            &file,
            "[[diagnostic.irritant]]\nid = \"irritant-prises\"",
            "[[diagnostic.besoin]]\nid = \"irritant-prises\"",
            "[texte-deplace]",
        ),
        (&file, "lignes = [4]\n", "", "[texte-deplace]"),
        // Two paragraphs made one, a row more.
        (&source, " ▶ Peu de", " Peu de", "[texte-"),
        (&source, "▶ Travailler", "\t▶ Une coupure\t\n▶ Travailler", "[texte-perdu]"),
    ] {
        let mut snapshot = derived();
        edit(&mut snapshot, path, from, to);
        let built = build(&snapshot);
        let errors = errors(&built, &snapshot);
        assert!(errors.iter().any(|e| e.contains(said)), "{from}: {errors:#?}");
    }
    // A bloc that is no more leaves its text lost.
    let mut snapshot = derived();
    let cut = text(&snapshot, &file).split("[[diagnostic.besoin]]").next().unwrap().to_string();
    crate::support::set(&mut snapshot, &file, &cut);
    let built = build(&snapshot);
    assert!(errors(&built, &snapshot).iter().any(|e| e.contains("Un câble")));
}
