//! Fidelity, the whole promise: source ↔ model here, model ↔ pages in [`published`].
//!
//! The source is tiled by published text and reasoned exclusions.
//! Each text of origin synthèse consumes one occurrence on its lines, in order; a bloc of a table
//! consumes one whole segment of the cell whose column has its nature. What no text consumes and no
//! exclusion names is lost; what finds no free occurrence is not in the source. Comparison is on
//! [`crate::french::canonical`] form. Lines that moved are found first. Three passes: exact matches, then the texts left over are paired with
//! the source left over (altered, moved, invented), then what is still free is lost.

mod attestations;
mod blocs;
mod claims;
mod document;
mod empreinte;
mod headers;
mod leftovers;
mod lookup;
mod losses;
mod moves;
mod pending;
pub mod published;
mod prose;
mod shifts;
mod tables;
mod words;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use claims::Moved;
use shifts::{LineMap, Shifts};

use crate::{
    diag::{Code, Diagnostic, Severity},
    model::{Colonne, EtatSynthese, Tableau},
    parse::SourceDocument,
    site::{Atelier, Fidelite, Site, SourceProof},
    source::{Slug, Span, Spanned},
};

/// Below this likeness two texts are not « the same, altered ».
const ALIKE: f32 = 0.5;

/// Proves each synthèse against its source, in their order; `None` for one that has no document.
pub fn of_source(site: &Site, diags: &mut Vec<Diagnostic>) -> Vec<Option<SourceProof>> {
    let (mut proofs, mut lines) = (Vec::new(), Vec::new());
    for atelier in &site.ateliers {
        let (proof, map) = prove(site, atelier, diags).unzip();
        proofs.push(proof);
        lines.push(map.unwrap_or_default());
    }
    attestations::attested(site, &lines, diags);
    proofs
}

fn prove(
    site: &Site,
    written: &Atelier,
    all: &mut Vec<Diagnostic>,
) -> Option<(SourceProof, LineMap)> {
    let source = written.source.as_ref()?;
    let doubtful = &site.doubts.fichiers;
    let path = &written.synthese.path;
    // A file that could not be read well is not blamed for what it fails to say; and what it would
    // have published is not lost.
    let folder = format!("{}/", path.parent());
    let is_heard = |span: &Span| !doubtful.contains(&span.file) && !doubtful.contains(path);
    let mut said = Vec::new();
    let diags = &mut said;
    let Tiled { atelier, mut tiling, moved, lines } = Tiled::of(written, source, is_heard, diags);
    let is_unbegun = tiling.is_untouched();
    tiling.pair_misplaced(is_heard, diags);
    tiling.pair_leftovers(is_heard, diags);
    if is_unbegun && !doubtful.contains(path) {
        diags.push(tiling.unbegun(path));
    } else if !doubtful.iter().any(|path| path.as_str().starts_with(&folder)) {
        match atelier.synthese.etat {
            EtatSynthese::EnCours => tiling.pending(&atelier.tableaux, diags),
            _ => tiling.losses(&atelier.tableaux, diags),
        }
    }
    document::ornaments(&atelier, diags);
    document::sections(site, &atelier, &tiling.wrong_lines, diags);
    document::withdrawals(&atelier, source, diags);
    if atelier.synthese.etat == EtatSynthese::EnCours {
        for diagnostic in &mut said {
            if diagnostic.severity == Severity::Error && is_a_gap(diagnostic.code) {
                diagnostic.severity = Severity::Warning;
            }
        }
    }
    all.extend(said);
    let fidelite = tiling.count();
    let mut alteres = tiling.altered;
    alteres.extend(moved.into_keys());
    Some((SourceProof { fidelite, alteres }, lines))
}

/// A document tiled by a synthèse, where its texts are now.
struct Tiled<'a> {
    /// The synthèse, with the lines that are right.
    atelier: Cow<'a, Atelier>,
    tiling: Tiling<'a>,
    /// Lists of lines that are told to have moved.
    moved: Moved,
    lines: LineMap,
}

