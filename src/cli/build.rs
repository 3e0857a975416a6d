//! `retex build`: content → output.

use std::path::{Path, PathBuf};

use super::{CONTENT, OK, USAGE, args::BuildArgs, read_site, report, stages::Stages};
use crate::{
    diag::Severity,
    engine::{self, Memo, Options},
    fr, sys,
};

/// Builds and publishes; gives the exit code.
pub(super) fn run(root: &Path, args: &BuildArgs) -> u8 {
    let mut stages = Stages::start();
    let snapshot = match read_site(root) {
        Ok(snapshot) => snapshot,
        Err(code) => return code,
    };
    if let Some(folder) = inside_sources(root, &args.sortie) {
        report::failure(&format!(
            "« {} » est dans « {folder} », que retex lit : le site y serait pris pour du contenu.\nChoisissez un autre dossier avec --sortie",
            args.sortie.display()
        ));
        return USAGE;
    }
    let options = Options { url: args.url.clone(), strict: args.strict };
    let build = engine::build_watched(&snapshot, &options, &mut Memo::none(), &mut |stage| {
        stages.stage(stage);
    });
    stages.begins("messages");
    // Remarks are for `check`: here ten thousand of them would hide what matters.
    let (remarks, said): (Vec<_>, Vec<_>) =
        build.diagnostics.iter().partition(|d| d.severity == Severity::Remarque);
    report::complain_of(said.iter().take(report::SHOWN).copied(), &snapshot);
    report::complain(&left_to_check(said.len(), remarks.len()));
    if build.has_errors() {
        stages.end(args.temps);
        report::complain(&fr::bind_spaces(&format!(
            "{} : rien n’a été écrit, le site publié reste tel qu’il était.\n",
            report::summary(&build.diagnostics)
        )));
        return CONTENT;
    }
    stages.begins("écriture");
    let done = match sys::sync(&build.tree, &root.join(&args.sortie)) {
        Ok(done) => done,
        Err(error) => {
            report::failure(&error.to_string());
            return USAGE;
        }
    };
    stages.end(args.temps);
    let pages = build.tree.page_count();
    let mut said = vec![fr::count(pages, "page", "pages")];
    if done.written == 0 && done.removed == 0 {
        said.push("rien n’a changé".into());
    } else {
        said.push(fr::count(done.written, "fichier écrit", "fichiers écrits"));
        if done.removed > 0 {
            said.push(fr::count(done.removed, "fichier supprimé", "fichiers supprimés"));
        }
        if done.unchanged > 0 {
            said.push(fr::count(done.unchanged, "fichier inchangé", "fichiers inchangés"));
        }
    }
    let home = args.sortie.join("index.html");
    report::say(&fr::bind_spaces(&format!(
        "Site prêt : {}.\nOuvrez {}\n",
        said.join(", "),
        home.display()
    )));
    OK
}

/// Where to read what is not shown here; empty when all is.
fn left_to_check(said: usize, remarks: usize) -> String {
    let mut left = Vec::new();
    if let Some(others) = said.checked_sub(report::SHOWN).filter(|n| *n > 0) {
        left.push(fr::count(others, "autre message", "autres messages"));
    }
    if remarks > 0 {
        left.push(fr::count(remarks, "remarque", "remarques"));
    }
    if left.is_empty() {
        return String::new();
    }
    fr::bind_spaces(&format!("{} : pour lire tout, retex check\n\n", fr::enumerate(&left)))
}

/// The source folder that holds the output, if one does.
fn inside_sources(root: &Path, out: &Path) -> Option<&'static str> {
    let out = resolved(&root.join(out));
    ["content", "themes"].into_iter().find(|folder| {
        root.join(folder).canonicalize().is_ok_and(|sources| out.starts_with(sources))
    })
}

/// The absolute path of a folder that may not exist yet.
fn resolved(path: &Path) -> PathBuf {
    let mut missing = Vec::new();
    let mut at = path.to_path_buf();
    loop {
        if let Ok(found) = at.canonicalize() {
            return missing.iter().rev().fold(found, |path, name| path.join(name));
        }
        match (at.file_name().map(ToOwned::to_owned), at.parent().map(Path::to_path_buf)) {
            (Some(name), Some(parent)) => {
                missing.push(name);
                at = if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent };
            }
            _ => return path.to_path_buf(),
        }
    }
}
