//! Lines and columns, which exist only for display.

/// A 1-based line and column; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineCol {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
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
}
