//! The pages of a table: as received, where each bloc has its permanent address; the plan made to be read; the ready
//! citations.

use serde::Serialize;

use super::{
    Ici,
    blocs::{BlocVue, EnonceVue, Preuves, bloc, preuves},
    cartes::{LienVue, SigleVue, lieu, lignes, sigles},
    imprimes::Imprimes,
    volets::{Volet, decoupe, intitule, volet},
};
use crate::{
    markdown::{Glose, Html, plain, texte_en},
    model::{Nature, Tableau, Thematique},
    site::{ATELIER, Arete, Atelier, BlocPlace, Bout, address, address::anchor},
    source::Slug,
};

/// A table, whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageTableau {
    /// `diagnostic`.
    pub id: String,
    /// The workshop.
    pub synthese: LienVue,
    /// Anchor of the title.
    pub ancre_titre: &'static str,
    /// The title the source gives it; also the caption.
    pub titre: Html,
    /// Columns.
    pub colonnes: Vec<EnonceVue>,
    /// Rows.
    pub rangees: Vec<Rangee>,
    /// Thématiques of which the source says nothing in this table.
    pub absentes: Vec<LienVue>,
    /// The tables of the workshop.
    pub autres: Vec<LienVue>,
    /// Parts of a long table, by thématique.
    pub parties: Vec<LienVue>,
    /// The plan to be read, and the ready citations.
    pub suites: Vec<LienVue>,
    /// True when a text was cut by the editor.
    pub decoupe: bool,
    /// Why texts are tied to fiches.
    pub preuves: Preuves,
    /// No document received.
    pub recueil: bool,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// A rangée of a thématique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rangee {
    /// The thématique's page; `None` for a row of the whole workshop.
    pub thematique: Option<LienVue>,
    /// Number; 0 likewise.
    pub numero: usize,
    /// Anchor of the first rangée of a thématique.
    pub ancre: Option<String>,
    /// True when the rangée above is of the same thématique.
    pub suite: bool,
    /// Cells, as many as the table has columns. The first heads the row.
    pub cellules: Vec<Vec<BlocVue>>,
}

