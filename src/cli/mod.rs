//! The command line: one file per verb. The only place that prints.
#![expect(clippy::disallowed_methods, reason = "the command line reads and writes the world")]

mod args;
mod usage;
mod build;
mod check;
mod serve;
mod corriger;
mod portee;
mod new;
mod init;
mod liens;
mod lsp;
mod schema;
mod theme;
mod completion;
mod report;
mod stages;

use std::{ffi::OsString, io, path::Path, process::ExitCode};

use crate::{
    build::{Memo, Options, Report, build},
    disk::{self, Before, Written},
    french::clair::nom,
    source::{SitePath, Snapshot},
};

/// End of a verb; when all did not go well, why was said, and this is the exit code.
type Ended = Result<(), u8>;

/// Errors in the content.
const CONTENT: u8 = 1;
/// Wrong use, or the disk refused.
const USAGE: u8 = 2;

/// Runs the program; what it prints is French.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let root = Path::new(".");
    let ended = usage::parse(args).and_then(|command| match command {
        args::Command::Build(options) => build::run(root, &options),
        args::Command::Check(options) => check::run(root, &options),
        args::Command::Serve(options) => serve::run(root, &options),
        args::Command::Lsp => lsp::run(),
        args::Command::New(options) => new::run(root, &options),
        args::Command::Liens(options) => liens::run(root, &options),
        args::Command::Init(options) => init::run(root, &options),
        args::Command::Theme(options) => theme::run(root, &options),
        args::Command::Schema(options) => schema::run(root, &options),
        args::Command::Completion(options) => completion::run(&options),
    });
    ended.map_or_else(ExitCode::from, |()| ExitCode::SUCCESS)
}

/// Reads the site, or says why it cannot be read.
fn read_site(root: &Path) -> Result<Snapshot, u8> {
    let snapshot = disk::scan(root).map_err(unreadable)?;
    if snapshot.has_content { Ok(snapshot) } else { Err(without_content()) }
}

/// Writes files in a folder, each where `before` wants it.
fn write(folder: &Path, files: &[(String, String)], before: Before<'_>) -> Ended {
    let paths: Vec<SitePath> = files.iter().map(|(path, _)| SitePath::new(path.as_str())).collect();
    let texts = files.iter().map(|(_, text)| text);
    let written = paths.iter().zip(texts).map(|(path, text)| Written { path, before, text });
    disk::write_sources(folder, &written.collect::<Vec<_>>()).map_err(report::refused)
}

/// Says why the site cannot be read; gives the exit code.
fn unreadable(error: io::Error) -> u8 {
    report::refused(format!("impossible de lire le site : {}", french(&error)))
}

/// Findings about a site: its files are made, read, and forgotten.
fn judge(snapshot: &Snapshot, options: &Options) -> Report {
    build(snapshot, options, &mut Memo::default(), &|_, _| {}, &mut |_| {})
}

/// Says that there is no site here; gives the exit code.
fn without_content() -> u8 {
    report::refused(
        "il n’y a pas de dossier « content » ici.\nLancez la commande depuis le dossier du site, celui qui contient « content »",
    )
}

/// The system's reason in French for the usual ones.
fn french(error: &io::Error) -> String {
    let said = error.to_string();
    let named = nom(&said);
    match error.kind() {
        io::ErrorKind::PermissionDenied => format!("vous n’avez pas le droit de lire « {named} »"),
        io::ErrorKind::NotFound => format!("« {named} » a disparu pendant la lecture"),
        _ => format!("« {named} » ne se lit pas"),
    }
}
