//! Texts of the editor around the syntheses: the site's settings, thématiques, glossary, pages.

use super::{Corps, Declaration, Langue, Mentions, Permission};
use crate::source::{SitePath, Slug, Span, Spanned};

/// `site.toml`; by default, that of a site whose file could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Name of the site.
    pub titre: String,
    /// A sentence about the site.
    pub description: String,
    /// Language of the texts that say none of their own.
    pub langue: Option<Langue>,
    /// Heading of the home page; `None` reads the name of the site.
    pub accroche: Option<String>,
    /// Who publishes it.
    pub editeur: Option<String>,
    /// Whom to write to: an e-mail address or a URL.
    pub contact: Option<String>,
    /// Public address: needed for canonical addresses, the site map and the feed.
    pub url: Option<url::Url>,
    /// Address of the project on its forge.
    pub depot: Option<url::Url>,
    /// Branch that an editor edits.
    pub branche: String,
    /// Name of the theme.
    pub theme: Spanned<String>,
    /// True when settings for an Apache server are written.
    pub htaccess: bool,
    /// Classes of directives that the server takes from that file.
    pub allow_override: Vec<Permission>,
    /// Who answers for the site.
    pub mentions: Mentions,
    /// The accessibility statement.
    pub accessibilite: Declaration,
}

/// `thematiques/<id>.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Thematique {
    /// The file's name.
    pub id: Slug,
    /// Path of the file.
    pub path: SitePath,
    /// Number, from 1.
    pub numero: Spanned<usize>,
    /// Full title.
    pub titre: String,
    /// A short one, for menus.
    pub titre_court: String,
    /// Family of workshops that it is a subject of.
    pub demarche: Option<Slug>,
    /// Other names that documents give it.
    pub autres_noms: Vec<String>,
    /// Introduction by the editor.
    pub corps: Corps,
}

/// One sense of an acronym.
#[derive(Clone, Debug, PartialEq)]
pub struct Sens {
    /// Anchor in the glossary.
    pub id: Spanned<Slug>,
    /// The acronym.
    pub sigle: Spanned<String>,
    /// Expansion; `None` when nobody knows.
    pub developpement: Option<Spanned<String>>,
    /// The editor is not sure.
    pub a_confirmer: bool,
    /// It names a person, a role or a body that acts.
    pub acteur: bool,
    /// Something else to know.
    pub note: Option<String>,
    /// Blocs where this sense applies, when the acronym has several: `synthese/thematique/bloc`.
    pub ou: Vec<Spanned<String>>,
    /// Lines of a synthèse that expand it.
    pub attestation: Option<Attestation>,
}

/// Words that the search takes for one another.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupeSynonymes {
    /// The words, as the editor writes them.
    pub mots: Vec<Spanned<String>>,
}

/// A place where the source expands an acronym.
#[derive(Clone, Debug, PartialEq)]
pub struct Attestation {
    /// Which synthèse.
    pub synthese: Spanned<String>,
    /// Which lines.
    pub lignes: Spanned<Vec<usize>>,
}

/// `pages/<id>.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct PageTexte {
    /// The file's name and address.
    pub id: Slug,
    /// Path of the file.
    pub path: SitePath,
    /// Title of the page.
    pub titre: String,
    /// Text of the page.
    pub corps: Corps,
    /// Start of the header.
    pub entete: Span,
}
