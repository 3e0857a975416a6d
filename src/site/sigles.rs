//! Acronyms in a text: case-sensitive, whole words, the sense chosen by the place.

use std::ops::Range;

use crate::model::Sens;

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
        if at < from || text[..at].ends_with(char::is_alphanumeric) {
            continue;
        }
        if let Some((length, sens)) = sense_at(&text[at..], glossaire, place) {
            from = at + length;
            found.extend(sens.map(|sens| Occurrence { range: at..from, sens }));
        }
    }
    found
}

/// Where the capitals of a text are, in order.
pub(super) fn capitals(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at)
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
