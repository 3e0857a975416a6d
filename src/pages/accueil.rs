//! The home page: what this is, the five thématiques, key figures, the chain at a glance.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{
    Ici,
    cartes::{Aspect, Cartes, LienVue, cartes},
    repartition::{Repartition, par_niveau},
};
use crate::{
    french,
    markdown::plain,
    model::{Nature, Tableau},
    site::address,
};

/// The home page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Accueil {
    /// Description.
    pub description: String,
    /// Search page, with JavaScript.
    pub recherche: String,
    /// The thématiques.
    pub thematiques: Vec<ThematiqueCarte>,
    /// Heading: « La synthèse », « Les recueils ».
    pub titre_syntheses: &'static str,
    /// The workshops.
    pub syntheses: Vec<SyntheseCarte>,
    /// Key figures.
    pub chiffres: Vec<Chiffre>,
    /// Blocs at each step of the chain. Empty without both its ends.
    pub chaine: Vec<Chiffre>,
    /// Ways into the fiches: how many each niveau has; `None` when no fiche has any.
    pub niveaux: Option<Repartition>,
    /// The latest contributions, newest first; at most three.
    pub contributions: Cartes,
}

/// A thématique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThematiqueCarte {
    /// Page.
    pub lien: LienVue,
    /// Number.
    pub numero: usize,
    /// Contents: « 3 retours d'expérience, plan d'action ».
    pub contenu: String,
}

/// A workshop.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SyntheseCarte {
    /// Page.
    pub lien: LienVue,
    /// « Loire-Atlantique, 2020 ».
    pub lieu: String,
    /// « 100 % », or nothing for a recueil.
    pub fidelite: Option<String>,
}

/// A figure and what it counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chiffre {
    /// The figure.
    pub nombre: usize,
    /// Thing counted.
    pub texte: String,
    /// Page with more.
    pub href: String,
}

pub(super) fn accueil(ici: Ici<'_>) -> Accueil {
    let site = ici.site;
    let thematiques = site.thematiques.iter().map(|t| ThematiqueCarte {
        lien: LienVue {
            texte: plain(&t.titre),
            href: ici.lien(&address::thematique(&t.id)),
            courant: false,
        },
        numero: t.numero.value,
        contenu: contents(ici, t),
    });
    let syntheses = site.ateliers.iter().map(|a| SyntheseCarte {
        lien: LienVue {
            texte: plain(&a.synthese.titre),
            href: ici.lien(&address::synthese(&a.synthese.id)),
            courant: false,
        },
        lieu: format!("{}, {}", plain(&a.synthese.territoire), a.synthese.annee),
        fidelite: a.fidelite.as_ref().map(|f| f.affichage()),
    });
    let has_level = site.fiches().any(|(_, f)| !f.niveaux.is_empty());
    Accueil {
        recherche: ici.lien(&address::page("recherche")),
        description: plain(&site.config.description),
        thematiques: thematiques.collect(),
        titre_syntheses: titre_syntheses(ici),
        syntheses: syntheses.collect(),
        chiffres: figures(ici),
        chaine: chain(ici),
        niveaux: has_level.then(|| par_niveau(ici, site.fiches().map(|(_, f)| f))),
        contributions: latest(ici),
    }
}

