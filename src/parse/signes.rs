//! The one rule on signs that no text may hold (`french::signes`), for every text of the content: it is read as its
//! editor meant it, each sign is told once, at its place, and nothing follows from it.
//!
//! `source.txt` alone is read as it is: its fingerprint proves its bytes, and the proof compares without these signs.

use std::{borrow::Cow, collections::BTreeMap, ops::Range, sync::Arc};

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Tag};

use crate::{
    diag::{Code, Diagnostic, Place, Severity},
    french::signes::{SignKind, Signe, nomme, sans_invisibles, signes},
    source::{SitePath, Snapshot, SourceFile, Span},
};

/// Other places shown with the first one.
const SHOWN: usize = 4;

/// A sign met in a file, and what takes its place there when that is certain.
#[derive(Clone, Debug)]
pub(super) struct Trouve {
    /// Place in the file.
    octets: Range<usize>,
    signe: char,
    genre: SignKind,
    instead: Option<&'static str>,
    /// True when a code stands for it in the file: an escape, an entity.
    is_code: bool,
}

impl Trouve {
    /// A sign written as it is.
    fn written(signe: &Signe) -> Self {
        let instead = signe.instead();
        let Signe { octets, signe, genre } = signe.clone();
        Self { octets, signe, genre, instead, is_code: false }
    }

    /// A sign that a code gives, at this place, or somewhere in it: then nothing is certain to mend it.
    fn coded(signe: &Signe, octets: Range<usize>, is_there: bool) -> Self {
        let instead = signe.instead().filter(|_| is_there);
        Self { octets, signe: signe.signe, genre: signe.genre, instead, is_code: true }
    }
}

/// A file as it is read, when it holds signs that nobody sees.
#[derive(Clone, Debug)]
pub(super) struct Lecture {
    /// Without these signs.
    pub(super) texte: Arc<str>,
    /// The place of each in the file as it is written, and how many bytes are read there.
    remplaces: Vec<(Range<usize>, usize)>,
}

/// A text as it is to be read, and the signs that it holds. `None` when it is read as it is written.
pub(super) fn lecture(text: &str) -> (Option<Lecture>, Vec<Trouve>) {
    let trouves: Vec<Trouve> = signes(text).map(|signe| Trouve::written(&signe)).collect();
    let remplaces: Vec<_> = trouves
        .iter()
        .filter_map(|trouve| Some((trouve.octets.clone(), trouve.instead?.len())))
        .collect();
    let lecture =
        (!remplaces.is_empty()).then(|| Lecture { texte: sans_invisibles(text).into(), remplaces });
    (lecture, trouves)
}

impl Lecture {
    /// The place in the file as it is written of a place in the text that was read.
    pub(super) fn written(&self, span: &mut Span) {
        let place = written(span.range(), &self.remplaces);
        (span.start, span.end) = (place.start, place.end);
    }

    /// The same thing said of the file as it is written.
    pub(super) fn said(&self, diagnostic: &mut Diagnostic, path: &SitePath) {
        let place = match &mut diagnostic.place {
            Place::Span(span) => Some(span),
            _ => None,
        };
        let others = diagnostic.secondary.iter_mut().map(|label| &mut label.span);
        let edits = diagnostic.fixes.iter_mut().map(|edit| &mut edit.span);
        for span in place.into_iter().chain(others).chain(edits).filter(|span| span.file == *path) {
            self.written(span);
        }
    }
}

/// The place in a text as it is written of a place in the text that was read, given the places that were replaced and
/// how many bytes are read there. Inside a replacement, it is the whole of what was replaced.
pub(super) fn written(range: Range<usize>, replaced: &[(Range<usize>, usize)]) -> Range<usize> {
    let Range { mut start, mut end } = range;
    for (place, length) in replaced {
        // The text before this place stays where it is, in a file written so far as it was read.
        let read_end = place.start + length;
        if start >= read_end {
            start = start - length + place.len();
        } else {
            start = start.min(place.start);
        }
        if end > read_end || end == read_end && *length > 0 {
            end = end - length + place.len();
        } else if end > place.start {
            end = place.end;
        }
    }
    start..end.max(start)
}

/// The files that are not read as they are written.
#[derive(Clone, Debug, Default)]
pub struct Lectures(pub(super) BTreeMap<SitePath, Lecture>);

impl Lectures {
    /// The sources as they are read: what the places of the model are places of.
    pub fn snapshot<'s>(&self, snapshot: &'s Snapshot) -> Cow<'s, Snapshot> {
        if self.0.is_empty() {
            return Cow::Borrowed(snapshot);
        }
        let mut read = snapshot.clone();
        for (path, lecture) in &self.0 {
            read.insert(SourceFile::text(path.as_str(), &lecture.texte));
        }
        Cow::Owned(read)
    }

    /// Moves what is said of texts as they are read to its places in the files as they are written.
    pub fn said(&self, diags: &mut [Diagnostic]) {
        for diagnostic in diags {
            for (path, lecture) in &self.0 {
                lecture.said(diagnostic, path);
            }
        }
    }
}

