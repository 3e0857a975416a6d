//! Signs meant as markup that will be published as signs, and forms that a text takes by surprise.
//!
//! [`SignWatch`] sees the events of a body go by and keeps of each leaf block what Markdown left as plain
//! text. The files below judge it: pure functions from a [`Leaf`] to [`Sign`]s.

mod acces;
mod emphasis;
mod formes;
mod leaf;
mod liens;
mod lignes;
mod listes;
mod signes;
mod tableaux;

pub(in crate::parse) use acces::vague_alternative;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use serde::Deserialize;

use super::Index;
use crate::{
    diag::{Code, Diagnostic},
    parse::motifs::Motif,
};

use leaf::{LONGEST, Leaf, Line, PROTECTED};
pub(super) use liens::is_address;

/// Something to say of a body; places are byte ranges of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sign {
    code: Code,
    range: Range<usize>,
    message: String,
    aide: String,
    /// Replacements that leave no doubt.
    correction: Vec<(Range<usize>, String)>,
}

impl Sign {
    fn new(
        code: Code,
        range: Range<usize>,
        message: impl Into<String>,
        aide: impl Into<String>,
    ) -> Self {
        let (message, aide) = (message.into(), aide.into());
        Self { code, range, message, aide, correction: Vec::new() }
    }

    fn fix(mut self, range: Range<usize>, texte: impl Into<String>) -> Self {
        self.correction.push((range, texte.into()));
        self
    }
}

impl Index<'_> {
    /// Says what was seen.
    pub(super) fn signs(&mut self, signs: Vec<Sign>) {
        for sign in signs {
            let mut diagnostic = Diagnostic::new(sign.code, sign.message).help(sign.aide);
            for (range, texte) in sign.correction {
                diagnostic = diagnostic.fix(&self.span(range), texte);
            }
            self.push(diagnostic, sign.range);
        }
    }
}

/// Kind of a leaf block.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
enum Kind {
    #[default]
    Paragraph,
    /// A heading written with `#`.
    Heading,
    /// A heading that an underline makes.
    Underlined,
    Cell,
    /// Code between fences.
    Fenced,
    /// Code that its indentation makes.
    Indented,
}

/// Sees the events of a body, and says what was probably not meant.
#[derive(Default)]
pub(super) struct SignWatch<'a> {
    body: &'a str,
    kind: Kind,
    /// From the first to the last of what the leaf holds.
    extent: Option<Range<usize>>,
    /// Plain text of the leaf.
    runs: Vec<Range<usize>>,
    opaque: Vec<Range<usize>>,
    /// Number of open links and images whose text is not that of the leaf.
    images: usize,
    leaves: usize,
    /// The last leaf that is an item of a list badly written, and the sign that says this list.
    item: Option<(usize, usize)>,
    lists: listes::OpenLists,
    acces: acces::Acces,
    tables: tableaux::Rows,
    signs: Vec<Sign>,
}

impl<'a> SignWatch<'a> {
    pub(super) fn new(body: &'a str) -> Self {
        Self { body, ..Self::default() }
    }

