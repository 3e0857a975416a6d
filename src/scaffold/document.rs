//! A document received, looked at for the first time: the form of its text, and the tables that can be told apart in it.
//! What is found is proposed to an editor; the proof reads the document anew.

use std::collections::BTreeSet;

use crate::{
    french,
    model::{Nature, Tableau},
    source::{Slug, slugify},
};

/// Longest name made from a heading.
const NOM_MAX: usize = 40;
/// Names that the files of thématiques keep for something else.
const RESERVED: [&str; 3] = ["atelier", "lignes", "retex"];

/// Beginnings of the words that tell what a column holds, as slugs; the first in a heading decides.
const WORDS: [(&str, &[Nature]); 14] = [
    ("thematique", &[Nature::Intitule, Nature::SousThematique]),
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

/// The word of `[source]` for the form of a document.
pub fn forme(document: &str) -> &'static str {
    let has_row =
        |end: &str| lines(document).any(|l| l.trim().starts_with('|') && l.trim().ends_with(end));
    if has_row("|") {
        "markdown"
    } else if document.contains('\t') && !["▶", "<ul", "<p>"].iter().any(|m| document.contains(m))
    {
        "tabulations"
    } else {
        "egn"
    }
}

/// Lines of a document, as the proof counts them.
fn lines(document: &str) -> impl Iterator<Item = &str> {
    // A file that knows carriage returns alone ends its lines with them.
    let end = if document.contains('\n') { '\n' } else { '\r' };
    document.split(end).map(|line| line.trim_end_matches('\r'))
}

/// The cells of a row, their markup gone; `None` for a line of prose.
fn cells(line: &str, forme: &str) -> Option<Vec<String>> {
    let cells: Vec<&str> = match forme {
        "markdown" => {
            let row = line.trim().strip_prefix('|')?.strip_suffix('|')?;
            row.split('|').collect()
        }
        _ => line.split('\t').collect(),
    };
    (cells.len() > 1).then(|| cells.into_iter().map(|cell| plain(cell, forme)).collect())
}

/// A text without the signs of its form.
fn plain(text: &str, forme: &str) -> String {
    let mut text = text.to_string();
    if forme == "egn" {
        for marker in ["▶", "<p>", "</p>", "<ul>", "</ul>"] {
            text = text.replace(marker, " ");
        }
        while let Some((start, end)) = text
            .find("<ul ")
            .and_then(|at| text[at..].find('>').map(|length| (at, at + length + 1)))
        {
            text.replace_range(start..end, " ");
        }
    }
    if forme == "markdown" {
        text = text.trim_start().trim_start_matches('#').into();
    }
    if forme != "tabulations" {
        text = text.replace('*', "");
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tables of a document that have a title, a row of headings and rows; `noms` are given to them in their order.
pub(super) fn tableaux(document: &str, forme: &str, noms: &[Slug]) -> Vec<TableauPropose> {
    let mut found: Vec<TableauPropose> = Vec::new();
    let mut headings: Vec<Vec<String>> = Vec::new();
    let (mut title, mut inside) = (None, false);
    for (n, line) in lines(document).enumerate() {
        let Some(cells) = cells(line, forme) else {
            if !line.trim().is_empty() {
                title = Some((n + 1, plain(line, forme)));
                inside = false;
            }
            continue;
        };
        let is_rule = forme == "markdown"
            && cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| ":- ".contains(c)));
        if is_rule {
            continue;
        }
        if let Some(same) = headings.iter().position(|known| *known == cells) {
            found[same].repetitions.push((n + 1, cells.join(" ")));
            // Tables go on in their order.
            inside = same + 1 == found.len();
        } else if inside && let Some(last) = found.last_mut() {
            last.rangees.push(n + 1);
        } else if let Some((ligne, titre)) =
            title.take().filter(|_| cells.iter().all(|c| !c.is_empty()))
        {
            let mut tableau = described(titre, &cells);
            (tableau.ligne, tableau.ligne_colonnes) = (Some(ligne), Some(n + 1));
            found.push(tableau);
            headings.push(cells);
            inside = true;
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
    let has = |nature: &Nature| tableau.colonnes.iter().any(|c| c.natures.contains(nature));
    let wanted = if has(&Nature::Action) {
        Tableau::Plan
    } else if has(&Nature::Besoin) {
        Tableau::Projections
    } else if has(&Nature::PointFort) {
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
    let (titre, headings): (&str, &[&str]) = match usual {
        Some((Tableau::Diagnostic, _, name)) => {
            (*name, &["Thématique", "RETEX", "Irritants", "Points forts"])
        }
        Some((Tableau::Projections, _, name)) => {
            (*name, &["Thématique", "Irritants", "Besoins", "Axes d’amélioration"])
        }
        Some((_, _, name)) => (
            *name,
            &[
                "Thématique",
                "Axes d’amélioration",
                "Actions",
                "Acteurs",
                "Temporalité",
                "Indicateurs de réussite",
            ],
        ),
        None => ("Titre du tableau", &["Thématique", "Titre de la colonne"]),
    };
    let headings: Vec<String> = headings.iter().map(|heading| heading.to_string()).collect();
    TableauPropose { id: id.to_string(), ..described(titre.into(), &headings) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_by_their_signs() {
        assert_eq!(forme("a\n| b | c |\n|---|---|\n"), "markdown");
        assert_eq!(forme("a\nb\tc\n"), "tabulations");
        assert_eq!(forme("a\n▶ b\tc\n"), "egn");
        assert_eq!(forme("a | b\n"), "egn");
        assert_eq!(forme(""), "egn");
    }

    fn shown(document: &str, noms: &[&str]) -> Vec<String> {
        let noms: Vec<Slug> = noms.iter().filter_map(|nom| Slug::new(nom)).collect();
        let found = tableaux(document, forme(document), &noms);
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
            ["plan-action (Some(1), Some(3)) [4, 6] theme action cout cout-bis"]
        );
        assert_eq!(
            shown(plan, &["feuille"]),
            ["feuille (Some(1), Some(3)) [4, 6] theme action cout cout-bis"]
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
        let found = tableaux(text, "tabulations", &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rangees, [3, 6]);
        assert_eq!(found[0].repetitions, [(5, "Irritants Points forts".to_string())]);
    }
}
