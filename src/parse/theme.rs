//! `theme.toml`.

use super::{
    champs,
    reader::{read, top_of},
};
use crate::{
    diag::Diagnostic,
    source::{SitePath, Spanned},
};

/// What a theme says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeToml {
    /// The template contract it was written for.
    pub contrat: Spanned<usize>,
    /// The theme it completes.
    pub parent: Option<Spanned<String>>,
}

/// Reads `theme.toml`.
pub fn theme_toml(path: &SitePath, text: &str, diags: &mut Vec<Diagnostic>) -> Option<ThemeToml> {
    read(&champs::THEME, path, text, 0, top_of(path, text), diags, |r| {
        r.text("nom");
        let contrat = r.number("contrat");
        let parent = r.text("parent");
        Some(ThemeToml { contrat: contrat?, parent })
    })
}
