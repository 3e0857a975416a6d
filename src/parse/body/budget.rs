//! The limits of a text: what makes a page too heavy is counted as it is read.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Corps, Index};
use crate::{french, parse::limits};

/// Counts of what has a limit.
#[derive(Default)]
pub(super) struct Budget {
    /// Lists and quotations around what is read, and most of them that were.
    nested: usize,
    deepest: usize,
    /// Number of note calls met.
    calls: usize,
    /// Columns of the table that is read, and cells of all of them.
    columns: usize,
    cells: usize,
}

impl Budget {
    pub(super) fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::List(_) | Tag::BlockQuote(_)) => {
                self.nested += 1;
                self.deepest = self.deepest.max(self.nested);
            }
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => self.nested -= 1,
            Event::FootnoteReference(_) => self.calls += 1,
            Event::Start(Tag::Table(columns)) => self.columns = columns.len(),
            Event::Start(Tag::TableHead | Tag::TableRow) => self.cells += self.columns,
            _ => {}
        }
    }
}

impl Index<'_> {
    /// More headings, links or notes than a reader goes through. True when something is said.
    pub(super) fn say_budget(&mut self) -> bool {
        let headings = self.corps.titres.len();
        let links = self.corps.ornements.iter().filter(|o| o.value == Corps::UN_LIEN).count();
        let counts = [
            (headings, limits::HEADINGS, "titres"),
            (links, limits::LINKS, "liens"),
            (self.notes.len(), limits::NOTES, "notes"),
            (self.budget.calls, limits::CALLS, "appels de notes"),
            (self.budget.cells, limits::CELLS, "cases de tableaux"),
            (self.budget.deepest, limits::NESTED, "listes ou citations l’une dans l’autre"),
        ];
        let first = self.corps.blocs.first().map(|bloc| bloc.span.clone());
        let mut exceeded = counts.into_iter().filter(|(count, limit, _)| count > limit).peekable();
        let is_cut = exceeded.peek().is_some();
        for (count, limit, what) in exceeded {
            let message = format!("ce texte compte {} {what}", french::number(count));
            let span = first.as_ref().unwrap_or(&self.corps.span);
            let aide = "coupez-le en plusieurs textes, ou gardez l’essentiel";
            self.diags.push(limits::exceeded(&message, limit, span, aide));
        }
        is_cut
    }
}
