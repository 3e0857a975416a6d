//! The files of the index, as scripts. Small enough that a first query loads little of a large site:
//! the vocabulary whole, then the lists of the stems asked for, then the texts of the results shown.
//!
//! - `index.js`: the vocabulary, sorted; each word is the length it shares with the one before (base 36),
//!   the rest of its letters, and, unless its stem is a new one, `:` and how many stems back it is. With it, what
//!   the script cuts and compares words by.
//! - `listes-N.js`: for each stem of a range, a list for each of its forms, in the order in which the vocabulary
//!   meets them, with commas: the documents, each as the distance from the one before (base 36) and the
//!   weight, `A` to `Z`.
//! - `textes-N.js`: what is shown of documents, [`TEXTS`] by [`TEXTS`].
//! - `facettes.js`: the values of the facets with their fiches, which are the first documents;
//!   `cartes-N.js`, their cards, are made by `cartes.rs`.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    CARTES, Document, Genre,
    forms::{self, FRANCAIS, Francais, form},
};
use crate::{
    french,
    markdown::plain,
    model::{GroupeSynonymes, Sens},
    output::Emit,
    pages::Plan,
    site::{Indices, Site, address},
};

/// Documents in a file of texts: a page of results takes few files, each light.
const TEXTS: usize = 24;
/// Bytes of a file of lists, about.
const LISTS: usize = 24 * 1024;
/// Bytes of the longest files, those of texts, about.
const ROOM: usize = 64 * 1024;
/// Callback of scripts.
const CALL: &str = "retexRecherche";

/// Makes the files.
pub(super) fn write(
    documents: &[Document<'_>],
    vocabulary: &[(String, u32)],
    site: &Site,
    emit: Emit<'_>,
) {
    let coding = || {
        let coded = CodedVocabulary::of(vocabulary);
        let lists = lists(documents, &coded);
        (coded, lists)
    };
    // Much of the first is one thread's work: the other has the texts to write.
    let ((coded, lists), ()) = rayon::join(coding, || texts(documents, emit));
    let thematiques: Vec<String> = site.thematiques.iter().map(|t| plain(&t.titre_court)).collect();
    let sigles: Vec<(&str, &str)> = site.glossaire.iter().map(expanded).collect();
    let synonymes = synonyms(site, vocabulary);
    let shards = shards(&lists);
    let starts: Vec<usize> = shards.iter().map(|(start, _)| *start).collect();
    let index = json!({
        "mots": coded.text,
        "genres": genres(documents),
        "sujets": subjects(documents),
        "plusieurs": of_several(documents),
        "ateliers": workshops(documents, site),
        "thematiques": thematiques,
        "listes": starts,
        "parTextes": TEXTS,
        "sigles": sigles,
        "synonymes": synonymes,
    });
    put(emit, "index.js", "index", &IndexFile { francais: &FRANCAIS, site: index });
    shards.par_iter().enumerate().for_each(|(n, (start, lists))| {
        let data = json!([start, lists.join(" ")]);
        put(emit, &format!("listes-{n}.js"), "listes", &data);
    });
}

/// `index.js`: the content of the site, and the French that the script cuts and compares words by.
#[derive(Serialize)]
struct IndexFile<'a> {
    #[serde(flatten)]
    francais: &'a Francais,
    #[serde(flatten)]
    site: Value,
}