impl<'a> Tiled<'a> {
    fn of(
        written: &'a Atelier,
        source: &'a SourceDocument,
        is_heard: impl Fn(&Span) -> bool,
        diags: &mut Vec<Diagnostic>,
    ) -> Self {
        let tiling = Tiling::of(source, written, BTreeSet::new(), diags);
        let atelier = Cow::Borrowed(written);
        if diags.is_empty() && tiling.is_whole() && !document::is_unmarked(written, source) {
            return Self { atelier, tiling, moved: Moved::new(), lines: LineMap::default() };
        }
        let Shifts { moved, gone, said, lines } = Shifts::of(written, source);
        if moved.is_empty() && gone.is_empty() {
            return Self { atelier, tiling, moved, lines };
        }
        // The document is proved where it is now: each line that moved is told once.
        let atelier = claims::with_lines(written, &moved);
        diags.clear();
        let tiling = Tiling::of(source, &atelier, gone, diags);
        let heard = said.into_iter().filter(|(span, _)| is_heard(span));
        diags.extend(heard.map(|(_, diagnostic)| diagnostic));
        Self { atelier: Cow::Owned(atelier), tiling, moved, lines }
    }
}

/// Code that a synthèse being transcribed is allowed to have: what is there is right, and the rest is still to come.
fn is_a_gap(code: Code) -> bool {
    code == Code::TextePerdu
}

/// Fate of a character of the source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Free,
    Published,
    Excluded,
    Altered,
}

/// A segment of the source and what became of each of its bytes.
struct Tile {
    ligne: usize,
    colonne: usize,
    in_table: bool,
    segment: usize,
    fate: Vec<Fate>,
}

/// A text that found no occurrence.
struct Leftover {
    span: Span,
    texte: String,
    quoi: &'static str,
    /// Tiles where its altered version may stand.
    near: Vec<usize>,
    /// Group of rows of its bloc.
    row: Option<RowOfBloc>,
    /// A « : » after it goes with it.
    separated: bool,
    /// Why it was not found has been said.
    said: bool,
}

/// Group of rows that has a bloc.
struct RowOfBloc {
    /// Column of the bloc.
    colonne: usize,
    /// Lines of the group.
    lignes: Vec<usize>,
    /// Place of the « lignes » of the bloc, if it has some.
    own: Option<Span>,
}

/// Texts of one fiche, title or row that are not on the lines it claims.
struct Misplaced {
    texts: Vec<Leftover>,
    in_table: bool,
    /// The lines claimed.
    lignes: Spanned<Vec<usize>>,
    /// Those that are right.
    right: BTreeSet<usize>,
    /// Diagnostic about the lines themselves.
    why: Option<Diagnostic>,
}

struct Tiling<'a> {
    source: &'a SourceDocument,
    tiles: Vec<Tile>,
    leftovers: Vec<Leftover>,
    misplaced: Vec<Misplaced>,
    /// Texts that are told not to be those received.
    altered: BTreeSet<Span>,
    /// Places of the « lignes » that are told to be wrong.
    wrong_lines: BTreeSet<Span>,
    /// Which row of which table claims a line.
    owners: BTreeMap<usize, (Slug, Tableau)>,
    /// Places of the lines of rows that the document has no longer.
    gone: BTreeSet<Span>,
    /// The id and the columns of each table.
    columns: BTreeMap<Tableau, (Slug, Vec<Colonne>)>,
    /// Tile of the title of the document, when the synthèse has the same.
    titre: Option<usize>,
    /// Texts of prose that publish something of a tile, by tile.
    published_by: BTreeMap<usize, Span>,
}

