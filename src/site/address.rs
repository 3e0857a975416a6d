//! Address of each page. The only place that knows the shape of the addresses.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::{
    model::{FicheId, PageOfficielle, Synthese, Tableau},
    source::{OutputPath, SitePath, Slug, slugify},
};

/// The public address of a page; a folder's `index.html` is left out.
pub fn absolute(base: &url::Url, page: &OutputPath) -> String {
    let base = base.as_str().trim_end_matches('/');
    let path = page.as_str();
    let path = path.strip_suffix("index.html").unwrap_or(path);
    [base, "/", path].concat()
}

/// The home page.
pub fn accueil() -> OutputPath {
    OutputPath::index("")
}

/// The list of thématiques.
pub fn thematiques() -> OutputPath {
    OutputPath::index("thematiques")
}

/// The list of workshops, where there are several.
pub fn syntheses() -> OutputPath {
    OutputPath::index("syntheses")
}

/// A thématique.
pub fn thematique(id: &Slug) -> OutputPath {
    OutputPath::index(&format!("thematiques/{id}"))
}

/// The texts of one nature in a thématique, with several workshops.
pub fn rubrique(thematique: &Slug, slug: &str, page: usize) -> OutputPath {
    numbered(&format!("thematiques/{thematique}/{slug}"), page)
}

/// A workshop.
pub fn synthese(id: &Slug) -> OutputPath {
    OutputPath::index(&format!("syntheses/{id}"))
}

/// A workshop's table, the permanent address of its blocs.
pub fn tableau(synthese: &Synthese, tableau: Tableau) -> OutputPath {
    OutputPath::index(&format!("syntheses/{}/{}", synthese.id, synthese.id_du_tableau(tableau)))
}

/// The plan of a workshop, to be read and acted upon; its table as received is the folder above.
pub fn lecture(synthese: &Synthese) -> OutputPath {
    below(&tableau(synthese, Tableau::Plan), "lecture")
}

/// The ready citations of a workshop's table.
pub fn citer(synthese: &Synthese, table: Tableau) -> OutputPath {
    below(&tableau(synthese, table), "citer")
}

fn below(page: &OutputPath, folder: &str) -> OutputPath {
    OutputPath::index(&[page.as_str().trim_end_matches("index.html"), folder].concat())
}

/// One thématique of one workshop, made to print.
pub fn dossier(synthese: &Slug, thematique: &Slug) -> OutputPath {
    OutputPath::index(&format!("syntheses/{synthese}/{thematique}"))
}

/// A fiche.
pub fn fiche(id: &FicheId) -> OutputPath {
    // Asked for a hundred thousand times in a large site.
    OutputPath::new(["retex/", id.synthese.as_str(), "/", id.slug.as_str(), "/index.html"].concat())
}

/// Every fiche; pages from the second on have a folder of their own.
pub fn fiches(page: usize) -> OutputPath {
    numbered("retex", page)
}

/// The fiches that share a value of a facet.
pub fn facette(facette: &str, valeur: &str, page: usize) -> OutputPath {
    numbered(&["retex/par/", facette, "/", valeur].concat(), page)
}

/// The values of a facet, where they are too many for each list to give them all.
pub fn valeurs(facette: &str, page: usize) -> OutputPath {
    numbered(&format!("retex/par/{facette}"), page)
}

/// The directory of links.
pub fn liens(page: usize) -> OutputPath {
    numbered("liens", page)
}

/// A page about one synthèse, below the page of the same name that tells of them all.
pub fn page_de(id: &str, synthese: &Slug) -> OutputPath {
    OutputPath::index(&format!("{id}/{synthese}"))
}

/// The additions to a synthèse, where they are too many for the page of provenance to give them all. With several
/// synthèses each has its own page of provenance, and they are below.
pub fn ajouts(synthese: &Slug, plusieurs: bool, page: usize) -> OutputPath {
    let below = if plusieurs { "/ajouts" } else { "" };
    numbered(&format!("provenance/{synthese}{below}"), page)
}

fn numbered(folder: &str, page: usize) -> OutputPath {
    if page <= 1 {
        OutputPath::index(folder)
    } else {
        OutputPath::index(&format!("{folder}/page-{page}"))
    }
}

/// A page at the root: `glossaire/`, `contact/`.
pub fn page(id: &str) -> OutputPath {
    OutputPath::index(id)
}

/// The page that says what the site weighs.
pub fn ecoconception() -> OutputPath {
    page(PageOfficielle::Ecoconception.slug())
}

/// An image of the content, at the path it has there, by the rules of the addresses of pages. A name without a letter
/// or a figure stays as it is.
pub fn image(path: &SitePath) -> OutputPath {
    let inside = path.parent().split_once('/').map_or("", |(_, rest)| rest);
    let slug = |name: &str| match slugify(name) {
        none if none.is_empty() => name.to_string(),
        slug => slug,
    };
    let folders: String = inside.split('/').map(|folder| slug(folder) + "/").collect();
    let (stem, extension) = (slug(path.stem()), path.extension().to_ascii_lowercase());
    OutputPath::new(format!("images/{folders}{stem}.{extension}"))
}

/// Signs that the path of an address cannot hold as they are (WHATWG URL, path percent-encode set), and those a browser reads
/// otherwise there: the name of an image is an editor's, every other path is made of slugs.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path, written as an address is.
pub fn written(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The relative address of an image from a page.
pub fn image_from(page: &OutputPath, path: &SitePath) -> String {
    written(&page.link_to(&image(path)))
}

/// A file of data.
pub fn data(name: &str) -> OutputPath {
    OutputPath::new(format!("donnees/{name}"))
}

/// A file of the search index, beside the search page.
pub fn search(name: &str) -> OutputPath {
    OutputPath::new(format!("recherche/{name}"))
}

/// A theme's static file.
pub fn asset(name: &str) -> OutputPath {
    OutputPath::new(format!("assets/{name}"))
}

/// Anchors that a theme must keep: they are where the proof of fidelity looks.
/// They hold `--`, which no slug does, so that no heading of an editor can take them.
pub mod anchor {
    /// The title of a fiche, a table or a document.
    pub const TITRE: &str = "page--titre";
    /// The text of a fiche.
    pub const TEXTE: &str = "page--texte";
    /// The method texts.
    pub const METHODE: &str = "page--methode";

    /// A received text of a workshop's page.
    pub fn recu(id: &str) -> String {
        format!("recu--{id}")
    }

    /// Heading of a received text.
    pub fn titre_recu(id: &str) -> String {
        format!("titre--{id}")
    }

    /// An image received with the document, by the name of its file.
    pub fn image(fichier: &str) -> String {
        format!("image--{}", crate::source::slugify(fichier))
    }

    /// Caption of a received image.
    pub fn legende(fichier: &str) -> String {
        format!("legende--{}", crate::source::slugify(fichier))
    }

    /// The `n`-th link of a fiche, from 1.
    pub fn lien(n: usize) -> String {
        format!("lien--{n}")
    }

    /// The heading of the list of fiches of a synthèse.
    pub const RETEX: &str = "retex--titre";

    /// The heading that the source gives to a thématique's fiches.
    pub fn retex(thematique: &str) -> String {
        format!("retex--{thematique}")
    }

    /// The heading of the `n`-th column of a table, from 1.
    pub fn colonne(n: usize) -> String {
        format!("colonne--{n}")
    }

    /// The part of a thématique in a page of several.
    pub fn partie(thematique: &str) -> String {
        format!("partie--{thematique}")
    }

    /// An acronym in the list at the foot of a page.
    pub fn sigle(id: &str) -> String {
        format!("sigle--{id}")
    }
}
