//! Patterns of texts, of the tables and of the code.

use std::{borrow::Cow, ops::Range, sync::OnceLock};

use regex::{Captures, Regex};
use serde::Deserialize;

/// A pattern, compiled when a text first asks for it: most sites never need most of them.
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
