//! Rapprochements taken together: loops, repetitions, ends that nothing can tie.

use std::collections::VecDeque;

use super::Rules;
use crate::{
    diag::{Code, Diagnostic},
    model::Nature::{self, *},
    site::{Arete, Bout, Site},
    source::Span,
};

/// An end of an edge: its synthèse, by its place in the site, and what it is there.
type End = (usize, Bout);

/// An edge that an editor wrote.
#[derive(Clone, Copy)]
struct Ecrit<'a> {
    de: End,
    vers: End,
    /// Place of its « vers ».
    ecrit: &'a Span,
}

/// Natures that each nature may be tied to, besides itself; each pair is written once.
///
/// The chain is irritant, besoin, axe, action: each of the four may answer any other. A point fort
/// is what an axe or an action builds on. Acteur, temporalité and indicateur belong to what is
/// done. A mention is a RETEX: it shows a point fort or an irritant. A sub-theme or a title may
/// head anything.
const PAIRS: [(Nature, &[Nature]); 9] = [
    (Intitule, &[SousThematique, Mention, Irritant, PointFort, Besoin, Axe, Action]),
    (SousThematique, &[Mention, Irritant, PointFort, Besoin, Axe, Action]),
    (Mention, &[Irritant, PointFort]),
    (PointFort, &[Besoin, Axe, Action]),
    (Irritant, &[Besoin, Axe, Action]),
    (Besoin, &[Axe, Action]),
    (Axe, &[Action, Acteur, Temporalite, Indicateur]),
    (Action, &[Acteur, Temporalite, Indicateur]),
    (Acteur, &[Temporalite, Indicateur]),
];

/// Natures that a fiche, which tells an experience, cannot be tied to.
const NOT_OF_A_FICHE: [Nature; 2] = [Temporalite, Indicateur];

pub(super) fn judge(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    let site = jury.site;
    let mut bridges = Vec::new();
    for (a, atelier) in site.ateliers.iter().enumerate() {
        let edges = atelier.rapprochements.iter();
        let edges = edges.filter_map(|edge| written(site, (a, edge.de), (a, edge.vers), edge));
        together(site, edges, diags);
        let away = atelier.ponts.iter().filter(|pont| pont.part_d_ici);
        bridges
            .extend(away.filter_map(|pont| written(site, (a, pont.ici), pont.autre, &pont.arete)));
    }
    together(site, bridges.into_iter(), diags);
}

/// An edge that an editor wrote, unless an end is in doubt.
fn written<'a>(site: &Site, de: End, vers: End, edge: &'a Arete) -> Option<Ecrit<'a>> {
    let is_sure = |(a, bout): End| !site.doubts.is_about(&site.ateliers[a], bout);
    let ecrit = edge.ecrit.as_ref()?;
    (is_sure(de) && is_sure(vers)).then_some(Ecrit { de, vers, ecrit })
}

/// The edges of one synthèse, or those between syntheses, in reading order.
fn together<'a>(site: &Site, edges: impl Iterator<Item = Ecrit<'a>>, diags: &mut Vec<Diagnostic>) {
    let mut kept: Vec<Ecrit<'_>> = Vec::new();
    for edge in edges {
        if overlap(edge.de, edge.vers) {
            diags.push(
                circular("un bloc ne peut pas être rapproché de lui-même")
                    .at(edge.ecrit, "")
                    .help("nommez l’autre bloc, ou supprimez ce rapprochement"),
            );
            continue;
        }
        if let Some(first) = kept.iter().find(|e| e.de == edge.de && e.vers == edge.vers) {
            diags.push(
                Diagnostic::new(
                    Code::RapprochementEnDouble,
                    "ce rapprochement est écrit deux fois",
                )
                .at(edge.ecrit, "")
                .also(first.ecrit, "la première fois")
                .help("gardez la preuve la plus forte et supprimez l’autre rapprochement"),
            );
            continue;
        }
        incompatible(site, &edge, diags);
        match path(&kept, edge.vers, edge.de) {
            Some(way) => {
                let told = circular(if way.len() == 1 {
                    "ces deux textes sont rapprochés dans les deux sens"
                } else {
                    "ce rapprochement ramène à son point de départ"
                })
                .at(edge.ecrit, "");
                let told = told.also_at(way.iter().map(|other| other.ecrit));
                diags.push(told.help("un rapprochement va d’une étape à la suivante et se lit dans les deux sens : supprimez celui qui remonte"));
            }
            None => kept.push(edge),
        }
    }
}

