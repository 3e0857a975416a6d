//! E-mail addresses and telephone numbers: what a fiche or a table should not publish.

use super::Jury;
use crate::{
    diag::{Code, Diagnostic},
    model::{Personnelle, Synthese},
    parse::personal,
    source::{SitePath, Span},
};

/// Reads the whole text of fiches, tables and method texts, whose keys are published too, and what the
/// editor writes in `synthese.toml`.
pub(super) fn judge(jury: &Jury<'_>, diags: &mut Vec<Diagnostic>) {
    for atelier in jury.ateliers {
        for fiche in &atelier.fiches {
            for found in &fiche.personnelles {
                let received = fiche.est_de_la_synthese();
                diags.push(report(found.value, received).at(&found.span, ""));
            }
        }
        let mut files: Vec<(&SitePath, bool)> = Vec::new();
        files.extend(atelier.synthese.methode.iter().map(|(corps, _)| (&corps.span.file, true)));
        files
            .extend(atelier.blocs.iter().map(|b| (&b.bloc.id.span.file, atelier.source.is_some())));
        files.sort();
        files.dedup();
        for (file, received) in files {
            let source = jury.snapshot.files.get(file).and_then(|f| f.as_text());
            let Some(text) = source else { continue };
            for (what, range) in personal(text) {
                diags.push(report(what, received).at(&Span::new(file, range), ""));
            }
        }
        description(&atelier.synthese, jury, diags);
    }
}

/// All that `synthese.toml` says, the texts received aside: the titles, the columns, what is excluded.
fn description(synthese: &Synthese, jury: &Jury<'_>, diags: &mut Vec<Diagnostic>) {
    let file = &synthese.path;
    let source = jury.snapshot.files.get(file).and_then(|f| f.as_text());
    let Some(text) = source else { return };
    let tableaux = synthese.tableaux.values();
    let received: Vec<&Span> = (synthese.retex.iter())
        .chain(tableaux.clone().map(|entete| &entete.intitule))
        .map(|intitule| &intitule.titre.span)
        .chain(tableaux.flat_map(|entete| &entete.colonnes).map(|colonne| &colonne.texte.span))
        .chain(synthese.exclusions.iter().map(|exclusion| &exclusion.texte.span))
        .collect();
    for (what, range) in personal(text) {
        if !received.iter().any(|span| span.range().contains(&range.start)) {
            diags.push(report(what, false).at(&Span::new(file, range), ""));
        }
    }
}

fn report(what: Personnelle, received: bool) -> Diagnostic {
    let (message, instead) = match what {
        Personnelle::Adresse => (
            "cette adresse électronique est peut-être celle d’une personne",
            "retirez-la, ou donnez une adresse de service : contact@…, secretariat@…",
        ),
        Personnelle::Telephone => (
            "ce numéro de téléphone serait publié",
            "retirez-le ; pour joindre quelqu’un, la page de contact du site suffit",
        ),
    };
    let diagnostic = Diagnostic::new(Code::DonneePersonnelle, message);
    if received {
        diagnostic.aide("si le document reçu le contient, écrivez « [nom retiré] » à sa place, ici et dans source.txt, et ajoutez [[retraits]] dans synthese.toml")
    } else {
        diagnostic.aide(instead)
    }
}
