//! External links: those that the site has, and what an answer says of one. Nothing here asks anything of anybody:
//! `reseau` does.

mod adresses;
mod archive;
mod bilan;
mod robots;
mod temoin;
mod visite;

pub use adresses::{Emploi, Endroit, emplois};
pub use archive::{copie, demande_de_copie, jour_de_la_copie};
pub use bilan::{Constat, noter, toml};
pub use robots::Robots;
pub use temoin::{Empreinte, Temoin, adresse_temoin};
pub use visite::{Etape, Reponse, Verbe, Visite, attente};
