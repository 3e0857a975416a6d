//! Losses: source text that nothing publishes nor leaves out.

use std::ops::Range;

use super::Tiling;
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::TableauxThematique,
    source::Span,
};

/// Advice about a text that nothing publishes.
const ELSEWHERE: &str =
    "publiez-le, ou dites pourquoi il ne l’est pas dans [[exclusions]] de synthese.toml";

/// True of the address of a link, which a table does not publish.
pub(super) fn is_address(text: &str) -> bool {
    let begins = text.starts_with("https://") || text.starts_with("http://");
    begins && !text.contains(char::is_whitespace)
}

impl Tiling<'_> {
    /// Text that nothing publishes, once per text; a row, once for all its texts.
    pub(super) fn losses(&self, files: &[TableauxThematique], diags: &mut Vec<Diagnostic>) {
        let mut whole_row = 0;
        for tile in 0..self.tiles.len() {
            if self.tiles[tile].ligne == whole_row {
                continue;
            }
            if let Some(lost) = self.lost_row(tile, files) {
                whole_row = self.tiles[tile].ligne;
                diags.push(lost);
                continue;
            }
            diags.extend(self.lost_texts(tile, files));
        }
    }

    /// Words of a tile that nothing publishes, text by text.
    pub(super) fn lost_texts(&self, tile: usize, files: &[TableauxThematique]) -> Vec<Diagnostic> {
        let runs = self.free_runs(tile).into_iter();
        runs.map(|(_, range)| self.lost_text(tile, range, files)).collect()
    }

    fn lost_text(
        &self,
        tile: usize,
        range: Range<usize>,
        files: &[TableauxThematique],
    ) -> Diagnostic {
        if let Some(sign) = self.lost_sign(tile, &range) {
            return sign;
        }
        let lost = french::typography(&self.text(tile)[range.clone()]);
        let ligne = self.tiles[tile].ligne;
        let message = format!(
            "ligne {ligne} de la source : « {} » n’est publié nulle part",
            french::first_words(&lost, 80)
        );
        let is_link = self.tiles[tile].in_table && is_address(&lost);
        let mut diagnostic =
            Diagnostic::new(Code::TextePerdu, message).at(&self.span(tile, range), "texte perdu");
        if is_link {
            return diagnostic.help(format!(
                "c’est l’adresse d’un lien, et un tableau publie ses mots : dans synthese.toml, [[exclusions]] avec ligne = {ligne}, texte = \"{lost}\" et raison = \"Adresse d’un lien.\""
            ));
        }
        if let Some(expected) = self.owner(tile) {
            diagnostic = diagnostic.help(expected);
        }
        if let Some(span) = self.row_of(ligne, files) {
            diagnostic = diagnostic.also(&span, "la rangée de ce texte");
        }
        if tile == 0 && !self.tiles[tile].in_table {
            diagnostic = diagnostic.help(
                "si c’est le titre du document, écrivez-le tel quel comme « titre » de synthese.toml : il est alors publié en tête de la page",
            );
        }
        diagnostic.help(ELSEWHERE)
    }

    /// Place of the group of rows that claims a line.
    pub(super) fn row_of(&self, ligne: usize, files: &[TableauxThematique]) -> Option<Span> {
        let (thematique, tableau) = self.owners.get(&ligne)?;
        files.iter().find(|f| f.thematique == *thematique)?.spans().get(tableau).cloned()
    }

    /// A sign that begins a line, and that Markdown took for that of a list: the rest of the line is published.
    fn lost_sign(&self, tile: usize, range: &Range<usize>) -> Option<Diagnostic> {
        let sign = &self.text(tile)[range.clone()];
        let span = self.published_by.get(&tile).filter(|_| range.start == 0)?;
        if !["*", "-", "+"].contains(&sign) {
            return None;
        }
        let ligne = self.tiles[tile].ligne;
        let file = span.file.as_str().rsplit('/').next().unwrap_or_default();
        let lost = Diagnostic::new(
            Code::TextePerdu,
            format!("le « {sign} » qui commence la ligne {ligne} de la source n’est pas publié"),
        );
        Some(
            lost.at(span, "ce texte, dont le signe fait une liste")
                .also(&self.span(tile, range.clone()), "texte perdu")
                .help(format!("dans {file}, écrivez \\{sign} au début de ce texte")),
        )
    }

    /// A row of a table of which nothing is published, told once; `tile` is its first.
    pub(super) fn lost_row(&self, tile: usize, files: &[TableauxThematique]) -> Option<Diagnostic> {
        let ligne = self.tiles[tile].ligne;
        let tiles = self.on(ligne, None);
        let is_row = self.tiles[tile].in_table && tiles.len() > 1 && tiles[0] == tile;
        if !is_row || self.owners.contains_key(&ligne) || !tiles.iter().all(|t| self.is_free(*t)) {
            return None;
        }
        let texts: Vec<&str> = tiles.iter().map(|t| self.text(*t)).collect();
        let words = french::first_words(&french::typography(&texts.join(" · ")), 80);
        let message = format!(
            "ligne {ligne} de la source : aucun texte de la rangée « {words} » n’est publié"
        );
        let lost = Diagnostic::new(Code::TextePerdu, message)
            .at(&self.source.span_of_line(ligne), "rangée perdue");
        // A row whose first cell is empty goes on with the thématique of the row above.
        let above = self.owners.range(..ligne).next_back();
        let goes_on = self.tiles[tile].colonne > 0;
        let lost = match above.filter(|(above, _)| goes_on && self.rows_between(**above, ligne)) {
            Some((_, (thematique, tableau))) => {
                let id = self.columns.get(tableau).map_or("", |(id, _)| id.as_str());
                let file = files.iter().find(|f| f.thematique == *thematique);
                let row = file.and_then(|file| file.spans().get(tableau).cloned());
                let lost = lost.help(format!(
                    "ajoutez {ligne} à « lignes » de [{id}] dans {thematique}.toml, et un bloc pour chacun de ses textes"
                ));
                row.iter()
                    .fold(lost, |lost, row| lost.also(row, "la thématique de la rangée au-dessus"))
            }
            None => {
                lost.help("donnez cette ligne à sa thématique, et un bloc à chacun de ses textes")
            }
        };
        Some(
            lost.help(
                "ou dites pourquoi elle n’est pas publiée, dans [[exclusions]] de synthese.toml",
            ),
        )
    }

    /// True when every line between two that has a text is a row of a table.
    fn rows_between(&self, above: usize, below: usize) -> bool {
        (above + 1..below).flat_map(|ligne| self.on(ligne, None)).all(|t| self.tiles[t].in_table)
    }
}
