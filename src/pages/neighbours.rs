//! Ties between fiches, found once for all pages. A page that asked for itself would read every
//! other fiche.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    model::Fiche,
    site::{Atelier, Site, occurrences},
    source::slugify,
};

/// Near fiches found, at most.
const NEAR: usize = 4;
/// Fiches looked at before and after one, among those that share a trait with it: all, but of a large workshop, where
/// comparing all with all took 5 s at 10,000 fiches.
const REACH: usize = 30;

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
    /// Niveaux and keywords of it, as ranks among the traits of the workshop.
    traits: BTreeSet<usize>,
}

/// The fiches of a workshop, and those that have each trait, in order.
#[derive(Clone, Debug, PartialEq)]
struct Workshop {
    fiches: Vec<Renvoi>,
    by_trait: Vec<Vec<usize>>,
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

impl Workshop {
    fn of(site: &Site, atelier: &Atelier) -> Self {
        let own = |fiche: &Arc<Fiche>| Renvoi {
            sens: senses(site, fiche),
            mots: fiche.mots_cles.iter().map(|m| slugify(&m.value)).collect(),
            ..Renvoi::default()
        };
        let mut fiches: Vec<Renvoi> = atelier.fiches.par_iter().with_max_len(64).map(own).collect();
        let mut last: BTreeMap<&str, usize> = BTreeMap::new();
        let mut ranks: BTreeMap<(bool, String), usize> = BTreeMap::new();
        let mut by_trait: Vec<Vec<usize>> = Vec::new();
        for (i, fiche) in atelier.fiches.iter().enumerate() {
            if let Some(before) = last.insert(fiche.thematique.value.as_str(), i) {
                fiches[i].precedente = Some(before);
                fiches[before].suivante = Some(i);
            }
            let niveaux = fiche.niveaux.iter().map(|niveau| (true, niveau.slug().to_string()));
            // A keyword without a letter or a digit ties nothing: no page could say by what.
            let mots = fiches[i].mots.iter().filter(|mot| !mot.is_empty());
            let mots = mots.map(|mot| (false, mot.clone()));
            for named in niveaux.chain(mots).collect::<BTreeSet<_>>() {
                let rank = *ranks.entry(named).or_insert_with(|| {
                    by_trait.push(Vec::new());
                    by_trait.len() - 1
                });
                by_trait[rank].push(i);
                fiches[i].traits.insert(rank);
            }
        }
        Self { fiches, by_trait }
    }

    fn near(&self, fiche: usize) -> Vec<usize> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for rank in &self.fiches[fiche].traits {
            let alike = &self.by_trait[*rank];
            let at = alike.partition_point(|other| *other < fiche);
            let around = at.saturating_sub(REACH)..alike.len().min(at + REACH);
            alike[around].iter().for_each(|other| *shared.entry(*other).or_default() += 1);
        }
        shared.remove(&fiche);
        let mut best: Vec<_> = shared.into_iter().map(|(other, n)| (Reverse(n), other)).collect();
        best.sort_unstable();
        best.into_iter().take(NEAR).map(|(_, other)| other).collect()
    }
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
