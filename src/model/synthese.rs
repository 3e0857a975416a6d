//! One workshop's result: its description, its tables and what it says of its source.

use std::collections::BTreeMap;

use super::{Corps, Date, EtatSynthese, Nature, Rapprochement, Tableau};
use crate::source::{SitePath, Slug, Span, Spanned};

/// `synthese.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Synthese {
    /// The folder's name.
    pub id: Slug,
    /// `synthese.toml`.
    pub path: SitePath,
    /// The title given by the editor.
    pub titre: String,
    /// Which territory.
    pub territoire: String,
    /// Which year.
    pub annee: u16,
    /// Licence of the texts; `None` reads « licence non précisée ».
    pub licence: Option<String>,
    /// State of the transcription.
    pub etat: EtatSynthese,
    /// SHA-256 of the document as received, lowercase hexadecimal.
    pub sha256: Option<Spanned<String>>,
    /// The heading of the list of fiches.
    pub retex: Option<Intitule>,
    /// Titles and columns of the tables.
    pub tableaux: BTreeMap<Tableau, TableauEntete>,
    /// Text of the source that is not published, with its reason.
    pub exclusions: Vec<Exclusion>,
    /// Names withdrawn at somebody's request.
    pub retraits: Vec<Retrait>,
    /// The method texts.
    pub methode: Option<Methode>,
}

/// `methode.md`.
pub type Methode = (Corps, Option<Spanned<Vec<usize>>>);

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
    /// The natures of the blocs it holds, in order.
    pub natures: Vec<Nature>,
}

/// A text of the source left out on purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Exclusion {
    /// 1-based line.
    pub ligne: Spanned<usize>,
    /// The text, tabs as spaces.
    pub texte: Spanned<String>,
    /// Why.
    pub raison: String,
}

/// A name withdrawn from the source at somebody's request. It never says the name.
#[derive(Clone, Debug, PartialEq)]
pub struct Retrait {
    /// 1-based line.
    pub ligne: Spanned<usize>,
    /// When.
    pub date: Date,
    /// Why.
    pub motif: String,
}

/// `tableaux/<thematique>.toml`.
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

/// One row of a table: three to five lists of blocs.
#[derive(Clone, Debug, PartialEq)]
pub struct TableauLigne {
    /// Place where the row is described.
    pub span: Span,
    /// The lines of the row in the source.
    pub lignes: Option<Spanned<Vec<usize>>>,
    /// The blocs, by nature in the order of the chain, then in the order of the source.
    pub blocs: Vec<Bloc>,
}

/// One marker of a table in the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Bloc {
    /// Identifier and permanent anchor.
    pub id: Spanned<Slug>,
    /// Nature of the bloc.
    pub nature: Nature,
    /// Lines of the source, when they are not the row's first.
    pub lignes: Option<Spanned<Vec<usize>>>,
    /// Its rangée in the table of its thématique, from 1, where no document says it.
    pub rangee: Option<Spanned<usize>>,
    /// The rangées over which its cell is merged.
    pub rangees: Option<Spanned<Vec<usize>>>,
    /// Énoncés; joined by a space they give the bloc back.
    pub textes: Vec<Spanned<String>>,
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
}
