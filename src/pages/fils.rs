//! The rows of a thématique in a table: the rangées of the document, else the blocs that edges join.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Nature, Tableau},
    site::{Arete, Atelier, BlocPlace, Bout},
    source::Slug,
};

/// A thématique in a table of a workshop.
pub(super) type Part<'a> = (&'a Atelier, &'a Slug, Tableau);

/// Blocs that stand in a row: each is read there, whatever else the page says in the same words.
pub(super) fn in_rows(part: Part<'_>) -> BTreeSet<usize> {
    let (atelier, t, tableau) = part;
    if atelier.derniere_rangee(t, tableau) > 1 {
        blocs(atelier, t, tableau).map(|(i, _)| i).collect()
    } else if tableau == Tableau::Diagnostic {
        BTreeSet::new()
    } else {
        groups(part).into_iter().flatten().collect()
    }
}

/// Blocs of several columns that edges join, in the order of the first of each group.
pub(super) fn groups(part: Part<'_>) -> Vec<Vec<usize>> {
    let first = joined(part, |_| true);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in first.keys() {
        groups.entry(root(&first, *i)).or_default().push(*i);
    }
    let place = |i: &usize| (part.0.blocs[*i].bloc.colonne, *i);
    let columns = |group: &Vec<usize>| group.iter().map(|i| place(i).0).collect::<BTreeSet<_>>();
    let mut groups: Vec<Vec<usize>> =
        groups.into_values().filter(|group| columns(group).len() > 1).collect();
    // That of the first of its leading column.
    groups.sort_by_key(|group| group.iter().map(place).min());
    groups
}

/// Each bloc that these edges touch, and one that stands before it in its group.
pub(super) fn joined(part: Part<'_>, keep: impl Fn(&Arete) -> bool) -> BTreeMap<usize, usize> {
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for (a, b, _) in edges(part).into_iter().filter(|(.., arete)| keep(arete)) {
        let (a, b) = (root(&first, a), root(&first, b));
        first.insert(a.max(b), a.min(b));
        first.entry(a.min(b)).or_insert(a.min(b));
    }
    first
}

/// The edges between blocs of the table, subjects left out.
pub(super) fn edges((atelier, t, tableau): Part<'_>) -> Vec<(usize, usize, &Arete)> {
    let mine = |bout: Bout| match bout {
        Bout::Bloc(i, _) => {
            let b = &atelier.blocs[i];
            let here = b.thematique == *t && b.tableau == tableau;
            (here && b.bloc.nature != Some(Nature::Intitule)).then_some(i)
        }
        Bout::Fiche(_) => None,
    };
    let all = atelier.rapprochements.iter();
    all.filter_map(|e| Some((mine(e.de)?, mine(e.vers)?, e))).collect()
}

/// The first bloc of a group.
pub(super) fn root(first: &BTreeMap<usize, usize>, mut i: usize) -> usize {
    while let Some(before) = first.get(&i).filter(|before| **before != i) {
        i = *before;
    }
    i
}

/// The blocs of a thématique in a table, with their indices.
pub(super) fn blocs<'a>(
    atelier: &'a Atelier,
    t: &'a Slug,
    tableau: Tableau,
) -> impl Iterator<Item = (usize, &'a BlocPlace)> {
    let all = atelier.blocs.iter().enumerate();
    all.filter(move |(_, b)| b.thematique == *t && b.tableau == tableau)
}