/// Messages about the signs met in a file: one for those that nobody sees, one for each other kind. In a
/// text that was received, what was lost is not the editor's to mend.
pub(super) fn told(
    path: &SitePath,
    text: &str,
    trouves: &[Trouve],
    is_received: bool,
) -> Vec<Diagnostic> {
    let kind = |trouve: &Trouve| (std::mem::discriminant(&trouve.genre), trouve.instead.is_some());
    let mut said = Vec::new();
    let mut left: Vec<&Trouve> = trouves.iter().collect();
    while let Some(first) = left.first().copied() {
        let (same, others) = left.into_iter().partition(|trouve| kind(trouve) == kind(first));
        let mut diagnostic = of_one_kind(path, text, first, same);
        if is_received && diagnostic.code == Code::SigneIllisible {
            diagnostic.severity = Severity::Note;
            diagnostic = diagnostic.help("s’il est ainsi dans le document reçu, laissez-le");
        }
        said.push(diagnostic);
        left = others;
    }
    said
}

fn of_one_kind(path: &SitePath, text: &str, first: &Trouve, all: Vec<&Trouve>) -> Diagnostic {
    let is_unseen = matches!(first.genre, SignKind::Invisible(_));
    let span = |octets: &Range<usize>| Span::new(path, octets.clone());
    let mut diagnostic = Diagnostic::new(
        if is_unseen { Code::SigneInvisible } else { Code::SigneIllisible },
        message(first, all.len() - 1),
    )
    .at(&span(&first.octets), "");
    for trouve in on_other_lines(text, &all).take(SHOWN) {
        diagnostic = diagnostic.also(&span(&trouve.octets), nomme_genre(trouve));
    }
    for (octets, instead) in joined(&all) {
        diagnostic = diagnostic.fix(&span(&octets), instead);
    }
    diagnostic.help(aide(first, &all))
}

fn nomme_genre(trouve: &Trouve) -> String {
    let number = u32::from(trouve.signe);
    match trouve.genre {
        SignKind::Invisible(_) => nomme(trouve.signe),
        SignKind::Perdu => format!("un signe perdu (U+{number:04X})"),
        SignKind::Objet => format!("la marque d’un objet absent (U+{number:04X})"),
        SignKind::Police => format!("un signe propre à une police (U+{number:04X})"),
    }
}

fn message(first: &Trouve, others: usize) -> String {
    let named = nomme_genre(first);
    let kind = match first.genre {
        SignKind::Invisible(_) => ["signe invisible", "signes invisibles"],
        SignKind::Perdu => ["signe perdu", "signes perdus"],
        SignKind::Objet => ["marque de ce genre", "marques de ce genre"],
        SignKind::Police => ["signe de ce genre", "signes de ce genre"],
    };
    match (others, first.genre) {
        (0, _) => format!("il y a ici {named}"),
        (1, SignKind::Objet) => {
            format!("il y a ici {named}, et une autre {} dans ce fichier", kind[0])
        }
        (1, _) => format!("il y a ici {named}, et un autre {} dans ce fichier", kind[0]),
        _ => format!("il y a ici {named}, et {others} autres {} dans ce fichier", kind[1]),
    }
}

/// The first sign of each line after that of the first.
fn on_other_lines<'t>(text: &str, all: &[&'t Trouve]) -> impl Iterator<Item = &'t Trouve> {
    let mut last = all.first().map_or(0, |first| first.octets.end);
    all.iter().copied().filter(move |trouve| {
        let is_apart = text.get(last..trouve.octets.start).is_some_and(|t| t.contains('\n'));
        last = trouve.octets.end;
        is_apart
    })
}

/// Text in the place of the signs, those that follow each other together.
fn joined(all: &[&Trouve]) -> Vec<(Range<usize>, String)> {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for trouve in all {
        let Some(instead) = trouve.instead else { continue };
        match edits.last_mut().filter(|(last, _)| last.end == trouve.octets.start) {
            Some((last, written)) => {
                last.end = trouve.octets.end;
                written.push_str(instead);
            }
            None => edits.push((trouve.octets.clone(), instead.to_string())),
        }
    }
    edits
}

