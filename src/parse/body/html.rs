//! Raw HTML in a Markdown text: the few elements allowed, and what to say of everything else.
//!
//! The index of a body and its renderer read raw HTML here, piece by piece. The renderer writes the elements from
//! these pieces: no byte of a source is ever copied into a page as markup.

use std::{collections::BTreeMap, ops::Range};

use html5gum::{Token, Tokenizer};

/// The elements allowed inside a sentence; `abbr` alone may bear an attribute, `title`.
const INLINE: [&str; 5] = ["sup", "sub", "abbr", "kbd", "small"];

/// The elements allowed around paragraphs, each with the element that must hold it.
const BLOCK: [(&str, Option<&str>); 4] = [
    ("details", None),
    ("summary", Some("details")),
    ("figure", None),
    ("figcaption", Some("figure")),
];

/// Number of open elements looked through for the one that an end tag crosses.
const LOOKED_AT: usize = 64;

/// Number of characters after a tag that may hold its end tag: without one, a « < » was perhaps meant.
const LOOKED_AHEAD: usize = 1_000;

/// One piece of raw HTML, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HtmlPiece {
    /// An allowed element opens.
    Open(Element),
    /// The innermost open element closes.
    Close(&'static str),
    /// `<br>`.
    Break,
    /// Words between two tags, entities decoded.
    Text(String),
    /// A comment, which no page keeps.
    Comment,
    /// Something that cannot be published: why, and what to write.
    Refused(String, Vec<&'static str>),
    /// The end of an element that was refused already.
    Refusal,
}

/// An allowed element that opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Name of the element.
    pub name: &'static str,
    /// `title` of an abbreviation.
    pub title: Option<String>,
    /// `open` of `<details>`.
    pub unfolded: bool,
}

/// The elements open at one place of a text, in the order of their nesting.
#[derive(Debug, Default)]
pub struct OpenElements {
    /// `None` for an element of Markdown, which one of HTML cannot straddle.
    stack: Vec<Option<LeftOpen>>,
    /// Number of refused elements of each name, whose end tags are not refused again.
    refused: BTreeMap<String, usize>,
    /// True when `<details>` has just opened, which only its title may follow.
    awaits_summary: bool,
}

/// An element that is open; its paragraph, or the text, may leave it so.
#[derive(Debug)]
pub struct LeftOpen {
    /// Name of the element.
    pub name: &'static str,
    /// Place of its start tag.
    pub range: Range<usize>,
}

impl OpenElements {
    /// Reads raw HTML: one tag inside a sentence, or a whole block. `range` is its place in `source`.
    pub fn read(
        &mut self,
        raw: &str,
        range: &Range<usize>,
        source: &str,
        is_block: bool,
    ) -> Vec<(HtmlPiece, Range<usize>)> {
        let is_exact = source.get(range.clone()) == Some(raw);
        let place = |part: &Range<usize>| match is_exact {
            true => range.start + part.start..range.start + part.end,
            false => range.clone(),
        };
        let mut found = Vec::new();
        for (part, piece) in split(raw) {
            let at = place(&part);
            let piece = piece.unwrap_or_else(|| {
                self.tag(&raw[part], &at, &source[at.end.min(source.len())..], is_block)
            });
            let is_blank = matches!(&piece, HtmlPiece::Text(text) if text.trim().is_empty());
            let opens = matches!(&piece, HtmlPiece::Open(element) if element.name == "details");
            self.awaits_summary = opens || (self.awaits_summary && is_blank);
            found.push((piece, at));
        }
        found
    }

    fn tag(&mut self, text: &str, at: &Range<usize>, after: &str, is_block: bool) -> HtmlPiece {
        match tag(text) {
            Some(HtmlTag { name, end: true, .. }) => self.close(&name),
            Some(tag) => self.open(tag, at, after, is_block),
            None => HtmlPiece::Refused(
                "cette balise est mal écrite".into(),
                vec!["écrivez en Markdown ; pour publier le signe « < », écrivez \\<"],
            ),
        }
    }

