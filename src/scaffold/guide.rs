//! The guides of editors. That of contributors has a table of keys, made from their definitions.

use crate::parse::keys::{self, Key, KeyForm};

/// The guide, as it is at the root of the project and of each new site.
pub const CONTRIBUER: &str = include_str!("../../CONTRIBUER.md");

/// The guide of whoever transcribes a document received, likewise.
pub const TRANSCRIRE: &str = include_str!("../../TRANSCRIRE.md");

/// The guide of whoever puts the site online, likewise.
pub(super) const PUBLIER: &str = include_str!("../../PUBLIER.md");

const DEBUT: &str = "<!-- champs:début -->";
const FIN: &str = "<!-- champs:fin -->";

/// A guide with its table made anew; `None` when it lacks the marks between which it stands.
pub fn avec_les_champs(guide: &str) -> Option<String> {
    let (before, rest) = guide.split_once(DEBUT)?;
    let (_, after) = rest.split_once(FIN)?;
    Some(format!("{before}{DEBUT}\n{}{FIN}{after}", table()))
}

fn table() -> String {
    let mut text = String::from("\n| clé | à quoi elle sert | exemple |\n|---|---|---|\n");
    for champ in keys::FICHE.champs {
        match champ.forme {
            KeyForm::Groupe(groupe) | KeyForm::Groupes(groupe) => {
                text.push_str(&row(champ, &format!("[[{}]]", champ.nom), ""));
                for inner in groupe.champs.iter().filter(|c| c.nom != "enonce") {
                    text.push_str(&row(inner, inner.nom, &format!(" dans `[[{}]]`", champ.nom)));
                }
            }
            _ => text.push_str(&row(champ, champ.nom, "")),
        }
    }
    text.push('\n');
    text
}

fn row(champ: &Key, nom: &str, ou: &str) -> String {
    let must = if champ.obligatoire { " **Obligatoire.**" } else { "" };
    let words = match champ.forme {
        KeyForm::Mot(words) | KeyForm::Mots(words) => {
            let words: Vec<String> = words
                .iter()
                .map(|(slug, label)| format!("`{slug}` ({})", label.to_lowercase()))
                .collect();
            format!(" : {}", words.join(", "))
        }
        _ => String::new(),
    };
    let exemple =
        if champ.exemple.is_empty() { String::new() } else { format!("`{}`", champ.exemple) };
    format!("| `{nom}`{ou} | {}{words}.{must} | {exemple} |\n", champ.sens)
}
