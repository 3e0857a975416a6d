//! Ways in that cross the thématiques: who, when, which words.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{
    Ici,
    ateliers::{AtelierResume, by_territory},
    blocs::{BlocVue, Preuves, TexteLie, bloc, preuves, texte_lie},
    cartes::{LienVue, SigleVue, lieu, lignes, sigles},
    limits::EMPLOIS,
    natures::pluriel,
};
use crate::{
    french,
    markdown::{Glose, plain},
    model::{Nature, Tableau, Thematique},
    site::{
        ATELIER, Atelier, BlocPlace, Bout, address, address::anchor, occurrences, titre_affiche,
    },
    source::Slug,
};

/// Who does what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Acteurs {
    /// The plans, by actor.
    pub plan: PlanRange,
    /// With several workshops, the page of each.
    pub ateliers: Vec<AtelierResume>,
    /// Actors designated by an acronym, and where they are named.
    pub cites: Vec<ActeurCite>,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// When.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calendrier {
    /// The plans, by date, in source order. No date is guessed.
    pub plan: PlanRange,
    /// With several workshops, the page of each.
    pub ateliers: Vec<AtelierResume>,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// The plans of action, arranged by one of their columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanRange {
    /// By workshop and thématique, where a relation exists.
    pub groupes: Vec<Groupe>,
    /// The plans that have the column and do not say which actions it is about, by workshop.
    pub sans_lien: Vec<LienVue>,
    /// True with a plan, whatever its columns.
    pub plans: bool,
    /// Why texts are brought together.
    pub preuves: Preuves,
    /// Reader's name for the only workshop: « la synthèse », « le recueil ».
    pub nom: &'static str,
}

/// One column of one thématique of a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Groupe {
    /// The thématique's page.
    pub thematique: LienVue,
    /// Number.
    pub numero: usize,
    /// Reader's name for the workshop: « la synthèse », « le recueil ».
    pub nom: &'static str,
    /// Each bloc with the actions tied to it.
    pub entrees: Vec<EntreePlan>,
    /// Number of the blocs and of the actions that nothing ties, in words.
    pub reste: Option<String>,
}

/// An action in the list of its thématique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActionVue {
    /// Rank in the plan of its thématique, from 1.
    pub numero: usize,
    /// The action.
    pub lien: TexteLie,
}

/// A bloc and the actions tied to it, or the blocs of a rangée that does not say which actions go with each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntreePlan {
    /// The bloc, or those of the rangée.
    pub blocs: Vec<BlocVue>,
    /// Actions, by rapprochement, or those of the rangée.
    pub actions: Vec<ActionVue>,
    /// Several blocs and several actions on one rangée.
    pub ambigu: bool,
}

/// An actor of the glossary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActeurCite {
    /// Acronym.
    pub sigle: String,
    /// Full form.
    pub developpement: Option<String>,
    /// The editor is not sure.
    pub a_confirmer: bool,
    /// Entry in the glossary.
    pub href: String,
    /// Places that name it.
    pub ou: Vec<LienVue>,
}

/// `a`: the workshop, of several.
pub(super) fn acteurs(ici: Ici<'_>, a: Option<usize>) -> Acteurs {
    let mut glose = ici.glose();
    let plan = range(ici, a, Nature::Acteur, &mut glose);
    let page = address::page("glossaire");
    let actors =
        ici.site.glossaire.iter().zip(uses_by_sense(ici)).filter(|(s, _)| s.acteur && a.is_none());
    let cites = actors.map(|(sens, ou)| ActeurCite {
        sigle: sens.sigle.value.clone(),
        developpement: sens.developpement.as_ref().map(|d| plain(&d.value)),
        a_confirmer: sens.a_confirmer,
        href: ici.page.path.link_to_anchor(&page, sens.id.value.as_str()),
        ou,
    });
    let ateliers = if a.is_none() { index(ici, "acteurs", Nature::Acteur) } else { Vec::new() };
    Acteurs { cites: cites.collect(), plan, ateliers, sigles: sigles(ici, &glose) }
}

pub(super) fn calendrier(ici: Ici<'_>, a: Option<usize>) -> Calendrier {
    let mut glose = ici.glose();
    let nature = Nature::Temporalite;
    let plan = range(ici, a, nature, &mut glose);
    let ateliers = if a.is_none() { index(ici, "calendrier", nature) } else { Vec::new() };
    Calendrier { plan, ateliers, sigles: sigles(ici, &glose) }
}

