//! Rangées: the blocs of one thématique and table that stand side by side in the document, and the edges that this writes.
//!
//! Blocs on the same line of the source are one rangée; a bloc that names two lines joins them, as a page break asks.
//! Without a document, each bloc says its own. Between two consecutive columns of a rangée the document itself relates
//! the blocs, unless both hold several: it then does not say which goes with which.

use std::collections::{BTreeMap, BTreeSet};

use super::{Arete, Atelier, BlocPlace, Bout};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{
        Nature::{self, *},
        Preuve, Tableau,
    },
    source::Slug,
};

/// The steps of the chain that a table writes one after the other.
const CHAIN: [Nature; 4] = [Irritant, Besoin, Axe, Action];
/// Natures that belong to the last of those steps.
const OF_AN_ACTION: [Nature; 3] = [Acteur, Temporalite, Indicateur];

/// Numbers the rangées of each thématique and table, from 1, in the order of the document.
pub(super) fn number(blocs: &mut [BlocPlace], has_source: bool, diags: &mut Vec<Diagnostic>) {
    let same_table =
        |a: &BlocPlace, b: &BlocPlace| (&a.thematique, a.tableau) == (&b.thematique, b.tableau);
    for group in blocs.chunk_by_mut(same_table) {
        let rows = match has_source {
            true => rangees_des_lignes(group.iter().map(|place| place.lignes.as_slice())),
            false => BTreeMap::new(),
        };
        for place in group.iter_mut() {
            let written = place.bloc.rangee.as_ref();
            if let Some(written) = written.filter(|_| has_source) {
                diags.push(useless(&written.span));
            }
            let own = match has_source {
                true => place.lignes.first().and_then(|line| rows.get(line).copied()),
                false => written.map(|written| written.value),
            };
            place.rangees = own.into_iter().collect();
        }
        let last = group.iter().map(BlocPlace::rangee).max().unwrap_or(1);
        group.iter_mut().for_each(|place| span_over(place, last, diags));
    }
}

/// The rangée of each line, from 1: lines that a bloc joins are one. `blocs`: the lines of each.
pub fn rangees_des_lignes<'a>(
    blocs: impl IntoIterator<Item = &'a [usize]>,
) -> BTreeMap<usize, usize> {
    // Each line leads to the first that it is joined to.
    let mut joined: BTreeMap<usize, usize> = BTreeMap::new();
    for lines in blocs {
        let lines = lines.iter();
        for line in lines.clone() {
            joined.entry(*line).or_insert(*line);
        }
        for (one, other) in lines.clone().zip(lines.skip(1)) {
            let (one, other) = (first_of(&joined, *one), first_of(&joined, *other));
            joined.insert(one.max(other), one.min(other));
        }
    }
    let firsts: BTreeMap<usize, usize> =
        joined.keys().map(|line| (*line, first_of(&joined, *line))).collect();
    let order: BTreeSet<usize> = firsts.values().copied().collect();
    let ranks: BTreeMap<usize, usize> = order.into_iter().zip(1..).collect();
    firsts.into_iter().map(|(line, first)| (line, ranks[&first])).collect()
}

fn first_of(joined: &BTreeMap<usize, usize>, mut line: usize) -> usize {
    while let Some(before) = joined.get(&line).filter(|before| **before != line) {
        line = *before;
    }
    line
}

/// A cell merged over several rows belongs to each of them, and joins none.
fn span_over(place: &mut BlocPlace, last: usize, diags: &mut Vec<Diagnostic>) {
    let Some(written) = &place.bloc.rangees else { return };
    if let Some(wrong) = written.value.iter().find(|n| **n > last) {
        let count = french::count(last, "rangée", "rangées");
        diags.push(
            Diagnostic::new(
                Code::RangeeInvalide,
                format!("il n’y a pas de rangée {wrong} : cette thématique n’a que {count} dans ce tableau"),
            )
            .at(&written.span, "")
            .help("les rangées se comptent à partir de 1, de haut en bas, pour chaque thématique"),
        );
    }
    place.rangees.extend(written.value.iter().filter(|n| **n <= last));
    place.rangees.sort_unstable();
    place.rangees.dedup();
}

fn useless(span: &crate::source::Span) -> Diagnostic {
    Diagnostic::new(Code::RangeeInvalide, "le document reçu dit déjà les rangées : « rangee » est de trop")
        .at(span, "")
        .help("supprimez cette clé ; la rangée d’un bloc est celle de sa ligne dans source.txt, que « lignes » désigne")
}

