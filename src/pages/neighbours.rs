//! Ties between fiches, found once for all pages. A page that asked for itself would read every
//! other fiche.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use rayon::prelude::*;

use crate::{
    model::{Fiche, Niveau},
    site::{Atelier, Site, occurrences},
    source::slugify,
};

/// Number of near fiches shown.
const NEAR: usize = 4;

/// For each workshop.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Renvois(Vec<Workshop>);

/// Ties of a fiche to others of its workshop, by index.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Renvoi {
    /// Senses of the glossary that its title or text names, in the order of the glossary.
    pub(super) sens: Vec<usize>,
    /// Slugs of its keywords.
    pub(super) mots: Vec<String>,
    /// Before it in its thématique.
    pub(super) precedente: Option<usize>,
    /// After it in its thématique.
    pub(super) suivante: Option<usize>,
}

impl Renvois {
    pub(super) fn of(site: &Site) -> Self {
        Self(site.ateliers.iter().map(|atelier| Workshop::of(site, atelier)).collect())
    }

    pub(super) fn fiche(&self, atelier: usize, fiche: usize) -> &Renvoi {
        &self.0[atelier].fiches[fiche]
    }

    /// At most [`NEAR`] fiches of the workshop that share most niveaux and keywords with this one; ties in the
    /// order of the site.
    pub(super) fn proches(&self, atelier: usize, fiche: usize) -> Vec<usize> {
        self.0[atelier].near(fiche)
    }
}

/// The fiches of a workshop, and those that are alike: fiches of one signature tie, so that the first of each
/// are enough; and of those that share no keyword, the first of each set of niveaux. Comparing all with all
/// took 5 s at 10,000 fiches.
#[derive(Clone, Debug, PartialEq)]
struct Workshop {
    fiches: Vec<Renvoi>,
    /// The signature of each fiche.
    of: Vec<usize>,
    signatures: Vec<Signature>,
    /// For each keyword, the signatures that have it.
    by_word: Vec<Vec<usize>>,
    /// For each set of niveaux, its first fiches.
    by_niveaux: Vec<(u32, Vec<usize>)>,
}

/// Traits that make fiches near.
#[derive(Clone, Debug, PartialEq)]
struct Signature {
    /// Niveaux, one bit each.
    niveaux: u32,
    /// Keywords, numbered, sorted.
    mots: Vec<usize>,
    /// The first fiches that have it, one more than is shown: the fiche itself may be among them.
    fiches: Vec<usize>,
    /// The fiches near those that have it, they included, one more than is shown.
    proches: Vec<usize>,
}

impl Workshop {
    fn of(site: &Site, atelier: &Atelier) -> Self {
        let own = |fiche: &Arc<Fiche>| Renvoi {
            sens: senses(site, fiche),
            mots: fiche.mots_cles.iter().map(|m| slugify(&m.value)).collect(),
            ..Renvoi::default()
        };
        let mut fiches: Vec<Renvoi> = atelier.fiches.par_iter().with_max_len(64).map(own).collect();
        let mut last: BTreeMap<&str, usize> = BTreeMap::new();
        for (i, fiche) in atelier.fiches.iter().enumerate() {
            if let Some(before) = last.insert(fiche.thematique.value.as_str(), i) {
                fiches[i].precedente = Some(before);
                fiches[before].suivante = Some(i);
            }
        }
        let numbers = numbered_words(&fiches);
        let mut workshop = Self {
            of: Vec::with_capacity(fiches.len()),
            signatures: Vec::new(),
            by_word: vec![Vec::new(); numbers.len()],
            by_niveaux: Vec::new(),
            fiches: Vec::new(),
        };
        let mut known: BTreeMap<(u32, Vec<usize>), usize> = BTreeMap::new();
        let mut by_niveaux: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (i, (fiche, renvoi)) in atelier.fiches.iter().zip(&fiches).enumerate() {
            let niveaux = bits(&fiche.niveaux);
            let mut mots: Vec<usize> =
                renvoi.mots.iter().map(|mot| numbers[mot.as_str()]).collect();
            mots.sort_unstable();
            mots.dedup();
            push_first(by_niveaux.entry(niveaux).or_default(), i);
            let next = workshop.signatures.len();
            let signature = *known.entry((niveaux, mots)).or_insert_with_key(|(niveaux, mots)| {
                for mot in mots {
                    workshop.by_word[*mot].push(next);
                }
                let (niveaux, mots) = (*niveaux, mots.clone());
                let (fiches, proches) = (Vec::new(), Vec::new());
                workshop.signatures.push(Signature { niveaux, mots, fiches, proches });
                next
            });
            push_first(&mut workshop.signatures[signature].fiches, i);
            workshop.of.push(signature);
        }
        workshop.by_niveaux = by_niveaux.into_iter().collect();
        workshop.fiches = fiches;
        let near = |signature| workshop.near_signature(signature);
        let near: Vec<Vec<usize>> = workshop.signatures.par_iter().map(near).collect();
        for (signature, proches) in workshop.signatures.iter_mut().zip(near) {
            signature.proches = proches;
        }
        workshop
    }

