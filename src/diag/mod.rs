//! Diagnostics of a site, as data. Nobody prints here; each format has a renderer.

mod code;
mod commentaire;
mod correction;
mod court;
mod explication;
mod github;
mod gitlab;
mod humain;
mod json;
mod lieu;
mod lot;
mod lsp;
mod portee;
mod sarif;
mod suggest;

use rayon::prelude::*;
use serde::Serialize;

use crate::{
    french::{
        self,
        clair::{en_clair, json, nom},
    },
    source::{SitePath, Snapshot, Span},
};

pub use code::{Code, Severity};
pub use commentaire::render_commentaire;
pub use correction::corrected;
pub use court::render_court;
pub use explication::{Exemple, Explication, render_codes, render_erreurs, render_explication};
pub use github::render_github;
pub use gitlab::render_gitlab;
pub use humain::render_humain;
pub use json::{MESSAGES_SCHEMA, render_json};
pub use lot::MESSAGES_MAX;
pub use lsp::Editeur;
pub use portee::{Ailleurs, Portee};
pub use sarif::render_sarif;
pub use suggest::nearest;

/// Place that a diagnostic points to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The site as a whole.
    Site,
    /// A file as a whole, with its 1-based line when the text itself cannot be shown.
    File(SitePath, Option<usize>),
    /// A piece of text.
    Span(Span),
    /// A finished page of the output.
    Output(String),
}

impl Place {
    /// The source file, where there is one.
    pub fn file(&self) -> Option<&SitePath> {
        match self {
            Self::File(file, _) => Some(file),
            Self::Span(span) => Some(&span.file),
            Self::Site | Self::Output(_) => None,
        }
    }
}

/// A span with a few words beside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Text to underline.
    pub span: Span,
    /// A few words beside it; may be empty.
    pub text: String,
}

/// A replacement in a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Text that goes; empty for an insertion.
    pub span: Span,
    /// Text that comes, exactly as it is to stand in the file.
    pub texte: String,
}

/// A correction to be tried: it is told, and applied, only where what it gives is read without an error
/// (`parse/epreuve.rs`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Essai {
    /// The replacement.
    pub edit: Edit,
    /// True when nothing else can be meant: `--corriger` applies it.
    pub certain: bool,
    /// Advice when it holds, in place of the line to write.
    pub dit: Option<String>,
    /// Advice when it does not hold; may be empty.
    pub sinon: String,
}

/// One thing to say. The message is a lowercase phrase in French, without a final point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Kind of problem.
    pub code: Code,
    /// Gravity: [`Code::severity`], unless something demoted or promoted it.
    pub severity: Severity,
    /// The phrase.
    pub message: String,
    /// Place of the problem.
    pub place: Place,
    /// Words beside the underlined text; may be empty.
    pub label: String,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// Advice, each a sentence.
    pub helps: Vec<String>,
    /// The replacements that mend it, all together; empty unless the mending is certain.
    pub fixes: Vec<Edit>,
    /// A correction that is still to be tried.
    pub essai: Option<Box<Essai>>,
}

