//! Fidelity beyond tampering: withdrawals, contributions, what typography may do, long lists.

use retex::{
    diag::{Code, Diagnostic},
    source::Snapshot,
};

use crate::support::{assert_clean, base, build, edit, published, set, text};

const SOURCE: &str = "content/syntheses/loire-atlantique-2020/source.txt";
const SYNTHESE: &str = "content/syntheses/loire-atlantique-2020/synthese.toml";
const GAME: &str = "content/syntheses/loire-atlantique-2020/retex/escape-game.md";
const WALL: &str = "content/syntheses/loire-atlantique-2020/retex/monadefis.md";

fn codes(snapshot: &Snapshot) -> Vec<Code> {
    build(snapshot).diagnostics.iter().map(|d| d.code).collect()
}

fn page(snapshot: &Snapshot, path: &str) -> String {
    let tree = build(snapshot).tree;
    let found = tree.pages().find(|(p, _)| p.as_str() == path);
    found.unwrap_or_else(|| panic!("no page {path}")).1.to_string()
}

/// A person asks for their name to go: from the document, the fiche and an address that bears it.
#[test]
fn a_name_is_withdrawn() {
    let mut snapshot = published();
    for path in [SOURCE, GAME] {
        edit(&mut snapshot, path, "Ségolène PARIS", "[nom retiré]");
    }
    for path in [SOURCE, WALL] {
        edit(&mut snapshot, path, "MANUELAPENISSON", "[nom retiré]");
    }
    assert!(codes(&snapshot).contains(&Code::RetraitInvalide), "a withdrawal must be written down");

    let recorded = "\n[[retraits]]\nligne = 47\ndate = 2026-01-15\nmotif = \"Demande de la personne.\"\n\n[[retraits]]\nligne = 41\ndate = 2026-01-15\nmotif = \"Demande de la personne.\"\n";
    let toml = format!("{}{recorded}", text(&snapshot, SYNTHESE));
    set(&mut snapshot, SYNTHESE, &toml);
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let atelier = &built.site.as_ref().unwrap().ateliers[0];
    assert_eq!(atelier.fidelite.as_ref().unwrap().pour_mille(), 1000);
    for (path, html) in built.tree.pages() {
        assert!(!html.contains("Ségolène") && !html.contains("MANUELAPENISSON"), "{path}");
    }
    let wall = page(&snapshot, "retex/loire-atlantique-2020/monadefis/index.html");
    assert!(wall.contains("padlet.com/[nom retiré]/") && !wall.contains("href=\"https://padlet"));
    let provenance = page(&snapshot, "provenance/index.html");
    assert!(provenance.contains("15 janvier 2026"), "withdrawals are counted and explained");

    // With the fingerprint of the whole document, anybody could verify a name that they guess.
    let fingerprint = built.site.as_ref().unwrap().ateliers[0].synthese.sha256.as_ref().unwrap();
    for (path, bytes) in built.tree.iter() {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(&fingerprint.value), "{path} gives the fingerprint");
    }
    let line = format!("sha256 = \"{}\"\n", fingerprint.value);
    edit(&mut snapshot, SYNTHESE, &line, "");
    assert!(!codes(&snapshot).contains(&Code::EmpreinteDifferente), "it may be forgotten");

    // A withdrawal that the document does not bear is refused.
    edit(&mut snapshot, SYNTHESE, "ligne = 47", "ligne = 45");
    assert!(codes(&snapshot).contains(&Code::RetraitInvalide));
}

