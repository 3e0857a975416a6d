//! What a workshop said, in a glance: the first text of each list, in its own words, per thématique.

use serde::Serialize;

use super::{Ici, cartes::LienVue};
use crate::{
    french,
    markdown::{Html, plain, texte_en},
    model::{Nature, Tableau, Thematique},
    site::{Atelier, address},
};

/// A thématique and its first words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Voix {
    /// Number.
    pub numero: usize,
    /// Page.
    pub lien: LienVue,
    /// « 3 expériences, 2 dans les tableaux »; empty where the words say it.
    pub contenu: String,
    /// The first text of each list.
    pub premiers: Vec<Premier>,
    /// Said when there is none.
    pub vide: Option<String>,
}

/// The first text of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Premier {
    /// « Irritants ».
    pub nom: String,
    /// The text; the whole of it.
    pub html: Html,
    /// « et 5 autres »; empty for the only one.
    pub autres: String,
    /// True when the editor cut it.
    pub decoupe: bool,
}

/// Lists that a reader hears first, in the order of the document.
const LISTES: [(Nature, &[Tableau], &str); 3] = [
    (Nature::Irritant, &[Tableau::Diagnostic, Tableau::Projections], "Irritants"),
    (Nature::Besoin, &[Tableau::Projections], "Besoins"),
    (Nature::Action, &[Tableau::Plan], "Actions à mener"),
];

/// What a workshop says of a thématique.
pub(super) fn voix(ici: Ici<'_>, atelier: &Atelier, t: &Thematique) -> Voix {
    let premiers: Vec<Premier> =
        LISTES.iter().filter_map(|liste| premier(atelier, t, liste)).collect();
    let fiches = atelier.fiches_de(&t.id).filter(|fiche| !atelier.joins(fiche)).count();
    let vide = premiers.is_empty().then(|| silence(atelier, t, fiches));
    Voix { premiers, vide, ..titre(ici, t) }
}

/// A thématique, with no word of a workshop.
pub(super) fn titre(ici: Ici<'_>, t: &Thematique) -> Voix {
    let fiches = ici.site.fiches().filter(|(_, f)| f.thematique.value == t.id).count();
    let contenu = match fiches {
        0 => String::new(),
        _ => french::count(fiches, "expérience", "expériences"),
    };
    Voix {
        numero: t.numero.value,
        lien: ici.vers(plain(&t.titre), &address::thematique(&t.id)),
        contenu,
        premiers: Vec::new(),
        vide: None,
    }
}

fn premier(
    atelier: &Atelier,
    t: &Thematique,
    (nature, tables, nom): &(Nature, &[Tableau], &str),
) -> Option<Premier> {
    let found = tables.iter().map(|table| {
        let here = atelier.blocs_de(&t.id, *table, *nature);
        here.map(|(i, _)| i).collect::<Vec<_>>()
    });
    let list = found.into_iter().find(|list| !list.is_empty())?;
    let autres = match list.len() - 1 {
        0 => String::new(),
        others => format!("et {}", french::count(others, "autre", "autres")),
    };
    Some(Premier {
        nom: (*nom).to_string(),
        html: texte_en(atelier.langue_du_bloc(list[0]), &atelier.ligne(list[0], None), None, None),
        autres,
        decoupe: atelier.source.is_some() && atelier.blocs[list[0]].bloc.textes.len() > 1,
    })
}

/// Nothing in the three lists: there may be a title, fiches, or another column.
fn silence(atelier: &Atelier, t: &Thematique, fiches: usize) -> String {
    let blocs: Vec<_> = atelier.blocs.iter().filter(|b| b.thematique == t.id).collect();
    let titled = atelier.intitules_retex.contains_key(&t.id)
        || blocs.iter().any(|b| b.bloc.nature == Some(Nature::Intitule));
    let others = blocs.iter().filter(|b| b.bloc.nature != Some(Nature::Intitule)).count();
    let who = french::capitalized(atelier.nom());
    let said = match (fiches, others, titled) {
        (0, 0, true) => format!("{who} n’en donne que l’intitulé."),
        (0, 0, false) => format!("{who} n’en dit rien."),
        (1, 0, _) => format!("{who} n’en donne qu’une expérience."),
        (_, 0, _) => format!("{who} n’en donne que {} expériences.", french::number(fiches)),
        _ => format!("{} dans ses tableaux.", french::count(others, "texte", "textes")),
    };
    french::typography(&said)
}
