//! The pages that are neither a fiche nor one of many of a list, and the parts of tables. They are found by their titles
//! and their own words: the fiches and phrases that they show are found themselves.

use super::{Document, DocumentMaker, Genre, KEY, Lexicon, TITLE, context, joined, territoire};
use crate::{
    markdown::plain,
    model::{Synthese, Tableau},
    pages::{Page, PageKind, Plan, title},
    site::{BlocPlace, Site, address},
};

/// The pages.
pub(super) fn documents(site: &Site, plan: &Plan, lexicon: Lexicon<'_>) -> Vec<Document<'static>> {
    let of = |page| {
        let said = said(page, plan, site)?;
        let titre = title(page, plan, site);
        let contexte = contexte(&page.kind, site);
        let mut maker = DocumentMaker::new(lexicon, None);
        maker.named(&titre, TITLE);
        if let PageKind::Thematique(_) = page.kind {
            maker.named(&contexte, TITLE);
        }
        maker.named(&said.cles, KEY);
        maker.says(&said.texte);
        Some(Document {
            genre: Genre::Page,
            titre: plain(&titre),
            href: page.path.to_string(),
            contexte,
            texte: plain(&said.texte),
            mentions: plain(&said.cles),
            thematiques: said.thematique.into_iter().collect(),
            atelier: said.atelier,
            termes: maker.done(),
            ..Document::default()
        })
    };
    plan.pages.iter().chain(&Page::last()).filter_map(of).collect()
}

/// The part of each thématique in each table: « plan d'action thématique 2 » leads there, and not to the top of the table.
pub(super) fn parts_of_tables(site: &Site, lexicon: Lexicon<'_>) -> Vec<Document<'static>> {
    let mut all = Vec::new();
    for (a, atelier) in site.ateliers.iter().enumerate() {
        for tableau in atelier.synthese.tableaux.keys() {
            for (t, thematique) in site.thematiques.iter().enumerate() {
                let is_here =
                    |p: &&BlocPlace| p.tableau == *tableau && p.thematique == thematique.id;
                let first = atelier.blocs.iter().find(is_here);
                all.extend(first.map(|place| part(site, (a, t), place, lexicon)));
            }
        }
    }
    all
}

/// The part of a table that begins with a bloc.
fn part(
    site: &Site,
    (a, t): (usize, usize),
    place: &BlocPlace,
    lexicon: Lexicon<'_>,
) -> Document<'static> {
    let atelier = &site.ateliers[a];
    let court = &site.thematiques[t].titre_court;
    let name = atelier.synthese.nom_du_tableau(place.tableau);
    let titre = format!("{name}, thématique {}", t + 1);
    let mut maker = DocumentMaker::new(lexicon, None);
    maker.named(&titre, TITLE);
    maker.says(court);
    let page = address::tableau(&atelier.synthese, place.tableau);
    Document {
        genre: Genre::Page,
        titre: plain(&titre),
        href: format!("{page}#{}", place.bloc.ancre(1)),
        contexte: context(&[court, &territoire(site, atelier)]),
        thematiques: vec![t + 1],
        atelier: Some(a),
        termes: maker.done(),
        ..Document::default()
    }
}

/// Words of a page by itself.
#[derive(Default)]
struct PageWords {
    texte: String,
    /// Words that name it, but for its title.
    cles: String,
    thematique: Option<usize>,
    atelier: Option<usize>,
}

impl PageWords {
    fn text(texte: impl Into<String>) -> Self {
        Self { texte: texte.into(), ..Self::default() }
    }

    fn of_workshop(self, a: usize) -> Self {
        Self { atelier: Some(a), ..self }
    }
}

/// `None`: the page is found by others, or is not to be found.
fn said(page: &Page, plan: &Plan, site: &Site) -> Option<PageWords> {
    Some(match &page.kind {
        PageKind::Accueil => PageWords::text(&site.config.description),
        PageKind::Thematique(t) => {
            let words = PageWords::text(joined(&site.thematiques[*t].corps));
            PageWords { thematique: Some(t + 1), ..words }
        }
        PageKind::Dossier(a, t) => {
            let s = &site.ateliers[*a].synthese;
            let words = PageWords::text(format!("{}, {}.", s.territoire, s.annee));
            PageWords { thematique: Some(t + 1), ..words.of_workshop(*a) }
        }
        PageKind::Synthese(a) => {
            let s = &site.ateliers[*a].synthese;
            let method = s.methode.iter().map(|(corps, _)| joined(corps));
            let others = s.textes.iter().map(|texte| joined(&texte.corps));
            let texte = method.chain(others).collect::<Vec<_>>().join(" ");
            let cles = s.territoire.clone();
            PageWords { cles, atelier: Some(*a), ..PageWords::text(texte) }
        }
        PageKind::Tableau(a, tableau) => {
            of_table(&site.ateliers[*a].synthese, *tableau).of_workshop(*a)
        }
        PageKind::Texte(p) => PageWords::text(joined(&site.pages[*p].corps)),
        PageKind::Accessibilite
        | PageKind::MentionsLegales
        | PageKind::DonneesPersonnelles
        | PageKind::Contact => {
            let complement = page.kind.officielle().and_then(|o| site.complement(o));
            PageWords::text(complement.map_or_else(String::new, |page| joined(&page.corps)))
        }
        PageKind::Liste { facette, numero: 1, .. } => {
            // A keyword finds the fiches that bear it.
            if facette.is_some_and(|f| plan.facettes[f].nom == "mot-cle") {
                return None;
            }
            PageWords::default()
        }
        PageKind::Ecoconception(_) => {
            PageWords::text("Ce que fait ce site pour peser peu, et ce qu'il pèse.")
        }
        PageKind::Donnees(_) => PageWords::text(
            "Les tableaux et les retours d'expérience en CSV et JSON, pour un tableur ou un programme.",
        ),
        PageKind::PlanDuSite => PageWords::text("Toutes les pages du site."),
        PageKind::Acteurs(None) => PageWords::text(
            "Les acteurs que nomment les plans d'action, et les actions rattachées.",
        ),
        PageKind::Calendrier(None) => {
            PageWords::text("Les temporalités que souhaitent les plans d'action.")
        }
        PageKind::Provenance(None) => {
            PageWords::text("Ce que le site publie de chaque document reçu, et ce qu'il en écarte.")
        }
        PageKind::Liens { numero: 1, .. }
        | PageKind::Ajouts { numero: 1, .. }
        | PageKind::Glossaire => PageWords::default(),
        _ => return None,
    })
}

fn of_table(synthese: &Synthese, tableau: Tableau) -> PageWords {
    let columns = synthese.tableaux[&tableau].colonnes.iter();
    let columns: Vec<&str> = columns.map(|c| c.texte.value.as_str()).collect();
    PageWords { cles: synthese.nom_du_tableau(tableau), ..PageWords::text(columns.join(" · ")) }
}

fn contexte(kind: &PageKind, site: &Site) -> String {
    match kind {
        PageKind::Thematique(t) => format!("Thématique {}", t + 1),
        PageKind::Synthese(a) => site.ateliers[*a].genre().to_string(),
        PageKind::Tableau(..) => "Tableau".to_string(),
        PageKind::Liste { .. } => "Liste".to_string(),
        PageKind::Dossier(..) => "À imprimer".to_string(),
        _ => String::new(),
    }
}
