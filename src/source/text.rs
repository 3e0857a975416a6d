//! Files as values: the snapshot of a site's sources, and spans into their texts.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::{Deref, Range},
    sync::Arc,
};

use super::{Date, SitePath};

/// Content of a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Valid UTF-8, a byte-order mark kept: spans count it.
    Text(Arc<str>),
    /// Anything else that may be published as it is: an image.
    Binary(Arc<[u8]>),
}

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path of the file.
    pub path: SitePath,
    /// Content of the file.
    pub content: Content,
}

impl SourceFile {
    /// A text file.
    pub fn text(path: &str, text: &str) -> Self {
        Self { path: SitePath::new(path), content: Content::Text(text.into()) }
    }

    /// The text, when it is one.
    pub fn as_text(&self) -> Option<&Arc<str>> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Binary(_) => None,
        }
    }

    /// The bytes as they are on disk.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Binary(bytes) => bytes,
        }
    }
}

/// Why a file of the site could not enter the snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A text file that is not UTF-8; the 1-based line of the first bad byte.
    NotUtf8 {
        /// Line of the first byte that is not UTF-8.
        line: usize,
    },
    /// Larger than what a file of its kind may weigh.
    TooLarge {
        /// Bytes on disk.
        bytes: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// A symbolic link; never followed, so that a site cannot publish what lies outside of it.
    Symlink,
    /// Neither a file nor a folder: a pipe, a device.
    NotAFile,
    /// A file or folder name that is not UTF-8, or that holds signs that no name has.
    NameNotUtf8,
}

/// A file that exists but is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Path of the file.
    pub path: SitePath,
    /// Why.
    pub why: Refusal,
}

/// Everything a build depends on, besides the program itself: the files of `content/` and `themes/`, and `liens.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// The files, by path.
    pub files: BTreeMap<SitePath, SourceFile>,
    /// Files found and not read, by path.
    pub refused: Vec<Refused>,
    /// True when there is a `content/` folder at all.
    pub has_content: bool,
    /// The day of the scan, to say that a date lies in the future and to date a new fiche: no byte of the output depends
    /// on it. `None` judges no date.
    pub today: Option<Date>,
}

impl Snapshot {
    /// The paths of which something else is said in `old`; sorted.
    pub fn changed_from(&self, old: &Self) -> Vec<SitePath> {
        let mut changed = BTreeSet::new();
        for (one, other) in [(self, old), (old, self)] {
            let files = one.files.values().filter(|file| other.files.get(&file.path) != Some(file));
            changed.extend(files.map(|file| &file.path));
            let refused = one.refused.iter().filter(|refused| !other.refused.contains(refused));
            changed.extend(refused.map(|refused| &refused.path));
        }
        changed.into_iter().cloned().collect()
    }

    /// A snapshot of text files, for tests and examples.
    pub fn of_texts<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut snapshot = Self { has_content: true, ..Self::default() };
        for (path, text) in files {
            snapshot.insert(SourceFile::text(path, text));
        }
        snapshot
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, file: SourceFile) {
        self.files.insert(file.path.clone(), file);
    }

    /// The text of a file, when it is one.
    pub fn text(&self, path: &SitePath) -> Option<&Arc<str>> {
        self.files.get(path)?.as_text()
    }

    /// The files below a folder, in path order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        let start = SitePath::new(format!("{folder}/"));
        self.files
            .range(start.clone()..)
            .take_while(move |(path, _)| path.as_str().starts_with(start.as_str()))
            .map(|(_, file)| file)
    }
}

/// A half-open byte range of a file's text, on character boundaries.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: SitePath,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span of `file`.
    pub fn new(file: &SitePath, range: Range<usize>) -> Self {
        Self { file: file.clone(), start: range.start, end: range.end.max(range.start) }
    }

    /// The byte range.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A text of a file: a piece of it where it reads as it is written, as most do, else apart. Copied, the texts of ten
/// thousand fiches took 17 MB.
#[derive(Clone)]
pub enum Passage {
    /// From one byte of the file to another.
    Written(Arc<str>, u32, u32),
    /// A text written otherwise: emphasis, entities, lines cut.
    Apart(Box<str>),
}

impl Passage {
    /// A text that stands in a range of a file, give or take the white space around it.
    pub fn new(file: &Arc<str>, range: Range<usize>, text: &str) -> Self {
        let written = || {
            let around = file.get(range.clone())?;
            let start = range.start + (around.len() - around.trim_start().len());
            let bounds = (u32::try_from(start).ok()?, u32::try_from(start + text.len()).ok()?);
            (around.trim() == text).then_some(bounds)
        };
        match written() {
            Some((start, end)) => Self::Written(Arc::clone(file), start, end),
            None => Self::Apart(text.into()),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Written(file, start, end) => &file[*start as usize..*end as usize],
            Self::Apart(text) => text,
        }
    }
}

impl Deref for Passage {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Passage {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl fmt::Debug for Passage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Place of the value.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Applies `f` to the value, the place unchanged.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}
