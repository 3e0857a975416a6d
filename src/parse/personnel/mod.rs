//! Personal data that had better not be published: addresses, telephones, numbers that name somebody.
//!
//! A file is searched as its readers will read it ([`lecture`]): without its comments, escapes and markup.

mod courriels;
mod lecture;
mod numeros;
mod personnes;

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::motifs::motif;
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
    let webs: Vec<Range<usize>> = WEB.find_iter(text).map(|web| web.range()).collect();
    let mut all = courriels::find(text);
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

/// Signs without which a text holds nothing of the kind: an `@` or what stands for it, hidden letters, a long number,
/// the beginning of an account, a name after « élève ».
static SIGNS: LazyLock<Regex> = LazyLock::new(|| {
    motif(
        r"(?x) @ | &(?:\#|commat) | \\[uUx]
        | [(\[{<]\s*(?i:at?|arobase?)(?:[^A-Za-z]|$) | (?-u:\b{start-half})(?i:arobas|at\ )
        | [0-9](?:(?:[\ .\-/()*_~&;\#\\]|[^\x00-\x7f])*[0-9]){8} | [A-Za-z]{2}[0-9]{2} | 2[ABab][^0-9A-Za-z]{0,2}[0-9]
        | INE | [iI]dentifiant\ nat | lève(?:[s:,*_\ ]|[^\x00-\x7f])*\p{Lu}",
    )
});

/// A web address.
static WEB: LazyLock<Regex> = LazyLock::new(|| motif(r#"[0-9A-Za-z]{0,10}://[^\s"<>)]*"#));

/// Bytes read after a word for the day that it announces.
const AHEAD: usize = 80;

/// True when a file may hold something of the kind. Most hold nothing of it, and reading them whole took a third of the
/// time that a change of one fiche takes.
fn may_be_personal(text: &str) -> bool {
    let has_digit = |at: usize| text.as_bytes()[at..].iter().take(AHEAD).any(u8::is_ascii_digit);
    SIGNS.is_match(text) || personnes::BORN.find_iter(text).any(|word| has_digit(word.end()))
}
