//! TOML that cannot be read, explained by looking at the line itself: the parser's words are English
//! and speak of grammar, and its attempts to go on would bury one mistake under ten.

mod explain;

use explain::{explain, is_bare, iso_date, straightened};

use std::ops::Range;

use toml::de::DeTable;

use crate::{diag::Code, french::fold, source::slugify};

/// A mistake of syntax.
pub(super) struct Mistake {
    /// Kind of mistake.
    pub(super) code: Code,
    /// The whole line, without the spaces around it.
    pub(super) line: Range<usize>,
    /// The line mended, when there is no doubt.
    pub(super) line_mended: Option<String>,
    /// Text to underline.
    pub(super) range: Range<usize>,
    /// The mistake, in words.
    pub(super) message: &'static str,
    /// Advice: the line to write.
    pub(super) aide: String,
}

/// A text made readable.
pub(super) struct Recovered {
    /// The text, same length, where each line with a mistake is blank.
    pub(super) text: String,
    /// The mistakes, in order.
    pub(super) mistakes: Vec<Mistake>,
    /// True when the other lines can be trusted to mean what their editor meant.
    pub(super) trusted: bool,
}

/// Blanks the lines that cannot be read, one after the other. A mistake right after another may be its
/// consequence: unless each is wrong by itself, it is not told, and the text is not trusted.
pub(super) fn recover(text: &str) -> Recovered {
    let mut found = Recovered { text: text.to_string(), mistakes: Vec::new(), trusted: true };
    let mut last: Option<Range<usize>> = None;
    loop {
        let (_, errors) = DeTable::parse_recoverable(&found.text);
        let first = errors.iter().min_by_key(|e| e.span().map_or(0, |span| span.start));
        let Some(error) = first else { return found };
        let mut line = line_of(&found.text, error.span().unwrap_or(0..0));
        if let Some(opening) = unclosed_text(&found.text[..line.end]) {
            line = opening;
        }
        let apart = last.as_ref().is_none_or(|l| {
            let between = found.text.get(l.end..line.start);
            between.is_some_and(|t| !t.trim().is_empty())
                || is_wrong_alone(&text[l.clone()]) && is_wrong_alone(&text[line.clone()])
        });
        // Each mistake has the whole text read again.
        if line.is_empty() || !apart || found.mistakes.len() == MOST {
            found.trusted = false;
            return found;
        }
        let (part, message, aide) = explain(&text[line.clone()], error.message());
        found.mistakes.push(Mistake {
            code: code_of(message),
            line: line.clone(),
            line_mended: mended(&text[line.clone()], message),
            range: line.start + part.start..line.start + part.end,
            message,
            aide,
        });
        // Without its title, the keys of a group would be taken for those of another; the lines of a
        // text that is not closed, for keys.
        if text[line.clone()].starts_with('[') || message == NOT_CLOSED {
            found.trusted = false;
            return found;
        }
        found.text.replace_range(line.clone(), &" ".repeat(line.len()));
        last = Some(line);
    }
}

