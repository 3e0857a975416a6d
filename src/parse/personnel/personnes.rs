//! Births and names of pupils.

use std::ops::Range;

use crate::{
    model::Personnelle,
    parse::mots::{among, words},
};

/// Years of birth of the living: one before is that of a figure of history.
const LIVING: Range<u32> = 1925..2100;
/// Characters between « né » and the day.
const NEAR: usize = 60;
/// Acronyms of schools, which follow « élève » and a word as a name would.
const ACRONYMS: [&str; 16] = [
    "ULIS", "SEGPA", "UPE", "CAP", "BTS", "BEP", "NSI", "SNT", "SVT", "EPS", "CDI", "DYS", "ENT",
    "EBEP", "EMI", "TNI",
];

/// Words before the day of a birth, with their accents or without.
const BORN: &str = "né, Né, NÉ, ne, Ne, NE, naissance, Naissance, NAISSANCE, DDN, ddn, Ddn, D.D.N.";

/// The births and the names of pupils of a text.
pub(super) fn find(text: &str) -> Vec<(Personnelle, Range<usize>)> {
    let mut list: Vec<(Personnelle, Range<usize>)> = Vec::new();
    for word in words(BORN) {
        for (at, _) in text.match_indices(word) {
            let range = birth(text, at, word.len());
            list.extend(range.map(|range| (Personnelle::Naissance, range)));
        }
    }
    for (at, word) in text.match_indices("lève") {
        let range = pupil(text, at, at + word.len());
        list.extend(range.map(|range| (Personnelle::Eleve, range)));
    }
    list
}

/// « né(e) le 12 mars 2010 », « née à Nantes le 12/03/2010 », « date de naissance : 2010-03-12 ».
fn birth(text: &str, at: usize, length: usize) -> Option<Range<usize>> {
    let word_end = at + length;
    let is_noun = text[at..].starts_with(['D', 'd']) || length > "naissanc".len();
    if !is_noun && text[..at].ends_with(char::is_alphanumeric) {
        return None;
    }
    if is_of_a_thing(&text[..at]) {
        return None;
    }
    let rest = &text[word_end..];
    // The marks of gender and number: « né(e)s », « né·e ».
    let rest =
        if is_noun { rest } else { rest.trim_start_matches(|c: char| "esES().·-•".contains(c)) };
    let after = rest.char_indices().nth(NEAR).map_or(rest, |(end, _)| &rest[..end]);
    let after = after.split(['\n', ';', '!', '?']).next().unwrap_or(after);
    if !after.starts_with(|c: char| c.is_whitespace() || c == ',' || is_noun && c == ':') {
        return None;
    }
    let offset = text.len() - rest.len();
    // « ne » without its accent is most often the other word.
    let is_bare = text[at..].starts_with(['n', 'N']) && text[at + 1..].starts_with(['e', 'E']);
    let begins = |(start, _): &(usize, char)| {
        let before = &after[..*start];
        after[*start..].starts_with(|c: char| c.is_ascii_digit())
            && !before.ends_with(char::is_alphanumeric)
            && (is_noun
                || before.ends_with(" le ") && (!is_bare || before == " le ")
                || before == " ")
    };
    let day = after
        .char_indices()
        .filter(begins)
        .find_map(|(start, _)| Some(start + date(&text[offset + start..])?));
    day.map(|end| at..offset + end)
}

/// Things that are born as people are.
const THINGS: &str = "association, atelier, blog, classe, club, collectif, dispositif, festival, groupe, idée, \
    journal, partenariat, plateforme, podcast, projet, radio, revue, réseau, site, équipe, \
    événement, webradio";

/// « le site est », « Ce projet, » before « né ».
fn is_of_a_thing(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(',');
    let verb = [" est", " était", " a été", " fut"];
    let subject = verb.iter().find_map(|verb| before.strip_suffix(verb)).unwrap_or(before);
    let noun =
        subject.trim_end_matches(',').rsplit([' ', '’', '\'', '\n']).next().unwrap_or_default();
    among(THINGS, &noun.to_lowercase())
}

const MONTHS: &str = "janvier, février, fevrier, mars, avril, mai, juin, juillet, août, aout, septembre, octobre, \
    novembre, décembre";

