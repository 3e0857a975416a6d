//! The messages that a format for machines gives: no more than a forge takes, the gravest kept, the others counted.

use super::{Ailleurs, Diagnostic};
use crate::french;

/// Messages that a document gives, unless more are asked for: a forge refuses a report that is too heavy, and nobody
/// reads a thousand messages.
pub const MESSAGES_MAX: usize = 1000;

/// Messages that are given of a list.
#[derive(Debug)]
pub(super) struct Lot<'a> {
    /// Those given, in the order of the list.
    pub(super) donnes: Vec<&'a Diagnostic>,
    /// Number of those that are not.
    pub(super) tus: usize,
    total: usize,
}

impl<'a> Lot<'a> {
    /// The `max` gravest.
    pub(super) fn of(list: &'a [Diagnostic], max: usize) -> Self {
        let mut ranks: Vec<usize> = (0..list.len()).collect();
        ranks.sort_by_key(|rank| list[*rank].severity);
        ranks.truncate(max);
        ranks.sort_unstable();
        Self::given(list, ranks.into_iter().map(|rank| &list[rank]).collect())
    }

    /// Those chosen in a list.
    pub(super) fn given(list: &[Diagnostic], donnes: Vec<&'a Diagnostic>) -> Self {
        Self { tus: list.len() - donnes.len(), total: list.len(), donnes }
    }

    /// A sentence about the others, of this part and elsewhere; `None` when all are given.
    pub(super) fn reste(&self, ailleurs: Option<Ailleurs>) -> Option<String> {
        let elsewhere = ailleurs.and_then(|ailleurs| ailleurs.phrase());
        let left_out = (self.tus > 0).then(|| {
            let tus = french::count(
                self.tus,
                "autre message n’est pas donné ici",
                "autres messages ne sont pas donnés ici",
            );
            french::bind_spaces(&format!(
                "{tus} : avec --max {}, retex check les donne tous",
                self.total
            ))
        });
        let said: Vec<String> = left_out.into_iter().chain(elsewhere).collect();
        (!said.is_empty()).then(|| said.join(". "))
    }
}
