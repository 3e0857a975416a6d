//! Site → search index: what can be found, and the files that the search page loads. The page works from
//! a disk, where only scripts can be loaded: each file is a script that hands its data over.

mod cartes;
mod files;
mod forms;
mod others;
mod phrases;
mod words;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use rayon::prelude::*;
use words::Vocabulary;

use crate::{
    markdown::plain,
    model::{Corps, Fiche, Nature, Sens},
    output::Emit,
    pages::Plan,
    site::{Atelier, Bout, Indices, Sigles, Site, address, occurrences, titre_affiche},
};

/// Kinds of document, in the order of the groups of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Genre {
    Fiche,
    Contribution,
    Phrase,
    #[default]
    Page,
    Sigle,
}

/// Something that can be found.
#[derive(Debug, Default)]
struct Document<'s> {
    genre: Genre,
    titre: String,
    /// From the root of the site.
    href: String,
    /// Context: « Irritant · Un égal accès ».
    contexte: String,
    /// Source of an excerpt. Empty when the title says all, and for a fiche. The text of a fiche is made again when
    /// asked for: ten thousand would take 40 MB.
    texte: String,
    /// The fiche that it is.
    fiche: Option<&'s Fiche>,
    /// Keywords, places and links. An excerpt where the text has none of the words asked for.
    mentions: String,
    /// Other places where the same phrase stands: their names, their addresses.
    aussi: Vec<(String, String)>,
    /// Numbers of its thématiques.
    thematiques: Vec<usize>,
    /// Place of its workshop in the site; `None` when it is of none.
    atelier: Option<usize>,
    /// The numbers of the terms it is found by, with weights.
    termes: Vec<(u32, u32)>,
}

impl Document<'_> {
    fn texte(&self) -> Cow<'_, str> {
        match self.fiche {
            Some(fiche) => Cow::Owned(plain(&beginning(whole_text(fiche)))),
            None => Cow::Borrowed(&self.texte),
        }
    }
}

/// Characters of the text of a fiche that excerpts are taken from, at most: all of most fiches, and a long one is found by
/// all its words still.
const SHOWN: usize = 900;

/// The beginning of a text, whole words.
fn beginning(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(SHOWN) {
        text.truncate(text[..end].rfind(' ').unwrap_or(end));
        text.push_str(" …");
    }
    text
}

/// The text of a fiche, and what it says besides of what helped and what hurt.
fn whole_text(fiche: &Fiche) -> String {
    let mut text = joined(&fiche.corps);
    for said in fiche.points_forts.iter().chain(&fiche.irritants) {
        text.push(' ');
        text.push_str(&said.value);
    }
    text
}

/// Weight of a word of a title; a word of a text has 1, each time, up to [`TEXT_MAX`].
const TITLE: u32 = 12;
/// Weight of a word that somebody chose to name the document.
const KEY: u32 = 6;
/// Weight of an acronym whose expansion stands in the text.
const SIGLE: u32 = 2;
/// Most weight that a word takes from a text: saying it ten times is not saying it ten times better.
const TEXT_MAX: u32 = 3;
/// Cards in a file: a page of a list takes one or two.
const CARTES: usize = 50;

/// Makes the files of the index.
pub fn index(site: &Site, plan: &Plan, emit: Emit<'_>) {
    let words = Vocabulary::default();
    let glossary = Glossary::new(site, &words);
    let mut all = fiches(site, (&glossary, &words));
    let facettes = files::facettes(site, plan, &all);
    cartes::write(site, plan, emit);
    all.extend(phrases::documents(site, (&glossary, &words)));
    all.extend(site.glossaire.iter().map(|sens| sigle(sens, (&glossary, &words))));
    all.extend(others::documents(site, plan, (&glossary, &words)));
    all.extend(others::parts_of_tables(site, (&glossary, &words)));
    files::write(&all, &words.sorted(), site, emit);
    emit(address::search("facettes.js"), facettes.into_bytes().into());
}

/// The acronyms with the words of their expansions.
struct Glossary<'a> {
    senses: &'a Sigles,
    expansions: Vec<Vec<u32>>,
    /// Senses by their expansions, those of several words.
    by_expansion: HashMap<Vec<u32>, Vec<usize>>,
    /// Numbers of words of these.
    lengths: BTreeSet<usize>,
}

/// Acronyms and words that a document is made with.
type Lexicon<'a> = (&'a Glossary<'a>, &'a Vocabulary);

