//! The value that an editor meant, from what they wrote, whatever quotes, brackets and signs stand around it. What is
//! made here is a guess: `epreuve.rs` reads it before anybody sees it.

use toml::de::DeTable;

use super::{jours, keys::KeyForm};

/// A value without its signs, its texts as they stand between the quotes of TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Brut {
    /// One text.
    Seul(String),
    /// Texts of a list.
    Liste(Vec<String>),
}

/// Signs that people take for quotes, with those that close them.
const QUOTES: [(char, &str); 8] = [
    ('"', "\"”“"),
    ('\'', "'’"),
    ('“', "”\"“"),
    ('”', "”\""),
    ('„', "”“\""),
    ('«', "»"),
    ('‘', "’'"),
    ('`', "`"),
];

/// Most words of a text of a list that was written without quotes, between commas.
const FEW: usize = 3;

/// Words that a sentence goes on with after a comma.
const GO_ON: [&str; 8] = ["et ", "mais ", "ou ", "puis ", "car ", "donc ", "qui ", "que "];

fn closers(c: char) -> Option<&'static str> {
    QUOTES.iter().find(|(open, _)| *open == c).map(|(_, close)| *close)
}

/// True for the signs that end a line for those who write code, or speak to a machine.
fn is_extra(c: char) -> bool {
    matches!(c, ',' | ';' | '.')
}

/// The value as TOML writes it for a key of this form; `None` when there is a doubt.
pub(super) fn meant(forme: KeyForm, written: &str) -> Option<String> {
    // The commas of a text without quotes are its own, where one text is wanted.
    if matches!(forme, KeyForm::Texte) && written.starts_with(char::is_alphanumeric) {
        let text = between_quotes(bare(written)?, '\'')?;
        return toml_of(forme, Brut::Seul(text));
    }
    toml_of(forme, read(written)?)
}

/// The value of a form, from texts as they stand between quotes.
pub(super) fn toml_of(forme: KeyForm, brut: Brut) -> Option<String> {
    let quoted = |text: &str| format!("\"{text}\"");
    let list = |texts: Vec<String>| format!("[{}]", texts.join(", "));
    match (forme, brut) {
        (KeyForm::Textes, Brut::Liste(texts)) => {
            Some(list(texts.iter().map(|text| quoted(text)).collect()))
        }
        (KeyForm::Mots(_), Brut::Liste(texts)) => {
            Some(list(texts.iter().map(|text| quoted(text.trim())).collect()))
        }
        (KeyForm::Textes, Brut::Seul(text)) => Some(list(vec![quoted(&text)])),
        (KeyForm::Mots(_), Brut::Seul(text)) => {
            let words = text.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
            Some(list(words.map(quoted).collect()))
        }
        (KeyForm::Nombres, Brut::Seul(text)) => {
            let numbers = text.split([',', ';', ' ']).filter(|word| !word.is_empty());
            Some(list(numbers.map(number).collect::<Option<_>>()?))
        }
        (KeyForm::Nombres, Brut::Liste(texts)) => {
            Some(list(texts.iter().map(|text| number(text)).collect::<Option<_>>()?))
        }
        (KeyForm::Groupe(_) | KeyForm::Groupes(_), _) => None,
        // Where one value is wanted, a list of one is that one.
        (forme, Brut::Liste(texts)) => match texts.as_slice() {
            [text] => toml_of(forme, Brut::Seul(text.clone())),
            _ => None,
        },
        (KeyForm::Texte, Brut::Seul(text)) => Some(quoted(&text)),
        (
            KeyForm::Adresse | KeyForm::Destination | KeyForm::Identifiant | KeyForm::Mot(_),
            Brut::Seul(text),
        ) => Some(quoted(text.trim())),
        (KeyForm::Nombre, Brut::Seul(text)) => number(&text),
        (KeyForm::Pourcentage, Brut::Seul(text)) => number(text.trim().trim_end_matches('%')),
        (KeyForm::Drapeau, Brut::Seul(text)) => match crate::french::fold(text.trim()).as_str() {
            "true" | "vrai" | "oui" | "yes" => Some("true".into()),
            "false" | "faux" | "non" | "no" => Some("false".into()),
            _ => None,
        },
        (KeyForm::Jour, Brut::Seul(text)) => jours::iso(&text).ok(),
    }
}

fn number(text: &str) -> Option<String> {
    let digits = text.trim();
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let short = digits.trim_start_matches('0');
    is_number.then(|| if short.is_empty() { "0".into() } else { short.to_string() })
}

