//! Long lists, so that no page grows with the site: how much one holds, what stands for the rest, and the
//! links from page to page. A workshop's own tables are never cut.

use super::{Facette, Ici, cartes::LienVue};
use crate::{
    french,
    model::Thematique,
    site::{Atelier, Indices, address},
    source::OutputPath,
};

/// Fiches on a page of a list.
pub(super) const FICHES: usize = 50;
/// Entries on a page of the directory of links.
pub(super) const LIENS: usize = 100;
/// Values on a page that gives all those of one facet.
pub(super) const VALEURS: usize = 300;
/// Values of one facet on the first page of all fiches and on the site map: above, those most used.
pub(super) const VALEURS_D_ABORD: usize = 35;
/// Values of one facet on every other page of a list.
pub(super) const VALEURS_ENSUITE: usize = 20;
/// Fiches that a section of another page shows: with more of them, it shows [`APERCU`].
pub(super) const SECTION: usize = 30;
/// Fiches that a section shows for too many.
pub(super) const APERCU: usize = 12;
/// Fiches that the site map names one by one: with more of them, it leads to their lists.
pub(super) const PLAN: usize = 100;
/// Workshops whose pages the site map names one by one: with more of them, it leads to each workshop.
pub(super) const ATELIERS_DU_PLAN: usize = 12;
/// Dead links that the directory lists for editors.
pub(super) const A_REPARER: usize = 30;
/// Fiches named where an acronym is used, and rows of tables.
pub(super) const EMPLOIS: usize = 20;
/// Territories above which their list is cut by first letter.
pub(super) const TERRITOIRES: usize = 30;
/// Additions to a synthèse that the page of provenance lists whole: with more of them, [`SECTION`] of each
/// kind, and pages of their own.
pub(super) const AJOUTS: usize = 300;
/// Additions on a page of theirs.
pub(super) const AJOUTS_PAR_PAGE: usize = 200;
/// Fiches that a thématique shows, with several workshops, of more than [`APERCU`].
pub(super) const EXPERIENCES: usize = 6;
/// Groups of near texts that a thématique shows of each nature, with several workshops.
pub(super) const GROUPES: usize = 12;
/// Texts on a page of all those of one nature.
pub(super) const TEXTES: usize = 100;
/// Places named beside a text that several workshops say.
pub(super) const LIEUX: usize = 6;
/// Texts of a group that a thématique shows.
pub(super) const VARIANTES: usize = 3;
/// Anchors of texts that a thématique keeps, with several workshops: those of the oldest first.
pub(super) const ANCRES: usize = 800;

/// Pages of a list. An empty one has a page too.
pub(super) fn pages(count: usize, per_page: usize) -> usize {
    count.div_ceil(per_page).max(1)
}

/// Links to the pages of a list, none when there is one: the ends, the neighbours, the tens of this
/// hundred and the hundreds. A list of a thousand pages stays light, and any page is few steps away.
pub(super) fn pagination(
    ici: Ici<'_>,
    (numero, total): (usize, usize),
    address: impl Fn(usize) -> OutputPath,
) -> Vec<LienVue> {
    if total < 2 {
        return Vec::new();
    }
    let link = |n: usize| LienVue {
        texte: format!("Page {n}"),
        href: ici.lien(&address(n)),
        courant: n == numero,
    };
    let shown = |n: &usize| {
        let ten = n.is_multiple_of(10) && *n / 100 == numero / 100;
        *n == 1 || *n == total || n.abs_diff(numero) <= 2 || ten || n.is_multiple_of(100)
    };
    (1..=total).filter(shown).map(link).collect()
}

/// Fiches that a section shows of `count`.
pub(crate) fn cards(count: usize) -> usize {
    if count <= SECTION { count } else { APERCU }
}

/// Fiches that a section shows of a workshop's thématique: all or, when too many, the first ones and a link to all.
/// `a` is the workshop's place in the site.
pub(super) fn apercu(ici: Ici<'_>, a: usize, t: &Thematique) -> (Vec<Indices>, Option<LienVue>) {
    let atelier = &ici.site.ateliers[a];
    let all = atelier.fiches.iter().enumerate().filter(|(_, f)| f.thematique.value == t.id);
    let mut fiches: Vec<Indices> = all.map(|(f, _)| (a, f)).collect();
    let count = fiches.len();
    if cards(count) == count {
        return (fiches, None);
    }
    fiches.truncate(cards(count));
    let all = french::count(count, "retour d’expérience", "retours d’expérience");
    let place = match ici.site.seul_atelier() {
        Some(_) => "",
        None => ", dans la liste du territoire",
    };
    let suite = ici.vers(format!("Les {all} de cette thématique{place}"), &liste(ici, atelier, t));
    (fiches, Some(suite))
}

/// The page of a list where the fiches of a workshop's thématique begin: with several workshops, in the list
/// of its territory.
pub(super) fn liste(ici: Ici<'_>, atelier: &Atelier, t: &Thematique) -> OutputPath {
    let begins = |facette: &Facette| {
        facette.fiches.iter().position(|(a, f)| {
            let other = &ici.site.ateliers[*a];
            other.synthese.id == atelier.synthese.id && other.fiches[*f].thematique.value == t.id
        })
    };
    let nom = if ici.site.seul_atelier().is_some() { "thematique" } else { "territoire" };
    let mut facettes = ici.plan.facettes.iter().filter(|f| f.nom == nom);
    let found = facettes.find_map(|facette| Some((facette, begins(facette)?)));
    found.map_or_else(
        || address::fiches(1),
        |(facette, first)| address::facette(facette.nom, &facette.slug, first / FICHES + 1),
    )
}
