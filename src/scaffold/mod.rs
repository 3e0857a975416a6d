//! The files that the program writes for editors: a fiche, a synthèse, a page, a whole new site, the forms
//! of the forges. Plain data → text: nothing here touches the disk.

mod document;
mod fiche;
mod formulaire;
mod guide;
mod liens;
mod pieces;
mod reponses;
mod rubriques;
mod site;
mod synthese;
mod texte;
mod ticket;

pub use fiche::{Demande, LienDemande, Thematiques, adresse, fiche, page, suggestion};
pub use formulaire::{formulaire_github, formulaire_gitlab};
pub use guide::{CONTRIBUER, TRANSCRIRE, avec_les_champs};
pub use pieces::NOM;
pub use reponses::{Reponses, depuis};
pub use site::site;
pub use synthese::{SyntheseDemandee, reconnu, synthese};

/// A file to write: its path, relative to the site's root, and its text.
pub type Fichier = (String, String);
