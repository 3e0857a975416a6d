//! One page, read as a browser's tokenizer reads it: ids with their text, and links.

use std::{collections::BTreeMap, ops::Range};

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

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
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements whose text a reader does not see, or not until something happens.
const UNSEEN: [&str; 7] = ["script", "style", "template", "dialog", "select", "noscript", "object"];

/// An element being read: its name, its id, where its text begins, whether it hides it, whether it may
/// be the call of a footnote.
type Open = (String, Option<String>, usize, bool, bool);

/// Elements that do not part the words around them.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "small", "span", "strong", "sub", "sup",
];

/// Reads a page.
pub fn scan(html: &str) -> PageScan {
    let mut emitter = DefaultEmitter::default();
    // Without it the text of script and style would be read as markup.
    emitter.naively_switch_states(true);
    let mut page = PageScan::default();
    let mut open: Vec<Open> = Vec::new();
    let mut hidden = 0_usize;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => start(&tag, &mut page, &mut open, &mut hidden),
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if let Some(at) = open.iter().rposition(|(n, ..)| *n == name) {
                    for element in open.split_off(at).into_iter().rev() {
                        close(element, &mut page, &mut hidden);
                    }
                }
            }
            Token::String(text) if hidden == 0 => {
                page.text.push_str(&String::from_utf8_lossy(&text))
            }
            _ => {}
        }
    }
    while let Some(element) = open.pop() {
        close(element, &mut page, &mut hidden);
    }
    page.repeated.sort();
    page.repeated.dedup();
    page
}

fn start(tag: &StartTag<()>, page: &mut PageScan, open: &mut Vec<Open>, hidden: &mut usize) {
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    let attribute = |key: &[u8]| {
        let found = tag.attributes.iter().find(|(name, _)| name.as_slice() == key);
        found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
    };
    separate(&name, page);
    let from = page.text.len();
    for key in [b"href".as_slice(), b"src", b"action"] {
        if let Some(link) = attribute(key) {
            page.links.push((link, from));
        }
    }
    if name == "meta"
        && let Some(content) = attribute(b"content")
        && let Some((_, url)) = content.split_once("url=")
    {
        page.links.push((url.to_string(), from));
    }
    match name.as_str() {
        "td" | "th" => page.column = Some(page.column.map_or(0, |c| c + 1)),
        "table" | "tr" => page.column = None,
        _ => {}
    }
    page.forbidden.extend(forbidden(&name, tag));
    let id = attribute(b"id");
    if let (Some(id), Some(column)) = (&id, page.column) {
        page.columns.insert(id.clone(), column);
    }
    if let Some(id) = &id
        && page.ids.insert(id.clone(), from..from).is_some()
    {
        page.repeated.push(id.clone());
    }
    if VOID.contains(&name.as_str()) {
        return;
    }
    let hides = UNSEEN.contains(&name.as_str()) || attribute(b"hidden").is_some();
    *hidden += usize::from(hides);
    let calls = name == "a" && attribute(b"href").is_some_and(|to| to.starts_with("#note--"));
    open.push((name, id, from, hides, calls));
}

/// Attributes and elements that set a style, run code, or load something from another host.
fn forbidden(name: &str, tag: &StartTag<()>) -> Vec<String> {
    let attribute = |wanted: &[u8]| {
        let found = tag.attributes.iter().find(|(key, _)| key.as_slice() == wanted);
        found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
    };
    let mut found = Vec::new();
    for key in tag.attributes.keys() {
        let key = String::from_utf8_lossy(key);
        if key == "style" || key.starts_with("on") {
            found.push(format!("{name} {key}"));
        }
    }
    // `<link rel="canonical">` and its like say an address and load nothing.
    let rel = attribute(b"rel").unwrap_or_default();
    let loads = match name {
        "link" if rel != "canonical" && rel != "alternate" => attribute(b"href"),
        _ => attribute(b"src"),
    };
    if let Some(from) = loads
        && (from.contains("://") || from.starts_with("//") || from.starts_with("data:"))
    {
        found.push(format!("{name} « {from} »"));
    }
    let is_data = attribute(b"type").is_some_and(|t| t == "application/ld+json");
    let is_inline = name == "script" && !is_data && attribute(b"src").is_none();
    if is_inline || name == "style" || name == "iframe" {
        found.push(name.to_string());
    }
    found
}

fn close((name, id, from, hides, calls): Open, page: &mut PageScan, hidden: &mut usize) {
    let said = &page.text[from..];
    // Nothing but a number: no words can be left out of the proof by looking like a call.
    if calls && !said.is_empty() && said.bytes().all(|b| b.is_ascii_digit()) {
        page.calls.push(from..page.text.len());
    }
    if name == "table" {
        page.column = None;
    }
    if let Some(id) = id {
        page.ids.insert(id, from..page.text.len());
    }
    *hidden -= usize::from(hides);
    separate(&name, page);
}

fn separate(name: &str, page: &mut PageScan) {
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
    fn repeated_ids() {
        assert_eq!(scan("<p id=a></p><p id=a></p>").repeated, ["a"]);
    }
}
