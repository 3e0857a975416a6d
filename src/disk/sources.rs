//! Text → the sources on disk: what an editor asked the program to write in their own files. A merge request may
//! bring a link in place of any of them: nothing is written through one, and each is named.

use std::{
    fs::{self, File, Metadata, OpenOptions, Permissions},
    hash::{BuildHasher, RandomState},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{folder::settle, manifest::folders_of, refused::WriteError};
use crate::source::SitePath;

/// Begins the names of files that are not in place yet: hidden, so that no scan takes them for content.
const TEMPORARY: &str = ".retex-tmp-";

/// The state that a place must have for a file to be written there.
#[derive(Clone, Copy, Debug)]
pub enum Before<'a> {
    /// Nothing at all.
    Nothing,
    /// A file that holds what was read.
    Bytes(&'a [u8]),
    /// A file, whatever it holds, or nothing.
    Anything,
}

/// A file to write.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// Path in the site.
    pub path: &'a SitePath,
    /// Required state.
    pub before: Before<'a>,
    /// New content.
    pub text: &'a str,
}

/// Writes files of the site at `root`, each whole or not at all, with the permissions that it had. None is begun
/// unless all can be.
///
/// # Errors
/// When a link stands in the way, something else than what was read is there, or the disk refuses.
pub fn write_sources(root: &Path, files: &[Written<'_>]) -> Result<(), WriteError> {
    for file in files {
        look(root, file)?;
    }
    let staged = files.iter().map(|file| Staged::of(root, file)).collect::<Result<Vec<_>, _>>()?;
    files.iter().zip(&staged).try_for_each(|(file, staged)| staged.put_in_place(root, file))
}

/// Makes the folder that somebody asked for by name: where its links lead is theirs to say.
///
/// # Errors
/// When the disk refuses.
pub fn make_folder(folder: &Path) -> Result<(), WriteError> {
    fs::create_dir_all(folder).map_err(|error| WriteError::Io(folder.into(), error))
}

/// A file written apart, in its folder; dropped, it leaves nothing but what was put in place.
struct Staged(PathBuf);

impl Staged {
    fn of(root: &Path, file: &Written<'_>) -> Result<Self, WriteError> {
        make_folders(root, file.path)?;
        let found = look(root, file)?;
        let target = root.join(file.path.as_str());
        let refused = |error| WriteError::Io(target.clone(), error);
        // The name cannot be guessed, and nothing that is there is opened, be it a link.
        let path = target.with_file_name(format!("{TEMPORARY}{:016x}", random()));
        let mut new = create(&path, found.is_some()).map_err(refused)?;
        let staged = Self(path);
        if let Some(found) = found {
            new.set_permissions(permissions(&found)).map_err(refused)?;
        }
        new.write_all(file.text.as_bytes()).and_then(|()| settle(&new)).map_err(refused)?;
        Ok(staged)
    }

    /// Takes the place of what was read, if that is still there.
    fn put_in_place(&self, root: &Path, file: &Written<'_>) -> Result<(), WriteError> {
        look(root, file)?;
        let target = root.join(file.path.as_str());
        if let Before::Nothing = file.before {
            match fs::hard_link(&self.0, &target) {
                Ok(()) => return Ok(()),
                // Somebody was quicker.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(WriteError::Taken(target));
                }
                // Some disks have no such links: nothing was there an instant ago.
                Err(_) => {}
            }
        }
        fs::rename(&self.0, &target).map_err(|error| WriteError::Io(target, error))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // Once renamed, it is not there any more.
        let _ = fs::remove_file(&self.0);
    }
}

/// Looks at a place and at the folders that lead to it. The file that is there, if one may be.
fn look(root: &Path, file: &Written<'_>) -> Result<Option<Metadata>, WriteError> {
    for folder in folders_of(file.path.as_str()) {
        look_at_folder(&root.join(folder))?;
    }
    let target = root.join(file.path.as_str());
    let found = match target.symlink_metadata() {
        Ok(found) if found.is_symlink() => return Err(WriteError::Link(target)),
        Ok(found) => Some(found),
        Err(error) if is_absence(&error) => None,
        Err(error) => return Err(WriteError::Io(target, error)),
    };
    match (file.before, &found) {
        (Before::Nothing | Before::Anything, None) => {}
        (Before::Nothing, Some(_)) => return Err(WriteError::Taken(target)),
        (_, Some(found)) if !found.is_file() => return Err(WriteError::Taken(target)),
        (Before::Bytes(bytes), Some(found)) if holds(&target, found, bytes) => {}
        (Before::Bytes(_), _) => return Err(WriteError::Changed(target)),
        (Before::Anything, Some(_)) => {}
    }
    Ok(found)
}

/// Looks at a folder on the way, which may be no link: `true` when it is there.
fn look_at_folder(folder: &Path) -> Result<bool, WriteError> {
    match folder.symlink_metadata() {
        Ok(found) if found.is_symlink() => Err(WriteError::Link(folder.into())),
        Ok(found) if !found.is_dir() => Err(WriteError::NotAFolder(folder.into())),
        Ok(_) => Ok(true),
        Err(error) if is_absence(&error) => Ok(false),
        Err(error) => Err(WriteError::Io(folder.into(), error)),
    }
}

/// Makes the folders that lead to a file, one by one: none is looked for behind a link.
fn make_folders(root: &Path, path: &SitePath) -> Result<(), WriteError> {
    for folder in folders_of(path.as_str()).map(|folder| root.join(folder)) {
        if look_at_folder(&folder)? {
            continue;
        }
        let made = fs::create_dir(&folder);
        // Whoever made it meanwhile may have made a link.
        if !look_at_folder(&folder)? {
            made.map_err(|error| WriteError::Io(folder, error))?;
        }
    }
    Ok(())
}

/// Compares a file with the one that was looked at, and with these bytes.
fn holds(path: &Path, found: &Metadata, bytes: &[u8]) -> bool {
    let read = || {
        let file = File::open(path)?;
        let opened = file.metadata()?;
        let mut read = Vec::with_capacity(bytes.len());
        // What is longer is another file, however long.
        io::Read::read_to_end(&mut io::Read::take(file, bytes.len() as u64 + 1), &mut read)?;
        io::Result::Ok(is_same(&opened, found) && read == bytes)
    };
    found.len() == bytes.len() as u64 && read().unwrap_or(false)
}

fn is_absence(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

/// A number that nobody can guess.
fn random() -> u64 {
    RandomState::new().hash_one(std::process::id())
}

/// A new file, which only its owner reads until it has the permissions of the `old` one.
#[cfg(unix)]
fn create(path: &Path, old: bool) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mode = if old { 0o600 } else { 0o666 };
    OpenOptions::new().write(true).create_new(true).mode(mode).open(path)
}

#[cfg(not(unix))]
fn create(path: &Path, _: bool) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// The rights to read, write and run a file. That it runs as somebody else was said of the old one only.
#[cfg(unix)]
fn permissions(found: &Metadata) -> Permissions {
    use std::os::unix::fs::PermissionsExt;
    Permissions::from_mode(found.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn permissions(found: &Metadata) -> Permissions {
    found.permissions()
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    one.is_file() == other.is_file()
}
