//! The tables that files name, found among those that their synthèse declares.

use std::collections::BTreeMap;

use super::Paths;
use crate::{
    diag::{Code, Diagnostic},
    model::{Synthese, Tableau, TableauEntete, TableauLigne, TableauxLus, TableauxThematique},
    source::Spanned,
};

/// Gives each row its table, each bloc its column. What the synthèse does not declare is said and left out, unless its
/// description could not be read.
pub(super) fn resolved(
    synthese: &Synthese,
    file: TableauxLus,
    doubtful: &mut Paths,
    diags: &mut Vec<Diagnostic>,
) -> TableauxThematique {
    let is_sure = !doubtful.contains(&synthese.path);
    let mut said = Vec::new();
    let mut lignes: BTreeMap<Tableau, TableauLigne> = BTreeMap::new();
    for (nom, ligne) in file.lignes {
        let mut declared = synthese.tableaux.iter();
        match declared.find(|(_, entete)| entete.id.value.as_str() == nom.value) {
            Some((tableau, entete)) => {
                lignes.insert(*tableau, columns(entete, ligne, &mut said));
            }
            None => said.push(undeclared(synthese, &nom)),
        }
    }
    // What is left out is missed elsewhere, in other words.
    if !said.is_empty() {
        doubtful.insert(file.path.clone());
    }
    diags.extend(said.into_iter().filter(|_| is_sure));
    let TableauxLus { path, thematique, retex, .. } = file;
    TableauxThematique { path, thematique, retex, lignes }
}

fn undeclared(synthese: &Synthese, nom: &Spanned<String>) -> Diagnostic {
    let known: Vec<&str> = synthese.tableaux.values().map(|t| t.id.value.as_str()).collect();
    Diagnostic::new(
        Code::CleManquante,
        format!("synthese.toml ne décrit pas le tableau « {} »", nom.value),
    )
    .at(&nom.span, "")
    .suggest_or(
        &nom.value,
        &known,
        format!(
            "ajoutez dans synthese.toml [[tableaux]], avec id = \"{}\", son titre et ses colonnes",
            nom.value
        ),
    )
}

/// The blocs of a row by column, in the order of its keys, then in that of the file.
fn columns(
    entete: &TableauEntete,
    ligne: TableauLigne,
    said: &mut Vec<Diagnostic>,
) -> TableauLigne {
    let mut keyed = Vec::new();
    for mut bloc in ligne.blocs {
        let Some((colonne, nature)) = entete.colonne(&bloc.cle.value) else {
            said.push(unknown_column(entete, &bloc.cle));
            continue;
        };
        if let Some(raison) = &entete.colonnes[colonne].exclure {
            said.push(
                Diagnostic::new(
                    Code::ExclusionSansObjet,
                    "ce bloc est dans une colonne qui n’est pas publiée",
                )
                .at(&bloc.id.span, "")
                .also(&raison.span, "pourquoi elle ne l’est pas")
                .help("supprimez ce bloc, ou « exclure » de la colonne"),
            );
            continue;
        }
        (bloc.colonne, bloc.nature) = (colonne, nature);
        let keys = &entete.colonnes[colonne].cles;
        let rank = keys.iter().position(|(key, _)| *key == bloc.cle.value);
        keyed.push(((colonne, rank), bloc));
    }
    keyed.sort_by_key(|(key, _)| *key);
    TableauLigne { blocs: keyed.into_iter().map(|(_, bloc)| bloc).collect(), ..ligne }
}

fn unknown_column(entete: &TableauEntete, cle: &Spanned<String>) -> Diagnostic {
    let keys = entete.colonnes.iter().flat_map(|c| &c.cles);
    let known: Vec<&str> = keys.map(|(key, _)| key.as_str()).collect();
    let id = &entete.id.value;
    Diagnostic::new(
        Code::CleInconnue,
        format!("le tableau « {id} » n’a pas de colonne « {} »", cle.value),
    )
    .at(&cle.span, "")
    .suggest_or(&cle.value, &known, format!("colonnes de ce tableau : {}", known.join(", ")))
}
