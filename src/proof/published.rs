//! Fidelity, model ↔ pages: each text stands at its permanent anchor, whole and alone.
//!
//! The element that bears the anchor of a text of the synthèse holds that text and nothing else, so
//! that no theme can cut, swap or embroider it. Comparison is on [`french::canonical`] form.

use std::collections::{BTreeMap, HashMap};

use crate::{
    diag::{Code, Diagnostic},
    french,
    html::PageScan,
    model::{Corps, Fiche, ImageRecue, Tableau},
    site::{Atelier, BlocPlace, Site, address, address::anchor},
    source::{OutputPath, Slug, Span, Spanned},
};

/// Advice for a fault that neither a text nor a theme explains.
pub const OF_THE_PROGRAM: &str =
    "rien dans le contenu ne l’explique : c’est un défaut du programme, à signaler à ses auteurs";

/// Advice for a text that a template may have changed.
const CHANGED: &str = "un gabarit du thème change, coupe ou complète ce texte";

/// Part of the model due on a page.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// The headings and the method of a workshop.
    Atelier(&'a Atelier),
    /// A table of a workshop: its headings and its blocs.
    Tableau(&'a Atelier, Tableau),
    /// A fiche.
    Fiche(&'a Atelier, &'a Fiche),
    /// A text by the editor, among what else the page says.
    Texte(&'a Corps),
}

/// Content due on each page, by permanent address.
pub type ByPage<'a> = HashMap<OutputPath, Wanted<'a>>;

/// Content due on each page of a site.
pub fn wanted(site: &Site) -> ByPage<'_> {
    let mut wanted = ByPage::default();
    for t in &site.thematiques {
        wanted.insert(address::thematique(&t.id), Wanted::Texte(&t.corps));
    }
    for page in &site.pages {
        wanted.insert(address::page(page.id.as_str()), Wanted::Texte(&page.corps));
    }
    for atelier in &site.ateliers {
        let id = &atelier.synthese.id;
        wanted.insert(address::synthese(id), Wanted::Atelier(atelier));
        for tableau in atelier.synthese.tableaux.keys() {
            wanted.insert(
                address::tableau(&atelier.synthese, *tableau),
                Wanted::Tableau(atelier, *tableau),
            );
        }
        for fiche in &atelier.fiches {
            wanted.insert(address::fiche(&fiche.id), Wanted::Fiche(atelier, fiche));
        }
    }
    wanted
}

/// Holds a page to what it must give. `scan` is `None` when there is no such page.
pub fn check(
    path: &OutputPath,
    scan: Option<&PageScan>,
    (wanted, own_templates): (Wanted<'_>, bool),
    diags: &mut Vec<Diagnostic>,
) {
    let mut proof = Proof { path, scan, own_templates, diags };
    match wanted {
        Wanted::Atelier(atelier) => proof.workshop(atelier),
        Wanted::Tableau(atelier, tableau) => proof.table(atelier, tableau),
        Wanted::Fiche(atelier, fiche) => {
            proof.fiche(fiche);
            let place = format!("retex/{}", fiche.id.slug);
            proof.images(atelier, |image| image.place.value == place);
        }
        Wanted::Texte(corps) => proof.text(corps, None),
    }
}

struct Proof<'a> {
    path: &'a OutputPath,
    scan: Option<&'a PageScan>,
    /// True when the site has its own templates. Else no message mentions them.
    own_templates: bool,
    diags: &'a mut Vec<Diagnostic>,
}

impl<'a> Proof<'a> {
    /// Images received with the document, each with the words that the editor gives it and its caption.
    fn images(&mut self, atelier: &Atelier, is_here: impl Fn(&ImageRecue) -> bool) {
        for image in atelier.synthese.images.iter().filter(|image| is_here(image)) {
            let Some(scan) = self.page(&image.fichier.span) else { return };
            let id = anchor::image(&image.fichier.value);
            let wanted = letters(&image.alternative.value);
            if !scan.alternatives_of(Some(&id)).any(|alt| letters(alt) == wanted) {
                self.lost(&image.alternative.span, &image.alternative.value);
            }
            if let Some(legende) = &image.legende {
                self.exact(&anchor::legende(&image.fichier.value), &legende.titre);
            }
        }
    }

    /// Advice on a template, or on the program if the site has none.
    fn advice(&self, of_a_template: impl Into<String>) -> String {
        if self.own_templates { of_a_template.into() } else { OF_THE_PROGRAM.into() }
    }

    fn workshop(&mut self, atelier: &Atelier) {
        let s = &atelier.synthese;
        if atelier.fidelite.as_ref().is_some_and(|found| found.titre_recu) {
            let span = Span::new(&s.path, 0..0);
            self.exact(anchor::TITRE, &Spanned { value: s.titre.clone(), span });
        }
        if let Some(retex) = &s.retex {
            self.exact(anchor::RETEX, &retex.titre);
        }
        for (thematique, intitule) in &atelier.intitules_retex {
            self.exact(&anchor::retex(thematique.as_str()), &intitule.titre);
        }
        for recu in &s.textes {
            let id = anchor::recu(recu.id.as_str());
            if let Some(titre) = &recu.titre {
                self.exact(&anchor::titre_recu(recu.id.as_str()), titre);
            }
            if !recu.corps.blocs.is_empty() {
                self.exact(&id, &whole(&recu.corps));
            }
        }
        self.images(atelier, |image| !image.place.value.starts_with("retex/"));
        if let Some((corps, _)) = &s.methode {
            self.exact(anchor::METHODE, &whole(corps));
        }
    }

    fn table(&mut self, atelier: &Atelier, tableau: Tableau) {
        if let Some(entete) = atelier.synthese.tableaux.get(&tableau) {
            self.exact(anchor::TITRE, &entete.intitule.titre);
            let all = entete.colonnes.iter().enumerate();
            for (n, colonne) in all.filter(|(_, colonne)| colonne.exclure.is_none()) {
                self.exact(&anchor::colonne(n + 1), &colonne.texte);
            }
        }
        let mut rows = BTreeMap::new();
        for place in atelier.blocs.iter().filter(|place| place.tableau == tableau) {
            self.on_its_row(place, &mut rows);
            let bloc = &place.bloc;
            let whole = Spanned { value: bloc.texte(), span: bloc.textes[0].span.clone() };
            self.exact(bloc.id.value.as_str(), &whole);
            self.under_its_heading(atelier, place);
            if bloc.textes.len() > 1 {
                for (n, enonce) in bloc.textes.iter().enumerate() {
                    self.exact(&bloc.ancre(n + 1), enonce);
                }
            }
        }
    }

    /// In a table, the blocs of one rangée stand on one row, and no other does. `rows`: the row of each rangée met.
    fn on_its_row<'p>(
        &mut self,
        place: &'p BlocPlace,
        rows: &mut BTreeMap<(&'p Slug, usize), usize>,
    ) {
        let id = place.bloc.id.value.as_str();
        let Some((row, _)) = self.scan.and_then(|scan| scan.cells.get(id)) else { return };
        let rangee = (&place.thematique, place.rangee());
        let known = *rows.entry(rangee).or_insert(*row);
        let is_alone = rows.iter().all(|(other, seen)| seen != row || *other == rangee);
        if known != *row || !is_alone {
            let wrong =
                self.wrong(&place.bloc.textes[0].span, "ne place pas ce texte sur sa rangée");
            let advice = self.advice("un gabarit du thème change l’ordre des rangées");
            self.diags.push(wrong.help(advice));
        }
    }

    /// In a table, a bloc stands in the column of the heading that has its nature.
    fn under_its_heading(&mut self, atelier: &Atelier, place: &BlocPlace) {
        let (Some(scan), Some(entete)) = (self.scan, atelier.synthese.tableaux.get(&place.tableau))
        else {
            return;
        };
        let n = place.bloc.colonne;
        let column = |id: &str| scan.cells.get(id).map(|(_, column)| column);
        let here = column(place.bloc.id.value.as_str());
        if here != column(&anchor::colonne(n + 1)) {
            let what = "ne place pas ce texte sous l’intitulé de sa colonne";
            let wrong = self.wrong(&place.bloc.textes[0].span, what);
            let advice = self.advice("un gabarit du thème change l’ordre des colonnes");
            let heading = &entete.colonnes[n].texte.span;
            self.diags.push(wrong.also(heading, "sa colonne").help(advice));
        }
    }

    fn fiche(&mut self, fiche: &Fiche) {
        if let Some(titre) = &fiche.titre {
            self.exact(anchor::TITRE, titre);
        }
        if fiche.est_de_la_synthese() && !fiche.corps.blocs.is_empty() {
            self.exact(anchor::TEXTE, &whole(&fiche.corps));
        } else {
            self.text(&fiche.corps, Some(anchor::TEXTE));
        }
        for (n, lien) in fiche.liens.iter().enumerate() {
            let id = anchor::lien(n + 1);
            let Some(scan) = self.page(&lien.texte.span) else { continue };
            if lien.url.is_some() && !scan.holds_link(&id, &lien.texte.value) {
                self.missing(&id, &lien.texte.span, "ce lien");
            }
            if let Some(received) = &lien.url_source {
                self.within(&id, received);
            }
        }
    }

    /// The letters and digits of a text by an editor stand in the page, in order: within the element `id` nothing
    /// else does; without one, they follow each other somewhere in the page.
    fn text(&mut self, corps: &Corps, id: Option<&str>) {
        let Some(scan) = self.page(&corps.span) else { return };
        let found = match id {
            Some(id) => scan.text_without_calls(id).map_or_else(String::new, |text| letters(&text)),
            None => letters(&scan.whole_text_without_calls()),
        };
        let wanted: String = corps.blocs.iter().map(|bloc| letters(&bloc.value)).collect();
        let is_whole = if id.is_some() { found == wanted } else { found.contains(&wanted) };
        if !is_whole {
            self.first_gap(corps, &found, id.is_some());
        }
        let alternatives = scan.alternatives_of(id).map(letters);
        let mut alternatives = alternatives.filter(|alt| !alt.is_empty());
        for image in &corps.images {
            let wanted = letters(&image.alternative);
            if !wanted.is_empty() && !alternatives.any(|alt| alt == wanted) {
                self.lost(&image.span, &image.alternative);
            }
        }
    }

    /// Says where the text of a page stops being that of an editor.
    fn first_gap(&mut self, corps: &Corps, found: &str, alone: bool) {
        let mut rest = found;
        for bloc in &corps.blocs {
            let wanted = letters(&bloc.value);
            let at =
                if alone { rest.starts_with(&wanted).then_some(0) } else { rest.find(&wanted) };
            match at {
                Some(at) => rest = &rest[at + wanted.len()..],
                None => {
                    let same = wanted.chars().zip(rest.chars()).take_while(|(a, b)| a == b).count();
                    let mut kept = bloc.value.char_indices().filter(|(_, c)| c.is_alphanumeric());
                    let from = kept.nth(same).map_or(0, |(at, _)| at);
                    return self.lost(&bloc.span, &bloc.value[from..]);
                }
            }
        }
        let wrong = self.wrong(&corps.span, "mêle d’autres mots à ce texte");
        self.diags.push(wrong.help(self.advice(CHANGED)));
    }

    fn lost(&mut self, span: &Span, words: &str) {
        let words = french::first_words(words, 60);
        let wrong = self.wrong(span, &format!("ne donne pas « {words} » à sa place"));
        self.diags.push(wrong.help(self.advice(CHANGED)));
    }

    /// Diagnostic about the page, at the place of a text that it does not give as it must.
    fn wrong(&self, span: &Span, what: &str) -> Diagnostic {
        let message = format!("la page « {} » {what}", self.path);
        Diagnostic::new(Code::PageInfidele, message).at(span, "")
    }

    fn page(&mut self, span: &Span) -> Option<&'a PageScan> {
        if self.scan.is_none() {
            self.missing("", span, "ce texte");
        }
        self.scan
    }

    /// The element holds this text and nothing else.
    fn exact(&mut self, id: &str, text: &Spanned<String>) {
        let Some(scan) = self.page(&text.span) else { return };
        let wanted = french::canonical(&text.value);
        match scan.text_of(id).map(french::canonical) {
            Some(found) if found == wanted => {}
            Some(found) => {
                let found = french::first_words(&french::typography(&found), 200);
                let wrong = self.wrong(&text.span, "ne donne pas ce texte tel quel");
                let wrong = wrong.help(format!("la page donne « {found} »"));
                self.diags.push(wrong.help(self.advice(CHANGED)));
            }
            None => self.missing(id, &text.span, "ce texte"),
        }
    }

    /// The element holds this text, perhaps among others.
    fn within(&mut self, id: &str, text: &Spanned<String>) {
        let Some(scan) = self.page(&text.span) else { return };
        let found = scan.text_without_calls(id).map(|found| french::canonical(&found));
        if !found.is_some_and(|found| found.contains(&french::canonical(&text.value))) {
            self.missing(id, &text.span, "ce texte");
        }
    }

    fn missing(&mut self, id: &str, span: &Span, what: &str) {
        let path = self.path;
        self.diags.push(
            Diagnostic::new(Code::PageInfidele, format!("{what} manque dans la page « {path} »"))
                .at(span, "")
                .help(self.advice(format!(
                    "un gabarit du thème l’oublie, ou ne garde pas son ancre « {id} »"
                ))),
        );
    }
}

/// The texts of a body, as one.
fn whole(corps: &Corps) -> Spanned<String> {
    let texts: Vec<&str> = corps.blocs.iter().map(|bloc| bloc.value.as_str()).collect();
    Spanned { value: texts.join(" "), span: corps.span.clone() }
}

/// The letters and digits of a text, which no typography changes.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
