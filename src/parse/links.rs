//! Addresses as they are written: a file of the site, or a web address that can be followed.

use crate::{
    diag::{Code, Diagnostic},
    source::SitePath,
};

/// Schemes that a link may have.
const ALLOWED_SCHEMES: [&str; 3] = ["https", "http", "mailto"];

/// What an address written in a text looks like.
pub(super) enum Target {
    /// It has a scheme.
    Web,
    /// A path from the file where it is written, decoded; empty for that file itself.
    Inside { file: String, anchor: Option<String> },
    /// It begins with a slash.
    Absolute,
}

/// Tells what an address looks like, without looking for what it names.
pub(super) fn target(dest: &str) -> Target {
    let scheme_end = dest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    if let Some(end) = scheme_end
        && end > 0
        && dest[end..].starts_with(':')
    {
        return Target::Web;
    }
    if dest.starts_with('/') || dest.starts_with('\\') {
        return Target::Absolute;
    }
    let (file, anchor) = match dest.split_once('#') {
        Some((file, anchor)) => (file, Some(anchor)),
        None => (dest, None),
    };
    let decode =
        |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
    let file = decode(file.split('?').next().unwrap_or(file));
    Target::Inside { file, anchor: anchor.filter(|a| !a.is_empty()).map(decode) }
}

/// The file of the site, and the anchor in it, that a link written in `file` names; `None` for a
/// web address and for what cannot be a link.
pub fn internal_target(file: &SitePath, dest: &str) -> Option<(SitePath, Option<String>)> {
    match target(dest) {
        Target::Inside { file: name, anchor } => {
            let cible = if name.is_empty() { Some(file.clone()) } else { file.join(&name) };
            cible.map(|cible| (cible, anchor))
        }
        Target::Web | Target::Absolute => None,
    }
}

/// A web address that can be followed: `https` or `http`, with a host.
///
/// # Errors
/// What is wrong, without its place.
pub(super) fn web_address(text: &str) -> Result<url::Url, Diagnostic> {
    let url = link_address(text)?;
    if url.host_str().is_none_or(str::is_empty) {
        return Err(incomplete_address(text));
    }
    Ok(url)
}

/// A web address that a link may have: `mailto:` too.
pub(super) fn link_address(text: &str) -> Result<url::Url, Diagnostic> {
    if text.contains(char::is_whitespace) {
        return Err(Diagnostic::new(Code::UrlInvalide, "cette adresse contient une espace")
            .aide("écrivez « %20 » à la place de l’espace"));
    }
    let url = url::Url::parse(text).map_err(|_| incomplete_address(text))?;
    if !ALLOWED_SCHEMES.contains(&url.scheme()) {
        let message = format!("une adresse en « {}: » n’est pas permise", url.scheme());
        return Err(Diagnostic::new(Code::UrlInvalide, message)
            .aide("une adresse commence par https://, http:// ou mailto:"));
    }
    Ok(url)
}

fn incomplete_address(text: &str) -> Diagnostic {
    let message = format!("« {text} » n’est pas une adresse complète");
    let whole = format!("https://{text}");
    let follows = !text.contains(':') && text.contains('.') && url::Url::parse(&whole).is_ok();
    Diagnostic::new(Code::UrlInvalide, message).aide(if follows {
        format!("écrivez : {whole}")
    } else {
        "une adresse complète ressemble à https://exemple.fr/page".into()
    })
}
