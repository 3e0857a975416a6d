//! `retex init`: a whole new site in an empty folder.

use std::{fs, path::Path};

use super::{Ended, args::InitArgs, report};
use crate::{
    disk::{self, Before},
    french, scaffold,
};

/// Writes the site.
pub(super) fn run(root: &Path, args: &InitArgs) -> Ended {
    let folder = root.join(&args.dossier);
    let shown = report::path(&args.dossier);
    match fs::read_dir(&folder) {
        Ok(mut entries) => {
            // A project just created on a forge, then cloned, holds nothing but its history.
            if entries.any(|entry| entry.map_or(true, |e| e.file_name() != ".git")) {
                return Err(report::refused(format!(
                    "le dossier « {shown} » n’est pas vide : rien n’a été écrit.\nChoisissez un dossier vide, ou un nom nouveau"
                )));
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(_) if folder.is_file() => {
            let said = format!("« {shown} » est un fichier : il faut un dossier");
            return Err(report::refused(said));
        }
        Err(error) => {
            let why = super::french(&error);
            return Err(report::refused(format!("impossible de lire « {shown} » : {why}")));
        }
    }
    let files = scaffold::site(disk::today());
    let files = files.map_err(|faults| report::refused(faults.join(".\n")))?;
    disk::make_folder(&folder).map_err(report::refused)?;
    super::write(&folder, &files, Before::Nothing)?;
    report::say(&french::bind_spaces(&format!(
        "Site créé dans « {shown} » : {}.\nLisez README.md, puis lancez « retex check » et « retex build » depuis ce dossier.\n",
        french::count(files.len(), "fichier", "fichiers")
    )));
    Ok(())
}
