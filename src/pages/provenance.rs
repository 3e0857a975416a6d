//! The proof, for readers: what was published of each source, what was excluded, what was added.

use serde::Serialize;

use super::{
    Ici,
    ateliers::by_territory,
    cartes::{LienVue, lieu},
    limits::{AJOUTS, AJOUTS_PAR_PAGE, SECTION, liste, pagination},
    listes::ValeurVue,
};
use crate::{
    french,
    markdown::{Html, plain, texte_en},
    model::{Fiche, Synthese, Thematique},
    site::{Ajout, Atelier, address, titre_affiche},
    source::OutputPath,
};

/// Provenance and fidelity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Provenance {
    /// The workshop of the page, or the only one.
    pub syntheses: Vec<Preuve>,
    /// With several, each of them.
    pub ateliers: Vec<PreuveResume>,
}

/// A workshop among several.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PreuveResume {
    /// Id, for anchors.
    pub id: String,
    /// « Loire-Atlantique, 2020 », to its page.
    pub lien: LienVue,
    /// « 97 % publié, 3 % écarté », or that it has no document.
    pub contenu: String,
}

/// One workshop.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preuve {
    /// Page link.
    pub synthese: LienVue,
    /// Id, for anchors.
    pub id: String,
    /// The figures; `None` for a recueil.
    pub chiffres: Option<Chiffres>,
    /// Text left out, with its reason.
    pub exclusions: Vec<ExclusionVue>,
    /// Names withdrawn.
    pub retraits: Vec<RetraitVue>,
    /// Editor's additions, by kind: all of them or, when they are many, the first of each.
    pub ajouts: Vec<GroupeAjouts>,
    /// Number of additions.
    pub total_ajouts: usize,
    /// To all of them, when only the first of each kind are listed.
    pub tous_les_ajouts: Option<LienVue>,
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
    /// « 15 900 publiés ».
    pub publies: String,
    /// « 69 écartés ».
    pub exclus: String,
    /// « 12 manquants ou altérés », while it is being transcribed.
    pub manquants: Option<String>,
    /// Lines of the document.
    pub lignes: usize,
    /// Weight of the document: « 21 605 octets ».
    pub octets: String,
    /// SHA-256, as recorded; `None` once a name was withdrawn.
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
    /// « ligne 15 », « colonne du tableau Plan d’action ».
    pub lieu: String,
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
    /// Item it is put on.
    pub ou: String,
    /// Text.
    pub texte: String,
}

/// `a`: the workshop, of several.
pub(super) fn provenance(ici: Ici<'_>, a: Option<usize>) -> Provenance {
    let all = ici.site.ateliers.iter().zip(&ici.plan.ajouts);
    let index = a.is_none() && ici.site.plusieurs();
    let own = all.enumerate().filter(|(n, _)| !index && a.is_none_or(|a| a == *n));
    let resume = |atelier: &Atelier| PreuveResume {
        id: atelier.synthese.id.to_string(),
        lien: ici.vers(lieu(atelier), &address::page_de("provenance", &atelier.synthese.id)),
        contenu: match &atelier.fidelite {
            Some(fidelite) => fidelite.parts(),
            None => "Recueil, sans document reçu".into(),
        },
    };
    Provenance {
        syntheses: own.map(|(_, (atelier, ajouts))| preuve(ici, atelier, ajouts)).collect(),
        ateliers: by_territory(ici).filter(|_| index).map(resume).collect(),
    }
}

/// The page of a workshop's proof.
pub(super) fn page(ici: Ici<'_>, synthese: &Synthese) -> OutputPath {
    match ici.site.plusieurs() {
        true => address::page_de("provenance", &synthese.id),
        false => address::page("provenance"),
    }
}

/// Additions, a group for each kind; of each kind, the first ones.
fn groups(ajouts: &[Ajout], first: usize) -> Vec<GroupeAjouts> {
    let group = |of_kind: &[Ajout]| GroupeAjouts {
        genre: of_kind[0].genre.label(),
        compte: french::count(of_kind.len(), "ajout", "ajouts"),
        ajouts: of_kind
            .iter()
            .take(first)
            .map(|a| AjoutVue { ou: a.ou.clone(), texte: plain(&a.texte) })
            .collect(),
    };
    ajouts.chunk_by(|a, b| a.genre == b.genre).map(group).collect()
}

/// A page of the additions to a synthèse.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ajouts {
    /// « 4 000 ajouts ».
    pub compte: String,
    /// Back to the proof.
    pub provenance: LienVue,
    /// Those of this page, by kind; the count of a group is that of this page.
    pub groupes: Vec<GroupeAjouts>,
    /// Pages of the list.
    pub pages: Vec<LienVue>,
}

