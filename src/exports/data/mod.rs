//! Site → open data: the tables and the fiches of each workshop, as spreadsheets and as JSON.

mod json;
mod sheets;

use std::{ops::Deref, sync::Arc};

use rayon::prelude::*;

use crate::{
    markdown::{plain, plain_en},
    model::{Fiche, Langue, Tableau},
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
        let all_of = |heading: Vec<u8>, rows: fn(&Site, &Atelier) -> Vec<u8>| {
            let rows: Vec<Vec<u8>> = site.ateliers.par_iter().map(|a| rows(site, a)).collect();
            [heading, rows.concat()].concat()
        };
        let tables = all_of(sheets::heading_of_all_tables(), sheets::tables_of_all);
        let fiches = all_of(sheets::heading_of_all_fiches(site), sheets::fiches_of_all);
        all.push(put(emit, None, ("tout/tableaux.csv", TABLEAUX_DE_TOUS), tables));
        all.push(put(emit, None, ("tout/retex.csv", FICHES_DE_TOUS), fiches));
    }
    if !all.is_empty() {
        let schema = schema(site).into_bytes();
        all.push(put(emit, None, ("schema.json", "Schéma des données"), schema));
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
    let (name, quoi) = match wanted {
        Quoi::Tableau(t) => {
            let s = &atelier.synthese;
            (format!("{id}/{}.csv", s.id_du_tableau(t)), s.nom_du_tableau(t))
        }
        Quoi::Fiches => (format!("{id}/retex.csv"), SANS_TEXTE.into()),
        Quoi::Tout => (format!("{id}/donnees.json"), "Tout".into()),
    };
    let together = |write: &(dyn Fn(&[Arc<Fiche>]) -> Vec<u8> + Sync)| -> Vec<Vec<u8>> {
        atelier.fiches.par_chunks(TOGETHER).map(write).collect()
    };
    let bytes = match wanted {
        Quoi::Tableau(t) => sheets::table(site, atelier, t),
        Quoi::Fiches => {
            let fiches = together(&|some| sheets::fiches(site, atelier, some));
            [sheets::heading_of_fiches(site), fiches.concat()].concat()
        }
        Quoi::Tout => {
            let (before, after) = json::around(site, atelier);
            let fiches = together(&|some| json::fiches(site, atelier, some));
            [before, fiches.join(&b","[..]), after].concat()
        }
    };
    put(emit, Some(a), (&name, &quoi), bytes)
}

/// The fiches, as a sheet holds them.
const SANS_TEXTE: &str = "Retours d’expérience, sans leur texte, que donne le fichier JSON";

/// The rows of the tables of all the workshops.
const TABLEAUX_DE_TOUS: &str = "Tableaux de tous les ateliers";

/// The fiches of all the workshops.
const FICHES_DE_TOUS: &str =
    "Retours d’expérience de tous les ateliers, sans leur texte, que donne le JSON de chacun";

/// Emits a file, and says of it what the page of data does: its name, then what it holds.
fn put(
    emit: Emit<'_>,
    atelier: Option<usize>,
    (name, quoi): (&str, &str),
    bytes: Vec<u8>,
) -> DataFile {
    let (path, poids) = (address::data(name), bytes.len());
    let format = if name.ends_with(".csv") { "CSV" } else { "JSON" };
    emit(path.clone(), bytes.into());
    DataFile { path, atelier, quoi: quoi.into(), format, poids }
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
fn said(langue: Option<&Langue>, list: &[Spanned<impl Deref<Target = str>>]) -> Vec<String> {
    list.iter().map(|text| plain_en(langue, &text.value)).collect()
}
