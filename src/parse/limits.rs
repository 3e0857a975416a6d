//! Sizes beyond which content is refused: what no editor writes, and what would hold a check or fill a disk.
//!
//! Each stands well above what was ever published; what is within them is read in linear time.

use crate::{
    diag::{Code, Diagnostic},
    french,
    source::Span,
};

/// Longest body of a Markdown file, in bytes: some thirty pages.
pub(super) const BODY: usize = 100_000;
/// Longest header of a Markdown file, in bytes.
pub(super) const HEADER: usize = 50_000;
/// Most headings of a text.
pub(super) const HEADINGS: usize = 200;
/// Most links of a text.
pub(super) const LINKS: usize = 500;
/// Most notes of a text.
pub(super) const NOTES: usize = 200;
/// Most calls of notes of a text.
pub(super) const CALLS: usize = 500;
/// Most cells of the tables of a text: a row that is written short is filled up to the width of its table.
pub(super) const CELLS: usize = 5_000;
/// Most lists and quotations inside each other.
pub(super) const NESTED: usize = 20;
/// Longest name of a file or of a folder, in bytes: systems take 255, and pages have more to say in it.
pub(super) const NAME: usize = 100;
/// Longest path of a file, in bytes: Windows takes 260 from the root of the disk.
pub(super) const PATH: usize = 200;

/// Most items of a list, by its key.
pub(super) fn items(key: &str) -> usize {
    match key {
        "mots_cles" | "sous_thematiques" | "anciennes_adresses" => 30,
        "points_forts" | "irritants" | "auteurs" | "liens" => 60,
        "rapprochements" | "textes" => 200,
        // Each fiche has some.
        "adresses" => 100_000,
        _ => 2_000,
    }
}

/// Longest text of a key, in characters.
pub(super) fn characters(key: &str) -> usize {
    match key {
        // Each makes an address.
        "mots_cles" | "sous_thematiques" => 80,
        "anciennes_adresses" => 150,
        "titre" | "titre_court" | "sigle" | "etablissement" | "commune" | "auteurs" => 300,
        "url" | "url_source" | "url_archive" => 2_000,
        _ => 5_000,
    }
}

/// Says that something is beyond its limit.
pub(super) fn exceeded(what: &str, limit: usize, span: &Span, aide: &str) -> Diagnostic {
    let message = format!("{what} : la limite est de {}", french::number(limit));
    Diagnostic::new(Code::LimiteDepassee, message).at(span, "").help(aide)
}
