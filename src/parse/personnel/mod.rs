//! Personal data that had better not be published: addresses, telephones, numbers that name somebody.
//!
//! A file is searched as its readers will read it ([`lecture`]): without its comments, escapes and markup.

mod courriels;
mod lecture;
mod numeros;
mod personnes;

use std::ops::Range;

use crate::{model::Personnelle, source::SitePath};

/// Personal data in a file of the content, in order. A web address is not searched.
pub fn personal(path: &SitePath, text: &str) -> Vec<(Personnelle, Range<usize>)> {
    if !may_be_personal(text) {
        return Vec::new();
    }
    let lu = lecture::of(path, text);
    let mut list: Vec<(Personnelle, Range<usize>)> = Vec::new();
    for (what, range) in found(&lu.texte) {
        // A link often shows the address to which it writes.
        let is_said = range.start >= lu.apart
            && list.iter().any(|(_, said)| lu.texte[said.clone()] == lu.texte[range.clone()]);
        if !is_said {
            list.push((what, range));
        }
    }
    let mut list: Vec<_> =
        list.into_iter().map(|(what, range)| (what, lu.source(&range))).collect();
    list.sort_by_key(|(_, range)| range.start);
    list
}

/// Personal data in a text as it is read, in order.
fn found(text: &str) -> Vec<(Personnelle, Range<usize>)> {
    let webs = web_addresses(text);
    let mut all: Vec<(Personnelle, Range<usize>)> =
        courriels::find(text).into_iter().map(|range| (Personnelle::Adresse, range)).collect();
    all.extend(numeros::find(text));
    all.extend(personnes::find(text));
    all.sort_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
    let (mut end, mut list) = (0, Vec::new());
    for (what, range) in all {
        let before = webs.partition_point(|web| web.start <= range.start);
        let is_inside = before > 0 && webs[before - 1].end > range.start;
        if range.start >= end && !is_inside {
            end = range.end;
            list.push((what, range));
        }
    }
    list
}

/// Longest name of a protocol.
const SCHEME: usize = 10;

/// The places of the web addresses of a text, in order.
fn web_addresses(text: &str) -> Vec<Range<usize>> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | ')');
    let place = |at: usize| {
        let before = text.as_bytes()[..at].iter().rev().take(SCHEME);
        let start = at - before.take_while(|b| b.is_ascii_alphanumeric()).count();
        start..text[at..].find(ends).map_or(text.len(), |length| at + length)
    };
    let mut list: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices("://") {
        if list.last().is_none_or(|last| last.end <= at) {
            list.push(place(at));
        }
    }
    list
}

/// Digits from which a number may name somebody.
const DIGITS: usize = 8;
/// Bytes read after a word for the digits that it announces.
const AHEAD: usize = 80;

/// True when a file may hold something of the kind: what it is written with is there. Most hold nothing of it, and
/// reading them whole took a third of the time that a change of one fiche takes.
fn may_be_personal(text: &str) -> bool {
    let bytes = text.as_bytes();
    let after = |at: usize, word: &[u8]| bytes[at..].starts_with(word);
    let has_digit = |at: usize| bytes[at..].iter().take(AHEAD).any(u8::is_ascii_digit);
    let is_after_a_letter = |at: usize| at > 0 && bytes[at - 1].is_ascii_alphanumeric();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'@' => true,
        b'&' => after(at, b"&#") || after(at, b"&commat"),
        b'\\' => matches!(bytes.get(at + 1), Some(b'u' | b'U' | b'x' | b'@')),
        b'(' | b'[' | b'{' | b'<' => is_bracketed_at(&bytes[at + 1..]),
        b'a' | b'A' if !is_after_a_letter(at) => {
            let word = &bytes[at..bytes.len().min(at + 6)];
            word.eq_ignore_ascii_case(b"arobas")
                || word.len() > 2 && word[..2].eq_ignore_ascii_case(b"at") && word[2] == b' '
        }
        b'n' | b'N' => {
            let is_born = after(at + 1, "é".as_bytes()) || after(at + 1, "É".as_bytes());
            (is_born || after(at + 1, b"aissance")) && has_digit(at)
        }
        b'l' => after(at, "lève".as_bytes()) && personnes::may_name(&bytes[at + "lève".len()..]),
        b'I' => after(at, b"INE") && has_digit(at),
        b'i' => after(at, b"identifiant nat") && has_digit(at),
        b'0'..=b'9' => {
            let begins = at == 0 || !bytes[at - 1].is_ascii_digit();
            begins && is_long(bytes, at)
        }
        _ => false,
    })
}

/// True when a bracket that was opened holds what stands for an `@`.
fn is_bracketed_at(inside: &[u8]) -> bool {
    let word = inside.iter().skip_while(|b| **b == b' ').take_while(|b| b.is_ascii_alphabetic());
    let word: Vec<u8> = word.take(8).map(u8::to_ascii_lowercase).collect();
    matches!(&word[..], b"a" | b"at" | b"arobase" | b"arobas")
}

/// True when a number is long enough, or begins that of an account: `FR76`.
fn is_long(bytes: &[u8], at: usize) -> bool {
    let parts = |byte: &u8| b" .-/()*_~&;#\\".contains(byte) || !byte.is_ascii();
    let number = bytes[at..].iter().take_while(|b| b.is_ascii_digit() || parts(b));
    let is_of_an_account = || {
        let letters = at.checked_sub(2).map(|start| &bytes[start..at]);
        letters.is_some_and(|letters| letters.iter().all(u8::is_ascii_alphabetic))
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
    };
    number.filter(|b| b.is_ascii_digit()).take(DIGITS).count() == DIGITS || is_of_an_account()
}
