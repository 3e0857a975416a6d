//! `liens.toml`: the health of the external links, which `retex liens` writes. Nothing wrong in it stops a build.

use super::{
    keys,
    links::web_address,
    reader::{Reader, read, top_of},
};
use crate::{
    diag::{Code, Diagnostic, Severity},
    model::{EtatLien, Resultat, Sante},
    source::{Snapshot, Span},
};

/// Path of the file, beside the content.
pub const SANTE: &str = "liens.toml";

/// Marks that a merge leaves where two versions differ.
const MARKS: [&str; 3] = ["<<<<<<<", "=======", ">>>>>>>"];

/// Health of the links; what is wrong in the file is said as a warning, and the entry is left out.
pub(super) fn of(snapshot: &Snapshot, diags: &mut Vec<Diagnostic>) -> Sante {
    let Some(file) = snapshot.files.get(SANTE) else { return Sante::default() };
    let Some(text) = file.as_text() else { return Sante::default() };
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if MARKS.iter().any(|mark| line.starts_with(mark)) {
            let span = Span::new(&file.path, at..at + line.trim_end().len());
            found.push(
                Diagnostic::new(
                    Code::LiensEnConflit,
                    "deux versions de ce fichier attendent d’être réunies",
                )
                .at(&span, "")
                .help("gardez l’une des deux et retirez les lignes <<<<<<<, ======= et >>>>>>> ; « retex liens » récrira le reste"),
            );
            break;
        }
        at += line.len();
    }
    let top = top_of(&file.path, text);
    let mut sante = Sante::default();
    if found.is_empty() {
        let entries = read(&keys::SANTE, &file.path, text, 0, top, &mut found, |r| {
            r.tables("adresses", entry)
        });
        sante.0.extend(entries);
    }
    found.iter_mut().for_each(|d| d.severity = d.severity.max(Severity::Warning));
    diags.extend(found);
    sante
}

/// An address as it is written, when it can be followed; it is the one of a host, secure or not.
fn followed(r: &mut Reader<'_, '_>, key: &'static str) -> Option<String> {
    let text = r.text(key)?;
    match web_address(&text.value) {
        Ok(_) => Some(text.value),
        Err(why) => {
            r.push(why.at(&text.span, ""));
            None
        }
    }
}

fn entry(r: &mut Reader<'_, '_>) -> Option<(String, EtatLien)> {
    let adresse = r.text("adresse");
    let resultat = r.word("resultat", Resultat::from_slug);
    let etat = EtatLien {
        code: r.number("code").map(|n| n.value),
        repondait: r.date("repondait").map(|d| d.value),
        en_panne: r.date("en_panne").map(|d| d.value),
        derniere_panne: r.date("derniere_panne").map(|d| d.value),
        pannes: r.number("pannes").map_or(0, |n| n.value),
        vers: followed(r, "vers"),
        copie: followed(r, "copie"),
        resultat: resultat?.value,
    };
    Some((adresse?.value, etat))
}
