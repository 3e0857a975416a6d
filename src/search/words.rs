//! A text → the words it can be found by. The search page cuts what is typed in the same way, with the
//! same lists, which the index hands over.

use frostem::{Algorithm, Stemmer};

use crate::fr;

/// What elision leaves before an apostrophe.
pub(super) const ELISIONS: [&str; 15] = [
    "c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "presqu", "puisqu", "qu", "quelqu", "quoiqu",
    "s", "t",
];

/// Words that say nothing of a text, folded. One in capitals is kept: it is an acronym.
pub(super) const EMPTY: [&str; 62] = [
    "a", "afin", "ainsi", "au", "aux", "avec", "ce", "cela", "ces", "cet", "cette", "ceux", "chez",
    "comme", "dans", "de", "des", "donc", "dont", "du", "elle", "elles", "en", "entre", "est",
    "et", "etre", "eux", "il", "ils", "la", "le", "les", "leur", "leurs", "lui", "mais", "ne",
    "nos", "notre", "nous", "on", "ont", "ou", "par", "pas", "pour", "que", "qui", "sa", "sans",
    "se", "ses", "si", "son", "sont", "sur", "un", "une", "vers", "vos", "votre",
];

/// The terms of a text, in order. A word of several parts gives each of them, then itself in one piece:
/// `e-mail` is found by `mail` and by `email`.
pub(super) fn terms(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for run in text.split(|c: char| !(c.is_alphanumeric() || is_inner(c))) {
        let mut pieces = run.split(is_apostrophe).peekable();
        while let Some(piece) = pieces.next() {
            let elided = pieces.peek().is_some() && ELISIONS.contains(&fr::fold(piece).as_str());
            if !elided {
                piece_terms(piece, &mut found);
            }
        }
    }
    found
}

fn piece_terms(piece: &str, found: &mut Vec<String>) {
    let parts: Vec<&str> =
        piece.split(is_hyphen).map(|part| part.trim_start_matches('+')).collect();
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    for part in &parts {
        let term = fr::fold(part);
        if is_kept(part, &term) {
            found.push(term);
        }
    }
    if parts.len() > 1 {
        found.push(fr::fold(&parts.concat()));
    }
}

fn is_kept(word: &str, term: &str) -> bool {
    let is_sigle = word.chars().count() > 1 && !word.chars().any(char::is_lowercase);
    let is_short = term.chars().count() < 2 && !term.chars().all(|c| c.is_ascii_digit());
    is_sigle || !(is_short || EMPTY.contains(&term))
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

/// The stems of terms: one for the forms of a word (Snowball's French algorithm, on folded letters).
pub(super) struct Stems(Stemmer);

impl Stems {
    pub(super) fn new() -> Self {
        Self(Stemmer::new(Algorithm::French))
    }

    pub(super) fn of(&self, term: &str) -> String {
        // What is not a word has no forms.
        if term.chars().any(|c| !c.is_alphabetic()) {
            return term.to_string();
        }
        self.0.stem(term).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_text() {
        let check = |text: &str, expected: &[&str]| assert_eq!(terms(text), expected, "{text}");
        check("L’ENT de l'école", &["ent", "ecole"]);
        check("jusqu’aujourd’hui", &["aujourd", "hui"]);
        check("rendez-vous d’équipement", &["rendez", "vous", "rendezvous", "equipement"]);
        check("Le CŒUR, REP+ et 3e", &["coeur", "rep+", "3e"]);
        check("EN ce CE", &["en", "ce"]);
        check("- l' ’ + «»", &[]);
        check("e\u{301}le\u{300}ve", &["eleve"]);
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let stems = Stems::new();
        for forms in
            [["eleve", "eleves"], ["numerique", "numeriques"], ["enseignant", "enseignante"]]
        {
            assert_eq!(stems.of(forms[0]), stems.of(forms[1]), "{forms:?}");
        }
        assert_eq!(stems.of("rep+"), "rep+");
    }

    #[test]
    fn the_lists_are_sorted_and_folded() {
        for list in [&ELISIONS[..], &EMPTY[..]] {
            assert!(list.is_sorted());
            assert!(list.iter().all(|word| fr::fold(word) == *word));
        }
    }
}
