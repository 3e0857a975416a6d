//! The plan in time as a picture: a stop for each temporalité, a numbered square for each action. Only
//! geometry: the template draws it, and the list below says the same in words.
//!
//! The stops follow one another as the source writes them. No date is read, none is compared: an action
//! that nothing ties to a temporalité stands at the last stop, « sans date écrite ».

use serde::Serialize;

use crate::{
    french,
    markdown::{plain, superscripts},
};

/// The picture. Lengths are pixels: it has no box to be scaled to, so that its words stay as large on a phone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frise {
    /// Height.
    pub hauteur: usize,
    /// Lines of text, from top to bottom.
    pub textes: Vec<TexteFrise>,
    /// The line that goes from stop to stop, as one path; dashed down to the last when it is undated.
    pub ligne: String,
    /// The dashed part; empty when every action has a date.
    pub pointille: String,
    /// The stops that the source names, as one path.
    pub arrets: String,
    /// Actions whose temporalité the source writes, as one path; empty when there is none.
    pub ecrites: String,
    /// Actions that a « rapprochement proposé » ties to a temporalité.
    pub proposees: String,
    /// Actions without a written date.
    pub sans_date: String,
    /// The numbers in the squares.
    pub numeros: Vec<NumeroFrise>,
    /// The same in sentences.
    pub description: String,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TexteFrise {
    /// Baseline.
    pub y: usize,
    /// Words.
    pub morceaux: Vec<MorceauFrise>,
    /// Words of the source, not of the site.
    pub recu: bool,
}

/// A piece of a line: what is raised is apart from the rest.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MorceauFrise {
    /// Words.
    pub texte: String,
    /// Drop from the piece before it.
    pub descend: isize,
    /// Raised and smaller.
    pub exposant: bool,
}

/// A number in its square.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NumeroFrise {
    /// Middle.
    pub x: usize,
    /// Baseline.
    pub y: usize,
    /// The rank of the action in its thématique, from 1.
    pub nombre: usize,
    /// Written on a full square.
    pub sur_plein: bool,
}

/// A stop: the words of a temporalité, and the actions tied to it.
pub(super) struct Arret {
    /// Words as written, `^{er}` with its markup. `None` for the actions that no date is written for alone.
    pub(super) texte: Option<String>,
    /// True when these actions stand beside several dates, which the document does not share out.
    pub(super) partage: bool,
    /// The rank of each action, and whether the source writes the tie.
    pub(super) actions: Vec<(usize, bool)>,
}

/// Left edge of the words and of the squares.
const LEFT: usize = 30;
/// Middle of the stops.
const AXIS: usize = 9;
/// From a line of text to the next.
const LEADING: usize = 19;
/// Side of a square, and from a square to the next.
const SIDE: usize = 22;
const PITCH: usize = 27;
/// Squares in a row, and characters in a line: both hold in the 288 px that a phone of 320 leaves.
const PER_ROW: usize = 9;
const PER_LINE: usize = 30;
/// Rise of a superscript.
const RAISED: isize = 5;
/// Between two stops.
const GAP: usize = 16;

/// The picture of these stops; `None` without any. `nom`: what a reader calls the workshop.
pub(super) fn frise(arrets: &[Arret], nom: &str) -> Option<Frise> {
    let mut frise = Frise {
        hauteur: 0,
        textes: Vec::new(),
        ligne: String::new(),
        pointille: String::new(),
        arrets: String::new(),
        ecrites: String::new(),
        proposees: String::new(),
        sans_date: String::new(),
        numeros: Vec::new(),
        description: String::new(),
    };
    let mut y = 0;
    let mut last = None;
    let mut said = vec![format!("Les temporalités sont dans l’ordre où {nom} les donne.")];
    for arret in arrets {
        let middle = y + LEADING / 2 + 1;
        if let Some(before) = last {
            let path = if arret.texte.is_some() { &mut frise.ligne } else { &mut frise.pointille };
            path.push_str(&format!("M{AXIS} {before}V{}", middle - 7));
        }
        last = Some(middle + 7);
        if arret.texte.is_some() {
            frise.arrets.push_str(&format!("M3 {middle}a6 6 0 1 0 12 0a6 6 0 1 0-12 0"));
        }
        let words = french::typography(arret.texte.as_deref().unwrap_or(undated(arret)));
        for line in wrapped(&words) {
            y += LEADING;
            let recu = arret.texte.is_some();
            frise.textes.push(TexteFrise { y: y - 5, morceaux: pieces(&line), recu });
        }
        for (n, (nombre, ecrit)) in arret.actions.iter().enumerate() {
            let (x, top) = (LEFT + n % PER_ROW * PITCH, y + 4 + n / PER_ROW * PITCH);
            let path = match (&arret.texte, ecrit) {
                (None, _) => &mut frise.sans_date,
                (Some(_), true) => &mut frise.ecrites,
                (Some(_), false) => &mut frise.proposees,
            };
            path.push_str(&format!("M{x} {top}h{SIDE}v{SIDE}h-{SIDE}z"));
            frise.numeros.push(NumeroFrise {
                x: x + SIDE / 2,
                y: top + 16,
                nombre: *nombre,
                sur_plein: arret.texte.is_some() && *ecrit,
            });
        }
        y += arret.actions.len().div_ceil(PER_ROW) * PITCH;
        y += GAP;
        said.push(sentence(arret));
    }
    frise.hauteur = y;
    frise.description = french::typography(&said.join(" "));
    last.map(|_| frise)
}

