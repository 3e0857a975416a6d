//! One subject, with several workshops: what each says, nature by nature, those that say the same together.
//!
//! The ids of a bloc are its workshop's own: two workshops may use the same. The page keeps the anchors of the oldest
//! workshop, then those of the others that are still free, so that what led to its only workshop still leads there.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::Serialize;

use super::{
    Ici,
    blocs::{BlocVue, bloc},
    cartes::{Aspect, Cartes, LienVue, SigleVue, cartes, lieu, sigles},
    limits::{ANCRES, APERCU, EXPERIENCES, GROUPES, LIEUX, TEXTES, VARIANTES, pagination},
    rubriques::{PlaceDeBloc, Proches, Rubrique},
};
use crate::{
    french,
    markdown::{Glose, plain, texte},
    model::Thematique,
    site::{BlocPlace, Indices, address},
};

/// What several workshops say of a thématique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparaison {
    /// « 12 ateliers, dans 8 territoires »
    pub contenu: String,
    /// Anchors of the texts that no list shows: titles of the subject and of fiches.
    pub ancres: Vec<String>,
    /// The first fiches, one of each workshop, then the second of each.
    pub fiches: Cartes,
    /// Number of all of them.
    pub compte: String,
    /// The list of all of them, when some are left out here.
    pub suite: Option<LienVue>,
    /// Lists of texts.
    pub rubriques: Vec<RubriqueVue>,
    /// Anchors of the acronyms that only texts left out use.
    pub sigles: Vec<String>,
}

/// The first texts of a nature.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RubriqueVue {
    /// Anchor.
    pub ancre: String,
    /// « Irritants ».
    pub nom: String,
    /// « 12 textes de 3 ateliers ».
    pub compte: String,
    /// Anchors of the tables that hold them, and of the texts left out here.
    pub ancres: Vec<String>,
    /// The first groups.
    pub groupes: Vec<GroupeVue>,
    /// All of them, when some are left out here.
    pub suite: Option<LienVue>,
}

/// Texts that say the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupeVue {
    /// « Texte identique », « Textes proches »; nothing for one text of one workshop.
    pub accord: Option<&'static str>,
    /// Texts, each with who says it.
    pub textes: Vec<TexteVue>,
    /// « et 3 autres textes proches ».
    pub autres: String,
}

/// Words, and the workshops that say them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TexteVue {
    /// The words.
    pub bloc: BlocVue,
    /// True when the element bears its own anchor.
    pub ancre: bool,
    /// « Loire-Atlantique, 2020 », to the text in its table.
    pub lieux: Vec<LienVue>,
    /// « et 12 autres ateliers ».
    pub autres: String,
}

/// A page of all the texts of a nature.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RubriquePage {
    /// Number of the thématique.
    pub numero: usize,
    /// The thématique.
    pub thematique: LienVue,
    /// « 120 textes de 40 ateliers ».
    pub compte: String,
    /// Groups of this page.
    pub groupes: Vec<GroupeVue>,
    /// Pages of the list; empty when there is one.
    pub pages: Vec<LienVue>,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// Anchors that the page keeps, those of each bloc.
struct Ancres(BTreeMap<PlaceDeBloc, Vec<String>>);

impl Ancres {
    /// Anchors of what the workshops say of a thématique: the oldest workshop first, each whole, as long as there is room.
    fn of(ici: Ici<'_>, t: &Thematique) -> (Self, Vec<usize>) {
        let mut workshops: Vec<usize> = (0..ici.site.ateliers.len()).collect();
        workshops.sort_by_key(|a| ici.site.ateliers[*a].synthese.annee);
        let (mut taken, mut kept, mut whose) = (HashSet::new(), BTreeMap::new(), Vec::new());
        for a in workshops {
            let own = || blocs(ici, a, t).map(|(i, place)| (i, place.bloc.ancres()));
            let room = taken.len() + own().map(|(_, list)| list.len()).sum::<usize>() <= ANCRES;
            if !room && !taken.is_empty() {
                break;
            }
            whose.push(a);
            for (i, mut list) in own() {
                list.retain(|anchor| taken.insert(anchor.clone()));
                kept.insert((a, i), list);
            }
        }
        (Self(kept), whose)
    }

    fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// Takes the anchors of a bloc: the page shows them once.
    fn take(&mut self, place: PlaceDeBloc) -> Vec<String> {
        self.0.remove(&place).unwrap_or_default()
    }
}

fn blocs<'a>(
    ici: Ici<'a>,
    a: usize,
    t: &'a Thematique,
) -> impl Iterator<Item = (usize, &'a BlocPlace)> {
    let all = ici.site.ateliers[a].blocs.iter().enumerate();
    all.filter(|(_, place)| place.thematique == t.id)
}

