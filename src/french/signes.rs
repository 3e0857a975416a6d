//! The signs that no text of a site may hold: those that nobody sees and that change what is shown, found or read by
//! a machine, and those that stand for one that was lost. What is seen as it is written is the author's.

use std::{borrow::Cow, ops::Range};

/// Why a sign is not to stand in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignKind {
    /// Nobody sees it; what is to stand in its place is known.
    Invisible(&'static str),
    /// It stands for a sign that a conversion lost.
    Perdu,
    /// It stands for an image, or something else that did not come with its text.
    Objet,
    /// A font alone gives it a shape.
    Police,
}

/// A sign that is not to stand in a text, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signe {
    /// Bytes of the sign.
    pub octets: Range<usize>,
    /// The sign.
    pub signe: char,
    /// Why.
    pub genre: SignKind,
}

impl Signe {
    /// Text to stand in its place, when that is known.
    pub fn instead(&self) -> Option<&'static str> {
        match self.genre {
            SignKind::Invisible(instead) => Some(instead),
            SignKind::Perdu | SignKind::Objet | SignKind::Police => None,
        }
    }
}

/// The signs of a text that are not to stand in it, in order.
pub fn signes(text: &str) -> impl Iterator<Item = Signe> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += text.as_bytes().get(at..)?.iter().position(|byte| may_begin_one(*byte))?;
            let c = text[at..].chars().next()?;
            let octets = at..at + c.len_utf8();
            at = octets.end;
            if let Some(genre) = genre(text, octets.start, c) {
                return Some(Signe { octets, signe: c, genre });
            }
        }
    })
}

/// A text without the signs that nobody sees.
pub fn sans_invisibles(text: &str) -> Cow<'_, str> {
    replaced(text, |signe| signe.instead().unwrap_or_default().into())
}

/// A text with something else in place of the signs that nobody sees.
pub(super) fn replaced(text: &str, instead: impl Fn(&Signe) -> String) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = 0;
    for signe in signes(text).filter(|signe| signe.instead().is_some()) {
        out.push_str(&text[kept..signe.octets.start]);
        out.push_str(&instead(&signe));
        kept = signe.octets.end;
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

/// True when a byte of UTF-8 may begin such a sign. « É » and its like begin with 0xC3, which is none.
fn may_begin_one(byte: u8) -> bool {
    match byte {
        b'\t' | b'\n' | b'\r' => false,
        ..b' ' | 0x7f | 0xc2 | 0xd8 | 0xe1..=0xe3 | 0xee.. => true,
        _ => false,
    }
}

/// Why the sign `c`, at a place of a text, is not to stand there; `None` when it may.
pub(super) fn genre(text: &str, at: usize, c: char) -> Option<SignKind> {
    let before = || &text[..at];
    let after = || &text[at + c.len_utf8()..];
    Some(match c {
        '\t' | '\n' | '\r' => return None,
        '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => {
            SignKind::Invisible(if is_parted(before(), after()) { "" } else { " " })
        }
        '\u{80}'..='\u{9f}' => SignKind::Invisible(WINDOWS[c as usize - 0x80]),
        // The mark of the order of bytes, where it is one.
        '\u{feff}' if at == 0 => return None,
        '\u{180e}' | '\u{200c}' | '\u{200d}' if is_joined(before(), c, after()) => return None,
        '\u{e0020}'..='\u{e007f}' if is_of_a_flag(before()) => return None,
        _ if name(c).is_some() => SignKind::Invisible(""),
        '\u{fffd}' => SignKind::Perdu,
        '\u{fffc}' => SignKind::Objet,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}' => {
            SignKind::Police
        }
        _ => return None,
    })
}

/// The signs that Windows writes with the bytes 0x80 to 0x9F, by what a conversion that forgets it makes of them:
/// U+0092 is an apostrophe. Each browser reads them so (HTML, « numeric character reference end state »).
const WINDOWS: [&str; 32] = [
    "€", "", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "", "", "‘", "’", "“",
    "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ",
];

/// True when words are parted without the sign between these two texts.
fn is_parted(before: &str, after: &str) -> bool {
    let ends_a_line = |c: char| matches!(c, '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}');
    let parts = |c: char| c.is_whitespace() && !ends_a_line(c);
    before.chars().next_back().is_none_or(char::is_whitespace)
        || after.chars().next().is_none_or(parts)
}

