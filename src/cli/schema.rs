//! `retex schema`: the JSON Schemas of the files, for editors that complete as one types.

use std::path::Path;

use super::{OK, USAGE, args::SchemaArgs, report};
use crate::{diag::nearest, fr, parse::SCHEMAS, source::SitePath, sys};

/// Prints one schema, or writes them all in a folder; gives the exit code.
pub(super) fn run(root: &Path, args: &SchemaArgs) -> u8 {
    if let Some(folder) = &args.sortie {
        return write_all(&root.join(folder));
    }
    let names: Vec<&str> = SCHEMAS.iter().map(|schema| schema.nom).collect();
    let Some(wanted) = &args.nom else {
        let lines: Vec<String> =
            SCHEMAS.iter().map(|s| format!("  {:<12}{}\n", s.nom, s.fichiers)).collect();
        report::say(&format!(
            "{}\nUn schéma : retex schema site. Tous : retex schema --sortie schemas\n",
            lines.concat()
        ));
        return OK;
    };
    match SCHEMAS.iter().find(|schema| schema.nom == *wanted) {
        Some(schema) => {
            report::say(&schema.text());
            OK
        }
        None => {
            let near = nearest(wanted, names.iter().copied());
            let advice = match near {
                Some(name) => format!("vouliez-vous dire « {name} » ?"),
                None => format!(
                    "schémas : {}",
                    fr::enumerate(&names.iter().map(|n| (*n).to_string()).collect::<Vec<_>>())
                ),
            };
            report::failure(&format!("il n’y a pas de schéma « {wanted} » ; {advice}"));
            USAGE
        }
    }
}

fn write_all(folder: &Path) -> u8 {
    for schema in &SCHEMAS {
        let name = SitePath::new(format!("{}.json", schema.nom));
        if let Err((path, error)) = sys::write_source(folder, &name, &schema.text()) {
            report::failure(&format!(
                "impossible d’écrire « {} » : {}",
                path.display(),
                super::french(&error)
            ));
            return USAGE;
        }
    }
    let written = fr::count(SCHEMAS.len(), "schéma écrit", "schémas écrits");
    report::say(&fr::bind_spaces(&format!("{written} dans {}\n", folder.display())));
    OK
}
