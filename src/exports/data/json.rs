//! JSON: one document for each workshop, described by `schema.json`.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::{edges, page_address, said};
use crate::{
    markdown::{plain, plain_en},
    model::{Fiche, Langue, Lien, Tableau},
    site::{Arete, Atelier, BlocPlace, Site, address, titre_affiche},
};

/// A workshop: what comes before its fiches, and what comes after.
pub(super) fn around(site: &Site, atelier: &Atelier) -> (Vec<u8>, Vec<u8>) {
    let s = &atelier.synthese;
    let thematiques: Vec<Value> = site
        .thematiques
        .iter()
        .map(|t| json!({ "id": t.id.as_str(), "numero": t.numero.value, "titre": plain(&t.titre) }))
        .collect();
    let tableaux: Vec<Value> =
        s.tableaux_dans_l_ordre().into_iter().map(|t| table(site, atelier, t)).collect();
    let document = json!({
        "version": 1,
        "synthese": {
            "id": s.id.as_str(),
            "titre": plain(&s.titre),
            "territoire": s.territoire,
            "annee": s.annee,
            "licence": s.licence,
            "adresse": page_address(site, &address::synthese(&s.id), None),
        },
        "thematiques": thematiques,
        "tableaux": tableaux,
        "fiches": [],
    });
    // No text can hold the mark of their place: in a text its quotes would be escaped.
    const PLACE: &str = r#""fiches":["#;
    let document = document.to_string();
    let (before, after) = document.split_once(PLACE).unwrap_or((&document, ""));
    (format!("{before}{PLACE}").into_bytes(), format!("{after}\n").into_bytes())
}

/// Some fiches of the document, with the commas between them.
pub(super) fn fiches(site: &Site, atelier: &Atelier, fiches: &[Arc<Fiche>]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(fiches.len() * super::ROOM);
    for (n, source) in fiches.iter().enumerate() {
        bytes.extend_from_slice(if n == 0 { b"" } else { b"," });
        // A vector never refuses bytes, and no key of a fiche is anything but a text.
        let _ = serde_json::to_writer(&mut bytes, &fiche(site, atelier, source));
    }
    bytes
}

fn table(site: &Site, atelier: &Atelier, tableau: Tableau) -> Value {
    let heading = &atelier.synthese.tableaux[&tableau];
    let blocs: Vec<Value> = atelier
        .blocs
        .iter()
        .enumerate()
        .filter(|(_, place)| place.tableau == tableau)
        .map(|(i, place)| bloc(site, atelier, i, place))
        .collect();
    json!({
        "id": atelier.synthese.id_du_tableau(tableau),
        "titre": plain(&heading.intitule.titre.value),
        "colonnes": heading.colonnes.iter().map(|c| plain(&c.texte.value)).collect::<Vec<_>>(),
        "blocs": blocs,
    })
}

fn bloc(site: &Site, atelier: &Atelier, index: usize, place: &BlocPlace) -> Value {
    let page = address::tableau(&atelier.synthese, place.tableau);
    let links: Vec<Value> =
        edges(site, atelier, index).into_iter().map(|(target, edge)| link(&target, edge)).collect();
    let langue = atelier.langue_du_bloc(index);
    let enonces = place.bloc.textes.iter().map(|t| plain_en(langue, &t.value));
    let enonces = enonces.collect::<Vec<_>>();
    let mut bloc = json!({
        "id": place.bloc.id.value.as_str(),
        "thematique": place.thematique.as_str(),
        "nature": place.bloc.nature.map_or_else(|| place.bloc.cle.value.clone(), |n| n.slug().into()),
        "enonces": enonces,
        "lignes": place.lignes,
        "rangees": place.rangees,
        "rapprochements": links,
        "adresse": page_address(site, &page, Some(place.bloc.id.value.as_str())),
    });
    if let Some(langue) = langue {
        bloc["langue"] = langue.tag().into();
    }
    bloc
}

