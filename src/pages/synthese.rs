//! A workshop: what it said, its experiences, its documents, and how faithful they are.

use serde::Serialize;

use super::{
    Ici,
    blocs::EnonceVue,
    cartes::{Aspect, Cartes, LienVue, SigleVue, cartes, lieu, sigles},
    images::{ImageRecueVue, images_recues},
    limits::apercu,
    natures::pluriel,
    provenance,
    voix::{Voix, voix},
    volets::intitule,
};
use crate::{
    french,
    markdown::{Glose, Html, corps_en, plain, texte, texte_en},
    model::{Nature, Tableau, TexteRecu, Thematique},
    site::{Atelier, Indices, address, address::anchor},
};

/// A workshop.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SyntheseVue {
    /// The title, when it is that of the document.
    pub titre_recu: Option<EnonceVue>,
    /// « Loire-Atlantique, 2020 ».
    pub lieu: String,
    /// Licence; `None` when nobody said.
    pub licence: Option<String>,
    /// No document received: nothing is claimed.
    pub recueil: bool,
    /// What becomes of the document: « 97 % publié, 3 % écarté : les 5 passages ».
    pub fidelite: Option<FideliteVue>,
    /// The first words of each thématique.
    pub voix: Vec<Voix>,
    /// Number of fiches, contributions aside.
    pub compte: usize,
    /// Number of contributions to what the document received says.
    pub contributions: usize,
    /// The page of the proof.
    pub provenance: String,
    /// The title the source gives the list of fiches.
    pub titre_retex: Option<EnonceVue>,
    /// Fiches, by thématique.
    pub parties: Vec<Partie>,
    /// Tables.
    pub tableaux: Vec<LienTableau>,
    /// The method texts; empty when there are none.
    pub methode: Html,
    /// Anchor of the method texts.
    pub ancre_methode: &'static str,
    /// Images received with the method texts.
    pub images: Vec<ImageRecueVue>,
    /// Other prose received.
    pub textes: Vec<TexteRecuVue>,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// What becomes of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FideliteVue {
    /// « 97 % publié, 3 % écarté ».
    pub parts: String,
    /// « les 5 passages », at the page of the proof.
    pub passages: LienVue,
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
    /// Images received with it.
    pub images: Vec<ImageRecueVue>,
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
    /// Contributions that joined them, or the first ones.
    pub contributions: Cartes,
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
    /// « 11 irritants et 8 points forts, dans 4 thématiques ».
    pub contenu: String,
}

/// `a`: the place of the workshop in the site.
pub(super) fn synthese(ici: Ici<'_>, a: usize) -> SyntheseVue {
    let atelier = &ici.site.ateliers[a];
    let s = &atelier.synthese;
    let mut glose = ici.glose();
    let (own, langue) = (ici.site.thematiques_de(atelier), atelier.langue());
    let parties = own.map(|(_, t)| partie(ici, a, t, &mut glose));
    let parties = parties.collect();
    let titre_retex = s
        .retex
        .as_ref()
        .map(|r| intitule(langue, anchor::RETEX.into(), &r.titre.value, &mut glose));
    let methode = match &s.methode {
        Some((text, _)) => corps_en(langue, text, ici.place(), &mut glose),
        None => texte("", None, None),
    };
    let recu = |t: &TexteRecu| {
        let id = t.id.as_str();
        let titre = t.titre.as_ref();
        TexteRecuVue {
            titre: titre
                .map(|titre| intitule(langue, anchor::titre_recu(id), &titre.value, &mut glose)),
            ancre: anchor::recu(id),
            html: corps_en(langue, &t.corps, ici.place(), &mut glose),
            images: images_recues(ici, atelier, &format!("textes/{id}")),
        }
    };
    let textes = s.textes.iter().map(recu).collect();
    let is_received = atelier.fidelite.as_ref().is_some_and(|found| found.titre_recu);
    let titre =
        is_received.then(|| intitule(langue, anchor::TITRE.into(), &s.titre, &mut ici.glose()));
    SyntheseVue {
        titre_recu: titre,
        lieu: lieu(atelier),
        voix: ici.site.thematiques_de(atelier).map(|(_, t)| voix(ici, atelier, t)).collect(),
        compte: atelier.fiches.len() - atelier.contributions(),
        contributions: atelier.contributions(),
        licence: s.licence.as_deref().map(plain),
        recueil: atelier.source.is_none(),
        fidelite: fidelite(ici, atelier),
        provenance: ici.lien(&provenance::page(ici, s)),
        titre_retex,
        parties,
        tableaux: s
            .tableaux_dans_l_ordre()
            .iter()
            .map(|t| lien_tableau(ici, atelier, *t))
            .collect(),
        methode,
        ancre_methode: anchor::METHODE,
        images: images_recues(ici, atelier, "methode"),
        textes,
        sigles: sigles(ici, &glose),
    }
}

