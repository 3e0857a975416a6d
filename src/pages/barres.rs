//! Horizontal bars as a picture: one for each name, cut in parts. Only geometry: the template draws it, and
//! a table or a list beside it says the same in words.

use serde::Serialize;

/// The picture. Heights are pixels and widths per cents: its words stay as large on a phone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Barres {
    /// Height.
    pub hauteur: usize,
    /// Height of each bar.
    pub epaisseur: usize,
    /// The bars, from top to bottom.
    pub barres: Vec<Barre>,
    /// The same in sentences.
    pub description: String,
}

/// A bar under its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Barre {
    /// Name.
    pub nom: String,
    /// Number of its thématique, for a colour that is never the only sign; 0 for none.
    pub numero: usize,
    /// Total.
    pub total: usize,
    /// Baseline of the name.
    pub y: usize,
    /// Top of the bar.
    pub haut: usize,
    /// End of the bar: « 62.5% ».
    pub fin: String,
    /// Parts, from left to right. None is empty.
    pub parts: Vec<Part>,
}

/// A part of a bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Word of the style sheet.
    pub genre: &'static str,
    /// Count.
    pub nombre: usize,
    /// Left edge.
    pub x: String,
    /// Width.
    pub largeur: String,
    /// Middle.
    pub milieu: String,
    /// Wide enough on a phone to bear its number.
    pub lisible: bool,
}

/// Content of a bar: name, number of its thématique, genre and size of each part.
pub(super) struct Mesure {
    pub(super) nom: String,
    pub(super) numero: usize,
    pub(super) parts: Vec<(&'static str, usize)>,
}

/// Height of the bars.
const HEIGHT: usize = 20;
/// Baseline of the first name.
const BASELINE: usize = 15;
/// From the baseline of a name to the top of its bar.
const BELOW: usize = 7;
/// From a bar to the next.
const STEP: usize = 56;
/// The longest bar, in thousandths of the width: what is left is for its number.
const LONGEST: usize = 880;

/// The narrowest part that bears its number, in thousandths: two digits on a phone.
const READABLE: usize = 70;

/// The bars, the longest being the largest total. `description` says them in words.
pub(super) fn barres(mesures: Vec<Mesure>, description: String) -> Barres {
    let total = |m: &Mesure| m.parts.iter().map(|(_, n)| n).sum::<usize>();
    let largest = mesures.iter().map(total).max().unwrap_or(0).max(1);
    let width = |n: usize| n * LONGEST / largest;
    let barres = mesures.iter().enumerate().map(|(rank, mesure)| {
        let mut before = 0;
        let mut parts = Vec::new();
        for (genre, nombre) in mesure.parts.iter().filter(|(_, n)| *n > 0) {
            let (from, to) = (width(before), width(before + nombre));
            parts.push(Part {
                genre,
                nombre: *nombre,
                x: percent(from),
                largeur: percent(to - from),
                milieu: percent((from + to) / 2),
                lisible: to - from >= READABLE,
            });
            before += nombre;
        }
        Barre {
            nom: mesure.nom.clone(),
            numero: mesure.numero,
            total: before,
            y: rank * STEP + BASELINE,
            haut: rank * STEP + BASELINE + BELOW,
            fin: percent(width(before)),
            parts,
        }
    });
    Barres {
        hauteur: (mesures.len() * STEP).saturating_sub(10),
        epaisseur: HEIGHT,
        barres: barres.collect(),
        description,
    }
}

/// Thousandths as CSS writes per cents: 625 is « 62.5% ».
fn percent(thousandths: usize) -> String {
    match thousandths % 10 {
        0 => format!("{}%", thousandths / 10),
        tenths => format!("{}.{tenths}%", thousandths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_touch_and_the_largest_is_the_longest() {
        let mesure = |nom: &str, parts: &[(&'static str, usize)]| Mesure {
            nom: nom.into(),
            numero: 0,
            parts: parts.to_vec(),
        };
        let list = vec![mesure("a", &[("un", 1), ("deux", 0), ("trois", 2)]), mesure("b", &[])];
        let drawn = barres(list, String::new());
        let [a, b] = drawn.barres.as_slice() else { panic!() };
        assert_eq!((a.total, a.fin.as_str()), (3, "88%"));
        assert_eq!((b.total, b.fin.as_str(), b.parts.len()), (0, "0%", 0));
        let parts: Vec<_> =
            a.parts.iter().map(|p| (p.genre, p.x.as_str(), p.largeur.as_str())).collect();
        assert_eq!(parts, [("un", "0%", "29.3%"), ("trois", "29.3%", "58.7%")]);
        assert!(drawn.hauteur > b.haut + drawn.epaisseur);
    }

    #[test]
    fn no_bar_at_all() {
        assert_eq!(barres(Vec::new(), String::new()).barres, []);
    }
}
