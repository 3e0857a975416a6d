//! `source.txt`, cut where the received document cuts: lines, cells, segments between marks.
//!
//! The markup is a closed list that belongs to the form of the document ([`forms`]); everything else is text that
//! somebody wrote. In a table, a segment is one bloc.

mod forms;

use std::ops::Range;

use forms::Marks;

use crate::{
    french,
    model::Forme,
    source::{SitePath, Span},
};

/// The document as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceDocument {
    /// Path of the file.
    pub path: SitePath,
    /// Text of the file, whose SHA-256 `synthese.toml` records.
    pub texte: String,
    /// Lines, in order.
    pub lignes: Vec<LigneSource>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LigneSource {
    /// 1-based number.
    pub numero: usize,
    /// Cells separated by tabs; a line of prose has one.
    pub cellules: Vec<Cellule>,
    /// Byte range in the file, without the line end.
    pub octets: Range<usize>,
}

impl LigneSource {
    /// Segments, parted by spaces, in canonical form.
    pub fn texte(&self) -> String {
        let segments = self.cellules.iter().flat_map(|cell| &cell.segments);
        segments.map(|segment| segment.texte.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cellule {
    /// Segments, none of them empty.
    pub segments: Vec<Segment>,
}

/// The text between two markers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// In canonical form ([`french::canonical`]).
    pub texte: String,
    /// For each byte of `texte`, the offset in the file of the character it comes from.
    pub octets: Vec<usize>,
}

impl SourceDocument {
    /// Cuts a document of this form.
    pub fn read(path: &SitePath, text: &str, forme: Forme) -> Self {
        let mut lignes = Vec::new();
        let mut at = 0;
        // A file that knows carriage returns alone ends its lines with them, as old Macs did.
        let end = if text.contains('\n') { '\n' } else { '\r' };
        let begins_with_a_star = |line: Option<&&str>| line.is_some_and(|l| l.starts_with("* "));
        let lines: Vec<&str> = text.split(end).collect();
        for (index, line) in lines.iter().enumerate() {
            let octets = at..at + line.trim_end_matches('\r').len();
            // A star that no other line has is the mark of a note.
            let before = index.checked_sub(1).and_then(|before| lines.get(before));
            let alone = !begins_with_a_star(before) && !begins_with_a_star(lines.get(index + 1));
            let cellules = cells(&text[octets.clone()], octets.start, forme, alone);
            lignes.push(LigneSource { numero: index + 1, cellules, octets });
            at += line.len() + 1;
        }
        Self { path: path.clone(), texte: text.to_string(), lignes }
    }

    /// The place in the file of a range of a segment's text.
    pub fn span(&self, segment: &Segment, range: Range<usize>) -> Span {
        let start = segment.octets.get(range.start).copied().unwrap_or(0);
        let last = range.end.max(range.start + 1) - 1;
        let mut end = segment.octets.get(last).map_or(start, |o| o + 1);
        // The last character may have several bytes.
        while !self.texte.is_char_boundary(end) {
            end += 1;
        }
        Span::new(&self.path, start..end)
    }

    /// A line by its 1-based number.
    pub fn ligne(&self, numero: usize) -> Option<&LigneSource> {
        self.lignes.get(numero.checked_sub(1)?)
    }

    /// The whole line, for display.
    pub fn span_of_line(&self, numero: usize) -> Span {
        let octets = self.ligne(numero).map_or(0..0, |l| l.octets.clone());
        Span::new(&self.path, octets)
    }
}

/// Cells of a line, each cut by the form of the document.
fn cells(line: &str, offset: usize, forme: Forme, alone: bool) -> Vec<Cellule> {
    let cells = match forme {
        Forme::Markdown => forms::pipes(line),
        _ => forms::tabs(line),
    };
    let in_table = cells.len() > 1;
    let cut = |cell: Range<usize>| {
        let text = &line[cell.clone()];
        let marks = forms::marks(text, forme, forms::CellPlace { in_table, alone });
        Cellule { segments: segments(text, offset + cell.start, &marks) }
    };
    cells.into_iter().map(cut).collect()
}

/// The texts between the cuts, without their markup, then the addresses of the links.
fn segments(cell: &str, offset: usize, marks: &Marks) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut start = 0;
    let ends = marks.cuts.iter().map(|cut| cut.start).chain([cell.len()]);
    let starts = marks.cuts.iter().map(|cut| cut.end).chain([cell.len()]);
    for (end, next) in ends.zip(starts) {
        segments.extend(segment(cell, start..end, offset, &marks.markup));
        start = next;
    }
    let addresses = marks.addresses.iter();
    segments.extend(addresses.filter_map(|address| segment(cell, address.clone(), offset, &[])));
    segments
}

/// A segment without its inner markup; `None` when nothing is left.
fn segment(
    cell: &str,
    at: Range<usize>,
    offset: usize,
    markup: &[Range<usize>],
) -> Option<Segment> {
    let mut plain = String::with_capacity(at.len());
    let mut offsets = Vec::with_capacity(at.len());
    let mut inner = markup.iter().skip_while(|range| range.end <= at.start).peekable();
    for (within, c) in cell[at.clone()].char_indices() {
        let here = at.start + within;
        while inner.next_if(|range| range.end <= here).is_some() {}
        if !inner.peek().is_some_and(|range| range.contains(&here)) {
            plain.push(c);
            offsets.extend((0..c.len_utf8()).map(|i| offset + here + i));
        }
    }
    let (texte, map) = french::canonical_with_map(&plain);
    let octets = map.into_iter().map(|i| offsets[i]).collect();
    (!texte.is_empty()).then_some(Segment { texte, octets })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str, forme: Forme) -> Vec<Vec<String>> {
        let document = SourceDocument::read(&SitePath::new("source.txt"), line, forme);
        let cells = document.lignes[0].cellules.iter();
        cells.map(|c| c.segments.iter().map(|s| s.texte.clone()).collect()).collect()
    }