fn circular(message: &str) -> Diagnostic {
    Diagnostic::new(Code::RapprochementCirculaire, message)
}

/// True when two ends are the same text, or one holds the other.
fn overlap((here, a): End, (there, b): End) -> bool {
    here == there
        && match (a, b) {
            (Bout::Bloc(a, x), Bout::Bloc(b, y)) => {
                a == b && (x == y || x.is_none() || y.is_none())
            }
            (Bout::Fiche(a), Bout::Fiche(b)) => a == b,
            _ => false,
        }
}

/// The shortest way from an end to another through rapprochements.
fn path<'a>(edges: &[Ecrit<'a>], from: End, to: End) -> Option<Vec<Ecrit<'a>>> {
    let mut used = vec![false; edges.len()];
    let mut waiting: VecDeque<(End, Vec<Ecrit<'a>>)> = VecDeque::from([(from, Vec::new())]);
    while let Some((here, so_far)) = waiting.pop_front() {
        for (n, edge) in edges.iter().copied().enumerate() {
            if used[n] || !overlap(edge.de, here) {
                continue;
            }
            used[n] = true;
            let mut way = so_far.clone();
            way.push(edge);
            if overlap(edge.vers, to) {
                return Some(way);
            }
            waiting.push_back((edge.vers, way));
        }
    }
    None
}

fn incompatible(site: &Site, edge: &Ecrit<'_>, diags: &mut Vec<Diagnostic>) {
    let nature = |(a, bout): End| match bout {
        Bout::Bloc(i, _) => site.ateliers[a].blocs[i].bloc.nature.map(Some),
        Bout::Fiche(_) => Some(None),
    };
    let name = |end| nature(end).flatten().map_or("une fiche", with_article);
    // Nobody knows what a free column may be tied to.
    let (Some(de), Some(vers)) = (nature(edge.de), nature(edge.vers)) else { return };
    if !may_be_tied(de, vers) {
        diags.push(
            Diagnostic::new(
                Code::NaturesIncompatibles,
                format!("{} ne se rapproche pas d’{}", name(edge.de), name(edge.vers)),
            )
            .at(edge.ecrit, "")
            .help("la chaîne est : irritant, besoin, axe, action, puis acteur, temporalité et indicateur")
            .help("vérifiez « vers » : c’est peut-être l’identifiant d’un autre bloc"),
        );
    }
}

/// `None` is a fiche.
fn may_be_tied(a: Option<Nature>, b: Option<Nature>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(nature), None) | (None, Some(nature)) => !NOT_OF_A_FICHE.contains(&nature),
        (Some(a), Some(b)) => {
            let holds = |a, b: &Nature| PAIRS.iter().any(|(n, list)| *n == a && list.contains(b));
            a == b || holds(a, &b) || holds(b, &a)
        }
    }
}

fn with_article(nature: Nature) -> &'static str {
    match nature {
        Intitule => "un intitulé",
        SousThematique => "une sous-thématique",
        Mention => "un RETEX cité",
        Irritant => "un irritant",
        PointFort => "un point fort",
        Besoin => "un besoin",
        Axe => "un axe",
        Action => "une action",
        Acteur => "un acteur",
        Temporalite => "une temporalité",
        Indicateur => "un indicateur",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SitePath;

    #[test]
    fn pairs() {
        assert!(may_be_tied(Some(Irritant), Some(Besoin)));
        assert!(may_be_tied(Some(Besoin), Some(Irritant)));
        assert!(may_be_tied(Some(Acteur), Some(Acteur)));
        assert!(may_be_tied(None, Some(Mention)));
        assert!(!may_be_tied(Some(Irritant), Some(Indicateur)));
        assert!(!may_be_tied(Some(Mention), Some(Temporalite)));
        assert!(!may_be_tied(None, Some(Temporalite)));
    }

    #[test]
    fn the_way_round() {
        let bloc = |n| (0, Bout::Bloc(n, None));
        let ecrit = Span::new(&SitePath::new("a"), 0..1);
        let edge = |a, b| Ecrit { de: bloc(a), vers: bloc(b), ecrit: &ecrit };
        let edges = [edge(0, 1), edge(1, 2), edge(5, 6), edge(2, 3)];
        let way = path(&edges, bloc(0), bloc(3)).unwrap();
        assert_eq!(way.len(), 3);
        assert!(path(&edges, bloc(3), bloc(0)).is_none());
    }
}
