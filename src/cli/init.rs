//! `retex init`: a whole new site in an empty folder.

use std::{fs, path::Path};

use super::{OK, USAGE, args::InitArgs, report};
use crate::{ebauche, fr, sys};

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
    let files = match ebauche::site(sys::today()) {
        Ok(files) => files,
        Err(faults) => {
            report::failure(&faults.join(".\n"));
            return USAGE;
        }
    };
    for (path, text) in &files {
        if let Err(message) = super::new::write(&folder, path, text) {
            report::failure(&message);
            return USAGE;
        }
    }
    report::say(&fr::bind_spaces(&format!(
        "Site créé dans « {shown} » : {}.\nLisez README.md, puis lancez « retex check » et « retex build » depuis ce dossier.\n",
        fr::count(files.len(), "fichier", "fichiers")
    )));
    OK
}