/// A contribution is free; a text that pretends to come from the document is not.
#[test]
fn a_contribution_makes_no_claim() {
    let mut snapshot = published();
    snapshot.today = None;
    let path = "content/syntheses/loire-atlantique-2020/retex/nouvelle.md";
    let fiche = "+++\ntitre = \"Une nouvelle expérience\"\nthematique = \"responsable-souverain\"\ndate = 2026-10-01\nauteurs = [\"Camille Exemple\"]\nliens = [{ url = \"https://exemple.fr/\" }]\n+++\nTexte libre, « cité » : 1^{er} essai.\n";
    set(&mut snapshot, path, fiche);
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let said = |d: &&Diagnostic| d.location(&snapshot).is_some_and(|l| l.starts_with(path));
    let said: Vec<&Diagnostic> = built.diagnostics.iter().filter(said).collect();
    assert!(said.is_empty(), "{said:?}");
    let html = page(&snapshot, "retex/loire-atlantique-2020/nouvelle/index.html");
    for wanted in ["Contribution", "Camille Exemple", "1er octobre 2026", "1<sup>er</sup>"] {
        assert!(html.contains(wanted), "{wanted}");
    }
    assert!(!html.contains("du document reçu"), "it is never called part of the document");
    let thematique = page(&snapshot, "thematiques/responsable-souverain/index.html");
    assert!(thematique.contains("Une nouvelle expérience"));

    set(&mut snapshot, path, &fiche.replace("date =", "lignes = [19]\ndate ="));
    assert!(codes(&snapshot).contains(&Code::TexteHorsSource));
}

/// Footnotes, tasks, images and code stand inside the sentences of a contribution; its text is proved
/// all the same.
#[test]
fn a_contribution_is_proved_around_its_notes() {
    let path = "content/syntheses/essai-2021/retex/radio.md";
    let from = "Une contribution, ajoutée après l'atelier.";
    let to = "Une *contri*bution[^a], **ajoutée**[^b] après\\\nl'atelier.\n\n- [x] Une salle[^b], `calme`\n\n| Prix[^a] |\n|---|\n| 12 % |\n\n[^a]: Une note.\n[^b]: Une autre.\n\n";
    let mut snapshot = base();
    edit(&mut snapshot, path, from, to);
    assert_clean(&build(&snapshot), &snapshot);
}

/// `[sic]`, other spaces and the curly apostrophe are the editor's right; nothing else is.
#[test]
fn the_limits_of_typography() {
    let bloc = "content/syntheses/essai-2021/tableaux/egal-acces.toml";
    let fiche = "content/syntheses/essai-2021/retex/tablettes.md";
    let accepted = |path: &str, from: &str, to: &str| {
        let mut snapshot = base();
        edit(&mut snapshot, path, from, to);
        let codes = codes(&snapshot);
        codes
            .iter()
            .all(|c| !matches!(c, Code::TexteAltere | Code::TextePerdu | Code::TexteHorsSource))
    };
    assert!(accepted(fiche, "L'ENT a servi", "L’ENT a servi"));
    assert!(accepted(fiche, "L'ENT a servi", "L'ENT a [sic] servi"));
    assert!(accepted(bloc, "Sous-thématique : prêt", "Sous-thématique\u{a0}: prêt"));
    assert!(accepted(bloc, "Sous-thématique : prêt", "Sous-thématique: prêt"));
    assert!(!accepted(bloc, "Egal accès", "Égal accès"), "an accent");
    assert!(!accepted(bloc, "Un prêt rapide", "un prêt rapide"), "a capital");
    assert!(!accepted(bloc, "Un prêt rapide", "Un prêtrapide"), "a space removed");
    assert!(!accepted(fiche, "à tous.", "à tous…"), "an ellipsis");
    assert!(!accepted(fiche, "à tous.", "à « tous »."), "quotes");
}

/// A draft is left out; what a link to it says is clear.
#[test]
fn a_draft_is_not_published() {
    let mut snapshot = base();
    let radio = "content/syntheses/essai-2021/retex/radio.md";
    edit(&mut snapshot, radio, "date =", "brouillon = true\ndate =");
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    assert!(
        !built
            .tree
            .pages()
            .any(|(p, html)| p.as_str().contains("radio") || html.contains("Une radio d’école"))
    );
    edit(
        &mut snapshot,
        "content/pages/contact.md",
        "Texte",
        "[Radio](../syntheses/essai-2021/retex/radio.md)",
    );
    assert!(codes(&snapshot).contains(&Code::LienInterneMort));
}
