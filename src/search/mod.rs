//! Site → search index: what can be found, and the files that the search page loads. The page works from
//! a disk, where only scripts can be loaded: each file is a script that hands its data over.

mod cartes;
mod files;
mod words;

use rayon::prelude::*;
use words::Vocabulary;

use crate::{
    fr,
    markdown::plain,
    model::{Corps, Fiche, Sens},
    output::Sink,
    pages::{Page, PageKind, Plan, title},
    site::{Atelier, BlocPlace, Site, address, occurrences, titre_affiche},
};

/// What is found, in the order in which results are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Genre {
    Fiche,
    Contribution,
    Enonce,
    Page,
    Sigle,
}

/// Something that can be found.
#[derive(Debug)]
struct Document {
    genre: Genre,
    titre: String,
    /// From the root of the site.
    href: String,
    /// Where it stands: « Irritant · Un égal accès ».
    contexte: String,
    /// What an excerpt is taken from; empty when the title says all.
    texte: String,
    /// Number of its thématique; 0 for none.
    thematique: usize,
    /// The numbers of the terms it is found by, with weights.
    termes: Vec<(u32, u32)>,
}

/// Weight of a word of a title; a word of a text has 1, each time, up to [`TEXT_MAX`].
const TITLE: u32 = 12;
/// Weight of a word that somebody chose to name the document.
const KEY: u32 = 6;
/// Weight of an acronym whose expansion stands in the text.
const SIGLE: u32 = 2;
/// Most weight that a word takes from a text: saying it ten times is not saying it ten times better.
const TEXT_MAX: u32 = 3;
/// Characters of a text that are kept for excerpts.
const EXCERPT: usize = 900;

/// Makes the files of the index.
pub fn index(site: &Site, plan: &Plan, sink: &dyn Sink) {
    let vocabulary = Vocabulary::new();
    let glossary = Glossary::new(site, &vocabulary);
    let mut all = fiches(site, &glossary);
    let facettes = files::facettes(site, plan, &all);
    cartes::write(site, plan, sink);
    all.extend(enonces(site, &glossary));
    all.extend(pages(site, plan, &glossary));
    all.extend(site.glossaire.iter().map(|sens| sigle(sens, &glossary)));
    let titres: Vec<String> = site.thematiques.iter().map(|t| plain(&t.titre_court)).collect();
    files::write(&all, &vocabulary.sorted(), &titres, sink);
    sink.put(&address::search("facettes.js"), facettes.into_bytes().into());
}

/// The acronyms with the words of their expansions.
struct Glossary<'a> {
    senses: &'a [Sens],
    expansions: Vec<Vec<u32>>,
    vocabulary: &'a Vocabulary,
}

impl<'a> Glossary<'a> {
    fn new(site: &'a Site, vocabulary: &'a Vocabulary) -> Self {
        let words = |sens: &Sens| {
            let expansion = sens.developpement.as_ref();
            expansion.map_or_else(Vec::new, |d| vocabulary.numbers(&d.value))
        };
        let expansions = site.glossaire.iter().map(words).collect();
        Self { senses: &site.glossaire, expansions, vocabulary }
    }
}

/// A document being made.
struct Maker<'a> {
    glossary: &'a Glossary<'a>,
    /// The place of a bloc, which chooses between the senses of an acronym.
    place: Option<String>,
    /// Few: they are found by going through them.
    termes: Vec<(u32, u32)>,
    /// What the texts gave, apart, as often as they did: it has a limit.
    from_texts: Vec<u32>,
}

impl<'a> Maker<'a> {
    fn new(glossary: &'a Glossary<'a>, place: Option<String>) -> Self {
        Self { glossary, place, termes: Vec::new(), from_texts: Vec::new() }
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
        let said = self.glossary.vocabulary.numbers(text);
        self.senses(text, &said);
        for term in said {
            let (known, _) = self.weight(term);
            *known = (*known).max(weight);
        }
    }

    fn says(&mut self, text: &str) {
        let said = self.glossary.vocabulary.numbers(text);
        self.senses(text, &said);
        self.from_texts.extend(said);
    }