impl<'a> Glossary<'a> {
    fn new(site: &'a Site, all: &Vocabulary) -> Self {
        let words = |sens: &Sens| {
            let expansion = sens.developpement.as_ref();
            expansion.map_or_else(Vec::new, |d| all.numbers(&d.value))
        };
        let expansions: Vec<Vec<u32>> = site.glossaire.iter().map(words).collect();
        let mut by_expansion: HashMap<Vec<u32>, Vec<usize>> = HashMap::new();
        for (sens, expansion) in expansions.iter().enumerate().filter(|(_, all)| all.len() > 1) {
            by_expansion.entry(expansion.clone()).or_default().push(sens);
        }
        let lengths = by_expansion.keys().map(Vec::len).collect();
        Self { senses: &site.glossaire, expansions, by_expansion, lengths }
    }
}

/// A document being made.
struct DocumentMaker<'a> {
    glossary: &'a Glossary<'a>,
    words: &'a Vocabulary,
    /// The place of a bloc, which chooses between the senses of an acronym.
    place: Option<String>,
    /// Few: they are found by going through them.
    termes: Vec<(u32, u32)>,
    /// Words of the texts, apart, with repeats. They have a limit.
    from_texts: Vec<u32>,
}

impl<'a> DocumentMaker<'a> {
    fn new((glossary, words): Lexicon<'a>, place: Option<String>) -> Self {
        Self { glossary, words, place, termes: Vec::new(), from_texts: Vec::new() }
    }

    /// The weight of a term, and whether it is new.
    fn weight(&mut self, term: u32) -> (&mut u32, bool) {
        let known = self.termes.iter().position(|(known, _)| *known == term);
        let at = known.unwrap_or(self.termes.len());
        if known.is_none() {
            self.termes.push((term, 0));
        }
        (&mut self.termes[at].1, known.is_none())
    }

    fn named(&mut self, text: &str, weight: u32) {
        let said = self.words.numbers(text);
        self.senses(text, &said);
        for term in said {
            let (known, _) = self.weight(term);
            *known = (*known).max(weight);
        }
    }

    fn says(&mut self, text: &str) {
        let said = self.words.numbers(text);
        self.senses(text, &said);
        self.from_texts.extend(said);
    }

    /// An acronym is found by its expansion, and the other way round.
    fn senses(&mut self, text: &str, said: &[u32]) {
        let glossary = self.glossary;
        for found in occurrences(text, glossary.senses, self.place.as_deref()) {
            glossary.expansions[found.sens].iter().for_each(|term| self.implied(*term, 1));
        }
        let mut expanded: BTreeSet<&usize> = BTreeSet::new();
        for length in &glossary.lengths {
            let here = said.windows(*length).filter_map(|words| glossary.by_expansion.get(words));
            expanded.extend(here.flatten());
        }
        for sens in expanded {
            let sigle = self.words.numbers(&glossary.senses[*sens].sigle.value);
            sigle.into_iter().for_each(|term| self.implied(term, SIGLE));
        }
    }

    /// A term that nobody wrote: it adds nothing to one that somebody did.
    fn implied(&mut self, term: u32, weight: u32) {
        if let (known, true) = self.weight(term) {
            *known = weight;
        }
    }

    fn done(mut self) -> Vec<(u32, u32)> {
        let mut said = std::mem::take(&mut self.from_texts);
        said.sort_unstable();
        let mut others = Vec::new();
        for same in said.chunk_by(|a, b| a == b) {
            let weight = u32::try_from(same.len()).unwrap_or(u32::MAX).min(TEXT_MAX);
            match self.termes.iter_mut().find(|(term, _)| *term == same[0]) {
                Some((_, known)) => *known += weight,
                None => others.push((same[0], weight)),
            }
        }
        self.termes.append(&mut others);
        self.termes.shrink_to_fit();
        self.termes
    }
}

fn joined(corps: &Corps) -> String {
    corps.blocs.iter().map(|b| b.value.as_str()).collect::<Vec<_>>().join(" ")
}

fn context(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    plain(&parts.join(" · "))
}

/// « Loire-Atlantique 2020 », where the site has several workshops.
fn territoire(site: &Site, atelier: &Atelier) -> String {
    match site.seul_atelier() {
        Some(_) => String::new(),
        None => format!("{} {}", atelier.synthese.territoire, atelier.synthese.annee),
    }
}

