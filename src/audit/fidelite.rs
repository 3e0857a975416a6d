//! Fidelity, model ↔ pages: each text stands at its permanent anchor, whole and alone.
//!
//! The element that bears the anchor of a text of the synthèse holds that text and nothing else, so
//! that no theme can cut, swap or embroider it. Comparison is on [`fr::canonical`] form.

use std::collections::BTreeMap;

use super::PageScan;
use crate::{
    diag::{Code, Diagnostic},
    fr,
    model::{Colonne, Fiche},
    site::{Atelier, BlocPlace, Site, address, address::anchor},
    source::{OutputPath, Span, Spanned},
};

pub(super) fn check(
    site: &Site,
    scans: &BTreeMap<&OutputPath, PageScan>,
    diags: &mut Vec<Diagnostic>,
) {
    let mut proof = Proof { scans, diags };
    for atelier in &site.ateliers {
        proof.headings(atelier);
        proof.blocs(atelier);
        for fiche in &atelier.fiches {
            proof.fiche(fiche);
        }
    }
}

struct Proof<'a> {
    scans: &'a BTreeMap<&'a OutputPath, PageScan>,
    diags: &'a mut Vec<Diagnostic>,
}

impl Proof<'_> {
    fn headings(&mut self, atelier: &Atelier) {
        let s = &atelier.synthese;
        let home = address::synthese(&s.id);
        if let Some(retex) = &s.retex {
            self.exact(&home, anchor::RETEX, &retex.titre);
        }
        for (thematique, intitule) in &atelier.intitules_retex {
            self.exact(&home, &anchor::retex(thematique.as_str()), &intitule.titre);
        }
        if let Some((corps, _)) = &s.methode {
            let texts: Vec<&str> = corps.blocs.iter().map(|b| b.value.as_str()).collect();
            let whole = Spanned { value: texts.join(" "), span: corps.span.clone() };
            self.exact(&home, anchor::METHODE, &whole);
        }
        for (tableau, entete) in &s.tableaux {
            let page = address::tableau(&s.id, *tableau);
            self.exact(&page, anchor::TITRE, &entete.intitule.titre);
            for (n, colonne) in entete.colonnes.iter().enumerate() {
                self.exact(&page, &anchor::colonne(n + 1), &colonne.texte);
            }
        }
    }

    fn blocs(&mut self, atelier: &Atelier) {
        for place in &atelier.blocs {
            let page = address::tableau(&atelier.synthese.id, place.tableau);
            let bloc = &place.bloc;
            let whole = Spanned { value: bloc.texte(), span: bloc.textes[0].span.clone() };
            self.exact(&page, bloc.id.value.as_str(), &whole);
            self.under_its_heading(atelier, place, &page);
            if bloc.textes.len() > 1 {
                for (n, enonce) in bloc.textes.iter().enumerate() {
                    self.exact(&page, &bloc.ancre(n + 1), enonce);
                }
            }
        }
    }

    /// In a table, a bloc stands in the column of the heading that has its nature.
    fn under_its_heading(&mut self, atelier: &Atelier, place: &BlocPlace, path: &OutputPath) {
        let (Some(scan), Some(entete)) =
            (self.scans.get(path), atelier.synthese.tableaux.get(&place.tableau))
        else {
            return;
        };
        let holds = |colonne: &Colonne| colonne.natures.contains(&place.bloc.nature);
        let Some(n) = entete.colonnes.iter().position(holds) else { return };
        let column = |id: &str| scan.columns.get(id);
        let here = column(place.bloc.id.value.as_str());
        if here != column(&anchor::colonne(n + 1)) {
            self.diags.push(
                Diagnostic::new(
                    Code::PageInfidele,
                    format!(
                        "la page « {path} » ne place pas ce texte sous l’intitulé de sa colonne"
                    ),
                )
                .at(&place.bloc.textes[0].span, "")
                .also(&entete.colonnes[n].texte.span, "sa colonne")
                .aide("un gabarit du thème change l’ordre des colonnes"),
            );
        }
    }

    fn fiche(&mut self, fiche: &Fiche) {
        let page = address::fiche(&fiche.id);
        if let Some(titre) = &fiche.titre {
            self.exact(&page, anchor::TITRE, titre);
        }
        let texts: Vec<&str> = fiche.corps.blocs.iter().map(|b| b.value.as_str()).collect();
        if fiche.est_de_la_synthese() && !texts.is_empty() {
            let whole = Spanned { value: texts.join(" "), span: fiche.corps.span.clone() };
            self.exact(&page, anchor::TEXTE, &whole);
        } else {
            // A contribution may have notes and tables, which bring words of the interface.
            for bloc in &fiche.corps.blocs {
                self.within(&page, anchor::TEXTE, bloc);
            }
        }
        for (n, lien) in fiche.liens.iter().enumerate() {
            let id = anchor::lien(n + 1);
            let Some(scan) = self.page(&page, &lien.texte.span) else { continue };
            if lien.url.is_some() && !scan.holds_link(&id, &lien.texte.value) {
                self.missing(&page, &id, &lien.texte.span, "ce lien");
            }
            if let Some(received) = &lien.url_source {
                self.within(&page, &id, received);
            }
        }
    }

    fn page(&mut self, path: &OutputPath, span: &Span) -> Option<&PageScan> {
        let scan = self.scans.get(path);
        if scan.is_none() {
            self.missing(path, "", span, "ce texte");
        }
        scan
    }

    /// The element holds this text and nothing else.
    fn exact(&mut self, path: &OutputPath, id: &str, text: &Spanned<String>) {
        let Some(scan) = self.page(path, &text.span) else { return };
        let wanted = fr::canonical(&text.value);
        match scan.text_of(id).map(fr::canonical) {
            Some(found) if found == wanted => {}
            Some(found) => {
                let diagnostic = Diagnostic::new(
                    Code::PageInfidele,
                    format!("la page « {path} » ne donne pas ce texte tel quel"),
                )
                .at(&text.span, "")
                .aide(format!(
                    "la page donne « {} »",
                    fr::first_words(&fr::typography(&found), 200)
                ))
                .aide("un gabarit du thème change, coupe ou complète ce texte");
                self.diags.push(diagnostic);
            }
            None => self.missing(path, id, &text.span, "ce texte"),
        }
    }

    /// The element holds this text, perhaps among others.
    fn within(&mut self, path: &OutputPath, id: &str, text: &Spanned<String>) {
        let Some(scan) = self.page(path, &text.span) else { return };
        let wanted = fr::canonical(&text.value);
        let found = scan.text_without_calls(id);
        if !found.is_some_and(|found| fr::canonical(&found).contains(&wanted)) {
            self.missing(path, id, &text.span, "ce texte");
        }
    }

    fn missing(&mut self, path: &OutputPath, id: &str, span: &Span, what: &str) {
        self.diags.push(
            Diagnostic::new(Code::PageInfidele, format!("{what} manque dans la page « {path} »"))
                .at(span, "")
                .aide(format!("un gabarit du thème l’oublie, ou ne garde pas son ancre « {id} »")),
        );
    }
}
