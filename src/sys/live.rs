//! The sources of a site that changes: a [`Snapshot`] kept equal to what a fresh [`scan`](fn@super::scan) would
//! give, by reading again only what may have changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::Metadata,
    io,
    path::{Component, Path, PathBuf},
    time::{Duration, SystemTime},
};

use rayon::prelude::*;

use super::{
    scan::{self, Found, ROOTS},
    watch::Change,
};
use crate::source::{Refused, SitePath, Snapshot, SourceFile};

/// How far the clock of a disk may be behind a write: FAT counts by two seconds. A file that was read sooner
/// after its own time may have changed again within that time, and is read again.
const COARSEST_CLOCK: Duration = Duration::from_secs(3);

/// The snapshot, and what the disk said of each file when it was read.
#[derive(Debug)]
pub struct Sources {
    root: PathBuf,
    snapshot: Snapshot,
    stamps: BTreeMap<SitePath, Stamp>,
    /// Something could not be read: what is kept is no more than the last that could.
    behind: bool,
}

/// What tells that a file is still the one that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
    identity: (u64, u64),
    /// Whether `modified` was old enough to be trusted when the file was read.
    settled: bool,
}

/// One file as it was just found.
struct Taken {
    path: SitePath,
    content: Result<SourceFile, Refused>,
    stamp: Stamp,
}

