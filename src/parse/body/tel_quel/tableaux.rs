//! Lines of bars that are no table, and lines that a table swallows.

use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use super::{Leaf, Line, Sign};
use crate::diag::Code;

/// Says a table that Markdown does not see, once for a paragraph.
pub(super) fn judge(leaf: &Leaf<'_>, lines: &[Line<'_>]) -> Option<Sign> {
    let message = "ce tableau sera publié tel quel, barres comprises";
    let rule = lines.iter().position(|line| is_rule(line.mask));
    let Some(rule) = rule else {
        let (first, cells) = first_row(lines)?;
        let aide = match cells {
            _ if leaf.after_table && first == 0 => {
                "un tableau ne contient pas de ligne vide : supprimez celle qui précède".to_string()
            }
            _ => format!(
                "sous la ligne des titres, ajoutez celle qui fait le tableau : |{}",
                "---|".repeat(cells)
            ),
        };
        return Some(leaf.sign(lines[first].range(), message, aide));
    };
    let marks = cells(lines[rule].mask);
    let Some(head) = rule.checked_sub(1).map(|at| lines[at]).filter(|l| l.mask.contains('|'))
    else {
        let aide = "au-dessus de cette ligne, écrivez celle des titres : | Titre | Autre titre |";
        return Some(leaf.sign(lines[rule].range(), message, aide));
    };
    let titles = cells(head.mask);
    if titles == marks {
        return None;
    }
    let said = |n: usize| crate::french::count(n, "cellule", "cellules");
    let message = format!(
        "ce tableau sera publié tel quel : {} de titres et {} au-dessous",
        said(titles),
        said(marks)
    );
    let aide =
        format!("il faut autant de « --- » que de titres ; écrivez : |{}", "---|".repeat(titles));
    let sign = leaf.sign(head.range(), message, aide);
    // One title per column, and each has words: the line below is what is wrong.
    let range = lines[rule].range();
    let full = head.mask.trim_matches('|').split('|').all(|cell| !cell.trim().is_empty());
    let plain = !lines[rule].mask.contains(':');
    Some(match full && plain {
        true => sign.fix(leaf.place(range), format!("|{}", "---|".repeat(titles))),
        false => sign,
    })
}

/// Says the rows of a table that tabs part, as word processors and spreadsheets paste them.
pub(super) fn tabs(leaf: &Leaf<'_>, lines: &[Line<'_>]) -> Option<Sign> {
    let tabs = |line: &Line<'_>| line.mask.matches('\t').count();
    let is_like = |pair: &[Line<'_>]| tabs(&pair[0]) > 0 && tabs(&pair[0]) == tabs(&pair[1]);
    let first = lines.windows(2).position(is_like)?;
    let row = |line: &Line<'_>| {
        let cells: Vec<&str> = line.written.trim_end().split('\t').map(str::trim).collect();
        format!("| {} |", cells.join(" | "))
    };
    let titles = row(&lines[first]);
    let rule = format!("|{}", "---|".repeat(tabs(&lines[first]) + 1));
    let aide = format!(
        "un tableau s’écrit avec des barres, et une ligne de tirets sous ses titres : {titles}, puis {rule}"
    );
    let message = "ces lignes seront publiées à la suite, et non comme un tableau";
    let sign = leaf.sign(lines[first].range(), message, aide);
    let is_title =
        |cell: &str| cell.contains(char::is_alphabetic) && !cell.contains(char::is_numeric);
    let is_certain = first == 0
        && lines.windows(2).all(is_like)
        && leaf.margin().is_empty()
        && !leaf.written.contains('|')
        && lines[0].written.trim_end().split('\t').all(is_title);
    if !is_certain {
        return Some(sign);
    }
    let rows = lines.iter().map(|line| (leaf.place(line.range()), row(line)));
    Some(rows.fold(sign, |sign, (range, row)| match range.start == leaf.start {
        true => sign.fix(range, format!("{row}\n{rule}")),
        false => sign.fix(range, row),
    }))
}

/// `|---|---|`.
fn is_rule(line: &str) -> bool {
    line.contains('|')
        && line.contains('-')
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '–' | '—'))
}

/// Number of cells of a row; a bar that a backslash protects parts none.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    row.strip_suffix('|').unwrap_or(row).matches('|').count() + 1
}

/// The first of the lines that are rows of a table without its rule, and how many cells it has.
fn first_row(lines: &[Line<'_>]) -> Option<(usize, usize)> {
    let bars = |line: &Line<'_>| line.mask.matches('|').count();
    let framed =
        |line: &Line<'_>| bars(line) >= 2 && line.mask.starts_with('|') && line.mask.ends_with('|');
    let spaced = |line: &Line<'_>| line.mask.matches(" | ").count();
    let rows = |n: usize, wanted: usize, is_row: &dyn Fn(&Line<'_>) -> bool| {
        lines[n..].iter().take_while(|line| is_row(line)).count() >= wanted
    };
    let found = (0..lines.len()).find(|n| {
        let line = &lines[*n];
        let same = |other: &Line<'_>| spaced(other) == spaced(line);
        let alone = bars(line) >= 3 && line.mask.starts_with("| ") && line.mask.ends_with(" |");
        rows(*n, 2, &framed)
            || framed(line) && alone
            || spaced(line) >= 2 && rows(*n, 2, &same)
            || spaced(line) == 1 && rows(*n, 3, &same)
    });
    found.map(|n| (n, cells(lines[n].mask)))
}

/// Sees the rows of tables, and says the lines that were not meant to be one.
#[derive(Default)]
pub(super) struct Rows {
    columns: usize,
    row: Range<usize>,
    /// End of the last table.
    ended: Option<usize>,
}

impl Rows {
    pub(super) fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Table(alignments) => self.columns = alignments.len(),
            Tag::TableRow => self.row = range.clone(),
            _ => {}
        }
    }

    /// True when only blank lines stand between the last table and a place.
    pub(super) fn are_just_before(&self, body: &str, at: usize) -> bool {
        let between = self.ended.and_then(|ended| body.get(ended..at));
        between.is_some_and(|between| between.trim().is_empty())
    }

    pub(super) fn end(&mut self, body: &str, end: &TagEnd, range: &Range<usize>) -> Option<Sign> {
        if matches!(end, TagEnd::Table) {
            self.ended = Some(range.end);
        }
        if !matches!(end, TagEnd::TableRow) || self.columns < 2 {
            return None;
        }
        let row = body.get(self.row.clone())?;
        let text = row.trim_end();
        if text.trim().is_empty() || text.contains('|') {
            return None;
        }
        // One line of text under a table is said, not each.
        let before = body[..self.row.start].trim_end();
        if before.lines().next_back().is_some_and(|line| !line.contains('|')) {
            return None;
        }
        let range = self.row.start..self.row.start + text.len();
        Some(Sign::new(
            Code::FormeInattendue,
            range,
            "cette ligne sera publiée dans la première colonne du tableau",
            "laissez une ligne vide après la dernière ligne du tableau",
        ))
    }
}
