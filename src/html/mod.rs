//! One page, read as a browser's tokenizer reads it: ids with their text, and links.

mod elements;
mod forbidden;

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use self::{
    elements::{attribute, is_implied, is_inline, is_unseen, is_void},
    forbidden::forbidden,
};
use crate::model::TITRES_DES_ALERTES;

/// Content of a finished page, as its proof and its audit need it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PageScan {
    /// The text of the page, in UTF-8; elements that are not inline are separated by spaces.
    pub(super) text: Vec<u8>,
    /// For each id, its element's part of the text.
    pub ids: BTreeMap<String, Range<usize>>,
    /// Ids used more than once.
    pub repeated: Vec<String>,
    /// Links and embedded resources, each with its place in the text.
    pub links: Vec<(String, usize)>,
    /// Additions of a page inside a text, not of it: the numbers that call a footnote, the titles of alerts.
    pub calls: Vec<Range<usize>>,
    /// Alternatives of the images, each with its place in the text.
    pub alternatives: Vec<(usize, String)>,
    /// For each id inside a cell of a table, its row among all those of the page and its column, from 0.
    pub cells: BTreeMap<String, (usize, usize)>,
    /// Elements that a browser makes of it before any script, those inside a `<template>` left out.
    pub elements: usize,
    /// Files that a browser asks for because of it: styles, icons, scripts, images. Each once, sorted.
    pub files: Vec<String>,
    /// Code that a strict content security policy refuses: inline styles, handlers, scripts.
    pub forbidden: Vec<String>,
}

impl PageScan {
    /// The text of the page; elements that are not inline are separated by spaces.
    pub fn text(&self) -> &str {
        self.piece(0..self.text.len())
    }

    /// The text of the element with this id.
    pub fn text_of(&self, id: &str) -> Option<&str> {
        self.ids.get(id).map(|range| self.piece(range.clone()))
    }

    /// The text of the element with this id, without what the page adds inside it.
    pub fn text_without_calls(&self, id: &str) -> Option<Cow<'_, str>> {
        self.ids.get(id).map(|range| self.without_calls(range.clone()))
    }

    /// The text of the page, without what it adds inside texts.
    pub fn whole_text_without_calls(&self) -> Cow<'_, str> {
        self.without_calls(0..self.text.len())
    }

    fn without_calls(&self, range: Range<usize>) -> Cow<'_, str> {
        if self.calls.is_empty() {
            return self.piece(range).into();
        }
        let mut text = String::new();
        let mut from = range.start;
        let within = |call: &&Range<usize>| range.start <= call.start && call.end <= range.end;
        for call in self.calls.iter().filter(within) {
            text.push_str(self.piece(from..call.start));
            from = call.end;
        }
        text.push_str(self.piece(from..range.end));
        text.into()
    }

    /// Alternatives of the images inside the element with this id, or of the page.
    pub fn alternatives_of(&self, id: Option<&str>) -> impl Iterator<Item = &str> {
        let range = match id {
            Some(id) => self.ids.get(id).cloned().unwrap_or_default(),
            None => 0..self.text.len() + 1,
        };
        let inside = move |(at, _): &&(usize, String)| (range.start..=range.end).contains(at);
        self.alternatives.iter().filter(inside).map(|(_, alt)| alt.as_str())
    }

    /// A piece of the text, cut where tags are. Only what is asked for is read as UTF-8, which a page made by
    /// templates always is.
    fn piece(&self, range: Range<usize>) -> &str {
        std::str::from_utf8(&self.text[range]).unwrap_or_default()
    }

    /// True when the element of this id links to `href`.
    pub fn holds_link(&self, id: &str, href: &str) -> bool {
        let Some(range) = self.ids.get(id) else { return false };
        // A link at the very end of an element has its place at its end.
        self.links.iter().any(|(link, at)| link == href && (range.start..=range.end).contains(at))
    }
}

/// Number of implied elements.
const IMPLIED: usize = 3;

/// An element being read.
#[derive(Debug)]
struct OpenTag {
    name: Vec<u8>,
    id: Option<String>,
    /// Start of its text.
    from: usize,
    /// True when its text is hidden.
    hides: bool,
    calls: Addition,
}

/// Addition of the interface inside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Addition {
    None,
    /// The number that calls a footnote.
    Call,
    /// The title of an alert.
    AlertTitle,
}

impl Addition {
    /// True when a text is nothing but this addition. Words that look like one cannot be left out of the proof.
    fn is(self, said: &[u8]) -> bool {
        match self {
            Self::None => false,
            Self::Call => !said.is_empty() && said.iter().all(u8::is_ascii_digit),
            Self::AlertTitle => {
                let said = std::str::from_utf8(said).unwrap_or_default().trim();
                TITRES_DES_ALERTES.contains(&said)
            }
        }
    }
}

