//! Telephone numbers, and those that name somebody: social security (NIR), bank accounts (IBAN), pupils (INE).
//!
//! A pattern finds what is written as one of them; its key, or what stands around it, says whether it is one.

use std::{ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use crate::{
    model::Personnelle,
    parse::motifs::{LETTER, group, kept, motif},
};

/// A social security number, a telephone with the code of its country, a telephone of ten digits; after the word that
/// says that it is a telephone, or something else.
static NUMERO: LazyLock<Regex> = LazyLock::new(|| {
    let sign = r"[\ .\-–/()\u{a0}\u{202f}\u{2009}\u{2011}]*";
    let cut = r"[\ .\-\u{a0}\u{202f}]{0,2}";
    motif(&format!(
        r"(?x)
        (?: (?-u:\b{{start-half}})
            (?: (?<other> (?i:isbn|issn|siret|siren|ean|rcs|uai|doi|rne|naf) )
              | (?<phone> (?i:t[ée]l(?:[ée]phone)?|portable|mobile|appelez|fixe|sms|whatsapp) ) )
            [\ :.°\u{{a0}}\u{{202f}}(]*? )?
        (?<number>
            (?<nir> [1-478] {cut} [0-9]{{2}} {cut} (?:0[1-9]|1[0-2]|20|3[0-9]|4[0-2]|[5-9][0-9])
                {cut} [0-9][0-9ABab] {cut} [0-9]{{3}} {cut} [0-9]{{3}} {cut} [0-9]{{2}} )
          | (?<abroad> (?:\(?\+[0-9]|00) (?:{sign}[0-9]){{8,14}} )
          | 0 {sign} [1-79] (?:{sign}[0-9]){{8}} )"
    ))
});

/// Codes of countries, France and its overseas first, then those around, each with what follows it.
static ABROAD: LazyLock<Regex> = LazyLock::new(|| {
    motif(
        r"(?x) ^(?:00)? (?: 330?[1-79][0-9]{8}
        | (?:262|590|594|596)[0-9]{9} | 508[0-9]{6,9} | 68[17][0-9]{6} | 689[0-9]{6,8}
        | 352[0-9]{6,9} | 376[0-9]{6} | 377[0-9]{8,9} | 32[0-9]{8,9} | 39[0-9]{8,10} | 49[0-9]{9,11}
        | (?:34|41|212)[0-9]{9} | 44[0-9]{9,10} | 213[0-9]{8,9} | 216[0-9]{8} )$",
    )
});

/// Accounts: of France and of the countries around, parted or not, with how many signs follow the key; then the others.
static COMPTE: LazyLock<Regex> = LazyLock::new(|| {
    let of = |countries: &str, signs: usize| {
        format!(r"(?i:{countries})[0-9]{{2}}(?:[ .\-\u{{a0}}\u{{202f}}]?[0-9A-Za-z]){{{signs}}}")
    };
    let known = [
        of("FR|MC|IT", 23),
        of("BE", 12),
        of("DE|GB", 18),
        of("ES", 20),
        of("LU", 16),
        of("CH", 17),
        of("PT", 21),
    ];
    motif(&format!("{}|[A-Za-z]{{2}}[0-9]{{2}}[0-9A-Za-z]{{11,30}}", known.join("|")))
});

/// The number of a pupil near the word that says so: its key is published nowhere.
static ELEVE: LazyLock<Regex> = LazyLock::new(|| {
    motif(&format!(
        r"(?x) (?:^|[^{LETTER}]) (?:INE|[Ii]dentifiant\ national) [^{LETTER}\n] (?:.{{0,38}}?[^0-9A-Za-z\n])?
        (?<number> [0-9]{{9}} (?:[0-9][A-Za-z] | [A-Za-z][0-9A-Za-z]) ) (?-u:\b{{end-half}})"
    ))
});

/// Largest number of a lottery.
const DRAWN: u32 = 49;

/// The numbers of a text that name somebody.
pub(super) fn find(text: &str) -> Vec<(Personnelle, Range<usize>)> {
    // End of the last number: another one may follow it at once.
    let mut last = None;
    let mut list = kept(&NUMERO, text, |found| {
        let number = group(found, "number");
        let judged = judge(text, found, last).ok_or_else(|| {
            let digits = text[number.start..].trim_start_matches(['(', '+']);
            text.len() - digits.trim_start_matches(is_digit).len()
        });
        last = judged.as_ref().map_or(last, |(_, range)| Some(range.end));
        judged
    });
    list.extend(kept(&COMPTE, text, |found| {
        let account = found.get_match().range();
        let is_one = is_apart(text, &account) && is_account(found.get_match().as_str());
        if is_one { Ok((Personnelle::Iban, account)) } else { Err(account.start + "FR76".len()) }
    }));
    let pupils = ELEVE.captures_iter(text).map(|found| (Personnelle::Ine, group(&found, "number")));
    list.extend(pupils);
    list
}

/// Kind of a number of digits, the last one having ended at `last`; `None` of one that names nobody.
fn judge(
    text: &str,
    found: &Captures<'_>,
    last: Option<usize>,
) -> Option<(Personnelle, Range<usize>)> {
    let number = group(found, "number");
    let is_glued = |c: char| c.is_alphanumeric() || c == '_';
    if text[number.start..].starts_with(is_digit) && text[..number.start].ends_with(is_glued) {
        return None;
    }
    if let Some(nir) = found.name("nir") {
        let is_one = is_apart(text, &number) && is_social_security(nir.as_str());
        return is_one.then_some((Personnelle::Nir, number));
    }
    let start = number.start;
    let ends = |end: &usize| !text[*end..].starts_with(is_glued);
    let end = match found.name("abroad") {
        // The longest that is one.
        Some(abroad) => {
            let digits = abroad.as_str().rmatch_indices(is_digit);
            let mut all = digits.map(|(at, _)| start + at + 1).filter(ends);
            all.find(|end| is_abroad(&text[start..*end]))
        }
        None => Some(number.end).filter(ends).filter(|_| {
            let is_listed = found.name("phone").is_none() && is_drawn(&found["number"]);
            is_cut(&found["number"]) && !is_listed && !is_in_a_larger(text, &number, last)
        }),
    };
    let is_other = found.name("other").is_some() && text[start..].starts_with(is_digit);
    end.filter(|_| !is_other).map(|end| (Personnelle::Telephone, start..end))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Sign that may part the digits of a telephone.
fn is_sign(c: char) -> bool {
    " .-–/()\u{a0}\u{202f}\u{2009}\u{2011}".contains(c)
}

/// True of signs between digits that do not part two numbers.
fn is_short(signs: &str) -> bool {
    signs.chars().count() <= 3
}

/// True when no letter nor digit touches a place.
fn is_apart(text: &str, range: &Range<usize>) -> bool {
    !text[..range.start].ends_with(char::is_alphanumeric)
        && !text[range.end..].starts_with(char::is_alphanumeric)
}

/// True of a number with the code of its country. In `+33 (0)6`, the zero is not dialled.
fn is_abroad(written: &str) -> bool {
    written.split(is_digit).all(is_short)
        && ABROAD.is_match(&written.replace("(0)", "").replace(|c| !is_digit(c), ""))
}

/// The groups of digits of a number.
fn groups(written: &str) -> Vec<&str> {
    written.split(is_sign).filter(|group| !group.is_empty()).collect()
}

/// True when ten digits are cut as those of a telephone are, everywhere by the same sign.
fn is_cut(written: &str) -> bool {
    let lengths: Vec<usize> = groups(written).iter().map(|group| group.len()).collect();
    let signs: Vec<&str> = written.split(is_digit).filter(|sign| !sign.is_empty()).collect();
    signs.iter().all(|sign| *sign == signs[0] && is_short(sign))
        && (lengths.iter().all(|length| *length >= 2)
            || matches!(lengths[..], [1, 1, 2, 2, 2, 2] | [1, 3, 2, 2, 2]))
}

/// True when what stands around ten digits makes them a piece of a larger number, or an amount.
fn is_in_a_larger(text: &str, number: &Range<usize>, last: Option<usize>) -> bool {
    let (before, after) = (&text[..number.start], &text[number.end..]);
    let inner = text[number.clone()].split(is_digit).find(|sign| !sign.is_empty());
    let (head, tail) = (before.trim_end_matches(is_sign), after.trim_start_matches(is_sign));
    let goes_on = |sign: &str, digits: usize| {
        let is_tight = !sign.contains(char::is_whitespace);
        !sign.is_empty()
            && is_short(sign)
            && inner.is_none_or(|inner| inner == sign)
            && (is_tight && digits > 0 || inner.is_some() && digits == 2)
    };
    let is_begun = last != Some(head.len())
        && goes_on(&before[head.len()..], head.len() - head.trim_end_matches(is_digit).len());
    let is_followed = !tail.starts_with('0')
        && goes_on(
            &after[..after.len() - tail.len()],
            tail.len() - tail.trim_start_matches(is_digit).len(),
        );
    let unit = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let is_amount = before.strip_suffix(',').is_some_and(|rest| rest.ends_with(is_digit))
        || after.strip_prefix(',').is_some_and(|rest| rest.starts_with(is_digit))
        || unit.starts_with(['€', '%', '$']);
    is_begun || is_followed || is_amount
}

/// True when five groups are numbers in order, as those of a list or of a lottery.
fn is_drawn(written: &str) -> bool {
    let numbers = groups(written).into_iter().map(|group| group.parse().unwrap_or(u32::MAX));
    let numbers: Vec<u32> = numbers.collect();
    numbers.len() == 5
        && numbers.is_sorted_by(|one, next| one < next)
        && numbers.iter().all(|number| *number <= DRAWN)
}

/// True when a number has the key of social security: what lacks for it to be a multiple of 97. The departments of
/// Corsica count for 19 and 18.
fn is_social_security(written: &str) -> bool {
    let signs = written.replace(|c: char| !c.is_ascii_alphanumeric(), "").to_ascii_uppercase();
    let (body, key) = signs.split_at(13);
    let number: Option<u64> = body.replace("2A", "19").replace("2B", "18").parse().ok();
    number.map(|number| 97 - number % 97) == key.parse().ok()
}

/// True when signs have the remainder of an account number (ISO 7064, MOD 97-10).
fn is_account(written: &str) -> bool {
    let signs: Vec<u32> = written.chars().filter_map(|c| c.to_digit(36)).collect();
    let (head, rest) = signs.split_at(4);
    let remainder = rest
        .iter()
        .chain(head)
        .fold(0, |remainder, value| (remainder * if *value < 10 { 10 } else { 100 } + value) % 97);
    remainder == 1
}
