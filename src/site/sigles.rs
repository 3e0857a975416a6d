//! Acronyms in a text: case-sensitive, whole words, the sense chosen by the place.

use std::{collections::HashMap, ops::Deref, ops::Range};

use crate::{fr, model::Sens};

/// The glossary: its senses in their order, each found by its acronym.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sigles {
    senses: Vec<Sens>,
    by_sigle: HashMap<String, Vec<usize>>,
    /// Bytes of the longest acronym.
    longest: usize,
}

impl Sigles {
    /// The senses, in the order that pages show them.
    pub fn new(senses: Vec<Sens>) -> Self {
        let mut by_sigle: HashMap<String, Vec<usize>> = HashMap::new();
        for (sens, sigle) in senses.iter().map(|sens| &sens.sigle.value).enumerate() {
            by_sigle.entry(sigle.clone()).or_default().push(sens);
        }
        let longest = by_sigle.keys().map(String::len).max().unwrap_or_default();
        Self { senses, by_sigle, longest }
    }

    /// Senses of an acronym.
    pub fn senses_of(&self, sigle: &str) -> &[usize] {
        self.by_sigle.get(sigle).map_or(&[], Vec::as_slice)
    }

    /// The longest acronym that opens `rest`, and its sense here if it is certain.
    fn sense_at(&self, rest: &str, place: Option<&str>) -> Option<(usize, Option<usize>)> {
        let mut end = rest.len().min(self.longest);
        loop {
            end = (0..=end).rev().find(|at| rest.is_char_boundary(*at)).filter(|at| *at > 0)?;
            if !rest[end..].starts_with(char::is_alphanumeric)
                && let Some(candidates) = self.by_sigle.get(&rest[..end])
            {
                return Some((end, self.chosen(candidates, place)));
            }
            end -= 1;
        }
    }

    fn chosen(&self, candidates: &[usize], place: Option<&str>) -> Option<usize> {
        match candidates {
            [only] if self.senses[*only].ou.is_empty() => Some(*only),
            several => several.iter().copied().find(|sens| {
                let known = &self.senses[*sens].ou;
                known.iter().any(|address| Some(address.value.as_str()) == place)
            }),
        }
    }
}

impl Deref for Sigles {
    type Target = [Sens];

    fn deref(&self) -> &[Sens] {
        &self.senses
    }
}

/// An acronym found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// Index of its sense in the glossary.
    pub sens: usize,
}

/// The acronyms of a text, in order. `place` is the address of the bloc (`synthese/thematique/bloc`);
/// it chooses between the senses of one acronym. An acronym whose sense is not known here is left out.
pub fn occurrences(text: &str, glossaire: &Sigles, place: Option<&str>) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    // Where the text is read again after an acronym.
    let mut from = 0;
    for at in capitals(text) {
        if at < from || text[..at].ends_with(fr::is_alphanumeric) {
            continue;
        }
        if let Some((length, sens)) = glossaire.sense_at(&text[at..], place) {
            from = at + length;
            found.extend(sens.map(|sens| Occurrence { range: at..from, sens }));
        }
    }
    found
}

/// Where the capitals of a text are, in order. Pieces that hold none are passed over as a whole, which a processor
/// does for many bytes at a time: they are most of a text, and each text is read three times.
pub(super) fn capitals(text: &str) -> Capitals<'_> {
    Capitals { text, at: 0, end: 0 }
}

/// What [`capitals`] gives.
pub(super) struct Capitals<'t> {
    text: &'t str,
    /// Where to read on.
    at: usize,
    /// Where what may hold one ends.
    end: usize,
}

/// Bytes of a piece.
const PIECE: usize = 32;

impl Iterator for Capitals<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        loop {
            while let Some(n) = bytes[self.at..self.end].iter().position(|byte| begins_one(*byte)) {
                let at = self.at + n;
                self.at = at + 1;
                // « é » and its like, met everywhere, begin as « É » does.
                let is_small = bytes[at] == 0xc3 && bytes.get(self.at).is_some_and(|b| *b > 0x9e);
                if !is_small && self.text[at..].starts_with(char::is_uppercase) {
                    return Some(at);
                }
            }
            (self.at, self.end) = (self.end, bytes.len().min(self.end + PIECE));
            if self.at == self.end {
                return None;
            }
            let piece = bytes[self.at..].first_chunk::<{ PIECE + 1 }>();
            if piece.is_some_and(|piece| !may_hold_one(piece)) {
                self.at = self.end;
            }
        }
    }
}

/// Whether a capital may begin with this byte of UTF-8.
fn begins_one(byte: u8) -> bool {
    /// One look tells, where comparing takes three.
    const BEGIN: [bool; 256] = {
        let mut begin = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            begin[byte] = matches!(byte, 0x41..=0x5a | 0xc3..);
            byte += 1;
        }
        begin
    };
    BEGIN[usize::from(byte)]
}

/// Whether a capital may begin in a piece; the byte after it is looked at too.
fn may_hold_one(piece: &[u8; PIECE + 1]) -> bool {
    let may_begin = |byte: u8, next: u8| {
        byte.is_ascii_uppercase() | ((byte == 0xC3) & (next <= 0x9E)) | (byte > 0xC3)
    };
    let pairs = piece[..PIECE].iter().zip(&piece[1..]);
    pairs.fold(false, |found, (byte, next)| found | may_begin(*byte, *next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_those_of_unicode_wherever_they_are() {
        for c in ('\0'..='\u{2fff}').chain(['Ａ', '𝐀', '日']) {
            // At each place of a piece, alone and beside small letters of two bytes.
            for before in 0..=PIECE + 1 {
                let text = format!("{}{c}é{}{c}", "a".repeat(before), "à".repeat(PIECE / 2));
                let expected = text.char_indices().filter(|(_, c)| c.is_uppercase());
                assert!(capitals(&text).eq(expected.map(|(at, _)| at)), "{text}");
            }
        }
        assert_eq!(capitals("").count(), 0);
    }
}