impl Sources {
    /// Reads the site at `root`.
    ///
    /// # Errors
    /// When a folder or a file cannot be read, with its path.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut sources = Self {
            root: root.to_path_buf(),
            snapshot: Snapshot { today: Some(scan::today()), ..Snapshot::default() },
            stamps: BTreeMap::new(),
            behind: false,
        };
        sources.refresh(&Change::Everything)?;
        Ok(sources)
    }

    /// The sources as last read.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Moves to the current day. Whether it is another one.
    pub fn turn_day(&mut self) -> bool {
        let today = Some(scan::today());
        let another = self.snapshot.today != today;
        self.snapshot.today = today;
        another
    }

    /// Reads again what may have changed; gives what did, sorted. Nothing is touched when something cannot be
    /// read, and the next call then reads everything.
    ///
    /// # Errors
    /// When a folder or a file cannot be read, with its path.
    pub fn refresh(&mut self, change: &Change) -> io::Result<Vec<SitePath>> {
        let (subjects, exact) = match change {
            Change::Paths(paths) if !self.behind => subjects(&self.root, paths),
            _ => (ROOTS.iter().map(|folder| (*folder).to_string()).collect(), BTreeSet::new()),
        };
        self.behind = true;
        let mut found = Found::default();
        for subject in &subjects {
            let there = self.root.join(subject).symlink_metadata().is_ok();
            if there {
                found.add(&self.root, subject)?;
            }
        }
        let taken: Vec<Option<Taken>> = found
            .files
            .par_iter()
            .map(|(path, entry)| {
                let metadata =
                    entry.metadata().map_err(|e| with_kind(entry.path(), &io::Error::from(e)))?;
                let stamp = Stamp::of(&metadata);
                let same = self.stamps.get(path).is_some_and(|known| known.holds_for(&stamp));
                if same && !exact.contains(path) {
                    return Ok(None);
                }
                let content = scan::read(path, entry)?;
                Ok(Some(Taken { path: path.clone(), content, stamp }))
            })
            .collect::<io::Result<_>>()?;
        self.behind = false;
        let kept: BTreeSet<SitePath> = found.files.into_iter().map(|(path, _)| path).collect();
        Ok(self.apply(&subjects, &kept, found.refused, taken.into_iter().flatten()))
    }

    /// Replaces what lies at and below the subjects.
    fn apply(
        &mut self,
        subjects: &BTreeSet<String>,
        kept: &BTreeSet<SitePath>,
        refused: Vec<Refused>,
        taken: impl Iterator<Item = Taken>,
    ) -> Vec<SitePath> {
        let mut changed = BTreeSet::new();
        let has_content = scan::has_content(&self.root);
        if has_content != self.snapshot.has_content {
            self.snapshot.has_content = has_content;
            changed.insert(SitePath::new(ROOTS[0]));
        }
        for subject in subjects {
            // What was refused has a stamp too: it is looked at again when it comes back.
            let known = self.stamps.keys().filter(|path| is_at_or_below(path, subject));
            let gone: Vec<SitePath> = known.filter(|path| !kept.contains(*path)).cloned().collect();
            for path in gone {
                self.stamps.remove(&path);
                if self.snapshot.files.remove(&path).is_some() {
                    changed.insert(path);
                }
            }
        }
        let before = self.snapshot.refused.clone();
        // Files refused before and not read again stay refused.
        let read: Vec<Taken> = taken.collect();
        let again: BTreeSet<&SitePath> = read.iter().map(|taken| &taken.path).collect();
        self.snapshot.refused.retain(|old| {
            let subject = subjects.iter().any(|subject| is_at_or_below(&old.path, subject));
            !subject || (kept.contains(&old.path) && !again.contains(&old.path))
        });
        drop(again);
        self.snapshot.refused.extend(refused);
        for Taken { path, content, stamp } in read {
            self.stamps.insert(path.clone(), stamp);
            match content {
                // An equal file keeps its place in memory: what is kept for it is found at once.
                Ok(file) if self.snapshot.files.get(&path) == Some(&file) => {}
                Ok(file) => {
                    self.snapshot.insert(file);
                    changed.insert(path);
                }
                Err(why) => {
                    if self.snapshot.files.remove(&path).is_some() {
                        changed.insert(path);
                    }
                    self.snapshot.refused.push(why);
                }
            }
        }
        self.snapshot.refused.sort_by(|a, b| a.path.cmp(&b.path));
        let now = &self.snapshot.refused;
        let only_in = |one: &[Refused], other: &[Refused]| -> Vec<SitePath> {
            one.iter().filter(|r| !other.contains(r)).map(|r| r.path.clone()).collect()
        };
        changed.extend(only_in(&before, now));
        changed.extend(only_in(now, &before));
        changed.into_iter().collect()
    }
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let age = modified.and_then(|time| SystemTime::now().duration_since(time).ok());
        Self {
            modified,
            bytes: metadata.len(),
            identity: identity(metadata),
            settled: age.is_some_and(|age| age > COARSEST_CLOCK),
        }
    }

    /// Whether a file that had this stamp when it was read, and has `now`, is certainly the same.
    fn holds_for(&self, now: &Stamp) -> bool {
        self.settled
            && (self.modified, self.bytes, self.identity) == (now.modified, now.bytes, now.identity)
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    // The time of change of the inode moves even when somebody sets the other one back.
    let changed = metadata.ctime().wrapping_mul(1_000_000_000).wrapping_add(metadata.ctime_nsec());
    (metadata.ino(), changed.cast_unsigned())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// Where to look again for each path: itself, or what stands in the way of it.
/// Beside them, the paths that were named and must be read whatever their stamp says.
fn subjects(root: &Path, paths: &BTreeSet<PathBuf>) -> (BTreeSet<String>, BTreeSet<SitePath>) {
    let mut subjects = BTreeSet::new();
    let mut exact = BTreeSet::new();
    for path in paths {
        if let Some(subject) = subject(root, path) {
            exact.insert(SitePath::new(subject.as_str()));
            subjects.insert(subject);
        }
    }
    // One below another is looked at with it.
    let all = subjects.clone();
    subjects.retain(|subject| {
        let mut above = subject.as_str();
        while let Some((folder, _)) = above.rsplit_once('/') {
            if all.contains(folder) {
                return false;
            }
            above = folder;
        }
        true
    });
    (subjects, exact)
}

fn subject(root: &Path, path: &Path) -> Option<String> {
    let mut at = root.to_path_buf();
    let mut subject = String::new();
    for (depth, part) in path.components().enumerate() {
        let Component::Normal(name) = part else { return None };
        if depth == 0 && !name.to_str().is_some_and(|name| ROOTS.contains(&name)) {
            return None;
        }
        // What has no path here is refused by the folder that holds it.
        let Some(name) = name.to_str() else { break };
        at.push(name);
        if depth > 0 {
            subject.push('/');
        }
        subject.push_str(name);
        // Nothing is read in a hidden folder, but a hidden link is refused.
        let is_hidden = depth > 0 && scan::is_hidden(std::ffi::OsStr::new(name));
        if is_hidden || !at.symlink_metadata().is_ok_and(|m| m.is_dir()) {
            break;
        }
    }
    (!subject.is_empty()).then_some(subject)
}

fn is_at_or_below(path: &SitePath, folder: &str) -> bool {
    let rest = path.as_str().strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn with_kind(path: &Path, error: &io::Error) -> io::Error {
    scan::with_path(path, error.kind())
}
