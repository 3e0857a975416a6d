//! The `+++` header of a Markdown file: where it is, and where the body begins.

use std::ops::Range;

use super::{
    keys::{self, KeyGroup},
    limits,
    syntax::{is_title, names_key},
    traduit::{Traduit, is_yaml, modele, traduit},
};
use crate::{
    diag::{Code, Diagnostic},
    source::{SitePath, Span},
};

/// Line before the header, and after it.
const FENCE: &str = "+++";

/// The parts of a Markdown file, as byte ranges of its text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HeaderParts {
    /// The opening fence, where a missing key is reported.
    pub(super) fence: Range<usize>,
    /// The TOML between the fences.
    pub(super) header: Range<usize>,
    /// The text after the header.
    pub(super) body: Range<usize>,
}

/// Splits a file, whose keys are those of `groupe`. A byte-order mark and Windows line ends are accepted.
pub(super) fn split(
    path: &SitePath,
    text: &str,
    groupe: &KeyGroup,
    diags: &mut Vec<Diagnostic>,
) -> Option<HeaderParts> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = lines_from(text, start);
    let first = lines.next().unwrap_or(start..start);
    if text[first.clone()].trim_end() != FENCE {
        diags.push(no_header(path, text, start, groupe));
        return None;
    }
    let fence = first.start..first.start + 3;
    let header_start = first.end;
    for line in lines {
        if line.start > header_start + limits::HEADER {
            diags.push(limits::exceeded(
                "l’en-tête est trop long pour être lu",
                limits::HEADER,
                &Span::new(path, fence),
                "fermez-le par une ligne « +++ », avant le texte",
            ));
            return None;
        }
        if text[line.clone()].trim() == FENCE {
            let keys = &text[header_start..line.start];
            if keys.trim().is_empty() && is_header(&text[line.end..], groupe) {
                diags.push(twice(path, &line));
                return None;
            }
            if is_yaml(keys) || keys.trim_start().starts_with('{') {
                diags.push(no_header(path, text, start, groupe));
                return None;
            }
            return Some(HeaderParts {
                fence,
                header: header_start..line.start,
                body: line.end..text.len(),
            });
        }
    }
    diags.push(not_closed(path, text, fence, header_start, groupe));
    None
}

/// A header whose first line is written twice.
fn twice(path: &SitePath, line: &Range<usize>) -> Diagnostic {
    Diagnostic::new(
        Code::EnteteAbsent,
        "la ligne « +++ » est écrite deux fois au début de l’en-tête",
    )
    .at(&Span::new(path, line.start..line.start + FENCE.len()), "")
    .help("effacez celle-ci")
    .fix(&Span::new(path, line.clone()), "")
}

/// A header that no line closes, and the line to write after its last key.
fn not_closed(
    path: &SitePath,
    text: &str,
    fence: Range<usize>,
    start: usize,
    groupe: &KeyGroup,
) -> Diagnostic {
    let said = Diagnostic::new(Code::EnteteNonFerme, "l’en-tête n’est pas fermé")
        .at(&Span::new(path, fence), "ouvert ici");
    let end = end_of_keys(text, start, groupe);
    let next = lines_from(text, end).find(|line| !text[line.clone()].trim().is_empty());
    let number = text[..end].matches('\n').count();
    if let Some(line) =
        next.clone().filter(|line| end > start && is_like_fence(&text[line.clone()]))
    {
        let place = line.start..line.start + text[line.clone()].trim_end().len();
        return said
            .also(&Span::new(path, place.clone()), "cette ligne doit être « +++ », seule")
            .help(format!(
                "remplacez la ligne {} par « +++ »",
                text[..line.start].matches('\n').count() + 1
            ))
            .fix(&Span::new(path, place), FENCE);
    }
    if let Some(line) = next.filter(|line| text[line.clone()].starts_with(FENCE)) {
        let after = line.start + FENCE.len();
        return said
            .also(
                &Span::new(path, line.start..after),
                "la ligne qui le ferme ne contient rien d’autre",
            )
            .help("allez à la ligne après ce « +++ »")
            .fix(&Span::new(path, after..after), "\n\n");
    }
    if end == start || !text[..end].ends_with('\n') {
        return said.help("ajoutez une ligne « +++ » après la dernière clé de l’en-tête");
    }
    said.help(format!("ajoutez une ligne « +++ » après la ligne {number}, sa dernière clé"))
        .fix(&Span::new(path, end..end), "+++\n")
}