fn fiches<'s>(site: &'s Site, lexicon: Lexicon<'_>) -> Vec<Document<'s>> {
    let all: Vec<_> = site.indices().collect();
    let names: Vec<_> = site.ateliers.iter().map(names).collect();
    let one = |(a, f): &Indices| {
        let names = names[*a].get(f).map_or(&[][..], Vec::as_slice);
        fiche(site, *a, (&site.ateliers[*a].fiches[*f], names), lexicon)
    };
    all.par_iter().map(one).collect()
}

/// The names by which the tables of a workshop mention each of its fiches.
fn names(atelier: &Atelier) -> BTreeMap<usize, Vec<&str>> {
    let mut found: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for arete in &atelier.rapprochements {
        for (here, there) in [(arete.de, arete.vers), (arete.vers, arete.de)] {
            let (Bout::Fiche(fiche), Bout::Bloc(bloc, _)) = (here, there) else { continue };
            let bloc = &atelier.blocs[bloc].bloc;
            if bloc.nature == Some(Nature::Mention) {
                let texts = bloc.textes.iter().map(|text| text.value.as_str());
                found.entry(fiche).or_default().extend(texts);
            }
        }
    }
    found
}

fn fiche<'s>(
    site: &Site,
    a: usize,
    (fiche, names): (&'s Fiche, &[&str]),
    lexicon: Lexicon<'_>,
) -> Document<'s> {
    let thematique = site.thematique(&fiche.thematique.value);
    let mut maker = DocumentMaker::new(lexicon, None);
    if let Some(titre) = &fiche.titre {
        maker.named(&titre.value, TITLE);
    }
    for niveau in &fiche.niveaux {
        maker.named(niveau.label(), KEY);
    }
    let keys = keys(fiche);
    keys.iter().for_each(|key| maker.named(key, KEY));
    maker.says(&whole_text(fiche));
    let said: Vec<&str> = fiche.liens.iter().filter_map(|lien| lien.titre.as_deref()).collect();
    said.iter().for_each(|titre| maker.says(titre));
    fiche.auteurs.iter().for_each(|author| maker.says(author));
    names.iter().for_each(|name| maker.says(name));
    let court = thematique.map_or("", |t| t.titre_court.as_str());
    let niveaux: Vec<&str> = fiche.niveaux.iter().map(|n| n.label()).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let authors: Vec<&str> = fiche.auteurs.iter().map(String::as_str).collect();
    let titre = plain(&titre_affiche(fiche));
    let is_title = |name: &&&str| titre.contains(plain(name).trim_end_matches('.'));
    let others: Vec<&str> = names.iter().filter(|name| !is_title(name)).copied().collect();
    Document {
        genre: if fiche.est_de_la_synthese() { Genre::Fiche } else { Genre::Contribution },
        titre,
        href: address::fiche(&fiche.id).as_str().to_string(),
        contexte: context(&[court, &niveaux.join(", "), &territoire(site, &site.ateliers[a])]),
        fiche: Some(fiche),
        mentions: context(&[&keys[..], &said, &authors, &others].concat()),
        thematiques: thematique.map(|t| site.rang(&t.id)).into_iter().collect(),
        atelier: Some(a),
        termes: maker.done(),
        ..Document::default()
    }
}

/// The words that somebody chose to file a fiche: keywords, places, kinds and hosts of its links.
fn keys(fiche: &Fiche) -> Vec<String> {
    let words = fiche.mots_cles.iter().chain(&fiche.sous_thematiques).map(|word| &word.value);
    let places = [&fiche.etablissement, &fiche.commune].into_iter().flatten();
    let mut keys: Vec<String> = words.chain(places).cloned().collect();
    for lien in &fiche.liens {
        let kind = lien.type_lien.map(|kind| kind.label().to_string());
        let host = lien.url.as_ref().and_then(|url| url.host_str());
        let host = host.map(|host| host.trim_start_matches("www.").to_string());
        for key in [kind, host].into_iter().flatten() {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    keys
}

fn sigle(sens: &Sens, lexicon: Lexicon<'_>) -> Document<'static> {
    let mut maker = DocumentMaker::new(lexicon, None);
    maker.named(&sens.sigle.value, TITLE);
    let developpement = sens.developpement.as_ref().map_or("", |d| d.value.as_str());
    maker.named(developpement, KEY);
    let note = sens.note.as_deref().unwrap_or_default();
    maker.says(note);
    Document {
        genre: Genre::Sigle,
        titre: plain(&sens.sigle.value),
        href: format!("{}#{}", address::page("glossaire"), sens.id.value),
        contexte: plain(developpement),
        texte: plain(note),
        termes: maker.done(),
        ..Document::default()
    }
}
