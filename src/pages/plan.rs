//! Which pages exist. After it no two pages share an address.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

use super::{
    annuaire::Annuaire,
    cadre::{Bords, Commun},
    cartes::{CarteFiche, nouvelle_carte},
    feuilles::{self, AJOUTS, AJOUTS_PAR_PAGE, FICHES, VALEURS, VALEURS_ENSUITE},
    morceau::Morceau,
    renvois::Renvois,
};
use crate::{
    data::DataFile,
    diag::{Code, Diagnostic},
    fr,
    mesure::Mesures,
    model::{Fiche, Niveau, PageOfficielle, Tableau, TypeLien},
    site::{self, Ajout, Atelier, Indices, Site, address},
    source::{OutputPath, Slug, Span, slugify},
};

/// A page to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Where.
    pub path: OutputPath,
    /// What.
    pub kind: PageKind,
}

/// The kinds of pages; numbers are indices into the [`Site`].
#[derive(Clone, Debug, PartialEq)]
pub enum PageKind {
    /// Home.
    Accueil,
    /// A thématique.
    Thematique(usize),
    /// A workshop.
    Synthese(usize),
    /// A workshop's table.
    Tableau(usize, Tableau),
    /// A workshop's thématique.
    Dossier(usize, usize),
    /// A page of a list of fiches.
    Liste {
        /// The facet and value, an index into [`Plan::facettes`]; `None` lists every fiche.
        facette: Option<usize>,
        /// Which page, from 1.
        numero: usize,
        /// How many pages.
        total: usize,
    },
    /// A page of all the values of a facet.
    Valeurs {
        /// The facet's folder.
        nom: &'static str,
        /// Which page, from 1.
        numero: usize,
        /// How many pages.
        total: usize,
    },
    /// A fiche: its atelier and its index there.
    Fiche(usize, usize),
    /// Who does what.
    Acteurs,
    /// When.
    Calendrier,
    /// A page of the directory of links.
    Liens {
        /// Which page, from 1.
        numero: usize,
        /// How many pages.
        total: usize,
    },
    /// A page of the additions to a synthèse.
    Ajouts {
        /// Whose additions.
        atelier: usize,
        /// Which page, from 1.
        numero: usize,
        /// How many pages.
        total: usize,
    },
    /// The glossary.
    Glossaire,
    /// Fidelity.
    Provenance,
    /// Search.
    Recherche,
    /// Open data: made once its files are, which it describes ([`Page::donnees`]).
    Donnees(Vec<DataFile>),
    /// The site map for people.
    PlanDuSite,
    /// The accessibility statement.
    Accessibilite,
    /// Who publishes, who hosts.
    MentionsLegales,
    /// Personal data.
    DonneesPersonnelles,
    /// Whom to write to.
    Contact,
    /// What the site weighs: made after all the others, which it measures ([`Page::ecoconception`]).
    Ecoconception(Mesures),
    /// An editor's page.
    Texte(usize),
    /// 404.
    Introuvable,
    /// A former address.
    Redirection(OutputPath),
}

impl Page {
    /// The page that describes the files of data.
    pub fn donnees(files: Vec<DataFile>) -> Self {
        Self { path: address::page("donnees"), kind: PageKind::Donnees(files) }
    }

    /// The page that says what the others weigh.
    pub fn ecoconception(mesures: Mesures) -> Self {
        Self { path: address::ecoconception(), kind: PageKind::Ecoconception(mesures) }
    }

    /// The pages that are made last, in their order, with nothing yet to say of the files.
    pub fn last() -> [Self; 2] {
        [Self::donnees(Vec::new()), Self::ecoconception(Mesures::default())]
    }
}