/// Words in place of a date. A row that has dates is never said to have none.
fn undated(arret: &Arret) -> &'static str {
    if arret.partage { "Plusieurs dates sur leur rangée" } else { "Sans date écrite" }
}

fn sentence(arret: &Arret) -> String {
    let numbers: Vec<String> = arret.actions.iter().map(|(n, _)| n.to_string()).collect();
    let actions = match numbers.len() {
        0 => "aucune action rattachée".into(),
        1 => format!("action {}", numbers[0]),
        _ => format!("actions {}", french::enumerate(&numbers)),
    };
    match &arret.texte {
        Some(texte) => format!("« {} » : {actions}.", plain(texte)),
        None => format!("{} : {actions}.", undated(arret)),
    }
}

/// Lines of whole words, of at most [`PER_LINE`] characters where a word does not make one by itself.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(line) + width(word) < PER_LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// Visible characters of a text.
fn width(text: &str) -> usize {
    superscripts(text).iter().map(|(piece, _)| piece.chars().count()).sum()
}

fn pieces(line: &str) -> Vec<MorceauFrise> {
    let mut level = 0;
    let piece = |(texte, exposant): (&str, bool)| {
        let before = std::mem::replace(&mut level, if exposant { -RAISED } else { 0 });
        MorceauFrise { texte: texte.to_string(), descend: level - before, exposant }
    };
    superscripts(line).into_iter().map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arret(texte: Option<&str>, actions: &[(usize, bool)]) -> Arret {
        Arret { texte: texte.map(Into::into), partage: false, actions: actions.to_vec() }
    }

    fn words(line: &TexteFrise) -> String {
        line.morceaux.iter().map(|m| m.texte.as_str()).collect()
    }

    #[test]
    fn stops_keep_their_order_and_the_undated_are_apart() {
        let stops = [
            arret(Some("Rentrée 2021"), &[(2, true)]),
            arret(Some("Avant mars"), &[(1, false)]),
            arret(None, &[(3, false)]),
        ];
        let frise = frise(&stops, "la synthèse").unwrap();
        let texts: Vec<String> = frise.textes.iter().map(words).collect();
        assert_eq!(texts, ["Rentrée 2021", "Avant mars", "Sans date écrite"]);
        let numbers: Vec<usize> = frise.numeros.iter().map(|n| n.nombre).collect();
        assert_eq!(numbers, [2, 1, 3]);
        for path in [&frise.ecrites, &frise.proposees, &frise.sans_date] {
            assert_eq!(path.matches('M').count(), 1, "{path}");
        }
        assert_eq!(
            (frise.ligne.matches('M').count(), frise.pointille.matches('M').count()),
            (1, 1)
        );
    }

    #[test]
    fn a_row_that_has_dates_is_not_without_date() {
        let beside = Arret { partage: true, ..arret(None, &[(2, false)]) };
        let frise = frise(&[arret(Some("Juin"), &[(1, true)]), beside], "la synthèse").unwrap();
        let said: String = frise.textes.iter().map(words).collect::<Vec<_>>().join(" ");
        assert_eq!(said, "Juin Plusieurs dates sur leur rangée");
        assert!(frise.description.ends_with("Plusieurs dates sur leur rangée\u{a0}: action 2."));
        assert!(!frise.description.contains("Sans date"), "{}", frise.description);
    }

    #[test]
    fn nothing_goes_beyond_a_phone() {
        let many: Vec<(usize, bool)> = (1..=40).map(|n| (n, false)).collect();
        let frise = frise(
            &[arret(Some("Un texte assez long pour tenir sur plus d’une ligne"), &many)],
            "la synthèse",
        );
        let frise = frise.unwrap();
        assert!(frise.numeros.iter().all(|n| n.x + SIDE / 2 <= 288 && n.y < frise.hauteur));
        assert!(frise.textes.iter().all(|t| words(t).chars().count() <= PER_LINE));
        assert_eq!(frise.textes.len(), 2);
    }

    #[test]
    fn a_superscript_is_raised_and_the_rest_comes_back_down() {
        let frise =
            frise(&[arret(Some("1^{er} conseil, 5^{ème}"), &[(1, true)])], "la synthèse").unwrap();
        let pieces: Vec<_> = frise.textes[0]
            .morceaux
            .iter()
            .map(|m| (m.texte.as_str(), m.descend, m.exposant))
            .collect();
        assert_eq!(
            pieces,
            [
                ("1", 0, false),
                ("er", -RAISED, true),
                (" conseil, 5", RAISED, false),
                ("ème", -RAISED, true)
            ]
        );
        assert!(frise.description.contains("1er conseil, 5ème"));
    }
}
