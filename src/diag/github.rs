//! The format of GitHub's annotations: one workflow command per diagnostic.

use super::{Diagnostic, Place, Severity, lieu::lieu};
use crate::source::Snapshot;

/// The commands, errors first: a run shows ten annotations of each kind at most.
pub fn render_github(diagnostics: &[Diagnostic], snapshot: &Snapshot) -> String {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|d| d.severity);
    sorted.into_iter().map(|d| command(d, snapshot)).collect()
}

fn command(diagnostic: &Diagnostic, snapshot: &Snapshot) -> String {
    let kind = match diagnostic.severity {
        Severity::Erreur => "error",
        Severity::Avertissement => "warning",
        Severity::Remarque => "notice",
    };
    let mut properties = Vec::new();
    if let Some(at) = lieu(&diagnostic.place, snapshot) {
        properties.push(format!("file={}", property(at.fichier)));
        if let Some((start, end)) = at.region {
            properties.push(format!("line={},endLine={}", start.line, end.line));
            // Columns mean nothing across lines.
            if start.line == end.line {
                properties.push(format!("col={},endColumn={}", start.column, end.column));
            }
        }
    }
    properties.push(format!("title={}", property(diagnostic.code.slug())));
    let mut message = diagnostic.message.clone();
    if let Place::Output(page) = &diagnostic.place {
        message = format!("{page} : {message}");
    }
    for aide in &diagnostic.aides {
        message.push_str(&format!("\naide : {aide}"));
    }
    format!("::{kind} {}::{}\n", properties.join(","), data(&message))
}

/// What a message may not hold as it is.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What the value of a property may not hold as it is.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
