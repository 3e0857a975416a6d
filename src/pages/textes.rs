//! The editor's pages, and those that only help to find one's way: site map, 404, redirects.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Ici, PageKind,
    ateliers::by_territory,
    cartes::{LienVue, SigleVue, lieu, sigles},
    limits,
    listes::{FacetteVue, groups},
};
use crate::{
    french,
    markdown::{Glose, Html, corps, plain},
    model::{PageOfficielle, PageTexte, Tableau},
    output::DataFile,
    site::{Atelier, Sigles, address, titre_affiche},
    source::OutputPath,
};

/// An editor's page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Texte {
    /// Text.
    pub html: Html,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

pub(super) fn texte(ici: Ici<'_>, page: &PageTexte) -> Texte {
    let mut glose = ici.glose();
    let html = corps(&page.corps, ici.place(), &mut glose);
    Texte { html, sigles: sigles(ici, &glose) }
}

/// The text of a page that has no place to explain its acronyms.
pub(super) fn sans_sigles(ici: Ici<'_>, page: &PageTexte) -> Texte {
    let none = Sigles::default();
    let html = corps(&page.corps, ici.place(), &mut Glose::new(&none));
    Texte { html, sigles: Vec::new() }
}

/// Search. Its words are those of the template: the index lies in files beside the page. What it gives besides is for
/// who finds nothing, or has no JavaScript.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recherche {
    /// Address of the page itself, for the form.
    pub ici: String,
    /// Site map.
    pub plan_du_site: LienVue,
    /// The glossary.
    pub glossaire: LienVue,
    /// Every fiche.
    pub fiches: LienVue,
    /// Levels, keywords, territories and years, each with the lists that it leads to.
    pub facettes: Vec<FacetteVue>,
    /// The thématiques, for a filter and as links.
    pub thematiques: Vec<LienVue>,
    /// Territories, for a filter: none when there is only one.
    pub territoires: Vec<String>,
    /// Years, likewise.
    pub annees: Vec<u16>,
}

/// Facets that lead to what one would have searched for.
const ASKED: [&str; 4] = ["niveau", "mot-cle", "territoire", "annee"];

pub(super) fn recherche(ici: Ici<'_>) -> Recherche {
    let link = |texte: &str, target: OutputPath| ici.vers(texte, &target);
    let facettes = groups(ici, limits::VALEURS_ENSUITE).into_iter();
    let mut territoires = several(ici.site.ateliers.iter().map(|a| a.synthese.territoire.clone()));
    territoires.sort_by_cached_key(|territoire| french::fold(territoire));
    Recherche {
        ici: ici.lien(&ici.page.path),
        plan_du_site: link("Plan du site", address::page("plan-du-site")),
        glossaire: link("Glossaire des sigles", address::page("glossaire")),
        fiches: link("Tous les retours d’expérience", address::fiches(1)),
        facettes: facettes.filter(|f| ASKED.contains(&f.nom)).collect(),
        thematiques: {
            let all = ici.site.thematiques.iter();
            all.map(|t| link(&plain(&t.titre_court), address::thematique(&t.id))).collect()
        },
        territoires,
        annees: several(ici.site.ateliers.iter().map(|a| a.synthese.annee)),
    }
}

/// Different values, in order; none when there are not two.
fn several<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let found: BTreeSet<T> = values.collect();
    if found.len() < 2 { Vec::new() } else { found.into_iter().collect() }
}

/// Open data.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Donnees {
    /// By workshop.
    pub syntheses: Vec<DonneesSynthese>,
    /// Some of them come from a document received.
    pub recues: bool,
    /// Who gave the keys of the fiches: « renseignés par l’éditeur ».
    pub renseignes: Option<&'static str>,
    /// Files of all the workshops, when there are several.
    pub ensemble: Vec<FichierVue>,
    /// The schema of the JSON files.
    pub schema: Option<FichierVue>,
}

/// The data of a workshop.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DonneesSynthese {
    /// Page link.
    pub synthese: LienVue,
    /// Licence, or that it is not stated.
    pub licence: String,
    /// Files.
    pub fichiers: Vec<FichierVue>,
}

/// A file to download.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FichierVue {
    /// Content.
    pub quoi: String,
    /// Relative address.
    pub href: String,
    /// « CSV ».
    pub format: &'static str,
    /// « 12 ko ».
    pub poids: String,
}

pub(super) fn donnees(ici: Ici<'_>, files: &[DataFile]) -> Donnees {
    let vue = |file: &DataFile| FichierVue {
        quoi: file.quoi.clone(),
        href: ici.lien(&file.path),
        format: file.format,
        poids: format!("{}{}ko", french::number(file.poids.div_ceil(1000)), french::NBSP),
    };
    let files =
        |atelier: Option<usize>| files.iter().filter(move |file| file.atelier == atelier).map(vue);
    let ateliers = ici.site.ateliers.iter().enumerate();
    let syntheses = ateliers.map(|(a, atelier)| DonneesSynthese {
        synthese: ici
            .vers(plain(&atelier.synthese.titre), &address::synthese(&atelier.synthese.id)),
        licence: plain(atelier.synthese.licence.as_deref().unwrap_or("licence non précisée")),
        fichiers: files(Some(a)).collect(),
    });
    let mut whole: Vec<FichierVue> = files(None).collect();
    let schema = whole.pop();
    Donnees {
        syntheses: syntheses.collect(),
        recues: ici.site.ateliers.iter().any(|atelier| atelier.source.is_some()),
        renseignes: ici.plan.commun.renseignes(),
        ensemble: whole,
        schema,
    }
}

