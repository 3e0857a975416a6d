//! Places as machine formats write them: 1-based lines, columns in Unicode scalar values, ends excluded.

use super::Place;
use crate::source::{LineCol, Snapshot, Span, line_col};

/// A place in a file.
pub(super) struct Lieu<'a> {
    /// The file, from the root of the site.
    pub(super) fichier: &'a str,
    /// First and last points; `None` for a file as a whole.
    pub(super) region: Option<(LineCol, LineCol)>,
    /// The text underlined.
    pub(super) texte: &'a str,
}

/// The file that a diagnostic about no file in particular is shown at.
pub(super) const SITE: &str = "content/site.toml";

/// Lines and columns of a place; `None` for the site as a whole and for finished pages, which are no sources.
pub(super) fn lieu<'a>(place: &'a Place, snapshot: &'a Snapshot) -> Option<Lieu<'a>> {
    match place {
        Place::Site | Place::Output(_) => None,
        Place::File(file, line) => {
            let point = |line: usize| LineCol { line, column: 1 };
            let region = line.map(|line| (point(line), point(line)));
            Some(Lieu { fichier: file.as_str(), region, texte: "" })
        }
        Place::Span(span) => Some(of_span(span, snapshot)),
    }
}

/// Lines and columns of a span.
pub(super) fn of_span<'a>(span: &'a Span, snapshot: &'a Snapshot) -> Lieu<'a> {
    let fichier = span.file.as_str();
    let found = snapshot.files.get(&span.file).and_then(|f| f.as_text());
    match found.and_then(|text| text.get(span.range()).map(|part| (text, part))) {
        Some((text, texte)) => {
            let region = (line_col(text, span.start), line_col(text, span.end));
            Lieu { fichier, region: Some(region), texte }
        }
        None => Lieu { fichier, region: None, texte: "" },
    }
}

/// A path as a relative reference: each part percent-encoded.
pub(super) fn uri(path: &str) -> String {
    let encode = |part: &str| {
        percent_encoding::utf8_percent_encode(part, percent_encoding::NON_ALPHANUMERIC)
            .to_string()
            .replace("%2D", "-")
            .replace("%2E", ".")
            .replace("%5F", "_")
    };
    path.split('/').map(encode).collect::<Vec<_>>().join("/")
}