pub(super) fn ajouts(ici: Ici<'_>, atelier: usize, numero: usize, total: usize) -> Ajouts {
    let (s, all) = (&ici.site.ateliers[atelier].synthese, &ici.plan.ajouts[atelier]);
    let shown = all.chunks(AJOUTS_PAR_PAGE).nth(numero - 1).unwrap_or_default();
    Ajouts {
        compte: french::count(all.len(), "ajout", "ajouts"),
        provenance: ici.vers("Provenance et fidélité", &page(ici, s)),
        groupes: groups(shown, AJOUTS_PAR_PAGE),
        pages: pagination(ici, (numero, total), |n| {
            address::ajouts(&s.id, ici.site.plusieurs(), n)
        }),
    }
}

fn preuve(ici: Ici<'_>, atelier: &Atelier, ajouts: &[Ajout]) -> Preuve {
    let s = &atelier.synthese;
    let tous_les_ajouts = (ajouts.len() > AJOUTS).then(|| {
        ici.vers(
            format!("Les {}, un par un", french::count(ajouts.len(), "ajout", "ajouts")),
            &address::ajouts(&s.id, ici.site.plusieurs(), 1),
        )
    });
    let first = if tous_les_ajouts.is_some() { SECTION } else { AJOUTS };
    let (contributions, contributions_par_thematique) = contributions(ici, atelier);
    Preuve {
        synthese: ici.vers(plain(&s.titre), &address::synthese(&s.id)),
        id: s.id.to_string(),
        chiffres: chiffres(atelier),
        exclusions: exclusions(atelier),
        retraits: s
            .retraits
            .iter()
            .map(|r| RetraitVue {
                ligne: r.ligne.value,
                date: r.date.french(),
                motif: plain(&r.motif),
            })
            .collect(),
        ajouts: groups(ajouts, first),
        total_ajouts: ajouts.len(),
        tous_les_ajouts,
        contributions,
        contributions_par_thematique,
    }
}

/// Texts, then columns that are not published.
fn exclusions(atelier: &Atelier) -> Vec<ExclusionVue> {
    let s = &atelier.synthese;
    let texts = s.exclusions.iter().map(|e| ExclusionVue {
        lieu: format!("ligne {}", e.ligne.value),
        texte: texte_en(atelier.langue(), &e.texte.value, None, None),
        raison: plain(&e.raison),
    });
    let columns = s.tableaux.iter().flat_map(|(tableau, entete)| {
        let lieu = format!("colonne du tableau « {} »", s.nom_du_tableau(*tableau));
        entete.colonnes.iter().filter_map(move |colonne| {
            Some(ExclusionVue {
                lieu: french::typography(&lieu),
                texte: texte_en(atelier.langue(), &colonne.texte.value, None, None),
                raison: plain(&colonne.exclure.as_ref()?.value),
            })
        })
    });
    texts.chain(columns).collect()
}

/// Each contribution, or how many there are in each thématique's list.
fn contributions(ici: Ici<'_>, atelier: &Atelier) -> (Vec<LienVue>, Vec<ValeurVue>) {
    let all = atelier.fiches.iter().map(|fiche| &**fiche);
    let all: Vec<&Fiche> = all.filter(|f| !f.est_de_la_synthese()).collect();
    if all.len() <= SECTION {
        let link = |f: &&Fiche| ici.vers(plain(&titre_affiche(f)), &address::fiche(&f.id));
        return (all.iter().map(link).collect(), Vec::new());
    }
    let of_subject = |t: &Thematique| ValeurVue {
        lien: ici.vers(plain(&t.titre), &liste(ici, atelier, t)),
        nombre: all.iter().filter(|f| f.thematique.value == t.id).count(),
    };
    let counts = ici.site.thematiques.iter().map(of_subject).filter(|v| v.nombre > 0);
    (Vec::new(), counts.collect())
}

fn chiffres(atelier: &Atelier) -> Option<Chiffres> {
    let (fidelite, source) = (atelier.fidelite.as_ref()?, atelier.source.as_ref()?);
    let counted = |n: usize, one: &str, many: &str| {
        format!("{} {}", french::number(n), if n < 2 { one } else { many })
    };
    let missing = fidelite.alteres + fidelite.perdus;
    Some(Chiffres {
        part: fidelite.affichage(),
        total: french::number(fidelite.total),
        publies: counted(fidelite.publies, "publié", "publiés"),
        exclus: counted(fidelite.exclus, "écarté", "écartés"),
        manquants: (missing > 0)
            .then(|| counted(missing, "manquant ou altéré", "manquants ou altérés")),
        lignes: source.lignes.len(),
        octets: french::count(source.texte.len(), "octet", "octets"),
        empreinte: empreinte(&atelier.synthese),
        fiches: atelier.fiches.iter().filter(|f| f.est_de_la_synthese()).count(),
        blocs: atelier.blocs.len(),
        enonces: atelier.blocs.iter().map(|b| b.bloc.textes.len()).sum(),
    })
}

/// The fingerprint of the document received. Beside a text less a name it would tell whoever guesses the name that
/// the guess is right: put back in its place, it gives that fingerprint.
fn empreinte(synthese: &Synthese) -> Option<String> {
    let recorded = synthese.sha256.as_ref().filter(|_| synthese.retraits.is_empty());
    recorded.map(|sha256| sha256.value.clone())
}
