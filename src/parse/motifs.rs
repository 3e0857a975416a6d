//! Patterns that texts are searched with, of the code and of the tables: each is compiled once, when a text first asks
//! for it.

use std::{borrow::Cow, ops::Range, sync::OnceLock};

use regex::{Captures, Regex, RegexSet};
use serde::Deserialize;

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

/// A pattern, as a table or a `static` writes it: most sites never need most of them.
///
/// One that does not compile finds nothing: tests hold each to what it finds.
#[derive(Deserialize)]
#[serde(from = "String")]
pub(super) struct Motif {
    pub(super) pattern: Cow<'static, str>,
    compiled: OnceLock<Option<Regex>>,
}

impl From<String> for Motif {
    fn from(pattern: String) -> Self {
        Self { pattern: pattern.into(), compiled: OnceLock::new() }
    }
}

impl Motif {
    pub(super) const fn new(pattern: &'static str) -> Self {
        Self { pattern: Cow::Borrowed(pattern), compiled: OnceLock::new() }
    }

    pub(super) fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.pattern).ok()).as_ref()
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// Groups of the first place.
    pub(super) fn first<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }

    pub(super) fn places(&self, text: &str) -> impl Iterator<Item = Range<usize>> {
        self.regex().into_iter().flat_map(|regex| regex.find_iter(text)).map(|found| found.range())
    }
}
