//! Every link inside the site names a file of the tree, and an anchor of it.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_64;

use super::Blame;
use crate::{
    diag::{Code, Diagnostic},
    html::PageScan,
    proof::published::OF_THE_PROGRAM,
    site::Site,
    source::{OutputPath, OutputPaths, Span},
};

/// A link to an anchor of another page: it is judged once all pages have been read.
#[derive(Debug)]
pub(super) struct Pending<'a> {
    pub(super) target: &'a OutputPath,
    anchor: IdHash,
    link: Box<str>,
    /// Place of the text that says it, when an editor wrote it.
    by: Option<Span>,
}

/// 64-bit hash of an element id: ids are only compared, and ten thousand pages have a million of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct IdHash(u64);

/// The ids of each page, sorted.
pub(super) type Ids<'a> = HashMap<&'a OutputPath, Box<[IdHash]>>;

impl IdHash {
    fn of(id: &str) -> Self {
        Self(xxh3_64(id.as_bytes()))
    }
}

/// The ids of a page, sorted.
pub(super) fn id_hashes(scan: &PageScan) -> Box<[IdHash]> {
    let mut hashes: Vec<IdHash> = scan.ids.keys().map(|id| IdHash::of(id)).collect();
    hashes.sort_unstable();
    hashes.into()
}

/// Judges the links of a page. Gives back those to an anchor of another page. `prefix`: the path of the site on its
/// host, `/` or `/a/b/`.
pub(super) fn check<'a>(
    page: &OutputPath,
    scan: &PageScan,
    (files, prefix): (&'a OutputPaths, &str),
    blame: &Blame<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Vec<Pending<'a>> {
    let mut pending = Vec::new();
    for (link, at) in &scan.links {
        let Some((path, anchor)) = inside(link) else { continue };
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        let by = || blame.of_link(link, *at);
        if path.is_empty() {
            if anchor.is_some_and(|anchor| !scan.ids.contains_key(anchor)) {
                diags.push(dead(ANCHOR, (page, link), by(), blame.own_templates));
            }
            continue;
        }
        match (resolve(page, path, prefix).and_then(|target| files.get(&*target)), anchor) {
            (None, _) => diags.push(dead(LINK, (page, link), by(), blame.own_templates)),
            (Some(_), None) => {}
            (Some(target), Some(anchor)) => {
                let (anchor, link) = (IdHash::of(anchor), link.as_str().into());
                pending.push(Pending { target, anchor, link, by: by().cloned() });
            }
        }
    }
    pending
}

/// Judges what [`check`] gave back.
pub(super) fn check_anchors(
    page: &OutputPath,
    pending: &[Pending<'_>],
    (ids, own_templates): (&Ids<'_>, bool),
    diags: &mut Vec<Diagnostic>,
) {
    for Pending { target, anchor, link, by } in pending {
        // A file that is not a page has no anchors to hold it to.
        if ids.get(target).is_some_and(|there| there.binary_search(anchor).is_err()) {
            diags.push(dead(ANCHOR, (page, link), by.as_ref(), own_templates));
        }
    }
}

/// The path of the site on its host, `/` or `/a/b/`.
pub(super) fn prefix(site: &Site) -> String {
    let path = site.config.url.as_ref().map_or("/", |url| url.path());
    format!("{}/", path.trim_end_matches('/'))
}

/// A kind of dead link: its code, what is wrong with it, advice to an editor, then to the author of a theme.
type Dead = (Code, &'static str, &'static str, &'static str);

const LINK: Dead = (
    Code::PageLienMort,
    "ne mène à aucun fichier du site",
    "un lien de ce texte vise un fichier qui n’est pas publié : corrigez son adresse",
    "un gabarit du thème écrit ce lien : il est relatif et finit par un nom de fichier",
);
const ANCHOR: Dead = (
    Code::PageAncreMorte,
    "vise une ancre qui n’existe pas",
    "un lien de ce texte vise un endroit que la page n’a pas : corrigez ce qui suit « # »",
    "un gabarit du thème écrit ce lien : corrigez-le, ou donnez cet « id » à un élément",
);

/// Diagnostic at the text that an editor wrote, or on the page that a template made.
fn dead(
    (code, what, to_editor, to_author): Dead,
    (page, link): (&OutputPath, &str),
    by: Option<&Span>,
    own_templates: bool,
) -> Diagnostic {
    let told = Diagnostic::new(code, format!("le lien « {link} » {what}"));
    match (by, own_templates) {
        (Some(span), _) => told.at(span, "").help(to_editor),
        (None, true) => told.in_output(page.as_str()).help(to_author),
        (None, false) => told.in_output(page.as_str()).help(OF_THE_PROGRAM),
    }
}

/// Path and anchor of a link inside the site; `None` for another site's.
fn inside(link: &str) -> Option<(&str, Option<&str>)> {
    let first = link.chars().find(|c| matches!(c, ':' | '/' | '?' | '#'));
    if first == Some(':') || link.starts_with("//") {
        return None;
    }
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (link, None),
    };
    Some((path.split_once('?').map_or(path, |(path, _)| path), anchor))
}

/// The file that a link names from a page. `None` when it leaves the site or names a folder.
fn resolve(page: &OutputPath, path: &str, prefix: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    // Only the 404 page has absolute paths: from the site's own prefix.
    let (mut target, rest): (Vec<&str>, &str) = match decoded.strip_prefix('/') {
        Some(_) => (Vec::new(), decoded.strip_prefix(prefix)?),
        None => {
            let mut folders: Vec<&str> = page.as_str().split('/').collect();
            folders.pop();
            (folders, &decoded)
        }
    };
    for part in rest.split('/') {
        match part {
            "." => {}
            ".." => {
                target.pop()?;
            }
            name => target.push(name),
        }
    }
    Some(target.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_inside_the_site() {
        for other in ["https://a.fr/b#c", "mailto:a@b.fr", "//a.fr/", "data:x"] {
            assert_eq!(inside(other), None, "{other}");
        }
        assert_eq!(inside("../a/b.html?c#d:e"), Some(("../a/b.html", Some("d:e"))));
        assert_eq!(inside("#a#b"), Some(("", Some("a#b"))));
        assert_eq!(inside("a/b:c"), Some(("a/b:c", None)));
        assert_eq!(inside("?a#"), Some(("", Some(""))));
    }
}