    /// An acronym is found by its expansion, and the other way round.
    fn senses(&mut self, text: &str, said: &[u32]) {
        let glossary = self.glossary;
        for found in occurrences(text, glossary.senses, self.place.as_deref()) {
            glossary.expansions[found.sens].iter().for_each(|term| self.implied(*term, 1));
        }
        for (sens, expansion) in glossary.senses.iter().zip(&glossary.expansions) {
            if expansion.len() > 1 && said.windows(expansion.len()).any(|w| w == expansion) {
                let sigle = glossary.vocabulary.numbers(&sens.sigle.value);
                sigle.into_iter().for_each(|term| self.implied(term, SIGLE));
            }
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

fn excerpt(text: &str) -> String {
    plain(&fr::first_words(text, EXCERPT))
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

fn fiches(site: &Site, glossary: &Glossary<'_>) -> Vec<Document> {
    let all: Vec<(&Atelier, &Fiche)> = site.fiches().collect();
    all.into_par_iter().map(|(atelier, f)| fiche(site, atelier, f, glossary)).collect()
}

fn fiche(site: &Site, atelier: &Atelier, fiche: &Fiche, glossary: &Glossary<'_>) -> Document {
    let thematique = site.thematique(&fiche.thematique.value);
    let text = joined(&fiche.corps);
    let mut maker = Maker::new(glossary, None);
    if let Some(titre) = &fiche.titre {
        maker.named(&titre.value, TITLE);
    }
    for word in fiche.mots_cles.iter().chain(&fiche.sous_thematiques) {
        maker.named(&word.value, KEY);
    }
    for niveau in &fiche.niveaux {
        maker.named(niveau.label(), KEY);
    }
    for place in [&fiche.etablissement, &fiche.commune].into_iter().flatten() {
        maker.named(place, KEY);
    }
    maker.says(&text);
    for said in fiche.points_forts.iter().chain(&fiche.irritants) {
        maker.says(&said.value);
    }
    for titre in fiche.liens.iter().filter_map(|lien| lien.titre.as_deref()) {
        maker.says(titre);
    }
    fiche.auteurs.iter().for_each(|author| maker.says(author));
    let court = thematique.map_or("", |t| t.titre_court.as_str());
    let niveaux: Vec<&str> = fiche.niveaux.iter().map(|n| n.label()).collect();
    Document {
        genre: if fiche.est_de_la_synthese() { Genre::Fiche } else { Genre::Contribution },
        titre: plain(&titre_affiche(fiche)),
        href: address::fiche(&fiche.id).to_string(),
        contexte: context(&[court, &niveaux.join(", "), &territoire(site, atelier)]),
        texte: excerpt(&text),
        thematique: thematique.map_or(0, |t| t.numero.value),
        termes: maker.done(),
    }
}

fn enonces(site: &Site, glossary: &Glossary<'_>) -> Vec<Document> {
    let mut all = Vec::new();
    for atelier in &site.ateliers {
        for place in &atelier.blocs {
            for n in 1..=place.bloc.textes.len() {
                all.push(enonce(site, atelier, (place, n), glossary));
            }
        }
    }
    all
}

fn enonce(
    site: &Site,
    atelier: &Atelier,
    (place, n): (&BlocPlace, usize),
    glossary: &Glossary<'_>,
) -> Document {
    let text = &place.bloc.textes[n - 1].value;
    let id = &atelier.synthese.id;
    let here = format!("{id}/{}/{}", place.thematique, place.bloc.id.value);
    let mut maker = Maker::new(glossary, Some(here));
    maker.says(text);
    let thematique = site.thematique(&place.thematique);
    let court = thematique.map_or("", |t| t.titre_court.as_str());
    let titre = fr::first_words(text, 140);
    Document {
        genre: Genre::Enonce,
        texte: if titre == text.trim() { String::new() } else { excerpt(text) },
        titre: plain(&titre),
        href: format!("{}#{}", address::tableau(id, place.tableau), place.bloc.ancre(n)),
        contexte: context(&[place.bloc.nature.label(), court, &territoire(site, atelier)]),
        thematique: thematique.map_or(0, |t| t.numero.value),
        termes: maker.done(),
    }
}

/// The pages that are neither a fiche nor one of many pages of a list.
fn pages(site: &Site, plan: &Plan, glossary: &Glossary<'_>) -> Vec<Document> {
    let mut all = Vec::new();
    for page in &plan.pages {
        let mut maker = Maker::new(glossary, None);
        let mut texte = String::new();
        let mut thematique = 0;
        match &page.kind {
            PageKind::Thematique(t) => {
                let t = &site.thematiques[*t];
                thematique = t.numero.value;
                texte = joined(&t.corps);
                // With one workshop the page holds its tables.
                let blocs = site.seul_atelier().into_iter().flat_map(|a| &a.blocs);
                for place in blocs.filter(|b| b.thematique == t.id) {
                    maker.says(&place.bloc.texte());
                }
            }
            PageKind::Synthese(a) => {
                let s = &site.ateliers[*a].synthese;
                maker.named(&s.territoire, KEY);
                texte = s.methode.as_ref().map_or_else(String::new, |(corps, _)| joined(corps));
            }
            PageKind::Texte(p) => texte = joined(&site.pages[*p].corps),
            PageKind::Accessibilite
            | PageKind::MentionsLegales
            | PageKind::DonneesPersonnelles
            | PageKind::Contact => {
                let complement = page.kind.officielle().and_then(|o| site.complement(o));
                texte = complement.map_or_else(String::new, |page| joined(&page.corps));
            }
            PageKind::Liste { facette, numero: 1, .. } => {
                // A keyword finds the fiches that bear it.
                if facette.is_some_and(|f| plan.facettes[f].nom == "mot-cle") {
                    continue;
                }
            }
            PageKind::Tableau(..)
            | PageKind::Acteurs
            | PageKind::Calendrier
            | PageKind::Liens { numero: 1, .. }
            | PageKind::Glossaire
            | PageKind::Provenance => {}
            _ => continue,
        }
        let titre = title(page, plan, site);
        maker.named(&titre, TITLE);
        maker.says(&texte);
        all.push(page_document(page, plain(&titre), &texte, thematique, maker.done()));
    }
    all
}

fn page_document(
    page: &Page,
    titre: String,
    texte: &str,
    thematique: usize,
    termes: Vec<(u32, u32)>,
) -> Document {
    let contexte = match &page.kind {
        PageKind::Thematique(_) => "Thématique",
        PageKind::Synthese(_) => "Synthèse",
        PageKind::Tableau(..) => "Tableau",
        PageKind::Liste { .. } => "Liste",
        _ => "",
    };
    Document {
        genre: Genre::Page,
        titre,
        href: page.path.to_string(),
        contexte: contexte.to_string(),
        texte: excerpt(texte),
        thematique,
        termes,
    }
}

fn sigle(sens: &Sens, glossary: &Glossary<'_>) -> Document {
    let mut maker = Maker::new(glossary, None);
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
        thematique: 0,
        termes: maker.done(),
    }
}
