//! Addresses as they are written: a file of the site, or a web address that can be followed.

use crate::{
    diag::{Code, Diagnostic, nearest},
    model::questions::ADRESSE_INCOMPLETE,
    source::SitePath,
};

/// Schemes that a link may have.
const ALLOWED_SCHEMES: [&str; 3] = ["https", "http", "mailto"];

/// True when a text begins as a web address does.
pub(super) fn begins_as_address(text: &str) -> bool {
    ["https://", "http://", "www."].iter().any(|begin| text.starts_with(begin))
}

/// Form of an address written in a text.
pub(super) enum LinkTarget {
    /// It has a scheme.
    Web,
    /// A path from the file where it is written, decoded; empty for that file itself.
    Inside { file: String, anchor: Option<String> },
    /// It begins with a slash.
    Absolute,
}

/// Tells what an address looks like, without looking for what it names.
pub(super) fn target(dest: &str) -> LinkTarget {
    let scheme_end = dest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    if let Some(end) = scheme_end
        && end > 0
        && dest[end..].starts_with(':')
    {
        return LinkTarget::Web;
    }
    if dest.starts_with('/') || dest.starts_with('\\') {
        return LinkTarget::Absolute;
    }
    let (file, anchor) = match dest.split_once('#') {
        Some((file, anchor)) => (file, Some(anchor)),
        None => (dest, None),
    };
    let decode =
        |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
    let file = decode(file.split('?').next().unwrap_or(file));
    LinkTarget::Inside { file, anchor: anchor.filter(|a| !a.is_empty()).map(decode) }
}

/// The file of the site, and the anchor in it, that a link written in `file` names; `None` for a
/// web address and for what cannot be a link.
pub fn internal_target(file: &SitePath, dest: &str) -> Option<(SitePath, Option<String>)> {
    match target(dest) {
        LinkTarget::Inside { file: name, anchor } => {
            let cible = if name.is_empty() { Some(file.clone()) } else { file.join(&name) };
            cible.map(|cible| (cible, anchor))
        }
        LinkTarget::Web | LinkTarget::Absolute => None,
    }
}

/// A web address that can be followed: `https` or `http`, with a host.
///
/// # Errors
/// A diagnostic without its place.
pub(super) fn web_address(text: &str) -> Result<url::Url, Diagnostic> {
    let url = address_with_host(text)?;
    // After « # » any sign may belong to the address.
    if text.ends_with([',', ';']) && !text.contains('#') {
        let message = "cette adresse finit par un signe qui n’est sans doute pas à elle";
        return Err(Diagnostic::new(Code::UrlInvalide, message)
            .help(format!("écrivez : {}", text.trim_end_matches([',', ';']))));
    }
    Ok(url)
}

fn address_with_host(text: &str) -> Result<url::Url, Diagnostic> {
    let url = address(text, &ALLOWED_SCHEMES[..2])?;
    // The parser of URLs forgives what a browser forgives; a reader is better served by the real address.
    let follows = text.get(url.scheme().len()..).is_some_and(|rest| rest.starts_with("://"));
    let host = url.host_str().unwrap_or("");
    let is_named =
        host.contains('.') && !host.split('.').any(str::is_empty) || host.starts_with('[');
    if !follows || !(is_named || host == "localhost") {
        return Err(incomplete_address(text));
    }
    Ok(url)
}

/// A web address that a link of a text may have: `mailto:` too. Its brackets say where it ends.
pub(super) fn link_address(text: &str) -> Result<url::Url, Diagnostic> {
    match text.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
        true => address(text, &ALLOWED_SCHEMES),
        false => address_with_host(text),
    }
}

/// The address meant by the path of a link that begins with the name of a host: `www.exemple.fr/page`.
pub fn without_scheme(dest: &str) -> Option<String> {
    let host = dest.split(['/', '?', '#', ':']).next().unwrap_or(dest).to_lowercase();
    let ends = |domain: &str| host.strip_suffix(domain).is_some_and(|name| name.ends_with('.'));
    let is_host = host.starts_with("www.") || DOMAINS.iter().any(|domain| ends(domain));
    repaired(dest).filter(|_| is_host)
}

/// Domains of most addresses that teachers quote; none is the end of the name of a file.
const DOMAINS: [&str; 12] =
    ["fr", "com", "org", "net", "eu", "info", "be", "ch", "ca", "education", "io", "tv"];

/// Message about the place of a file on the disk of its editor, or of a network: `C:\cours.odt`, `file:///…`,
/// `\\serveur\cours.odt`.
pub(super) fn on_a_disk(text: &str) -> Option<Diagnostic> {
    let is_drive =
        matches!(text.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic());
    let is_file = text.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
    let message = "cette adresse est celle d’un fichier de votre ordinateur ou de votre réseau";
    (is_drive || is_file || text.starts_with('\\')).then(|| {
        Diagnostic::new(Code::UrlInvalide, message).help(
            "personne d’autre ne peut l’ouvrir : publiez ce fichier en ligne, et donnez son adresse",
        )
    })
}

fn address(text: &str, schemes: &[&str]) -> Result<url::Url, Diagnostic> {
    if let Some(why) = on_a_disk(text) {
        return Err(why);
    }
    if text.contains(char::is_whitespace) && text.contains(['.', '/']) {
        return Err(Diagnostic::new(Code::UrlInvalide, "cette adresse contient une espace")
            .help("écrivez « %20 » à la place de l’espace"));
    }
    let url = url::Url::parse(text).map_err(|_| incomplete_address(text))?;
    if !schemes.contains(&url.scheme()) {
        let message = format!("une adresse en « {}: » n’est pas permise", url.scheme());
        return Err(Diagnostic::new(Code::UrlInvalide, message).help(match repaired(text) {
            Some(better) => format!("vouliez-vous dire « {better} » ?"),
            None => "une adresse commence par https:// ou http://".into(),
        }));
    }
    Ok(url)
}

fn incomplete_address(text: &str) -> Diagnostic {
    let message = ADRESSE_INCOMPLETE.0.replace("{}", text);
    Diagnostic::new(Code::UrlInvalide, message).help(match repaired(text) {
        Some(better) => format!("écrivez : {better}"),
        None => ADRESSE_INCOMPLETE.1.into(),
    })
}

/// The address that was meant, when what follows its beginning is the name of a host.
pub(super) fn repaired(text: &str) -> Option<String> {
    let is_host = |rest: &str| {
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
        let named = |label: &str| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        host.contains('.') && host.split('.').all(named)
    };
    // The beginning was pasted twice.
    let twice = text.split_once("://").map(|(_, rest)| rest).filter(|rest| rest.contains("://"));
    let text = twice.filter(|rest| rest.starts_with("http")).unwrap_or(text);
    let begun = text.find([':', '/']).and_then(|end| {
        nearest(&text[..end], ALLOWED_SCHEMES[..2].iter().copied())?;
        Some(text[end..].trim_start_matches([':', '/']))
    });
    let rest = begun.unwrap_or(text.trim_start_matches('/'));
    let better = format!("https://{rest}");
    (is_host(rest) && url::Url::parse(&better).is_ok()).then_some(better)
}
