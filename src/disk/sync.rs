//! Finished files → disk. Writes only what changed, deletes only what its manifest says it wrote.
//!
//! Each file that changed is written as soon as it is made, in a folder of ours that is laid out as the site;
//! only once the whole site is known to be right do they take their places, each by a rename, or with all its
//! folder where the site had none. The manifest is written before the first of them, as the union of old and
//! new, and again at the end. Killed at any instant, each file is whole, old or new, and the next run repairs
//! the rest.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use walkdir::WalkDir;
use xxhash_rust::xxh3::xxh3_128;

use super::{
    folder::{Claim, claim, put_in_place, remove, settle},
    manifest::{MANIFEST, Manifest, Seal, folders_of},
    mounts,
    refused::{SyncError, at},
};
use crate::{output::OutputTree, source::OutputPath};

/// The folder of what is not in place yet, swept by the next run.
const TEMPORARY: &str = ".retex-tmp";

/// Synchronisation counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncReport {
    /// Files written.
    pub written: usize,
    /// Files deleted.
    pub removed: usize,
    /// Files already right.
    pub unchanged: usize,
    /// Pages of the site.
    pub pages: usize,
}

/// Makes the folder hold exactly the tree, and whatever else it held that is not ours.
///
/// # Errors
/// When the folder is not ours, or the disk refuses. Nothing is touched in the first case.
pub fn sync(tree: &OutputTree, out: &Path) -> Result<SyncReport, SyncError> {
    let staging = Staging::open(out, None)?;
    for (path, bytes) in tree.iter() {
        staging.put(path, bytes);
    }
    staging.publish()
}

/// The pages of a folder, when it holds exactly what was once made from these sources, untouched since.
pub fn made_from(inputs: u128, out: &Path) -> Option<usize> {
    let _claim = claim(out).ok()?;
    let manifest = Manifest::read(out).ok()?;
    remove_temporary(out);
    let same = manifest.sources == Some(inputs) && manifest.is_intact(out);
    same.then(|| page_count(manifest.files.keys()))
}

fn page_count<'a>(paths: impl Iterator<Item = &'a String>) -> usize {
    paths.filter(|path| path.ends_with(".html")).count()
}

/// A site on its way to the disk. Dropped before it is published, it leaves nothing.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    _claim: Claim,
    old: Manifest,
    inputs: Option<u128>,
    /// A new folder has nothing to compare with.
    is_new: bool,
    taken: Mutex<StagedFiles>,
}

/// Files taken so far.
#[derive(Debug, Default)]
struct StagedFiles {
    /// In no order: the last of one name is right.
    files: Vec<(String, Option<Seal>)>,
    /// Number changed.
    staged: usize,
    /// Names of what is not ours and stands in the way.
    conflicts: BTreeSet<String>,
    /// Files whose place a folder has: the old site may have made it.
    folders: Vec<String>,
    /// The first refusal of the disk.
    failure: Option<SyncError>,
}

/// State of the place of a file.
enum State {
    Right(Option<Seal>),
    Changed,
    Folder,
    Conflict(String),
}

impl Staging {
    /// Makes the folder if there is none, takes it for itself, and touches nothing else yet. `inputs`: what its files
    /// will be made from.
    ///
    /// # Errors
    /// When the folder is not ours, another run has it, or it cannot be made.
    pub fn open(out: &Path, inputs: Option<u128>) -> Result<Self, SyncError> {
        if (out.exists() || out.is_symlink()) && !out.is_dir() {
            return Err(SyncError::NotAFolder(out.to_path_buf()));
        }
        let is_new = !out.exists();
        fs::create_dir_all(out).map_err(at(out))?;
        let claim = claim(out)?;
        let old = Manifest::read(out)?;
        let attached = mounts::inside(out);
        if !attached.is_empty() {
            return Err(SyncError::Attached(out.to_path_buf(), attached));
        }
        let taken = Mutex::default();
        let staging = Self { is_new, out: out.into(), _claim: claim, old, inputs, taken };
        remove_temporary(out);
        Ok(staging)
    }

