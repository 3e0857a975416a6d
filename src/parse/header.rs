//! The `+++` header of a Markdown file: where it is, and where the body begins.

use std::ops::Range;

use super::limits;
use crate::{
    diag::{Code, Diagnostic},
    source::{SitePath, Span},
};

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

/// Splits a file. A byte-order mark and Windows line ends are accepted.
pub(super) fn split(
    path: &SitePath,
    text: &str,
    diags: &mut Vec<Diagnostic>,
) -> Option<HeaderParts> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = lines_from(text, start);
    let first = lines.next().unwrap_or(start..start);
    if text[first.clone()].trim_end() != "+++" {
        let end = text[first.clone()].trim_end().len() + first.start;
        diags.push(
            Diagnostic::new(Code::EnteteAbsent, "ce fichier ne commence pas par son en-tête")
                .at(&Span::new(path, first.start..end), "la première ligne doit être « +++ »")
                .help("l’en-tête s’écrit entre deux lignes « +++ », avant le texte de la fiche"),
        );
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
        if text[line.clone()].trim_end() == "+++" {
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
        match split(&SitePath::new("a.md"), text, &mut diags) {
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
