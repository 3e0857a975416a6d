//! The short format: one line per diagnostic, for editors, screen readers and `grep`.

use annotate_snippets::normalize_untrusted_str;

use super::Diagnostic;
use crate::source::Snapshot;

/// `file:line:column: severity[code]: message`, then the advice on lines that begin with two spaces.
pub fn render_court(diagnostic: &Diagnostic, snapshot: &Snapshot) -> String {
    let mut out = String::new();
    if let Some(location) = diagnostic.location(snapshot) {
        out.push_str(&location);
        out.push_str(": ");
    }
    let Diagnostic { severity, code, message, .. } = diagnostic;
    // A message may quote a file: neither a new line nor what acts on a terminal.
    let line = |text: &str| normalize_untrusted_str(text).replace('\n', " ");
    out.push_str(&format!("{}[{}]: {}\n", severity.name(), code.slug(), line(message)));
    for aide in &diagnostic.aides {
        out.push_str(&format!("  aide : {}\n", line(aide)));
    }
    out
}