    fn near(&self, fiche: usize) -> Vec<usize> {
        let near = &self.signatures[self.of[fiche]].proches;
        near.iter().copied().filter(|other| *other != fiche).take(NEAR).collect()
    }

    fn near_signature(&self, mine: &Signature) -> Vec<usize> {
        let mut best = Best::default();
        for signature in mine.mots.iter().flat_map(|mot| &self.by_word[*mot]) {
            let signature = &self.signatures[*signature];
            let shared = mine.shared(signature);
            if best.may_take(shared) {
                signature.fiches.iter().for_each(|other| best.consider(shared, *other));
            }
        }
        for (niveaux, fiches) in &self.by_niveaux {
            if niveaux & mine.niveaux != 0 {
                for other in fiches {
                    best.consider(mine.shared(&self.signatures[self.of[*other]]), *other);
                }
            }
        }
        best.0.into_iter().map(|(_, other)| other).collect()
    }
}

impl Signature {
    fn shared(&self, other: &Self) -> usize {
        let mots = self.mots.iter().filter(|mot| other.mots.contains(mot)).count();
        (self.niveaux & other.niveaux).count_ones() as usize + mots
    }
}

/// The nearest so far, the nearest first, one more than is shown.
#[derive(Default)]
struct Best(Vec<(Reverse<usize>, usize)>);

impl Best {
    /// True when a fiche that shares so much could be among them.
    fn may_take(&self, shared: usize) -> bool {
        self.0.len() <= NEAR || self.0.last().is_some_and(|(Reverse(least), _)| shared >= *least)
    }

    fn consider(&mut self, shared: usize, fiche: usize) {
        let one = (Reverse(shared), fiche);
        if self.0.len() > NEAR && self.0.last().is_some_and(|last| one >= *last) {
            return;
        }
        // It may come by several words.
        if let Err(at) = self.0.binary_search(&one) {
            self.0.insert(at, one);
            self.0.truncate(NEAR + 1);
        }
    }
}

fn numbered_words(fiches: &[Renvoi]) -> BTreeMap<&str, usize> {
    let mut numbers = BTreeMap::new();
    for mot in fiches.iter().flat_map(|renvoi| &renvoi.mots) {
        let next = numbers.len();
        numbers.entry(mot.as_str()).or_insert(next);
    }
    numbers
}

fn senses(site: &Site, fiche: &Fiche) -> Vec<usize> {
    let titre = fiche.titre.iter().map(|t| t.value.as_str());
    let texts = titre.chain(fiche.corps.blocs.iter().map(|b| b.value.as_str()));
    let mut found: Vec<usize> =
        texts.flat_map(|text| occurrences(text, &site.glossaire, None)).map(|o| o.sens).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn push_first(list: &mut Vec<usize>, fiche: usize) {
    if list.len() <= NEAR {
        list.push(fiche);
    }
}

fn bits(niveaux: &[Niveau]) -> u32 {
    let bit = |niveau: &Niveau| {
        let rank = Niveau::ALL.iter().position(|known| known == niveau).unwrap_or_default();
        1_u32 << rank
    };
    niveaux.iter().map(bit).fold(0, |all, bit| all | bit)
}
