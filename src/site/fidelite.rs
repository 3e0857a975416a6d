//! Fidelity, source ↔ model: the source is tiled by published text and reasoned exclusions.
//!
//! Each text of origin synthèse consumes one occurrence on its lines, in order; a bloc of a table
//! consumes one whole segment of the cell whose column has its nature. What no text consumes and no
//! exclusion names is lost; what finds no free occurrence is not in the source. Comparison is on
//! [`fr::canonical`] form. Three passes: exact matches, then the texts left over are paired with
//! the source left over (altered, moved, invented), then what is still free is lost.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use sha2::{Digest, Sha256};

use super::{Atelier, difference::likeness, rapprochements::describe};
use crate::{
    diag::{Code, Diagnostic, Severity},
    fr,
    model::{EtatSynthese, Intitule, Nature, Tableau, TableauLigne, TableauxThematique},
    parse::{NOM_RETIRE, SourceDocument},
    source::{Slug, Span, Spanned},
};

/// Below this likeness two texts are not « the same, altered ».
const ALIKE: f32 = 0.5;

/// The tiling of a source, in visible characters of its canonical form, spaces aside.
#[derive(Clone, Debug, PartialEq)]
pub struct Fidelite {
    /// All of them.
    pub total: usize,
    /// Published.
    pub publies: usize,
    /// Excluded, with a reason.
    pub exclus: usize,
    /// Published with a difference.
    pub alteres: usize,
    /// Nowhere.
    pub perdus: usize,
}

impl Fidelite {
    /// Share of the source that is published as it is or excluded with a reason, in tenths of a
    /// percent rounded down: 1000 only when nothing at all is missing.
    pub fn pour_mille(&self) -> usize {
        ((self.publies + self.exclus) * 1000).checked_div(self.total).unwrap_or(1000)
    }

    /// The same as a reader sees it: `100 %`, `98,4 %`.
    pub fn affichage(&self) -> String {
        let share = self.pour_mille();
        if share.is_multiple_of(10) {
            format!("{}{}%", share / 10, fr::NBSP)
        } else {
            format!("{},{}{}%", share / 10, share % 10, fr::NBSP)
        }
    }
}

/// Proves a synthèse against its source.
pub(super) fn prove(
    atelier: &Atelier,
    tableaux: &[TableauxThematique],
    source: &SourceDocument,
    diags: &mut Vec<Diagnostic>,
) -> Fidelite {
    let before = diags.len();
    let mut tiling = Tiling::new(source);
    tiling.titles(atelier, tableaux, diags);
    tiling.methode(atelier, diags);
    tiling.fiches(atelier, diags);
    tiling.tables(atelier, tableaux, diags);
    tiling.exclusions(atelier, diags);
    tiling.pair_leftovers(diags);
    tiling.losses(tableaux, diags);
    sections(atelier, source, diags);
    withdrawals(atelier, source, diags);
    if atelier.synthese.etat == EtatSynthese::EnCours {
        for diagnostic in &mut diags[before..] {
            if diagnostic.severity == Severity::Erreur && is_a_gap(diagnostic.code) {
                diagnostic.severity = Severity::Avertissement;
            }
        }
    }
    tiling.count()
}

/// What a synthèse being transcribed is allowed to have.
fn is_a_gap(code: Code) -> bool {
    matches!(
        code,
        Code::TextePerdu | Code::TexteAltere | Code::TexteHorsSource | Code::TexteDeplace
    )
}

/// What became of a character of the source.
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
}

