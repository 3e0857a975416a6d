//! The finished site: path → bytes.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::source::OutputPath;

/// The bytes of a file, which several may hold.
pub type Octets = Arc<[u8]>;

/// A receiver of finished files, one by one, from several threads and in no order.
pub type Emit<'a> = &'a (dyn Fn(OutputPath, Octets) + Sync);

/// The files of a site, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputTree {
    files: BTreeMap<OutputPath, Octets>,
}

impl OutputTree {
    /// Adds a file.
    pub fn insert(&mut self, path: OutputPath, bytes: impl Into<Octets>) {
        self.files.insert(path, bytes.into());
    }

    /// The files, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutputPath, &Octets)> {
        self.files.iter()
    }

    /// The bytes of a file.
    pub fn get(&self, path: &OutputPath) -> Option<&Octets> {
        self.files.get(path)
    }

    /// The paths whose file is not the same in `old`, or is in one of the two only; sorted.
    pub fn changed_from(&self, old: &OutputTree) -> Vec<OutputPath> {
        let mut changed: Vec<OutputPath> = Vec::new();
        for (path, bytes) in &self.files {
            // Most files of a build are the very ones of the build before.
            let same = |old: &Octets| Octets::ptr_eq(old, bytes) || old == bytes;
            if !old.files.get(path).is_some_and(same) {
                changed.push(path.clone());
            }
        }
        changed.extend(old.files.keys().filter(|path| !self.files.contains_key(*path)).cloned());
        changed.sort();
        changed
    }

    /// File count.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// True when empty.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// HTML page count.
    pub fn page_count(&self) -> usize {
        self.files.keys().filter(|path| path.as_str().ends_with(".html")).count()
    }

    /// The HTML pages, by path, as text.
    pub fn pages(&self) -> impl Iterator<Item = (&OutputPath, &str)> {
        let html = self.files.iter().filter(|(path, _)| path.as_str().ends_with(".html"));
        html.filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)))
    }
}

/// A tree being filled.
#[derive(Debug, Default)]
pub struct Collector(Mutex<OutputTree>);

impl Collector {
    /// Takes a file.
    pub fn put(&self, path: OutputPath, bytes: Octets) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path, bytes);
    }

    /// The tree.
    pub fn into_tree(self) -> OutputTree {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A file of data.
#[derive(Clone, Debug, PartialEq)]
pub struct DataFile {
    /// Path it is published at.
    pub path: OutputPath,
    /// The workshop, an index into the site; `None` for the schema and for the files of all of them.
    pub atelier: Option<usize>,
    /// Name of its content: « Diagnostic ».
    pub quoi: String,
    /// « CSV », « JSON ».
    pub format: &'static str,
    /// Weight, in bytes.
    pub poids: usize,
}
