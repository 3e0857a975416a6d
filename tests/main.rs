//! The integration tests, one binary. Set `RETEX_MAJ=1` to rewrite the expected files, then read the diff.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may touch the world and stop"
)]

mod support;

mod circles;
mod cli;
mod contract;
mod contributions;
mod data;
mod corrections;
mod dementis;
mod derive;
mod diagnostics;
mod dossier;
mod explications;
mod fautes;
mod ebauche;
mod editeur;
mod ecriture;
mod fidelity;
mod formats;
mod formulaires;
mod golden;
mod habiller;
mod images;
mod incremental;
mod inventory;
mod langue;
mod liens;
mod lignes;
mod listes;
mod obtenir;
mod officielles;
mod partage;
mod personnel;
mod plusieurs;
mod phrases;
mod ponts;
mod portability;
mod propositions;
mod prose;
mod recues;
mod robust;
mod serve;
mod style;
mod supply;
mod sync;
mod tampering;
mod terminal;
mod themes;
mod territoire;
mod tidy;
mod transcrire;
mod versions;