/// The line of an error, without spaces around it. An error at the beginning of a line is that of
/// what stands before it.
fn line_of(text: &str, span: Range<usize>) -> Range<usize> {
    let start = span.start.min(text.len());
    let at = match text.get(start..span.end) {
        Some(wrong) if !wrong.trim().is_empty() => start,
        _ => text.get(..start).unwrap_or("").trim_end().len().saturating_sub(1),
    };
    let at = (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let from = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let line = text[from..].lines().next().unwrap_or("");
    let lead = line.len() - line.trim_start().len();
    from + lead..from + line.trim_end().len().max(lead)
}

/// The line that opens a text of several lines which nothing closes.
fn unclosed_text(text: &str) -> Option<Range<usize>> {
    ["\"\"\"", "'''"].into_iter().find_map(|marks| {
        let all: Vec<usize> = text.match_indices(marks).map(|(at, _)| at).collect();
        let at = *all.last().filter(|_| all.len() % 2 == 1)?;
        let from = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let line = text[from..].lines().next().unwrap_or("");
        let lead = line.len() - line.trim_start().len();
        Some(from + lead..from + line.trim_end().len())
    })
}

/// True when a line has a mistake of its own, and opens nothing that goes on below it.
fn is_wrong_alone(line: &str) -> bool {
    let outside: String = line.split('"').step_by(2).collect();
    let opens =
        |open: char, close: char| outside.matches(open).count() > outside.matches(close).count();
    let names_something = line.starts_with('[') || line.find(['=', ':']).is_some_and(|at| at > 0);
    let goes_on = !line.starts_with('[') && (opens('[', ']') || opens('{', '}'));
    let is_item = line.starts_with(['"', '\'', '{', '}', ']', ',']);
    names_something && !goes_on && !is_item && !DeTable::parse_recoverable(line).1.is_empty()
}

/// Most mistakes told in one text: whoever made them mends these first.
const MOST: usize = 20;

const NOT_CLOSED: &str = "ce texte sur plusieurs lignes n’est pas fermé";
const NO_KEY: &str = "il manque le nom de la clé";
const LOWER: &str = "cette valeur s’écrit en minuscules";
const HARD_SPACE: &str = "il y a ici une espace insécable à la place d’une espace";
const TWICE: &str = "cette clé est écrite deux fois";
const GROUP_TWICE: &str = "ce groupe est écrit deux fois";
const NO_SUCH_DAY: &str = "cette date n’existe pas";
const NO_EQUALS: &str = "il manque le signe « = » entre la clé et la valeur";
const KEY_NOT_BARE: &str = "le nom d’une clé n’a ni accent, ni espace";
const CURLY: &str = "ces guillemets ne sont pas des guillemets droits";
const DATE_ORDER: &str = "cette date n’est pas écrite dans l’ordre année, mois, jour";
const UNQUOTED: &str = "ce texte n’est pas entre guillemets";
const ENGLISH: &str = "cette valeur s’écrit en anglais, sans guillemets";

fn code_of(message: &str) -> Code {
    match message {
        TWICE | GROUP_TWICE => Code::CleEnDouble,
        NO_SUCH_DAY => Code::DateImpossible,
        _ => Code::TomlInvalide,
    }
}

/// The line as its editor meant it, for the mistakes that leave no doubt: `None` unless it then reads
/// alone as TOML. A comment after the value is not risked.
fn mended(line: &str, message: &str) -> Option<String> {
    let at = line.find(['=', ':'])?;
    let (key, value) = (line[..at].trim(), line[at + 1..].trim());
    if line.contains('#') {
        return None;
    }
    let key = if message == KEY_NOT_BARE || !is_bare(key) {
        slugify(key).replace('-', "_")
    } else {
        key.to_string()
    };
    let value = match message {
        NO_EQUALS | KEY_NOT_BARE | HARD_SPACE => value.to_string(),
        CURLY => straightened(value),
        DATE_ORDER => iso_date(value)?,
        // A value that begins with a figure may well be meant as a date, or a number.
        UNQUOTED
            if value.starts_with(char::is_alphabetic) && !value.contains(['"', '\\', '[', '{']) =>
        {
            format!("\"{value}\"")
        }
        LOWER => value.to_lowercase(),
        ENGLISH => match value.to_lowercase().as_str() {
            "vrai" | "oui" => "true".into(),
            _ => "false".into(),
        },
        _ => return None,
    };
    let mended = format!("{key} = {value}");
    let (_, errors) = DeTable::parse_recoverable(&mended);
    errors.is_empty().then_some(mended)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> (Vec<(&str, &'static str)>, bool) {
        let found = recover(text);
        assert_eq!(found.text.len(), text.len());
        let told = found.mistakes.iter().map(|m| (&text[m.range.clone()], m.message));
        (told.collect(), found.trusted)
    }

    #[test]
    fn one_mistake_is_told_once() {
        for text in [
            "niveaux = [\"a\"\npoints = [\"b\"]\nautres = [\"c\"]\n",
            "titre = \"Prêt\nb = 1\n",
            "t = \"Une \"maison\"\"\nb = 1\n",
            "thé = \"x\"\nb = 1\n",
            "a =\nb = 1\n",
            "a\nb = 1\n",
            "d = 2022-02-30\nb = 1\n",
            "d = 01/03/2022\nb = 1\n",
        ] {
            let (told, trusted) = check(text);
            assert_eq!(told.len(), 1, "{text}: {told:?}");
            assert!(trusted, "{text}");
        }
    }

    #[test]
    fn two_mistakes_apart_are_both_told() {
        let (told, trusted) = check("a : 1\nb = 1\nc = oui\n");
        assert_eq!(told.iter().map(|t| t.0).collect::<Vec<_>>(), ["a : 1", "oui"]);
        assert!(trusted);
    }

    #[test]
    fn mistakes_of_their_own_in_a_row_are_all_told() {
        let text =
            "titre = « Une radio »\nthématique = \"a\"\nmots = [\"b\" \"c\"]\npoints = Un\nd = 1\n";
        let (told, trusted) = check(text);
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(trusted);
    }

    #[test]
    fn values() {
        for (text, part, message) in [
            (
                "a = \"C:\\Users\"\n",
                "\"C:\\Users\"",
                "une barre oblique inversée annonce ici un signe qui n’existe pas",
            ),
            ("a = 012\n", "012", "un nombre ne commence pas par zéro"),
            ("a =\u{a0}\"b\"\n", "\u{a0}", HARD_SPACE),
            ("a = True\n", "True", LOWER),
            ("a = oui # c\n", "oui", ENGLISH),
            ("a = 24/01/25\n", "24/01/25", "cette date est mal écrite"),
            ("a = 24 janvier 2025\n", "24 janvier 2025", DATE_ORDER),
            ("= \"x\"\n", "= \"x\"", NO_KEY),
            ("t = \"\"\"\nx\ny = 1\n", "\"\"\"", NOT_CLOSED),
        ] {
            assert_eq!(check(text).0, [(part, message)], "{text}");
        }
        assert_eq!(straightened("« Une \"radio\" »"), "\"Une \\\"radio\\\"\"");
    }

    #[test]
    fn what_follows_is_not_trusted_when_its_place_is_lost() {
        for text in [
            "[[liens]\nurl = 1\n",
            "t = [\n  \"a\",\n  \"b\"\nu = 1\nv = 2\n",
            "t = \"\"\"\nx\ny = 1\n",
        ] {
            let (told, trusted) = check(text);
            assert_eq!(told.len(), 1, "{text}: {told:?}");
            assert!(!trusted, "{text}");
        }
    }

    #[test]
    fn any_text_is_recovered() {
        for text in [
            "",
            "=",
            ":",
            "[",
            "]",
            "\"",
            "é",
            "\u{feff}",
            "a = “",
            "a = [«",
            "{",
            "= 1",
            "\r\n[a]\r\n[a]\r\n",
            "a = '''",
            "é = 'é",
        ] {
            recover(text);
        }
    }

    #[test]
    fn dates() {
        assert_eq!(iso_date("1/3/2022").as_deref(), Some("2022-03-01"));
        assert_eq!(iso_date("2022/03/01").as_deref(), Some("2022-03-01"));
        assert_eq!(iso_date("2022-02-30"), None);
        assert_eq!(iso_date("01/24/2025").as_deref(), Some("2025-01-24"));
        assert_eq!(iso_date("1er août 2025").as_deref(), Some("2025-08-01"));
        assert_eq!(iso_date("24/01/25"), None);
    }
}
