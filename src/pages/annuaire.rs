//! The directory of links: every link of every fiche, by kind, a hundred at a time.

use serde::Serialize;

use super::{
    Ici,
    cartes::{LienExterneVue, LienVue, etat_commun, lien_externe, liens_renseignes},
    limits::{self, A_REPARER, LIENS, pagination},
    listes::ValeurVue,
    sante,
};
use crate::{
    liens::{Endroit, emplois},
    markdown::plain,
    model::{Fiche, TypeLien, cle},
    site::{Repository, Site, address, titre_affiche},
};

/// The whole directory in reading order, found once for all its pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Annuaire(Vec<Rayon>);

/// One kind of links, or the fiches that bear none.
#[derive(Clone, Debug, PartialEq)]
struct Rayon {
    /// Anchor.
    slug: &'static str,
    /// « Article », « Autre lien », « Fiches sans lien ».
    titre: &'static str,
    /// In the order of the site.
    entrees: Vec<EntreeAnnuaire>,
}

/// Atelier, fiche, link: by index; no link stands for a fiche that bears none.
type EntreeAnnuaire = (usize, usize, Option<usize>);

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

    /// Number of pages.
    pub(super) fn pages(&self) -> usize {
        limits::pages(self.0.iter().map(|rayon| rayon.entrees.len()).sum(), LIENS)
    }
}

/// A page of the directory of links.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Liens {
    /// Number of links in all.
    pub total: usize,
    /// Who gave the kinds, titles and copies of those of this page: « renseignés par l’éditeur ».
    pub renseignes: Option<&'static str>,
    /// State that most links of this page share: « donné avec la contribution, non vérifié depuis ».
    pub etat: Option<String>,
    /// With several pages, where each kind begins and how many it has.
    pub sommaire: Vec<ValeurVue>,
    /// The links of this page, by kind.
    pub groupes: Vec<GroupeLiens>,
    /// Fiches that bear none, on the last pages.
    pub sans: Vec<LienVue>,
    /// Their list began on a page before.
    pub sans_suite: bool,
    /// On the first page, the dead links that have no copy.
    pub a_reparer: Vec<AReparer>,
    /// Number of those that are not listed.
    pub a_reparer_aussi: usize,
    /// Pages of the directory; empty when there is one.
    pub pages: Vec<LienVue>,
}

/// Links of one kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupeLiens {
    /// Anchor.
    pub ancre: String,
    /// « Article », or « Autre lien ».
    pub genre: &'static str,
    /// It began on a page before.
    pub suite: bool,
    /// In the order of the site.
    pub liens: Vec<LienExterneVue>,
}

pub(super) fn liens(ici: Ici<'_>, numero: usize, total: usize) -> Liens {
    let rayons = &ici.plan.annuaire.0;
    let (first, end) = ((numero - 1) * LIENS, numero * LIENS);
    let (a_reparer, a_reparer_aussi) =
        if numero == 1 { a_reparer(ici) } else { Default::default() };
    let mut vue = Liens {
        a_reparer,
        a_reparer_aussi,
        pages: pagination(ici, (numero, total), address::liens),
        ..Liens::default()
    };
    let mut shown_links = Vec::new();
    let mut start = 0;
    for rayon in rayons {
        let count = rayon.entrees.len();
        if total > 1 {
            vue.sommaire.push(ValeurVue { lien: begins(ici, rayon, start), nombre: count });
        }
        let shown = first.max(start)..end.min(start + count);
        if !shown.is_empty() {
            let entrees = &rayon.entrees[shown.start - start..shown.end - start];
            fill(ici, &mut vue, rayon, entrees, shown.start > start);
            shown_links.extend(entrees.iter().filter_map(|(a, f, n)| {
                let fiche = &*ici.site.ateliers[*a].fiches[*f];
                Some((fiche, &fiche.liens[(*n)?]))
            }));
        }
        vue.total += rayon.entrees.iter().filter(|(.., lien)| lien.is_some()).count();
        start += count;
    }
    vue.renseignes = liens_renseignes(shown_links);
    vue.etat = etat_commun(vue.groupes.iter_mut().flat_map(|groupe| &mut groupe.liens));
    vue
}

/// Puts what a page shows of one kind where it goes.
fn fill(ici: Ici<'_>, vue: &mut Liens, rayon: &Rayon, entrees: &[EntreeAnnuaire], suite: bool) {
    let fiche = |a: usize, f: usize| &ici.site.ateliers[a].fiches[f];
    let liens: Vec<LienExterneVue> =
        entrees.iter().filter_map(|(a, f, n)| n.map(|n| lien(ici, fiche(*a, *f), n))).collect();
    if liens.is_empty() {
        vue.sans = entrees.iter().map(|(a, f, _)| sans_lien(ici, fiche(*a, *f))).collect();
        vue.sans_suite = suite;
    } else {
        vue.groupes.push(GroupeLiens { ancre: ancre(rayon), genre: rayon.titre, suite, liens });
    }
}

fn ancre(rayon: &Rayon) -> String {
    format!("liens--{}", rayon.slug)
}

/// A link to the beginning of a kind, `start` entries after that of the directory.
fn begins(ici: Ici<'_>, rayon: &Rayon, start: usize) -> LienVue {
    let page = address::liens(start / LIENS + 1);
    LienVue::vers(rayon.titre, ici.page.path.link_to_anchor(&page, &ancre(rayon)))
}

fn lien(ici: Ici<'_>, fiche: &Fiche, n: usize) -> LienExterneVue {
    lien_externe(ici, fiche, n + 1, &fiche.liens[n])
}

fn sans_lien(ici: Ici<'_>, fiche: &Fiche) -> LienVue {
    ici.vers(plain(&titre_affiche(fiche)), &address::fiche(&fiche.id))
}

/// A link to mend.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AReparer {
    /// The address.
    pub adresse: String,
    /// « ne répond plus depuis le 3 mars 2026 ».
    pub etat: String,
    /// The file to change, on the forge where there is one, else the page that shows it.
    pub fichier: LienVue,
}

/// The dead links of the site that have no copy, and the number of those that are not listed.
fn a_reparer(ici: Ici<'_>) -> (Vec<AReparer>, usize) {
    let site = ici.site;
    if site.sante.est_vide() {
        return (Vec::new(), 0);
    }
    let forge = Repository::of(&site.config).map(|repository| repository.edited());
    let all = emplois(site).into_iter().filter_map(|emploi| {
        let etat = site.sante.de(&emploi.url).filter(|etat| etat.est_mort())?;
        if let Endroit::Ressource(_, fiche, n) = emploi.endroit
            && fiche.liens[n].url_archive.is_some()
        {
            return None;
        }
        let file = &emploi.span.file;
        let href = match &forge {
            Some(forge) => format!("{forge}/{file}"),
            None => ici.lien(site.page_of(file)?),
        };
        Some(AReparer {
            adresse: cle(&emploi.url),
            etat: sante::etat(Some(etat)),
            fichier: LienVue::vers(file.to_string(), href),
        })
    });
    let mut all: Vec<AReparer> = all.collect();
    let more = all.len().saturating_sub(A_REPARER);
    all.truncate(A_REPARER);
    (all, more)
}
