//! Reach of each irritant in the chain: picture and table of a workshop, thématique by thématique.
//!
//! An irritant is a bloc: those of the diagnostic, and those of the projections that no link joins to one of
//! the diagnostic (the others are the same irritant, taken up). From it one follows every link, written or
//! proposed, towards the next columns of the chain; it is counted once, at the furthest step it reaches.

use serde::Serialize;

use super::{
    Ici,
    barres::{Barres, Mesure, barres},
    cartes::LienVue,
    figure::COLUMNS,
};
use crate::{
    french,
    markdown::plain,
    site::{Atelier, Bout, address},
    source::Slug,
};

/// Fate of the irritants.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Couverture {
    /// The picture: a bar for each thématique.
    pub barres: Barres,
    /// The thématiques, at the head of the columns of [`Ligne::nombres`].
    pub thematiques: Vec<Entete>,
    /// The rows of the table, which is also the legend: the furthest step first.
    pub lignes: Vec<Ligne>,
    /// Irritants in each thématique.
    pub totaux: Vec<usize>,
    /// Total.
    pub total: usize,
    /// Name of the workshop: « la synthèse », « le recueil ».
    pub nom: &'static str,
    /// Finding of the picture, in one sentence.
    pub constat: String,
}

/// A thématique at the head of a column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entete {
    /// Number.
    pub numero: usize,
    /// Page, under its short title.
    pub lien: LienVue,
}

/// A step of the chain, and how many irritants go so far and no further.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ligne {
    /// The word that the style sheet knows, as in the parts of the bars.
    pub genre: &'static str,
    /// « mène à une action ».
    pub nom: String,
    /// For each thématique.
    pub nombres: Vec<usize>,
    /// In all.
    pub total: usize,
}

/// The steps, the furthest first: the word of the style sheet, and what a reader sees, before the name of the workshop
/// for the last.
const STEPS: [(&str, &str); 5] = [
    ("action", "mène à une action"),
    ("axe", "mène à un axe"),
    ("besoin", "mène à un besoin"),
    ("repris", "repris dans les projections, aucune suite écrite pour lui seul"),
    ("aucune", "aucune suite écrite pour lui seul dans"),
];

/// The step that each column of the chain stands for, an index into [`STEPS`].
const STEP_OF_COLUMN: [usize; COLUMNS.len()] = [4, 3, 2, 1, 1, 0];

/// `None` when no table names an irritant.
pub(super) fn couverture(ici: Ici<'_>, atelier: &Atelier) -> Option<Couverture> {
    let next = next_steps(atelier);
    let (mut thematiques, mut counts, mut mesures) = (Vec::new(), Vec::new(), Vec::new());
    for (_, t) in ici.site.thematiques_de(atelier) {
        let count = reached(atelier, &t.id, &next);
        let parts = STEPS.iter().zip(count).map(|((genre, _), n)| (*genre, n)).collect();
        let nom = plain(&t.titre_court);
        let href = ici.lien(&address::thematique(&t.id));
        let lien = LienVue { texte: nom.clone(), href, courant: false };
        thematiques.push(Entete { numero: t.numero.value, lien });
        mesures.push(Mesure {
            nom: format!("{}. {nom}", t.numero.value),
            numero: t.numero.value,
            parts,
        });
        counts.push(count);
    }
    let lignes: Vec<Ligne> = STEPS
        .iter()
        .enumerate()
        .map(|(s, (genre, nom))| {
            let nombres: Vec<usize> = counts.iter().map(|count| count[s]).collect();
            Ligne { genre, nom: said(nom, genre, atelier), total: nombres.iter().sum(), nombres }
        })
        .collect();
    let totaux: Vec<usize> = counts.iter().map(|count| count.iter().sum()).collect();
    let total = totaux.iter().sum();
    let constat = summary(total, lignes[0].total);
    let description = format!("{constat} {}", described(&mesures, atelier));
    (total > 0).then(|| Couverture {
        barres: barres(mesures, description),
        thematiques,
        lignes,
        totaux,
        total,
        nom: atelier.nom(),
        constat,
    })
}