impl Diagnostic {
    /// A diagnostic about the whole site, until [`Diagnostic::at`] gives it a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: said(message),
            place: Place::Site,
            label: String::new(),
            secondary: Vec::new(),
            helps: Vec::new(),
            fixes: Vec::new(),
            essai: None,
        }
    }

    /// Points at a text.
    pub fn at(mut self, span: &Span, label: impl Into<String>) -> Self {
        self.place = Place::Span(span.clone());
        self.label = said(label);
        self
    }

    /// Points at a whole file.
    pub fn in_file(mut self, file: &SitePath, line: Option<usize>) -> Self {
        self.place = Place::File(file.clone(), line);
        self
    }

    /// Points at a finished page.
    pub fn in_output(mut self, path: impl Into<String>) -> Self {
        self.place = Place::Output(path.into());
        self
    }

    /// Points at another text too.
    pub fn also(mut self, span: &Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span: span.clone(), text: said(text) });
        self
    }

    /// Adds a piece of advice.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.helps.push(said(text));
        self
    }

    /// Adds a replacement that certainly mends it.
    pub fn fix(mut self, span: &Span, texte: impl Into<String>) -> Self {
        self.fixes.push(Edit { span: span.clone(), texte: texte.into() });
        self
    }

    /// Adds a replacement to be tried; `certain` when nothing else can be meant.
    pub fn attempt(mut self, span: &Span, texte: impl Into<String>, certain: bool) -> Self {
        let edit = Edit { span: span.clone(), texte: texte.into() };
        self.essai = Some(Box::new(Essai { edit, certain, dit: None, sinon: String::new() }));
        self
    }

    /// Advice to give in place of the line to write, when the replacement that is tried holds.
    pub fn saying(mut self, dit: impl Into<String>) -> Self {
        if let Some(essai) = &mut self.essai {
            essai.dit = Some(said(dit));
        }
        self
    }

    /// Advice to give when the replacement that is tried does not hold, or when there is none.
    pub fn otherwise(mut self, sinon: impl Into<String>) -> Self {
        match &mut self.essai {
            Some(essai) => essai.sinon = sinon.into(),
            None => self = self.help(sinon),
        }
        self
    }

    /// Adds lines of a file to write, after a few words: they are shown as they are.
    pub fn write(mut self, words: &str, lines: &str) -> Self {
        let (words, lines) = (said(words), en_clair(lines.trim_end()));
        let is_short = !lines.contains('\n') && lines.chars().count() <= SHORT;
        self.helps
            .push(format!("{words}{}{lines}", if is_short { NBSP_COLON } else { "\u{a0}:\n" }));
        self
    }

    /// Adds « vouliez-vous dire … ? » when a known word is near.
    pub fn suggest<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(wrong, known) {
            Some(word) => self.help(format!("vouliez-vous dire « {word} » ?")),
            None => self,
        }
    }

    /// « vouliez-vous dire … ? » when a known word is near, other advice when none is.
    pub fn suggest_or(self, wrong: &str, known: &[&str], otherwise: impl Into<String>) -> Self {
        match nearest(wrong, known.iter().copied()) {
            Some(word) => self.help(format!("vouliez-vous dire « {word} » ?")),
            None => self.help(otherwise),
        }
    }

    /// Each text that it points into: its own, what explains it, what mends it.
    fn spans(&self) -> impl Iterator<Item = &Span> {
        let own = match &self.place {
            Place::Span(span) => Some(span),
            _ => None,
        };
        let others = self.secondary.iter().map(|label| &label.span);
        own.into_iter().chain(others).chain(self.fixes.iter().map(|edit| &edit.span))
    }

    /// Adds other places, without words beside them.
    pub fn also_at<'a>(self, others: impl IntoIterator<Item = &'a Span>) -> Self {
        others.into_iter().fold(self, |told, other| told.also(other, ""))
    }

    /// The message, after the name of the finished page that it is about.
    fn titled(&self) -> String {
        match &self.place {
            Place::Output(page) => format!("{} : {}", nom(page), self.message),
            _ => self.message.clone(),
        }
    }

    /// The message and its advice, as one text.
    fn in_full(&self) -> String {
        let advice = self.helps.iter().map(|aide| format!("\naide : {aide}"));
        self.titled() + &advice.collect::<String>()
    }

    /// `file:line:column`, as far as known, as it is shown.
    pub fn location(&self, snapshot: &Snapshot) -> Option<String> {
        match &self.place {
            Place::Site => None,
            Place::File(file, None) => Some(nom(file.as_str()).into_owned()),
            Place::File(file, Some(line)) => Some(format!("{}:{line}", nom(file.as_str()))),
            Place::Output(path) => Some(nom(path).into_owned()),
            Place::Span(span) => {
                let file = nom(span.file.as_str());
                Some(match snapshot.text(&span.file) {
                    Some(text) => {
                        let at = crate::source::line_col(text, span.start);
                        format!("{file}:{}:{}", at.line, at.column)
                    }
                    None => file.into_owned(),
                })
            }
        }
    }
}

/// Longest line to write that stands in the middle of an advice.
const SHORT: usize = 70;
const NBSP_COLON: &str = "\u{a0}: ";

/// Words of a diagnostic as all formats show them: they may quote a file, whose signs must not act where they are read.
fn said(text: impl Into<String>) -> String {
    french::bind_spaces(&en_clair(&text.into()))
}

/// A document in JSON, of which no sign acts where it is read.
fn document(value: &impl Serialize) -> String {
    json(serde_json::to_string_pretty(value).unwrap_or_default() + "\n")
}

/// Sorts by place, then severity and code, and drops exact repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.par_sort_by(|a, b| {
        (&a.place, a.severity, a.code, &a.message).cmp(&(&b.place, b.severity, b.code, &b.message))
    });
    diagnostics.dedup();
}

/// True when something was said that forbids publishing.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Number of errors, warnings and remarks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Errors.
    pub erreurs: usize,
    /// Warnings.
    pub avertissements: usize,
    /// Remarks.
    pub remarques: usize,
}

impl Tally {
    /// Counts.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
        Self {
            erreurs: count(Severity::Error),
            avertissements: count(Severity::Warning),
            remarques: count(Severity::Note),
        }
    }
}
