//! The format for people at a terminal: the offending text underlined, by `annotate-snippets`.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle,
};

use super::{Diagnostic, Place, Severity};
use crate::source::{SitePath, Snapshot, Span};

/// Columns of a terminal whose width is unknown.
const WIDTH: usize = 100;

/// The diagnostic with its sources. `color` writes ANSI styles.
pub fn render_humain(diagnostic: &Diagnostic, snapshot: &Snapshot, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Erreur => Level::ERROR,
        Severity::Avertissement => Level::WARNING,
        Severity::Remarque => Level::INFO,
    };
    let title = level
        .with_name(diagnostic.severity.name())
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.slug());

    let mut group = Group::with_title(title);
    let mut groups = Vec::new();
    match &diagnostic.place {
        Place::Span(primary) => {
            for file in files_in_order(diagnostic, primary) {
                if let Some(text) = snapshot.files.get(file).and_then(|f| f.as_text()) {
                    group = group.element(snippet(diagnostic, primary, file, text));
                }
            }
        }
        _ => {
            if let Some(place) = diagnostic.location(snapshot) {
                group = group.element(annotate_snippets::Origin::path(place));
            }
        }
    }
    groups.push(group);
    for aide in &diagnostic.aides {
        groups.push(Group::with_title(
            Level::HELP.with_name("aide").secondary_title(aide.as_str()),
        ));
    }

    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode).term_width(WIDTH);
    let mut out = renderer.render(&groups);
    out.push_str("\n\n");
    out
}

/// The primary file first, then the others as they come.
fn files_in_order<'a>(diagnostic: &'a Diagnostic, primary: &'a Span) -> Vec<&'a SitePath> {
    let mut files = vec![&primary.file];
    for label in &diagnostic.secondary {
        if !files.contains(&&label.span.file) {
            files.push(&label.span.file);
        }
    }
    files
}

fn snippet<'a>(
    diagnostic: &'a Diagnostic,
    primary: &'a Span,
    file: &'a SitePath,
    text: &'a str,
) -> Snippet<'a, Annotation<'a>> {
    let mut snippet = Snippet::source(text).path(file.as_str());
    if primary.file == *file {
        let mut annotation = AnnotationKind::Primary.span(visible(primary, text));
        if !diagnostic.label.is_empty() {
            annotation = annotation.label(diagnostic.label.as_str());
        }
        snippet = snippet.annotation(annotation);
    }
    for label in diagnostic.secondary.iter().filter(|l| l.span.file == *file) {
        let annotation = AnnotationKind::Context.span(visible(&label.span, text));
        snippet = snippet.annotation(annotation.label(label.text.as_str()));
    }
    snippet
}

/// The span, kept within the text and on its first line: a whole file underlined teaches nothing.
fn visible(span: &Span, text: &str) -> std::ops::Range<usize> {
    let end = span.end.min(text.len());
    let start = span.start.min(end);
    let line_end = text.get(start..end).and_then(|t| t.find('\n')).map_or(end, |i| start + i);
    start..line_end
}