/// Heading for the workshops of the site.
fn titre_syntheses(ici: Ici<'_>) -> &'static str {
    let received = ici.site.ateliers.iter().filter(|a| a.source.is_some()).count();
    match (received, ici.site.ateliers.len() - received) {
        (1, 0) => "La synthèse",
        (_, 0) => "Les synthèses",
        (0, 1) => "Le recueil",
        (0, _) => "Les recueils",
        _ => "Les synthèses et les recueils",
    }
}

fn contents(ici: Ici<'_>, t: &crate::model::Thematique) -> String {
    let site = ici.site;
    let fiches = site.fiches().filter(|(_, f)| f.thematique.value == t.id).count();
    let mut parts = Vec::new();
    if fiches > 0 {
        parts.push(french::count(fiches, "retour d’expérience", "retours d’expérience"));
    }
    let mut tables: Vec<String> = Vec::new();
    for atelier in &site.ateliers {
        let here = atelier.synthese.tableaux.keys().filter(|t_| atelier.a_une_ligne(&t.id, **t_));
        tables.extend(here.map(|tableau| atelier.synthese.nom_du_tableau(*tableau).to_lowercase()));
    }
    let mut seen = BTreeSet::new();
    parts.extend(tables.into_iter().filter(|name| seen.insert(name.clone())));
    match (parts.is_empty(), site.seul_atelier()) {
        (true, Some(atelier)) => {
            format!("{} ne contient rien sur cette thématique", french::capitalized(atelier.nom()))
        }
        (true, None) => "Rien encore sur cette thématique".into(),
        _ => parts.join(", "),
    }
}

fn figures(ici: Ici<'_>) -> Vec<Chiffre> {
    let site = ici.site;
    let fiches = site.fiches().count();
    let liens: usize = site.fiches().map(|(_, f)| f.liens.len()).sum();
    let enonces: usize =
        site.ateliers.iter().flat_map(|a| &a.blocs).map(|b| b.bloc.textes.len()).sum();
    let word = |n: usize, one: &str, many: &str| (if n < 2 { one } else { many }).to_string();
    // With several workshops, the site map names the tables of all of them.
    let tables = match site.seul_atelier() {
        Some(atelier) => address::synthese(&atelier.synthese.id),
        None => address::page("plan-du-site"),
    };
    let mut figures = vec![
        Chiffre {
            nombre: fiches,
            texte: word(fiches, "retour d’expérience", "retours d’expérience"),
            href: ici.lien(&address::fiches(1)),
        },
        Chiffre {
            nombre: liens,
            texte: word(liens, "lien vers une ressource", "liens vers des ressources"),
            href: ici.lien(&address::page("liens")),
        },
    ];
    if site.ateliers.iter().any(|a| !a.synthese.tableaux.is_empty()) {
        figures.push(Chiffre {
            nombre: enonces,
            texte: word(enonces, "énoncé dans les tableaux", "énoncés dans les tableaux"),
            href: ici.lien(&tables),
        });
    }
    figures
}

/// The columns that make the chain, in order, with the words of each.
const CHAIN: [(Tableau, Nature, &str, &str); 5] = [
    (Tableau::Diagnostic, Nature::Irritant, "irritant au diagnostic", "irritants au diagnostic"),
    (Tableau::Projections, Nature::Irritant, "irritant retenu", "irritants retenus"),
    (Tableau::Projections, Nature::Besoin, "besoin", "besoins"),
    (Tableau::Projections, Nature::Axe, "axe d’amélioration", "axes d’amélioration"),
    (Tableau::Plan, Nature::Action, "action au plan", "actions au plan"),
];

fn chain(ici: Ici<'_>) -> Vec<Chiffre> {
    // With several workshops their tables are read one by one.
    let Some(atelier) = ici.site.seul_atelier() else { return Vec::new() };
    // It goes from the diagnosis to the plan: with one of them there is nowhere to go.
    let ends = [Tableau::Diagnostic, Tableau::Plan];
    if !ends.iter().all(|tableau| atelier.synthese.tableaux.contains_key(tableau)) {
        return Vec::new();
    }
    let present = CHAIN.iter().filter(|(t, ..)| atelier.synthese.tableaux.contains_key(t));
    present
        .map(|(tableau, nature, one, many)| {
            let here = atelier
                .blocs
                .iter()
                .filter(|b| b.tableau == *tableau && b.bloc.nature == Some(*nature));
            let nombre = here.count();
            Chiffre {
                nombre,
                texte: (if nombre < 2 { *one } else { *many }).to_string(),
                href: ici.lien(&address::tableau(&atelier.synthese, *tableau)),
            }
        })
        .collect()
}

fn latest(ici: Ici<'_>) -> Cartes {
    let all = ici.site.indices().zip(ici.site.fiches().map(|(_, fiche)| fiche));
    let mut list: Vec<_> =
        all.filter(|(_, f)| !f.est_de_la_synthese() && f.date.is_some()).collect();
    list.sort_by(|(_, a), (_, b)| b.jour().cmp(&a.jour()).then_with(|| a.id.cmp(&b.id)));
    cartes(ici, list.into_iter().map(|(indices, _)| indices).take(3), Aspect::rang(3))
}
