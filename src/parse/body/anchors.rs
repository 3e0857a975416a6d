//! Anchors of headings: no two of a text are equal.

use std::collections::{HashMap, HashSet};

use crate::source::slugify;

/// Anchors of the headings of a text.
#[derive(Default)]
pub(super) struct Anchors {
    taken: HashSet<String>,
    /// Last number given to each name that came twice.
    last: HashMap<String, usize>,
}

impl Anchors {
    /// Anchor of a heading, like no other: as a forge makes it, then `-2`, `-3`…; one that would begin with a digit
    /// begins with a word, since a style sheet or a script could not name it simply.
    pub(super) fn of(&mut self, text: &str) -> String {
        let base = match slugify(text) {
            slug if slug.is_empty() => "section".to_string(),
            slug if slug.starts_with(|c: char| c.is_ascii_digit()) => format!("section-{slug}"),
            slug => slug,
        };
        let mut anchor = base.clone();
        while !self.taken.insert(anchor.clone()) {
            let last = self.last.entry(base.clone()).or_insert(1);
            *last += 1;
            anchor = format!("{base}-{last}");
        }
        anchor
    }
}
