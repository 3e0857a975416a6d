//! `retex theme`: the files of the default theme, listed or copied where the site has its own.

use std::path::Path;

use super::{Ended, args::ThemeArgs, report, without_content};
use crate::{
    diag::nearest,
    disk::Before,
    french,
    theme::{LOCAL, ModeleTheme, modeles},
};

/// Lists the files, or copies those that are named.
pub(super) fn run(root: &Path, args: &ThemeArgs) -> Ended {
    let all = modeles();
    if args.noms.is_empty() {
        return report::document(&french::bind_spaces(&list(&all)));
    }
    if !root.join("content").is_dir() {
        return Err(without_content());
    }
    let wanted: Result<Vec<_>, _> = args.noms.iter().map(|asked| find(&all, asked)).collect();
    let mut wanted = wanted.map_err(report::refused)?;
    wanted.dedup_by_key(|modele| &modele.chemin);
    let path = |modele: &ModeleTheme| format!("themes/{LOCAL}/{}", modele.chemin);
    let files: Vec<_> = wanted.iter().map(|m| (path(m), m.texte.clone())).collect();
    super::write(root, &files, Before::Nothing)?;
    let said = wanted.iter().map(|m| format!("Écrit : {}\n  {}\n", path(m), m.sens));
    let said = said.collect::<String>() + "Voyez ce que vous changez : retex serve --ouvrir\n";
    report::say(&french::bind_spaces(&said));
    Ok(())
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
