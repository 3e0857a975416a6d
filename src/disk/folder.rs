//! Work on the output folder as a whole: it is held for one run, files take their places, others go.

use std::{fs, io, path::Path, time::Duration};

use rayon::prelude::*;

use super::{
    manifest::folders_of,
    refused::{SyncError, at},
};

/// A folder held for one run, until it is dropped or its process ends, however it ends. Where the system cannot
/// open or lock a folder (Windows, some network drives), two runs at once are not kept apart.
pub(super) type Claim = Option<fs::File>;

/// Pauses between the tries for a folder: a program that is being started holds, for an instant, what the one that
/// starts it has just let go (`fork`, then `exec`).
const PAUSES: [Duration; 4] = [
    Duration::from_millis(10),
    Duration::from_millis(40),
    Duration::from_millis(150),
    Duration::ZERO,
];

/// Takes a folder for this run.
pub(super) fn claim(out: &Path) -> Result<Claim, SyncError> {
    // A pipe would be waited for without end.
    let Some(folder) = out.is_dir().then(|| fs::File::open(out).ok()).flatten() else {
        return Ok(None);
    };
    for pause in PAUSES {
        match folder.try_lock() {
            Err(fs::TryLockError::WouldBlock) => std::thread::sleep(pause),
            Err(fs::TryLockError::Error(_)) => return Ok(None),
            Ok(()) => return Ok(Some(folder)),
        }
    }
    Err(SyncError::Busy(out.to_path_buf()))
}

/// Moves all that a folder holds into another: a folder that is new there goes with all that it holds, which
/// makes a new site of ten thousand pages a few renames.
pub(super) fn put_in_place(from: &Path, to: &Path) -> Result<(), SyncError> {
    let entries: Vec<fs::DirEntry> =
        fs::read_dir(from).and_then(Iterator::collect).map_err(at(from))?;
    entries.par_iter().try_for_each(|entry| {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        let is_folder = entry.file_type().map_err(at(&path))?.is_dir();
        if is_folder && target.symlink_metadata().is_ok_and(|found| found.is_dir()) {
            return put_in_place(&path, &target);
        }
        fs::rename(&path, &target).map_err(at(&target))
    })
}

/// Waits until a file is on the disk itself: its name must not be there before it after a power cut.
pub(super) fn settle(file: &fs::File) -> io::Result<()> {
    match file.sync_all() {
        // A few shared drives cannot tell.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
        {
            Ok(())
        }
        done => done,
    }
}

/// True when a non-folder is there.
fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| !found.is_dir())
}

/// Deletes a file of ours and the folders it leaves empty. Whether there was one.
pub(super) fn remove(out: &Path, name: &str) -> Result<bool, SyncError> {
    if folders_of(name).any(|folder| out.join(folder).is_symlink()) {
        return Ok(false);
    }
    let path = out.join(name);
    match fs::remove_file(&path) {
        Ok(()) => {}
        // It is not there any more, or somebody has put something else in its place.
        Err(_) if !is_file(&path) => return Ok(false),
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
