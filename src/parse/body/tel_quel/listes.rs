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
        if letters.next()?.is_alphabetic() && letters.next() != Some(')') {
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
        self.is_like(other)
            && self.line == other.line + 1
            && self.number() == other.number().map(|number| number + 1)
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

/// Says a list that Markdown does not see, once for a paragraph.
pub(super) fn judge(leaf: &Leaf<'_>, lines: &[Line<'_>]) -> Option<Sign> {
    let items: Vec<Item<'_>> =
        lines.iter().enumerate().filter_map(|(n, line)| Item::of(n, line.mask)).collect();
    let goes_on = |n: usize, item: &Item<'_>| {
        // Lines that stay apart read well as they are.
        !lines[item.line].is_broken() && items.get(n + 1).is_some_and(|next| next.follows(item))
    };
    let begins = |n: &usize| items[*n].is_enough(leaf) || goes_on(*n, &items[*n]);
    let first = (0..items.len()).find(begins)?;
    let list: Vec<&Item<'_>> =
        items[first..].iter().filter(|item| item.is_like(&items[first])).collect();
    Some(said(leaf, lines, &list))
}

/// Message about a list, whose first item is where it begins.
fn said(leaf: &Leaf<'_>, lines: &[Line<'_>], list: &[&Item<'_>]) -> Sign {
    let first = list[0];
    let line = lines[first.line];
    let words = line.written.get(first.length..).unwrap_or_default().trim();
    let number = first.number();
    let aide = first
        .mark
        .aide
        .replace("{mots}", &crate::french::first_words(words, 40))
        .replace("{n}", &number.map(|number| number.to_string()).unwrap_or_default())
        .replace("{signe}", first.sign);
    let sign = leaf.sign(line.range(), first.mark.message.as_str(), aide);
    // A list begins in the middle of a paragraph only with 1.
    let Some(correction) = first.mark.correction.as_ref().filter(|_| number.is_none_or(|n| n == 1))
    else {
        return sign;
    };
    list.iter().fold(sign, |sign, item| {
        let line = lines[item.line];
        let tiret = line.mask.get(..1).unwrap_or_default();
        let better = correction
            .replace("{tiret}", tiret)
            .replace("{rang}", item.rank.unwrap_or_default())
            .replace("{signe}", item.sign);
        sign.fix(leaf.place(line.at..line.at + item.length), better)
    })
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