impl PageKind {
    /// The official page that it is, if it is one.
    pub fn officielle(&self) -> Option<PageOfficielle> {
        Some(match self {
            Self::Accessibilite => PageOfficielle::Accessibilite,
            Self::MentionsLegales => PageOfficielle::MentionsLegales,
            Self::DonneesPersonnelles => PageOfficielle::DonneesPersonnelles,
            Self::Contact => PageOfficielle::Contact,
            Self::Ecoconception(_) => PageOfficielle::Ecoconception,
            _ => return None,
        })
    }

    /// What a reader calls a page of this kind, with its article.
    pub fn genre(&self) -> &'static str {
        match self {
            Self::Accueil => "la page d’accueil",
            Self::Thematique(_) => "une thématique",
            Self::Synthese(_) => "une synthèse",
            Self::Tableau(..) => "un tableau entier",
            Self::Dossier(..) => "un dossier de réunion",
            Self::Liste { .. } => "une liste de retours d’expérience",
            Self::Fiche(..) => "un retour d’expérience",
            _ => "une page du site",
        }
    }
}

/// A facet with one of its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Facette {
    /// The facet's folder: `niveau`.
    pub nom: &'static str,
    /// What a reader sees: « Niveau ».
    pub titre: &'static str,
    /// The value's folder.
    pub slug: String,
    /// What a reader sees of the value.
    pub valeur: String,
    /// The fiches that have it.
    pub fiches: Vec<Indices>,
    /// How many values of the facet come before it when the most used is first; ties in their order.
    pub rang: usize,
}

/// Looked up for each card and each page: the hasher of the standard library took 0.7 % of a build.
type ByKey<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// Every page of the site, and the facets that its lists share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// In the order of the site, but for those that only the finished files can tell: [`Page::last`].
    pub pages: Vec<Page>,
    /// Each facet with each of its values, in the order a reader sees them.
    pub facettes: Vec<Facette>,
    /// Whether pages load a charter's style sheet.
    pub charte: bool,
    /// The card of each fiche, made when it is first asked for: each is shown on six pages or more, and a preview
    /// asks for few.
    cartes: Vec<Vec<OnceLock<Arc<CarteFiche>>>>,
    /// What the pages of fiches that are side by side show alike, by workshop and thématique.
    pub(super) voisins: ByKey<(usize, Slug), Voisins>,
    /// What the frames of pages have in common.
    pub(super) commun: Commun,
    /// What ties the fiches.
    pub(super) renvois: Renvois,
    /// The directory of links.
    pub(super) annuaire: Annuaire,
    /// What the editor added to each synthèse, by kind.
    pub(super) ajouts: Vec<Vec<Ajout>>,
}

/// What the pages of fiches that are side by side show alike, each thing made when the first page asks for it. Their
/// links are the same: none leads into the folder of a fiche.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Voisins {
    /// Their top, their breadcrumb and their foot.
    pub(super) bords: OnceLock<Bords>,
    /// What their workshop gave for the whole thématique, where nothing of it is tied to the fiche itself.
    pub(super) points_forts: OnceLock<Option<Morceau>>,
    /// Likewise.
    pub(super) irritants: OnceLock<Option<Morceau>>,
}

/// Plans every page. `charte`: whether the theme has a charter's style sheet.
pub fn plan(site: &Site, charte: bool, diags: &mut Vec<Diagnostic>) -> Plan {
    let cartes = || {
        let none = |atelier: &Atelier| vec![OnceLock::new(); atelier.fiches.len()];
        site.ateliers.iter().map(none).collect()
    };
    let voisins = || {
        let ateliers = site.ateliers.iter().enumerate();
        let of = |(a, f): (usize, &Fiche)| ((a, f.thematique.value.clone()), Voisins::default());
        ateliers.flat_map(|(a, atelier)| atelier.fiches.iter().map(move |f| of((a, f)))).collect()
    };
    let shared = || (cartes(), Commun::of(site), voisins());
    let ((cartes, commun, voisins), plan) = rayon::join(shared, || pages_of(site, diags));
    Plan { cartes, charte, commun, voisins, ..plan }
}

