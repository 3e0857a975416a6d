//! `tableaux/<thematique>.toml`: what a synthèse says of one thématique.

use std::collections::BTreeMap;

use super::{
    fiche::rapprochement,
    keys,
    reader::{Reader, read, top_of},
    synthese::intitule,
};
use crate::{
    diag::{Code, Diagnostic},
    model::{Bloc, Nature, Tableau, TableauLigne, TableauxThematique},
    source::{SitePath, Slug},
};

pub(super) fn tableaux(
    path: &SitePath,
    thematique: Slug,
    text: &str,
    diags: &mut Vec<Diagnostic>,
) -> Option<TableauxThematique> {
    read(&keys::TABLEAUX, path, text, 0, top_of(path, text), diags, |r| {
        let retex = r.table("retex", intitule).flatten();
        let mut lignes = BTreeMap::new();
        for tableau in Tableau::ALL {
            if let Some(ligne) = r.table(tableau.slug(), |r| row(*tableau, r)) {
                lignes.insert(*tableau, ligne);
            }
        }
        Some(TableauxThematique { path: path.clone(), thematique, retex, lignes })
    })
}

fn row(tableau: Tableau, r: &mut Reader<'_, '_>) -> TableauLigne {
    let lignes = r.numbers("lignes");
    let span = r.place().clone();
    let mut blocs = Vec::new();
    for nature in tableau.natures() {
        blocs.extend(r.tables(key(*nature), |r| bloc(*nature, r)));
    }
    TableauLigne { span, lignes, blocs }
}

/// The key of a nature: its slug, with the underscore of the other keys.
fn key(nature: Nature) -> &'static str {
    match nature {
        Nature::SousThematique => "sous_thematique",
        Nature::PointFort => "point_fort",
        other => other.slug(),
    }
}

fn bloc(nature: Nature, r: &mut Reader<'_, '_>) -> Option<Bloc> {
    let id = r.slug("id");
    let lignes = r.numbers("lignes");
    let (rangee, rangees) = (r.number("rangee"), r.numbers("rangees"));
    let textes = r.texts("textes");
    let rapprochements = r.tables("rapprochements", rapprochement);
    let id = id?;
    if let Some((base, _)) =
        id.value.as_str().rsplit_once('-').filter(|_| ends_like_an_enonce(id.value.as_str()))
    {
        r.push(
            Diagnostic::new(
                Code::IdentifiantInvalide,
                format!("« {} » ne peut pas finir par un nombre", id.value),
            )
            .at(&id.span, "un nombre désigne un énoncé du bloc")
            .help(format!("finissez par un mot, par exemple « {base}-bis »")),
        );
    }
    (!textes.is_empty()).then_some(Bloc {
        id,
        nature,
        lignes,
        rangee,
        rangees,
        textes,
        rapprochements,
    })
}

/// `x-2` addresses the second énoncé of bloc `x`.
fn ends_like_an_enonce(id: &str) -> bool {
    id.rsplit_once('-').is_some_and(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()))
}
