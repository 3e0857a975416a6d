//! The phrases of the tables. One that stands at several places of a workshop is one document, which tells them all: a
//! reader would take each for another result.

use std::collections::HashMap;

use super::{Document, DocumentMaker, Genre, Lexicon, context, territoire};
use crate::{
    french,
    markdown::plain,
    site::{Atelier, BlocPlace, Site, address},
};

/// The phrases, in the order of the site.
pub(super) fn documents(site: &Site, lexicon: Lexicon<'_>) -> Vec<Document<'static>> {
    let mut all: Vec<Document<'static>> = Vec::new();
    for (a, atelier) in site.ateliers.iter().enumerate() {
        let mut known: HashMap<String, (usize, &BlocPlace)> = HashMap::new();
        for place in &atelier.blocs {
            for n in 1..=place.bloc.textes.len() {
                let text = french::canonical(&place.bloc.textes[n - 1].value);
                if let Some((first, there)) = known.get(&text) {
                    also(site, a, (&mut all[*first], there), (place, n));
                } else {
                    known.insert(text, (all.len(), place));
                    all.push(phrase(site, a, (place, n), lexicon));
                }
            }
        }
    }
    all
}

/// Adds a place of a phrase that is known from another.
fn also(
    site: &Site,
    a: usize,
    (document, first): (&mut Document<'_>, &BlocPlace),
    (place, n): (&BlocPlace, usize),
) {
    let atelier = &site.ateliers[a];
    let subject = if place.thematique == first.thematique { "" } else { court(site, place) };
    let table = atelier.synthese.nom_du_tableau(place.tableau);
    let is_there = place.tableau == first.tableau && subject.is_empty();
    let label = if is_there { format!("{table}, plus loin") } else { table };
    document.aussi.push((context(&[&label, subject]), href(atelier, (place, n))));
    let number = site.rang(&place.thematique);
    if number > 0 && !document.thematiques.contains(&number) {
        document.thematiques.push(number);
    }
}

fn phrase(
    site: &Site,
    a: usize,
    (place, n): (&BlocPlace, usize),
    lexicon: Lexicon<'_>,
) -> Document<'static> {
    let atelier = &site.ateliers[a];
    let text = &place.bloc.textes[n - 1].value;
    let id = &atelier.synthese.id;
    let here = format!("{id}/{}/{}", place.thematique, place.bloc.id.value);
    let mut maker = DocumentMaker::new(lexicon, Some(here));
    maker.says(text);
    let titre = french::first_words(text, 140);
    let nature = atelier.nature(place);
    Document {
        genre: Genre::Phrase,
        texte: if titre == text.trim() { String::new() } else { plain(text) },
        titre: plain(&titre),
        href: href(atelier, (place, n)),
        contexte: context(&[&nature, court(site, place), &territoire(site, atelier)]),
        thematiques: Some(site.rang(&place.thematique)).filter(|n| *n > 0).into_iter().collect(),
        atelier: Some(a),
        termes: maker.done(),
        ..Document::default()
    }
}

/// Short title of the thématique of a bloc.
fn court<'s>(site: &'s Site, place: &BlocPlace) -> &'s str {
    site.thematique(&place.thematique).map_or("", |t| t.titre_court.as_str())
}

fn href(atelier: &Atelier, (place, n): (&BlocPlace, usize)) -> String {
    format!("{}#{}", address::tableau(&atelier.synthese, place.tableau), place.bloc.ancre(n))
}
