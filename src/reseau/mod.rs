//! The web: asks external addresses for an answer, politely. One request at a time per host, with a pause after each;
//! few at once in all.
#![expect(
    clippy::disallowed_methods,
    reason = "the web has clocks, and proxies are in the environment"
)]

mod client;
mod mandataire;
mod politesse;
mod relais;
mod tournee;

use std::time::Duration;

pub use tournee::{Connaissance, Nouvelle, Tournee};

/// Manners of a round of visits.
#[derive(Clone, Debug)]
pub struct Reglages {
    /// Name given to hosts.
    pub agent: String,
    /// Pause between two requests to one host.
    pub pause: Duration,
    /// Longest wait for an answer.
    pub delai: Duration,
    /// Longest wait that a host may ask for.
    pub patience: Duration,
    /// Longest round: what is left is for the next one.
    pub duree: Duration,
}
