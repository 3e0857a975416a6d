//! Weight of a finished site, as a browser meets it: the figures of the eco-design statement.
//!
//! A page is weighed as it is made, and may be forgotten at once; the site is summed up at the end.

use std::{collections::BTreeMap, io::Write, sync::Arc};

use flate2::{Compression, write::GzEncoder};

use crate::source::OutputPath;

/// The scripts that load a file of the search index as soon as their page is open.
const AVIDES: [&str; 2] = ["assets/recherche.js", "assets/liste.js"];

/// Bytes of each file that is not a page.
pub type Weights = BTreeMap<OutputPath, usize>;

/// A page, weighed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pesee {
    /// Bytes, not compressed.
    pub octets: usize,
    /// Elements that a browser makes of it, before any script.
    pub elements: usize,
    /// Files asked for: the page, its style, icon, scripts and images, and what a script loads at once.
    pub requetes: usize,
    /// Of the home page: its bytes with those of its style, icon and scripts, each compressed (gzip, level 6).
    pub accueil: Option<usize>,
}

/// The whole site, but for the page that says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mesures {
    /// Page count.
    pub pages: usize,
    /// Bytes of all files, not compressed.
    pub octets: usize,
    /// Compressed bytes of the home page with what it asks for.
    pub accueil: usize,
    /// Files that the home page asks for.
    pub requetes_accueil: usize,
    /// Most files that a page asks for.
    pub requetes: usize,
    /// Half of the pages have fewer elements.
    pub mediane: usize,
    /// Most elements of a page.
    pub elements: usize,
    /// Which page has them, the first of them in the order of the site.
    pub plus_longue: usize,
    /// Bytes of the search index, not compressed.
    pub index: usize,
}

impl Pesee {
    /// A page of so many bytes, of which a browser makes these elements and for which it asks for these files.
    pub fn of(octets: usize, elements: usize, files: &[String]) -> Self {
        // The page itself, and what its script asks for as soon as it runs.
        let loads = |file: &&String| AVIDES.iter().any(|script| file.ends_with(script));
        let searches = files.iter().filter(loads).count();
        Self { octets, elements, requetes: 1 + files.len() + searches, accueil: None }
    }
}

/// Sums up: the pages in the order of the site, and the bytes of every other file.
pub fn site(pages: &[Pesee], files: &Weights) -> Mesures {
    let index = files.iter().filter(|(path, _)| path.as_str().starts_with("recherche/"));
    let home = pages.iter().find_map(|page| Some((page.accueil?, page.requetes)));
    let (accueil, requetes_accueil) = home.unwrap_or_default();
    let mut elements: Vec<usize> = pages.iter().map(|page| page.elements).collect();
    let most = elements.iter().copied().max().unwrap_or_default();
    let plus_longue = elements.iter().position(|n| *n == most).unwrap_or_default();
    elements.sort_unstable();
    Mesures {
        pages: pages.len(),
        octets: files.values().sum::<usize>() + pages.iter().map(|p| p.octets).sum::<usize>(),
        accueil,
        requetes_accueil,
        requetes: pages.iter().map(|page| page.requetes).max().unwrap_or_default(),
        mediane: elements.get(elements.len() / 2).copied().unwrap_or_default(),
        elements: most,
        plus_longue,
        index: index.map(|(_, bytes)| bytes).sum(),
    }
}

/// Bytes of a page with the files of the theme that it asks for, each compressed.
pub fn with_files(html: &[u8], asked: &[String], statics: &BTreeMap<&str, &Arc<[u8]>>) -> usize {
    let files = asked.iter().filter_map(|asked| statics.get(asked.strip_prefix("assets/")?));
    compressed(html) + files.map(|bytes| compressed(bytes)).sum::<usize>()
}

/// Bytes that a server that compresses would send.
fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    // Memory takes all that is written.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(bytes.len(), |done| done.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_that_searches_asks_for_the_index() {
        let files = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        assert_eq!(
            Pesee::of(9, 5, &[]),
            Pesee { octets: 9, elements: 5, requetes: 1, accueil: None }
        );
        assert_eq!(Pesee::of(9, 5, &files(&["a.css", "a.png"])).requetes, 3);
        assert_eq!(Pesee::of(9, 5, &files(&["../assets/recherche.js"])).requetes, 3);
    }

    #[test]
    fn a_site_is_the_sum_of_its_files() {
        let style = "p { margin: 0 }".repeat(50);
        let home = compressed(b"<p>") + compressed(style.as_bytes());
        let weighed = Pesee { octets: 3, elements: 5, requetes: 2, accueil: Some(home) };
        let other = |octets, elements| Pesee { octets, elements, requetes: 1, accueil: None };
        let files = [("assets/a.css", 750), ("recherche/index.js", 7)];
        let files = files.map(|(path, bytes)| (OutputPath::new(path), bytes)).into();
        let all = site(&[weighed, other(9, 6), other(3, 4)], &files);
        assert_eq!((all.pages, all.index, all.requetes_accueil, all.requetes), (3, 7, 2, 2));
        assert_eq!(all.octets, 3 + 9 + 3 + 750 + 7);
        assert_eq!((all.mediane, all.elements, all.plus_longue), (5, 6, 1));
        assert!(all.accueil < 750 && all.accueil > 40, "{}", all.accueil);
    }
}
