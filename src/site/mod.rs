//! The immutable graph: everything ordered, every reference resolved, the source tiled.
//!
//! [`assemble()`] orders and finds, [`relate()`] adds the edges that the proof allows: afterwards no rapprochement
//! dangles and every list is sorted; what could not be found, and what bears the name of another, has been said.

mod absentes;
pub mod address;
mod ajouts;
mod assemble;
mod communs;
mod fidelite;
mod forge;
mod images;
pub mod officielles;
mod rangees;
mod rapprochements;
mod debuts;
mod ends;
mod sigles;
mod tableaux;
mod targets;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    french::{self, difference::Changement},
    images::Size,
    model::{
        Bloc, Config, Corps, Fiche, GroupeSynonymes, Intitule, Langue, Nature, PageTexte, Preuve,
        Sante, Synthese, Tableau, TableauxThematique, Thematique,
    },
    parse::SourceDocument,
    source::{OutputPath, SitePath, Slug, Span},
};

pub use ajouts::{Ajout, GenreAjout, ajouts};
pub use assemble::assemble;
pub use debuts::{Debuts, debut};
pub use fidelite::{Fidelite, SourceProof};
pub use forge::{Repository, takes_proposals};
pub use rangees::rangees_des_lignes;
pub use rapprochements::relate;
pub use sigles::{Occurrence, Sigles, capitals, occurrences};
pub use targets::Target;

/// Name of the file of tables whose rows belong to no thématique.
pub const ATELIER: &str = "atelier";

/// Everything the pages are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// `site.toml`.
    pub config: Config,
    /// By number.
    pub thematiques: Vec<Thematique>,
    /// By year, then territory, then id.
    pub ateliers: Vec<Atelier>,
    /// In the order of a French dictionary.
    pub glossaire: Sigles,
    /// Groups of words that the search takes for one another.
    pub synonymes: Vec<GroupeSynonymes>,
    /// Health of the external links.
    pub sante: Sante,
    /// By path.
    pub pages: Vec<PageTexte>,
    /// Files that an internal link may name.
    pub(crate) targets: BTreeMap<SitePath, Target>,
    /// Images that a published text shows.
    pub images: BTreeMap<SitePath, Size>,
    /// Errors that other stages take into account.
    pub doubts: Doubts,
}

/// Files and texts that have errors of their own: what they lack, repeat or prove is not judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doubts {
    /// Files that could not be read well.
    pub fichiers: BTreeSet<SitePath>,
    /// Places of the texts that are not those received, and of the lines that have moved.
    pub textes: BTreeSet<Span>,
}

impl Doubts {
    /// True when what is at an end of an edge is in doubt.
    pub fn is_about(&self, atelier: &Atelier, bout: Bout) -> bool {
        match bout {
            Bout::Bloc(i, _) => {
                let bloc = &atelier.blocs[i].bloc;
                let text = &bloc.textes[0].span;
                self.fichiers.contains(&bloc.id.span.file) || self.textes.contains(text)
            }
            Bout::Fiche(i) => self.fichiers.contains(&atelier.fiches[i].path),
        }
    }
}

/// One synthèse with all that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Atelier {
    /// Description of the synthèse.
    pub synthese: Synthese,
    /// By thématique, then source order, then contributions by date and title.
    pub fiches: Vec<Arc<Fiche>>,
    /// Files of its tables, by thématique.
    pub tableaux: Vec<TableauxThematique>,
    /// The heading each thématique's fiches have in the source.
    pub intitules_retex: BTreeMap<Slug, Intitule>,
    /// Every bloc: by thématique, table, nature, then source order.
    pub blocs: Vec<BlocPlace>,
    /// Their first words.
    pub debuts: Debuts,
    /// Every resolved edge, in the order of what it starts from.
    pub rapprochements: Vec<Arete>,
    /// Edges to other syntheses, and from them.
    pub ponts: Vec<Pont>,
    /// The document received; `None` for a recueil.
    pub source: Option<SourceDocument>,
    /// The tiling of the source, once it is proved; `None` for a recueil.
    pub fidelite: Option<Fidelite>,
}

