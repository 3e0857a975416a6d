//! The files of the index, as scripts. Small enough that a first query loads little of a large site:
//! the vocabulary whole, then the lists of the stems asked for, then the texts of the results shown.
//!
//! - `index.js`: the vocabulary, sorted; each word is the length it shares with the one before (base 36),
//!   the rest of its letters, and, unless its stem is a new one, `:` and how many stems back it is.
//! - `listes-N.js`: for each stem of a range, the documents: the distance from the one before (base 36)
//!   and the weight, `A` to `Z`.
//! - `textes-N.js`: what is shown of documents, [`TEXTS`] by [`TEXTS`].
//! - `facettes.js`: the values of the facets with their fiches, which are the first documents;
//!   `cartes-N.js`, their cards, are made by `cartes.rs`.

use std::collections::HashMap;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::{Document, Genre, cartes::CARTES, words};
use crate::{
    markdown::plain,
    output::Sink,
    pages::Plan,
    site::{Site, address},
};

/// Documents in a file of texts: a page of results takes few files, each light.
const TEXTS: usize = 24;
/// Bytes of a file of lists, about.
const LISTS: usize = 24 * 1024;
/// What the scripts call.
const CALL: &str = "retexRecherche";

/// Makes the files.
pub(super) fn write(
    documents: &[Document],
    vocabulary: &[(Box<str>, u32)],
    thematiques: &[String],
    sink: &dyn Sink,
) {
    let (coded, stems) = coded_vocabulary(vocabulary);
    let lists = lists(documents, &stems);
    let shards = shards(&lists);
    let starts: Vec<usize> = shards.iter().map(|(start, _)| *start).collect();
    let index = json!({
        "mots": coded,
        "genres": genres(documents),
        "sujets": subjects(documents),
        "thematiques": thematiques,
        "listes": starts,
        "parTextes": TEXTS,
        "elisions": words::ELISIONS.as_slice(),
        "vides": words::EMPTY.as_slice(),
    });
    put(sink, "index.js", "index", &index);
    for (n, (start, lists)) in shards.iter().enumerate() {
        let data = json!([start, lists.join(" ")]);
        put(sink, &format!("listes-{n}.js"), "listes", &data);
    }
    let texts = |(n, documents): (usize, &[Document])| {
        let texts: Vec<_> =
            documents.iter().map(|d| (&d.titre, &d.href, &d.contexte, &d.texte)).collect();
        put(sink, &format!("textes-{n}.js"), "textes", &json!((n, texts)));
    };
    documents.par_chunks(TEXTS).enumerate().for_each(texts);
}

pub(super) fn put(sink: &dyn Sink, name: &str, what: &str, data: &Value) {
    sink.put(&address::search(name), script(what, data).into_bytes().into());
}

fn script(what: &str, data: &Value) -> String {
    // In a script, these two separators end a line; in JSON they do not.
    let data = data.to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    format!("{CALL}(\"{what}\",{data});\n")
}

fn genres(documents: &[Document]) -> String {
    documents.iter().map(|d| letter(d.genre)).collect()
}

fn subjects(documents: &[Document]) -> String {
    documents.iter().map(|d| to_base36(d.thematique.min(35))).collect()
}

fn letter(genre: Genre) -> char {
    match genre {
        Genre::Fiche => 'f',
        Genre::Contribution => 'c',
        Genre::Enonce => 'e',
        Genre::Page => 'p',
        Genre::Sigle => 's',
    }
}

/// The vocabulary as one text, and the stem of each word by its number. Stems are numbered as they appear.
fn coded_vocabulary(sorted: &[(Box<str>, u32)]) -> (String, Vec<usize>) {
    let stemmer = words::Stems::new();
    let stemmed: Vec<String> = sorted.par_iter().map(|(word, _)| stemmer.of(word)).collect();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let last = sorted.iter().map(|(_, number)| *number as usize + 1).max();
    let mut of = vec![0; last.unwrap_or_default()];
    let mut coded = String::new();
    let mut before = "";
    for ((word, number), stem) in sorted.iter().zip(stemmed) {
        let shared = before
            .char_indices()
            .zip(word.chars())
            .take(35)
            // The script counts in UTF-16 units.
            .take_while(|((_, a), b)| a == b && a.len_utf16() == 1)
            .count();
        let rest: String = word.chars().skip(shared).collect();
        let next = numbers.len();
        let stem = *numbers.entry(stem).or_insert(next);
        if !coded.is_empty() {
            coded.push(' ');
        }
        coded.push_str(&to_base36(shared));
        coded.push_str(&rest);
        if stem != next {
            coded.push(':');
            coded.push_str(&to_base36(next - stem));
        }
        of[*number as usize] = stem;
        before = word;
    }
    (coded, of)
}