impl<'a> Tiling<'a> {
    fn new(source: &'a SourceDocument) -> Self {
        let mut tiles = Vec::new();
        for ligne in &source.lignes {
            let in_table = ligne.cellules.len() > 1;
            for (colonne, cellule) in ligne.cellules.iter().enumerate() {
                for (segment, content) in cellule.segments.iter().enumerate() {
                    let fate = vec![Fate::Free; content.texte.len()];
                    tiles.push(Tile { ligne: ligne.numero, colonne, in_table, segment, fate });
                }
            }
        }
        Self {
            source,
            tiles,
            leftovers: Vec::new(),
            misplaced: Vec::new(),
            altered: BTreeSet::new(),
            wrong_lines: BTreeSet::new(),
            owners: BTreeMap::new(),
            gone: BTreeSet::new(),
            columns: BTreeMap::new(),
            titre: None,
            published_by: BTreeMap::new(),
        }
    }

    /// The tiling of a document by a synthèse, as far as its texts are where they are claimed.
    fn of(
        source: &'a SourceDocument,
        atelier: &Atelier,
        gone: BTreeSet<Span>,
        diags: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut tiling = Self { gone, ..Self::new(source) };
        tiling.titles(atelier, diags);
        tiling.methode(atelier, diags);
        tiling.textes(atelier, diags);
        tiling.legendes(atelier, diags);
        tiling.fiches(atelier);
        tiling.tables(atelier, diags);
        tiling.exclusions(atelier, diags);
        tiling.titre(&atelier.synthese.titre);
        tiling
    }

    /// True when each text has its place.
    fn is_whole(&self) -> bool {
        self.leftovers.is_empty() && self.misplaced.is_empty()
    }

    fn text(&self, tile: usize) -> &'a str {
        let t = &self.tiles[tile];
        &self.source.lignes[t.ligne - 1].cellules[t.colonne].segments[t.segment].texte
    }

    fn span(&self, tile: usize, range: Range<usize>) -> Span {
        let t = &self.tiles[tile];
        let segment = &self.source.lignes[t.ligne - 1].cellules[t.colonne].segments[t.segment];
        self.source.span(segment, range)
    }

    fn is_free(&self, tile: usize) -> bool {
        self.tiles[tile].fate.iter().all(|f| *f == Fate::Free)
    }

    fn set(&mut self, tile: usize, range: Range<usize>, fate: Fate) {
        self.tiles[tile].fate[range].fill(fate);
    }

    fn set_all(&mut self, tile: usize, fate: Fate) {
        self.tiles[tile].fate.fill(fate);
    }

    /// The lines that hold something, in order.
    fn lignes(&self) -> Vec<usize> {
        let mut lignes: Vec<usize> = self.tiles.iter().map(|tile| tile.ligne).collect();
        lignes.dedup();
        lignes
    }

    /// The tiles of a line; of a cell when `colonne` is given. Tiles are in the order of the lines.
    fn on(&self, ligne: usize, colonne: Option<usize>) -> Vec<usize> {
        let start = self.tiles.partition_point(|tile| tile.ligne < ligne);
        let end = self.tiles.partition_point(|tile| tile.ligne <= ligne);
        let here = |i: &usize| colonne.is_none_or(|c| c == self.tiles[*i].colonne);
        (start..end).filter(here).collect()
    }

    fn count(&self) -> Fidelite {
        let (titre_recu, completes) = (self.titre.is_some(), self.completes());
        let mut f = Fidelite { titre_recu, completes, ..Fidelite::default() };
        for (i, tile) in self.tiles.iter().enumerate() {
            for (at, _) in self.text(i).char_indices().filter(|(_, c)| *c != ' ') {
                f.total += 1;
                match tile.fate[at] {
                    Fate::Published => f.publies += 1,
                    Fate::Excluded => f.exclus += 1,
                    Fate::Altered => f.alteres += 1,
                    Fate::Free => f.perdus += 1,
                }
            }
        }
        f
    }
}

fn missing_lines(span: &Span) -> Diagnostic {
    Diagnostic::new(
        Code::CleManquante,
        "il manque « lignes » : la place de ce texte dans source.txt",
    )
    .at(span, "")
    .help("ajoutez, par exemple : lignes = [12]")
}
