//! Why a site could not be put in its folder, as data, and in words that say what to do.

use std::{
    fmt, io,
    path::{self, Path, PathBuf},
};

use crate::fr;

/// Why nothing, or not everything, could be written.
#[derive(Debug)]
pub enum SyncError {
    /// The output is a file.
    NotAFolder(PathBuf),
    /// The folder holds files that are not ours and no manifest.
    Foreign(PathBuf, Vec<String>),
    /// What is not ours stands where our files must go.
    Conflict(PathBuf, Vec<String>),
    /// The manifest is not whole, or not ours: what we wrote is not known.
    Damaged(PathBuf),
    /// Another run is writing there.
    Busy(PathBuf),
    /// The disk refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder(path) => {
                write!(f, "« {} » est un fichier : il faut un dossier", shown(path))
            }
            Self::Foreign(path, names) => write!(
                f,
                "le dossier « {} » contient déjà des fichiers que retex n’a pas écrits ({}) : rien n’a été touché.\nChoisissez un dossier vide avec --sortie, ou videz celui-ci vous-même",
                shown(path),
                some(names)
            ),
            Self::Conflict(path, names) => write!(
                f,
                "dans « {} », ce que retex n’a pas écrit occupe la place de fichiers du site ({}) : rien n’a été touché.\nDéplacez ces fichiers ou ces dossiers, puis recommencez",
                shown(path),
                some(names)
            ),
            Self::Damaged(path) => write!(
                f,
                "« {} » est abîmé, ou d’une autre version de retex : rien ne dit plus quels fichiers de ce dossier retex a écrits, et rien n’a été touché.\nVidez ce dossier vous-même, ou choisissez-en un autre avec --sortie",
                shown(path)
            ),
            Self::Busy(path) => write!(
                f,
                "une autre commande retex écrit dans « {} » en ce moment : celle-ci n’a rien touché.\nAttendez que l’autre finisse, puis recommencez",
                shown(path)
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
                    io::ErrorKind::IsADirectory => "c’est un dossier".to_string(),
                    _ => error.to_string(),
                };
                write!(f, "impossible d’écrire « {} » : {why}", shown(path))
            }
        }
    }
}

impl std::error::Error for SyncError {}

/// A path as whoever typed the command wrote it.
fn shown(path: &Path) -> path::Display<'_> {
    path.strip_prefix(".").unwrap_or(path).display()
}

/// At most five names, and how many others there are.
fn some(names: &[String]) -> String {
    let shown = &names[..names.len().min(5)];
    match names.len() - shown.len() {
        0 => shown.join(", "),
        others => format!("{} et {}", shown.join(", "), fr::count(others, "autre", "autres")),
    }
}

/// What the disk refused, with the path.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> SyncError + '_ {
    move |error| SyncError::Io(path.to_path_buf(), error)
}
