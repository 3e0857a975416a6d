//! The `+++` header of a Markdown file: where it is, and where the body begins.

use std::ops::Range;

use super::{
    ailleurs::same_word,
    keys::{self, KeyGroup},
    limits,
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
            if is_yaml(&text[header_start..line.start]) {
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
    diags.push(
        Diagnostic::new(Code::EnteteNonFerme, "l’en-tête n’est pas fermé")
            .at(&Span::new(path, fence), "ouvert ici")
            .help("ajoutez une ligne « +++ » après la dernière clé de l’en-tête"),
    );
    None
}

/// What stands in the place of the header, and the header to write.
fn no_header(path: &SitePath, text: &str, start: usize, groupe: &KeyGroup) -> Diagnostic {
    let blank = text[start..].len() - text[start..].trim_start().len();
    let at = start + blank;
    let line = text[at..].lines().next().unwrap_or("").trim_end();
    let said = |message: &str, label: &str| {
        let span = Span::new(path, at..at + line.len());
        Diagnostic::new(Code::EnteteAbsent, message).at(&span, label)
    };
    let rest = &text[at + line.len()..];
    let is_fence = line.len() > 1 && line.chars().all(|c| c == '+' || c == ' ')
        || line.starts_with(FENCE) && line[FENCE.len()..].trim().chars().all(char::is_alphabetic);
    let is_closed = rest.lines().any(|line| line.trim() == FENCE);
    let names: Vec<&str> = groupe.noms().collect();
    let key = line.split(['=', ':']).next().filter(|key| key.len() < line.len());
    if is_closed && key.is_some_and(|key| same_word(key, &names).is_some()) {
        return said("il manque la ligne « +++ » au début de l’en-tête", "")
            .help("ajoutez une ligne « +++ » avant la première clé")
            .fix(&Span::new(path, start..at), "+++\n");
    }
    if line.starts_with("```") {
        return said("l’en-tête ne commence pas à la première ligne du fichier", "")
            .help("effacez les lignes « ``` » qui l’entourent : il commence et finit par « +++ »");
    }
    if is_fence && line != FENCE && rest.lines().any(|line| line.trim() == FENCE) {
        let lines = Span::new(path, start..at + line.len());
        return said("l’en-tête ne commence pas par une ligne « +++ » seule", "")
            .help("la première ligne du fichier doit être « +++ », sans rien devant ni après")
            .fix(&lines, FENCE);
    }
    if let Some(Traduit { place, forme, toml, is_whole }) = traduit(text, at, groupe) {
        let message = format!("cet en-tête est écrit en {forme} : ici, il s’écrit en TOML");
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<(String, String), Code> {
        let mut diags = Vec::new();
        match split(&SitePath::new("a.md"), text, &keys::FICHE, &mut diags) {
            Some(p) => Ok((text[p.header].to_string(), text[p.body].to_string())),
            None => Err(diags[0].code),
        }
    }

    #[test]
    fn fences() {
        assert_eq!(check("+++\na = 1\n+++\nb\n"), Ok(("a = 1\n".into(), "b\n".into())));
        assert_eq!(check("\u{feff}+++\r\na = 1\r\n+++\r\nb"), Ok(("a = 1\r\n".into(), "b".into())));
        assert_eq!(check("+++\n+++"), Ok((String::new(), String::new())));
        assert_eq!(check("a"), Err(Code::EnteteAbsent));
        assert_eq!(check(""), Err(Code::EnteteAbsent));
        assert_eq!(check("+++\na = 1"), Err(Code::EnteteNonFerme));
    }
}
