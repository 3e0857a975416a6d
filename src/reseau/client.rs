//! One request and its answer: who carries it, how long it may last, what its failures mean.

use std::{
    error::Error as _,
    io::{self, Read},
    sync::Arc,
    time::SystemTime,
};

use ureq::{
    Agent, Proxy,
    http::header,
    tls::{RootCerts, TlsConfig},
};
use url::Url;

use super::{Reglages, mandataire::Mandataires, relais::Relais};
use crate::{
    liens::{Reponse, Verbe, attente},
    model::{Resultat, cle},
};

/// Whoever carries requests: directly, or through the proxies of this network.
#[derive(Debug)]
pub(super) struct Client {
    direct: Agent,
    http: Option<Agent>,
    https: Option<Agent>,
    relais: Option<Relais>,
    mandataires: Mandataires,
}

impl Client {
    pub(super) fn new(reglages: &Reglages) -> Self {
        let mandataires = Mandataires::de_l_environnement();
        let tunnel = |proxy: &Option<Proxy>| proxy.clone().map(|p| agent(reglages, Some(p)));
        let relais = |proxy| Relais::par(proxy, &reglages.agent, reglages.delai);
        Self {
            direct: agent(reglages, None),
            http: tunnel(&mandataires.http),
            https: tunnel(&mandataires.https),
            relais: mandataires.http.as_ref().and_then(relais),
            mandataires,
        }
    }

    /// Asks for an address; gives the answer, and at most `most` bytes of the page.
    pub(super) fn ask(&self, url: &Url, verbe: Verbe, most: u64) -> (Reponse, String) {
        if self.mandataires.excepte(url) {
            return through(&self.direct, url, verbe, most);
        }
        match (url.scheme(), &self.relais, &self.http, &self.https) {
            ("http", Some(relais), ..) => relayed(relais, url, verbe, most),
            ("http", _, Some(agent), _) | ("https", _, _, Some(agent)) => {
                through(agent, url, verbe, most)
            }
            _ => through(&self.direct, url, verbe, most),
        }
    }
}

fn relayed(relais: &Relais, url: &Url, verbe: Verbe, most: u64) -> (Reponse, String) {
    match relais.ask(url, verbe, usize::try_from(most).unwrap_or(usize::MAX)) {
        Ok(answer) => match answer.failure() {
            Some(failure) => (Reponse::Echec(failure), String::new()),
            None => (statut(answer.code, answer.location, answer.retry_after), answer.page),
        },
        Err(error) => (Reponse::Echec(of_io(&error)), String::new()),
    }
}

fn through(agent: &Agent, url: &Url, verbe: Verbe, most: u64) -> (Reponse, String) {
    // Without its fragment.
    let address = cle(url);
    let answer = match verbe {
        Verbe::Head => agent.head(&address).call(),
        Verbe::Get => agent.get(&address).call(),
    };
    match answer {
        Ok(mut response) => {
            let mut bytes = Vec::new();
            // What came before a cut is enough to look at.
            let _ = response.body_mut().as_reader().take(most).read_to_end(&mut bytes);
            let header = |name| response.headers().get(name).map(|value| value.as_bytes());
            let text = |name| header(name).map(|value| String::from_utf8_lossy(value).into_owned());
            let code = response.status().as_u16();
            let reponse = statut(code, text(header::LOCATION), text(header::RETRY_AFTER));
            (reponse, String::from_utf8_lossy(&bytes).into_owned())
        }
        Err(error) => (Reponse::Echec(failure(&error)), String::new()),
    }
}

/// Redirections are followed by whoever asks, who remembers them.
fn agent(reglages: &Reglages, proxy: Option<Proxy>) -> Agent {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    // Certificates are those that this system trusts: schools have authorities of their own.
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(provider)
        .build();
    Agent::config_builder()
        .tls_config(tls)
        .proxy(proxy)
        .user_agent(&reglages.agent)
        .accept("*/*")
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(reglages.delai))
        .max_idle_connections_per_host(1)
        .build()
        .into()
}

fn statut(code: u16, vers: Option<String>, retry_after: Option<String>) -> Reponse {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Reponse::Statut { code, vers, attente: retry_after.and_then(|value| attente(&value, since)) }
}

/// Meaning of a failure.
fn failure(error: &ureq::Error) -> Resultat {
    match error {
        ureq::Error::Timeout(_) => Resultat::Delai,
        ureq::Error::HostNotFound => Resultat::NomInconnu,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => Resultat::Certificat,
        // A proxy says so when it finds nobody there.
        ureq::Error::ConnectProxyFailed(why)
            if ["502", "503", "504"].iter().any(|n| why.contains(n)) =>
        {
            Resultat::Injoignable
        }
        ureq::Error::ConnectProxyFailed(_) | ureq::Error::InvalidProxyUrl => Resultat::Mandataire,
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => Resultat::Erreur,
        ureq::Error::ConnectionFailed => Resultat::Injoignable,
        ureq::Error::Io(error) => of_io(error),
        _ => Resultat::Coupe,
    }
}

fn of_io(error: &io::Error) -> Resultat {
    if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>())
        || error.source().is_some_and(|inner| inner.is::<rustls::Error>())
    {
        return Resultat::Certificat;
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Resultat::Delai,
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => Resultat::Injoignable,
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::InvalidData => Resultat::Coupe,
        // The system's resolver has no kind of its own.
        _ => Resultat::NomInconnu,
    }
}
