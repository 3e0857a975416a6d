//! `synthese.toml` and `methode.md`.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Findings, body, header, keys,
    reader::{Reader, read, top_of},
};
use crate::{
    diag::{Code, Diagnostic},
    model::{
        Colonne, EtatSynthese, Exclusion, Intitule, Methode, Nature, Retrait, Synthese, Tableau,
        TableauEntete,
    },
    source::{SitePath, Slug, Span},
};

pub(super) fn synthese(
    path: &SitePath,
    id: Slug,
    text: &str,
    diags: &mut Vec<Diagnostic>,
) -> Option<Synthese> {
    read(&keys::SYNTHESE, path, text, 0, top_of(path, text), diags, |r| {
        let titre = r.text("titre");
        let territoire = r.text("territoire");
        let annee = r.number("annee");
        let etat = r.word("etat", EtatSynthese::ALL, EtatSynthese::slug);
        let synthese = Synthese {
            id,
            path: path.clone(),
            licence: r.text("licence").map(|t| t.value),
            etat: etat.map_or(EtatSynthese::Complete, |w| w.value),
            sha256: r.text("sha256"),
            retex: r.table("retex", intitule).flatten(),
            tableaux: tableaux(r),
            exclusions: r.tables("exclusions", exclusion),
            retraits: r.tables("retraits", retrait),
            methode: None,
            titre: titre?.value,
            territoire: territoire?.value,
            annee: u16::try_from(annee?.value).unwrap_or(u16::MAX),
        };
        Some(synthese)
    })
}

fn tableaux(r: &mut Reader<'_, '_>) -> BTreeMap<Tableau, TableauEntete> {
    let mut found = BTreeMap::new();
    for tableau in Tableau::ALL {
        if let Some(Some(entete)) = r.table(tableau.slug(), |r| entete(*tableau, r)) {
            found.insert(*tableau, entete);
        }
    }
    found
}

fn entete(tableau: Tableau, r: &mut Reader<'_, '_>) -> Option<TableauEntete> {
    let intitule = intitule(r);
    let lignes_colonnes = r.numbers("lignes_colonnes");
    let place = r.place().clone();
    let before = r.said();
    let colonnes = r.tables("colonnes", colonne);
    if r.said() == before {
        natures_once(tableau, &colonnes, &place, r);
    }
    Some(TableauEntete { intitule: intitule?, lignes_colonnes, colonnes })
}

/// Each nature of a table has its column, and only one.
fn natures_once(tableau: Tableau, colonnes: &[Colonne], place: &Span, r: &mut Reader<'_, '_>) {
    let wanted = tableau.natures();
    let held: Vec<Nature> = colonnes.iter().flat_map(|c| c.natures.iter().copied()).collect();
    for nature in wanted {
        let slug = nature.slug();
        let diagnostic = match held.iter().filter(|h| *h == nature).count() {
            1 => continue,
            0 => Diagnostic::new(
                Code::CleManquante,
                format!("aucune colonne n’a la nature « {slug} »"),
            )
            .help(format!(
                "ajoutez « {slug} » aux « natures » d’une colonne de [{}]",
                tableau.slug()
            )),
            _ => Diagnostic::new(
                Code::IdentifiantEnDouble,
                format!("deux colonnes ont la nature « {slug} »"),
            )
            .help(format!("ne gardez « {slug} » que dans une colonne de [{}]", tableau.slug())),
        };
        r.push(diagnostic.at(place, ""));
    }
    let names: Vec<&str> = wanted.iter().map(|n| n.slug()).collect();
    for nature in held.iter().filter(|n| !wanted.contains(n)) {
        r.push(
            Diagnostic::new(
                Code::ValeurInconnue,
                format!("ce tableau n’a pas de colonne « {} »", nature.slug()),
            )
            .at(place, "")
            .help(format!("natures de ce tableau : {}", names.join(", "))),
        );
    }
}

fn colonne(r: &mut Reader<'_, '_>) -> Option<Colonne> {
    let texte = r.text("texte");
    let natures = r.words("natures", Nature::ALL, Nature::slug);
    Some(Colonne { texte: texte?, natures })
}

/// A heading of the source: `titre` and `lignes`.
pub(super) fn intitule(r: &mut Reader<'_, '_>) -> Option<Intitule> {
    let (titre, lignes) = (r.text("titre"), r.numbers("lignes"));
    Some(Intitule { titre: titre?, lignes })
}

fn exclusion(r: &mut Reader<'_, '_>) -> Option<Exclusion> {
    let (ligne, texte) = (r.number("ligne"), r.text("texte"));
    let raison = r.text("raison");
    Some(Exclusion { ligne: ligne?, texte: texte?, raison: raison?.value })
}

fn retrait(r: &mut Reader<'_, '_>) -> Option<Retrait> {
    let ligne = r.number("ligne");
    let motif = r.text("motif");
    let date = r.date("date");
    Some(Retrait { ligne: ligne?, date: date?.value, motif: motif?.value })
}

pub(super) fn methode(path: &SitePath, text: &Arc<str>, found: &mut Findings) -> Option<Methode> {
    let parts = header::split(path, text, &mut found.of_keys)?;
    let corps = body::index(path, text, parts.body, found);
    let fence = Span::new(path, parts.fence);
    let lignes = read(
        &keys::METHODE,
        path,
        &text[parts.header.clone()],
        parts.header.start,
        fence,
        &mut found.of_keys,
        |r| r.numbers("lignes"),
    );
    Some((corps, lignes))
}
