//! Tables: each bloc takes one whole segment of the cell whose column has its nature.

use std::collections::{BTreeMap, BTreeSet};

use super::{Fate, Leftover, Misplaced, RowOfBloc, Tiling, missing_lines, prose::no_line};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{Bloc, Colonne, Nature, Tableau, TableauEntete, TableauLigne},
    site::{Atelier, rangees_des_lignes},
    source::{Slug, Span, Spanned, slugify},
};

impl Tiling<'_> {
    pub(super) fn tables(&mut self, atelier: &Atelier, diags: &mut Vec<Diagnostic>) {
        for (tableau, entete) in &atelier.synthese.tableaux {
            let columns = (entete.id.value.clone(), entete.colonnes.clone());
            self.columns.insert(*tableau, columns);
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
            if let Some(other) = self.undeclared_column(entete, lignes) {
                diags.push(other);
                self.columns.remove(tableau);
                self.lines_of(atelier, *tableau).chain(lignes.iter().copied()).for_each(|ligne| {
                    self.on(ligne, None).into_iter().for_each(|t| self.set_all(t, Fate::Altered));
                });
                continue;
            }
            for (colonne, heading) in entete.colonnes.iter().enumerate() {
                self.heading(colonne, heading, lignes, said);
            }
        }
        for file in &atelier.tableaux {
            let proved = |tableau: &Tableau| self.columns.contains_key(tableau);
            let rows: Vec<_> = file.lignes.iter().filter(|(tableau, _)| proved(tableau)).collect();
            for (tableau, row) in rows {
                self.row(&file.thematique, *tableau, row, diags);
            }
        }
    }

    /// A column of the document that the table does not declare, when it has more columns: nothing else of the table can
    /// be proved.
    fn undeclared_column(&self, entete: &TableauEntete, lignes: &[usize]) -> Option<Diagnostic> {
        let widest = lignes.iter().filter_map(|l| self.source.ligne(*l)).map(|l| l.cellules.len());
        let (there, declared) = (widest.max()?, entete.colonnes.len());
        if there <= declared {
            return None;
        }
        let known: Vec<String> =
            entete.colonnes.iter().map(|c| french::canonical(&c.texte.value)).collect();
        let tiles = (0..there).flat_map(|n| lignes.iter().flat_map(move |l| self.on(*l, Some(n))));
        let tile = tiles.into_iter().find(|t| !known.iter().any(|k| k == self.text(*t)))?;
        let heading = french::typography(self.text(tile));
        let cle = slugify(&heading);
        let place = self.span(tile, 0..self.text(tile).len());
        Some(
            Diagnostic::new(
                Code::CleManquante,
                format!("la colonne « {heading} » du document n’est pas déclarée"),
            )
            .at(&entete.id.span, "ce tableau")
            .also(&place, "dans le document reçu")
            .help(format!(
                "ajoutez-la à sa place dans « colonnes » : {{ texte = \"{heading}\", natures = [\"…\"] }}, ou {{ texte = \"{heading}\", cle = \"{cle}\" }} quand ce n’est aucune des natures connues"
            ))
            .help("pour ne pas la publier, ajoutez-lui : exclure = \"pourquoi\""),
        )
    }

    /// The lines that files claim for a table.
    fn lines_of(&self, atelier: &Atelier, tableau: Tableau) -> impl Iterator<Item = usize> + use<> {
        let rows = atelier.tableaux.iter().filter_map(|file| file.lignes.get(&tableau));
        let lines = rows.filter_map(|row| row.lignes.as_ref()).flat_map(|l| l.value.clone());
        lines.collect::<Vec<_>>().into_iter()
    }

    fn heading(&mut self, colonne: usize, column: &Colonne, lignes: &[usize], said: bool) {
        let heading = &column.texte;
        let near: Vec<usize> = lignes.iter().flat_map(|l| self.on(*l, Some(colonne))).collect();
        let texte = french::canonical(&heading.value);
        let exact = near.iter().copied().find(|t| self.is_free(*t) && self.text(*t) == texte);
        match exact {
            Some(tile) if column.exclure.is_some() => self.set_all(tile, Fate::Excluded),
            Some(tile) => self.set_all(tile, Fate::Published),
            None => self.leftovers.push(Leftover {
                span: heading.span.clone(),
                texte,
                quoi: "intitulé de colonne",
                near,
                row: None,
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
            self.leftovers
                .extend(row.blocs.iter().map(|bloc| leftover(bloc, Vec::new(), &[], true)));
            return;
        };
        let gone = self.gone.contains(&lignes.span).then(|| gone(lignes));
        let mut why = no_line(lignes).or(gone);
        for numero in lignes.value.iter().filter(|_| !self.gone.contains(&lignes.span)) {
            let wrong = if self.on(*numero, None).first().is_none_or(|t| !self.tiles[*t].in_table) {
                format!("la ligne {numero} de la source n’est pas celle d’un tableau")
            } else if let Some((other, _)) = self.owners.get(numero) {
                format!("la ligne {numero} est déjà celle de « {other} »")
            } else {
                self.owners.insert(*numero, (thematique.clone(), tableau));
                continue;
            };
            let wrong = self.not_a_row(*numero, wrong).at(&lignes.span, "");
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
        let columns = self.columns.get(&tableau).map(|(_, columns)| columns.clone());
        let before = self.leftovers.len();
        for (n, colonne) in columns.iter().flatten().enumerate() {
            if colonne.exclure.is_some() {
                self.set_aside(n, &lignes.value);
            } else {
                self.cell(n, row, &lignes.value);
            }
        }
        let missing = self.leftovers.len() - before;
        if why.is_some() || missing > 0 && missing == row.blocs.len() {
            let texts = self.leftovers.split_off(before);
            let (lignes, right) = (lignes.clone(), BTreeSet::new());
            self.misplaced.push(Misplaced { texts, in_table: true, lignes, right, why });
        }
    }

    /// Diagnostic about a line that cannot be that of a row: without tab, it has one cell.
    fn not_a_row(&self, numero: usize, why: String) -> Diagnostic {
        let wrong = Diagnostic::new(Code::LigneInvalide, why);
        if self.on(numero, None).first().is_none_or(|tile| self.tiles[*tile].in_table) {
            return wrong;
        }
        wrong
            .also(&self.source.span_of_line(numero), "une seule case")
            .help("cette ligne n’a pas de tabulation entre ses cases")
    }

    /// Leaves out the cells of a column that is not published, as its reason says.
    fn set_aside(&mut self, colonne: usize, lignes: &[usize]) {
        for tile in lignes.iter().flat_map(|l| self.on(*l, Some(colonne))).collect::<Vec<_>>() {
            self.set_all(tile, Fate::Excluded);
        }
    }

    /// The blocs of a column, rangée by rangée.
    fn cell(&mut self, colonne: usize, row: &TableauLigne, lignes: &[usize]) {
        let first = lignes.first().copied().unwrap_or(0);
        let mut wanted = Vec::new();
        for bloc in row.blocs.iter().filter(|b| b.colonne == colonne) {
            let own = bloc.lignes.as_ref().map_or_else(|| vec![first], |l| l.value.clone());
            wanted.push((bloc, french::canonical(&bloc.texte()), own));
        }
        let rows = rangees_des_lignes(wanted.iter().map(|(_, _, own)| own.as_slice()));
        let of_line = |line: &usize| rows.get(line).copied().unwrap_or_default();
        wanted.sort_by_key(|(_, _, own)| own.first().map_or(0, of_line));
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for ligne in lignes {
            let tiles = self.on(*ligne, Some(colonne));
            groups.entry(of_line(ligne)).or_default().extend(tiles);
        }
        for blocs in
            wanted.chunk_by(|(_, _, a), (_, _, b)| a.first().map(of_line) == b.first().map(of_line))
        {
            let row = blocs[0].2.first().map_or(0, of_line);
            self.align(blocs, groups.get(&row).map_or(&[][..], Vec::as_slice), lignes);
        }
    }

    /// Aligns blocs with segments: the longest common sequence, so that one altered bloc does not shift the others. A
    /// bloc cut by a page break takes one segment of each of its lines, next to each other.
    fn align(&mut self, wanted: &[(&Bloc, String, Vec<usize>)], tiles: &[usize], lignes: &[usize]) {
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
            let near = tiles.iter().copied().filter(|t| own.contains(&self.tiles[*t].ligne));
            self.leftovers.push(leftover(bloc, near.collect(), lignes, said));
        }
        for tile in published {
            self.set_all(tile, Fate::Published);
        }
    }
}

fn leftover(bloc: &Bloc, near: Vec<usize>, lignes: &[usize], said: bool) -> Leftover {
    let (span, texte) = (bloc.textes[0].span.clone(), french::canonical(&bloc.texte()));
    let own = bloc.lignes.as_ref().map(|lignes| lignes.span.clone());
    let row = RowOfBloc { colonne: bloc.colonne, lignes: lignes.to_vec(), own };
    Leftover {
        span,
        texte,
        quoi: bloc.nature.map_or("bloc", Nature::label),
        near,
        row: Some(row),
        separated: false,
        said,
    }
}

/// Diagnostic about a row of which the document has nothing.
fn gone(lignes: &Spanned<Vec<usize>>) -> Diagnostic {
    Diagnostic::new(
        Code::TexteHorsSource,
        "cette rangée n’est pas dans la source : aucun de ses textes n’y est",
    )
    .at(&lignes.span, "")
}

fn missing_heading_lines(span: &Span) -> Diagnostic {
    Diagnostic::new(
        Code::CleManquante,
        "il manque « lignes_colonnes » : la place des titres de colonnes dans source.txt",
    )
    .at(span, "")
    .help("ajoutez, par exemple : lignes_colonnes = [12]")
}