    pub(super) fn see(&mut self, event: &Event<'_>, range: &Range<usize>) {
        self.signs.extend(self.acces.see(self.body, event, range));
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end, range),
            Event::Text(_) => self.text(range),
            Event::Code(_) => {
                self.signs.extend(formes::apostrophes(self.body, range));
                self.apart(range);
            }
            Event::InlineHtml(_) | Event::Html(_) | Event::FootnoteReference(_) => {
                self.apart(range);
            }
            _ => {}
        }
    }

    /// All that there is to say, once the body is read.
    pub(super) fn signs(mut self) -> Vec<Sign> {
        self.flush();
        self.signs
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                self.extend(range);
                self.signs.extend(formes::between_digits(self.body, range));
            }
            // The text of a link is plain; its brackets and its address are not.
            Tag::Link { .. } => self.apart(range),
            Tag::Image { .. } => {
                self.images += 1;
                self.apart(range);
            }
            other => {
                self.flush();
                self.kind = self.kind_of(other, range);
                self.tables.start(other, range);
            }
        }
    }

    fn kind_of(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Kind {
        let written = self.body.get(range.clone()).unwrap_or_default();
        match tag {
            Tag::Heading { .. } if written.starts_with('#') => Kind::Heading,
            Tag::Heading { .. } => Kind::Underlined,
            Tag::TableCell => Kind::Cell,
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.signs.extend(formes::unclosed(written, range));
                Kind::Fenced
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Indented,
            _ => Kind::Paragraph,
        }
    }

    fn end(&mut self, end: &TagEnd, range: &Range<usize>) {
        match end {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
            TagEnd::Image => self.images -= 1,
            other => {
                self.flush();
                self.kind = Kind::default();
                self.signs.extend(self.tables.end(self.body, other, range));
            }
        }
    }

    fn text(&mut self, range: &Range<usize>) {
        if self.images > 0 {
            return;
        }
        // The backslash that protects a sign is of the leaf too.
        let escaped = usize::from(before(self.body, range.start) == Some('\\'));
        self.extend(&(range.start - escaped..range.end));
        match self.runs.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => self.runs.push(range.clone()),
        }
    }

    /// Something of the leaf that is no plain text.
    fn apart(&mut self, range: &Range<usize>) {
        self.extend(range);
        self.opaque.push(range.clone());
    }

    fn extend(&mut self, range: &Range<usize>) {
        match &mut self.extent {
            Some(extent) => extent.end = extent.end.max(range.end),
            None => self.extent = Some(range.clone()),
        }
    }

    /// Ends a leaf.
    fn flush(&mut self) {
        let Some(extent) = self.extent.take() else { return };
        let runs = std::mem::take(&mut self.runs);
        let opaque = std::mem::take(&mut self.opaque);
        if self.kind != Kind::Fenced
            && let Some(mut leaf) = leaf(self.body, self.kind, extent, &runs, &opaque)
        {
            leaf.first = self.leaves == 0;
            leaf.after_table = self.tables.are_just_before(self.body, leaf.start);
            let before = self.signs.len();
            if self.item.is_none_or(|(item, _)| item + 1 != self.leaves) {
                self.lists = listes::OpenLists::default();
            }
            if leaf.written.len() <= LONGEST {
                judge(&mut leaf, &mut self.signs, &mut self.lists);
                self.one_list(&leaf, before);
            } else {
                let mut pieces = leaf.pieces();
                pieces.iter_mut().for_each(|piece| judge(piece, &mut self.signs, &mut self.lists));
            }
        }
        self.leaves += 1;
        // Their room serves again.
        (self.runs, self.opaque) = (runs, opaque);
        self.runs.clear();
        self.opaque.clear();
    }

    /// Items of a list that blank lines part are said once.
    fn one_list(&mut self, leaf: &Leaf<'_>, before: usize) {
        if !listes::is_item(leaf) {
            return;
        }
        let goes_on = self.item.filter(|(item, _)| item + 1 == self.leaves);
        let Some((_, first)) = goes_on else {
            self.item = Some((self.leaves, before));
            return;
        };
        let same: Vec<Sign> = self.signs.drain(before..).collect();
        let fixes = same.into_iter().flat_map(|sign| sign.correction);
        if let Some(list) = self.signs.get_mut(first) {
            list.correction.extend(fixes);
        }
        self.item = Some((self.leaves, first));
    }
}

/// A leaf, unless it lies out of its body or holds no sign that anything is made of.
fn leaf<'a>(
    body: &'a str,
    kind: Kind,
    extent: Range<usize>,
    runs: &[Range<usize>],
    opaque: &[Range<usize>],
) -> Option<Leaf<'a>> {
    let start = extent.start;
    let written = body.get(extent)?;
    // What puts a line in a list or a quotation is a margin, not something that Markdown hides.
    let mut is_margin = false;
    let blank = |byte| {
        is_margin = byte == b'\n' || is_margin && matches!(byte, b' ' | b'\t' | b'>');
        match byte {
            b'\n' => byte,
            _ if is_margin => b' ',
            _ => 0,
        }
    };
    let mut mask: Vec<u8> = written.bytes().map(blank).collect();
    for run in runs {
        let escaped = usize::from(run.start > 0 && body.as_bytes()[run.start - 1] == b'\\');
        let plain = run.start + escaped..run.end;
        if let (Some(bytes), Some(room)) = (
            body.as_bytes().get(plain.clone()),
            mask.get_mut(plain.start - start..plain.end - start),
        ) {
            room.copy_from_slice(bytes);
            if escaped > 0 {
                mask[run.start - start] = PROTECTED;
            }
        }
    }
    let mask = String::from_utf8(mask).ok()?;
    let within = |range: &Range<usize>| {
        range.start.saturating_sub(start)..range.end.saturating_sub(start).min(written.len())
    };
    let opaque = opaque.iter().map(within).collect();
    Some(Leaf { kind, first: false, after_table: false, start, body, written, mask, opaque })
}

