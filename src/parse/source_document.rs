//! `source.txt`, cut where the received document cuts: lines, cells, segments between markers.
//!
//! The markup is a closed list, and everything else is text that somebody wrote. A segment is what
//! stands between two markers (`▶`, `<ul …>`, `<p>`, `</p>`) or the edges of a cell: in a table, one bloc.
//! Inside a segment `*`, `**`, the dash of a list item and the angle brackets of an address are markup.

use std::ops::Range;

use crate::{
    french,
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
    /// Its segments, parted by spaces, in canonical form.
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
    /// Cuts a document.
    pub fn read(path: &SitePath, text: &str) -> Self {
        let mut lignes = Vec::new();
        let mut at = 0;
        // A file that knows carriage returns alone ends its lines with them, as old Macs did.
        let end = if text.contains('\n') { '\n' } else { '\r' };
        for (index, line) in text.split(end).enumerate() {
            let octets = at..at + line.trim_end_matches('\r').len();
            let cellules = cells(&text[octets.clone()], octets.start);
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

fn cells(line: &str, offset: usize) -> Vec<Cellule> {
    let mut cells = Vec::new();
    let mut at = offset;
    for cell in line.split('\t') {
        cells.push(Cellule { segments: segments(cell, at) });
        at += cell.len() + 1;
    }
    cells
}

fn segments(cell: &str, offset: usize) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < cell.len() {
        match marker(&cell[at..]) {
            Some(length) => {
                segments.extend(segment(&cell[start..at], offset + start));
                at += length;
                start = at;
            }
            None => at += cell[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    segments.extend(segment(&cell[start..], offset + start));
    segments
}

/// The length of the marker that opens `rest`. Never `<https…>`: an address is text.
fn marker(rest: &str) -> Option<usize> {
    for fixed in ["▶", "<p>", "</p>", "<ul>", "</ul>"] {
        if rest.starts_with(fixed) {
            return Some(fixed.len());
        }
    }
    if rest.starts_with("<ul ") {
        return rest.find('>').map(|i| i + 1);
    }
    None
}

/// A segment without its inner markup; `None` when nothing is left.
fn segment(raw: &str, offset: usize) -> Option<Segment> {
    let mut plain = String::with_capacity(raw.len());
    let mut offsets = Vec::with_capacity(raw.len());
    let list_dash = raw.trim_start().strip_prefix("- ").map(|_| raw.find('-').unwrap_or(0));
    let address = is_address(raw.trim());
    for (at, c) in raw.char_indices() {
        let markup = c == '*' || Some(at) == list_dash || (address && matches!(c, '<' | '>'));
        if !markup {
            plain.push(c);
            offsets.extend((0..c.len_utf8()).map(|i| offset + at + i));
        }
    }
    let (texte, map) = french::canonical_with_map(&plain);
    let octets = map.into_iter().map(|i| offsets[i]).collect();
    (!texte.is_empty()).then_some(Segment { texte, octets })
}

fn is_address(text: &str) -> bool {
    (text.starts_with("<http://") || text.starts_with("<https://")) && text.ends_with('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<Vec<String>> {
        let document = SourceDocument::read(&SitePath::new("source.txt"), line);
        let cells = document.lignes[0].cellules.iter();
        cells.map(|c| c.segments.iter().map(|s| s.texte.clone()).collect()).collect()
    }

    #[test]
    fn markers_cut_and_inner_markup_goes() {
        assert_eq!(
            texts("<ul style=\"x\"> ▶ Un 1^{er} ▶ Deux\t<p>Trois</p> ▶ Quatre\t\tCinq"),
            [vec!["Un 1er", "Deux"], vec!["Trois", "Quatre"], vec![], vec!["Cinq"]]
        );
        assert_eq!(
            texts(" - « **Quoi** » : *oui*"),
            [vec!["« Quoi »: oui"]].map(|v| v
                .iter()
                .map(|s: &&str| s.replace("« ", "«").replace(" »", "»"))
                .collect::<Vec<_>>())
        );
        assert_eq!(texts("<https://a.fr/b c>"), [vec!["https://a.fr/b c"]]);
        assert_eq!(texts("---\t--"), [vec!["---"], vec!["--"]]);
        assert_eq!(texts("a < b et b > c"), [vec!["a < b et b > c"]]);
    }
}