/// Reads a page.
pub fn scan(html: impl AsRef<[u8]>) -> PageScan {
    // After a tag such as `<script>` what follows is a text.
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = PageReader::default();
    for Ok(token) in Tokenizer::new_with_emitter(html.as_ref(), emitter) {
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.finish(&tag.name),
            Token::String(text) if reader.hidden == 0 => reader.page.text.extend_from_slice(&text),
            _ => {}
        }
    }
    reader.end()
}

/// A page being read.
#[derive(Debug, Default)]
struct PageReader {
    page: PageScan,
    open: Vec<OpenTag>,
    hidden: usize,
    templates: usize,
    column: Option<usize>,
    row: usize,
}

impl PageReader {
    fn end(mut self) -> PageScan {
        while !self.open.is_empty() {
            self.close();
        }
        let mut page = self.page;
        page.repeated.sort();
        page.repeated.dedup();
        page.files.sort();
        page.files.dedup();
        // A browser makes these three, written or not.
        page.elements += IMPLIED;
        page
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let page = &mut self.page;
        let name = tag.name.as_slice();
        let value = |key| attribute(tag, key);
        separate(name, &mut page.text);
        let from = page.text.len();
        let links = [b"href".as_slice(), b"src", b"action", b"formaction", b"xlink:href"];
        for link in links.into_iter().filter_map(value) {
            page.links.push((link.to_string(), from));
        }
        if name == b"meta"
            && let Some((_, url)) = value(b"content").and_then(|content| content.split_once("url="))
        {
            page.links.push((url.to_string(), from));
        }
        match name {
            b"td" | b"th" => self.column = Some(self.column.map_or(0, |c| c + 1)),
            b"table" | b"tr" => {
                self.row += usize::from(name == b"tr");
                self.column = None;
            }
            _ => {}
        }
        if self.templates == 0 {
            page.elements += usize::from(!is_implied(name));
            page.files.extend(loaded(tag).map(str::to_string));
        }
        forbidden(tag, &mut page.forbidden);
        let id = value(b"id").map(str::to_string);
        if let (Some(id), Some(column)) = (&id, self.column) {
            page.cells.insert(id.clone(), (self.row, column));
        }
        if let Some(id) = &id
            && page.ids.insert(id.clone(), from..from).is_some()
        {
            page.repeated.push(id.clone());
        }
        if name == b"img"
            && self.hidden == 0
            && let Some(alt) = value(b"alt").filter(|alt| !alt.trim().is_empty())
        {
            page.alternatives.push((from, alt.to_string()));
        }
        if is_void(name) {
            return;
        }
        let hides = is_unseen(name) || value(b"hidden").or(value(b"inert")).is_some();
        self.hidden += usize::from(hides);
        self.templates += usize::from(name == b"template");
        let calls = match name {
            b"a" if value(b"href").is_some_and(|to| to.starts_with("#note--")) => Addition::Call,
            b"p" if value(b"class") == Some("alerte-titre") => Addition::AlertTitle,
            _ => Addition::None,
        };
        self.open.push(OpenTag { name: name.to_vec(), id, from, hides, calls });
    }

    /// An end tag ends the innermost element of its name, and those inside it.
    fn finish(&mut self, name: &[u8]) {
        let found = self.open.iter().rposition(|open| open.name == name);
        while found.is_some_and(|at| self.open.len() > at) {
            self.close();
        }
    }

    /// Ends the innermost element.
    fn close(&mut self) {
        let Some(OpenTag { name, id, from, hides, calls }) = self.open.pop() else { return };
        let page = &mut self.page;
        let said = &page.text[from..];
        if calls.is(said) {
            page.calls.push(from..page.text.len());
        }
        if name == b"table" {
            self.column = None;
        }
        if let Some(id) = id {
            *page.ids.entry(id).or_default() = from..page.text.len();
        }
        self.hidden -= usize::from(hides);
        self.templates -= usize::from(name == b"template");
        separate(&name, &mut page.text);
    }
}

/// The file that a browser loads because of a tag.
fn loaded(tag: &StartTag<()>) -> Option<&str> {
    match tag.name.as_slice() {
        b"script" | b"img" => attribute(tag, b"src"),
        b"link" if matches!(attribute(tag, b"rel"), Some("stylesheet" | "icon")) => {
            attribute(tag, b"href")
        }
        _ => None,
    }
}