/// A bloc where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct BlocPlace {
    /// Which thématique's row.
    pub thematique: Slug,
    /// Which table.
    pub tableau: Tableau,
    /// Lines in the source; empty in a recueil.
    pub lignes: Vec<usize>,
    /// Rangées in the table of the thématique, from 1: one, unless the cell is merged over several, or nobody says it.
    pub rangees: Vec<usize>,
    /// The bloc.
    pub bloc: Bloc,
}

/// One end of an edge: an index into [`Atelier::blocs`] or [`Atelier::fiches`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bout {
    /// A bloc, or one of its énoncés (1-based).
    Bloc(usize, Option<usize>),
    /// A fiche.
    Fiche(usize),
}

/// A resolved edge with its proof.
#[derive(Clone, Debug, PartialEq)]
pub struct Arete {
    /// Start of the edge.
    pub de: Bout,
    /// End of the edge.
    pub vers: Bout,
    /// Why.
    pub preuve: Preuve,
    /// Why, in words.
    pub raison: Option<String>,
    /// The common name.
    pub nom: Option<String>,
    /// For nearly identical texts, what differs.
    pub ecarts: Vec<Changement>,
    /// Place where an editor wrote it; `None` when the program found it.
    pub ecrit: Option<Span>,
}

/// An edge between two syntheses, as one of them sees it; the other has its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Pont {
    /// The end that is here.
    pub ici: Bout,
    /// The other end: its atelier, by its place in the site, and what it is there.
    pub autre: (usize, Bout),
    /// True when a file of this synthèse writes it.
    pub part_d_ici: bool,
    /// The edge.
    pub arete: Arete,
}

/// Which fiche of a site: its atelier, then its place there.
pub type Indices = (usize, usize);

impl Atelier {
    /// Name for a reader, with its article: without a document received there is no synthesis.
    pub fn nom(&self) -> &'static str {
        if self.source.is_some() { "la synthèse" } else { "le recueil" }
    }

    /// Name in one word.
    pub fn genre(&self) -> &'static str {
        if self.source.is_some() { "Synthèse" } else { "Recueil" }
    }
}

impl Site {
    /// Every Markdown text.
    pub fn bodies(&self) -> impl Iterator<Item = &Corps> {
        assemble::bodies(&self.thematiques, &self.pages, &self.ateliers)
    }

    /// A thématique by its id.
    pub fn thematique(&self, id: &Slug) -> Option<&Thematique> {
        self.thematiques.iter().find(|t| t.id == *id)
    }

    /// The thématiques of a workshop: the subjects of its démarche, each with its place in the site.
    pub fn thematiques_de<'a>(
        &'a self,
        atelier: &'a Atelier,
    ) -> impl Iterator<Item = (usize, &'a Thematique)> {
        let own =
            |t: &Thematique| t.demarche == atelier.synthese.demarche || atelier.parle_de(&t.id);
        self.thematiques.iter().enumerate().filter(move |(_, t)| own(t))
    }

    /// Rank of a thématique in the site, from 1; 0 without one.
    pub fn rang(&self, id: &Slug) -> usize {
        self.thematiques.iter().position(|t| t.id == *id).map_or(0, |rank| rank + 1)
    }

    /// The page that shows what is written in a file of the content.
    pub fn page_of(&self, file: &SitePath) -> Option<&OutputPath> {
        self.targets.get(file).map(|target| &target.page)
    }

    /// The only synthèse, when there is one: the site then never says « toutes les synthèses ».
    pub fn seul_atelier(&self) -> Option<&Atelier> {
        match self.ateliers.as_slice() {
            [atelier] => Some(atelier),
            _ => None,
        }
    }

    /// Name of an end of an edge in another synthèse: `synthese:thematique/bloc`.
    pub fn adresse(&self, (atelier, bout): (usize, Bout)) -> String {
        let atelier = &self.ateliers[atelier];
        format!("{}:{}", atelier.synthese.id, atelier.adresse(bout))
    }

    /// True with two workshops or more.
    pub fn plusieurs(&self) -> bool {
        self.ateliers.len() > 1
    }

    /// The one workshop that says something of a thématique; the only one of the site, whatever it says.
    pub fn seule_voix(&self, thematique: &Slug) -> Option<usize> {
        let mut said = (0..self.ateliers.len()).filter(|a| self.ateliers[*a].parle_de(thematique));
        match (said.next(), said.next()) {
            (None, _) => self.seul_atelier().map(|_| 0),
            (one, None) => one,
            _ => None,
        }
    }

    /// Every fiche with its atelier, in the order of the site.
    pub fn fiches(&self) -> impl Iterator<Item = (&Atelier, &Fiche)> {
        self.ateliers.iter().flat_map(|a| a.fiches.iter().map(move |f| (a, &**f)))
    }

    /// A fiche with its atelier.
    pub fn fiche(&self, (atelier, fiche): Indices) -> (&Atelier, &Fiche) {
        let atelier = &self.ateliers[atelier];
        (atelier, &atelier.fiches[fiche])
    }

    /// Which fiches there are, in the order of the site.
    pub fn indices(&self) -> impl Iterator<Item = Indices> {
        let ateliers = self.ateliers.iter().enumerate();
        ateliers.flat_map(|(a, atelier)| (0..atelier.fiches.len()).map(move |f| (a, f)))
    }

    /// Target of an internal link.
    pub fn target(&self, path: &SitePath) -> Option<&Target> {
        self.targets.get(path)
    }
}

