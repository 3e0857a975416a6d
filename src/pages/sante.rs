//! Words for the health of an external link, as `liens.toml` knows it: on the fiche, in the directory, on a card.

use crate::{
    liens::jour_de_la_copie,
    model::{EtatLien, Fiche, Lien, Vie},
    site::Site,
};

/// State of a link that no check has seen.
const UNSEEN: &str = "non vérifié depuis";

/// « répondait le 12 mars 2026 »; the address where a link leads now follows, when it has moved.
pub(super) fn etat(known: Option<&EtatLien>) -> String {
    let Some(etat) = known else { return UNSEEN.into() };
    let answered = etat.repondait.map(|day| format!("répondait le {}", day.french()));
    match (etat.vie(), answered) {
        (Vie::Inconnu, _) | (Vie::Vivant | Vie::Deplace, None) => UNSEEN.into(),
        (Vie::Vivant, Some(answered)) => answered,
        (Vie::Deplace, Some(answered)) => format!("{answered}, conduit maintenant à"),
        (Vie::Absent, answered) => {
            let failed = etat.derniere_panne.map(|day| day.french()).unwrap_or_default();
            match answered {
                Some(answered) => format!("{answered}, n’a pas répondu le {failed}"),
                None => format!("n’a pas répondu le {failed}"),
            }
        }
        (Vie::Mort, _) => {
            let since = etat.en_panne.map(|day| day.french()).unwrap_or_default();
            format!("ne répond plus depuis le {since}")
        }
    }
}

/// State of a link of a fiche.
pub(super) fn sante<'a>(site: &'a Site, lien: &Lien) -> Option<&'a EtatLien> {
    lien.url.as_ref().and_then(|url| site.sante.de(url))
}

/// Words of the link to a copy: with its day where the page itself is gone.
pub(super) fn copie(known: Option<&EtatLien>, archive: &str, hote: &str) -> String {
    let day = known.filter(|etat| etat.est_mort()).and_then(|_| jour_de_la_copie(archive));
    day.map_or(format!("Copie archivée ({hote})"), |day| format!("Copie du {}", day.french()))
}

/// « (ne répond plus) », after the resources of a card: those that are dead and have no copy.
pub(super) fn sur_une_carte(site: &Site, fiche: &Fiche) -> String {
    let dead = fiche.liens.iter().filter(|lien| {
        lien.url_archive.is_none() && sante(site, lien).is_some_and(EtatLien::est_mort)
    });
    match (dead.count(), fiche.liens.len()) {
        (0, _) => String::new(),
        (1, 1) => " (ne répond plus)".into(),
        (1, _) => " (un ne répond plus)".into(),
        (n, _) => format!(" ({n} ne répondent plus)"),
    }
}
