//! Parts of every page: titles, menus, breadcrumb, metadata.

use serde::Serialize;

use super::{
    Ici, PageKind,
    cartes::{LienVue, renseignes},
};
use crate::{
    french,
    markdown::{plain, plain_en},
    model::{EtatAccessibilite, EtatSynthese, Langue, PageOfficielle, Tableau},
    site::{Atelier, Repository, Site, address, takes_proposals, titre_affiche},
    source::OutputPath,
};

/// The frame of a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cadre {
    /// The page's own title, for `<h1>`.
    pub titre: String,
    /// For `<title>`: the page's title, then the site's.
    pub titre_complet: String,
    /// One sentence, for `<meta name="description">`.
    pub description: String,
    /// The site's name.
    pub site: String,
    /// `../` as often as needed, or nothing at the root; ends in `/` when not empty.
    pub racine: String,
    /// True with a charter's style sheet, `assets/charte.css`.
    pub charte: bool,
    /// Relative link to the home page.
    pub accueil: String,
    /// True of the home page.
    pub est_accueil: bool,
    /// Main menu.
    pub menu: Vec<Entree>,
    /// Steps of the breadcrumb, home first, the page left out; empty on the home page.
    pub fil: Vec<LienVue>,
    /// Links of the footer.
    pub pied: Vec<LienVue>,
    /// Who publishes the site.
    pub editeur: Option<String>,
    /// Absolute address of the page, when the site's is known.
    pub canonique: Option<String>,
    /// Absolute address of the site, when known.
    pub url_du_site: Option<String>,
    /// Relative link to the feed, when there is one, but on a fiche: a list of all is what one follows.
    pub flux: Option<String>,
    /// `article` for a fiche, else `website`.
    pub genre: &'static str,
    /// Address to report an error on this page. `None` when the forge is unknown.
    pub signaler: Option<String>,
    /// Relative link to the form to propose a fiche, when there is one.
    pub proposer: Option<String>,
    /// True where words of a workshop may stand, in characters of their own: everywhere but on a contribution.
    pub convention: bool,
    /// Share of the source published, on pages of a synthèse being transcribed.
    pub avancement: Option<String>,
}

/// An entry of the menu.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entree {
    /// The link.
    pub lien: LienVue,
    /// True of a step of the breadcrumb.
    pub ancetre: bool,
}

pub(super) fn cadre(ici: Ici<'_>) -> Cadre {
    let site = ici.site;
    let config = &site.config;
    let titre = titre(ici);
    let est_accueil = ici.page.kind == PageKind::Accueil;
    let Commun { nom, menu, pied, flux, .. } = &ici.plan.commun;
    let fil = fil(ici);
    let est_fiche = matches!(ici.page.kind, PageKind::Fiche(..));
    // A redirect's canonical address is the new one; the 404 page has none.
    let own = match &ici.page.kind {
        PageKind::Introuvable => None,
        PageKind::Redirection(target) => Some(target),
        _ => Some(&ici.page.path),
    };
    let canonique = config.url.as_ref().zip(own).map(|(url, page)| address::absolute(url, page));
    Cadre {
        titre_complet: if est_accueil { nom.clone() } else { [&titre, " — ", nom].concat() },
        description: plain_en(langue(ici), &description(ici)),
        titre,
        site: nom.clone(),
        racine: ici.racine_absolue().unwrap_or_else(|| ici.page.path.to_root()),
        charte: ici.plan.charte,
        accueil: ici.lien(&address::accueil()),
        est_accueil,
        menu: of_menu(ici, menu, &fil),
        fil,
        pied: pied.iter().map(|target| shown(ici, target)).collect(),
        editeur: config.editeur.as_deref().map(plain),
        url_du_site: config.url.as_ref().map(|url| address::absolute(url, &address::accueil())),
        flux: (*flux && !est_fiche).then(|| ici.lien(&OutputPath::new("atom.xml"))),
        genre: if est_fiche { "article" } else { "website" },
        canonique,
        signaler: signaler(ici),
        proposer: takes_proposals(site).then(|| ici.lien(&address::page("proposer"))),
        convention: !est_contribution(ici),
        avancement: avancement(ici),
    }
}

fn est_contribution(ici: Ici<'_>) -> bool {
    matches!(ici.page.kind, PageKind::Fiche(a, f) if !ici.site.ateliers[a].fiches[f].est_de_la_synthese())
}

/// A new ticket on the forge, with the page in its title.
fn signaler(ici: Ici<'_>) -> Option<String> {
    // A page that is nowhere has no address to name.
    if matches!(ici.page.kind, PageKind::Introuvable | PageKind::Redirection(_)) {
        return None;
    }
    let titre = format!("Erreur sur la page {}", ici.page.path);
    Repository::of(&ici.site.config).map(|repository| repository.titled_ticket(&titre))
}

