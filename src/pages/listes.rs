//! Lists of fiches, all of them or those of one value of a facet, and lists of the values of a facet.

use serde::Serialize;

use super::{
    Facette, Ici,
    cartes::{Aspect, Cartes, LienVue, cartes},
    limits::{FICHES, VALEURS, VALEURS_D_ABORD, VALEURS_ENSUITE, pagination},
};
use crate::{
    french,
    markdown::plain,
    site::{Indices, address},
};

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Liste {
    /// « 9 expériences », « 4 expériences sur 9 ».
    pub compte: String,
    /// Value of the facet, when this is one; the link leads to the whole list.
    pub critere: Option<LienVue>,
    /// The fiches of this page.
    pub fiches: Cartes,
    /// Levels and thématiques, on the first page of a list.
    pub facettes: Vec<FacetteVue>,
    /// The other facets, folded; nothing when none divides the list.
    pub repli: Option<Repli>,
    /// The first page of the list, where criteria are chosen, from the others.
    pub choisir: Option<LienVue>,
    /// Who gave them: « renseignés par l’éditeur ».
    pub renseignes: Option<&'static str>,
    /// Pages of the list; empty when there is one.
    pub pages: Vec<LienVue>,
}

/// Facets that a list folds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Repli {
    /// « Mots-clés (28), genres de lien ».
    pub titre: String,
    /// Facets.
    pub facettes: Vec<FacetteVue>,
}

/// A facet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FacetteVue {
    /// Folder.
    pub nom: &'static str,
    /// Title shown.
    pub titre: &'static str,
    /// Values that divide the list, or those most used.
    pub valeurs: Vec<ValeurVue>,
    /// Link to all its values, when some are left out.
    pub toutes: Option<LienVue>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValeurVue {
    /// Page link.
    pub lien: LienVue,
    /// Number of fiches.
    pub nombre: usize,
}

pub(super) fn liste(ici: Ici<'_>, facette: Option<&Facette>, numero: usize, total: usize) -> Liste {
    let first = (numero - 1) * FICHES;
    let all = ici.site.fiches().count();
    let (compte, shown): (String, Vec<Indices>) = match facette {
        Some(f) => {
            let count = french::count(f.fiches.len(), "expérience", "expériences");
            let here = f.fiches.iter().copied().skip(first).take(FICHES);
            (format!("{count} sur {}", french::number(all)), here.collect())
        }
        None if all == 0 => ("Aucune expérience n’est encore publiée.".into(), Vec::new()),
        None => {
            let here = ici.site.indices().skip(first).take(FICHES);
            (french::count(all, "expérience", "expériences"), here.collect())
        }
    };
    let page = |n| match facette {
        None => address::fiches(n),
        Some(f) => address::facette(f.nom, &f.slug, n),
    };
    // Whoever turns pages reads titles; a list of a thousand pages would repeat its criteria and the texts of all the site.
    let begins = numero == 1;
    let most = if facette.is_none() { VALEURS_D_ABORD } else { VALEURS_ENSUITE };
    let groups = if begins { groups(ici, most) } else { Vec::new() };
    let (facettes, folded) = groups.into_iter().partition(|f| toujours(f.nom));
    Liste {
        compte,
        critere: facette.map(|f| LienVue { texte: plain(&f.valeur), ..all_fiches(ici) }),
        fiches: cartes(ici, shown, Aspect::rang(2)),
        facettes: by_level_first(facettes),
        repli: repli(ici, folded),
        choisir: (!begins).then(|| ici.vers("Choisir par niveau, thématique ou mot-clé", &page(1))),
        renseignes: ici.plan.commun.renseignes(),
        pages: pagination(ici, (numero, total), page),
    }
}

/// True of the facets that a list always shows.
fn toujours(facette: &str) -> bool {
    matches!(facette, "niveau" | "thematique")
}

/// True when the value is worth offering: one that keeps every fiche, or one alone, tells nobody where to go.
/// Levels and thématiques are few, and their readers look for theirs.
pub(super) fn divise(facette: &Facette, fiches: usize) -> bool {
    toujours(facette.nom) || (2..fiches).contains(&facette.fiches.len())
}

