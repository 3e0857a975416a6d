//! Site → open data: the tables and the fiches of each workshop, as spreadsheets and as JSON.

mod json;
mod sheets;

use std::sync::Arc;

use crate::{
    markdown::plain,
    site::{Atelier, Site, address},
    source::OutputPath,
};

/// The JSON Schema of what [`files`] gives as JSON.
pub const SCHEMA: &str = include_str!("schema.json");

/// A file of data.
#[derive(Clone, Debug, PartialEq)]
pub struct DataFile {
    /// Where it is published.
    pub path: OutputPath,
    /// The workshop, an index into the site; `None` for the schema.
    pub atelier: Option<usize>,
    /// What is in it: « Diagnostic ».
    pub quoi: String,
    /// « CSV », « JSON ».
    pub format: &'static str,
    /// The file.
    pub bytes: Arc<[u8]>,
}

/// Every file of data, workshop by workshop, the schema last.
pub fn files(site: &Site) -> Vec<DataFile> {
    let mut all = Vec::new();
    for (a, atelier) in site.ateliers.iter().enumerate() {
        let id = &atelier.synthese.id;
        let mut add = |name: String, quoi: String, format, bytes: Vec<u8>| {
            let path = address::data(&name);
            all.push(DataFile { path, atelier: Some(a), quoi, format, bytes: bytes.into() });
        };
        for tableau in atelier.synthese.tableaux.keys() {
            let name = format!("{id}/{}.csv", tableau.folder());
            add(name, tableau.label().into(), "CSV", sheets::table(site, atelier, *tableau));
        }
        if !atelier.fiches.is_empty() {
            let quoi = "Retours d’expérience".to_string();
            add(format!("{id}/retex.csv"), quoi, "CSV", sheets::fiches(site, atelier));
        }
        add(format!("{id}/donnees.json"), "Tout".into(), "JSON", json::workshop(site, atelier));
    }
    if !all.is_empty() {
        all.push(DataFile {
            path: address::data("schema.json"),
            atelier: None,
            quoi: "Schéma des données".into(),
            format: "JSON",
            bytes: SCHEMA.as_bytes().into(),
        });
    }
    all
}

/// The address of a page, whole when the site has one, from its root otherwise.
fn page_address(site: &Site, page: &OutputPath, anchor: Option<&str>) -> String {
    let mut address = match &site.config.url {
        Some(url) => format!("{}/{page}", url.as_str().trim_end_matches('/')),
        None => page.to_string(),
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

/// The links that start at a bloc: what they lead to, and their proof.
fn edges(atelier: &Atelier, bloc: usize) -> Vec<(String, &crate::site::Arete)> {
    use crate::site::Bout;
    let target = |bout| match bout {
        Bout::Bloc(i, None) => atelier.blocs[i].bloc.id.value.to_string(),
        Bout::Bloc(i, Some(n)) => atelier.blocs[i].bloc.ancre(n),
        Bout::Fiche(i) => format!("retex/{}", atelier.fiches[i].id.slug),
    };
    let mine = atelier.rapprochements.iter();
    mine.filter(|edge| matches!(edge.de, Bout::Bloc(i, _) if i == bloc))
        .map(|edge| (target(edge.vers), edge))
        .collect()
}
