//! « Vouliez-vous dire … ? »: one function for every closed list of words.

use crate::french::fold;

/// Longest word that is compared, in bytes: an edit distance costs the product of two lengths.
const LONGEST: usize = 128;
/// Most known words that are compared.
const MOST: usize = 2_000;
/// Greatest distance at which a word is suggested.
const FARTHEST: usize = 4;

/// The known word nearest to a wrong one, accents and case folded: the same word first, then the
/// least edit distance, at most a third of its length (the bound that gleam and rustc use), and four:
/// beyond, long words that only begin alike would pass for one another.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.len() > LONGEST {
        return None;
    }
    let simple = |text: &str| fold(text).replace(['_', ' '], "-");
    let wrong = simple(wrong);
    // A distance is at least the difference of the lengths; folding may add a letter or two.
    let is_near =
        |word: &&str| word.len().abs_diff(wrong.len()) <= 2 * FARTHEST && word.len() <= LONGEST;
    known
        .into_iter()
        .take(MOST)
        .filter(is_near)
        .map(|word| (strsim::damerau_levenshtein(&wrong, &simple(word)), word))
        .filter(|(distance, word)| *distance <= (word.chars().count() / 3).clamp(1, FARTHEST))
        .min_by_key(|(distance, word)| (*distance, *word))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words() {
        let known = ["titre", "thematique", "egal-acces"];
        assert_eq!(nearest("Thématique", known), Some("thematique"));
        assert_eq!(nearest("égal accès", known), Some("egal-acces"));
        assert_eq!(nearest("tire", known), Some("titre"));
        assert_eq!(nearest("webradio", known), None);
        assert_eq!(nearest("plan-action-temps-formation", ["plan-action-generaliser-pix"]), None);
    }
}
