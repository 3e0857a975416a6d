//! Lists of fiches: all of them, or those of one value of a facet, fifty at a time.

use serde::Serialize;

use super::{
    Facette, Ici,
    cartes::{CarteFiche, LienVue, carte},
    plan::PER_PAGE,
};
use crate::{
    fr,
    markdown::plain,
    model::Fiche,
    site::{Atelier, address},
};

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Liste {
    /// « 9 fiches ».
    pub compte: String,
    /// The whole list, when this is a facet.
    pub toutes: Option<LienVue>,
    /// The fiches of this page.
    pub fiches: Vec<CarteFiche>,
    /// Every facet with its values.
    pub facettes: Vec<FacetteVue>,
    /// Pages of the list; empty when there is one.
    pub pages: Vec<LienVue>,
}

/// A facet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FacetteVue {
    /// Its folder.
    pub nom: &'static str,
    /// What a reader sees.
    pub titre: &'static str,
    /// Its values.
    pub valeurs: Vec<ValeurVue>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValeurVue {
    /// Its page.
    pub lien: LienVue,
    /// How many fiches have it.
    pub nombre: usize,
}

pub(super) fn liste(ici: Ici<'_>, facette: Option<&Facette>, numero: usize, total: usize) -> Liste {
    let first = (numero - 1) * PER_PAGE;
    let (count, shown): (usize, Vec<(&Atelier, &Fiche)>) = match facette {
        Some(f) => {
            let shown = f.fiches.iter().skip(first).take(PER_PAGE);
            let fiche = |(a, f): &(usize, usize)| {
                let atelier = &ici.site.ateliers[*a];
                (atelier, &atelier.fiches[*f])
            };
            (f.fiches.len(), shown.map(fiche).collect())
        }
        None => {
            let shown = ici.site.fiches().skip(first).take(PER_PAGE).collect();
            (ici.site.fiches().count(), shown)
        }
    };
    let fiches = shown.into_iter().map(|(atelier, fiche)| carte(ici, atelier, fiche));
    Liste {
        compte: fr::count(count, "retour d’expérience", "retours d’expérience"),
        toutes: facette.map(|_| LienVue {
            texte: "Tous les retours d’expérience".into(),
            href: ici.lien(&address::fiches(1)),
            courant: false,
        }),
        fiches: fiches.collect(),
        facettes: groups(ici),
        pages: pagination(ici, facette, numero, total),
    }
}

fn groups(ici: Ici<'_>) -> Vec<FacetteVue> {
    let mut groups: Vec<FacetteVue> = Vec::new();
    for facette in &ici.plan.facettes {
        let target = address::facette(facette.nom, &facette.slug, 1);
        let valeur = ValeurVue {
            lien: LienVue {
                texte: plain(&facette.valeur),
                href: ici.lien(&target),
                courant: target == ici.page.path,
            },
            nombre: facette.fiches.len(),
        };
        match groups.iter_mut().find(|g| g.nom == facette.nom) {
            Some(group) => group.valeurs.push(valeur),
            None => groups.push(FacetteVue {
                nom: facette.nom,
                titre: facette.titre,
                valeurs: vec![valeur],
            }),
        }
    }
    groups
}

fn pagination(
    ici: Ici<'_>,
    facette: Option<&Facette>,
    numero: usize,
    total: usize,
) -> Vec<LienVue> {
    if total < 2 {
        return Vec::new();
    }
    let page = |n: usize| match facette {
        None => address::fiches(n),
        Some(f) => address::facette(f.nom, &f.slug, n),
    };
    let link = |n: usize| LienVue {
        texte: format!("Page {n}"),
        href: ici.lien(&page(n)),
        courant: n == numero,
    };
    // The ends and the neighbours: a list of a thousand pages stays light.
    let near = |n: &usize| *n == 1 || *n == total || n.abs_diff(numero) <= 2;
    (1..=total).filter(near).map(link).collect()
}
