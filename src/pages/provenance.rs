//! The proof, for readers: what was published of each source, what was excluded, what was added.

use serde::Serialize;

use super::{
    Ici,
    cartes::LienVue,
    feuilles::{AJOUTS, SECTION, liste},
    listes::ValeurVue,
};
use crate::{
    fr,
    markdown::{Html, plain, texte},
    model::{Fiche, Thematique},
    site::{Ajout, Atelier, GenreAjout, address, ajouts, titre_affiche},
};

/// Provenance and fidelity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Provenance {
    /// Each workshop.
    pub syntheses: Vec<Preuve>,
}

/// One workshop.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preuve {
    /// Its page.
    pub synthese: LienVue,
    /// Its id, for anchors.
    pub id: String,
    /// The figures; `None` for a recueil.
    pub chiffres: Option<Chiffres>,
    /// Text left out, with its reason.
    pub exclusions: Vec<ExclusionVue>,
    /// Names withdrawn.
    pub retraits: Vec<RetraitVue>,
    /// What the editor added, by kind: all of it or, when it is much, the first of each kind.
    pub ajouts: Vec<GroupeAjouts>,
    /// How many additions.
    pub total_ajouts: usize,
    /// Whether only the first additions of each kind are listed.
    pub ajouts_abreges: bool,
    /// Fiches that claim no place in the document.
    pub contributions: Vec<LienVue>,
    /// When they are too many to name each, how many there are in each thématique's list.
    pub contributions_par_thematique: Vec<ValeurVue>,
}

/// The figures of the proof.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chiffres {
    /// « 100 % ».
    pub part: String,
    /// Visible characters of the source: « 15 969 ».
    pub total: String,
    /// Published.
    pub publies: String,
    /// Excluded.
    pub exclus: String,
    /// Altered or lost, while it is being transcribed.
    pub manquants: usize,
    /// Lines of the document.
    pub lignes: usize,
    /// Weight of the document: « 21 605 octets ».
    pub octets: String,
    /// Its SHA-256, as recorded.
    pub empreinte: Option<String>,
    /// Fiches of the synthèse.
    pub fiches: usize,
    /// Blocs of its tables.
    pub blocs: usize,
    /// Énoncés of its tables.
    pub enonces: usize,
}

/// An exclusion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExclusionVue {
    /// Line of the source.
    pub ligne: usize,
    /// The text.
    pub texte: Html,
    /// Why.
    pub raison: String,
}

/// A withdrawal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RetraitVue {
    /// Line of the source.
    pub ligne: usize,
    /// When.
    pub date: String,
    /// Why.
    pub motif: String,
}

/// Additions of one kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupeAjouts {
    /// The kind.
    pub genre: &'static str,
    /// « 12 ajouts ».
    pub compte: String,
    /// Each of them.
    pub ajouts: Vec<AjoutVue>,
}

/// One addition.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AjoutVue {
    /// What it is put on.
    pub ou: String,
    /// What it says.
    pub texte: String,
}

pub(super) fn provenance(ici: Ici<'_>) -> Provenance {
    Provenance { syntheses: ici.site.ateliers.iter().map(|a| preuve(ici, a)).collect() }
}

fn preuve(ici: Ici<'_>, atelier: &Atelier) -> Preuve {
    let s = &atelier.synthese;
    let all = ajouts(atelier);
    let abreges = all.len() > AJOUTS;
    let of_kind = |genre: &GenreAjout| {
        let mine: Vec<&Ajout> = all.iter().filter(|a| a.genre == *genre).collect();
        let shown = mine.iter().take(if abreges { SECTION } else { mine.len() });
        GroupeAjouts {
            genre: genre.label(),
            compte: fr::count(mine.len(), "ajout", "ajouts"),
            ajouts: shown.map(|a| AjoutVue { ou: a.ou.clone(), texte: plain(&a.texte) }).collect(),
        }
    };
    let (contributions, contributions_par_thematique) = contributions(ici, atelier);
    Preuve {
        synthese: LienVue {
            texte: plain(&s.titre),
            href: ici.lien(&address::synthese(&s.id)),
            courant: false,
        },
        id: s.id.to_string(),
        chiffres: chiffres(atelier),
        exclusions: s
            .exclusions
            .iter()
            .map(|e| ExclusionVue {
                ligne: e.ligne.value,
                texte: texte(&e.texte.value, None, None),
                raison: plain(&e.raison),
            })
            .collect(),
        retraits: s
            .retraits
            .iter()
            .map(|r| RetraitVue {
                ligne: r.ligne.value,
                date: r.date.french(),
                motif: plain(&r.motif),
            })
            .collect(),
        ajouts: GenreAjout::ALL.iter().map(of_kind).filter(|g| !g.ajouts.is_empty()).collect(),
        total_ajouts: all.len(),
        ajouts_abreges: abreges,
        contributions,
        contributions_par_thematique,
    }
}

/// Each contribution, or how many there are in each thématique's list.
fn contributions(ici: Ici<'_>, atelier: &Atelier) -> (Vec<LienVue>, Vec<ValeurVue>) {
    let all: Vec<&Fiche> = atelier.fiches.iter().filter(|f| !f.est_de_la_synthese()).collect();
    if all.len() <= SECTION {
        let link = |f: &&Fiche| LienVue {
            texte: plain(&titre_affiche(f)),
            href: ici.lien(&address::fiche(&f.id)),
            courant: false,
        };
        return (all.iter().map(link).collect(), Vec::new());
    }
    let of_subject = |t: &Thematique| ValeurVue {
        lien: LienVue {
            texte: plain(&t.titre),
            href: ici.lien(&liste(ici, atelier, t)),
            courant: false,
        },
        nombre: all.iter().filter(|f| f.thematique.value == t.id).count(),
    };
    let counts = ici.site.thematiques.iter().map(of_subject).filter(|v| v.nombre > 0);
    (Vec::new(), counts.collect())
}

fn chiffres(atelier: &Atelier) -> Option<Chiffres> {
    let (fidelite, source) = (atelier.fidelite.as_ref()?, atelier.source.as_ref()?);
    Some(Chiffres {
        part: fidelite.affichage(),
        total: fr::number(fidelite.total),
        publies: fr::number(fidelite.publies),
        exclus: fr::number(fidelite.exclus),
        manquants: fidelite.alteres + fidelite.perdus,
        lignes: source.lignes.len(),
        octets: fr::count(source.texte.len(), "octet", "octets"),
        empreinte: atelier.synthese.sha256.as_ref().map(|h| h.value.clone()),
        fiches: atelier.fiches.iter().filter(|f| f.est_de_la_synthese()).count(),
        blocs: atelier.blocs.len(),
        enonces: atelier.blocs.iter().map(|b| b.bloc.textes.len()).sum(),
    })
}
