//! Messages over a page: the errors in the very words of `check`, as data for the script and as a page of its
//! own while there is no other.

use serde::Serialize;

use crate::{
    diag::{Diagnostic, Severity, render_humain},
    french,
    source::{Snapshot, escaped},
};

/// Errors shown at most: who has more begins with these.
const SHOWN: usize = 50;

/// Messages to show. Empty when all is well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Messages {
    /// Count of errors, in one line.
    resume: String,
    /// Each of them, on several lines whose columns are in line.
    messages: Vec<String>,
    /// Said of those that are not shown; may be empty.
    reste: String,
}

impl Messages {
    /// The errors of a build.
    pub fn of_errors(diagnostics: &[Diagnostic], snapshot: &Snapshot) -> Self {
        let errors: Vec<&Diagnostic> =
            diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
        if errors.is_empty() {
            return Self::default();
        }
        let shown = errors.iter().take(SHOWN).map(|d| render_humain(d, snapshot, false));
        let reste = match errors.len().saturating_sub(SHOWN) {
            0 => String::new(),
            left => format!(
                "… et {}. Pour les lire : retex check",
                french::count(left, "autre erreur", "autres erreurs")
            ),
        };
        Self {
            resume: french::bind_spaces(&french::count(errors.len(), "erreur", "erreurs")),
            messages: shown.map(|text| text.trim_end().to_string()).collect(),
            reste: french::bind_spaces(&reste),
        }
    }

    /// Something outside the content, in one phrase.
    pub fn of_failure(said: &str) -> Self {
        Self {
            resume: french::bind_spaces("1 erreur"),
            messages: vec![french::bind_spaces(&format!("erreur : {said}"))],
            reste: String::new(),
        }
    }

    /// True when there is no message.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// For the script.
    pub(super) fn json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// The page that is shown while no build has been without an error.
    pub(super) fn page(&self) -> String {
        let list: String = self
            .messages
            .iter()
            .map(|text| format!("<pre tabindex=\"0\">{}</pre>\n", escaped(text)))
            .collect();
        let page = format!(
            "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{resume} dans le site</title>\n\
             <link rel=\"stylesheet\" href=\"/.retex/apercu.css\">\n</head>\n<body class=\"retex-page\">\n\
             <main>\n<h1>{resume} dans le site</h1>\n\
             <p>Le site se montrera ici dès qu’il n’y aura plus d’erreur.</p>\n{list}{reste}\n\
             </main>\n</body>\n</html>\n",
            resume = escaped(&self.resume),
            reste = escaped(&self.reste),
        );
        french::bind_spaces(&page)
    }
}
