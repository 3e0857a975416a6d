//! Themes: what a layer may change, and what no theme may do.

use std::fs;

use retex::{diag::Code, source::Snapshot};

use crate::support::{
    assert_clean, base, build, edit, files_below, many, published, root, set, text,
};

fn codes(snapshot: &Snapshot) -> Vec<Code> {
    build(snapshot).diagnostics.iter().map(|d| d.code).collect()
}

fn page(snapshot: &Snapshot, path: &str) -> String {
    let tree = build(snapshot).tree;
    tree.pages().find(|(p, _)| p.as_str() == path).unwrap().1.to_string()
}

/// A theme that forgets a column of the tables: the synthesis would be cut.
#[test]
fn a_theme_that_omits_a_column_is_refused() {
    let mut snapshot = published();
    let path = "themes/defaut/templates/tableau.html";
    let template = text(&snapshot, path).replace("rangee.cellules", "rangee.cellules[:3]");
    assert_ne!(template, text(&snapshot, path), "the template must loop over rangee.cellules");
    set(&mut snapshot, "themes/coupe/templates/tableau.html", &template);
    set(&mut snapshot, "themes/coupe/theme.toml", "contrat = 1\n");
    let site = format!("{}\ntheme = \"coupe\"\n", text(&snapshot, "content/site.toml"));
    set(&mut snapshot, "content/site.toml", &site);
    let built = build(&snapshot);
    let cut: Vec<_> = built.diagnostics.iter().filter(|d| d.code == Code::PageInfidele).collect();
    assert!(built.has_errors() && cut.len() >= 8, "{}", cut.len());
}

/// Whoever makes a theme begins with a copy of ours, on a site whose lists are short or empty.
#[test]
fn a_copy_of_the_theme_is_accepted() {
    let mut snapshot = base();
    for file in files_below(&root().join("themes/defaut")) {
        let name = file.display().to_string();
        if name.starts_with("templates/") {
            let text = fs::read_to_string(root().join("themes/defaut").join(&file)).unwrap();
            set(&mut snapshot, &format!("themes/copie/{name}"), &text);
        }
    }
    set(&mut snapshot, "themes/copie/theme.toml", "contrat = 1\n");
    edit(&mut snapshot, "content/site.toml", "titre =", "theme = \"copie\"\ntitre =");
    assert_clean(&build(&snapshot), &snapshot);
}

/// A theme that adds words inside a text of the synthesis, or corrects it.
#[test]
fn a_theme_that_embroiders_is_refused() {
    for (from, to) in [
        ("{{ vue.texte }}", "{{ vue.texte }} Bravo !"),
        ("{{ vue.texte }}", "{{ vue.texte | upper }}"),
        ("{{ vue.texte }}", "{{ vue.texte | truncate(length=10) }}"),
        ("{{ vue.titre }}", "{{ vue.titre | safe }} (reçu)"),
    ] {
        let mut snapshot = base();
        let template = text(&published(), "themes/defaut/templates/fiche.html").replace(from, to);
        set(&mut snapshot, "themes/local/templates/fiche.html", &template);
        assert!(codes(&snapshot).contains(&Code::PageInfidele), "{to}");
    }
}

#[test]
fn layers_override_file_by_file() {
    let mut snapshot = base();
    let css = page_of_css(&snapshot);
    set(&mut snapshot, "themes/local/static/style.css", "body { margin: 0 }\n");
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let new = page_of_css(&snapshot);
    assert_eq!(new, "body { margin: 0 }\n");
    assert_ne!(css, new);

    set(
        &mut snapshot,
        "themes/charte/theme.toml",
        "nom = \"Charte\"\ncontrat = 1\nparent = \"defaut\"\n",
    );
    let text = "{% extends \"defaut/texte.html\" %}{% block contenu %}<p>Charte</p>{{ super() }}{% endblock %}";
    set(&mut snapshot, "themes/charte/templates/texte.html", text);
    edit(&mut snapshot, "content/site.toml", "titre =", "theme = \"charte\"\ntitre =");
    assert_clean(&build(&snapshot), &snapshot);
    let html = page(&snapshot, "a-propos/index.html");
    assert!(html.contains("<p>Charte</p>") && html.contains("Texte de la page."), "{html}");
}

/// The charter of an académie may give every link of the site a class, by its component alone: those of a fiche to its
/// thématique, its synthèse and its lists too.
#[test]
fn a_link_of_a_theme_is_that_of_every_page() {
    let mut snapshot = published();
    let place = "templates/partials/composants.html";
    let plain = text(&snapshot, &format!("themes/defaut/{place}"));
    let mine =
        plain.replacen("<a href=\"{{ l.href }}\"", "<a class=\"lien\" href=\"{{ l.href }}\"", 1);
    assert_ne!(plain, mine, "the component must write its address");
    set(&mut snapshot, &format!("themes/local/{place}"), &mine);
    assert_clean(&build(&snapshot), &snapshot);
    let html = page(&snapshot, "retex/loire-atlantique-2020/escape-game/index.html");
    for target in ["../../../thematiques/", "../../../syntheses/", "../../par/"] {
        assert!(html.contains(&format!("<a class=\"lien\" href=\"{target}")), "{target}: {html}");
    }
}

