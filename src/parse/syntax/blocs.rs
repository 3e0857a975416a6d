//! A mistake that several lines hold together: a list of several lines, a list of dashes below its key, a text that
//! goes on to the next line. The line that they meant is one.

use std::ops::Range;

use super::{Mistake, PLAIN, Parts, is_title, meant::value_of, parts};
use crate::parse::{
    ailleurs::same_key,
    keys::KeyGroup,
    valeur::{quoted, without_comment},
};

/// Most lines of a mistake.
const MOST: usize = 40;

/// Lines that go together.
pub(super) struct LineGroup {
    /// Their place, without the spaces around.
    pub(super) place: Range<usize>,
    /// The line that was meant.
    pub(super) mended: String,
    /// The mistake in words, when that of the line alone would mislead.
    pub(super) message: Option<&'static str>,
}

impl LineGroup {
    /// Gives the mistake of a line the place of all of them, and their meaning.
    pub(super) fn told(self, mistake: &mut Mistake, line: Range<usize>) {
        mistake.line = line;
        mistake.mended = Some(self.mended);
        if let Some(message) = self.message {
            mistake.message = message.into();
        }
    }
}

/// The lines that the mistake of one of them belongs to, when they have a meaning together.
pub(super) fn bloc(text: &str, here: &Range<usize>, groupe: &KeyGroup) -> Option<LineGroup> {
    let start = opening(text, here.start, groupe)?;
    let first = text[start..].lines().next()?;
    let Parts { key, value, comment, .. } = parts(first, groupe)?;
    let key = same_key(key, groupe)?;
    if !comment.is_empty() {
        return None;
    }
    let below: Vec<&str> =
        text[start..].lines().skip(1).take(MOST).take_while(|line| !begins(line, groupe)).collect();
    let (lines, value, message) = joined(value, &below)?;
    let value = value_of(groupe, key, &value)?;
    let mut end = start;
    for line in text[start..].split_inclusive('\n').take(lines + 1) {
        end += line.len();
    }
    let from = start + first.len() - first.trim_start_matches(PLAIN).len();
    let to = start + text[start..end].trim_end().len();
    (to >= here.end).then(|| LineGroup {
        place: from..to,
        mended: format!("{key} = {value}"),
        message,
    })
}

/// Beginning of the line of the key that a line goes on with.
fn opening(text: &str, at: usize, groupe: &KeyGroup) -> Option<usize> {
    let mut start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    for _ in 0..MOST {
        if begins(text[start..].lines().next()?, groupe) {
            return Some(start);
        }
        start = text[..start.checked_sub(1)?].rfind('\n').map_or(0, |end| end + 1);
    }
    None
}

/// True when a line begins something: a key, the title of a group.
fn begins(line: &str, groupe: &KeyGroup) -> bool {
    let line = line.trim();
    let is_item = line.starts_with(['-', '*', '•', '"', '\'', '“', '«', ']', '{']);
    is_title(line)
        || !is_item
            && parts(line, groupe)
                .is_some_and(|p| !p.sign.is_empty() && !p.key.contains(['/', ' ']))
            && !line.starts_with("http")
}

/// The value of lines that go together, with how many of them there are below the first.
fn joined(value: &str, below: &[&str]) -> Option<(usize, String, Option<&'static str>)> {
    if value.is_empty() || dash(value).is_some() {
        let items: Vec<&str> = below.iter().map_while(|line| dash(line)).collect();
        let first = dash(value).into_iter();
        let all: Vec<String> = first.chain(items.iter().copied()).map(item).collect();
        let message = "cette liste s’écrit entre crochets, sans tirets";
        return (!all.is_empty() && !all.iter().any(String::is_empty))
            .then(|| (items.len(), format!("[{}]", all.join(", ")), Some(message)));
    }
    if let Some(inner) = value.strip_prefix('[') {
        return list(inner, below);
    }
    for marks in ["\"\"\"", "\""] {
        let Some(inner) = value.strip_prefix(marks).filter(|inner| !inner.contains('"')) else {
            continue;
        };
        let last = below.iter().position(|line| line.contains('"'));
        let filled = below.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |at| at + 1);
        let lines = match (last, marks.len()) {
            (Some(last), 1) => last + 1,
            (None, 3) => filled,
            _ => return None,
        };
        let texts = std::iter::once(inner).chain(below[..lines].iter().copied());
        let text: Vec<&str> = texts.map(str::trim).filter(|text| !text.is_empty()).collect();
        let text = text.join(" ");
        let text = text.trim_end_matches([',', ';', ' ']);
        let text = text.strip_suffix('"').unwrap_or(text);
        let message = "ce texte va à la ligne avant le guillemet qui le ferme";
        return (!text.contains('"'))
            .then(|| (lines, quoted(text), (lines > 0).then_some(message)));
    }
    None
}

/// A list that was opened, up to the line that closes it, or to the last that can be of it.
fn list(inner: &str, below: &[&str]) -> Option<(usize, String, Option<&'static str>)> {
    let closes = |line: &&str| line.trim_end_matches([',', ';', ' ', '\t', '\r']).ends_with(']');
    if inner.contains(']') {
        return None;
    }
    let lines = match below.iter().position(closes) {
        Some(last) => last + 1,
        None => below.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |at| at + 1),
    };
    let mut items = Vec::new();
    for line in std::iter::once(inner).chain(below[..lines].iter().copied()) {
        let (line, comment) = without_comment(line.trim());
        // A comment would be lost; a text of two lines, cut.
        if !comment.is_empty() || !line.replace("\\\"", "").matches('"').count().is_multiple_of(2) {
            return None;
        }
        items.push(dash(line).unwrap_or(line).trim_end_matches([']', ',', ';', ' ']));
    }
    items.retain(|item| !item.is_empty());
    (lines > 0 && !items.is_empty()).then(|| (lines, format!("[{}]", items.join(", ")), None))
}

/// The item of a line that begins with a dash or a dot.
fn dash(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = line.strip_prefix(['-', '*', '•', '–'])?;
    rest.starts_with([' ', '\t', '\u{a0}']).then(|| rest.trim())
}

/// An item between quotes.
fn item(text: &str) -> String {
    let text = text.trim_end_matches([',', ';', ' ']);
    match text.starts_with(['"', '\'', '«', '“']) || text.is_empty() {
        true => text.to_string(),
        false => quoted(text),
    }
}
