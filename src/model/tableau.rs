//! Tables of a synthèse: the three usual ones, and any other that it declares; their columns, rows and blocs.

use std::collections::BTreeMap;

use super::{Langue, Nature, Rapprochement};
use crate::source::{SitePath, Slug, Span, Spanned};

/// A table of a synthèse, in the order of its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tableau {
    /// Points forts et irritants.
    Diagnostic,
    /// Besoins et axes.
    Projections,
    /// Plan d'action.
    Plan,
    /// Another, by its rank among those that the synthèse declares.
    Autre(usize),
}

impl Tableau {
    /// The usual ones, with the id that an editor writes, also the folder of their page, and the name that a reader sees.
    pub const USUELS: [(Self, &'static str, &'static str); 3] = [
        (Self::Diagnostic, "diagnostic", "Diagnostic"),
        (Self::Projections, "projections", "Besoins et axes d’amélioration"),
        (Self::Plan, "plan-action", "Plan d’action"),
    ];

    /// The table of this id, the `rank`-th that its synthèse declares.
    pub fn of(id: &str, rank: usize) -> Self {
        let usual = Self::USUELS.iter().find(|(_, known, _)| *known == id);
        usual.map_or(Self::Autre(rank), |(tableau, ..)| *tableau)
    }
}

/// A heading of the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Intitule {
    /// Words of the heading.
    pub titre: Spanned<String>,
    /// Lines of the source.
    pub lignes: Option<Spanned<Vec<usize>>>,
}

/// A table's title and columns.
#[derive(Clone, Debug, PartialEq)]
pub struct TableauEntete {
    /// Name in the files of its thématiques, and folder of its page.
    pub id: Spanned<Slug>,
    /// The title.
    pub intitule: Intitule,
    /// The lines of its column headings.
    pub lignes_colonnes: Option<Spanned<Vec<usize>>>,
    /// The columns, from left to right.
    pub colonnes: Vec<Colonne>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Colonne {
    /// Heading of the column.
    pub texte: Spanned<String>,
    /// The keys of its blocs in the files of the thématiques, in order, each with its nature; a free column has one
    /// key, without nature.
    pub cles: Vec<(String, Option<Nature>)>,
    /// Why it is not published.
    pub exclure: Option<Spanned<String>>,
}

impl Colonne {
    /// True when it holds blocs of this nature.
    pub fn a(&self, nature: Nature) -> bool {
        self.cles.iter().any(|(_, own)| *own == Some(nature))
    }
}

impl TableauEntete {
    /// True when one of its columns has this nature.
    pub fn a(&self, nature: Nature) -> bool {
        self.colonnes.iter().any(|colonne| colonne.exclure.is_none() && colonne.a(nature))
    }

    /// The column of a key, and the nature that it gives.
    pub fn colonne(&self, cle: &str) -> Option<(usize, Option<Nature>)> {
        let found = |colonne: &Colonne| colonne.cles.iter().find(|(own, _)| own == cle).cloned();
        let mut all = self.colonnes.iter().enumerate();
        all.find_map(|(n, colonne)| found(colonne).map(|(_, nature)| (n, nature)))
    }
}

/// `tableaux/<thematique>.toml`, as it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct TableauxLus {
    /// Path of the file.
    pub path: SitePath,
    /// The thématique: the file's name.
    pub thematique: Slug,
    /// The heading of its fiches in the source.
    pub retex: Option<Intitule>,
    /// Each table that it names, with its row.
    pub lignes: Vec<(Spanned<String>, TableauLigne)>,
}

/// `tableaux/<thematique>.toml`, its tables found among those of the synthèse.
#[derive(Clone, Debug, PartialEq)]
pub struct TableauxThematique {
    /// Path of the file.
    pub path: SitePath,
    /// The thématique: the file's name.
    pub thematique: Slug,
    /// The heading of its fiches in the source.
    pub retex: Option<Intitule>,
    /// Row in each table.
    pub lignes: BTreeMap<Tableau, TableauLigne>,
}

/// The part of a thématique in a table: lists of blocs.
#[derive(Clone, Debug, PartialEq)]
pub struct TableauLigne {
    /// Place where it is described.
    pub span: Span,
    /// Lines of the source.
    pub lignes: Option<Spanned<Vec<usize>>>,
    /// The blocs, by column, in the order of its keys, then in the order of the file.
    pub blocs: Vec<Bloc>,
}

/// One marker of a table in the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Bloc {
    /// Identifier and permanent anchor.
    pub id: Spanned<Slug>,
    /// Key of its column.
    pub cle: Spanned<String>,
    /// Nature of the bloc; `None` in a free column.
    pub nature: Option<Nature>,
    /// Column, from 0.
    pub colonne: usize,
    /// Lines of the source, when they are not the first of the thématique.
    pub lignes: Option<Spanned<Vec<usize>>>,
    /// Rangée in the table of the thématique, from 1, where no document says it.
    pub rangee: Option<Spanned<usize>>,
    /// The rangées over which its cell is merged.
    pub rangees: Option<Spanned<Vec<usize>>>,
    /// Énoncés; joined by a space they give the bloc back.
    pub textes: Vec<Spanned<String>>,
    /// Language; `None` is that of the synthèse.
    pub langue: Option<Langue>,
    /// Edges that start here.
    pub rapprochements: Vec<Rapprochement>,
}

impl Bloc {
    /// The text of the whole bloc.
    pub fn texte(&self) -> String {
        self.textes.iter().map(|t| t.value.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// The whole bloc where it is shown in one line: its énoncés, parted as the words of a list are.
    pub fn ligne(&self) -> String {
        self.textes.iter().map(|t| t.value.as_str()).collect::<Vec<_>>().join(" · ")
    }

    /// The anchor of its `n`-th énoncé, from 1: the bloc's own when it has only one.
    pub fn ancre(&self, n: usize) -> String {
        if self.textes.len() < 2 {
            self.id.value.to_string()
        } else {
            format!("{}-{n}", self.id.value)
        }
    }

    /// Every anchor of it: its own, then those of its énoncés when it has several.
    pub fn ancres(&self) -> Vec<String> {
        let parts = if self.textes.len() < 2 { 0 } else { self.textes.len() };
        let own = std::iter::once(self.id.value.to_string());
        own.chain((1..=parts).map(|n| self.ancre(n))).collect()
    }
}
