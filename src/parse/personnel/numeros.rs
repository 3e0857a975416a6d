//! Telephone numbers, and those that name somebody: social security (NIR), bank accounts (IBAN), pupils (INE).

use std::ops::Range;

use crate::model::Personnelle;

/// A run of digits of a text.
#[derive(Clone, Debug)]
struct DigitGroup {
    range: Range<usize>,
    /// A letter stands right before, or right after.
    is_glued: (bool, bool),
}

/// The numbers of a text that name somebody.
pub(super) fn find(text: &str) -> Vec<(Personnelle, Range<usize>)> {
    let groups = groups(text);
    let mut list = accounts(text, &groups);
    list.extend(pupils(text));
    let mut next = 0;
    // End of the last telephone: another one may follow it at once.
    let mut phone_end = None;
    for (at, group) in groups.iter().enumerate() {
        if group.range.start < next || group.is_glued.0 {
            continue;
        }
        let found = social_security(text, group.range.start)
            .map(|range| (Personnelle::Nir, range))
            .or_else(|| phone(text, &groups, at, phone_end).map(|r| (Personnelle::Telephone, r)));
        if let Some((what, range)) = found {
            next = range.end;
            phone_end = Some(range.end);
            list.push((what, range));
        }
    }
    list
}

fn groups(text: &str) -> Vec<DigitGroup> {
    let bytes = text.as_bytes();
    let (mut list, mut at) = (Vec::new(), 0);
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    while let Some(length) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + length;
        let count = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = start + count;
        let is_glued =
            (letter(text[..start].chars().next_back()), letter(text[at..].chars().next()));
        list.push(DigitGroup { range: start..at, is_glued });
    }
    list
}

/// Separator of two groups of one number.
fn separator<'t>(text: &'t str, groups: &[DigitGroup], at: usize) -> Option<&'t str> {
    let (one, other) = (groups.get(at)?, groups.get(at + 1)?);
    let between = &text[one.range.end..other.range.start];
    let parts = |c: char| " .-–/()\u{a0}\u{202f}\u{2009}\u{2011}".contains(c);
    (between.chars().count() <= 3 && between.chars().all(parts)).then_some(between)
}

/// The last word before a place, in small letters.
fn word_before(text: &str, at: usize) -> String {
    let before = text[..at].trim_end_matches(|c: char| " :.°\u{a0}\u{202f}(".contains(c));
    let word = before.chars().rev().take(12).take_while(|c| c.is_alphabetic());
    word.collect::<Vec<_>>().into_iter().rev().collect::<String>().to_lowercase()
}

/// Words before numbers that are no telephone.
const OTHERS: [&str; 10] =
    ["isbn", "issn", "siret", "siren", "ean", "rcs", "uai", "doi", "rne", "naf"];
/// Words before a telephone.
const PHONES: [&str; 9] =
    ["tél", "tel", "téléphone", "portable", "mobile", "appelez", "fixe", "sms", "whatsapp"];
/// Codes of countries, France and its overseas first, then those around, with how many digits follow.
const CODES: [(&str, usize, usize); 21] = [
    ("33", 9, 9),
    ("262", 9, 9),
    ("590", 9, 9),
    ("594", 9, 9),
    ("596", 9, 9),
    ("508", 6, 9),
    ("681", 6, 6),
    ("687", 6, 6),
    ("689", 6, 8),
    ("352", 6, 9),
    ("376", 6, 6),
    ("377", 8, 9),
    ("32", 8, 9),
    ("34", 9, 9),
    ("39", 8, 10),
    ("41", 9, 9),
    ("44", 9, 10),
    ("49", 9, 11),
    ("212", 9, 9),
    ("213", 8, 9),
    ("216", 8, 8),
];
/// Largest number of a lottery.
const DRAWN: u32 = 49;

/// The telephone number that begins with a group.
fn phone(
    text: &str,
    groups: &[DigitGroup],
    at: usize,
    before: Option<usize>,
) -> Option<Range<usize>> {
    let start = groups[at].range.start;
    if OTHERS.contains(&word_before(text, start).as_str()) {
        return None;
    }
    if text[..start].ends_with('+') {
        let sign = if text[..start].ends_with("(+") { start - 2 } else { start - 1 };
        return abroad(text, groups, at, "").map(|end| sign..end);
    }
    let far = text[start..].starts_with("00").then(|| abroad(text, groups, at, "00")).flatten();
    far.or_else(|| national(text, groups, at, before)).map(|end| start..end)
}

/// End of a number with the code of its country.
fn abroad(text: &str, groups: &[DigitGroup], at: usize, prefix: &str) -> Option<usize> {
    let (mut digits, mut end, mut best) = (String::new(), at, None);
    loop {
        let group = groups.get(end)?;
        let written = &text[group.range.clone()];
        // `+33 (0)6`: not dialled.
        let is_optional = written == "0" && text[..group.range.start].ends_with('(');
        if !is_optional {
            digits.push_str(written);
        }
        let is_whole = digits.strip_prefix(prefix).is_some_and(is_abroad) && !group.is_glued.1;
        if is_whole {
            best = Some(group.range.end);
        }
        if digits.len() > 15 || separator(text, groups, end).is_none() {
            return best;
        }
        end += 1;
    }
}