/// True when a joiner does what it is made for: it holds together the parts of an emoji, or shapes a letter of a script
/// whose letters join. A word of French has none.
fn is_joined(before: &str, c: char, after: &str) -> bool {
    // A sign that only chooses a shape does not count.
    let last = before.chars().rev().find(|c| !('\u{fe00}'..='\u{fe0f}').contains(c));
    let first = after.chars().next();
    let around = |is: fn(char) -> bool| (last.is_some_and(is), first.is_some_and(is));
    let (letter_before, letter_after) = around(joins);
    let (emoji_before, emoji_after) = around(is_pictured);
    letter_before || letter_after || c == '\u{200d}' && emoji_before && emoji_after
}

/// True when a letter is of a script where joiners are spelling: Arabic and its neighbours, those of India and of
/// South-East Asia, Mongolian.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{620}'..='\u{8ff}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        | '\u{1900}'..='\u{1cff}' | '\u{a800}'..='\u{abff}' | '\u{fb50}'..='\u{fdcf}'
        | '\u{fdf0}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{11fff}'
        | '\u{1e900}'..='\u{1e95f}')
}

/// True when a sign may be a part of an emoji.
fn is_pictured(c: char) -> bool {
    matches!(c, '©' | '®' | '\u{20e3}' | '\u{2190}'..='\u{2bff}' | '〰' | '〽' | '㊗' | '㊙'
        | '\u{1f000}'..='\u{1faff}' | '\u{e007f}')
}

/// Tags that write the name of a flag at most: Scotland, `gbsct`, has five and the sign of their end.
const LONGEST_FLAG: usize = 8;

/// True when a tag after this text spells the name of a flag, as that of Scotland.
fn is_of_a_flag(before: &str) -> bool {
    let mut tags = before.chars().rev().take(LONGEST_FLAG);
    tags.find(|c| !('\u{e0020}'..='\u{e007e}').contains(c)) == Some('\u{1f3f4}')
}

/// A sign in words, after its article, with its number: « une espace sans chasse (U+200B) ».
pub fn nomme(c: char) -> String {
    let number = format!("U+{:04X}", u32::from(c));
    match c {
        '\u{80}'..='\u{9f}' if !WINDOWS[c as usize - 0x80].is_empty() => {
            let meant = WINDOWS[c as usize - 0x80];
            format!("un signe « {meant} » mal converti ({number})")
        }
        _ => format!("{} ({number})", name(c).unwrap_or(UNSEEN)),
    }
}

/// A space that looks like any other and is another sign, in words, with its number.
pub fn espace(c: char) -> Option<String> {
    let name = match c {
        '\u{a0}' => "une espace insécable",
        '\u{202f}' => "une espace fine insécable",
        '\u{3000}' => "une espace idéographique",
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => "une espace typographique",
        _ => return None,
    };
    Some(format!("{name} (U+{:04X})", u32::from(c)))
}

const UNSEEN: &str = "un signe de commande";
const DIRECTION: &str = "une marque de sens d’écriture";

/// Name of an invisible sign, or of one that replaces another; `None` for all others.
fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\t' | '\n' | '\r' => return None,
        '\0' => "un caractère nul",
        '\u{8}' => "un retour arrière",
        '\u{b}' => "une tabulation verticale",
        '\u{c}' => "un saut de page",
        '\u{1b}' => "un signe d’échappement",
        '\u{1}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => UNSEEN,
        '\u{ad}' => "un trait d’union conditionnel",
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => DIRECTION,
        '\u{2066}'..='\u{2069}' => DIRECTION,
        '\u{180e}' => "un séparateur de voyelles",
        '\u{200b}' => "une espace sans chasse",
        '\u{200c}' => "un antiliant sans chasse",
        '\u{200d}' => "un liant sans chasse",
        '\u{2028}' => "un séparateur de lignes",
        '\u{2029}' => "un séparateur de paragraphes",
        '\u{2060}' => "un gluon de mots",
        '\u{2061}'..='\u{2064}' => "un opérateur invisible",
        '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => "une marque de mise en forme",
        '\u{3164}' | '\u{ffa0}' => "un blanc de remplissage",
        '\u{feff}' => "une marque d’ordre des octets",
        '\u{e0000}'..='\u{e007f}' => "une étiquette invisible",
        c if is_no_character(c) => "un code qui n’est celui d’aucun signe",
        _ => return None,
    })
}

