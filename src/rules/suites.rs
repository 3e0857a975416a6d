//! Gaps of the chain that the synthèse does not continue, as far as the editor has written it: one remark per
//! synthèse, thématique and step, never one per bloc.

use super::Rules;
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{Nature, Tableau},
    site::{Atelier, Bout},
    source::{Slug, Span},
};

/// Places shown besides the first; beyond, the message gives the number.
const OTHERS: usize = 8;

/// From what, to what: both must be in the tables for the lack to mean something.
struct ListStep {
    de: (Tableau, Nature),
    vers: &'static [(Tableau, Nature)],
    /// « irritant », « irritants ».
    one: &'static str,
    many: &'static str,
    /// The nature looked for: « un besoin ».
    what: &'static str,
}

use Nature::{Acteur, Action, Axe, Besoin, Indicateur, Irritant};
use Tableau::{Plan, Projections};

#[rustfmt::skip]
const STEPS: [ListStep; 5] = [
    ListStep { de: (Projections, Irritant), vers: &[(Projections, Besoin)], one: "irritant", many: "irritants", what: "un besoin" },
    ListStep { de: (Projections, Axe), vers: &[(Plan, Axe), (Plan, Action)], one: "axe des projections", many: "axes des projections", what: "le plan d’action" },
    ListStep { de: (Plan, Axe), vers: &[(Plan, Action)], one: "axe du plan", many: "axes du plan", what: "une action" },
    ListStep { de: (Plan, Action), vers: &[(Plan, Acteur)], one: "action", many: "actions", what: "un acteur" },
    ListStep { de: (Plan, Action), vers: &[(Plan, Indicateur)], one: "action", many: "actions", what: "un indicateur" },
];

pub(super) fn judge(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    for atelier in &jury.site.ateliers {
        let folder = format!("content/syntheses/{}", atelier.synthese.id);
        let is_read = |file: String| !jury.site.doubts.fichiers.contains(file.as_str());
        // A fiche that cannot be read may hold the rapprochement that lacks.
        let fiches_are_read =
            !jury.site.doubts.fichiers.iter().any(|p| p.parent() == format!("{folder}/retex"));
        let mut thematiques: Vec<&Slug> = atelier.blocs.iter().map(|b| &b.thematique).collect();
        thematiques.dedup();
        for thematique in thematiques {
            if fiches_are_read && is_read(format!("{folder}/tableaux/{thematique}.toml")) {
                diags.extend(STEPS.iter().filter_map(|step| lacks(atelier, thematique, step)));
            }
        }
    }
}

fn lacks(atelier: &Atelier, thematique: &Slug, step: &ListStep) -> Option<Diagnostic> {
    let is_next = |tableau, nature| step.vers.contains(&(tableau, nature));
    let next_exists = atelier.blocs.iter().any(|b| {
        b.thematique == *thematique
            && b.bloc.nature.is_some_and(|nature| is_next(b.tableau, nature))
    });
    if !next_exists {
        return None;
    }
    let leads_on = |bloc: usize| {
        let neighbours = atelier.voisins(|bout| matches!(bout, Bout::Bloc(i, _) if *i == bloc));
        neighbours.iter().any(|(other, _)| match other {
            Bout::Bloc(i, _) => {
                let place = &atelier.blocs[*i];
                place.bloc.nature.is_some_and(|nature| is_next(place.tableau, nature))
            }
            Bout::Fiche(_) => false,
        })
    };
    let alone: Vec<&Span> = atelier
        .blocs_de(thematique, step.de.0, step.de.1)
        .filter(|(i, _)| !leads_on(*i))
        .map(|(_, b)| &b.bloc.id.span)
        .collect();
    let (first, others) = alone.split_first()?;
    let told = Diagnostic::new(
        Code::SuiteNonEcrite,
        format!(
            "aucune suite écrite dans la synthèse pour {} : pas de rapprochement vers {}",
            french::count(alone.len(), step.one, step.many),
            step.what
        ),
    )
    .at(first, "")
    .also_at(others.iter().take(OTHERS).copied());
    Some(told.help("si le document reçu donne cette suite, écrivez le rapprochement et sa preuve ; sinon, ne changez rien : les pages le disent"))
}