/// Value written after a key, without its comment, as texts.
pub(super) fn read(written: &str) -> Option<Brut> {
    let mut written = unwrapped(written.trim());
    if written.is_empty() || written.starts_with('{') || written.contains("\"\"\"") {
        return None;
    }
    if let Some(inner) = written.strip_prefix('[') {
        return items(inner).map(Brut::Liste);
    }
    if let Some(close) = closers(written.chars().next()?) {
        // A sign after the last quote is no part of the text.
        let bare = written.trim_end_matches(is_extra).trim_end();
        if bare.len() > 1 && bare.ends_with(|c| close.contains(c)) {
            written = bare;
        }
        let first = written.chars().next()?;
        let several = items(written).filter(|texts| texts.len() > 1);
        if let Some(texts) = several {
            return Some(Brut::Liste(texts));
        }
        let inner = &written[first.len_utf8()..];
        let inner = inner
            .strip_suffix(|c| close.contains(c))
            .or_else(|| inner.strip_suffix('»').filter(|inner| !inner.contains('«')))
            .unwrap_or(inner);
        // Quotes doubled around the text.
        let twice = inner.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
        let inner = twice.filter(|inner| !inner.contains('"')).unwrap_or(inner);
        return is_quoted_inside(inner).then(|| between_quotes(inner, first))?.map(Brut::Seul);
    }
    let bare = bare(written)?;
    let few = |piece: &&str| (1..=FEW).contains(&piece.split_whitespace().count());
    let mut pieces: Vec<&str> = bare.split([',', ';']).map(str::trim).collect();
    if let Some((before, last)) = pieces.last().and_then(|piece| piece.split_once(" et "))
        && pieces.len() > 1
    {
        pieces.pop();
        pieces.extend([before.trim(), last.trim()]);
    }
    let is_sentence = bare.ends_with(['.', '!', '?'])
        || pieces.iter().any(|piece| GO_ON.iter().any(|word| piece.starts_with(word)));
    if pieces.len() > 1 && !is_sentence && pieces.iter().all(few) {
        let texts = pieces.into_iter().map(|piece| between_quotes(piece, '\''));
        return texts.collect::<Option<_>>().map(Brut::Liste);
    }
    between_quotes(bare, '\'').map(Brut::Seul)
}

/// A value that no quote opens, without the signs after it.
fn bare(written: &str) -> Option<&str> {
    let bare = written.trim().trim_end_matches([',', ';']).trim_end();
    let is_a_figure = bare.starts_with(|c: char| c.is_ascii_digit());
    let bare = if is_a_figure { bare.trim_end_matches('.') } else { bare };
    match bare.matches('"').count() % 2 {
        // The first quote was forgotten.
        1 => bare.strip_suffix('"'),
        _ => Some(bare),
    }
}

/// Words between signs that are none of TOML: `(radio, langage)`, `<https://…>`, `{radio, langage}`.
fn unwrapped(written: &str) -> &str {
    let bare = written.trim_end_matches(is_extra);
    let between = |open: char, close: char| {
        let inner = bare.strip_prefix(open)?.strip_suffix(close)?.trim();
        (!inner.contains([open, close, '='])).then_some(inner)
    };
    let is_list = |inner: &&str| inner.starts_with('"') || inner.contains([',', ';']);
    let list = between('(', ')').or_else(|| between('{', '}')).filter(is_list);
    list.or_else(|| between('<', '>')).unwrap_or(written)
}

/// True when the quotes inside a text open and close words of it.
fn is_quoted_inside(inner: &str) -> bool {
    let inner = inner.replace("\\\"", "");
    let before = inner.find('"').and_then(|at| inner[..at].chars().next_back());
    inner.matches('"').count().is_multiple_of(2)
        && before.is_none_or(|c| c.is_whitespace() || "'’(«[-/".contains(c))
}

/// Text after a word that joins two texts between quotes: `"radio" et "langage"`.
fn after_word(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let after = ["et", "ou", "and", "/", "+", "&", "|", "-"]
        .iter()
        .find_map(|word| text.strip_prefix(word))?;
    let after = after.trim_start();
    after.starts_with(|c: char| closers(c).is_some()).then_some(after)
}

/// Texts of a list, after its opening bracket.
fn items(written: &str) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    let mut rest = written;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == ';');
        let Some(first) = rest.chars().next() else { return Some(texts) };
        if first == ']' {
            let left = rest.trim_start_matches(|c: char| c == ']' || is_extra(c) || c == ' ');
            return left.is_empty().then_some(texts);
        }
        if "[{".contains(first) {
            return None;
        }
        let (inner, after, quote) = match closers(first) {
            Some(close) => {
                let inner = &rest[first.len_utf8()..];
                let end = closing(inner, close)?;
                let sign = inner[end..].chars().next()?;
                (&inner[..end], &inner[end + sign.len_utf8()..], first)
            }
            None => {
                let end = rest.find([',', ';', ']']).unwrap_or(rest.len());
                (rest[..end].trim_end(), &rest[end..], '\'')
            }
        };
        // Quotes inside that do not go by two: where the text ends is not known.
        if inner.replace("\\\"", "").matches('"').count() % 2 == 1 {
            return None;
        }
        texts.push(between_quotes(inner, quote)?);
        rest = after_word(after).unwrap_or(after);
    }
}

