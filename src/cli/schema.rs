//! `retex schema`: the JSON Schemas of the files, for editors that complete as one types.

use std::path::Path;

use super::{
    Ended,
    args::{MESSAGES, SchemaArgs},
    report,
};
use crate::{
    diag::MESSAGES_SCHEMA,
    disk::{self, Before},
    french,
    parse::SCHEMAS,
};

/// Prints one schema, or writes them all in a folder.
pub(super) fn run(root: &Path, args: &SchemaArgs) -> Ended {
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

fn write_all(folder: &Path) -> Ended {
    let files = SCHEMAS.iter().map(|schema| (format!("{}.json", schema.nom), schema.text()));
    disk::make_folder(folder).map_err(report::refused)?;
    super::write(folder, &files.collect::<Vec<_>>(), Before::Anything)?;
    let written = french::count(SCHEMAS.len(), "schéma écrit", "schémas écrits");
    report::say(&french::bind_spaces(&format!("{written} dans {}\n", report::path(folder))));
    Ok(())
}
