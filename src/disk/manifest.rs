//! Manifest of the output folder: the files we wrote, and the means to tell that they are still so.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs::{self, Metadata},
    io,
    path::Path,
    time::UNIX_EPOCH,
};

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::refused::SyncError;

/// The file that lists what we wrote.
pub const MANIFEST: &str = ".retex-manifeste";
/// First line of a manifest; another one is not ours.
const HEADER: &str = "retex 2 : fichiers écrits par la commande build, un par ligne";
/// Begins the line that says what the whole folder was made from; it is only there when the folder is whole.
const SOURCES: &str = "= ";
/// Begins the last line, the digest of those above: a manifest that was cut or edited is not believed, since it
/// says what may be deleted.
const END: &str = "# ";

/// A file as we left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seal {
    /// Content hash (XXH3, 128 bits).
    pub(super) digest: u128,
    /// Length, in bytes.
    pub(super) size: u64,
    /// When it was written, in nanoseconds since 1970.
    pub(super) written: u128,
}

impl Seal {
    /// Seal of a file whose content has this digest; `None` where the disk keeps no time.
    pub(super) fn of(digest: u128, found: &Metadata) -> Option<Self> {
        Some(Self { digest, size: found.len(), written: time(found)? })
    }

    /// True when a file is untouched since, as far as its length and time tell.
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
    /// The files; sealed once written.
    pub(super) files: BTreeMap<String, Option<Seal>>,
}

impl Manifest {
    /// Reads that of a folder; empty for a new one.
    pub(super) fn read(out: &Path) -> Result<Self, SyncError> {
        let path = out.join(MANIFEST);
        match path.symlink_metadata() {
            // A pipe would be waited for without end.
            Ok(found) if !found.is_file() => return Err(SyncError::Damaged(path)),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let foreign = foreign(out)?;
                if foreign.is_empty() {
                    return Ok(Self::default());
                }
                return Err(SyncError::Foreign(out.to_path_buf(), foreign));
            }
            Err(error) => return Err(SyncError::Unread(path, error)),
        }
        let bytes = fs::read(&path).map_err(|error| SyncError::Unread(path.clone(), error))?;
        let text = std::str::from_utf8(&bytes).ok();
        text.and_then(Self::parse).ok_or(SyncError::Damaged(path))
    }

    /// `None` when it is not whole, or not ours.
    fn parse(text: &str) -> Option<Self> {
        let mut lines: Vec<&str> = text.lines().collect();
        let end = u128::from_str_radix(lines.pop()?.strip_prefix(END)?, 16).ok()?;
        if lines.first() != Some(&HEADER) || digest_of(lines.iter().copied()) != end {
            return None;
        }
        let mut manifest = Self::default();
        for line in lines.into_iter().skip(1) {
            if let Some(digest) = line.strip_prefix(SOURCES) {
                manifest.sources = u128::from_str_radix(digest, 16).ok();
                continue;
            }
            let (path, seal) = line.split_once('\t').unwrap_or((line, ""));
            let path = percent_decode_str(path).decode_utf8().ok()?;
            // A path that climbs was not written by us.
            if !climbs(&path) {
                manifest.files.insert(path.into_owned(), read_seal(seal));
            }
        }
        Some(manifest)
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        if let Some(digest) = self.sources {
            text.push_str(&format!("{SOURCES}{digest:032x}\n"));
        }
        for (path, seal) in &self.files {
            text.push_str(&written(path));
            // Writing to a text cannot fail.
            if let Some(Seal { digest, size, written }) = seal {
                let _ = write!(text, "\t{digest:032x} {size} {written}");
            }
            text.push('\n');
        }
        let end = digest_of(text.lines());
        text.push_str(&format!("{END}{end:032x}\n"));
        text
    }

    /// True when the folder still holds every file as it was left, and where. A folder that has become a link
    /// leads elsewhere.
    pub(super) fn is_intact(&self, out: &Path) -> bool {
        let found = |path: &str| fs::symlink_metadata(out.join(path));
        let intact = |(path, seal): (&String, &Option<Seal>)| {
            seal.is_some_and(|seal| found(path).is_ok_and(|found| seal.holds(&found)))
        };
        let folders: BTreeSet<&str> = self.files.keys().flat_map(|path| folders_of(path)).collect();
        self.files.par_iter().all(intact)
            && folders.par_iter().all(|folder| found(folder).is_ok_and(|found| found.is_dir()))
    }

    pub(super) fn paths(&self) -> BTreeSet<&str> {
        self.files.keys().map(String::as_str).collect()
    }
}

