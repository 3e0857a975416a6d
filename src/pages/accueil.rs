//! The home page: what this is, the experiences, and the first words of each workshop.

use serde::Serialize;

use super::{
    Ici,
    ateliers::by_territory,
    cartes::{Aspect, Cartes, LienVue, cartes, lieu},
    limits::TERRITOIRES,
    listes::{ValeurVue, valeur},
    voix::{Voix, voix},
};
use crate::{
    french,
    markdown::plain,
    model::Tableau,
    site::{Atelier, Indices, Site, address},
};

/// Fiches that the home page shows: with more of them, [`CHOIX`].
const TOUTES: usize = 12;
/// Fiches that the home page shows for too many.
const CHOIX: usize = 6;
/// Workshops whose words the home page gives: with more of them, their list.
const ATELIERS: usize = 3;

/// The home page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Accueil {
    /// Heading: the editor's words of welcome, or the name of the site.
    pub titre: String,
    /// Description.
    pub description: String,
    /// « 9 expériences et un plan d’action, atelier Loire-Atlantique, 2020 ; 1 contribution jointe depuis. »
    pub contenu: String,
    /// Search page.
    pub recherche: String,
    /// Ways into the fiches: how many each niveau has.
    pub niveaux: Vec<ValeurVue>,
    /// Who gave the niveaux: « renseignés par l’éditeur ».
    pub renseignes: Option<&'static str>,
    /// The fiches, or a choice of them.
    pub fiches: Cartes,
    /// The list of all of them, when some are left out here.
    pub toutes: Option<LienVue>,
    /// The first words of each workshop.
    pub ateliers: Vec<AtelierVoix>,
    /// Heading: « La synthèse », « Les recueils ».
    pub titre_syntheses: &'static str,
    /// The latest workshops, where they are too many for the words of each.
    pub syntheses: Vec<SyntheseCarte>,
    /// To all of them.
    pub toutes_syntheses: Option<LienVue>,
}

/// A workshop and its first words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AtelierVoix {
    /// Its page.
    pub lien: LienVue,
    /// « Loire-Atlantique, 2020 »; empty with one workshop, the head of the page says it.
    pub lieu: String,
    /// Reader's name for it: « la synthèse », « le recueil ».
    pub nom: &'static str,
    /// Its plan, to be read.
    pub plan: Option<LienVue>,
    /// Its thématiques.
    pub voix: Vec<Voix>,
    /// True when words of the document are shown.
    pub recues: bool,
}

/// A workshop.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SyntheseCarte {
    /// Page.
    pub lien: LienVue,
    /// « Loire-Atlantique, 2020 ».
    pub lieu: String,
    /// Year.
    pub annee: u16,
    /// « 9 expériences, diagnostic, plan d’action ».
    pub contenu: String,
}

/// The list of workshops.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Syntheses {
    /// By first letter of the territory, when they are many; else one group, without letter.
    pub lettres: Vec<Lettre>,
}

/// Territories with the same first letter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lettre {
    /// « L »; empty for all of them.
    pub lettre: String,
    /// Territories.
    pub territoires: Vec<Territoire>,
}

/// The workshops of one territory.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Territoire {
    /// « Loire-Atlantique ».
    pub nom: String,
    /// Its workshops, the latest first.
    pub syntheses: Vec<SyntheseCarte>,
}

pub(super) fn accueil(ici: Ici<'_>) -> Accueil {
    let site = ici.site;
    let few = site.ateliers.len() <= ATELIERS;
    let ateliers = (0..site.ateliers.len()).filter(|_| few).map(|a| atelier(ici, a));
    let (fiches, toutes) = choix(ici);
    Accueil {
        titre: plain(site.config.accroche.as_deref().unwrap_or(&site.config.titre)),
        description: plain(&site.config.description),
        contenu: contenu(ici),
        recherche: ici.lien(&address::page("recherche")),
        niveaux: niveaux(ici),
        renseignes: ici.plan.commun.renseignes(),
        fiches,
        toutes,
        ateliers: ateliers.collect(),
        titre_syntheses: titre_syntheses(site),
        syntheses: if few { Vec::new() } else { latest(ici) },
        toutes_syntheses: (!few).then(|| {
            ici.vers(
                format!("Les {} ateliers, par territoire", french::number(site.ateliers.len())),
                &address::syntheses(),
            )
        }),
    }
}

/// The list of workshops.
pub(super) fn syntheses(ici: Ici<'_>) -> Syntheses {
    let mut territories: Vec<Territoire> = Vec::new();
    for atelier in by_territory(ici) {
        let nom = plain(&atelier.synthese.territoire);
        match territories.last_mut().filter(|last| last.nom == nom) {
            Some(last) => last.syntheses.push(card(ici, atelier)),
            None => territories.push(Territoire { nom, syntheses: vec![card(ici, atelier)] }),
        }
    }
    let few = territories.len() <= TERRITOIRES;
    if !few {
        // Of a hundred, one looks for a name.
        let cards = territories.iter_mut().flat_map(|t| &mut t.syntheses);
        cards.for_each(|card| card.contenu.clear());
    }
    let mut lettres: Vec<Lettre> = Vec::new();
    for territoire in territories {
        let first = french::fold(&territoire.nom).chars().next().filter(|_| !few);
        let lettre = first.map_or_else(String::new, |c| c.to_uppercase().collect());
        match lettres.last_mut().filter(|last| last.lettre == lettre) {
            Some(last) => last.territoires.push(territoire),
            None => lettres.push(Lettre { lettre, territoires: vec![territoire] }),
        }
    }
    Syntheses { lettres }
}

