//! A document received, looked at for the first time: the form of its text, the tables that can be told apart in it, the
//! headings of its fiches.
//! What is found is proposed to an editor; the proof reads the document anew.

use std::collections::BTreeSet;

use super::texte::{chaine, ligne};
use crate::{
    french,
    model::{Forme, Nature, Tableau},
    parse::{Cellule, SourceDocument},
    source::{SitePath, Slug, slugify},
};

/// Longest name made from a heading.
const NOM_MAX: usize = 40;
/// Longest heading of the fiches.
const TITRE_MAX: usize = 200;
/// Names that the files of thématiques keep for something else.
const RESERVED: [&str; 3] = ["atelier", "lignes", "retex"];

/// Beginnings of the words that tell what a column holds, as slugs; the first in a heading decides.
const WORDS: [(&str, &[Nature]); 16] = [
    ("thematique", &[Nature::Intitule, Nature::SousThematique]),
    ("theme", &[Nature::Intitule]),
    ("sujet", &[Nature::Intitule]),
    ("retex", &[Nature::Mention]),
    ("retour-d-experience", &[Nature::Mention]),
    ("retours-d-experience", &[Nature::Mention]),
    ("irritant", &[Nature::Irritant]),
    ("point-fort", &[Nature::PointFort]),
    ("points-forts", &[Nature::PointFort]),
    ("besoin", &[Nature::Besoin]),
    ("axe", &[Nature::Axe]),
    ("levier", &[Nature::Axe]),
    ("action", &[Nature::Action]),
    ("acteur", &[Nature::Acteur]),
    ("temporalite", &[Nature::Temporalite]),
    ("indicateur", &[Nature::Indicateur]),
];

/// A table to declare.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TableauPropose {
    /// Name.
    pub(super) id: String,
    /// Title, as received.
    pub(super) titre: String,
    /// Line of the title; `None` where there is no document, or where it was not found.
    pub(super) ligne: Option<usize>,
    /// Line of the headings of its columns.
    pub(super) ligne_colonnes: Option<usize>,
    /// Columns, from left to right.
    pub(super) colonnes: Vec<ColonneProposee>,
    /// Lines of its rows.
    pub(super) rangees: Vec<usize>,
    /// Lines of its rows, by the words of their first cell; a row without any goes on with those above.
    pub(super) groupes: Vec<(String, Vec<usize>)>,
    /// Lines where its headings are repeated, and their words.
    pub(super) repetitions: Vec<(usize, String)>,
}

/// A column to declare.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ColonneProposee {
    /// Heading.
    pub(super) texte: String,
    /// Natures; none in a free column.
    pub(super) natures: Vec<Nature>,
    /// Name of a free column.
    pub(super) cle: Option<String>,
}

impl ColonneProposee {
    /// The keys of its blocs.
    pub(super) fn cles(&self) -> Vec<String> {
        match &self.cle {
            Some(cle) => vec![cle.clone()],
            None => self.natures.iter().map(|nature| nature.cle()).collect(),
        }
    }
}

impl TableauPropose {
    fn push(&mut self, ligne: usize, first: &str) {
        self.rangees.push(ligne);
        match self.groupes.last_mut() {
            Some((words, lignes)) if first.is_empty() || words == first => lignes.push(ligne),
            _ => self.groupes.push((first.to_string(), vec![ligne])),
        }
    }

    /// The lines of the rows of a thématique, when the words of their first cell are in its title and in no other.
    pub(super) fn lignes_de(&self, titre: &str, autres: &[&str]) -> Option<Vec<usize>> {
        let is_named = |words: &str, titre: &str| {
            let (words, titre) = (format!("-{}-", slugify(words)), format!("-{}-", slugify(titre)));
            words.len() > 2 && titre.contains(&words)
        };
        let mut own = self.groupes.iter().filter(|(words, _)| is_named(words, titre));
        let (words, lignes) = own.next()?;
        let is_alone = own.next().is_none() && !autres.iter().any(|other| is_named(words, other));
        is_alone.then(|| lignes.clone())
    }

    pub(super) fn a(&self, nature: Nature) -> bool {
        self.colonnes.iter().any(|colonne| colonne.natures.contains(&nature))
    }
}

/// The form of a document, by the signs of its rows.
pub(super) fn forme(document: &str) -> Forme {
    let is_pipes = |line: &str| line.starts_with('|') && line.matches('|').count() > 2;
    if document.split(['\n', '\r']).map(str::trim).any(is_pipes) {
        Forme::Markdown
    } else if document.contains('\t') && !["▶", "<ul", "<p>"].iter().any(|m| document.contains(m))
    {
        Forme::Tabulations
    } else {
        Forme::Egn
    }
}

