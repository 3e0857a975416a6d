//! A journal beside the sources: what a long work has done so far, a line each, so that one that was killed goes on
//! where it was.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// A journal under way.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
}

impl Journal {
    /// Opens a journal, and gives the lines that an earlier work left in it.
    ///
    /// # Errors
    /// When something else than a file is there, or the disk refuses.
    pub fn open(root: &Path, name: &str) -> io::Result<(Self, Vec<String>)> {
        let path = root.join(name);
        let text = match path.symlink_metadata() {
            Ok(found) if found.is_file() => fs::read_to_string(&path)?,
            Ok(_) => return Err(io::Error::new(io::ErrorKind::InvalidInput, name.to_string())),
            Err(_) => String::new(),
        };
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        if !text.is_empty() && !text.ends_with('\n') {
            // The last line was cut.
            file.write_all(b"\n")?;
        }
        Ok((Self { file, path }, text.lines().map(str::to_string).collect()))
    }

    /// Adds a line, at once on the disk as far as this program goes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn add(&self, line: &str) -> io::Result<()> {
        (&self.file).write_all(format!("{line}\n").as_bytes())
    }

    /// Empties it: another work begins.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn clear(&self) -> io::Result<()> {
        self.file.set_len(0)
    }

    /// Removes it: the work is done.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn done(self) -> io::Result<()> {
        fs::remove_file(self.path)
    }
}