/// The title of a page, as its heading says it.
pub(super) fn titre(ici: Ici<'_>) -> String {
    let site = ici.site;
    let title = match &ici.page.kind {
        PageKind::Accueil => site.config.titre.clone(),
        PageKind::Thematiques => "Thématiques".into(),
        PageKind::Syntheses => super::accueil::titre_syntheses(site).into(),
        PageKind::Thematique(t) => site.thematiques[*t].titre.clone(),
        PageKind::Synthese(a) | PageKind::Tableau(a, _) | PageKind::Lecture(a) => {
            titre_d_atelier(&site.ateliers[*a], &ici.page.kind)
        }
        PageKind::Citer(a, t) => {
            let nom = french::uncapitalized(&site.ateliers[*a].synthese.nom_du_tableau(*t));
            let title = format!("Citer un passage : {nom}");
            of_one(site, &title, Some(*a).filter(|_| site.plusieurs()))
        }
        PageKind::Rubrique { thematique, rubrique, numero, total } => {
            let one = &ici.plan.rubriques[*thematique][*rubrique];
            let subject = &site.thematiques[*thematique].titre;
            numbered(&format!("{} : {subject}", one.nom), *numero, *total)
        }
        PageKind::Dossier(a, t) => {
            let title = format!("Dossier de réunion : {}", site.thematiques[*t].titre);
            of_one(site, &title, Some(*a).filter(|_| site.plusieurs()))
        }
        PageKind::Liste { facette, numero, total } => {
            numbered(&titre_de_liste(ici, *facette), *numero, *total)
        }
        PageKind::Valeurs { nom, numero, total } => {
            let all = super::listes::tous(nom);
            numbered(&format!("{all} des retours d'expérience"), *numero, *total)
        }
        PageKind::Fiche(a, f) => titre_affiche(&site.ateliers[*a].fiches[*f]),
        PageKind::Acteurs(a) => of_one(site, "Acteurs : qui fait quoi", *a),
        PageKind::Calendrier(a) => of_one(site, "Calendrier : quand", *a),
        PageKind::Liens { numero, total } => {
            numbered("Liens des retours d'expérience", *numero, *total)
        }
        PageKind::Glossaire => "Glossaire des sigles".into(),
        PageKind::Provenance(a) => of_one(site, "Provenance et fidélité", *a),
        PageKind::Ajouts { atelier, numero, total } => {
            numbered(&of_one(site, "Ajouts de l'éditeur", Some(*atelier)), *numero, *total)
        }
        PageKind::Proposer => "Proposer une expérience".into(),
        PageKind::Recherche => "Recherche".into(),
        PageKind::Donnees(_) => "Données".into(),
        PageKind::PlanDuSite => "Plan du site".into(),
        PageKind::Accessibilite
        | PageKind::MentionsLegales
        | PageKind::DonneesPersonnelles
        | PageKind::Contact
        | PageKind::Ecoconception(_) => {
            ici.page.kind.officielle().map_or_else(String::new, |o| titre_officiel(site, o))
        }
        PageKind::Texte(p) => site.pages[*p].titre.clone(),
        PageKind::Introuvable => "Page introuvable".into(),
        PageKind::Redirection(_) => "Cette page a changé d'adresse".into(),
    };
    plain_en(langue(ici), &title)
}

/// Language of the title and the description of a page, unless it is French.
fn langue(ici: Ici<'_>) -> Option<&Langue> {
    let PageKind::Fiche(a, f) = &ici.page.kind else { return None };
    let atelier = &ici.site.ateliers[*a];
    atelier.langue_de(&atelier.fiches[*f])
}

/// The title of a page of a workshop.
fn titre_d_atelier(atelier: &Atelier, kind: &PageKind) -> String {
    let s = &atelier.synthese;
    match kind {
        PageKind::Tableau(_, t) => s.tableaux[t].intitule.titre.value.clone(),
        PageKind::Lecture(_) => {
            format!("{}, {} {}", s.nom_du_tableau(Tableau::Plan), s.territoire, s.annee)
        }
        _ => s.titre.clone(),
    }
}

fn titre_de_liste(ici: Ici<'_>, facette: Option<usize>) -> String {
    match facette.map(|f| &ici.plan.facettes[f]) {
        None => "Expériences".into(),
        Some(f) => format!("Expériences, {} : {}", f.titre.to_lowercase(), f.valeur),
    }
}

