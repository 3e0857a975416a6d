//! Words of a body that Markdown reads as nothing: cells beyond the last column, definitions that no link uses,
//! titles of links, and whatever else would vanish without a word.
//!
//! Each letter and digit of the source is text that an event gives, or syntax of a closed list; the rest is dropped.
//! The other half of the proof holds the page to the texts that were read (`proof/published.rs`).

use std::{collections::BTreeSet, ops::Range};

use pulldown_cmark::{CodeBlockKind, Event, LinkType, OffsetIter, Tag, TagEnd};

use crate::french;

/// Words that no page would show.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dropped {
    /// Place in the Markdown.
    pub(super) range: Range<usize>,
    /// Cause, as far as it is known.
    pub(super) cause: Cause,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A cell of a table beyond its last heading.
    Cell,
    /// The definition of an address that no link uses.
    Definition,
    /// The title of a link or of an image.
    Title,
    /// Words after the language of a block of code.
    CodeInfo,
    /// A comment by a definition: `[//]: # (…)`.
    Comment,
    Unknown,
}

/// A Markdown text being read, event by event.
#[derive(Default)]
pub(super) struct Coverage<'t> {
    markdown: &'t str,
    /// For each byte, true when it is text that was read, or syntax.
    covered: Vec<bool>,
    /// Causes of what may turn out to be dropped.
    causes: Vec<(Range<usize>, Cause)>,
    /// Passages dropped as a whole: titles, definitions.
    whole: Vec<Dropped>,
    definitions: Vec<Definition>,
    /// Links and images being read: where the last of their text ends, and their title.
    links: Vec<OpenLink>,
    /// Labels of the definitions that links use, folded.
    used: BTreeSet<String>,
}

struct Definition {
    label: String,
    range: Range<usize>,
    title: String,
    is_comment: bool,
}

struct OpenLink {
    range: Range<usize>,
    text_end: usize,
    title: String,
}

impl<'t> Coverage<'t> {
    pub(super) fn new(markdown: &'t str) -> Self {
        Self { markdown, covered: vec![false; markdown.len()], ..Self::default() }
    }

    /// Takes the definitions of addresses, known before the first event.
    pub(super) fn definitions(&mut self, events: &OffsetIter<'_>) {
        for (label, definition) in events.reference_definitions().iter() {
            let word = french::fold(label);
            let is_comment = matches!(word.as_str(), "//" | "comment" | "commentaire")
                && matches!(&*definition.dest, "#" | "");
            self.definitions.push(Definition {
                label: folded(label),
                range: definition.span.clone(),
                title: definition.title.as_deref().unwrap_or_default().to_string(),
                is_comment,
            });
        }
        self.definitions.sort_by_key(|definition| definition.range.start);
    }

    /// Takes an event.
    pub(super) fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(TagEnd::Link | TagEnd::Image) => self.end_of_link(),
            Event::End(_) | Event::Rule | Event::SoftBreak | Event::HardBreak => {}
            _ => {
                self.cover(range.clone());
                if let Some(link) = self.links.last_mut() {
                    link.text_end = link.text_end.max(range.end);
                }
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        let written = &self.markdown[range.clone()];
        let until = |length: usize| range.start..range.start + length;
        match tag {
            Tag::Link { link_type, title, id, .. } | Tag::Image { link_type, title, id, .. } => {
                let is_here = matches!(link_type, LinkType::Inline);
                if !is_here {
                    self.used.insert(folded(id));
                }
                let title = if is_here { title.to_string() } else { String::new() };
                self.links.push(OpenLink { text_end: range.start, range, title });
            }
            Tag::FootnoteDefinition(_) => {
                let label = written.find("]:").map_or(0, |at| at + 2);
                self.cover(until(label));
            }
            Tag::Item => {
                let number = written.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
                self.cover(until(written.len() - number.len()));
            }
            Tag::BlockQuote(Some(_)) => {
                if let (Some(open), Some(close)) = (written.find("[!"), written.find(']')) {
                    self.cover(range.start + open..range.start + close);
                }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                let line = written.lines().next().unwrap_or_default();
                let info = line.len() - line.trim_start_matches(['`', '~', ' ']).len();
                let language =
                    line[info..].find(char::is_whitespace).map_or(line.len(), |at| info + at);
                self.cover(until(language));
                self.causes.push((until(line.len()), Cause::CodeInfo));
            }
            Tag::Table(_) => self.causes.push((range, Cause::Cell)),
            _ => {}
        }
    }

    /// The address of a link follows its text, and its title the address.
    fn end_of_link(&mut self) {
        let Some(OpenLink { range, text_end, title }) = self.links.pop() else { return };
        let from = text_end.max(range.start);
        self.but_for_its_title(from..range.end, &title);
        if let Some(outer) = self.links.last_mut() {
            outer.text_end = outer.text_end.max(range.end);
        }
    }

    /// Covers what names an address; its title, if any, is dropped.
    fn but_for_its_title(&mut self, range: Range<usize>, title: &str) {
        if title.chars().any(char::is_alphanumeric) {
            // A title is quoted after a space or on a line of its own; its quotation ends the link.
            let written = &self.markdown[range.clone()];
            let quoted = |mark: &str| written.find(mark).map(|at| at + 2);
            let marks = [" \"", " '", " (", "\n\"", "\n'", "\n(", "\t\"", "\t'", "\t("];
            let start = written.rfind(title).or_else(|| marks.into_iter().filter_map(quoted).min());
            let start = start.unwrap_or_default();
            let rest = written[start..].trim_end_matches(|c: char| c.is_whitespace() || c == ')');
            let end = start + rest.trim_end_matches(['"', '\'']).len();
            let end = if written[start..].starts_with(title) { start + title.len() } else { end };
            self.whole.push(Dropped {
                range: range.start + start..range.start + end,
                cause: Cause::Title,
            });
        }
        self.cover(range);
    }