/// With several workshops, the page of each whose plan has a text of this nature.
fn index(ici: Ici<'_>, folder: &str, nature: Nature) -> Vec<AtelierResume> {
    let several = ici.site.plusieurs();
    let all = by_territory(ici).filter(|a| several && a.dit_au_plan(nature));
    let count = |atelier: &Atelier, nature| {
        let of_plan = |b: &&BlocPlace| b.tableau == Tableau::Plan && b.bloc.nature == Some(nature);
        let (one, many) = pluriel(nature);
        french::count(atelier.blocs.iter().filter(of_plan).count(), one, many)
    };
    let resume = |atelier: &Atelier| AtelierResume {
        lien: ici.vers(lieu(atelier), &address::page_de(folder, &atelier.synthese.id)),
        contenu: format!("{}, {}", count(atelier, nature), count(atelier, Nature::Action)),
    };
    all.map(resume).collect()
}

/// The plans by one of their columns: that of a workshop, or of the only one.
fn range(ici: Ici<'_>, a: Option<usize>, nature: Nature, glose: &mut Glose<'_>) -> PlanRange {
    let own = match a {
        None if ici.site.plusieurs() => &[],
        None => &ici.site.ateliers[..],
        Some(a) => &ici.site.ateliers[a..=a],
    };
    let (mut groupes, mut sans_lien) = (Vec::new(), Vec::new());
    // Of a column that a document does not have, nothing is said.
    let has = |a: &&Atelier| a.synthese.a_la_colonne(Tableau::Plan, nature);
    let each = |t: &Thematique| (t.id.clone(), t.numero.value, plain(&t.titre));
    let of_all = Slug::new(ATELIER).map(|id| (id, 0, "Toutes les thématiques".to_string()));
    for (id, numero, texte) in ici.site.thematiques.iter().map(each).chain(of_all) {
        for atelier in own.iter().filter(has) {
            let part = anchor::partie(id.as_str());
            let href = ici.page.path.link_to_anchor(&address::lecture(&atelier.synthese), &part);
            let lien = LienVue::vers(texte.clone(), href);
            let column = PlanColumn::of(ici, atelier, &id, nature);
            if column.entries.iter().any(|entry| !entry.actions.is_empty()) {
                groupes.push(column.group((lien, numero), nature, glose));
            } else if !column.entries.is_empty() {
                sans_lien.push(lien);
            }
        }
    }
    let plans = ici.site.ateliers.iter().any(|a| a.synthese.tableaux.contains_key(&Tableau::Plan));
    let nom = ici.site.seul_atelier().map_or("la synthèse", Atelier::nom);
    PlanRange { groupes, sans_lien, plans, preuves: proofs(own, nature), nom }
}

/// The proofs of the edges between a column of the plans and their actions.
fn proofs(own: &[Atelier], nature: Nature) -> Preuves {
    let [atelier] = own else { return Preuves::default() };
    let of = |bout: Bout| match bout {
        Bout::Bloc(i, _) if atelier.blocs[i].tableau == Tableau::Plan => {
            atelier.blocs[i].bloc.nature
        }
        _ => None,
    };
    let both = [Some(nature), Some(Nature::Action)];
    preuves(atelier, |arete| {
        let ends = [of(arete.de), of(arete.vers)];
        both.iter().all(|end| ends.contains(end))
    })
}

/// One column of the plan of a thématique, beside its actions.
struct PlanColumn<'a> {
    ici: Ici<'a>,
    atelier: &'a Atelier,
    /// Actions of the plan, in its order.
    plan: Vec<usize>,
    entries: Vec<ColumnEntry>,
}

/// Blocs of the column, and the actions beside them.
struct ColumnEntry {
    blocs: Vec<usize>,
    actions: Vec<(usize, ActionVue)>,
    ambigu: bool,
}

impl<'a> PlanColumn<'a> {
    fn of(ici: Ici<'a>, atelier: &'a Atelier, thematique: &Slug, nature: Nature) -> Self {
        let of_plan = |nature| atelier.blocs_de(thematique, Tableau::Plan, nature).map(|(i, _)| i);
        let plan: Vec<usize> = of_plan(Nature::Action).collect();
        let several = atelier.derniere_rangee(thematique, Tableau::Plan) > 1;
        let mut entries: Vec<ColumnEntry> = Vec::new();
        let mut grouped = BTreeSet::new();
        for i in of_plan(nature) {
            let tied = actions(ici, atelier, i, &plan);
            if !tied.is_empty() || !several || !atelier.est_ambigu(i, Nature::Action) {
                entries.push(ColumnEntry { blocs: vec![i], actions: tied, ambigu: false });
            } else if grouped.insert(&atelier.blocs[i].rangees) {
                entries.push(of_the_row(ici, atelier, i, &plan));
            }
        }
        Self { ici, atelier, plan, entries }
    }

