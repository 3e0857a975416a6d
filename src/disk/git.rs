//! The sources of another revision: git, run as a program, lays them in a passing folder, which is scanned as any other.

use std::{
    collections::BTreeSet,
    ffi::{OsStr, OsString},
    fmt, io,
    path::Path,
    process::{Command, Output, Stdio},
};

use super::scan::{ROOTS, scan};
use crate::{
    french::clair::{nom, phrase},
    source::{SitePath, Snapshot},
};

/// Why a revision cannot be read.
#[derive(Debug)]
pub enum RevisionError {
    /// No program git.
    NoGit,
    /// The folder has no history.
    NoHistory,
    /// The folder is another account's, which git refuses.
    Owner,
    /// The revision does not exist, or is not in a history cut short; another name may be meant.
    Unknown {
        /// The name that was given.
        rev: String,
        /// True of a history cut short.
        cut: bool,
        /// The branch of the forge that is called so.
        near: Option<String>,
    },
    /// No revision is common to both, or it is beyond where the history is cut.
    Unrelated {
        /// The name that was given.
        rev: String,
        /// True of a history cut short.
        cut: bool,
    },
    /// Words of git about anything else.
    Refused(String),
    /// The disk refused.
    Io(io::Error),
}

impl fmt::Display for RevisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const FILES: &str =
            "nommez plutôt les fichiers que vous avez changés : retex check content/…/ma-fiche.md";
        const CUT: &str = "L’historique de ce dossier est coupé : ramenez-le entier avec « git fetch --unshallow ».\nSur une forge, demandez-le : GIT_DEPTH: \"0\" avec GitLab, fetch-depth: 0 avec GitHub";
        match self {
            Self::NoGit => write!(
                f,
                "« --depuis » demande le programme git, qui ne se lance pas ici.\nInstallez-le, ou {FILES}"
            ),
            Self::NoHistory => write!(
                f,
                "« --depuis » compare avec l’historique git, et ce dossier n’en a pas.\nLancez la commande dans un dossier obtenu avec « git clone », ou {FILES}"
            ),
            Self::Owner => f.write_str(
                "git refuse ce dossier, qui appartient à un autre compte.\nSi vous lui faites confiance : git config --global --add safe.directory \"$PWD\"",
            ),
            Self::Unknown { rev, cut, near } => {
                writeln!(f, "git ne connaît pas de révision « {} » ici.", nom(rev))?;
                match near {
                    Some(near) => write!(f, "Vouliez-vous dire « {} » ?", nom(near)),
                    None if *cut => f.write_str(CUT),
                    None => f.write_str(
                        "Donnez une branche, une étiquette ou un numéro de révision. Une branche de la forge se ramène d’abord avec « git fetch », et se nomme « origin/main »",
                    ),
                }
            }
            Self::Unrelated { rev, cut: true } => {
                write!(f, "git ne trouve pas d’où cette proposition part de « {} ».\n{CUT}", nom(rev))
            }
            Self::Unrelated { rev, cut: false } => write!(
                f,
                "« {} » et ce que contient ce dossier n’ont aucune révision en commun : il n’y a rien à comparer",
                nom(rev)
            ),
            Self::Refused(said) => write!(f, "git ne donne pas les fichiers d’avant ; il dit : {}", phrase(said)),
            Self::Io(error) => {
                write!(f, "impossible de poser les fichiers d’avant dans un dossier de passage ({})", error.kind())
            }
        }
    }
}