/// Makes the files of texts.
fn texts(documents: &[Document<'_>], emit: Emit<'_>) {
    documents.par_chunks(TEXTS).with_max_len(2).enumerate().for_each(|(n, documents)| {
        let texts: Vec<ShownText<'_>> = documents.iter().map(|document| shown(document)).collect();
        put(emit, &format!("textes-{n}.js"), "textes", &(n, texts));
    });
}

/// Shown parts of a document: title, address, context, text, mentions, and the other places where it stands.
type ShownText<'a> = (&'a str, &'a str, &'a str, Cow<'a, str>, &'a str, &'a [(String, String)]);

fn shown<'a>(d: &'a Document<'_>) -> ShownText<'a> {
    (&d.titre, &d.href, &d.contexte, d.texte(), &d.mentions, &d.aussi)
}

/// The groups of synonyms of which the site has a word, by the forms of their words.
fn synonyms(site: &Site, vocabulary: &[(String, u32)]) -> Vec<Vec<String>> {
    let known: HashSet<String> = vocabulary.iter().map(|(word, _)| form(word)).collect();
    let group = |groupe: &GroupeSynonymes| {
        let mut forms: Vec<String> =
            groupe.mots.iter().map(|mot| form(&french::fold(&mot.value))).collect();
        forms.sort_unstable();
        forms.dedup();
        forms.iter().any(|form| known.contains(form)).then_some(forms)
    };
    site.synonymes.iter().filter_map(group).collect()
}

/// An acronym and what it abridges, empty when nobody knows.
fn expanded(sens: &Sens) -> (&str, &str) {
    let expansion = sens.developpement.as_ref().map_or("", |d| d.value.as_str());
    (&sens.sigle.value, expansion)
}

pub(super) fn put(emit: Emit<'_>, name: &str, what: &str, data: &impl Serialize) {
    emit(address::search(name), script(what, data).into_bytes().into());
}

fn script(what: &str, data: &impl Serialize) -> String {
    let mut script = Vec::with_capacity(ROOM);
    script.extend_from_slice([CALL, "(\"", what, "\","].concat().as_bytes());
    // A vector never refuses bytes, and no key of the data is anything but a text.
    let _ = serde_json::to_writer(&mut script, data);
    script.extend_from_slice(b");\n");
    let mut script = String::from_utf8(script).unwrap_or_default();
    // In a script, these two separators end a line; in JSON they do not.
    for (separator, written) in [("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")] {
        if script.contains(separator) {
            script = script.replace(separator, written);
        }
    }
    // A preview keeps it.
    script.shrink_to_fit();
    script
}

fn genres(documents: &[Document<'_>]) -> String {
    documents.iter().map(|d| letter(d.genre)).collect()
}

/// The first thématique of each document, 0 for none.
fn subjects(documents: &[Document<'_>]) -> String {
    let first = |d: &Document<'_>| subject(d.thematiques.first().copied().unwrap_or_default());
    documents.iter().map(first).collect()
}

/// The documents of several thématiques, with these.
fn of_several(documents: &[Document<'_>]) -> BTreeMap<usize, String> {
    let several = documents.iter().enumerate().filter(|(_, d)| d.thematiques.len() > 1);
    several.map(|(n, d)| (n, d.thematiques.iter().map(|t| subject(*t)).collect())).collect()
}

fn subject(thematique: usize) -> String {
    to_base36(thematique.min(35))
}

/// Places of a site with several workshops: territory and year of each, then that of each document, in two signs; `zz` for
/// none.
fn workshops(documents: &[Document<'_>], site: &Site) -> Value {
    if site.ateliers.len() < 2 {
        return Value::Null;
    }
    let all = site.ateliers.iter().map(|a| (&a.synthese.territoire, a.synthese.annee));
    let all: Vec<(&String, _)> = all.collect();
    let none = 36 * 36 - 1;
    let sign = |d: &Document<'_>| format!("{:0>2}", to_base36(d.atelier.unwrap_or(none).min(none)));
    json!([all, documents.iter().map(sign).collect::<String>()])
}

fn letter(genre: Genre) -> char {
    match genre {
        Genre::Fiche => 'f',
        Genre::Contribution => 'c',
        Genre::Phrase => 'e',
        Genre::Page => 'p',
        Genre::Sigle => 's',
    }
}

/// The vocabulary as one text, and where the list of each word is. Stems are numbered as they appear, and so are
/// the forms of each stem.
struct CodedVocabulary {
    text: String,
    /// The form of each word by its number.
    forms: Vec<usize>,
    /// The forms of each stem.
    stems: Vec<Vec<usize>>,
}

impl CodedVocabulary {
    fn of(sorted: &[(String, u32)]) -> Self {
        let both = |(word, _): &(String, u32)| {
            let form = form(word);
            (forms::root(&form), form)
        };
        let both: Vec<(String, String)> = sorted.par_iter().with_max_len(256).map(both).collect();
        let last = sorted.iter().map(|(_, number)| *number as usize + 1).max();
        let forms = vec![0; last.unwrap_or_default()];
        let mut coded = Self { text: String::new(), forms, stems: Vec::new() };
        let mut stems: HashMap<String, usize> = HashMap::new();
        let mut forms: HashMap<String, usize> = HashMap::new();
        let mut before = "";
        for ((word, number), (stem, form)) in sorted.iter().zip(both) {
            let next = coded.stems.len();
            let stem = *stems.entry(stem).or_insert(next);
            if stem == next {
                coded.stems.push(Vec::new());
            }
            let new = forms.len();
            let form = *forms.entry(form).or_insert(new);
            if form == new {
                coded.stems[stem].push(form);
            }
            coded.word(before, word, next - stem);
            coded.forms[*number as usize] = form;
            before = word;
        }
        coded
    }

    /// Writes a word; `back`: 0 for a new stem.
    fn word(&mut self, before: &str, word: &str, back: usize) {
        let shared = before
            .char_indices()
            .zip(word.chars())
            .take(35)
            // The script counts in UTF-16 units.
            .take_while(|((_, a), b)| a == b && a.len_utf16() == 1)
            .count();
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        push_base36(shared, &mut self.text);
        self.text.extend(word.chars().skip(shared));
        if back > 0 {
            self.text.push(':');
            push_base36(back, &mut self.text);
        }
    }
}

/// For each stem, the documents of each of its forms with their weights.
fn lists(documents: &[Document<'_>], vocabulary: &CodedVocabulary) -> Vec<String> {
    let count: usize = vocabulary.stems.iter().map(Vec::len).sum();
    let mut entries: Vec<Vec<Entry>> = vec![Vec::new(); count];
    // More than four thousand million documents would not fit in memory either.
    for (n, document) in (0..).zip(documents) {
        for (term, weight) in &document.termes {
            let list = &mut entries[vocabulary.forms[*term as usize]];
            match list.last_mut() {
                // Two words of one form.
                Some((last, known)) if *last == n => *known = (*known).max(*weight),
                _ => list.push((n, *weight)),
            }
        }
    }
    let of_stem = |forms: &Vec<usize>| {
        let lists: Vec<String> = forms.iter().map(|form| coded_list(&entries[*form])).collect();
        lists.join(",")
    };
    vocabulary.stems.par_iter().map(of_stem).collect()
}

/// A document and the weight of a term in it.
type Entry = (u32, u32);

/// The greatest weight that is told from others, since a letter says it.
const MOST: u8 = 26;

fn coded_weight(weight: u32) -> u8 {
    u8::try_from(weight).unwrap_or(MOST).clamp(1, MOST)
}

fn coded_list(list: &[Entry]) -> String {
    let (mut coded, mut next) = (String::new(), 0);
    for (document, weight) in list {
        push_base36((document - next) as usize, &mut coded);
        coded.push(char::from(b'A' + coded_weight(*weight) - 1));
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
pub(super) fn facettes(site: &Site, plan: &Plan, fiches: &[Document<'_>]) -> String {
    let mut first = Vec::new();
    let mut count = 0;
    for atelier in &site.ateliers {
        first.push(count);
        count += atelier.fiches.len();
    }
    let mut groups: Vec<(&str, &str, Vec<Value>)> = Vec::new();
    for facette in &plan.facettes {
        let rank = |(a, f): &Indices| u32::try_from(first[*a] + f).unwrap_or(u32::MAX);
        let mut ranks: Vec<Entry> = facette.fiches.iter().map(|fiche| (rank(fiche), 1)).collect();
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

fn to_base36(n: usize) -> String {
    let mut text = String::new();
    push_base36(n, &mut text);
    text
}

/// Writes a number where others are already: a site of ten thousand fiches has a million of them.
fn push_base36(n: usize, out: &mut String) {
    if n >= 36 {
        push_base36(n / 36, out);
    }
    out.extend(u32::try_from(n % 36).ok().and_then(|digit| char::from_digit(digit, 36)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vocabulary_is_coded() {
        let words = [("ecole", 1), ("eleve", 5), ("eleves", 0), ("ent", 2), ("entre", 3)];
        let words = words.map(|(word, number)| (word.to_string(), number));
        let coded = CodedVocabulary::of(&words);
        assert_eq!(coded.text, "0ecole 1leve 5s:1 1nt 3re");
        assert_eq!(coded.forms[5], coded.forms[0]);
        assert_eq!(coded.stems, [[0], [1], [2], [3]]);
    }

    #[test]
    fn a_family_has_a_list_for_each_form() {
        let words = [("equipe", 0), ("equipement", 1), ("equipements", 2), ("equiper", 3)];
        let coded = CodedVocabulary::of(&words.map(|(word, number)| (word.to_string(), number)));
        assert_eq!(coded.stems, [vec![0], vec![1, 2]]);
        assert_eq!(coded.forms, [0, 1, 1, 2]);
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
