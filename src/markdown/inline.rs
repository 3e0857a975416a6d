//! A line of text: typography, superscripts, acronyms, escaping. Not Markdown.

use std::ops::Range;

use url::Url;

use super::{Glose, Html};
use crate::{
    french,
    model::Langue,
    site::{address::anchor, occurrences},
    source::escape,
};

/// A text of the content as HTML. `place` is the address of the bloc, which chooses an acronym's sense.
/// Without a `glose` no acronym is linked: inside a link, or on a page that lists none.
pub fn texte(text: &str, place: Option<&str>, glose: Option<&mut Glose<'_>>) -> Html {
    let mut out = String::with_capacity(text.len() + 16);
    write(&french::typography(text), place, glose, &mut out);
    Html::new(out)
}

/// A text of another language as HTML: typography leaves it alone, and its language is said.
/// Without a language, or in French, it is [`texte`].
pub fn texte_en(
    langue: Option<&Langue>,
    text: &str,
    place: Option<&str>,
    glose: Option<&mut Glose<'_>>,
) -> Html {
    let Some(langue) = langue else { return texte(text, place, glose) };
    let mut out = format!("<span{}>", attributes(langue));
    write(text, place, glose, &mut out);
    out.push_str("</span>");
    Html::new(out)
}

/// Attributes that say the language of an element, with a space before each; empty in French.
pub fn attributs(langue: Option<&Langue>) -> Html {
    Html::new(langue.map(attributes).unwrap_or_default())
}

/// A tag needs no escaping.
pub(super) fn attributes(langue: &Langue) -> String {
    let dir = if langue.is_rtl() { " dir=\"rtl\"" } else { "" };
    format!(" lang=\"{}\"{dir}", langue.tag())
}

/// [`plain`] of a text that may be of another language.
pub fn plain_en(langue: Option<&Langue>, text: &str) -> String {
    match langue {
        None => plain(text),
        Some(_) => superscripts(text).into_iter().map(|(piece, _)| piece).collect(),
    }
}

/// A text for an attribute or a `<title>`: typography, and `^{er}` without its markup.
pub fn plain(text: &str) -> String {
    let text = french::typography(text);
    match text.contains("^{") {
        true => superscripts(&text).into_iter().map(|(piece, _)| piece).collect(),
        false => text,
    }
}

/// Writes a text whose typography is already set.
pub(super) fn write(
    text: &str,
    place: Option<&str>,
    mut glose: Option<&mut Glose<'_>>,
    out: &mut String,
) {
    let pieces = match text.contains("^{") {
        true => superscripts(text),
        false => return unraised(text, place, glose, out),
    };
    for (piece, raised) in pieces {
        if raised {
            out.push_str("<sup>");
            escape(piece, out);
            out.push_str("</sup>");
            continue;
        }
        unraised(piece, place, glose.as_deref_mut(), out);
    }
}

fn unraised(text: &str, place: Option<&str>, glose: Option<&mut Glose<'_>>, out: &mut String) {
    let Some(glose) = glose else { return escape(text, out) };
    let mut rest = text;
    while let Some(address) = first_address(rest) {
        with_acronyms(&rest[..address.start], place, glose, out);
        out.push_str("<a href=\"");
        escape(&rest[address.clone()], out);
        out.push_str("\">");
        escape(&rest[address.clone()], out);
        out.push_str("</a>");
        rest = &rest[address.end..];
    }
    with_acronyms(rest, place, glose, out);
}

/// The web addresses that [`texte`] makes links of.
pub fn addresses(text: &str) -> impl Iterator<Item = Url> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        let address = first_address(rest)?;
        let url = Url::parse(&rest[address.clone()]);
        rest = &rest[address.end..];
        Some(url)
    })
    .filter_map(Result::ok)
}

/// The first web address of a text, without the punctuation that follows it.
fn first_address(text: &str) -> Option<Range<usize>> {
    let starts = text.match_indices("http").map(|(at, _)| at);
    let is_start = |at: &usize| !text[..*at].ends_with(char::is_alphanumeric);
    starts.filter(is_start).find_map(|at| {
        let word = text[at..].split(char::is_whitespace).next()?;
        let word = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '»', '…']);
        let is_web = word.starts_with("http://") || word.starts_with("https://");
        let address = Url::parse(word).ok().filter(|url| is_web && url.host_str().is_some())?;
        address.username().is_empty().then(|| at..at + word.len())
    })
}

fn with_acronyms(text: &str, place: Option<&str>, glose: &mut Glose<'_>, out: &mut String) {
    let mut at = 0;
    for found in occurrences(text, glose.glossaire, place) {
        if !glose.met.insert(found.sens) {
            continue;
        }
        escape(&text[at..found.range.start], out);
        let id = anchor::sigle(glose.glossaire[found.sens].id.value.as_str());
        out.push_str(&format!("<a class=\"sigle\" href=\"#{id}\">"));
        escape(&text[found.range.clone()], out);
        out.push_str("</a>");
        at = found.range.end;
    }
    escape(&text[at..], out);
}

/// The pieces of a text, and whether each was written `^{…}`.
pub fn superscripts(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("^{") {
        let Some(length) = rest[start + 2..].find('}') else { break };
        pieces.push((&rest[..start], false));
        pieces.push((&rest[start + 2..start + 2 + length], true));
        rest = &rest[start + 2 + length + 1..];
    }
    pieces.push((rest, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let check =
            |input: &str, expected: &str| assert_eq!(texte(input, None, None).as_str(), expected);
        check("1^{er} degré", "1<sup>er</sup> degré");
        check("<b> & \"c\"", "&lt;b&gt; &amp; &quot;c&quot;");
        check("l'ENT : x", "l’ENT\u{a0}: x");
        check("a ^{b", "a ^{b");
        assert_eq!(plain("5^{ème} parcours"), "5ème parcours");
    }

    /// In a cell an address leads where it says; nothing else of the text changes.
    #[test]
    fn addresses() {
        let glossaire = crate::site::Sigles::default();
        let check = |input: &str, expected: &str| {
            let mut glose = Glose::new(&glossaire);
            assert_eq!(texte(input, None, Some(&mut glose)).as_str(), expected);
        };
        check(
            "voir https://exemple.fr/a?b=1&c=2, puis",
            "voir <a href=\"https://exemple.fr/a?b=1&amp;c=2\">https://exemple.fr/a?b=1&amp;c=2</a>, puis",
        );
        check(
            "(https://exemple.fr/x)",
            "(<a href=\"https://exemple.fr/x\">https://exemple.fr/x</a>)",
        );
        check("http:// ou xhttps://a.fr", "http:// ou xhttps://a.fr");
        check("https://moi:secret@a.fr", "https://moi:secret@a.fr");
    }
}