    /// Takes a file. What the disk refuses is said when all is put in place.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) {
        if let Err(failure) = self.take(path.as_str(), bytes) {
            self.taken().failure.get_or_insert(failure);
        }
    }

    /// Puts everything in place.
    ///
    /// # Errors
    /// When somebody else's file stands in the way, or the disk refuses: only the latter may have begun.
    pub fn publish(self) -> Result<SyncReport, SyncError> {
        let StagedFiles { files, staged, mut conflicts, folders, failure } =
            std::mem::take(&mut *self.taken());
        if let Some(failure) = failure {
            return Err(failure);
        }
        conflicts.extend(folders.iter().filter(|folder| !self.is_all_ours(folder)).cloned());
        if !conflicts.is_empty() {
            return Err(SyncError::Conflict(self.out.clone(), conflicts.into_iter().collect()));
        }
        let out = self.out.as_path();
        let files: BTreeMap<String, Option<Seal>> = files.into_iter().collect();
        let (written, pages) = (staged, page_count(files.keys()));
        let unchanged = files.len() - written;
        let new = Manifest { sources: self.inputs, files };
        let (old_paths, new_paths) = (self.old.paths(), new.paths());
        let gone: Vec<&str> = old_paths.difference(&new_paths).copied().collect();
        let union = || {
            let mut union = Manifest { sources: None, ..self.old.clone() };
            let added = new_paths.difference(&old_paths).map(|path| ((*path).to_string(), None));
            union.files.append(&mut added.collect());
            union.text()
        };
        if written > 0 || !gone.is_empty() {
            self.write_manifest(&union())?;
        }
        // A file of the old site that is a folder in the new one goes first, and what a folder held that is a file.
        let in_the_way = |path: &&&str| {
            is_folder_of(&new.files, path)
                || folders_of(path).any(|folder| new.files.contains_key(folder))
        };
        let mut removed = 0;
        for path in gone.iter().filter(in_the_way) {
            removed += usize::from(remove(out, path)?);
        }
        if written > 0 {
            put_in_place(&self.temporary(), out)?;
        }
        for path in &gone {
            removed += usize::from(remove(out, path)?);
        }
        if new != self.old {
            self.write_manifest(&new.text())?;
        }
        Ok(SyncReport { written, removed, unchanged, pages })
    }

    fn taken(&self) -> MutexGuard<'_, StagedFiles> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn temporary(&self) -> PathBuf {
        self.out.join(TEMPORARY)
    }

    /// State of the place of a file that must have this size and digest.
    fn state(&self, name: &str, size: u64, digest: u128) -> State {
        if self.is_new {
            return State::Changed;
        }
        if let Some(other) = self.obstacle_above(name) {
            return State::Conflict(other.to_string());
        }
        let path = self.out.join(name);
        let Ok(found) = fs::symlink_metadata(&path) else { return State::Changed };
        let known = self.old.files.get(name);
        if found.is_dir() {
            return State::Folder;
        }
        // A link is not what we wrote, even towards the same bytes: its place is taken if it had been ours.
        if !found.is_file() {
            return if known.is_some() {
                State::Changed
            } else {
                State::Conflict(name.to_string())
            };
        }
        if let Some(Some(seal)) = known
            && seal.holds(&found)
        {
            let same = seal.digest == digest && seal.size == size;
            return if same { State::Right(Some(*seal)) } else { State::Changed };
        }
        match fs::read(&path) {
            Ok(present) if found.len() == size && xxh3_128(&present) == digest => {
                State::Right(Seal::of(digest, &found))
            }
            Ok(_) if known.is_none() => State::Conflict(name.to_string()),
            _ => State::Changed,
        }
    }

    /// Path above a file that is no folder, unless it is a file of the old site, which will go. A symbolic link
    /// would have us write outside the output.
    fn obstacle_above<'n>(&self, name: &'n str) -> Option<&'n str> {
        folders_of(name).find(|folder| {
            let found = self.out.join(folder).symlink_metadata();
            found.is_ok_and(|found| {
                !found.is_dir() && (found.is_symlink() || !self.old.files.contains_key(*folder))
            })
        })
    }

    /// True when a folder holds only files of the old site, and the folders that lead to them.
    fn is_all_ours(&self, folder: &str) -> bool {
        WalkDir::new(self.out.join(folder)).into_iter().all(|entry| {
            let Ok(entry) = entry else { return false };
            let Ok(path) = entry.path().strip_prefix(&self.out) else { return false };
            let Some(name) = path.to_str().map(|path| path.replace('\\', "/")) else {
                return false;
            };
            match entry.file_type().is_dir() {
                true => is_folder_of(&self.old.files, &name),
                false => self.old.files.contains_key(&name),
            }
        })
    }

    /// Writes a file apart.
    fn stage(&self, name: &str, bytes: &[u8], digest: u128) -> Result<Option<Seal>, SyncError> {
        let path = self.temporary().join(name);
        let write = || {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            let mut file = fs::File::create(&path)?;
            io::Write::write_all(&mut file, bytes)?;
            file.metadata()
        };
        write().map(|found| Seal::of(digest, &found)).map_err(at(&path))
    }

    fn take(&self, name: &str, bytes: &[u8]) -> Result<(), SyncError> {
        let digest = xxh3_128(bytes);
        let state = self.state(name, bytes.len() as u64, digest);
        let seal = match &state {
            State::Right(seal) => *seal,
            State::Conflict(other) => {
                self.taken().conflicts.insert(other.clone());
                return Ok(());
            }
            State::Changed | State::Folder => self.stage(name, bytes, digest)?,
        };
        let mut taken = self.taken();
        taken.staged += usize::from(!matches!(state, State::Right(_)));
        if matches!(state, State::Folder) {
            taken.folders.push(name.into());
        }
        taken.files.push((name.into(), seal));
        Ok(())
    }

    fn write_manifest(&self, text: &str) -> Result<(), SyncError> {
        let path = self.out.join(MANIFEST);
        let temporary = self.out.join(format!("{MANIFEST}-nouveau"));
        // Written anew: what a run left there, or somebody, may be a link to a file that is not ours.
        let _ = fs::remove_file(&temporary);
        let file = fs::File::create_new(&temporary);
        // Half a manifest would have the whole folder refused. The files need no such wait, five times as long as
        // the build: one that a power cut shortened is not of the length that the manifest gives.
        file.and_then(|mut file| {
            io::Write::write_all(&mut file, text.as_bytes())?;
            settle(&file)
        })
        .map_err(at(&temporary))?;
        fs::rename(&temporary, &path).map_err(at(&path))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        remove_temporary(&self.out);
        if self.is_new {
            // Only a folder that is still empty goes.
            let _ = fs::remove_dir(&self.out);
        }
    }
}

/// Removes what was not put in place, by this run or by one that was killed.
fn remove_temporary(out: &Path) {
    let path = out.join(TEMPORARY);
    // What cannot be removed is not of the site, and the next run tries again.
    let _ = match path.symlink_metadata() {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        _ => fs::remove_file(path),
    };
}

/// True for a folder of these files.
fn is_folder_of(files: &BTreeMap<String, Option<Seal>>, path: &str) -> bool {
    let below = format!("{path}/");
    files.range(below.clone()..).next().is_some_and(|(first, _)| first.starts_with(&below))
}
