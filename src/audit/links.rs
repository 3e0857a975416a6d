//! Every link inside the site names a file of the tree, and an anchor of it.

use std::{collections::HashMap, convert::Infallible, sync::Arc};

use xxhash_rust::xxh3::xxh3_64;

use super::PageScan;
use crate::{
    diag::{Code, Diagnostic},
    digest::{Digest, Once},
    site::Site,
    source::{OutputPath, OutputPaths},
};

/// A link to an anchor of another page: it is judged once all pages have been read.
#[derive(Debug)]
pub(super) struct Pending<'a> {
    target: &'a OutputPath,
    anchor: Mark,
    /// Held once for all the pages that bear it.
    link: Arc<Box<str>>,
}

/// The links that lead to an anchor of another page.
pub(super) type Said = Once<Box<str>>;

/// What is kept of an id: ten thousand pages have a million of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark(u64);

/// The ids of each page, sorted.
pub(super) type Ids<'a> = HashMap<&'a OutputPath, Box<[Mark]>, foldhash::fast::RandomState>;

impl Mark {
    fn of(id: &str) -> Self {
        Self(xxh3_64(id.as_bytes()))
    }
}

/// The ids of a page, sorted.
pub(super) fn marks(scan: &PageScan) -> Box<[Mark]> {
    let mut marks: Vec<Mark> = scan.ids.keys().map(|id| Mark::of(id)).collect();
    marks.sort_unstable();
    marks.into()
}

/// Judges the links of a page among the files of the site, but for those it gives back.
pub(super) fn check<'a>(
    page: &OutputPath,
    scan: &PageScan,
    (files, prefix): (&'a OutputPaths, &str),
    said: &Said,
    diags: &mut Vec<Diagnostic>,
) -> Vec<Pending<'a>> {
    let mut pending = Vec::new();
    let mut target = String::new();
    for (link, _) in &scan.links {
        let Some((path, anchor)) = inside(link) else { continue };
        let anchor = anchor.filter(|a| !a.is_empty());
        if path.is_empty() {
            if anchor.is_some_and(|anchor| !scan.ids.contains_key(anchor)) {
                diags.push(dead_anchor(page, link));
            }
            continue;
        }
        let found = resolve(page, path, prefix, &mut target).and_then(|()| files.get(&*target));
        match (found, anchor) {
            (None, _) => diags.push(dead(page, link)),
            (Some(target), Some(anchor)) => {
                let of = Digest::of_bytes(link.as_bytes());
                let Ok(link) = said.get(of, || Ok::<_, Infallible>(link.as_str().into()));
                pending.push(Pending { target, anchor: Mark::of(anchor), link });
            }
            (Some(_), None) => {}
        }
    }
    pending
}

/// The pages to whose anchors a page leads.
pub(super) fn targets<'a>(pending: &[Pending<'a>]) -> impl Iterator<Item = &'a OutputPath> {
    pending.iter().map(|pending| pending.target)
}

/// Judges what [`check`] gave back.
pub(super) fn check_anchors(
    page: &OutputPath,
    pending: &[Pending<'_>],
    ids: &Ids<'_>,
    diags: &mut Vec<Diagnostic>,
) {
    for Pending { target, anchor, link } in pending {
        // A file that is not a page has no anchors to hold it to.
        if ids.get(target).is_some_and(|there| there.binary_search(anchor).is_err()) {
            diags.push(dead_anchor(page, link));
        }
    }
}

/// The path of the site on its host, `/` or `/a/b/`.
pub(super) fn prefix(site: &Site) -> String {
    let path = site.config.url.as_ref().map_or("/", |url| url.path());
    format!("{}/", path.trim_end_matches('/'))
}

fn dead_anchor(page: &OutputPath, link: &str) -> Diagnostic {
    Diagnostic::new(
        Code::PageAncreMorte,
        format!("le lien « {link} » vise une ancre qui n’existe pas"),
    )
    .in_output(page.as_str())
    .aide("un gabarit du thème écrit ce lien : corrigez-le, ou donnez cet « id » à un élément")
}

fn dead(page: &OutputPath, link: &str) -> Diagnostic {
    Diagnostic::new(
        Code::PageLienMort,
        format!("le lien « {link} » ne mène à aucun fichier du site"),
    )
    .in_output(page.as_str())
    .aide("un gabarit du thème écrit ce lien : il est relatif et finit par un nom de fichier")
}

/// Path and anchor of a link inside the site; `None` for another site's.
fn inside(link: &str) -> Option<(&str, Option<&str>)> {
    let scheme = link.find([':', '/', '?', '#']).filter(|i| link[*i..].starts_with(':'));
    if scheme.is_some() || link.starts_with("//") {
        return None;
    }
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (link, None),
    };
    Some((path.split('?').next().unwrap_or(path), anchor))
}

/// Writes to `target` the file that a link names from a page. `None` when it leaves the site or names a folder.
fn resolve(page: &OutputPath, path: &str, prefix: &str, target: &mut String) -> Option<()> {
    target.clear();
    if let Some((folder, rest)) = plainly(page, path) {
        target.push_str(folder);
        target.push_str(rest);
        return Some(());
    }
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    // A folder that ends in `/`, or nothing.
    let rest: &str = match decoded.strip_prefix('/') {
        // Only the 404 page has absolute paths: from the site's own prefix.
        Some(_) => decoded.strip_prefix(prefix)?,
        None => {
            target.push_str(folder(page.as_str()));
            &decoded
        }
    };
    for part in rest.split('/') {
        match part {
            "." => {}
            ".." => {
                let above = folder(target.strip_suffix('/')?).len();
                target.truncate(above);
            }
            name => {
                target.push_str(name);
                target.push('/');
            }
        }
    }
    target.pop();
    Some(())
}

/// The folder above a page that a link starts from, and what it goes down to, when it first goes up, then down, and
/// nothing else: nearly all do, and half a million of them are looked at in a large site.
fn plainly<'p>(page: &'p OutputPath, path: &'p str) -> Option<(&'p str, &'p str)> {
    let (mut above, mut rest) = (folder(page.as_str()), path);
    while let Some(further) = rest.strip_prefix("../") {
        above = folder(above.strip_suffix('/')?);
        rest = further;
    }
    let bytes = rest.as_bytes();
    let odd = |pair: &[u8]| matches!(pair, [b'/', b'.' | b'/']);
    let is_plain = !matches!(bytes.first(), None | Some(b'.' | b'/'))
        && bytes.last() != Some(&b'/')
        && !bytes.contains(&b'%')
        && !bytes.windows(2).any(odd);
    is_plain.then_some((above, rest))
}

/// The folder of a path with its `/`; nothing at the root.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}