/// The words of a cell, as received.
fn words(document: &SourceDocument, cell: &Cellule) -> String {
    let received = |segment: &crate::parse::Segment| {
        let span = document.span(segment, 0..segment.texte.len());
        let raw = document.texte.get(span.range()).unwrap_or_default();
        // Markup may stand among them.
        let is_whole = french::canonical(raw) == segment.texte;
        if is_whole { raw.to_string() } else { french::typography(&segment.texte) }
    };
    cell.segments.iter().map(received).collect::<Vec<_>>().join(" ")
}

/// The lines of a document that are no rows: their numbers and words.
fn prose(document: &str) -> Vec<(usize, String)> {
    let document = SourceDocument::read(&SitePath::new("source.txt"), document, forme(document));
    let lines = document.lignes.iter().filter(|line| line.cellules.len() == 1);
    let lines = lines.map(|line| (line.numero, words(&document, &line.cellules[0])));
    lines.filter(|(_, words)| !words.is_empty()).collect()
}

/// The tables of a document that have a title, a row of headings and rows; `noms` are given to them in their order.
pub(super) fn tableaux(document: &str, noms: &[Slug]) -> Vec<TableauPropose> {
    let document = SourceDocument::read(&SitePath::new("source.txt"), document, forme(document));
    let mut found: Vec<TableauPropose> = Vec::new();
    let mut headings: Vec<Vec<String>> = Vec::new();
    let (mut title, mut inside) = (None, false);
    for line in &document.lignes {
        let mut cells: Vec<String> = line.cellules.iter().map(|c| words(&document, c)).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        if let [prose] = cells.as_slice() {
            title = Some((line.numero, prose.clone()));
            inside = false;
            continue;
        }
        if let Some(same) = headings.iter().position(|known| *known == cells) {
            found[same].repetitions.push((line.numero, cells.join(" ")));
            inside = same + 1 == found.len();
        } else if inside && let Some(last) = found.last_mut() {
            last.push(line.numero, &cells[0]);
        } else if let Some((ligne, titre)) = title.take() {
            let whole = cells.clone();
            cells.truncate(cells.iter().rposition(|c| !c.is_empty()).map_or(0, |last| last + 1));
            if cells.len() > 1 && cells.iter().all(|cell| !cell.is_empty()) {
                let mut tableau = described(titre, &cells);
                (tableau.ligne, tableau.ligne_colonnes) = (Some(ligne), Some(line.numero));
                found.push(tableau);
                headings.push(whole);
                inside = true;
            }
        }
    }
    found.retain(|tableau| !tableau.rangees.is_empty());
    named(&mut found, noms);
    found
}

/// A table by its title and the headings of its columns.
fn described(titre: String, cells: &[String]) -> TableauPropose {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut colonnes = Vec::new();
    for texte in cells {
        let natures: Vec<Nature> =
            natures(texte).iter().copied().filter(|n| taken.insert(n.cle())).collect();
        let cle = natures.is_empty().then(|| free(&name(texte, "colonne"), &mut taken));
        colonnes.push(ColonneProposee { texte: texte.clone(), natures, cle });
    }
    TableauPropose { titre, colonnes, ..TableauPropose::default() }
}

/// Natures that the words of a heading tell.
fn natures(heading: &str) -> &'static [Nature] {
    let words = slugify(heading);
    let starts = (0..words.len()).filter(|at| *at == 0 || words[..*at].ends_with('-'));
    let known = |at: usize| WORDS.iter().find(|(start, _)| words[at..].starts_with(start));
    starts.filter_map(known).map(|(_, natures)| *natures).next().unwrap_or_default()
}

/// Gives each table the name that was asked for it, that of a usual table with its columns, or one made from its title.
fn named(found: &mut [TableauPropose], noms: &[Slug]) {
    let mut taken = noms.iter().map(Slug::to_string).collect();
    for (n, tableau) in found.iter_mut().enumerate() {
        tableau.id = match (noms.get(n), usual(tableau)) {
            (Some(nom), _) => nom.to_string(),
            (None, Some(id)) => free(id, &mut taken),
            (None, None) => free(&name(&tableau.titre, "tableau"), &mut taken),
        };
    }
}

/// The id of the usual table that has these columns.
fn usual(tableau: &TableauPropose) -> Option<&'static str> {
    let wanted = if tableau.a(Nature::Action) {
        Tableau::Plan
    } else if tableau.a(Nature::Besoin) {
        Tableau::Projections
    } else if tableau.a(Nature::PointFort) {
        Tableau::Diagnostic
    } else {
        return None;
    };
    Tableau::USUELS.iter().find(|(known, ..)| *known == wanted).map(|(_, id, _)| *id)
}

/// A short name for a heading.
fn name(heading: &str, otherwise: &str) -> String {
    let whole = slugify(&french::first_words(heading, NOM_MAX));
    let short = whole.get(..whole.len().min(NOM_MAX)).unwrap_or_default().trim_matches('-');
    match short {
        "" => otherwise.to_string(),
        short if RESERVED.contains(&short) => format!("{otherwise}-{short}"),
        short => short.to_string(),
    }
}

