//! The language of a text: said in the pages where it is not French, and typography leaves it alone.

use retex::source::Snapshot;

use crate::support::{Build, assert_clean, base, build, edit, text};

const FOLDER: &str = "content/syntheses/essai-2021";
const FICHE: &str = "content/syntheses/essai-2021/retex/radio.md";
const TABLES: &str = "content/syntheses/essai-2021/tableaux/enseigner-apprendre.toml";

fn page<'a>(build: &'a Build, path: &str) -> &'a str {
    let bytes = build.tree.iter().find(|(p, _)| p.as_str() == path).unwrap().1;
    std::str::from_utf8(bytes).unwrap()
}

fn assert_holds(build: &Build, path: &str, wanted: &str) {
    assert!(page(build, path).contains(wanted), "{path} lacks {wanted}:\n{}", page(build, path));
}

/// The small site, its contribution in Breton.
fn breton() -> Snapshot {
    let mut snapshot = base();
    edit(
        &mut snapshot,
        FICHE,
        "titre = \"Une radio d'école\"",
        "titre = \"Skingomz ar c'hlas : petra ?\"\nlangue = \"br\"",
    );
    edit(
        &mut snapshot,
        FICHE,
        "Une contribution, ajoutée après l'atelier. Voir [les tablettes](tablettes.md).",
        "Petra c'hoarvez ? « Mat-tre » eo!\n\n> [!NOTE]\n> Gwelit [ar taolennoù](tablettes.md).\n\n| a | b |\n|---|---|\n| c | d |",
    );
    snapshot
}

/// The small site, where the document received has an English bloc.
fn english() -> Snapshot {
    let mut snapshot = base();
    let written = text(&snapshot, &format!("{FOLDER}/synthese.toml")).to_string();
    let sha = written.lines().find(|line| line.starts_with("sha256")).unwrap();
    edit(&mut snapshot, &format!("{FOLDER}/synthese.toml"), sha, "");
    edit(
        &mut snapshot,
        &format!("{FOLDER}/source.txt"),
        "▶ Bien",
        "▶ Isn't it good ? \"Yes\": it is!",
    );
    edit(
        &mut snapshot,
        TABLES,
        "textes = [\"Bien\"]",
        "textes = ['''Isn't it good ? \"Yes\": it is!''']\nlangue = \"en\"",
    );
    snapshot
}

#[test]
fn a_fiche_says_its_language() {
    let snapshot = breton();
    let build = build(&snapshot);
    assert_clean(&build, &snapshot);
    let titre = "<span lang=\"br\">Skingomz ar c'hlas : petra ?</span>";
    let fiche = "retex/essai-2021/radio/index.html";
    assert_holds(&build, fiche, titre);
    assert_holds(&build, fiche, "<div lang=\"br\">\n<p>Petra c'hoarvez ? « Mat-tre » eo!</p>");
    assert_holds(&build, fiche, "<span lang=\"br\">Le bruit</span>");
    // The words of the program stay French, in the text as around it.
    assert_holds(&build, fiche, "<html lang=\"fr\">");
    assert_holds(&build, fiche, "<p lang=\"fr\" class=\"alerte-titre\">");
    assert_holds(&build, fiche, "<div lang=\"fr\" class=\"defilant\"");
    assert_holds(&build, fiche, "<table lang=\"br\">");
    // Where no attribute can say it, typography leaves it alone all the same.
    assert_holds(&build, fiche, "<title>Skingomz ar c&#39;hlas : petra ? — ");
    assert_holds(&build, fiche, "content=\"Petra c&#39;hoarvez ? « Mat-tre » eo!");
    assert_holds(&build, fiche, "Skingomz ar c&#39;hlas : petra ?\u{202f}»");
    for list in ["retex/index.html", "thematiques/enseigner-apprendre/index.html"] {
        assert_holds(&build, list, titre);
        assert_holds(&build, list, " lang=\"br\">Petra c&#39;hoarvez ? « Mat-tre » eo!");
    }
    assert_holds(&build, "atom.xml", "<title xml:lang=\"br\">Skingomz ar c");
    // Another fiche is French.
    let other = page(&build, "retex/essai-2021/tablettes/index.html");
    assert!(other.contains("<p>L’ENT") || other.contains("<p>L’<a"), "{other}");
}

#[test]
fn a_bloc_says_its_language() {
    let snapshot = english();
    let build = build(&snapshot);
    assert_clean(&build, &snapshot);
    let bloc = "<span lang=\"en\">Isn't it good ? &quot;Yes&quot;: it is!</span>";
    for path in
        ["syntheses/essai-2021/diagnostic/index.html", "thematiques/enseigner-apprendre/index.html"]
    {
        assert_holds(&build, path, bloc);
        assert_eq!(
            page(&build, path).matches("lang=\"en\"").count(),
            page(&build, path).matches(bloc).count()
        );
    }
}

#[test]
fn a_language_is_inherited_until_another_is_said() {
    let mut snapshot = base();
    edit(&mut snapshot, "content/site.toml", "editeur =", "langue = \"ar\"\nediteur =");
    edit(&mut snapshot, FICHE, "date =", "langue = \"fr-CA\"\ndate =");
    let of_site = build(&snapshot);
    assert_clean(&of_site, &snapshot);
    let table = "syntheses/essai-2021/diagnostic/index.html";
    assert_holds(&of_site, table, "<html lang=\"fr\"");
    assert_holds(&of_site, table, "<span lang=\"ar\" dir=\"rtl\">Irritants</span>");
    assert_holds(&of_site, table, "<span lang=\"ar\" dir=\"rtl\">Un prêt rapide</span>");
    assert_holds(
        &of_site,
        "retex/essai-2021/radio/index.html",
        "<p>Une contribution, ajoutée après l’atelier.",
    );

    let settings = format!("{FOLDER}/synthese.toml");
    edit(&mut snapshot, &settings, "annee = 2021", "annee = 2021\nlangue = \"oc\"");
    let of_synthese = build(&snapshot);
    assert_clean(&of_synthese, &snapshot);
    assert_holds(&of_synthese, table, "<span lang=\"oc\">Un prêt rapide</span>");
    assert!(!page(&of_synthese, table).contains("lang=\"ar\""));

    edit(&mut snapshot, &settings, "langue = \"oc\"", "langue = \"fr\"");
    let french = build(&snapshot);
    assert_clean(&french, &snapshot);
    assert_eq!(page(&french, table).matches(" lang=").count(), 1);
}
