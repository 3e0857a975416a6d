//! One mistake of a line of TOML, in the words of whoever writes fiches.

use std::ops::Range;

use super::*;

type Explained = (Range<usize>, &'static str, String);

const QUOTED: &str = "un texte s’écrit entre deux guillemets droits, sur une seule ligne : \"…\"";
const LISTED: &str = "une liste s’écrit entre crochets, avec des virgules : [\"…\", \"…\"]";

/// Mistake of a line: the words for it, the part to underline, the line to write.
pub(super) fn explain(line: &str, english: &str) -> Explained {
    let about = |word: &str| english.contains(word);
    let whole = 0..line.len();
    if about("duplicate key") {
        let title = line.starts_with('[');
        let key = line.find(['=', ']']).map_or(line, |end| &line[..end]);
        let what = if title { GROUP_TWICE } else { TWICE };
        let aide =
            if title { "réunissez leurs clés dans un seul" } else { "n’en gardez qu’une" };
        return (0..(key.trim_end().len() + usize::from(title)).min(line.len()), what, aide.into());
    }
    if line.starts_with('[') && about("table") {
        return (
            whole,
            "ce titre de groupe n’est pas fermé",
            "autant de crochets à la fin qu’au début : [[liens]]".into(),
        );
    }
    let key_end = line.find(['=', ':']).unwrap_or(line.len());
    let key = line[..key_end].trim_end();
    let rest = line.get(key_end + 1..).unwrap_or("").trim();
    if key.is_empty() && line.starts_with('=') {
        return (whole, NO_KEY, "par exemple : titre = \"Webradio en maternelle\"".into());
    }
    let marks = ["\"\"\"", "'''"].into_iter().find(|marks| rest.starts_with(marks));
    if let Some(marks) = marks.filter(|marks| rest.matches(marks).count() == 1) {
        let start = line.len() - rest.len();
        let aide = format!("ajoutez {marks} à la fin de ce texte");
        return (start..line.len(), NOT_CLOSED, aide);
    }
    if let Some(at) = hard_space(line) {
        let aide = "effacez-la et tapez une espace avec la barre d’espace".to_string();
        return (at..at + line[at..].chars().next().map_or(0, char::len_utf8), HARD_SPACE, aide);
    }
    if line[key_end..].starts_with(':') && is_bare(key) {
        return (whole, NO_EQUALS, written(key, if rest.is_empty() { "…" } else { rest }));
    }
    if !line[key_end..].starts_with('=') {
        return if ["comma", "array"].iter().any(|w| about(w)) || line.starts_with(['"', '{', ']']) {
            (
                whole,
                "cette liste est mal écrite : il manque une virgule ou un crochet",
                LISTED.into(),
            )
        } else {
            (
                whole,
                "cette ligne n’a pas la forme « clé = valeur »",
                "par exemple : titre = \"Webradio en maternelle\"".into(),
            )
        };
    }
    if !is_bare(key) {
        let better = slugify(key).replace('-', "_");
        return (0..key.len(), KEY_NOT_BARE, written(&better, rest));
    }
    let (message, aide) = wrong_value(key, rest, english);
    let start = line.len() - rest.len();
    (if rest.is_empty() { whole } else { start..start + value_of(rest).len() }, message, aide)
}

/// A value without the comment that may follow it.
pub(super) fn value_of(rest: &str) -> &str {
    let from = rest.rfind('"').map_or(0, |at| at + 1);
    match rest[from..].find(" #") {
        Some(at) => rest[..from + at].trim_end(),
        None => rest,
    }
}

/// A no-break space outside a text, where TOML knows only the plain one.
pub(super) fn hard_space(line: &str) -> Option<usize> {
    let mut inside = false;
    line.char_indices().find_map(|(at, c)| {
        inside ^= c == '"';
        (!inside && matches!(c, '\u{a0}' | '\u{202f}') && !line.contains(['«', '“'])).then_some(at)
    })
}

fn wrong_value(key: &str, value: &str, english: &str) -> (&'static str, String) {
    let about = |word: &str| english.contains(word);
    let value = value_of(value);
    let quotes = value.replace("\\\\", "").replace("\\\"", "").matches('"').count();
    if value.is_empty() {
        return ("il manque la valeur de cette clé", format!("écrivez : {key} = \"…\""));
    }
    if value.trim_start_matches(['[', ' ']).starts_with(['“', '”', '„', '«', '‘', '’']) {
        return (CURLY, written(key, &straightened(value)));
    }
    if let Some(wrong) = wrong_date(key, value, english) {
        return wrong;
    }
    if value.len() > 1 && value.starts_with('0') && value.bytes().all(|b| b.is_ascii_digit()) {
        let number = value.trim_start_matches('0');
        return ("un nombre ne commence pas par zéro", written(key, number));
    }
    if value.starts_with('"') && quotes == 2 && value.contains('\\') {
        return (
            "une barre oblique inversée annonce ici un signe qui n’existe pas",
            "écrivez deux barres à la place d’une : \\\\".into(),
        );
    }
    if value.starts_with('"') && quotes == 1 {
        return ("il manque le guillemet à la fin de ce texte", QUOTED.into());
    }
    if value.starts_with('"') && quotes > 2 || value.starts_with('\'') {
        return (
            "un guillemet ferme ce texte trop tôt",
            "à l’intérieur d’un texte, écrivez « … », ou \\\" à la place du guillemet".into(),
        );
    }
    if about("escape") {
        return (
            "une barre oblique inversée annonce ici un signe qui n’existe pas",
            "écrivez deux barres à la place d’une : \\\\".into(),
        );
    }
    if value.starts_with(['[', '{']) {
        return wrong_list(value, quotes, english);
    }
    // The parser takes « Nantes » for a misspelt « nan ».
    if about("must be quoted") || value.starts_with(char::is_alphabetic) && quotes == 0 {
        return wrong_word(key, value);
    }
    ("cette valeur est mal écrite", QUOTED.into())
}

/// A date written otherwise than TOML does.
fn wrong_date(key: &str, value: &str, english: &str) -> Option<(&'static str, String)> {
    if let Some(date) = iso_date(value) {
        return Some((DATE_ORDER, written(key, &date)));
    }
    let digits = value.starts_with(|c: char| c.is_ascii_digit());
    if digits && ["date", "time", "month", "day"].iter().any(|w| english.contains(w)) {
        return Some((NO_SUCH_DAY, "une date s’écrit année, mois, jour : 2021-03-04".into()));
    }
    if digits && value.contains(['/', '.', '-', ' ']) {
        return Some((
            "cette date est mal écrite",
            "une date s’écrit année sur quatre chiffres, mois, jour : 2021-03-04".into(),
        ));
    }
    None
}

/// A word without quotes, or a truth value in French.
fn wrong_word(key: &str, value: &str) -> (&'static str, String) {
    let known = [("vrai", "true"), ("oui", "true"), ("faux", "false"), ("non", "false")];
    let word = value.to_lowercase();
    if matches!(word.as_str(), "true" | "false") {
        return (LOWER, written(key, &word));
    }
    match known.iter().find(|(french, _)| *french == word) {
        Some((_, toml)) => (ENGLISH, written(key, toml)),
        None => (UNQUOTED, written(key, &format!("\"{value}\""))),
    }
}

fn wrong_list(value: &str, quotes: usize, english: &str) -> (&'static str, String) {
    let outside: String = value.split('"').step_by(2).collect();
    let more =
        |open: char, close: char| outside.matches(open).count() > outside.matches(close).count();
    let message = if quotes % 2 == 1 {
        "il manque un guillemet dans cette liste"
    } else if more('{', '}') {
        "il manque une accolade fermante"
    } else if more('[', ']') {
        "il manque un crochet à la fin de cette liste"
    } else if english.contains("comma") {
        "il manque une virgule dans cette liste"
    } else if english.contains("must be quoted") {
        "un texte de cette liste n’est pas entre guillemets"
    } else {
        "cette liste est mal écrite"
    };
    let inner = if value.contains('{') {
        "[{ vers = \"…\", preuve = \"…\" }]"
    } else {
        "[\"…\", \"…\"]"
    };
    (message, format!("une liste s’écrit entre crochets, avec des virgules : {inner}"))
}

/// « écrivez : clé = valeur », the value left out when it is long.
fn written(key: &str, value: &str) -> String {
    if value.chars().count() > 60 {
        format!("écrivez : {key} = \"…\"")
    } else {
        format!("écrivez : {key} = {value}")
    }
}

pub(super) fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
}