/// The rangées of a thématique in a table, with these columns.
fn rows(
    (ici, atelier, tableau): (Ici<'_>, &Atelier, Tableau),
    (thematique, columns): (&Slug, &[usize]),
    (lien, numero): &(Option<LienVue>, usize),
    glose: &mut Glose<'_>,
) -> Vec<Rangee> {
    let mut rangees = Vec::new();
    for rangee in 1..=atelier.derniere_rangee(thematique, tableau) {
        let cellules = columns.iter().map(|colonne| {
            let blocs = atelier.blocs_de_colonne(thematique, tableau, *colonne);
            let here = blocs.filter(|(_, place)| place.rangee() == rangee);
            let is_fiche = |bout: &Bout| matches!(bout, Bout::Fiche(_));
            here.map(|(i, _)| bloc(ici, atelier, i, is_fiche, glose)).collect()
        });
        let cellules = cellules.collect();
        let (lien, suite) = (lien.clone(), rangee > 1);
        let ancre = (!suite && lien.is_some()).then(|| anchor::partie(thematique.as_str()));
        rangees.push(Rangee { thematique: lien, numero: *numero, ancre, suite, cellules });
    }
    rangees
}

pub(super) fn tableau(ici: Ici<'_>, atelier: &Atelier, tableau: Tableau) -> PageTableau {
    let (s, langue) = (&atelier.synthese, atelier.langue());
    let (entete, mut glose) = (&s.tableaux[&tableau], ici.glose());
    let published: Vec<usize> =
        (0..entete.colonnes.len()).filter(|n| entete.colonnes[*n].exclure.is_none()).collect();
    let heading = |n: &usize| {
        intitule(langue, anchor::colonne(n + 1), &entete.colonnes[*n].texte.value, &mut glose)
    };
    let colonnes = published.iter().map(heading).collect();
    let (mut rangees, mut parties, mut absentes) = (Vec::new(), Vec::new(), Vec::new());
    let mut own: Vec<&Thematique> = ici.site.thematiques_de(atelier).map(|(_, t)| t).collect();
    own.sort_by_key(|t| atelier.debut(&t.id, tableau));
    for t in own {
        let thematique = ici.vers(plain(&t.titre), &address::thematique(&t.id));
        if !atelier.a_une_ligne(&t.id, tableau) {
            absentes.push(thematique);
            continue;
        }
        parties.push(LienVue::vers(
            format!("{}. {}", t.numero.value, plain(&t.titre_court)),
            format!("#{}", anchor::partie(t.id.as_str())),
        ));
        let subject = (Some(thematique), t.numero.value);
        rangees.extend(rows((ici, atelier, tableau), (&t.id, &published), &subject, &mut glose));
    }
    let rows = of_the_workshop((ici, atelier, tableau), &published, &mut glose);
    // A table without a column of subjects lacks none.
    if rangees.is_empty() && !rows.is_empty() {
        absentes.clear();
    }
    rangees.extend(rows);
    let cut = |b: &BlocPlace| b.tableau == tableau && b.bloc.textes.len() > 1;
    PageTableau {
        decoupe: atelier.source.is_some() && atelier.blocs.iter().any(cut),
        preuves: preuves(atelier, |arete| is_shown(atelier, tableau, arete)),
        suites: suites(ici, atelier, tableau),
        parties: if parties.len() > 1 { parties } else { Vec::new() },
        id: s.id_du_tableau(tableau).to_string(),
        synthese: ici.vers(plain(&s.titre), &address::synthese(&s.id)),
        ancre_titre: anchor::TITRE,
        titre: texte_en(langue, &entete.intitule.titre.value, None, None),
        colonnes,
        rangees,
        absentes,
        autres: s
            .tableaux_dans_l_ordre()
            .iter()
            .map(|t| lien_de_tableau(ici, atelier, *t))
            .collect(),
        recueil: atelier.source.is_none(),
        sigles: sigles(ici, &glose),
    }
}

/// A table of a workshop by its name.
fn lien_de_tableau(ici: Ici<'_>, atelier: &Atelier, tableau: Tableau) -> LienVue {
    let target = address::tableau(&atelier.synthese, tableau);
    LienVue {
        texte: atelier.synthese.nom_du_tableau(tableau),
        href: ici.lien(&target),
        courant: target == ici.page.path,
    }
}

/// The rangées that belong to no thématique.
fn of_the_workshop(
    place: (Ici<'_>, &Atelier, Tableau),
    columns: &[usize],
    glose: &mut Glose<'_>,
) -> Vec<Rangee> {
    let of_all = Slug::new(ATELIER);
    of_all.map_or_else(Vec::new, |of_all| rows(place, (&of_all, columns), &(None, 0), glose))
}

/// Where a reader goes from a table: its plan to be read, its ready citations.
fn suites(ici: Ici<'_>, atelier: &Atelier, tableau: Tableau) -> Vec<LienVue> {
    let link = |texte: &str, target| ici.vers(texte, &target);
    let s = &atelier.synthese;
    let reading = (tableau == Tableau::Plan)
        .then(|| link("Lire le plan par thématique", address::lecture(s)));
    reading.into_iter().chain([link("Citer un passage", address::citer(s, tableau))]).collect()
}

/// True of an edge that the table shows: a mention of it, and a fiche.
fn is_shown(atelier: &Atelier, tableau: Tableau, arete: &Arete) -> bool {
    let here = |bout: Bout| matches!(bout, Bout::Bloc(i, _) if atelier.blocs[i].tableau == tableau);
    let fiche = |bout: Bout| matches!(bout, Bout::Fiche(_));
    (here(arete.de) && fiche(arete.vers)) || (here(arete.vers) && fiche(arete.de))
}

/// The plan of a workshop, to be read and acted upon.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlanLu {
    /// The workshop.
    pub synthese: LienVue,
    /// « Loire-Atlantique, 2020 ».
    pub lieu: String,
    /// The year of the plan: its follow-up is not published here.
    pub annee: u16,
    /// Reader's name for the workshop: « la synthèse », « le recueil ».
    pub nom: &'static str,
    /// The title the source gives the table.
    pub titre: Html,
    /// The thématiques that have a part of it.
    pub parties: Vec<PartieLue>,
    /// The thématiques that have none.
    pub absentes: Vec<LienVue>,
    /// The table as received, and its ready citations.
    pub suites: Vec<LienVue>,
    /// True when a text was cut by the editor.
    pub decoupe: bool,
    /// Why texts are brought together.
    pub preuves: Preuves,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// A thématique of a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartieLue {
    /// Its page; `None` for what is of the whole workshop.
    pub thematique: Option<LienVue>,
    /// Number; 0 likewise.
    pub numero: usize,
    /// Anchor.
    pub ancre: String,
    /// Its texts.
    pub volet: Volet,
}

/// `a`: the place of the workshop in the site.
pub(super) fn lecture(ici: Ici<'_>, a: usize) -> PlanLu {
    let atelier = &ici.site.ateliers[a];
    let s = &atelier.synthese;
    let tableau = Tableau::Plan;
    let mut glose = ici.glose();
    let nothing = Imprimes::default();
    let (mut parties, mut absentes) = (Vec::new(), Vec::new());
    for (_, t) in ici.site.thematiques_de(atelier) {
        let lien = ici.vers(plain(&t.titre), &address::thematique(&t.id));
        if !atelier.a_une_ligne(&t.id, tableau) {
            absentes.push(lien);
            continue;
        }
        let volet = volet(ici, (atelier, &t.id, tableau), &nothing, &mut glose);
        let ancre = anchor::partie(t.id.as_str());
        parties.push(PartieLue { thematique: Some(lien), numero: t.numero.value, ancre, volet });
    }
    if let Some(of_all) = Slug::new(ATELIER).filter(|id| atelier.a_une_ligne(id, tableau)) {
        let volet = volet(ici, (atelier, &of_all, tableau), &nothing, &mut glose);
        let ancre = anchor::partie(ATELIER);
        parties.push(PartieLue { thematique: None, numero: 0, ancre, volet });
    }
    let link = |texte: &str, target| ici.vers(texte, &target);
    let inside =
        |bout: Bout| matches!(bout, Bout::Bloc(i, _) if atelier.blocs[i].tableau == tableau);
    PlanLu {
        synthese: link(&plain(&s.titre), address::synthese(&s.id)),
        lieu: lieu(atelier),
        annee: s.annee,
        nom: atelier.nom(),
        titre: texte_en(atelier.langue(), &s.tableaux[&tableau].intitule.titre.value, None, None),
        absentes: if parties.iter().any(|p| p.thematique.is_some()) {
            absentes
        } else {
            Vec::new()
        },
        suites: vec![
            link("Le tableau tel que reçu", address::tableau(s, tableau)),
            link("Citer un passage", address::citer(s, tableau)),
            link("Par acteur", address::page("acteurs")),
            link("Par date", address::page("calendrier")),
        ],
        decoupe: atelier.source.is_some() && decoupe(parties.iter().map(|p| &p.volet)),
        preuves: preuves(atelier, |arete| inside(arete.de) && inside(arete.vers)),
        parties,
        sigles: sigles(ici, &glose),
    }
}

/// The ready citations of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Citer {
    /// The table.
    pub tableau: LienVue,
    /// True when the public address of the site is known: a citation then ends with it.
    pub avec_adresse: bool,
    /// By thématique.
    pub parties: Vec<PartieCitee>,
}