    #[test]
    fn names_of_characters_are_read() {
        let row = "| R&amp;D et [charte](https://exemple.fr/?a=1) | &nbsp; | fin |";
        let cells = texts(row, Forme::Markdown);
        assert_eq!(cells[0], ["R&D et charte", "https://exemple.fr/?a=1"]);
        assert_eq!(cells[1], [""; 0]);
        assert_eq!(cells[2], ["fin"]);
    }

    #[test]
    fn the_form_of_the_first_documents() {
        let texts = |line| texts(line, Forme::Egn);
        assert_eq!(
            texts("<ul style=\"x\"> ▶ Un 1^{er} ▶ Deux\t<p>Trois</p> ▶ Quatre\t\tCinq"),
            [vec!["Un 1er", "Deux"], vec!["Trois", "Quatre"], vec![], vec!["Cinq"]]
        );
        assert_eq!(texts(" - « **Quoi** » : *oui*"), [vec!["«Quoi»: oui"]]);
        assert_eq!(texts("<https://a.fr/b c>"), [vec!["https://a.fr/b c"]]);
        assert_eq!(texts("---\t--"), [vec!["---"], vec!["--"]]);
        assert_eq!(texts("a < b et b > c"), [vec!["a < b et b > c"]]);
        // A star without another is the mark of a note.
        assert_eq!(texts("réseau* et priorité*"), [vec!["réseau* et priorité*"]]);
    }

    #[test]
    fn tabs_and_bullets() {
        let texts = |line| texts(line, Forme::Tabulations);
        assert_eq!(
            texts("• Un • Deux\tA - B\t\t- Trois"),
            [vec!["Un", "Deux"], vec!["A - B"], vec![], vec!["Trois"]]
        );
        assert_eq!(texts("• 14 professeurs"), [vec!["14 professeurs"]]);
        assert_eq!(texts("* 1 : dès cette année"), [vec!["* 1: dès cette année"]]);
        assert_eq!(texts("<p>**a**</p>"), [vec!["<p>**a**</p>"]]);
    }

    #[test]
    fn markdown() {
        let texts = |line| texts(line, Forme::Markdown);
        assert_eq!(
            texts("| • Un • Deux | *x* et **y** | | a \\| b* |"),
            [vec!["Un", "Deux"], vec!["x et y"], vec![], vec!["a | b*"]]
        );
        assert_eq!(texts("|---|:--:|"), Vec::<Vec<String>>::new());
        assert_eq!(texts("### RETEX 1"), [vec!["RETEX 1"]]);
        assert_eq!(texts("- 14 professeurs"), [vec!["14 professeurs"]]);
        assert_eq!(
            texts("et [la suite](https://a.fr/b). Fin."),
            [vec!["et la suite. Fin.", "https://a.fr/b"]]
        );
        assert_eq!(texts("<https://a.fr/b>"), [vec!["https://a.fr/b"]]);
        assert_eq!(texts("| a<br>b | c |"), [vec!["a", "b"], vec!["c"]]);
        assert_eq!(texts("priorité* de 2 * 3"), [vec!["priorité* de 2 * 3"]]);
    }
}
