//! The format of GitHub's annotations: one workflow command per diagnostic.

use super::{Ailleurs, Diagnostic, Severity, lieu::Lieux, lot::Lot};
use crate::{french::clair::nom, source::Snapshot};

/// Annotations of each kind that a step shows
/// (<https://docs.github.com/fr/rest/checks/runs>, « annotations »).
const OF_A_KIND: usize = 10;

/// The commands, errors first; without `max`, those that a step shows. The last one says how many are left out, or
/// are elsewhere.
pub fn render_github(
    diagnostics: &[Diagnostic],
    snapshot: &Snapshot,
    max: Option<usize>,
    ailleurs: Option<Ailleurs>,
) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|d| d.severity);
    match max {
        Some(max) => sorted.truncate(max),
        None => sorted = shown_by_a_step(sorted, ailleurs),
    }
    let lot = Lot::given(diagnostics, sorted);
    let lieux = Lieux::of(&lot.donnes, snapshot);
    let mut text: String = lot.donnes.iter().map(|d| command(d, &lieux)).collect();
    if let Some(reste) = lot.reste(ailleurs) {
        text.push_str(&format!("::notice title=retex::{}\n", data(&reste)));
    }
    text
}

/// Annotations that a step shows: the first of each kind, with room among the remarks to say what is not shown.
fn shown_by_a_step(sorted: Vec<&Diagnostic>, ailleurs: Option<Ailleurs>) -> Vec<&Diagnostic> {
    let of = |severity| sorted.iter().filter(|d| d.severity == severity).count();
    let whole = Severity::ALL.iter().all(|severity| of(*severity) <= OF_A_KIND)
        && ailleurs.and_then(|ailleurs| ailleurs.phrase()).is_none();
    let room = |severity| match severity {
        Severity::Note if !whole => OF_A_KIND - 1,
        _ => OF_A_KIND,
    };
    let few = |severity| sorted.iter().filter(move |d| d.severity == severity).take(room(severity));
    Severity::ALL.into_iter().flat_map(few).copied().collect()
}

fn command<'a>(diagnostic: &'a Diagnostic, lieux: &Lieux<'a>) -> String {
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(at) = lieux.place(&diagnostic.place) {
        properties.push(format!("file={}", property(&nom(at.fichier))));
        if let Some((start, end)) = at.region {
            properties.push(format!("line={},endLine={}", start.line, end.line));
            // Columns mean nothing across lines.
            if start.line == end.line {
                properties.push(format!("col={},endColumn={}", start.column, end.column));
            }
        }
    }
    properties.push(format!("title={}", property(diagnostic.code.slug())));
    format!("::{kind} {}::{}\n", properties.join(","), data(&diagnostic.in_full()))
}

/// Escapes a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
