//! Diagnostics as text editors show them (Language Server Protocol): lines from 0, columns in UTF-16.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Diagnostic, Edit, Place, Severity, lieu::SITE, render_explication};
use crate::{
    french::{bind_spaces, clair::nom},
    source::{SitePath, Snapshot, Span},
};

/// Longest text that is written in the name of a correction, in characters.
const SHORT: usize = 60;

/// A point: line, then column.
type Position = (usize, usize);

/// Messages for an editor, about the sources that it edits.
pub struct Editeur<'a> {
    /// The sources, with the texts that are not saved yet.
    pub snapshot: &'a Snapshot,
    /// Address of a file, as the editor names it.
    pub uri: &'a dyn Fn(&SitePath) -> String,
}

impl Editeur<'_> {
    /// The file that a message is shown in: that of the settings, for the site as a whole and for finished pages.
    pub fn fichier(said: &Diagnostic) -> SitePath {
        said.place.file().cloned().unwrap_or_else(|| SitePath::new(SITE))
    }

    /// The message as an object `Diagnostic`.
    pub fn diagnostic(&self, said: &Diagnostic) -> Value {
        let related = said.secondary.iter().map(|label| {
            let text = if label.text.is_empty() { "ici aussi" } else { &label.text };
            let place =
                json!({ "uri": (self.uri)(&label.span.file), "range": self.span(&label.span) });
            json!({ "location": place, "message": text })
        });
        json!({
            "range": range(self.region(said)),
            "severity": match said.severity {
                Severity::Error => 1,
                Severity::Warning => 2,
                Severity::Note => 3,
            },
            "code": said.code.slug(),
            "source": "retex",
            "message": bind_spaces(&said.in_full()),
            "relatedInformation": related.collect::<Vec<_>>(),
        })
    }

    /// The correction of a message as an object `CodeAction`; `None` when there is none.
    pub fn correction(&self, said: &Diagnostic) -> Option<Value> {
        let mut changes: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for edit in &said.fixes {
            let change = json!({ "range": self.span(&edit.span), "newText": edit.texte });
            changes.entry((self.uri)(&edit.span.file)).or_default().push(change);
        }
        (!changes.is_empty()).then(|| {
            json!({
                "title": bind_spaces(&title(said)),
                "kind": "quickfix",
                "isPreferred": true,
                "diagnostics": [self.diagnostic(said)],
                "edit": { "changes": changes },
            })
        })
    }

    /// The explanation of a message, in Markdown, as an object `Hover`.
    pub fn explication(&self, said: &Diagnostic) -> Value {
        let text = render_explication(said.code);
        json!({
            "contents": { "kind": "markdown", "value": text },
            "range": range(self.region(said)),
        })
    }

    /// True when a message touches a range of its file.
    pub fn touche(&self, said: &Diagnostic, wanted: &Value) -> bool {
        let point = |which: &str, axis: &str| wanted[which][axis].as_u64().unwrap_or_default();
        let at = |which| (point(which, "line"), point(which, "character"));
        let (start, end) = self.region(said);
        let wide = |(line, column): Position| (line as u64, column as u64);
        wide(start) <= at("end") && at("start") <= wide(end)
    }

    fn region(&self, said: &Diagnostic) -> (Position, Position) {
        match &said.place {
            Place::Span(span) => {
                let text = self.text(span);
                let shown = text.get(span.range()).unwrap_or_default();
                // A whole file underlined teaches nothing.
                let end = span.start + shown.lines().next().unwrap_or_default().len();
                points(text, span.start, end)
            }
            Place::File(_, Some(line)) => {
                ((line.saturating_sub(1), 0), (line.saturating_sub(1), 0))
            }
            Place::File(_, None) | Place::Site | Place::Output(_) => ((0, 0), (0, 0)),
        }
    }

    fn span(&self, span: &Span) -> Value {
        range(points(self.text(span), span.start, span.end))
    }

    fn text(&self, span: &Span) -> &str {
        self.snapshot.text(&span.file).map_or("", |text| text)
    }
}

/// The name of a correction: the text that comes, when there is one that is short.
fn title(said: &Diagnostic) -> String {
    let is_short = |edit: &Edit| !edit.texte.contains('\n') && edit.texte.chars().count() <= SHORT;
    match said.fixes.as_slice() {
        [edit] if is_short(edit) && !edit.texte.trim().is_empty() => {
            format!("Écrire « {} »", nom(edit.texte.trim()))
        }
        _ => format!("Corriger : {}", said.message),
    }
}

/// Points of a text, at two of its bytes. The mark that may begin a file is no character for an editor.
fn points(text: &str, start: usize, end: usize) -> (Position, Position) {
    let point = |offset: usize| {
        let before = text.get(..offset).unwrap_or(text);
        let before = before.strip_prefix('\u{feff}').unwrap_or(before);
        // A carriage return alone ends a line too; one before a line feed ends it with it.
        let is_between = before.ends_with('\r')
            && text.get(offset..).is_some_and(|after| after.starts_with('\n'));
        let before = if is_between { &before[..before.len() - 1] } else { before };
        let ends = before.matches(['\n', '\r']).count() - before.matches("\r\n").count();
        let last = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        (ends, last.encode_utf16().count())
    };
    (point(start), point(end))
}

fn range((start, end): (Position, Position)) -> Value {
    let point = |(line, character): Position| json!({ "line": line, "character": character });
    json!({ "start": point(start), "end": point(end) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_those_of_an_editor() {
        let text = "\u{feff}é😀x\r\nb\rc\n\nd";
        let at = |wanted: char| points(text, text.find(wanted).unwrap_or(text.len()), 0).0;
        assert_eq!(
            [at('é'), at('x'), at('b'), at('c'), at('d')],
            [(0, 0), (0, 3), (1, 0), (2, 0), (4, 0)]
        );
        assert_eq!(points("ab", 1, 99), ((0, 1), (0, 2)));
    }
}
