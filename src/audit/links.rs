//! Every link inside the site names a file of the tree, and an anchor of it.

use std::collections::BTreeMap;

use super::PageScan;
use crate::{
    diag::{Code, Diagnostic},
    output::OutputTree,
    site::Site,
    source::OutputPath,
};

pub(super) fn check(
    tree: &OutputTree,
    site: &Site,
    scans: &BTreeMap<&OutputPath, PageScan>,
    diags: &mut Vec<Diagnostic>,
) {
    let prefix = site.config.url.as_ref().map_or("/", |url| url.path());
    let prefix = format!("{}/", prefix.trim_end_matches('/'));
    for (page, scan) in scans {
        for (link, _) in &scan.links {
            let Some((path, anchor)) = inside(link) else { continue };
            let Some(target) = resolve(page, path, &prefix) else {
                diags.push(dead(page, link));
                continue;
            };
            if tree.get(&target).is_none() {
                diags.push(dead(page, link));
                continue;
            }
            let there = scans.get(&target);
            if let (Some(anchor), Some(there)) = (anchor.filter(|a| !a.is_empty()), there)
                && !there.ids.contains_key(anchor)
            {
                diags.push(
                    Diagnostic::new(
                        Code::PageAncreMorte,
                        format!("le lien « {link} » vise une ancre qui n’existe pas"),
                    )
                    .in_output(page.as_str())
                    .aide("un gabarit du thème écrit ce lien : corrigez-le, ou donnez cet « id » à un élément"),
                );
            }
        }
    }
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

/// The file that a link names from a page. `None` when it leaves the site or names a folder.
fn resolve(page: &OutputPath, path: &str, prefix: &str) -> Option<OutputPath> {
    if path.is_empty() {
        return Some(page.clone());
    }
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    let (mut parts, rest): (Vec<&str>, &str) = match decoded.strip_prefix('/') {
        // Only the 404 page has absolute paths: from the site's own prefix.
        Some(_) => (Vec::new(), decoded.strip_prefix(prefix)?),
        None => {
            let mut parts: Vec<&str> = page.as_str().split('/').collect();
            parts.pop();
            (parts, &decoded)
        }
    };
    for part in rest.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(OutputPath::new(parts.join("/")))
}
