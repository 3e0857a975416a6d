//! What a folder holds, and what a program touched in it.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::{Outcome, said};

/// What tells whether a file was touched: a file written through another name has another inode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// In bytes.
    pub(crate) bytes: u64,
    inode: u64,
    modified: (i64, i64),
}

/// The files of a folder, by their path in it.
pub(crate) type Files = BTreeMap<PathBuf, State>;

/// Every file under a folder.
pub(crate) fn files(root: &Path) -> Outcome<Files> {
    let mut files = Files::new();
    for entry in WalkDir::new(root) {
        let entry = entry.map_err(|e| e.to_string())?;
        if !entry.file_type().is_file() {
            continue;
        }
        let data = entry.metadata().map_err(|e| e.to_string())?;
        let state = State {
            bytes: data.len(),
            inode: data.ino(),
            modified: (data.mtime(), data.mtime_nsec()),
        };
        let name = entry.path().strip_prefix(root).unwrap_or(entry.path());
        files.insert(name.to_path_buf(), state);
    }
    Ok(files)
}

/// How many files, how many bytes.
pub(crate) fn weight(files: &Files) -> (usize, u64) {
    (files.len(), files.values().map(|file| file.bytes).sum())
}

/// The files of `after` that are not those of `before`, and those that are gone.
pub(crate) fn touched(before: &Files, after: &Files) -> Vec<PathBuf> {
    let new = after.iter().filter(|(name, state)| before.get(*name) != Some(state));
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    new.map(|(name, _)| name).chain(gone).cloned().collect()
}

/// A number for the bytes of each file, to know later whether they changed.
pub(crate) fn prints(root: &Path, files: &Files) -> Outcome<BTreeMap<PathBuf, u64>> {
    let each = files.par_iter().map(|(name, _)| Ok((name.clone(), print(&root.join(name))?)));
    each.collect()
}

/// A number for the bytes of a file.
pub(crate) fn print(path: &Path) -> Outcome<u64> {
    let mut hasher = DefaultHasher::new();
    fs::read(path).map_err(said(path))?.hash(&mut hasher);
    Ok(hasher.finish())
}

/// Copies the files of a folder.
pub(crate) fn copy(from: &Path, to: &Path) -> Outcome<()> {
    for name in files(from)?.into_keys() {
        let target = to.join(&name);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(said(folder))?;
        }
        fs::copy(from.join(&name), &target).map_err(said(&target))?;
    }
    Ok(())
}

/// Waits until the disk has written all it was asked to: what one program leaves to the system is not paid
/// for by the next.
pub(crate) fn settle() {
    nix::unistd::sync();
}
