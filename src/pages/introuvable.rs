//! The page of a wrong address.

use serde::Serialize;

use super::{Ici, cartes::LienVue, officielles::Renseignement};
use crate::site::address;

/// 404.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Introuvable {
    /// True when links can be written: a server shows this page at any depth, so they need `url`.
    pub avec_liens: bool,
    /// Ways back.
    pub liens: Vec<LienVue>,
    /// Who to tell: an address of its own, safe wherever the page is shown.
    pub contact: Option<Renseignement>,
}

pub(super) fn introuvable(ici: Ici<'_>) -> Introuvable {
    let avec_liens = ici.racine_absolue().is_some();
    let ways = [
        ("Accueil", address::accueil()),
        ("Expériences", address::fiches(1)),
        ("Recherche", address::page("recherche")),
        ("Plan du site", address::page("plan-du-site")),
    ];
    let links = ways.into_iter().map(|(texte, target)| ici.vers(texte, &target));
    let contact = ici.site.config.contact.as_ref();
    Introuvable {
        avec_liens,
        liens: if avec_liens { links.collect() } else { Vec::new() },
        contact: contact.map(|contact| Renseignement::of(Some(contact))),
    }
}