/// Every page, and all that pages share but the cards of the fiches.
fn pages_of(site: &Site, diags: &mut Vec<Diagnostic>) -> Plan {
    let ajouts = || site.ateliers.par_iter().map(site::ajouts).collect();
    let (renvois, (annuaire, ajouts)): (_, (_, Vec<Vec<Ajout>>)) =
        rayon::join(|| Renvois::of(site), || rayon::join(|| Annuaire::of(site), ajouts));
    let room = site.ateliers.iter().map(|atelier| atelier.fiches.len() * 5 / 4).sum();
    let taken = HashMap::with_capacity_and_hasher(room, Default::default());
    let mut plan = Planner { pages: Vec::with_capacity(room), taken, diags };
    plan.add(address::accueil(), PageKind::Accueil, None);
    for t in 0..site.thematiques.len() {
        plan.add(address::thematique(&site.thematiques[t].id), PageKind::Thematique(t), None);
    }
    for (a, atelier) in site.ateliers.iter().enumerate() {
        let id = &atelier.synthese.id;
        plan.add(address::synthese(id), PageKind::Synthese(a), None);
        for tableau in atelier.synthese.tableaux.keys() {
            plan.add(address::tableau(id, *tableau), PageKind::Tableau(a, *tableau), None);
        }
        for (t, thematique) in site.thematiques.iter().enumerate() {
            plan.add(address::dossier(id, &thematique.id), PageKind::Dossier(a, t), None);
        }
    }
    let count = site.fiches().count();
    plan.list(None, count);
    let facettes = facettes(site, &renvois);
    for (i, facette) in facettes.iter().enumerate() {
        plan.list(Some((i, facette)), facette.fiches.len());
    }
    plan.valeurs(&facettes);
    for (a, atelier) in site.ateliers.iter().enumerate() {
        for (f, fiche) in atelier.fiches.iter().enumerate() {
            plan.add(address::fiche(&fiche.id), PageKind::Fiche(a, f), None);
        }
    }
    let fixed = [
        ("acteurs", PageKind::Acteurs),
        ("calendrier", PageKind::Calendrier),
        ("glossaire", PageKind::Glossaire),
        ("provenance", PageKind::Provenance),
        ("recherche", PageKind::Recherche),
        ("plan-du-site", PageKind::PlanDuSite),
        ("accessibilite", PageKind::Accessibilite),
        ("mentions-legales", PageKind::MentionsLegales),
        ("donnees-personnelles", PageKind::DonneesPersonnelles),
        ("contact", PageKind::Contact),
    ];
    for (folder, kind) in fixed {
        plan.add(address::page(folder), kind, None);
    }
    let total = annuaire.pages();
    for numero in 1..=total {
        plan.add(address::liens(numero), PageKind::Liens { numero, total }, None);
    }
    for (a, list) in ajouts.iter().enumerate().filter(|(_, list)| list.len() > AJOUTS) {
        let (id, total) =
            (&site.ateliers[a].synthese.id, feuilles::pages(list.len(), AJOUTS_PAR_PAGE));
        for numero in 1..=total {
            let kind = PageKind::Ajouts { atelier: a, numero, total };
            plan.add(address::ajouts(id, numero), kind, None);
        }
    }
    plan.taken.extend(Page::last().map(|page| (page.path, None)));
    for (p, page) in site.autres_pages() {
        plan.add(address::page(page.id.as_str()), PageKind::Texte(p), Some(&page.entete));
    }
    plan.add(OutputPath::new("404.html"), PageKind::Introuvable, None);
    for (_, fiche) in site.fiches() {
        for old in &fiche.anciennes_adresses {
            let target = address::fiche(&fiche.id);
            plan.add(OutputPath::index(&old.value), PageKind::Redirection(target), Some(&old.span));
        }
    }
    Plan { pages: plan.pages, facettes, renvois, annuaire, ajouts, ..Plan::default() }
}

