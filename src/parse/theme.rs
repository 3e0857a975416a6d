//! `theme.toml`.

use super::{
    keys,
    reader::{read, top_of},
    signes,
};
use crate::{
    diag::Diagnostic,
    source::{SitePath, Spanned},
};

/// Settings of a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeToml {
    /// The template contract it was written for.
    pub contrat: Spanned<usize>,
    /// The theme it completes.
    pub parent: Option<Spanned<String>>,
}

/// Reads `theme.toml`.
pub fn theme_toml(path: &SitePath, text: &str, diags: &mut Vec<Diagnostic>) -> Option<ThemeToml> {
    let (lecture, signes) = signes::lecture(text);
    let as_read = lecture.as_ref().map_or(text, |lecture| &lecture.texte);
    let mut said = Vec::new();
    let toml = read(&keys::THEME, path, as_read, 0, top_of(path, as_read), &mut said, |r| {
        r.text("nom");
        let contrat = r.number("contrat");
        let parent = r.text("parent");
        Some(ThemeToml { contrat: contrat?, parent })
    });
    if let Some(lecture) = &lecture {
        said.iter_mut().for_each(|diagnostic| lecture.said(diagnostic, path));
    }
    diags.extend(said);
    diags.extend(signes::told(path, text, &signes, false));
    toml.map(|toml| written(toml, lecture.as_ref()))
}

/// The same, with its places in the file as it is written.
fn written(mut toml: ThemeToml, lecture: Option<&signes::Lecture>) -> ThemeToml {
    if let Some(lecture) = lecture {
        lecture.written(&mut toml.contrat.span);
        toml.parent.iter_mut().for_each(|parent| lecture.written(&mut parent.span));
    }
    toml
}