/// A reader knows their level; the thématiques they discover.
fn by_level_first(mut facettes: Vec<FacetteVue>) -> Vec<FacetteVue> {
    facettes.sort_by_key(|f| f.nom != "niveau");
    facettes
}

fn repli(ici: Ici<'_>, mut facettes: Vec<FacetteVue>) -> Option<Repli> {
    facettes.sort_by_key(|f| f.nom != "mot-cle");
    let count = |nom| ici.plan.facettes.iter().filter(|f| f.nom == nom).count();
    let named = facettes.iter().map(|f| {
        let values = tous(f.nom).trim_start_matches("Tous les ").trim_start_matches("Toutes les ");
        format!("{values} ({})", french::number(count(f.nom)))
    });
    let titre = match named.collect::<Vec<_>>().join(", ") {
        all if all.starts_with("mots-clés") => all.replacen('m', "M", 1),
        all => format!("Autres critères : {all}"),
    };
    let titre = plain(&titre);
    (!facettes.is_empty()).then_some(Repli { titre, facettes })
}

/// Every facet, with at most so many of its values: those most used among those that divide the list.
pub(super) fn groups(ici: Ici<'_>, most: usize) -> Vec<FacetteVue> {
    let fiches = ici.site.fiches().count();
    let of_one = |values: &[Facette]| {
        let (nom, titre) = (values[0].nom, values[0].titre);
        let shown = values.iter().filter(|f| f.rang < most && divise(f, fiches));
        let valeurs: Vec<ValeurVue> = shown.map(|f| valeur(ici, f)).collect();
        let left_out = values.len() > valeurs.len();
        FacetteVue {
            nom,
            titre,
            valeurs,
            toutes: left_out.then(|| {
                ici.vers(
                    format!("{} ({})", tous(nom), french::number(values.len())),
                    &address::valeurs(nom, 1),
                )
            }),
        }
    };
    ici.plan.facettes.chunk_by(|a, b| a.nom == b.nom).map(of_one).collect()
}

/// A value of a facet, with its list.
pub(super) fn valeur(ici: Ici<'_>, facette: &Facette) -> ValeurVue {
    let target = address::facette(facette.nom, &facette.slug, 1);
    ValeurVue {
        lien: LienVue {
            texte: plain(&facette.valeur),
            href: ici.lien(&target),
            courant: target == ici.page.path,
        },
        nombre: facette.fiches.len(),
    }
}

/// « Tous les mots-clés ».
pub(super) fn tous(facette: &str) -> &'static str {
    match facette {
        "mot-cle" => "Tous les mots-clés",
        "acteur" => "Tous les acteurs cités",
        "territoire" => "Tous les territoires",
        "annee" => "Toutes les années",
        "thematique" => "Toutes les thématiques",
        "niveau" => "Tous les niveaux",
        _ => "Tous les genres de lien",
    }
}

/// A page of all the values of a facet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Valeurs {
    /// Number of values.
    pub total: usize,
    /// The whole list of fiches.
    pub fiches: LienVue,
    /// Who gave them: « renseignés par l’éditeur ».
    pub renseignes: Option<&'static str>,
    /// The values of this page.
    pub valeurs: Vec<ValeurVue>,
    /// Pages of the list; empty when there is one.
    pub pages: Vec<LienVue>,
}

pub(super) fn valeurs(ici: Ici<'_>, nom: &str, numero: usize, total: usize) -> Valeurs {
    let all: Vec<&Facette> = ici.plan.facettes.iter().filter(|f| f.nom == nom).collect();
    let shown = all.iter().skip((numero - 1) * VALEURS).take(VALEURS);
    Valeurs {
        total: all.len(),
        renseignes: ici.plan.commun.renseignes(),
        fiches: all_fiches(ici),
        valeurs: shown.map(|f| valeur(ici, f)).collect(),
        pages: pagination(ici, (numero, total), |n| address::valeurs(nom, n)),
    }
}

fn all_fiches(ici: Ici<'_>) -> LienVue {
    ici.vers("Toutes les expériences", &address::fiches(1))
}
