//! Which pages exist. After it no two pages share an address.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    Facette, Page, PageKind,
    annuaire::Annuaire,
    cartes::{CarteFiche, nouvelle_carte},
    frame::Commun,
    limits::{self, AJOUTS, AJOUTS_PAR_PAGE, FICHES, VALEURS, VALEURS_ENSUITE},
    listes,
    neighbours::Renvois,
    rubriques::{Rubrique, rubriques},
};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{Nature, Niveau, Tableau, TypeLien},
    site::{self, Ajout, Atelier, Indices, Site, address},
    source::{OutputPath, Span, slugify},
};

/// Every page of the site, and the facets that its lists share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// In the order of the site, but for those that only the finished files can tell: [`Page::last`].
    pub pages: Vec<Page>,
    /// Each facet with each of its values, in the order a reader sees them.
    pub facettes: Vec<Facette>,
    /// True when pages load a charter's style sheet.
    pub charte: bool,
    /// The card of each fiche, shown on six pages or more.
    cartes: Vec<Vec<Arc<CarteFiche>>>,
    /// Data common to the frames of pages.
    pub(super) commun: Commun,
    /// Ties between fiches.
    pub(super) renvois: Renvois,
    /// The directory of links.
    pub(super) annuaire: Annuaire,
    /// What several workshops say of each thématique, nature by nature.
    pub(super) rubriques: Vec<Vec<Rubrique>>,
    /// Editor's additions to each synthèse, by kind.
    pub(super) ajouts: Vec<Vec<Ajout>>,
}

/// Plans every page. `charte`: whether the theme has a charter's style sheet.
pub fn plan(site: &Site, charte: bool, diags: &mut Vec<Diagnostic>) -> Plan {
    let cartes = |atelier: &Atelier| {
        let fiches = atelier.fiches.par_iter().with_max_len(64);
        fiches.map(|fiche| Arc::new(nouvelle_carte(site, atelier, fiche))).collect()
    };
    let shared = || (site.ateliers.iter().map(cartes).collect(), Commun::of(site));
    let ((cartes, commun), plan) = rayon::join(shared, || pages_of(site, diags));
    Plan { cartes, charte, commun, ..plan }
}

