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

fn pages(tree: &OutputTree, site: &Site, diags: &mut Vec<Diagnostic>) {
    let pages: Vec<(&OutputPath, &str)> = tree.pages().collect();
    let scans: BTreeMap<&OutputPath, PageScan> =
        pages.par_iter().map(|(path, html)| (*path, scan(html))).collect();
    for (path, page) in &scans {
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
    links::check(tree, site, &scans, diags);
    fidelite::check(site, &scans, diags);
}
