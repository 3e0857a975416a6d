//! Marks of each form of a document: what parts cells, what cuts a cell into texts, what is markup inside a text.

use std::ops::Range;

use crate::model::Forme;

/// Marks of one cell, as byte ranges of it, in order.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Marks that part two texts.
    pub(super) cuts: Vec<Range<usize>>,
    /// Marks inside a text.
    pub(super) markup: Vec<Range<usize>>,
    /// Addresses of links, which follow the texts.
    pub(super) addresses: Vec<Range<usize>>,
}

/// Place of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellPlace {
    /// In a table, not a line of prose.
    pub(super) in_table: bool,
    /// No line beside begins with a star.
    pub(super) alone: bool,
}

/// Cells parted by tabs.
pub(super) fn tabs(line: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let cell = |cell: &str| {
        let range = at..at + cell.len();
        at += cell.len() + 1;
        range
    };
    line.split('\t').map(cell).collect()
}

/// Cells of a pipe table, none for the line that parts its headings from its rows; a line of prose is one cell.
pub(super) fn pipes(line: &str) -> Vec<Range<usize>> {
    let trimmed = line.trim();
    let Some(inner) = trimmed.strip_prefix('|') else {
        return std::iter::once(0..line.len()).collect();
    };
    if inner.contains('-') && inner.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) {
        return Vec::new();
    }
    let start = line.len() - line.trim_start().len() + 1;
    let mut cells = Vec::new();
    let mut from = start;
    let mut escaped = false;
    for (at, c) in line[start..].char_indices() {
        if c == '|' && !escaped {
            cells.push(from..start + at);
            from = start + at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    // The last pipe may be left out.
    if !line[from..].trim().is_empty() {
        cells.push(from..line.len());
    }
    cells
}

/// The marks of a cell.
pub(super) fn marks(cell: &str, forme: Forme, place: CellPlace) -> Marks {
    let mut marks = Marks::default();
    match forme {
        Forme::Egn => {
            marks.cuts = cuts(cell, egn_mark);
            dash(cell, &mut marks);
            stars(cell, &mut marks.markup);
            brackets(cell, &mut marks.markup);
        }
        Forme::Derive => marks.cuts = cuts(cell, |rest| fixed(rest, &["▶"])),
        Forme::Tabulations => marks.cuts = bullets(cell, place),
        Forme::Markdown => {
            marks.cuts = bullets(cell, place);
            marks.cuts.extend(cuts(cell, |rest| fixed(rest, &["<br>", "<br/>", "<br />"])));
            heading(cell, place, &mut marks.markup);
            lead(cell, place, &mut marks.markup);
            let raised = |rest: &str| fixed(rest, &["<sup>", "</sup>", "<sub>", "</sub>"]);
            marks.markup.extend(cuts(cell, raised));
            stars(cell, &mut marks.markup);
            brackets(cell, &mut marks.markup);
            links(cell, &mut marks);
            escapes(cell, &mut marks.markup);
            entities(cell, &mut marks.markup);
        }
    }
    let in_cut = |range: &Range<usize>| marks.cuts.iter().any(|cut| cut.contains(&range.start));
    marks.markup.retain(|range| !in_cut(range));
    marks.cuts.sort_by_key(|range| range.start);
    marks.markup.sort_by_key(|range| range.start);
    marks
}

/// Every mark that `length` finds at the beginning of what is left.
fn cuts(cell: &str, length: impl Fn(&str) -> Option<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < cell.len() {
        match length(&cell[at..]) {
            Some(length) => {
                found.push(at..at + length);
                at += length;
            }
            None => at += cell[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

fn fixed(rest: &str, marks: &[&str]) -> Option<usize> {
    marks.iter().find(|mark| rest.starts_with(**mark)).map(|mark| mark.len())
}

/// A mark of the converter of the first documents. Never `<https…>`: an address is text.
fn egn_mark(rest: &str) -> Option<usize> {
    fixed(rest, &["▶", "<p>", "</p>", "<ul>", "</ul>"])
        .or_else(|| rest.starts_with("<ul ").then(|| rest.find('>').map(|i| i + 1)).flatten())
}

/// The dash of a list item, at the beginning of each text.
fn dash(cell: &str, marks: &mut Marks) {
    let starts = marks.cuts.iter().map(|cut| cut.end);
    for start in std::iter::once(0).chain(starts) {
        let rest = &cell[start..];
        let lead = rest.len() - rest.trim_start().len();
        if rest[lead..].starts_with("- ") {
            marks.markup.push(start + lead..start + lead + 1);
        }
    }
}

/// Bullets: « • » wherever it stands; « - » and « * » only when the cell begins with one, then each of the same. A star
/// alone is the mark of a note.
fn bullets(cell: &str, place: CellPlace) -> Vec<Range<usize>> {
    let lead = cell.len() - cell.trim_start().len();
    let mut found = cuts(cell, |rest| fixed(rest, &["•"]));
    for sign in ["- ", "* "] {
        if !cell[lead..].starts_with(sign) {
            continue;
        }
        let others: Vec<usize> = match place.in_table {
            true => cell[lead..]
                .match_indices(&format!(" {sign}"))
                .map(|(at, _)| lead + at + 1)
                .collect(),
            false => Vec::new(),
        };
        let is_note = sign == "* " && if place.in_table { others.is_empty() } else { place.alone };
        if !is_note {
            found.extend(std::iter::once(lead).chain(others).map(|at| at..at + 1));
        }
    }
    found
}

/// The signs of a heading, `##`.
fn heading(cell: &str, place: CellPlace, markup: &mut Vec<Range<usize>>) {
    let signs = cell.len() - cell.trim_start_matches('#').len();
    if !place.in_table && (1..=6).contains(&signs) && cell[signs..].starts_with(' ') {
        markup.push(0..signs);
    }
}

/// The signs that begin a line of a quotation, `>`, then the number of an item, `2.` or `2)`. A year is no such number.
fn lead(cell: &str, place: CellPlace, markup: &mut Vec<Range<usize>>) {
    if place.in_table {
        return;
    }
    let mut at = cell.len() - cell.trim_start().len();
    if cell[at..].starts_with('>') {
        markup.push(at..at + 1);
        at = cell.len() - cell[at + 1..].trim_start().len();
    }
    let digits = cell[at..].bytes().take_while(u8::is_ascii_digit).count();
    let after = &cell[at + digits..];
    if (1..=3).contains(&digits) && (after.starts_with(". ") || after.starts_with(") ")) {
        markup.push(at..at + digits + 1);
    }
}

/// Pairs of stars around words, simple or double. One without another, as the mark of a note, is text.
fn stars(cell: &str, markup: &mut Vec<Range<usize>>) {
    let mut open: Option<(Range<usize>, usize)> = None;
    let mut at = 0;
    while let Some(next) = cell[at..].find('*') {
        let start = at + next;
        let run = cell[start..].len() - cell[start..].trim_start_matches('*').len();
        let end = start + run;
        let before = cell[..start].chars().next_back();
        let after = cell[end..].chars().next();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        match &open {
            Some((opening, length)) if *length == run && !is_space(before) && !is_word(after) => {
                markup.extend([opening.clone(), start..end]);
                open = None;
            }
            _ if run <= 3 && !is_word(before) && !is_space(after) => open = Some((start..end, run)),
            _ => {}
        }
        at = end;
    }
}

/// The angle brackets of an address.
fn brackets(cell: &str, markup: &mut Vec<Range<usize>>) {
    for (at, _) in cell.match_indices("<http") {
        let rest = &cell[at..];
        let is_address = rest.starts_with("<http://") || rest.starts_with("<https://");
        if let Some(end) = rest.find('>').filter(|_| is_address) {
            markup.extend([at..at + 1, at + end..at + end + 1]);
        }
    }
}

/// `[words](address)`: the words stay in the text.
fn links(cell: &str, marks: &mut Marks) {
    for (close, _) in cell.match_indices("](http") {
        let Some(open) = cell[..close].rfind('[') else { continue };
        let address = close + 2;
        let Some(length) = end_of_address(&cell[address..]) else { continue };
        marks.markup.extend([open..open + 1, close..address + length + 1]);
        marks.addresses.push(address..address + length);
    }
}

/// Length of an address, up to the parenthesis that closes its link.
fn end_of_address(rest: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some(at),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Names of characters that programs write for a sign: `&amp;` is read `&`, `&nbsp;` is a space.
fn entities(cell: &str, markup: &mut Vec<Range<usize>>) {
    markup.extend(cell.match_indices("&amp;").map(|(at, name)| at + 1..at + name.len()));
    markup.extend(cell.match_indices("&nbsp;").map(|(at, name)| at..at + name.len()));
}

/// The backslash before a sign that Markdown would read otherwise.
fn escapes(cell: &str, markup: &mut Vec<Range<usize>>) {
    let mut escaped = false;
    for (at, c) in cell.char_indices() {
        let next = cell[at + c.len_utf8()..].chars().next();
        escaped = c == '\\' && !escaped && next.is_some_and(|next| next.is_ascii_punctuation());
        if escaped {
            markup.push(at..at + 1);
        }
    }
}
