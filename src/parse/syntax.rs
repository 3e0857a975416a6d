//! TOML that cannot be read, explained by looking at the line itself: the parser's words are English
//! and speak of grammar, and its attempts to go on would bury one mistake under ten.

mod blocs;
mod explain;
mod meant;

use std::ops::Range;

use blocs::{LineGroup, bloc};
use explain::{Faute, explain};
use meant::{another, mended};
use toml::de::DeTable;

use super::{
    ailleurs::{self, same_key},
    keys::{KeyForm, KeyGroup},
    signes,
    valeur::{is_toml, without_comment},
};
use crate::diag::Code;

/// A mistake of syntax.
pub(super) struct Mistake {
    /// Kind of mistake.
    pub(super) code: Code,
    /// The whole line, without the spaces of TOML around it.
    pub(super) line: Range<usize>,
    /// The line that was meant, as far as that can be guessed.
    pub(super) mended: Option<String>,
    /// Text to underline.
    pub(super) range: Range<usize>,
    /// The mistake, in words.
    pub(super) message: String,
    /// Advice when no line is to be written.
    pub(super) aide: String,
}

/// A text made readable.
pub(super) struct Recovered {
    /// The text, where each line with a mistake is as it was meant, or blank.
    pub(super) text: String,
    /// The mistakes, in order.
    pub(super) mistakes: Vec<Mistake>,
    /// True when the other lines can be trusted to mean what their editor meant.
    pub(super) trusted: bool,
    /// Lines replaced: their place in the text as it is written, and the length of what took it.
    replaced: Vec<(Range<usize>, usize)>,
}

impl Recovered {
    /// Place in the text as it is written of a place of this one. Inside a line that was replaced, it is that line.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
        signes::written(range, &self.replaced)
    }

    /// True for what is said of a line that has its own message.
    pub(super) fn is_told(&self, range: &Range<usize>) -> bool {
        self.mistakes.iter().any(|m| m.line.start <= range.start && range.end <= m.line.end)
    }

    /// True when a line could not be guessed: the keys that it holds are not known.
    pub(super) fn has_blanks(&self) -> bool {
        self.mistakes.iter().any(|mistake| mistake.mended.is_none())
    }
}

/// Replaces the lines that cannot be read, one after the other, by what they meant. A mistake right after a line that
/// could not be guessed may be its consequence: unless each is wrong by itself, it is not told, and the text is not
/// trusted.
pub(super) fn recover(text: &str, groupe: &'static KeyGroup) -> Recovered {
    let mut found = Recovered {
        text: text.to_string(),
        mistakes: Vec::new(),
        trusted: true,
        replaced: Vec::new(),
    };
    if !is_toml(text) {
        found.single_brackets(text, groupe);
    }
    loop {
        let (_, errors) = DeTable::parse_recoverable(&found.text);
        let first = errors.iter().min_by_key(|e| e.span().map_or(0, |span| span.start));
        let Some(error) = first else { return found };
        let mut here = line_of(&found.text, error.span().unwrap_or(0..0));
        if let Some(opening) = unclosed_text(&found.text[..here.end]) {
            here = opening;
        }
        let together = found.together(&here, groupe);
        let place = together.as_ref().map_or(here.clone(), |lines| lines.place.clone());
        let line = found.written(place.clone());
        if let Some(again) = found.mistakes.iter_mut().find(|m| m.line.start == line.start) {
            // What was guessed is no better.
            if again.mended.take().is_none() {
                found.trusted = false;
                return found;
            }
            found.put(place, line, None);
            continue;
        }
        let before = found.mistakes.iter().filter(|last| last.line.end <= line.start);
        let last = before.max_by_key(|last| last.line.start).filter(|last| last.mended.is_none());
        let apart = last.is_none_or(|last| {
            let between = text.get(last.line.end..line.start);
            between.is_some_and(|t| !t.trim().is_empty())
                || is_wrong_alone(&text[last.line.clone()]) && is_wrong_alone(&text[line.clone()])
        });
        // Each mistake has the whole text read again.
        if line.is_empty() || !apart || found.mistakes.len() == MOST {
            found.trusted = false;
            return found;
        }
        let (alone, above) = (found.written(here.clone()), &found.text[..here.start]);
        let mut mistake = mistake(text, alone, error.message(), groupe, above);
        if let Some(lines) = together {
            lines.told(&mut mistake, line);
        }
        let is_title = text[mistake.line.clone()].starts_with('[');
        let is_lost = mistake.mended.is_none() && (is_title || mistake.message == NOT_CLOSED);
        found.put(place, mistake.line.clone(), mistake.mended.as_deref());
        found.mistakes.push(mistake);
        // Without its title, the keys of a group would be taken for those of another; the lines of a
        // text that is not closed, for keys.
        if is_lost {
            found.trusted = false;
            return found;
        }
    }
}

