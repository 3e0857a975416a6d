//! [`OutputTree`] → disk. Writes only what changed, deletes only what its manifest says it wrote.
//!
//! The manifest is written before the first file, as the union of old and new, and again at the end.
//! Each file goes through a temporary name of a known prefix, swept by the next run. Killed at any
//! instant, each file is whole, old or new, and the next run repairs the rest.

use std::{
    collections::BTreeSet,
    fmt, fs, io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use crate::output::OutputTree;

/// The file that lists what we wrote.
pub const MANIFEST: &str = ".retex-manifeste";
/// First line of a manifest; another one is not ours.
const MANIFEST_HEADER: &str = "retex 1 : fichiers écrits par la commande build, un par ligne";
/// How temporary files begin.
const TEMPORARY: &str = ".retex-tmp-";

/// What a synchronisation did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncReport {
    /// Files written.
    pub written: usize,
    /// Files deleted.
    pub removed: usize,
    /// Files already right.
    pub unchanged: usize,
}

/// Why nothing, or not everything, could be written.
#[derive(Debug)]
pub enum SyncError {
    /// The output is a file.
    NotAFolder(PathBuf),
    /// The folder holds files that are not ours and no manifest.
    Foreign(PathBuf, Vec<String>),
    /// Files of somebody else stand where ours must go.
    Conflict(PathBuf, Vec<String>),
    /// The disk refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder(path) => {
                write!(f, "« {} » est un fichier : il faut un dossier", path.display())
            }
            Self::Foreign(path, names) => write!(
                f,
                "le dossier « {} » contient déjà des fichiers que retex n’a pas écrits ({}) : rien n’a été touché.\nChoisissez un dossier vide avec --sortie, ou videz celui-ci vous-même",
                path.display(),
                names.join(", ")
            ),
            Self::Conflict(path, names) => write!(
                f,
                "dans « {} », des fichiers que retex n’a pas écrits occupent la place de pages du site ({}) : rien n’a été touché.\nDéplacez-les, puis recommencez",
                path.display(),
                names.join(", ")
            ),
            Self::Io(path, error) => {
                let why = match error.kind() {
                    io::ErrorKind::PermissionDenied => {
                        "vous n’avez pas le droit d’y écrire".to_string()
                    }
                    io::ErrorKind::StorageFull => "le disque est plein".to_string(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                        "ce dossier n’existe pas et ne peut pas être créé".to_string()
                    }
                    io::ErrorKind::ReadOnlyFilesystem => {
                        "le disque est en lecture seule".to_string()
                    }
                    _ => error.to_string(),
                };
                write!(f, "impossible d’écrire « {} » : {why}", path.display())
            }
        }
    }
}

impl std::error::Error for SyncError {}

fn at(path: &Path) -> impl FnOnce(io::Error) -> SyncError + '_ {
    move |error| SyncError::Io(path.to_path_buf(), error)
}

/// Makes the folder hold exactly the tree, and whatever else it held that is not ours.
///
/// # Errors
/// When the folder is not ours, or the disk refuses. Nothing is touched in the first case.
pub fn sync(tree: &OutputTree, out: &Path) -> Result<SyncReport, SyncError> {
    if out.exists() && !out.is_dir() {
        return Err(SyncError::NotAFolder(out.to_path_buf()));
    }
    let old = read_manifest(out)?;
    let new: BTreeSet<String> = tree.iter().map(|(path, _)| path.to_string()).collect();
    let changed = changed_files(tree, out, &old)?;

    fs::create_dir_all(out).map_err(at(out))?;
    sweep(out, old.union(&new))?;
    let union: BTreeSet<String> = old.union(&new).cloned().collect();
    write_manifest(out, &union)?;
    // A file of the old site that is a folder in the new one goes first.
    for path in old.difference(&new).filter(|p| new.iter().any(|n| n.starts_with(&format!("{p}/"))))
    {
        remove(out, path)?;
    }
    write_all(out, &changed)?;
    let mut removed = 0;
    for path in old.difference(&new) {
        removed += usize::from(remove(out, path)?);
    }
    write_manifest(out, &new)?;
    let written = changed.len();
    Ok(SyncReport { written, removed, unchanged: tree.len() - written })
}

/// The files we wrote; empty for a new folder.
fn read_manifest(out: &Path) -> Result<BTreeSet<String>, SyncError> {
    let path = out.join(MANIFEST);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let mut lines = text.lines();
            if lines.next() != Some(MANIFEST_HEADER) {
                return Err(SyncError::Foreign(out.to_path_buf(), vec![MANIFEST.into()]));
            }
            // A path that climbs was not written by us.
            let ours = lines.filter(|line| !line.is_empty() && !climbs(line));
            Ok(ours.map(str::to_string).collect())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut foreign = Vec::new();
            if out.is_dir() {
                for entry in fs::read_dir(out).map_err(at(out))? {
                    let name = entry.map_err(at(out))?.file_name().to_string_lossy().into_owned();
                    if !name.starts_with('.') {
                        foreign.push(name);
                    }
                }
            }
            foreign.sort();
            if foreign.is_empty() {
                return Ok(BTreeSet::new());
            }
            if foreign.len() > 5 {
                foreign.truncate(5);
                foreign.push("…".into());
            }
            Err(SyncError::Foreign(out.to_path_buf(), foreign))
        }
        Err(error) => Err(SyncError::Io(path, error)),
    }
}

