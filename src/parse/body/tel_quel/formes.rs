//! Forms that a text takes by surprise: a heading, code, italics that nobody asked for.

use std::ops::Range;

use super::{Leaf, Sign, after, before};
use crate::{
    diag::Code,
    parse::{motifs::Motif, mots::among},
};

/// Small words of French sentences.
const SMALL_WORDS: &str = "le, la, les, l, un, une, des, de, du, d, et, ou, est, sont, a, ont, nous, vous, on, il, elle, \
    ils, elles, pour, dans, avec, sur, que, qui, en, au, aux, ce, cette, par, se";

/// `3*4*5`: stars of a product that Markdown took for its own.
pub(super) fn between_digits(body: &str, range: &Range<usize>) -> Option<Sign> {
    let text = body.get(range.clone())?;
    let text = text.strip_prefix('*')?.trim_matches('*');
    let (left, right) = (before(body, range.start)?, after(body, range.end)?);
    let is_held =
        (left.is_alphanumeric() || left == ')') && (right.is_alphanumeric() || right == '(');
    let figures = [left, right].iter().filter(|c| c.is_ascii_digit()).count();
    let is_product = figures == 2
        || figures == 1 && text.chars().count() == 1
        || text.bytes().all(|b| b.is_ascii_digit());
    let message = "ces étoiles ne seront pas publiées : elles mettent le texte en italique";
    let aide = "écrivez × pour une multiplication, ou \\* pour publier une étoile";
    (is_held && is_product).then(|| surprise(range.clone(), message, aide))
}

fn surprise(range: Range<usize>, message: &str, aide: impl Into<String>) -> Sign {
    Sign::new(Code::FormeInattendue, range, message, aide)
}

/// Letters before an apostrophe.
fn is_elided(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'l' | 'd' | 'n' | 's' | 'j' | 'm' | 't' | 'c' | 'u')
}

/// « l`école et l`élève »: two grave accents for apostrophes, and what lies between is code.
pub(super) fn apostrophes(body: &str, range: &Range<usize>) -> Option<Sign> {
    let inner = body.get(range.start + 1..range.end - 1)?;
    let is_between = before(body, range.start).is_some_and(is_elided)
        && after(body, range.end).is_some_and(char::is_alphabetic)
        && inner.chars().next_back().is_some_and(is_elided)
        && inner.contains(' ');
    let message = "ces mots seront publiés comme du code, sans leurs apostrophes";
    let aide = "remplacez chaque accent grave isolé « ` » par une apostrophe « ’ »";
    is_between.then(|| {
        surprise(range.clone(), message, aide)
            .fix(range.start..range.start + 1, "’")
            .fix(range.end - 1..range.end, "’")
    })
}

/// A fence of code that nothing closes: all that follows is code.
pub(super) fn unclosed(written: &str, range: &Range<usize>) -> Option<Sign> {
    let first = written.lines().next()?.trim_end();
    let mark = first.chars().next()?;
    let fence = first.chars().take_while(|c| *c == mark).count();
    let last = written.trim_end().lines().next_back()?;
    let last = last.trim_start_matches([' ', '\t', '>']).trim_end();
    let closes = last.len() >= fence && last.chars().all(|c| c == mark);
    if closes && written.trim_end().contains('\n') {
        return None;
    }
    let marks = mark.to_string().repeat(fence);
    let message = "ce bloc de code n’est pas fermé : tout ce qui suit sera publié comme du code";
    let aide = format!("ajoutez une ligne « {marks} » là où le code finit");
    Some(surprise(range.start..range.start + first.len(), message, aide))
}

