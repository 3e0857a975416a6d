//! Personal data in the files of a site: addresses, telephones, numbers that name somebody.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::Rules;
use crate::{
    diag::{Code, Diagnostic, Severity},
    model::{PageOfficielle, Personnelle, Synthese},
    parse::{CONTENT, Role, personal, role_of},
    source::{SitePath, Span},
};

/// Reads the whole text of fiches, tables and method texts, whose keys are published too, and what the
/// editor writes in `synthese.toml`.
pub(super) fn judge(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    for atelier in &jury.site.ateliers {
        for fiche in &atelier.fiches {
            for found in &fiche.personnelles {
                let received = fiche.est_de_la_synthese();
                diags.push(report(found.value, received).at(&found.span, ""));
            }
        }
        let mut files: Vec<(&SitePath, bool)> = Vec::new();
        files.extend(atelier.synthese.methode.iter().map(|(corps, _)| (&corps.span.file, true)));
        files.extend(atelier.synthese.textes.iter().map(|t| (&t.corps.span.file, true)));
        files
            .extend(atelier.blocs.iter().map(|b| (&b.bloc.id.span.file, atelier.source.is_some())));
        files.sort();
        files.dedup();
        for (file, received) in files {
            let source = jury.snapshot.text(file);
            let Some(text) = source else { continue };
            for (what, range) in personal(file, text) {
                diags.push(report(what, received).at(&Span::new(file, range), ""));
            }
        }
        description(&atelier.synthese, jury, diags);
    }
    of_the_site(jury, diags);
}

/// The files that belong to no workshop. Where somebody is to be reached, an address and a telephone are wanted.
fn of_the_site(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    for file in jury.snapshot.below(CONTENT) {
        let Some(text) = file.as_text() else { continue };
        let wanted = match role_of(&file.path) {
            Ok(Role::Config) => wanted_of_config(text),
            Ok(Role::Page(id)) if PageOfficielle::from_slug(id.as_str()).is_some() => {
                Vec::from([Range { start: 0, end: text.len() }])
            }
            Ok(Role::Page(_) | Role::Glossaire | Role::Synonymes | Role::Thematique(_)) => {
                Vec::new()
            }
            _ => continue,
        };
        for (what, range) in personal(&file.path, text) {
            let reaches = matches!(what, Personnelle::Adresse | Personnelle::Telephone);
            if !(reaches && wanted.iter().any(|place| place.contains(&range.start))) {
                diags.push(report(what, false).at(&Span::new(&file.path, range), ""));
            }
        }
    }
}

/// The places of `site.toml` that say whom to write to and who answers for the site.
fn wanted_of_config(text: &str) -> Vec<Range<usize>> {
    let (table, _) = DeTable::parse_recoverable(text);
    let table = table.get_ref();
    let mentions = table.get("mentions").and_then(|mentions| mentions.get_ref().as_table());
    let values = mentions.into_iter().flat_map(|mentions| mentions.values());
    let places = table.get("contact").into_iter().chain(values);
    places.filter(|value| !matches!(value.get_ref(), DeValue::Table(_))).map(|v| v.span()).collect()
}

/// All that `synthese.toml` says, the texts received aside: the titles, the columns, what is excluded.
fn description(synthese: &Synthese, jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    let file = &synthese.path;
    let source = jury.snapshot.text(file);
    let Some(text) = source else { return };
    let tableaux = synthese.tableaux.values();
    let received: Vec<&Span> = (synthese.retex.iter())
        .chain(tableaux.clone().map(|entete| &entete.intitule))
        .map(|intitule| &intitule.titre.span)
        .chain(tableaux.flat_map(|entete| &entete.colonnes).map(|colonne| &colonne.texte.span))
        .chain(synthese.exclusions.iter().map(|exclusion| &exclusion.texte.span))
        .collect();
    for (what, range) in personal(file, text) {
        if !received.iter().any(|span| span.range().contains(&range.start)) {
            diags.push(report(what, false).at(&Span::new(file, range), ""));
        }
    }
}

fn report(what: Personnelle, received: bool) -> Diagnostic {
    let (message, instead) = what.message();
    let code = match what {
        Personnelle::Nir | Personnelle::Iban => Code::NumeroSensible,
        _ => Code::DonneePersonnelle,
    };
    let mut diagnostic = Diagnostic::new(code, message);
    if !received {
        return diagnostic.help(instead);
    }
    // A text that was received is not the editor's fault, and can be withdrawn.
    diagnostic.severity = Severity::Warning;
    diagnostic.help("si le document reçu le contient, écrivez « [nom retiré] » à sa place, ici et dans source.txt, et ajoutez [[retraits]] dans synthese.toml")
}
