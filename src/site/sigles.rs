//! Acronyms in a text: case-sensitive, whole words, the sense chosen by the place.

use std::{collections::HashMap, ops::Deref, ops::Range};

use crate::model::Sens;

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
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Index of its sense in the glossary.
    pub sens: usize,
}

/// The acronyms of a text, in order. `place` is the address of the bloc (`synthese/thematique/bloc`);
/// it chooses between the senses of one acronym. An acronym whose sense is not known here is left out.
pub fn occurrences(text: &str, glossaire: &Sigles, place: Option<&str>) -> Vec<Occurrence> {
    let mut found: Vec<Occurrence> = Vec::new();
    // End of the last acronym, from which the text is read again.
    let mut from = 0;
    for at in capitals(text) {
        if at < from || text[..at].ends_with(char::is_alphanumeric) {
            continue;
        }
        if let Some((length, sens)) = glossaire.sense_at(&text[at..], place) {
            from = at + length;
            found.extend(sens.map(|sens| Occurrence { range: at..from, sens }));
        }
    }
    found
}

/// Places of the capitals of a text, in order.
pub fn capitals(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter(|(_, c)| c.is_uppercase()).map(|(at, _)| at)
}