/// The title of a page about one workshop of several.
fn of_one(site: &Site, title: &str, a: Option<usize>) -> String {
    match a.map(|a| &site.ateliers[a].synthese) {
        Some(s) => format!("{title}, {} {}", s.territoire, s.annee),
        None => title.to_string(),
    }
}

/// The title of a page among several of one list.
fn numbered(title: &str, numero: usize, total: usize) -> String {
    match total {
        1 => title.to_string(),
        _ => format!("{title}, page {numero} sur {total}"),
    }
}

/// Contents of a workshop.
fn contenu(atelier: &Atelier) -> Vec<String> {
    let tables = &atelier.synthese.tableaux;
    let parts = [
        (!atelier.fiches.is_empty(), "retours d'expérience"),
        (tables.contains_key(&Tableau::Diagnostic), "diagnostic"),
        (tables.contains_key(&Tableau::Projections), "besoins"),
        (tables.contains_key(&Tableau::Plan), "plan d'action"),
    ];
    parts.into_iter().filter(|(there, _)| *there).map(|(_, name)| name.into()).collect()
}

fn description(ici: Ici<'_>) -> String {
    let site = ici.site;
    match &ici.page.kind {
        PageKind::Thematique(t) => {
            let intro = site.thematiques[*t].corps.blocs.first();
            intro.map_or_else(
                || site.thematiques[*t].titre.clone(),
                |b| french::first_words(&b.value, 160),
            )
        }
        PageKind::Synthese(a) => {
            let s = &site.ateliers[*a].synthese;
            match contenu(&site.ateliers[*a]).as_slice() {
                [] => format!("{}, {}.", s.territoire, s.annee),
                parts => format!("{}, {} : {}.", s.territoire, s.annee, french::enumerate(parts)),
            }
        }
        PageKind::Fiche(a, f) => {
            let fiche = &site.ateliers[*a].fiches[*f];
            match fiche.corps.blocs.first() {
                Some(text) => french::first_words(&text.value, 160),
                None => french::first_words(&titre_affiche(fiche), 160),
            }
        }
        PageKind::Tableau(a, t) => {
            let s = &site.ateliers[*a].synthese;
            format!("{} : le tableau entier, {}, {}.", s.nom_du_tableau(*t), s.territoire, s.annee)
        }
        PageKind::Accueil => site.config.description.clone(),
        _ => format!("{}. {}", titre(ici), site.config.description),
    }
}

/// Content common to the frames of all pages. Made once, not again for every page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Commun {
    nom: String,
    menu: Vec<Cible>,
    pied: Vec<Cible>,
    renseignes: Option<&'static str>,
    flux: bool,
}

/// The words of a link and its page.
type Cible = (String, OutputPath);

impl Commun {
    pub(super) fn of(site: &Site) -> Self {
        let fiches = site.fiches().map(|(_, fiche)| !fiche.est_de_la_synthese());
        Self {
            nom: plain(&site.config.titre),
            menu: menu(site),
            pied: pied(site),
            renseignes: renseignes(fiches),
            flux: site.config.url.is_some() && site.fiches().any(|(_, f)| f.jour().is_some()),
        }
    }

    /// Who gave the keys of the fiches of the site: « renseignés par l’éditeur ».
    pub(super) fn renseignes(&self) -> Option<&'static str> {
        self.renseignes
    }
}

fn entry(ici: Ici<'_>, texte: &str, target: &OutputPath) -> LienVue {
    shown(ici, &(plain(texte), target.clone()))
}

/// A link, as a page shows it.
fn shown(ici: Ici<'_>, (texte, target): &Cible) -> LienVue {
    LienVue { texte: texte.clone(), href: ici.lien(target), courant: *target == ici.page.path }
}

/// The menu, as a page shows it.
fn of_menu(ici: Ici<'_>, menu: &[Cible], fil: &[LienVue]) -> Vec<Entree> {
    let entrees = menu.iter().map(|entry| {
        let lien = shown(ici, entry);
        let ancetre = fil.iter().any(|step| step.href == lien.href);
        Entree { lien, ancetre }
    });
    entrees.collect()
}

fn menu(site: &Site) -> Vec<Cible> {
    let workshops = match site.ateliers.as_slice() {
        [] => None,
        [atelier] => Some((atelier.genre(), address::synthese(&atelier.synthese.id))),
        _ => Some(("Synthèses", address::syntheses())),
    };
    let menu = [
        Some(("Expériences", address::fiches(1))),
        Some(("Thématiques", address::thematiques())),
        workshops,
        Some(("Chercher", address::page("recherche"))),
    ];
    menu.into_iter().flatten().map(|(name, page)| (name.to_string(), page)).collect()
}

