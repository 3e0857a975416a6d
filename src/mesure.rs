//! What a finished site weighs, as a browser meets it: the figures of the eco-design statement.
//!
//! A page is weighed as it is made, and may be forgotten at once; the site is summed up at the end.

use std::{collections::BTreeMap, io::Write};

use flate2::{Compression, write::GzEncoder};

use crate::{output::OutputTree, source::OutputPath};

/// The script that loads a file of the search index as soon as its page is open.
const RECHERCHE: &str = "assets/recherche.js";

/// A page, weighed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pesee {
    /// Bytes, not compressed.
    pub octets: usize,
    /// Elements that a browser makes of it, before any script.
    pub elements: usize,
    /// Files asked for: the page, its style, icon, scripts and images, and what a script loads at once.
    pub requetes: usize,
}

/// The whole site, but for the page that says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mesures {
    /// How many pages.
    pub pages: usize,
    /// Bytes of all files, not compressed.
    pub octets: usize,
    /// Bytes of the home page with its style, icon and scripts, each compressed (gzip, level 6).
    pub accueil: usize,
    /// Files that the home page asks for.
    pub requetes_accueil: usize,
    /// Most files that a page asks for.
    pub requetes: usize,
    /// Half of the pages have fewer elements.
    pub mediane: usize,
    /// Most elements of a page.
    pub elements: usize,
    /// Which page has them, the first of them in the order of the site.
    pub plus_longue: usize,
    /// Bytes of the search index, not compressed.
    pub index: usize,
}

/// Weighs a page.
pub fn page(html: &[u8]) -> Pesee {
    let html = String::from_utf8_lossy(html);
    let mut pesee = Pesee { octets: html.len(), elements: 0, requetes: 1 };
    let mut files: Vec<&str> = Vec::new();
    // A browser makes these three, written or not.
    pesee.elements += 3;
    for tag in tags(&html) {
        pesee.elements += usize::from(!["html", "head", "body"].contains(&tag.name));
        files.extend(tag.file());
    }
    files.sort_unstable();
    files.dedup();
    pesee.requetes += files.len();
    pesee.requetes += files.iter().filter(|file| file.ends_with(RECHERCHE)).count();
    pesee
}

/// Sums up: the pages in the order of the site, the bytes of every other file, and the home page with what it
/// may load.
pub fn site(pages: &[Pesee], files: &BTreeMap<OutputPath, usize>, loaded: &OutputTree) -> Mesures {
    let index = files.iter().filter(|(path, _)| path.as_str().starts_with("recherche/"));
    let (accueil, requetes_accueil) = home(loaded);
    let mut elements: Vec<usize> = pages.iter().map(|page| page.elements).collect();
    let most = elements.iter().copied().max().unwrap_or_default();
    let plus_longue = elements.iter().position(|n| *n == most).unwrap_or_default();
    elements.sort_unstable();
    Mesures {
        pages: pages.len(),
        octets: files.values().sum::<usize>() + pages.iter().map(|p| p.octets).sum::<usize>(),
        accueil,
        requetes_accueil,
        requetes: pages.iter().map(|page| page.requetes).max().unwrap_or_default(),
        mediane: elements.get(elements.len() / 2).copied().unwrap_or_default(),
        elements: most,
        plus_longue,
        index: index.map(|(_, bytes)| bytes).sum(),
    }
}

/// Bytes of the home page with what it loads, compressed, and how many files it asks for.
fn home(tree: &OutputTree) -> (usize, usize) {
    let Some(html) = tree.get(&OutputPath::index("")) else { return (0, 0) };
    let text = String::from_utf8_lossy(html);
    let mut files: Vec<&str> = tags(&text).filter_map(|tag| tag.file()).collect();
    files.sort_unstable();
    files.dedup();
    // The home page lies at the root: what it names is a path of the site.
    let loaded = files.iter().filter_map(|file| tree.get(&OutputPath::new(*file)));
    let weight = compressed(html) + loaded.map(|bytes| compressed(bytes)).sum::<usize>();
    (weight, page(html).requetes)
}

/// How many bytes a server that compresses would send.
fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    // Memory takes all that is written.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(bytes.len(), |done| done.len())
}

