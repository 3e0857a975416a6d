//! Health of the external links, as `liens.toml` keeps it: when each address answered, and since when it does not.

use std::collections::BTreeMap;

use super::{Date, Resultat};

/// Different days without an answer before an address is dead.
const DAYS_FAILING: usize = 3;
/// Days from the first of them to the last, at least.
const SPREAD: i32 = 7;

/// Last known state of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EtatLien {
    /// Answer of the last day it was asked.
    pub resultat: Resultat,
    /// HTTP status of that answer.
    pub code: Option<usize>,
    /// Last day it answered.
    pub repondait: Option<Date>,
    /// First day it did not, since it last did.
    pub en_panne: Option<Date>,
    /// Last day it did not.
    pub derniere_panne: Option<Date>,
    /// Number of different days it did not.
    pub pannes: usize,
    /// Address that it leads to now.
    pub vers: Option<String>,
    /// Copy found in a web archive.
    pub copie: Option<String>,
}

/// State of an address for a reader, in the order of gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vie {
    /// It does not answer any more.
    Mort,
    /// It did not answer of late: too early to say more.
    Absent,
    /// It answered, from elsewhere.
    Deplace,
    /// It answered.
    Vivant,
    /// Nobody knows.
    Inconnu,
}

impl EtatLien {
    /// True after failures on enough different days, over enough time.
    pub fn est_mort(&self) -> bool {
        let spread = |(first, last): (Date, Date)| last.days() - first.days() >= SPREAD;
        self.pannes >= DAYS_FAILING && self.en_panne.zip(self.derniere_panne).is_some_and(spread)
    }

    /// State for a reader.
    pub fn vie(&self) -> Vie {
        match (self.en_panne, self.repondait) {
            (Some(_), _) if self.est_mort() => Vie::Mort,
            (Some(_), _) => Vie::Absent,
            (None, Some(_)) if self.vers.is_some() => Vie::Deplace,
            (None, Some(_)) => Vie::Vivant,
            (None, None) => Vie::Inconnu,
        }
    }

    /// Last day it was seen, answering or not.
    pub fn vu(&self) -> Option<Date> {
        self.repondait.max(self.derniere_panne)
    }
}

/// Health of each address, by its key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sante(pub BTreeMap<String, EtatLien>);

impl Sante {
    /// True when no address was ever checked.
    pub fn est_vide(&self) -> bool {
        self.0.is_empty()
    }

    /// State of an address.
    pub fn de(&self, url: &url::Url) -> Option<&EtatLien> {
        if self.est_vide() { None } else { self.0.get(&cle(url)) }
    }
}

/// Key of an address: what is asked of its host. The fragment is never sent.
pub fn cle(url: &url::Url) -> String {
    let text = url.as_str();
    text.split('#').next().unwrap_or(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_dies_slowly() {
        let day = |days: u32| Some(Date::of_days(20_000 + days));
        let state = |pannes, first, last| EtatLien {
            resultat: Resultat::Introuvable,
            code: Some(404),
            repondait: None,
            en_panne: day(first),
            derniere_panne: day(last),
            pannes,
            vers: None,
            copie: None,
        };
        assert!(!state(2, 0, 30).est_mort(), "two days");
        assert!(!state(3, 0, 6).est_mort(), "less than seven days");
        assert!(state(3, 0, 7).est_mort());
        assert_eq!(state(1, 0, 0).vie(), Vie::Absent);
    }
}
