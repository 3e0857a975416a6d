//! SARIF 2.1.0, the exchange format of static analysis (OASIS standard).

use serde_json::{Value, json};

use super::{
    Ailleurs, Code, Diagnostic, Severity, document,
    lieu::{Lieu, Lieux, SITE, uri},
    lot::Lot,
};
use crate::source::Snapshot;

/// The log of one run, of at most `max` messages. A notification says how many are left out, or are elsewhere.
pub fn render_sarif(
    diagnostics: &[Diagnostic],
    snapshot: &Snapshot,
    max: usize,
    ailleurs: Option<Ailleurs>,
) -> String {
    let lot = Lot::of(diagnostics, max);
    let lieux = Lieux::of(&lot.donnes, snapshot);
    let mut log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "retex",
                "version": env!("CARGO_PKG_VERSION"),
                "language": "fr",
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "language": "fr",
            "columnKind": "unicodeCodePoints",
            "results": lot.donnes.iter().map(|d| result(d, &lieux)).collect::<Vec<_>>(),
        }],
    });
    if let Some(reste) = lot.reste(ailleurs) {
        log["runs"][0]["invocations"] = json!([{
            "executionSuccessful": true,
            "toolExecutionNotifications": [{ "level": "note", "message": { "text": reste } }],
        }]);
    }
    document(&log)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn rule(code: Code) -> Value {
    let explained = code.explication();
    json!({
        "id": code.slug(),
        "shortDescription": { "text": explained.titre },
        "fullDescription": { "text": explained.texte },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn result<'a>(diagnostic: &'a Diagnostic, lieux: &Lieux<'a>) -> Value {
    let location = match lieux.place(&diagnostic.place) {
        Some(at) => physical(&at),
        None => json!({ "physicalLocation": { "artifactLocation": artifact(SITE) } }),
    };
    let related = diagnostic.secondary.iter().map(|label| {
        let mut at = physical(&lieux.span(&label.span));
        if !label.text.is_empty() {
            at["message"] = json!({ "text": label.text });
        }
        at
    });
    let mut result = json!({
        "ruleId": diagnostic.code.slug(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
        "level": level(diagnostic.severity),
        "message": { "text": diagnostic.in_full() },
        "locations": [location],
    });
    if !diagnostic.secondary.is_empty() {
        result["relatedLocations"] = related.collect();
    }
    if !diagnostic.fixes.is_empty() {
        let changes = diagnostic.fixes.iter().map(|edit| {
            let at = lieux.span(&edit.span);
            json!({
                "artifactLocation": artifact(at.fichier),
                "replacements": [{
                    "deletedRegion": region(&at),
                    "insertedContent": { "text": edit.texte },
                }],
            })
        });
        result["fixes"] = json!([{ "artifactChanges": changes.collect::<Vec<_>>() }]);
    }
    result
}

fn physical(at: &Lieu<'_>) -> Value {
    let mut place = json!({ "artifactLocation": artifact(at.fichier) });
    if at.region.is_some() {
        place["region"] = region(at);
    }
    json!({ "physicalLocation": place })
}

fn region(at: &Lieu<'_>) -> Value {
    match &at.region {
        Some((a, b)) => json!({
            "startLine": a.line, "startColumn": a.column, "endLine": b.line, "endColumn": b.column,
        }),
        None => json!({ "startLine": 1 }),
    }
}

fn artifact(path: &str) -> Value {
    json!({ "uri": uri(path) })
}
