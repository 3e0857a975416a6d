//! A text → the words it can be found by. The search page cuts what is typed in the same way, with the
//! same lists, which the index hands over.

use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{HashMap, HashSet},
    sync::{LazyLock, Mutex, PoisonError},
};

use frostem::{Algorithm, Stemmer};
use rayon::prelude::*;

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

/// Bytes of the longest of them.
const EMPTY_LONGEST: usize = 5;

/// Whether a term is one of them. Every word of the site is asked.
fn is_empty(term: &str) -> bool {
    static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| EMPTY.into_iter().collect());
    KNOWN.contains(term)
}

/// Gives the terms of a text, in order. A word of several parts gives each of them, then itself in one piece:
/// `e-mail` is found by `mail` and by `email`.
pub(super) fn each_term(text: &str, give: &mut dyn FnMut(&str)) {
    let text = &*without_superscripts(text);
    let mut term = String::new();
    let mut at = 0;
    while at < text.len() {
        if let Some(end) = simple_word(text.as_bytes(), at, &mut term) {
            let word = &text[at..end];
            if !word.is_empty() && is_kept(word, &term) {
                give(&term);
            }
            // The sign that ended it is of no word.
            at = end + 1;
            continue;
        }
        let rest = &text[at..];
        let end = rest.find(|c| !is_of_a_word(c)).unwrap_or(rest.len());
        terms_of(&rest[..end], &mut term, give);
        at += end + rest[end..].chars().next().map_or(0, char::len_utf8);
    }
}

/// The end of the word that begins here, folded in `term`, when it has only the commonest letters of French and ends
/// at an ASCII sign that is of no word, or with the text. Nearly all do: reading them letter by letter, three times,
/// took 4 % more instructions of a build. `None` for the others.
fn simple_word(text: &[u8], from: usize, term: &mut String) -> Option<usize> {
    term.clear();
    let mut at = from;
    while let Some(byte) = text.get(at) {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => term.push(char::from(*byte)),
            b'A'..=b'Z' => term.push(char::from(byte.to_ascii_lowercase())),
            0xc3 => {
                term.push(char::from(folded(*text.get(at + 1)?)?));
                at += 1;
            }
            byte if !byte.is_ascii() || is_inner(char::from(*byte)) => return None,
            _ => break,
        }
        at += 1;
    }
    Some(at)
}

/// The letter that one of French folds to, when it does to one: of two bytes, the first being 0xC3, by the second.
/// Capitals and small letters have the same last five bits; `ÿ` shares them with `ß`, and is not told here.
fn folded(second: u8) -> Option<u8> {
    Some(match second & 0x1f {
        0x00 | 0x02 | 0x04 => b'a', // à â ä
        0x07 => b'c',               // ç
        0x08..=0x0b => b'e',        // è é ê ë
        0x0e | 0x0f => b'i',        // î ï
        0x14 | 0x16 => b'o',        // ô ö
        0x19 | 0x1b | 0x1c => b'u', // ù û ü
        _ => return None,
    })
}

/// Gives the terms of a run of letters, figures and signs that may be inside a word.
fn terms_of(run: &str, term: &mut String, give: &mut dyn FnMut(&str)) {
    if !run.bytes().any(may_part) {
        fr::fold_into(run, term);
        if !run.is_empty() && is_kept(run, term) {
            give(term);
        }
        return;
    }
    let mut pieces = run.split(is_apostrophe).peekable();
    while let Some(piece) = pieces.next() {
        let is_before = pieces.peek().is_some();
        if is_before {
            fr::fold_into(piece, term);
        }
        if !(is_before && ELISIONS.binary_search(&term.as_str()).is_ok()) {
            piece_terms(piece, term, give);
        }
    }
}

/// Whether a byte of UTF-8 may be of a sign inside a word that parts it, or changes what is before it. Most words hold
/// none, and are then read once and not five times.
fn may_part(byte: u8) -> bool {
    // The last four begin ’ and ‐, ʼ, and the accents written after their letter.
    matches!(byte, b'\'' | b'-' | b'+' | 0xe2 | 0xca | 0xcc | 0xcd)
}

/// `1^{er}` is the word that a page shows: « 1er ».
fn without_superscripts(text: &str) -> Cow<'_, str> {
    match fr::has_superscript(text) {
        true => Cow::Owned(text.replace("^{", "").replace('}', "")),
        false => Cow::Borrowed(text),
    }
}

fn piece_terms(piece: &str, term: &mut String, give: &mut dyn FnMut(&str)) {
    let parts = || {
        let parts = piece.split(is_hyphen).map(|part| part.trim_start_matches('+'));
        parts.filter(|part| !part.is_empty())
    };
    for part in parts() {
        fr::fold_into(part, term);
        if is_kept(part, term) {
            give(term);
        }
    }
    if parts().nth(1).is_some() {
        fr::fold_into(&parts().collect::<String>(), term);
        give(term);
    }
}

fn is_kept(word: &str, term: &str) -> bool {
    let is_single = |text: &str| text.chars().nth(1).is_none();
    let is_sigle = !word.chars().any(char::is_lowercase) && !is_single(word);
    let is_short = is_single(term) && !term.chars().all(|c| c.is_ascii_digit());
    is_sigle || !(is_short || term.len() <= EMPTY_LONGEST && is_empty(term))
}

