//! A page put together from its own bytes and from parts that other pages show too. Its template leaves a mark where
//! each part stands: one part is made once, and read once by the audit, for all the pages that show it. The address of
//! what a part shows is not the same from all of them: the part has a hole there, which each page fills.

use std::{
    fmt,
    sync::{Arc, LazyLock, OnceLock},
};

use memchr::memmem;
use serde::{Serialize, Serializer};

use crate::digest::{Digest, Once};

/// What stands in a page for one of its parts until it is put together: an empty element, so that whoever reads the
/// page as a browser does sees where it is, and whether it is where an element can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(pub Digest);

impl Mark {
    /// The name of its element.
    pub const ELEMENT: &str = "retex-morceau";
    /// The element, standing for nothing.
    pub const ALONE: &str = "<retex-morceau>";
    /// How the element begins, after its `<`.
    const INSIDE: &str = "retex-morceau cle=";
    const START: &str = "<retex-morceau cle=\"";
    const END: &str = "\">";

    /// The element.
    pub fn written(self) -> String {
        let length = Self::START.len() + Digest::LENGTH + Self::END.len();
        let mut written = String::with_capacity(length);
        written.push_str(Self::START);
        self.0.write(&mut written);
        written.push_str(Self::END);
        written
    }

    /// The mark that begins here, and its length.
    fn at(html: &[u8]) -> Option<(Self, usize)> {
        let after = html.strip_prefix(Self::START.as_bytes())?;
        let (cle, rest) = after.split_at_checked(Digest::LENGTH)?;
        let cle = rest.starts_with(Self::END.as_bytes()).then(|| Digest::read(cle))??;
        Some((Self(cle), Self::START.len() + Digest::LENGTH + Self::END.len()))
    }
}

/// What stands in a part for the address that each page writes there in its own way. It bears the key of the part: no
/// text of the part can say it, since the key is a digest of that text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hole(pub Digest);

impl Hole {
    const START: &str = "retex-adresse-";
    /// Bytes that it takes.
    pub const LENGTH: usize = Self::START.len() + Digest::LENGTH;

    /// Where it is in a text, in order.
    pub fn places(self, text: &[u8]) -> Vec<usize> {
        /// Made once: making it takes longer than looking for it in a part.
        static START: LazyLock<memmem::Finder<'_>> =
            LazyLock::new(|| memmem::Finder::new(Hole::START));
        let starts = START.find_iter(text);
        let cle = |at: &usize| text.get(at + Self::START.len()..at + Self::LENGTH);
        starts.filter(|at| cle(at).and_then(Digest::read) == Some(self.0)).collect()
    }

    /// Whether a text has it written otherwise, as a filter of a template may do.
    pub fn is_changed_in(self, text: &[u8]) -> bool {
        self.places(&text.to_ascii_lowercase()) != self.places(text)
    }
}

impl fmt::Display for Hole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Self::START, self.0)
    }
}

impl Serialize for Hole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The parts made so far, for all the pages of a build. Another build makes its own: its templates may differ.
pub type Parts<R> = Once<Part<R>>;

/// A part of pages.
#[derive(Debug)]
pub struct Part<R> {
    /// What tells it from others.
    pub cle: Digest,
    /// Its HTML.
    pub html: Box<[u8]>,
    /// Where its holes begin.
    pub holes: Box<[usize]>,
    /// What whoever reads the pages found in it.
    pub read: OnceLock<R>,
}

impl<R> Part<R> {
    /// Not read yet.
    pub fn new(cle: Digest, html: &[u8]) -> Self {
        let holes = Hole(cle).places(html).into();
        Self { cle, html: html.into(), holes, read: OnceLock::new() }
    }

    /// Writes it in a page, `address` in its holes.
    fn write(&self, address: &str, page: &mut Vec<u8>) {
        let mut from = 0;
        for hole in &self.holes {
            page.extend_from_slice(&self.html[from..*hole]);
            escape(address, page);
            from = hole + Hole::LENGTH;
        }
        page.extend_from_slice(&self.html[from..]);
    }
}

/// Writes an address as an attribute or a text holds it (HTML standard, « escaping a string »), and as templates do.
fn escape(address: &str, html: &mut Vec<u8>) {
    let mut rest = address;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        html.extend_from_slice(&rest.as_bytes()[..at]);
        html.extend_from_slice(match rest.as_bytes()[at] {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            _ => b"&#39;",
        });
        rest = &rest[at + 1..];
    }
    html.extend_from_slice(rest.as_bytes());
}

/// A part where a page shows it.
#[derive(Debug)]
pub struct Stand<'v, R> {
    /// The part.
    pub part: Arc<Part<R>>,
    /// What the page writes in its holes, when it has some.
    pub address: &'v str,
    /// Where its mark ends.
    pub end: usize,
}

