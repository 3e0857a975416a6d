//! Names of files that some disks refuse, or take for one another: those of Windows, and those that differ only by
//! their capitals.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diag::{Code, Diagnostic},
    source::SourceFile,
};

/// Names of the devices of Windows, which no file or folder can bear there, whatever the extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// True when Windows keeps a name for one of its devices.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_lowercase();
    let numbered =
        |port: &str| stem.strip_prefix(port).is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
    DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// Why a disk refuses the name of a file or of a folder, and how to name it instead.
pub(super) fn refused(name: &str) -> Option<(&'static str, String)> {
    if is_device(name) {
        let (stem, extension) = name.split_at(name.find('.').unwrap_or(name.len()));
        let better = format!("{}-1{extension}", stem.trim_end().to_lowercase());
        return Some(("Windows garde ce nom pour lui", better));
    }
    if name.ends_with(['.', ' ']) {
        let better = match name.trim_end_matches(['.', ' ']) {
            "" => "dossier",
            better => better,
        };
        return Some(("un nom ne peut finir ni par un point ni par une espace", better.into()));
    }
    None
}

/// Files and folders whose names differ only by capitals from those of others.
pub(super) fn twins(files: &[&SourceFile]) -> Vec<Diagnostic> {
    let has_capitals = |file: &&&SourceFile| {
        let path = file.path.as_str();
        path.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
    };
    if files.iter().find(has_capitals).is_none() {
        return Vec::new();
    }
    let (mut seen, mut told) = (BTreeMap::new(), BTreeSet::new());
    let mut said = Vec::new();
    for file in files {
        let path = file.path.as_str();
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        for written in ends.map(|end| &path[..end]) {
            let first = *seen.entry(written.to_lowercase()).or_insert(written);
            if first == written {
                continue;
            }
            if told.insert(written) {
                said.push(twin(file, written, first));
            }
            break;
        }
    }
    said
}

fn twin(file: &SourceFile, written: &str, first: &str) -> Diagnostic {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_string();
    let what = if written.len() == file.path.as_str().len() { "fichiers" } else { "dossiers" };
    let message = format!(
        "les {what} « {} » et « {} » ne diffèrent que par des majuscules",
        name(first),
        name(written)
    );
    Diagnostic::new(Code::NomDeFichier, message).in_file(&file.path, None).help(
        "sous Windows et sur Mac, l’un remplacerait l’autre : donnez à l’un des deux un autre nom",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_disks_refuse() {
        for bad in ["con", "NUL.png", "aux.a.png", "Com1.md", "lpt9", "prn .png", "a.", "a "] {
            let (_, better) = refused(bad).unwrap_or_else(|| panic!("{bad}"));
            assert!(refused(&better).is_none(), "{bad}: {better}");
        }
        for fine in ["contact", "com0", "com10.md", "nulle.png", "a b.png", "lpt", "été.png"] {
            assert!(refused(fine).is_none(), "{fine}");
        }
    }

    #[test]
    fn names_that_differ_by_capitals_are_told_once() {
        let of = |paths: &[&str]| {
            let files: Vec<SourceFile> = paths.iter().map(|p| SourceFile::text(p, "")).collect();
            twins(&files.iter().collect::<Vec<_>>()).len()
        };
        assert_eq!(of(&["content/a/b.png", "content/a/c.png", "content/ab.png"]), 0);
        assert_eq!(of(&["content/A/b.png", "content/A/c.png"]), 0);
        assert_eq!(of(&["content/A/b.png", "content/a/c.png", "content/a/d.png"]), 1);
        assert_eq!(of(&["content/a/B.png", "content/a/b.png"]), 1);
        assert_eq!(of(&["content/a/\u{c9}t\u{e9}.png", "content/a/\u{e9}t\u{e9}.png"]), 1);
    }
}
