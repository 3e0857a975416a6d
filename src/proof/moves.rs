//! Lines that moved: the claims of a transcription, aligned with the lines of a document that has changed.
//!
//! Texts in the order of the lines that they claim, and their places in the order of the document: the heaviest sequence
//! that keeps both orders is where they are now. A text out of this order has moved when one place is left for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    claims::{Anchor, Claims, Sought},
    lookup::{At, Lookup, Spot},
};
use crate::french::difference::likeness;

/// Lines that a changed text is compared with.
const COMPARED: usize = 8;

/// Places of the claims in a document that may have changed.
pub(super) struct Alignment<'a> {
    pub(super) lookup: &'a Lookup<'a>,
    pub(super) claims: &'a Claims,
    /// Place of each text, in the order of the claimed lines.
    pub(super) placed: Vec<Option<Spot>>,
    /// True for those that keep the order.
    in_order: Vec<bool>,
    /// For each text, the nearest before and after it that keep the order.
    neighbours: Vec<(Option<usize>, Option<usize>)>,
    /// Lines of the rows and headings placed.
    pub(super) rows: BTreeSet<usize>,
    /// Bytes of the texts placed, by line.
    bytes: BTreeMap<usize, Vec<Range<usize>>>,
}

impl<'a> Alignment<'a> {
    /// Alignment of claims.
    pub(super) fn of(claims: &'a Claims, lookup: &'a Lookup<'a>) -> Self {
        let spots: Vec<Vec<Spot>> = claims.anchors.iter().map(|a| lookup.spots(a)).collect();
        let chain = heaviest(&spots);
        let mut aligned = Self {
            lookup,
            claims,
            placed: vec![None; spots.len()],
            in_order: vec![false; spots.len()],
            neighbours: Vec::new(),
            rows: BTreeSet::new(),
            bytes: BTreeMap::new(),
        };
        for (anchor, spot) in &chain {
            aligned.in_order[*anchor] = true;
            aligned.place(*anchor, spots[*anchor][*spot].clone());
        }
        aligned.neighbours = neighbours(&aligned.in_order);
        let doubtful = aligned.doubtful(&spots);
        for anchor in &doubtful {
            aligned.free(*anchor);
        }
        aligned.neighbours = neighbours(&aligned.in_order);
        for anchor in (0..spots.len()).filter(|n| !doubtful.contains(n)) {
            aligned.out_of_order(anchor, &spots[anchor]);
        }
        for anchor in 0..spots.len() {
            aligned.changed(anchor);
        }
        aligned
    }

    fn is_row(&self, anchor: usize) -> bool {
        matches!(self.claims.anchors[anchor].sought, Sought::Row(_))
    }

    fn place(&mut self, anchor: usize, spot: Spot) {
        if self.is_row(anchor) {
            self.rows.insert(spot.at.0);
        }
        for (numero, range) in &spot.bytes {
            self.bytes.entry(*numero).or_default().push(range.clone());
        }
        self.placed[anchor] = Some(spot);
    }

    fn free(&mut self, anchor: usize) {
        let Some(spot) = self.placed[anchor].take() else { return };
        self.in_order[anchor] = false;
        if self.is_row(anchor) {
            self.rows.remove(&spot.at.0);
        }
        for (numero, range) in &spot.bytes {
            self.bytes.entry(*numero).or_default().retain(|other| other != range);
        }
    }

    fn is_taken(&self, anchor: usize, spot: &Spot) -> bool {
        if self.is_row(anchor) {
            return self.rows.contains(&spot.at.0);
        }
        spot.bytes.iter().any(|(numero, range)| {
            // A row takes all of its line, of which a text may be left out.
            let size = self.lookup.line(*numero).map_or(0, |line| line.texte.len());
            if self.rows.contains(numero) && range.len() == size {
                return true;
            }
            let taken = self.bytes.get(numero).map_or(&[][..], Vec::as_slice);
            taken.iter().any(|other| other.start < range.end && range.start < other.end)
        })
    }

