//! Lists of fiches, all of them or those of one value of a facet, and lists of the values of a facet.

use serde::Serialize;

use super::{
    Facette, Ici, PageKind,
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
    /// « 9 fiches ».
    pub compte: String,
    /// The whole list, when this is a facet.
    pub toutes: Option<LienVue>,
    /// The fiches of this page.
    pub fiches: Cartes,
    /// Every facet with its values, or those most used.
    pub criteres: Vec<FacetteVue>,
    /// Who gave them: « renseignés par l’éditeur ».
    pub renseignes: Option<&'static str>,
    /// Pages of the list; empty when there is one.
    pub pages: Vec<LienVue>,
}

/// A facet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FacetteVue {
    /// Folder.
    pub nom: &'static str,
    /// Title shown.
    pub titre: &'static str,
    /// Values, or those most used and that of the page.
    pub valeurs: Vec<ValeurVue>,
    /// Link to all its values, when some are left out here.
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
    let (count, shown): (usize, Vec<Indices>) = match facette {
        Some(f) => (f.fiches.len(), f.fiches.iter().copied().skip(first).take(FICHES).collect()),
        None => (ici.site.fiches().count(), ici.site.indices().skip(first).take(FICHES).collect()),
    };
    Liste {
        compte: french::count(count, "retour d’expérience", "retours d’expérience"),
        toutes: facette.map(|_| all_fiches(ici)),
        // Whoever turns pages reads titles; a list of a thousand pages would repeat the texts of all the site.
        fiches: cartes(ici, shown, Aspect { titre_seul: numero > 1, ..Aspect::rang(2) }),
        criteres: groups(
            ici,
            if facette.is_none() && numero == 1 { VALEURS_D_ABORD } else { VALEURS_ENSUITE },
        ),
        renseignes: ici.plan.commun.renseignes(),
        pages: pagination(ici, (numero, total), |n| match facette {
            None => address::fiches(n),
            Some(f) => address::facette(f.nom, &f.slug, n),
        }),
    }
}

/// Every facet, with at most so many of its values: those most used.
pub(super) fn groups(ici: Ici<'_>, most: usize) -> Vec<FacetteVue> {
    let of_one = |values: &[Facette]| {
        let (nom, titre) = (values[0].nom, values[0].titre);
        let here = |f: &Facette| on_its_pages(ici, f);
        let shown = values.iter().filter(|f| f.rang < most || here(f));
        let left_out = values.len() > most;
        FacetteVue {
            nom,
            titre,
            valeurs: shown.map(|f| valeur(ici, f)).collect(),
            toutes: left_out.then(|| LienVue {
                texte: format!("{} ({})", tous(nom), french::number(values.len())),
                href: ici.lien(&address::valeurs(nom, 1)),
                courant: false,
            }),
        }
    };
    ici.plan.facettes.chunk_by(|a, b| a.nom == b.nom).map(of_one).collect()
}

/// True when the page is one of those of this value.
fn on_its_pages(ici: Ici<'_>, facette: &Facette) -> bool {
    match ici.page.kind {
        PageKind::Liste { facette: Some(here), .. } => {
            std::ptr::eq(&ici.plan.facettes[here], facette)
        }
        _ => false,
    }
}

fn valeur(ici: Ici<'_>, facette: &Facette) -> ValeurVue {
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
    LienVue {
        texte: "Tous les retours d’expérience".into(),
        href: ici.lien(&address::fiches(1)),
        courant: false,
    }
}