/// A page, and how it was put together.
#[derive(Debug)]
pub struct Placed<'v, R> {
    /// The page.
    pub bytes: Vec<u8>,
    /// The same with a mark for each part.
    pub marked: Vec<u8>,
    /// What the marks stand for, in their order.
    pub parts: Vec<Stand<'v, R>>,
}

/// Why a page cannot be put together.
#[derive(Debug)]
pub enum Unplaced<E> {
    /// A mark is cut, written as a text, or stands for nothing of this page.
    Mark,
    /// A part could not be made.
    Part(E),
}

impl<'v, R> Placed<'v, R> {
    /// Puts a page together. `part`: what a mark stands for, and what fills its holes; `None` for nothing.
    ///
    /// # Errors
    /// When a mark is not one, or its part cannot be made.
    pub fn of<E>(
        marked: Vec<u8>,
        mut part: impl FnMut(Digest) -> Option<Result<(Arc<Part<R>>, &'v str), E>>,
    ) -> Result<Self, Unplaced<E>> {
        let (mut own, mut parts) = (Vec::new(), Vec::new());
        let (mut from, mut room) = (0, marked.len());
        for name in memmem::find_iter(&marked, Mark::INSIDE) {
            let Some(start) = name.checked_sub(1).filter(|start| marked[*start] == b'<') else {
                // A text may well speak of such an element. A mark written as a text has a key of this page.
                if written_as_text(&marked[name..]).any(|cle| part(cle).is_some()) {
                    return Err(Unplaced::Mark);
                }
                continue;
            };
            let (Mark(cle), length) = Mark::at(&marked[start..]).ok_or(Unplaced::Mark)?;
            let (part, address) = part(cle).ok_or(Unplaced::Mark)?.map_err(Unplaced::Part)?;
            own.push(from..start);
            from = start + length;
            room += part.html.len() + part.holes.len() * address.len();
            parts.push(Stand { part, address, end: from });
        }
        let mut bytes = Vec::with_capacity(room);
        for (own, stand) in own.into_iter().zip(&parts) {
            bytes.extend_from_slice(&marked[own]);
            stand.part.write(stand.address, &mut bytes);
        }
        bytes.extend_from_slice(&marked[from..]);
        Ok(Self { bytes, marked, parts })
    }
}

/// The keys that there may be after the beginning of a mark, once its quotation marks are written as a text.
fn written_as_text(text: &[u8]) -> impl Iterator<Item = Digest> {
    const QUOTED: usize = "&quot;".len();
    (0..=QUOTED).filter_map(|skipped| {
        let from = Mark::INSIDE.len() + skipped;
        Digest::read(text.get(from..from + Digest::LENGTH)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(marked: &str) -> Result<String, Unplaced<()>> {
        let [a, vide, lien] = ["a", "vide", "lien"].map(|name| Digest::of(&name));
        let [mine, other] = [Hole(lien), Hole(a)];
        let lien_html = format!("<a href={mine}>{other}{mine}#b</a>");
        let known = [(a, "<b>A</b>"), (vide, ""), (lien, &lien_html)];
        let part = |cle: Digest| {
            let (_, html) = known.iter().find(|(known, _)| *known == cle)?;
            Some(Ok((Arc::new(Part::<()>::new(cle, html.as_bytes())), "../x&y'.html")))
        };
        Placed::of(marked.into(), part).map(|page| String::from_utf8(page.bytes).unwrap())
    }

    #[test]
    fn parts_take_the_places_of_their_marks() {
        let [a, vide, other] = ["a", "vide", "autre"].map(|name| Mark(Digest::of(&name)).written());
        assert_eq!(place("<p>x</p>").unwrap(), "<p>x</p>");
        assert_eq!(place(&format!("{a}{vide}<p>{a}x")).unwrap(), "<b>A</b><p><b>A</b>x");
        assert!(matches!(place(&other), Err(Unplaced::Mark)));
    }

    #[test]
    fn an_address_takes_the_places_of_the_holes_of_its_part() {
        let [a, lien] = ["a", "lien"].map(|name| Digest::of(&name));
        assert_eq!(
            place(&format!("{}{}", Mark(lien).written(), Hole(lien))).unwrap(),
            format!(
                "<a href=../x&amp;y&#39;.html>{}../x&amp;y&#39;.html#b</a>{}",
                Hole(a),
                Hole(lien),
            ),
        );
    }

    #[test]
    fn a_mark_that_is_not_whole_is_seen() {
        let mark = Mark(Digest::of(&"a")).written();
        let escaped = mark.replace('<', "&lt;").replace('"', "&quot;");
        for text in [
            "retex-morceau",
            "retex-morceau cle=",
            "&lt;retex-morceau cle=&quot;0123456789abcdef0123456789abcdef&quot;&gt;",
        ] {
            assert_eq!(place(text).unwrap(), text);
        }
        for wrong in
            [&escaped, &escaped.replace("&quot;", ""), &mark[..30], &mark.replace('"', "'")]
        {
            assert!(matches!(place(wrong), Err(Unplaced::Mark)), "{wrong}");
        }
    }
}
