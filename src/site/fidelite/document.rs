//! The document as a whole: fiches under the headings of their thématique, withdrawals, fingerprint.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::{
    diag::{Code, Diagnostic},
    parse::{NOM_RETIRE, SourceDocument},
    site::Atelier,
    source::Slug,
};

/// A fiche stands under the heading of its thématique.
pub(super) fn sections(atelier: &Atelier, source: &SourceDocument, diags: &mut Vec<Diagnostic>) {
    let mut headings: Vec<(usize, &Slug)> = Vec::new();
    for (thematique, intitule) in &atelier.intitules_retex {
        let first = intitule.lignes.as_ref().and_then(|l| l.value.first());
        headings.extend(first.map(|l| (*l, thematique)));
    }
    headings.sort_unstable();
    for fiche in &atelier.fiches {
        let Some(first) = fiche.lignes.as_ref().and_then(|l| l.value.first()) else { continue };
        let Some((ligne, under)) = headings.iter().rfind(|(l, _)| l < first) else { continue };
        if **under != fiche.thematique.value {
            diags.push(
                Diagnostic::new(
                    Code::TexteDeplace,
                    format!("la source place cette fiche sous « {under} »"),
                )
                .at(&fiche.thematique.span, "")
                .also(&source.span_of_line(*ligne), "intitulé au-dessus de la fiche"),
            );
        }
    }
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
                .at(&retrait.ligne.span, ""),
            );
        }
    }
    for line in &source.lignes {
        if source.texte[line.octets.clone()].contains(NOM_RETIRE) && !recorded.contains(&line.numero) {
            diags.push(
                Diagnostic::new(Code::RetraitInvalide, "ce retrait n’est pas consigné")
                    .at(&source.span_of_line(line.numero), "")
                    .aide("ajoutez [[retraits]] dans synthese.toml : ligne, date, motif — jamais le nom"),
            );
        }
    }
    let Some(recorded_hash) = &synthese.sha256 else { return };
    let actual: String =
        Sha256::digest(source.texte.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    if synthese.retraits.is_empty() && recorded_hash.value != actual {
        diags.push(
            Diagnostic::new(
                Code::EmpreinteDifferente,
                "source.txt n’est pas le document reçu : son empreinte SHA-256 diffère",
            )
            .at(&recorded_hash.span, format!("empreinte actuelle : {actual}"))
            .aide("remettez le document reçu, octet pour octet ; un nom se retire par [[retraits]]"),
        );
    }
}