/// The mistake of a line, after what was read above it.
fn mistake(
    text: &str,
    line: Range<usize>,
    english: &str,
    groupe: &'static KeyGroup,
    above: &str,
) -> Mistake {
    let written = &text[line.clone()];
    let here = group_at(groupe, above);
    let Faute { part, message, aide, code } = explain(written, english, here);
    Mistake {
        code,
        range: line.start + part.start..line.start + part.end,
        mended: match code {
            Code::CleEnDouble => another(written, here, above),
            _ => mended(written, groupe, here, above).filter(|mended| mended != written),
        },
        line,
        message,
        aide,
    }
}

impl Recovered {
    /// The lines that a mistake belongs to, unless they were tried already.
    fn together(&self, here: &Range<usize>, root: &'static KeyGroup) -> Option<LineGroup> {
        let alone = self.written(here.clone());
        let holds = |m: &Mistake| m.line.start <= alone.start && alone.end <= m.line.end;
        let group = group_at(root, &self.text[..here.start]);
        match self.mistakes.iter().any(holds) {
            true => None,
            false => bloc(&self.text, here, group),
        }
    }

    /// Gives their double brackets to the titles of groups that there may be several of.
    fn single_brackets(&mut self, text: &str, groupe: &KeyGroup) {
        let mut at = 0;
        for whole in text.split_inclusive('\n') {
            let line = whole.trim_end();
            let start = at;
            at += whole.len();
            let name = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
            let champ = name.and_then(|name| groupe.champ(name));
            let Some(champ) = champ.filter(|c| matches!(c.forme, KeyForm::Groupes(_))) else {
                continue;
            };
            let line = start..start + line.len();
            // Each title before this one is two signs longer.
            let moved = 2 * self.mistakes.len();
            let mended = format!("[[{}]]", champ.nom);
            self.put(line.start + moved..line.end + moved, line.clone(), Some(&mended));
            self.mistakes.push(Mistake {
                code: Code::TomlInvalide,
                range: line.clone(),
                line,
                mended: Some(mended),
                message: "ce titre de groupe a des crochets simples : il peut y en avoir plusieurs, chacun a des crochets doubles".into(),
                aide: "écrivez-le entre crochets doubles".into(),
            });
        }
    }

    /// Puts a line in the place of another, or blanks it.
    fn put(&mut self, here: Range<usize>, line: Range<usize>, mended: Option<&str>) {
        let blank = " ".repeat(line.len());
        let put = mended.unwrap_or(&blank);
        self.text.replace_range(here, put);
        self.replaced.retain(|(known, _)| known.start != line.start);
        self.replaced.push((line, put.len()));
        self.replaced.sort_by_key(|(line, _)| line.start);
    }
}

