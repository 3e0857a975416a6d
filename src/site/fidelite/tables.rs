//! Tables: each bloc takes one whole segment of the cell whose column has its nature.

use super::{Fate, Leftover, Tiling, missing_lines};
use crate::{
    diag::{Code, Diagnostic},
    fr,
    model::{Nature, Tableau, TableauLigne, TableauxThematique},
    site::Atelier,
    source::{Slug, Spanned},
};

impl Tiling<'_> {
    pub(super) fn tables(&mut self, atelier: &Atelier, files: &[TableauxThematique], diags: &mut Vec<Diagnostic>) {
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
}
