//! Text → safe HTML. The only maker of [`Html`]: every other text reaches a template as plain text,
//! which the template escapes.

mod body;
mod code;
mod html;
mod inline;
mod numeros;

use std::collections::BTreeSet;

pub use body::{check, corps, corps_en};
pub use html::{Html, as_is};
pub use inline::{addresses, attributs, plain, plain_en, superscripts, texte, texte_en};

use crate::{
    model::Sens,
    site::{Sigles, Site},
    source::OutputPath,
};

/// The acronyms met on a page. The first time one is met it becomes a link to the list at the foot
/// of the page; no word is added to the text itself.
#[derive(Debug)]
pub struct Glose<'a> {
    glossaire: &'a Sigles,
    met: BTreeSet<usize>,
}

impl<'a> Glose<'a> {
    /// None met yet.
    pub fn new(glossaire: &'a Sigles) -> Self {
        Self { glossaire, met: BTreeSet::new() }
    }

    /// The senses met, in the order of the glossary.
    pub fn met(&self) -> impl Iterator<Item = &'a Sens> {
        self.met.iter().map(|i| &self.glossaire[*i])
    }
}

/// Place where a text is shown: its links are relative to it.
#[derive(Clone, Copy, Debug)]
pub struct LinkBase<'a> {
    /// The site, for internal links and images.
    pub site: &'a Site,
    /// The page.
    pub page: &'a OutputPath,
    /// Prefix of the anchors of the text where it stands among others; empty on its own page.
    /// The headings are then lower, under the title that the page gives it.
    pub parmi: &'a str,
}