fn link(target: &str, edge: &Arete) -> Value {
    json!({
        "vers": target,
        "preuve": edge.preuve.slug(),
        "raison": edge.raison.as_deref().map(plain),
        "nom": edge.nom,
    })
}

/// A fiche as it is written: its keys are in alphabetical order, as those of all objects of the file.
#[derive(Serialize)]
struct FicheJson<'a> {
    adresse: String,
    auteurs: &'a [String],
    commune: Option<&'a str>,
    date: Option<String>,
    etablissement: Option<&'a str>,
    id: &'a str,
    irritants: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    langue: Option<&'a str>,
    liens: Vec<LienJson<'a>>,
    lignes: Option<&'a [usize]>,
    mots_cles: Vec<String>,
    niveaux: Vec<&'static str>,
    numero: usize,
    origine: &'static str,
    points_forts: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sous_thematiques: Vec<String>,
    texte: Vec<String>,
    thematique: &'a str,
    titre: String,
}

#[derive(Serialize)]
struct LienJson<'a> {
    /// The dated copy that an editor gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    copie: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sante: Option<SanteJson<'a>>,
    titre: Option<String>,
    #[serde(rename = "type")]
    type_lien: Option<&'static str>,
    url: &'a str,
}

/// Health of a link, once it was checked.
#[derive(Serialize)]
struct SanteJson<'a> {
    archive: Option<&'a str>,
    code: Option<usize>,
    en_panne: Option<String>,
    mort: bool,
    repondait: Option<String>,
    resultat: &'static str,
    vers: Option<&'a str>,
}

fn sante<'a>(site: &'a Site, lien: &'a Lien) -> Option<SanteJson<'a>> {
    let etat = site.sante.de(lien.url.as_ref()?)?;
    Some(SanteJson {
        archive: lien.url_archive.as_ref().map(url::Url::as_str),
        code: etat.code,
        en_panne: etat.en_panne.map(|day| day.to_string()),
        mort: etat.est_mort(),
        repondait: etat.repondait.map(|day| day.to_string()),
        resultat: etat.resultat.slug(),
        vers: etat.vers.as_deref(),
    })
}

fn fiche<'a>(site: &'a Site, atelier: &'a Atelier, fiche: &'a Fiche) -> FicheJson<'a> {
    let liens = fiche.liens.iter().filter(|lien| lien.url.is_some()).map(|lien| LienJson {
        copie: lien.url_archive.as_ref().map(url::Url::as_str),
        sante: sante(site, lien),
        titre: lien.titre.as_deref().map(plain),
        type_lien: lien.type_lien.map(|t| t.slug()),
        url: &lien.texte.value,
    });
    let thematique = site.thematique(&fiche.thematique.value);
    let langue = atelier.langue_de(fiche);
    FicheJson {
        adresse: page_address(site, &address::fiche(&fiche.id), None),
        auteurs: &fiche.auteurs,
        commune: fiche.commune.as_deref(),
        date: fiche.jour().map(|day| day.to_string()),
        etablissement: fiche.etablissement.as_deref(),
        id: fiche.id.slug.as_str(),
        irritants: said(langue, &fiche.irritants),
        langue: langue.map(Langue::tag),
        liens: liens.collect(),
        lignes: fiche.lignes.as_ref().map(|lignes| lignes.value.as_slice()),
        mots_cles: said(None, &fiche.mots_cles),
        niveaux: fiche.niveaux.iter().map(|n| n.slug()).collect(),
        numero: thematique.map_or(0, |t| t.numero.value),
        origine: if fiche.est_de_la_synthese() { "synthese" } else { "contribution" },
        points_forts: said(langue, &fiche.points_forts),
        sous_thematiques: said(None, &fiche.sous_thematiques),
        texte: said(langue, &fiche.corps.blocs),
        thematique: fiche.thematique.value.as_str(),
        titre: plain_en(langue, &titre_affiche(fiche)),
    }
}