/// A start tag.
#[derive(Debug, PartialEq)]
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The file that a browser loads because of it.
    fn file(&self) -> Option<&'a str> {
        match self.name {
            "script" | "img" => self.get("src"),
            "link" if matches!(self.get("rel"), Some("stylesheet" | "icon")) => self.get("href"),
            _ => None,
        }
    }

    /// The value of an attribute.
    fn get(&self, wanted: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_ascii_whitespace() || "=/".contains(c));
            let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
            if name.is_empty() && after.is_empty() {
                return None;
            }
            let (value, after) = match after.trim_ascii_start().strip_prefix('=') {
                Some(value) => split_value(value.trim_ascii_start()),
                None => ("", after),
            };
            if name == wanted {
                return Some(value);
            }
            rest = after;
        }
    }
}

/// The value that begins a text, and what follows it.
fn split_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len()))
}

/// The start tags of a page that become elements of its document: those inside a `<template>` do not, and the
/// text of scripts and comments holds none. For the pages that templates make, whose names of tags and
/// attributes are in lower case: 0.6 GB/s, six times as fast as the scan of the audit.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = html;
    let mut templates = 0usize;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')? + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            if rest.starts_with("/template") {
                templates = templates.saturating_sub(1);
            }
            if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let (inside, after) = rest.split_at(end_of_tag(rest));
            rest = after;
            let named = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            let (name, attributes) = inside.split_at(named.unwrap_or(inside.len()));
            if let "script" | "style" | "textarea" | "title" = name {
                rest = rest.find(&format!("</{name}")).map_or("", |end| &rest[end..]);
            }
            let shown = templates == 0;
            templates += usize::from(name == "template");
            if shown {
                return Some(Tag { name, attributes });
            }
        }
    })
}

/// Where the `>` is that ends a tag, outside of the values of its attributes.
fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    let ends = |(_, byte): &(usize, u8)| match (quote, *byte) {
        (Some(open), byte) if byte == open => {
            quote = None;
            false
        }
        (None, b'"' | b'\'') => {
            quote = Some(*byte);
            false
        }
        (None, b'>') => true,
        _ => false,
    };
    text.bytes().enumerate().find(ends).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_those_of_a_document() {
        let written = "<!doctype html><html lang=fr><head><title>a<b></title></head><body><p title=\"a>b\">x<br></p></body></html>";
        // html, head, title, body, p, br.
        assert_eq!(page(written.as_bytes()).elements, 6);
        assert_eq!(page(b"<!doctype html><title>a</title><p>x").elements, 5);
        let hidden = "<template id=a><p><template><i></i></template></p></template><!-- <p> --><script>'<p>'</script><u>1 < 2</u>";
        // html, head, body, template, script, u.
        assert_eq!(page(hidden.as_bytes()).elements, 6);
    }

    #[test]
    fn a_file_is_asked_for_once() {
        let written = "<link rel=\"stylesheet\" href=\"../assets/style.css\"><link href=i.svg rel=icon><link rel=\"canonical\" href=\"https://exemple.fr/\"><img src='a.png'><img alt src=\"a.png\">";
        assert_eq!(page(written.as_bytes()).requetes, 4);
        let search = "<script src=\"../assets/recherche.js\" defer></script>";
        assert_eq!(page(search.as_bytes()).requetes, 3, "the script loads a file of the index");
    }

    #[test]
    fn a_site_is_the_sum_of_its_files() {
        let mut tree = OutputTree::default();
        let home = "<link rel=\"stylesheet\" href=\"assets/a.css\"><p>";
        tree.insert(OutputPath::index(""), home.as_bytes());
        tree.insert(OutputPath::new("assets/a.css"), "p { margin: 0 }".repeat(50).into_bytes());
        let pages = [page(home.as_bytes()), page(b"<p><p><p>"), page(b"<p>")];
        let files = [("assets/a.css", 750), ("recherche/index.js", 7)];
        let files = files.map(|(path, bytes)| (OutputPath::new(path), bytes)).into();
        let all = site(&pages, &files, &tree);
        assert_eq!((all.pages, all.index, all.requetes_accueil, all.requetes), (3, 7, 2, 2));
        assert_eq!(all.octets, home.len() + 9 + 3 + 750 + 7);
        assert_eq!((all.mediane, all.elements, all.plus_longue), (5, 6, 1));
        assert!(all.accueil < 750 && all.accueil > 40, "{}", all.accueil);
    }
}
