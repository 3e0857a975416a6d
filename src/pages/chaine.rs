//! The chain irritant → besoin → axe → action → acteur, temporalité, indicateur, step by step, with its gaps.

use serde::Serialize;

use super::{
    Ici,
    cartes::{LienProuve, lien_vers, prouve},
};
use crate::{
    french,
    markdown::{Html, texte_en},
    model::{Nature, Tableau},
    site::{Arete, Atelier, Bout},
    source::Slug,
};

/// A step of the chain: what leads from one column to the next.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Etape {
    /// « Des irritants aux besoins ».
    pub titre: &'static str,
    /// Each bloc or énoncé of the first column with what follows it. Empty when nothing is tied.
    pub maillons: Vec<Maillon>,
    /// Said once, when nothing is tied at all or when rangées leave it open.
    pub phrase: Option<String>,
}

/// A bloc or énoncé and what follows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Maillon {
    /// Text.
    pub html: Html,
    /// Address.
    pub href: String,
    /// Suites. Empty reads « aucune suite écrite dans la synthèse », unless its rangée holds some.
    pub suites: Vec<LienProuve>,
    /// True when the rangée holds several texts on both sides: the step says so, once.
    pub ambigu: bool,
}

/// From which column of which table, to which.
struct Step {
    titre: &'static str,
    de: (Tableau, Nature),
    vers: &'static [(Tableau, Nature)],
    /// Shown only when something is tied: the source announces no such link.
    only_if_tied: bool,
}

const STEPS: [Step; 10] = [
    Step {
        titre: "Des RETEX cités aux points forts",
        de: (Tableau::Diagnostic, Nature::Mention),
        vers: &[(Tableau::Diagnostic, Nature::PointFort)],
        only_if_tied: true,
    },
    Step {
        titre: "Des irritants du diagnostic à ceux des projections",
        de: (Tableau::Diagnostic, Nature::Irritant),
        vers: &[(Tableau::Projections, Nature::Irritant)],
        only_if_tied: false,
    },
    Step {
        titre: "Des sous-thématiques aux irritants",
        de: (Tableau::Projections, Nature::SousThematique),
        vers: &[(Tableau::Projections, Nature::Irritant)],
        only_if_tied: true,
    },
    Step {
        titre: "Des irritants aux besoins",
        de: (Tableau::Projections, Nature::Irritant),
        vers: &[(Tableau::Projections, Nature::Besoin)],
        only_if_tied: false,
    },
    Step {
        titre: "Des besoins aux axes d’amélioration",
        de: (Tableau::Projections, Nature::Besoin),
        vers: &[(Tableau::Projections, Nature::Axe)],
        only_if_tied: false,
    },
    Step {
        titre: "Des axes d’amélioration au plan d’action",
        de: (Tableau::Projections, Nature::Axe),
        vers: &[(Tableau::Plan, Nature::Axe), (Tableau::Plan, Nature::Action)],
        only_if_tied: false,
    },
    Step {
        titre: "Des axes du plan aux actions",
        de: (Tableau::Plan, Nature::Axe),
        vers: &[(Tableau::Plan, Nature::Action)],
        only_if_tied: false,
    },
    Step {
        titre: "Des actions aux acteurs",
        de: (Tableau::Plan, Nature::Action),
        vers: &[(Tableau::Plan, Nature::Acteur)],
        only_if_tied: false,
    },
    Step {
        titre: "Des actions aux temporalités",
        de: (Tableau::Plan, Nature::Action),
        vers: &[(Tableau::Plan, Nature::Temporalite)],
        only_if_tied: false,
    },
    Step {
        titre: "Des actions aux indicateurs",
        de: (Tableau::Plan, Nature::Action),
        vers: &[(Tableau::Plan, Nature::Indicateur)],
        only_if_tied: false,
    },
];

/// The steps that concern a thématique: those whose first column has something.
pub(super) fn chaine(ici: Ici<'_>, atelier: &Atelier, thematique: &Slug) -> Vec<Etape> {
    STEPS.iter().filter_map(|step| etape(ici, atelier, thematique, step)).collect()
}

