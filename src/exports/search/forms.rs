//! The form of a word: one for those that differ only by number, gender or the way an ordinal is written. It is what
//! « the same word » means to the search. The root of a form gathers families more loosely: « enregistrement »,
//! « enregistrer ».
//!
//! The tables are handed to the search page with the index, and its script applies them in the same way:
//! `tests/recherche/formes.txt` and `racines.txt` hold both to the same cases.

/// Endings of folded words, each with what it becomes, and the fewest letters of the words that it applies to. Applied
/// one after the other, each to what the one before it left: first number, then gender.
///
/// They need not give words (`cours` → `cour`): only never bring together what a reader keeps apart.
pub(super) const ENDINGS: [(&str, &str, usize); 9] = [
    ("eaux", "eau", 5),   // réseaux
    ("yaux", "yau", 5),   // tuyaux
    ("aux", "al", 5),     // locaux
    ("s", "", 4),         // élèves, ENTs
    ("ale", "al", 5),     // locale
    ("trice", "teur", 6), // formatrice
    ("tive", "tif", 6),   // éducative
    ("sive", "sif", 6),   // inclusive
    ("euse", "eux", 6),   // nombreuse
];

/// Folded words whose form no ending gives, sorted.
pub(super) const IRREGULAR: [(&str, &str); 39] = [
    ("2d", "2e"),
    ("2de", "2e"),
    ("2nd", "2e"),
    ("2nde", "2e"),
    ("adieux", "adieu"),
    ("aveux", "aveu"),
    ("cheveux", "cheveu"),
    ("cinquieme", "5e"),
    ("cinquiemes", "5e"),
    ("deuxieme", "2e"),
    ("deuxiemes", "2e"),
    ("dixieme", "10e"),
    ("enjeux", "enjeu"),
    ("feux", "feu"),
    ("huitieme", "8e"),
    ("jeux", "jeu"),
    ("lieux", "lieu"),
    ("milieux", "milieu"),
    ("neuvieme", "9e"),
    ("neveux", "neveu"),
    ("premier", "1er"),
    ("premiere", "1er"),
    ("premieres", "1er"),
    ("premiers", "1er"),
    ("quatrieme", "4e"),
    ("quatriemes", "4e"),
    ("second", "2e"),
    ("seconde", "2e"),
    ("secondes", "2e"),
    ("seconds", "2e"),
    ("septieme", "7e"),
    ("sixieme", "6e"),
    ("sixiemes", "6e"),
    ("travaux", "travail"),
    ("troisieme", "3e"),
    ("troisiemes", "3e"),
    ("vitraux", "vitrail"),
    ("voeux", "voeu"),
    ("yeux", "oeil"),
];

/// Suffixes that make a number an ordinal, folded and sorted: `1er`, `5ème`.
pub(super) const ORDINALS: [&str; 12] =
    ["e", "eme", "emes", "er", "ere", "eres", "ers", "es", "ieme", "iemes", "re", "res"];

/// Endings of forms that a family of words does not count, the longest first: the first that leaves [`ROOT`] letters is
/// cut, to make the root of the family.
pub(super) const SUFFIXES: [&str; 23] = [
    "ionnement",
    "issement",
    "ateur",
    "ation",
    "ement",
    "iteur",
    "ition",
    "ivite",
    "ance",
    "ante",
    "atif",
    "isme",
    "iste",
    "itif",
    "ant",
    "eur",
    "ion",
    "ite",
    "ee",
    "er",
    "if",
    "ir",
    "e",
];
/// Fewest letters of a root.
pub(super) const ROOT: usize = 5;

/// Forms that have no family, sorted: their root is that of words that a reader keeps apart (« équipe » from
/// « équipement », « commune » from « commun »).
pub(super) const APART: [&str; 22] = [
    "activite",
    "autrement",
    "centre",
    "collectivite",
    "commune",
    "directeur",
    "directif",
    "direction",
    "dispositif",
    "disposition",
    "donnee",
    "equipe",
    "format",
    "indicateur",
    "indicatif",
    "initiatif",
    "initie",
    "invite",
    "profession",
    "projeter",
    "publication",
    "universite",
];

/// The root of the family of a form: the form itself when nothing is cut.
pub(super) fn root(form: &str) -> String {
    // What is not a word has no family.
    if form.chars().any(|c| !c.is_alphabetic()) {
        return form.to_string();
    }
    if APART.binary_search(&form).is_ok() {
        return [form, "."].concat();
    }
    let left = |suffix: &&str| form.strip_suffix(*suffix).filter(|root| units(root) >= ROOT);
    SUFFIXES.iter().find_map(left).unwrap_or(form).to_string()
}

/// Letters of a word, counted as the script counts them.
fn units(word: &str) -> usize {
    word.encode_utf16().count()
}

/// Writes the form of a folded word over `form`.
pub(super) fn form_into(word: &str, form: &mut String) {
    form.clear();
    if let Ok(known) = IRREGULAR.binary_search_by_key(&word, |(from, _)| from) {
        form.push_str(IRREGULAR[known].1);
        return;
    }
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &word[..word.len() - digits.len()];
    if !number.is_empty() && ORDINALS.contains(&digits) {
        form.push_str(number);
        form.push_str(if number == "1" { "er" } else { "e" });
        return;
    }
    form.push_str(word);
    if word.chars().any(|c| !c.is_alphabetic()) {
        return;
    }
    for (ending, becomes, least) in ENDINGS {
        if form.ends_with(ending) && units(form) >= least {
            form.truncate(form.len() - ending.len());
            form.push_str(becomes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_forms_of_the_shared_table() {
        let mut form = String::new();
        let mut count = 0;
        for line in include_str!("../../../tests/recherche/formes.txt").lines() {
            let Some((words, expected)) = line.split_once(" → ") else { continue };
            for word in words.split(' ') {
                form_into(&crate::french::fold(word), &mut form);
                assert_eq!(form, expected, "{word}");
                count += 1;
            }
        }
        assert!(count > 60, "{count}");
    }

    #[test]
    fn families_have_the_roots_of_the_shared_table() {
        let mut form = String::new();
        let mut count = 0;
        for line in include_str!("../../../tests/recherche/racines.txt").lines() {
            let Some((words, expected)) = line.split_once(" → ") else { continue };
            for word in words.split(' ') {
                form_into(&crate::french::fold(word), &mut form);
                assert_eq!(root(&form), expected, "{word}");
                count += 1;
            }
        }
        assert!(count > 50, "{count}");
    }

    #[test]
    fn the_tables_are_sorted_and_folded() {
        assert!(APART.is_sorted() && SUFFIXES.is_sorted_by_key(|s| std::cmp::Reverse(s.len())));
        assert!(IRREGULAR.is_sorted() && ORDINALS.is_sorted());
        assert!(IRREGULAR.iter().all(|(word, _)| crate::french::fold(word) == *word));
        // Letters of one byte: a length in bytes is one in letters, as in the script.
        assert!(ENDINGS.iter().all(|(from, to, _)| from.is_ascii() && to.is_ascii()));
    }
}
