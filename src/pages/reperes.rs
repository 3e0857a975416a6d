//! Ways in that cross the thématiques: who, when, which words.

use std::collections::BTreeSet;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{
    Ici,
    cartes::{BlocVue, LienProuve, LienVue, SigleVue, bloc, lignes, prouve, shown, sigles},
    frise::{Arret, Frise, frise},
    limits::EMPLOIS,
};
use crate::{
    french,
    markdown::{Glose, plain},
    model::{Nature, Tableau},
    site::{Atelier, BlocPlace, Bout, address, occurrences, titre_affiche},
    source::Slug,
};

/// Who does what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Acteurs {
    /// Plan entries, by workshop and thématique.
    pub groupes: Vec<Groupe>,
    /// Thématiques of which no plan says anything.
    pub sans: Vec<LienVue>,
    /// True with a plan, whatever its columns.
    pub plans: bool,
    /// Actors designated by an acronym, and where they are named.
    pub cites: Vec<ActeurCite>,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// When.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calendrier {
    /// Plan entries, by workshop and thématique, in source order. No date is guessed.
    pub groupes: Vec<Groupe>,
    /// Thématiques of which no plan says anything.
    pub sans: Vec<LienVue>,
    /// True with a plan, whatever its columns.
    pub plans: bool,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// True when a workshop has a plan.
fn plans(ici: Ici<'_>) -> bool {
    ici.site.ateliers.iter().any(|a| a.synthese.tableaux.contains_key(&Tableau::Plan))
}

/// One column of one row of a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Groupe {
    /// The thématique.
    pub thematique: LienVue,
    /// Number.
    pub numero: usize,
    /// The workshop, with several.
    pub atelier: Option<String>,
    /// Reader's name for the workshop: « la synthèse », « le recueil ».
    pub nom: &'static str,
    /// The plan in time as a picture; never for who does what.
    pub frise: Option<Frise>,
    /// Each bloc with the actions tied to it.
    pub entrees: Vec<EntreePlan>,
    /// The actions to which no bloc is tied.
    pub autres: Vec<ActionVue>,
}

/// An action in the list of its thématique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActionVue {
    /// Rank in the plan of its thématique, from 1.
    pub numero: usize,
    /// The action, with the proof of what ties it.
    pub lien: LienProuve,
}

/// A bloc and what is tied to it, or the blocs of a rangée that does not say which actions go with each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntreePlan {
    /// The bloc, or those of the rangée.
    pub blocs: Vec<BlocVue>,
    /// Actions, by rapprochement, or those of the rangée; empty reads « aucune action rattachée par la synthèse ».
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

pub(super) fn acteurs(ici: Ici<'_>) -> Acteurs {
    let mut glose = ici.glose();
    let (groupes, sans) = groupes(ici, Nature::Acteur, &mut glose);
    let page = address::page("glossaire");
    let actors = ici.site.glossaire.iter().zip(uses_by_sense(ici)).filter(|(s, _)| s.acteur);
    let cites = actors.map(|(sens, ou)| ActeurCite {
        sigle: sens.sigle.value.clone(),
        developpement: sens.developpement.as_ref().map(|d| plain(&d.value)),
        a_confirmer: sens.a_confirmer,
        href: ici.page.path.link_to_anchor(&page, sens.id.value.as_str()),
        ou,
    });
    let (cites, sigles) = (cites.collect(), sigles(ici, &glose));
    Acteurs { groupes, sans, plans: plans(ici), cites, sigles }
}

pub(super) fn calendrier(ici: Ici<'_>) -> Calendrier {
    let mut glose = ici.glose();
    let (groupes, sans) = groupes(ici, Nature::Temporalite, &mut glose);
    Calendrier { groupes, sans, plans: plans(ici), sigles: sigles(ici, &glose) }
}

fn groupes(ici: Ici<'_>, nature: Nature, glose: &mut Glose<'_>) -> (Vec<Groupe>, Vec<LienVue>) {
    let (mut groups, mut without) = (Vec::new(), Vec::new());
    for t in &ici.site.thematiques {
        let link = LienVue {
            texte: plain(&t.titre),
            href: ici.lien(&address::thematique(&t.id)),
            courant: false,
        };
        let before = groups.len();
        // Of a column that a document does not have, nothing is said.
        let has = |a: &&Atelier| a.synthese.a_la_colonne(Tableau::Plan, nature);
        for atelier in ici.site.ateliers.iter().filter(has) {
            let plan = PlanColumn::of(ici, atelier, &t.id, nature);
            let stops = plan.stops();
            if !stops.is_empty() {
                let several = ici.site.seul_atelier().is_none();
                groups.push(Groupe {
                    thematique: link.clone(),
                    numero: t.numero.value,
                    atelier: several.then(|| plain(&atelier.synthese.titre)),
                    nom: atelier.nom(),
                    frise: (nature == Nature::Temporalite && plan.is_certain())
                        .then(|| frise(&stops, atelier.nom()))
                        .flatten(),
                    autres: plan.others(),
                    entrees: plan.into_entries(glose),
                });
            }
        }
        // A plan that says something of it, without this column, is not silent.
        let has_row = |a: &Atelier| a.a_une_ligne(&t.id, Tableau::Plan);
        if groups.len() == before && !ici.site.ateliers.iter().any(has_row) {
            without.push(link);
        }
    }
    (groups, without)
}

