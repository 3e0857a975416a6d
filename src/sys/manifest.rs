//! What the output folder says of itself: which files we wrote, and how to tell that they are still so.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs::{self, Metadata},
    io,
    path::Path,
    time::UNIX_EPOCH,
};

use rayon::prelude::*;

use super::sync::SyncError;
use crate::{mesure::Pesee, output::Label};

/// The file that lists what we wrote.
pub const MANIFEST: &str = ".retex-manifeste";
/// First line of a manifest; another one is not ours.
const HEADER: &str = "retex 1 : fichiers écrits par la commande build, un par ligne";
/// Begins the line that says what the whole folder was made from; it is only there when the folder is whole.
const SOURCES: &str = "= ";
/// Begins the line that says which program wrote the pages.
const PROGRAM: &str = "+ ";

/// A file as we left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seal {
    /// What it holds (XXH3, 128 bits).
    pub(super) digest: u128,
    /// Its length, in bytes.
    pub(super) size: u64,
    /// When it was written, in nanoseconds since 1970.
    pub(super) written: u128,
    /// For a page that may be kept, what it was made from.
    pub(super) label: Option<Label>,
}

impl Seal {
    /// Of a file that holds what has this digest; `None` where the disk keeps no time.
    pub(super) fn of(digest: u128, found: &Metadata) -> Option<Self> {
        Some(Self { digest, size: found.len(), written: time(found)?, label: None })
    }

    /// Whether a file has not been touched since, as far as its length and its time tell.
    pub(super) fn holds(&self, found: &Metadata) -> bool {
        found.is_file() && (Some(self.written), self.size) == (time(found), found.len())
    }
}

/// When a file was written, in nanoseconds since 1970.
fn time(found: &Metadata) -> Option<u128> {
    Some(found.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos())
}

/// The manifest of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The digest of what the whole was made from.
    pub(super) sources: Option<u128>,
    /// The digest of the program that wrote the pages.
    pub(super) program: Option<u128>,
    /// The files; sealed once written.
    pub(super) files: BTreeMap<String, Option<Seal>>,
}

impl Manifest {
    /// Reads that of a folder; empty for a new one.
    pub(super) fn read(out: &Path) -> Result<Self, SyncError> {
        let path = out.join(MANIFEST);
        match fs::read_to_string(&path) {
            Ok(text) => Self::parse(&text)
                .ok_or_else(|| SyncError::Foreign(out.to_path_buf(), vec![MANIFEST.into()])),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let foreign = foreign(out)?;
                if foreign.is_empty() {
                    return Ok(Self::default());
                }
                Err(SyncError::Foreign(out.to_path_buf(), foreign))
            }
            Err(error) => Err(SyncError::Io(path, error)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return None;
        }
        let mut manifest = Self::default();
        for line in lines.filter(|line| !line.is_empty()) {
            if let Some(digest) = line.strip_prefix(SOURCES) {
                manifest.sources = u128::from_str_radix(digest, 16).ok();
                continue;
            }
            if let Some(digest) = line.strip_prefix(PROGRAM) {
                manifest.program = u128::from_str_radix(digest, 16).ok();
                continue;
            }
            let (path, seal) = line.split_once('\t').unwrap_or((line, ""));
            // A path that climbs was not written by us.
            if !climbs(path) {
                manifest.files.insert(path.to_string(), read_seal(seal));
            }
        }
        Some(manifest)
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        if let Some(digest) = self.sources {
            text.push_str(&format!("{SOURCES}{digest:032x}\n"));
        }
        if let Some(digest) = self.program {
            text.push_str(&format!("{PROGRAM}{digest:032x}\n"));
        }
        for (path, seal) in &self.files {
            text.push_str(path);
            // Writing to a text cannot fail.
            if let Some(Seal { digest, size, written, label }) = seal {
                let _ = write!(text, "\t{digest:032x} {size} {written}");
                if let Some(Label { made_from, pesee }) = label {
                    let Pesee { elements, requetes, .. } = pesee;
                    let _ = write!(text, " {made_from:032x} {elements} {requetes}");
                }
            }
            text.push('\n');
        }
        text
    }

    /// Whether the folder still holds every file as it was left.
    pub(super) fn is_intact(&self, out: &Path) -> bool {
        let intact = |(path, seal): (&String, &Option<Seal>)| {
            let found = fs::symlink_metadata(out.join(path));
            seal.is_some_and(|seal| found.is_ok_and(|found| seal.holds(&found)))
        };
        self.files.par_iter().all(intact)
    }

    pub(super) fn paths(&self) -> BTreeSet<&str> {
        self.files.keys().map(String::as_str).collect()
    }
}

fn read_seal(text: &str) -> Option<Seal> {
    let mut parts = text.split(' ');
    let digest = u128::from_str_radix(parts.next()?, 16).ok()?;
    let (size, written) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Seal { digest, size, written, label: read_label(size, parts) })
}

fn read_label<'t>(size: u64, mut parts: impl Iterator<Item = &'t str>) -> Option<Label> {
    let made_from = u128::from_str_radix(parts.next()?, 16).ok()?;
    let (elements, requetes) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let octets = usize::try_from(size).ok()?;
    Some(Label { made_from, pesee: Pesee { octets, elements, requetes } })
}

fn climbs(path: &str) -> bool {
    path.starts_with('/') || path.contains('\\') || path.split('/').any(|part| part == "..")
}

/// What a folder without a manifest holds, besides dot-files: at most five names, and « … ».
fn foreign(out: &Path) -> Result<Vec<String>, SyncError> {
    let mut foreign = Vec::new();
    if out.is_dir() {
        let failed = |error| SyncError::Io(out.to_path_buf(), error);
        for entry in fs::read_dir(out).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') {
                foreign.push(name);
            }
        }
    }
    foreign.sort();
    if foreign.len() > 5 {
        foreign.truncate(5);
        foreign.push("…".into());
    }
    Ok(foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_is_written() {
        let seal = Seal { digest: 255, size: 3, written: 17, label: None };
        let pesee = Pesee { octets: 3, elements: 5, requetes: 2 };
        let page = Seal { label: Some(Label { made_from: 9, pesee }), ..seal };
        let files = [("a b.html", Some(seal)), ("c.html", None), ("d.html", Some(page))];
        let files = files.map(|(path, seal)| (path.to_string(), seal)).into();
        let manifest = Manifest { sources: Some(7), program: Some(8), files };
        assert_eq!(Manifest::parse(&manifest.text()), Some(manifest));
        assert_eq!(Manifest::parse("autre chose\n"), None);
        let damaged = format!("{HEADER}\n= zz\n../a\nb.html\tx 1\n");
        let read = Manifest::parse(&damaged).unwrap();
        assert_eq!((read.sources, read.files), (None, [("b.html".to_string(), None)].into()));
    }
}
