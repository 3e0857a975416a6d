//! The format of GitLab's Code Quality reports.
//! Fields: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Diagnostic, Severity, document,
    lieu::{Lieux, SITE},
    lot::Lot,
};
use crate::source::{Snapshot, sha256};

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

/// The report, a JSON array of at most `max` messages. One more says how many are left out. Of messages elsewhere it
/// says nothing: the forge counts each entry as a fault.
pub fn render_gitlab(diagnostics: &[Diagnostic], snapshot: &Snapshot, max: usize) -> String {
    let lot = Lot::of(diagnostics, max);
    let lieux = Lieux::of(&lot.donnes, snapshot);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut issues: Vec<Issue<'_>> =
        lot.donnes.iter().map(|d| issue(d, &lieux, &mut seen)).collect();
    issues.extend(lot.reste(None).map(left_out));
    document(&issues)
}

/// An issue that says how many are not given: the report has no other place for it.
fn left_out(description: String) -> Issue<'static> {
    Issue {
        description,
        check_name: "retex",
        fingerprint: sha256("retex: left out"),
        severity: "info",
        location: Location { path: SITE, lines: Lines { begin: 1 } },
    }
}

fn issue<'a>(
    diagnostic: &'a Diagnostic,
    lieux: &Lieux<'a>,
    seen: &mut BTreeMap<String, usize>,
) -> Issue<'a> {
    let at = lieux.place(&diagnostic.place);
    let path = at.as_ref().map_or(SITE, |at| at.fichier);
    let begin = at.as_ref().and_then(|at| at.region).map_or(1, |(start, _)| start.line);
    let mut description = diagnostic.titled();
    for aide in &diagnostic.helps {
        // A description is one line.
        let lines: Vec<&str> = aide.lines().filter(|line| !line.is_empty()).collect();
        description.push_str(&format!(" ({})", lines.join(" ↵ ")));
    }
    // No line number: a problem keeps its fingerprint when lines come before it.
    let texte = at.map_or("", |at| at.texte);
    let key = [diagnostic.code.slug(), path, texte, &diagnostic.message].join("\u{0}");
    let rank = seen.entry(key.clone()).or_default();
    *rank += 1;
    let fingerprint = sha256(format!("{key}\u{0}{rank}"));
    Issue {
        description,
        check_name: diagnostic.code.slug(),
        fingerprint,
        severity: match diagnostic.severity {
            Severity::Error => "blocker",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location { path, lines: Lines { begin } },
    }
}