/// The column of a bloc in the chain.
fn column(atelier: &Atelier, bloc: usize) -> Option<usize> {
    let place = &atelier.blocs[bloc];
    COLUMNS.iter().position(|(t, n, _)| (*t, Some(*n)) == (place.tableau, place.bloc.nature))
}

/// For each bloc, those that a link joins to it in a further column.
fn next_steps(atelier: &Atelier) -> Vec<Vec<usize>> {
    let mut next = vec![Vec::new(); atelier.blocs.len()];
    for edge in &atelier.rapprochements {
        let (Bout::Bloc(a, _), Bout::Bloc(b, _)) = (edge.de, edge.vers) else { continue };
        let (Some(from), Some(to)) = (column(atelier, a), column(atelier, b)) else { continue };
        // A link may be written from either end; the chain goes one way.
        if from < to {
            next[a].push(b);
        } else if to < from {
            next[b].push(a);
        }
    }
    next
}

/// Irritants of a thématique that stop at each step, in the order of [`STEPS`].
fn reached(atelier: &Atelier, thematique: &Slug, next: &[Vec<usize>]) -> [usize; STEPS.len()] {
    let mut count = [0; STEPS.len()];
    let irritants = |column: usize| {
        let (tableau, nature, _) = COLUMNS[column];
        atelier.blocs_de(thematique, tableau, nature).map(|(i, _)| i)
    };
    let mut taken_up = Vec::new();
    for bloc in irritants(0) {
        taken_up.extend(&next[bloc]);
        count[furthest(atelier, bloc, next)] += 1;
    }
    for bloc in irritants(1).filter(|b| !taken_up.contains(b)) {
        // Where it starts is no step made.
        let step = furthest(atelier, bloc, next);
        count[if step == STEP_OF_COLUMN[1] { STEPS.len() - 1 } else { step }] += 1;
    }
    count
}

/// The furthest step from a bloc, by whatever links.
fn furthest(atelier: &Atelier, start: usize, next: &[Vec<usize>]) -> usize {
    let (mut seen, mut step) = (vec![start], STEPS.len() - 1);
    let mut read = 0;
    while let Some(bloc) = seen.get(read).copied() {
        read += 1;
        step = column(atelier, bloc).map_or(step, |c| step.min(STEP_OF_COLUMN[c]));
        let new: Vec<usize> = next[bloc].iter().copied().filter(|b| !seen.contains(b)).collect();
        seen.extend(new);
    }
    step
}

fn summary(total: usize, to_an_action: usize) -> String {
    let irritants = french::count(total, "irritant", "irritants");
    let said = match to_an_action {
        0 => format!(
            "Aucun lien, écrit ou proposé, ne mène d’un irritant à une action ({irritants})."
        ),
        n => {
            format!("Sur {irritants}, {n} {} à une action.", if n < 2 { "mène" } else { "mènent" })
        }
    };
    french::typography(&said)
}

/// A step, as a reader sees it.
fn said(nom: &str, genre: &str, atelier: &Atelier) -> String {
    if genre == "aucune" { format!("{nom} {}", atelier.nom()) } else { nom.to_string() }
}

fn described(mesures: &[Mesure], atelier: &Atelier) -> String {
    let said = mesures.iter().map(|m| {
        let parts: Vec<String> = STEPS
            .iter()
            .zip(&m.parts)
            .filter(|(_, (_, n))| *n > 0)
            .map(|((genre, nom), (_, n))| format!("{n} : {}", said(nom, genre, atelier)))
            .collect();
        match parts.is_empty() {
            true => format!("{} : aucun irritant dans les tableaux.", m.nom),
            false => format!("{} : {}.", m.nom, parts.join(" ; ")),
        }
    });
    french::typography(&said.collect::<Vec<_>>().join(" "))
}
