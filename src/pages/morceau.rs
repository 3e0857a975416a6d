//! The parts that many pages show alike: a card, a menu. Each is a value with a template of its own; where the value
//! is the same, so is what the template makes of it, which is made once and read once for all the pages.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use serde::{Serialize, Serializer};

use super::{
    cartes::{Aspect, CarteFiche, LienProuve, LienVue},
    listes::FacetteVue,
};
use crate::{
    digest::Digest,
    markdown::as_is,
    placed::{Hole, Mark},
};

/// A part of a page. The page's template sees a mark, and places it; [`Mark`] says how it is written.
#[derive(Clone, Debug)]
pub struct Morceau {
    /// What tells it from others.
    pub cle: Digest,
    /// What its own template sees.
    pub contenu: Arc<Contenu>,
    /// What the page writes in its holes; empty when it has none.
    pub adresse: String,
}

/// What the template of a part sees, one variant for each.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each variant is the struct of the same name")]
pub enum Contenu {
    Carte(Carte),
    Entete(Entete),
    Fil(Fil),
    Pied(Pied),
    Tete(Tete),
    Atelier(PointsAtelier),
    Criteres(Criteres),
}

/// The card of a fiche, in a list.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Carte {
    /// The fiche.
    pub fiche: Arc<CarteFiche>,
    /// Its relative address, of which only the page knows how it is written there.
    pub href: Hole,
    /// Rank of its heading, from 1.
    pub rang: u8,
    /// Whether the list is that of a thématique: the card does not say it again.
    pub sans_thematique: bool,
    /// Whether less of its text is enough.
    pub bref: bool,
}

/// What every page asks for.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Tete {
    /// `../` as often as needed, or nothing at the root; ends in `/` when not empty.
    pub racine: String,
    /// Whether there is a charter's style sheet, `assets/charte.css`.
    pub charte: bool,
}

/// The top of a page: the site's name and the main menu.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Entete {
    /// The site's name.
    pub site: String,
    /// Relative link to the home page.
    pub accueil: String,
    /// Whether this is the home page.
    pub est_accueil: bool,
    /// Main menu.
    pub menu: Vec<Entree>,
}

/// An entry of the menu.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Entree {
    /// Where it leads.
    pub lien: LienVue,
    /// Whether the breadcrumb goes through it.
    pub ancetre: bool,
}

/// The breadcrumb.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Fil {
    /// Its steps, home first, the page left out.
    pub etapes: Vec<LienVue>,
}

/// The links of the footer.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Pied {
    /// In their order.
    pub liens: Vec<LienVue>,
}

/// Points forts or irritants that a workshop gave for a whole thématique.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct PointsAtelier {
    /// Each with its place in the tables.
    pub blocs: Vec<LienProuve>,
}

/// What a list of fiches can be narrowed to.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct Criteres {
    /// Every facet with its values, or those most used.
    pub facettes: Vec<FacetteVue>,
}

/// Every template of a part that a theme must have, in one layer or another.
pub const MORCEAUX: [&str; 7] = [
    "morceaux/atelier.html",
    "morceaux/carte.html",
    "morceaux/criteres.html",
    "morceaux/entete.html",
    "morceaux/fil.html",
    "morceaux/pied.html",
    "morceaux/tete.html",
];

impl Morceau {
    pub(super) fn new(contenu: Contenu) -> Self {
        Self { cle: Digest::of(&contenu), contenu: contenu.into(), adresse: String::new() }
    }

    /// The card of a fiche, which is at this address from the page.
    pub(super) fn carte(fiche: Arc<CarteFiche>, aspect: Aspect, adresse: String) -> Self {
        let Aspect { rang, sans_thematique, bref } = aspect;
        let cle = Digest::of(&(fiche.empreinte(), rang, sans_thematique, bref));
        let carte = Carte { fiche, href: Hole(cle), rang, sans_thematique, bref };
        Self { cle, contenu: Arc::new(Contenu::Carte(carte)), adresse }
    }

    /// The template that shows it.
    pub fn template(&self) -> &'static str {
        match *self.contenu {
            Contenu::Atelier(_) => "morceaux/atelier.html",
            Contenu::Carte(_) => "morceaux/carte.html",
            Contenu::Criteres(_) => "morceaux/criteres.html",
            Contenu::Entete(_) => "morceaux/entete.html",
            Contenu::Fil(_) => "morceaux/fil.html",
            Contenu::Pied(_) => "morceaux/pied.html",
            Contenu::Tete(_) => "morceaux/tete.html",
        }
    }
}

impl PartialEq for Morceau {
    fn eq(&self, other: &Self) -> bool {
        (self.cle, &self.adresse) == (other.cle, &other.adresse)
    }
}

impl Hash for Morceau {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.cle, &self.adresse).hash(state);
    }
}

impl Serialize for Morceau {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_is(&Mark(self.cle).written(), serializer)
    }
}
