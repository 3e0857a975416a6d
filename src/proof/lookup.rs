//! Places of texts in a document, by its lines: where a row may be, where words are.

use std::{
    cell::Cell,
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use super::{
    claims::{Anchor, CellText, Sought, Stretch},
    prose::whole,
    words::WordIndex,
};
use crate::parse::SourceDocument;

/// A text that more lines hold tells nothing of its line: the nearest of them are looked at.
const COMMON: usize = 40;
/// Lines where a text that runs over several is looked for.
const OVER: usize = 4;
/// Bytes read to find texts, for each byte of the document: what is not found by then has not moved, for all we know.
const EFFORT: usize = 256;

/// A line that is not empty.
pub(super) struct FullLine {
    /// Number of the line, from 1.
    pub(super) numero: usize,
    /// Text of the line, markers aside.
    pub(super) texte: String,
    /// True when it has several cells.
    pub(super) in_table: bool,
}

/// A place of a text: its line and byte there, from 1, or the line alone for a row.
pub(super) type At = (usize, usize);

/// An occurrence of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Place in the order of the document.
    pub(super) at: At,
    /// Bytes of each of its lines, by their numbers; none for a row.
    pub(super) bytes: Vec<(usize, Range<usize>)>,
    /// Evidence that it is the text.
    pub(super) weight: usize,
}

/// Lines of a document by their words and cells.
pub(super) struct Lookup<'a> {
    source: &'a SourceDocument,
    /// Lines that are not empty, in order.
    pub(super) lines: Vec<FullLine>,
    words: WordIndex,
    /// Numbers of the lines that have a segment, its first word or its last in a column.
    cells: HashMap<(usize, Stretch, &'a str), Vec<usize>>,
    effort: Cell<usize>,
}

