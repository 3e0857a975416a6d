//! E-mail addresses and telephone numbers in a text: what a fiche or a table should not publish.

use std::ops::Range;

use memchr::memchr3_iter;

use crate::model::Personnelle;

/// Beginnings of addresses that belong to an office, not to a person. Those of French schools are
/// `ce.<number>@ac-<académie>.fr`.
const OFFICES: [&str; 5] = ["contact", "accueil", "secretariat", "direction", "dpd"];

/// The personal addresses and numbers of a text, in order. A web address is not searched.
pub fn personal(text: &str) -> Vec<(Personnelle, Range<usize>)> {
    let mut list = Vec::new();
    if !may_hold_one(text) {
        return list;
    }
    let header_end = text.find("\n+++").unwrap_or(text.len());
    let mut comment = false;
    // Where no address can begin before: what was read there is followed by no host.
    let mut no_email_before = 0;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let line_start = at == 0 || text.as_bytes()[at - 1] == b'\n';
        if line_start {
            // A comment of the editor is not published.
            comment = at <= header_end && rest.trim_start_matches(' ').starts_with('#');
        }
        let before = text[..at].chars().next_back();
        let starts = before.is_none_or(|c| !c.is_alphanumeric());
        let hit = if comment || !starts {
            None
        } else if let Some(length) = web_address(rest) {
            at += length;
            continue;
        } else if let Some(length) =
            phone(rest).filter(|_| before != Some('.') && before != Some('-'))
        {
            Some((Personnelle::Telephone, length))
        } else if at < no_email_before {
            None
        } else {
            let found = email(rest);
            no_email_before = at + found.map_or_else(|| local_part(rest), |_| 0);
            found.map(|length| (Personnelle::Adresse, length))
        };
        match hit {
            Some((what, length)) => {
                let range = at..at + length;
                at = range.end;
                if what == Personnelle::Telephone || !is_office(&text[range.clone()]) {
                    list.push((what, range));
                }
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    list
}

/// Digits of a telephone number after its first.
const DIGITS: usize = 9;

/// Whether a text holds an `@`, or a `0` or `+` and after it as many digits as a telephone number has, with nothing
/// else between than what parts them. Most texts hold neither, and reading them whole took a third of the time
/// that a change of one fiche takes.
fn may_hold_one(text: &str) -> bool {
    let bytes = text.as_bytes();
    let parts = |byte: &u8| b" .-()".contains(byte) || !byte.is_ascii();
    let is_long = |at: usize| {
        let number = bytes[at + 1..].iter().take_while(|b| b.is_ascii_digit() || parts(b));
        number.filter(|b| b.is_ascii_digit()).take(DIGITS).count() == DIGITS
    };
    memchr3_iter(b'@', b'0', b'+', bytes).any(|at| bytes[at] == b'@' || is_long(at))
}

fn web_address(rest: &str) -> Option<usize> {
    if !rest.starts_with("http://") && !rest.starts_with("https://") {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')');
    Some(rest.find(ends).unwrap_or(rest.len()))
}

/// The length of the e-mail address that opens a text.
fn email(rest: &str) -> Option<usize> {
    let local = local_part(rest);
    let domain = rest[local..].strip_prefix('@')?;
    let is_domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
    let end = domain.find(|c| !is_domain(c)).unwrap_or(domain.len());
    let domain = domain[..end].trim_end_matches(['.', '-']);
    let (name, last) = domain.rsplit_once('.')?;
    let is_address =
        local > 0 && !name.is_empty() && last.len() >= 2 && last.chars().all(char::is_alphabetic);
    is_address.then_some(local + 1 + domain.len())
}

/// The length of what may be the name of an address, before its `@`.
fn local_part(rest: &str) -> usize {
    let is_local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    rest.find(|c| !is_local(c)).unwrap_or(rest.len())
}

fn is_office(address: &str) -> bool {
    let address = address.to_lowercase();
    let Some((local, domain)) = address.split_once('@') else { return false };
    let is_school = local.starts_with("ce.") && domain.starts_with("ac-");
    is_school || OFFICES.contains(&local)
}

/// The length of the French telephone number that opens a text: `06 12 34 56 78`, `+33 6…`.
fn phone(rest: &str) -> Option<usize> {
    let is_separator = |c: char| matches!(c, ' ' | '.' | '-' | '\u{a0}' | '\u{202f}');
    let mut chars = rest.char_indices().peekable();
    let after_prefix = ["+33", "0033"].iter().find_map(|p| rest.strip_prefix(p)).map(|after| {
        let after = after.trim_start_matches(is_separator);
        after.strip_prefix("(0)").unwrap_or(after).trim_start_matches(is_separator)
    });
    let start = match after_prefix {
        Some(after) => rest.len() - after.len(),
        None if rest.starts_with('0') => 1,
        None => return None,
    };
    while chars.next_if(|(at, _)| *at < start).is_some() {}
    let (_, first) = chars.next()?;
    if !('1'..='9').contains(&first) {
        return None;
    }
    let mut end = 0;
    for _ in 0..4 {
        chars.next_if(|(_, c)| is_separator(*c));
        for _ in 0..2 {
            let (at, _) = chars.next_if(|(_, c)| c.is_ascii_digit())?;
            end = at + 1;
        }
    }
    let goes_on = rest[end..].starts_with(|c: char| c.is_alphanumeric());
    (!goes_on).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        personal(text).into_iter().map(|(_, range)| &text[range]).collect()
    }

    #[test]
    fn what_is_personal() {
        assert_eq!(texts("appelez le 06 12 34 56 78."), ["06 12 34 56 78"]);
        assert_eq!(
            texts("+33 (0)6.12.34.56.78 ou 0240123456"),
            ["+33 (0)6.12.34.56.78", "0240123456"]
        );
        assert_eq!(
            texts("écrire à camille.exemple@ac-nantes.fr."),
            ["camille.exemple@ac-nantes.fr"]
        );
        assert_eq!(texts("[m](mailto:a.b@c.fr)"), ["a.b@c.fr"]);
    }

    #[test]
    fn what_is_not() {
        for text in [
            "ce.0440001a@ac-nantes.fr",
            "contact@exemple.fr",
            "https://exemple.fr/0612345678?a=b@c.fr",
            "2020-06-12",
            "de 06 à 12",
            "20061234567890",
            "1.06.12.34.56.78",
            "@nantes.fr",
        ] {
            assert!(personal(text).is_empty(), "{text}");
        }
    }
}