fn is_abroad(digits: &str) -> bool {
    CODES.iter().any(|(code, least, most)| {
        let Some(rest) = digits.strip_prefix(code) else { return false };
        let rest = rest.strip_prefix('0').filter(|_| *code == "33").unwrap_or(rest);
        let is_service = *code == "33" && rest.starts_with(['0', '8']);
        (*least..=*most).contains(&rest.len()) && !is_service
    })
}

/// End of a number of ten digits.
fn national(text: &str, groups: &[DigitGroup], at: usize, before: Option<usize>) -> Option<usize> {
    let (mut lengths, mut digits, mut last) = (Vec::new(), String::new(), at);
    let inner = separator(text, groups, at);
    loop {
        let written = &text[groups.get(last)?.range.clone()];
        lengths.push(written.len());
        digits.push_str(written);
        if digits.len() >= 10 {
            break;
        }
        if separator(text, groups, last)? != inner? {
            return None;
        }
        last += 1;
    }
    let start = groups[at].range.start;
    let end = groups[last].range.end;
    let is_dialled = digits.starts_with('0') && !digits[1..].starts_with(['0', '8']);
    let is_cut = lengths.iter().all(|n| *n >= 2)
        || matches!(lengths[..], [1, 1, 2, 2, 2, 2] | [1, 3, 2, 2, 2]);
    if digits.len() != 10 || !is_dialled || !is_cut || groups[last].is_glued.1 {
        return None;
    }
    let alone = lengths.len() == 1;
    let goes_on = |other: Option<&DigitGroup>, sign: Option<&str>| {
        let (Some(other), Some(sign)) = (other, sign) else { return false };
        let is_same = alone || Some(sign) == inner;
        let is_tight = !sign.contains(char::is_whitespace);
        is_same && (is_tight || !alone && other.range.len() == 2)
    };
    let previous = at.checked_sub(1);
    let is_after_a_phone = previous.is_some_and(|p| before == Some(groups[p].range.end));
    let begun = !is_after_a_phone
        && goes_on(
            previous.and_then(|p| groups.get(p)),
            previous.and_then(|p| separator(text, groups, p)),
        );
    let is_followed = goes_on(groups.get(last + 1), separator(text, groups, last))
        && !groups.get(last + 1).is_some_and(|next| text[next.range.clone()].starts_with('0'));
    let is_amount = is_decimal(text, start, end);
    let is_list = is_drawn(text, groups, at..last + 1)
        && !PHONES.contains(&word_before(text, start).as_str());
    (!begun && !is_followed && !is_amount && !is_list).then_some(end)
}

/// True when a comma makes a place a piece of a larger number, or a unit follows it.
fn is_decimal(text: &str, start: usize, end: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let is_after = before.next() == Some(',') && before.next().is_some_and(|c| c.is_ascii_digit());
    let mut after = text[end..].chars();
    let is_before = after.next() == Some(',') && after.next().is_some_and(|c| c.is_ascii_digit());
    let unit = text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    is_after || is_before || unit.starts_with(['€', '%', '$'])
}

/// True when groups are numbers in order, as those of a list or of a lottery.
fn is_drawn(text: &str, groups: &[DigitGroup], which: Range<usize>) -> bool {
    let numbers = groups[which].iter().map(|g| text[g.range.clone()].parse().unwrap_or(u32::MAX));
    let numbers: Vec<u32> = numbers.collect();
    numbers.len() == 5
        && numbers.windows(2).all(|pair| pair[0] < pair[1])
        && numbers.iter().all(|number| *number <= DRAWN)
}

/// Number of signs before each cut of a social security number, as it is usually written.
const CUTS: [usize; 6] = [1, 3, 5, 7, 10, 13];

/// The social security number that begins at a place: its key says that it is one.
fn social_security(text: &str, start: usize) -> Option<Range<usize>> {
    let mut signs = String::new();
    let mut end = start;
    let mut cut = 0;
    for c in text[start..].chars() {
        if " .-\u{a0}\u{202f}".contains(c) && cut < 2 {
            if cut == 0 && !CUTS.contains(&signs.len()) {
                return None;
            }
            cut += 1;
        } else if c.is_ascii_digit() || signs.len() == 6 && matches!(c, 'A' | 'B' | 'a' | 'b') {
            signs.push(c.to_ascii_uppercase());
            cut = 0;
        } else {
            break;
        }
        end += c.len_utf8();
        if signs.len() == 15 {
            break;
        }
    }
    let goes_on = text[end..].starts_with(|c: char| c.is_alphanumeric());
    (signs.len() == 15 && !goes_on && is_social_security(&signs)).then_some(start..end)
}