/// End of the last line that can be of a header.
fn end_of_keys(text: &str, start: usize, groupe: &KeyGroup) -> usize {
    let mut end = start;
    for line in lines_from(text, start) {
        let written = text[line.clone()].trim();
        let goes_on = written.starts_with(['"', '\'', ']', '{', '}']) && end == line.start;
        if names_key(written, groupe) || is_title(written) || goes_on {
            end = line.end;
        } else if !written.is_empty() && !written.starts_with('#') {
            break;
        }
    }
    end
}

/// True when a text begins with keys of the group.
fn is_header(text: &str, groupe: &KeyGroup) -> bool {
    text.lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#'))
        .is_some_and(|line| is_toml_key(line, groupe))
}

/// True for a line of TOML that gives a key of the group.
fn is_toml_key(line: &str, groupe: &KeyGroup) -> bool {
    let sign = line.find(['=', ':']).filter(|at| line[*at..].starts_with('='));
    sign.is_some() && names_key(line, groupe)
}

/// True for a line that is meant to stand around a header: « --- », « ++++ », « ```toml ».
fn is_like_fence(line: &str) -> bool {
    let signs = line.trim().trim_end_matches(char::is_alphabetic);
    let is_named = signs.len() < line.trim().len();
    signs.len() > 1
        && signs.chars().all(|c| "+-*=_~` ".contains(c))
        && (!is_named || signs.starts_with(['+', '`']))
}

/// A header that stands between other signs, or whose first line is missing or is not the first of the file.
fn misplaced(path: &SitePath, text: &str, start: usize, groupe: &KeyGroup) -> Option<Diagnostic> {
    let span = |range: Range<usize>| Span::new(path, range);
    let written = |line: &Range<usize>| text[line.clone()].trim();
    let lines: Vec<Range<usize>> = lines_from(text, start).take(NEAR).collect();
    let key = lines.iter().position(|line| is_toml_key(written(line), groupe))?;
    let is_around = |line: &Range<usize>| is_like_fence(&text[line.clone()]);
    let opening = lines[..key].iter().rposition(is_around);
    let first = lines.iter().position(|line| !written(line).is_empty())?;
    let keys = opening.map_or(lines[key].start, |at| lines[at].end);
    let end = end_of_keys(text, keys, groupe);
    let after: Vec<Range<usize>> = lines_from(text, end)
        .skip_while(|line| written(line).is_empty())
        .take_while(is_around)
        .collect();
    let to = after.last().map_or(end, |line| line.start + text[line.clone()].trim_end().len());
    let before = &text[start..opening.map_or(lines[key].start, |at| lines[at].start)];
    let is_prose = !before.lines().all(|line| line.trim().is_empty() || is_like_fence(line));
    if is_prose && opening.is_none() {
        return None;
    }
    let line = lines[first].clone();
    let place = line.start..line.start + text[line.clone()].trim_end().len();
    let is_closed = after.first().is_some_and(|line| written(line) == FENCE);
    let is_fence = is_closed && opening.is_some_and(|at| written(&lines[at]) == FENCE);
    let (message, aide) = words_of_place(is_prose, is_fence, opening.is_some(), is_closed);
    let mut moved = before.trim().to_string();
    if !is_prose {
        moved.clear();
    }
    let around = if moved.is_empty() { String::new() } else { format!("\n\n{moved}") };
    let said = Diagnostic::new(Code::EnteteAbsent, message).at(&span(place), "").help(aide);
    let closing = if text[keys..end].ends_with('\n') { "+++" } else { "\n+++" };
    let closing_end = if after.is_empty() { "\n" } else { "" };
    let edits =
        [(start..keys, "+++\n".to_string()), (end..to, format!("{closing}{around}{closing_end}"))];
    let edits = edits.into_iter().filter(|(range, new)| text[range.clone()] != **new);
    Some(edits.fold(said, |said, (range, new)| said.fix(&span(range), new)))
}

