//! Acronyms in a text: case-sensitive, whole words, the sense chosen by the place.

use std::ops::Range;

use crate::{fr, model::Sens};

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
pub fn occurrences(text: &str, glossaire: &[Sens], place: Option<&str>) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    // Where the text is read again after an acronym.
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
pub(super) fn capitals(text: &str) -> impl Iterator<Item = usize> {
    const PIECE: usize = 32;
    let bytes = text.as_bytes();
    let may_hold_one = move |start: &usize| {
        let end = start + PIECE;
        let Some(next) = bytes.get(start + 1..=end) else { return true };
        bytes[*start..end]
            .iter()
            .zip(next)
            .fold(false, |found, (a, b)| found | may_begin_one(*a, *b))
    };
    let pieces = (0..bytes.len()).step_by(PIECE).filter(may_hold_one);
    let of_piece = move |start: usize| start..bytes.len().min(start + PIECE);
    pieces.flat_map(of_piece).filter(move |at| {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        may_begin_one(bytes[*at], next) && text[*at..].starts_with(char::is_uppercase)
    })
}

/// Whether a capital may begin with these two bytes of UTF-8. « é » and its like, met everywhere, do not.
fn may_begin_one(byte: u8, next: u8) -> bool {
    byte.is_ascii_uppercase() | ((byte == 0xC3) & (next <= 0x9E)) | (byte > 0xC3)
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
