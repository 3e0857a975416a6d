//! A leaf block of a body: what is written, and what of it is published as it is written.

use std::ops::Range;

use super::{Kind, Sign};
use crate::diag::Code;

/// Longest leaf that is judged in one piece, in bytes: a page of prose.
pub(super) const LONGEST: usize = 4_000;

/// Byte in place of a sign that a backslash protects.
pub(super) const PROTECTED: u8 = 1;

/// A leaf block as it is written, and what of it is published as it is written.
pub(super) struct Leaf<'a> {
    pub(super) kind: Kind,
    /// True when no leaf comes before it.
    pub(super) first: bool,
    /// True when only blank lines part it from a table.
    pub(super) after_table: bool,
    /// Start of the leaf in the body.
    pub(super) start: usize,
    pub(super) body: &'a str,
    pub(super) written: &'a str,
    /// As long as `written`: plain text and the ends of lines stay, what Markdown understood and web
    /// addresses are NUL bytes, what a backslash protects is [`PROTECTED`], the margin of a line is spaces.
    pub(super) mask: String,
    /// Code, links, images and HTML, within `written`.
    pub(super) opaque: Vec<Range<usize>>,
}

impl Leaf<'_> {
    pub(super) fn place(&self, range: Range<usize>) -> Range<usize> {
        self.start + range.start..self.start + range.end
    }

    pub(super) fn sign(
        &self,
        range: Range<usize>,
        message: impl Into<String>,
        aide: impl Into<String>,
    ) -> Sign {
        Sign::new(Code::PublieTelQuel, self.place(range), message, aide)
    }

    /// Text before the leaf on its first line.
    pub(super) fn margin(&self) -> &str {
        let before = &self.body[..self.start];
        &before[before.rfind('\n').map_or(0, |end| end + 1)..]
    }

    /// Hides a piece from the judges that follow.
    pub(super) fn hide(&mut self, range: Range<usize>) {
        let blank = "\0".repeat(range.len());
        self.mask.replace_range(range, &blank);
    }

    /// The leaf cut where a line or a word ends, since a sign is looked for around each sign that is like it.
    pub(super) fn pieces(&self) -> Vec<Leaf<'_>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.written.len() {
            let mut end = (at + LONGEST).min(self.written.len());
            while !self.written.is_char_boundary(end) {
                end -= 1;
            }
            if end < self.written.len() {
                let piece = &self.written[at..end];
                let cut = piece.rfind('\n').or_else(|| piece.rfind(' '));
                end = cut.map_or(end, |cut| at + cut + 1);
            }
            let within = |range: &Range<usize>| {
                let inside = range.start.max(at)..range.end.min(end);
                (inside.start < inside.end).then(|| inside.start - at..inside.end - at)
            };
            found.push(Leaf {
                kind: self.kind,
                first: self.first && at == 0,
                after_table: self.after_table && at == 0,
                start: self.start + at,
                body: self.body,
                written: &self.written[at..end],
                mask: self.mask[at..end].to_string(),
                opaque: self.opaque.iter().filter_map(within).collect(),
            });
            at = end;
        }
        found
    }

    /// True when a place lies in code, a link, an image or HTML.
    pub(super) fn is_opaque(&self, at: usize) -> bool {
        self.opaque.iter().any(|range| range.contains(&at))
    }

    /// The lines, without what makes them part of a list or of a quotation.
    pub(super) fn lines(&self) -> Vec<Line<'_>> {
        let mut found = Vec::new();
        let mut at = 0;
        for line in self.written.split_inclusive('\n') {
            let marks = |c: char| c == ' ' || c == '\t' || c == '>' && at > 0;
            let start = at + line.len() - line.trim_start_matches(marks).len();
            let end = at + line.trim_end_matches(['\n', '\r']).len();
            at += line.len();
            // A quotation's line may hold nothing else.
            let start = start.min(end);
            found.push(Line {
                at: start,
                mask: self.mask[start..end].trim_end(),
                written: &self.written[start..end],
            });
        }
        found
    }
}

/// A line of a leaf.
#[derive(Clone, Copy)]
pub(super) struct Line<'l> {
    /// Start of the line in the leaf.
    pub(super) at: usize,
    pub(super) mask: &'l str,
    pub(super) written: &'l str,
}

impl Line<'_> {
    /// Place of the line in the leaf, without the spaces at its end.
    pub(super) fn range(&self) -> Range<usize> {
        self.at..self.at + self.written.trim_end().len()
    }

    /// True when its author asked for a new line after it.
    pub(super) fn is_broken(&self) -> bool {
        self.written.ends_with("  ")
            || self.written.ends_with('\\')
            || self.written.trim_end().ends_with("<br>")
    }
}
