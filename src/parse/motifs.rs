//! Patterns that texts are searched with, each compiled once, when it is first wanted.

use std::ops::Range;

use regex::{Captures, Regex, RegexSet};

/// A letter or a digit, in a pattern: no sign of ASCII, of Latin-1, of typography nor picture. `\w` says it better, and
/// takes ten times as long to compile.
pub(crate) const LETTER: &str =
    r"[^\x00-/:-@\[-`{-\u{bf}\u{2000}-\u{2bff}\u{3000}-\u{3002}\u{1f000}-\u{1ffff}]";

/// A pattern of ours, compiled. One that is wrong is wrong at each run: the tests of what it finds see it.
pub(crate) fn motif(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|why| unreachable!("{why}"))
}

/// Patterns of ours, of which a text may match several.
pub(super) fn motifs(patterns: &[&str]) -> RegexSet {
    RegexSet::new(patterns).unwrap_or_else(|why| unreachable!("{why}"))
}

/// The places of a text that a pattern finds and a judge names, in order. A refusal says from where to search again.
pub(super) fn kept<K>(
    motif: &Regex,
    text: &str,
    mut judge: impl FnMut(&Captures<'_>) -> Result<(K, Range<usize>), usize>,
) -> Vec<(K, Range<usize>)> {
    let (mut list, mut at) = (Vec::new(), 0);
    while let Some(found) = motif.captures_at(text, at) {
        match judge(&found) {
            Ok((kind, range)) => {
                at = range.end;
                list.push((kind, range));
            }
            Err(next) => at = next,
        }
    }
    list
}

/// The place of a group that the pattern always has.
pub(super) fn group(found: &Captures<'_>, name: &str) -> Range<usize> {
    found.name(name).map_or(0..0, |group| group.range())
}
