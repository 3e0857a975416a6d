//! Names of the natures, as a reader counts them.

use crate::model::Nature;

/// Natures that a reader expects to see related, with their names, alone and in number.
pub(super) const RELATED: [(Nature, &str, &str); 7] = [
    (Nature::Irritant, "irritant", "irritants"),
    (Nature::Besoin, "besoin", "besoins"),
    (Nature::Axe, "axe", "axes"),
    (Nature::Action, "action", "actions"),
    (Nature::Acteur, "acteur", "acteurs"),
    (Nature::Temporalite, "temporalité", "temporalités"),
    (Nature::Indicateur, "indicateur", "indicateurs"),
];

/// Name of a nature, alone and in number.
pub(super) fn pluriel(nature: Nature) -> (&'static str, &'static str) {
    let known = RELATED.iter().find(|(own, ..)| *own == nature);
    match (known, nature) {
        (Some((_, one, many)), _) => (one, many),
        (None, Nature::SousThematique) => ("sous-thématique", "sous-thématiques"),
        (None, Nature::PointFort) => ("point fort", "points forts"),
        (None, Nature::Mention) => ("RETEX cité", "RETEX cités"),
        (None, _) => ("intitulé", "intitulés"),
    }
}