struct Tiling<'a> {
    source: &'a SourceDocument,
    tiles: Vec<Tile>,
    leftovers: Vec<Leftover>,
    /// Which row of which table claims a line.
    owners: BTreeMap<usize, (Slug, Tableau)>,
    columns: BTreeMap<Tableau, Vec<Vec<Nature>>>,
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
            owners: BTreeMap::new(),
            columns: BTreeMap::new(),
        }
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

    /// The tiles of a line; of a cell when `colonne` is given.
    fn on(&self, ligne: usize, colonne: Option<usize>) -> Vec<usize> {
        let here = |t: &Tile| t.ligne == ligne && colonne.is_none_or(|c| c == t.colonne);
        (0..self.tiles.len()).filter(|i| here(&self.tiles[*i])).collect()
    }

    // ---- prose: titles, method, fiches ------------------------------------------------------

    fn titles(&mut self, atelier: &Atelier, files: &[TableauxThematique], diags: &mut Vec<Diagnostic>) {
        if let Some(retex) = &atelier.synthese.retex {
            self.title(retex, diags);
        }
        for entete in atelier.synthese.tableaux.values() {
            self.title(&entete.intitule, diags);
        }
        for retex in files.iter().filter_map(|file| file.retex.as_ref()) {
            self.title(retex, diags);
        }
    }

    fn title(&mut self, intitule: &Intitule, diags: &mut Vec<Diagnostic>) {
        let Some(lignes) = &intitule.lignes else {
            diags.push(missing_lines(&intitule.titre.span));
            return;
        };
        self.prose(&[Part::text("titre", &intitule.titre)], lignes, diags);
    }

    fn methode(&mut self, atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
        let Some((corps, lignes)) = &atelier.synthese.methode else { return };
        let Some(lignes) = lignes else {
            diags.push(missing_lines(&corps.span));
            return;
        };
        let parts: Vec<Part> =
            corps.blocs.iter().map(|bloc| Part::text("texte de méthode", bloc)).collect();
        self.prose(&parts, lignes, diags);
    }

    fn fiches(&mut self, atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
        for fiche in &atelier.fiches {
            let Some(lignes) = &fiche.lignes else { continue };
            let mut parts = Vec::new();
            if let Some(titre) = &fiche.titre {
                parts.push(Part { separated: true, ..Part::text("titre de la fiche", titre) });
            }
            parts.extend(fiche.corps.blocs.iter().map(|b| Part::text("texte de la fiche", b)));
            for lien in &fiche.liens {
                parts.push(Part::text("lien", lien.url_source.as_ref().unwrap_or(&lien.texte)));
            }
            self.prose(&parts, lignes, diags);
        }
    }

    /// Consumes texts one after the other on lines of prose.
    fn prose(&mut self, parts: &[Part], lignes: &Spanned<Vec<usize>>, diags: &mut Vec<Diagnostic>) {
        let mut tiles = Vec::new();
        for numero in &lignes.value {
            let here = self.on(*numero, None);
            if here.is_empty() {
                diags.push(self.no_such_line(*numero, &lignes.span));
            } else if self.tiles[here[0]].in_table {
                diags.push(
                    Diagnostic::new(
                        Code::LigneInvalide,
                        format!("la ligne {numero} de la source est celle d’un tableau"),
                    )
                    .at(&lignes.span, "")
                    .also(&self.source.span_of_line(*numero), "cette ligne"),
                );
            } else {
                tiles.extend(here);
            }
        }
        let buffer = Buffer::of(self, &tiles);
        let mut cursor = 0;
        for part in parts {
            let wanted = fr::canonical(&part.texte);
            match buffer.find(&wanted, cursor) {
                Some(range) => {
                    buffer.consume(self, range.clone());
                    cursor = range.end;
                    if part.separated {
                        cursor = buffer.consume_separator(self, cursor);
                    }
                }
                None => self.leftovers.push(Leftover {
                    span: part.span.clone(),
                    texte: wanted,
                    quoi: part.quoi,
                    near: tiles.clone(),
                }),
            }
        }
    }

    fn no_such_line(&self, numero: usize, span: &Span) -> Diagnostic {
        let what = if numero > self.source.lignes.len() {
            format!("la source n’a que {} lignes : pas de ligne {numero}", self.source.lignes.len())
        } else {
            format!("la ligne {numero} de la source est vide")
        };
        Diagnostic::new(Code::LigneInvalide, what).at(span, "")
    }

    // ---- tables -----------------------------------------------------------------------------

    fn tables(&mut self, atelier: &Atelier, files: &[TableauxThematique], diags: &mut Vec<Diagnostic>) {
        for (tableau, entete) in &atelier.synthese.tableaux {
            let natures = entete.colonnes.iter().map(|c| c.natures.clone()).collect();
            self.columns.insert(*tableau, natures);
            match &entete.lignes_colonnes {
                Some(lignes) => {
                    for numero in &lignes.value {
                        if self.on(*numero, None).is_empty() {
                            diags.push(self.no_such_line(*numero, &lignes.span));
                        }
                    }
                    for (colonne, heading) in entete.colonnes.iter().enumerate() {
                        self.heading(colonne, &heading.texte, &lignes.value);
                    }
                }
                None => diags.push(missing_lines(&entete.intitule.titre.span)),
            }
        }
        for file in files {
            for (tableau, row) in &file.lignes {
                self.row(&file.thematique, *tableau, row, diags);
            }
        }
    }

    fn heading(&mut self, colonne: usize, heading: &Spanned<String>, lignes: &[usize]) {
        let near: Vec<usize> = lignes.iter().flat_map(|l| self.on(*l, Some(colonne))).collect();
        let texte = fr::canonical(&heading.value);
        let exact = near.iter().copied().find(|t| self.is_free(*t) && self.text(*t) == texte);
        match exact {
            Some(tile) => self.set_all(tile, Fate::Published),
            None => self.leftovers.push(Leftover {
                span: heading.span.clone(),
                texte,
                quoi: "intitulé de colonne",
                near,
            }),
        }
    }

    fn row(&mut self, thematique: &Slug, tableau: Tableau, row: &TableauLigne, diags: &mut Vec<Diagnostic>) {
        let Some(lignes) = &row.lignes else {
            diags.push(missing_lines(&row.span));
            return;
        };
        for numero in &lignes.value {
            if self.on(*numero, None).first().is_none_or(|t| !self.tiles[*t].in_table) {
                diags.push(
                    Diagnostic::new(
                        Code::LigneInvalide,
                        format!("la ligne {numero} de la source n’est pas celle d’un tableau"),
                    )
                    .at(&lignes.span, ""),
                );
            } else if let Some((other, _)) =
                self.owners.insert(*numero, (thematique.clone(), tableau))
            {
                diags.push(
                    Diagnostic::new(
                        Code::LigneInvalide,
                        format!("la ligne {numero} est déjà celle de « {other} »"),
                    )
                    .at(&lignes.span, ""),
                );
            }
        }
        for bloc in &row.blocs {
            if let Some(own) = &bloc.lignes
                && own.value.iter().any(|l| !lignes.value.contains(l))
            {
                diags.push(
                    Diagnostic::new(
                        Code::LigneInvalide,
                        "ce bloc n’est pas sur les lignes de sa rangée",
                    )
                    .at(&own.span, "")
                    .also(&lignes.span, "lignes de la rangée"),
                );
            }
        }
        let natures = self.columns.get(&tableau).cloned().unwrap_or_default();
        for (colonne, natures) in natures.iter().enumerate() {
            self.cell(colonne, natures, row, &lignes.value);
        }
    }

    /// Aligns the blocs of a column with its segments: the longest common sequence, so that one
    /// altered bloc does not shift the others. A bloc cut by a page break takes one segment of each
    /// of its lines, next to each other.
    fn cell(&mut self, colonne: usize, natures: &[Nature], row: &TableauLigne, lignes: &[usize]) {
        let tiles: Vec<usize> = lignes.iter().flat_map(|l| self.on(*l, Some(colonne))).collect();
        let first = lignes.first().copied().unwrap_or(0);
        let mut wanted = Vec::new();
        for nature in natures {
            for bloc in row.blocs.iter().filter(|b| b.nature == *nature) {
                let own = bloc.lignes.as_ref().map_or_else(|| vec![first], |l| l.value.clone());
                wanted.push((bloc, fr::canonical(&bloc.texte()), own));
            }
        }
        let fits = |w: usize, t: usize| -> bool {
            let (_, texte, own) = &wanted[w];
            let Some(run) = tiles.get(t..t + own.len()) else { return false };
            let on_its_lines = run.iter().zip(own).all(|(t, l)| self.tiles[*t].ligne == *l);
            let parts: Vec<&str> = run.iter().map(|t| self.text(*t)).collect();
            on_its_lines && parts.join(" ") == *texte
        };
        let (n, m) = (wanted.len(), tiles.len());
        let mut best = vec![vec![0_usize; m + 1]; n + 1];
        for w in (0..n).rev() {
            for t in (0..m).rev() {
                let mut score = best[w + 1][t].max(best[w][t + 1]);
                if fits(w, t) {
                    score = score.max(1 + best[w + 1][t + wanted[w].2.len()]);
                }
                best[w][t] = score;
            }
        }
        let (mut w, mut t) = (0, 0);
        let mut published = Vec::new();
        let mut leftovers = Vec::new();
        while w < n {
            if t < m && fits(w, t) && best[w][t] == 1 + best[w + 1][t + wanted[w].2.len()] {
                published.extend_from_slice(&tiles[t..t + wanted[w].2.len()]);
                t += wanted[w].2.len();
                w += 1;
            } else if t < m && best[w][t] == best[w][t + 1] {
                t += 1;
            } else {
                leftovers.push(w);
                w += 1;
            }
        }
        for w in leftovers {
            let (bloc, texte, _) = &wanted[w];
            self.leftovers.push(Leftover {
                span: bloc.textes[0].span.clone(),
                texte: texte.clone(),
                quoi: bloc.nature.label(),
                near: tiles.clone(),
            });
        }
        for tile in published {
            self.set_all(tile, Fate::Published);
        }
    }

    // ---- exclusions -------------------------------------------------------------------------

    fn exclusions(&mut self, atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
        for exclusion in &atelier.synthese.exclusions {
            let tiles = self.on(exclusion.ligne.value, None);
            if tiles.is_empty() {
                diags.push(self.no_such_line(exclusion.ligne.value, &exclusion.ligne.span));
                continue;
            }
            let buffer = Buffer::of(self, &tiles);
            match buffer.find(&fr::canonical(&exclusion.texte.value), 0) {
                Some(range) => buffer.mark(self, range, Fate::Excluded),
                None => diags.push(
                    Diagnostic::new(
                        Code::ExclusionSansObjet,
                        format!(
                            "ce texte n’est pas libre à la ligne {} de la source : rien à exclure",
                            exclusion.ligne.value
                        ),
                    )
                    .at(&exclusion.texte.span, "")
                    .also(&self.source.span_of_line(exclusion.ligne.value), "la ligne de la source"),
                ),
            }
        }
    }

    // ---- what is left -----------------------------------------------------------------------

    fn pair_leftovers(&mut self, diags: &mut Vec<Diagnostic>) {
        for leftover in std::mem::take(&mut self.leftovers) {
            let diagnostic = self.explain(&leftover);
            diags.push(diagnostic);
        }
    }

    fn explain(&mut self, leftover: &Leftover) -> Diagnostic {
        let quoi = fr::uncapitalized(leftover.quoi);
        // The free text of its own lines that is most like it.
        let near = leftover.near.iter().flat_map(|t| self.free_runs(*t));
        if let Some((tile, range, _)) = most_alike(self, near, &leftover.texte) {
            let received = self.text(tile)[range.clone()].trim().to_string();
            let place = self.span(tile, range.clone());
            let ligne = self.tiles[tile].ligne;
            self.set(tile, range, Fate::Altered);
            return Diagnostic::new(
                Code::TexteAltere,
                format!("{quoi} différent de la ligne {ligne} de la source"),
            )
            .at(&leftover.span, describe(&received, &leftover.texte))
            .also(&place, "texte reçu")
            .aide(format!("texte reçu : « {received} »"));
        }
        // The same text, free, somewhere else.
        let elsewhere = (0..self.tiles.len()).find_map(|tile| {
            let range = free_occurrence(self.text(tile), &self.tiles[tile].fate, &leftover.texte)?;
            Some((tile, range))
        });
        if let Some((tile, range)) = elsewhere {
            let place = self.span(tile, range.clone());
            let (ligne, owner) = (self.tiles[tile].ligne, self.owner(tile));
            self.set(tile, range, Fate::Altered);
            return Diagnostic::new(
                Code::TexteDeplace,
                format!("ce texte n’est pas à sa place : la source l’a à la ligne {ligne}"),
            )
            .at(&leftover.span, quoi)
            .also(&place, owner.unwrap_or_else(|| "sa place".into()));
        }
        // Nowhere: the nearest text, if any, even one that is already published.
        let own = leftover.near.iter().copied();
        let all = own.chain(0..self.tiles.len()).map(|t| (t, 0..self.text(t).len()));
        let diagnostic = Diagnostic::new(
            Code::TexteHorsSource,
            format!("{quoi} sans place libre dans la source"),
        )
        .at(&leftover.span, "aucune occurrence libre");
        match most_alike(self, all, &leftover.texte) {
            Some((tile, range, likeness)) => {
                let ligne = self.tiles[tile].ligne;
                let said = if likeness >= 1.0 {
                    format!("la ligne {ligne} de la source a ce texte, mais un autre bloc le publie déjà")
                } else {
                    format!(
                        "texte le plus proche, ligne {ligne} de la source : « {} »",
                        fr::first_words(self.text(tile), 120)
                    )
                };
                diagnostic.also(&self.span(tile, range), "texte le plus proche").aide(said)
            }
            None => diagnostic.aide("ce qui n’est pas dans le document reçu ne peut pas prétendre en venir"),
        }
    }

    /// Ranges of a tile that nothing consumed, spaces at their ends aside.
    fn free_runs(&self, tile: usize) -> Vec<(usize, Range<usize>)> {
        let (text, fate) = (self.text(tile), &self.tiles[tile].fate);
        let mut runs = Vec::new();
        let mut start = None;
        for i in 0..=fate.len() {
            let free = fate.get(i) == Some(&Fate::Free);
            match (free, start) {
                (true, None) => start = Some(i),
                (false, Some(from)) => {
                    let run = &text[from..i];
                    let trimmed = run.trim();
                    if !trimmed.is_empty() {
                        let lead = run.len() - run.trim_start().len();
                        runs.push((tile, from + lead..from + lead + trimmed.len()));
                    }
                    start = None;
                }
                _ => {}
            }
        }
        runs
    }

    fn losses(&self, files: &[TableauxThematique], diags: &mut Vec<Diagnostic>) {
        for tile in 0..self.tiles.len() {
            for (_, range) in self.free_runs(tile) {
                let lost = &self.text(tile)[range.clone()];
                let ligne = self.tiles[tile].ligne;
                let mut diagnostic = Diagnostic::new(
                    Code::TextePerdu,
                    format!("ligne {ligne} de la source : « {} » n’est publié nulle part", fr::first_words(lost, 80)),
                )
                .at(&self.span(tile, range), "texte perdu");
                if let Some(expected) = self.owner(tile) {
                    diagnostic = diagnostic.aide(expected);
                }
                if let Some((thematique, tableau)) = self.owners.get(&ligne)
                    && let Some(file) = files.iter().find(|f| f.thematique == *thematique)
                    && let Some(span) = file.spans().get(tableau)
                {
                    diagnostic = diagnostic.also(span, "la rangée de ce texte");
                }
                diags.push(diagnostic.aide(
                    "publiez-le, ou dites pourquoi il ne l’est pas dans [[exclusions]] de synthese.toml",
                ));
            }
        }
    }

    /// Where the source puts a tile of a table, in words.
    fn owner(&self, tile: usize) -> Option<String> {
        let t = &self.tiles[tile];
        let (thematique, tableau) = self.owners.get(&t.ligne)?;
        let natures = self.columns.get(tableau)?.get(t.colonne)?;
        let names: Vec<&str> = natures.iter().map(|n| n.slug()).collect();
        Some(format!(
            "sa place : {thematique}.toml, tableau « {} », {}",
            tableau.slug(),
            names.join(" ou ")
        ))
    }

    fn count(&self) -> Fidelite {
        let mut f = Fidelite { total: 0, publies: 0, exclus: 0, alteres: 0, perdus: 0 };
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

/// A text to be found in prose.
struct Part {
    quoi: &'static str,
    texte: String,
    span: Span,
    /// Its separator (« : ») is consumed with it.
    separated: bool,
}

impl Part {
    fn text(quoi: &'static str, text: &Spanned<String>) -> Self {
        Self { quoi, texte: text.value.clone(), span: text.span.clone(), separated: false }
    }
}

/// Several tiles as one text, joined by spaces.
struct Buffer {
    text: String,
    /// For each byte, its tile and byte there; `None` for a joining space.
    origin: Vec<Option<(usize, usize)>>,
    free: Vec<bool>,
}

impl Buffer {
    fn of(tiling: &Tiling<'_>, tiles: &[usize]) -> Self {
        let mut buffer = Self { text: String::new(), origin: Vec::new(), free: Vec::new() };
        for (i, tile) in tiles.iter().enumerate() {
            if i > 0 {
                buffer.text.push(' ');
                buffer.origin.push(None);
                buffer.free.push(true);
            }
            let text = tiling.text(*tile);
            buffer.text.push_str(text);
            buffer.origin.extend((0..text.len()).map(|b| Some((*tile, b))));
            buffer.free.extend(tiling.tiles[*tile].fate.iter().map(|f| *f == Fate::Free));
        }
        buffer
    }

    fn find(&self, wanted: &str, from: usize) -> Option<Range<usize>> {
        let tail = self.text.get(from..)?;
        let found = tail.match_indices(wanted).map(|(at, _)| from + at..from + at + wanted.len());
        let mut whole = found.filter(|r| !wanted.is_empty() && whole_words(&self.text, r));
        whole.find(|r| self.free[r.clone()].iter().all(|f| *f))
    }

    fn consume(&self, tiling: &mut Tiling<'_>, range: Range<usize>) {
        self.mark(tiling, range, Fate::Published);
    }

    fn mark(&self, tiling: &mut Tiling<'_>, range: Range<usize>, fate: Fate) {
        for (tile, byte) in self.origin[range].iter().flatten() {
            tiling.tiles[*tile].fate[*byte] = fate;
        }
    }

    /// The `:` after a received title, when text follows on the same line.
    fn consume_separator(&self, tiling: &mut Tiling<'_>, from: usize) -> usize {
        let rest = &self.text[from..];
        let lead = rest.len() - rest.trim_start().len();
        let at = from + lead;
        if rest[lead..].starts_with(':') && self.text[at + 1..].trim_start().len() > 1 {
            self.consume(tiling, at..at + 1);
            at + 1
        } else {
            from
        }
    }
}

fn whole_words(text: &str, range: &Range<usize>) -> bool {
    let inner = &text[range.clone()];
    let letter = |c: char| c.is_alphanumeric();
    let cut_before = text[..range.start].ends_with(letter) && inner.starts_with(letter);
    let cut_after = text[range.end..].starts_with(letter) && inner.ends_with(letter);
    !cut_before && !cut_after
}

fn free_occurrence(text: &str, fate: &[Fate], wanted: &str) -> Option<Range<usize>> {
    let mut found = text.match_indices(wanted).map(|(at, _)| at..at + wanted.len());
    found.find(|r| {
        !wanted.is_empty() && whole_words(text, r) && fate[r.clone()].iter().all(|f| *f == Fate::Free)
    })
}

fn most_alike(
    tiling: &Tiling<'_>,
    candidates: impl Iterator<Item = (usize, Range<usize>)>,
    wanted: &str,
) -> Option<(usize, Range<usize>, f32)> {
    let scored = candidates.map(|(tile, range)| {
        let score = likeness(&tiling.text(tile)[range.clone()], wanted);
        (tile, range, score)
    });
    // The first of equals: the order of the source.
    scored.filter(|(_, _, score)| *score >= ALIKE).reduce(|a, b| if b.2 > a.2 { b } else { a })
}

fn missing_lines(span: &Span) -> Diagnostic {
    Diagnostic::new(Code::CleManquante, "il manque « lignes » : la place de ce texte dans source.txt")
        .at(span, "")
        .aide("ajoutez par exemple lignes = [12]")
}

/// A fiche stands under the heading of its thématique.
fn sections(atelier: &Atelier, source: &SourceDocument, diags: &mut Vec<Diagnostic>) {
    let mut headings: Vec<(usize, &Slug)> = Vec::new();
    for (thematique, intitule) in &atelier.intitules_retex {
        let first = intitule.lignes.as_ref().and_then(|l| l.value.first());
        headings.extend(first.map(|l| (*l, thematique)));
    }
    headings.sort_unstable();
    for fiche in &atelier.fiches {
        let Some(first) = fiche.lignes.as_ref().and_then(|l| l.value.first()) else { continue };
        let Some((ligne, under)) = headings.iter().rfind(|(l, _)| l < first) else { continue };
        if **under != fiche.thematique.value {
            diags.push(
                Diagnostic::new(
                    Code::TexteDeplace,
                    format!("la source place cette fiche sous « {under} »"),
                )
                .at(&fiche.thematique.span, "")
                .also(&source.span_of_line(*ligne), "intitulé au-dessus de la fiche"),
            );
        }
    }
}

/// The document is the one received, or each withdrawal is written down.
fn withdrawals(atelier: &Atelier, source: &SourceDocument, diags: &mut Vec<Diagnostic>) {
    let synthese = &atelier.synthese;
    let recorded: BTreeSet<usize> = synthese.retraits.iter().map(|r| r.ligne.value).collect();
    for retrait in &synthese.retraits {
        let line = source.ligne(retrait.ligne.value).map(|l| &source.texte[l.octets.clone()]);
        if !line.is_some_and(|text| text.contains(NOM_RETIRE)) {
            diags.push(
                Diagnostic::new(
                    Code::RetraitInvalide,
                    format!("la ligne {} de la source ne porte pas « {NOM_RETIRE} »", retrait.ligne.value),
                )
                .at(&retrait.ligne.span, ""),
            );
        }
    }
    for line in &source.lignes {
        if source.texte[line.octets.clone()].contains(NOM_RETIRE) && !recorded.contains(&line.numero) {
            diags.push(
                Diagnostic::new(Code::RetraitInvalide, "ce retrait n’est pas consigné")
                    .at(&source.span_of_line(line.numero), "")
                    .aide("ajoutez [[retraits]] dans synthese.toml : ligne, date, motif — jamais le nom"),
            );
        }
    }
    let Some(recorded_hash) = &synthese.sha256 else { return };
    let actual: String =
        Sha256::digest(source.texte.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    if synthese.retraits.is_empty() && recorded_hash.value != actual {
        diags.push(
            Diagnostic::new(
                Code::EmpreinteDifferente,
                "source.txt n’est pas le document reçu : son empreinte SHA-256 diffère",
            )
            .at(&recorded_hash.span, format!("empreinte actuelle : {actual}"))
            .aide("remettez le document reçu, octet pour octet ; un nom se retire par [[retraits]]"),
        );
    }
}
