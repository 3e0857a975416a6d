//! Text → the sources on disk: what an editor asked the program to write in their own files.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::source::SitePath;

/// Writes a file of the site, whole or not at all, with the permissions that it had.
///
/// # Errors
/// When the disk refuses, with the path.
pub fn write_source(root: &Path, path: &SitePath, text: &str) -> Result<(), (PathBuf, io::Error)> {
    let target = root.join(path.as_str());
    let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let temporary = target.with_file_name(format!(".retex-tmp-{name}"));
    let written = (|| {
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&temporary, text)?;
        if let Ok(metadata) = fs::metadata(&target) {
            fs::set_permissions(&temporary, metadata.permissions())?;
        }
        fs::rename(&temporary, &target)
    })();
    written.map_err(|error| {
        let _ = fs::remove_file(&temporary);
        (target, error)
    })
}