/// `None` unless two workshops say something of it. `t`: the rank of the thématique.
pub(super) fn comparaison(ici: Ici<'_>, t: usize, glose: &mut Glose<'_>) -> Option<Comparaison> {
    let (thematique, rubriques) = (&ici.site.thematiques[t], &ici.plan.rubriques[t]);
    if ici.site.seule_voix(&thematique.id).is_some() {
        return None;
    }
    let (mut kept, whose) = Ancres::of(ici, thematique);
    let mut tables: BTreeSet<String> = BTreeSet::new();
    for a in &whose {
        let s = &ici.site.ateliers[*a].synthese;
        tables.extend(s.tableaux.keys().map(|table| s.id_du_tableau(*table).to_string()));
    }
    let shown: Vec<RubriqueVue> = rubriques
        .iter()
        .map(|rubrique| of_nature(ici, thematique, rubrique, (&mut kept, &mut tables), glose))
        .collect();
    let (fiches, suite, count) = experiences(ici, thematique);
    let elsewhere = tables.into_iter().map(|id| format!("sujet--{id}"));
    Some(Comparaison {
        contenu: contenu(ici, thematique),
        ancres: kept.0.into_values().flatten().chain(elsewhere).collect(),
        compte: french::count(count, "expérience", "expériences"),
        fiches,
        suite,
        rubriques: shown,
        sigles: other_acronyms(ici, thematique, &whose, glose),
    })
}

/// « 12 ateliers, dans 8 territoires »
fn contenu(ici: Ici<'_>, t: &Thematique) -> String {
    let all = ici.site.ateliers.iter().filter(|a| a.parle_de(&t.id));
    let territories: BTreeSet<&str> = all.clone().map(|a| a.synthese.territoire.as_str()).collect();
    let who = french::count(all.count(), "atelier", "ateliers");
    let place = match territories.len() {
        0 => return String::new(),
        1 => territories.iter().copied().collect::<String>(),
        n => format!("dans {}", french::count(n, "territoire", "territoires")),
    };
    plain(&format!("{who}, {place}"))
}

fn of_nature(
    ici: Ici<'_>,
    t: &Thematique,
    rubrique: &Rubrique,
    (kept, tables): (&mut Ancres, &mut BTreeSet<String>),
    glose: &mut Glose<'_>,
) -> RubriqueVue {
    let shown = rubrique.groupes.iter().take(GROUPES);
    let groupes: Vec<GroupeVue> =
        shown.map(|one| groupe(ici, one, (VARIANTES, LIEUX), kept, glose)).collect();
    let mut ancres = Vec::new();
    for (a, i) in rubrique.groupes.iter().flat_map(|one| &one.textes).flatten() {
        let atelier = &ici.site.ateliers[*a];
        let table = atelier.synthese.id_du_tableau(atelier.blocs[*i].tableau);
        if tables.remove(table) {
            ancres.push(format!("sujet--{table}"));
        }
        ancres.extend(kept.take((*a, *i)));
    }
    RubriqueVue {
        ancre: format!("nature--{}", rubrique.slug),
        nom: plain(&rubrique.nom),
        compte: compte(rubrique),
        ancres,
        groupes,
        suite: (!rubrique.pages.is_empty()).then(|| {
            ici.vers(
                format!("Tous, avec leurs ateliers ({})", french::number(rubrique.nombre)),
                &address::rubrique(&t.id, &rubrique.slug, 1),
            )
        }),
    }
}

/// « 12 textes de 3 ateliers ».
fn compte(rubrique: &Rubrique) -> String {
    let textes = french::count(rubrique.nombre, "texte", "textes");
    match rubrique.ateliers {
        1 => format!("{textes} d’un atelier"),
        n => format!("{textes} de {}", french::count(n, "atelier", "ateliers")),
    }
}

/// A group: at most so many of its texts, with so many places each.
fn groupe(
    ici: Ici<'_>,
    group: &Proches,
    (most, places): (usize, usize),
    kept: &mut Ancres,
    glose: &mut Glose<'_>,
) -> GroupeVue {
    let accord = match (group.textes.len(), group.ateliers().len()) {
        (1, 1) => None,
        (1, _) => Some("Texte identique"),
        _ => Some("Textes proches"),
    };
    let shown = group.textes.iter().take(most);
    let textes = shown.map(|same| one_text(ici, same, places, kept, glose)).collect();
    let autres = match group.textes.len().saturating_sub(most) {
        0 => String::new(),
        n => format!("et {}", french::count(n, "autre texte proche", "autres textes proches")),
    };
    GroupeVue { accord, textes, autres }
}

