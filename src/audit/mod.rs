//! The last look, at the finished files themselves: dead links and anchors, ids used twice, and
//! fidelity model ↔ pages. Whatever the theme, what is wrong here is not published.

mod fidelite;
mod links;
mod scan;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{
    diag::{Code, Diagnostic},
    output::OutputTree,
    site::Site,
    source::OutputPath,
};

pub use scan::{PageScan, scan};

/// Checks the whole tree.
pub fn audit(tree: &OutputTree, site: &Site, diags: &mut Vec<Diagnostic>) {
    let pages: Vec<(&OutputPath, &str)> = tree.pages().collect();
    let scans: BTreeMap<&OutputPath, PageScan> =
        pages.par_iter().map(|(path, html)| (*path, scan(html))).collect();
    for (path, page) in &scans {
        for id in &page.repeated {
            diags.push(
                Diagnostic::new(Code::PageIdEnDouble, format!("l’identifiant « {id} » sert deux fois"))
                    .in_output(path.as_str())
                    .aide("deux titres du texte portent peut-être le même nom qu’un bloc de la page"),
            );
        }
    }
    links::check(tree, site, &scans, diags);
    fidelite::check(site, &scans, diags);
}
