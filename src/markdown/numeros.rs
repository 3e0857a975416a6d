//! Numbers of ordered lists. HTML counts from the first: an item that was written with another number says it.

/// Ordered lists that are open: the first number of each, and the one that HTML would give to its next item. `None` for a
/// list without numbers.
#[derive(Debug, Default)]
pub(super) struct Numbers(Vec<Option<(u64, u64)>>);

impl Numbers {
    /// A list begins with this number, if it has any.
    pub(super) fn begin(&mut self, first: Option<u64>) {
        self.0.push(first.map(|first| (first, first)));
    }

    /// The last list ends.
    pub(super) fn end(&mut self) {
        self.0.pop();
    }

    /// Number to give to an item of the last list, from its text in Markdown; `None` when HTML counts as it is written,
    /// and in a list whose items all bear the first number: it asks to be counted.
    pub(super) fn item(&mut self, markdown: &str) -> Option<u64> {
        let (first, next) = self.0.last_mut()?.as_mut()?;
        let text = markdown.trim_start();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let said = text[..digits].parse().ok().filter(|n| n != next && n != first);
        *next = said.unwrap_or(*next) + 1;
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_said_where_html_counts_otherwise() {
        let said = |items: &[&str]| {
            let mut numbers = Numbers::default();
            let first = items[0].split('.').next().and_then(|n| n.parse().ok());
            numbers.begin(first);
            items.iter().map(|item| numbers.item(item)).collect::<Vec<_>>()
        };
        assert_eq!(said(&["1. un", "2. deux", "3. trois"]), [None; 3]);
        assert_eq!(said(&["1. un", "1. deux", "1. trois"]), [None; 3]);
        assert_eq!(
            said(&["1. un", "3. trois", "4. quatre", "7. sept"]),
            [None, Some(3), None, Some(7)]
        );
        assert_eq!(said(&["2021. une année", " 3. trois"]), [None, Some(3)]);
        assert_eq!(said(&["- un", "- deux"]), [None; 2]);
    }
}
