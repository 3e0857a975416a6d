//! `tableaux/<thematique>.toml`: what a synthèse says of one thématique.

use super::{
    fiche::rapprochement,
    keys,
    reader::{Reader, read, top_of},
    synthese::intitule,
};
use crate::{
    diag::{Code, Diagnostic},
    model::{Bloc, TableauLigne, TableauxLus},
    source::{SitePath, Slug, Spanned},
};

/// Which tables and columns there are is for the synthèse to say: names are kept as written.
pub(super) fn tableaux(
    path: &SitePath,
    thematique: Slug,
    text: &str,
    diags: &mut Vec<Diagnostic>,
) -> Option<TableauxLus> {
    read(&keys::TABLEAUX, path, text, 0, top_of(path, text), diags, |r| {
        let retex = r.table("retex", intitule).flatten();
        let lignes = r.open_tables(|name, r| (name.clone(), row(&name.value, r)));
        Some(TableauxLus { path: path.clone(), thematique, retex, lignes })
    })
}

fn row(name: &str, r: &mut Reader<'_, '_>) -> TableauLigne {
    let lignes = r.numbers("lignes");
    let span = r.place().clone();
    TableauLigne { span, lignes, blocs: r.open_lists(name, bloc) }
}

fn bloc(cle: &Spanned<String>, r: &mut Reader<'_, '_>) -> Option<Bloc> {
    let id = r.slug("id");
    let lignes = r.numbers("lignes");
    let (rangee, rangees) = (r.number("rangee"), r.numbers("rangees"));
    let textes = r.texts("textes");
    let langue = r.langue("langue");
    let rapprochements = r.tables("rapprochements", rapprochement);
    let id = id?;
    // `x-2` addresses the second énoncé of bloc `x`.
    let is_number = |(_, n): &(&str, &str)| n.bytes().all(|b| b.is_ascii_digit());
    if let Some((base, _)) = id.value.as_str().rsplit_once('-').filter(is_number) {
        let message = format!("« {} » ne peut pas finir par un nombre", id.value);
        r.push(
            Diagnostic::new(Code::IdentifiantInvalide, message)
                .at(&id.span, "un nombre désigne un énoncé du bloc")
                .help(format!("finissez par un mot, par exemple « {base}-bis »")),
        );
    }
    let cle = cle.clone();
    (!textes.is_empty()).then_some(Bloc {
        id,
        cle,
        nature: None,
        colonne: 0,
        lignes,
        rangee,
        rangees,
        textes,
        langue,
        rapprochements,
    })
}