/// Quotes of a word processor as the straight ones of TOML.
pub(super) fn straightened(value: &str) -> String {
    let inner = value.strip_prefix('«').and_then(|rest| rest.strip_suffix('»'));
    if let Some(inner) = inner.filter(|inner| !inner.contains(['«', '»'])) {
        // A quotation inside the text.
        let inner = inner.trim().replace(['“', '”'], "\"").replace('"', "\\\"");
        return format!("\"{inner}\"");
    }
    let mut out = value.to_string();
    for space in [" ", "\u{a0}", "\u{202f}", ""] {
        out = out.replace(&format!("«{space}"), "\"").replace(&format!("{space}»"), "\"");
    }
    out = out.replace(['“', '”', '„'], "\"");
    if out.starts_with(['‘', '’']) {
        out = format!("\"{}\"", out.trim_matches(['‘', '’']));
    }
    out
}

const MONTHS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

/// `1/3/2022` and `1er mars 2022` as `2022-03-01`.
pub(super) fn iso_date(value: &str) -> Option<String> {
    if let [day, month, year] = value.split_whitespace().collect::<Vec<_>>().as_slice() {
        let day: u8 = day.trim_end_matches("er").parse().ok().filter(|d| (1..=31).contains(d))?;
        let month = MONTHS.iter().position(|name| *name == fold(month))? + 1;
        let year: u16 = year.parse().ok().filter(|y| (1900..=2999).contains(y))?;
        return Some(format!("{year}-{month:02}-{day:02}"));
    }
    let parts: Vec<u16> =
        value.split(['/', '.', '-']).map(|p| p.parse().ok()).collect::<Option<_>>()?;
    match parts.as_slice() {
        [day @ 1..=31, month @ 1..=12, year @ 1900..=2999] => {
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        // No month has the number 13: the month came first.
        [month @ 1..=12, day @ 13..=31, year @ 1900..=2999] => {
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        [year @ 1900..=2999, month @ 1..=12, day @ 1..=31] if !value.contains('-') => {
            Some(format!("{year}-{month:02}-{day:02}"))
        }
        _ => None,
    }
}
