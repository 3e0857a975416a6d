//! One request and its answer: who carries it, how long it may last, what its failures mean.

use std::{
    error::Error as _,
    io::{self, Read},
    sync::Arc,
    time::SystemTime,
};

use ureq::{
    Agent, Proxy,
    http::{Response, header},
    tls::{RootCerts, TlsConfig},
};
use url::Url;

use super::{Reglages, mandataire::Mandataires};
use crate::{
    liens::{Methode, Reponse, attente},
    model::{Resultat, cle},
};

/// Whoever carries requests: directly, or through the proxies of this network.
#[derive(Debug)]
pub(super) struct Client {
    direct: Agent,
    http: Option<Agent>,
    https: Option<Agent>,
    mandataires: Mandataires,
}

impl Client {
    pub(super) fn new(reglages: &Reglages) -> Self {
        let mandataires = Mandataires::de_l_environnement();
        Self {
            direct: agent(reglages, None),
            http: mandataires.http.clone().map(|proxy| agent(reglages, Some(proxy))),
            https: mandataires.https.clone().map(|proxy| agent(reglages, Some(proxy))),
            mandataires,
        }
    }

    /// Asks for an address; gives the answer, and at most `most` bytes of the page.
    pub(super) fn ask(&self, url: &Url, methode: Methode, most: u64) -> (Reponse, String) {
        let proxied = match url.scheme() {
            "https" => self.https.as_ref(),
            _ => self.http.as_ref(),
        };
        let agent = proxied.filter(|_| !self.mandataires.excepte(url)).unwrap_or(&self.direct);
        // Without its fragment.
        let address = cle(url);
        let answer = match methode {
            Methode::Head => agent.head(&address).call(),
            Methode::Get => agent.get(&address).call(),
        };
        match answer {
            Ok(mut response) => {
                let status = status(&response);
                let mut bytes = Vec::new();
                // What came before a cut is enough to look at.
                let _ = response.body_mut().as_reader().take(most).read_to_end(&mut bytes);
                (status, String::from_utf8_lossy(&bytes).into_owned())
            }
            Err(error) => (Reponse::Echec(failure(&error)), String::new()),
        }
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

fn status<T>(response: &Response<T>) -> Reponse {
    let header = |name| response.headers().get(name).map(|value| value.as_bytes().to_vec());
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Reponse::Statut {
        code: response.status().as_u16(),
        vers: header(header::LOCATION).map(text),
        attente: header(header::RETRY_AFTER).and_then(|value| attente(&text(value), since)),
    }
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
