//! Site → open data: the tables and the fiches of each workshop, as spreadsheets and as JSON.

mod json;
mod sheets;

use std::{ops::Deref, sync::Arc};

use rayon::prelude::*;

use crate::{
    markdown::plain,
    model::{Fiche, Tableau},
    output::{DataFile, Emit},
    site::{Arete, Atelier, Bout, Site, address},
    source::{OutputPath, Spanned},
};

/// The JSON Schema of what [`files`] gives as JSON.
pub const SCHEMA: &str = include_str!("schema.json");

/// Content of a file of data.
#[derive(Clone, Copy, Debug)]
enum Quoi {
    Tableau(Tableau),
    Fiches,
    Tout,
}

/// Content of a file of all the workshops.
#[derive(Clone, Copy, Debug)]
enum Ensemble {
    Tableaux,
    Fiches,
}

/// Makes every file of data, workshop by workshop, the schema last; gives what the page of data says of them.
pub fn files(site: &Site, emit: Emit<'_>) -> Vec<DataFile> {
    let mut wanted = Vec::new();
    for (a, atelier) in site.ateliers.iter().enumerate() {
        wanted.extend(
            atelier.synthese.tableaux_dans_l_ordre().into_iter().map(|t| (a, Quoi::Tableau(t))),
        );
        if !atelier.fiches.is_empty() {
            wanted.push((a, Quoi::Fiches));
        }
        wanted.push((a, Quoi::Tout));
    }
    let mut all: Vec<DataFile> =
        wanted.par_iter().map(|(a, quoi)| file(site, (*a, *quoi), emit)).collect();
    if site.plusieurs() {
        let whole = [Ensemble::Tableaux, Ensemble::Fiches];
        all.extend(whole.map(|of| ensemble(site, of, emit)));
    }
    if !all.is_empty() {
        let path = address::data("schema.json");
        let schema = schema(site);
        let poids = schema.len();
        emit(path.clone(), schema.into_bytes().into());
        all.push(DataFile {
            path,
            atelier: None,
            quoi: "Schéma des données".into(),
            format: "JSON",
            poids,
        });
    }
    all
}

/// The schema of the data of a site: with the health of links, once they were checked.
fn schema(site: &Site) -> String {
    if site.sante.est_vide() {
        return SCHEMA.to_string();
    }
    const PLACE: &str = "\"description\": \"Une ressource\",\n              \"properties\": {";
    SCHEMA.replacen(PLACE, &[PLACE, SANTE].concat(), 1)
}

/// Health of a link, for the schema.
const SANTE: &str = r#"
                "sante": {
                  "type": "object",
                  "description": "Ce que la dernière vérification du lien a vu ; absente s’il n’a pas été vérifié",
                  "properties": {
                    "resultat": { "type": "string" },
                    "mort": { "type": "boolean" },
                    "code": { "type": ["integer", "null"] },
                    "repondait": { "type": ["string", "null"], "format": "date" },
                    "en_panne": { "type": ["string", "null"], "format": "date" },
                    "vers": { "type": ["string", "null"], "format": "uri" },
                    "archive": { "type": ["string", "null"], "format": "uri" }
                  },
                  "required": ["resultat", "mort", "code", "repondait", "en_panne", "vers", "archive"],
                  "additionalProperties": false
                },"#;

/// Fiches that a thread writes together.
const TOGETHER: usize = 16;
/// Bytes that a fiche takes, about.
const ROOM: usize = 4 * 1024;

fn file(site: &Site, (a, wanted): (usize, Quoi), emit: Emit<'_>) -> DataFile {
    let atelier = &site.ateliers[a];
    let id = &atelier.synthese.id;
    let (name, quoi, format) = match wanted {
        Quoi::Tableau(t) => {
            let s = &atelier.synthese;
            (format!("{id}/{}.csv", s.id_du_tableau(t)), s.nom_du_tableau(t), "CSV")
        }
        Quoi::Fiches => (format!("{id}/retex.csv"), SANS_TEXTE.into(), "CSV"),
        Quoi::Tout => (format!("{id}/donnees.json"), "Tout".into(), "JSON"),
    };
    let path = address::data(&name);
    let together = |write: &(dyn Fn(&[Arc<Fiche>]) -> Vec<u8> + Sync)| -> Vec<Vec<u8>> {
        atelier.fiches.par_chunks(TOGETHER).map(write).collect()
    };
    let bytes = match wanted {
        Quoi::Tableau(t) => sheets::table(site, atelier, t),
        Quoi::Fiches => {
            let fiches = together(&|some| sheets::fiches(site, some));
            [sheets::heading_of_fiches(site), fiches.concat()].concat()
        }
        Quoi::Tout => {
            let (before, after) = json::around(site, atelier);
            let fiches = together(&|some| json::fiches(site, some));
            [before, fiches.join(&b","[..]), after].concat()
        }
    };
    let poids = bytes.len();
    emit(path.clone(), bytes.into());
    DataFile { path, atelier: Some(a), quoi, format, poids }
}

