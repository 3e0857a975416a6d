//! A visit to an address, one request after the other: what to ask next, and what the answers say in the end.

use std::time::Duration;

use url::{Host, Url};

use super::Constat;
use crate::{
    model::{Resultat, cle},
    source::Date,
};

/// Most redirections that are followed.
const HOPS: usize = 10;
/// Wait before a host that is out of order is asked once more.
const AGAIN: Duration = Duration::from_secs(2);
/// Paths of a home page, after the first slash.
#[rustfmt::skip]
const HOMES: [&str; 9] = [
    "", "index.html", "index.htm", "index.php", "accueil", "accueil.html", "home", "fr",
    "fr/accueil",
];

/// Names of pages where one says who one is.
const DOORS: [&str; 8] =
    ["auth", "authentification", "cas", "connexion", "identification", "login", "signin", "sso"];

/// Way in which an address is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verbe {
    /// The head of the answer alone.
    Head,
    /// The page.
    Get,
}

/// Answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reponse {
    /// A host answered.
    Statut {
        /// HTTP status.
        code: u16,
        /// `Location`, as written.
        vers: Option<String>,
        /// `Retry-After`, once read.
        attente: Option<Duration>,
    },
    /// Nobody did.
    Echec(Resultat),
}

/// Next step of a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Etape {
    /// Ask once more, after this wait.
    Demander(Duration),
    /// Nothing more to ask.
    Finir(Constat),
}

/// A visit under way.
#[derive(Clone, Debug)]
pub struct Visite {
    depart: Url,
    ici: Url,
    vues: Vec<String>,
    verbe: Verbe,
    reprises: usize,
    /// A redirection was for good.
    permanent: bool,
    /// A redirection was for a time.
    passager: bool,
    patience: Duration,
}

impl Visite {
    /// A visit that begins; `patience` bounds the wait that a host may ask for.
    pub fn a(url: &Url, patience: Duration) -> Self {
        Self {
            depart: url.clone(),
            ici: url.clone(),
            vues: vec![cle(url)],
            verbe: Verbe::Head,
            reprises: 0,
            permanent: false,
            passager: false,
            patience,
        }
    }

    /// Request to make now.
    pub fn demande(&self) -> (&Url, Verbe) {
        (&self.ici, self.verbe)
    }

    /// Address where it is, after the redirections, and whether there was any.
    pub fn arrivee(&self) -> (&Url, bool) {
        (&self.ici, self.vues.len() > 1)
    }

    /// Takes an answer.
    pub fn recoit(&mut self, reponse: Reponse) -> Etape {
        match reponse {
            Reponse::Echec(Resultat::Coupe | Resultat::Delai) if self.verbe == Verbe::Head => {
                self.en_entier()
            }
            Reponse::Echec(resultat) => self.fin(resultat, None),
            Reponse::Statut {
                code: code @ (301 | 302 | 303 | 307 | 308),
                vers: Some(vers),
                ..
            } => {
                self.permanent |= matches!(code, 301 | 308);
                self.passager |= matches!(code, 302 | 303 | 307);
                self.suit(&vers)
            }
            Reponse::Statut { code: 200..=299, .. } => self.arrive(),
            Reponse::Statut { code: code @ (429 | 503), attente: Some(attente), .. } => {
                self.attend(code, attente)
            }
            Reponse::Statut { code: 429, .. } => self.attend(429, AGAIN),
            Reponse::Statut { .. } if self.verbe == Verbe::Head => self.en_entier(),
            Reponse::Statut { code: code @ 500..=599, .. } => self.attend(code, AGAIN),
            Reponse::Statut { code, .. } => self.fin(refusal(code), Some(code)),
        }
    }

    /// Some hosts answer to HEAD otherwise than to GET.
    fn en_entier(&mut self) -> Etape {
        self.verbe = Verbe::Get;
        Etape::Demander(Duration::ZERO)
    }

    fn attend(&mut self, code: u16, attente: Duration) -> Etape {
        if self.reprises > 0 || attente > self.patience {
            return self.fin(refusal(code), Some(code));
        }
        self.reprises += 1;
        Etape::Demander(attente)
    }

    fn suit(&mut self, vers: &str) -> Etape {
        let next = self.ici.join(vers).ok();
        let next = next.filter(|url| matches!(url.scheme(), "http" | "https"));
        let Some(next) = next else { return self.fin(Resultat::Erreur, None) };
        let again = self.vues.contains(&cle(&next));
        if again && self.passager {
            return self.fin(Resultat::Cookies, None);
        }
        if again || self.vues.len() > HOPS {
            return self.fin(Resultat::Boucle, None);
        }
        self.vues.push(cle(&next));
        self.ici = next;
        self.verbe = Verbe::Head;
        Etape::Demander(Duration::ZERO)
    }

    fn arrive(&self) -> Etape {
        let resultat = if self.mene_a_l_accueil() {
            Resultat::Accueil
        } else if is_door(&self.ici) && !is_door(&self.depart) {
            Resultat::Reserve
        } else {
            Resultat::Repond
        };
        self.fin(resultat, Some(200))
    }

    fn fin(&self, resultat: Resultat, code: Option<u16>) -> Etape {
        let vers =
            (resultat == Resultat::Repond && self.a_demenage()).then(|| self.ici.to_string());
        Etape::Finir(Constat { resultat, code: code.filter(|c| *c != 200), vers })
    }

    /// True when a page leads to the home page of the same site: the page is gone.
    fn mene_a_l_accueil(&self) -> bool {
        let is_home = |url: &Url| {
            let path = url.path().trim_matches('/').to_ascii_lowercase();
            HOMES.contains(&path.as_str()) && url.query().is_none()
        };
        !is_home(&self.depart) && is_home(&self.ici) && same_site(&self.depart, &self.ici)
    }

