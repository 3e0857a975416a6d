//! Lines and columns, which exist only for display.

use std::iter;

/// A 1-based line and column; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineCol {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

/// Starts of the lines of a text. Many places are found without reading the text again for each.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Characters before each [`STEP`] bytes.
    counted: Vec<usize>,
}

/// Bytes after which characters are counted anew: a line may be as long as its file.
const STEP: usize = 256;

impl<'a> LineIndex<'a> {
    /// The lines of a text.
    pub fn of(text: &'a str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = iter::once(0).chain(after).collect();
        let steps = text.as_bytes().chunks(STEP).scan(0, |before, step| {
            *before += characters(step);
            Some(*before)
        });
        Self { text, starts, counted: iter::once(0).chain(steps).collect() }
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The place of a byte offset. An offset past the end is the end.
    pub fn line_col(&self, offset: usize) -> LineCol {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let mark = usize::from(line == 1 && offset > 0 && self.text.starts_with('\u{feff}'));
        let column = 1 + self.before(offset) - self.before(self.starts[line - 1]) - mark;
        LineCol { line, column }
    }

    /// Characters before a byte offset; one that is cut counts.
    fn before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        self.counted[step] + characters(&self.text.as_bytes()[step * STEP..offset])
    }
}

/// Characters that begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// The place of a byte offset in a text. An offset past the end is the end.
pub fn line_col(text: &str, offset: usize) -> LineCol {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
    let line = 1 + before.iter().filter(|&&b| b == b'\n').count();
    let in_line = String::from_utf8_lossy(&before[line_start..]);
    let column = 1 + in_line.trim_start_matches('\u{feff}').chars().count();
    LineCol { line, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let at = |offset| line_col("été\nà b", offset);
        assert_eq!(at(0), LineCol { line: 1, column: 1 });
        assert_eq!(at(5), LineCol { line: 1, column: 4 });
        assert_eq!(at(6), LineCol { line: 2, column: 1 });
        assert_eq!(at(9), LineCol { line: 2, column: 3 });
        assert_eq!(at(99), LineCol { line: 2, column: 4 });
    }

    #[test]
    fn an_index_finds_the_same_places() {
        for text in ["", "\n", &"é\nà".repeat(200), "\u{feff}été\nà b\n\nfin"] {
            let lines = LineIndex::of(text);
            for offset in
                (0..=text.len() + 1).filter(|at| text.is_char_boundary((*at).min(text.len())))
            {
                assert_eq!(lines.line_col(offset), line_col(text, offset), "{text:?}, {offset}");
            }
        }
    }
}