fn etape(ici: Ici<'_>, atelier: &Atelier, thematique: &Slug, step: &Step) -> Option<Etape> {
    let blocs: Vec<usize> =
        atelier.blocs_de(thematique, step.de.0, step.de.1).map(|(i, _)| i).collect();
    if blocs.is_empty() {
        return None;
    }
    let leads = |bout: &Bout| match bout {
        Bout::Bloc(i, _) => {
            let place = &atelier.blocs[*i];
            place.bloc.nature.is_some_and(|nature| step.vers.contains(&(place.tableau, nature)))
        }
        Bout::Fiche(_) => false,
    };
    let tied = |i: usize| -> Vec<(Bout, Bout, &Arete)> {
        let mut found = Vec::new();
        for arete in &atelier.rapprochements {
            let ends = [(arete.de, arete.vers), (arete.vers, arete.de)];
            let mine = |bout: Bout| matches!(bout, Bout::Bloc(b, _) if b == i);
            found.extend(
                ends.into_iter().filter(|(a, b)| mine(*a) && leads(b)).map(|(a, b)| (a, b, arete)),
            );
        }
        found
    };
    if blocs.iter().all(|i| tied(*i).is_empty()) {
        let phrase = gap(atelier, thematique, step);
        return (!step.only_if_tied).then_some(Etape {
            titre: step.titre,
            maillons: Vec::new(),
            phrase: Some(phrase),
        });
    }
    let maillons: Vec<Maillon> =
        blocs.into_iter().flat_map(|i| links_of(ici, atelier, i, step, &tied(i))).collect();
    let unsaid = maillons.iter().any(|maillon| maillon.ambigu && maillon.suites.is_empty());
    let phrase = unsaid.then(|| {
        format!(
            "Plusieurs textes sont sur une même rangée du tableau, des deux côtés : {} ne dit pas lesquels vont ensemble.",
            atelier.nom()
        )
    });
    Some(Etape {
        titre: step.titre,
        maillons,
        phrase: phrase.map(|said| french::typography(&said)),
    })
}

/// A bloc, or its énoncés where an edge names one of them, with what follows each.
fn links_of(
    ici: Ici<'_>,
    atelier: &Atelier,
    i: usize,
    step: &Step,
    edges: &[(Bout, Bout, &Arete)],
) -> Vec<Maillon> {
    let by_enonce = edges.iter().any(|(a, _, _)| matches!(a, Bout::Bloc(_, Some(_))));
    let ends: Vec<Option<usize>> = if by_enonce {
        (1..=atelier.blocs[i].bloc.textes.len()).map(Some).collect()
    } else {
        vec![None]
    };
    let link = |enonce| {
        let end = Bout::Bloc(i, enonce);
        let here = edges.iter().filter(|(a, _, _)| *a == end || *a == Bout::Bloc(i, None));
        Maillon {
            html: texte_en(atelier.langue_du_bloc(i), &atelier.ligne(i, enonce), None, None),
            href: lien_vers(ici, atelier, end),
            suites: here.map(|(_, b, arete)| prouve(ici, atelier, *b, arete)).collect(),
            ambigu: in_its_row(atelier, i, step),
        }
    };
    ends.into_iter().map(link).collect()
}

/// True when the rangée of a bloc holds several texts of the next column, and does not say which goes with it.
fn in_its_row(atelier: &Atelier, bloc: usize, step: &Step) -> bool {
    let here = atelier.blocs[bloc].tableau;
    step.vers.iter().any(|(tableau, nature)| *tableau == here && atelier.est_ambigu(bloc, *nature))
}

/// The source has both columns and no line between them, or lacks the second.
fn gap(atelier: &Atelier, thematique: &Slug, step: &Step) -> String {
    let target = step.vers[0];
    let there = atelier.blocs_de(thematique, target.0, target.1).count();
    if there == 0 {
        return format!("Aucune suite écrite dans {}.", atelier.nom());
    }
    let here = atelier.blocs_de(thematique, step.de.0, step.de.1).count();
    french::typography(&format!(
        "{} donne {} et {}, sans dire lesquels se répondent : aucun rapprochement n’est proposé ici.",
        french::capitalized(atelier.nom()),
        french::count(here, "texte d’un côté", "textes d’un côté"),
        french::count(there, "de l’autre", "de l’autre"),
    ))
}
