//! The acronyms that come with the program: those that the texts use, and that the site's own glossary does not give.

use std::{collections::BTreeSet, sync::Arc};

use rayon::prelude::*;

use super::{
    Atelier,
    sigles::{Sigles, occurrences},
};
use crate::{
    model::{Corps, Fiche, Sens},
    parse::sigles_communs,
};

/// Adds to a glossary the common acronyms that are used.
pub(super) fn complete<'a>(
    list: &mut Vec<Sens>,
    bodies: impl Iterator<Item = &'a Corps>,
    ateliers: &[Atelier],
) {
    let given: BTreeSet<&str> =
        list.iter().flat_map(|sens| [sens.sigle.value.as_str(), sens.id.value.as_str()]).collect();
    let is_given = |sens: &Sens| {
        given.contains(sens.sigle.value.as_str()) || given.contains(sens.id.value.as_str())
    };
    let common = Sigles::new(sigles_communs().into_iter().filter(|s| !is_given(s)).collect());
    let used = |text: &str| occurrences(text, &common, None).into_iter().map(|found| found.sens);
    let mut found: BTreeSet<usize> =
        bodies.flat_map(|corps| &corps.blocs).flat_map(|bloc| used(&bloc.value)).collect();
    for atelier in ateliers {
        let textes = atelier.blocs.iter().flat_map(|place| &place.bloc.textes);
        found.extend(textes.flat_map(|texte| used(&texte.value)));
        let of_fiche = |fiche: &Arc<Fiche>| -> Vec<usize> {
            let lists =
                [&fiche.points_forts, &fiche.irritants, &fiche.mots_cles, &fiche.sous_thematiques];
            fiche
                .titre
                .iter()
                .chain(lists.into_iter().flatten())
                .flat_map(|t| used(&t.value))
                .collect()
        };
        found.par_extend(atelier.fiches.par_iter().flat_map_iter(of_fiche));
    }
    list.extend(found.into_iter().map(|index| common[index].clone()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_acronyms_are_each_given_once() {
        let all = sigles_communs();
        let sigles: BTreeSet<&str> = all.iter().map(|s| s.sigle.value.as_str()).collect();
        let ids: BTreeSet<&str> = all.iter().map(|s| s.id.value.as_str()).collect();
        assert!(all.len() >= 60, "{}", all.len());
        assert_eq!((sigles.len(), ids.len()), (all.len(), all.len()));
        assert!(all.iter().all(|s| s.developpement.is_some() || s.note.is_some()));
    }
}
