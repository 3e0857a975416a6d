//! The one gate of the corrections of headers and of TOML files: each is put in its place, and the group of keys
//! around it read again. It is told, and applied, only where its lines then have no error.

use std::{ops::Range, sync::Arc};

use super::{Findings, Parsed, layout::Role, read_role, syntax::is_title};
use crate::{
    diag::{Diagnostic, Edit, Essai, Place, Severity},
    source::{SitePath, Span},
};

/// Most corrections tried in one file: whoever made so many mistakes mends these first.
const MOST: usize = 60;
/// Most corrections of one line, one after the other.
const ROUNDS: usize = 6;

/// Tries the corrections of a file whose keys are in `keys`, and says those that hold.
pub(super) fn eprouve(
    path: &SitePath,
    role: &Role,
    text: &str,
    keys: &Range<usize>,
    diags: &mut [Diagnostic],
) {
    let mut left = MOST;
    for diagnostic in diags {
        let Some(essai) = diagnostic.essai.take() else {
            if let [edit] = diagnostic.fixes.as_slice()
                && let Some(tried) = Candidate::of(text, keys, edit)
                && tried.settled(path, role, true).is_none()
            {
                diagnostic.fixes.clear();
            }
            continue;
        };
        let Essai { edit, certain, dit, sinon } = *essai;
        left = left.saturating_sub(1);
        let tried = (left > 0).then(|| Candidate::of(text, keys, &edit)).flatten();
        let held = tried.and_then(|tried| tried.settled(path, role, certain));
        let Some(held) = held else {
            let said = std::mem::replace(diagnostic, Diagnostic::new(diagnostic.code, ""));
            *diagnostic = match edit.texte.starts_with("+++") {
                true => said.write("écrivez, puis corrigez les mots qui ne vont pas", &edit.texte),
                false if sinon.is_empty() => said,
                false => said.help(sinon),
            };
            continue;
        };
        let said = std::mem::replace(diagnostic, Diagnostic::new(diagnostic.code, ""));
        let said = match dit.filter(|_| held.steps == 0) {
            Some(dit) => said.help(dit),
            None => match held.lines.trim() {
                "" => said.help("effacez cette ligne"),
                line => said.write("écrivez", line),
            },
        };
        *diagnostic = match held.certain {
            true => said.fix(&Span::new(path, held.from.clone()), ended_as(text, &held.lines)),
            false => said,
        };
    }
}

/// A text with a correction in it.
struct Candidate {
    text: String,
    /// Lines of the correction, in this text.
    lines: Range<usize>,
    /// Lines that they replace, in the file.
    from: Range<usize>,
    keys: Range<usize>,
}

/// A correction that holds.
struct Held {
    lines: String,
    from: Range<usize>,
    certain: bool,
    /// Corrections that it needed besides.
    steps: usize,
}

impl Candidate {
    fn of(text: &str, keys: &Range<usize>, edit: &Edit) -> Option<Self> {
        let at = edit.span.range();
        text.get(at.clone())?;
        // A header to put in the place of what is none brings its own fences.
        if edit.texte.starts_with("+++") {
            return Self::of_header(text, edit);
        }
        if at.start < keys.start || at.end > keys.end {
            return None;
        }
        let from = whole_lines(text, &at);
        let mut new = text.to_string();
        new.replace_range(at.clone(), &edit.texte);
        let lines = from.start..from.end + edit.texte.len() - at.len();
        let keys = keys.start..keys.end + edit.texte.len() - at.len();
        Some(Self { text: new, lines, from, keys })
    }

    fn of_header(text: &str, edit: &Edit) -> Option<Self> {
        let from = edit.span.range();
        let inner = edit.texte.strip_suffix("+++")?;
        let mut new = text.to_string();
        new.replace_range(from.clone(), &edit.texte);
        let lines = from.start..from.start + edit.texte.len();
        let keys = from.start + "+++\n".len()..from.start + inner.len();
        (keys.start <= keys.end).then_some(Self { text: new, lines, from, keys })
    }

