//! Blocs that are not on the line that they say: another row of their group has them, or their own cell has other words.

use super::{Leftover, Tiling, words::WordIndex};
use crate::{
    diag::{Code, Diagnostic},
    french,
};

/// Longest value that its place alone tells: « 1 », « oui », « faible ».
const SHORT: usize = 8;

impl Tiling<'_> {
    /// A bloc that the rows of its own group explain.
    pub(super) fn of_bloc(&mut self, leftover: &Leftover) -> Option<Diagnostic> {
        let row = leftover.row.as_ref()?;
        if is_short(&leftover.texte)
            && let Some(tile) = self.free_of_its_cell(leftover)
        {
            return Some(match self.whole_of(leftover, &leftover.near) {
                Some(whole) => self.part_of(leftover, whole),
                None => self.altered(leftover, tile, 0..self.text(tile).len()),
            });
        }
        let (lignes, colonne) = (row.lignes.iter(), Some(row.colonne));
        let tiles: Vec<usize> = lignes.flat_map(|ligne| self.on(*ligne, colonne)).collect();
        let is_it = |tile: &usize| {
            !leftover.near.contains(tile)
                && self.is_free(*tile)
                && self.text(*tile) == leftover.texte
        };
        let tile = tiles.into_iter().find(is_it)?;
        let (ligne, range) = (self.tiles[tile].ligne, 0..self.text(tile).len());
        let place = self.span(tile, range.clone());
        self.take(tile, range, false);
        let told = Diagnostic::new(
            Code::TexteDeplace,
            format!("ce texte est à la ligne {ligne} de la source, que son bloc ne dit pas"),
        )
        .at(&leftover.span, french::uncapitalized(leftover.quoi))
        .also(&place, "sa place");
        Some(match &row.own {
            None => told.help(format!("ajoutez à ce bloc : lignes = [{ligne}]")),
            Some(own) => {
                told.help(format!("écrivez : lignes = [{ligne}]")).fix(own, format!("[{ligne}]"))
            }
        })
    }

    /// The cell of a bloc that repeats a text already published, while nothing publishes its own.
    pub(super) fn copied(&self, leftover: &Leftover, words: &WordIndex) -> Option<usize> {
        let holders = words.holders(&leftover.texte).unwrap_or_default();
        let is_there = holders.iter().any(|tile| self.text(*tile) == leftover.texte);
        self.free_of_its_cell(leftover).filter(|_| is_there)
    }

    /// The first text of the cell of a bloc that nothing publishes.
    fn free_of_its_cell(&self, leftover: &Leftover) -> Option<usize> {
        leftover.row.as_ref()?;
        leftover.near.iter().copied().find(|tile| self.is_free(*tile))
    }
}

/// True for a value that many places may hold.
pub(super) fn is_short(texte: &str) -> bool {
    texte.chars().count() <= SHORT && !texte.contains(' ')
}