/// Fault of the place of a header, and what to do.
fn words_of_place(
    is_after_prose: bool,
    is_between_fences: bool,
    is_opened: bool,
    is_closed: bool,
) -> (&'static str, &'static str) {
    match (is_opened, is_closed) {
        _ if is_after_prose => (
            "l’en-tête n’est pas au début du fichier",
            "mettez ces lignes après la ligne « +++ » qui le ferme",
        ),
        _ if is_between_fences => (
            "l’en-tête ne commence pas à la première ligne du fichier",
            "la première ligne du fichier doit être « +++ », sans rien devant ni après",
        ),
        (true, _) => (
            "l’en-tête n’est pas entre deux lignes « +++ »",
            "écrivez « +++ », seul, à la place des lignes qui l’entourent",
        ),
        (false, true) => (
            "il manque la ligne « +++ » au début de l’en-tête",
            "ajoutez une ligne « +++ » avant la première clé",
        ),
        (false, false) => (
            "il manque les lignes « +++ » autour de l’en-tête",
            "ajoutez une ligne « +++ » avant la première clé, et une autre après la dernière",
        ),
    }
}

/// Lines among which a header is looked for.
const NEAR: usize = 40;

/// Text that stands in the place of the header, and the header to write.
fn no_header(path: &SitePath, text: &str, start: usize, groupe: &KeyGroup) -> Diagnostic {
    let blank = text[start..].len() - text[start..].trim_start().len();
    let at = start + blank;
    let line = text[at..].lines().next().unwrap_or("").trim_end();
    let said = |message: &str, label: &str| {
        let span = Span::new(path, at..at + line.len());
        Diagnostic::new(Code::EnteteAbsent, message).at(&span, label)
    };
    if text.contains('\r') && !text.contains('\n') {
        return said(
            "ce fichier n’a qu’une ligne : ses fins de ligne sont celles d’un ancien système",
            "",
        )
        .help(
            "dans votre éditeur, choisissez les fins de ligne « LF » ou « CRLF », puis enregistrez",
        )
        .fix(&Span::new(path, start..text.len()), text[start..].replace('\r', "\n"));
    }
    if let Some(diagnostic) = misplaced(path, text, start, groupe) {
        return diagnostic;
    }
    if let Some(Traduit { place, forme, toml, is_whole }) = traduit(text, at, groupe) {
        let message = format!("cet en-tête est écrit {forme} : ici, il s’écrit en TOML");
        let diagnostic = said(&message, "");
        return match is_whole {
            true => diagnostic
                .attempt(&Span::new(path, start..place.end), toml.as_str(), true)
                .otherwise(
                    "écrivez-le entre deux lignes « +++ », une clé par ligne : titre = \"…\"",
                ),
            false => diagnostic.write("écrivez, et remplissez ce qui manque", &toml),
        };
    }
    said("ce fichier ne commence pas par son en-tête", "la première ligne doit être « +++ »")
        .write("écrivez au début du fichier, et remplissez", &modele(path, text, groupe))
}

/// Place of the keys of a Markdown file; the whole text when there is no telling where they end.
pub(super) fn place_of_keys(text: &str) -> Range<usize> {
    let parts = split(&SitePath::new(""), text, &keys::PAGE, &mut Vec::new());
    parts.map_or(0..text.len(), |parts| parts.header)
}

/// Line ranges, each with its line end.
fn lines_from(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
        let line = at..end;
        at = end;
        Some(line)
    })
}
