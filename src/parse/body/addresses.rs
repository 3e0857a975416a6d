//! Addresses typed as such in a text: links, as in GFM's « autolinks (extended) ».
//!
//! E-mail addresses are left as text, since a page had better not help those who gather them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{super::links::web_address, reading::PlacedEvent};

/// Makes links of the addresses that stand in the text of events, outside links, images and code.
pub(super) fn linked<'t>(events: Vec<PlacedEvent<'t>>, markdown: &'t str) -> Vec<PlacedEvent<'t>> {
    let mut out = Vec::with_capacity(events.len());
    let mut apart = 0_usize;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => apart += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => apart -= 1,
            Event::Text(text) if apart == 0 && may_hold_one(text) => {
                let is_exact = markdown.get(range.clone()) == Some(text);
                cut(text, &range, is_exact, &mut out);
                continue;
            }
            _ => {}
        }
        out.push((event, range));
    }
    out
}

fn may_hold_one(text: &str) -> bool {
    text.contains("://") || text.contains("www.")
}

/// Cuts a text around its addresses.
fn cut(text: &str, range: &Range<usize>, is_exact: bool, out: &mut Vec<PlacedEvent<'_>>) {
    let place = |part: &Range<usize>| match is_exact {
        true => range.start + part.start..range.start + part.end,
        false => range.clone(),
    };
    let said =
        |part: Range<usize>| (Event::Text(text[part.clone()].to_string().into()), place(&part));
    let mut at = 0;
    for (found, dest_url) in find(text) {
        if at < found.start {
            out.push(said(at..found.start));
        }
        let link_type = LinkType::Autolink;
        let link =
            Tag::Link { link_type, dest_url: dest_url.into(), title: "".into(), id: "".into() };
        out.push((Event::Start(link), place(&found)));
        at = found.end;
        out.push(said(found.clone()));
        out.push((Event::End(TagEnd::Link), place(&found)));
    }
    if at < text.len() {
        out.push(said(at..text.len()));
    }
}

/// Addresses of a text, each with its place and where it leads.
fn find(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_start(text, at) {
        let end = start + length(&text[start..]);
        let written = &text[start..end];
        let dest = if written.starts_with('w') {
            format!("https://{written}")
        } else {
            written.to_string()
        };
        if is_address(written) && web_address(&dest).is_ok() {
            found.push((start..end, dest));
            at = end;
        } else {
            at = start + 1;
        }
    }
    found
}

/// Where the next address may begin: at no letter of a word.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let begins = |prefix: &str| {
        text[from..].match_indices(prefix).map(|(at, _)| from + at).find(|at| {
            let before = text[..*at].chars().next_back();
            match before {
                Some(c) => !(c.is_alphanumeric() || "/@.=&?#-%_".contains(c) && prefix == "www."),
                None => true,
            }
        })
    };
    ["https://", "http://", "www."].into_iter().filter_map(begins).min()
}

/// Bytes of the address that begins a text: up to a space or a quotation mark, without the signs of the sentence
/// that end it, nor a bracket that it does not open (GFM, « extended autolink path validation »).
fn length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c.is_control() || "<>«»“”„`".contains(c));
    let mut address = &text[..end.unwrap_or(text.len())];
    while let Some(last) = address.chars().next_back() {
        let is_of_the_sentence = match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' | '’' | '…' | '|' | '\\' => {
                true
            }
            ')' => is_unopened(address, '(', ')'),
            ']' => is_unopened(address, '[', ']'),
            '}' => is_unopened(address, '{', '}'),
            ';' => {
                address = without_entity(address);
                continue;
            }
            _ => false,
        };
        if !is_of_the_sentence {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address.len()
}

fn is_unopened(address: &str, open: char, close: char) -> bool {
    address.matches(close).count() > address.matches(open).count()
}

/// An address without the « ; » that ends it, nor the entity that this sign ends.
fn without_entity(address: &str) -> &str {
    let before = &address[..address.len() - 1];
    let name = before.rfind('&').filter(|at| {
        let name = &before[at + 1..];
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    &before[..name.unwrap_or(before.len())]
}

/// Whether the host is one by the rule of GFM: parts between points, no `_` in the last two.
fn is_address(written: &str) -> bool {
    let host = written.split_once("://").map_or(written, |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or(host);
    let parts: Vec<&str> = host.split('.').collect();
    let is_part = |part: &&str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    parts.len() > 1
        && parts.iter().all(is_part)
        && parts.iter().rev().take(2).all(|part| !part.contains('_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_a_sentence() {
        let all = |text: &'static str| -> Vec<&str> {
            find(text).into_iter().map(|(r, _)| &text[r]).collect()
        };
        assert_eq!(
            all("Voir https://exemple.fr/l'ecole?a=b et www.exemple.fr."),
            ["https://exemple.fr/l'ecole?a=b", "www.exemple.fr"]
        );
        assert_eq!(
            all("(https://a.fr/b_(c)) «https://a.fr/d»"),
            ["https://a.fr/b_(c)", "https://a.fr/d"]
        );
        assert_eq!(all("www.a.fr/?q=b&hl; https://a.fr;"), ["www.a.fr/?q=b", "https://a.fr"]);
        assert_eq!(
            all("http://www.a.fr/www.b.fr, xhttps://a.fr et c@www.a.fr"),
            ["http://www.a.fr/www.b.fr"]
        );
        assert_eq!(all("https:// http://a www. www.a_b.c https://a..fr"), [""; 0]);
        assert_eq!(find("www.a.fr")[0].1, "https://www.a.fr");
    }
}
