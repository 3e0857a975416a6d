//! Disk → [`Snapshot`]: reads `content/`, `themes/` and `liens.toml`, follows no link, reads nothing too large.

use std::{
    ffi::OsStr,
    fs,
    io::{self, Read},
    path::Path,
    time::SystemTime,
};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::source::{Content, Date, Refusal, Refused, SitePath, Snapshot, SourceFile};

/// The folders that make a site.
pub(super) const ROOTS: [&str; 2] = ["content", "themes"];
/// The file that `retex liens` writes beside them.
pub(super) const HEALTH: &str = "liens.toml";
/// Largest text that is read. A fiche is a few hundred bytes; the largest source seen is 22 kB.
const TEXT_LIMIT: u64 = 1024 * 1024;
/// Largest image or font that is read.
const BINARY_LIMIT: u64 = 16 * 1024 * 1024;
/// Extensions read as text, which must be UTF-8.
const TEXTS: [&str; 8] = ["md", "toml", "txt", "html", "css", "js", "xml", "svg"];

/// A file, or why it is not read.
type ScannedFile = io::Result<Result<SourceFile, Refused>>;

/// Reads the sources of the site at `root`.
///
/// # Errors
/// When a folder or a file cannot be read, with its path.
pub fn scan(root: &Path) -> io::Result<Snapshot> {
    let mut snapshot = Snapshot {
        has_content: root.join("content").is_dir(),
        today: Some(today()),
        ..Snapshot::default()
    };
    let (mut entries, mut refused) = (Vec::new(), Vec::new());
    for folder in ROOTS {
        walk(root, folder, &mut entries, &mut refused)?;
    }
    let health = WalkDir::new(root.join(HEALTH)).into_iter().filter_map(Result::ok);
    entries.extend(health.take(1));
    let read = |entry: &DirEntry| match site_path(root, entry) {
        Ok(path) => read(&path, entry),
        Err(why) => Ok(Err(why)),
    };
    let files: Vec<ScannedFile> = entries.par_iter().map(read).collect();
    for file in files {
        match file? {
            Ok(file) => snapshot.insert(file),
            Err(why) => refused.push(why),
        }
    }
    refused.sort_by(|a, b| a.path.cmp(&b.path));
    snapshot.refused = refused;
    Ok(snapshot)
}

/// Gives what lies below a root and is no folder, in the order of names; a root that is a link is refused.
fn walk(
    root: &Path,
    top: &str,
    entries: &mut Vec<DirEntry>,
    refused: &mut Vec<Refused>,
) -> io::Result<()> {
    let place = root.join(top);
    // A root that is itself a link is refused like any other.
    if place.symlink_metadata().is_ok_and(|m| m.is_symlink()) {
        refused.push(Refused { path: SitePath::new(top), why: Refusal::Symlink });
        return Ok(());
    }
    if !place.is_dir() {
        return Ok(());
    }
    // In one folder paths differ by their names only, and a name is costly to take out of a path.
    let names = |a: &DirEntry, b: &DirEntry| a.path().as_os_str().cmp(b.path().as_os_str());
    let walk = WalkDir::new(&place).sort_by(names).into_iter();
    for entry in walk.filter_entry(|e| !is_hidden(e.file_name()) || is_hidden_link(e)) {
        let entry = entry.map_err(|error| {
            let path = error.path().map(Path::to_path_buf).unwrap_or_else(|| place.clone());
            let kind = error.io_error().map_or(io::ErrorKind::Other, io::Error::kind);
            with_path(&path, kind)
        })?;
        if !entry.file_type().is_dir() {
            entries.push(entry);
        }
    }
    Ok(())
}

/// The day in universal time: at most a day away from that of the machine.
pub fn today() -> Date {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Date::of_days(u32::try_from(since.as_secs() / (24 * 3600)).unwrap_or_default())
}

/// Files that systems leave beside others: thumbnails, the look of a folder, what an archive of a Mac carries.
const DROPPINGS: [&str; 4] = ["thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx"];

/// Dot-files, editors' backup copies, the locks of office software and what systems leave are not content.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || DROPPINGS.contains(&name.to_ascii_lowercase().as_str())
}

/// A link that nobody sees in the folder is told like any other: it may have come with somebody else's changes.
/// Emacs leaves one beside the file that it edits, `.#radio.md`, to `name@machine.number`, where nothing is.
fn is_hidden_link(entry: &DirEntry) -> bool {
    let is_lock = || {
        let name = entry.file_name().to_string_lossy();
        let target = fs::read_link(entry.path()).unwrap_or_default();
        let target = target.to_string_lossy();
        name.starts_with(".#") && target.contains('@') && !target.contains(['/', '\\'])
    };
    entry.path_is_symlink() && !is_lock()
}

fn site_path(root: &Path, entry: &DirEntry) -> Result<SitePath, Refused> {
    let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let mut parts = Vec::new();
    for part in inside.components() {
        match part.as_os_str().to_str() {
            Some(part) if !part.contains(char::is_control) => parts.push(part),
            // A line feed would begin a line of its own wherever the name is written.
            _ => {
                let shown = inside.to_string_lossy().replace('\\', "/");
                let path = SitePath::new(shown.replace(char::is_control, "\u{fffd}"));
                return Err(Refused { path, why: Refusal::NameNotUtf8 });
            }
        }
    }
    Ok(SitePath::new(parts.join("/")))
}

/// Reads a file, or says why it is not read.
///
/// # Errors
/// When the disk refuses, with the path.
fn read(path: &SitePath, entry: &DirEntry) -> io::Result<Result<SourceFile, Refused>> {
    let refuse = |why| Ok(Err(Refused { path: path.clone(), why }));
    if entry.path_is_symlink() {
        return refuse(Refusal::Symlink);
    }
    // A pipe would be waited for without end.
    if !entry.file_type().is_file() {
        return refuse(Refusal::NotAFile);
    }
    let is_text = TEXTS.contains(&path.extension().to_ascii_lowercase().as_str());
    let limit = if is_text && path.as_str() != HEALTH { TEXT_LIMIT } else { BINARY_LIMIT };
    let refused_by_disk = |error: io::Error| with_path(entry.path(), error.kind());
    let file = fs::File::open(entry.path()).map_err(refused_by_disk)?;
    let length = file.metadata().map_err(refused_by_disk)?.len();
    if length > limit {
        return refuse(Refusal::TooLarge { bytes: length, limit });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    // A file that grows meanwhile is not read without end.
    file.take(limit + 1).read_to_end(&mut bytes).map_err(refused_by_disk)?;
    if bytes.len() as u64 > limit {
        return refuse(Refusal::TooLarge { bytes: bytes.len() as u64, limit });
    }
    let content = if is_text {
        match String::from_utf8(bytes) {
            Ok(text) => Content::Text(text.into()),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let line = 1 + error.as_bytes()[..valid].iter().filter(|b| **b == b'\n').count();
                return refuse(Refusal::NotUtf8 { line });
            }
        }
    } else {
        Content::Binary(bytes.into())
    };
    Ok(Ok(SourceFile { path: path.clone(), content }))
}

/// The kind of trouble and the path: the system's own words are in its own language.
fn with_path(path: &Path, kind: io::ErrorKind) -> io::Error {
    let inside = path.strip_prefix(".").unwrap_or(path);
    io::Error::new(kind, inside.display().to_string())
}
