//! Places as machine formats write them: 1-based lines, columns in Unicode scalar values, ends excluded.

use std::collections::BTreeMap;

use super::{Diagnostic, Place};
use crate::source::{LineCol, LineIndex, SitePath, Snapshot, Span};

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

/// The texts that a list of diagnostics points into, each with its lines.
pub(super) struct Lieux<'a>(BTreeMap<&'a SitePath, LineIndex<'a>>);

impl<'a> Lieux<'a> {
    /// The texts that these diagnostics point into.
    pub(super) fn of(list: &[&'a Diagnostic], snapshot: &'a Snapshot) -> Self {
        let mut texts = BTreeMap::new();
        for span in list.iter().flat_map(|diagnostic| diagnostic.spans()) {
            let found = snapshot.text(&span.file);
            if let Some(text) = found {
                texts.entry(&span.file).or_insert_with(|| LineIndex::of(text));
            }
        }
        Self(texts)
    }

    /// Lines and columns of a place; `None` for the site as a whole and for finished pages, which are no sources.
    pub(super) fn place(&self, place: &'a Place) -> Option<Lieu<'a>> {
        match place {
            Place::Site | Place::Output(_) => None,
            Place::File(file, line) => {
                let point = |line: usize| LineCol { line, column: 1 };
                let region = line.map(|line| (point(line), point(line)));
                Some(Lieu { fichier: file.as_str(), region, texte: "" })
            }
            Place::Span(span) => Some(self.span(span)),
        }
    }

    /// Lines and columns of a span.
    pub(super) fn span(&self, span: &'a Span) -> Lieu<'a> {
        let fichier = span.file.as_str();
        let found = self.0.get(&span.file);
        match found.and_then(|lines| lines.text().get(span.range()).map(|part| (lines, part))) {
            Some((lines, texte)) => {
                let region = (lines.line_col(span.start), lines.line_col(span.end));
                Lieu { fichier, region: Some(region), texte }
            }
            None => Lieu { fichier, region: None, texte: "" },
        }
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
