//! E-mail addresses, and those that their authors hide from machines: `camille (arobase) exemple (point) fr`.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use crate::{
    model::{OFFICES, Personnelle},
    parse::motifs::{LETTER, group, kept, motif},
};

/// Ends of names of files that have an `@`: `logo@2x.png`.
const IMAGES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "svg", "webp"];

/// A point written in letters.
const POINT: &str = r"(?:\ (?:point|dot)\ |\ ?[(\[](?:point|dot)[)\]]\ ?|[(\[]\.[)\]])";

static POINTS: LazyLock<Regex> = LazyLock::new(|| motif(&format!("(?x){POINT}")));

/// A name, what stands for an `@`, a domain. « at » and `(a)` may mean something else, unless `(a)` touches both.
static COURRIEL: LazyLock<Regex> = LazyLock::new(|| {
    let name = format!("[{LETTER}_][{LETTER}_.%+-]*");
    let label = format!("{LETTER}+(?:-+{LETTER}+)*");
    let bracketed = |sign: &str| {
        let pairs = [(r"\(", r"\)"), (r"\[", r"\]"), (r"\{", r"\}"), ("<", ">")];
        pairs.map(|(open, close)| format!(r"{open}\s*(?i:{sign})\s*{close}")).join("|")
    };
    let (certain, perhaps) = (bracketed("at|arobase?|@"), bracketed("a"));
    motif(&format!(
        r"(?x)
        (?<name> {name} (?:{POINT} {name}){{0,3}} )
        (?<sign> @ | \ {{1,2}} (?:@|(?i:arobase?)) \ {{1,2}} | \ {{0,2}} (?:{certain}) \ {{0,2}} | (?:{perhaps})
          | (?<perhaps> \ {{0,2}} (?:{perhaps}) \ {{0,2}} | \ {{1,2}} (?i:at) \ {{1,2}} ) )
        (?<domain> {label} (?: (?:{POINT} {label}){{1,4}} (?:\.{label})* | (?:\.{label})+ ) )"
    ))
});

/// The personal addresses of a text, in order.
pub(super) fn find(text: &str) -> Vec<(Personnelle, Range<usize>)> {
    kept(&COURRIEL, text, |found| {
        let is_certain = found.name("perhaps").is_none()
            || found["name"].contains(|c: char| "._-".contains(c) || c.is_ascii_digit())
            || found["domain"].contains([' ', '(', '[']);
        let whole = group(found, "name").start..group(found, "domain").end;
        // A name of a social network, a group: `@nom@serveur.fr`.
        let is_handle = text[..whole.start].ends_with(['@', '!', '/']);
        let (name, domain) = (spelled(&found["name"]), spelled(&found["domain"]));
        let is_personal = is_certain
            && !is_handle
            && leads_somewhere(&domain)
            && !is_of_a_program(&name, &text[whole.end..])
            && !is_office(&name, &domain);
        if is_personal { Ok((Personnelle::Adresse, whole)) } else { Err(group(found, "sign").end) }
    })
}

/// Small letters, and signs for the points.
fn spelled(text: &str) -> String {
    POINTS.replace_all(&text.to_lowercase(), ".").into_owned()
}

fn leads_somewhere(domain: &str) -> bool {
    let end = domain.rsplit('.').next().unwrap_or_default();
    end.len() >= 2 && end.chars().all(char::is_alphabetic) && !IMAGES.contains(&end)
}

/// True when it is the place of a program: `git@forge.fr:groupe/projet`.
fn is_of_a_program(name: &str, after: &str) -> bool {
    let path = after.strip_prefix(':').map(|path| path.split_whitespace().next().unwrap_or(""));
    name == "git" || path.is_some_and(|path| path.contains('/'))
}

fn is_office(name: &str, domain: &str) -> bool {
    let is_school = name.starts_with("ce.") && domain.starts_with("ac-");
    let first = name.split(['.', '_', '+']).next().unwrap_or(name);
    is_school || OFFICES.contains(&name) || OFFICES.contains(&first)
}