/// The group of the keys that follow this text.
fn group_at(groupe: &'static KeyGroup, before: &str) -> &'static KeyGroup {
    let mut titles = before.lines().rev().map(str::trim);
    let Some(title) = titles.find(|line| is_title(line)) else { return groupe };
    let name = title.trim_matches(['[', ']', ' ']);
    name.split('.').fold(groupe, |around, part| {
        let forme = around.champ(part.trim()).map(|champ| champ.forme).or(around.autres);
        match forme {
            Some(KeyForm::Groupe(below) | KeyForm::Groupes(below)) => below,
            _ => around,
        }
    })
}

/// True for `[group]` and `[[group]]`; not for a list of texts.
pub(super) fn is_title(line: &str) -> bool {
    let name = line.trim_start_matches('[');
    let is_one = name.len() < line.len() && name.trim_start().starts_with(char::is_alphabetic);
    is_one && name.trim_end().ends_with(']') && !name.contains([',', '"', '\''])
}

/// The line of an error, without spaces around it. An error at the beginning of a line is that of
/// what stands before it.
fn line_of(text: &str, span: Range<usize>) -> Range<usize> {
    let start = span.start.min(text.len());
    let at = match text.get(start..span.end) {
        Some(wrong) if !wrong.trim_matches([' ', '\t', '\r', '\n']).is_empty() => start,
        _ => text.get(..start).unwrap_or("").trim_end().len().saturating_sub(1),
    };
    let at = (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let from = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let line = text[from..].lines().next().unwrap_or("");
    let lead = line.len() - line.trim_start_matches(PLAIN).len();
    from + lead..from + line.trim_end_matches(PLAIN).len().max(lead)
}

/// Spaces that TOML knows.
const PLAIN: [char; 2] = [' ', '\t'];

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

/// A line cut where its key ends.
pub(super) struct Parts<'l> {
    /// The key as it is written.
    key: &'l str,
    /// Signs between the key and the value; empty when the sign « = » was forgotten.
    sign: &'l str,
    /// The value, without its comment.
    value: &'l str,
    /// The comment, with the spaces before it.
    comment: &'l str,
}

/// Cuts a line, without the spaces that nobody tells from others around it.
fn parts<'l>(line: &'l str, groupe: &KeyGroup) -> Option<Parts<'l>> {
    let line = line.trim();
    let separator = |c: char| matches!(c, '=' | ':');
    let known = |key: &str| same_key(key, groupe).is_some();
    let cut = line.find(separator).filter(|at| {
        let key = line[..*at].trim();
        !key.is_empty()
            && (known(key) || !key.contains(char::is_whitespace) || line.as_bytes()[*at] == b'=')
    });
    let (key, sign, rest) = match cut {
        Some(at) => {
            let end = at + signs(&line[at..]);
            (&line[..at], line[at..end].trim_end(), &line[end..])
        }
        None => {
            let end = line.find(|c: char| c.is_whitespace() || "\"“«'".contains(c))?;
            let spaces = line[end..].len() - line[end..].trim_start().len();
            let from = end + spaces;
            let to = from + signs(&line[from..]);
            (&line[..end], line[from..to].trim_end(), &line[to..])
        }
    };
    let key = key.trim().trim_matches(['-', '*', '"', '\'']).trim();
    if cut.is_none() && !known(key) {
        return None;
    }
    let (value, comment) = without_comment(rest.trim());
    Some(Parts { key, sign, value, comment })
}

/// Length of the signs that stand between a key and its value: « = », « : », « == », « = = », « -> ».
fn signs(text: &str) -> usize {
    let mut rest = text;
    for sign in ["->", "→", "=>", ":=", "=", ":", "=", ">"] {
        rest = rest.strip_prefix(sign).map_or(rest, str::trim_start);
    }
    text.len() - rest.len()
}

/// True for the line of a key that the group has.
pub(super) fn names_key(line: &str, groupe: &KeyGroup) -> bool {
    let known = |key: &str| same_key(key, groupe).is_some() || ailleurs::key(key, groupe).is_some();
    parts(line, groupe).is_some_and(|parts| !parts.sign.is_empty() && known(parts.key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::keys;

    #[test]
    fn what_cannot_be_guessed_is_told_once() {
        for (text, is_trusted) in [
            ("date =\nb = 1\n", true),
            ("a\nb = 1\n", true),
            ("[[inconnu]\nurl = 1\n", false),
            ("t = [\n  \"a\",\n  \"b\"\nu = 1\nv = 2\n", false),
            ("t = \"\"\"\nx\ny = 1\n", false),
        ] {
            let found = recover(text, &keys::FICHE);
            assert_eq!((found.mistakes.len(), found.trusted), (1, is_trusted), "{text}");
            assert_eq!(found.mistakes[0].mended, None, "{text}");
        }
        let text = "mots_cles = [\n  \"a\"\n  \"b\"\n]\n";
        let mended = recover(text, &keys::FICHE).mistakes.remove(0).mended;
        assert_eq!(mended.as_deref(), Some("mots_cles = [\"a\", \"b\"]"));
    }

    #[test]
    fn places_lead_back_to_the_file() {
        let text = "titre = Une radio\nniveaux = [\"x\"\ndate = 2021-03-04\n";
        let found = recover(text, &keys::FICHE);
        let at = found.text.find("2021").unwrap();
        assert_eq!(&text[found.written(at..at + 10)], "2021-03-04");
        assert_eq!(found.written(8..19), 0..17);
    }
}
