//! Texts that a page prints once where several tables, or a fiche and a table, give the same: who prints them, and the
//! anchors of the others.

use std::collections::HashMap;

use crate::{
    french,
    model::{Nature, Tableau},
    site::{Atelier, BlocPlace},
    source::Slug,
};

/// Texts that a page prints, each once.
#[derive(Default)]
pub(super) struct Imprimes {
    /// Anchors of the same text in other tables, by the énoncé that a page prints.
    pub(super) aussi: HashMap<(usize, usize), Vec<String>>,
    /// Blocs printed elsewhere, and the table where they are.
    pub(super) ailleurs: HashMap<usize, Tableau>,
    /// Anchors of the blocs that the title of a fiche repeats.
    pub(super) de_fiches: HashMap<usize, Vec<String>>,
}

impl Imprimes {
    /// Texts of a page that shows these tables of a thématique, and the cards of these fiches.
    pub(super) fn of(atelier: &Atelier, t: &Slug, tables: &[Tableau], fiches: &[usize]) -> Self {
        let mut printed = Self::default();
        let mut owners: HashMap<String, ((usize, usize), Tableau)> = HashMap::new();
        for tableau in tables {
            let mut own = Vec::new();
            for (i, place) in atelier.blocs_du_tableau(t, *tableau) {
                let texts: Vec<String> =
                    place.bloc.textes.iter().map(|text| french::canonical(&text.value)).collect();
                if printed.is_title_of_fiche(atelier, i, fiches) {
                    continue;
                }
                let there: Option<Vec<_>> =
                    texts.iter().map(|text| owners.get(text).copied()).collect();
                match there {
                    _ if place.bloc.nature == Some(Nature::Intitule) => {}
                    Some(owned) => printed.elsewhere(i, place, &owned),
                    None => {
                        own.extend(texts.into_iter().enumerate().map(|(n, text)| (text, (i, n))))
                    }
                }
            }
            // Only once the table is read: what it repeats itself is its own.
            for (text, place) in own {
                owners.entry(text).or_insert((place, *tableau));
            }
        }
        printed
    }

    fn elsewhere(&mut self, i: usize, place: &BlocPlace, owned: &[((usize, usize), Tableau)]) {
        for (n, (owner, _)) in owned.iter().enumerate() {
            let list = self.aussi.entry(*owner).or_default();
            list.push(place.bloc.ancre(n + 1));
            if n == 0 && owned.len() > 1 {
                list.push(place.bloc.id.value.to_string());
            }
        }
        if let Some((_, tableau)) = owned.first() {
            self.ailleurs.insert(i, *tableau);
        }
    }

    /// True of a mention whose words are the title of a fiche of the page.
    fn is_title_of_fiche(&mut self, atelier: &Atelier, i: usize, fiches: &[usize]) -> bool {
        let place = &atelier.blocs[i];
        if place.bloc.nature != Some(Nature::Mention) {
            return false;
        }
        let words = french::canonical(&place.bloc.texte());
        let same = |f: &&usize| {
            let titre = atelier.fiches[**f].titre.as_ref();
            titre.is_some_and(|titre| french::canonical(&titre.value) == words)
        };
        let Some(fiche) = fiches.iter().find(same) else { return false };
        self.de_fiches.entry(*fiche).or_default().extend(place.bloc.ancres());
        true
    }

    /// True of a bloc whose text the page prints elsewhere.
    pub(super) fn holds(&self, atelier: &Atelier, i: usize) -> bool {
        self.ailleurs.contains_key(&i)
            || self.de_fiches.values().flatten().any(|a| *a == atelier.blocs[i].bloc.ancre(1))
    }
}
