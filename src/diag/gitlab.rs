//! The format of GitLab's Code Quality reports.
//! Fields: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{
    Diagnostic, Place, Severity,
    lieu::{SITE, lieu},
};
use crate::source::Snapshot;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// The report: a JSON array.
pub fn render_gitlab(diagnostics: &[Diagnostic], snapshot: &Snapshot) -> String {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let issues: Vec<Issue<'_>> =
        diagnostics.iter().map(|d| issue(d, snapshot, &mut seen)).collect();
    let mut text = serde_json::to_string_pretty(&issues).unwrap_or_default();
    text.push('\n');
    text
}

fn issue<'a>(
    diagnostic: &'a Diagnostic,
    snapshot: &'a Snapshot,
    seen: &mut BTreeMap<String, usize>,
) -> Issue<'a> {
    let at = lieu(&diagnostic.place, snapshot);
    let path = at.as_ref().map_or(SITE, |at| at.fichier);
    let begin = at.as_ref().and_then(|at| at.region).map_or(1, |(start, _)| start.line);
    let mut description = diagnostic.message.clone();
    if let Place::Output(page) = &diagnostic.place {
        description = format!("{page} : {description}");
    }
    for aide in &diagnostic.aides {
        description.push_str(&format!(" ({aide})"));
    }
    // No line number: a problem keeps its fingerprint when lines come before it.
    let texte = at.map_or("", |at| at.texte);
    let key = [diagnostic.code.slug(), path, texte, &diagnostic.message].join("\u{0}");
    let rank = seen.entry(key.clone()).or_default();
    *rank += 1;
    let fingerprint = hex(&Sha256::digest(format!("{key}\u{0}{rank}")));
    Issue {
        description,
        check_name: diagnostic.code.slug(),
        fingerprint,
        severity: match diagnostic.severity {
            Severity::Erreur => "blocker",
            Severity::Avertissement => "minor",
            Severity::Remarque => "info",
        },
        location: Location { path, lines: Lines { begin } },
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
