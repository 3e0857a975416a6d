//! The short format: one line per diagnostic, for editors, screen readers and `grep`.

use super::Diagnostic;
use crate::{french::clair::phrase, source::Snapshot};

/// `file:line:column: severity[code]: message`, then the advice on lines that begin with two spaces.
pub fn render_court(diagnostic: &Diagnostic, snapshot: &Snapshot) -> String {
    let mut out = String::new();
    if let Some(location) = diagnostic.location(snapshot) {
        out.push_str(&location);
        out.push_str(": ");
    }
    let Diagnostic { severity, code, message, .. } = diagnostic;
    out.push_str(&format!("{}[{}]: {}\n", severity.name(), code.slug(), phrase(message)));
    for aide in &diagnostic.helps {
        let lines: Vec<String> = aide.lines().map(phrase).collect();
        out.push_str(&format!("  aide : {}\n", lines.join("\n    ")));
    }
    out
}