fn climbs(path: &str) -> bool {
    path.starts_with('/') || path.contains('\\') || path.split('/').any(|part| part == "..")
}

/// What a file of the tree finds at its place.
enum State {
    Right,
    Changed,
    Conflict(String),
}

/// What has to be written: absent, or different. Refuses to replace what is not ours.
fn changed_files<'a>(
    tree: &'a OutputTree,
    out: &Path,
    old: &BTreeSet<String>,
) -> Result<Vec<(&'a str, &'a [u8])>, SyncError> {
    let files: Vec<(&str, &[u8])> = tree.iter().map(|(p, bytes)| (p.as_str(), &**bytes)).collect();
    let state = |(name, bytes): &(&str, &[u8])| {
        if let Some(link) = symlink_above(out, name) {
            return State::Conflict(link);
        }
        match fs::read(out.join(name)) {
            Ok(present) if present == *bytes => State::Right,
            Ok(_) if !old.contains(*name) => State::Conflict((*name).to_string()),
            _ => State::Changed,
        }
    };
    // A new folder has nothing to compare with.
    let states: Vec<State> = if out.is_dir() {
        files.par_iter().map(state).collect()
    } else {
        files.iter().map(|_| State::Changed).collect()
    };
    let mut changed = Vec::new();
    let mut conflicts = Vec::new();
    for (file, state) in files.into_iter().zip(states) {
        match state {
            State::Right => {}
            State::Changed => changed.push(file),
            State::Conflict(name) => conflicts.push(name),
        }
    }
    if conflicts.is_empty() {
        return Ok(changed);
    }
    conflicts.sort();
    conflicts.dedup();
    Err(SyncError::Conflict(out.to_path_buf(), conflicts))
}

/// A symbolic link among the folders that lead to a file: writing through it would leave the output.
fn symlink_above(out: &Path, name: &str) -> Option<String> {
    let mut at = 0;
    while let Some(next) = name[at..].find('/') {
        let folder = &name[..at + next];
        if out.join(folder).symlink_metadata().is_ok_and(|m| m.is_symlink()) {
            return Some(folder.to_string());
        }
        at += next + 1;
    }
    None
}

/// Removes what a run that was killed left behind.
fn sweep<'a>(out: &Path, paths: impl Iterator<Item = &'a String>) -> Result<(), SyncError> {
    let mut folders: BTreeSet<&str> =
        paths.map(|p| p.rsplit_once('/').map_or("", |(d, _)| d)).collect();
    folders.insert("");
    for folder in folders {
        let folder = out.join(folder);
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let entry = entry.map_err(at(&folder))?;
            if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
                fs::remove_file(entry.path()).map_err(at(&entry.path()))?;
            }
        }
    }
    Ok(())
}

fn write_manifest(out: &Path, paths: &BTreeSet<String>) -> Result<(), SyncError> {
    let mut text = format!("{MANIFEST_HEADER}\n");
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    if fs::read(out.join(MANIFEST)).is_ok_and(|present| present == text.as_bytes()) {
        return Ok(());
    }
    write(out, MANIFEST, text.as_bytes())
}

/// Writes files in parallel, once their folders are there: two threads making one folder would each ask
/// the disk for all those above it.
fn write_all(out: &Path, files: &[(&str, &[u8])]) -> Result<(), SyncError> {
    let folders: BTreeSet<&str> =
        files.iter().filter_map(|(name, _)| Some(name.rsplit_once('/')?.0)).collect();
    for folder in folders {
        let folder = out.join(folder);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
    }
    files.par_iter().try_for_each(|(name, bytes)| write(out, name, bytes))
}

/// Writes a file of a folder that is there.
fn write(out: &Path, name: &str, bytes: &[u8]) -> Result<(), SyncError> {
    let path = out.join(name);
    let folder = path.parent().unwrap_or(out);
    let file = path.file_name().map(|f| f.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = folder.join(format!("{TEMPORARY}{file}"));
    fs::write(&temporary, bytes).map_err(at(&temporary))?;
    fs::rename(&temporary, &path).map_err(at(&path))
}

/// Deletes a file of ours and the folders it leaves empty. Whether there was one.
fn remove(out: &Path, name: &str) -> Result<bool, SyncError> {
    if symlink_above(out, name).is_some() {
        return Ok(false);
    }
    let path = out.join(name);
    match fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(SyncError::Io(path, error)),
    }
    let mut folder = path.parent();
    while let Some(dir) = folder.filter(|dir| *dir != out && dir.starts_with(out)) {
        // Fails, and stops, at the first folder that still holds something.
        if fs::remove_dir(dir).is_err() {
            break;
        }
        folder = dir.parent();
    }
    Ok(true)
}
