//! What `init` and `new` write to be replaced, left in place: said once for the site.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::Rules;
use crate::{
    diag::{Code, Diagnostic},
    french,
    parse::{
        CONTENT,
        keys::{self, KeyGroup},
        motif,
    },
    source::Span,
};

/// Words of the models. `tests/ebauche.rs` holds a new site to them.
const MODELES: [&str; 10] = [
    "Un site à compléter : dites ici",
    "Introduction à compléter par l'éditeur du site.",
    "Territoire à compléter",
    "Recueil d'exemple, à remplacer",
    "Exemple de fiche, à supprimer",
    "Cette fiche est un exemple : elle ne raconte aucune expérience réelle.",
    "Nom ou fonction à compléter",
    "Un point fort d'exemple",
    "Un irritant d'exemple",
    "Texte de la page : à compléter.",
];

/// Groups whose keys have an example, which comments of new files show.
const GROUPES: [&KeyGroup; 6] = [
    &keys::SITE,
    &keys::MENTIONS,
    &keys::ACCESSIBILITE,
    &keys::FICHE,
    &keys::LIEN,
    &keys::SYNTHESE,
];

/// Places shown besides the first.
const OTHERS: usize = 5;

pub(super) fn judge(jury: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    let mut places: Vec<Span> = Vec::new();
    for file in jury.snapshot.below(CONTENT) {
        let is_read = matches!(file.path.extension(), "md" | "toml");
        let Some(text) = file.as_text().filter(|_| is_read && jury.is_sure(&file.path)) else {
            continue;
        };
        places.extend(left(text).into_iter().map(|range| Span::new(&file.path, range)));
    }
    let Some((first, others)) = places.split_first() else { return };
    let count =
        french::count(places.len(), "texte du modèle est resté", "textes du modèle sont restés");
    let told = Diagnostic::new(Code::ModeleARemplacer, format!("{count} en place"))
        .at(first, "")
        .help("remplacez-les par vos mots, ou supprimez ce qui est facultatif : ils seraient publiés tels quels");
    diags.push(told.also_at(others.iter().take(OTHERS)));
}

/// Texts of a model: its words, and the lines that give a key the value of its example, when this value can only be
/// an example. Comments are not published: they are passed over.
static LEFT: LazyLock<Regex> = LazyLock::new(|| {
    let told = |exemple: &str| {
        let folded = french::fold(exemple);
        ["exemple", "prenom nom"].iter().any(|word| folded.contains(word))
    };
    let keys = GROUPES.iter().flat_map(|groupe| groupe.champs).filter(|key| told(key.exemple));
    let lines = keys.map(|key| regex::escape(&format!("{} = {}", key.nom, key.exemple)));
    let (lines, words) = (lines.collect::<Vec<_>>(), MODELES.map(regex::escape));
    motif(&format!(
        r"(?m)^# .*=.*$|(?<words>{})|^\s*(?<line>{})\s*$",
        words.join("|"),
        lines.join("|")
    ))
});

/// The places of a file that a model wrote.
fn left(text: &str) -> Vec<Range<usize>> {
    let all = LEFT.captures_iter(text);
    all.filter_map(|found| Some(found.name("words").or(found.name("line"))?.range())).collect()
}