/// Every page, and all that pages share but the cards of the fiches.
fn pages_of(site: &Site, diags: &mut Vec<Diagnostic>) -> Plan {
    let ajouts = || site.ateliers.par_iter().map(|a| site::ajouts(site, a)).collect();
    let (renvois, (annuaire, ajouts)): (_, (_, Vec<Vec<Ajout>>)) =
        rayon::join(|| Renvois::of(site), || rayon::join(|| Annuaire::of(site), ajouts));
    let room = site.ateliers.iter().map(|atelier| atelier.fiches.len() * 5 / 4).sum();
    let taken = HashMap::with_capacity(room);
    let mut plan = Planner { pages: Vec::with_capacity(room), taken, diags };
    plan.add(address::accueil(), PageKind::Accueil, None);
    plan.add(address::thematiques(), PageKind::Thematiques, None);
    for t in 0..site.thematiques.len() {
        plan.add(address::thematique(&site.thematiques[t].id), PageKind::Thematique(t), None);
    }
    let rubriques: Vec<Vec<Rubrique>> =
        site.thematiques.par_iter().map(|t| rubriques(site, t)).collect();
    plan.comparisons(site, &rubriques);
    if site.plusieurs() {
        plan.add(address::syntheses(), PageKind::Syntheses, None);
    }
    plan.workshops(site);
    let count = site.fiches().count();
    plan.list(None, count);
    let fiches = || site.fiches().map(|(_, fiche)| address::fiche(&fiche.id)).collect::<Vec<_>>();
    let (facettes, fiches) = rayon::join(|| facettes(site, &renvois), fiches);
    for (i, facette) in facettes.iter().enumerate() {
        plan.list(Some((i, facette)), facette.fiches.len());
    }
    plan.valeurs(&facettes, count);
    for ((a, f), path) in site.indices().zip(fiches) {
        plan.add(path, PageKind::Fiche(a, f), None);
    }
    for (folder, kind) in fixed(site) {
        plan.add(address::page(folder), kind, None);
    }
    let total = annuaire.pages();
    for numero in 1..=total {
        plan.add(address::liens(numero), PageKind::Liens { numero, total }, None);
    }
    for (a, list) in ajouts.iter().enumerate().filter(|(_, list)| list.len() > AJOUTS) {
        let (id, total) =
            (&site.ateliers[a].synthese.id, limits::pages(list.len(), AJOUTS_PAR_PAGE));
        for numero in 1..=total {
            let kind = PageKind::Ajouts { atelier: a, numero, total };
            plan.add(address::ajouts(id, site.plusieurs(), numero), kind, None);
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
    Plan { pages: plan.pages, facettes, renvois, annuaire, rubriques, ajouts, ..Plan::default() }
}

/// Pages that stand alone, by their folders.
fn fixed(site: &Site) -> Vec<(&'static str, PageKind)> {
    let mut pages = vec![
        ("acteurs", PageKind::Acteurs(None)),
        ("calendrier", PageKind::Calendrier(None)),
        ("glossaire", PageKind::Glossaire),
        ("provenance", PageKind::Provenance(None)),
        ("recherche", PageKind::Recherche),
        ("plan-du-site", PageKind::PlanDuSite),
        ("accessibilite", PageKind::Accessibilite),
        ("mentions-legales", PageKind::MentionsLegales),
        ("donnees-personnelles", PageKind::DonneesPersonnelles),
        ("contact", PageKind::Contact),
    ];
    if site::takes_proposals(site) {
        pages.push(("proposer", PageKind::Proposer));
    }
    pages
}

impl Plan {
    /// The card of a fiche.
    pub fn carte(&self, (atelier, fiche): Indices) -> &Arc<CarteFiche> {
        &self.cartes[atelier][fiche]
    }

    /// Addresses of the pages that one comes to read, last ones included.
    pub fn adresses(&self) -> Vec<OutputPath> {
        let read =
            |page: &&Page| !matches!(page.kind, PageKind::Introuvable | PageKind::Redirection(_));
        let pages = self.pages.iter().filter(read).map(|page| page.path.clone());
        pages.chain(Page::last().map(|page| page.path)).collect()
    }
}

struct Planner<'a> {
    pages: Vec<Page>,
    taken: HashMap<OutputPath, Option<Span>>,
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
        self.diags.push(diagnostic.help("choisissez un autre nom"));
    }

    /// All the texts of each nature of a thématique, with several workshops.
    fn comparisons(&mut self, site: &Site, rubriques: &[Vec<Rubrique>]) {
        for (t, list) in rubriques.iter().enumerate() {
            for (r, one) in list.iter().enumerate() {
                let total = one.pages.len();
                for numero in 1..=total {
                    let path = address::rubrique(&site.thematiques[t].id, &one.slug, numero);
                    let kind = PageKind::Rubrique { thematique: t, rubrique: r, numero, total };
                    self.add(path, kind, None);
                }
            }
        }
    }

    /// Each workshop: its page, its tables, the meeting file of each thématique.
    fn workshops(&mut self, site: &Site) {
        for (a, atelier) in site.ateliers.iter().enumerate() {
            let id = &atelier.synthese.id;
            self.add(address::synthese(id), PageKind::Synthese(a), None);
            for tableau in atelier.synthese.tableaux.keys() {
                self.add(
                    address::tableau(&atelier.synthese, *tableau),
                    PageKind::Tableau(a, *tableau),
                    None,
                );
                let citer = address::citer(&atelier.synthese, *tableau);
                self.add(citer, PageKind::Citer(a, *tableau), None);
            }
            if atelier.synthese.tableaux.contains_key(&Tableau::Plan) {
                self.add(address::lecture(&atelier.synthese), PageKind::Lecture(a), None);
            }
            if site.plusieurs() {
                self.of_workshop(atelier, a);
            }
            for (t, thematique) in site.thematiques_de(atelier) {
                self.add(address::dossier(id, &thematique.id), PageKind::Dossier(a, t), None);
            }
        }
    }

    /// Pages about one workshop of several: its actors, its dates, where the plan says them, and its proof.
    fn of_workshop(&mut self, atelier: &Atelier, a: usize) {
        let says = |nature| atelier.dit_au_plan(nature);
        let kinds = [
            ("acteurs", says(Nature::Acteur), PageKind::Acteurs(Some(a))),
            ("calendrier", says(Nature::Temporalite), PageKind::Calendrier(Some(a))),
            ("provenance", true, PageKind::Provenance(Some(a))),
        ];
        for (folder, _, kind) in kinds.into_iter().filter(|(_, there, _)| *there) {
            self.add(address::page_de(folder, &atelier.synthese.id), kind, None);
        }
    }

    fn list(&mut self, facette: Option<(usize, &Facette)>, count: usize) {
        let total = limits::pages(count, FICHES);
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
    fn valeurs(&mut self, facettes: &[Facette], fiches: usize) {
        for values in facettes.chunk_by(|a, b| a.nom == b.nom) {
            let offered = values.len() <= VALEURS_ENSUITE
                && values.iter().all(|value| listes::divise(value, fiches));
            let (nom, total) = (values[0].nom, limits::pages(values.len(), VALEURS));
            for numero in (1..=total).filter(|_| !offered) {
                let kind = PageKind::Valeurs { nom, numero, total };
                self.add(address::valeurs(nom, numero), kind, None);
            }
        }
    }
}

/// Every facet and value that at least one fiche has, in the order a reader sees them.
fn facettes(site: &Site, renvois: &Renvois) -> Vec<Facette> {
    let (found, mut all) = (FacetIndex::of(site, renvois), Vec::new());
    for (thematique, fiches) in site.thematiques.iter().zip(found.par_thematique) {
        let (slug, valeur) = (thematique.id.to_string(), thematique.titre_court.clone());
        push(&mut all, ("thematique", "Thématique", slug, valeur), fiches);
    }
    for (niveau, fiches) in Niveau::ALL.iter().zip(found.par_niveau) {
        let named = ("niveau", "Niveau", niveau.slug().into(), niveau.label().into());
        push(&mut all, named, fiches);
    }
    for (kind, fiches) in TypeLien::ALL.iter().zip(found.par_lien) {
        let named = ("lien", "Genre de lien", kind.slug().into(), kind.label().into());
        push(&mut all, named, fiches);
    }
    let mut mots: Vec<_> = found.par_mot.into_iter().collect();
    french::sort_by_text(&mut mots, |(_, (mot, _))| (*mot).to_string());
    for (slug, (mot, fiches)) in mots {
        push(&mut all, ("mot-cle", "Mot-clé", slug.into(), mot.to_string()), fiches);
    }
    for (sens, fiches) in site.glossaire.iter().zip(found.par_sens).filter(|(s, _)| s.acteur) {
        let (slug, mot) = (sens.id.value.to_string(), sens.sigle.value.clone());
        push(&mut all, ("acteur", "Acteur cité", slug, mot), fiches);
    }
    if site.plusieurs() {
        let several_years = found.par_annee.len() > 1;
        // One year would divide nothing.
        let annees = found.par_annee.into_iter().rev();
        for (annee, fiches) in annees.filter(|_| several_years) {
            push(&mut all, ("annee", "Année", annee.to_string(), annee.to_string()), fiches);
        }
        let mut territoires: Vec<_> = found.par_territoire.into_iter().collect();
        french::sort_by_text(&mut territoires, |(territoire, _)| (*territoire).to_string());
        for (territoire, fiches) in territoires {
            let named = ("territoire", "Territoire", slugify(territoire), territoire.to_string());
            push(&mut all, named, fiches);
        }
    }
    all.chunk_by_mut(|a, b| a.nom == b.nom).for_each(rank);
    all
}

/// The fiches of each value, found in one go through them all.
struct FacetIndex<'a> {
    par_thematique: Vec<Vec<Indices>>,
    par_niveau: Vec<Vec<Indices>>,
    par_lien: Vec<Vec<Indices>>,
    /// By slug, each with the keyword as first written.
    par_mot: BTreeMap<&'a str, (&'a str, Vec<Indices>)>,
    par_sens: Vec<Vec<Indices>>,
    par_territoire: BTreeMap<&'a str, Vec<Indices>>,
    par_annee: BTreeMap<u16, Vec<Indices>>,
}