    fn open(&mut self, tag: HtmlTag, at: &Range<usize>, after: &str, is_block: bool) -> HtmlPiece {
        if tag.name == "br" && !tag.has_others {
            return HtmlPiece::Break;
        }
        if let Some((message, helps)) = self.refusal(&tag, after, is_block) {
            if !tag.is_closed {
                *self.refused.entry(tag.name).or_default() += 1;
            }
            return HtmlPiece::Refused(message, helps);
        }
        let Some(name) = known(&tag.name) else { return HtmlPiece::Refusal };
        self.stack.push(Some(LeftOpen { name, range: at.clone() }));
        HtmlPiece::Open(Element { name, title: tag.title, unfolded: tag.unfolded })
    }

    /// Why a start tag is not published, and what to write; `None` when it is.
    fn refusal(
        &self,
        tag: &HtmlTag,
        after: &str,
        is_block: bool,
    ) -> Option<(String, Vec<&'static str>)> {
        let name = tag.name.as_str();
        let Some(known) = known(name) else {
            let mut helps = vec![instead_of(name)];
            let near =
                after.char_indices().nth(LOOKED_AHEAD).map_or(after, |(end, _)| &after[..end]);
            if name != "br" && !near.contains(&format!("</{name}")) {
                helps.push("pour publier le signe « < » lui-même, écrivez \\<");
            }
            return Some(match name {
                "br" => (no_attribute(name), vec![ONLY_TITLE]),
                _ => (format!("la balise <{name}> n’est pas permise"), helps),
            });
        };
        if tag.has_others
            || tag.title.is_some() && known != "abbr"
            || tag.unfolded && known != "details"
        {
            return Some((no_attribute(name), vec![ONLY_TITLE]));
        }
        if tag.is_closed {
            return Some((
                format!("la balise <{name}/> s’ouvre et se ferme sans rien contenir"),
                vec!["entourez un texte de ses deux balises, ou retirez-la"],
            ));
        }
        let (_, holder) = BLOCK.iter().find(|(block, _)| *block == known)?;
        if !is_block || self.in_sentence() {
            return Some((
                format!("la balise <{name}> coupe une phrase"),
                vec!["placez-la au début d’une ligne, après une ligne vide"],
            ));
        }
        let inner = self.innermost();
        if let Some(holder) = holder.filter(|holder| inner != Some(holder)) {
            return Some((
                format!("la balise <{name}> n’est pas dans <{holder}>"),
                vec!["<details> commence par <summary>, <figure> contient <figcaption>"],
            ));
        }
        (known == "summary" && !self.awaits_summary).then(|| {
            (
                "un repli n’a qu’un titre, au début".into(),
                vec!["placez <summary> juste après <details>"],
            )
        })
    }

    fn close(&mut self, name: &str) -> HtmlPiece {
        if let Some(open) = self.innermost().filter(|open| *open == name) {
            self.stack.pop();
            return HtmlPiece::Close(open);
        }
        if let Some(refused) = self.refused.get_mut(name).filter(|refused| **refused > 0) {
            *refused -= 1;
            return HtmlPiece::Refusal;
        }
        let mut near = self.stack.iter().rev().take(LOOKED_AT).flatten();
        let is_open = near.any(|open| open.name == name);
        match is_open {
            true => HtmlPiece::Refused(
                format!("</{name}> croise un autre élément"),
                vec!["fermez dans l’ordre inverse : ce qui s’ouvre en dernier se ferme en premier"],
            ),
            false => HtmlPiece::Refused(
                format!("</{name}> ne ferme rien"),
                vec!["retirez cette balise, ou ouvrez-la dans le même paragraphe"],
            ),
        }
    }

