//! The kinds of pages, and the lists that pages are made of.

use crate::{
    model::{PageOfficielle, Tableau},
    output::DataFile,
    site::{Indices, address},
    source::OutputPath,
    weight::Mesures,
};

/// A page to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Path.
    pub path: OutputPath,
    /// Kind.
    pub kind: PageKind,
}

/// The kinds of pages; numbers are indices into the site.
#[derive(Clone, Debug, PartialEq)]
pub enum PageKind {
    /// Home.
    Accueil,
    /// The list of thématiques.
    Thematiques,
    /// A thématique.
    Thematique(usize),
    /// A page of the texts of one nature in a thématique, with several workshops.
    Rubrique {
        /// The thématique.
        thematique: usize,
        /// The nature's rank in it.
        rubrique: usize,
        /// Which page, from 1.
        numero: usize,
        /// Page count.
        total: usize,
    },
    /// The list of workshops, where there are several.
    Syntheses,
    /// A workshop.
    Synthese(usize),
    /// A workshop's table.
    Tableau(usize, Tableau),
    /// A workshop's plan, to be read and acted upon.
    Lecture(usize),
    /// Ready citations of a workshop's table.
    Citer(usize, Tableau),
    /// A workshop's thématique.
    Dossier(usize, usize),
    /// A page of a list of fiches.
    Liste {
        /// The facet and value, an index into `Plan::facettes`; `None` lists every fiche.
        facette: Option<usize>,
        /// Which page, from 1.
        numero: usize,
        /// Page count.
        total: usize,
    },
    /// A page of all the values of a facet.
    Valeurs {
        /// The facet's folder.
        nom: &'static str,
        /// Which page, from 1.
        numero: usize,
        /// Page count.
        total: usize,
    },
    /// A fiche: its atelier and its index there.
    Fiche(usize, usize),
    /// Who does what: of one workshop, or of all and the way to each.
    Acteurs(Option<usize>),
    /// When, likewise.
    Calendrier(Option<usize>),
    /// A page of the directory of links.
    Liens {
        /// Which page, from 1.
        numero: usize,
        /// Page count.
        total: usize,
    },
    /// A page of the additions to a synthèse.
    Ajouts {
        /// Whose additions.
        atelier: usize,
        /// Which page, from 1.
        numero: usize,
        /// Page count.
        total: usize,
    },
    /// The glossary.
    Glossaire,
    /// Fidelity, likewise.
    Provenance(Option<usize>),
    /// The form to propose a fiche.
    Proposer,
    /// Search.
    Recherche,
    /// Open data: made once its files are, which it describes ([`Page::donnees`]).
    Donnees(Vec<DataFile>),
    /// The site map for people.
    PlanDuSite,
    /// The accessibility statement.
    Accessibilite,
    /// Who publishes, who hosts.
    MentionsLegales,
    /// Personal data.
    DonneesPersonnelles,
    /// Whom to write to.
    Contact,
    /// Weight of the site. Made after all the others, which it measures ([`Page::ecoconception`]).
    Ecoconception(Mesures),
    /// An editor's page.
    Texte(usize),
    /// 404.
    Introuvable,
    /// A former address.
    Redirection(OutputPath),
}

impl Page {
    /// The page that describes the files of data.
    pub fn donnees(files: Vec<DataFile>) -> Self {
        Self { path: address::page("donnees"), kind: PageKind::Donnees(files) }
    }

    /// The page that says what the others weigh.
    pub fn ecoconception(mesures: Mesures) -> Self {
        Self { path: address::ecoconception(), kind: PageKind::Ecoconception(mesures) }
    }

    /// The pages that are made last, in their order, with nothing yet to say of the files.
    pub fn last() -> [Self; 2] {
        [Self::donnees(Vec::new()), Self::ecoconception(Mesures::default())]
    }
}

impl PageKind {
    /// The official page that it is, if it is one.
    pub fn officielle(&self) -> Option<PageOfficielle> {
        Some(match self {
            Self::Accessibilite => PageOfficielle::Accessibilite,
            Self::MentionsLegales => PageOfficielle::MentionsLegales,
            Self::DonneesPersonnelles => PageOfficielle::DonneesPersonnelles,
            Self::Contact => PageOfficielle::Contact,
            Self::Ecoconception(_) => PageOfficielle::Ecoconception,
            _ => return None,
        })
    }

    /// Name of a page of this kind, with its article.
    pub fn genre(&self) -> &'static str {
        match self {
            Self::Accueil => "la page d’accueil",
            Self::Thematique(_) => "une thématique",
            Self::Synthese(_) => "une synthèse",
            Self::Tableau(..) => "un tableau entier",
            Self::Lecture(_) => "un plan d’action",
            Self::Citer(..) => "les citations d’un tableau",
            Self::Dossier(..) => "un dossier de réunion",
            Self::Liste { .. } => "une liste de retours d’expérience",
            Self::Fiche(..) => "un retour d’expérience",
            _ => "une page du site",
        }
    }
}

/// A facet with one of its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Facette {
    /// The facet's folder: `niveau`.
    pub nom: &'static str,
    /// Label: « Niveau ».
    pub titre: &'static str,
    /// The value's folder.
    pub slug: String,
    /// Label of the value.
    pub valeur: String,
    /// The fiches that have it.
    pub fiches: Vec<Indices>,
    /// Values of the facet before it, the most used first. Ties keep their order.
    pub rang: usize,
}
