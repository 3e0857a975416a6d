//! The notes of a round of visits: in memory, and in a journal on the disk until `liens.toml` is written.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use url::Url;

use super::super::{Ended, french, report};
use crate::{
    disk::Journal,
    liens::Constat,
    reseau::{Connaissance, Nouvelle},
    source::Date,
};

/// Name of the journal.
const NAME: &str = ".retex-liens";
/// Hosts without an answer, one after the other, before the network itself is in doubt.
const DOUBT: usize = 3;

/// A line of the journal.
#[derive(Serialize, Deserialize)]
enum Ligne {
    /// The day of the round, since 1 March of year 0.
    Jour(i32),
    Nouvelle(Nouvelle),
}

/// Notes of a round.
pub(super) struct Carnet {
    journal: Journal,
    day: Date,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    constats: BTreeMap<String, Constat>,
    /// Addresses in the order of their answers.
    order: Vec<String>,
}

impl Carnet {
    /// Opens the notes of the round of a day; one that was cut that day or the day before goes on, with what it knew.
    pub(super) fn open(
        root: &Path,
        day: Date,
    ) -> Result<(Self, BTreeMap<String, Connaissance>), u8> {
        let refused = |error: std::io::Error| {
            let why = french(&error);
            report::refused(format!("impossible d’écrire le carnet « {NAME} » : {why}"))
        };
        let (journal, lines) = Journal::open(root, NAME).map_err(refused)?;
        // A line that was cut says nothing.
        let mut lines = lines.iter().filter_map(|line| serde_json::from_str::<Ligne>(line).ok());
        let (mut seen, mut origins) = (Seen::default(), BTreeMap::new());
        let begun = match lines.next() {
            Some(Ligne::Jour(days)) => days,
            _ => i32::MIN,
        };
        let age = day.days().saturating_sub(begun);
        if !(0..=1).contains(&age) {
            journal.clear().map_err(refused)?;
            add(&journal, &Ligne::Jour(day.days()));
            return Ok((Self { journal, day, seen: Mutex::default() }, origins));
        }
        for line in lines {
            match line {
                Ligne::Jour(_) => {}
                Ligne::Nouvelle(Nouvelle::Origine(origin, known)) => {
                    origins.insert(origin, known);
                }
                Ligne::Nouvelle(Nouvelle::Adresse(address, constat)) => {
                    seen.order.push(address.clone());
                    seen.constats.insert(address, constat);
                }
            }
        }
        let day = if age == 0 { day } else { day.veille() };
        Ok((Self { journal, day, seen: Mutex::new(seen) }, origins))
    }

    /// Notes something, on the disk too.
    pub(super) fn note(&self, nouvelle: &Nouvelle) {
        add(&self.journal, &Ligne::Nouvelle(nouvelle.clone()));
        if let Nouvelle::Adresse(address, constat) = nouvelle {
            let mut seen = self.lock();
            seen.order.push(address.clone());
            seen.constats.insert(address.clone(), constat.clone());
        }
    }

    /// True when an address was seen in this round.
    pub(super) fn has_seen(&self, address: &str) -> bool {
        self.lock().constats.contains_key(address)
    }

    /// The day, and what was seen.
    pub(super) fn seen(&self) -> (Date, BTreeMap<String, Constat>) {
        (self.day, self.lock().constats.clone())
    }

    /// True when the last answers are those of a network that is no more there.
    pub(super) fn network_may_be_lost(&self) -> bool {
        let seen = self.lock();
        let mut hosts: Vec<String> = seen
            .last()
            .filter_map(|a| Url::parse(a).ok()?.host_str().map(str::to_string))
            .collect();
        hosts.sort();
        hosts.dedup();
        hosts.len() >= DOUBT
    }

    /// An address that answered.
    pub(super) fn alive(&self) -> Option<String> {
        let seen = self.lock();
        let alive = seen.constats.iter().find(|(_, c)| c.resultat.est_vivant());
        alive.map(|(address, _)| address.clone())
    }

    /// Forgets the last addresses without an answer; gives their number.
    pub(super) fn forget_the_last(&self) -> usize {
        let mut seen = self.lock();
        let last: Vec<String> = seen.last().cloned().collect();
        last.iter().for_each(|address| {
            seen.constats.remove(address);
        });
        // Nor are they in the journal, if there is more to do.
        if self.journal.clear().is_ok() {
            add(&self.journal, &Ligne::Jour(self.day.days()));
            for (address, constat) in &seen.constats {
                let nouvelle = Nouvelle::Adresse(address.clone(), constat.clone());
                add(&self.journal, &Ligne::Nouvelle(nouvelle));
            }
        }
        last.len()
    }

    /// Removes the journal: what it says is in `liens.toml`.
    pub(super) fn forget(self) -> Ended {
        let said = |error| format!("le carnet « {NAME} » ne s’efface pas : {error}");
        self.journal.done().map_err(|error| report::refused(said(error)))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seen {
    /// The last addresses, as long as none had an answer.
    fn last(&self) -> impl Iterator<Item = &String> {
        let none = |address: &&String| {
            self.constats.get(*address).is_some_and(|constat| constat.resultat.est_sans_reseau())
        };
        self.order.iter().rev().take_while(none)
    }
}

/// Without a journal the round goes on: only a kill would lose it.
fn add(journal: &Journal, line: &Ligne) {
    let written = serde_json::to_string(line).map_err(std::io::Error::other);
    if let Err(error) = written.and_then(|line| journal.add(&line)) {
        report::complain(&format!("le carnet « {NAME} » ne s’écrit pas : {error}\n"));
    }
}
