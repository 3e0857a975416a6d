//! Every link inside the site names a file of the tree, and an anchor of it.

use std::{collections::HashMap, convert::Infallible, sync::Arc};

use memchr::{memchr, memrchr};
use xxhash_rust::xxh3::xxh3_64;

use super::{Blame, OF_THE_PROGRAM, PageScan};
use crate::{
    diag::{Code, Diagnostic},
    digest::{Digest, Once},
    site::Site,
    source::{OutputPath, OutputPaths, Span},
};

/// A link to an anchor of another page: it is judged once all pages have been read.
#[derive(Debug)]
pub(super) struct Pending<'a> {
    target: &'a OutputPath,
    anchor: Mark,
    /// Held once for all the pages that bear it.
    link: Arc<Box<str>>,
    /// Place of the text that says it, when an editor wrote it.
    by: Option<Span>,
}

/// The links that lead to an anchor of another page.
pub(super) type Said = Once<Box<str>>;

/// What is kept of an id: ten thousand pages have a million of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark(u64);

/// The ids of each page, sorted.
pub(super) type Ids<'a> = HashMap<&'a OutputPath, Box<[Mark]>, foldhash::fast::RandomState>;

impl Mark {
    fn of(id: &str) -> Self {
        Self(xxh3_64(id.as_bytes()))
    }
}

/// The ids of a page, sorted.
pub(super) fn marks(scan: &PageScan) -> Box<[Mark]> {
    let mut marks: Vec<Mark> = scan.ids.keys().map(|id| Mark::of(id)).collect();
    marks.sort_unstable();
    marks.into()
}

/// What the links of a page are judged among.
#[derive(Clone, Copy)]
pub(super) struct Among<'w, 'a> {
    /// The files of the site.
    pub(super) files: &'a OutputPaths,
    /// Its path on its host, `/` or `/a/b/`.
    pub(super) prefix: &'w str,
    pub(super) said: &'w Said,
}

/// Where a link leads.
enum Verdict<'l, 'a> {
    /// To another site, or to a file as a whole.
    Right,
    /// To an anchor of the page itself.
    Here(&'l str),
    /// To an anchor that only another page can tell of.
    Pending(Pending<'a>),
    Dead,
}

impl<'a> Among<'_, 'a> {
    fn judge<'l>(self, page: &OutputPath, link: &'l str, target: &mut String) -> Verdict<'l, 'a> {
        let Some((path, anchor)) = inside(link) else { return Verdict::Right };
        let anchor = anchor.filter(|a| !a.is_empty());
        if path.is_empty() {
            return anchor.map_or(Verdict::Right, Verdict::Here);
        }
        let found =
            resolve(page, path, self.prefix, target).and_then(|()| self.files.get(&**target));
        match (found, anchor) {
            (None, _) => Verdict::Dead,
            (Some(_), None) => Verdict::Right,
            (Some(target), Some(anchor)) => {
                let of = Digest::of_bytes(link.as_bytes());
                let Ok(link) = self.said.get(of, || Ok::<_, Infallible>(link.into()));
                Verdict::Pending(Pending { target, anchor: Mark::of(anchor), link, by: None })
            }
        }
    }
}

/// Judges the links of a page, but for those it gives back.
pub(super) fn check<'a>(
    page: &OutputPath,
    scan: &PageScan,
    (among, blame): (Among<'_, 'a>, &Blame<'_>),
    diags: &mut Vec<Diagnostic>,
) -> Vec<Pending<'a>> {
    let mut pending = Vec::new();
    let mut target = String::new();
    for (link, at) in &scan.links {
        match among.judge(page, link, &mut target) {
            Verdict::Here(anchor) if !scan.ids.contains_key(anchor) => {
                diags.push(dead_anchor(page, link, blame.of_link(link, *at), blame.own_templates));
            }
            Verdict::Right | Verdict::Here(_) => {}
            Verdict::Pending(to) => {
                pending.push(Pending { by: blame.of_link(link, *at).cloned(), ..to });
            }
            Verdict::Dead => {
                diags.push(dead(page, link, blame.of_link(link, *at), blame.own_templates));
            }
        }
    }
    pending
}

/// What the links of a part say, the same for all the pages from which they go up to one folder.
#[derive(Debug)]
pub(super) struct Led<'a> {
    pending: Vec<Pending<'a>>,
    /// Anchors that each page itself must have.
    here: Vec<Box<str>>,
}

