//! One subject: a thématique's page, and what a workshop says of it.

use serde::Serialize;

use super::{
    Ici,
    ateliers::{AtelierResume, by_territory},
    blocs::{Preuves, preuves},
    cartes::{Aspect, Cartes, LienExterneVue, LienVue, SigleVue, cartes, lieu, sigles},
    comparaison::{Comparaison, comparaison},
    imprimes::Imprimes,
    limits::apercu,
    voix::{Voix, titre, voix},
    volets::{Volet, decoupe, volet},
};
use crate::{
    french,
    markdown::{Glose, Html, corps, plain, texte_en},
    model::{Nature, Tableau, Thematique},
    site::{ATELIER, Arete, Atelier, BlocPlace, Bout, Indices, address},
};

/// The list of thématiques.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListeDeThematiques {
    /// In the order of the site, one group for each démarche.
    pub demarches: Vec<SujetsDeDemarche>,
    /// True when their received words are shown.
    pub recues: bool,
}

/// The subjects of a démarche.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SujetsDeDemarche {
    /// Name, where there are several.
    pub nom: String,
    /// In their order.
    pub thematiques: Vec<Voix>,
}

/// A thématique, across syntheses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThematiqueVue {
    /// Number.
    pub numero: usize,
    /// « Loire-Atlantique, 2020 », with one synthèse.
    pub lieu: Option<String>,
    /// Introduction by the editor.
    pub introduction: Html,
    /// With one synthèse that speaks of it, all that it says.
    pub sujet: Option<Sujet>,
    /// With several, what each says beside the others.
    pub comparaison: Option<Comparaison>,
    /// With several, where each says it.
    pub ateliers: Vec<AtelierResume>,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// All that one workshop says of a thématique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sujet {
    /// The workshop.
    pub synthese: LienVue,
    /// Reader's name for it: « la synthèse », « le recueil ».
    pub nom: &'static str,
    /// Meeting file, when this is not it.
    pub dossier: Option<LienVue>,
    /// The title the source gives its fiches.
    pub intitule_retex: Option<Html>,
    /// Fiches, or the first ones when they are many.
    pub fiches: Cartes,
    /// Number of all of them.
    pub compte: String,
    /// The list of all of them, when some are left out here.
    pub suite: Option<LienVue>,
    /// The same, whole: in a meeting file of at most [`ENTIERES`](super::dossier::ENTIERES) fiches.
    pub textes: Vec<FicheEntiere>,
    /// Titles that the tables give the thématique, when they are not its own.
    pub intitules: Vec<Html>,
    /// Anchors of all of them.
    pub ancres: Vec<String>,
    /// Part of each table, in order.
    pub volets: Vec<Volet>,
    /// True when a text was cut by the editor.
    pub decoupe: bool,
    /// Why texts are brought together.
    pub preuves: Preuves,
    /// Neither fiche nor table.
    pub vide: bool,
}

/// The list of thématiques: with one workshop, the first words of each.
pub(super) fn thematiques(ici: Ici<'_>) -> ListeDeThematiques {
    let seul = ici.site.seul_atelier();
    let one = |t: &Thematique| seul.map_or_else(|| titre(ici, t), |atelier| voix(ici, atelier, t));
    let groups = || ici.site.thematiques.chunk_by(|a, b| a.demarche == b.demarche);
    let several = groups().count() > 1;
    let demarches: Vec<SujetsDeDemarche> = groups()
        .map(|group| SujetsDeDemarche {
            nom: if several { nom_de_la_demarche(&group[0]) } else { String::new() },
            thematiques: group.iter().map(one).collect(),
        })
        .collect();
    let recues = demarches.iter().flat_map(|d| &d.thematiques).any(|v| !v.premiers.is_empty());
    ListeDeThematiques { demarches, recues }
}

/// « Climat »; the first démarche, which syntheses need not name, is that of the program.
fn nom_de_la_demarche(t: &Thematique) -> String {
    match &t.demarche {
        Some(id) => french::capitalized(&id.as_str().replace('-', " ")),
        None => "États généraux du numérique".into(),
    }
}

/// `t`: the rank of the thématique.
pub(super) fn thematique(ici: Ici<'_>, t: usize) -> ThematiqueVue {
    let (rank, t) = (t, &ici.site.thematiques[t]);
    let mut glose = ici.glose();
    let introduction = corps(&t.corps, ici.place(), &mut glose);
    let alone = ici.site.seule_voix(&t.id);
    let sujet = alone.map(|a| sujet(ici, a, t, Vec::new(), &mut glose));
    let comparaison = comparaison(ici, rank, &mut glose);
    let ateliers = match &sujet {
        Some(_) => Vec::new(),
        None => {
            by_territory(ici).filter(|a| a.parle_de(&t.id)).map(|a| resume(ici, a, t)).collect()
        }
    };
    ThematiqueVue {
        numero: t.numero.value,
        lieu: alone.map(|a| lieu(&ici.site.ateliers[a])),
        introduction,
        sujet,
        comparaison,
        ateliers,
        sigles: sigles(ici, &glose),
    }
}

fn resume(ici: Ici<'_>, atelier: &Atelier, t: &Thematique) -> AtelierResume {
    let texts = atelier.blocs.iter().filter(|b| b.thematique == t.id).count();
    let counts = [
        (atelier.fiches_de(&t.id).count(), "expérience", "expériences"),
        (texts, "texte dans les tableaux", "textes dans les tableaux"),
    ];
    let said = counts.into_iter().filter(|(n, ..)| *n > 0);
    let said: Vec<String> = said.map(|(n, one, many)| french::count(n, one, many)).collect();
    AtelierResume {
        lien: ici.vers(lieu(atelier), &address::dossier(&atelier.synthese.id, &t.id)),
        contenu: said.join(", "),
    }
}

