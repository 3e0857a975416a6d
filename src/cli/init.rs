//! `retex init`: a whole new site in an empty folder.

use std::{fs, path::Path};

use super::{OK, USAGE, args::InitArgs, report};
use crate::{
    disk::{self, Before, WriteError, Written},
    french, scaffold,
    source::SitePath,
};

/// Writes the site; gives the exit code.
pub(super) fn run(root: &Path, args: &InitArgs) -> u8 {
    let folder = root.join(&args.dossier);
    let shown = report::path(&args.dossier);
    match fs::read_dir(&folder) {
        Ok(mut entries) => {
            // A project just created on a forge, then cloned, holds nothing but its history.
            if entries.any(|entry| entry.map_or(true, |e| e.file_name() != ".git")) {
                report::failure(&format!(
                    "le dossier « {shown} » n’est pas vide : rien n’a été écrit.\nChoisissez un dossier vide, ou un nom nouveau"
                ));
                return USAGE;
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(_) if folder.is_file() => {
            report::failure(&format!("« {shown} » est un fichier : il faut un dossier"));
            return USAGE;
        }
        Err(error) => {
            report::failure(&format!("impossible de lire « {shown} » : {}", super::french(&error)));
            return USAGE;
        }
    }
    let files = match scaffold::site(disk::today()) {
        Ok(files) => files,
        Err(faults) => {
            report::failure(&faults.join(".\n"));
            return USAGE;
        }
    };
    if let Err(error) = write(&folder, &files) {
        report::failure(&error.to_string());
        return USAGE;
    }
    report::say(&french::bind_spaces(&format!(
        "Site créé dans « {shown} » : {}.\nLisez README.md, puis lancez « retex check » et « retex build » depuis ce dossier.\n",
        french::count(files.len(), "fichier", "fichiers")
    )));
    OK
}

/// Writes the files in a folder, which is made if there is none.
fn write(folder: &Path, files: &[(String, String)]) -> Result<(), WriteError> {
    disk::make_folder(folder)?;
    let paths: Vec<SitePath> = files.iter().map(|(path, _)| SitePath::new(path.as_str())).collect();
    let written: Vec<Written<'_>> = files
        .iter()
        .zip(&paths)
        .map(|((_, text), path)| Written { path, before: Before::Nothing, text })
        .collect();
    disk::write_sources(folder, &written)
}
