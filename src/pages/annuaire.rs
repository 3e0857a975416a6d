//! The directory of links: every link of every fiche, by kind, a hundred at a time.

use serde::Serialize;

use super::{
    Ici,
    cartes::{LienExterneVue, LienVue, lien_externe},
    feuilles::{self, LIENS, pagination},
    listes::ValeurVue,
};
use crate::{
    markdown::plain,
    model::TypeLien,
    site::{Site, address, titre_affiche},
};

/// The whole directory in reading order, found once for all its pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Annuaire(Vec<Rayon>);

/// One kind of links, or the fiches that bear none.
#[derive(Clone, Debug, PartialEq)]
struct Rayon {
    /// Its anchor.
    slug: &'static str,
    /// « Article », « Autre lien », « Fiches sans lien ».
    titre: &'static str,
    /// Atelier, fiche, link (`None` for a fiche without any), in the order of the site.
    entrees: Vec<(usize, usize, Option<usize>)>,
}

impl Annuaire {
    pub(super) fn of(site: &Site) -> Self {
        let named = TypeLien::ALL.iter().map(|k| (k.slug(), k.label()));
        let others = [("autre", "Autre lien"), ("sans", "Fiches sans lien")];
        let rayon = |(slug, titre)| Rayon { slug, titre, entrees: Vec::new() };
        let mut rayons: Vec<Rayon> = named.chain(others).map(rayon).collect();
        let (other, without) = (TypeLien::ALL.len(), TypeLien::ALL.len() + 1);
        for (a, atelier) in site.ateliers.iter().enumerate() {
            for (f, fiche) in atelier.fiches.iter().enumerate() {
                for (n, lien) in fiche.liens.iter().enumerate() {
                    let kind = TypeLien::ALL.iter().position(|k| Some(*k) == lien.type_lien);
                    rayons[kind.unwrap_or(other)].entrees.push((a, f, Some(n)));
                }
                if fiche.liens.is_empty() {
                    rayons[without].entrees.push((a, f, None));
                }
            }
        }
        rayons.retain(|rayon| !rayon.entrees.is_empty());
        Self(rayons)
    }

    /// How many pages it takes.
    pub(super) fn pages(&self) -> usize {
        feuilles::pages(self.0.iter().map(|rayon| rayon.entrees.len()).sum(), LIENS)
    }
}

/// A page of the directory of links.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Liens {
    /// How many links there are in all.
    pub total: usize,
    /// With several pages, where each kind begins and how many it has.
    pub sommaire: Vec<ValeurVue>,
    /// The links of this page, by kind.
    pub groupes: Vec<GroupeLiens>,
    /// Pages of the directory; empty when there is one.
    pub pages: Vec<LienVue>,
}

/// Links of one kind, or the fiches that bear none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupeLiens {
    /// Its anchor.
    pub ancre: String,
    /// « Article », « Autre lien », « Fiches sans lien ».
    pub titre: &'static str,
    /// It began on a page before.
    pub suite: bool,
    /// In the order of the site.
    pub liens: Vec<LienExterneVue>,
    /// Fiches that bear none.
    pub fiches: Vec<LienVue>,
}

pub(super) fn liens(ici: Ici<'_>, numero: usize, total: usize) -> Liens {
    let rayons = &ici.plan.annuaire.0;
    let (first, end) = ((numero - 1) * LIENS, numero * LIENS);
    let (mut groupes, mut sommaire) = (Vec::new(), Vec::new());
    let (mut start, mut links) = (0, 0);
    for rayon in rayons {
        let count = rayon.entrees.len();
        if total > 1 {
            sommaire.push(ValeurVue { lien: begins(ici, rayon, start), nombre: count });
        }
        let shown = first.max(start)..end.min(start + count);
        if !shown.is_empty() {
            let entrees = &rayon.entrees[shown.start - start..shown.end - start];
            groupes.push(groupe(ici, rayon, entrees, shown.start > start));
        }
        links += rayon.entrees.iter().filter(|(.., lien)| lien.is_some()).count();
        start += count;
    }
    let pages = pagination(ici, (numero, total), address::liens);
    Liens { total: links, sommaire, groupes, pages }
}

fn ancre(rayon: &Rayon) -> String {
    format!("liens--{}", rayon.slug)
}

/// A link to the beginning of a kind, `start` entries after that of the directory.
fn begins(ici: Ici<'_>, rayon: &Rayon, start: usize) -> LienVue {
    let page = address::liens(start / LIENS + 1);
    LienVue {
        texte: rayon.titre.into(),
        href: ici.page.path.link_to_anchor(&page, &ancre(rayon)),
        courant: false,
    }
}

fn groupe(
    ici: Ici<'_>,
    rayon: &Rayon,
    entrees: &[(usize, usize, Option<usize>)],
    suite: bool,
) -> GroupeLiens {
    let (mut liens, mut fiches) = (Vec::new(), Vec::new());
    for (a, f, lien) in entrees {
        let fiche = &ici.site.ateliers[*a].fiches[*f];
        match lien {
            Some(n) => {
                let mut vue = lien_externe(ici, fiche, n + 1, &fiche.liens[*n]);
                // Anchors of a fiche's own page would repeat here.
                vue.ancre = format!("{}--{}--{}", fiche.id.synthese, fiche.id.slug, n + 1);
                liens.push(vue);
            }
            None => fiches.push(LienVue {
                texte: plain(&titre_affiche(fiche)),
                href: ici.lien(&address::fiche(&fiche.id)),
                courant: false,
            }),
        }
    }
    GroupeLiens { ancre: ancre(rayon), titre: rayon.titre, suite, liens, fiches }
}