    /// The correction, with those that its lines ask for besides; `None` when an error is left.
    fn settled(mut self, path: &SitePath, role: &Role, mut certain: bool) -> Option<Held> {
        for steps in 0..ROUNDS {
            let (read, shift) = self.alone();
            let mut found = Findings::default();
            let text = Arc::from(read.as_str());
            read_role(path, role.clone(), &text, &mut found, &mut Parsed::default());
            let here = self.lines.start + shift.end - shift.start
                ..self.lines.end + shift.end - shift.start;
            let about: Vec<&Diagnostic> = found
                .of_keys
                .iter()
                .filter(|d| matches!(&d.place, Place::Span(s) if s.file == *path && s.start <= here.end && s.end >= here.start))
                .collect();
            let wrong = about.iter().any(|d| d.severity == Severity::Error);
            let edits = about.iter().filter(|d| !wrong || d.severity == Severity::Error);
            let next = edits.filter_map(|d| {
                let essai = d.essai.as_ref().filter(|e| e.certain || !certain || wrong);
                let next = essai.map(|e| (&e.edit, e.certain));
                let (edit, sure) = next.or_else(|| Some((d.fixes.first()?, true)))?;
                let inside = here.start <= edit.span.start && edit.span.end <= here.end;
                inside.then(|| (edit.clone(), sure))
            });
            let next = next.into_iter().next();
            let Some((edit, sure)) = next else {
                let lines = self.text[self.lines.clone()].to_string();
                return (!wrong).then_some(Held { lines, from: self.from, certain, steps });
            };
            certain &= sure;
            let at =
                edit.span.start + shift.start - shift.end..edit.span.end + shift.start - shift.end;
            self.text.replace_range(at.clone(), &edit.texte);
            self.lines.end = self.lines.end + edit.texte.len() - at.len();
            self.keys.end = self.keys.end + edit.texte.len() - at.len();
        }
        None
    }

    /// The keys above every group, and the groups that the lines touch, as a file; with the place of the first of
    /// these lines in the text, and in that file.
    fn alone(&self) -> (String, Range<usize>) {
        let titles: Vec<usize> = line_starts(&self.text, &self.keys)
            .filter(|at| self.text[*at..].lines().next().is_some_and(|line| is_title(line.trim())))
            .collect();
        let top = titles
            .first()
            .copied()
            .unwrap_or(self.keys.end)
            .min(self.lines.start.max(self.keys.start));
        let group = titles.iter().rev().find(|at| **at <= self.lines.start).copied();
        let start = group.unwrap_or(self.keys.start);
        let end = titles.iter().find(|at| **at >= self.lines.end && **at > start).copied();
        let end = end.unwrap_or(self.keys.end);
        let is_header = self.keys.start > 0;
        let mut read = String::new();
        if is_header {
            read.push_str("+++\n");
        }
        if group.is_some() {
            read.push_str(&self.text[self.keys.start..top]);
        }
        let place = read.len();
        read.push_str(&self.text[start..end]);
        if is_header {
            read.push_str("+++\nTexte.\n");
        }
        (read, start..place)
    }
}

/// Lines that end as those of the file do.
fn ended_as(text: &str, lines: &str) -> String {
    let plain = lines.replace("\r\n", "\n");
    if text.contains("\r\n") { plain.replace('\n', "\r\n") } else { plain }
}

/// The lines of a piece of text, without the end of the last.
fn whole_lines(text: &str, at: &Range<usize>) -> Range<usize> {
    let start = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
    let end = text[at.end..].find(['\r', '\n']).map_or(text.len(), |end| at.end + end);
    start..end
}

fn line_starts<'t>(text: &'t str, keys: &Range<usize>) -> impl Iterator<Item = usize> + 't {
    let (start, end) = (keys.start, keys.end);
    let after = text[start..end].match_indices('\n').map(move |(at, _)| start + at + 1);
    std::iter::once(start).chain(after).filter(move |at| *at < end)
}