/// The site map for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanDuSite {
    /// Parts.
    pub parties: Vec<PartiePlan>,
    /// « 240 fiches », when there are too many to name each: their lists lead to them.
    pub listes: Option<String>,
}

/// A part of the site map.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartiePlan {
    /// Heading.
    pub titre: String,
    /// Pages.
    pub liens: Vec<LienVue>,
}

pub(super) fn plan_du_site(ici: Ici<'_>) -> PlanDuSite {
    let site = ici.site;
    let link = |texte: &str, target: OutputPath| LienVue {
        texte: plain(texte),
        href: ici.lien(&target),
        courant: target == ici.page.path,
    };
    let many = site.fiches().count() > limits::PLAN;
    let mut parties = Vec::new();
    let mut add = |titre: &str, liens: Vec<LienVue>| {
        if !liens.is_empty() {
            parties.push(PartiePlan { titre: plain(titre), liens });
        }
    };
    let mut top = vec![link("Accueil", address::accueil())];
    top.extend(main_pages().into_iter().map(|(name, target)| link(name, target)));
    add("Pages principales", top);
    add(
        "Thématiques",
        site.thematiques.iter().map(|t| link(&t.titre, address::thematique(&t.id))).collect(),
    );
    if site.ateliers.len() > 1 {
        add("Ateliers", vec![link("Toutes les synthèses", address::syntheses())]);
    }
    let few = site.ateliers.len() <= limits::ATELIERS_DU_PLAN;
    if !few {
        let all = by_territory(ici).map(|a| link(&lieu(a), address::synthese(&a.synthese.id)));
        add("Synthèses", all.collect());
    }
    for atelier in site.ateliers.iter().filter(|_| few) {
        let s = &atelier.synthese;
        let pages = of_atelier(ici, atelier).into_iter();
        add(&s.titre, pages.map(|(name, page)| link(&name, page)).collect());
        if !many {
            let fiches = atelier.fiches.iter();
            let fiches = fiches.map(|f| link(&titre_affiche(f), address::fiche(&f.id))).collect();
            add(&format!("Retours d'expérience, {} {}", s.territoire, s.annee), fiches);
        }
    }
    add("Retours d'expérience par critère", by_criterion(ici));
    let official =
        PageOfficielle::ALL.iter().map(|page| super::frame::titre_officiel(ici.site, *page));
    let official = official.zip(PageOfficielle::ALL.iter().map(|page| page.slug()));
    let mut about: Vec<LienVue> =
        official.map(|(titre, id)| link(&titre, address::page(id))).collect();
    let others = site.autres_pages();
    about.extend(others.map(|(_, page)| link(&page.titre, address::page(page.id.as_str()))));
    add("À propos du site", about);
    PlanDuSite {
        parties,
        listes: many.then(|| french::count(site.fiches().count(), "fiche", "fiches")),
    }
}

/// The pages of a workshop, its fiches left out, each with its name.
fn of_atelier(ici: Ici<'_>, atelier: &Atelier) -> Vec<(String, OutputPath)> {
    let s = &atelier.synthese;
    let name = if s.methode.is_some() { "Présentation et méthode" } else { "Présentation" };
    let mut pages = vec![(name.to_string(), address::synthese(&s.id))];
    for tableau in &s.tableaux_dans_l_ordre() {
        let nom = s.nom_du_tableau(*tableau);
        pages.push((nom.clone(), address::tableau(s, *tableau)));
        if *tableau == Tableau::Plan {
            pages.push((format!("{nom}, par thématique"), address::lecture(s)));
        }
        pages.push((format!("{nom} : citer un passage"), address::citer(s, *tableau)));
    }
    pages.extend(ici.site.thematiques_de(atelier).map(|(_, t)| {
        (format!("Dossier de réunion : {}", t.titre), address::dossier(&s.id, &t.id))
    }));
    pages
}

/// Pages that every site has, home aside.
fn main_pages() -> [(&'static str, OutputPath); 9] {
    [
        ("Expériences", address::fiches(1)),
        ("Thématiques", address::thematiques()),
        ("Acteurs", address::page("acteurs")),
        ("Calendrier", address::page("calendrier")),
        ("Liens", address::page("liens")),
        ("Glossaire", address::page("glossaire")),
        ("Provenance et fidélité", address::page("provenance")),
        ("Recherche", address::page("recherche")),
        ("Données", address::page("donnees")),
    ]
}

/// The lists of each facet: those of its values, or of those most used and the page that gives them all.
fn by_criterion(ici: Ici<'_>) -> Vec<LienVue> {
    let mut links = Vec::new();
    for facette in groups(ici, limits::VALEURS_D_ABORD) {
        let values = facette.valeurs.into_iter().map(|valeur| valeur.lien);
        let named = values.map(|lien| LienVue {
            texte: plain(&format!("{} : {}", facette.titre, lien.texte)),
            ..lien
        });
        links.extend(named.chain(facette.toutes));
    }
    links
}

/// A former address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Redirection {
    /// The page it leads to.
    pub cible: LienVue,
}

pub(super) fn redirection(ici: Ici<'_>, target: &OutputPath) -> Redirection {
    let here = |page: &&super::Page| page.path == *target;
    let title = ici.plan.pages.iter().find(here).and_then(|page| match &page.kind {
        PageKind::Fiche(a, f) => Some(titre_affiche(&ici.site.ateliers[*a].fiches[*f])),
        _ => None,
    });
    Redirection {
        cible: ici.vers(plain(title.as_deref().unwrap_or("la nouvelle adresse")), target),
    }
}