impl<'a> Led<'a> {
    /// Of a part in a page; `None` when one of its links is dead there.
    pub(super) fn by<'l>(
        links: impl Iterator<Item = &'l str>,
        page: &OutputPath,
        among: Among<'_, 'a>,
    ) -> Option<Self> {
        let mut led = Self { pending: Vec::new(), here: Vec::new() };
        let mut target = String::new();
        for link in links {
            match among.judge(page, link, &mut target) {
                Verdict::Right => {}
                Verdict::Here(anchor) => led.here.push(anchor.into()),
                Verdict::Pending(link) => led.pending.push(link),
                Verdict::Dead => return None,
            }
        }
        Some(led)
    }

    /// Whether a page has the anchors that it must.
    pub(super) fn is_right_in(&self, scan: &PageScan) -> bool {
        self.here.iter().all(|anchor| scan.ids.contains_key(&**anchor))
    }

    /// What other pages can tell.
    pub(super) fn pending(&self) -> &[Pending<'a>] {
        &self.pending
    }
}

/// How many folders links go up at least; `None` when one of them does not, or is not written plainly.
pub(super) fn least_ups<'l>(links: impl Iterator<Item = &'l str>) -> Option<usize> {
    let mut least = usize::MAX;
    for link in links {
        let Some((path, _)) = inside(link).filter(|(path, _)| !path.is_empty()) else { continue };
        let down = path.trim_start_matches("../");
        if !is_plain(down) {
            return None;
        }
        least = least.min((path.len() - down.len()) / 3);
    }
    (least > 0).then_some(least)
}

/// The folder so many times above that of a page, with its `/`; `None` when there are fewer: what goes up further
/// leaves the site from there, and perhaps not from a deeper page.
pub(super) fn above(page: &OutputPath, ups: usize) -> Option<&str> {
    let mut above = folder(page.as_str());
    for _ in 0..ups {
        above = folder(above.strip_suffix('/')?);
    }
    Some(above)
}

/// The pages to whose anchors a page leads.
pub(super) fn targets<'a, 'p>(
    pending: impl Iterator<Item = &'p Pending<'a>>,
) -> impl Iterator<Item = &'a OutputPath>
where
    'a: 'p,
{
    pending.map(|pending| pending.target)
}

/// Judges what [`check`] gave back.
pub(super) fn check_anchors<'a: 'p, 'p>(
    page: &OutputPath,
    pending: impl Iterator<Item = &'p Pending<'a>>,
    (ids, own_templates): (&Ids<'_>, bool),
    diags: &mut Vec<Diagnostic>,
) {
    for Pending { target, anchor, link, by } in pending {
        // A file that is not a page has no anchors to hold it to.
        if ids.get(target).is_some_and(|there| there.binary_search(anchor).is_err()) {
            diags.push(dead_anchor(page, link, by.as_ref(), own_templates));
        }
    }
}

/// The path of the site on its host, `/` or `/a/b/`.
pub(super) fn prefix(site: &Site) -> String {
    let path = site.config.url.as_ref().map_or("/", |url| url.path());
    format!("{}/", path.trim_end_matches('/'))
}

fn dead_anchor(
    page: &OutputPath,
    link: &str,
    by: Option<&Span>,
    own_templates: bool,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::PageAncreMorte,
        format!("le lien « {link} » vise une ancre qui n’existe pas"),
    );
    blamed(diagnostic, page, by).aide(match (by, own_templates) {
        (Some(_), _) => {
            "un lien de ce texte vise un endroit que la page n’a pas : corrigez ce qui suit « # »"
        }
        (None, true) => {
            "un gabarit du thème écrit ce lien : corrigez-le, ou donnez cet « id » à un élément"
        }
        (None, false) => OF_THE_PROGRAM,
    })
}

fn dead(page: &OutputPath, link: &str, by: Option<&Span>, own_templates: bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::PageLienMort,
        format!("le lien « {link} » ne mène à aucun fichier du site"),
    );
    blamed(diagnostic, page, by).aide(match (by, own_templates) {
        (Some(_), _) => {
            "un lien de ce texte vise un fichier qui n’est pas publié : corrigez son adresse"
        }
        (None, true) => {
            "un gabarit du thème écrit ce lien : il est relatif et finit par un nom de fichier"
        }
        (None, false) => OF_THE_PROGRAM,
    })
}

