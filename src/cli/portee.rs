//! The part of a site that `check` is about: the files that are named, or what changes since a revision.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{args::CheckArgs, report};
use crate::{
    build::{Memo, Options, build},
    diag::{Portee, nearest},
    disk,
    source::{SitePath, Snapshot},
};

/// The part that is asked for; `None` for the whole site. `memo` keeps what is read of the files that do not change.
///
/// # Errors
/// The exit code, when a name is wrong or the revision cannot be read.
pub(super) fn asked(
    root: &Path,
    args: &CheckArgs,
    snapshot: &Snapshot,
    options: &Options,
    memo: &mut Memo,
) -> Result<Option<Portee>, u8> {
    if let Some(rev) = &args.depuis {
        let before = disk::scan_revision(root, rev, snapshot).map_err(report::refused)?;
        return Ok(Some(since(before, snapshot, options, memo)));
    }
    if args.fichiers.is_empty() {
        return Ok(None);
    }
    let mut fichiers = BTreeSet::new();
    for path in &args.fichiers {
        fichiers.extend(named(root, path, snapshot).map_err(report::refused)?);
    }
    Ok(Some(Portee { fichiers, avant: None }))
}

/// Files that changed, and the messages that were there before.
fn since(mut before: Snapshot, snapshot: &Snapshot, options: &Options, memo: &mut Memo) -> Portee {
    before.today = snapshot.today;
    let fichiers = snapshot.changed_from(&before).into_iter().collect();
    let said = match before.has_content {
        true => build(&before, options, memo, &|_, _| {}, &mut |_| {}).diagnostics,
        // The site begins with this change.
        false => Vec::new(),
    };
    Portee { fichiers, avant: Some(said) }
}

/// The file of the site at a path, or the files of a folder.
fn named(root: &Path, path: &Path, snapshot: &Snapshot) -> Result<Vec<SitePath>, String> {
    let shown = report::path(path);
    let known = || {
        let refused = snapshot.refused.iter().map(|refused| &refused.path);
        snapshot.files.keys().chain(refused)
    };
    if path.symlink_metadata().is_err() {
        let names: Vec<&str> = known().map(SitePath::as_str).collect();
        let typed = path.to_string_lossy().replace('\\', "/");
        let alone = |name: &&&str| name.rsplit('/').next() == Some(&*typed);
        let near = names.iter().find(alone).copied();
        let near = near.or_else(|| nearest(typed.trim_start_matches("./"), names.clone()));
        let near = near.map_or(String::new(), |near| {
            format!(".\nVouliez-vous dire « {} » ?", report::path(Path::new(near)))
        });
        return Err(format!("« {shown} » n’existe pas{near}"));
    }
    let Some(inside) = inside(root, path) else {
        return Err(format!(
            "« {shown} » n’est pas dans ce site.\nLancez la commande depuis le dossier du site, et nommez des fichiers de content/ ou de themes/"
        ));
    };
    let below = |file: &&SitePath| {
        let file = Path::new(file.as_str());
        file.starts_with(&inside)
    };
    let files: Vec<SitePath> = known().filter(below).cloned().collect();
    if files.is_empty() {
        return Err(if path.is_dir() {
            format!("le dossier « {shown} » ne contient aucun fichier du site")
        } else {
            format!(
                "« {shown} » n’est pas un fichier du site : retex lit content/ et themes/, sauf les fichiers cachés et les copies de secours"
            )
        });
    }
    Ok(files)
}

/// The path from the root of the site. A link is not followed in its last name: it is refused as such.
fn inside(root: &Path, path: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    let place = match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if path.is_symlink() => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            parent.canonicalize().ok()?.join(name)
        }
        _ => path.canonicalize().ok()?,
    };
    Some(place.strip_prefix(root).ok()?.to_path_buf())
}
