//! A workshop: its page, and the pages of its tables, where each bloc has its permanent address.

use serde::Serialize;

use super::{
    Ici,
    cartes::{Aspect, BlocVue, Cartes, EnonceVue, LienVue, SigleVue, bloc, cartes, sigles},
    couverture::{Couverture, couverture},
    limits::apercu,
    repartition::{Repartition, par_niveau, par_thematique},
    sujet::{ancre_colonne, intitule},
};
use crate::{
    markdown::{Glose, Html, corps_en, plain, texte, texte_en},
    model::{Tableau, TexteRecu, Thematique},
    site::{ATELIER, Atelier, address, address::anchor},
    source::Slug,
};

/// A workshop.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SyntheseVue {
    /// Which territory.
    pub territoire: String,
    /// Which year.
    pub annee: u16,
    /// Licence, « licence non précisée » when nobody said.
    pub licence: String,
    /// No document received: nothing is claimed.
    pub recueil: bool,
    /// Share of the source published or excluded with a reason.
    pub fidelite: Option<String>,
    /// The page of the proof.
    pub provenance: String,
    /// The title the source gives the list of fiches.
    pub titre_retex: Option<EnonceVue>,
    /// Fiches, by thématique.
    pub parties: Vec<Partie>,
    /// Number of fiches of each thématique; `None` without fiches, as below.
    pub par_thematique: Option<Repartition>,
    /// Number of fiches of each niveau.
    pub par_niveau: Option<Repartition>,
    /// Reach of its irritants in the chain; `None` without irritants.
    pub couverture: Option<Couverture>,
    /// Tables.
    pub tableaux: Vec<LienTableau>,
    /// The method texts; empty when there are none.
    pub methode: Html,
    /// Anchor of the method texts.
    pub ancre_methode: &'static str,
    /// Other prose received.
    pub textes: Vec<TexteRecuVue>,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// A received text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TexteRecuVue {
    /// Heading in the document.
    pub titre: Option<EnonceVue>,
    /// Anchor of the text.
    pub ancre: String,
    /// The text.
    pub html: Html,
}

/// A thématique in a workshop.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Partie {
    /// Page link.
    pub thematique: LienVue,
    /// Number.
    pub numero: usize,
    /// The heading the source gives it.
    pub intitule: Option<EnonceVue>,
    /// Meeting file.
    pub dossier: String,
    /// Fiches, or the first ones when they are many.
    pub fiches: Cartes,
    /// The list of all of them, when some are left out here.
    pub suite: Option<LienVue>,
}

/// A table as the workshop's page names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LienTableau {
    /// Name and page.
    pub lien: LienVue,
    /// The title the source gives it.
    pub titre: Html,
    /// Number of blocs.
    pub blocs: usize,
    /// Number of énoncés.
    pub enonces: usize,
    /// Thématiques that have a row.
    pub rangees: usize,
}

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
    /// The other tables of the workshop.
    pub autres: Vec<LienVue>,
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
    /// True when the rangée above is of the same thématique.
    pub suite: bool,
    /// Cells, as many as the table has columns. The first heads the row.
    pub cellules: Vec<Vec<BlocVue>>,
}

/// `a`: the place of the workshop in the site.
pub(super) fn synthese(ici: Ici<'_>, a: usize) -> SyntheseVue {
    let atelier = &ici.site.ateliers[a];
    let s = &atelier.synthese;
    let mut glose = ici.glose();
    let own = ici.site.thematiques_de(atelier);
    let parties = own.map(|(_, t)| partie(ici, a, t, &mut glose));
    let parties = parties.collect();
    let fiches = !atelier.fiches.is_empty();
    let all = || atelier.fiches.iter().map(|fiche| &**fiche);
    let titre_retex =
        s.retex.as_ref().map(|r| intitule(atelier.langue(), anchor::RETEX.into(), &r.titre.value, &mut glose));
    let methode = match &s.methode {
        Some((text, _)) => corps_en(atelier.langue(), text, ici.place(), &mut glose),
        None => texte("", None, None),
    };
    let recu = |t: &TexteRecu| {
        let id = t.id.as_str();
        let titre = t.titre.as_ref();
        TexteRecuVue {
            titre: titre.map(|titre| intitule(atelier.langue(), anchor::titre_recu(id), &titre.value, &mut glose)),
            ancre: anchor::recu(id),
            html: corps_en(atelier.langue(), &t.corps, ici.place(), &mut glose),
        }
    };
    let textes = s.textes.iter().map(recu).collect();
    SyntheseVue {
        territoire: plain(&s.territoire),
        annee: s.annee,
        licence: s.licence.as_deref().map_or_else(|| "licence non précisée".into(), plain),
        recueil: atelier.source.is_none(),
        fidelite: atelier.fidelite.as_ref().map(|f| f.affichage()),
        provenance: ici.lien(&address::page("provenance")),
        titre_retex,
        parties,
        par_thematique: fiches.then(|| par_thematique(ici, all())),
        par_niveau: fiches.then(|| par_niveau(ici, all())),
        couverture: couverture(ici, atelier),
        tableaux: s.tableaux.keys().map(|t| lien_tableau(ici, atelier, *t)).collect(),
        methode,
        ancre_methode: anchor::METHODE,
        textes,
        sigles: sigles(ici, &glose),
    }
}