/// The charter of an académie on the published synthesis: one partial and one sheet, laid over the default theme or
/// in a theme of its own. Not a word is lost.
#[test]
fn a_charter_is_one_partial_and_one_sheet() {
    assert!(!page(&published(), "index.html").contains("charte.css"));
    for (layer, sheet) in
        [("local", "charte.css"), ("academie", "charte.css"), ("academie", "style.css")]
    {
        let mut snapshot = published();
        let header = text(&snapshot, "themes/defaut/templates/partials/entete.html").replace(
            "<header class=\"entete\">",
            "<header class=\"entete\"><p>Académie d’essai</p>",
        );
        let css = ":root { --lien: #000091 }\n";
        set(&mut snapshot, &format!("themes/{layer}/templates/partials/entete.html"), &header);
        set(&mut snapshot, &format!("themes/{layer}/static/{sheet}"), css);
        if layer != "local" {
            set(&mut snapshot, &format!("themes/{layer}/theme.toml"), "contrat = 1\n");
            let site = format!("{}\ntheme = \"{layer}\"\n", text(&snapshot, "content/site.toml"));
            set(&mut snapshot, "content/site.toml", &site);
        }
        let built = build(&snapshot);
        assert_clean(&built, &snapshot);
        let published = |path: &str| {
            let (_, bytes) = built.tree.iter().find(|(p, _)| p.as_str() == path).unwrap();
            String::from_utf8(bytes.to_vec()).unwrap()
        };
        assert_eq!(published(&format!("assets/{sheet}")), css);
        for path in ["index.html", "retex/loire-atlantique-2020/rosa-parks/index.html"] {
            let html = published(path);
            let linked = format!("assets/{sheet}\">");
            assert!(html.contains("Académie d’essai") && html.contains(&linked), "{layer} {path}");
        }
        let fidelite = built.site.as_ref().unwrap().ateliers[0].fidelite.clone().unwrap();
        assert_eq!(fidelite.affichage().replace('\u{a0}', " "), "100 %", "{layer} {sheet}");
    }
}

fn page_of_css(snapshot: &Snapshot) -> String {
    let tree = build(snapshot).tree;
    let (_, bytes) = tree.iter().find(|(p, _)| p.as_str() == "assets/style.css").unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The embedded theme is the one on disk: a site without `themes/` looks the same.
#[test]
fn the_embedded_theme_is_the_one_on_disk() {
    let with = published();
    let mut without = published();
    without.files.retain(|path, _| !path.as_str().starts_with("themes/"));
    assert!(build(&with).tree == build(&without).tree);
}

/// A theme that hides the tables, or puts texts under another heading.
#[test]
fn a_theme_that_hides_or_swaps_is_refused() {
    let path = "themes/defaut/templates/tableau.html";
    for (from, to) in [
        ("<table", "<table hidden"),
        ("rangee.cellules", "rangee.cellules | reverse"),
        ("in vue.colonnes", "in vue.colonnes | reverse"),
    ] {
        let mut snapshot = published();
        let template = text(&snapshot, path).replace(from, to);
        assert_ne!(template, text(&snapshot, path), "{from}");
        set(&mut snapshot, "themes/local/templates/tableau.html", &template);
        assert!(codes(&snapshot).contains(&Code::PageInfidele), "{to}");
    }
}

/// Two fiches may say the same: each has its card, that leads to it.
#[test]
fn fiches_that_say_the_same_have_each_a_card() {
    let mut snapshot = many(60);
    let names = ["pareille", "pareille-aussi"];
    for name in names {
        let fiche =
            "+++\ntitre = \"Pareille\"\nthematique = \"egal-acces\"\n+++\n\nLes mêmes mots.\n";
        let one = snapshot.files.keys().find(|path| path.as_str().contains("/retex/")).unwrap();
        let path = format!("{}/{name}.md", one.parent());
        set(&mut snapshot, &path, fiche);
    }
    let built = build(&snapshot);
    for name in names {
        let link = format!("/{name}/index.html\">Pareille</a>");
        let shows = |(_, page): &(_, &str)| page.contains("class=\"carte") && page.contains(&link);
        assert!(built.tree.pages().filter(shows).count() >= 2, "{name}");
    }
}

/// What is wrong in the header is wrong in each page, and said once.
#[test]
fn a_header_that_leads_nowhere_is_refused_on_every_page() {
    let mut snapshot = published();
    let pages = build(&snapshot).tree.page_count();
    let header = text(&snapshot, "themes/defaut/templates/partials/entete.html").to_string();
    for (added, code, message) in [
        ("<a href=\"{{ page.accueil }}x\">x</a>", Code::PageLienMort, "ne mène à aucun fichier"),
        (
            "<a href=\"{{ page.accueil }}#x\">x</a>",
            Code::PageAncreMorte,
            "une ancre qui n’existe pas",
        ),
        ("<a href=\"#x\">x</a>", Code::PageAncreMorte, "#x"),
        (
            "<a href=\"https://exemple.fr/#x\" id=\"page--contenu\">x</a>",
            Code::PageIdEnDouble,
            "page--contenu",
        ),
        ("<b style=\"color: red\">x</b>", Code::PageCodeInterdit, "b style"),
    ] {
        set(
            &mut snapshot,
            "themes/local/templates/partials/entete.html",
            &format!("{added}{header}"),
        );
        let built = build(&snapshot);
        let found: Vec<_> = built.diagnostics.iter().filter(|d| d.code == code).collect();
        assert!(!found.is_empty() && found.iter().all(|d| d.message.contains(message)), "{added}");
        let others: usize = found
            .iter()
            .flat_map(|d| &d.helps)
            .filter_map(|aide| {
                aide.strip_prefix("de même dans ")?.split('\u{a0}').next()?.parse::<usize>().ok()
            })
            .sum();
        // The page of a former address has no header.
        assert!(
            found.len() + others >= pages - 1,
            "{added}: {} and {others} of {pages}",
            found.len()
        );
    }
}