    /// Texts that the order leaves two places for, on lines that differ.
    fn doubtful(&self, spots: &[Vec<Spot>]) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for (anchor, spots) in spots.iter().enumerate() {
            let Some(here) = &self.placed[anchor] else { continue };
            let (before, after) = self.neighbours[anchor];
            let at = |n: usize| self.placed[n].as_ref().map(|spot| spot.at);
            let before: At = before.and_then(at).unwrap_or((0, 0));
            let after: At = after.and_then(at).unwrap_or((usize::MAX, 0));
            let text = |spot: &Spot| self.lookup.line(spot.at.0).map(|line| line.texte.as_str());
            let as_good = |spot: &Spot| {
                before < spot.at
                    && spot.at < after
                    && spot.weight >= here.weight
                    && text(spot) != text(here)
                    && !self.is_taken(anchor, spot)
            };
            let moved = here.at.0 != self.claims.anchors[anchor].ligne;
            if moved && spots.iter().any(as_good) {
                found.insert(anchor);
            }
        }
        found
    }

    /// Places a text that is out of order, where the only place left is.
    fn out_of_order(&mut self, anchor: usize, spots: &[Spot]) {
        if self.placed[anchor].is_some() {
            return;
        }
        let free: Vec<&Spot> = spots.iter().filter(|s| !self.is_taken(anchor, s)).collect();
        let Some(most) = free.iter().map(|spot| spot.weight).max() else { return };
        let mut best = free.into_iter().filter(|spot| spot.weight == most);
        if let (Some(spot), None) = (best.next(), best.next()) {
            let spot = spot.clone();
            self.place(anchor, spot);
        }
    }

    /// Places a text that is nowhere as it is: between its neighbours, on the line most like it.
    fn changed(&mut self, anchor: usize) {
        if self.placed[anchor].is_some() {
            return;
        }
        let Anchor { ligne, .. } = self.claims.anchors[anchor];
        let (from, to, meant) = self.between(anchor);
        let lines = &self.lookup.lines;
        let first = lines.partition_point(|line| line.numero < from);
        let last = lines.partition_point(|line| line.numero <= to);
        let at = lines.partition_point(|line| line.numero < meant).clamp(first, last);
        let start = at.saturating_sub(COMPARED / 2).max(first);
        let near = start..last.min(start + COMPARED);
        let is_row = self.is_row(anchor);
        let mut best: Option<(f32, usize)> = None;
        for line in &lines[near] {
            if is_row && (!line.in_table || self.rows.contains(&line.numero)) {
                continue;
            }
            let mut score = self.alike(anchor, line.numero);
            if line.numero == ligne || line.numero == meant {
                score += 0.01;
            }
            if score >= super::ALIKE && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, line.numero));
            }
        }
        let Some((_, numero)) = best else { return };
        self.place(anchor, Spot { at: (numero, 0), bytes: Vec::new(), weight: 0 });
    }

    /// Lines between the neighbours of a text that keep the order, and the one where it would be if nothing else changed.
    fn between(&self, anchor: usize) -> (usize, usize, usize) {
        let line = |n: usize| self.placed[n].as_ref().map(|spot| spot.at.0);
        let (before, after) = self.neighbours[anchor];
        let own = self.claims.anchors[anchor].ligne;
        let from = before.and_then(line).unwrap_or(0);
        let to = after.and_then(line).unwrap_or(usize::MAX);
        let meant = match before {
            Some(n) => (own + from).saturating_sub(self.claims.anchors[n].ligne),
            None => own,
        };
        (from, to, meant)
    }

    /// Likeness of a text and a line.
    fn alike(&self, anchor: usize, numero: usize) -> f32 {
        let Some(line) = self.lookup.line(numero) else { return 0.0 };
        match &self.claims.anchors[anchor].sought {
            Sought::Row(cells) => {
                let there = cells.iter().filter(|cell| self.lookup.has(numero, cell)).count();
                if there > 0 {
                    return 0.5 + there as f32 / cells.len() as f32 / 2.0;
                }
                let texts: Vec<&str> = cells.iter().map(|cell| cell.texte.as_str()).collect();
                likeness(&texts.join(" "), &line.texte)
            }
            Sought::Prose(_) if line.in_table => 0.0,
            Sought::Prose(texte) | Sought::Anywhere(texte) => {
                let taken = self.bytes.get(&numero).map_or(&[][..], Vec::as_slice);
                let end = taken.iter().map(|range| range.end).max().unwrap_or(0);
                let rest = line.texte.get(end..).unwrap_or_default();
                likeness(texte, rest).max(likeness(texte, &line.texte))
            }
        }
    }
}

/// For each rank, the nearest before and after it that are kept.
fn neighbours(kept: &[bool]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut found = vec![(None, None); kept.len()];
    let mut last = None;
    for n in 0..kept.len() {
        found[n].0 = last;
        last = if kept[n] { Some(n) } else { last };
    }
    let mut next = None;
    for n in (0..kept.len()).rev() {
        found[n].1 = next;
        next = if kept[n] { Some(n) } else { next };
    }
    found
}

/// The heaviest sequence of places in the order of the document, for texts in theirs: pairs of ranks.
fn heaviest(spots: &[Vec<Spot>]) -> Vec<(usize, usize)> {
    let mut places: Vec<At> = spots.iter().flatten().map(|spot| spot.at).collect();
    places.sort_unstable();
    places.dedup();
    // A Fenwick tree: the best sequence that ends before a place.
    let mut tree: Vec<(usize, Option<usize>)> = vec![(0, None); places.len() + 1];
    let mut steps: Vec<(usize, usize, Option<usize>)> = Vec::new();
    for (anchor, spots) in spots.iter().enumerate() {
        // From the last place, so that no text follows itself.
        for (rank, spot) in spots.iter().enumerate().rev() {
            let at = places.partition_point(|place| *place < spot.at);
            let (mut best, mut n) = ((0, None), at);
            while n > 0 {
                if tree[n].0 > best.0 {
                    best = tree[n];
                }
                n &= n - 1;
            }
            steps.push((anchor, rank, best.1));
            let whole = (best.0 + spot.weight, Some(steps.len() - 1));
            n = at + 1;
            while n < tree.len() {
                if whole.0 > tree[n].0 {
                    tree[n] = whole;
                }
                n += n & n.wrapping_neg();
            }
        }
    }
    let mut last = tree.iter().max_by_key(|(weight, _)| *weight).and_then(|(_, step)| *step);
    let mut chain = Vec::new();
    while let Some(step) = last {
        let (anchor, rank, before) = steps[step];
        chain.push((anchor, rank));
        last = before;
    }
    chain.reverse();
    chain
}
