//! `retex schema`: the JSON Schemas of the files, for editors that complete as one types.

use std::path::Path;

use super::{
    OK, USAGE,
    args::{MESSAGES, SchemaArgs},
    report,
};
use crate::{
    diag::MESSAGES_SCHEMA,
    disk::{self, Before, Written},
    french,
    parse::SCHEMAS,
    source::SitePath,
};

/// Prints one schema, or writes them all in a folder; gives the exit code.
pub(super) fn run(root: &Path, args: &SchemaArgs) -> u8 {
    if let Some(folder) = &args.sortie {
        return write_all(&root.join(folder));
    }
    let Some(wanted) = &args.nom else {
        let lines: Vec<String> =
            SCHEMAS.iter().map(|s| format!("  {:<12}{}\n", s.nom, s.fichiers)).collect();
        return report::document(&format!(
            "{}\nUn schéma : retex schema site. Tous : retex schema --sortie schemas\n",
            lines.concat() + &format!("  {MESSAGES:<12}retex check --format json\n")
        ));
    };
    match SCHEMAS.iter().find(|schema| schema.nom == *wanted) {
        Some(schema) => report::document(&schema.text()),
        None => report::document(MESSAGES_SCHEMA),
    }
}

fn write_all(folder: &Path) -> u8 {
    let texts: Vec<(SitePath, String)> = SCHEMAS
        .iter()
        .map(|schema| (SitePath::new(format!("{}.json", schema.nom)), schema.text()))
        .collect();
    let files: Vec<Written<'_>> =
        texts.iter().map(|(path, text)| Written { path, before: Before::Anything, text }).collect();
    if let Err(error) = disk::make_folder(folder).and_then(|()| disk::write_sources(folder, &files))
    {
        report::failure(&error.to_string());
        return USAGE;
    }
    let written = french::count(SCHEMAS.len(), "schéma écrit", "schémas écrits");
    report::say(&french::bind_spaces(&format!("{written} dans {}\n", report::path(folder))));
    OK
}
