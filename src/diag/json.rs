//! The JSON format: everything that a diagnostic says, as data. Its schema is published with it.

use serde::Serialize;

use super::{
    Ailleurs, Diagnostic, Place, Tally, document,
    lieu::{Lieu, Lieux},
    lot::Lot,
};
use crate::source::Snapshot;

/// JSON Schema (draft 2020-12) of what [`render_json`] writes.
pub const MESSAGES_SCHEMA: &str = include_str!("messages.schema.json");

#[derive(Serialize)]
struct ReportJson<'a> {
    version: u32,
    bilan: Tally,
    #[serde(skip_serializing_if = "Option::is_none")]
    ailleurs: Option<Tally>,
    reste: String,
    messages: Vec<Message<'a>>,
}

#[derive(Serialize)]
struct Message<'a> {
    code: &'static str,
    gravite: &'static str,
    message: &'a str,
    lieu: Option<Where<'a>>,
    page: Option<&'a str>,
    etiquette: &'a str,
    autres_lieux: Vec<Other<'a>>,
    aides: &'a [String],
    correction: Vec<EditJson<'a>>,
}

#[derive(Serialize)]
struct Where<'a> {
    fichier: &'a str,
    debut: Option<Point>,
    fin: Option<Point>,
}

#[derive(Serialize)]
struct Point {
    ligne: usize,
    colonne: usize,
}

#[derive(Serialize)]
struct Other<'a> {
    lieu: Where<'a>,
    etiquette: &'a str,
}

#[derive(Serialize)]
struct EditJson<'a> {
    lieu: Where<'a>,
    texte: &'a str,
}

/// The report: an object, of the schema's version 1, with at most `max` messages.
pub fn render_json(
    diagnostics: &[Diagnostic],
    snapshot: &Snapshot,
    max: usize,
    ailleurs: Option<Ailleurs>,
) -> String {
    let lot = Lot::of(diagnostics, max);
    let lieux = Lieux::of(&lot.donnes, snapshot);
    let report = ReportJson {
        version: 1,
        bilan: Tally::of(diagnostics),
        ailleurs: ailleurs.map(|ailleurs| ailleurs.bilan),
        reste: lot.reste(ailleurs).unwrap_or_default(),
        messages: lot.donnes.iter().map(|d| message(d, &lieux)).collect(),
    };
    document(&report)
}

fn message<'a>(diagnostic: &'a Diagnostic, lieux: &Lieux<'a>) -> Message<'a> {
    let other = |label: &'a super::Label| Other {
        lieu: place(lieux.span(&label.span)),
        etiquette: &label.text,
    };
    let change = |edit: &'a super::Edit| EditJson {
        lieu: place(lieux.span(&edit.span)),
        texte: &edit.texte,
    };
    Message {
        code: diagnostic.code.slug(),
        gravite: diagnostic.severity.name(),
        message: &diagnostic.message,
        lieu: lieux.place(&diagnostic.place).map(place),
        page: match &diagnostic.place {
            Place::Output(page) => Some(page),
            _ => None,
        },
        etiquette: &diagnostic.label,
        autres_lieux: diagnostic.secondary.iter().map(other).collect(),
        aides: &diagnostic.helps,
        correction: diagnostic.fixes.iter().map(change).collect(),
    }
}

fn place(at: Lieu<'_>) -> Where<'_> {
    let point = |p: crate::source::LineCol| Point { ligne: p.line, colonne: p.column };
    let (debut, fin) = at.region.map(|(a, b)| (point(a), point(b))).unzip();
    Where { fichier: at.fichier, debut, fin }
}
