//! What `init` and `new` write to be replaced, left in place: said once for the site.

use std::ops::Range;

use super::Rules;
use crate::{
    diag::{Code, Diagnostic},
    french,
    parse::{
        CONTENT,
        keys::{self, KeyGroup},
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
    let examples = examples();
    for file in jury.snapshot.below(CONTENT) {
        let is_read = matches!(file.path.extension(), "md" | "toml");
        let Some(text) = file.as_text().filter(|_| is_read && jury.is_sure(&file.path)) else {
            continue;
        };
        places.extend(left(text, &examples).into_iter().map(|range| Span::new(&file.path, range)));
    }
    let Some((first, others)) = places.split_first() else { return };
    let count =
        french::count(places.len(), "texte du modèle est resté", "textes du modèle sont restés");
    let told = Diagnostic::new(Code::ModeleARemplacer, format!("{count} en place"))
        .at(first, "")
        .help("remplacez-les par vos mots, ou supprimez ce qui est facultatif : ils seraient publiés tels quels");
    diags.push(told.also_at(others.iter().take(OTHERS)));
}

/// The lines that give a key the value of its example, when this value can only be an example.
fn examples() -> Vec<String> {
    let told = |exemple: &str| {
        let folded = french::fold(exemple);
        ["exemple", "prenom nom"].iter().any(|word| folded.contains(word))
    };
    let keys = GROUPES.iter().flat_map(|groupe| groupe.champs);
    keys.filter(|champ| told(champ.exemple))
        .map(|champ| format!("{} = {}", champ.nom, champ.exemple))
        .collect()
}

/// The places of a file that a model wrote; comments are not published.
fn left(text: &str, examples: &[String]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for words in MODELES {
        for (begin, _) in text.match_indices(words) {
            let line = text[..begin].rfind('\n').map_or(0, |end| end + 1);
            let is_comment = text[line..].starts_with("# ") && text[line..begin].contains('=');
            found.extend((!is_comment).then_some(begin..begin + words.len()));
        }
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim();
        if examples.iter().any(|example| example == written) {
            let start = at + (line.len() - line.trim_start().len());
            found.push(start..start + written.len());
        }
        at += line.len();
    }
    found.sort_by_key(|range| range.start);
    found
}
