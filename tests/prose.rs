//! Ordinary French prose, as teachers write it, brings no message about its signs.

use std::fs;

use retex::diag::{Code, Severity, render_court};

use crate::support::{base, build, root, set};

/// Messages about signs and words of a text.
const JUDGED: [Code; 8] = [
    Code::PublieTelQuel,
    Code::FormeInattendue,
    Code::LienMalEcrit,
    Code::LienSansTexte,
    Code::LienVague,
    Code::TitreVide,
    Code::ColonneSansTitre,
    Code::AlternativeVague,
];

#[test]
fn ordinary_paragraphs_are_left_alone() {
    let text = fs::read_to_string(root().join("tests/prose/paragraphes.md")).unwrap();
    let paragraphs: Vec<&str> = text.split("\n⁂\n").collect();
    assert!(paragraphs.len() >= 100, "only {} paragraphs", paragraphs.len());
    let mut snapshot = base();
    for (n, paragraph) in paragraphs.iter().enumerate() {
        let fiche = format!(
            "+++\ntitre = \"Prose {n}\"\nthematique = \"egal-acces\"\ndate = 2021-03-04\nauteurs = [\"Une équipe\"]\n+++\n{paragraph}\n"
        );
        set(&mut snapshot, &format!("content/syntheses/essai-2021/retex/prose-{n}.md"), &fiche);
    }
    let build = build(&snapshot);
    // An image that is not there is the only error: the pages themselves are judged too.
    let errors = build.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    assert_eq!(errors.filter(|d| d.code != Code::ImageIntrouvable).count(), 0);
    let said = build.diagnostics.iter().filter(|d| JUDGED.contains(&d.code));
    let said: Vec<String> = said.map(|d| render_court(d, &snapshot)).collect();
    let shown =
        format!("{} messages on {} texts:\n{}", said.len(), paragraphs.len(), said.join("\n"));
    // Stars between figures do vanish.
    let right = |said: &&String| said.contains("forme-inattendue") && said.contains("étoiles");
    assert_eq!((said.len(), said.iter().filter(right).count()), (1, 1), "{shown}");
}
