//! Texts converted badly: UTF-8 that a tool read as Windows-1252, and wrote again (« Ã©tÃ© »).

use std::ops::Range;

use super::motifs::Motif;
use crate::{
    diag::{Code, Diagnostic},
    source::{SitePath, Span},
};

/// Signs of Windows-1252 from 0x80 to 0x9F; the five holes are controls of the same number.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// One message for a file, at the first place, which mends them all. A text received keeps what it has.
pub(super) fn told(
    path: &SitePath,
    text: &str,
    is_received: &dyn Fn() -> bool,
) -> Option<Diagnostic> {
    static PIECE: Motif = Motif::new(
        r"[ÃÂÅ][\x{80}-\x{bf}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[€‚][\x{80}-\x{bf}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]",
    );
    if !text.contains(['Ã', 'Â', 'Å', 'â']) || is_received() {
        return None;
    }
    // Whoever quotes such letters means them.
    let is_quoted = |place: &Range<usize>| {
        let (before, after) = (&text[..place.start], &text[place.end..]);
        before.trim_end().ends_with(['«', '`', '“', '"'])
            && after.trim_start().starts_with(['»', '`', '”', '"'])
    };
    let read = |place: Range<usize>| {
        let letter = meant(&text[place.clone()]).filter(|_| !is_quoted(&place))?;
        Some((place, letter))
    };
    let found: Vec<(Range<usize>, char)> = PIECE.places(text).filter_map(read).collect();
    let (first, letter) = found.first()?;
    let span = |place: &Range<usize>| Span::new(path, place.clone());
    let wrong = &text[first.clone()];
    let message = format!("ce texte a été mal converti : « {wrong} » est mis pour « {letter} »");
    let aide = "« retex check --corriger » remet les lettres ; à la main, rouvrez le document d’origine en UTF-8";
    let said = Diagnostic::new(Code::SigneIllisible, message).at(&span(first), "").help(aide);
    Some(found.iter().fold(said, |said, (place, letter)| said.fix(&span(place), *letter)))
}

/// The letter that a piece was, when it is one that French has.
fn meant(piece: &str) -> Option<char> {
    let byte = |c: char| match u8::try_from(u32::from(c)) {
        Ok(byte) => Some(byte),
        Err(_) => WINDOWS.chars().zip(0x80..).find(|(sign, _)| *sign == c).map(|(_, byte)| byte),
    };
    let bytes: Vec<u8> = piece.chars().map(byte).collect::<Option<_>>()?;
    let letter = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    let is_french =
        matches!(letter, '\u{a0}'..='ÿ' | 'Œ' | 'œ' | 'Ÿ' | '\u{2010}'..='\u{203a}' | '€');
    is_french.then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_back() {
        let path = SitePath::new("a.md");
        let letters = |text: &str| -> String {
            let said = told(&path, text, &|| false).into_iter();
            said.flat_map(|said| said.fixes).map(|edit| edit.texte).collect()
        };
        assert_eq!(letters("Ã©tÃ© Ã¨ â€™ â€” Å“uvre Â« Ã\u{a0} â‚¬ â€¦ Ã‰"), "ééè’—œ«à€…É");
        assert_eq!(
            letters("été « café\u{a0}» à\u{a0}« a », Âge, Ãa, pâté, âge, âme, Ångström"),
            ""
        );
    }
}