/// The citations of a thématique.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartieCitee {
    /// « 2. Enseigner et apprendre »; the workshop's title for what is of no thématique.
    pub titre: String,
    /// Number; 0 likewise.
    pub numero: usize,
    /// In the order of the document.
    pub passages: Vec<PassageCite>,
}

/// A text and how to cite it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PassageCite {
    /// Where it stands in the table.
    pub href: String,
    /// « Action ».
    pub nature: String,
    /// The text.
    pub html: Html,
    /// What follows it in the citation: title, territory, year, line, address.
    pub source: String,
}

/// `a`: the place of the workshop in the site.
pub(super) fn citer(ici: Ici<'_>, a: usize, tableau: Tableau) -> Citer {
    let atelier = &ici.site.ateliers[a];
    let s = &atelier.synthese;
    let home = address::tableau(s, tableau);
    let mut parties: Vec<PartieCitee> = Vec::new();
    let own = ici.site.thematiques_de(atelier).map(|(_, t)| {
        (Some(t.id.clone()), format!("{}. {}", t.numero.value, t.titre_court), t.numero.value)
    });
    for (id, titre, numero) in own.chain([(Slug::new(ATELIER), s.titre.clone(), 0)]) {
        let here = atelier.blocs.iter().enumerate();
        let here = here.filter(|(_, b)| b.tableau == tableau && Some(&b.thematique) == id.as_ref());
        let said = here.filter(|(_, b)| b.bloc.nature != Some(Nature::Intitule));
        let passages: Vec<PassageCite> =
            said.map(|(i, _)| passage(ici, atelier, i, &home)).collect();
        if !passages.is_empty() {
            parties.push(PartieCitee { titre: plain(&titre), numero, passages });
        }
    }
    Citer {
        tableau: ici.vers(s.nom_du_tableau(tableau), &home),
        avec_adresse: ici.site.config.url.is_some(),
        parties,
    }
}

fn passage(
    ici: Ici<'_>,
    atelier: &Atelier,
    index: usize,
    home: &crate::source::OutputPath,
) -> PassageCite {
    let (s, place) = (&atelier.synthese, &atelier.blocs[index]);
    let id = place.bloc.id.value.as_str();
    // A title often says the year.
    let mut source = match s.annee.to_string() {
        annee if s.titre.contains(&annee) => s.titre.clone(),
        annee => format!("{}, {annee}", s.titre),
    };
    if !place.lignes.is_empty() {
        source.push_str(&format!(", {} du document reçu", lignes(&place.lignes)));
    }
    source.push('.');
    if let Some(url) = &ici.site.config.url {
        source.push_str(&format!(" {}#{id}", address::absolute(url, home)));
    }
    PassageCite {
        href: ici.page.path.link_to_anchor(home, id),
        nature: atelier.nature(place),
        html: texte_en(atelier.langue_du_bloc(index), &place.bloc.texte(), None, None),
        source: plain(&source),
    }
}