/// True when a code is set aside by Unicode for ever: no sign will have it.
pub fn is_no_character(c: char) -> bool {
    ('\u{fdd0}'..='\u{fdef}').contains(&c) || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<char> {
        signes(text).map(|signe| signe.signe).collect()
    }

    #[test]
    fn what_is_seen_as_it_is_written_stays() {
        for text in [
            "L’« été » — à 5 € :\t1\u{202f}000 œuvres…\r\nm² ½ ﬁche \u{a0}: e\u{301}",
            // Emoji joined, with a colour of skin, a shape, a flag, a digit in a box.
            "👩\u{200d}🏫 👩🏽\u{200d}🏫 ❤\u{fe0f}\u{200d}🔥 🏳\u{fe0f}\u{200d}🌈 🧑\u{200d}✈\u{fe0f} 1\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} 🇫🇷",
            // Persian, Hindi, an Arabic letter alone.
            "می\u{200c}خواهم क्\u{200d}ष ه\u{200d}",
            "\u{feff}titre",
            "⠃⠗⠁⠊⠇⠇⠑ 日本語 한국어 ＡＢ",
        ] {
            assert!(found(text).is_empty(), "{text}");
            assert!(matches!(sans_invisibles(text), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn what_nobody_sees_goes_and_words_stay_parted() {
        for (text, mended) in [
            ("fi\u{ad}che", "fiche"),
            ("a\u{0}\u{1b}\u{7f}\u{81}b", "ab"),
            ("l\u{92}école \u{9c}uvre\u{85}", "l’école œuvre…"),
            ("a\u{b}b\u{c}\u{c}c \u{2028}d\u{2029}\ne\u{b}", "a b c d\ne"),
            ("\u{202e}a\u{2066}b\u{2069}\u{200f}\u{61c}", "ab"),
            ("\u{feff}a\u{feff}b\u{2060}\u{200b}", "\u{feff}ab"),
            ("auf\u{200c}lage \u{200d}👩\u{200d}", "auflage 👩"),
            ("a\u{fdd0}\u{ffff}\u{1fffe}\u{10ffff}", "a"),
            ("a\u{e0041}\u{fff9}b 🏴\u{e0067}\u{e007f}\u{e0041}", "ab 🏴\u{e0067}\u{e007f}"),
        ] {
            assert_eq!(sans_invisibles(text), mended, "{text:?}");
            assert!(found(mended).is_empty(), "{text:?}");
        }
    }

    #[test]
    fn what_stands_for_something_lost_is_told_and_kept() {
        let text = "caf\u{fffd} \u{fffc} \u{f0b7} \u{f8ff}";
        let genres: Vec<SignKind> = signes(text).map(|signe| signe.genre).collect();
        assert_eq!(genres, [SignKind::Perdu, SignKind::Objet, SignKind::Police, SignKind::Police]);
        assert_eq!(sans_invisibles(text), text);
    }

    /// The first look at bytes passes over no sign; whatever is mended is mended at once.
    #[test]
    fn every_sign_is_found() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let text = format!("a{c}b");
            let expected = genre(&text, 1, c);
            assert_eq!(signes(&text).next().map(|signe| signe.genre), expected, "{c:?}");
            assert!(
                !matches!(expected, Some(SignKind::Invisible(_))) || name(c).is_some(),
                "{c:?}"
            );
            assert_eq!(
                signes(&sans_invisibles(&text)).count(),
                usize::from(matches!(
                    expected,
                    Some(SignKind::Perdu | SignKind::Objet | SignKind::Police)
                ))
            );
        }
    }

    #[test]
    fn names() {
        assert_eq!(nomme('\u{200b}'), "une espace sans chasse (U+200B)");
        assert_eq!(nomme('\u{92}'), "un signe « ’ » mal converti (U+0092)");
        assert_eq!(nomme('\u{1fffe}'), "un code qui n’est celui d’aucun signe (U+1FFFE)");
    }
}
