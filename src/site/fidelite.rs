//! Result of the proof of a source: computed by `proof`, kept with its synthèse, shown by the pages.

use std::collections::BTreeSet;

use crate::{
    french,
    source::{Slug, Span},
};

/// The tiling of a source, in visible characters of its canonical form, spaces aside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fidelite {
    /// All of them.
    pub total: usize,
    /// Published.
    pub publies: usize,
    /// Excluded, with a reason.
    pub exclus: usize,
    /// Published with a difference.
    pub alteres: usize,
    /// Nowhere.
    pub perdus: usize,
    /// True when the title of the synthèse is that of the document.
    pub titre_recu: bool,
    /// Thématiques whose rows are all transcribed.
    pub completes: Vec<Slug>,
}

impl Fidelite {
    /// Share of the source that is published as it is or excluded with a reason, in tenths of a
    /// percent rounded down: 1000 only when nothing at all is missing.
    pub fn pour_mille(&self) -> usize {
        ((self.publies + self.exclus) * 1000).checked_div(self.total).unwrap_or(1000)
    }

    /// « 97 % publié, 3 % écarté », shares that add up to 100.
    pub fn parts(&self) -> String {
        // Rounded, but nothing is whole that lacks something, nor absent that is there.
        let share = |n: usize| match n {
            0 => 0,
            n if n == self.total => 100,
            n => ((200 * n + self.total) / (2 * self.total)).clamp(1, 99),
        };
        let (ecarte, a_transcrire) = (share(self.exclus), share(self.alteres + self.perdus));
        let publie = 100_usize.saturating_sub(ecarte + a_transcrire);
        let told = [(publie, "publié"), (ecarte, "écarté"), (a_transcrire, "à transcrire")];
        let told = told.into_iter().filter(|(n, _)| *n > 0);
        let said: Vec<String> =
            told.map(|(n, word)| format!("{n}{}% {word}", french::NBSP)).collect();
        said.join(", ")
    }

    /// The same as a reader sees it: `100 %`, `98,4 %`.
    pub fn affichage(&self) -> String {
        let share = self.pour_mille();
        if share.is_multiple_of(10) {
            format!("{}{}%", share / 10, french::NBSP)
        } else {
            format!("{},{}{}%", share / 10, share % 10, french::NBSP)
        }
    }
}

/// Proof of one synthèse against its source.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceProof {
    /// The tiling.
    pub fidelite: Fidelite,
    /// Places of the texts that are not those received, and of the lines that are told to have moved.
    pub alteres: BTreeSet<Span>,
}
