//! The form on which the proof of fidelity compares two texts.

use super::signes;

/// The form on which two texts are compared by the fidelity proof. It erases exactly what
/// typography may change (DESIGN of the proof): the apostrophe's shape, the kind of spaces and
/// those around double punctuation, the markup of `^{x}`, and an editor's `[sic]`; and the signs that nobody sees,
/// which no text of the site may hold and a document received may.
pub fn canonical(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    canonical_pieces(text, |piece, _| out.push_str(piece));
    out
}

/// [`canonical`], with the byte offset in `text` of each byte of the result.
pub fn canonical_with_map(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut map = Vec::with_capacity(text.len());
    canonical_pieces(text, |piece, at| {
        out.push_str(piece);
        for (within, c) in piece.char_indices() {
            map.extend(std::iter::repeat_n(at + within, c.len_utf8()));
        }
    });
    (out, map)
}

/// Gives the canonical form in pieces, each with the byte offset in `text` of what it stands for: as it is
/// written there, unless it is a single space or apostrophe.
fn canonical_pieces(text: &str, mut give: impl FnMut(&str, usize)) {
    let mut space: Option<usize> = None;
    let mut after_quote = true;
    let mut in_superscript = false;
    let last_brace = text.rfind('}');
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (here, rest) = (at, &text[at..]);
        if c == '[' && rest.starts_with("[sic]") {
            at += "[sic]".len();
            continue;
        }
        if c == '^' && rest.starts_with("^{") && last_brace.is_some_and(|last| last > here) {
            in_superscript = true;
            at += 2;
            continue;
        }
        if c == '}' && in_superscript {
            in_superscript = false;
            at += 1;
            continue;
        }
        let unseen = unseen(text, at, c);
        if unseen == Some("") {
            at += c.len_utf8();
            continue;
        }
        if unseen.is_none() && c.is_whitespace() {
            space.get_or_insert(here);
            at += c.len_utf8();
            continue;
        }
        if let Some(space_at) = space.take()
            && !(after_quote || is_spaced_mark(c))
        {
            give(" ", space_at);
        }
        let sign = if c == '’' || unseen == Some("’") { Some("'") } else { unseen };
        if let Some(sign) = sign {
            give(sign, here);
            at += c.len_utf8();
            after_quote = false;
            continue;
        }
        let length = c.len_utf8();
        give(&rest[..length], here);
        after_quote = c == '«';
        at += length;
    }
}

/// Reading of a sign that nobody sees ([`signes`]); `None` for all others, and for those that part words: they
/// are spaces.
fn unseen(text: &str, at: usize, c: char) -> Option<&'static str> {
    match signes::genre(text, at, c) {
        _ if c == '\u{feff}' => Some(""),
        Some(signes::SignKind::Invisible(sign)) if !sign.is_empty() || !c.is_whitespace() => {
            Some(sign).filter(|sign| *sign != " ")
        }
        _ => None,
    }
}

/// Marks before which French typography may add or change a space.
fn is_spaced_mark(c: char) -> bool {
    matches!(c, ';' | ':' | '!' | '?' | '»' | '%')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::french::typography;

    #[test]
    fn canonical_erases_what_typography_may_change_and_nothing_else() {
        for text in ["l'ENT 1^{er} : « x » ?", "Escape game: deux", "à titre indicative [sic] et"]
        {
            assert_eq!(canonical(&typography(text)), canonical(text));
        }
        assert_eq!(canonical("1^{er}  degré"), "1er degré");
        assert_ne!(canonical("le s"), canonical("les"));
        assert_ne!(canonical("Egal"), canonical("Égal"));
        assert_ne!(canonical("a..."), canonical("a…"));
        assert_eq!(canonical("x } y ^{"), "x } y ^{");
    }

    #[test]
    fn canonical_is_that_of_a_text_without_what_nobody_sees() {
        for c in ('\0'..='\u{ffff}').chain(['\u{1fffe}', '\u{e0041}', '\u{1f3eb}', '\u{f0000}']) {
            for text in
                [format!("un{c}mot"), format!("« {c}l{c}'un {c} : {c}"), format!("b\n{c}\n{c}{c}a")]
            {
                let without = signes::sans_invisibles(&text);
                assert_eq!(canonical(&text), canonical(&without), "{text:?}");
                let (canon, map) = canonical_with_map(&text);
                assert_eq!(canon.len(), map.len());
                assert!(map.iter().all(|at| *at < text.len()), "{text:?}");
            }
        }
    }

    #[test]
    fn the_map_leads_back_to_the_text() {
        let text = "  1^{er}  é : x";
        let (canon, map) = canonical_with_map(text);
        assert_eq!(canon, "1er é: x");
        assert_eq!(map.len(), canon.len());
        assert_eq!(&text[map[0]..map[0] + 1], "1");
        assert_eq!(&text[map[1]..map[1] + 1], "e");
    }
}