/// A name that no other has.
fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut free = name.to_string();
    while !taken.insert(free.clone()) {
        free.push_str("-bis");
    }
    free
}

/// A usual table, or one of which nothing is known, by its id.
pub(super) fn habituel(id: &Slug) -> TableauPropose {
    let usual = Tableau::USUELS.iter().find(|(_, known, _)| *known == id.as_str());
    let (titre, headings) = match usual {
        Some((Tableau::Diagnostic, _, name)) => {
            (*name, "Thématique, RETEX, Irritants, Points forts")
        }
        Some((Tableau::Projections, _, name)) => {
            (*name, "Thématique, Irritants, Besoins, Axes d’amélioration")
        }
        Some((_, _, name)) => (
            *name,
            "Thématique, Axes d’amélioration, Actions, Acteurs, Temporalité, Indicateurs de réussite",
        ),
        None => ("Titre du tableau", "Thématique, Titre de la colonne"),
    };
    let headings: Vec<String> = headings.split(", ").map(String::from).collect();
    TableauPropose { id: id.to_string(), ..described(titre.into(), &headings) }
}

/// The heading of the part that holds all the fiches, where one line alone can be it.
pub(super) fn titre_des_fiches(document: &str) -> Option<String> {
    let known = ["retex", "retour-d-experience", "retours-d-experience"];
    alone(document, |slug| known.contains(&slug))
}

/// The heading of the part that holds the fiches of a thématique.
pub(super) fn titre_de_la_thematique(document: &str, titre: &str) -> Option<String> {
    let titre = slugify(titre);
    alone(document, |slug| {
        let before = slug.strip_suffix(&titre).unwrap_or_default();
        !titre.is_empty() && (before.starts_with("retex-") || before.starts_with("thematique-"))
    })
}

/// The group of the only line whose words, as a slug, are those wanted.
fn alone(document: &str, is_it: impl Fn(&str) -> bool) -> Option<String> {
    let mut found = prose(document).into_iter().filter(|(_, words)| is_it(&slugify(words)));
    let (numero, words) = found.next()?;
    let is_fit = words.chars().count() <= TITRE_MAX && ligne(&words) == words;
    (is_fit && found.next().is_none())
        .then(|| format!("[retex]\ntitre = {}\nlignes = [{numero}]\n", chaine(&words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(document: &str, noms: &[&str]) -> Vec<String> {
        let noms: Vec<Slug> = noms.iter().filter_map(|nom| Slug::new(nom)).collect();
        let found = tableaux(document, &noms);
        let one = |t: &TableauPropose| {
            let cles: Vec<String> = t.colonnes.iter().flat_map(ColonneProposee::cles).collect();
            let lines = (t.ligne, t.ligne_colonnes);
            format!("{} {:?} {:?} {}", t.id, lines, t.rangees, cles.join(" "))
        };
        found.iter().map(one).collect()
    }

    #[test]
    fn tables_are_named_by_their_columns() {
        let plan = "Le plan\n\nThème\tActions\tCoût\tCoût\na\tb\tc\td\n\ne\tf\tg\th\n";
        assert_eq!(
            shown(plan, &[]),
            ["plan-action (Some(1), Some(3)) [4, 6] intitule action cout cout-bis"]
        );
        assert_eq!(
            shown(plan, &["feuille"]),
            ["feuille (Some(1), Some(3)) [4, 6] intitule action cout cout-bis"]
        );
        let other = "# **Budget**\n| Lignes | Coût |\n|---|:-:|\n| a | b |\n";
        assert_eq!(shown(other, &[]), ["budget (Some(1), Some(2)) [4] colonne-lignes cout"]);
        // Neither a title nor headings: nothing to propose.
        assert!(shown("a\tb\nc\td\n", &[]).is_empty());
        assert!(shown("Titre\na\t\nc\td\n", &[]).is_empty());
    }

    #[test]
    fn headings_repeated_by_a_page_break_are_told() {
        let text = "T\nIrritants\tPoints forts\na\tb\nPage 2\nIrritants\tPoints forts\nc\td\n";
        let found = tableaux(text, &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rangees, [3, 6]);
        assert_eq!(found[0].repetitions, [(5, "Irritants Points forts".to_string())]);
    }

    #[test]
    fn headings_are_those_that_one_line_has() {
        let text = "Retours d'expérience\nRETEX 1 Un lieu\nUn lieu\nRETEX 2 Un autre lieu\n";
        let found = "[retex]\ntitre = \"Retours d'expérience\"\nlignes = [1]\n";
        assert_eq!(titre_des_fiches(text).as_deref(), Some(found));
        assert_eq!(titre_des_fiches(&text.repeat(2)), None);
        let found = "[retex]\ntitre = \"RETEX 2 Un autre lieu\"\nlignes = [4]\n";
        assert_eq!(titre_de_la_thematique(text, "Un autre lieu").as_deref(), Some(found));
        assert_eq!(titre_de_la_thematique(text, "Ailleurs"), None);
    }
}
