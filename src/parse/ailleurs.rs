//! Keys and words of elsewhere (`ailleurs.toml`): those of other tools, of another language, and the names of classes.
//! Each has the key or the words to write here, or the reason why there is none.

use KeyHere::{Cle, Peutetre, Rien};

use std::{collections::BTreeMap, sync::LazyLock};

use super::{
    keys::{KeyGroup, Vocabulaire},
    mots::{self, among},
};
use crate::{model::Niveau, source::slugify};

/// Meaning here of a key of elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyHere {
    /// That key.
    Cle(&'static str),
    /// Most likely that key.
    Peutetre(&'static str),
    /// Nothing, and what to do instead.
    Rien(&'static str),
}

/// Tables of `ailleurs.toml`: in each, what is to be written here, and the words of elsewhere that mean it.
static AILLEURS: LazyLock<BTreeMap<String, BTreeMap<String, String>>> =
    LazyLock::new(|| toml::from_str(include_str!("ailleurs.toml")).unwrap_or_default());

/// Meaning of a word of elsewhere in a table.
fn meaning(table: &str, slug: &str) -> Option<&'static str> {
    let mut lines = AILLEURS.get(table)?.iter();
    lines.find(|(_, names)| among(names, slug)).map(|(here, _)| here.as_str())
}

/// Meaning of a key of elsewhere in a group.
pub(super) fn key(name: &str, groupe: &KeyGroup) -> Option<KeyHere> {
    let slug = slugify(name);
    let has = |key: &str| groupe.champ(key).is_some();
    let certain = meaning("cles", &slug).map(Cle);
    let likely = || meaning("peut-etre", &slug).map(Peutetre);
    match certain.or_else(likely).or_else(|| meaning("rien", &slug).map(Rien))? {
        Cle("liens") if !has("liens") && has("url") => Some(Cle("url")),
        Cle(key) | Peutetre(key) if !has(key) => None,
        // These reasons are those of a fiche.
        Rien(_) if !has("brouillon") => None,
        here => Some(here),
    }
}

/// The key of a group that only accents, case and the signs between words tell from this one.
pub(super) fn same_key(name: &str, groupe: &KeyGroup) -> Option<&'static str> {
    let simple = slugify(name);
    let mut same = groupe.noms().filter(|key| !simple.is_empty() && slugify(key) == simple);
    same.next().filter(|_| same.next().is_none())
}

/// The key of a group that was meant, in other words or in those of another tool.
pub(super) fn likely_key(name: &str, groupe: &KeyGroup) -> Option<&'static str> {
    same_key(name, groupe).or_else(|| match key(name, groupe)? {
        Cle(key) | Peutetre(key) => Some(key),
        Rien(_) => None,
    })
}

/// The words of a vocabulary that say what was written otherwise: « CP », « maternelle/élémentaire ».
pub(super) fn words(known: Vocabulaire, written: &str) -> Option<Vec<&'static str>> {
    let is_known = |word: &&str| known.iter().any(|(slug, _)| slug == word);
    let one = |piece: &str| -> Option<Vec<&'static str>> {
        let slug = slugify(piece);
        let other = || meaning("niveaux", &slug).or_else(|| meaning("types", &slug));
        let said: Vec<&str> = mots::words(word(known, piece).or_else(other)?).collect();
        said.iter().all(is_known).then_some(said)
    };
    let separated = written.replace(" et ", "/").replace(" ou ", "/").replace(" à ", "/");
    let pieces: Vec<&str> = separated.split(['/', ',', ';', '+', '&', '|']).collect();
    let mut found = match one(written) {
        Some(words) => words,
        None if pieces.len() > 1 => {
            pieces.into_iter().map(one).collect::<Option<Vec<_>>>()?.concat()
        }
        None => return None,
    };
    let rank = |word: &&str| known.iter().position(|(slug, _)| slug == word);
    found.sort_by_key(rank);
    found.dedup();
    Some(found)
}

/// The levels that a text says by the names of classes: « CM2 », « primaire ».
pub fn niveaux_dits(written: &str) -> Option<Vec<&'static str>> {
    words(Niveau::MOTS, written)
}

/// The word of a vocabulary that case, accents, spaces and a plural alone tell from what was written.
pub(super) fn word(known: Vocabulaire, written: &str) -> Option<&'static str> {
    let simple = |text: &str, plural: bool| {
        let slug = slugify(text);
        let words = slug.split('-').map(|w| if plural { w.trim_end_matches('s') } else { w });
        words.collect::<Vec<_>>().join("-")
    };
    [false, true].into_iter().find_map(|plural| {
        let wanted = simple(written, plural);
        let same = |(slug, label): &&(&'static str, &'static str)| {
            simple(slug, plural) == wanted || simple(label, plural) == wanted
        };
        let mut same = known.iter().filter(same);
        match (same.next(), same.next()) {
            (Some((slug, _)), None) if !wanted.is_empty() => Some(*slug),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::TypeLien, parse::keys};

    #[test]
    fn keys_are_found() {
        for key in AILLEURS["cles"].keys().chain(AILLEURS["peut-etre"].keys()) {
            let known =
                [&keys::FICHE, &keys::LIEN].iter().any(|groupe| groupe.champ(key).is_some());
            assert!(known, "{key}");
        }
        assert_eq!(key("Tags", &keys::FICHE), Some(Cle("mots_cles")));
        assert_eq!(key("link", &keys::LIEN), Some(Cle("url")));
        assert_eq!(key("layout", &keys::PAGE), None);
    }

    #[test]
    fn words_are_found() {
        for word in AILLEURS["niveaux"].keys().flat_map(|words| mots::words(words)) {
            assert!(Niveau::MOTS.iter().any(|(slug, _)| *slug == word), "{word}");
        }
        let said = |text: &str| words(Niveau::MOTS, text).unwrap_or_default().join(" ");
        assert_eq!(said("Lycées Professionnels"), "lycee-professionnel");
        assert_eq!(said("maternelle/élémentaire"), "maternelle elementaire");
        assert_eq!(said("CM2 et 6e"), "elementaire college");
        assert_eq!(said("du CP à la Lune"), "");
        assert_eq!(words(TypeLien::MOTS, "Vidéos"), Some(vec!["video"]));
    }
}
