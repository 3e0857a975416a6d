//! What matched nothing: texts altered, moved or invented, and source text that is lost.

use std::ops::Range;

use super::{ALIKE, Fate, Leftover, Tiling, prose::whole_words};
use crate::{
    diag::{Code, Diagnostic},
    fr,
    model::TableauxThematique,
    site::{difference::likeness, rapprochements::describe},
};

impl Tiling<'_> {
    pub(super) fn pair_leftovers(&mut self, diags: &mut Vec<Diagnostic>) {
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

    pub(super) fn losses(&self, files: &[TableauxThematique], diags: &mut Vec<Diagnostic>) {
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