impl<'a> Lookup<'a> {
    /// Index of a document.
    pub(super) fn of(source: &'a SourceDocument) -> Self {
        let mut lines = Vec::new();
        let mut cells: HashMap<(usize, Stretch, &'a str), Vec<usize>> = HashMap::new();
        for ligne in &source.lignes {
            let texte = ligne.texte();
            let in_table = ligne.cellules.len() > 1;
            if texte.is_empty() {
                continue;
            }
            lines.push(FullLine { numero: ligne.numero, texte, in_table });
            for (colonne, cellule) in ligne.cellules.iter().enumerate().filter(|_| in_table) {
                for segment in &cellule.segments {
                    for stretch in [Stretch::Whole, Stretch::Start, Stretch::End] {
                        let key = (colonne, stretch, edge(&segment.texte, stretch));
                        let holders = cells.entry(key).or_default();
                        if holders.last() != Some(&ligne.numero) {
                            holders.push(ligne.numero);
                        }
                    }
                }
            }
        }
        let words = WordIndex::of(lines.iter().map(|line| line.texte.as_str()));
        let effort = Cell::new(EFFORT * (source.texte.len() + 1_000));
        Self { source, lines, words, cells, effort }
    }

    /// Number of lines, empty ones too.
    pub(super) fn count(&self) -> usize {
        self.source.lignes.len()
    }

    /// The line of a number, when it is not empty.
    pub(super) fn line(&self, numero: usize) -> Option<&FullLine> {
        let rank = self.lines.binary_search_by_key(&numero, |line| line.numero).ok()?;
        self.lines.get(rank)
    }

    /// Places where a text may be, in order.
    pub(super) fn spots(&self, anchor: &Anchor) -> Vec<Spot> {
        match &anchor.sought {
            Sought::Row(cells) => self.rows(cells, anchor.ligne),
            Sought::Prose(texte) => self.words_of(texte, anchor.ligne, false),
            Sought::Anywhere(texte) => self.words_of(texte, anchor.ligne, true),
        }
    }

    /// Lines that have most cells of a row; its own has one at least.
    fn rows(&self, cells: &[CellText], ligne: usize) -> Vec<Spot> {
        let mut shared: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for cell in cells {
            let key = (cell.colonne, cell.stretch, edge(&cell.texte, cell.stretch));
            let holders = self.cells.get(&key).map_or(&[][..], Vec::as_slice);
            for numero in around(holders, ligne) {
                if self.has(*numero, cell) {
                    let (count, size) = shared.entry(*numero).or_default();
                    *count += 1;
                    *size += cell.texte.len() + 1;
                }
            }
        }
        let mut spots = Vec::new();
        for (numero, (count, size)) in shared {
            let own = numero == ligne;
            if 2 * count > cells.len() || own {
                // A row that is there whole is not one that resembles it.
                let sure = if count == cells.len() { 3 } else { 1 };
                let weight = 2 * size * sure + usize::from(own);
                spots.push(Spot { at: (numero, 0), bytes: Vec::new(), weight });
            }
        }
        spots
    }

    /// True when a line has a cell of a row.
    pub(super) fn has(&self, numero: usize, cell: &CellText) -> bool {
        let line = self.source.ligne(numero);
        let Some(found) = line.and_then(|line| line.cellules.get(cell.colonne)) else {
            return false;
        };
        if cell.stretch == Stretch::Whole && found.segments.len() > 1 {
            // The index knows whole segments.
            return self
                .cells
                .get(&(cell.colonne, Stretch::Whole, cell.texte.as_str()))
                .is_some_and(|holders| holders.binary_search(&numero).is_ok());
        }
        let mut texts = found.segments.iter().map(|segment| segment.texte.as_str());
        match cell.stretch {
            Stretch::Whole => texts.any(|text| text == cell.texte),
            Stretch::Start => texts.next_back().is_some_and(|text| cell.texte.starts_with(text)),
            Stretch::End => texts.next().is_some_and(|text| cell.texte.ends_with(text)),
        }
    }

    /// The first text of the first cell of a line, unless that cell is empty.
    pub(super) fn first_cell(&self, numero: usize) -> Option<&str> {
        let cell = self.source.ligne(numero)?.cellules.first()?;
        cell.segments.first().map(|segment| segment.texte.as_str()).filter(|t| !t.is_empty())
    }

    /// Occurrences of words, whole, on lines of prose or on any.
    fn words_of(&self, texte: &str, ligne: usize, anywhere: bool) -> Vec<Spot> {
        let holders: Vec<usize> = self.words.holders(texte).unwrap_or_default().to_vec();
        let numbers: Vec<usize> = holders.iter().map(|rank| self.lines[*rank].numero).collect();
        let holders = around_by(&holders, &numbers, ligne);
        let fits = |rank: &&usize| anywhere || !self.lines[**rank].in_table;
        let mut spots = Vec::new();
        for rank in holders.iter().filter(fits) {
            let line = &self.lines[*rank];
            if !self.spend(line.texte.len()) {
                return Vec::new();
            }
            spots.extend(whole(&line.texte, texte).take(OVER).map(|range| Spot {
                at: (line.numero, 1 + range.start),
                bytes: vec![(line.numero, range)],
                weight: 2 * texte.len() + usize::from(line.numero == ligne),
            }));
        }
        if spots.is_empty() && !anywhere {
            spots = holders
                .iter()
                .filter(fits)
                .take(OVER)
                .filter_map(|r| self.over(*r, texte))
                .collect();
            spots.sort_by_key(|spot: &Spot| spot.at);
            spots.dedup();
        }
        spots
    }

    /// A text that runs over several lines of prose, one of which is given by its rank.
    fn over(&self, rank: usize, texte: &str) -> Option<Spot> {
        let far = |ranks: &mut dyn Iterator<Item = usize>| -> Vec<usize> {
            let mut size = 0;
            let mut near = Vec::new();
            for rank in ranks.filter(|rank| !self.lines[*rank].in_table) {
                if size > texte.len() {
                    break;
                }
                size += self.lines[rank].texte.len();
                near.push(rank);
            }
            near
        };
        let mut ranks = far(&mut (0..rank).rev());
        ranks.reverse();
        ranks.push(rank);
        ranks.extend(far(&mut (rank + 1..self.lines.len())));
        let (mut joined, mut starts) = (String::new(), Vec::new());
        for rank in ranks {
            starts.push((joined.len(), &self.lines[rank]));
            joined.push_str(&self.lines[rank].texte);
            joined.push(' ');
        }
        if !self.spend(joined.len()) {
            return None;
        }
        let range = whole(&joined, texte).next()?;
        let bytes: Vec<(usize, Range<usize>)> = starts
            .iter()
            .map(|(start, line)| {
                let to = |byte: usize| byte.saturating_sub(*start).min(line.texte.len());
                (line.numero, to(range.start)..to(range.end))
            })
            .filter(|(_, range)| !range.is_empty())
            .collect();
        let (numero, first) = bytes.first()?;
        Some(Spot { at: (*numero, 1 + first.start), weight: 2 * texte.len(), bytes: bytes.clone() })
    }

    /// Counts bytes that are read; false when there were too many.
    fn spend(&self, bytes: usize) -> bool {
        let left = self.effort.get();
        self.effort.set(left.saturating_sub(bytes));
        left >= bytes
    }
}

/// The part of a text by which a stretch of it is looked up.
fn edge(texte: &str, stretch: Stretch) -> &str {
    let mut words = texte.split(' ');
    match stretch {
        Stretch::Whole => texte,
        Stretch::Start => words.next().unwrap_or(texte),
        Stretch::End => words.next_back().unwrap_or(texte),
    }
}

/// The numbers nearest to one, when there are many.
fn around(numbers: &[usize], numero: usize) -> &[usize] {
    around_by(numbers, numbers, numero)
}

/// The items whose numbers, which are in order, are nearest to one, when there are many.
fn around_by<'i>(items: &'i [usize], numbers: &[usize], numero: usize) -> &'i [usize] {
    let at = numbers.partition_point(|other| *other < numero);
    let start = at.saturating_sub(COMMON / 2).min(items.len().saturating_sub(COMMON));
    &items[start..items.len().min(start + COMMON)]
}
