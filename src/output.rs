//! The finished site: path → bytes, and where finished files go as soon as each is made.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use bytes::Bytes;
use rayon::prelude::*;

use crate::{mesure::Pesee, source::OutputPath};

/// The files of a site, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputTree {
    files: BTreeMap<OutputPath, Bytes>,
}

impl OutputTree {
    /// Adds a file.
    pub fn insert(&mut self, path: OutputPath, bytes: impl Into<Bytes>) {
        self.files.insert(path, bytes.into());
    }

    /// The files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutputPath, &Bytes)> {
        self.files.iter()
    }

    /// The bytes of a file.
    pub fn get(&self, path: &OutputPath) -> Option<&Bytes> {
        self.files.get(path)
    }

    /// The paths whose file is not the same in `old`, or is in one of the two only; sorted.
    pub fn changed_from(&self, old: &OutputTree) -> Vec<OutputPath> {
        let mut changed: Vec<OutputPath> = Vec::new();
        for (path, bytes) in &self.files {
            // Most files of a build are the very ones of the build before.
            let same = |old: &Bytes| old.as_ptr_range() == bytes.as_ptr_range() || old == bytes;
            if !old.files.get(path).is_some_and(same) {
                changed.push(path.clone());
            }
        }
        changed.extend(old.files.keys().filter(|path| !self.files.contains_key(*path)).cloned());
        changed.sort();
        changed
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many HTML pages.
    pub fn page_count(&self) -> usize {
        self.files.keys().filter(|path| path.as_str().ends_with(".html")).count()
    }

    /// The HTML pages, by path, as text.
    pub fn pages(&self) -> impl Iterator<Item = (&OutputPath, &str)> {
        let html = self.files.iter().filter(|(path, _)| path.as_str().ends_with(".html"));
        html.filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
    }
}

/// What a page was made from and what it weighs: enough to keep it as it stands when it would be made again from
/// the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The digest of all that the page is made from, the program aside.
    pub made_from: u128,
    /// What it weighs.
    pub pesee: Pesee,
}

/// A file of which nobody needs the whole at once: its pieces, each made when its turn comes, by whichever thread is
/// free. The data of ten thousand fiches weigh fifty megabytes, which would be the summit of a build's memory.
pub struct Pieces<'a> {
    /// How many.
    pub count: usize,
    /// Makes one.
    pub make: &'a (dyn Fn(usize) -> Vec<u8> + Sync),
}

/// Pieces made together: enough for two threads or sixteen, little to hold.
const TOGETHER: usize = 32;

impl Pieces<'_> {
    /// Gives each, in order.
    ///
    /// # Errors
    /// The first of `take`: no more is made.
    pub fn each<E>(&self, mut take: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        for first in (0..self.count).step_by(TOGETHER) {
            let some = first..self.count.min(first + TOGETHER);
            let made: Vec<Vec<u8>> = some.into_par_iter().map(self.make).collect();
            made.iter().try_for_each(|piece| take(piece))?;
        }
        Ok(())
    }

    /// The whole.
    pub fn whole(&self) -> Vec<u8> {
        let all: Vec<Vec<u8>> = (0..self.count).into_par_iter().map(self.make).collect();
        all.concat()
    }
}

/// Where finished files go, one by one, from several threads and in no order. Whatever takes them publishes
/// nothing until the whole site is known to be right. It may hold what an earlier build left there.
pub trait Sink: Sync {
    /// Takes a file.
    fn put(&self, path: &OutputPath, bytes: Bytes);

    /// Takes a file piece by piece; gives what it weighs, in bytes.
    fn put_pieces(&self, path: &OutputPath, pieces: &Pieces<'_>) -> usize {
        let whole = pieces.whole();
        let length = whole.len();
        self.put(path, whole.into());
        length
    }

    /// Takes a page that a later build may keep.
    fn put_page(&self, path: &OutputPath, bytes: Bytes, _label: Label) {
        self.put(path, bytes);
    }

    /// Keeps a page that was left, when it is whole and was made from the same: then gives what it weighs.
    fn keep(&self, _path: &OutputPath, _made_from: u128) -> Option<Pesee> {
        None
    }

    /// The files that were left.
    fn left(&self) -> Vec<OutputPath> {
        Vec::new()
    }

    /// A file that was left, when it is whole.
    fn bytes_left(&self, _path: &OutputPath) -> Option<Vec<u8>> {
        None
    }
}

/// Nowhere: only what is said of the site matters.
impl Sink for () {
    fn put(&self, _: &OutputPath, _: Bytes) {}
}

/// A tree being filled.
#[derive(Debug, Default)]
pub struct Collector(Mutex<OutputTree>);

impl Collector {
    /// The tree.
    pub fn into_tree(self) -> OutputTree {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Collector {
    fn put(&self, path: &OutputPath, bytes: Bytes) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), bytes);
    }
}

/// A sink that remembers what goes through it: paths, and bytes of each.
pub struct Recorder<'a> {
    sink: &'a dyn Sink,
    files: Mutex<BTreeMap<OutputPath, usize>>,
}

impl<'a> Recorder<'a> {
    /// Before `sink`.
    pub fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, files: Mutex::default() }
    }

    /// What went through.
    pub fn into_files(self) -> BTreeMap<OutputPath, usize> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Recorder<'_> {
    fn put(&self, path: &OutputPath, bytes: Bytes) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.clone(), bytes.len());
        drop(files);
        self.sink.put(path, bytes);
    }

    fn put_pieces(&self, path: &OutputPath, pieces: &Pieces<'_>) -> usize {
        let length = self.sink.put_pieces(path, pieces);
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), length);
        length
    }
}
