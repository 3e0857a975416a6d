//! The format for people at a terminal: the offending text underlined, by `annotate-snippets`.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str,
    renderer::DecorStyle,
};

use super::{Diagnostic, Place, Severity};
use crate::{
    french::{
        NBSP,
        clair::{Clair, nom},
    },
    source::{LineCol, SitePath, Snapshot, Span, line_col},
};

/// Columns of a terminal whose width is unknown.
const WIDTH: usize = 100;
/// Columns that the frame takes beside a text: line number, rule, marks of a cut line.
const FRAME: usize = 14;
/// Columns underlined at least, however long the label.
const SHORTEST: usize = 20;

/// The diagnostic with its sources. `color` writes ANSI styles.
pub fn render_humain(diagnostic: &Diagnostic, snapshot: &Snapshot, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::INFO,
    };
    let name = diagnostic.severity.name();
    let slug = diagnostic.code.slug();
    let title = level
        .with_name(name)
        .primary_title(wrapped(&diagnostic.message, WIDTH - name.len() - slug.len() - "[]: ".len()))
        .id(slug);

    let mut group = Group::with_title(title);
    match &diagnostic.place {
        Place::Span(primary) => {
            for file in files_in_order(diagnostic, primary) {
                if let Some(text) = snapshot.text(file) {
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
    let advice = format!("aide{NBSP}");
    for aide in &diagnostic.helps {
        // Lines to copy follow the first one, and stay as they are.
        let (words, lines) = aide.split_once('\n').unwrap_or((aide, ""));
        let mut text = wrapped(words, WIDTH - FRAME);
        for line in lines.lines() {
            text = format!("{text}\n{}", normalize_untrusted_str(line));
        }
        group = group.element(Level::HELP.with_name(advice.as_str()).message(text));
    }

    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let out = renderer.decor_style(DecorStyle::Unicode).term_width(WIDTH).render(&[group]);
    placed_as_written(out, diagnostic, snapshot) + "\n\n"
}

/// The rendered text with the column of the file: the renderer counts the signs written by their numbers.
fn placed_as_written(rendered: String, diagnostic: &Diagnostic, snapshot: &Snapshot) -> String {
    let Place::Span(span) = &diagnostic.place else { return rendered };
    let Some(text) = snapshot.text(&span.file) else {
        return rendered;
    };
    let (clair, path) = (Clair::of(text), nom(span.file.as_str()));
    let start = floor_char_boundary(text, span.start);
    let (written, shown) = (line_col(text, start), line_col(&clair.texte, clair.place(start)));
    if written.column == shown.column {
        return rendered;
    }
    let place = |at: LineCol| format!("{path}:{}:{}", at.line, at.column);
    rendered.replacen(&place(shown), &place(written), 1)
}

/// The text on lines of at most `width` columns where words allow, without what would act on a
/// terminal: it may quote a file.
pub(super) fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    // Not `split_whitespace`: the no-break spaces stay.
    for word in normalize_untrusted_str(text).split([' ', '\n']).filter(|w| !w.is_empty()) {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
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
    let clair = Clair::of(text);
    let shown = |span: std::ops::Range<usize>| clair.place(span.start)..clair.place(span.end);
    let mut annotations = Vec::new();
    if primary.file == *file {
        let span = shown(visible(primary, text, &diagnostic.label));
        annotations.push(labelled(AnnotationKind::Primary.span(span), &diagnostic.label));
    }
    for label in diagnostic.secondary.iter().filter(|l| l.span.file == *file) {
        let span = shown(visible(&label.span, text, &label.text));
        annotations.push(labelled(AnnotationKind::Context.span(span), &label.text));
    }
    Snippet::source(clair.texte).path(nom(file.as_str())).annotations(annotations)
}

fn labelled<'a>(annotation: Annotation<'a>, label: &'a str) -> Annotation<'a> {
    if label.is_empty() { annotation } else { annotation.label(label) }
}

/// The part of a span that is underlined: within the text, on its first line, and no longer than
/// leaves room for its label. A whole file underlined teaches nothing.
fn visible(span: &Span, text: &str, label: &str) -> std::ops::Range<usize> {
    let end = floor_char_boundary(text, span.end);
    let start = floor_char_boundary(text, span.start.min(end));
    let line = text[start..end].lines().next().unwrap_or("");
    let room = (WIDTH - FRAME).saturating_sub(label.chars().count()).max(SHORTEST);
    match line.char_indices().nth(room) {
        Some((cut, _)) => start..start + line[..cut].trim_end().len(),
        None => start..start + line.len(),
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    fn shown(text: &str, wanted: &str, label: &str) -> String {
        let file = SitePath::new("content/a.txt");
        let snapshot = Snapshot::of_texts([("content/a.txt", text)]);
        let start = text.find(wanted).unwrap();
        let span = Span::new(&file, start..start + wanted.len());
        let long = "un conseil qui cite la source ".repeat(9);
        let diagnostic = Diagnostic::new(Code::TextePerdu, &long).at(&span, label).help(&long);
        render_humain(&diagnostic, &snapshot, false)
    }

    #[test]
    fn the_column_is_that_of_the_file() {
        let seen = shown("un\u{ad}\u{202e} mot ici", "mot", "");
        assert!(seen.contains("content/a.txt:1:6\n"), "{seen}");
        let seen = shown("été mot ici", "mot", "");
        assert!(seen.contains("content/a.txt:1:5\n"), "{seen}");
    }

    /// The columns of the underline and what stands above them.
    fn underlined(out: &str) -> String {
        let lines: Vec<&str> = out.lines().collect();
        let under = lines.iter().position(|l| l.contains('━')).unwrap();
        let marks = lines[under].chars().enumerate().filter(|(_, c)| *c == '━').map(|(i, _)| i);
        let above: Vec<char> = lines[under - 1].chars().collect();
        marks.map(|i| above[i]).collect()
    }

    #[test]
    fn a_long_line_is_cut_around_the_underlined_text() {
        for at in [0, 40, 1000, 1990] {
            let text = format!("{}\taiguille\t{}", "é ".repeat(at / 2), "foin ".repeat(400));
            for label in ["", "texte perdu", "une étiquette qui prend la moitié de la ligne"] {
                let out = shown(&text, "aiguille", label);
                assert!(out.lines().all(|l| l.chars().count() <= WIDTH), "{out}");
                assert_eq!(underlined(&out), "aiguille", "{out}");
                assert!(out.contains(label));
            }
        }
    }

    #[test]
    fn a_long_span_is_cut() {
        let text = format!("{}{}", "x ".repeat(500), "mots ".repeat(300));
        let out = shown(&text, &"mots ".repeat(300), "texte perdu");
        assert!(out.lines().all(|l| l.chars().count() <= WIDTH), "{out}");
        assert!(underlined(&out).starts_with("mots mots"), "{out}");
    }

    #[test]
    fn tabs_do_not_shift_the_underline() {
        assert_eq!(underlined(&shown("a\t\tb\tcible\td", "cible", "")), "cible");
    }

    #[test]
    fn what_acts_on_a_terminal_is_shown() {
        let file = SitePath::new("content/a.txt");
        let diagnostic = Diagnostic::new(Code::BlocInconnu, "\u{1b}[31m")
            .help("\u{1b}]8;;x")
            .in_file(&file, None);
        assert!(!render_humain(&diagnostic, &Snapshot::default(), false).contains('\u{1b}'));
    }
}