    fn cover(&mut self, range: Range<usize>) {
        if let Some(bytes) = self.covered.get_mut(range) {
            bytes.fill(true);
        }
    }

    /// The words that were dropped, in order.
    pub(super) fn conclude(mut self) -> Vec<Dropped> {
        for definition in std::mem::take(&mut self.definitions) {
            let Definition { label, range, title, is_comment } = definition;
            if self.used.contains(&label) {
                self.but_for_its_title(range, &title);
                continue;
            }
            let cause = if is_comment { Cause::Comment } else { Cause::Definition };
            let end = range.start + self.markdown[range.clone()].trim_end().len();
            self.whole.push(Dropped { range: range.start..end, cause });
            self.cover(range);
        }
        let mut found = self.runs();
        found.append(&mut self.whole);
        found.sort_by_key(|dropped| dropped.range.start);
        found
    }

    /// Words that nothing covers, those of a line together.
    fn runs(&mut self) -> Vec<Dropped> {
        self.causes.sort_by_key(|(range, _)| range.start);
        let mut causes = self.causes.iter().peekable();
        let mut cause: Option<&(Range<usize>, Cause)> = None;
        let mut found: Vec<Dropped> = Vec::new();
        for (at, c) in self.markdown.char_indices() {
            if !c.is_alphanumeric() || self.covered[at] {
                continue;
            }
            let end = at + c.len_utf8();
            if let Some(last) = found.last_mut()
                && self.goes_on(last, at)
            {
                last.range.end = end;
                continue;
            }
            // The innermost begins last.
            while let Some(next) = causes.next_if(|(range, _)| range.start <= at) {
                cause = Some(next);
            }
            let known = cause.filter(|(range, _)| range.contains(&at)).map(|(_, cause)| *cause);
            let cause = known.unwrap_or_else(|| self.of_its_line(at));
            found.push(Dropped { range: at..end, cause });
        }
        found
    }

    /// True when what is dropped at a place continues what is dropped before it.
    fn goes_on(&self, last: &Dropped, at: usize) -> bool {
        let between = last.range.end..at;
        let is_apart = |c: char| c == '\n' || c == '|' && last.cause == Cause::Cell;
        !self.covered[between.clone()].contains(&true) && !self.markdown[between].contains(is_apart)
    }

    fn of_its_line(&self, at: usize) -> Cause {
        let line = &self.markdown[self.markdown[..at].rfind('\n').map_or(0, |n| n + 1)..];
        let is_definition = line.trim_start_matches(['>', ' ']).starts_with('[')
            && line.lines().next().is_some_and(|line| line.contains("]:"));
        if is_definition { Cause::Definition } else { Cause::Unknown }
    }
}

/// A label as links find it: case and spaces do not count (CommonMark, « matches »).
fn folded(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    unicase::UniCase::new(words.join(" ")).to_folded_case()
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Parser;

    use super::{super::reading::dialect, *};

    fn dropped(markdown: &str) -> Vec<(&str, Cause)> {
        let mut coverage = Coverage::new(markdown);
        let events = Parser::new_ext(markdown, dialect()).into_offset_iter();
        coverage.definitions(&events);
        events.for_each(|(event, range)| coverage.event(&event, range));
        coverage.conclude().into_iter().map(|d| (&markdown[d.range], d.cause)).collect()
    }

    #[test]
    fn what_vanishes_is_found() {
        assert_eq!(
            dropped("[Durée]: 2h\n[Public]: CM1-CM2\n\nFin.\n"),
            [("[Durée]: 2h", Cause::Definition), ("[Public]: CM1-CM2", Cause::Definition)]
        );
        assert_eq!(
            dropped("[a](b.md 'Le titre (vu)') [c][d]\n\n[d]: e.md\n  \"f&ouml;&ouml;\"\n"),
            [("Le titre (vu)", Cause::Title), ("f&ouml;&ouml;", Cause::Title)]
        );
        assert_eq!(
            dropped("| a | b |\n|---|---|\n| un | deux | trois perdu |\n"),
            [("trois perdu", Cause::Cell)]
        );
        assert_eq!(
            dropped("[a](https://a.fr \"le titre\") ![b](b.png 'un autre')\n"),
            [("le titre", Cause::Title), ("un autre", Cause::Title)]
        );
        assert_eq!(dropped("```python un titre\nx\n```\n"), [("un titre", Cause::CodeInfo)]);
        assert_eq!(dropped("[//]: # (à revoir)\n\na\n")[0].1, Cause::Comment);
    }

    #[test]
    fn syntax_is_no_word() {
        for markdown in [
            "# Un\n\n1. *deux* `trois` [quatre](https://a.fr/b) <https://c.fr>\n2. ![d](e.png)\n",
            "[un][a] [a] [b][]\n\n[a]: https://a.fr\n[B]: <c.md>\n",
            "a[^1]\n\n[^1]: b\n\n    c\n",
            "> [!NOTE]\n> a\n\n- [x] b\n",
            "```python\nx = 1\n```\n\n~~~\ny\n~~~\n\n    z\n",
            "a &eacute; &#233; \\* <sup>b</sup> <!-- c -->\n\nTitre\n===\n",
            "| a | b |\n|:-:|---|\n| `c \\| d` | e |\n",
            "[![a](b.png)](https://c.fr) [a [b] c](d.md)\n",
            "  1. a\n\n  2. b\n\n   3. c\n\n> 4. d\n",
        ] {
            assert_eq!(dropped(markdown), [], "{markdown}");
        }
    }
}
