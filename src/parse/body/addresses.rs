//! Addresses typed as such in a text: links, as in GFM's « autolinks (extended) ».
//!
//! E-mail addresses are left as text, since a page had better not help those who gather them.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{
    super::{
        links::{begins_as_address, web_address},
        motifs::Motif,
    },
    PlacedEvent,
};

/// Makes links of the addresses that stand in the text of events, outside links, images and code.
pub(super) fn linked<'t>(events: Vec<PlacedEvent<'t>>, markdown: &'t str) -> Vec<PlacedEvent<'t>> {
    let mut out = Vec::with_capacity(events.len());
    let mut apart = 0_usize;
    for (event, range) in events {
        match &event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => apart += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => apart -= 1,
            Event::Text(text) if apart == 0 && may_hold_an_address(text) => {
                cut(text, &range, markdown.get(range.clone()), &mut out);
                continue;
            }
            _ => {}
        }
        out.push((event, range));
    }
    out
}

fn may_hold_an_address(text: &str) -> bool {
    text.contains("://") || text.contains("www.")
}

/// Cuts a text around its addresses.
fn cut(text: &str, range: &Range<usize>, written: Option<&str>, out: &mut Vec<PlacedEvent<'_>>) {
    // Among escapes or entities, an address is looked for as it is written.
    let place = |part: &Range<usize>| {
        let at = match written {
            Some(written) if written == text => Some(part.start),
            written => written.and_then(|written| written.find(&text[part.clone()])),
        };
        at.map_or(range.clone(), |at| range.start + at..range.start + at + part.len())
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
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = 0;
    for (start, _) in text.match_indices(['h', 'w']) {
        if start < at || !begins(text, start) {
            continue;
        }
        let end = start + length(&text[start..]);
        let written = &text[start..end];
        let dest = match written.starts_with('w') {
            true => format!("https://{written}"),
            false => written.to_string(),
        };
        if is_address(written) && web_address(&dest).is_ok() {
            found.push((start..end, dest));
            at = end;
        }
    }
    found
}

/// True when an address may begin at a place: inside no word.
fn begins(text: &str, start: usize) -> bool {
    let rest = &text[start..];
    let is_host = rest.starts_with("www.");
    let before = text[..start].chars().next_back();
    begins_as_address(rest)
        && before.is_none_or(|c| !(c.is_alphanumeric() || is_host && "/@.=&?#-%_".contains(c)))
}

/// Longest address that is made a link, in bytes: what is longer was not typed.
const LONGEST: usize = 2_000;

/// Bytes of the address that begins a text: up to a space or a quotation mark, without the signs of the sentence
/// that end it, nor a bracket that it does not open (GFM, « extended autolink path validation »).
fn length(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>«»“”„`".contains(c);
    let end = text.char_indices().find(|(at, c)| ends(*c) || *at > LONGEST);
    let mut address = &text[..end.map_or(text.len(), |(at, _)| at)];
    // A link badly written begins or ends there.
    for mark in ["](", ")[", ")!["] {
        address = address.split(mark).next().unwrap_or(address);
    }
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

/// True when the host is one by the rule of GFM: parts between points, no `_` in the last two.
fn is_address(written: &str) -> bool {
    static HOST: Motif =
        Motif::new(r"^(?:https?://)?(?:[\pL\pM\pN_-]+\.)*[\pL\pM\pN-]+\.[\pL\pM\pN-]+(?:[/?#:]|$)");
    HOST.is_in(written)
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
        assert_eq!(
            all("a](https://x.fr/a.png)![b](https://x.fr/c)"),
            ["https://x.fr/a.png", "https://x.fr/c"]
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
