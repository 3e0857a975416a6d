//! E-mail addresses, and those that their authors hide from machines: `camille (arobase) exemple (point) fr`.

use std::ops::Range;

use crate::model::OFFICES;

/// Ends of names of files that have an `@`: `logo@2x.png`.
const IMAGES: [&str; 6] = ["png", "jpg", "jpeg", "gif", "svg", "webp"];
/// Longest name of an address, and longest domain.
const NAME: usize = 64;

/// Sign between the name and the domain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arobase {
    /// `@`.
    Signe,
    /// `(at)`, `[arobase]`, « arobase ».
    Mot,
    /// A sign that may mean something else: « at », `(a)`.
    Douteux,
}

/// The personal addresses of a text, in order.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut list: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(['@', '(', '[', '{', '<', 'a', 'A']) {
        let floor = list.last().map_or(0, |last| last.end);
        let sign = arobase(text, at).filter(|_| at >= floor);
        let Some((kind, length)) = sign else { continue };
        list.extend(around(text, floor, at..at + length, kind));
    }
    list
}

/// The sign for an `@` at a place of a text, and its length.
fn arobase(text: &str, at: usize) -> Option<(Arobase, usize)> {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    let word = |word: &str| {
        let is_it = rest.get(..word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word));
        is_it.then_some(word.len())
    };
    match rest.as_bytes()[0] {
        b'@' => Some((Arobase::Signe, 1)),
        b'a' | b'A' => {
            if before.is_some_and(char::is_alphanumeric) {
                return None;
            }
            let ends = |length: &usize| !rest[*length..].starts_with(char::is_alphanumeric);
            let said = word("arobase").or_else(|| word("arobas")).filter(ends);
            let is_apart = before.is_some_and(char::is_whitespace)
                && rest.get(2..).is_some_and(|after| after.starts_with(' '));
            let at = || word("at").filter(|_| is_apart).map(|length| (Arobase::Douteux, length));
            said.map(|length| (Arobase::Mot, length)).or_else(at)
        }
        _ => {
            let (inside, length) = bracketed(rest)?;
            match inside.to_lowercase().as_str() {
                "at" | "arobase" | "arobas" | "@" => Some((Arobase::Mot, length)),
                "a" => Some((Arobase::Douteux, length)),
                _ => None,
            }
        }
    }
}

/// The word between brackets that opens a text, and the length of the whole.
fn bracketed(rest: &str) -> Option<(&str, usize)> {
    let close = match rest.chars().next()? {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        _ => return None,
    };
    let end = rest.char_indices().take(14).find(|(_, c)| *c == close)?.0;
    Some((rest[1..end].trim(), end + 1))
}

/// The address around what stands for its `@`, unless it is that of an office.
fn around(text: &str, floor: usize, sign: Range<usize>, kind: Arobase) -> Option<Range<usize>> {
    let (before, after) = (&text[floor..sign.start], &text[sign.end..]);
    let spaces = (before.ends_with(' '), after.starts_with(' '));
    if kind == Arobase::Signe && spaces.0 != spaces.1 {
        return None;
    }
    let start = floor + name_start(before.trim_end_matches(' '));
    let name_end = floor + before.trim_end_matches(' ').len();
    let skipped = after.len() - after.trim_start_matches(' ').len();
    let (labels, length, is_spelled) = domain(&after[skipped..])?;
    let end = sign.end + skipped + length;
    let name = &text[start..name_end];
    let marked = name.contains(|c: char| "._-".contains(c) || c.is_ascii_digit());
    let is_bare = kind == Arobase::Douteux && spaces == (false, false);
    let is_doubtful = kind == Arobase::Douteux && !marked && !is_spelled && !is_bare;
    let precedes = text[..start].chars().next_back();
    // A name of a social network, a group: `@nom@serveur.fr`.
    let is_handle = precedes.is_some_and(|c| "@!/".contains(c));
    let is_far = sign.start - name_end > 2 || skipped > 2;
    if name.is_empty() || is_doubtful || is_handle || is_far || is_of_a_program(name, &text[end..])
    {
        return None;
    }
    (!is_office(&spelled(name), &labels)).then_some(start..end)
}

/// Start of the name that ends a text, its points written in letters too.
fn name_start(before: &str) -> usize {
    let mut end = before.len();
    for _ in 0..4 {
        let is_name = |c: &char| c.is_alphanumeric() || "._%+-".contains(*c);
        let length: usize =
            before[..end].chars().rev().take(NAME).take_while(is_name).map(char::len_utf8).sum();
        let start = end - length;
        if length == 0 {
            // Nothing before the point in letters: it was a word of the sentence.
            return end;
        }
        match POINTS.split('|').find_map(|point| before[..start].strip_suffix(point)) {
            Some(rest) if rest.ends_with(|c: char| c.is_alphanumeric()) => end = rest.len(),
            _ => {
                let dropped = before[start..].find(|c: char| !".-%+".contains(c));
                return start + dropped.unwrap_or(0);
            }
        }
    }
    end
}

/// Points written in letters, parted by bars.
const POINTS: &str =
    " point | dot |(point)|[point]|(dot)|[dot]| (point) | [point] | (dot) | [dot] |(.)|[.]";

/// The parts of the domain that opens a text, its length, and whether a point of it is written in letters.
fn domain(after: &str) -> Option<(Vec<&str>, usize, bool)> {
    let (mut labels, mut at, mut is_spelled) = (Vec::new(), 0, false);
    let (mut whole, mut has_point) = (0, false);
    loop {
        let rest = &after[at..];
        let is_label = |c: char| c.is_alphanumeric() || c == '-';
        let length = rest.find(|c| !is_label(c)).unwrap_or(rest.len());
        let label = rest[..length].trim_end_matches('-');
        if label.is_empty() || length > NAME {
            break;
        }
        labels.push(label);
        at += length;
        whole = at - (length - label.len());
        let rest = &after[at..];
        let spelled =
            POINTS.split('|').find(|point| rest.starts_with(point)).filter(|_| !has_point);
        match (rest.starts_with('.'), spelled) {
            (true, _) => {
                has_point = true;
                at += 1;
            }
            (false, Some(point)) => {
                is_spelled = true;
                at += point.len();
            }
            _ => break,
        }
    }
    let last = labels.last()?;
    let is_end = last.len() >= 2 && last.chars().all(char::is_alphabetic);
    let is_image = IMAGES.contains(&last.to_lowercase().as_str());
    (labels.len() > 1 && is_end && !is_image).then_some((labels, whole, is_spelled))
}

/// True when it is the place of a program: `git@forge.fr:groupe/projet`.
fn is_of_a_program(name: &str, after: &str) -> bool {
    let path = after.strip_prefix(':').map(|path| path.split_whitespace().next().unwrap_or(""));
    name == "git" || path.is_some_and(|path| path.contains('/'))
}

/// A name with its points as signs.
fn spelled(name: &str) -> String {
    POINTS.split('|').fold(name.to_lowercase(), |name, point| name.replace(point, "."))
}

fn is_office(name: &str, labels: &[&str]) -> bool {
    let is_school = name.starts_with("ce.") && labels[0].to_lowercase().starts_with("ac-");
    let first = name.split(['.', '_', '+']).next().unwrap_or(name);
    is_school || OFFICES.contains(&name) || OFFICES.contains(&first)
}
