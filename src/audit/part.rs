//! A part of pages, read once by itself; then what it says is joined to what each page says that shows it.

use std::{collections::BTreeMap, ops::Range};

use super::{
    links::least_ups,
    scan::{PageScan, scan_closed},
};
use crate::placed::{Hole, Part};

/// What a part says: `None` when what it holds depends on what is around it.
pub type PartScan = Option<Closed>;

/// What a part that stands by itself says, in little room: a site of ten thousand fiches has twenty thousand of them.
#[derive(Debug)]
pub struct Closed {
    text: Box<[u8]>,
    links: Box<[Link]>,
    /// How many folders the links that all pages share go up at least, when they all do.
    ups: Option<usize>,
    elements: usize,
    /// What most parts have nothing of.
    rest: Option<Box<Rest>>,
}

/// A link of a part.
#[derive(Debug)]
pub(super) struct Link {
    /// As the part writes it.
    written: Box<str>,
    /// Its place in the text of the part.
    at: usize,
    /// Where its hole begins, which the page fills.
    hole: Option<usize>,
}

/// What few parts say: the fields of a page with these names, and the column that they leave.
#[derive(Debug, Default, PartialEq)]
struct Rest {
    ids: BTreeMap<String, Range<usize>>,
    repeated: Vec<String>,
    calls: Vec<Range<usize>>,
    columns: BTreeMap<String, usize>,
    files: Vec<String>,
    forbidden: Vec<String>,
    column: Option<usize>,
}

/// A part where a page shows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlacedScan<'p> {
    /// What it says.
    pub(super) read: &'p PartScan,
    /// What fills its holes.
    pub(super) address: &'p str,
    /// Where its mark ends.
    pub(super) end: usize,
}

/// What a part says, read once.
pub(super) fn read(part: &Part<PartScan>) -> &PartScan {
    part.read.get_or_init(|| Closed::of(part))
}

impl Link {
    /// As a page writes it.
    fn filled(&self, address: &str) -> String {
        match self.hole {
            Some(at) => {
                let (before, hole) = self.written.split_at(at);
                [before, address, &hole[Hole::LENGTH..]].concat()
            }
            None => self.written.to_string(),
        }
    }
}

impl Closed {
    fn of(part: &Part<PartScan>) -> PartScan {
        // A mark and a part that begin and end with a tag do the same to what is before and after: no sign there may
        // join theirs, as `<` or `&` would.
        if !part.html.starts_with(b"<") || !part.html.ends_with(b">") {
            return None;
        }
        let (page, column) = scan_closed(&part.html)?;
        let PageScan {
            text,
            ids,
            repeated,
            links,
            calls,
            alternatives: _,
            columns,
            elements,
            files,
            forbidden,
        } = page;
        let hole = Hole(part.cle);
        let in_link = |(written, at): (String, usize)| {
            let hole = match part.holes.is_empty() {
                true => None,
                false => hole.places(written.as_bytes()).first().copied(),
            };
            Link { written: written.into(), at, hole }
        };
        let links: Box<[Link]> = links.into_iter().map(in_link).collect();
        // A hole elsewhere than in a link, or in the name of a file, is read once it is filled.
        let has_hole = |file: &String| !hole.places(file.as_bytes()).is_empty();
        let filled = links.iter().filter(|link| link.hole.is_some()).count();
        if filled != part.holes.len() || files.iter().any(has_hole) {
            return None;
        }
        let shared = links.iter().filter(|link| link.hole.is_none());
        let ups = least_ups(shared.map(|link| &*link.written));
        let rest = Rest { ids, repeated, calls, columns, files, forbidden, column };
        let rest = (rest != Rest::default()).then(|| Box::new(rest));
        Some(Self { text: text.into(), links, ups, elements, rest })
    }

    /// Its links that are the same in all pages.
    pub(super) fn shared_links(&self) -> impl Iterator<Item = &str> {
        self.links.iter().filter(|link| link.hole.is_none()).map(|link| &*link.written)
    }

    /// Its links that are those of a page, this address in their holes.
    pub(super) fn own_links(&self, address: &str) -> impl Iterator<Item = String> {
        let own = self.links.iter().filter(|link| link.hole.is_some());
        own.map(move |link| link.filled(address))
    }

    /// How many folders its shared links go up at least; `None` when one of them does not.
    pub(super) fn ups(&self) -> Option<usize> {
        self.ups
    }