/// Heading for the workshops of the site.
pub(super) fn titre_syntheses(site: &Site) -> &'static str {
    let received = site.ateliers.iter().filter(|a| a.source.is_some()).count();
    match (received, site.ateliers.len() - received) {
        (1, 0) => "La synthèse",
        (_, 0) => "Les synthèses",
        (0, 1) => "Le recueil",
        (0, _) => "Les recueils",
        _ => "Les synthèses et les recueils",
    }
}

/// The workshops of the latest years.
fn latest(ici: Ici<'_>) -> Vec<SyntheseCarte> {
    let mut all: Vec<&Atelier> = by_territory(ici).collect();
    all.sort_by_key(|a| std::cmp::Reverse(a.synthese.annee));
    all.into_iter().take(CHOIX).map(|a| card(ici, a)).collect()
}

fn card(ici: Ici<'_>, a: &Atelier) -> SyntheseCarte {
    SyntheseCarte {
        lien: ici.vers(plain(&a.synthese.titre), &address::synthese(&a.synthese.id)),
        lieu: lieu(a),
        annee: a.synthese.annee,
        contenu: has(a),
    }
}

/// « 9 expériences, diagnostic, plan d’action ».
fn has(atelier: &Atelier) -> String {
    let joined = atelier.contributions();
    let told = |n: usize, one, many| (n > 0).then(|| french::count(n, one, many));
    let count = told(atelier.fiches.len() - joined, "expérience", "expériences")
        .into_iter()
        .chain(told(joined, "contribution", "contributions"));
    let tables = atelier.synthese.tableaux_dans_l_ordre().into_iter();
    let tables = tables.map(|t| french::uncapitalized(&atelier.synthese.nom_du_tableau(t)));
    count.chain(tables).collect::<Vec<_>>().join(", ")
}

/// What the site holds, in one sentence.
fn contenu(ici: Ici<'_>) -> String {
    let site = ici.site;
    let joined: usize = site.ateliers.iter().map(Atelier::contributions).sum();
    let fiches = site.fiches().count() - joined;
    let plans =
        site.ateliers.iter().filter(|a| a.synthese.tableaux.contains_key(&Tableau::Plan)).count();
    let mut parts = Vec::new();
    if fiches > 0 {
        parts.push(french::count(fiches, "expérience", "expériences"));
    }
    match plans {
        0 => {}
        1 => parts.push("un plan d’action".to_string()),
        n => parts.push(french::count(n, "plan d’action", "plans d’action")),
    }
    if parts.is_empty() {
        return String::new();
    }
    let whence = match site.seul_atelier() {
        Some(atelier) => format!("atelier {}", lieu(atelier)),
        None => french::count(site.ateliers.len(), "atelier", "ateliers"),
    };
    let since = french::count(joined, "contribution jointe depuis", "contributions jointes depuis");
    let since = if joined > 0 { format!(" ; {since}") } else { String::new() };
    let parts = french::capitalized(&french::enumerate(&parts));
    french::typography(&format!("{parts}, {whence}{since}."))
}

/// The niveaux that fiches have.
fn niveaux(ici: Ici<'_>) -> Vec<ValeurVue> {
    let values = ici.plan.facettes.iter().filter(|f| f.nom == "niveau");
    values.map(|facette| valeur(ici, facette)).collect()
}

/// Every fiche, when they are few; else those that editors put forward, then the newest.
fn choix(ici: Ici<'_>) -> (Cartes, Option<LienVue>) {
    let all: Vec<Indices> = ici.site.indices().collect();
    let aspect = Aspect::rang(3);
    if all.len() <= TOUTES {
        return (cartes(ici, all, aspect), None);
    }
    let count = all.len();
    let put_forward = |(a, f): &Indices| {
        let atelier = &ici.site.ateliers[*a];
        let slug = &atelier.fiches[*f].id.slug;
        let rank = atelier.synthese.a_la_une.iter().position(|one| one.value == slug.as_str());
        rank.unwrap_or(usize::MAX)
    };
    let mut chosen = all;
    chosen.sort_by(|x, y| {
        let day = |i: &Indices| ici.site.fiche(*i).1.jour();
        let year = |i: &Indices| ici.site.ateliers[i.0].synthese.annee;
        // Of equal days, the first of each workshop, the newest workshop first, then the second of each.
        let newer = || (day(y), x.1, year(y)).cmp(&(day(x), y.1, year(x)));
        put_forward(x).cmp(&put_forward(y)).then_with(newer)
    });
    chosen.truncate(CHOIX);
    let toutes = ici.vers(
        format!("Les {}", french::count(count, "expérience", "expériences")),
        &address::fiches(1),
    );
    (cartes(ici, chosen, aspect), Some(toutes))
}

fn atelier(ici: Ici<'_>, a: usize) -> AtelierVoix {
    let atelier = &ici.site.ateliers[a];
    let s = &atelier.synthese;
    let own = ici.site.thematiques_de(atelier);
    let voix: Vec<Voix> = own.map(|(_, t)| voix(ici, atelier, t)).collect();
    let plan = s
        .tableaux
        .contains_key(&Tableau::Plan)
        .then(|| ici.vers("Lire le plan d’action", &address::lecture(s)));
    AtelierVoix {
        lien: ici.vers(plain(&s.titre), &address::synthese(&s.id)),
        lieu: ici.site.seul_atelier().map_or_else(|| lieu(atelier), |_| String::new()),
        plan,
        nom: atelier.nom(),
        recues: voix.iter().any(|v| !v.premiers.is_empty()),
        voix,
    }
}
