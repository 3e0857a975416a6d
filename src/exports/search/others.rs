//! The pages that are neither a fiche nor one of many of a list. Most of their words are those of fiches, énoncés and
//! acronyms that they show: they are found by these, and an excerpt is taken from them.

use super::{Document, DocumentMaker, Genre, KEY, Lexicon, Places, TITLE, joined};
use crate::{
    french,
    markdown::plain,
    model::{Nature, Synthese, Tableau},
    pages::{CARD_TEXT, Page, PageKind, Plan, cards, title},
    site::{Atelier, Site},
    source::Slug,
};

/// The pages, by title, by what they say and by what they show. `known`: the other documents, in their order.
pub(super) fn documents(
    site: &Site,
    plan: &Plan,
    lexicon: Lexicon<'_>,
    (places, known): (&Places, &[Document<'_>]),
) -> Vec<Document<'static>> {
    let of = |page| {
        let said = said(page, plan, site)?;
        let titre = title(page, plan, site);
        let mut maker = DocumentMaker::new(lexicon, None);
        maker.named(&titre, TITLE);
        maker.named(&said.cles, KEY);
        maker.says(&said.texte);
        let parties = shown(page, site, places);
        let whole = shows_whole(&page.kind, site);
        for document in parties.iter().filter_map(|p| known.get(*p)) {
            match document.genre {
                Genre::Fiche | Genre::Contribution if !whole => {
                    maker.shows_text(&document.titre);
                    maker.shows_text(&french::first_words(&document.texte(), CARD_TEXT));
                }
                _ => maker.shows(document),
            }
        }
        Some(Document {
            genre: Genre::Page,
            titre: plain(&titre),
            href: page.path.to_string(),
            contexte: contexte(&page.kind, site).to_string(),
            texte: plain(&said.texte),
            fiche: None,
            mentions: plain(&said.cles),
            parties,
            thematique: said.thematique,
            termes: maker.done(),
        })
    };
    plan.pages.iter().chain(&Page::last()).filter_map(of).collect()
}

/// Words of a page by itself.
#[derive(Default)]
struct PageWords {
    texte: String,
    /// Words that name it, but for its title.
    cles: String,
    thematique: usize,
}

impl PageWords {
    fn text(texte: impl Into<String>) -> Self {
        Self { texte: texte.into(), ..Self::default() }
    }
}

/// `None`: the page is found by others, or is not to be found.
fn said(page: &Page, plan: &Plan, site: &Site) -> Option<PageWords> {
    Some(match &page.kind {
        PageKind::Accueil => PageWords::text(&site.config.description),
        PageKind::Thematique(t) => {
            let words = PageWords::text(joined(&site.thematiques[*t].corps));
            PageWords { thematique: t + 1, ..words }
        }
        PageKind::Dossier(a, t) => {
            let thematique = t + 1;
            let s = &site.ateliers[*a].synthese;
            PageWords { thematique, ..PageWords::text(format!("{}, {}.", s.territoire, s.annee)) }
        }
        PageKind::Synthese(a) => {
            let s = &site.ateliers[*a].synthese;
            let method = s.methode.iter().map(|(corps, _)| joined(corps));
            let others = s.textes.iter().map(|texte| joined(&texte.corps));
            let texte = method.chain(others).collect::<Vec<_>>().join(" ");
            PageWords { cles: s.territoire.clone(), ..PageWords::text(texte) }
        }
        PageKind::Tableau(a, tableau) => of_table(&site.ateliers[*a].synthese, *tableau),
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

fn contexte(kind: &PageKind, site: &Site) -> &'static str {
    match kind {
        PageKind::Thematique(_) => "Thématique",
        PageKind::Synthese(a) => site.ateliers[*a].genre(),
        PageKind::Tableau(..) => "Tableau",
        PageKind::Liste { .. } => "Liste",
        PageKind::Dossier(..) => "À imprimer",
        _ => "",
    }
}

/// The documents whose texts a page shows, in their order.
fn shown(page: &Page, site: &Site, places: &Places) -> Vec<usize> {
    let blocs = |a: usize, of: &dyn Fn(&Slug, Tableau, Option<Nature>) -> bool| {
        let all = site.ateliers[a].blocs.iter().enumerate();
        let some = all.filter(|(_, p)| of(&p.thematique, p.tableau, p.bloc.nature));
        some.flat_map(|(bloc, _)| places.enonces(a, bloc)).collect::<Vec<usize>>()
    };
    let of_plans = |natures: [Nature; 2]| {
        let here =
            |_: &Slug, t, nature| t == Tableau::Plan && natures.iter().any(|n| Some(*n) == nature);
        (0..site.ateliers.len()).flat_map(|a| blocs(a, &here)).collect::<Vec<usize>>()
    };
    let subject = |a: usize, t: usize| {
        let id = &site.thematiques[t].id;
        let mut all = fiches(&site.ateliers[a], id, |f| places.fiche(a, f));
        all.extend(blocs(a, &|thematique, _, _| thematique == id));
        all
    };
    match &page.kind {
        PageKind::Thematique(t) if site.ateliers.len() == 1 => subject(0, *t),
        PageKind::Dossier(a, t) => subject(*a, *t),
        PageKind::Synthese(a) => {
            let ids = site.thematiques.iter().map(|t| &t.id);
            ids.flat_map(|id| fiches(&site.ateliers[*a], id, |f| places.fiche(*a, f))).collect()
        }
        PageKind::Tableau(a, tableau) => blocs(*a, &|_, here, _| here == *tableau),
        PageKind::Acteurs(None) if !site.plusieurs() => of_plans([Nature::Action, Nature::Acteur]),
        PageKind::Calendrier(None) if !site.plusieurs() => {
            of_plans([Nature::Action, Nature::Temporalite])
        }
        PageKind::Glossaire => places.sigles().collect(),
        _ => Vec::new(),
    }
}

/// True when a page shows its fiches whole, and not as cards.
fn shows_whole(kind: &PageKind, site: &Site) -> bool {
    let count = |a: usize, t: usize| site.ateliers[a].fiches_de(&site.thematiques[t].id).count();
    matches!(kind, PageKind::Dossier(a, t) if count(*a, *t) == cards(count(*a, *t)))
}

/// The fiches of a thématique that a section shows.
fn fiches(atelier: &Atelier, id: &Slug, number: impl Fn(usize) -> usize) -> Vec<usize> {
    let all = atelier.fiches.iter().enumerate().filter(|(_, f)| f.thematique.value == *id);
    all.map(|(f, _)| number(f)).take(cards(atelier.fiches_de(id).count())).collect()
}
