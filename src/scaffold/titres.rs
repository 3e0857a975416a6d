//! Headings of the parts of a document that hold its fiches, each proposed where one line alone can be it.

use super::{
    document::prose,
    texte::{chaine, ligne},
};
use crate::source::slugify;

/// Longest heading.
const LONGEST: usize = 200;

/// The heading of the part that holds all the fiches.
pub(super) fn des_fiches(document: &str) -> Option<String> {
    let known = ["retex", "retour-d-experience", "retours-d-experience"];
    alone(document, |slug| known.contains(&slug))
}

/// The heading of the part that holds the fiches of a thématique.
pub(super) fn de_la_thematique(document: &str, titre: &str) -> Option<String> {
    let titre = slugify(titre);
    alone(document, |slug| {
        let before = slug.strip_suffix(&titre).unwrap_or_default();
        !titre.is_empty() && (before.starts_with("retex-") || before.starts_with("thematique-"))
    })
}

/// The group of the only line whose words, as a slug, are those wanted.
fn alone(document: &str, is_it: impl Fn(&str) -> bool) -> Option<String> {
    let mut found = prose(document).into_iter().filter(|(_, words)| is_it(&slugify(words)));
    let (numero, words) = found.next()?;
    let is_fit = words.chars().count() <= LONGEST && ligne(&words) == words;
    (is_fit && found.next().is_none())
        .then(|| format!("[retex]\ntitre = {}\nlignes = [{numero}]\n", chaine(&words)))
}

#[cfg(test)]
mod tests {
    use super::{de_la_thematique, des_fiches};

    #[test]
    fn headings_are_those_that_one_line_has() {
        let text = "Retours d'expérience\nRETEX 1 Un lieu\nUn lieu\nRETEX 2 Un autre lieu\n";
        let found = "[retex]\ntitre = \"Retours d'expérience\"\nlignes = [1]\n";
        assert_eq!(des_fiches(text).as_deref(), Some(found));
        assert_eq!(des_fiches(&text.repeat(2)), None);
        let found = "[retex]\ntitre = \"RETEX 2 Un autre lieu\"\nlignes = [4]\n";
        assert_eq!(de_la_thematique(text, "Un autre lieu").as_deref(), Some(found));
        assert_eq!(de_la_thematique(text, "Ailleurs"), None);
    }
}
