//! Advice to the editor once the whole site is known: repetitions, what lacks, what had better not
//! be published. Nothing here refuses a page, rapprochements aside.
//!
//! A draft is never here. A file that has errors of its own is not judged on what it lacks or repeats,
//! which those errors may explain; what it says too much is told at once.

mod chaine;
mod contributions;
mod liens;
mod personnel;
mod publication;
mod sigles;
mod suites;

use rayon::prelude::*;

use super::{Atelier, Paths, Sigles};
use crate::{
    diag::Diagnostic,
    model::Fiche,
    source::{SitePath, Snapshot},
};

pub use publication::settings;

pub(super) use chaine::{Ecrit, judge as judge_rapprochements};

/// Inputs of the rules.
struct Jury<'a> {
    ateliers: &'a [Atelier],
    glossaire: &'a Sigles,
    snapshot: &'a Snapshot,
    unsure: &'a Paths,
}

impl<'a> Jury<'a> {
    fn is_sure(&self, file: &SitePath) -> bool {
        !self.unsure.contains(file)
    }

    /// Every fiche, in the order of the site, whatever else is wrong with it.
    fn all_fiches(&self) -> impl Iterator<Item = &'a Fiche> {
        self.ateliers.iter().flat_map(|a| &a.fiches).map(|fiche| &**fiche)
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
pub(super) fn judge(
    ateliers: &[Atelier],
    glossaire: &Sigles,
    snapshot: &Snapshot,
    unsure: &Paths,
) -> Vec<Diagnostic> {
    let jury = Jury { ateliers, glossaire, snapshot, unsure };
    let rules: [fn(&Jury<'_>, &mut Vec<Diagnostic>); 5] =
        [contributions::judge, liens::judge, personnel::judge, sigles::judge, suites::judge];
    let said = rules.par_iter().map(|rule| {
        let mut said = Vec::new();
        rule(&jury, &mut said);
        said
    });
    said.flatten_iter().collect()
}
