//! One page, read as a browser's tokenizer reads it: ids with their text, and links.

use std::{borrow::Cow, collections::BTreeMap, convert::Infallible, ops::Range};

use html5gum::{
    Emitter, ForwardingEmitter, Span, Tokenizer,
    emitters::callback::{Callback, CallbackEmitter, CallbackEvent},
};

/// What the audit knows of a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PageScan {
    /// The text of the page; elements that are not inline are separated by spaces.
    pub text: String,
    /// For each id, its element's part of `text`.
    pub ids: BTreeMap<String, Range<usize>>,
    /// Ids used more than once.
    pub repeated: Vec<String>,
    /// Links and embedded resources, each with its place in `text`.
    pub links: Vec<(String, usize)>,
    /// The numbers that call a footnote, in `text`: they stand inside sentences without being of them.
    pub calls: Vec<Range<usize>>,
    /// For each id inside a cell of a table, its column, from 0.
    pub columns: BTreeMap<String, usize>,
    /// Elements that a browser makes of it before any script, those inside a `<template>` left out.
    pub elements: usize,
    /// Files that a browser asks for because of it: styles, icons, scripts, images. Each once, sorted.
    pub files: Vec<String>,
    /// Code that a strict content security policy refuses: inline styles, handlers, scripts.
    pub forbidden: Vec<String>,
    column: Option<usize>,
}

impl PageScan {
    /// The text of the element with this id.
    pub fn text_of(&self, id: &str) -> Option<&str> {
        self.ids.get(id).map(|range| &self.text[range.clone()])
    }

    /// The text of the element with this id, without the calls of footnotes.
    pub fn text_without_calls(&self, id: &str) -> Option<String> {
        let range = self.ids.get(id)?;
        let mut text = String::new();
        let mut from = range.start;
        let within = |call: &&Range<usize>| range.start <= call.start && call.end <= range.end;
        for call in self.calls.iter().filter(within) {
            text.push_str(&self.text[from..call.start]);
            from = call.end;
        }
        text.push_str(&self.text[from..range.end]);
        Some(text)
    }

    /// Whether the element with this id holds a link to `href`.
    pub fn holds_link(&self, id: &str, href: &str) -> bool {
        let Some(range) = self.ids.get(id) else { return false };
        // A link at the very end of an element has its place at its end.
        self.links.iter().any(|(link, at)| link == href && (range.start..=range.end).contains(at))
    }
}

/// Elements that never have an end tag (HTML standard, « void elements »).
const VOID: [&[u8]; 13] = [
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta",
    b"source", b"track", b"wbr",
];

/// Elements whose text a reader does not see, or not until something happens.
const UNSEEN: [&[u8]; 7] =
    [b"script", b"style", b"template", b"dialog", b"select", b"noscript", b"object"];

/// An element being read.
#[derive(Debug)]
struct Open {
    name: Name,
    id: Option<String>,
    /// Where its text begins.
    from: usize,
    /// Whether it hides it.
    hides: bool,
    /// Whether it may be the call of a footnote.
    calls: bool,
}

/// The name of an element; most fit in place.
type Name = Box<[u8]>;

/// Elements that do not part the words around them.
const INLINE: [&[u8]; 20] = [
    b"a", b"abbr", b"b", b"bdi", b"cite", b"code", b"data", b"del", b"dfn", b"em", b"i", b"ins",
    b"kbd", b"mark", b"q", b"small", b"span", b"strong", b"sub", b"sup",
];

/// Reads a page.
pub fn scan(html: &str) -> PageScan {
    let mut reader = Reader::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| {
        reader.event(event);
        None::<Infallible>
    });
    // Without it the text of script and style would be read as markup.
    emitter.naively_switch_states(true);
    // A text cannot fail to be read.
    let Ok(()) = Tokenizer::new_with_emitter(html, Quiet(emitter)).finish();
    reader.end()
}

