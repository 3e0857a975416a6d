//! Advice to the editor once the whole site is known: repetitions, what lacks, what had better not
//! be published, what the law asks. Only loops of rapprochements refuse a page here.
//!
//! A draft is never here. A file that has errors of its own is not judged on what it lacks or repeats,
//! which those errors may explain; what it says too much is told at once.

mod chaine;
mod contributions;
mod liens;
mod modeles;
mod personnel;
mod publication;
mod sante;
mod sigles;
mod suites;

use rayon::prelude::*;

use crate::{
    diag::Diagnostic,
    model::Fiche,
    site::Site,
    source::{SitePath, Snapshot},
};

/// Inputs of the rules.
struct Rules<'a> {
    site: &'a Site,
    snapshot: &'a Snapshot,
}

impl<'a> Rules<'a> {
    fn is_sure(&self, file: &SitePath) -> bool {
        !self.site.doubts.fichiers.contains(file)
    }

    /// Every fiche, in the order of the site, whatever else is wrong with it.
    fn all_fiches(&self) -> impl Iterator<Item = &'a Fiche> {
        self.site.ateliers.iter().flat_map(|a| &a.fiches).map(|fiche| &**fiche)
    }

    /// Every fiche that can be judged, in the order of the site.
    fn fiches(&self) -> impl Iterator<Item = &'a Fiche> {
        self.all_fiches().filter(|f| self.is_sure(&f.path))
    }

    /// The fiches that an editor may change: those that no document received contains.
    fn contributions(&self) -> impl Iterator<Item = &'a Fiche> {
        self.fiches().filter(|f| !f.est_de_la_synthese())
    }
}

/// Judges the site.
pub fn judge(site: &Site, snapshot: &Snapshot, diags: &mut Vec<Diagnostic>) {
    let jury = Rules { site, snapshot };
    let rules: [fn(&Rules<'_>, &mut Vec<Diagnostic>); 9] = [
        chaine::judge,
        contributions::judge,
        liens::judge,
        modeles::judge,
        personnel::judge,
        publication::judge,
        sante::judge,
        sigles::judge,
        suites::judge,
    ];
    let said = rules.par_iter().map(|rule| {
        let mut said = Vec::new();
        rule(&jury, &mut said);
        said
    });
    diags.extend(said.collect::<Vec<_>>().into_iter().flatten());
}