fn separate(name: &[u8], text: &mut Vec<u8>) {
    if !is_inline(name) {
        text.push(b' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_hold_their_own_text() {
        let page = scan(
            "<ul><li id=\"a\"><p id=b>Un <a href=\"x.html\">d<sup>er</sup></a></p><p>deux</p></li></ul><p>hors</p><script>var a = '<p id=c>';</script>",
        );
        assert_eq!(page.text_of("b").map(str::trim), Some("Un der"));
        assert_eq!(
            page.text_of("a").map(|t| t.split_whitespace().collect::<Vec<_>>()),
            Some(vec!["Un", "der", "deux"])
        );
        assert!(page.holds_link("a", "x.html") && !page.ids.contains_key("c"));
        assert!(!page.text().contains("var"));
    }

    #[test]
    fn calls_of_footnotes_are_left_out_of_sentences() {
        let page = scan(
            "<p id=a>Mot<sup><a href=\"#note--1\">1</a></sup>, <a href=\"#note--2\">deux</a>.</p>",
        );
        assert_eq!(page.text_of("a"), Some("Mot1, deux."));
        assert_eq!(page.text_without_calls("a").as_deref(), Some("Mot, deux."));
    }

    #[test]
    fn titles_of_alerts_are_left_out_of_texts() {
        let page =
            scan("<div id=a><p class=alerte-titre>À noter</p><p class=alerte-titre>Rien</p></div>");
        let text = page.text_without_calls("a").unwrap_or_default();
        assert_eq!(text.trim(), "Rien");
    }

    #[test]
    fn what_readers_do_not_see_is_no_text() {
        for hidden in [
            "<p inert>b</p>",
            "<p hidden>b</p>",
            "<noframes>b</noframes>",
            "<noscript>b</noscript>",
            "<dialog open>b</dialog>",
            "<template><p>b</template>",
        ] {
            assert_eq!(scan(hidden).text().trim(), "", "{hidden}");
        }
    }

    #[test]
    fn elements_are_those_of_a_document() {
        let written = "<!doctype html><html lang=fr><head><title>a<b></title></head><body><p title=\"a>b\">x<br></p></body></html>";
        // html, head, title, body, p, br.
        assert_eq!(scan(written).elements, 6);
        assert_eq!(scan("<!doctype html><title>a</title><p>x").elements, 5);
        let hidden = "<template id=a><p><template><i></i></template></p></template><!-- <p> --><script>'<p>'</script><u>1 < 2</u>";
        // html, head, body, template, script, u.
        assert_eq!(scan(hidden).elements, 6);
    }

    #[test]
    fn a_file_is_asked_for_once() {
        let written = "<link rel=\"stylesheet\" href=\"../assets/style.css\"><link href=i.svg rel=icon><link rel=\"canonical\" href=\"https://exemple.fr/\"><img src='a.png'><img alt src=\"a.png\">";
        assert_eq!(scan(written).files, ["../assets/style.css", "a.png", "i.svg"]);
    }

    #[test]
    fn what_is_asked_elsewhere_is_forbidden() {
        for html in [
            "<img src=https://a.fr/b.png>",
            "<img src='b.png' srcset='c.png 1x, //a.fr/b.png 2x'>",
            "<img src='data:image/gif;base64,R0l='>",
            "<video poster=https://a.fr/b.png>",
            "<link rel=stylesheet href=//a.fr/b.css>",
            "<link rel=preload imagesrcset='https://a.fr/b.png 2x'>",
            "<object data=https://a.fr/b.svg>",
            "<svg><use href='https://a.fr/b.svg#c'/><feImage></svg>",
            "<svg><feImage xlink:href='https://a.fr/b.png'/></svg>",
            "<base href=a>",
            "<form action=https://a.fr></form>",
            "<button formaction=//a.fr>a</button>",
            "<a href=b.html ping=c>a</a>",
            "<a href='java\nscript:a'>a</a>",
            "<a href=' data:text/html,a'>a</a>",
            "<a href=vbscript:a>a</a>",
            "<a href=ftp://a.fr>a</a>",
            "<svg><a xlink:href=javascript:a>a</a></svg>",
            "<meta http-equiv=refresh content='0; url=https://a.fr'>",
            "<meta http-equiv=set-cookie content=a>",
        ] {
            assert_eq!(scan(html).forbidden.len(), 1, "{html}: {:?}", scan(html).forbidden);
        }
        for html in [
            "<a href=https://a.fr/>a</a>",
            "<link rel=canonical href=https://a.fr/>",
            "<img src=../b.png srcset='../b.png 1x, ../c.png 2x'>",
            "<data value=https://a.fr/>a</data>",
            "<svg><use href='#a'/></svg>",
            "<form action=../b/index.html></form>",
            "<a href=mailto:a@b.fr>a</a><a href=b/c:d.html>",
            "<meta http-equiv=refresh content='0; url=../a.html'>",
        ] {
            assert_eq!(scan(html).forbidden, [""; 0], "{html}");
        }
    }

    #[test]
    fn repeated_ids() {
        assert_eq!(scan("<p id=a></p><p id=a></p>").repeated, ["a"]);
    }
}
