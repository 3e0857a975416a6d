//! Keys and words of elsewhere: those of other tools (Hugo, Jekyll, Zola, Eleventy, Obsidian), of another language, and
//! the names of classes. Each has the key or the words to write here, or the reason why there is none.

use KeyHere::{Cle, Peutetre, Rien};

use super::keys::Vocabulaire;
use crate::source::slugify;

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

const LAYOUT: &str = "la mise en page vient du thème du site : effacez cette ligne";
const ORDER: &str =
    "les fiches se rangent d’elles-mêmes, par thématique et par date : effacez cette ligne";
const ADDRESS: &str = "l’adresse d’une page est le nom de son fichier ; une adresse qu’elle a eue s’écrit dans « anciennes_adresses »";
const SUMMARY: &str =
    "les premières phrases du texte en tiennent lieu : écrivez-la là, et effacez cette ligne";
const CHANGED: &str =
    "une fiche n’a qu’une date, « date », le jour où elle a été écrite : effacez cette ligne";
const PUBLISHED: &str =
    "tout est publié, sauf une fiche où l’on écrit « brouillon = true » : effacez cette ligne";
const GROUP: &str = "écrivez ses clés en haut de l’en-tête, sans groupe, et effacez ce titre";
const PICTURE: &str =
    "une image se met dans le texte de la fiche : ![ce qu’elle montre](images/nom.jpg)";
const TOOL: &str = "c’est un réglage d’un autre outil : effacez cette ligne";

/// Keys of elsewhere, as slugs, sorted.
const KEYS: &[(&str, KeyHere)] = &[
    ("abstract", Rien(SUMMARY)),
    ("adresse", Peutetre("url")),
    ("alias", Cle("anciennes_adresses")),
    ("aliases", Cle("anciennes_adresses")),
    ("auteur", Cle("auteurs")),
    ("author", Cle("auteurs")),
    ("authors", Cle("auteurs")),
    ("by", Cle("auteurs")),
    ("categorie", Peutetre("sous_thematiques")),
    ("categories", Peutetre("sous_thematiques")),
    ("category", Peutetre("sous_thematiques")),
    ("city", Cle("commune")),
    ("comments", Rien(TOOL)),
    ("cover", Rien(PICTURE)),
    ("created", Cle("date")),
    ("created-at", Cle("date")),
    ("creation-date", Cle("date")),
    ("cssclass", Rien(LAYOUT)),
    ("cssclasses", Rien(LAYOUT)),
    ("date-created", Cle("date")),
    ("description", Rien(SUMMARY)),
    ("draft", Cle("brouillon")),
    ("ecole", Cle("etablissement")),
    ("eleventyexcludefromcollections", Rien(TOOL)),
    ("eleventynavigation", Rien(ORDER)),
    ("excerpt", Rien(SUMMARY)),
    ("extra", Rien(GROUP)),
    ("featured-image", Rien(PICTURE)),
    ("href", Cle("url")),
    ("id", Rien(ADDRESS)),
    ("image", Rien(PICTURE)),
    ("images", Rien(PICTURE)),
    ("in-search-index", Rien(TOOL)),
    ("keyword", Cle("mots_cles")),
    ("keywords", Cle("mots_cles")),
    ("label", Peutetre("titre")),
    ("lang", Cle("langue")),
    ("language", Cle("langue")),
    ("last-modified-at", Rien(CHANGED)),
    ("lastmod", Rien(CHANGED)),
    ("layout", Rien(LAYOUT)),
    ("level", Cle("niveaux")),
    ("levels", Cle("niveaux")),
    ("lien", Cle("liens")),
    ("link", Cle("liens")),
    ("links", Cle("liens")),
    ("locale", Cle("langue")),
    ("menu", Rien(ORDER)),
    ("modified", Rien(CHANGED)),
    ("name", Peutetre("titre")),
    ("nav-order", Rien(ORDER)),
    ("niveau", Cle("niveaux")),
    ("nom", Peutetre("titre")),
    ("order", Rien(ORDER)),
    ("ordre", Rien(ORDER)),
    ("outputs", Rien(TOOL)),
    ("params", Rien(GROUP)),
    ("permalink", Rien(ADDRESS)),
    ("position", Rien(ORDER)),
    ("pubdate", Cle("date")),
    ("publish", Rien(PUBLISHED)),
    ("publish-date", Cle("date")),
    ("publishdate", Cle("date")),
    ("published", Rien(PUBLISHED)),
    ("resume", Rien(SUMMARY)),
    ("school", Cle("etablissement")),
    ("series", Peutetre("sous_thematiques")),
    ("slug", Rien(ADDRESS)),
    ("sous-titre", Rien(SUMMARY)),
    ("style", Rien(LAYOUT)),
    ("subtitle", Rien(SUMMARY)),
    ("summary", Rien(SUMMARY)),
    ("tag", Cle("mots_cles")),
    ("tags", Cle("mots_cles")),
    ("taxonomies", Rien(GROUP)),
    ("template", Rien(LAYOUT)),
    ("theme", Peutetre("thematique")),
    ("thumbnail", Rien(PICTURE)),
    ("title", Cle("titre")),
    ("toc", Rien(TOOL)),
    ("topic", Peutetre("thematique")),
    ("type", Rien(LAYOUT)),
    ("uid", Rien(ADDRESS)),
    ("updated", Rien(CHANGED)),
    ("url", Rien(ADDRESS)),
    ("ville", Cle("commune")),
    ("weight", Rien(ORDER)),
];

