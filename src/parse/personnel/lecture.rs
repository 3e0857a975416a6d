//! A file as its readers read it: the values of TOML without comments nor escapes, Markdown as a text. Each piece
//! keeps its place in the file.

use std::{ops::Range, sync::LazyLock};

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};
use regex::Regex;

use super::super::{body::dialect, motifs::motif, signes::numbered};
use crate::source::SitePath;

/// A text, and where it comes from.
#[derive(Debug, Default)]
pub(super) struct Lu {
    pub(super) texte: String,
    morceaux: Vec<Morceau>,
    /// Start of the text that is read apart: addresses and titles of links.
    pub(super) apart: usize,
}

/// A piece of a text.
#[derive(Debug)]
struct Morceau {
    at: usize,
    source: Range<usize>,
    /// True when it stands in the file letter for letter.
    is_exact: bool,
}

impl Lu {
    /// A text that stands at a place of the file, letter for letter or not.
    fn push(&mut self, text: &str, source: Range<usize>) {
        let is_exact = text.len() == source.len();
        self.morceaux.push(Morceau { at: self.texte.len(), source, is_exact });
        self.texte.push_str(text);
    }

    /// The end of a block: nothing goes on after it.
    fn end(&mut self, at: usize) {
        if !self.texte.ends_with('\n') {
            self.push("\n", at..at);
        }
    }

    /// The place in the file of a piece of the text.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let of = |at: usize| {
            let next = self.morceaux.partition_point(|morceau| morceau.at <= at);
            self.morceaux.get(next.saturating_sub(1))
        };
        let start = of(range.start).map_or(0, |morceau| match morceau.is_exact {
            true => morceau.source.start + range.start - morceau.at,
            false => morceau.source.start,
        });
        let end = of(range.end.saturating_sub(1)).map_or(start, |morceau| match morceau.is_exact {
            true => morceau.source.start + range.end - morceau.at,
            false => morceau.source.end,
        });
        start..end.max(start)
    }
}

/// Reads a file by its extension.
pub(super) fn of(path: &SitePath, text: &str) -> Lu {
    let mut lu = Lu::default();
    let body = match path.extension() {
        "md" => body_of(text),
        _ => text.len(),
    };
    toml(&text[..body], &mut lu);
    lu.end(body);
    let apart = markdown(&text[body..], body, &mut lu);
    lu.apart = lu.texte.len();
    for (written, source) in apart {
        lu.push(&written, source.clone());
        lu.end(source.end);
    }
    lu
}

/// Start of the Markdown of a file.
fn body_of(text: &str) -> usize {
    let header = text.trim_start_matches('\u{feff}').starts_with("+++");
    let end = text.find("\n+++").filter(|_| header);
    end.map_or(0, |end| text[end + 1..].find('\n').map_or(text.len(), |line| end + 1 + line))
}

/// A comment of TOML, or a text between quotes. One left open ends with its line, or with the file.
static TOML: LazyLock<Regex> = LazyLock::new(|| {
    motif(
        r##"(?xs) \#[^\n]*
        | """ (?:\\(?:.|\z)|[^\\])*? (?:"""|\z) | " (?:\\(?:.|\z)|[^\\"\n])* "?
        | ''' .*? (?:'''|\z) | ' [^'\n]* '?"##,
    )
});

/// TOML without its comments, the escapes of its texts read. What cannot be read as TOML is read all the same.
fn toml(raw: &str, lu: &mut Lu) {
    let mut kept = 0;
    for token in TOML.find_iter(raw) {
        let mut instead = |at: usize, text: &str, length: usize| {
            lu.push(&raw[kept..at], kept..at);
            lu.push(text, at..at + length);
            kept = at + length;
        };
        match token.as_str().as_bytes()[0] {
            b'#' => instead(token.start(), "", token.len()),
            b'"' => {
                let mut at = token.start();
                while let Some(length) = raw[at..token.end()].find('\\') {
                    at += length;
                    let (text, length) = escape(&raw[at..]);
                    instead(at, &text, length);
                    at += length;
                }
            }
            _ => {}
        }
    }
    lu.push(&raw[kept..], kept..raw.len());
}

/// Text that an escape writes, and the bytes it takes.
fn escape(rest: &str) -> (String, usize) {
    match (rest[1..].chars().next(), numbered(rest)) {
        (_, Some((Some(c), length))) => (c.to_string(), length),
        (None, _) => (String::new(), 1),
        (_, Some(_)) | (Some('\n' | '\r'), _) => (String::new(), 2),
        (Some('n' | 'r'), _) => ("\n".into(), 2),
        (Some('t'), _) => (" ".into(), 2),
        (Some(other), _) => (other.to_string(), 1 + other.len_utf8()),
    }
}

/// Markdown as a text; gives the addresses and the titles of its links apart.
fn markdown(body: &str, offset: usize, lu: &mut Lu) -> Vec<(String, Range<usize>)> {
    let mut apart = Vec::new();
    for (event, range) in Parser::new_ext(body, dialect()).into_offset_iter() {
        let raw = &body[range.clone()];
        let source = offset + range.start..offset + range.end;
        match event {
            Event::Text(text) | Event::Code(text) => {
                lu.push(&text, placed(&text, raw, &source));
            }
            Event::SoftBreak | Event::HardBreak => lu.push(" ", source),
            Event::Html(html) | Event::InlineHtml(html) => tags(&html, &source, lu, &mut apart),
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let written = dest_url.strip_prefix("mailto:");
                let is_shown = link_type == LinkType::Email;
                for text in [written.filter(|_| !is_shown), Some(&*title)].into_iter().flatten() {
                    apart.push((text.to_string(), placed_last(text, raw, &source)));
                }
            }
            Event::Start(Tag::Image { title, .. }) => {
                apart.push((title.to_string(), placed_last(&title, raw, &source)));
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image,
            ) => {}
            Event::Start(_) => lu.end(source.start),
            Event::End(_) => lu.end(source.end),
            _ => {}
        }
    }
    apart
}

/// The texts of raw HTML; the values of its attributes are read apart.
fn tags(html: &str, source: &Range<usize>, lu: &mut Lu, apart: &mut Vec<(String, Range<usize>)>) {
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::String(text) => {
                let text = String::from_utf8_lossy(&text);
                lu.push(&text, placed(&text, html, source));
            }
            Token::StartTag(tag) => {
                for value in tag.attributes.values() {
                    let value = String::from_utf8_lossy(value);
                    apart.push((value.to_string(), placed_last(&value, html, source)));
                }
            }
            _ => {}
        }
    }
}

/// The place of a text in a piece of the file, or the whole piece.
fn placed(text: &str, raw: &str, source: &Range<usize>) -> Range<usize> {
    within(raw.find(text), text, source)
}

fn placed_last(text: &str, raw: &str, source: &Range<usize>) -> Range<usize> {
    within(raw.rfind(text), text, source)
}

fn within(at: Option<usize>, text: &str, source: &Range<usize>) -> Range<usize> {
    at.map_or(source.clone(), |at| source.start + at..source.start + at + text.len())
}