    /// True when the address had better be another one: the host says so for good, or it is another site.
    fn a_demenage(&self) -> bool {
        let place = |url: &Url| {
            let host = url.host_str().unwrap_or_default();
            let host = host.strip_prefix("www.").unwrap_or(host).to_string();
            (host, url.path().trim_end_matches('/').to_string(), url.query().map(str::to_string))
        };
        (self.permanent || !same_site(&self.depart, &self.ici))
            && place(&self.depart) != place(&self.ici)
    }
}

/// True when an address asks who one is: by its host or a part of its path.
fn is_door(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let parts = host.split('.').take(1).chain(url.path().split('/'));
    let mut names = parts.map(|part| part.split('.').next().unwrap_or_default().to_lowercase());
    names.any(|name| DOORS.contains(&name.as_str()))
}

/// Reading of a refusal.
fn refusal(code: u16) -> Resultat {
    match code {
        404 | 410 => Resultat::Introuvable,
        401 | 402 | 403 | 407 | 451 | 999 => Resultat::Reserve,
        429 => Resultat::TropDemande,
        500..=599 => Resultat::Panne,
        _ => Resultat::Erreur,
    }
}

/// True when two hosts are of one owner, as far as names tell: their last two labels are the same.
fn same_site(a: &Url, b: &Url) -> bool {
    match (a.host(), b.host()) {
        (Some(Host::Domain(a)), Some(Host::Domain(b))) => {
            let end = |host: &str| host.rsplit('.').take(2).map(str::to_string).collect::<Vec<_>>();
            end(a) == end(b)
        }
        (a, b) => a == b,
    }
}

/// Wait that a `Retry-After` asks for: seconds, or a date (RFC 9110, « IMF-fixdate ») compared with `now`, in seconds
/// since 1970.
pub fn attente(header: &str, now: u64) -> Option<Duration> {
    if let Ok(seconds) = header.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let words: Vec<&str> = header.split_whitespace().collect();
    let [_, day, month, year, time, "GMT"] = words.as_slice() else { return None };
    let month = MONTHS.find(month).filter(|at| at % 3 == 0 && month.len() == 3)? / 3 + 1;
    let date = Date { year: year.parse().ok()?, month: month as u8, day: day.parse().ok()? };
    let days = date.days() - Date { year: 1970, month: 1, day: 1 }.days();
    let clock: Vec<u64> = time.split(':').map(|n| n.parse().ok()).collect::<Option<_>>()?;
    let [hours, minutes, seconds] = clock.as_slice() else { return None };
    let at = u64::try_from(days).ok()? * 86_400 + hours * 3_600 + minutes * 60 + seconds;
    Some(Duration::from_secs(at.saturating_sub(now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(code: u16) -> Reponse {
        Reponse::Statut { code, vers: None, attente: None }
    }

    fn to(code: u16, vers: &str) -> Reponse {
        Reponse::Statut { code, vers: Some(vers.into()), attente: None }
    }

    /// The end of a visit whose requests get these answers, in order.
    fn visit(url: &str, answers: &[Reponse]) -> (Resultat, Option<String>) {
        let mut visit = Visite::a(&Url::parse(url).unwrap(), Duration::from_secs(60));
        for (n, answer) in answers.iter().enumerate() {
            if let Etape::Finir(constat) = visit.recoit(answer.clone()) {
                assert_eq!(n + 1, answers.len(), "it ends too soon");
                return (constat.resultat, constat.vers);
            }
        }
        panic!("it does not end");
    }

    #[test]
    fn answers_are_read() {
        use Resultat::*;
        let page = "https://www.exemple.fr/page";
        let check = |answers: &[Reponse], expected| assert_eq!(visit(page, answers).0, expected);
        check(&[status(200)], Repond);
        check(&[status(403), status(200)], Repond);
        check(&[status(405), status(405)], Erreur);
        check(&[status(404), status(404)], Introuvable);
        check(&[status(500), status(500), status(200)], Repond);
        check(&[status(500), status(500), status(500)], Panne);
        check(&[Reponse::Echec(Coupe), status(200)], Repond);
        check(&[Reponse::Echec(NomInconnu)], NomInconnu);
        check(&[to(302, "/"), status(200)], Accueil);
        check(&[to(301, "http://exemple.fr/index.php"), status(200)], Accueil);
        check(&[to(301, "/b"), to(301, "/page")], Boucle);
        check(&[to(302, "/b"), to(302, "/page")], Cookies);
        check(&[to(302, "https://cas.exemple.fr/login?service=a"), status(200)], Reserve);
        check(&[to(301, "ftp://exemple.fr/")], Erreur);
    }

    #[test]
    fn a_move_is_told_when_it_is_one() {
        let vers = |answers: &[Reponse]| visit("http://exemple.fr/page", answers).1;
        let ok = status(200);
        assert_eq!(vers(&[to(301, "https://www.exemple.fr/page/"), ok.clone()]), None);
        assert_eq!(vers(&[to(302, "/page?session=1"), ok.clone()]), None);
        let moved = vers(&[to(301, "/b"), ok.clone()]);
        assert_eq!(moved.as_deref(), Some("http://exemple.fr/b"));
        let elsewhere = vers(&[to(302, "https://autre.fr/"), ok]);
        assert_eq!(elsewhere.as_deref(), Some("https://autre.fr/"));
    }

    #[test]
    fn the_wait_asked_for_is_read() {
        assert_eq!(attente(" 12 ", 0), Some(Duration::from_secs(12)));
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(attente(date, 784_111_777 - 5), Some(Duration::from_secs(5)));
        assert_eq!(attente(date, 784_111_777 + 5), Some(Duration::ZERO));
        assert_eq!(attente("bientôt", 0), None);
    }
}
