//! One workshop's result: its description, and what it says of its source.

use std::collections::BTreeMap;

use super::{Corps, Date, EtatSynthese, Forme, Intitule, Langue, Nature, Tableau, TableauEntete};
use crate::source::{SitePath, Slug, Spanned};

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
    /// Family of workshops, whose thématiques are its own.
    pub demarche: Option<Slug>,
    /// Language of the texts received; once assembled, that of the site when it says none.
    pub langue: Option<Langue>,
    /// Licence of the texts; `None` reads « licence non précisée ».
    pub licence: Option<String>,
    /// Slugs of the fiches that the home page shows first.
    pub a_la_une: Vec<Spanned<String>>,
    /// State of the transcription.
    pub etat: EtatSynthese,
    /// SHA-256 of the document as received, lowercase hexadecimal.
    pub sha256: Option<Spanned<String>>,
    /// Form of the document received.
    pub forme: Forme,
    /// The heading of the list of fiches.
    pub retex: Option<Intitule>,
    /// Titles and columns of the tables.
    pub tableaux: BTreeMap<Tableau, TableauEntete>,
    /// Text of the source that is not published, with its reason.
    pub exclusions: Vec<Exclusion>,
    /// Images received with the document.
    pub images: Vec<ImageRecue>,
    /// Names withdrawn at somebody's request.
    pub retraits: Vec<Retrait>,
    /// The method texts.
    pub methode: Option<Methode>,
    /// Other prose received, in the order of the document.
    pub textes: Vec<TexteRecu>,
}

impl Synthese {
    /// The name of a table: the usual one, or its title.
    pub fn nom_du_tableau(&self, tableau: Tableau) -> String {
        let usual = Tableau::USUELS.iter().find(|(known, ..)| *known == tableau);
        match usual {
            Some((_, _, name)) => (*name).into(),
            None => self
                .tableaux
                .get(&tableau)
                .map_or_else(String::new, |t| t.intitule.titre.value.clone()),
        }
    }

    /// The tables in the order in which they are declared, which is that of the document.
    pub fn tableaux_dans_l_ordre(&self) -> Vec<Tableau> {
        let mut all: Vec<(&Tableau, &TableauEntete)> = self.tableaux.iter().collect();
        all.sort_by_key(|(_, entete)| entete.id.span.start);
        all.into_iter().map(|(tableau, _)| *tableau).collect()
    }

    /// The id of a table, which is the folder of its page.
    pub fn id_du_tableau(&self, tableau: Tableau) -> &str {
        self.tableaux.get(&tableau).map_or("", |entete| entete.id.value.as_str())
    }

    /// True when a table of it has a column of this nature.
    pub fn a_la_colonne(&self, tableau: Tableau, nature: Nature) -> bool {
        self.tableaux.get(&tableau).is_some_and(|entete| entete.a(nature))
    }
}

/// `methode.md`.
pub type Methode = (Corps, Option<Spanned<Vec<usize>>>);

/// `textes/<slug>.md`: received prose that is neither a fiche, nor the method, nor in a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TexteRecu {
    /// The file's name.
    pub id: Slug,
    /// Heading in the document.
    pub titre: Option<Spanned<String>>,
    /// The text.
    pub corps: Corps,
    /// Lines of the source.
    pub lignes: Option<Spanned<Vec<usize>>>,
}

/// An image received with the document.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageRecue {
    /// Name of the file, in the folder `images` of the synthèse.
    pub fichier: Spanned<String>,
    /// Its file.
    pub chemin: SitePath,
    /// SHA-256 of the file as received, lowercase hexadecimal.
    pub empreinte: Spanned<String>,
    /// Words of the editor for who does not see it.
    pub alternative: Spanned<String>,
    /// Text that it stands with: `retex/fiche`, `textes/texte` or `methode`.
    pub place: Spanned<String>,
    /// Caption in the document.
    pub legende: Option<Intitule>,
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
