//! Paths of the sources and of the output, and slugs. Paths are relative, use `/`, and never climb.

use std::{borrow::Borrow, collections::HashSet, fmt, sync::Arc};

use serde::Serialize;

macro_rules! texts {
    ($($name:ident)*) => { $(
        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &self.0)
            }
        }
    )* };
}

texts! { SitePath OutputPath Slug }

/// Path of a source file, relative to the site's root: `content/syntheses/x/retex/y.md`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Wraps a relative, `/`-separated path.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The last component.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The file name without what follows its last point.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Extension of the file name, without its point; may be empty.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, ext)| ext)
    }

    /// The folder that holds the file, without a final `/`; empty at the root.
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(dir, _)| dir)
    }

    /// Resolves a relative reference written in this file, as a forge would: `../retex/a.md`.
    /// `None` when it climbs above the root.
    pub fn join(&self, reference: &str) -> Option<SitePath> {
        let mut parts: Vec<&str> = self.parent().split('/').filter(|p| !p.is_empty()).collect();
        for part in reference.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Some(SitePath::new(parts.join("/")))
    }

    /// Reference to another file from this one, as [`SitePath::join`] reads it: `../retex/a.md`.
    pub fn reference_to(&self, target: &SitePath) -> String {
        relative(&self.0, &target.0)
    }
}

/// Relative path from a file to another: up to the folder that holds both, then down.
fn relative(from: &str, to: &str) -> String {
    let alike = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    // The folders that hold both.
    let shared = from.as_bytes()[..alike].iter().rposition(|b| *b == b'/').map_or(0, |at| at + 1);
    let ups = from.as_bytes()[shared..].iter().filter(|byte| **byte == b'/').count();
    let mut link = String::with_capacity(3 * ups + to.len() - shared);
    (0..ups).for_each(|_| link.push_str("../"));
    link.push_str(&to[shared..]);
    link
}

/// Paths of published files.
pub type OutputPaths = HashSet<OutputPath>;

/// Path of a published file, relative to the output folder: `retex/x/index.html`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Wraps a relative, `/`-separated path that names a file.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The `index.html` of a folder; the empty folder is the root.
    pub fn index(folder: &str) -> Self {
        if folder.is_empty() {
            Self::new("index.html")
        } else {
            Self::new([folder, "/index.html"].concat())
        }
    }

    /// `../` as often as this file is deep: what leads from it to the root of the site.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// A relative link from this file to `target`, which ends in a file name, so that it works
    /// at any address, in any sub-path and through `file://`.
    pub fn link_to(&self, target: &OutputPath) -> String {
        relative(&self.0, &target.0)
    }

    /// Like [`OutputPath::link_to`], to an anchor. On the same page only the fragment is written.
    pub fn link_to_anchor(&self, target: &OutputPath, anchor: &str) -> String {
        if self == target {
            format!("#{anchor}")
        } else {
            [&self.link_to(target), "#", anchor].concat()
        }
    }
}

/// An identifier that is also a piece of URL: `[a-z0-9]+(-[a-z0-9]+)*`. No accent, no capital, so no
/// trouble with percent-encoding, Unicode normalisation or case-insensitive disks.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Slug(Arc<str>);

impl Slug {
    /// Checks the form.
    pub fn new(text: &str) -> Option<Self> {
        let well_formed = text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        });
        well_formed.then(|| Self(text.into()))
    }
}

/// The nearest slug of a text: accents and case folded, everything else a hyphen. Empty when the
/// text has no letter and no digit.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in crate::french::fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_end_in_a_file_name() {
        let check = |from: &str, to: &str, expected: &str| {
            assert_eq!(OutputPath::new(from).link_to(&OutputPath::new(to)), expected);
        };
        check("index.html", "retex/index.html", "retex/index.html");
        check("retex/x/a/index.html", "retex/x/b/index.html", "../b/index.html");
        check("retex/x/a/index.html", "index.html", "../../../index.html");
        check("a/index.html", "a/index.html", "index.html");
        check("a/b/index.html", "a/index.html", "../index.html");
        check("ab/index.html", "a/index.html", "../a/index.html");
        check("a/index.html", "ab/c.html", "../ab/c.html");
    }

    #[test]
    fn references_resolve_as_in_a_forge() {
        let file = SitePath::new("content/pages/a.md");
        assert_eq!(file.join("../x/b.md"), Some(SitePath::new("content/x/b.md")));
        assert_eq!(file.join("../../../b.md"), None);
    }

    #[test]
    fn slugs() {
        assert!(Slug::new("rosa-parks-2").is_some());
        for bad in ["", "-a", "a-", "a--b", "É", "A", "a b", "a_b"] {
            assert!(Slug::new(bad).is_none(), "{bad}");
        }
        assert_eq!(slugify("L’école à 3 ans : l’œuvre n° 2"), "l-ecole-a-3-ans-l-oeuvre-n-2");
    }
}
