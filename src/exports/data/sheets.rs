//! Spreadsheets: CSV as French software expects it, with semicolons and a byte-order mark. A cell that a
//! spreadsheet would take for a formula begins with an apostrophe.

use std::{borrow::Cow, sync::Arc};

use super::{edges, page_address, said, thematique};
use crate::{
    markdown::{plain, plain_en},
    model::{Fiche, Tableau, Vie},
    site::{Atelier, BlocPlace, Site, address, titre_affiche},
};

/// Columns of the sheet of a table.
const OF_TABLE: [&str; 9] = [
    "N° de thématique",
    "Thématique",
    "Rangée",
    "Nature",
    "Identifiant",
    "Texte",
    "Lignes du document reçu",
    "Rapprochements",
    "Adresse",
];

/// Columns that come first in the sheets of all the workshops.
const OF_ALL: [&str; 3] = ["Synthèse", "Territoire", "Année"];

/// One table: a row for each énoncé.
pub(super) fn table(site: &Site, atelier: &Atelier, tableau: Tableau) -> Vec<u8> {
    let mut sheet = Sheet::new(&OF_TABLE);
    rows_of_table(site, atelier, tableau, |cells| sheet.row(&cells));
    sheet.done()
}

/// First row of the sheet of all tables.
pub(super) fn heading_of_all_tables() -> Vec<u8> {
    Sheet::new(&[&OF_ALL[..], &["Tableau"], &OF_TABLE].concat()).done()
}

/// The rows of all tables of a workshop.
pub(super) fn tables_of_all(site: &Site, atelier: &Atelier) -> Vec<u8> {
    let mut sheet = Sheet::rows(Vec::new());
    let whose = of_all(atelier);
    for tableau in atelier.synthese.tableaux.keys() {
        let name = [atelier.synthese.nom_du_tableau(*tableau)];
        rows_of_table(site, atelier, *tableau, |cells| {
            sheet.row(&[&whose[..], &name, &cells].concat());
        });
    }
    sheet.done()
}

fn of_all(atelier: &Atelier) -> [String; 3] {
    let s = &atelier.synthese;
    [s.id.to_string(), plain(&s.territoire), s.annee.to_string()]
}

fn rows_of_table(
    site: &Site,
    atelier: &Atelier,
    tableau: Tableau,
    mut put: impl FnMut([String; 9]),
) {
    let page = address::tableau(&atelier.synthese, tableau);
    let own = atelier.blocs.iter().enumerate().filter(|(_, b)| b.tableau == tableau);
    let mut own: Vec<(usize, &BlocPlace)> = own.collect();
    own.sort_by_cached_key(|(_, place)| atelier.debut(&place.thematique, tableau));
    for (i, place) in own {
        let (numero, titre) = thematique(site, &place.thematique);
        let links: Vec<String> = edges(site, atelier, i)
            .iter()
            .map(|(target, edge)| format!("{target} ({})", edge.preuve.label()))
            .collect();
        for (n, text) in place.bloc.textes.iter().enumerate() {
            let anchor = place.bloc.ancre(n + 1);
            put([
                numero.to_string(),
                titre.clone(),
                numbers(&place.rangees),
                atelier.nature(place),
                anchor.clone(),
                plain_en(atelier.langue_du_bloc(i), &text.value),
                numbers(&place.lignes),
                links.join("\n"),
                page_address(site, &page, Some(&anchor)),
            ]);
        }
    }
}

/// Columns of the sheet of fiches. Their text is in the JSON and on the pages: a third copy would be a fifth of a large site.
const OF_FICHES: [&str; 16] = [
    "Identifiant",
    "Origine",
    "N° de thématique",
    "Thématique",
    "Titre",
    "Niveaux",
    "Mots-clés",
    "Points forts",
    "Irritants",
    "École ou établissement",
    "Commune",
    "Date",
    "Auteurs",
    "Liens",
    "Lignes du document reçu",
    "Adresse",
];
/// Column that comes last once links were checked.
const SANTE: &str = "Santé des liens";

/// First row of the sheet of fiches.
pub(super) fn heading_of_fiches(site: &Site) -> Vec<u8> {
    Sheet::new(&[&OF_FICHES[..], sante(site)].concat()).done()
}

fn sante(site: &Site) -> &'static [&'static str] {
    if site.sante.est_vide() { &[] } else { &[SANTE] }
}

/// First row of the sheet of the fiches of all workshops.
pub(super) fn heading_of_all_fiches(site: &Site) -> Vec<u8> {
    Sheet::new(&[&OF_ALL[..], &OF_FICHES, sante(site)].concat()).done()
}

/// Some of the fiches.
pub(super) fn fiches(site: &Site, atelier: &Atelier, fiches: &[Arc<Fiche>]) -> Vec<u8> {
    let mut sheet = Sheet::rows(Vec::with_capacity(fiches.len() * super::ROOM));
    for fiche in fiches {
        sheet.row(&row_of_fiche(site, atelier, fiche));
    }
    sheet.done()
}

/// The fiches of a workshop.
pub(super) fn fiches_of_all(site: &Site, atelier: &Atelier) -> Vec<u8> {
    let mut sheet = Sheet::rows(Vec::new());
    let whose = of_all(atelier);
    for fiche in &atelier.fiches {
        sheet.row(&[&whose[..], &row_of_fiche(site, atelier, fiche)].concat());
    }
    sheet.done()
}