/// Reads the sources of the site at `root` as they were where the present history leaves that of `rev`. Those that git
/// holds for unchanged are as they are in `present`: it may keep other ends of lines than the folder has.
///
/// # Errors
/// When git, or the disk, refuses.
pub fn scan_revision(
    root: &Path,
    rev: &str,
    present: &Snapshot,
) -> Result<Snapshot, RevisionError> {
    let git = Git { root, index: None };
    git.is_usable()?;
    let base = git.base(rev)?;
    let changed = git.changed(&base)?;
    let place = tempfile::tempdir().map_err(RevisionError::Io)?;
    // The names of the attributes, and so the ends of lines, are those of the whole project.
    let below = git.line(&["rev-parse", "--show-prefix"])?;
    let git = Git { index: Some(place.path().join("index").into()), ..git };
    for folder in ROOTS {
        let tree = format!("{base}:./{folder}");
        let Some(tree) = git.object(&tree)? else { continue };
        git.line(&["read-tree", &format!("--prefix={below}{folder}/"), &tree])?;
    }
    let sources = place.path().join("sources");
    let mut prefix = OsString::from("--prefix=");
    prefix.push(&sources);
    prefix.push("/");
    if git.index.as_ref().is_some_and(|index| Path::new(index).exists()) {
        let args = [OsStr::new("checkout-index"), OsStr::new("--all"), &prefix];
        said(git.run(&args)?)?;
    }
    let mut before = scan(&sources.join(below)).map_err(RevisionError::Io)?;
    for (path, file) in &mut before.files {
        if let Some(same) = present.files.get(path).filter(|_| !changed.contains(path)) {
            *file = same.clone();
        }
    }
    Ok(before)
}

/// The program in a folder, with an index of its own: nothing of the project is touched.
struct Git<'a> {
    root: &'a Path,
    index: Option<OsString>,
}

impl Git<'_> {
    fn run(&self, args: &[impl AsRef<OsStr>]) -> Result<Output, RevisionError> {
        let mut command = Command::new("git");
        command.args(args).current_dir(self.root).stdin(Stdio::null()).env("LC_ALL", "C");
        // git writes nothing in the project either, not even what it learns of the times of the files.
        command.env("GIT_OPTIONAL_LOCKS", "0");
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        command.output().map_err(|_| RevisionError::NoGit)
    }

    /// The line that a command writes.
    fn line(&self, args: &[&str]) -> Result<String, RevisionError> {
        said(self.run(args)?)
    }

    /// Files of the site that differ from those of a revision.
    fn changed(&self, base: &str) -> Result<BTreeSet<SitePath>, RevisionError> {
        let names =
            ["diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", base];
        let names = self.line(&names)?;
        Ok(names.split('\0').map(SitePath::new).collect())
    }

    /// Number of an object, if there is one by that name.
    fn object(&self, name: &str) -> Result<Option<String>, RevisionError> {
        let args = ["rev-parse", "--verify", "--quiet", "--end-of-options", name];
        let output = self.run(&args)?;
        Ok(output.status.success().then(|| line(&output.stdout)))
    }

    fn is_usable(&self) -> Result<(), RevisionError> {
        let output = self.run(&["rev-parse", "--is-inside-work-tree"])?;
        let error = String::from_utf8_lossy(&output.stderr);
        match output.status.success() {
            true if line(&output.stdout) == "true" => Ok(()),
            false if error.contains("dubious ownership") => Err(RevisionError::Owner),
            _ => Err(RevisionError::NoHistory),
        }
    }

    /// The revision where the present history leaves that of `rev`.
    fn base(&self, rev: &str) -> Result<String, RevisionError> {
        let cut = || Ok(self.line(&["rev-parse", "--is-shallow-repository"])? == "true");
        let commit = |name: &str| self.object(&format!("{name}^{{commit}}"));
        let Some(there) = commit(rev)? else {
            let on_forge = format!("origin/{rev}");
            let near = commit(&on_forge)?.map(|_| on_forge);
            return Err(RevisionError::Unknown { rev: rev.into(), cut: cut()?, near });
        };
        let output = self.run(&["merge-base", &there, "HEAD"])?;
        match line(&output.stdout) {
            none if none.is_empty() => {
                Err(RevisionError::Unrelated { rev: rev.into(), cut: cut()? })
            }
            base => Ok(base),
        }
    }
}

/// The line of a command that succeeded, or what it complained of.
fn said(output: Output) -> Result<String, RevisionError> {
    if output.status.success() {
        Ok(line(&output.stdout))
    } else {
        Err(RevisionError::Refused(line(&output.stderr)))
    }
}

fn line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).to_string()
}