impl Atelier {
    /// Language of its texts, unless it is French, which is that of the pages.
    pub fn langue(&self) -> Option<&Langue> {
        self.etrangere(None)
    }

    /// Language of a fiche, unless it is French.
    pub fn langue_de<'a>(&'a self, fiche: &'a Fiche) -> Option<&'a Langue> {
        self.etrangere(fiche.langue.as_ref())
    }

    /// Language of a bloc, unless it is French.
    pub fn langue_du_bloc(&self, bloc: usize) -> Option<&Langue> {
        self.etrangere(self.blocs[bloc].bloc.langue.as_ref())
    }

    fn etrangere<'a>(&'a self, own: Option<&'a Langue>) -> Option<&'a Langue> {
        own.or(self.synthese.langue.as_ref()).filter(|langue| !langue.is_french())
    }

    /// True when it has a fiche or a row about a thématique.
    pub fn parle_de(&self, thematique: &Slug) -> bool {
        self.fiches_de(thematique).next().is_some()
            || self.blocs.iter().any(|b| b.thematique == *thematique)
    }

    /// True of a fiche that joined a document received: it is not a part of what the workshop wrote.
    pub fn joins(&self, fiche: &Fiche) -> bool {
        self.source.is_some() && !fiche.est_de_la_synthese()
    }

    /// Number of fiches that joined the document received.
    pub fn contributions(&self) -> usize {
        self.fiches.iter().filter(|fiche| self.joins(fiche)).count()
    }

    /// The fiches of a thématique, in order.
    pub fn fiches_de<'a>(&'a self, thematique: &'a Slug) -> impl Iterator<Item = &'a Fiche> {
        let all = self.fiches.iter().map(|fiche| &**fiche);
        all.filter(move |f| f.thematique.value == *thematique)
    }

    /// True when its plan has a text of this nature.
    pub fn dit_au_plan(&self, nature: Nature) -> bool {
        self.blocs.iter().any(|b| b.tableau == Tableau::Plan && b.bloc.nature == Some(nature))
    }