    /// `subject`: the thématique and its number.
    fn group(self, subject: (LienVue, usize), nature: Nature, glose: &mut Glose<'_>) -> Groupe {
        let Self { ici, atelier, plan, entries } = self;
        let held: BTreeSet<usize> =
            entries.iter().flat_map(|entry| &entry.actions).map(|(i, _)| *i).collect();
        let (tied, alone): (Vec<ColumnEntry>, Vec<ColumnEntry>) =
            entries.into_iter().partition(|entry| !entry.actions.is_empty());
        let entry = |ColumnEntry { blocs, actions, ambigu }: ColumnEntry| EntreePlan {
            blocs: Vec::from_iter(
                blocs.into_iter().map(|i| bloc(ici, atelier, i, |_| false, glose)),
            ),
            actions: actions.into_iter().map(|(_, action)| action).collect(),
            ambigu,
        };
        Groupe {
            thematique: subject.0,
            numero: subject.1,
            nom: atelier.nom(),
            reste: rest(plan.len() - held.len(), alone.len(), nature),
            entrees: tied.into_iter().map(entry).collect(),
        }
    }
}

/// « 2 actions sans acteur écrit pour elles seules, 1 acteur sans action rattachée. »
fn rest(actions: usize, alone: usize, nature: Nature) -> Option<String> {
    let (one, many) = pluriel(nature);
    let what = match nature {
        Nature::Acteur => "sans acteur qui leur soit rattaché",
        _ => "sans date qui leur soit rattachée",
    };
    let mut parts = Vec::new();
    if actions > 0 {
        parts.push(format!("{} {what}", french::count(actions, "action", "actions")));
    }
    if alone > 0 {
        parts.push(format!("{} sans action rattachée", french::count(alone, one, many)));
    }
    (!parts.is_empty()).then(|| format!("Et {}.", french::enumerate(&parts)))
}

/// Blocs of a rangée with its actions, none of them tied to one rather than to another.
fn of_the_row(ici: Ici<'_>, atelier: &Atelier, index: usize, plan: &[usize]) -> ColumnEntry {
    let own = atelier.blocs[index].bloc.nature;
    let mut blocs = atelier.voisins_de_rangee(index, |place| place.bloc.nature == own);
    blocs.push(index);
    blocs.retain(|i| actions(ici, atelier, *i, plan).is_empty());
    blocs.sort_unstable();
    let is_action = |place: &BlocPlace| place.bloc.nature == Some(Nature::Action);
    let beside = atelier.voisins_de_rangee(index, is_action);
    let ranked = beside.into_iter().filter_map(|i| Some((plan.iter().position(|p| *p == i)?, i)));
    let shown = |i| texte_lie(ici, atelier, Bout::Bloc(i, None), None);
    let actions = ranked.map(|(rank, i)| (i, ActionVue { numero: rank + 1, lien: shown(i) }));
    ColumnEntry { blocs, actions: actions.collect(), ambigu: true }
}

/// The actions of the plan tied to a bloc, in the order of the plan.
fn actions(
    ici: Ici<'_>,
    atelier: &Atelier,
    index: usize,
    plan: &[usize],
) -> Vec<(usize, ActionVue)> {
    let here = |b: &Bout| matches!(b, Bout::Bloc(i, _) if *i == index);
    let mut list = Vec::new();
    for (bout, arete) in atelier.voisins(here) {
        let Bout::Bloc(action, _) = bout else { continue };
        if let Some(rank) = plan.iter().position(|i| *i == action) {
            let lien = texte_lie(ici, atelier, bout, Some(arete));
            list.push((action, ActionVue { numero: rank + 1, lien }));
        }
    }
    list.sort_by_key(|(_, action)| action.numero);
    list
}

/// The fiches, then the rows of tables, that use each sense. Too many fiches are the first ones, then a link that
/// says how many others there are.
fn uses_by_sense(ici: Ici<'_>) -> Vec<Vec<LienVue>> {
    let both = fiches_by_sense(ici).into_iter().zip(rows_by_sense(ici));
    both.enumerate().map(|(sens, (fiches, rows))| uses(ici, sens, fiches, rows)).collect()
}

fn uses(ici: Ici<'_>, sens: usize, mut found: Vec<LienVue>, rows: Vec<LienVue>) -> Vec<LienVue> {
    let others = found.len().saturating_sub(EMPLOIS);
    if others > 0 {
        found.truncate(EMPLOIS);
        found.push(LienVue::vers(
            french::count(others, "autre retour d’expérience", "autres retours d’expérience"),
            all_uses(ici, sens),
        ));
    }
    let others = rows.len().saturating_sub(EMPLOIS);
    found.extend(rows.into_iter().take(EMPLOIS));
    if others > 0 {
        found.push(LienVue::vers(
            french::count(others, "autre rangée", "autres rangées"),
            search(ici, sens),
        ));
    }
    found
}

