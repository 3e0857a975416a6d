//! Lines that begin like the items of a list, in a paragraph that is none: the table `listes.toml` has their marks.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Kind, Leaf, Line, Sign};
use crate::parse::motifs::Motif;

/// A mark at the beginning of a line; `listes.toml` says what each field is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListMark {
    motif: Motif,
    seule: Option<Motif>,
    message: String,
    aide: String,
    correction: Option<String>,
    jointe: Option<String>,
    #[serde(default)]
    niveau: usize,
}

#[derive(Default, Deserialize)]
struct ListMarks {
    marque: Vec<ListMark>,
}

static MARKS: LazyLock<ListMarks> =
    LazyLock::new(|| toml::from_str(include_str!("listes.toml")).unwrap_or_default());

/// A line that a mark begins.
struct Item<'l> {
    /// Number of the line in the leaf.
    line: usize,
    mark: &'static ListMark,
    sign: &'l str,
    rank: Option<&'l str>,
    /// Length of all that comes before the words.
    length: usize,
}

impl<'l> Item<'l> {
    fn of(line: usize, text: &'l str) -> Option<Self> {
        let mut letters = text.chars();
        // Most lines begin with a word.
        let first = letters.next()?;
        let is_mark = |second| matches!(second, ')' | '\t' | '.') || first == 'o' && second == ' ';
        if first.is_alphabetic() && !letters.next().is_some_and(is_mark) {
            return None;
        }
        MARKS.marque.iter().find_map(|mark| {
            let groups = mark.motif.first(text)?;
            let length = groups.name("debut")?.len();
            let sign = groups.name("signe").map_or("", |sign| sign.as_str());
            let rank = groups.name("rang").map(|rank| rank.as_str());
            Some(Self { line, mark, sign, rank, length })
        })
    }

    /// Number that a rank counts: that of a letter is its place in the alphabet.
    fn number(&self) -> Option<u32> {
        let rank = self.rank?;
        rank.parse().ok().or_else(|| Some(u32::from(rank.bytes().next()? & 31)))
    }

    fn is_like(&self, other: &Self) -> bool {
        std::ptr::eq(self.mark, other.mark) && self.sign == other.sign
    }

    fn follows(&self, other: &Self) -> bool {
        self.is_like(other) && self.number() == other.number().map(|number| number + 1)
    }

    /// True when it makes a list by itself.
    fn is_enough(&self, leaf: &Leaf<'_>) -> bool {
        self.mark.seule.as_ref().is_some_and(|seule| seule.is_in(&leaf.mask))
    }
}

/// True when a leaf begins like an item, alone in its paragraph.
pub(super) fn is_item(leaf: &Leaf<'_>) -> bool {
    let first = Item::of(0, leaf.mask.lines().next().unwrap_or_default());
    leaf.kind == Kind::Paragraph
        && first.is_some_and(|item| item.mark.correction.is_some() && item.is_enough(leaf))
}

/// Says a list that Markdown does not see, once for a paragraph. `open` is left by the paragraph before.
pub(super) fn judge(leaf: &Leaf<'_>, lines: &[Line<'_>], open: &mut OpenLists) -> Option<Sign> {
    let items: Vec<Item<'_>> =
        lines.iter().enumerate().filter_map(|(n, line)| Item::of(n, line.mask)).collect();
    let goes_on = |n: usize, item: &Item<'_>| {
        // Lines that stay apart read well as they are.
        let mut next = items[n + 1..].iter().zip(item.line + 1..);
        // Other items may lie between two numbers.
        next.find(|(next, _)| item.rank.is_none() || next.rank.is_some())
            .is_some_and(|(next, line)| next.line == line && next.follows(item))
            && !lines[item.line].is_broken()
    };
    let begins = |n: &usize| items[*n].is_enough(leaf) || goes_on(*n, &items[*n]);
    let first = (0..items.len()).find(begins)?;
    let is_joined = |item: &Item<'_>| item.mark.jointe.is_some() && is_certain(&items[first]);
    let joined = items[..first].iter().rev().zip(1..).take_while(|(item, n)| {
        is_joined(item) && item.line + n == items[first].line && items[first].rank.is_none()
    });
    let start = first - joined.count();
    let list: Vec<&Item<'_>> = items[start..]
        .iter()
        .filter(|item| item.is_like(&items[first]) || is_joined(item))
        .collect();
    Some(said(leaf, lines, &list, &items[first], open))
}