/// An emitter that is told of no error of the page: nothing here asks for them, and looking at each letter
/// for them took a fifth of the reading.
struct Quiet<F: Callback<Infallible, ()>>(CallbackEmitter<F>);

impl<F: Callback<Infallible, ()>> ForwardingEmitter for Quiet<F> {
    type Token = Infallible;

    fn inner(&mut self) -> &mut impl Emitter<Token = Infallible> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }
}

/// A page being read. The tokenizer lends its bytes: what is kept is copied, and nothing else.
#[derive(Debug, Default)]
struct Reader {
    page: PageScan,
    open: Vec<Open>,
    hidden: usize,
    templates: usize,
    tag: StartTag,
}

/// The start tag being read; its room serves again for the next.
#[derive(Debug, Default)]
struct StartTag {
    name: Vec<u8>,
    attributes: Vec<(Vec<u8>, Vec<u8>)>,
    /// How many of them are of this tag.
    count: usize,
}

impl StartTag {
    fn begin(&mut self, name: &[u8]) {
        self.name.clear();
        self.name.extend_from_slice(name);
        self.count = 0;
    }

    fn attribute_name(&mut self, name: &[u8]) {
        if self.count == self.attributes.len() {
            self.attributes.push((Vec::new(), Vec::new()));
        }
        let (known, value) = &mut self.attributes[self.count];
        known.clear();
        known.extend_from_slice(name);
        value.clear();
        self.count += 1;
    }

    fn attribute_value(&mut self, value: &[u8]) {
        if let Some(last) = self.count.checked_sub(1) {
            self.attributes[last].1.extend_from_slice(value);
        }
    }

    fn attributes(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.attributes[..self.count].iter().map(|(name, value)| (&**name, &**value))
    }

    /// The value of an attribute; of two of one name, the first, as in a browser.
    fn get(&self, wanted: &[u8]) -> Option<Cow<'_, str>> {
        let mut all = self.attributes();
        all.find(|(name, _)| *name == wanted).map(|(_, value)| String::from_utf8_lossy(value))
    }
}

impl Reader {
    fn event(&mut self, event: CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.tag.begin(name),
            CallbackEvent::AttributeName { name } => self.tag.attribute_name(name),
            CallbackEvent::AttributeValue { value } => self.tag.attribute_value(value),
            CallbackEvent::CloseStartTag { .. } => self.start(),
            CallbackEvent::EndTag { name } => {
                if let Some(at) = self.open.iter().rposition(|o| &*o.name == name) {
                    while self.open.len() > at {
                        self.close();
                    }
                }
            }
            CallbackEvent::String { value } if self.hidden == 0 => {
                self.page.text.push_str(&String::from_utf8_lossy(value));
            }
            _ => {}
        }
    }

    fn end(mut self) -> PageScan {
        while !self.open.is_empty() {
            self.close();
        }
        self.page.repeated.sort();
        self.page.repeated.dedup();
        self.page.files.sort();
        self.page.files.dedup();
        // A browser makes these three, written or not.
        self.page.elements += IMPLIED.len();
        self.page
    }

    fn start(&mut self) {
        let (tag, page) = (&self.tag, &mut self.page);
        separate(&tag.name, page);
        let from = page.text.len();
        for key in [b"href".as_slice(), b"src", b"action"] {
            if let Some(link) = tag.get(key) {
                page.links.push((link.into_owned(), from));
            }
        }
        if tag.name == b"meta"
            && let Some(content) = tag.get(b"content")
            && let Some((_, url)) = content.split_once("url=")
        {
            page.links.push((url.to_string(), from));
        }
        match tag.name.as_slice() {
            b"td" | b"th" => page.column = Some(page.column.map_or(0, |c| c + 1)),
            b"table" | b"tr" => page.column = None,
            _ => {}
        }
        if self.templates == 0 {
            page.elements += usize::from(!IMPLIED.contains(&tag.name.as_slice()));
            page.files.extend(loaded(tag));
        }
        forbidden(tag, &mut page.forbidden);
        let id = tag.get(b"id").map(Cow::into_owned);
        if let (Some(id), Some(column)) = (&id, page.column) {
            page.columns.insert(id.clone(), column);
        }
        if let Some(id) = &id
            && page.ids.insert(id.clone(), from..from).is_some()
        {
            page.repeated.push(id.clone());
        }
        if VOID.contains(&tag.name.as_slice()) {
            return;
        }
        let hides = UNSEEN.contains(&tag.name.as_slice()) || tag.get(b"hidden").is_some();
        self.hidden += usize::from(hides);
        self.templates += usize::from(tag.name == b"template");
        let calls =
            tag.name == b"a" && tag.get(b"href").is_some_and(|to| to.starts_with("#note--"));
        self.open.push(Open { name: tag.name.as_slice().into(), id, from, hides, calls });
    }

    /// Ends the innermost element.
    fn close(&mut self) {
        let Some(Open { name, id, from, hides, calls }) = self.open.pop() else { return };
        let page = &mut self.page;
        let said = &page.text[from..];
        // Nothing but a number: no words can be left out of the proof by looking like a call.
        if calls && !said.is_empty() && said.bytes().all(|b| b.is_ascii_digit()) {
            page.calls.push(from..page.text.len());
        }
        if *name == *b"table" {
            page.column = None;
        }
        if let Some(id) = id {
            page.ids.insert(id, from..page.text.len());
        }
        self.hidden -= usize::from(hides);
        self.templates -= usize::from(*name == *b"template");
        separate(&name, page);
    }
}

