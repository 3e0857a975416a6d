//! Births and names of pupils.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use crate::{
    model::Personnelle,
    parse::{
        motifs::{LETTER, group, kept, motif},
        mots::among,
    },
};

/// Characters after « né » where the whole day is looked for.
const NEAR: usize = 76;
/// Acronyms of schools, which follow « élève » and a word as a name would.
const ACRONYMS: [&str; 16] = [
    "ULIS", "SEGPA", "UPE", "CAP", "BTS", "BEP", "NSI", "SNT", "SVT", "EPS", "CDI", "DYS", "ENT",
    "EBEP", "EMI", "TNI",
];

/// Words before the day of a birth, with their accents or without, and the marks of gender and number: « né(e)s »,
/// « né·e ». « ne » without its accent is most often the other word, and things are born as people are.
pub(super) static BORN: LazyLock<Regex> = LazyLock::new(|| {
    motif(&format!(
        r"(?x)
        (?<thing> (?-u:\b{{start-half}})
          (?i:association|atelier|blog|classe|club|collectif|dispositif|festival|groupe|idée|journal|partenariat
            |plateforme|podcast|projet|radio|revue|réseau|site|équipe|événement|webradio)
          ,? (?:\ est|\ était|\ a\ été|\ fut)? ,? \s* )?
        (?: (?<noun> [Nn]aissance|NAISSANCE|DDN|[Dd]dn|D\.D\.N\.)
          | (?:^|[^{LETTER}]) (?<born> (?: (?<bare> [nN][eE]) | [nN][éÉ] ) [esES().·•-]* ) )",
    ))
});

/// A day when somebody who lives may be born: one before 1925 is that of a figure of history.
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    let day = "(?:0?[1-9]|[12][0-9]|3[01])";
    let month = "(?:0?[1-9]|1[0-2]|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre\
        |octobre|novembre|d[ée]cembre)";
    let year = "19(?:2[5-9]|[3-9][0-9])|20[0-9]{2}";
    let sign = r"[\ \u{a0}/.-]";
    motif(&format!(
        r"(?xi) (?:^|[^{LETTER}])
        (?<day> {day}(?:er)?{sign}{month}{sign}(?:{year}|[0-9]{{2}}) | (?:{year}|3[2-9]|[4-9][0-9]){sign}{month}{sign}{day} )
        (?:[^{LETTER}]|$)"
    ))
});

/// A first name, then a name, after « élève ».
static ELEVE: LazyLock<Regex> = LazyLock::new(|| {
    motif(&format!(
        r"(?x) (?:^|[^{LETTER}]) [éÉ]lèves? [\ :,\u{{a0}}\u{{202f}}]{{1,4}}
        (?<both> (?<first> \p{{Lu}}[{LETTER}-]* ) [\ \u{{a0}}] (?<last> \p{{Lu}}[{LETTER}'’-]*{LETTER} ) )",
    ))
});

/// The births and the names of pupils of a text.
pub(super) fn find(text: &str) -> Vec<(Personnelle, Range<usize>)> {
    let mut list = kept(&BORN, text, |found| {
        let day = birth(text, found).map(|range| (Personnelle::Naissance, range));
        day.ok_or(found.get_match().end())
    });
    let pupils = ELEVE.captures_iter(text).filter(|found| is_name(&found["first"], &found["last"]));
    list.extend(pupils.map(|found| (Personnelle::Eleve, group(&found, "both"))));
    list
}

/// « né(e) le 12 mars 2010 », « née à Nantes le 12/03/2010 », « date de naissance : 2010-03-12 ».
fn birth(text: &str, found: &Captures<'_>) -> Option<Range<usize>> {
    let is_noun = found.name("noun").is_some();
    let word = if is_noun { group(found, "noun") } else { group(found, "born") };
    let rest = &text[word.end..];
    let begins = rest.starts_with(|c: char| c.is_whitespace() || c == ',' || is_noun && c == ':');
    if found.name("thing").is_some() || !begins {
        return None;
    }
    let near = rest.char_indices().nth(NEAR).map_or(rest.len(), |(end, _)| end);
    let near = rest[..near].split(['\n', ';', '!', '?']).next()?;
    let day = DAY.captures_iter(near).map(|found| group(&found, "day")).find(|day| {
        let before = &near[..day.start];
        let is_far = !matches!(before, " " | " le ");
        is_noun || !is_far || found.name("bare").is_none() && before.ends_with(" le ")
    })?;
    Some(word.start..word.end + day.end)
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

/// « Camille EXEMPLE », « Camille Exemple »: a first name, then a name.
fn is_name(first: &str, last: &str) -> bool {
    let is_loud = last.chars().all(|c| c.is_uppercase() || "-'’".contains(c));
    match is_loud {
        _ if !first.contains(char::is_lowercase) || first.contains(char::is_numeric) => false,
        true => !ACRONYMS.contains(&last),
        false => last.contains(char::is_lowercase) && !is_no_name(first) && !is_no_name(last),
    }
}
