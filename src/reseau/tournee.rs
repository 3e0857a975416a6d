//! A round of visits: each host in a thread of its own, which mostly waits for its turn.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use url::Url;

use super::{Reglages, client::Client, politesse::Politesse};
use crate::{
    liens::{Constat, Empreinte, Etape, Reponse, Robots, Temoin, Verbe, Visite, adresse_temoin},
    model::{Resultat, cle},
};

/// Most hosts that are visited at once.
const HOSTS: usize = 64;
/// Addresses of a host without an answer in time, one after the other, before it is left alone.
const LATE: usize = 3;
/// Most bytes that are read of a page.
const PAGE: u64 = 128 * 1024;
/// Most redirections on the way to rules or to a witness.
const HOPS: usize = 5;

/// Knowledge of an origin: what its addresses share.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connaissance {
    /// Rules of the host, or why nobody is there to give any.
    pub regles: Option<Result<Robots, Resultat>>,
    /// Answer of the host to an address that does not exist.
    pub temoin: Option<Temoin>,
}

/// Something learnt on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nouvelle {
    /// Of an origin.
    Origine(String, Connaissance),
    /// Of an address.
    Adresse(String, Constat),
}

/// A round of visits.
pub struct Tournee<'a> {
    client: Client,
    politesse: Politesse,
    reglages: &'a Reglages,
    origines: Mutex<BTreeMap<String, Connaissance>>,
    fin: Instant,
    dire: &'a (dyn Fn(&Nouvelle) + Sync),
}

impl<'a> Tournee<'a> {
    /// A round that begins now, with what is known already. All that it learns is told at once.
    pub fn nouvelle(
        reglages: &'a Reglages,
        connues: BTreeMap<String, Connaissance>,
        dire: &'a (dyn Fn(&Nouvelle) + Sync),
    ) -> Self {
        Self {
            client: Client::new(reglages),
            politesse: Politesse::new(reglages.pause),
            reglages,
            origines: Mutex::new(connues),
            fin: Instant::now() + reglages.duree,
            dire,
        }
    }

    /// Visits addresses, as long as the round lasts.
    pub fn visiter(&self, adresses: &[Url]) {
        let mut by_host: BTreeMap<&str, VecDeque<&Url>> = BTreeMap::new();
        for url in adresses {
            by_host.entry(url.host_str().unwrap_or_default()).or_default().push_back(url);
        }
        // The longest first: the round lasts as long as it does.
        let mut hosts: Vec<VecDeque<&Url>> = by_host.into_values().collect();
        hosts.sort_by_key(VecDeque::len);
        let hosts = Mutex::new(hosts);
        let count = hosts.lock().unwrap_or_else(PoisonError::into_inner).len();
        thread::scope(|scope| {
            for _ in 0..count.min(HOSTS) {
                scope.spawn(|| {
                    loop {
                        let next = hosts.lock().unwrap_or_else(PoisonError::into_inner).pop();
                        let Some(host) = next else { break };
                        self.host(host);
                    }
                });
            }
        });
    }

    /// True when an address still gets an answer, whatever it is.
    pub fn repond_encore(&self, url: &Url) -> bool {
        !matches!(self.ask(url, Verbe::Head, 0, Duration::ZERO).0, Reponse::Echec(_))
    }

    /// Page at an address, when there is one.
    pub fn page(&self, url: &Url) -> Option<String> {
        match self.ask(url, Verbe::Get, PAGE, Duration::ZERO) {
            (Reponse::Statut { code: 200..=299, .. }, page) => Some(page),
            _ => None,
        }
    }

    fn host(&self, addresses: VecDeque<&Url>) {
        let (mut closed, mut late) = (None, 0);
        for url in addresses {
            // What is left is for another round.
            if Instant::now() >= self.fin || late == LATE {
                return;
            }
            let constat = closed.clone().unwrap_or_else(|| self.visit(url));
            // A host that had too much is left in peace.
            if constat.resultat == Resultat::TropDemande {
                closed = Some(constat.clone());
            }
            late = if constat.resultat == Resultat::Delai { late + 1 } else { 0 };
            (self.dire)(&Nouvelle::Adresse(cle(url), constat));
        }
    }

