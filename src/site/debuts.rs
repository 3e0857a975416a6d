//! The first words of what a synthesis says, by which links name it: those that begin one bloc alone tell it apart.

use std::collections::HashMap;

use super::BlocPlace;
use crate::french;

/// Characters of a beginning.
const LENGTH: usize = 60;

/// The blocs of each beginning: the only one, or `None` where there are several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Debuts {
    lignes: HashMap<String, Option<usize>>,
    enonces: HashMap<String, Option<usize>>,
}

impl Debuts {
    pub(super) fn of(blocs: &[BlocPlace]) -> Self {
        let mut found = Self::default();
        for (index, place) in blocs.iter().enumerate() {
            add(&mut found.lignes, debut(&place.bloc.ligne()), index);
            for text in &place.bloc.textes {
                add(&mut found.enonces, debut(&text.value), index);
            }
        }
        found
    }

    /// True when no bloc but this one begins so, or has an énoncé that does.
    pub fn is_only(&self, debut: &str, bloc: usize, is_enonce: bool) -> bool {
        let all = if is_enonce { &self.enonces } else { &self.lignes };
        all.get(debut).is_none_or(|only| *only == Some(bloc))
    }
}

/// The first words of a text.
pub fn debut(text: &str) -> String {
    french::first_words(text, LENGTH)
}

fn add(all: &mut HashMap<String, Option<usize>>, debut: String, bloc: usize) {
    let only = all.entry(debut).or_insert(Some(bloc));
    *only = only.filter(|known| *known == bloc);
}
