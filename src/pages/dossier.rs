//! The meeting file: one thématique of one workshop, with the whole text of its fiches, made to be printed.

use serde::Serialize;

use super::{
    Ici,
    cartes::{LienVue, SigleVue, lien_externe, lieu, sigles},
    fiche::{bilan, places},
    sujet::{FicheEntiere, Sujet, sujet},
};
use crate::{
    french,
    markdown::{Glose, LinkBase, corps_en, plain, texte_en},
    model::{Nature, Thematique},
    site::{Atelier, address, titre_affiche},
};

/// Most fiches a meeting file holds whole. With more it keeps their cards, and says where the texts are:
/// nobody carries two hundred sheets to a meeting.
pub(super) const ENTIERES: usize = 30;

/// The meeting file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dossier {
    /// The thématique's page.
    pub thematique: LienVue,
    /// Number, for a colour that is never the only sign.
    pub numero: usize,
    /// « Loire-Atlantique, 2020 ».
    pub lieu: String,
    /// Address of this page, when that of the site is known.
    pub adresse: Option<String>,
    /// The workshop's page.
    pub synthese: LienVue,
    /// Everything.
    pub sujet: Sujet,
    /// Acronyms used on the page.
    pub sigles: Vec<SigleVue>,
}

/// `a`: the place of the workshop in the site.
pub(super) fn dossier(ici: Ici<'_>, a: usize, t: &Thematique) -> Dossier {
    let atelier = &ici.site.ateliers[a];
    let mut glose = ici.glose();
    let textes = match atelier.fiches_de(&t.id).count() {
        0..=ENTIERES => entieres(ici, atelier, t, &mut glose),
        _ => Vec::new(),
    };
    let sujet = sujet(ici, a, t, textes, &mut glose);
    Dossier {
        thematique: ici.vers(plain(&t.titre), &address::thematique(&t.id)),
        numero: t.numero.value,
        lieu: lieu(atelier),
        adresse: ici.site.config.url.as_ref().map(|url| address::absolute(url, &ici.page.path)),
        synthese: sujet.synthese.clone(),
        sujet,
        sigles: sigles(ici, &glose),
    }
}

fn entieres(
    ici: Ici<'_>,
    atelier: &Atelier,
    t: &Thematique,
    glose: &mut Glose<'_>,
) -> Vec<FicheEntiere> {
    let here = atelier.fiches.iter().enumerate().filter(|(_, f)| f.thematique.value == t.id);
    here.map(|(index, _)| entiere(ici, atelier, index, glose)).collect()
}

fn entiere(ici: Ici<'_>, atelier: &Atelier, index: usize, glose: &mut Glose<'_>) -> FicheEntiere {
    let fiche = &atelier.fiches[index];
    let ancre = format!("fiche--{}", fiche.id.slug);
    let parmi = format!("{ancre}--");
    let place = LinkBase { parmi: &parmi, ..ici.place() };
    let tied = |nature| bilan(ici, atelier, index, (nature, false));
    let niveaux = fiche.niveaux.iter().map(|n| n.label().to_string());
    FicheEntiere {
        ancres: Vec::new(),
        href: ici.lien(&address::fiche(&fiche.id)),
        titre: texte_en(atelier.langue_de(fiche), &titre_affiche(fiche), None, None),
        titre_calcule: fiche.titre.is_none(),
        texte: corps_en(atelier.langue_de(fiche), &fiche.corps, place, glose),
        contribution: !fiche.est_de_la_synthese(),
        date: fiche.jour().map(|d| d.french()),
        auteurs: plain(&french::enumerate(&fiche.auteurs)),
        cles: niveaux.chain(places(fiche)).collect(),
        liens: fiche
            .liens
            .iter()
            .enumerate()
            .map(|(n, lien)| lien_externe(ici, fiche, n + 1, lien))
            .collect(),
        points_forts: tied(Nature::PointFort),
        irritants: tied(Nature::Irritant),
        ancre,
    }
}