impl<'a> FacetIndex<'a> {
    fn of(site: &'a Site, renvois: &'a Renvois) -> Self {
        let mut found = Self {
            par_thematique: vec![Vec::new(); site.thematiques.len()],
            par_niveau: vec![Vec::new(); Niveau::ALL.len()],
            par_lien: vec![Vec::new(); TypeLien::ALL.len()],
            par_mot: BTreeMap::new(),
            par_sens: vec![Vec::new(); site.glossaire.len()],
            par_territoire: BTreeMap::new(),
            par_annee: BTreeMap::new(),
        };
        site.indices().for_each(|indices| found.add(site, renvois, indices));
        found
    }

    fn add(&mut self, site: &'a Site, renvois: &'a Renvois, indices: Indices) {
        let (atelier, fiche) = site.fiche(indices);
        let renvoi = renvois.fiche(indices.0, indices.1);
        let id = &fiche.thematique.value;
        if let Some(rank) = site.thematiques.iter().position(|t| t.id == *id) {
            self.par_thematique[rank].push(indices);
        }
        for (niveau, fiches) in Niveau::ALL.iter().zip(&mut self.par_niveau) {
            if fiche.niveaux.contains(niveau) {
                fiches.push(indices);
            }
        }
        for (kind, fiches) in TypeLien::ALL.iter().zip(&mut self.par_lien) {
            if fiche.liens.iter().any(|lien| lien.type_lien == Some(*kind)) {
                fiches.push(indices);
            }
        }
        for (slug, mot) in renvoi.mots.iter().zip(&fiche.mots_cles) {
            let (_, fiches) = self.par_mot.entry(slug).or_insert_with(|| (&mot.value, Vec::new()));
            // Written twice in two ways, a keyword is still one.
            if fiches.last() != Some(&indices) {
                fiches.push(indices);
            }
        }
        for sens in &renvoi.sens {
            self.par_sens[*sens].push(indices);
        }
        let territoire = atelier.synthese.territoire.as_str();
        self.par_territoire.entry(territoire).or_default().push(indices);
        self.par_annee.entry(atelier.synthese.annee).or_default().push(indices);
    }
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

fn push(
    all: &mut Vec<Facette>,
    (nom, titre, slug, valeur): (&'static str, &'static str, String, String),
    fiches: Vec<Indices>,
) {
    if !fiches.is_empty() && !slug.is_empty() {
        all.push(Facette { nom, titre, slug, valeur, fiches, rang: 0 });
    }
}