/// A paragraph that a line of dashes turns into a heading.
pub(super) fn underlined(leaf: &Leaf<'_>) -> Option<Sign> {
    let text = leaf.written.trim_end();
    let length = text.chars().count();
    let is_sentence = text.ends_with(['.', '!', '?', ';', '…']) && length >= 40;
    let is_list = text.ends_with([':', ',']);
    let rest = leaf.body[leaf.start + leaf.written.len()..].trim_start();
    let under = rest.lines().next().unwrap_or_default().trim_start_matches(['>', ' ']).trim_end();
    let is_text = is_sentence || is_list || length > 100 || text.contains('\n');
    // A line as long as the title is meant to underline it; three dashes are a rule.
    let is_rule = under == "---" && length > 3
        || under.starts_with("---") && under.chars().count() * 2 < length;
    let last = text.rfind('\n').map_or(0, |at| at + 1);
    let message = "cette phrase sera publiée comme un titre, à cause du trait qui la souligne";
    let under = crate::french::first_words(under, 12);
    let aide = format!(
        "un titre s’écrit : ## … ; pour garder le trait, laissez une ligne vide avant « {under} »"
    );
    (is_text || is_rule).then(|| surprise(leaf.place(last..text.len()), message, aide))
}

/// A paragraph that its indentation turns into code.
pub(super) fn indented(leaf: &Leaf<'_>) -> Option<Sign> {
    let lines = || leaf.written.lines().filter(|line| !line.trim().is_empty());
    let is_text = is_prose(leaf.written) || is_short_prose(leaf.written) || lines().all(is_item);
    let first = leaf.written.lines().next().map_or(0, |line| line.trim_end().len());
    let message = "ce texte sera publié comme du code, à cause des espaces au début de la ligne";
    let aide = "supprimez les espaces au début de chacune de ses lignes";
    is_text.then(|| surprise(leaf.place(0..first), message, aide))
}

/// True when a text is made of French sentences rather than of code.
fn is_prose(text: &str) -> bool {
    // A semicolon that touches what comes before it, at the end of a line, is of code.
    static CODE: Motif = Motif::new(r"(?m)[{}=$\\#|]|</|/>|\(\);|//|\S  +\S|[^\s;];+\s*$");
    static BEGINS: Motif = Motif::new(r"^[\p{Lu}«—–]");
    let text = text.trim();
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let small = words.iter().filter(|word| among(SMALL_WORDS, word)).count();
    words.len() >= 5
        && small * 6 >= words.len()
        && small >= 2
        && BEGINS.is_in(text)
        && !CODE.is_in(text)
}

/// True when a text is made of words alone, and begins like a sentence, has small words or Markdown in it.
fn is_short_prose(text: &str) -> bool {
    static CODE: Motif = Motif::new(
        r"(?mx)[{}=$\\\#|<>@`^] | _\S*_?\S*\( | \pL\( | \pL[._]\pL | (?:^|\s)[-+]{1,2}\w | (?:^|\s)/ | \pL/\pL
        | [;:,{]\s*$ | // | \S\ \ +\S | ^\s*(?:-\s+)?[^\s:]+:\s | ^\s*(?:def|for|if|while|print|import|from|return|let)\b
        | ^\s*[A-Z]{4,}\b",
    );
    static MARKDOWN: Motif = Motif::new(r"\*\*\pL[^*\n]*\*\*|__\pL[^_\n]*__|\[[^\]\n]+\]\(");
    static BEGINS: Motif = Motif::new(r"^[«—–]|^\p{Lu}[\p{Ll}’' ]");
    let text = text.trim();
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    if MARKDOWN.is_in(text) {
        return words >= 2 && !text.contains(['{', '}', '=', ';']);
    }
    let mut parts = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let is_french = text.contains(['é', 'è', 'à', 'ê', 'ç', '’'])
        || parts.any(|part| part.len() > 1 && among(SMALL_WORDS, &part));
    words >= 3 && (is_french || BEGINS.is_in(text)) && !CODE.is_in(text)
}

/// True when a line of code is the item of a list, in words: it has a space, and a colon is of a sentence.
fn is_item(line: &str) -> bool {
    static ITEM: Motif = Motif::new(
        r"^\s*[-*] \pL(?:[^{}=<>$\\;|:]* [^{}=<>$\\;|:]*|[^{}=<>$\\;|:]*[ \x{a0}]:[^{}=<>$\\;|]*)$",
    );
    ITEM.is_in(line)
}
