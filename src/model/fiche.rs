//! A fiche RETEX as its editor wrote it.

use std::sync::Arc;

use super::{Date, Langue, Niveau, Personnelle, Preuve, TypeLien};
use crate::source::{Passage, SitePath, Slug, Span, Spanned};

/// Which fiche: its synthèse and its file name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FicheId {
    /// The synthèse.
    pub synthese: Slug,
    /// The file name, which is also the URL.
    pub slug: Slug,
}

/// One field report.
#[derive(Clone, Debug, PartialEq)]
pub struct Fiche {
    /// Identity of the fiche.
    pub id: FicheId,
    /// Path of the file.
    pub path: SitePath,
    /// The title, when it has one; otherwise the first words of the text serve.
    pub titre: Option<Spanned<String>>,
    /// The thématique it is filed under.
    pub thematique: Spanned<Slug>,
    /// Lines of `source.txt`, from 1; `None` makes it a contribution.
    pub lignes: Option<Spanned<Vec<usize>>>,
    /// Language; `None` is that of the synthèse.
    pub langue: Option<Langue>,
    /// Levels, in the order of the vocabulary.
    pub niveaux: Vec<Niveau>,
    /// Keywords, as written.
    pub mots_cles: Vec<Spanned<String>>,
    /// Sub-themes, free words.
    pub sous_thematiques: Vec<Spanned<String>>,
    /// Strong points: what worked in this experience.
    pub points_forts: Vec<Spanned<String>>,
    /// Irritants: what did not.
    pub irritants: Vec<Spanned<String>>,
    /// The school.
    pub etablissement: Option<String>,
    /// The town.
    pub commune: Option<String>,
    /// When it was written.
    pub date: Option<Spanned<Date>>,
    /// Who wrote it.
    pub auteurs: Vec<String>,
    /// Left out of the site.
    pub brouillon: bool,
    /// Former addresses, each of which becomes a redirect: `retex/x/y`.
    pub anciennes_adresses: Vec<Spanned<String>>,
    /// External resources.
    pub liens: Vec<Lien>,
    /// Edges to blocs of the tables.
    pub rapprochements: Vec<Rapprochement>,
    /// The text.
    pub corps: Corps,
    /// The opening `+++`, where a missing key is reported.
    pub entete: Span,
    /// Personal data in the file, which had better not be published.
    pub personnelles: Vec<Spanned<Personnelle>>,
}

impl Fiche {
    /// True when it claims a place in the document received.
    pub fn est_de_la_synthese(&self) -> bool {
        self.lignes.is_some()
    }

    /// The day when it was written.
    pub fn jour(&self) -> Option<Date> {
        self.date.as_ref().map(|date| date.value)
    }
}

/// An external resource of a fiche.
#[derive(Clone, Debug, PartialEq)]
pub struct Lien {
    /// The address to follow; `None` when it was withdrawn because it bears a name.
    pub url: Option<url::Url>,
    /// The address exactly as written in the file.
    pub texte: Spanned<String>,
    /// Kind of resource.
    pub type_lien: Option<TypeLien>,
    /// A title given by the editor.
    pub titre: Option<String>,
    /// The address as received, when `url` repairs it.
    pub url_source: Option<Spanned<String>>,
    /// A dated copy in a web archive.
    pub url_archive: Option<url::Url>,
}

/// An edge that an editor proposes, with its proof.
#[derive(Clone, Debug, PartialEq)]
pub struct Rapprochement {
    /// 1-based énoncé of the bloc it starts from; `None` is the whole bloc.
    pub enonce: Option<Spanned<usize>>,
    /// Target: `bloc`, `bloc-2`, `thematique/bloc`, or `synthese:thematique/bloc`.
    pub vers: Spanned<String>,
    /// Why.
    pub preuve: Spanned<Preuve>,
    /// Why, in words.
    pub raison: Option<String>,
    /// The common name, for the proof by name.
    pub nom: Option<Spanned<String>>,
    /// Lines of the source that write it.
    pub lignes: Option<Spanned<Vec<usize>>>,
    /// Words of the source that write it.
    pub citation: Option<Spanned<String>>,
}

/// A Markdown text: the file and what was found in it. HTML is made at render time.
#[derive(Clone, Debug, PartialEq)]
pub struct Corps {
    /// The whole file, header included, so that offsets are those of the file.
    pub texte: Arc<str>,
    /// The body.
    pub span: Span,
    /// Headings, in order.
    pub titres: Vec<Titre>,
    /// Relative links to files of the site.
    pub liens: Vec<LienInterne>,
    /// Links to the web.
    pub externes: Vec<Spanned<url::Url>>,
    /// Images.
    pub images: Vec<Image>,
    /// The text of each leaf block (paragraph, heading, item, cell), in order, markup removed.
    pub blocs: Vec<Spanned<Passage>>,
    /// Forms that add to the words, or strike them: links, images, notes… A received text has none.
    pub ornements: Vec<Spanned<&'static str>>,
    /// The languages of its blocks of code, each with its block.
    pub langages: Vec<Spanned<String>>,
}

impl Corps {
    /// The ornament that a link is.
    pub const UN_LIEN: &str = "un lien";

    /// The Markdown of the body.
    pub fn markdown(&self) -> &str {
        &self.texte[self.span.range()]
    }

    /// True when the text holds a link, to the site or elsewhere.
    pub fn a_un_lien(&self) -> bool {
        self.ornements.iter().any(|o| o.value == Self::UN_LIEN)
    }
}

/// A heading of a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Titre {
    /// Level, 2 to 6.
    pub niveau: NiveauTitre,
    /// Words of the heading.
    pub texte: String,
    /// Anchor, unique in the text.
    pub ancre: String,
}

/// A heading level, as HTML counts them.
pub type NiveauTitre = u8;

/// A relative link in a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LienInterne {
    /// The file it names, resolved from the text's own file.
    pub cible: SitePath,
    /// The anchor it names.
    pub ancre: Option<String>,
    /// The place of the link.
    pub span: Span,
}

/// An image in a Markdown text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// The file it names.
    pub cible: SitePath,
    /// Words for who does not see it, as written.
    pub alternative: String,
    /// The place of the image.
    pub span: Span,
}
