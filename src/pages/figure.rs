//! The chain of a thématique as a picture: a column for each step, a dot for each bloc, a line for each
//! link. Only geometry: the template draws it, and the list of links below says the same in words.

use serde::Serialize;

use crate::{
    french,
    model::{Nature, Tableau},
    site::{Atelier, Bout},
    source::Slug,
};

/// The picture. Lengths are in the units of its own box.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Width of the box.
    pub largeur: usize,
    /// Height of the box.
    pub hauteur: usize,
    /// The columns.
    pub colonnes: Vec<ColonneFigure>,
    /// Every line, as one path: a page stays light.
    pub traits: String,
    /// The dots that something follows, as one path.
    pub pleins: String,
    /// The dots that nothing follows; empty when there is none.
    pub creux: String,
    /// The same in a sentence.
    pub description: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ColonneFigure {
    /// Middle.
    pub x: usize,
    /// Content, as its number asks: « besoins ».
    pub nom: &'static str,
    /// Count.
    pub nombre: usize,
}

/// The columns, from left to right: the steps of the chain, and what one is called, and many.
pub(super) const COLUMNS: [(Tableau, Nature, [&str; 2]); 6] = [
    (Tableau::Diagnostic, Nature::Irritant, ["irritant", "irritants"]),
    (Tableau::Projections, Nature::Irritant, ["irritant retenu", "irritants retenus"]),
    (Tableau::Projections, Nature::Besoin, ["besoin", "besoins"]),
    (Tableau::Projections, Nature::Axe, ["axe", "axes"]),
    (Tableau::Plan, Nature::Axe, ["axe du plan", "axes du plan"]),
    (Tableau::Plan, Nature::Action, ["action", "actions"]),
];

/// Between two columns.
const STEP: usize = 120;
/// Between two dots.
const GAP: usize = 22;
/// Above the first dot, for the names of the columns.
const HEAD: usize = 62;
/// Radius of a dot.
const RADIUS: usize = 7;

/// The picture of a thématique; `None` when its tables say nothing of the chain.
pub(super) fn figure(atelier: &Atelier, thematique: &Slug) -> Option<Figure> {
    let columns: Vec<Vec<usize>> = COLUMNS
        .iter()
        .map(|(tableau, nature, _)| {
            atelier.blocs_de(thematique, *tableau, *nature).map(|(i, _)| i).collect()
        })
        .collect();
    let tallest = columns.iter().map(Vec::len).max().filter(|n| *n > 0)?;
    let (traits, followed) = lines(atelier, &columns);
    let (mut pleins, mut creux) = (String::new(), String::new());
    let mut said = Vec::new();
    for (blocs, (_, _, noms)) in columns.iter().zip(COLUMNS) {
        let tied = blocs.iter().filter(|b| followed.contains(b)).count();
        if !blocs.is_empty() {
            let count = french::count(blocs.len(), noms[0], noms[1]);
            said.push(format!("{count}, dont {tied} avec un lien"));
        }
        for (bloc, (_, x, y)) in blocs.iter().filter_map(|b| Some((b, place(&columns, *b)?))) {
            let dot = format!(
                "M{} {y}a{RADIUS} {RADIUS} 0 1 0 {} 0a{RADIUS} {RADIUS} 0 1 0 -{} 0",
                x - RADIUS,
                2 * RADIUS,
                2 * RADIUS
            );
            if followed.contains(bloc) { &mut pleins } else { &mut creux }.push_str(&dot);
        }
    }
    let colonnes = columns.iter().zip(COLUMNS).enumerate();
    Some(Figure {
        largeur: STEP * COLUMNS.len(),
        hauteur: HEAD + tallest * GAP,
        colonnes: colonnes
            .map(|(c, (blocs, (_, _, noms)))| ColonneFigure {
                x: STEP / 2 + c * STEP,
                nom: noms[usize::from(blocs.len() > 1)],
                nombre: blocs.len(),
            })
            .collect(),
        traits,
        pleins,
        creux,
        description: format!("{}.", french::typography(&said.join(" ; "))),
    })
}

/// Place of a bloc: its column, then its point.
fn place(columns: &[Vec<usize>], bloc: usize) -> Option<(usize, usize, usize)> {
    columns.iter().enumerate().find_map(|(c, blocs)| {
        let rank = blocs.iter().position(|b| *b == bloc)?;
        Some((c, STEP / 2 + c * STEP, HEAD + rank * GAP))
    })
}

/// The lines of the links, and the blocs that lead somewhere.
fn lines(atelier: &Atelier, columns: &[Vec<usize>]) -> (String, Vec<usize>) {
    let mut traits = String::new();
    let mut followed = Vec::new();
    for edge in &atelier.rapprochements {
        let (Bout::Bloc(a, _), Bout::Bloc(b, _)) = (edge.de, edge.vers) else { continue };
        let (Some(mut from), Some(mut to)) = (place(columns, a), place(columns, b)) else {
            continue;
        };
        if from.0 == to.0 {
            continue;
        }
        // A link may be written from either end; the chain goes to the right.
        let (mut start, mut end) = (a, b);
        if from.0 > to.0 {
            std::mem::swap(&mut from, &mut to);
            std::mem::swap(&mut start, &mut end);
        }
        followed.push(start);
        if to.0 == COLUMNS.len() - 1 {
            // The last column is an end: what is tied to it is complete.
            followed.push(end);
        }
        let bend = (to.1 - from.1) / 2;
        traits.push_str(&format!(
            "M{} {}C{} {} {} {} {} {}",
            from.1,
            from.2,
            from.1 + bend,
            from.2,
            to.1 - bend,
            to.2,
            to.1,
            to.2
        ));
    }
    (traits, followed)
}
