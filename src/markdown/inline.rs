//! A line of text: typography, superscripts, acronyms, escaping. Not Markdown.

use super::{Glose, Html};
use crate::{
    french,
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
    match glose {
        Some(glose) => with_acronyms(text, place, glose, out),
        None => escape(text, out),
    }
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
}
