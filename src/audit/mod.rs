//! The last look, at the finished files themselves: dead links and anchors, ids used twice, and
//! fidelity model ↔ pages. Whatever the theme, what is wrong here is not published.

mod fidelite;
mod links;
mod scan;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    diag::{Code, Diagnostic, Place},
    fr,
    output::OutputTree,
    site::Site,
    source::OutputPath,
};

pub use scan::{PageScan, scan};

/// Checks the whole tree.
pub fn audit(tree: &OutputTree, site: &Site, diags: &mut Vec<Diagnostic>) {
    let mut found = Vec::new();
    pages(tree, site, &mut found);
    diags.extend(once_each(found));
}

/// A template repeats its fault on every page it makes: said once, on the first of them.
fn once_each(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    for diagnostic in found {
        let same = |d: &Diagnostic| {
            let of_pages =
                [&d.place, &diagnostic.place].iter().all(|p| matches!(p, Place::Output(_)));
            of_pages && (d.code, &d.message) == (diagnostic.code, &diagnostic.message)
        };
        match kept.iter_mut().find(|(d, _)| same(d)) {
            Some((_, others)) => *others += 1,
            None => kept.push((diagnostic, 0)),
        }
    }
    let told = |(diagnostic, others): (Diagnostic, usize)| match others {
        0 => diagnostic,
        _ => diagnostic
            .aide(format!("de même dans {}", fr::count(others, "autre page", "autres pages"))),
    };
    kept.into_iter().map(told).collect()
}

/// What one page says, kept once its text is forgotten: ten thousand pages need no room.
#[derive(Debug)]
struct Read {
    of_page: Vec<Diagnostic>,
    of_links: Vec<Diagnostic>,
    of_texts: Vec<Diagnostic>,
    pending: Vec<links::Pending>,
    ids: Vec<String>,
}

fn pages(tree: &OutputTree, site: &Site, diags: &mut Vec<Diagnostic>) {
    let pages: Vec<(&OutputPath, &str)> = tree.pages().collect();
    let wanted = fidelite::wanted(site);
    let prefix = links::prefix(site);
    let one = |(path, html): &(&OutputPath, &str)| {
        let scan = scan(html);
        let (mut of_page, mut of_links, mut of_texts) = (Vec::new(), Vec::new(), Vec::new());
        itself(path, &scan, &mut of_page);
        let pending = links::check(path, &scan, tree, &prefix, &mut of_links);
        if let Some(wanted) = wanted.get(*path) {
            fidelite::check(path, Some(&scan), *wanted, &mut of_texts);
        }
        Read { of_page, of_links, of_texts, pending, ids: scan.ids.into_keys().collect() }
    };
    let mut read: Vec<Read> = pages.par_iter().map(one).collect();
    let ids: BTreeMap<&OutputPath, Vec<String>> = pages
        .iter()
        .zip(&mut read)
        .map(|((path, _), r)| (*path, std::mem::take(&mut r.ids)))
        .collect();
    for ((path, _), read) in pages.iter().zip(&mut read) {
        links::check_anchors(path, &read.pending, &ids, &mut read.of_links);
        diags.append(&mut read.of_page);
    }
    read.iter_mut().for_each(|read| diags.append(&mut read.of_links));
    read.iter_mut().for_each(|read| diags.append(&mut read.of_texts));
    for (path, wanted) in wanted.iter().filter(|(path, _)| !ids.contains_key(path)) {
        fidelite::check(path, None, *wanted, diags);
    }
}

/// What is wrong in a page by itself.
fn itself(path: &OutputPath, page: &PageScan, diags: &mut Vec<Diagnostic>) {
    for what in &page.forbidden {
        diags.push(
            Diagnostic::new(Code::PageCodeInterdit, format!("cette page contient : {what}"))
                .in_output(path.as_str())
                .aide("ni style ni programme dans la page, rien d’un autre site : placez-les dans « static » du thème"),
        );
    }
    for id in &page.repeated {
        diags.push(
            Diagnostic::new(Code::PageIdEnDouble, format!("l’identifiant « {id} » sert deux fois"))
                .in_output(path.as_str())
                .aide("un gabarit l’écrit deux fois, ou un titre du texte porte le nom d’un bloc de la page"),
        );
    }
}
