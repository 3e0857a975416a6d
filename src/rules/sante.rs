//! External links that do not answer any more, or lead elsewhere, as `liens.toml` says.

use super::Rules;
use crate::{
    diag::{Code, Diagnostic},
    french,
    liens::{Emploi, Endroit, emplois},
    model::{EtatLien, Lien, Vie},
    source::{Date, Span},
};

pub(super) fn judge(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    if jury.site.sante.est_vide() {
        return;
    }
    for emploi in emplois(jury.site).iter().filter(|e| jury.is_sure(&e.span.file)) {
        let Some(etat) = jury.site.sante.de(&emploi.url) else { continue };
        let said = match etat.vie() {
            Vie::Mort => dead(jury, emploi, etat),
            Vie::Absent => absent(emploi, etat),
            Vie::Deplace => moved(emploi, etat),
            Vie::Vivant | Vie::Inconnu => continue,
        };
        let why = if etat.en_panne.is_some() { etat.resultat.label() } else { "" };
        diags.push(said.at(emploi.span, why));
    }
}

fn since(etat: &EtatLien) -> String {
    etat.en_panne.map_or_else(String::new, |day: Date| format!(" depuis le {}", day.french()))
}

/// Name of an address in a message: that of a copy is not the one that is underlined.
fn named(emploi: &Emploi<'_>) -> &'static str {
    match emploi.endroit {
        Endroit::Copie => "la copie de cette adresse",
        _ => "cette adresse",
    }
}

/// The resource of a fiche that an address is.
fn resource<'a>(emploi: &Emploi<'a>) -> Option<&'a Lien> {
    match emploi.endroit {
        Endroit::Ressource(_, fiche, n) => fiche.liens.get(n),
        _ => None,
    }
}

fn dead(jury: &Rules<'_>, emploi: &Emploi<'_>, etat: &EtatLien) -> Diagnostic {
    let lien = resource(emploi);
    let message = format!("{} ne répond plus{}", named(emploi), since(etat));
    if lien.is_some_and(|lien| lien.url_archive.is_some()) {
        return Diagnostic::new(
            Code::LienMortAvecCopie,
            format!("{message} ; une copie en est donnée"),
        );
    }
    let diagnostic = Diagnostic::new(Code::LienMort, message);
    match (&etat.copie, lien) {
        (Some(copie), Some(_)) => {
            let written = insertion(jury, emploi.span, copie);
            diagnostic
                .help(format!("une copie existe ; écrivez : url_archive = \"{copie}\""))
                .fix(&written.0, written.1)
        }
        (Some(copie), None) => diagnostic.help(format!("une copie existe : {copie}")),
        (None, Some(_)) => diagnostic.help(
            "donnez la nouvelle adresse de la ressource, ou une copie : « retex liens --archives » en cherche",
        ),
        (None, None) => diagnostic.help("donnez la nouvelle adresse, ou retirez le lien"),
    }
}

/// The key of a copy, after the address: on a line of its own, or beside it in a group on one line.
fn insertion(jury: &Rules<'_>, address: &Span, copie: &str) -> (Span, String) {
    let place = Span::new(&address.file, address.end..address.end);
    let text = jury.snapshot.text(&address.file);
    let before = text.and_then(|text| text.get(..address.start)).unwrap_or_default();
    let after = text.and_then(|text| text.get(address.end..)).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    if !line.trim_start().starts_with("url") {
        return (place, format!(", url_archive = \"{copie}\""));
    }
    // What follows the address on its line stays there.
    let rest = after.split('\n').next().unwrap_or_default();
    let end = if rest.ends_with('\r') { "\r\n" } else { "\n" };
    let at = address.end + rest.trim_end_matches('\r').len();
    let indent = &line[..line.len() - line.trim_start().len()];
    let place = Span::new(&address.file, at..at);
    (place, format!("{end}{indent}url_archive = \"{copie}\""))
}

fn absent(emploi: &Emploi<'_>, etat: &EtatLien) -> Diagnostic {
    let days = french::count(etat.pannes, "jour", "jours");
    let message = format!("{} n’a pas répondu{}", named(emploi), since(etat));
    Diagnostic::new(Code::LienSansReponse, message)
        .help(format!("vue {days} sans réponse : ouvrez-la, et corrigez-la si la page a déménagé"))
}

fn moved(emploi: &Emploi<'_>, etat: &EtatLien) -> Diagnostic {
    let to = etat.vers.as_deref().unwrap_or_default();
    let message = format!("{} conduit maintenant à « {to} »", named(emploi));
    let received = |fiche: &crate::model::Fiche| fiche.est_de_la_synthese();
    let diagnostic = Diagnostic::new(Code::LienDeplace, message);
    match emploi.endroit {
        Endroit::Ressource(_, fiche, _) if received(fiche) => {
            diagnostic.help("l’adresse reçue reste : le site montre l’autre à côté")
        }
        _ => diagnostic.help("si c’est bien la même page, donnez cette adresse"),
    }
}