/// True when it is corrected: a list begins in the middle of a paragraph only with 1.
fn is_certain(first: &Item<'_>) -> bool {
    first.mark.correction.is_some() && first.number().is_none_or(|number| number == 1)
}

/// Message about a list, which `first` tells to be one.
fn said(
    leaf: &Leaf<'_>,
    lines: &[Line<'_>],
    list: &[&Item<'_>],
    first: &Item<'_>,
    open: &mut OpenLists,
) -> Sign {
    let line = lines[first.line];
    let words = line.written.get(first.length..).unwrap_or_default().trim();
    let number = first.number();
    let aide = first
        .mark
        .aide
        .replace("{mots}", &crate::french::first_words(words, 40))
        .replace("{n}", &number.map(|number| number.to_string()).unwrap_or_default())
        .replace("{signe}", first.sign);
    let begins = lines[list[0].line].range();
    let sign = leaf.sign(begins, first.mark.message.as_str(), aide);
    if !is_certain(first) {
        return sign;
    }
    let margin = margin(leaf, list[0].line > 0, open);
    list.iter().fold(sign, |sign, item| {
        let line = lines[item.line];
        let mark = &item.mark;
        let better = mark.correction.as_ref().or(mark.jointe.as_ref()).map_or("", String::as_str);
        let better = better
            .replace("{tiret}", line.mask.get(..1).unwrap_or_default())
            .replace("{rang}", item.rank.unwrap_or_default())
            .replace("{signe}", item.sign);
        let begins = leaf.written[..line.at].rfind('\n').map_or(line.at, |end| end + 1);
        let written = leaf.written.get(begins..line.at).unwrap_or_default();
        let deeper = (width(written).saturating_sub(width(&margin))) / 2;
        let inside = " ".repeat(open.indent((deeper, mark.niveau), better.chars().count()));
        let outside = if item.line == 0 { "" } else { &margin };
        let range = leaf.place(begins..line.at + item.length);
        sign.fix(range, format!("{outside}{inside}{better}"))
    })
}

/// Lists that hold a line: the level of each, how far it was from the margin and the level of its mark, and the width of
/// what begins its items.
#[derive(Default)]
pub(super) struct OpenLists(Vec<((usize, usize), usize)>);

impl OpenLists {
    /// Spaces before an item of a level, which begins so wide.
    fn indent(&mut self, level: (usize, usize), width: usize) -> usize {
        while self.0.last().is_some_and(|(last, _)| *last >= level) {
            self.0.pop();
        }
        let indent = self.0.iter().map(|(_, width)| width).sum();
        self.0.push((level, width));
        indent
    }
}

/// Text before the lines of a list: the margin of its paragraph, or of the list whose item that begins.
fn margin(leaf: &Leaf<'_>, is_below: bool, open: &mut OpenLists) -> String {
    let before = leaf.margin();
    let mark = before.rfind('>').map_or(0, |at| at + 1);
    let mark = before[mark..].find(|c: char| !c.is_whitespace()).map(|at| mark + at);
    let text = match mark.filter(|_| is_below) {
        Some(mark) => {
            open.0 = vec![((0, 0), width(&before[mark..]))];
            &before[..mark]
        }
        None => before,
    };
    text.chars().map(|c| if c == '>' || c == '\t' { c } else { ' ' }).collect()
}

/// Columns that a margin takes.
fn width(margin: &str) -> usize {
    margin.chars().fold(0, |at, c| if c == '\t' { at / 4 * 4 + 4 } else { at + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        let marks: ListMarks = toml::from_str(include_str!("listes.toml")).unwrap();
        assert!(marks.marque.iter().all(|mark| mark.motif.regex().is_some()));
    }
}