fn pied(site: &Site) -> Vec<Cible> {
    let aids = [
        ("Liens", "liens"),
        ("Glossaire", "glossaire"),
        ("Données", "donnees"),
        ("Provenance et fidélité", "provenance"),
        ("Plan du site", "plan-du-site"),
    ];
    let mut links: Vec<Cible> =
        aids.map(|(name, folder)| (name.to_string(), address::page(folder))).into();
    for page in PageOfficielle::ALL {
        let name = match page {
            PageOfficielle::Accessibilite => mention_accessibilite(site.config.accessibilite.etat),
            _ => titre_officiel(site, *page),
        };
        links.push((name, address::page(page.slug())));
    }
    for (_, page) in site.autres_pages() {
        links.push((plain(&page.titre), address::page(page.id.as_str())));
    }
    links
}

fn fil(ici: Ici<'_>) -> Vec<LienVue> {
    let site = ici.site;
    let mut fil = Vec::new();
    if ici.page.kind == PageKind::Accueil {
        return fil;
    }
    fil.push(entry(ici, "Accueil", &address::accueil()));
    let of_atelier = |a: &Atelier| {
        let name = format!("{} {} {}", a.genre(), a.synthese.territoire, a.synthese.annee);
        entry(ici, &name, &address::synthese(&a.synthese.id))
    };
    let aid = |name: &str, folder: &str| entry(ici, name, &address::page(folder));
    match &ici.page.kind {
        PageKind::Synthese(_) if site.seul_atelier().is_none() => {
            fil.push(entry(ici, "Synthèses", &address::syntheses()));
        }
        PageKind::Thematique(_) => {
            fil.push(entry(ici, "Thématiques", &address::thematiques()));
        }
        PageKind::Rubrique { thematique, .. } => {
            fil.push(entry(ici, "Thématiques", &address::thematiques()));
            let t = &site.thematiques[*thematique];
            fil.push(entry(ici, &t.titre_court, &address::thematique(&t.id)));
        }
        PageKind::Tableau(a, _) | PageKind::Dossier(a, _) | PageKind::Lecture(a) => {
            if site.seul_atelier().is_none() {
                fil.push(entry(ici, "Synthèses", &address::syntheses()));
            }
            fil.push(of_atelier(&site.ateliers[*a]));
        }
        PageKind::Citer(a, t) => {
            let atelier = &site.ateliers[*a];
            fil.push(of_atelier(atelier));
            let table = address::tableau(&atelier.synthese, *t);
            fil.push(entry(ici, &atelier.synthese.nom_du_tableau(*t), &table));
        }
        PageKind::Liste { facette, numero, .. } if facette.is_some() || *numero > 1 => {
            fil.push(entry(ici, "Expériences", &address::fiches(1)));
        }
        PageKind::Valeurs { .. } => fil.push(entry(ici, "Expériences", &address::fiches(1))),
        PageKind::Liens { numero, .. } if *numero > 1 => {
            fil.push(entry(ici, "Liens", &address::liens(1)));
        }
        PageKind::Acteurs(Some(_)) => fil.push(aid("Acteurs", "acteurs")),
        PageKind::Calendrier(Some(_)) => fil.push(aid("Calendrier", "calendrier")),
        PageKind::Ajouts { .. } | PageKind::Provenance(Some(_)) => {
            fil.push(aid("Provenance et fidélité", "provenance"));
        }
        // Its thématique stands above its title.
        PageKind::Fiche(..) => fil.push(entry(ici, "Expériences", &address::fiches(1))),
        _ => {}
    }
    fil
}

/// « 84 % de la source publiée », on each page of a synthèse being transcribed.
fn avancement(ici: Ici<'_>) -> Option<String> {
    let atelier = match &ici.page.kind {
        PageKind::Synthese(a)
        | PageKind::Tableau(a, _)
        | PageKind::Lecture(a)
        | PageKind::Citer(a, _)
        | PageKind::Dossier(a, _)
        | PageKind::Fiche(a, _) => &ici.site.ateliers[*a],
        PageKind::Thematique(_) | PageKind::Accueil => ici.site.seul_atelier()?,
        _ => return None,
    };
    let fidelite = atelier.fidelite.as_ref()?;
    (atelier.synthese.etat == EtatSynthese::EnCours).then(|| fidelite.affichage())
}

/// The title of an official page: its editor's, or its own.
pub(super) fn titre_officiel(site: &Site, page: PageOfficielle) -> String {
    plain(site.complement(page).map_or(page.label(), |page| &page.titre))
}

/// « Accessibilité : non conforme », the mention that the home page and every other must bear.
pub(super) fn mention_accessibilite(etat: EtatAccessibilite) -> String {
    plain(&format!("Accessibilité : {}", etat.label()))
}