fn one_text(
    ici: Ici<'_>,
    same: &[PlaceDeBloc],
    most: usize,
    kept: &mut Ancres,
    glose: &mut Glose<'_>,
) -> TexteVue {
    let (a, i) = same[0];
    let atelier = &ici.site.ateliers[a];
    let mut vue = bloc(ici, atelier, i, |_| false, glose);
    let own = kept.take((a, i));
    // All of them, or none is its own: its element would bear another's.
    let whole = !own.is_empty() && own.len() == atelier.blocs[i].bloc.ancres().len();
    let mut aussi: Vec<String> = if whole { Vec::new() } else { own };
    aussi.extend(same[1..].iter().flat_map(|place| kept.take(*place)));
    if let Some(first) = vue.enonces.first_mut() {
        first.aussi = aussi;
    }
    let mut seen = BTreeSet::new();
    let mut lieux: Vec<LienVue> = Vec::new();
    for (a, i) in same.iter().filter(|(a, _)| seen.insert(*a)) {
        let atelier = &ici.site.ateliers[*a];
        let place = &atelier.blocs[*i];
        let page = address::tableau(&atelier.synthese, place.tableau);
        lieux.push(LienVue::vers(
            lieu(atelier),
            ici.page.path.link_to_anchor(&page, place.bloc.id.value.as_str()),
        ));
    }
    let autres = match lieux.len().saturating_sub(most) {
        0 => String::new(),
        n => format!("et {}", french::count(n, "autre atelier", "autres ateliers")),
    };
    lieux.truncate(most);
    TexteVue { bloc: vue, ancre: whole, lieux, autres }
}

/// The first fiches of a thématique, one of each workshop, then the second of each.
fn experiences(ici: Ici<'_>, t: &Thematique) -> (Cartes, Option<LienVue>, usize) {
    let mut found: Vec<(usize, Indices)> = Vec::new();
    for (a, atelier) in ici.site.ateliers.iter().enumerate() {
        let all = atelier.fiches.iter().enumerate();
        let own = all.filter(|(_, fiche)| fiche.thematique.value == t.id);
        found.extend(own.enumerate().map(|(rank, (f, _))| (rank, (a, f))));
    }
    let count = found.len();
    let too_many = count > APERCU;
    if too_many {
        found.sort_by_key(|(rank, _)| *rank);
        found.truncate(EXPERIENCES);
    }
    let aspect = Aspect { sans_thematique: true, ..Aspect::rang(3) };
    let suite = too_many.then(|| {
        ici.vers(
            format!("Les {}", french::count(count, "expérience", "expériences")),
            &address::facette("thematique", t.id.as_str(), 1),
        )
    });
    (cartes(ici, found.into_iter().map(|(_, fiche)| fiche), aspect), suite, count)
}

/// Anchors of the acronyms that these workshops use in the thématique, and that the page does not list.
fn other_acronyms(
    ici: Ici<'_>,
    t: &Thematique,
    workshops: &[usize],
    shown: &Glose<'_>,
) -> Vec<String> {
    let mut all = ici.glose();
    for a in workshops {
        let s = &ici.site.ateliers[*a].synthese;
        for (_, place) in blocs(ici, *a, t) {
            let here = format!("{}/{}/{}", s.id, place.thematique, place.bloc.id.value);
            texte(&place.bloc.texte(), Some(&here), Some(&mut all));
        }
    }
    let listed: HashSet<String> = sigles(ici, shown).into_iter().map(|s| s.ancre).collect();
    let all = sigles(ici, &all).into_iter().map(|s| s.ancre);
    all.filter(|anchor| !listed.contains(anchor)).collect()
}

/// All the texts of a nature, page by page.
pub(super) fn rubrique(ici: Ici<'_>, (t, r): (usize, usize), numero: usize) -> RubriquePage {
    let (thematique, rubrique) = (&ici.site.thematiques[t], &ici.plan.rubriques[t][r]);
    let mut glose = ici.glose();
    let shown = rubrique.pages[numero - 1].clone();
    let groupes = rubrique.groupes[shown].iter();
    let mut kept = Ancres::none();
    let groupes: Vec<GroupeVue> =
        groupes.map(|one| groupe(ici, one, (TEXTES, 2 * LIEUX), &mut kept, &mut glose)).collect();
    RubriquePage {
        numero: thematique.numero.value,
        thematique: ici.vers(plain(&thematique.titre), &address::thematique(&thematique.id)),
        compte: compte(rubrique),
        groupes,
        pages: pagination(ici, (numero, rubrique.pages.len()), |n| {
            address::rubrique(&thematique.id, &rubrique.slug, n)
        }),
        sigles: sigles(ici, &glose),
    }
}