/// At the text that an editor wrote, or on the page that a template made.
fn blamed(diagnostic: Diagnostic, page: &OutputPath, by: Option<&Span>) -> Diagnostic {
    match by {
        Some(span) => diagnostic.at(span, ""),
        None => diagnostic.in_output(page.as_str()),
    }
}

/// Path and anchor of a link inside the site; `None` for another site's.
fn inside(link: &str) -> Option<(&str, Option<&str>)> {
    let bytes = link.as_bytes();
    let first = bytes.iter().find(|byte| matches!(byte, b':' | b'/' | b'?' | b'#'));
    if first == Some(&b':') || link.starts_with("//") {
        return None;
    }
    let (path, anchor) = match memchr(b'#', bytes) {
        Some(at) => (&link[..at], Some(&link[at + 1..])),
        None => (link, None),
    };
    Some((memchr(b'?', path.as_bytes()).map_or(path, |at| &path[..at]), anchor))
}

/// Writes to `target` the file that a link names from a page. `None` when it leaves the site or names a folder.
fn resolve(page: &OutputPath, path: &str, prefix: &str, target: &mut String) -> Option<()> {
    target.clear();
    if let Some((folder, rest)) = plainly(page, path) {
        target.push_str(folder);
        target.push_str(rest);
        return Some(());
    }
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    // A folder that ends in `/`, or nothing.
    let rest: &str = match decoded.strip_prefix('/') {
        // Only the 404 page has absolute paths: from the site's own prefix.
        Some(_) => decoded.strip_prefix(prefix)?,
        None => {
            target.push_str(folder(page.as_str()));
            &decoded
        }
    };
    for part in rest.split('/') {
        match part {
            "." => {}
            ".." => {
                let above = folder(target.strip_suffix('/')?).len();
                target.truncate(above);
            }
            name => {
                target.push_str(name);
                target.push('/');
            }
        }
    }
    target.pop();
    Some(())
}

/// The folder above a page that a link starts from, and what it goes down to, when it first goes up, then down, and
/// nothing else: nearly all do, and half a million of them are looked at in a large site.
fn plainly<'p>(page: &'p OutputPath, path: &'p str) -> Option<(&'p str, &'p str)> {
    let (mut above, mut rest) = (folder(page.as_str()), path);
    while let Some(further) = rest.strip_prefix("../") {
        above = folder(above.strip_suffix('/')?);
        rest = further;
    }
    is_plain(rest).then_some((above, rest))
}

/// Whether a path only goes down, to a file, without a sign that stands for another.
fn is_plain(path: &str) -> bool {
    let mut before = b'/';
    for byte in path.bytes() {
        if byte == b'%' || before == b'/' && matches!(byte, b'.' | b'/') {
            return false;
        }
        before = byte;
    }
    before != b'/'
}

/// The folder of a path with its `/`; nothing at the root.
fn folder(path: &str) -> &str {
    memrchr(b'/', path.as_bytes()).map_or("", |at| &path[..=at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_above_a_page() {
        let page = OutputPath::new("a/b/index.html");
        let above = |ups| above(&page, ups);
        assert_eq!([0, 1, 2, 3].map(above), [Some("a/b/"), Some("a/"), Some(""), None]);
    }

    #[test]
    fn links_inside_the_site() {
        for other in ["https://a.fr/b#c", "mailto:a@b.fr", "//a.fr/", "data:x"] {
            assert_eq!(inside(other), None, "{other}");
        }
        assert_eq!(inside("../a/b.html?c#d:e"), Some(("../a/b.html", Some("d:e"))));
        assert_eq!(inside("#a#b"), Some(("", Some("a#b"))));
        assert_eq!(inside("a/b:c"), Some(("a/b:c", None)));
        assert_eq!(inside("?a#"), Some(("", Some(""))));
    }

    #[test]
    fn plain_paths_only_go_down() {
        for plain in ["a", "a.html", "a/b.html", "a/b.c/d"] {
            assert!(is_plain(plain), "{plain}");
        }
        for odd in ["", "/", "/a", ".", "./a", "../a", "a/", "a//b", "a/./b", "a/.b", "a%20b"] {
            assert!(!is_plain(odd), "{odd}");
        }
    }
}
