//! Blocs of one thématique and table that edges join, directly or through others: each group makes a row.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{Nature, Tableau},
    site::{Arete, Atelier, Bout},
    source::Slug,
};

/// Edges between the blocs of one thématique and table.
pub(super) struct Joined<'a> {
    atelier: &'a Atelier,
    /// Both ends of each edge, then the edge.
    pub(super) edges: Vec<(usize, usize, &'a Arete)>,
}

/// First bloc of the group of each bloc that edges touch.
pub(super) struct Roots(BTreeMap<usize, usize>);

impl<'a> Joined<'a> {
    /// Edges of a thématique in a table, those of its title left out.
    pub(super) fn of(atelier: &'a Atelier, thematique: &Slug, tableau: Tableau) -> Self {
        let mine = |bout: Bout| match bout {
            Bout::Bloc(i, _) => {
                let b = &atelier.blocs[i];
                let here = b.thematique == *thematique && b.tableau == tableau;
                (here && b.bloc.nature != Some(Nature::Intitule)).then_some(i)
            }
            Bout::Fiche(_) => None,
        };
        let edges = atelier.rapprochements.iter();
        let edges = edges.filter_map(|e| Some((mine(e.de)?, mine(e.vers)?, e))).collect();
        Self { atelier, edges }
    }

    /// Groups of blocs, in the order of their leading columns. What is not shown may leave a group with one column: a
    /// list then tells as much.
    pub(super) fn groups(&self, is_shown: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
        let roots = self.roots(|_| true);
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for i in roots.0.keys() {
            groups.entry(roots.of(*i)).or_default().push(*i);
        }
        let column = |i: &usize| self.atelier.blocs[*i].bloc.colonne;
        let columns = |group: &Vec<usize>| {
            let shown = group.iter().filter(|i| is_shown(**i));
            shown.map(column).collect::<BTreeSet<usize>>().len()
        };
        let mut groups: Vec<Vec<usize>> =
            groups.into_values().filter(|group| columns(group) > 1).collect();
        groups.sort_by_key(|group| group.iter().map(|i| (column(i), *i)).min());
        groups
    }

    /// Groups that these edges alone make.
    pub(super) fn roots(&self, keep: impl Fn(&Arete) -> bool) -> Roots {
        let mut roots = Roots(BTreeMap::new());
        for (a, b, _) in self.edges.iter().filter(|(.., arete)| keep(arete)) {
            let (a, b) = (roots.of(*a), roots.of(*b));
            roots.0.insert(a.max(b), a.min(b));
            roots.0.entry(a.min(b)).or_insert(a.min(b));
        }
        roots
    }
}

impl Roots {
    /// First bloc of the group of a bloc; itself when no edge touches it.
    pub(super) fn of(&self, mut i: usize) -> usize {
        while let Some(before) = self.0.get(&i).filter(|before| **before != i) {
            i = *before;
        }
        i
    }

    /// True when an edge touches a bloc.
    pub(super) fn holds(&self, i: usize) -> bool {
        self.0.contains_key(&i)
    }
}