fn aide(first: &Trouve, all: &[&Trouve]) -> String {
    match first.genre {
        SignKind::Perdu => {
            return "retrouvez ce signe dans le document d’où vient ce texte, et tapez-le à sa place"
                .into();
        }
        SignKind::Objet => {
            return "une image ou un objet n’a pas suivi le texte copié : effacez cette marque, ou ajoutez l’image".into();
        }
        SignKind::Police => {
            return "chez le lecteur, ce sera un carré vide : écrivez un mot, ou un tiret si c’était une puce".into();
        }
        SignKind::Invisible(_) => {}
    }
    let by_hand = match first.is_code {
        true => "effacez le code qui l’écrit",
        false => "effacez le mot et tapez-le de nouveau",
    };
    let Some(instead) = first.instead else { return by_hand.into() };
    let done = match (all.len(), instead) {
        (1, "") => "l’efface".to_string(),
        (1, " ") => "met une espace à sa place".to_string(),
        (1, sign) => format!("met « {sign} » à sa place"),
        _ => "les corrige tous".to_string(),
    };
    format!("« retex check --corriger » {done} ; à la main, {by_hand}")
}

/// The signs that the escapes of a TOML text give (`\u202E`), each with the place of its escape in `raw`, the text as
/// it is written. Signs written as they are were told with their file.
pub(super) fn echappes(raw: &str, at: usize) -> Vec<Trouve> {
    if !raw.starts_with('"') || !raw.contains('\\') {
        return Vec::new();
    }
    let (mut decoded, mut places) = (String::new(), Vec::new());
    let mut rest = 0;
    while let Some(c) = raw[rest..].chars().next() {
        let (c, length) = if c == '\\' { escape(&raw[rest..]) } else { (Some(c), c.len_utf8()) };
        if let Some(c) = c {
            places.push((decoded.len(), rest..rest + length));
            decoded.push(c);
        }
        rest += length;
    }
    let place = |signe: &Signe| {
        let at = places.binary_search_by_key(&signe.octets.start, |(start, _)| *start).ok()?;
        let octets = &places[at].1;
        raw[octets.clone()].starts_with('\\').then_some(octets)
    };
    signes(&decoded)
        .filter_map(|signe| {
            let octets = place(&signe)?;
            Some(Trouve::coded(&signe, at + octets.start..at + octets.end, true))
        })
        .collect()
}

/// The sign that an escape gives, if it is one that has a number, and how many bytes the escape takes.
fn escape(raw: &str) -> (Option<char>, usize) {
    match raw[1..].chars().next() {
        None => (None, 1),
        Some('b') => (Some('\u{8}'), 2),
        Some('f') => (Some('\u{c}'), 2),
        Some('e') => (Some('\u{1b}'), 2),
        // An end of line goes; the others stand for a sign that may stand there.
        Some(kind) => numbered(raw)
            .unwrap_or((Some('x').filter(|_| !kind.is_whitespace()), 1 + kind.len_utf8())),
    }
}

/// The sign of an escape that gives its number, `\u00e9`, and how many bytes the escape takes.
pub(super) fn numbered(raw: &str) -> Option<(Option<char>, usize)> {
    let digits = match raw.as_bytes().get(1)? {
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let number = raw.get(2..2 + digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    Some((number.and_then(char::from_u32), if number.is_some() { 2 + digits } else { 2 }))
}

/// The signs that what Markdown decodes gives: entities of its texts (`&shy;`), of addresses and titles, of raw HTML.
pub(super) fn decodes(
    event: &Event<'_>,
    body: &str,
    range: &Range<usize>,
    at: usize,
) -> Vec<Trouve> {
    let raw = body.get(range.clone()).unwrap_or("");
    let octets = at + range.start..at + range.end;
    let hidden = |text: &str, is_there: bool| -> Vec<Trouve> {
        let unsaid = signes(text).filter(|signe| !raw.contains(signe.signe));
        unsaid.map(|signe| Trouve::coded(&signe, octets.clone(), is_there)).take(1).collect()
    };
    match event {
        Event::Text(text) if raw.starts_with('&') => match &**text {
            // Nobody types the name of a joiner without wanting it.
            "\u{200c}" | "\u{200d}" => Vec::new(),
            // Between two words: a mark of the order of bytes begins nothing here, and spaces are kept.
            text => hidden(&format!("a{text}a"), true),
        },
        Event::Start(Tag::Link { dest_url, title, .. } | Tag::Image { dest_url, title, .. }) => {
            hidden(&format!("a{dest_url}a{title}a"), false)
        }
        Event::Html(html) | Event::InlineHtml(html) if html.contains('&') => {
            hidden(&shown(html), false)
        }
        _ => Vec::new(),
    }
}

/// The texts and the values of the attributes of raw HTML.
fn shown(html: &str) -> String {
    let mut out = String::from("a");
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::String(text) => out.push_str(&String::from_utf8_lossy(&text)),
            Token::StartTag(tag) => {
                for value in tag.attributes.values() {
                    out.push_str(&String::from_utf8_lossy(value));
                }
            }
            _ => {}
        }
    }
    out.push('a');
    out
}
