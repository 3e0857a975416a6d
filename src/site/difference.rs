//! What differs between two texts, word by word.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

/// Words that one text has where the other has others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Changement {
    /// In the first text; may be empty.
    pub avant: String,
    /// In the second; may be empty.
    pub apres: String,
}

/// The changes that lead from `a` to `b`.
pub fn difference(a: &str, b: &str) -> Vec<Changement> {
    let mut changes: Vec<Changement> = Vec::new();
    let mut open = false;
    for change in TextDiff::from_words(a, b).iter_all_changes() {
        let text = change.value();
        if change.tag() == ChangeTag::Equal {
            // A lone space between two changes does not end the passage.
            if open && text.trim().is_empty() {
                if let Some(last) = changes.last_mut() {
                    last.avant.push_str(text);
                    last.apres.push_str(text);
                }
            } else {
                open = false;
            }
            continue;
        }
        if !open {
            changes.push(Changement { avant: String::new(), apres: String::new() });
            open = true;
        }
        if let Some(last) = changes.last_mut() {
            let side =
                if change.tag() == ChangeTag::Delete { &mut last.avant } else { &mut last.apres };
            side.push_str(text);
        }
    }
    for change in &mut changes {
        change.avant = change.avant.trim().to_string();
        change.apres = change.apres.trim().to_string();
    }
    changes.retain(|c| c.avant != c.apres);
    changes
}

/// Longest text that is compared letter by letter, in characters: beyond, its beginning stands for it.
const LONGEST: usize = 1_000;

/// How alike two texts are, from 0 to 1 (Ratcliff and Obershelp's ratio over characters); 1 for equal texts alone.
pub(super) fn likeness(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let cut = |text: &'_ str| text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    TextDiff::from_chars(&a[..cut(a)], &b[..cut(b)]).ratio().min(0.999)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_words() {
        let change =
            |avant: &str, apres: &str| Changement { avant: avant.into(), apres: apres.into() };
        assert_eq!(
            difference("risque de sollicitation de", "risque de sur-sollicitation de"),
            [change("sollicitation", "sur-sollicitation")]
        );
        assert_eq!(difference("a b", "a b c d"), [change("", "c d")]);
        assert_eq!(difference("a", "a"), []);
    }
}