/// Judges a leaf.
fn judge(leaf: &mut Leaf<'_>, signs: &mut Vec<Sign>, lists: &mut listes::OpenLists) {
    if leaf.kind == Kind::Indented {
        signs.extend(formes::indented(leaf));
        return;
    }
    if lignes::conflict(leaf, signs) || lignes::header(leaf, signs) {
        return;
    }
    signes::links(leaf, signs);
    hide_addresses(leaf);
    if leaf.kind == Kind::Underlined {
        signs.extend(formes::underlined(leaf));
    }
    if leaf.kind == Kind::Paragraph {
        let lines = leaf.lines();
        signs.extend(tableaux::judge(leaf, &lines));
        let list = listes::judge(leaf, &lines, lists);
        signs.extend(list.or_else(|| tableaux::tabs(leaf, &lines)));
    }
    for mark in ['*', '_', '~'] {
        emphasis::emphasis(leaf, mark, signs);
    }
    signes::judge(leaf, signs);
}

/// Web addresses are full of signs that mean nothing.
fn hide_addresses(leaf: &mut Leaf<'_>) {
    static ADDRESS: Motif = Motif::new(r"(?:https?://|www\.)[^\s<>)\]\x00]*");
    let found: Vec<Range<usize>> = ADDRESS.places(&leaf.mask).collect();
    found.into_iter().for_each(|range| leaf.hide(range));
}

/// The character before a place of a text.
fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character at a place of a text.
fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{mended, read},
        *,
    };

    /// Codes, and texts underlined, of the messages of this module alone about a body.
    fn said(markdown: &str) -> Vec<(&'static str, &str)> {
        let mut watch = SignWatch::new(markdown);
        let parser = pulldown_cmark::Parser::new_ext(markdown, super::super::dialect());
        for (event, range) in parser.into_offset_iter() {
            watch.see(&event, &range);
        }
        watch.signs().into_iter().map(|s| (s.code.slug(), &markdown[s.range])).collect()
    }

    /// Cases of `table.txt`, each below its code.
    #[test]
    fn each_case_is_told() {
        let signs = [("⏎", "\n"), ("⍽", "\u{a0}"), ("⇥", "\t"), ("⧉", "\u{f0b7}")];
        let table = signs.iter().fold(
            include_str!("table.txt").split_once("\n\n").unwrap().1.replace('\n', "\0"),
            |table, (shown, sign)| table.replace(shown, sign),
        );
        let (mut code, mut failures) = ("", Vec::new());
        for case in table.split('\0').filter(|case| !case.is_empty()) {
            if let Some(title) = case.strip_prefix("== ").filter(|title| !title.contains(' ')) {
                code = title;
                continue;
            }
            let mut parts = case.split(" ⟶ ");
            let (text, places, better) = (parts.next().unwrap(), parts.next(), parts.next());
            let wanted = places.into_iter().flat_map(|places| places.split(" ¦ "));
            if !said(text).into_iter().eq(wanted.map(|place| (code, place))) {
                failures.push(format!("{text}\n  {:?}", said(text)));
            }
            let mended = better.map(|_| mended("", text));
            if mended.as_deref() != better || better.is_some_and(|text| !said(text).is_empty()) {
                failures.push(format!("{text}\n  {mended:?}"));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    /// A little of everything, to be cut anywhere.
    const MIXED: &str = "— é\n— è\n\n• un ** gras ** é`a`\n1.Pré\n2.Dé\n\n[é] (https://a.fr/é), (é)[a.md], [[é]] ![[é]]\n\
        | é | b |\n|---|\n\n> #É\n> $é_1$ \\(x\\) {{ é }} :é: ==é== ^[é] &nbsp ; é&amp;nbsp;\n\n+++\n\n<<<<<<< é\n\
        É.\n---\n\n    É et le la des du.\n\n```é\n\n[^é] : é\n*[é]: è\n[](é) ![é](é.png)\n\n##\n\n|  |é|\n|--|--|\né\n";

    #[test]
    fn whatever_is_cut_places_stay_inside() {
        let letters: Vec<(usize, char)> = MIXED.char_indices().collect();
        for (at, letter) in &letters {
            let (before, after) = (&MIXED[..*at], &MIXED[at + letter.len_utf8()..]);
            for text in [
                format!("{before}{after}"),
                format!("{before}é{letter}{after}"),
                before.into(),
                after.into(),
            ] {
                // Taking the place of each sign is the test: it stops on a place out of the text.
                assert!(said(&text).len() < 80);
                assert!(mended("", &text).len() < 2 * MIXED.len());
            }
        }
    }

    #[test]
    fn a_received_text_is_not_judged() {
        assert!(read("+++\nlignes = [1]\n+++\n", "** a **\n").1.is_empty());
    }
}