fn partie(ici: Ici<'_>, a: usize, t: &Thematique, glose: &mut Glose<'_>) -> Partie {
    let atelier = &ici.site.ateliers[a];
    let (fiches, suite) = apercu(ici, a, t);
    let heading = atelier.intitules_retex.get(&t.id);
    Partie {
        thematique: LienVue {
            texte: plain(&t.titre),
            href: ici.lien(&address::thematique(&t.id)),
            courant: false,
        },
        numero: t.numero.value,
        intitule: heading.map(|i| intitule(atelier.langue(), anchor::retex(t.id.as_str()), &i.titre.value, glose)),
        dossier: ici.lien(&address::dossier(&atelier.synthese.id, &t.id)),
        fiches: {
            let aspect = Aspect { sans_thematique: true, ..Aspect::rang(4) };
            cartes(ici, fiches, aspect)
        },
        suite,
    }
}

fn lien_tableau(ici: Ici<'_>, atelier: &Atelier, tableau: Tableau) -> LienTableau {
    let s = &atelier.synthese;
    let blocs = || atelier.blocs.iter().filter(move |b| b.tableau == tableau);
    let has_row = |t: &&crate::model::Thematique| atelier.a_une_ligne(&t.id, tableau);
    LienTableau {
        lien: LienVue {
            texte: s.nom_du_tableau(tableau),
            href: ici.lien(&address::tableau(s, tableau)),
            courant: address::tableau(s, tableau) == ici.page.path,
        },
        titre: texte_en(atelier.langue(), &s.tableaux[&tableau].intitule.titre.value, None, None),
        blocs: blocs().count(),
        enonces: blocs().map(|b| b.bloc.textes.len()).sum(),
        rangees: ici.site.thematiques.iter().filter(has_row).count(),
    }
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
            here.map(|(i, place)| bloc(ici, atelier, i, place, glose)).collect()
        });
        let cellules = cellules.collect();
        let (thematique, suite) = (lien.clone(), rangee > 1);
        rangees.push(Rangee { thematique, numero: *numero, suite, cellules });
    }
    rangees
}

pub(super) fn tableau(ici: Ici<'_>, atelier: &Atelier, tableau: Tableau) -> PageTableau {
    let s = &atelier.synthese;
    let entete = &s.tableaux[&tableau];
    let mut glose = ici.glose();
    let published: Vec<usize> =
        (0..entete.colonnes.len()).filter(|n| entete.colonnes[*n].exclure.is_none()).collect();
    let heading =
        |n: &usize| intitule(atelier.langue(), ancre_colonne(n + 1), &entete.colonnes[*n].texte.value, &mut glose);
    let colonnes = published.iter().map(heading).collect();
    let mut rangees = Vec::new();
    let mut absentes = Vec::new();
    for (_, t) in ici.site.thematiques_de(atelier) {
        let thematique = LienVue {
            texte: plain(&t.titre),
            href: ici.lien(&address::thematique(&t.id)),
            courant: false,
        };
        if !atelier.a_une_ligne(&t.id, tableau) {
            absentes.push(thematique);
            continue;
        }
        let subject = (Some(thematique), t.numero.value);
        rangees.extend(rows((ici, atelier, tableau), (&t.id, &published), &subject, &mut glose));
    }
    if let Some(of_all) = Slug::new(ATELIER) {
        let rows = rows((ici, atelier, tableau), (&of_all, &published), &(None, 0), &mut glose);
        // A table without a column of subjects lacks none.
        if rangees.is_empty() && !rows.is_empty() {
            absentes.clear();
        }
        rangees.extend(rows);
    }
    PageTableau {
        id: s.id_du_tableau(tableau).to_string(),
        synthese: LienVue {
            texte: plain(&s.titre),
            href: ici.lien(&address::synthese(&s.id)),
            courant: false,
        },
        ancre_titre: anchor::TITRE,
        titre: texte_en(atelier.langue(), &entete.intitule.titre.value, None, None),
        colonnes,
        rangees,
        absentes,
        autres: s.tableaux.keys().map(|t| lien_tableau(ici, atelier, *t).lien).collect(),
        recueil: atelier.source.is_none(),
        sigles: sigles(ici, &glose),
    }
}
