//! Letters without accents and case, and the order of a French dictionary.

use icu_collator::{CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use icu_normalizer::DecomposingNormalizerBorrowed;

/// Accents and case folded, œ and æ opened, and so are the signs that stand for letters and figures, which documents
/// made for paper are full of: `Élève` → `eleve`, `ﬁche` → `fiche`, `5ᵉ` → `5e`. For look-ups and suggestions.
pub fn fold(text: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize(text);
    let mut out = String::with_capacity(text.len());
    for c in decomposed.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)) {
        match c {
            // Most letters are these.
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
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
#[rustfmt::skip]
const OPENED: [(char, &str); 43] = [
    ('ª', "a"), ('²', "2"), ('³', "3"), ('¹', "1"), ('º', "o"), ('ʰ', "h"), ('ʳ', "r"),
    ('ˡ', "l"), ('ˢ', "s"), ('ᵃ', "a"), ('ᵇ', "b"), ('ᵈ', "d"), ('ᵉ', "e"), ('ᵍ', "g"),
    ('ᵐ', "m"), ('ᵒ', "o"), ('ᵗ', "t"), ('⁰', "0"), ('ⁱ', "i"), ('⁴', "4"), ('⁵', "5"),
    ('⁶', "6"), ('⁷', "7"), ('⁸', "8"), ('⁹', "9"), ('ⁿ', "n"), ('₀', "0"), ('₁', "1"),
    ('₂', "2"), ('₃', "3"), ('₄', "4"), ('₅', "5"), ('₆', "6"), ('₇', "7"), ('₈', "8"),
    ('₉', "9"), ('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_folded_and_signs_opened() {
        assert_eq!(fold("Élève, CŒUR"), "eleve, coeur");
        assert_eq!(fold("La ﬁche de l’eﬀort, 5ᵉ"), "la fiche de l'effort, 5e");
        assert!(OPENED.is_sorted());
        for (sign, opened) in OPENED {
            let compatible = DecomposingNormalizerBorrowed::new_nfkd();
            assert_eq!(compatible.normalize(&sign.to_string()), opened, "as the script does");
        }
    }

    #[test]
    fn the_order_is_that_of_a_dictionary() {
        let mut words = vec!["zèbre", "Écho", "côte", "cote", "echo"];
        sort_by_text(&mut words, |w| (*w).to_string());
        assert_eq!(words, ["cote", "côte", "echo", "Écho", "zèbre"]);
    }
}
