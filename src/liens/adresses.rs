//! The external addresses of a site, each where it is written.

use url::Url;

use crate::{
    markdown,
    model::{Corps, Fiche},
    site::{Atelier, Site},
    source::{Span, Spanned},
};

/// An address and one place where it is written.
#[derive(Clone, Debug)]
pub struct Emploi<'a> {
    /// The address.
    pub url: Url,
    /// Place of the address, or of the text that holds it.
    pub span: &'a Span,
    /// Use that is made of it.
    pub endroit: Endroit<'a>,
}

/// Use that a text makes of an address.
#[derive(Clone, Copy, Debug)]
pub enum Endroit<'a> {
    /// A resource of a fiche: its rank, from 0.
    Ressource(&'a Atelier, &'a Fiche, usize),
    /// The copy of such a resource.
    Copie,
    /// A text: a body, a page, a cell of a table.
    Texte,
}

/// Every external address, in the order of the site.
pub fn emplois(site: &Site) -> Vec<Emploi<'_>> {
    let mut found = Vec::new();
    let bodies = site.thematiques.iter().map(|t| &t.corps);
    bodies.chain(site.pages.iter().map(|p| &p.corps)).for_each(|c| of_corps(c, &mut found));
    for atelier in &site.ateliers {
        let s = &atelier.synthese;
        let method = s.methode.iter().map(|(corps, _)| corps);
        method.chain(s.textes.iter().map(|t| &t.corps)).for_each(|c| of_corps(c, &mut found));
        for fiche in &atelier.fiches {
            of_fiche(atelier, fiche, &mut found);
        }
        let cells = atelier.blocs.iter().flat_map(|place| &place.bloc.textes);
        cells.for_each(|text| of_line(text, &mut found));
    }
    found
}

fn of_fiche<'a>(atelier: &'a Atelier, fiche: &'a Fiche, found: &mut Vec<Emploi<'a>>) {
    for (n, lien) in fiche.liens.iter().enumerate() {
        let span = &lien.texte.span;
        let own = lien.url.iter().map(|url| (url, Endroit::Ressource(atelier, fiche, n)));
        let copy = lien.url_archive.iter().map(|url| (url, Endroit::Copie));
        found.extend(own.chain(copy).map(|(url, endroit)| Emploi {
            url: url.clone(),
            span,
            endroit,
        }));
    }
    of_corps(&fiche.corps, found);
    fiche.points_forts.iter().chain(&fiche.irritants).for_each(|text| of_line(text, found));
}

fn of_corps<'a>(corps: &'a Corps, found: &mut Vec<Emploi<'a>>) {
    found.extend(corps.externes.iter().map(|Spanned { value, span }| Emploi {
        url: value.clone(),
        span,
        endroit: Endroit::Texte,
    }));
}

fn of_line<'a>(text: &'a Spanned<String>, found: &mut Vec<Emploi<'a>>) {
    let urls = markdown::addresses(&text.value);
    found.extend(urls.map(|url| Emploi { url, span: &text.span, endroit: Endroit::Texte }));
}
