//! Advice on a web address that can be followed: secrets in it, a host that lies or that nobody reaches, no
//! encryption, trackers.

mod hotes;
mod secrets;

pub(super) use hotes::is_private;

use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use regex::Regex;
use url::Url;

use crate::{
    diag::{Code, Diagnostic},
    french::signes::{SignKind, nomme, signes},
    parse::motifs::motif,
    source::{Span, Spanned},
};
use secrets::Secret;

/// Parameters that follow a reader from site to site: campaigns (the five of the Urchin Tracking
/// Module and their kin) and the click identifiers of the large networks. None changes the page.
static TRACKERS: LazyLock<Regex> = LazyLock::new(|| {
    motif(
        r"(?xi) ^ (?: utm_ | pk_ | (?: fbclid | gclid | dclid | msclkid | yclid | twclid | igshid | mc_cid | mc_eid
        | _hsenc | _hsmi | at_medium ) (?:=|$) )",
    )
});

/// Advice on an address. One that was received is proved to the letter: only
/// a secret in it is worth a word. `quotes`: its place holds the quotes of TOML, which a correction keeps.
pub(super) fn judge(
    url: &Url,
    written: &Spanned<String>,
    received: bool,
    quotes: &str,
) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    let told = |code: Code, message: &str, aide: String| {
        Diagnostic::new(code, message).at(&written.span, "").help(aide)
    };
    if !url.username().is_empty() || url.password().is_some() {
        let message = "cette adresse contient un identifiant ou un mot de passe";
        let aide =
            "retirez ce qui précède « @ » : chacun pourrait le lire ; puis changez ce mot de passe";
        said.push(told(Code::UrlAvecIdentifiants, message, aide.into()));
    }
    if let Some(secret) = secrets::secret(url) {
        let (message, aide) = gives_away(&secret, received);
        said.push(told(Code::UrlSecrete, &message, aide));
    }
    if received {
        return said;
    }
    said.extend(unseen(written, quotes));
    if hotes::is_lookalike(&hotes::written_host(&written.value)) {
        let message =
            "cette adresse en imite peut-être une autre : une lettre y vient d’un autre alphabet";
        let host = url.host_str().unwrap_or("");
        let aide = format!(
            "elle mène à « {host} » ; tapez le nom du site au clavier, ou cherchez-le de nouveau"
        );
        said.push(told(Code::UrlTrompeuse, message, aide));
    }
    if hotes::is_private(url) {
        let message = "cette adresse ne s’ouvre que sur votre ordinateur ou votre réseau";
        let aide = "donnez une adresse qui s’ouvre de partout, ou retirez ce lien";
        said.push(told(Code::UrlPrivee, message, aide.into()));
        return said;
    }
    if url.scheme() == "http" {
        let message = "cette adresse n’est pas sécurisée : elle commence par http://";
        let secure = format!("https{}", written.value.get("http".len()..).unwrap_or(""));
        let aide = format!("si elle s’ouvre aussi ainsi, écrivez : {secure}");
        said.push(told(Code::UrlNonSecurisee, message, aide));
    }
    if hotes::is_shortened(url) {
        let message = "cette adresse raccourcie ne dit pas où elle mène, et peut s’éteindre";
        let aide = "ouvrez-la, puis copiez l’adresse complète de la page à laquelle elle mène";
        said.push(told(Code::UrlRaccourcie, message, aide.into()));
    }
    if let Some(clean) = without_trackers(&written.value) {
        said.push(
            Diagnostic::new(Code::UrlDePistage, "cette adresse suit à la trace ceux qui l’ouvrent")
                .at(&written.span, "")
                .help(format!("la même page, sans le pistage : {clean}"))
                .fix(&written.span, format!("{quotes}{clean}{quotes}")),
        );
    }
    said
}

/// Advice on a link whose words show an address where it does not lead.
pub(super) fn judge_words(words: &str, url: &Url, span: &Span) -> Option<Diagnostic> {
    let (shown, leads) = match url.scheme() {
        "mailto" => (hotes::other_recipient(words, url)?, url.path().to_string()),
        _ => (hotes::other_host(words, url)?, url.host_str()?.to_string()),
    };
    let message = format!("ce lien montre « {shown} » et mène à « {leads} »");
    let diagnostic = Diagnostic::new(Code::UrlTrompeuse, message).at(span, "");
    Some(diagnostic.help("donnez au lien l’adresse qu’il montre, ou dites en mots où il mène"))
}

/// Words about a secret, and what to do.
fn gives_away(secret: &Secret, received: bool) -> (String, String) {
    let (message, aide) = match secret {
        Secret::Parametre(name) => (
            format!("cette adresse contient un secret, « {name} »"),
            &*format!(
                "donnez une adresse publique, sans « {name} » ; puis changez ce secret : il reste dans l’historique des fichiers"
            ),
        ),
        Secret::Reunion => (
            "cette adresse donne le mot de passe d’une réunion".into(),
            "donnez l’adresse de l’enregistrement ou d’un compte rendu ; puis changez ce mot de passe",
        ),
        Secret::Modification => (
            "cette adresse permet peut-être de modifier ce qu’elle montre".into(),
            "donnez le lien de lecture que propose le bouton « Partager » ou « Publier »",
        ),
    };
    let of_document = "si le document reçu la contient, fermez cet accès, ou écrivez « [nom retiré] » à la place du secret, ici et dans source.txt, et ajoutez [[retraits]] dans synthese.toml";
    (message, if received { of_document } else { aide }.into())
}

/// The signs that nobody sees which codes give in an address: `%E2%80%8B`. They lead elsewhere, or nowhere.
fn unseen(written: &Spanned<String>, quotes: &str) -> Option<Diagnostic> {
    let text = &written.value;
    let decoded = percent_decode_str(text).decode_utf8().ok().filter(|_| text.contains('%'))?;
    let unseen = signes(&decoded).filter(|signe| signe.genre == SignKind::Invisible(""));
    let (mut first, mut mended) = (None, text.clone());
    for signe in unseen {
        let code: String = (decoded[signe.octets].bytes()).map(|b| format!("%{b:02X}")).collect();
        // ASCII letters alone change their case: places stay the same.
        let Some(at) = mended.to_ascii_uppercase().find(&code) else { continue };
        mended.replace_range(at..at + code.len(), "");
        first.get_or_insert(signe.signe);
    }
    let message = format!("cette adresse contient {}", nomme(first?));
    let diagnostic = Diagnostic::new(Code::SigneInvisible, message).at(&written.span, "");
    let aide = format!("écrivez : {mended}");
    Some(diagnostic.help(aide).fix(&written.span, format!("{quotes}{mended}{quotes}")))
}

/// The address as written, less the parameters that only track; `None` when it has none.
fn without_trackers(written: &str) -> Option<String> {
    let (address, fragment) = written.split_at(written.find('#').unwrap_or(written.len()));
    let (page, query) = address.split_once('?')?;
    let kept: Vec<&str> = query.split('&').filter(|name| !TRACKERS.is_match(name)).collect();
    match kept.join("&").as_str() {
        kept if kept == query => None,
        "" => Some(format!("{page}{fragment}")),
        kept => Some(format!("{page}?{kept}{fragment}")),
    }
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
