//! Losses of a transcription that goes on: what is not begun is told once, what is begun once per row.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fate, Tiling};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{Tableau, TableauxThematique},
    source::Slug,
};

impl Tiling<'_> {
    /// Losses still to be told: subjects of which no row is begun, then the rest, in the order of the document.
    pub(super) fn pending(&self, files: &[TableauxThematique], diags: &mut Vec<Diagnostic>) {
        let subjects = self.unbegun_subjects();
        let grouped: BTreeSet<usize> = subjects.values().flatten().copied().collect();
        for (subject, lignes) in &subjects {
            diags.push(self.unbegun_subject(subject, lignes));
        }
        let mut prose: Vec<usize> = Vec::new();
        for ligne in self.lignes() {
            let tiles = self.on(ligne, None);
            let is_prose = !self.tiles[tiles[0]].in_table;
            if is_prose && tiles.iter().all(|tile| self.is_free(*tile)) {
                prose.push(ligne);
                continue;
            }
            self.lost_prose(&std::mem::take(&mut prose), files, diags);
            if is_prose {
                diags.extend(tiles.iter().flat_map(|tile| self.lost_texts(*tile, files)));
            } else if !grouped.contains(&ligne) {
                diags.extend(self.pending_row(ligne, &tiles, files));
            }
        }
        self.lost_prose(&prose, files, diags);
    }

    /// Thématiques all of whose rows are transcribed, as far as the rows that nobody claims can tell.
    pub(super) fn completes(&self) -> Vec<Slug> {
        let mut seen: BTreeMap<&Slug, (bool, BTreeSet<Tableau>)> = BTreeMap::new();
        let mut unclaimed = false;
        for (n, tile) in self.tiles.iter().enumerate().filter(|(_, tile)| tile.in_table) {
            let is_done = self.free_runs(n).is_empty() && !tile.fate.contains(&Fate::Altered);
            match self.owners.get(&tile.ligne) {
                Some((thematique, tableau)) => {
                    let (done, tables) =
                        seen.entry(thematique).or_insert_with(|| (true, BTreeSet::new()));
                    *done &= is_done;
                    tables.insert(*tableau);
                }
                None => unclaimed |= !is_done,
            }
        }
        let is_whole =
            |tables: &BTreeSet<Tableau>| !unclaimed || tables.len() == self.columns.len();
        let complete = seen.into_iter().filter(|(_, (done, tables))| *done && is_whole(tables));
        complete.map(|(thematique, _)| thematique.clone()).collect()
    }

    /// Subjects, as the first cells name them, that have several rows, none of which is begun: their lines.
    fn unbegun_subjects(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut subjects: BTreeMap<&str, (bool, Vec<usize>)> = BTreeMap::new();
        let mut current: Option<&str> = None;
        for ligne in self.lignes() {
            let tiles = self.on(ligne, None);
            let first = &self.tiles[tiles[0]];
            if !first.in_table {
                current = None;
                continue;
            }
            if first.colonne == 0 {
                current = Some(self.text(tiles[0]));
            }
            let Some(subject) = current else { continue };
            let (is_begun, lignes) = subjects.entry(subject).or_default();
            *is_begun |= self.owners.contains_key(&ligne);
            *is_begun |= !tiles.iter().all(|tile| self.is_free(*tile));
            lignes.push(ligne);
        }
        let unbegun = subjects.into_iter().filter(|(_, (begun, all))| !begun && all.len() > 1);
        unbegun.map(|(subject, (_, lignes))| (subject, lignes)).collect()
    }

    fn unbegun_subject(&self, subject: &str, lignes: &[usize]) -> Diagnostic {
        let words = french::first_words(&french::typography(subject), 60);
        let lines = ranges(lignes);
        Diagnostic::new(
            Code::TextePerdu,
            format!("« {words} » : rien n’est encore transcrit, lignes {lines} de la source"),
        )
        .at(&self.source.span_of_line(lignes.first().copied().unwrap_or(1)), "sa première rangée")
        .help("dans le fichier de sa thématique, donnez à chaque tableau ses lignes, et à chaque texte un bloc")
    }

    /// A row of a table, of which all that is missing is told at once.
    fn pending_row(
        &self,
        ligne: usize,
        tiles: &[usize],
        files: &[TableauxThematique],
    ) -> Vec<Diagnostic> {
        if let Some(lost) = tiles.first().and_then(|tile| self.lost_row(*tile, files)) {
            return vec![lost];
        }
        let runs: Vec<_> = tiles.iter().flat_map(|tile| self.free_runs(*tile)).collect();
        let [(first, range), _, ..] = runs.as_slice() else {
            return tiles.iter().flat_map(|tile| self.lost_texts(*tile, files)).collect();
        };
        let count = french::count(runs.len(), "texte n’est", "textes ne sont");
        let mut told = Diagnostic::new(
            Code::TextePerdu,
            format!("ligne {ligne} de la source : {count} pas encore publiés"),
        )
        .at(&self.span(*first, range.clone()), "le premier");
        if let Some(row) = self.row_of(ligne, files) {
            told = told.also(&row, "la rangée de ces textes");
        }
        for (tile, range) in runs {
            let lost = french::typography(&self.text(tile)[range]);
            let words = french::first_words(&lost, 60);
            told = told.help(match self.owner(tile) {
                Some(place) => format!("« {words} », {place}"),
                None => format!("« {words} »"),
            });
        }
        vec![told]
    }

    /// Lines of prose that follow each other, of which nothing is published.
    fn lost_prose(
        &self,
        lignes: &[usize],
        files: &[TableauxThematique],
        diags: &mut Vec<Diagnostic>,
    ) {
        // The first line of a document may be its title, which has its own advice.
        let title = self.tiles.first().filter(|tile| lignes.first() == Some(&tile.ligne));
        let (alone, lignes) = lignes.split_at(usize::from(title.is_some()));
        let tiles = |ligne: &usize| self.on(*ligne, None);
        let told = alone.iter().flat_map(tiles).flat_map(|tile| self.lost_texts(tile, files));
        diags.extend(told);
        let (Some(first), Some(last)) = (lignes.first(), lignes.last()) else { return };
        if first == last {
            diags.extend(tiles(first).into_iter().flat_map(|tile| self.lost_texts(tile, files)));
            return;
        }
        let words = |ligne: &usize| {
            let text = self.on(*ligne, None).first().map_or("", |tile| self.text(*tile));
            french::first_words(&french::typography(text), 40)
        };
        diags.push(
            Diagnostic::new(
                Code::TextePerdu,
                format!(
                    "lignes {} de la source : rien n’en est encore publié, de « {} » à « {} »",
                    ranges(lignes),
                    words(first),
                    words(last)
                ),
            )
            .at(&self.source.span_of_line(*first), "la première")
            .help("un titre va dans synthese.toml ou dans le fichier de sa thématique, une expérience dans « retex », un autre texte dans methode.md ou « textes »"),
        );
    }
}

/// « 59, 60 et 73–75 ».
fn ranges(lignes: &[usize]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for ligne in lignes {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *ligne => *last = *ligne,
            _ => runs.push((*ligne, *ligne)),
        }
    }
    let words = runs.into_iter().flat_map(|(first, last)| match last - first {
        0 => vec![first.to_string()],
        1 => vec![first.to_string(), last.to_string()],
        _ => vec![format!("{first}–{last}")],
    });
    french::enumerate(&words.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn lines_are_told_by_runs() {
        assert_eq!(ranges(&[59, 60, 73, 74, 75]), "59, 60 et 73–75");
        assert_eq!(ranges(&[4]), "4");
    }
}