impl Plan {
    /// The card of a fiche.
    pub fn carte(&self, site: &Site, indices: Indices) -> Arc<CarteFiche> {
        let (a, f) = indices;
        let (atelier, fiche) = site.fiche(indices);
        let make = || Arc::new(nouvelle_carte(site, atelier, fiche));
        Arc::clone(self.cartes[a][f].get_or_init(make))
    }

    /// Where the pages are that one comes to read, the last ones included.
    pub fn adresses(&self) -> Vec<OutputPath> {
        let read =
            |page: &&Page| !matches!(page.kind, PageKind::Introuvable | PageKind::Redirection(_));
        let pages = self.pages.iter().filter(read).map(|page| page.path.clone());
        pages.chain(Page::last().map(|page| page.path)).collect()
    }
}

struct Planner<'a> {
    pages: Vec<Page>,
    taken: ByKey<OutputPath, Option<Span>>,
    diags: &'a mut Vec<Diagnostic>,
}

impl Planner<'_> {
    fn add(&mut self, path: OutputPath, kind: PageKind, from: Option<&Span>) {
        // `assets` and `images` are folders of files.
        let reserved = ["assets/", "images/"].iter().any(|r| path.as_str().starts_with(r));
        let first = self.taken.get(&path).cloned();
        if first.is_none() && !reserved {
            self.taken.insert(path.clone(), from.cloned());
            self.pages.push(Page { path, kind });
            return;
        }
        let folder = path.as_str().trim_end_matches("index.html");
        let mut diagnostic = Diagnostic::new(
            Code::AdresseEnDouble,
            format!("l’adresse « /{folder} » est déjà celle d’une autre page"),
        );
        if let Some(span) = from {
            diagnostic = diagnostic.at(span, "");
        }
        if let Some(Some(other)) = &first {
            diagnostic = diagnostic.also(other, "l’autre page");
        }
        self.diags.push(diagnostic.aide("choisissez un autre nom"));
    }

    fn list(&mut self, facette: Option<(usize, &Facette)>, count: usize) {
        let total = feuilles::pages(count, FICHES);
        for numero in 1..=total {
            let path = match facette {
                None => address::fiches(numero),
                Some((_, f)) => address::facette(f.nom, &f.slug, numero),
            };
            let facette = facette.map(|(i, _)| i);
            self.add(path, PageKind::Liste { facette, numero, total }, None);
        }
    }

    /// A facet whose values are not all given by each list has pages that give them all.
    fn valeurs(&mut self, facettes: &[Facette]) {
        for values in facettes.chunk_by(|a, b| a.nom == b.nom) {
            let (nom, total) = (values[0].nom, feuilles::pages(values.len(), VALEURS));
            for numero in 1..=total {
                if values.len() > VALEURS_ENSUITE {
                    let kind = PageKind::Valeurs { nom, numero, total };
                    self.add(address::valeurs(nom, numero), kind, None);
                }
            }
        }
    }
}

