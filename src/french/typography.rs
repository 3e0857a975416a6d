//! French typography: apostrophes and the spaces around double punctuation.

use super::{NBSP, NNBSP};

/// Sets French typography on a text: the apostrophe turns into ’ and spaces around double
/// punctuation into no-break ones, added where they lack. Nothing else changes: quotes, ellipses,
/// accents and capitals are the author's. `:` and `?` inside a word (a time) are left alone, and so is what is no
/// word: an address, a path, `std::vector`, `:emoji:`.
pub fn typography(text: &str) -> String {
    typography_between(None, text, None)
}

/// [`typography`] of a piece of a sentence, which emphasis, a link or code parts from the signs before and after it.
pub fn typography_between(before: Option<char>, text: &str, after: Option<char>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut text = text;
    if before == Some('«') {
        text = text.trim_start_matches(is_space);
    }
    let ends = |at: usize| text[at..].find(is_blank).map_or(text.len(), |length| at + length);
    let mut at = 0;
    while at < text.len() {
        let word = ends(at);
        at = match word {
            // The blanks before the next word.
            _ if word == at => {
                let blank = text[at..].chars().next().map_or(1, char::len_utf8);
                out.push_str(&text[at..at + blank]);
                at + blank
            }
            _ => {
                let next = text[word..].chars().next().or(after);
                mark_word(before, &text[at..word], next, &mut out)
                    .then(|| text[word..].trim_start_matches(is_space))
                    .map_or(word, |rest| text.len() - rest.len())
            }
        };
    }
    if out.ends_with(' ')
        && let Some(mark) = after.filter(|c| matches!(c, ';' | '!' | '?' | '»' | ':'))
    {
        out.pop();
        out.push(if mark == ':' { NBSP } else { NNBSP });
    }
    out
}

/// True when a character parts two words.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// True when a character is a space of a line.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | NBSP | NNBSP)
}

/// Sets typography on one word, its punctuation included. Whether spaces that follow it go: it ends with « .
fn mark_word(before: Option<char>, word: &str, next: Option<char>, out: &mut String) -> bool {
    // Most words hold no sign that is set.
    if !word.contains(['\'', '«', '»', ';', '!', '?', ':']) {
        out.push_str(word);
        return false;
    }
    let opens = word.len() - word.trim_start_matches(['(', '[', '«', '"', '“']).len();
    let core =
        word[opens..].trim_end_matches([',', ';', '!', '?', '.', ')', ']', '»', '"', '”', '…']);
    let kept = if is_no_word(core) { opens..opens + core.len() } else { 0..0 };
    let mut opened = false;
    for (at, c) in word.char_indices() {
        if kept.contains(&at) {
            out.push(c);
            continue;
        }
        let rest = &word[at + c.len_utf8()..];
        opened = c == '«';
        match c {
            '\'' => out.push('’'),
            '«' => {
                out.push(c);
                out.push(NNBSP);
            }
            ';' | '!' | '?' | ':' | '»' => {
                spaced_mark(before, c, rest.chars().next().or(next), out)
            }
            _ => out.push(c),
        }
    }
    opened
}

/// Writes a mark that a no-break space parts from what is before it.
fn spaced_mark(before: Option<char>, mark: char, next: Option<char>, out: &mut String) {
    // Code, such as `!=`.
    if next == Some('=') {
        return out.push(mark);
    }
    let space = if mark == ':' { NBSP } else { NNBSP };
    let last = out.chars().next_back();
    let after_mark = |c: char| matches!(c, '!' | '?' | '(' | '[' | '«' | '.' | '…') || is_space(c);
    if last.is_some_and(is_space) {
        if !out.ends_with('«') && !out.ends_with("«\u{202f}") {
            out.pop();
            out.push(space);
        }
    } else {
        let closes = next.is_none_or(|n| !n.is_alphanumeric() && !matches!(n, '/' | '\\'));
        let follows = last.or(before).is_some_and(|c| !after_mark(c));
        if (mark == '»' && !last.or(before).is_some_and(is_space)) || closes && follows {
            out.push(space);
        }
    }
    out.push(mark);
}

/// True when what stands between two spaces is no word of a sentence: an address, a path, code, a shortcode.
fn is_no_word(text: &str) -> bool {
    let drive = |text: &str| {
        let mut chars = text.chars();
        chars.next().is_some_and(|c| c.is_ascii_alphabetic())
            && chars.next() == Some(':')
            && matches!(chars.next(), Some('\\' | '/'))
    };
    let shortcode = |text: &str| {
        let name = text.strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
        name.is_some_and(|name| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b))
        })
    };
    text.contains("://")
        || text.contains("::")
        || text.starts_with("www.")
        || text.starts_with("\\\\")
        || ["/", "~/", "./", "../"]
            .iter()
            .any(|root| text.starts_with(root) && text.len() > root.len())
        || drive(text)
        || shortcode(text)
}

/// Makes the spaces of French punctuation no-break ones where there are some, and adds none: for
/// messages, which quote code that must stay as it is.
pub fn bind_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        out.push(match (c, next) {
            (' ', Some('»' | ';' | '!' | '?')) => NNBSP,
            (' ', Some(':')) => NBSP,
            (' ', _) if out.ends_with('«') => NNBSP,
            _ => c,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_touches_only_apostrophes_and_spaces() {
        let check = |input: &str, expected: &str| assert_eq!(typography(input), expected);
        check("l'ENT : quoi ?", "l’ENT\u{a0}: quoi\u{202f}?");
        check("Escape game: deux", "Escape game\u{a0}: deux");
        check("« Quoi » et \"posté\"...", "«\u{202f}Quoi\u{202f}» et \"posté\"...");
        check("https://a.fr/?b=c;d", "https://a.fr/?b=c;d");
        check("Quoi ?!", "Quoi\u{202f}?!");
        check("12:30", "12:30");
        check("»", "\u{202f}»");
        check("a?b ; c!", "a?b\u{202f}; c\u{202f}!");
        check("«  a  »", "«\u{202f}a \u{202f}»");
    }

    #[test]
    fn typography_leaves_what_is_no_word() {
        for text in [
            "https://a.fr/l'ecole?a=b",
            "C:\\l'école",
            "std::vector",
            ":emoji:",
            "::: info",
            "/srv/l'a:b",
            "(www.a.fr/l'b)",
            "a != b",
            "x :+1: y",
        ] {
            assert_eq!(typography(text), text);
        }
        assert_eq!(typography("voir https://a.fr/l'b : c"), "voir https://a.fr/l'b\u{a0}: c");
    }

    #[test]
    fn typography_sees_the_sentence_across_its_pieces() {
        let piece = |before, text, after| typography_between(before, text, after);
        assert_eq!(piece(Some('f'), ": écrire", None), "\u{a0}: écrire");
        assert_eq!(piece(None, "Quoi ", Some('?')), "Quoi\u{202f}");
        assert_eq!(piece(Some(' '), "?", None), "?");
        assert_eq!(piece(None, "« ", Some('m')), "«\u{202f}");
        assert_eq!(piece(Some('«'), " mot", Some(' ')), "mot");
        assert_eq!(piece(Some('t'), " »", None), "\u{202f}»");
        assert_eq!(piece(Some('t'), "?", Some('x')), "?");
    }
}