    fn innermost(&self) -> Option<&'static str> {
        self.stack.last()?.as_ref().map(|open| open.name)
    }

    /// True when an element of a sentence is open, that a block would cut.
    fn in_sentence(&self) -> bool {
        self.innermost().is_some_and(|name| !holds_blocks(name))
    }

    /// An element of Markdown begins: what opens inside it closes inside it.
    pub fn enter(&mut self) {
        self.awaits_summary = false;
        self.stack.push(None);
    }

    /// The innermost element of Markdown ends: the elements that it leaves open, the innermost first.
    pub fn leave(&mut self) -> Vec<LeftOpen> {
        std::iter::from_fn(|| self.stack.pop().flatten()).collect()
    }

    /// A sentence ends: the elements of a sentence that it leaves open, the innermost first.
    pub fn end_of_sentence(&mut self) -> Vec<LeftOpen> {
        let next = || if self.in_sentence() { self.stack.pop().flatten() } else { None };
        std::iter::from_fn(next).collect()
    }
}

/// The name of an allowed element, `br` apart.
fn known(name: &str) -> Option<&'static str> {
    INLINE.iter().copied().chain(BLOCK.iter().map(|(block, _)| *block)).find(|known| *known == name)
}

/// True when paragraphs may stand inside an allowed element.
pub fn holds_blocks(name: &str) -> bool {
    matches!(name, "details" | "figure" | "figcaption")
}

const ONLY_TITLE: &str = "seul <abbr title=\"…\"> a un attribut, son titre";

fn no_attribute(name: &str) -> String {
    format!("la balise <{name}> n’a pas d’attribut ici")
}

fn instead_of(name: &str) -> &'static str {
    match name {
        "b" | "strong" | "i" | "em" | "u" => "en Markdown : **gras** ou *italique*",
        "a" => "en Markdown : [texte](adresse)",
        "img" => "en Markdown : ![ce que l’image apporte](dossier/image.png)",
        "p" | "div" | "center" => "en Markdown, une ligne vide sépare deux paragraphes",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "en Markdown : ## Titre",
        "ul" | "ol" | "li" => {
            "en Markdown, une liste : une ligne par élément, qui commence par « - »"
        }
        "table" | "tr" | "td" | "th" | "thead" | "tbody" => {
            "en Markdown, un tableau : | Titre | Titre |, puis |---|---|"
        }
        "iframe" | "script" | "video" | "audio" | "embed" | "object" => {
            "donnez plutôt l’adresse dans les liens de la fiche : [[liens]]"
        }
        _ => {
            "écrivez en Markdown ; sont seules permises <sup>, <sub>, <abbr>, <kbd>, <small>, <br>, <details> et <figure>"
        }
    }
}

/// Cuts raw HTML at its tags and comments, where a browser would. A tag, from `<` to `>`, is still to be judged.
fn split(raw: &str) -> Vec<(Range<usize>, Option<HtmlPiece>)> {
    let words = |range: Range<usize>| (range.clone(), Some(HtmlPiece::Text(decoded(&raw[range]))));
    let mut parts = Vec::new();
    let (mut text, mut at) = (0, 0);
    while let Some(start) = raw[at..].find('<').map(|n| at + n) {
        let rest = &raw[start..];
        let Some((length, kind)) = markup(rest) else {
            at = start + 1;
            continue;
        };
        if text < start {
            parts.push(words(text..start));
        }
        parts.push((start..start + length, kind));
        (text, at) = (start + length, start + length);
    }
    if text < raw.len() {
        parts.push(words(text..raw.len()));
    }
    parts
}

/// The markup that begins a text with `<`, and its length; `None` for a mere sign.
fn markup(rest: &str) -> Option<(usize, Option<HtmlPiece>)> {
    // Never finished.
    let unclosed =
        |message: &str, help| (rest.len(), Some(HtmlPiece::Refused(message.into(), vec![help])));
    if let Some(comment) = rest.strip_prefix("<!--") {
        // `<!-->` and `<!--->` are whole (HTML standard, « comment start state »).
        let whole = [">", "->"].into_iter().find(|end| comment.starts_with(end)).map(str::len);
        let end = whole.or_else(|| comment.find("-->").map(|at| at + "-->".len()));
        return Some(match end {
            Some(end) => ("<!--".len() + end, Some(HtmlPiece::Comment)),
            None => unclosed(
                "ce commentaire n’est pas fermé : il cacherait tout ce qui suit",
                "ajoutez --> à la fin du commentaire, ou retirez-le",
            ),
        });
    }
    let next = rest[1..].trim_start_matches('/').chars().next()?;
    if !(next.is_ascii_alphabetic() || rest.starts_with("<!") || rest.starts_with("<?")) {
        return None;
    }
    Some(match tag_end(rest) {
        Some(end) => (end, None),
        None => unclosed(
            "cette balise n’est pas terminée : il lui manque « > »",
            "retirez-la ; pour publier le signe « < » lui-même, écrivez \\<",
        ),
    })
}

