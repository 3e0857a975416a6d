//! The document as a whole: fiches under the headings of their thématique, withdrawals.

use std::collections::BTreeSet;

use super::empreinte;
use crate::{
    diag::{Code, Diagnostic},
    parse::{NOM_RETIRE, SourceDocument},
    site::{Atelier, Site},
    source::{Slug, Span},
};

/// A received text bears nothing that the document did not: no link, image, note or strike.
pub(super) fn ornaments(atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
    let fiches = atelier.fiches.iter().filter(|f| f.est_de_la_synthese()).map(|f| &f.corps);
    let methode = atelier.synthese.methode.iter().map(|(corps, _)| corps);
    let textes = atelier.synthese.textes.iter().map(|texte| &texte.corps);
    for ornement in fiches.chain(methode).chain(textes).flat_map(|corps| &corps.ornements) {
        diags.push(
            Diagnostic::new(
                Code::TexteHorsSource,
                format!("{} n’a pas sa place dans un texte de la synthèse", ornement.value),
            )
            .at(&ornement.span, "")
            .help("gardez le texte reçu seul ; un lien se donne dans [[liens]], une idée dans une contribution"),
        );
    }
}

/// A fiche stands under the heading of its thématique.
pub(super) fn sections(
    site: &Site,
    atelier: &Atelier,
    wrong_lines: &BTreeSet<Span>,
    diags: &mut Vec<Diagnostic>,
) {
    let Some(source) = &atelier.source else { return };
    let mut headings: Vec<(usize, &Slug)> = Vec::new();
    for (thematique, intitule) in &atelier.intitules_retex {
        let first = intitule.lignes.as_ref().and_then(|l| l.value.first());
        headings.extend(first.map(|l| (*l, thematique)));
    }
    headings.sort_unstable();
    for fiche in &atelier.fiches {
        let Some(first) = fiche.lignes.as_ref().and_then(|l| l.value.first()) else { continue };
        let Some((ligne, under)) = headings.iter().rfind(|(l, _)| l < first) else { continue };
        // Nothing more is said of a thématique or of lines found wrong.
        let is_known = site.thematique(&fiche.thematique.value).is_some();
        let is_right = fiche.lignes.iter().all(|lignes| !wrong_lines.contains(&lignes.span));
        if **under != fiche.thematique.value && is_known && is_right {
            diags.push(
                Diagnostic::new(
                    Code::TexteDeplace,
                    format!("la source place cette fiche sous « {under} »"),
                )
                .at(&fiche.thematique.span, "")
                .also(&source.span_of_line(*ligne), "titre au-dessus de la fiche")
                .help(format!("écrivez : thematique = \"{under}\"")),
            );
        }
    }
}

/// True when a withdrawal names a line without mark.
pub(super) fn is_unmarked(atelier: &Atelier, source: &SourceDocument) -> bool {
    let marked = marked(source);
    atelier.synthese.retraits.iter().any(|retrait| !marked.contains(&retrait.ligne.value))
}

/// Lines of a document that bear the mark of a name that was withdrawn.
pub(super) fn marked(source: &SourceDocument) -> BTreeSet<usize> {
    let lines = source.lignes.iter();
    let marked = lines.filter(|line| source.texte[line.octets.clone()].contains(NOM_RETIRE));
    marked.map(|line| line.numero).collect()
}

/// The document is the one received, or each withdrawal is written down.
pub(super) fn withdrawals(atelier: &Atelier, source: &SourceDocument, diags: &mut Vec<Diagnostic>) {
    let synthese = &atelier.synthese;
    let marked = marked(source);
    let recorded: BTreeSet<usize> = synthese.retraits.iter().map(|r| r.ligne.value).collect();
    for retrait in &synthese.retraits {
        if !marked.contains(&retrait.ligne.value) {
            diags.push(
                Diagnostic::new(
                    Code::RetraitInvalide,
                    format!("la ligne {} de la source ne porte pas « {NOM_RETIRE} »", retrait.ligne.value),
                )
                .at(&retrait.ligne.span, "")
                .help(format!("dans source.txt, remplacez le nom par « {NOM_RETIRE} », puis écrivez ici le numéro de sa ligne")),
            );
        }
    }
    for line in marked.difference(&recorded) {
        diags.push(
            Diagnostic::new(
                Code::RetraitInvalide,
                "un nom a été retiré sans que le retrait soit consigné",
            )
            .at(&source.span_of_line(*line), "")
            .help(format!(
                "ajoutez dans synthese.toml : [[retraits]], avec ligne = {line}, date et motif, jamais le nom",
            )),
        );
    }
    // Less a name, it has another fingerprint, which had better be forgotten: it proves the name to whoever guesses it.
    if recorded.is_empty() && marked.is_empty() {
        empreinte::seal(atelier, source, diags);
    }
}
