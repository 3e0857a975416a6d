//! The domain, and nothing else: newtypes, closed vocabularies, and the content as it was written.
//!
//! Everything here is checked: no empty title, no impossible date, no unknown word. What only the
//! whole site can refuse (a reference, a link) keeps its span.

mod editorial;
mod fiche;
mod forge;
mod langue;
mod obligations;
mod personnelle;
pub mod questions;
mod sante;
mod synthese;
mod tableau;
mod vocab;

pub use crate::source::Date;
pub use editorial::{Attestation, Config, GroupeSynonymes, PageTexte, Sens, Thematique};
pub use fiche::{
    Corps, Fiche, FicheId, Image, Lien, LienInterne, NiveauTitre, Rapprochement, Titre,
};
pub use forge::Forge;
pub use langue::Langue;
pub use obligations::{AuditRgaa, Declaration, Destination, Mentions};
pub use personnelle::{OFFICES, Personnelle};
pub use sante::{EtatLien, Sante, Vie, cle};
pub use synthese::{Exclusion, ImageRecue, Methode, Retrait, Synthese, TexteRecu};
pub use tableau::{
    Bloc, Colonne, Intitule, Tableau, TableauEntete, TableauLigne, TableauxLus, TableauxThematique,
};
pub use vocab::{
    EtatAccessibilite, EtatSynthese, Forme, Nature, Niveau, PageOfficielle, Permission, Preuve,
    Resultat, TITRES_DES_ALERTES, TypeLien,
};
