//! French: typography, the canonical form on which the fidelity proof compares, folding, sorting,
//! plurals. A leaf that every module may use.

pub mod clair;
pub mod signes;

use icu_collator::{CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use icu_normalizer::DecomposingNormalizerBorrowed;

/// Narrow no-break space, before `; ! ? »` and after `«` (*Lexique des règles typographiques en
/// usage à l'Imprimerie nationale*).
pub const NNBSP: char = '\u{202f}';
/// No-break space, before `:` (same source).
pub const NBSP: char = '\u{a0}';

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

/// Whether a character parts two words.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Whether a character is a space of a line.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | NBSP | NNBSP)
}

/// Sets typography on one word, its punctuation included. Whether spaces that follow it go: it ends with « .
fn mark_word(before: Option<char>, word: &str, next: Option<char>, out: &mut String) -> bool {
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

/// Whether what stands between two spaces is no word of a sentence: an address, a path, code, a shortcode.
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

/// Whether a text may hold a `^{…}`.
pub fn has_superscript(text: &str) -> bool {
    text.contains("^{")
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
        give(&rest[..c.len_utf8()], here);
        after_quote = c == '«';
        at += c.len_utf8();
    }
}

/// What a sign that nobody sees is read as ([`signes`]); `None` for all others, and for those that part words: they
/// are spaces.
fn unseen(text: &str, at: usize, c: char) -> Option<&'static str> {
    match signes::genre(text, at, c) {
        _ if c == '\u{feff}' => Some(""),
        Some(signes::Genre::Invisible(sign)) if !sign.is_empty() || !c.is_whitespace() => {
            Some(sign).filter(|sign| *sign != " ")
        }
        _ => None,
    }
}

/// Marks before which French typography may add or change a space.
fn is_spaced_mark(c: char) -> bool {
    matches!(c, ';' | ':' | '!' | '?' | '»' | '%')
}

/// Accents and case folded, œ and æ opened, and so are the signs that stand for letters and figures, which documents
/// made for paper are full of: `Élève` → `eleve`, `ﬁche` → `fiche`, `5ᵉ` → `5e`. For look-ups and suggestions.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    for c in decomposed.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
        match c {
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            '’' => out.push('\''),
            _ => match OPENED.binary_search_by_key(&c, |(sign, _)| *sign) {
                Ok(known) => out.push_str(OPENED[known].1),
                Err(_) => out.extend(c.to_lowercase()),
            },
        }
    }
    out
}

/// Signs that stand for letters or figures, sorted, and what they stand for: ligatures of fonts, and what is written
/// above or below the line. `recherche.js` has the same.
const OPENED: [(char, &str); 43] = [
    ('ª', "a"),
    ('²', "2"),
    ('³', "3"),
    ('¹', "1"),
    ('º', "o"),
    ('ʰ', "h"),
    ('ʳ', "r"),
    ('ˡ', "l"),
    ('ˢ', "s"),
    ('ᵃ', "a"),
    ('ᵇ', "b"),
    ('ᵈ', "d"),
    ('ᵉ', "e"),
    ('ᵍ', "g"),
    ('ᵐ', "m"),
    ('ᵒ', "o"),
    ('ᵗ', "t"),
    ('⁰', "0"),
    ('ⁱ', "i"),
    ('⁴', "4"),
    ('⁵', "5"),
    ('⁶', "6"),
    ('⁷', "7"),
    ('⁸', "8"),
    ('⁹', "9"),
    ('ⁿ', "n"),
    ('₀', "0"),
    ('₁', "1"),
    ('₂', "2"),
    ('₃', "3"),
    ('₄', "4"),
    ('₅', "5"),
    ('₆', "6"),
    ('₇', "7"),
    ('₈', "8"),
    ('₉', "9"),
    ('ﬀ', "ff"),
    ('ﬁ', "fi"),
    ('ﬂ', "fl"),
    ('ﬃ', "ffi"),
    ('ﬄ', "ffl"),
    ('ﬅ', "st"),
    ('ﬆ', "st"),
];

/// Sorts in the order of a French dictionary, by the text that `key` gives.
pub fn sort_by_text<T>(items: &mut [T], key: impl Fn(&T) -> String) {
    let mut options = CollatorOptions::default();
    options.strength = Some(icu_collator::options::Strength::Tertiary);
    match CollatorBorrowed::try_new(locale!("fr").into(), options) {
        Ok(collator) => items.sort_by(|a, b| {
            let (a, b) = (key(a), key(b));
            collator.compare(&a, &b).then_with(|| a.cmp(&b))
        }),
        // The French data is compiled in; without it the folded order is the nearest.
        Err(_) => items.sort_by_key(|item| (fold(&key(item)), key(item))),
    }
}

/// `15 515`: thousands parted by a narrow no-break space.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(NNBSP);
        }
        out.push(digit);
    }
    out
}

/// `1 fiche`, `2 fiches`; in French 0 is singular.
pub fn count(n: usize, singular: &str, plural: &str) -> String {
    format!("{}{NBSP}{}", number(n), if n < 2 { singular } else { plural })
}

/// The first words of a text, at most `max` characters, followed by « … » when it goes on.
pub fn first_words(text: &str, max: usize) -> String {
    let text = text.trim();
    // What comes after is not looked at.
    if text.len() <= max || text.chars().nth(max).is_none() {
        return text.to_string();
    }
    let (mut out, mut characters) = (String::with_capacity(max + max / 4), 0);
    for word in text.split_whitespace() {
        let more = word.chars().count();
        if characters + more + 1 > max {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
            characters += 1;
        }
        out.push_str(word);
        characters += more;
    }
    out.truncate(out.trim_end_matches([',', ';', ':', '(', ' ', '«']).trim_end().len());
    out.push(NBSP);
    out.push('…');
    out
}

/// Without its capital, unless the first word is an acronym: `Point fort` → `point fort`, `RETEX cité`.
pub fn uncapitalized(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_string(),
    }
}

/// With a capital: `la synthèse` → `La synthèse`.
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Joins as French prose does: `a, b et c`.
pub fn enumerate(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} et {last}", head.join(", ")),
    }
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

    #[test]
    fn folding_counting_sorting() {
        assert_eq!(fold("Élève, CŒUR"), "eleve, coeur");
        assert_eq!(fold("La ﬁche de l’eﬀort, 5ᵉ"), "la fiche de l'effort, 5e");
        assert!(OPENED.is_sorted());
        for (sign, opened) in OPENED {
            let compatible = DecomposingNormalizerBorrowed::new_nfkd();
            assert_eq!(compatible.normalize(&sign.to_string()), opened, "as the script does");
        }
        assert_eq!(count(0, "fiche", "fiches"), "0\u{a0}fiche");
        let mut words = vec!["zèbre", "Écho", "côte", "cote", "echo"];
        sort_by_text(&mut words, |w| (*w).to_string());
        assert_eq!(words, ["cote", "côte", "echo", "Écho", "zèbre"]);
        assert_eq!(
            first_words("La démarche « Cité éducative » dans", 20),
            "La démarche «\u{202f}Cité\u{a0}…".replace('\u{202f}', " ")
        );
    }
}