/// Every facet and value that at least one fiche has, in the order a reader sees them.
fn facettes(site: &Site, renvois: &Renvois) -> Vec<Facette> {
    let all: Vec<(usize, usize, &Fiche)> = site
        .ateliers
        .iter()
        .enumerate()
        .flat_map(|(a, atelier)| atelier.fiches.iter().enumerate().map(move |(f, x)| (a, f, &**x)))
        .collect();
    let mut found = Vec::new();
    for thematique in &site.thematiques {
        let has = |(_, _, f): &(usize, usize, &Fiche)| f.thematique.value == thematique.id;
        let slug = thematique.id.to_string();
        let named = ("thematique", "Thématique", slug, thematique.titre_court.clone());
        push(&mut found, named, all.iter().filter(|f| has(f)));
    }
    for niveau in Niveau::ALL {
        let has = |(_, _, f): &(usize, usize, &Fiche)| f.niveaux.contains(niveau);
        let named = ("niveau", "Niveau", niveau.slug().into(), niveau.label().into());
        push(&mut found, named, all.iter().filter(|f| has(f)));
    }
    for kind in TypeLien::ALL {
        let has =
            |(_, _, f): &(usize, usize, &Fiche)| f.liens.iter().any(|l| l.type_lien == Some(*kind));
        let named = ("lien", "Genre de lien", kind.slug().into(), kind.label().into());
        push(&mut found, named, all.iter().filter(|f| has(f)));
    }
    for (slug, (word, fiches)) in mots_cles(&all, renvois) {
        push(&mut found, ("mot-cle", "Mot-clé", slug, word), fiches.into_iter());
    }
    for (i, sens) in site.glossaire.iter().enumerate().filter(|(_, s)| s.acteur) {
        let has = |(a, f, _): &(usize, usize, &Fiche)| renvois.fiche(*a, *f).sens.contains(&i);
        let (slug, word) = (sens.id.value.to_string(), sens.sigle.value.clone());
        push(&mut found, ("acteur", "Acteur cité", slug, word), all.iter().filter(|f| has(f)));
    }
    if site.ateliers.len() > 1 {
        let mut territoires: Vec<&str> =
            site.ateliers.iter().map(|a| a.synthese.territoire.as_str()).collect();
        territoires.sort_unstable();
        territoires.dedup();
        fr::sort_by_text(&mut territoires, |t| (*t).to_string());
        for territoire in territoires {
            let has = |(a, ..): &(usize, usize, &Fiche)| {
                site.ateliers[*a].synthese.territoire == territoire
            };
            let named = ("territoire", "Territoire", slugify(territoire), territoire.to_string());
            push(&mut found, named, all.iter().filter(|f| has(f)));
        }
    }
    found.chunk_by_mut(|a, b| a.nom == b.nom).for_each(rank);
    found
}

/// Ranks the values of one facet.
fn rank(values: &mut [Facette]) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    // Stable: equals stay in the order a reader sees them.
    order.sort_by_key(|i| std::cmp::Reverse(values[*i].fiches.len()));
    for (rang, i) in order.into_iter().enumerate() {
        values[i].rang = rang;
    }
}

fn push<'a>(
    all: &mut Vec<Facette>,
    (nom, titre, slug, valeur): (&'static str, &'static str, String, String),
    fiches: impl Iterator<Item = &'a (usize, usize, &'a Fiche)>,
) {
    let fiches: Vec<Indices> = fiches.map(|(a, f, _)| (*a, *f)).collect();
    if !fiches.is_empty() && !slug.is_empty() {
        all.push(Facette { nom, titre, slug, valeur, fiches, rang: 0 });
    }
}

/// A keyword as first written, and the fiches that bear it.
type MotCle<'a> = (String, Vec<&'a (usize, usize, &'a Fiche)>);

/// Keywords by slug, in French order.
fn mots_cles<'a>(
    all: &'a [(usize, usize, &'a Fiche)],
    renvois: &Renvois,
) -> Vec<(String, MotCle<'a>)> {
    let mut words: BTreeMap<&str, MotCle<'a>> = BTreeMap::new();
    for fiche in all {
        let (a, f, source) = fiche;
        for (slug, mot) in renvois.fiche(*a, *f).mots.iter().zip(&source.mots_cles) {
            let (_, fiches) = words.entry(slug).or_insert_with(|| (mot.value.clone(), Vec::new()));
            // Written twice in two ways, a keyword is still one.
            if !fiches.last().is_some_and(|last| std::ptr::eq(*last, fiche)) {
                fiches.push(fiche);
            }
        }
    }
    let mut list: Vec<_> = words.into_iter().map(|(slug, word)| (slug.to_string(), word)).collect();
    fr::sort_by_text(&mut list, |(_, (word, _))| word.clone());
    list
}