fn row_of_fiche(site: &Site, atelier: &Atelier, fiche: &Fiche) -> Vec<String> {
    let (numero, titre) = thematique(site, &fiche.thematique.value);
    let niveaux: Vec<&str> = fiche.niveaux.iter().map(|n| n.label()).collect();
    let liens: Vec<&str> = fiche
        .liens
        .iter()
        .filter(|lien| lien.url.is_some())
        .map(|lien| lien.texte.value.as_str())
        .collect();
    let (received, langue) = (fiche.est_de_la_synthese(), atelier.langue_de(fiche));
    let mut row = vec![
        fiche.id.slug.to_string(),
        if received { "synthèse" } else { "contribution" }.to_string(),
        numero.to_string(),
        titre,
        plain_en(langue, &titre_affiche(fiche)),
        niveaux.join("\n"),
        said(None, &fiche.mots_cles).join("\n"),
        said(langue, &fiche.points_forts).join("\n"),
        said(langue, &fiche.irritants).join("\n"),
        fiche.etablissement.clone().unwrap_or_default(),
        fiche.commune.clone().unwrap_or_default(),
        fiche.jour().map_or_else(String::new, |day| day.to_string()),
        fiche.auteurs.join("\n"),
        liens.join("\n"),
        fiche.lignes.as_ref().map_or_else(String::new, |l| numbers(&l.value)),
        page_address(site, &address::fiche(&fiche.id), None),
    ];
    if !site.sante.est_vide() {
        row.push(liens_suivis(site, fiche));
    }
    row
}

/// Health of each link of a fiche, a line each, in the order of the links.
fn liens_suivis(site: &Site, fiche: &Fiche) -> String {
    let urls = fiche.liens.iter().filter_map(|lien| lien.url.as_ref());
    let said = urls.map(|url| {
        let Some(etat) = site.sante.de(url) else { return "non vérifié".to_string() };
        let (word, day) = match etat.vie() {
            Vie::Mort => ("ne répond plus", etat.en_panne),
            Vie::Absent => ("n’a pas répondu", etat.derniere_panne),
            Vie::Vivant | Vie::Deplace => ("répondait", etat.repondait),
            Vie::Inconnu => ("non vérifié", None),
        };
        [word.to_string(), day.map_or_else(String::new, |day| format!(" {day}"))].concat()
    });
    said.collect::<Vec<_>>().join("\n")
}

fn numbers(lines: &[usize]) -> String {
    lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// A sheet being written.
struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    /// With its heading.
    fn new(heading: &[&str]) -> Self {
        // Without it, spreadsheets read the accents as something else.
        let mut sheet = Self::rows("\u{feff}".as_bytes().to_vec());
        sheet.row(heading);
        sheet
    }

    /// Rows of a sheet that was begun.
    fn rows(before: Vec<u8>) -> Self {
        let mut builder = csv::WriterBuilder::new();
        builder.delimiter(b';').terminator(csv::Terminator::CRLF);
        Self(builder.from_writer(before))
    }

    fn row(&mut self, cells: &[impl AsRef<str>]) {
        let cells = cells.iter().map(|cell| neutral(cell.as_ref()));
        // A vector never refuses bytes, and every row has the cells of its heading.
        let _ = self.0.write_record(cells);
    }

    fn done(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

/// A cell that no spreadsheet takes for a formula (OWASP, *CSV Injection*).
fn neutral(cell: &str) -> Cow<'_, [u8]> {
    if is_formula(cell) { [b"'", cell.as_bytes()].concat().into() } else { cell.as_bytes().into() }
}

/// True when a spreadsheet may take a cell for a formula. Some trim its spaces first, and those made for the scripts of
/// East Asia read the full-width signs as the others.
fn is_formula(cell: &str) -> bool {
    let is_control = |c: char| matches!(c, '\t' | '\r' | '\n');
    let begins = |c: char| {
        matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹢' | '﹣' | '﹦' | '﹫')
    };
    // A mark of the order of bytes is no space, and is dropped as spaces are.
    let seen = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let skipped = &cell[..cell.len() - seen.len()];
    skipped.contains(is_control) || seen.starts_with(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        let mut sheet = Sheet::new(&["a", "b"]);
        sheet.row(&["=1+1", "é;\"x\"\ny"]);
        let text = String::from_utf8(sheet.done()).unwrap();
        assert_eq!(text, "\u{feff}a;b\r\n'=1+1;\"é;\"\"x\"\"\ny\"\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in [
            "=1",
            "+1",
            "-1",
            "@A",
            "\t=1",
            "\ta",
            "\ra",
            "\na",
            " =1",
            "\u{a0}=1",
            "\u{202f}@A",
            " \n=1",
            "＝1",
            "﹣1",
            "﹦1",
            "＋1",
            "－1",
            "＠A",
            "\u{3000}＝1",
            "\u{feff}=1",
        ] {
            assert!(neutral(formula).starts_with(b"'"), "{formula:?}");
        }
        for text in
            ["1+1", "", " ", " a", "a\n=1", "«=»", "−1", "'=1", "3", "https://exemple.fr/?a=b"]
        {
            assert_eq!(*neutral(text), *text.as_bytes(), "{text:?}");
        }
    }
}