    fn visit(&self, url: &Url) -> Constat {
        let mut visite = Visite::a(url, self.reglages.patience);
        let mut wait = Duration::ZERO;
        let constat = loop {
            let (here, verbe) = visite.demande();
            let here = here.clone();
            let reponse = match self.rules(&here) {
                Ok(rules) if !rules.permet(&here) => Reponse::Echec(Resultat::Robots),
                Ok(_) => self.ask(&here, verbe, 0, wait).0,
                Err(resultat) => Reponse::Echec(resultat),
            };
            match visite.recoit(reponse) {
                Etape::Demander(after) => wait = after,
                Etape::Finir(constat) => break constat,
            }
        };
        match constat.resultat == Resultat::Repond && self.is_no_page(&visite) {
            true => Constat { resultat: Resultat::FausseReponse, code: None, vers: None },
            false => constat,
        }
    }

    /// True when the end of a visit is what its host answers to addresses that do not exist.
    fn is_no_page(&self, visite: &Visite) -> bool {
        let (end, was_led) = visite.arrivee();
        if end.path() == "/" && end.query().is_none() {
            return false;
        }
        match self.witness(end) {
            Temoin::Franc => false,
            temoin @ Temoin::Renvoi(_) => was_led && temoin.mene_a(end),
            Temoin::Page(page) => {
                let (_, found) = self.ask(end, Verbe::Get, PAGE, Duration::ZERO);
                Empreinte::de(&found).ressemble(&page)
            }
        }
    }

    /// Rules of the origin of an address, asked once.
    fn rules(&self, url: &Url) -> Result<Robots, Resultat> {
        let origin = origin(url);
        if let Some(rules) = self.known(&origin).regles {
            return rules;
        }
        let found = url.join("/robots.txt").ok().map(|file| self.follow(&file));
        let rules = match found {
            Some((Reponse::Statut { code: 200..=299, .. }, text, _)) => Ok(Robots::de(&text)),
            // Nobody is there for the addresses either.
            Some((Reponse::Echec(why), ..))
                if matches!(
                    why,
                    Resultat::NomInconnu | Resultat::Injoignable | Resultat::Certificat
                ) =>
            {
                Err(why)
            }
            _ => Ok(Robots::default()),
        };
        self.learn(origin, |known| known.regles = Some(rules.clone()));
        rules
    }

    /// Witness of the origin of an address, asked once.
    fn witness(&self, url: &Url) -> Temoin {
        let origin = origin(url);
        if let Some(temoin) = self.known(&origin).temoin {
            return temoin;
        }
        let asked = adresse_temoin(url).filter(|w| self.rules(w).is_ok_and(|r| r.permet(w)));
        let temoin = match asked.map(|address| (self.follow(&address), address)) {
            Some(((Reponse::Statut { code: 200..=299, .. }, page, end), address)) => {
                match cle(&end) == cle(&address) {
                    true => Temoin::Page(Empreinte::de(&page)),
                    false => Temoin::Renvoi(cle(&end)),
                }
            }
            _ => Temoin::Franc,
        };
        self.learn(origin, |known| known.temoin = Some(temoin.clone()));
        temoin
    }

    /// Page at the end of the redirections, and its address.
    fn follow(&self, url: &Url) -> (Reponse, String, Url) {
        let mut here = url.clone();
        for _ in 0..HOPS {
            let (reponse, page) = self.ask(&here, Verbe::Get, PAGE, Duration::ZERO);
            let next = match &reponse {
                Reponse::Statut { code: 300..=399, vers: Some(vers), .. } => here.join(vers).ok(),
                _ => None,
            };
            match next.filter(|url| matches!(url.scheme(), "http" | "https")) {
                Some(next) => here = next,
                None => return (reponse, page, here),
            }
        }
        (Reponse::Echec(Resultat::Boucle), String::new(), here)
    }

    fn ask(&self, url: &Url, verbe: Verbe, most: u64, wait: Duration) -> (Reponse, String) {
        let host = url.host_str().unwrap_or_default();
        self.politesse.turn(host, wait, || self.client.ask(url, verbe, most))
    }

    fn known(&self, origin: &str) -> Connaissance {
        let origins = self.origines.lock().unwrap_or_else(PoisonError::into_inner);
        origins.get(origin).cloned().unwrap_or_default()
    }

    fn learn(&self, origin: String, change: impl FnOnce(&mut Connaissance)) {
        let mut origins = self.origines.lock().unwrap_or_else(PoisonError::into_inner);
        let known = origins.entry(origin.clone()).or_default();
        change(known);
        let told = known.clone();
        drop(origins);
        (self.dire)(&Nouvelle::Origine(origin, told));
    }
}

/// Scheme, host and port.
fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
