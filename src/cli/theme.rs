//! `retex theme`: the files of the default theme, listed or copied where the site has its own.

use std::path::Path;

use super::{OK, USAGE, args::ThemeArgs, report, without_content};
use crate::{
    diag::nearest,
    disk::{self, Before, Written},
    french,
    source::SitePath,
    theme::{LOCAL, ModeleTheme, modeles},
};

/// Lists the files, or copies those that are named; gives the exit code.
pub(super) fn run(root: &Path, args: &ThemeArgs) -> u8 {
    let all = modeles();
    if args.noms.is_empty() {
        return report::document(&french::bind_spaces(&list(&all)));
    }
    if !root.join("content").is_dir() {
        return without_content();
    }
    let mut wanted: Vec<&ModeleTheme> = Vec::new();
    for asked in &args.noms {
        match find(&all, asked) {
            Ok(found) => wanted.push(found),
            Err(said) => {
                report::failure(&said);
                return USAGE;
            }
        }
    }
    wanted.dedup_by_key(|modele| &modele.chemin);
    let paths: Vec<SitePath> = wanted
        .iter()
        .map(|modele| SitePath::new(format!("themes/{LOCAL}/{}", modele.chemin)))
        .collect();
    let files: Vec<Written<'_>> = wanted
        .iter()
        .zip(&paths)
        .map(|(modele, path)| Written { path, before: Before::Nothing, text: &modele.texte })
        .collect();
    if let Err(error) = disk::write_sources(root, &files) {
        report::failure(&error.to_string());
        return USAGE;
    }
    let said: Vec<String> = wanted
        .iter()
        .zip(&paths)
        .map(|(modele, path)| format!("Écrit : {path}\n  {}\n", modele.sens))
        .collect();
    report::say(&french::bind_spaces(
        &(said.concat() + "Voyez ce que vous changez : retex serve --ouvrir\n"),
    ));
    OK
}

/// The file that a name calls: by its whole name first, then by a part of it.
fn find<'a>(all: &'a [ModeleTheme], asked: &str) -> Result<&'a ModeleTheme, String> {
    if let Some(exact) = all.iter().find(|m| m.nom() == asked || m.chemin == asked) {
        return Ok(exact);
    }
    let called: Vec<&ModeleTheme> = all.iter().filter(|m| m.is_called(asked)).collect();
    match called.as_slice() {
        [one] => Ok(one),
        [] => {
            let near = nearest(asked, all.iter().flat_map(|m| [m.nom(), m.fichier()]));
            let help = near.map_or_else(
                || "« retex theme » en donne la liste".to_string(),
                |near| format!("le plus proche est « {near} »"),
            );
            Err(format!("le thème par défaut n’a pas de fichier « {asked} » : {help}"))
        }
        several => {
            let names: Vec<String> = several.iter().map(|m| format!("« {} »", m.nom())).collect();
            Err(format!(
                "« {asked} » peut être {} : donnez le nom entier",
                french::enumerate(&names)
            ))
        }
    }
}

fn list(all: &[ModeleTheme]) -> String {
    let mut text = String::new();
    for (folder, title) in [
        ("static", "Feuilles de style, scripts et image"),
        ("templates", "Gabarits des pages"),
        ("partials", "Morceaux des pages"),
    ] {
        text.push_str(&format!("{title} :\n"));
        let is_here = |modele: &&ModeleTheme| match modele.nom().split_once('/') {
            Some((below, _)) => below == folder,
            None => modele.chemin.starts_with(folder),
        };
        for modele in all.iter().filter(is_here) {
            text.push_str(&format!("  {:<31}{}\n", modele.nom(), modele.sens));
        }
        text.push('\n');
    }
    text.push_str(
        "Pour en changer un, copiez-le dans themes/local/ : retex theme charte.css entete.html\n",
    );
    text
}