/// Address of the search of an acronym.
fn search(ici: Ici<'_>, sens: usize) -> String {
    let page = ici.lien(&address::page("recherche"));
    let sigle = &ici.site.glossaire[sens].sigle.value;
    format!("{page}?q={}", utf8_percent_encode(sigle, NON_ALPHANUMERIC))
}

/// Address of all fiches that use a sense: the list of those that name the actor, or a search.
fn all_uses(ici: Ici<'_>, sens: usize) -> String {
    let one = &ici.site.glossaire[sens];
    if one.acteur {
        return ici.lien(&address::facette("acteur", one.id.value.as_str(), 1));
    }
    search(ici, sens)
}

/// The fiches that use each sense.
fn fiches_by_sense(ici: Ici<'_>) -> Vec<Vec<LienVue>> {
    let mut found = vec![Vec::new(); ici.site.glossaire.len()];
    for (a, atelier) in ici.site.ateliers.iter().enumerate() {
        for (f, fiche) in atelier.fiches.iter().enumerate() {
            let used: BTreeSet<usize> = ici.plan.renvois.fiche(a, f).sens.iter().copied().collect();
            for sens in used {
                found[sens]
                    .push(ici.vers(plain(&titre_affiche(fiche)), &address::fiche(&fiche.id)));
            }
        }
    }
    found
}

/// The rows of tables that use each sense: one link for each, at the first bloc that uses it.
fn rows_by_sense(ici: Ici<'_>) -> Vec<Vec<LienVue>> {
    let mut found = vec![Vec::new(); ici.site.glossaire.len()];
    for atelier in &ici.site.ateliers {
        let mut last = vec![None; found.len()];
        for place in &atelier.blocs {
            let id = &place.bloc.id.value;
            let here = format!("{}/{}/{id}", atelier.synthese.id, place.thematique);
            let text = place.bloc.texte();
            let used = occurrences(&text, &ici.site.glossaire, Some(&here));
            let used: BTreeSet<usize> = used.into_iter().map(|found| found.sens).collect();
            let row = Some((&place.thematique, place.tableau));
            for sens in used {
                if std::mem::replace(&mut last[sens], row) == row {
                    continue;
                }
                let titre = ici.site.thematique(&place.thematique).map_or("", |t| &t.titre_court);
                let page = address::tableau(&atelier.synthese, place.tableau);
                let table = atelier.synthese.nom_du_tableau(place.tableau);
                let of = match ici.site.plusieurs() {
                    true => format!(" ({})", lieu(atelier)),
                    false => String::new(),
                };
                found[sens].push(LienVue::vers(
                    plain(&format!("{table}, {titre}{of}")),
                    ici.page.path.link_to_anchor(&page, id.as_str()),
                ));
            }
        }
    }
    found
}

/// The glossary.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Glossaire {
    /// Number of forms. One with two senses counts once.
    pub formes: usize,
    /// One entry for each sense.
    pub entrees: Vec<EntreeGlossaire>,
}

/// One sense.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntreeGlossaire {
    /// Anchor.
    pub ancre: String,
    /// The acronym.
    pub sigle: String,
    /// Rank among the senses of this acronym, when there are several.
    pub rang: Option<usize>,
    /// Full form.
    pub developpement: Option<String>,
    /// Further note.
    pub note: Option<String>,
    /// The editor is not sure.
    pub a_confirmer: bool,
    /// It names somebody who acts.
    pub acteur: bool,
    /// « la synthèse, ligne 3 », or nothing: the editor.
    pub atteste: Option<String>,
    /// Places that use it.
    pub ou: Vec<LienVue>,
}

pub(super) fn glossaire(ici: Ici<'_>) -> Glossaire {
    let list = &ici.site.glossaire;
    let mut formes: Vec<&str> = list.iter().map(|s| s.sigle.value.as_str()).collect();
    formes.dedup();
    let entrees = list.iter().zip(uses_by_sense(ici)).enumerate().map(|(i, (sens, ou))| {
        let same = list.senses_of(&sens.sigle.value);
        let rang = same.iter().position(|j| *j == i).map(|r| r + 1);
        EntreeGlossaire {
            ancre: sens.id.value.to_string(),
            sigle: sens.sigle.value.clone(),
            rang: rang.filter(|_| same.len() > 1),
            developpement: sens.developpement.as_ref().map(|d| plain(&d.value)),
            note: sens.note.as_deref().map(plain),
            a_confirmer: sens.a_confirmer,
            acteur: sens.acteur,
            atteste: sens.attestation.as_ref().map(|a| lignes(&a.lignes.value)),
            ou,
        }
    });
    Glossaire { formes: formes.len(), entrees: entrees.collect() }
}
