//! Which number each fiche, énoncé and acronym has in the index, and which fiches quote which énoncés.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    model::{Nature, Tableau},
    site::{Atelier, Bout, Site},
};

/// Fiches that quote énoncés, as the workshop gave these for their whole thématique: the first fiche, the one after
/// the last, the first énoncé, the one after the last.
pub(super) type Citation = [usize; 4];

/// The numbers of documents: first the fiches, then the énoncés, then the acronyms, in the order of the site.
pub(super) struct Places {
    /// The first fiche of each workshop.
    fiches: Vec<usize>,
    /// The énoncés of each bloc of each workshop.
    enonces: Vec<Vec<Range<usize>>>,
    /// The énoncés that rapprochements tie to each fiche.
    tied: BTreeMap<usize, Vec<usize>>,
    sigles: Range<usize>,
}

impl Places {
    pub(super) fn of(site: &Site) -> Self {
        let mut next = 0;
        let mut fiches = Vec::new();
        for atelier in &site.ateliers {
            fiches.push(next);
            next += atelier.fiches.len();
        }
        let mut enonces = Vec::new();
        for atelier in &site.ateliers {
            let blocs = atelier.blocs.iter().map(|place| {
                let first = next;
                next += place.bloc.textes.len();
                first..next
            });
            enonces.push(blocs.collect());
        }
        let sigles = next..next + site.glossaire.len();
        let mut places = Self { fiches, enonces, tied: BTreeMap::new(), sigles };
        for (a, atelier) in site.ateliers.iter().enumerate() {
            places.tie(a, atelier);
        }
        places
    }

    fn tie(&mut self, a: usize, atelier: &Atelier) {
        let mut blocs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for arete in &atelier.rapprochements {
            for (here, there) in [(arete.de, arete.vers), (arete.vers, arete.de)] {
                if let (Bout::Bloc(here, _), Bout::Bloc(there, _)) = (here, there) {
                    blocs.entry(here).or_default().push(there);
                }
            }
        }
        for arete in &atelier.rapprochements {
            for (here, there) in [(arete.de, arete.vers), (arete.vers, arete.de)] {
                let (Bout::Fiche(fiche), Bout::Bloc(bloc, _)) = (here, there) else { continue };
                // What is tied to the table's mention of the fiche is tied to the fiche.
                let is_mention = atelier.blocs[bloc].bloc.nature == Some(Nature::Mention);
                let by = blocs.get(&bloc).filter(|_| is_mention).into_iter().flatten();
                let found = by.chain([&bloc]).flat_map(|bloc| self.enonces[a][*bloc].clone());
                let found: Vec<usize> = found.collect();
                let known = self.tied.entry(self.fiches[a] + fiche).or_default();
                known.extend(found);
                known.sort_unstable();
                known.dedup();
            }
        }
    }

    /// A fiche by the places of its workshop in the site and of itself there.
    pub(super) fn fiche(&self, a: usize, f: usize) -> usize {
        self.fiches[a] + f
    }

    /// The énoncés of a bloc.
    pub(super) fn enonces(&self, a: usize, bloc: usize) -> Range<usize> {
        self.enonces[a][bloc].clone()
    }

    /// The énoncés that the page of a fiche quotes because a rapprochement ties them to it.
    pub(super) fn tied(&self, fiche: usize) -> &[usize] {
        self.tied.get(&fiche).map_or(&[], Vec::as_slice)
    }

    /// The acronyms.
    pub(super) fn sigles(&self) -> Range<usize> {
        self.sigles.clone()
    }

    /// Each fiche quotes the points forts and irritants that its workshop gave for its thématique.
    pub(super) fn citations(&self, site: &Site) -> Vec<Citation> {
        let mut found = Vec::new();
        for (a, atelier) in site.ateliers.iter().enumerate() {
            for t in &site.thematiques {
                // Fiches and blocs are sorted by thématique.
                let mut fiches = atelier.fiches.iter();
                let Some(first) = fiches.position(|f| f.thematique.value == t.id) else { continue };
                let fiches = self.fiche(a, first);
                let end = fiches + atelier.fiches_de(&t.id).count();
                for nature in [Nature::PointFort, Nature::Irritant] {
                    let blocs = atelier.blocs_de(&t.id, Tableau::Diagnostic, nature);
                    let blocs: Vec<usize> = blocs.map(|(bloc, _)| bloc).collect();
                    if let (Some(one), Some(last)) = (blocs.first(), blocs.last()) {
                        let enonces = self.enonces(a, *one).start..self.enonces(a, *last).end;
                        found.push([fiches, end, enonces.start, enonces.end]);
                    }
                }
            }
        }
        found
    }
}