/// The folders that lead to a file, the outermost first.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Of lines, whatever ends them: a forge may have changed that.
fn digest_of<'t>(lines: impl Iterator<Item = &'t str>) -> u128 {
    let mut digest = Xxh3::new();
    for line in lines {
        digest.update(line.as_bytes());
        digest.update(b"\n");
    }
    digest.digest128()
}

fn read_seal(text: &str) -> Option<Seal> {
    let mut parts = text.split(' ');
    let digest = u128::from_str_radix(parts.next()?, 16).ok()?;
    let (size, written) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Seal { digest, size, written })
}

/// A path on a line of its own: one that would end the line, or be read otherwise, is written as in an address.
fn written(path: &str) -> Cow<'_, str> {
    let begins = [SOURCES, END].iter().any(|mark| path.starts_with(mark));
    if begins || path.contains(|c: char| c.is_control() || c == '%') {
        utf8_percent_encode(path, NON_ALPHANUMERIC).into()
    } else {
        path.into()
    }
}

fn climbs(path: &str) -> bool {
    path.starts_with('/') || path.contains('\\') || path.split('/').any(|part| part == "..")
}

/// Hidden names that a folder for a site may hold before the site: what git, a forge, a web server or a desktop
/// keeps there, and what a run of ours that was stopped at once has left.
#[rustfmt::skip]
const EXPECTED: [&str; 14] = [
    ".DS_Store", ".directory", ".git", ".gitattributes", ".github", ".gitignore", ".gitkeep",
    ".gitlab-ci.yml", ".htaccess", ".htpasswd", ".keep", ".nojekyll", ".retex-tmp", ".well-known",
];

/// Unexpected names in a folder without a manifest. Other hidden files make it somebody's home.
fn foreign(out: &Path) -> Result<Vec<String>, SyncError> {
    let mut foreign = Vec::new();
    if out.is_dir() {
        let failed = |error| SyncError::Unread(out.to_path_buf(), error);
        for entry in fs::read_dir(out).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            if !EXPECTED.contains(&name.as_str()) && name != format!("{MANIFEST}-nouveau") {
                foreign.push(name);
            }
        }
    }
    foreign.sort();
    Ok(foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_is_written() {
        let seal = Seal { digest: 255, size: 3, written: 17 };
        let files = [("a b.html", Some(seal)), ("c.html", None)];
        let files = files.map(|(path, seal)| (path.to_string(), seal)).into();
        let manifest = Manifest { sources: Some(7), files };
        assert_eq!(Manifest::parse(&manifest.text()).as_ref(), Some(&manifest));
        let text = manifest.text();
        assert_eq!(Manifest::parse(&text.replace('\n', "\r\n")), Some(manifest));
        assert_eq!(Manifest::parse("autre chose\n"), None);
        assert_eq!(Manifest::parse(""), None);
    }

    #[test]
    fn a_manifest_that_was_cut_or_edited_is_refused() {
        let seal = Seal { digest: 255, size: 3, written: 17 };
        let files = [("a.html", Some(seal)), ("b.html", None)];
        let files = files.map(|(path, seal)| (path.to_string(), seal)).into();
        let text = Manifest { sources: Some(7), files }.text();
        for cut in 0..text.len() - 1 {
            assert_eq!(text.get(..cut).and_then(Manifest::parse), None, "cut at {cut}");
        }
        let lines: Vec<&str> = text.lines().collect();
        for added in 0..=lines.len() {
            let mut lines = lines.clone();
            lines.insert(added, "a-moi.txt");
            assert_eq!(Manifest::parse(&lines.join("\n")), None, "a line more at {added}");
        }
        assert_eq!(Manifest::parse(&text.replace(" 3 ", " 4 ")), None);
    }

    #[test]
    fn a_path_cannot_write_a_line_of_its_own() {
        let odd = [
            "a\nb.html",
            "a\r\n= 1",
            "a\tb 1 2",
            "= 7",
            "+ 8",
            "# 9",
            "100%0a.html",
            "\u{85}é.html",
        ];
        let files = odd.map(|path| (path.to_string(), None));
        let manifest = Manifest { sources: None, files: files.into() };
        assert_eq!(manifest.text().lines().count(), odd.len() + 2);
        assert_eq!(Manifest::parse(&manifest.text()), Some(manifest));
    }

    #[test]
    fn a_path_that_climbs_is_not_read() {
        let files = ["../a", "/a", "b/../../a", "b.html"].map(|path| (path.to_string(), None));
        let manifest = Manifest { sources: None, files: files.into() };
        let read = Manifest::parse(&manifest.text()).unwrap();
        assert_eq!(read.files, [("b.html".to_string(), None)].into());
    }
}
