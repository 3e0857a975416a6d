//! What may be said of a web address that can be followed: secrets in it, no encryption, trackers.

use url::Url;

use crate::{
    diag::{Code, Diagnostic},
    source::Spanned,
};

/// Parameters that follow a reader from site to site: campaigns (the five of the Urchin Tracking
/// Module and their kin) and the click identifiers of the large networks. None changes the page.
const TRACKERS: [&str; 12] = [
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "at_medium",
];
/// Prefixes of such parameters.
const TRACKER_PREFIXES: [&str; 2] = ["utm_", "pk_"];

/// What an editor should change in an address. One that was received is proved to the letter: only
/// a secret in it is worth a word. `quotes`: its place holds the quotes of TOML, which a correction keeps.
pub(super) fn judge(
    url: &Url,
    written: &Spanned<String>,
    received: bool,
    quotes: &str,
) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    if !url.username().is_empty() || url.password().is_some() {
        said.push(
            Diagnostic::new(
                Code::UrlAvecIdentifiants,
                "cette adresse contient un identifiant ou un mot de passe",
            )
            .at(&written.span, "")
            .aide("retirez ce qui précède « @ » : chacun pourrait le lire ; puis changez ce mot de passe"),
        );
    }
    if received {
        return said;
    }
    if url.scheme() == "http" {
        let diagnostic = Diagnostic::new(
            Code::UrlNonSecurisee,
            "cette adresse n’est pas sécurisée : elle commence par http://",
        )
        .at(&written.span, "");
        let secure = format!("https{}", written.value.get("http".len()..).unwrap_or(""));
        said.push(diagnostic.aide(format!("si elle s’ouvre aussi ainsi, écrivez : {secure}")));
    }
    if let Some(clean) = without_trackers(&written.value) {
        said.push(
            Diagnostic::new(Code::UrlDePistage, "cette adresse suit à la trace ceux qui l’ouvrent")
                .at(&written.span, "")
                .aide(format!("la même page, sans le pistage : {clean}"))
                .corrige(&written.span, format!("{quotes}{clean}{quotes}")),
        );
    }
    said
}

/// The address as written, less the parameters that only track; `None` when it has none.
fn without_trackers(written: &str) -> Option<String> {
    let (address, fragment) = match written.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (written, None),
    };
    let (page, query) = address.split_once('?')?;
    let tracks = |parameter: &&str| {
        let name = parameter.split('=').next().unwrap_or(parameter).to_ascii_lowercase();
        TRACKERS.contains(&name.as_str()) || TRACKER_PREFIXES.iter().any(|p| name.starts_with(p))
    };
    let all: Vec<&str> = query.split('&').collect();
    let kept: Vec<&str> = all.iter().copied().filter(|parameter| !tracks(parameter)).collect();
    if kept.len() == all.len() {
        return None;
    }
    let mut clean = page.to_string();
    if !kept.is_empty() {
        clean.push('?');
        clean.push_str(&kept.join("&"));
    }
    if let Some(fragment) = fragment {
        clean.push('#');
        clean.push_str(fragment);
    }
    Some(clean)
}

#[cfg(test)]
mod tests {
    use super::without_trackers;

    #[test]
    fn trackers() {
        let clean = |text| without_trackers(text).unwrap_or_default();
        assert_eq!(clean("https://a.fr/b?utm_source=x&id=2&fbclid=3#c"), "https://a.fr/b?id=2#c");
        assert_eq!(clean("https://a.fr/b?UTM_medium=x"), "https://a.fr/b");
        assert_eq!(clean("https://a.fr/b?id=2#utm_source=x"), "");
        assert_eq!(clean("https://a.fr/b"), "");
    }
}