    /// The blocs of a thématique in a table, with their indices, in source order.
    pub fn blocs_du_tableau<'a>(
        &'a self,
        thematique: &'a Slug,
        tableau: Tableau,
    ) -> impl Iterator<Item = (usize, &'a BlocPlace)> {
        let all = self.blocs.iter().enumerate();
        all.filter(move |(_, b)| b.thematique == *thematique && b.tableau == tableau)
    }

    /// First line of a thématique in a table; `None` without a document.
    pub fn debut(&self, thematique: &Slug, tableau: Tableau) -> Option<usize> {
        let own = self.blocs_du_tableau(thematique, tableau);
        own.flat_map(|(_, place)| &place.lignes).copied().min()
    }

    /// Those of a nature.
    pub fn blocs_de<'a>(
        &'a self,
        thematique: &'a Slug,
        tableau: Tableau,
        nature: Nature,
    ) -> impl Iterator<Item = (usize, &'a BlocPlace)> {
        let all = self.blocs_du_tableau(thematique, tableau);
        all.filter(move |(_, b)| b.bloc.nature == Some(nature))
    }

    /// Those of a column.
    pub fn blocs_de_colonne<'a>(
        &'a self,
        thematique: &'a Slug,
        tableau: Tableau,
        colonne: usize,
    ) -> impl Iterator<Item = (usize, &'a BlocPlace)> {
        let all = self.blocs_du_tableau(thematique, tableau);
        all.filter(move |(_, b)| b.bloc.colonne == colonne)
    }

    /// The nature of a bloc as a reader sees it; in a free column, the heading.
    pub fn nature(&self, place: &BlocPlace) -> String {
        match place.bloc.nature {
            Some(nature) => nature.label().into(),
            None => {
                let entete = self.synthese.tableaux.get(&place.tableau);
                let heading = entete.and_then(|entete| entete.colonnes.get(place.bloc.colonne));
                heading.map_or_else(String::new, |colonne| colonne.texte.value.clone())
            }
        }
    }

    /// True when a thématique has a row in a table.
    pub fn a_une_ligne(&self, thematique: &Slug, tableau: Tableau) -> bool {
        self.blocs.iter().any(|b| b.thematique == *thematique && b.tableau == tableau)
    }

    /// True when the document has these words alone on a line of a fiche.
    pub fn ecrit(&self, fiche: &Fiche, words: &str) -> bool {
        let (Some(source), Some(lignes)) = (&self.source, &fiche.lignes) else { return false };
        let wanted = french::canonical(words);
        let lines = lignes.value.iter().filter_map(|ligne| source.ligne(*ligne));
        let mut segments = lines.flat_map(|line| &line.cellules).flat_map(|cell| &cell.segments);
        segments.any(|segment| segment.texte == wanted)
    }

    /// The edges that touch an end, seen from it: the other end comes with the edge.
    pub fn voisins(&self, ici: impl Fn(&Bout) -> bool) -> Vec<(Bout, &Arete)> {
        let mut found = Vec::new();
        for arete in &self.rapprochements {
            if ici(&arete.de) {
                found.push((arete.vers, arete));
            } else if ici(&arete.vers) {
                found.push((arete.de, arete));
            }
        }
        found
    }

    /// Name of an end of an edge, as a `vers` writes it: `thematique/bloc`, or `retex/fiche`.
    pub fn adresse(&self, bout: Bout) -> String {
        match bout {
            Bout::Fiche(i) => format!("retex/{}", self.fiches[i].id.slug),
            Bout::Bloc(i, enonce) => {
                let b = &self.blocs[i];
                let ancre = enonce.map_or_else(|| b.bloc.id.value.to_string(), |n| b.bloc.ancre(n));
                format!("{}/{ancre}", b.thematique)
            }
        }
    }

    /// The text at an end of an edge.
    pub fn texte(&self, bout: Bout) -> String {
        match bout {
            Bout::Fiche(i) => texte_de_fiche(&self.fiches[i]),
            Bout::Bloc(i, None) => self.blocs[i].bloc.texte(),
            Bout::Bloc(i, Some(n)) => self.blocs[i].bloc.textes[n - 1].value.clone(),
        }
    }

    /// A bloc, or one of its énoncés, where a page shows it in one line.
    pub fn ligne(&self, bloc: usize, enonce: Option<usize>) -> String {
        let bloc = &self.blocs[bloc].bloc;
        enonce.map_or_else(|| bloc.ligne(), |n| bloc.textes[n - 1].value.clone())
    }
}

impl TableauxThematique {
    /// Place of its row in each table.
    pub fn spans(&self) -> BTreeMap<Tableau, Span> {
        self.lignes.iter().map(|(tableau, ligne)| (*tableau, ligne.span.clone())).collect()
    }
}

/// Title and text of a fiche, as one text.
fn texte_de_fiche(fiche: &Fiche) -> String {
    let titre = fiche.titre.iter().map(|t| t.value.as_str());
    let corps = fiche.corps.blocs.iter().map(|b| b.value.as_str());
    titre.chain(corps).collect::<Vec<_>>().join(" ")
}

/// The title a reader sees: the one received or given, else the first words of the text.
pub fn titre_affiche(fiche: &Fiche) -> String {
    match &fiche.titre {
        Some(titre) => titre.value.clone(),
        None => crate::french::first_words(&texte_de_fiche(fiche), 90),
    }
}

/// Paths that exist, for suggestions.
type Paths = BTreeSet<SitePath>;