/// For each stem, its documents with their weights.
fn lists(documents: &[Document], stems: &[usize]) -> Vec<String> {
    let mut found: Vec<Vec<(usize, u32)>> = Vec::new();
    for (n, document) in documents.iter().enumerate() {
        for (term, weight) in &document.termes {
            let stem = stems[*term as usize];
            if found.len() <= stem {
                found.resize_with(stem + 1, Vec::new);
            }
            let list = &mut found[stem];
            match list.last_mut() {
                // Two forms of a word.
                Some((last, known)) if *last == n => *known = (*known).max(*weight),
                _ => list.push((n, *weight)),
            }
        }
    }
    found.par_iter().map(|list| coded_list(list)).collect()
}

fn coded_list(list: &[(usize, u32)]) -> String {
    let mut coded = String::new();
    let mut next = 0;
    for (document, weight) in list {
        coded.push_str(&to_base36(document - next));
        let weight = u8::try_from((*weight).clamp(1, 26)).unwrap_or(26);
        coded.push(char::from(b'A' + weight - 1));
        next = document + 1;
    }
    coded
}

/// Lists in files: the first stem of each, and its lists.
fn shards(lists: &[String]) -> Vec<(usize, Vec<&str>)> {
    let mut shards: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut size = LISTS;
    for (stem, list) in lists.iter().enumerate() {
        if size + list.len() > LISTS {
            shards.push((stem, Vec::new()));
            size = 0;
        }
        if let Some((_, shard)) = shards.last_mut() {
            shard.push(list);
        }
        size += list.len() + 1;
    }
    shards
}

/// The facets of the lists of fiches, by the rank of each fiche in the site.
pub(super) fn facettes(site: &Site, plan: &Plan, fiches: &[Document]) -> String {
    let mut first = Vec::new();
    let mut count = 0;
    for atelier in &site.ateliers {
        first.push(count);
        count += atelier.fiches.len();
    }
    let mut groups: Vec<(&str, &str, Vec<Value>)> = Vec::new();
    for facette in &plan.facettes {
        let mut ranks: Vec<(usize, u32)> =
            facette.fiches.iter().map(|(a, f)| (first[*a] + f, 1)).collect();
        ranks.sort_unstable();
        let value = json!([facette.slug, plain(&facette.valeur), coded_list(&ranks)]);
        match groups.last_mut() {
            Some((nom, _, values)) if *nom == facette.nom => values.push(value),
            _ => groups.push((facette.nom, facette.titre, vec![value])),
        }
    }
    let data = json!({
        "fiches": fiches.len(),
        "parCartes": CARTES,
        "groupes": groups,
    });
    script("facettes", &data)
}

fn to_base36(mut n: usize) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(n % 36).unwrap_or(0);
        digits.extend(char::from_digit(digit, 36));
        n /= 36;
        if n == 0 {
            return digits.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vocabulary_is_coded() {
        let words = [("eleve", 5), ("eleves", 0), ("ent", 2), ("entre", 3)];
        let words = words.map(|(word, number)| (word.into(), number));
        let (coded, stems) = coded_vocabulary(&words);
        assert_eq!(coded, "0eleve 5s:1 1nt 3re");
        assert_eq!(stems[5], stems[0]);
        assert_eq!((stems[2], stems[3]), (1, 2));
    }

    #[test]
    fn lists_are_coded_and_cut() {
        assert_eq!(coded_list(&[(0, 1), (1, 26), (40, 99)]), "0A0Z12Z");
        let long = "x".repeat(LISTS);
        let all = ["a".to_string(), long.clone(), "b".to_string(), "c".to_string()];
        let starts: Vec<usize> = shards(&all).iter().map(|(start, _)| *start).collect();
        assert_eq!(starts, [0, 1, 2]);
        assert_eq!(to_base36(35 * 36 + 1), "z1");
    }
}
