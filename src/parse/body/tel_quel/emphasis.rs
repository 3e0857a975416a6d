//! Emphasis that Markdown did not read as such: its signs are published.

use std::ops::Range;

use super::{Leaf, Sign, after, before};

/// The runs of a sign in a text.
fn runs(text: &str, mark: char) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(mark) {
        match found.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// Marks of emphasis that Markdown left.
pub(super) fn emphasis(leaf: &Leaf<'_>, mark: char, signs: &mut Vec<Sign>) {
    let mask = leaf.mask.as_str();
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let all = runs(mask, mark);
    let (mut open, mut lone, mut paired): (Option<Range<usize>>, _, _) = (None, None, false);
    for run in all.into_iter().filter(|run| (1..=3).contains(&run.len())) {
        let (left, right) = (before(mask, run.start), after(mask, run.end));
        // A power, a word half hidden, a name of code.
        if word(left) && word(right) {
            continue;
        }
        let closes = open.as_ref().is_some_and(|o| is_pair(mask, o, &run));
        if closes && let Some(o) = open.take() {
            signs.push(pair(leaf, mark, o, run));
            paired = true;
            continue;
        }
        let opens =
            !word(left) && left != Some('\0') || matches!(right, Some('«' | '“' | '(' | '"'));
        if opens {
            if run.len() == 2 && word(right) && mark == '*' {
                lone = Some(run.clone());
            }
            open = Some(run);
        }
    }
    if let Some(lone) = lone.filter(|_| !paired) {
        let message = "ces étoiles seront publiées telles quelles : rien ne ferme le gras";
        let aide =
            "écrivez **le gras** entre deux paires d’étoiles, ou \\*\\* pour publier des étoiles";
        signs.push(leaf.sign(lone, message, aide));
    }
}

/// True when two runs of one sign were meant to enclose what stands between.
fn is_pair(mask: &str, open: &Range<usize>, close: &Range<usize>) -> bool {
    let inner = &mask[open.end..close.start];
    let (before_open, after_close) = (before(mask, open.start), after(mask, close.end));
    let (first, last) = (inner.chars().next(), inner.chars().next_back());
    let is_space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let is_end = after_close.is_none_or(|c| c.is_whitespace() || is_point(c));
    let has_words = inner.contains(char::is_alphanumeric) || inner.contains('\0');
    if open.len() != close.len() || !has_words {
        return false;
    }
    if open.len() == 1 {
        // « *mot * »: one star alone is more often a call of note.
        let is_end = after_close.is_none_or(|c| c == '\n' || is_point(c));
        let opens = before_open.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '«'));
        return opens
            && first.is_some_and(char::is_alphabetic)
            && is_space(last)
            && is_end
            && !inner.contains('\n');
    }
    let stuck = last.is_some_and(|c| is_point(c) || c == '\0');
    is_end || stuck || before_open.is_some_and(char::is_alphanumeric)
}

/// A mark of punctuation that follows a word.
fn is_point(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '…' | ')' | '»' | '”' | ']' | '"')
}

/// Message about a pair of marks.
fn pair(leaf: &Leaf<'_>, mark: char, open: Range<usize>, close: Range<usize>) -> Sign {
    let (message, what) = match mark {
        '*' => ("ces étoiles seront publiées telles quelles", "elles touchent"),
        '_' => ("ces traits bas seront publiés tels quels", "ils touchent"),
        _ => ("ces tildes seront publiés tels quels", "ils touchent"),
    };
    let (marks, inner) = (&leaf.written[open.clone()], &leaf.written[open.end..close.start]);
    let range = open.start..close.end;
    let sign = |aide: String| leaf.sign(range.clone(), message, aide);
    if inner.trim() != inner {
        let better = format!("{marks}{}{marks}", inner.trim());
        let shown = crate::french::first_words(&better, 60);
        let sound = !leaf.mask[open.end..close.start].contains(['\n', '\0', mark])
            && !before(&leaf.mask, open.start).is_some_and(char::is_alphanumeric)
            && !after(&leaf.mask, close.end).is_some_and(char::is_alphanumeric)
            && leaf.mask.as_bytes().get(close.end).is_none_or(|b| *b != 0);
        let sign = sign(format!("{what} le texte, sans espace à l’intérieur : {shown}"));
        return if sound { sign.fix(leaf.place(range.clone()), better) } else { sign };
    }
    if after(&leaf.mask, close.end).is_some_and(char::is_alphanumeric) {
        let sign = sign(format!("mettez une espace après « {marks} », avant le mot qui suit"));
        return sign.fix(leaf.place(close.end..close.end), " ");
    }
    if before(&leaf.mask, open.start).is_some_and(char::is_alphanumeric) {
        return sign(format!("mettez une espace avant « {marks} », après le mot qui précède"));
    }
    sign(format!("écrivez {marks}texte{marks}, sans espace à l’intérieur ni signe à côté"))
}