fn partie(ici: Ici<'_>, a: usize, t: &Thematique, glose: &mut Glose<'_>) -> Partie {
    let atelier = &ici.site.ateliers[a];
    let (fiches, suite) = apercu(ici, a, t);
    let (contributions, fiches): (Vec<Indices>, Vec<Indices>) =
        fiches.into_iter().partition(|(_, f)| atelier.joins(&atelier.fiches[*f]));
    let cards = |fiches| cartes(ici, fiches, Aspect { sans_thematique: true, ..Aspect::rang(4) });
    let heading = atelier.intitules_retex.get(&t.id);
    Partie {
        thematique: ici.vers(plain(&t.titre), &address::thematique(&t.id)),
        numero: t.numero.value,
        intitule: heading.map(|i| {
            intitule(atelier.langue(), anchor::retex(t.id.as_str()), &i.titre.value, glose)
        }),
        dossier: ici.lien(&address::dossier(&atelier.synthese.id, &t.id)),
        fiches: cards(fiches),
        contributions: cards(contributions),
        suite,
    }
}

/// « 97 % publié, 3 % écarté », and where the passages set aside are.
fn fidelite(ici: Ici<'_>, atelier: &Atelier) -> Option<FideliteVue> {
    let found = atelier.fidelite.as_ref()?;
    let excluded = atelier.synthese.exclusions.len();
    let texte = match excluded {
        0 => "voir la preuve".to_string(),
        1 => "le passage".to_string(),
        n => format!("les {}", french::count(n, "passage", "passages")),
    };
    let href = ici.lien(&provenance::page(ici, &atelier.synthese));
    Some(FideliteVue { parts: found.parts(), passages: LienVue::vers(texte, href) })
}

fn lien_tableau(ici: Ici<'_>, atelier: &Atelier, tableau: Tableau) -> LienTableau {
    let s = &atelier.synthese;
    let target = match tableau {
        Tableau::Plan => address::lecture(s),
        _ => address::tableau(s, tableau),
    };
    LienTableau {
        lien: ici.vers(s.nom_du_tableau(tableau), &target),
        titre: texte_en(atelier.langue(), &s.tableaux[&tableau].intitule.titre.value, None, None),
        contenu: contenu(ici, atelier, tableau),
    }
}

/// « 11 irritants et 8 points forts, dans 4 thématiques ».
fn contenu(ici: Ici<'_>, atelier: &Atelier, tableau: Tableau) -> String {
    let mut counts: Vec<(Nature, usize)> = Vec::new();
    let blocs = atelier.blocs.iter().filter(|b| b.tableau == tableau);
    let told =
        |n: &Nature| !matches!(n, Nature::Intitule | Nature::SousThematique | Nature::Mention);
    for nature in blocs.filter_map(|b| b.bloc.nature).filter(told) {
        match counts.iter_mut().find(|(own, _)| *own == nature) {
            Some((_, n)) => *n += 1,
            None => counts.push((nature, 1)),
        }
    }
    let parts: Vec<String> = counts
        .into_iter()
        .map(|(nature, n)| french::count(n, pluriel(nature).0, pluriel(nature).1))
        .collect();
    let rows = ici.site.thematiques.iter().filter(|t| atelier.a_une_ligne(&t.id, tableau)).count();
    match (parts.is_empty(), rows) {
        (true, _) => String::new(),
        (false, 0) => french::enumerate(&parts),
        (false, n) => {
            let rows = french::count(n, "thématique", "thématiques");
            format!("{}, dans {rows}", french::enumerate(&parts))
        }
    }
}
