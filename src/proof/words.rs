//! The segments of a source by their words: where a text may be, and which segments it looks like.
//!
//! Comparing each text with each segment, letter by letter, took time in proportion to the square of a document.

use std::collections::HashMap;

use crate::french::fold;

/// Segments nearest to a text that are compared with it letter by letter.
const COMPARED: usize = 8;
/// A word that more segments have tells nothing of them.
const COMMON: usize = 100;

/// Segments that hold each word, accents and case folded, in the order of the source.
pub(super) struct WordIndex(HashMap<String, Vec<usize>>);

impl WordIndex {
    /// Index of segments, by their numbers.
    pub(super) fn of<'t>(segments: impl Iterator<Item = &'t str>) -> Self {
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, text) in segments.enumerate() {
            for word in words(text) {
                let holders = index.entry(word).or_default();
                if holders.last() != Some(&number) {
                    holders.push(number);
                }
            }
        }
        Self(index)
    }

    /// Segments that may hold a whole text: those of its rarest word. `None` when it has no word.
    pub(super) fn holders(&self, text: &str) -> Option<&[usize]> {
        let of = |word: String| self.0.get(&word).map_or(&[][..], Vec::as_slice);
        words(text).map(of).min_by_key(|holders| holders.len())
    }

    /// Segments that share the most words with a text, the nearest first, then in the order of the source.
    pub(super) fn nearest(&self, text: &str) -> Vec<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let mut seen: Vec<String> = words(text).collect();
        seen.sort_unstable();
        seen.dedup();
        for word in seen {
            let holders = self.0.get(&word).map_or(&[][..], Vec::as_slice);
            // When all words are common, the first segments that hold them are as good as any.
            holders.iter().take(COMMON).for_each(|holder| *shared.entry(*holder).or_default() += 1);
        }
        let mut nearest: Vec<(usize, usize)> = shared.into_iter().collect();
        nearest.sort_unstable_by_key(|(segment, count)| (std::cmp::Reverse(*count), *segment));
        nearest.into_iter().take(COMPARED).map(|(segment, _)| segment).collect()
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_found_by_their_words() {
        let index = WordIndex::of(["Le temps manque", "Le bruit", "Un temps commun"].into_iter());
        assert_eq!(index.holders("temps commun"), Some(&[2][..]));
        assert_eq!(index.holders("absent"), Some(&[][..]));
        assert_eq!(index.holders("…"), None);
        assert_eq!(index.nearest("le TEMPS manque un peu")[0], 0);
    }
}
