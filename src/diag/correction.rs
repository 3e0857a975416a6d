//! Corrections: the edits of diagnostics, applied to texts. Pure; `check --corriger` writes them.

use std::collections::BTreeMap;

use super::{Diagnostic, Edit};
use crate::source::{SitePath, Snapshot};

/// The texts that the corrections change, by path. The edits of one diagnostic go together; where two
/// diagnostics want the same place, the first wins and the other is for a next round. Nothing outside
/// the spans changes: comments, order, line ends and spaces stay.
pub fn corrected(diagnostics: &[Diagnostic], snapshot: &Snapshot) -> BTreeMap<SitePath, String> {
    let mut accepted: BTreeMap<&SitePath, Vec<&Edit>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let fits = |edit: &Edit| {
            let text = snapshot.text(&edit.span.file);
            let taken = accepted.get(&edit.span.file).map_or(&[][..], Vec::as_slice);
            text.is_some_and(|text| {
                text.get(edit.span.range()).is_some_and(|old| *old != edit.texte)
            }) && !taken.iter().any(|other| touch(edit, other))
        };
        if !diagnostic.fixes.is_empty() && diagnostic.fixes.iter().all(fits) {
            for edit in &diagnostic.fixes {
                accepted.entry(&edit.span.file).or_default().push(edit);
            }
        }
    }
    let apply = |(path, mut edits): (&SitePath, Vec<&Edit>)| {
        let mut text = snapshot.text(path)?.to_string();
        // From the end, so that the offsets before stay right.
        edits.sort_by(|a, b| b.span.cmp(&a.span));
        for edit in edits {
            text.replace_range(edit.span.range(), &edit.texte);
        }
        Some((path.clone(), text))
    };
    accepted.into_iter().filter_map(apply).collect()
}

/// True when two edits want the same place, be it the point between two characters.
fn touch(a: &Edit, b: &Edit) -> bool {
    a.span.start <= b.span.end && b.span.start <= a.span.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diag::Code, source::Span};

    #[test]
    fn edits_apply_together_or_wait() {
        let path = SitePath::new("content/a.md");
        let snapshot = Snapshot::of_texts([("content/a.md", "un\r\ndeux # é\r\ntrois")]);
        let wrong = |range: std::ops::Range<usize>, text: &str| {
            Diagnostic::new(Code::CleInconnue, "x").fix(&Span::new(&path, range), text)
        };
        let list = [wrong(0..2, "1"), wrong(4..8, "2"), wrong(5..6, "perdu"), wrong(13..13, "")];
        let done = corrected(&list, &snapshot);
        assert_eq!(done[&path], "1\r\n2 # é\r\ntrois");
        assert!(corrected(&[wrong(40..41, "hors")], &snapshot).is_empty());
    }
}
