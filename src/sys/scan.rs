//! Disk → [`Snapshot`]: reads `content/` and `themes/`, follows no link, reads nothing too large.

use std::{fs, io, path::Path};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::source::{Content, Date, Refusal, Refused, SitePath, Snapshot, SourceFile};

/// The folders that make a site.
const ROOTS: [&str; 2] = ["content", "themes"];
/// Largest text that is read. A fiche is a few hundred bytes; the largest source seen is 22 kB.
const TEXT_LIMIT: u64 = 1024 * 1024;
/// Largest image or font that is read.
const BINARY_LIMIT: u64 = 16 * 1024 * 1024;
/// Extensions read as text, which must be UTF-8.
const TEXTS: [&str; 8] = ["md", "toml", "txt", "html", "css", "js", "xml", "svg"];

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
    let mut found = Vec::new();
    for folder in ROOTS {
        let top = root.join(folder);
        // A root that is itself a link is refused like any other.
        if top.symlink_metadata().is_ok_and(|m| m.is_symlink()) {
            snapshot.refused.push(Refused { path: SitePath::new(folder), why: Refusal::Symlink });
            continue;
        }
        if !top.is_dir() {
            continue;
        }
        let walk = WalkDir::new(&top).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|e| !is_hidden(e)) {
            let entry = entry.map_err(|error| {
                let path = error.path().map(Path::to_path_buf).unwrap_or_else(|| top.clone());
                let kind = error.io_error().map_or(io::ErrorKind::Other, io::Error::kind);
                with_path(&path, kind)
            })?;
            if entry.file_type().is_dir() {
                continue;
            }
            match site_path(root, &entry) {
                Ok(path) => found.push((path, entry)),
                Err(refused) => snapshot.refused.push(refused),
            }
        }
    }
    let read: Vec<io::Result<Result<SourceFile, Refused>>> =
        found.par_iter().map(|(path, entry)| read(path, entry)).collect();
    for file in read {
        match file? {
            Ok(file) => snapshot.insert(file),
            Err(refused) => snapshot.refused.push(refused),
        }
    }
    snapshot.refused.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(snapshot)
}

/// The day in the time zone of the machine.
pub fn today() -> Date {
    let today = jiff::ZonedDateTime::now().date();
    let small = |n: i8| u8::try_from(n).unwrap_or(1);
    Date {
        year: u16::try_from(today.year()).unwrap_or(0),
        month: small(today.month()),
        day: small(today.day()),
    }
}

/// Dot-files and editors' backup copies are not content.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() > 0 && (name.starts_with('.') || name.ends_with('~'))
}

fn site_path(root: &Path, entry: &DirEntry) -> Result<SitePath, Refused> {
    let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let mut parts = Vec::new();
    for part in inside.components() {
        match part.as_os_str().to_str() {
            Some(part) => parts.push(part),
            None => {
                let path = SitePath::new(inside.to_string_lossy().replace('\\', "/"));
                return Err(Refused { path, why: Refusal::NameNotUtf8 });
            }
        }
    }
    Ok(SitePath::new(parts.join("/")))
}

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
    let limit = if is_text { TEXT_LIMIT } else { BINARY_LIMIT };
    let bytes =
        entry.metadata().map_err(|e| with_path(entry.path(), io::Error::from(e).kind()))?.len();
    if bytes > limit {
        return refuse(Refusal::TooLarge { bytes, limit });
    }
    let bytes = fs::read(entry.path()).map_err(|e| with_path(entry.path(), e.kind()))?;
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
    io::Error::new(kind, path.display().to_string())
}