/// Whether a sign is a letter, a figure, or may be inside a word.
fn is_of_a_word(c: char) -> bool {
    fr::is_alphanumeric(c) || is_inner(c)
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

/// The stems of forms: one for a family of words (Snowball's French algorithm, on folded letters).
pub(super) struct Stems(Stemmer);

impl Stems {
    pub(super) fn new() -> Self {
        Self(Stemmer::new(Algorithm::French))
    }

    pub(super) fn of(&self, form: &str) -> String {
        // What is not a word has no family.
        if form.chars().any(|c| !c.is_alphabetic()) {
            return form.to_string();
        }
        self.0.stem(form).into_owned()
    }
}

/// Every term of the site, numbered as it is met: by several threads, so that a number means nothing outside
/// of one build, and nothing that is written depends on it.
pub(super) struct Vocabulary {
    shards: Vec<Mutex<Known>>,
}

type Known = HashMap<Box<str>, u32>;

/// Letters of a word and the space after it, fewer than in most texts.
const LETTERS: usize = 6;

/// Threads seldom want the same shard at once.
const SHARDS: u32 = 64;

impl Vocabulary {
    pub(super) fn new() -> Self {
        let shards = (0..SHARDS).map(|_| Mutex::default()).collect();
        Self { shards }
    }

    /// The number of a term.
    fn number(&self, term: &str) -> u32 {
        // A few bytes are enough to spread them.
        let bytes = term.as_bytes();
        let at = |place: usize| bytes.get(place).copied().map_or(0, usize::from);
        let mixed = at(0) * 7 + at(bytes.len() / 2) * 31 + at(bytes.len().wrapping_sub(2)) * 17;
        let shard = (mixed + bytes.len()) % SHARDS as usize;
        let mut known = self.shards[shard].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = known.get(term) {
            return *number;
        }
        // More than four thousand million terms would not fit in memory either.
        let rank = u32::try_from(known.len()).unwrap_or(u32::MAX / SHARDS);
        let number = rank * SHARDS + u32::try_from(shard).unwrap_or(0);
        known.insert(term.into(), number);
        number
    }

    /// The terms in their order, each with its number.
    pub(super) fn sorted(self) -> Vec<(Box<str>, u32)> {
        let shards = self.shards.into_iter();
        let shards = shards.map(|shard| shard.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut all: Vec<(Box<str>, u32)> = shards.flatten().collect();
        all.par_sort_unstable();
        all
    }
}

/// The vocabulary, for one thread: the terms that it met lately are numbered without asking the others, whose locks
/// took nearly 2 % of a build.
pub(super) struct Nearby<'v> {
    all: &'v Vocabulary,
    met: RefCell<Known>,
}

impl<'v> Nearby<'v> {
    pub(super) fn of(all: &'v Vocabulary) -> Self {
        Self { all, met: RefCell::default() }
    }

    /// The numbers of the terms of a text, in order.
    pub(super) fn numbers(&self, text: &str) -> Vec<u32> {
        let mut met = self.met.borrow_mut();
        let mut found = Vec::with_capacity(text.len() / LETTERS);
        each_term(text, &mut |term| {
            let number = met.get(term).copied().unwrap_or_else(|| {
                let number = self.all.number(term);
                met.insert(term.into(), number);
                number
            });
            found.push(number);
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_term(text, &mut |term| found.push(term.to_string()));
        found
    }

    #[test]
    fn a_term_has_one_number() {
        let vocabulary = Vocabulary::new();
        let numbers = Nearby::of(&vocabulary).numbers("l’école et les écoles, l'Ecole");
        assert_eq!(Nearby::of(&vocabulary).numbers("Écoles"), numbers[1..2]);
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

    /// Short ways read as the long one does: every sign of two bytes at most, alone, beside letters and between them.
    #[test]
    fn simple_words_are_read_as_the_others() {
        let longly = |text: &str| {
            let (mut found, mut term) = (Vec::new(), String::new());
            for run in without_superscripts(text).split(|c| !is_of_a_word(c)) {
                terms_of(run, &mut term, &mut |term| found.push(term.to_string()));
            }
            found
        };
        for c in ('\0'..'\u{400}').chain("’‐«»…œ\u{202f}日".chars()) {
            for text in [
                format!("{c}"),
                format!("le{c}"),
                format!("{c}LE"),
                format!("Mot{c}clé l’été {c}{c} é{c}É-{c}"),
                format!("Bb{c} 1{c}2"),
            ] {
                assert_eq!(terms(&text), longly(&text), "{text:?}");
            }
        }
    }

    #[test]
    fn words_of_a_family_have_one_stem() {
        let stems = Stems::new();
        for family in
            [["equipe", "equipement"], ["enseignant", "enseignante"], ["format", "formation"]]
        {
            assert_eq!(stems.of(family[0]), stems.of(family[1]), "{family:?}");
        }
        assert_ne!(stems.of("directeur"), stems.of("direct"));
        assert_eq!(stems.of("rep+"), "rep+");
    }

    #[test]
    fn the_lists_are_sorted_and_folded() {
        for list in [&ELISIONS[..], &EMPTY[..]] {
            assert!(list.is_sorted());
            assert!(list.iter().all(|word| fr::fold(word) == *word));
        }
        assert_eq!(EMPTY.iter().map(|word| word.len()).max(), Some(EMPTY_LONGEST));
    }
}