/// The fiches, as a sheet holds them.
const SANS_TEXTE: &str = "Retours d’expérience, sans leur texte, que donne le fichier JSON";

/// A file of all the workshops: the rows of their tables, or their fiches.
fn ensemble(site: &Site, of: Ensemble, emit: Emit<'_>) -> DataFile {
    let (name, quoi) = match of {
        Ensemble::Tableaux => ("tout/tableaux.csv", "Tableaux de tous les ateliers"),
        Ensemble::Fiches => (
            "tout/retex.csv",
            "Retours d’expérience de tous les ateliers, sans leur texte, que donne le JSON de chacun",
        ),
    };
    let rows = |atelier: &Atelier| match of {
        Ensemble::Tableaux => sheets::tables_of_all(site, atelier),
        Ensemble::Fiches => sheets::fiches_of_all(site, atelier),
    };
    let heading = match of {
        Ensemble::Tableaux => sheets::heading_of_all_tables(),
        Ensemble::Fiches => sheets::heading_of_all_fiches(site),
    };
    let rows: Vec<Vec<u8>> = site.ateliers.par_iter().map(rows).collect();
    let bytes = [heading, rows.concat()].concat();
    let (path, poids) = (address::data(name), bytes.len());
    emit(path.clone(), bytes.into());
    DataFile { path, atelier: None, quoi: quoi.into(), format: "CSV", poids }
}

/// The address of a page, whole when the site has one, from its root otherwise.
fn page_address(site: &Site, page: &OutputPath, anchor: Option<&str>) -> String {
    let mut address = match &site.config.url {
        Some(url) => [url.as_str().trim_end_matches('/'), "/", page.as_str()].concat(),
        None => page.as_str().to_string(),
    };
    if let Some(anchor) = anchor {
        address.push('#');
        address.push_str(anchor);
    }
    address
}

/// Number and title of a thématique.
fn thematique(site: &Site, id: &crate::source::Slug) -> (usize, String) {
    site.thematique(id).map_or((0, String::new()), |t| (t.numero.value, plain(&t.titre)))
}

/// The links that start at a bloc, and those that a fiche starts, which the data give nowhere else: what they lead to,
/// and their proof.
fn edges<'a>(site: &Site, atelier: &'a Atelier, bloc: usize) -> Vec<(String, &'a Arete)> {
    let target = |bout| match bout {
        Bout::Bloc(i, None) => atelier.blocs[i].bloc.id.value.to_string(),
        Bout::Bloc(i, Some(n)) => atelier.blocs[i].bloc.ancre(n),
        fiche => atelier.adresse(fiche),
    };
    let is_mine = |bout| matches!(bout, Bout::Bloc(i, _) if i == bloc);
    let is_fiche = |bout| matches!(bout, Bout::Fiche(_));
    let mine = atelier.rapprochements.iter().filter_map(|edge| {
        let of_a_fiche = is_fiche(edge.de) && is_mine(edge.vers);
        let other = is_mine(edge.de).then_some(edge.vers).or(of_a_fiche.then_some(edge.de));
        Some((target(other?), edge))
    });
    let away = atelier
        .ponts
        .iter()
        .filter(|pont| is_mine(pont.ici) && (pont.part_d_ici || is_fiche(pont.autre.1)));
    mine.chain(away.map(|pont| (site.adresse(pont.autre), &pont.arete))).collect()
}

/// Texts as a reader of the site sees them.
fn said(list: &[Spanned<impl Deref<Target = str>>]) -> Vec<String> {
    list.iter().map(|text| plain(&text.value)).collect()
}
