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
    let marked = |ligne: usize| {
        let line = source.ligne(ligne).map(|l| &source.texte[l.octets.clone()]);
        line.is_some_and(|text| text.contains(NOM_RETIRE))
    };
    atelier.synthese.retraits.iter().any(|retrait| !marked(retrait.ligne.value))
}

/// The document is the one received, or each withdrawal is written down.
pub(super) fn withdrawals(atelier: &Atelier, source: &SourceDocument, diags: &mut Vec<Diagnostic>) {
    let synthese = &atelier.synthese;
    let recorded: BTreeSet<usize> = synthese.retraits.iter().map(|r| r.ligne.value).collect();
    for retrait in &synthese.retraits {
        let line = source.ligne(retrait.ligne.value).map(|l| &source.texte[l.octets.clone()]);
        if !line.is_some_and(|text| text.contains(NOM_RETIRE)) {
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
    let mut unrecorded = false;
    for line in &source.lignes {
        if source.texte[line.octets.clone()].contains(NOM_RETIRE)
            && !recorded.contains(&line.numero)
        {
            unrecorded = true;
            diags.push(
                Diagnostic::new(Code::RetraitInvalide, "un nom a été retiré sans que le retrait soit consigné")
                    .at(&source.span_of_line(line.numero), "")
                    .help(format!(
                        "ajoutez dans synthese.toml : [[retraits]], avec ligne = {}, date et motif, jamais le nom",
                        line.numero
                    )),
            );
        }
    }
    // Less a name, it has another fingerprint, which had better be forgotten: it proves the name to whoever guesses it.
    if synthese.retraits.is_empty() && !unrecorded {
        empreinte::seal(atelier, source, diags);
    }
}
