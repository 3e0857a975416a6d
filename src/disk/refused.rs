//! Why a site could not be put in its folder, or a source in the site, as data, and in words that say what to do.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use crate::french::{self, clair::nom};

/// Why nothing, or not everything, could be written.
#[derive(Debug)]
pub enum SyncError {
    /// The output is a file.
    NotAFolder(PathBuf),
    /// The folder holds files that are not ours and no manifest.
    Foreign(PathBuf, Vec<String>),
    /// Other disks are attached inside the folder.
    Attached(PathBuf, Vec<String>),
    /// Other files stand where ours must go.
    Conflict(PathBuf, Vec<String>),
    /// The manifest is not whole, or not ours: what we wrote is not known.
    Damaged(PathBuf),
    /// Another run is writing there.
    Busy(PathBuf),
    /// The disk refused to read what it must say.
    Unread(PathBuf, io::Error),
    /// The disk refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder(path) => {
                write!(
                    f,
                    "« {} » n’est ni un dossier, ni un lien vers un dossier : il faut un dossier.\nChoisissez-en un avec --sortie",
                    shown(path)
                )
            }
            Self::Foreign(path, names) => write!(
                f,
                "le dossier « {} » contient déjà des fichiers que retex n’a pas écrits ({}) : rien n’a été touché.\nChoisissez avec --sortie un dossier vide, ou un nom nouveau",
                shown(path),
                some(names)
            ),
            Self::Attached(path, names) => write!(
                f,
                "dans « {} », un autre disque ou un dossier partagé est attaché ({}) : le site ne pourrait pas y être mis d’un seul geste, et rien n’a été touché.\nDétachez-le, ou choisissez un autre dossier avec --sortie",
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
            Self::Unread(path, error) => {
                write!(f, "impossible de lire « {} » : {}", shown(path), why(error, "de le lire"))
            }
            Self::Io(path, error) => {
                write!(f, "impossible d’écrire « {} » : {}", shown(path), why(error, "d’y écrire"))
            }
        }
    }
}

/// Reason of the disk's refusal, if it can be said. `deed`: the refused act.
fn why(error: &io::Error, deed: &str) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => format!("vous n’avez pas le droit {deed}"),
        io::ErrorKind::StorageFull => "le disque est plein".into(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            "ce dossier n’existe pas et ne peut pas être créé".into()
        }
        io::ErrorKind::ReadOnlyFilesystem => "le disque est en lecture seule".into(),
        io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory => {
            "autre chose occupe sa place.\nDéplacez-la, puis recommencez".into()
        }
        io::ErrorKind::InvalidFilename => "ce nom est trop long pour le disque".into(),
        _ => error.to_string(),
    }
}

impl std::error::Error for SyncError {}

/// The reason for which a source was not written.
#[derive(Debug)]
pub enum WriteError {
    /// A link stands there, or leads there.
    Link(PathBuf),
    /// A folder is wanted, and something else is there.
    NotAFolder(PathBuf),
    /// Something is there already.
    Taken(PathBuf),
    /// It is not what was read any more.
    Changed(PathBuf),
    /// The disk refused.
    Io(PathBuf, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link(path) => write!(
                f,
                "« {} » est un raccourci (un lien symbolique), qui peut mener hors du site : retex n’écrit pas à travers lui.\nRemplacez ce raccourci par le fichier ou le dossier lui-même, puis recommencez",
                shown(path)
            ),
            Self::NotAFolder(path) => write!(
                f,
                "« {} » n’est pas un dossier : rien ne peut y être écrit.\nDéplacez ce fichier, puis recommencez",
                shown(path)
            ),
            Self::Taken(path) => write!(
                f,
                "« {} » existe déjà : retex ne le remplace pas.\nDéplacez-le, puis recommencez",
                shown(path)
            ),
            Self::Changed(path) => write!(
                f,
                "« {} » a changé pendant que retex lisait le site : retex n’y a pas touché.\nRecommencez",
                shown(path)
            ),
            Self::Io(path, error) => {
                write!(f, "impossible d’écrire « {} » : {}", shown(path), why(error, "d’y écrire"))
            }
        }
    }
}

impl std::error::Error for WriteError {}

/// A path as whoever typed the command wrote it.
fn shown(path: &Path) -> String {
    let inside = path.strip_prefix(".").unwrap_or(path);
    if inside.as_os_str().is_empty() { ".".into() } else { nom(&inside.to_string_lossy()).into() }
}

/// At most five names, and how many others there are.
fn some(names: &[String]) -> String {
    let shown = &names[..names.len().min(5)];

    let named = shown.iter().map(|name| nom(name)).collect::<Vec<_>>().join(", ");
    match names.len() - shown.len() {
        0 => named,
        others => format!("{named} et {}", french::count(others, "autre", "autres")),
    }
}

/// Refusal of the disk, with the path.
pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> SyncError + '_ {
    move |error| SyncError::Io(path.to_path_buf(), error)
}
