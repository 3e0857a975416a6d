//! Whether two programs published the same text: that of their pages, markup taken off, spaces folded.

use std::{collections::BTreeMap, fs, path::Path};

use html5gum::{DefaultEmitter, Token, Tokenizer};
use rayon::prelude::*;

use crate::{Outcome, dossier, said};

/// Pages of a kind, and where they differ.
#[derive(Debug, Default)]
pub(crate) struct Kind {
    /// How many.
    pub(crate) pages: usize,
    /// Where the text is not the same, or the page is missing.
    pub(crate) different: Vec<String>,
}

/// Compares the pages that both programs make, by kind, in the order of the alphabet.
///
/// # Errors
/// When a file of the first site cannot be read.
pub(crate) fn compare(retex: &Path, hugo: &Path) -> Outcome<BTreeMap<&'static str, Kind>> {
    let names: Vec<String> =
        dossier::files(retex)?.keys().map(|name| name.to_string_lossy().into_owned()).collect();
    let pages: Vec<(&str, &'static str)> =
        names.iter().filter_map(|name| Some((name.as_str(), kind(name)?))).collect();
    let one = |(name, kind): &(&str, &'static str)| -> Outcome<_> {
        let path = retex.join(name);
        let ours = fs::read_to_string(&path).map_err(said(&path))?;
        let theirs = fs::read_to_string(hugo.join(theirs(name, kind)));
        let difference = match theirs {
            Ok(theirs) if *kind == "feed" => difference(&entries(&ours), &entries(&theirs)),
            Ok(theirs) => difference(&words(&ours), &words(&theirs)),
            Err(error) => Some(error.to_string()),
        };
        Ok((*kind, difference.map(|said| format!("{name}: {said}"))))
    };
    let results: Vec<_> = pages.par_iter().map(one).collect::<Outcome<_>>()?;
    let mut kinds: BTreeMap<&'static str, Kind> = BTreeMap::new();
    for (kind, difference) in results {
        let kind = kinds.entry(kind).or_default();
        kind.pages += 1;
        kind.different.extend(difference);
    }
    Ok(kinds)
}

/// The kind of a page that Hugo makes too; `None` for the others.
fn kind(name: &str) -> Option<&'static str> {
    let parts: Vec<&str> = name.split('/').collect();
    match parts.as_slice() {
        ["atom.xml"] => Some("feed"),
        ["index.html"] => Some("home"),
        ["liens", .., "index.html"] => Some("links"),
        ["retex", "par", _, "index.html"] => Some("values"),
        ["retex", "par", _, page, "index.html"] if page.starts_with("page-") => Some("values"),
        ["retex", "index.html"] | ["retex", "par", .., "index.html"] => Some("list"),
        ["retex", page, "index.html"] if page.starts_with("page-") => Some("list"),
        ["retex", _, _, "index.html"] => Some("fiche"),
        ["syntheses", _, "diagnostic" | "projections" | "plan-action", "index.html"] => {
            Some("table")
        }
        _ => None,
    }
}

/// Where Hugo puts the same page: the pages of a list of fiches, which it makes, are in a folder `page`.
fn theirs(name: &str, kind: &str) -> String {
    match kind {
        "list" => name.replace("/page-", "/page/"),
        _ => name.into(),
    }
}

/// Elements that do not part the words around them.
const INLINE: [&str; 11] =
    ["a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sub", "sup"];
/// Elements whose text nobody sees.
const UNSEEN: [&str; 3] = ["script", "style", "template"];

/// The words of a page.
fn words(html: &str) -> Vec<String> {
    let mut emitter = DefaultEmitter::<()>::default();
    // The text of a script is not markup.
    emitter.naively_switch_states(true);
    let (mut text, mut unseen) = (String::new(), 0_usize);
    let Ok(tokens) = Tokenizer::new_with_emitter(html, emitter).collect::<Result<Vec<_>, _>>();
    for token in tokens {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                unseen += usize::from(UNSEEN.contains(&&*name) && !tag.self_closing);
                part(&name, &mut text);
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                unseen = unseen.saturating_sub(usize::from(UNSEEN.contains(&&*name)));
                part(&name, &mut text);
            }
            Token::String(words) if unseen == 0 => text.push_str(&String::from_utf8_lossy(&words)),
            _ => {}
        }
    }
    text.split_whitespace().map(str::to_string).collect()
}

fn part(name: &str, text: &mut String) {
    if !INLINE.contains(&name) {
        text.push(' ');
    }
}

/// The entries of a feed, one string each; those of one day may stand in any order.
fn entries(xml: &str) -> Vec<String> {
    let mut entries: Vec<String> =
        xml.split("<entry>").map(|entry| words(entry).join(" ")).collect();
    entries.sort();
    entries
}

/// The first place where two lists differ, with what is around it.
fn difference(ours: &[String], theirs: &[String]) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let at = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
    let around = |list: &[String]| {
        let shown = list.iter().skip(at.saturating_sub(3)).take(8).cloned();
        shown.collect::<Vec<_>>().join(" ")
    };
    Some(format!("« {} », Hugo « {} »", around(ours), around(theirs)))
}