    /// Adds to a page what the part says, as if it were read there: `address` fills its holes; without one, its links
    /// are left out. The column that it leaves.
    pub(super) fn join(&self, page: &mut PageScan, address: Option<&str>) -> Option<usize> {
        let at = page.text.len();
        page.text.extend_from_slice(&self.text);
        if let Some(address) = address {
            page.links.extend(self.links.iter().map(|link| (link.filled(address), link.at + at)));
        }
        page.elements += self.elements;
        let rest = self.rest.as_deref()?;
        let moved = |range: &Range<usize>| range.start + at..range.end + at;
        for (id, range) in &rest.ids {
            if page.ids.insert(id.clone(), moved(range)).is_some() {
                page.repeated.push(id.clone());
            }
        }
        page.repeated.extend_from_slice(&rest.repeated);
        page.calls.extend(rest.calls.iter().map(moved));
        page.columns.extend(rest.columns.iter().map(|(id, column)| (id.clone(), *column)));
        page.files.extend_from_slice(&rest.files);
        page.forbidden.extend_from_slice(&rest.forbidden);
        rest.column
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::scan::{scan, scan_marked},
        *,
    };
    use crate::{digest::Digest, placed::Mark};

    const ADDRESS: &str = "../x/index.html";

    /// A page where `|` stands for the part, in which `§` stands for its hole.
    fn placed(page: &str, html: &str) -> Option<PageScan> {
        let cle = Digest::of(&"part");
        let part = Part::new(cle, html.replace('§', &Hole(cle).to_string()).as_bytes());
        let read = read(&part);
        let length = Mark::ALONE.len();
        let ends =
            page.match_indices('|').enumerate().map(|(n, (at, _))| at + length + n * (length - 1));
        let placed = ends.map(|end| PlacedScan { read, address: ADDRESS, end });
        let parts: Vec<_> = placed.collect();
        scan_marked(page.replace('|', Mark::ALONE).as_bytes(), &parts, true)
    }

    #[test]
    fn a_part_says_in_its_page_what_it_says_by_itself() {
        let parts = [
            "<li class=carte><h3 id=b><a href=b.html>Un <b>mot</b></a></h3><p>deux</li>",
            "<table><tr><td id=c>1<td id=d><a href=#note--1>2</a></table><img src=a.png>",
            "<p id=a>1</p><p onclick=x style=y>2</p><template id=e><i></i></template>",
            "<meta charset=utf-8><link rel=stylesheet href=a.css><script src=a.js></script>",
            "<p>a &amp; b<!-- c --></p>",
            "<li><a href=§>a</a><a href=c.html>c</a><a href='§#b'>b</a></li>",
            "<form action=\"../§\"><a href=d.html>d</a></form>",
        ];
        let pages = [
            "|",
            "<p id=a>x|y</p>|",
            "<main id=m><ul>|</ul><p>|<b>|</b></main>",
            "<table><tr><td>x</table>|",
            "<p>a < |&|&lt|&amp;|b</p>",
        ];
        for (page, html) in pages.iter().flat_map(|page| parts.map(|html| (page, html))) {
            let whole = scan(page.replace('|', &html.replace('§', ADDRESS)));
            assert_eq!(placed(page, html), Some(whole), "{page} {html}");
        }
    }

    #[test]
    fn a_part_that_depends_on_what_is_around_it_is_not_read_apart() {
        for html in [
            "<p>a",
            "a</p>",
            "<li>a</li></ul>",
            "<!-- a",
            "a <b>b</b>",
            "<b>b</b> <",
            "<b>b</b>&lt",
            "",
            "<p title='a",
            "<script>a",
            "<title>",
            "<p",
            "<p>§</p>",
            "<a href=§ title=§>a</a>",
            "<a href=§§>a</a>",
            "<img src=§>",
            "<p><!--§--></p>",
        ] {
            assert!(placed("<ul>|</ul>", html).is_none(), "{html}");
        }
        for page in [
            "<!--|-->",
            "<!--|--><RETEX-MORCEAU></RETEX-MORCEAU>",
            "<p title=\"|\">",
            "<p title=|>",
            "<title>|</title>",
            "<script>|</script>",
            "<textarea>|</textarea>",
            "<p |>",
            "<template>|</template>",
            "<p hidden>|</p>",
            "<table><tr><td>|</td></tr></table>",
        ] {
            assert!(placed(page, "<b>a</b>").is_none(), "{page}");
        }
    }
}
