//! Notes and links that an editor meant as Markdown, and that Markdown left as text.

use std::ops::Range;

use crate::parse::motifs::Motif;

/// Longest name of a note that is looked for, in bytes.
const LONGEST_NAME: usize = 200;
/// Distance from its middle at which the ends of a link are looked for, in bytes.
const LONGEST_LINK: usize = 2_000;

/// Footnote calls that Markdown read as text, because nothing defines them.
pub(super) fn footnotes(text: &str) -> impl Iterator<Item = &str> {
    static CALL: Motif = Motif::new(r"\[\^[^\[\]\s]+\]");
    let names = CALL.places(text).map(|call| &text[call.start + 2..call.end - 1]);
    names.filter(|name| name.len() < LONGEST_NAME)
}

/// A link left as text, as byte ranges of that text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnreadLink {
    /// From its opening bracket to its closing parenthesis.
    pub(super) whole: Range<usize>,
    /// Text between the parentheses.
    pub(super) address: Range<usize>,
    /// True when the parenthesis is closed.
    pub(super) closed: bool,
}

/// Everything that looks like `[texte](adresse)` in the source of a paragraph; brackets that are
/// escaped do not. The caller knows which of them are links after all.
pub(super) fn links(written: &str) -> Vec<UnreadLink> {
    let mut found = Vec::new();
    // A bracket opens one link: what follows it is not read again for each sign that looks like a middle.
    let mut from = 0;
    for (at, _) in written.match_indices("](") {
        let bytes = written.as_bytes();
        let near = at.saturating_sub(LONGEST_LINK).max(from);
        let open = bytes[near..at].iter().rposition(|byte| *byte == b'[');
        let Some(open) = open.map(|open| near + open) else { continue };
        let is_escaped = |at: usize| written[..at].ends_with('\\');
        if is_escaped(at) || is_escaped(open) || at == open + 1 {
            continue;
        }
        let start = at + 2;
        let ends = |(n, byte): (usize, &u8)| {
            *byte == b'\n' || n >= LONGEST_LINK && written.is_char_boundary(start + n)
        };
        let line_end = bytes[start..].iter().enumerate().position(ends);
        let line_end = line_end.map_or(written.len(), |n| start + n);
        let close = written[start..line_end].find(')').map(|n| start + n);
        // Nothing says where an address that is not closed ends, but no address has a space.
        let word_end =
            |n| written[start..line_end].find(char::is_whitespace).map_or(n, |n| start + n);
        let is_point = |c: char| matches!(c, '.' | ',' | ';' | ':');
        let end = close.unwrap_or_else(|| {
            start + written[start..word_end(line_end)].trim_end_matches(is_point).len()
        });
        let whole = open..close.map_or(end, |close| close + 1);
        found.push(UnreadLink { whole, address: start..end, closed: close.is_some() });
        from = start;
    }
    found
}

/// The address with `%20` for its spaces, when it is certain that they are what is wrong: a web
/// address whose spaces lie in its path, before the name of a file or a folder.
pub(super) fn with_its_spaces(address: &str) -> Option<String> {
    let (before, after) = address.trim().split_once(' ')?;
    let host = before.strip_prefix("https://").or_else(|| before.strip_prefix("http://"))?;
    let is_plain = !address.contains(['"', '\'', '<', '>', '(', '\u{a0}']);
    let goes_on = after.contains(['/', '.']) && !after.contains("://");
    (host.contains('/') && goes_on && is_plain).then(|| address.trim().replace(' ', "%20"))
}