/// Elements that every document has.
const IMPLIED: [&[u8]; 3] = [b"html", b"head", b"body"];

/// The file that a browser loads because of a tag.
fn loaded(tag: &StartTag) -> Option<String> {
    let file = match tag.name.as_slice() {
        b"script" | b"img" => tag.get(b"src"),
        b"link" => {
            let rel = tag.get(b"rel")?;
            tag.get(b"href").filter(|_| rel == "stylesheet" || rel == "icon")
        }
        _ => None,
    };
    file.map(Cow::into_owned)
}

/// Attributes and elements that set a style, run code, or load something from another host.
fn forbidden(tag: &StartTag, found: &mut Vec<String>) {
    let name = || String::from_utf8_lossy(&tag.name);
    for (key, _) in tag.attributes() {
        if key == b"style" || key.starts_with(b"on") {
            found.push(format!("{} {}", name(), String::from_utf8_lossy(key)));
        }
    }
    // `<link rel="canonical">` and its like say an address and load nothing.
    let loads = match tag.name.as_slice() {
        b"link" => {
            let rel = tag.get(b"rel").unwrap_or_default();
            if rel == "canonical" || rel == "alternate" {
                tag.get(b"src")
            } else {
                tag.get(b"href")
            }
        }
        _ => tag.get(b"src"),
    };
    if let Some(from) = loads
        && (from.contains("://") || from.starts_with("//") || from.starts_with("data:"))
    {
        found.push(format!("{} « {from} »", name()));
    }
    let is_inline = || {
        let is_data = tag.get(b"type").is_some_and(|t| t == "application/ld+json");
        !is_data && tag.get(b"src").is_none()
    };
    let is_code = match tag.name.as_slice() {
        b"script" => is_inline(),
        b"style" | b"iframe" => true,
        _ => false,
    };
    if is_code {
        found.push(name().into_owned());
    }
}

fn separate(name: &[u8], page: &mut PageScan) {
    if !INLINE.contains(&name) {
        page.text.push(' ');
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
        assert!(!page.text.contains("var"));
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
    fn repeated_ids() {
        assert_eq!(scan("<p id=a></p><p id=a></p>").repeated, ["a"]);
    }
}