/// True when fifteen signs are those of a social security number: sex, year, month, then a key, which is what lacks for
/// the number to be a multiple of 97. The departments of Corsica count for 19 and 18.
fn is_social_security(signs: &str) -> bool {
    let (body, key) = signs.split_at(13);
    let month: u32 = body[3..5].parse().unwrap_or(0);
    let is_month = matches!(month, 1..=12 | 20 | 30..=42 | 50..=99);
    let department = match &body[5..7] {
        "2A" => "19",
        "2B" => "18",
        other => other,
    };
    let number: Option<u64> = [&body[..5], department, &body[7..]].concat().parse().ok();
    let wanted = number.map(|number| 97 - number % 97);
    matches!(signs.as_bytes()[0], b'1'..=b'4' | b'7' | b'8')
        && is_month
        && wanted == key.parse().ok()
}

/// Lengths of the account numbers of France and of the countries around.
const ACCOUNTS: [(&str, usize); 10] = [
    ("FR", 27),
    ("MC", 27),
    ("BE", 16),
    ("DE", 22),
    ("ES", 24),
    ("IT", 27),
    ("LU", 20),
    ("CH", 21),
    ("GB", 22),
    ("PT", 25),
];

/// The account numbers of a text: two letters, then a key that their remainder proves.
fn accounts(text: &str, groups: &[DigitGroup]) -> Vec<(Personnelle, Range<usize>)> {
    let account = |group: &DigitGroup| {
        let start = group.range.start.checked_sub(2)?;
        let letters = text.get(start..start + 2)?;
        let is_begun = letters.bytes().all(|b| b.is_ascii_alphabetic()) && group.range.len() >= 2;
        let is_inside = text[..start].ends_with(|c: char| c.is_alphanumeric());
        if !is_begun || is_inside {
            return None;
        }
        account(text, start).map(|range| (Personnelle::Iban, range))
    };
    groups.iter().filter_map(account).collect()
}

fn account(text: &str, start: usize) -> Option<Range<usize>> {
    let country = text[start..start + 2].to_ascii_uppercase();
    let known = ACCOUNTS.iter().find(|(code, _)| *code == country).map(|(_, length)| *length);
    let (mut signs, mut end, mut is_cut) = (String::new(), start, false);
    for c in text[start..].chars() {
        let parts = " -.\u{a0}\u{202f}".contains(c) && !is_cut && known.is_some();
        if !parts && !c.is_ascii_alphanumeric() || signs.len() > 34 {
            break;
        }
        is_cut = parts;
        end += c.len_utf8();
        if !parts {
            signs.push(c.to_ascii_uppercase());
        }
        if Some(signs.len()) == known {
            break;
        }
    }
    let is_whole = known.map_or((15..=34).contains(&signs.len()), |known| signs.len() == known);
    let goes_on = text[end..].starts_with(|c: char| c.is_alphanumeric());
    (is_whole && !goes_on && is_account(&signs)).then_some(start..end)
}

/// True when signs have the remainder of an account number (ISO 7064, MOD 97-10).
fn is_account(signs: &str) -> bool {
    let (head, rest) = signs.split_at(4);
    let remainder = rest.chars().chain(head.chars()).fold(0, |remainder, c| {
        let value = c.to_digit(36).unwrap_or(0);
        (remainder * if value < 10 { 10 } else { 100 } + value) % 97
    });
    remainder == 1
}

/// Signs between the word INE and the number, at most.
const NEAR: usize = 40;

/// The numbers of pupils beside the word that says so: their key is published nowhere.
fn pupils(text: &str) -> Vec<(Personnelle, Range<usize>)> {
    let words = ["INE", "identifiant national", "Identifiant national"];
    let places = words.iter().flat_map(|word| text.match_indices(word));
    places
        .filter_map(|(at, word)| {
            let start = at + word.len();
            let is_inside = text[..at].ends_with(char::is_alphanumeric)
                || word == "INE" && text[start..].starts_with(char::is_alphanumeric);
            let rest = Some(&text[start..]).filter(|_| !is_inside)?;
            let far = rest.char_indices().nth(NEAR + 12).map_or(rest.len(), |(end, _)| end);
            let after = rest[..far].lines().next()?;
            pupil(after).map(|r| (Personnelle::Ine, start + r.start..start + r.end))
        })
        .collect()
}

/// Eleven signs, ten digits and a letter or nine digits and two, in the text that follows the word.
fn pupil(after: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for word in after.split(|c: char| !c.is_ascii_alphanumeric()) {
        let range = at..at + word.len();
        at = range.end + after[range.end..].chars().next().map_or(0, char::len_utf8);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        if range.start <= NEAR && word.len() == 11 && (9..=10).contains(&digits) {
            return Some(range);
        }
    }
    None
}
