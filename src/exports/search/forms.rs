//! The form of a word: one for those that differ only by number, gender or the way an ordinal is written. It is what
//! « the same word » means to the search. The root of a form gathers families more loosely: « enregistrement »,
//! « enregistrer ».
//!
//! The tables (`francais.toml`) are handed to the search page with the index, and its script applies them in the same way:
//! `tests/recherche/formes.txt` and `racines.txt` hold both to the same cases.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The French of the search: words that say nothing, and the tables that give a word its form. All are folded.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(super) struct Francais {
    /// Elided words, before an apostrophe.
    pub(super) elisions: Vec<String>,
    /// Words that say nothing of a text.
    pub(super) vides: Vec<String>,
    /// Words of a question.
    questions: Vec<String>,
    /// Endings, what each becomes, the fewest letters of the words that it applies to.
    finales: Vec<(String, String, usize)>,
    irreguliers: Vec<(String, String)>,
    /// Suffixes that make a number an ordinal.
    ordinaux: Vec<String>,
    suffixes: Vec<String>,
    /// Fewest letters of a root.
    racine: usize,
    /// Forms that have no family.
    seuls: Vec<String>,
}

/// The tables of `francais.toml`.
pub(super) static FRANCAIS: LazyLock<Francais> =
    LazyLock::new(|| toml::from_str(include_str!("francais.toml")).unwrap_or_default());

/// True when a sorted list has this word.
pub(super) fn has(list: &[String], word: &str) -> bool {
    list.binary_search_by(|known| known.as_str().cmp(word)).is_ok()
}

/// The root of the family of a form: the form itself when nothing is cut.
pub(super) fn root(form: &str) -> String {
    // What is not a word has no family.
    if form.chars().any(|c| !c.is_alphabetic()) {
        return form.to_string();
    }
    if has(&FRANCAIS.seuls, form) {
        return [form, "."].concat();
    }
    let left = |suffix: &String| {
        form.strip_suffix(suffix.as_str()).filter(|root| units(root) >= FRANCAIS.racine)
    };
    FRANCAIS.suffixes.iter().find_map(left).unwrap_or(form).to_string()
}

/// Letters of a word, counted as the script counts them.
fn units(word: &str) -> usize {
    word.encode_utf16().count()
}

/// The form of a folded word.
pub(super) fn form(word: &str) -> String {
    let irregular = &FRANCAIS.irreguliers;
    if let Ok(known) = irregular.binary_search_by_key(&word, |(from, _)| from) {
        return irregular[known].1.clone();
    }
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &word[..word.len() - digits.len()];
    if !number.is_empty() && has(&FRANCAIS.ordinaux, digits) {
        return [number, if number == "1" { "er" } else { "e" }].concat();
    }
    let mut form = word.to_string();
    if word.chars().any(|c| !c.is_alphabetic()) {
        return form;
    }
    for (ending, becomes, least) in &FRANCAIS.finales {
        if form.ends_with(ending.as_str()) && units(&form) >= *least {
            form.truncate(form.len() - ending.len());
            form.push_str(becomes);
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_forms_of_the_shared_table() {
        let mut count = 0;
        for line in include_str!("../../../tests/recherche/formes.txt").lines() {
            let Some((words, expected)) = line.split_once(" → ") else { continue };
            for word in words.split(' ') {
                assert_eq!(form(&crate::french::fold(word)), expected, "{word}");
                count += 1;
            }
        }
        assert!(count > 60, "{count}");
    }

    #[test]
    fn families_have_the_roots_of_the_shared_table() {
        let mut count = 0;
        for line in include_str!("../../../tests/recherche/racines.txt").lines() {
            let Some((words, expected)) = line.split_once(" → ") else { continue };
            for word in words.split(' ') {
                assert_eq!(root(&form(&crate::french::fold(word))), expected, "{word}");
                count += 1;
            }
        }
        assert!(count > 50, "{count}");
    }

    #[test]
    fn the_tables_are_sorted_and_folded() {
        let of = &*FRANCAIS;
        for list in [&of.elisions, &of.vides, &of.questions, &of.ordinaux, &of.seuls] {
            assert!(list.len() > 10 && list.is_sorted());
            assert!(list.iter().all(|word| crate::french::fold(word) == *word));
        }
        assert!(of.irreguliers.is_sorted());
        assert!(of.suffixes.is_sorted_by_key(|s| std::cmp::Reverse(s.len())));
        assert!(of.irreguliers.iter().all(|(word, _)| crate::french::fold(word) == *word));
        // Letters of one byte: a length in bytes is one in letters, as in the script.
        assert!(of.finales.iter().all(|(from, to, _)| from.is_ascii() && to.is_ascii()));
    }
}
