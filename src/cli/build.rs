//! `retex build`: content → output.

use std::path::{Component, Path, PathBuf};

use super::{CONTENT, Ended, args::BuildArgs, read_site, report, stages::Stages};
use crate::{
    build::{Memo, Options, Report, build},
    diag::Severity,
    disk::{self, Staging, SyncError, SyncReport},
    french,
    output::Octets,
    source::{OutputPath, Snapshot},
};

/// Builds and publishes.
pub(super) fn run(root: &Path, args: &BuildArgs) -> Ended {
    let mut stages = Stages::start();
    let snapshot = read_site(root)?;
    if let Some(folder) = inside_sources(root, &args.sortie) {
        return Err(report::refused(format!(
            "« {} » est dans « {folder} », que retex lit : le site y serait pris pour du contenu.\nChoisissez un autre dossier avec --sortie",
            report::path(&args.sortie)
        )));
    }
    let options = Options { url: args.url.clone(), strict: args.strict, ..Options::default() };
    let out = root.join(&args.sortie);
    let inputs = disk::inputs(&snapshot, args.url.as_ref());
    stages.begins("comparaison");
    let (report, written) = match inputs.and_then(|inputs| disk::made_from(inputs, &out)) {
        Some(pages) => {
            let report = judge(&snapshot, options, &mut stages);
            let same = SyncReport { pages, ..SyncReport::default() };
            let written = (!report.has_errors()).then_some(Ok(same));
            (report, written)
        }
        None => publish(&snapshot, options, Staging::open(&out, inputs), &mut stages),
    };
    stages.begins("messages");
    tell(&report, &snapshot);
    stages.end(args.temps);
    let ended = match written {
        None => {
            report::complain(&french::bind_spaces(&format!(
                "{} : rien n’a été écrit, le site publié reste tel qu’il était.\n",
                report::summary(&report.diagnostics)
            )));
            Err(CONTENT)
        }
        Some(Err(error)) => Err(report::refused(error)),
        Some(Ok(done)) => {
            report::say(&ready(done, &args.sortie.join("index.html")));
            Ok(())
        }
    };
    // The program ends: the system takes all memory back at once, where giving back each text of a large site
    // takes 2 % of a build.
    std::mem::forget((report, snapshot));
    ended
}

/// Result of writing; `None` when an error in the content forbade it.
type Synced = Option<Result<SyncReport, SyncError>>;

/// Findings of the sources alone.
fn judge(snapshot: &Snapshot, options: Options, stages: &mut Stages) -> Report {
    let options = Options { sources_only: true, ..options };
    build(snapshot, &options, &mut Memo::default(), &|_, _| {}, &mut |stage| stages.begins(stage))
}

/// Makes every file, each written apart as soon as it is made, and puts them in place if all is right.
fn publish(
    snapshot: &Snapshot,
    options: Options,
    staging: Result<Staging, SyncError>,
    stages: &mut Stages,
) -> (Report, Synced) {
    let staging = match staging {
        Ok(staging) => staging,
        Err(error) => return (judge(snapshot, options, stages), Some(Err(error))),
    };
    let emit = |path: OutputPath, bytes: Octets| staging.put(&path, &bytes);
    let begins = &mut |stage| stages.begins(stage);
    let report = build(snapshot, &options, &mut Memo::default(), &emit, begins);
    if report.has_errors() {
        return (report, None);
    }
    stages.begins("mise en place");
    let written = staging.publish();
    (report, Some(written))
}

/// Remarks are for `check`: here ten thousand of them would hide what matters.
fn tell(report: &Report, snapshot: &Snapshot) {
    let (remarks, said): (Vec<_>, Vec<_>) =
        report.diagnostics.iter().partition(|d| d.severity == Severity::Note);
    report::complain_of(said.iter().take(report::SHOWN).copied(), snapshot);
    report::complain(&left_to_check(said.len(), remarks.len()));
}

fn ready(done: SyncReport, home: &Path) -> String {
    let mut said = vec![french::count(done.pages, "page", "pages")];
    if done.written == 0 && done.removed == 0 {
        said.push("rien n’a changé".into());
    } else {
        said.push(french::count(done.written, "fichier écrit", "fichiers écrits"));
        if done.removed > 0 {
            said.push(french::count(done.removed, "fichier supprimé", "fichiers supprimés"));
        }
        if done.unchanged > 0 {
            said.push(french::count(done.unchanged, "fichier inchangé", "fichiers inchangés"));
        }
    }
    french::bind_spaces(&format!(
        "Site prêt : {}.\nOuvrez {}\n",
        said.join(", "),
        report::path(home)
    ))
}

/// Command that shows what is not shown here; empty when all is.
fn left_to_check(said: usize, remarks: usize) -> String {
    let mut left = Vec::new();
    if let Some(others) = said.checked_sub(report::SHOWN).filter(|n| *n > 0) {
        left.push(french::count(others, "autre message", "autres messages"));
    }
    if remarks > 0 {
        left.push(french::count(remarks, "remarque", "remarques"));
    }
    if left.is_empty() {
        return String::new();
    }
    french::bind_spaces(&format!("{} : pour lire tout, retex check\n\n", french::enumerate(&left)))
}

/// The source folder that holds the output, if one does.
fn inside_sources(root: &Path, out: &Path) -> Option<&'static str> {
    let out = resolved(&root.join(out));
    ["content", "themes"].into_iter().find(|folder| {
        root.join(folder).canonicalize().is_ok_and(|sources| out.starts_with(sources))
    })
}

/// The absolute path of a folder that may not exist yet: what exists is followed, the rest is read as it is written.
fn resolved(path: &Path) -> PathBuf {
    let here = Path::new(".").canonicalize().unwrap_or_default();
    let mut at = if path.is_absolute() { PathBuf::new() } else { here };
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                at.pop();
            }
            part => at.push(part),
        }
        if let Ok(found) = at.canonicalize() {
            at = found;
        }
    }
    at
}