/// One column of the plan of a thématique, beside its actions.
struct PlanColumn<'a> {
    ici: Ici<'a>,
    atelier: &'a Atelier,
    /// Actions of the plan, in its order.
    plan: Vec<usize>,
    entries: Vec<ColumnEntry>,
}

/// Blocs of the column, and actions with their places in the site.
struct ColumnEntry {
    blocs: Vec<usize>,
    actions: Vec<(usize, ActionVue)>,
    ambigu: bool,
}

impl<'a> PlanColumn<'a> {
    fn of(ici: Ici<'a>, atelier: &'a Atelier, thematique: &Slug, nature: Nature) -> Self {
        let of_plan = |nature| atelier.blocs_de(thematique, Tableau::Plan, nature).map(|(i, _)| i);
        let plan: Vec<usize> = of_plan(Nature::Action).collect();
        let mut entries: Vec<ColumnEntry> = Vec::new();
        let mut grouped = BTreeSet::new();
        for i in of_plan(nature) {
            let tied = actions(ici, atelier, i, &plan);
            if !tied.is_empty() || !atelier.est_ambigu(i, Nature::Action) {
                entries.push(ColumnEntry { blocs: vec![i], actions: tied, ambigu: false });
            } else if grouped.insert(&atelier.blocs[i].rangees) {
                entries.push(of_the_row(ici, atelier, i, &plan));
            }
        }
        Self { ici, atelier, plan, entries }
    }

    fn action(&self, (rank, index): (usize, &usize)) -> ActionVue {
        ActionVue { numero: rank + 1, lien: shown(self.ici, self.atelier, *index) }
    }

    /// The actions that no entry holds.
    fn others(&self) -> Vec<ActionVue> {
        let held = self.entries.iter().flat_map(|entry| &entry.actions);
        let held: BTreeSet<usize> = held.map(|(index, _)| *index).collect();
        let others = self.plan.iter().enumerate().filter(|(_, i)| !held.contains(i));
        others.map(|found| self.action(found)).collect()
    }

    /// The stops of the picture; none when it would tie what the document does not.
    fn stops(&self) -> Vec<Arret> {
        let stop = |entry: &ColumnEntry| Arret {
            texte: Some(self.atelier.blocs[entry.blocs[0]].bloc.ligne()),
            partage: false,
            actions: entry.actions.iter().map(|(_, a)| (a.numero, a.lien.ecrit)).collect(),
        };
        let mut stops: Vec<Arret> = self.entries.iter().map(stop).collect();
        let is_beside =
            |a: &ActionVue| self.atelier.est_ambigu(self.plan[a.numero - 1], Nature::Temporalite);
        let (beside, others): (Vec<_>, Vec<_>) = self.others().into_iter().partition(is_beside);
        for (list, partage) in [(beside, true), (others, false)] {
            let actions: Vec<_> = list.iter().map(|a| (a.numero, false)).collect();
            if !actions.is_empty() {
                stops.push(Arret { texte: None, partage, actions });
            }
        }
        stops
    }

    fn is_certain(&self) -> bool {
        self.entries.iter().all(|entry| !entry.ambigu)
    }

    fn into_entries(self, glose: &mut Glose<'_>) -> Vec<EntreePlan> {
        let Self { ici, atelier, entries, .. } = self;
        let entry = |ColumnEntry { blocs, actions, ambigu }| EntreePlan {
            blocs: Vec::from_iter(
                Vec::into_iter(blocs).map(|i| bloc(ici, atelier, i, &atelier.blocs[i], glose)),
            ),
            actions: Vec::into_iter(actions).map(|(_, action)| action).collect(),
            ambigu,
        };
        entries.into_iter().map(entry).collect()
    }
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
    let actions =
        ranked.map(|(rank, i)| (i, ActionVue { numero: rank + 1, lien: shown(ici, atelier, i) }));
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
            let lien = prouve(ici, atelier, bout, arete);
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
        found.push(LienVue {
            texte: french::count(
                others,
                "autre retour d’expérience",
                "autres retours d’expérience",
            ),
            href: all_uses(ici, sens),
            courant: false,
        });
    }
    found.extend(rows);
    found
}

/// Address of all fiches that use a sense: the list of those that name the actor, or a search.
fn all_uses(ici: Ici<'_>, sens: usize) -> String {
    let sens = &ici.site.glossaire[sens];
    if sens.acteur {
        return ici.lien(&address::facette("acteur", sens.id.value.as_str(), 1));
    }
    let page = ici.lien(&address::page("recherche"));
    format!("{page}?q={}", utf8_percent_encode(&sens.sigle.value, NON_ALPHANUMERIC))
}

/// The fiches that use each sense.
fn fiches_by_sense(ici: Ici<'_>) -> Vec<Vec<LienVue>> {
    let mut found = vec![Vec::new(); ici.site.glossaire.len()];
    for (a, atelier) in ici.site.ateliers.iter().enumerate() {
        for (f, fiche) in atelier.fiches.iter().enumerate() {
            let used: BTreeSet<usize> = ici.plan.renvois.fiche(a, f).sens.iter().copied().collect();
            for sens in used {
                found[sens].push(LienVue {
                    texte: plain(&titre_affiche(fiche)),
                    href: ici.lien(&address::fiche(&fiche.id)),
                    courant: false,
                });
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
                found[sens].push(LienVue {
                    texte: plain(&format!(
                        "{}, {titre}",
                        atelier.synthese.nom_du_tableau(place.tableau)
                    )),
                    href: ici.page.path.link_to_anchor(&page, id.as_str()),
                    courant: false,
                });
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
