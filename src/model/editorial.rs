//! What the editor writes around the syntheses: the site's settings, thématiques, glossary, pages.

use super::{Corps, Declaration, Mentions};
use crate::source::{SitePath, Slug, Span, Spanned};

/// `site.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Name of the site.
    pub titre: String,
    /// What it is, in a sentence.
    pub description: String,
    /// Who publishes it.
    pub editeur: Option<String>,
    /// Whom to write to: an e-mail address or a URL.
    pub contact: Option<String>,
    /// Where the site will be: needed for canonical addresses, the site map and the feed.
    pub url: Option<url::Url>,
    /// Address of the project on its forge.
    pub depot: Option<url::Url>,
    /// Branch that an editor edits.
    pub branche: String,
    /// Name of the theme.
    pub theme: Spanned<String>,
    /// Whether settings for an Apache server are written.
    pub htaccess: bool,
    /// Who answers for the site.
    pub mentions: Mentions,
    /// How accessible it is.
    pub accessibilite: Declaration,
}

/// `thematiques/<id>.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Thematique {
    /// The file's name.
    pub id: Slug,
    /// Its file.
    pub path: SitePath,
    /// Its number, from 1.
    pub numero: Spanned<usize>,
    /// Its full title.
    pub titre: String,
    /// A short one, for menus.
    pub titre_court: String,
    /// Introduction by the editor.
    pub corps: Corps,
}

/// One sense of an acronym.
#[derive(Clone, Debug, PartialEq)]
pub struct Sens {
    /// Its anchor in the glossary.
    pub id: Spanned<Slug>,
    /// The acronym.
    pub sigle: Spanned<String>,
    /// What it stands for; `None` when nobody knows.
    pub developpement: Option<Spanned<String>>,
    /// The editor is not sure.
    pub a_confirmer: bool,
    /// It names a person, a role or a body that acts.
    pub acteur: bool,
    /// What else is to be known.
    pub note: Option<String>,
    /// Where this sense applies, when the acronym has several: `synthese/thematique/bloc`.
    pub ou: Vec<Spanned<String>>,
    /// Where a synthèse itself expands it.
    pub attestation: Option<Attestation>,
}

/// A place where the source expands an acronym.
#[derive(Clone, Debug, PartialEq)]
pub struct Attestation {
    /// Which synthèse.
    pub synthese: Spanned<String>,
    /// Which lines.
    pub lignes: Vec<usize>,
}

/// `pages/<id>.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The file's name and address.
    pub id: Slug,
    /// Its file.
    pub path: SitePath,
    /// Its title.
    pub titre: String,
    /// Its text.
    pub corps: Corps,
    /// Where its header begins.
    pub entete: Span,
}
