//! A text → the words it can be found by. The search page cuts what is typed in the same way, with the
//! same lists, which the index hands over (`francais.toml`).

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::forms::{FRANCAIS, has};
use crate::french;

/// The terms of a text, in order. A word of several parts gives each of them, then itself in one piece: `e-mail` is
/// found by `mail` and by `email`.
pub(super) fn terms(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for run in without_superscripts(text).split(|c| !is_of_a_word(c)) {
        let mut pieces = run.split(is_apostrophe).peekable();
        while let Some(piece) = pieces.next() {
            let is_elided = pieces.peek().is_some() && is_an_elision(&french::fold(piece));
            if !is_elided {
                found.extend(terms_of(piece));
            }
        }
    }
    found
}

fn is_an_elision(term: &str) -> bool {
    has(&FRANCAIS.elisions, term)
}

/// `1^{er}` is the word that a page shows: « 1er ».
fn without_superscripts(text: &str) -> Cow<'_, str> {
    match text.contains("^{") {
        true => Cow::Owned(text.replace("^{", "").replace('}', "")),
        false => Cow::Borrowed(text),
    }
}

/// The terms of what no apostrophe parts.
fn terms_of(piece: &str) -> Vec<String> {
    let parts = piece.split(is_hyphen).map(|part| part.trim_start_matches('+'));
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let whole = (parts.len() > 1).then(|| french::fold(&parts.concat()));
    let each = parts.into_iter().map(|part| (part, french::fold(part)));
    each.filter(|(part, term)| is_kept(part, term)).map(|(_, term)| term).chain(whole).collect()
}

fn is_kept(word: &str, term: &str) -> bool {
    let is_single = |text: &str| text.chars().nth(1).is_none();
    let is_sigle = !word.chars().any(char::is_lowercase) && !is_single(word);
    let is_short = is_single(term) && !term.chars().all(|c| c.is_ascii_digit());
    is_sigle || !(is_short || has(&FRANCAIS.vides, term))
}

/// True of a letter, a figure, and what may be inside a word.
fn is_of_a_word(c: char) -> bool {
    char::is_alphanumeric(c) || is_inner(c)
}

fn is_inner(c: char) -> bool {
    c == '+' || is_apostrophe(c) || is_hyphen(c) || is_accent(c)
}

/// An accent written after its letter.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Every term of the site, numbered as it is met: by several threads, so that a number means nothing outside
/// of one build, and nothing that is written depends on it.
#[derive(Default)]
pub(super) struct Vocabulary(Mutex<HashMap<String, u32>>);

impl Vocabulary {
    /// The numbers of the terms of a text, in order.
    pub(super) fn numbers(&self, text: &str) -> Vec<u32> {
        let terms = terms(text);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = |term: String| {
            // More than four thousand million terms would not fit in memory either.
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(term).or_insert(next)
        };
        terms.into_iter().map(number).collect()
    }

    /// The terms in their order, each with its number.
    pub(super) fn sorted(self) -> Vec<(String, u32)> {
        let known = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<(String, u32)> = known.into_iter().collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_one_number() {
        let vocabulary = Vocabulary::default();
        let numbers = vocabulary.numbers("l’école et les écoles, l'Ecole");
        assert_eq!(vocabulary.numbers("Écoles"), numbers[1..2]);
        assert_eq!((numbers.len(), numbers[0]), (3, numbers[2]));
        let sorted = vocabulary.sorted();
        assert_eq!(sorted, [("ecole".into(), numbers[0]), ("ecoles".into(), numbers[1])]);
    }

    #[test]
    fn words_of_a_text() {
        let check = |text: &str, expected: &[&str]| assert_eq!(terms(text), expected, "{text}");
        check("L’ENT de l'école", &["ent", "ecole"]);
        check("jusqu’aujourd’hui", &["aujourd", "hui"]);
        check("rendez-vous d’équipement", &["rendez", "vous", "rendezvous", "equipement"]);
        check("Le CŒUR, REP+ et 3e", &["coeur", "rep+", "3e"]);
        check("EN ce CE", &["en", "ce"]);
        check("- l' ’ + «»", &[]);
        check("le 1^{er} degré, 5^{ème}", &["1er", "degre", "5eme"]);
        check("e\u{301}le\u{300}ve", &["eleve"]);
        check("la ﬁche oﬃcielle, 5ᵉ et 20 m²", &["fiche", "officielle", "5e", "20", "m2"]);
    }
}
