//! Tables: each bloc takes one whole segment of the cell whose column has its nature.

use std::collections::BTreeSet;

use super::{Fate, Leftover, Misplaced, Tiling, missing_lines, prose::no_line};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{Bloc, Nature, Tableau, TableauLigne},
    site::Atelier,
    source::{Slug, Span, Spanned},
};

impl Tiling<'_> {
    pub(super) fn tables(&mut self, atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
        for (tableau, entete) in &atelier.synthese.tableaux {
            let natures = entete.colonnes.iter().map(|c| c.natures.clone()).collect();
            self.columns.insert(*tableau, natures);
            let lignes = entete.lignes_colonnes.as_ref().map_or(&[][..], |l| l.value.as_slice());
            let mut said = false;
            match &entete.lignes_colonnes {
                Some(written) => {
                    for numero in lignes.iter().filter(|l| self.on(**l, None).is_empty()) {
                        diags.push(self.no_such_line(*numero, &written.span));
                        said = true;
                    }
                }
                None => {
                    diags.push(missing_heading_lines(&entete.intitule.titre.span));
                    said = true;
                }
            }
            for (colonne, heading) in entete.colonnes.iter().enumerate() {
                self.heading(colonne, &heading.texte, lignes, said);
            }
        }
        for file in &atelier.tableaux {
            for (tableau, row) in &file.lignes {
                self.row(&file.thematique, *tableau, row, diags);
            }
        }
    }

    fn heading(&mut self, colonne: usize, heading: &Spanned<String>, lignes: &[usize], said: bool) {
        let near: Vec<usize> = lignes.iter().flat_map(|l| self.on(*l, Some(colonne))).collect();
        let texte = french::canonical(&heading.value);
        let exact = near.iter().copied().find(|t| self.is_free(*t) && self.text(*t) == texte);
        match exact {
            Some(tile) => self.set_all(tile, Fate::Published),
            None => self.leftovers.push(Leftover {
                span: heading.span.clone(),
                texte,
                quoi: "intitulé de colonne",
                near,
                separated: false,
                said,
            }),
        }
    }

    fn row(
        &mut self,
        thematique: &Slug,
        tableau: Tableau,
        row: &TableauLigne,
        diags: &mut Vec<Diagnostic>,
    ) {
        let Some(lignes) = &row.lignes else {
            diags.push(missing_lines(&row.span));
            self.leftovers.extend(row.blocs.iter().map(|bloc| leftover(bloc, Vec::new(), true)));
            return;
        };
        let mut why = no_line(lignes);
        for numero in &lignes.value {
            let wrong = if self.on(*numero, None).first().is_none_or(|t| !self.tiles[*t].in_table) {
                format!("la ligne {numero} de la source n’est pas celle d’un tableau")
            } else if let Some((other, _)) = self.owners.get(numero) {
                format!("la ligne {numero} est déjà celle de « {other} »")
            } else {
                self.owners.insert(*numero, (thematique.clone(), tableau));
                continue;
            };
            let wrong = Diagnostic::new(Code::LigneInvalide, wrong).at(&lignes.span, "");
            why = why.or(Some(wrong));
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
                    .also(&lignes.span, "lignes de la rangée")
                    .help("corrigez cette clé, ou supprimez-la : le bloc est alors sur la première ligne"),
                );
            }
        }
        let natures = self.columns.get(&tableau).cloned().unwrap_or_default();
        let before = self.leftovers.len();
        for (colonne, natures) in natures.iter().enumerate() {
            self.cell(colonne, natures, row, &lignes.value);
        }
        let missing = self.leftovers.len() - before;
        if why.is_some() || missing > 0 && missing == row.blocs.len() {
            let texts = self.leftovers.split_off(before);
            let (lignes, right) = (lignes.clone(), BTreeSet::new());
            self.misplaced.push(Misplaced { texts, in_table: true, lignes, right, why });
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
                wanted.push((bloc, french::canonical(&bloc.texte()), own));
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
            let (bloc, _, own) = &wanted[w];
            let said = own.iter().any(|l| !lignes.contains(l));
            self.leftovers.push(leftover(bloc, tiles.clone(), said));
        }
        for tile in published {
            self.set_all(tile, Fate::Published);
        }
    }
}

fn leftover(bloc: &Bloc, near: Vec<usize>, said: bool) -> Leftover {
    let (span, texte) = (bloc.textes[0].span.clone(), french::canonical(&bloc.texte()));
    Leftover { span, texte, quoi: bloc.nature.label(), near, separated: false, said }
}

fn missing_heading_lines(span: &Span) -> Diagnostic {
    Diagnostic::new(
        Code::CleManquante,
        "il manque « lignes_colonnes » : la place des titres de colonnes dans source.txt",
    )
    .at(span, "")
    .help("ajoutez, par exemple : lignes_colonnes = [12]")
}