/// The length of the day that opens a text, when somebody born then may live.
fn date(text: &str) -> Option<usize> {
    let (first, mut at) = number(text, 0)?;
    if text[at..].starts_with("er ") {
        at += 2;
    }
    let sign = text[at..].chars().next().filter(|c| " /.-\u{a0}".contains(*c))?;
    at += sign.len_utf8();
    let month = words(MONTHS).find(|month| begins(&text[at..], month));
    at = match month {
        Some(month) => at + month.len() + 1,
        None => {
            let (_, end) = number(text, at).filter(|(month, _)| (1..=12).contains(month))?;
            end + sign.len_utf8()
        }
    };
    let (last, end) = number(text, at)?;
    let (day, year) = if first > 31 { (last, first) } else { (first, last) };
    let is_year = LIVING.contains(&year) || year < 100 && end - at == 2;
    let ends = !text[end..].starts_with(char::is_alphanumeric);
    ((1..=31).contains(&day) && is_year && ends).then_some(end)
}

/// The number at a place, of four digits at most, and where it ends.
fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let rest = text.get(at..)?;
    let count = rest.bytes().take_while(u8::is_ascii_digit).take(5).count();
    let value = rest[..count].parse().ok().filter(|_| count <= 4)?;
    Some((value, at + count))
}

/// True when a text begins with a word, whatever its case.
fn begins(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.to_lowercase() == word)
}

/// Words with a capital that follow « élève » and are no name: what they learn, where, how far they are.
const NO_NAMES: &str = "Allophone, Arrivant, Bac, Bilingue, Centre, Cité, Collège, Dys, Ecole, Erasmus, Espace, \
    Internes, Langue, Lycée, Maison, Notre, Nouveau, Numérique, Première, Saint, Sciences, \
    Seconde, Segpa, Terminale, École";

/// True of a word that names nobody, alone or in the plural.
fn is_no_name(word: &str) -> bool {
    let word = word.split('-').next().unwrap_or(word);
    among(NO_NAMES, word) || word.strip_suffix(['s', 'e']).is_some_and(|w| among(NO_NAMES, w))
}

/// « l’élève Camille EXEMPLE », « l’élève Camille Exemple »: a first name, then a name.
fn pupil(text: &str, at: usize, word_end: usize) -> Option<Range<usize>> {
    let before = text[..at].strip_suffix(['é', 'É'])?;
    if before.ends_with(char::is_alphanumeric) {
        return None;
    }
    let rest = text[word_end..].strip_prefix('s').unwrap_or(&text[word_end..]);
    let names = rest.trim_start_matches([' ', ':', '\u{a0}', '\u{202f}', ',']);
    let skipped = rest.len() - names.len();
    if skipped == 0 || skipped > 4 {
        return None;
    }
    let is_first = |c: char| c.is_alphabetic() || c == '-';
    let first = &names[..names.find(|c| !is_first(c)).unwrap_or(names.len())];
    let last = names[first.len()..].strip_prefix([' ', '\u{a0}'])?;
    let is_last = |c: char| c.is_alphanumeric() || "-'’".contains(c);
    let last =
        last[..last.find(|c| !is_last(c)).unwrap_or(last.len())].trim_end_matches(['-', '\'', '’']);
    let is_loud = last.chars().all(|c| c.is_uppercase() || "-'’".contains(c));
    let is_capitalised =
        last.starts_with(char::is_uppercase) && last.chars().skip(1).any(char::is_lowercase);
    let is_name = first.starts_with(char::is_uppercase)
        && first.chars().skip(1).any(char::is_lowercase)
        && last.chars().count() >= 2
        && (is_loud && !ACRONYMS.contains(&last)
            || is_capitalised && !is_no_name(first) && !is_no_name(last));
    let start = text.len() - names.len();
    let end = start
        + first.len()
        + names[first.len()..].chars().next().map_or(0, char::len_utf8)
        + last.len();
    is_name.then_some(start..end)
}

/// True when a name may follow « élève ».
pub(super) fn may_name(after: &[u8]) -> bool {
    let marks = |b: &&u8| b" s:,*_\xc2\xa0".contains(*b);
    let after = after.iter().find(|b| !marks(b));
    after.is_some_and(|b| b.is_ascii_uppercase() || *b == 0xc3)
}
