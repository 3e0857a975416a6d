//! Workshops, as lists name and sort them.

use super::Ici;
use crate::{french, markdown::plain, site::Atelier};

/// « Loire-Atlantique, 2020 ».
pub(super) fn lieu(atelier: &Atelier) -> String {
    plain(&format!("{}, {}", atelier.synthese.territoire, atelier.synthese.annee))
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