/// Meaning of a key of elsewhere in a group that has these keys.
pub(super) fn key(name: &str, known: &[&str]) -> Option<KeyHere> {
    let slug = slugify(name);
    let at = KEYS.binary_search_by_key(&slug.as_str(), |(key, _)| key).ok()?;
    match KEYS[at].1 {
        Cle("liens") if !known.contains(&"liens") && known.contains(&"url") => Some(Cle("url")),
        Cle(key) | Peutetre(key) if !known.contains(&key) => None,
        // These reasons are those of a fiche.
        Rien(_) if !known.contains(&"brouillon") => None,
        here => Some(here),
    }
}

/// Names of classes and of schools, as slugs, and the words that say them. `pp` is any figure or letter of a class.
const CLASSES: &[(&[&str], &[&str])] = &[
    (
        &["primaire", "ecole", "ecole-primaire", "premier-degre", "1er-degre"],
        &["maternelle", "elementaire"],
    ),
    (
        &[
            "ecole-maternelle",
            "ps",
            "ms",
            "gs",
            "tps",
            "petite-section",
            "moyenne-section",
            "grande-section",
            "cycle-1",
            "c1",
        ],
        &["maternelle"],
    ),
    (&["ecole-elementaire", "cp", "ce1", "ce2", "cm1", "cm2", "cycle-2", "c2"], &["elementaire"]),
    (&["cycle-3", "c3"], &["elementaire", "college"]),
    (
        &[
            "6e",
            "5e",
            "4e",
            "3e",
            "6eme",
            "5eme",
            "4eme",
            "3eme",
            "sixieme",
            "cinquieme",
            "quatrieme",
            "troisieme",
            "cycle-4",
            "c4",
        ],
        &["college"],
    ),
    (
        &[
            "2de",
            "2nde",
            "seconde",
            "1re",
            "1ere",
            "premiere",
            "tle",
            "terminale",
            "lgt",
            "lycee-general",
            "lycee-technologique",
            "lycee-general-et-technologique",
        ],
        &["lycee"],
    ),
    (&["lp", "lpo", "cap", "bac-pro", "lycee-pro", "lycee-agricole"], &["lycee-professionnel"]),
    (&["secondaire", "second-degre", "2nd-degre"], &["college", "lycee"]),
    (&["ulis", "segpa", "ime", "erea", "itep", "specialise", "ash"], &["enseignement-specialise"]),
    (
        &[
            "bts",
            "iut",
            "but",
            "cpge",
            "prepa",
            "licence",
            "master",
            "universite",
            "enseignement-superieur",
        ],
        &["superieur"],
    ),
];

/// Kinds of resources by other names.
const KINDS: &[(&[&str], &[&str])] = &[
    (&["film", "clip", "youtube", "peertube", "visio"], &["video"]),
    (&["podcast", "son", "balado", "radio"], &["audio"]),
    (&["padlet", "digipad", "mur-collaboratif", "tableau-collaboratif"], &["mur"]),
    (&["pdf", "fichier", "document-pdf", "diaporama", "tableur"], &["document"]),
    (&["site-web", "site-internet", "blog"], &["site"]),
    (&["page", "billet", "texte"], &["article"]),
    (&["quiz", "jeu-serieux", "escape-game"], &["jeu"]),
];

/// The words of a vocabulary that say what was written otherwise: « CP », « maternelle/élémentaire ».
pub(super) fn words(vocabulaire: Vocabulaire, written: &str) -> Option<Vec<&'static str>> {
    let known = vocabulaire.mots();
    let others = match vocabulaire {
        Vocabulaire::Niveau => CLASSES,
        Vocabulaire::TypeLien => KINDS,
        _ => &[],
    };
    let one = |piece: &str| -> Option<Vec<&'static str>> {
        let slug = slugify(piece);
        let word = word(&known, piece).map(|word| vec![word]);
        let same = |(names, _): &&(&[&str], &[&str])| names.contains(&slug.as_str());
        word.or_else(|| others.iter().find(same).map(|(_, words)| words.to_vec()))
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
    words(Vocabulaire::Niveau, written)
}

/// The word of a vocabulary that case, accents, spaces and a plural alone tell from what was written.
pub(super) fn word(known: &[(&'static str, &'static str)], written: &str) -> Option<&'static str> {
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

/// The known word that only accents, case and the signs between words tell from this one.
pub(super) fn same_word<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    let simple = slugify(wrong);
    let mut same = known.iter().filter(|word| !simple.is_empty() && slugify(word) == simple);
    match (same.next(), same.next()) {
        (Some(word), None) => Some(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::keys;

    #[test]
    fn keys_are_found() {
        assert!(KEYS.is_sorted_by(|a, b| a.0 < b.0));
        let fiche: Vec<&str> = keys::FICHE.noms().collect();
        for (name, here) in KEYS {
            if let Cle(key) | Peutetre(key) = here {
                let known = fiche.contains(key) || keys::LIEN.champ(key).is_some();
                assert!(known, "{name} → {key}");
            }
        }
        assert_eq!(key("Tags", &fiche), Some(Cle("mots_cles")));
        assert_eq!(key("link", &["url", "titre"]), Some(Cle("url")));
        assert_eq!(key("layout", &["titre"]), None);
    }

    #[test]
    fn words_are_found() {
        for (_, words) in CLASSES {
            let known = Vocabulaire::Niveau.mots();
            assert!(words.iter().all(|word| known.iter().any(|(slug, _)| slug == word)));
        }
        let said = |text: &str| words(Vocabulaire::Niveau, text).unwrap_or_default().join(" ");
        assert_eq!(said("Lycées Professionnels"), "lycee-professionnel");
        assert_eq!(said("maternelle/élémentaire"), "maternelle elementaire");
        assert_eq!(said("CM2 et 6e"), "elementaire college");
        assert_eq!(said("du CP à la Lune"), "");
        assert_eq!(words(Vocabulaire::TypeLien, "Vidéos"), Some(vec!["video"]));
    }
}