impl BlocPlace {
    /// The first of its rangées, where its table shows it; the first of all when nobody says it.
    pub fn rangee(&self) -> usize {
        self.rangees.first().copied().unwrap_or(1)
    }
}

impl Atelier {
    /// The other blocs of the rangées of a bloc, in their order, when they fit.
    pub fn voisins_de_rangee(&self, bloc: usize, fits: impl Fn(&BlocPlace) -> bool) -> Vec<usize> {
        let here = &self.blocs[bloc];
        let beside = |place: &BlocPlace| {
            (&place.thematique, place.tableau) == (&here.thematique, here.tableau)
                && place.rangees.iter().any(|r| here.rangees.contains(r))
        };
        let all = self.blocs.iter().enumerate();
        let found = all.filter(|(i, place)| *i != bloc && beside(place) && fits(place));
        found.map(|(i, _)| i).collect()
    }

    /// Number of the last rangée of a thématique in a table; 0 without any.
    pub fn derniere_rangee(&self, thematique: &Slug, tableau: Tableau) -> usize {
        let here = |b: &&BlocPlace| b.thematique == *thematique && b.tableau == tableau;
        self.blocs.iter().filter(here).map(BlocPlace::rangee).max().unwrap_or(0)
    }

    /// True when the rangées of a bloc hold this nature, and do not say which of them goes with it.
    pub fn est_ambigu(&self, bloc: usize, nature: Nature) -> bool {
        let own = self.blocs[bloc].bloc.nature;
        let of = |nature| self.voisins_de_rangee(bloc, |place| place.bloc.nature == nature);
        of(Some(nature)).len() > 1 && !of(own).is_empty()
    }
}

/// The edges that the rangées write, in the order of the blocs.
pub(super) fn edges(atelier: &Atelier) -> Vec<Arete> {
    let mut cells: BTreeMap<(&Slug, Tableau, usize), BTreeMap<Nature, Vec<usize>>> =
        BTreeMap::new();
    for (i, place) in atelier.blocs.iter().enumerate() {
        for rangee in &place.rangees {
            let row = cells.entry((&place.thematique, place.tableau, *rangee)).or_default();
            if let Some(nature) = place.bloc.nature {
                row.entry(nature).or_default().push(i);
            }
        }
    }
    let mut ends: BTreeSet<(usize, usize)> = BTreeSet::new();
    for ((_, tableau, _), row) in &cells {
        for (de, vers) in steps(atelier, *tableau) {
            let (Some(a), Some(b)) = (row.get(&de), row.get(&vers)) else { continue };
            if a.len() == 1 || b.len() == 1 {
                ends.extend(a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b))));
            }
        }
    }
    ends.into_iter().map(|(de, vers)| written(atelier, de, vers)).collect()
}

/// The consecutive natures of a table, by the columns that it has.
fn steps(atelier: &Atelier, tableau: Tableau) -> Vec<(Nature, Nature)> {
    let Some(entete) = atelier.synthese.tableaux.get(&tableau) else { return Vec::new() };
    let has = |nature: &Nature| entete.a(*nature);
    let chain: Vec<Nature> = CHAIN.into_iter().filter(has).collect();
    let mut steps: Vec<(Nature, Nature)> =
        chain.windows(2).map(|pair| (pair[0], pair[1])).collect();
    if let Some(last) = chain.last() {
        steps.extend(OF_AN_ACTION.into_iter().filter(has).map(|nature| (*last, nature)));
    }
    steps
}

fn written(atelier: &Atelier, de: usize, vers: usize) -> Arete {
    Arete {
        de: Bout::Bloc(de, None),
        vers: Bout::Bloc(vers, None),
        preuve: Preuve::Ecrit,
        raison: Some(reason(&atelier.blocs[de], atelier.source.is_some())),
        nom: None,
        ecarts: Vec::new(),
        ecrit: None,
    }
}

/// Words of the proof: where the document puts both side by side.
pub(super) fn reason(place: &BlocPlace, has_source: bool) -> String {
    let lines = french::enumerate(&place.lignes);
    match (has_source, place.lignes.as_slice()) {
        (true, [_]) => format!("Même rangée du tableau, ligne {lines} du document reçu."),
        (true, [_, ..]) => format!("Même rangée du tableau, lignes {lines} du document reçu."),
        _ => "Même rangée du tableau.".into(),
    }
}
