//! Acronyms in a text: case-sensitive, whole words, the sense chosen by the place.

use std::ops::Range;

use crate::{fr, model::Sens};

/// An acronym found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Index of its sense in the glossary.
    pub sens: usize,
}

/// The acronyms of a text, in order. `place` is the address of the bloc (`synthese/thematique/bloc`);
/// it chooses between the senses of one acronym. An acronym whose sense is not known here is left out.
pub fn occurrences(text: &str, glossaire: &[Sens], place: Option<&str>) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    // End of the last acronym, from which the text is read again.
    let mut from = 0;
    for at in capitals(text) {
        if at < from || text[..at].ends_with(fr::is_alphanumeric) {
            continue;
        }
        if let Some((length, sens)) = sense_at(&text[at..], glossaire, place) {
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

/// True when a capital may begin with this byte of UTF-8.
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

/// True when a capital may begin in a piece; the byte after it is looked at too.
fn may_hold_one(piece: &[u8; PIECE + 1]) -> bool {
    let may_begin = |byte: u8, next: u8| {
        byte.is_ascii_uppercase() | ((byte == 0xC3) & (next <= 0x9E)) | (byte > 0xC3)
    };
    let pairs = piece[..PIECE].iter().zip(&piece[1..]);
    pairs.fold(false, |found, (byte, next)| found | may_begin(*byte, *next))
}

/// The longest acronym that opens `rest`, and its sense here if it is certain.
fn sense_at(rest: &str, glossaire: &[Sens], place: Option<&str>) -> Option<(usize, Option<usize>)> {
    let first = rest.as_bytes().first();
    let opens = |sens: &Sens| {
        // Nearly all differ by their first letter.
        sens.sigle.value.as_bytes().first() == first
            && rest
                .strip_prefix(sens.sigle.value.as_str())
                .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric()))
    };
    let candidates: Vec<usize> =
        glossaire.iter().enumerate().filter(|(_, s)| opens(s)).map(|(i, _)| i).collect();
    let length = candidates.iter().map(|i| glossaire[*i].sigle.value.len()).max()?;
    let longest: Vec<usize> =
        candidates.into_iter().filter(|i| glossaire[*i].sigle.value.len() == length).collect();
    let sens = match longest.as_slice() {
        [only] if glossaire[*only].ou.is_empty() => Some(*only),
        several => several
            .iter()
            .copied()
            .find(|i| glossaire[*i].ou.iter().any(|address| Some(address.value.as_str()) == place)),
    };
    Some((length, sens))
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
