//! Workshops, as lists name and sort them.

use serde::Serialize;

use super::{Ici, cartes::LienVue};
use crate::{french, site::Atelier};

/// A workshop, in a list of all of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AtelierResume {
    /// « Loire-Atlantique, 2020 », to its page of what the list is about.
    pub lien: LienVue,
    /// « 3 expériences, 12 textes dans les tableaux ».
    pub contenu: String,
}

/// Workshops by territory, the latest first.
pub(super) fn by_territory(ici: Ici<'_>) -> impl Iterator<Item = &Atelier> {
    ranked(ici).into_iter().map(|a| &ici.site.ateliers[a])
}

/// Places of the workshops in the site, by territory, the latest first.
pub(super) fn ranked(ici: Ici<'_>) -> Vec<usize> {
    let mut all: Vec<usize> = (0..ici.site.ateliers.len()).collect();
    all.sort_by_cached_key(|a| {
        let s = &ici.site.ateliers[*a].synthese;
        (french::fold(&s.territoire), std::cmp::Reverse(s.annee))
    });
    all
}