/// A fiche, whole, among others. Its permanent address is its own page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FicheEntiere {
    /// Anchor here.
    pub ancre: String,
    /// Anchors of the texts of the tables that its title repeats.
    pub ancres: Vec<String>,
    /// Page address.
    pub href: String,
    /// The title, or the first words of the text.
    pub titre: Html,
    /// The title was not received: it is made of the first words.
    pub titre_calcule: bool,
    /// The text; empty when the title says all.
    pub texte: Html,
    /// A contribution: author and date are then shown.
    pub contribution: bool,
    /// « 4 mars 2021 ».
    pub date: Option<String>,
    /// « A. B. et C. D. ».
    pub auteurs: String,
    /// Keys: levels, school, town.
    pub cles: Vec<String>,
    /// External resources.
    pub liens: Vec<LienExterneVue>,
    /// Points forts: its own, then those tied to it. Those of the workshop are in the tables of the file.
    pub points_forts: super::fiche::Retenu,
    /// Irritants, likewise.
    pub irritants: super::fiche::Retenu,
}

/// `a`: the place of the workshop in the site. `textes`: the fiches that the page shows whole, already written, so
/// that an acronym is explained where it is first read.
pub(super) fn sujet(
    ici: Ici<'_>,
    a: usize,
    t: &Thematique,
    mut textes: Vec<FicheEntiere>,
    glose: &mut Glose<'_>,
) -> Sujet {
    let atelier = &ici.site.ateliers[a];
    let s = &atelier.synthese;
    let (shown, suite) = apercu(ici, a, t);
    let here: Vec<usize> = shown.iter().map(|(_, fiche)| *fiche).collect();
    let imprimes = Imprimes::of(atelier, &t.id, &by_reading(atelier), &here);
    for (whole, fiche) in textes.iter_mut().zip(&here) {
        whole.ancres = imprimes.de_fiches.get(fiche).cloned().unwrap_or_default();
    }
    let volets: Vec<Volet> = s
        .tableaux
        .keys()
        .filter(|tableau| has_subjects(atelier, **tableau))
        .map(|tableau| volet(ici, (atelier, &t.id, *tableau), &imprimes, glose))
        .collect();
    let fiches = cards(ici, &shown, &imprimes);
    let dossier = address::dossier(&s.id, &t.id);
    let (intitules, ancres) = intitules(atelier, t);
    let compte = atelier.fiches_de(&t.id).count();
    Sujet {
        synthese: ici.vers(plain(&s.titre), &address::synthese(&s.id)),
        nom: atelier.nom(),
        dossier: (dossier != ici.page.path)
            .then(|| ici.vers("Dossier de réunion (à imprimer)", &dossier)),
        intitule_retex: atelier
            .intitules_retex
            .get(&t.id)
            .map(|i| texte_en(atelier.langue(), &i.titre.value, None, None)),
        vide: fiches.cartes.is_empty() && volets.iter().all(|v| !v.present),
        compte: french::count(compte, "expérience", "expériences"),
        fiches,
        suite,
        textes,
        intitules,
        ancres,
        decoupe: decoupe(&volets),
        volets,
        preuves: preuves(atelier, |arete| is_about(atelier, t, arete)),
    }
}

/// False of a table whose rows are of the whole workshop: it lacks no thématique.
fn has_subjects(atelier: &Atelier, tableau: Tableau) -> bool {
    let mut rows = atelier.blocs.iter().filter(|b| b.tableau == tableau).peekable();
    rows.peek().is_none() || rows.any(|b| b.thematique.as_str() != ATELIER)
}

/// The titles that the tables give a thématique, each once and when it is not its own; and all their anchors.
fn intitules(atelier: &Atelier, t: &Thematique) -> (Vec<Html>, Vec<String>) {
    let mut seen = vec![french::canonical(&t.titre)];
    let (mut shown, mut anchors) = (Vec::new(), Vec::new());
    let own = |(_, b): &(usize, &BlocPlace)| {
        b.thematique == t.id && b.bloc.nature == Some(Nature::Intitule)
    };
    for (i, place) in atelier.blocs.iter().enumerate().filter(own) {
        anchors.extend(place.bloc.ancres());
        let text = place.bloc.texte();
        let words = french::canonical(&text);
        if !seen.contains(&words) {
            seen.push(words);
            shown.push(texte_en(atelier.langue_du_bloc(i), &text, None, None));
        }
    }
    (shown, anchors)
}

/// The tables whose texts are read in full, those of the others being referred to them: the threads first.
pub(super) fn by_reading(atelier: &Atelier) -> Vec<Tableau> {
    let mut tables: Vec<Tableau> = atelier.synthese.tableaux_dans_l_ordre();
    tables.sort_by_key(|tableau| *tableau != Tableau::Projections);
    tables
}

/// The cards of a thématique; the title of one may be that of a mention, whose anchor it bears.
fn cards(ici: Ici<'_>, shown: &[Indices], imprimes: &Imprimes) -> Cartes {
    let aspect = Aspect { sans_thematique: true, ..Aspect::rang(3) };
    let mut cards = cartes(ici, shown.iter().copied(), aspect);
    for (carte, (_, fiche)) in cards.cartes.iter_mut().zip(shown) {
        carte.ancres = imprimes.de_fiches.get(fiche).cloned().unwrap_or_default();
    }
    cards
}

/// True of an edge that starts from a text of this thématique.
fn is_about(atelier: &Atelier, t: &Thematique, arete: &Arete) -> bool {
    match arete.de {
        Bout::Bloc(i, _) => atelier.blocs[i].thematique == t.id,
        Bout::Fiche(i) => atelier.fiches[i].thematique.value == t.id,
    }
}
