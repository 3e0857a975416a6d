//! What the fiches have in common, found once for all pages: a page that asked for itself would read every
//! other fiche.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    model::{Fiche, Niveau},
    site::{Atelier, Site, occurrences},
    source::slugify,
};

/// How many near fiches a fiche shows.
const NEAR: usize = 4;

/// For each fiche, by the index of its atelier and its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Renvois(Vec<Vec<Renvoi>>);

/// What ties a fiche to others of its workshop, by index.
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
    /// At most [`NEAR`] that share most niveaux and keywords; ties in the order of the site.
    pub(super) proches: Vec<usize>,
}

impl Renvois {
    pub(super) fn of(site: &Site) -> Self {
        Self(site.ateliers.iter().map(|atelier| workshop(site, atelier)).collect())
    }

    pub(super) fn fiche(&self, atelier: usize, fiche: usize) -> &Renvoi {
        &self.0[atelier][fiche]
    }
}

fn workshop(site: &Site, atelier: &Atelier) -> Vec<Renvoi> {
    let own = |fiche: &Fiche| Renvoi {
        sens: senses(site, fiche),
        mots: fiche.mots_cles.iter().map(|m| slugify(&m.value)).collect(),
        ..Renvoi::default()
    };
    let mut all: Vec<Renvoi> = atelier.fiches.par_iter().map(own).collect();
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, fiche) in atelier.fiches.iter().enumerate() {
        if let Some(before) = last.insert(fiche.thematique.value.as_str(), i) {
            all[i].precedente = Some(before);
            all[before].suivante = Some(i);
        }
    }
    let proches = near(&atelier.fiches, &all);
    for (renvoi, proches) in all.iter_mut().zip(proches) {
        renvoi.proches = proches;
    }
    all
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

/// What makes a fiche near another: its niveaux, one bit each, and its keywords.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Signature<'a> {
    niveaux: u32,
    mots: Vec<&'a str>,
}

impl Signature<'_> {
    fn shared(&self, other: &Self) -> usize {
        let mots = self.mots.iter().filter(|mot| other.mots.contains(mot)).count();
        (self.niveaux & other.niveaux).count_ones() as usize + mots
    }
}

/// Fiches of one signature tie, so that the first of each are enough; and of those that share no keyword,
/// the first of each set of niveaux. Comparing all with all took 5 s at 10,000 fiches.
fn near(fiches: &[Fiche], renvois: &[Renvoi]) -> Vec<Vec<usize>> {
    let signatures: Vec<Signature<'_>> = fiches
        .iter()
        .zip(renvois)
        .map(|(fiche, renvoi)| {
            let mut mots: Vec<&str> = renvoi.mots.iter().map(String::as_str).collect();
            mots.sort_unstable();
            mots.dedup();
            Signature { niveaux: bits(&fiche.niveaux), mots }
        })
        .collect();
    let mut same: BTreeMap<&Signature<'_>, Vec<usize>> = BTreeMap::new();
    let mut by_niveaux: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (i, signature) in signatures.iter().enumerate() {
        push_first(same.entry(signature).or_default(), i);
        push_first(by_niveaux.entry(signature.niveaux).or_default(), i);
    }
    let mut by_word: BTreeMap<&str, Vec<&Signature<'_>>> = BTreeMap::new();
    for signature in same.keys() {
        for mot in &signature.mots {
            by_word.entry(mot).or_default().push(signature);
        }
    }
    let of_one = |(i, mine): (usize, &Signature<'_>)| {
        let words = mine.mots.iter().filter_map(|mot| by_word.get(mot)).flatten();
        let by_words = words.flat_map(|signature| &same[*signature]);
        let levels = by_niveaux.iter().filter(|(niveaux, _)| *niveaux & mine.niveaux != 0);
        let mut candidates: Vec<usize> =
            by_words.chain(levels.flat_map(|(_, first)| first)).copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.retain(|other| *other != i);
        // Stable: equals stay in the order of the site.
        candidates.sort_by_cached_key(|other| std::cmp::Reverse(mine.shared(&signatures[*other])));
        candidates.truncate(NEAR);
        candidates
    };
    signatures.par_iter().enumerate().map(of_one).collect()
}

/// One more than is shown: the fiche itself may be among them.
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