/// Place of the quote that closes a text of a list: the first that something else follows.
fn closing(inner: &str, close: &str) -> Option<usize> {
    let ends = |at: usize, sign: char| {
        let after = &inner[at + sign.len_utf8()..];
        let next = after.trim_start();
        let is_joined = !inner[..at].ends_with(' ') && after_word(next).is_some();
        let is_parted = next.is_empty() || next.starts_with([',', ';', ']']) || is_joined;
        let is_between = !inner[..at].ends_with([' ', '\\'])
            && after.len() > next.len()
            && next.starts_with(|c: char| closers(c).is_some());
        (is_parted || is_between) && !inner[..at].ends_with('\\')
    };
    inner
        .char_indices()
        .find(|(at, sign)| close.contains(*sign) && ends(*at, *sign))
        .map(|(at, _)| at)
}

/// A text as it stands between the straight quotes of TOML. One that stood between others has no escape.
fn between_quotes(inner: &str, quote: char) -> Option<String> {
    let inner = if quote == '«' { inner.trim() } else { inner };
    if quote == '"' && is_toml(&format!("a = \"{inner}\"")) {
        return Some(inner.to_string());
    }
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(next @ ('"' | '\\'))) if quote == '"' => {
                out.extend(['\\', *next]);
                chars.next();
            }
            ('"' | '\\', _) => out.extend(['\\', c]),
            ('\n' | '\r', _) => return None,
            _ => out.push(c),
        }
    }
    Some(out)
}

/// True when a text has no mistake of TOML.
pub(super) fn is_toml(text: &str) -> bool {
    DeTable::parse_recoverable(text).1.is_empty()
}

/// A text as it is, between quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A value and the comment that follows it, with the spaces between them.
pub(super) fn without_comment(rest: &str) -> (&str, &str) {
    let from = rest.rfind(['"', '\'', '”', '»', '`', ']']).map_or(0, |at| at + 1);
    let from = (from..=rest.len()).find(|at| rest.is_char_boundary(*at)).unwrap_or(0);
    let is_comment = |at: &usize| *at == 0 || rest[..*at].ends_with([' ', '\t']);
    let at = rest[from..].match_indices('#').map(|(at, _)| from + at).find(is_comment);
    let value = rest[..at.unwrap_or(rest.len())].trim_end();
    (value, &rest[value.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Niveau;

    #[test]
    fn values_that_are_meant() {
        use KeyForm::{Drapeau, Jour, Mots, Nombre, Nombres, Texte, Textes};
        let niveaux = Mots(Niveau::MOTS);
        for (forme, written, expected) in [
            (Texte, "Collège Rosa-Parks, Nantes", "\"Collège Rosa-Parks, Nantes\""),
            (Textes, "Mme A, M. B et Mme C", "[\"Mme A\", \"M. B\", \"Mme C\"]"),
            (Texte, "« Une \"radio\" »", "\"Une \\\"radio\\\"\""),
            (Texte, "\"Une \"radio\" d'école\",", "\"Une \\\"radio\\\" d'école\""),
            (Texte, "“Une radio\"", "\"Une radio\""),
            (Texte, "'L'école'", "\"L'école\""),
            (Textes, "’équipe", "[\"’équipe\"]"),
            (Textes, "\"a\", \"b\"", "[\"a\", \"b\"]"),
            (Textes, "[\"a\",, \"b\",]", "[\"a\", \"b\"]"),
            (Textes, "[« a » ; “b”];", "[\"a\", \"b\"]"),
            (Textes, "[\"a\"]]", "[\"a\"]"),
            (
                Textes,
                "Un long texte qui parle, puis se tait",
                "[\"Un long texte qui parle, puis se tait\"]",
            ),
            (niveaux, "\"college, lycee\"", "[\"college\", \"lycee\"]"),
            (Nombre, "\"012\"", "12"),
            (Nombres, "12, 14", "[12, 14]"),
            (Drapeau, "« Vrai »", "true"),
            (Jour, "\"4 mars 2021\".", "2021-03-04"),
        ] {
            assert_eq!(meant(forme, written).as_deref(), Some(expected), "{written}");
        }
        for (forme, written) in [
            (Texte, "{ a = 1 }"),
            (Textes, "[\"radio, \"langage\"]"),
            (Texte, "\"Une radio\" pour tous"),
            (Nombres, "5-7"),
            (Drapeau, "\"peut-être\""),
            (Jour, "mars 2021"),
        ] {
            assert_eq!(meant(forme, written), None, "{written}");
        }
    }

    #[test]
    fn comments_stay_apart() {
        assert_eq!(without_comment("\"a # b\" # c"), ("\"a # b\"", " # c"));
        assert_eq!(without_comment("a b# c # d"), ("a b# c", " # d"));
        assert_eq!(without_comment("« a »"), ("« a »", ""));
    }
}
