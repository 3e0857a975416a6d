//! Markdown as a page shows it: the text, then the notes in the order of their calls, addresses as links.
//!
//! The index of a body and its renderer read the same events, so that what is proved is what is published.

use std::{collections::HashMap, ops::Range};

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use unicase::UniCase;

use super::{PlacedEvent, addresses};

/// The Markdown that is read. Listed one by one: `Options::all()` would turn on English quotes.
pub(in crate::parse) fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// A Markdown text, read.
#[derive(Debug)]
pub struct MarkdownReading<'t> {
    /// Events of the text, its notes taken out.
    pub text: Vec<PlacedEvent<'t>>,
    /// Notes in the order of the page: of their first calls, then those that nothing calls.
    pub notes: Vec<MarkdownNote<'t>>,
    /// Number of each note, from 1, by its name. Names differ by more than their case.
    numbers: HashMap<UniCase<String>, usize>,
}

/// A footnote.
#[derive(Debug)]
pub struct MarkdownNote<'t> {
    /// Name of the note, as its definition writes it.
    pub name: String,
    /// True when something calls it.
    pub is_called: bool,
    /// Place of the definition.
    pub range: Range<usize>,
    /// Events of its text.
    pub events: Vec<PlacedEvent<'t>>,
}

impl<'t> MarkdownReading<'t> {
    /// Reads a Markdown text.
    pub fn of(markdown: &'t str) -> Self {
        let mut cut = NoteCut::default();
        let events = Parser::new_ext(markdown, dialect()).into_offset_iter();
        for placed in TextMergeWithOffset::new(events) {
            cut.take(placed);
        }
        let NoteCut { text, notes, .. } = cut;
        let text = addresses::linked(text, markdown);
        let linked = |note: MarkdownNote<'t>| MarkdownNote {
            events: addresses::linked(note.events, markdown),
            ..note
        };
        let notes = ordered(&text, notes.into_iter().map(linked).collect());
        let by_name =
            |(at, note): (usize, &MarkdownNote<'_>)| (UniCase::new(note.name.clone()), at + 1);
        // Of two of one name, the first.
        let numbers = notes.iter().enumerate().rev().map(by_name).collect();
        Self { text, notes, numbers }
    }

    /// Number of the note that a call names.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(&UniCase::new(name.to_string())).copied()
    }
}

/// The text and its notes, being parted.
#[derive(Default)]
struct NoteCut<'t> {
    text: Vec<PlacedEvent<'t>>,
    notes: Vec<MarkdownNote<'t>>,
    /// Notes whose definitions are being read, the innermost last.
    open: Vec<MarkdownNote<'t>>,
    /// True when nothing but a note was read since the innermost container began.
    is_hollow: bool,
}

impl<'t> NoteCut<'t> {
    fn take(&mut self, (event, range): PlacedEvent<'t>) {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let name = name.into_string();
                self.open.push(MarkdownNote { name, is_called: false, range, events: Vec::new() });
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.notes.extend(self.open.pop());
                self.is_hollow = true;
            }
            // A container that held only a note is left out with it.
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::List(_))
                if self.is_hollow && self.has_just_begun() =>
            {
                self.events().pop();
            }
            Event::Html(html) => self.html(html, range),
            event => {
                self.is_hollow = false;
                self.events().push((event, range));
            }
        }
    }

    fn events(&mut self) -> &mut Vec<PlacedEvent<'t>> {
        match self.open.last_mut() {
            Some(note) => &mut note.events,
            None => &mut self.text,
        }
    }

    fn has_just_begun(&mut self) -> bool {
        let last = self.events().last().map(|(event, _)| event);
        matches!(last, Some(Event::Start(Tag::BlockQuote(_) | Tag::Item | Tag::List(_))))
    }

    /// The lines of a block of HTML make one piece.
    fn html(&mut self, html: CowStr<'t>, range: Range<usize>) {
        self.is_hollow = false;
        let events = self.events();
        if let Some((Event::Html(before), placed)) = events.last_mut() {
            *before = format!("{before}{html}").into();
            placed.end = range.end;
            return;
        }
        events.push((Event::Html(html), range));
    }
}

/// Notes in the order of their first calls: those of the text, those of the first note, and so on.
fn ordered<'t>(text: &[PlacedEvent<'t>], notes: Vec<MarkdownNote<'t>>) -> Vec<MarkdownNote<'t>> {
    let key = |name: &str| UniCase::new(name.to_string());
    let mut waiting: Vec<Option<MarkdownNote<'t>>> = notes.into_iter().map(Some).collect();
    let mut by_name = HashMap::new();
    for (at, note) in waiting.iter().enumerate().rev() {
        by_name.extend(note.as_ref().map(|note| (key(&note.name), at)));
    }
    let mut ordered: Vec<MarkdownNote<'t>> = Vec::new();
    let mut take = |events: &[PlacedEvent<'t>], ordered: &mut Vec<MarkdownNote<'t>>| {
        for (event, _) in events {
            if let Event::FootnoteReference(name) = event
                && let Some(at) = by_name.get(&key(name))
                && let Some(note) = waiting[*at].take()
            {
                ordered.push(MarkdownNote { is_called: true, ..note });
            }
        }
    };
    take(text, &mut ordered);
    let mut next = 0;
    while let Some(note) = ordered.get(next) {
        let events = note.events.clone();
        take(&events, &mut ordered);
        next += 1;
    }
    ordered.extend(waiting.into_iter().flatten());
    ordered
}

/// True when a link shows its own address.
pub fn is_bare(link: LinkType) -> bool {
    matches!(link, LinkType::Autolink | LinkType::Email)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_inside_a_list_leaves_nothing_empty() {
        let markdown =
            "a[^a] b[^b].\n\n[^a]: note a\n\n    > [^b]: note b\n\n- [^c]: note c\n\nfin\n";
        let reading = MarkdownReading::of(markdown);
        let names: Vec<&str> = reading.notes.iter().map(|note| note.name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c"]);
        let is_list = |event: &Event<'_>| matches!(event, Event::Start(Tag::List(_) | Tag::Item));
        assert!(!reading.text.iter().any(|(event, _)| is_list(event)), "{:?}", reading.text);
    }
}
