//! The proxies of this network, as the environment names them.

use std::env;

use ureq::Proxy;
use url::Url;

/// Proxies by scheme, and the hosts that are reached without.
#[derive(Debug)]
pub(super) struct Mandataires {
    /// For `http:`.
    pub(super) http: Option<Proxy>,
    /// For `https:`.
    pub(super) https: Option<Proxy>,
    sauf: Vec<String>,
}

impl Mandataires {
    /// Reads `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`, in capitals or not.
    pub(super) fn de_l_environnement() -> Self {
        let read = |name: &str| {
            let all = [name.to_string(), name.to_lowercase()];
            all.iter().find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
        };
        let proxy =
            |name| read(name).or_else(|| read("ALL_PROXY")).and_then(|p| Proxy::new(&p).ok());
        let sauf = read("NO_PROXY").unwrap_or_default();
        Self {
            http: proxy("HTTP_PROXY"),
            https: proxy("HTTPS_PROXY"),
            sauf: sauf.split(',').map(|name| name.trim().to_lowercase()).collect(),
        }
    }

    /// True when a host is reached without a proxy: it is named, or a domain that it is of.
    pub(super) fn excepte(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        self.sauf.iter().any(|name| is_of(name, host))
    }
}

/// True when a host is the one named, or of that domain: `exemple.fr`, `.exemple.fr`, `*.exemple.fr`, `*`.
fn is_of(name: &str, host: &str) -> bool {
    if name == "*" {
        return true;
    }
    let name = name.trim_start_matches('*').trim_start_matches('.');
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    !name.is_empty()
        && (bare == name
            || host == name
            || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_without_a_proxy() {
        assert!(is_of("exemple.fr", "exemple.fr") && is_of("exemple.fr", "a.exemple.fr"));
        assert!(is_of(".exemple.fr", "a.exemple.fr") && is_of("*.exemple.fr", "a.exemple.fr"));
        assert!(is_of("*", "a.fr") && is_of("::1", "[::1]"));
        assert!(!is_of("exemple.fr", "contrexemple.fr") && !is_of("", "a.fr"));
    }
}