/// One past the `>` that ends a tag, which a quoted value may hold too.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    rest.bytes().enumerate().find_map(|(at, byte)| {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        None
    })
}

#[derive(Default)]
struct HtmlTag {
    name: String,
    end: bool,
    title: Option<String>,
    unfolded: bool,
    has_others: bool,
    /// `<x/>`.
    is_closed: bool,
}

/// The one tag that a text is; `None` when a browser would read anything else in it.
fn tag(text: &str) -> Option<HtmlTag> {
    let mut tokens = Vec::new();
    for Ok(token) in Tokenizer::new(text) {
        tokens.push(token);
    }
    let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match tokens.as_slice() {
        [Token::StartTag(tag)] => {
            let title = tag.attributes.get(b"title".as_slice()).map(|value| read(&value.value));
            let unfolded = tag.attributes.contains_key(b"open".as_slice());
            let mut keys = tag.attributes.keys();
            Some(HtmlTag {
                name: read(&tag.name),
                end: false,
                has_others: keys.any(|key| !matches!(key.as_slice(), b"title" | b"open")),
                title,
                unfolded,
                is_closed: tag.self_closing,
            })
        }
        [Token::EndTag(tag)] => {
            Some(HtmlTag { name: read(&tag.name), end: true, ..HtmlTag::default() })
        }
        _ => None,
    }
}

/// A text of HTML, its entities decoded.
fn decoded(text: &str) -> String {
    let mut out = String::new();
    for Ok(token) in Tokenizer::new(text) {
        if let Token::String(piece) = token {
            out.push_str(&String::from_utf8_lossy(&piece));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> String {
        let pieces = OpenElements::default().read(raw, &(0..raw.len()), raw, true);
        let told = pieces.into_iter().map(|(piece, range)| match piece {
            HtmlPiece::Open(element) => format!("+{}", element.name),
            HtmlPiece::Close(name) => format!("-{name}"),
            HtmlPiece::Break => "/".into(),
            HtmlPiece::Text(text) => text,
            HtmlPiece::Comment => "#".into(),
            HtmlPiece::Refused(..) => format!("!{}", &raw[range]),
            HtmlPiece::Refusal => String::new(),
        });
        told.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_is_not_wholly_an_allowed_element_is_refused() {
        assert_eq!(read("a<br>b<BR/>c"), "a|/|b|/|c");
        assert_eq!(read("<sup>1 &amp; 2</sup>"), "+sup|1 & 2|-sup");
        assert_eq!(read("<base href=//a.fr/"), "!<base href=//a.fr/");
        assert_eq!(read("<div hidden\n<br>"), "!<div hidden\n<br>");
        assert_eq!(read("<sup title=a>b</sup>"), "!<sup title=a>|b|");
        assert_eq!(read("<sup a=\">\">b"), "!<sup a=\">\">|b");
        assert_eq!(read("<sup/>"), "!<sup/>");
        assert_eq!(read("a<!-- b -->c<!--d"), "a|#|c|!<!--d");
        assert_eq!(read("1 < 2 <3"), "1 < 2 <3");
        assert_eq!(read("<?php a ?>b"), "!<?php a ?>|b");
        assert_eq!(read("<!doctype html>"), "!<!doctype html>");
        assert_eq!(read("</sup><sup></sub></sup>"), "!</sup>|+sup|!</sub>|-sup");
    }
}
