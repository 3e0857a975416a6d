//! « Vouliez-vous dire … ? »: one function for every closed list of words.

use crate::fr::fold;

/// The known word nearest to a wrong one, accents and case folded: the same word first, then the
/// least edit distance, at most a third of its length (the bound that gleam and rustc use), and four:
/// beyond, long words that only begin alike would pass for one another.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let simple = |text: &str| fold(text).replace(['_', ' '], "-");
    let wrong = simple(wrong);
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&wrong, &simple(word)), word))
        .filter(|(distance, word)| *distance <= (word.chars().count() / 3).clamp(1, 4))
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
