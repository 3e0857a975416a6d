//! `retex check`: everything build would refuse, and the fidelity report; or what concerns some files, or a change.

use std::{io, path::Path};

use super::{
    CONTENT, Ended, USAGE,
    args::{CheckArgs, Format},
    corriger, portee, read_site, report,
};
use crate::{
    build::{Memo, Options, Report, build},
    diag::{self, Ailleurs, Code, Diagnostic, Portee},
    french, site,
    source::Snapshot,
};

/// Checks and reports.
pub(super) fn run(root: &Path, args: &CheckArgs) -> Ended {
    if let Some(ended) = explain(args) {
        return ended;
    }
    let mut snapshot = read_site(root)?;
    let options = Options { strict: args.strict, ..Options::default() };
    let mut memo = if args.depuis.is_some() { Memo::warm() } else { Memo::default() };
    let portee = portee::asked(root, args, &snapshot, &options, &mut memo)?;
    let is_in_part = |said: &Diagnostic| {
        let part = portee.as_ref().map(|portee| &portee.fichiers);
        part.is_none_or(|files| said.fixes.iter().all(|edit| files.contains(&edit.span.file)))
    };
    if args.corriger {
        corriger::run(root, &mut snapshot, &options, args.oui, &is_in_part)?;
    }
    let mut found = build(&snapshot, &options, &mut memo, &|_, _| {}, &mut |_| {});
    let ailleurs = portee.as_ref().map(|portee| keep(portee, &mut found, &snapshot));
    let summary = summary(&found.diagnostics, portee.as_ref(), ailleurs);
    write(args, &found, &snapshot, ailleurs, &summary).map_err(report::unwritten)?;
    if !matches!(args.format, Format::Humain | Format::Court) {
        // The standard output holds the document and nothing else.
        report::complain(&summary);
    }
    if found.has_errors() { Err(CONTENT) } else { Ok(()) }
}

/// Keeps the messages of a part, and counts the others.
fn keep(portee: &Portee, found: &mut Report, snapshot: &Snapshot) -> Ailleurs {
    let site = found.site.as_ref();
    let page = |file| site.and_then(|site| site.page_of(file));
    let pages = portee.fichiers.iter().filter_map(page).collect();
    let list = std::mem::take(&mut found.diagnostics);
    let (own, ailleurs) = portee.partage(list, snapshot, &pages);
    found.diagnostics = own;
    ailleurs
}

/// The last line: how many messages, and how many elsewhere.
fn summary(list: &[Diagnostic], portee: Option<&Portee>, ailleurs: Option<Ailleurs>) -> String {
    let mut said = report::summary(list);
    if list.is_empty() && portee.is_some_and(|portee| portee.fichiers.is_empty()) {
        said.push_str(&french::bind_spaces(" : aucun fichier du site n’a changé"));
    }
    if let Some(rest) = ailleurs.and_then(|ailleurs| ailleurs.phrase()) {
        said.push_str(&format!(". {rest}"));
    }
    said + ".\n"
}

/// Writes the messages in the form that is asked for.
fn write(
    args: &CheckArgs,
    found: &Report,
    snapshot: &Snapshot,
    ailleurs: Option<Ailleurs>,
    summary: &str,
) -> io::Result<()> {
    let list = &found.diagnostics;
    let max = args.max.unwrap_or(diag::MESSAGES_MAX);
    match args.format {
        Format::Humain | Format::Court => {
            let max = args.max.unwrap_or(report::SHOWN);
            report::diagnostics(&list[..max.min(list.len())], snapshot, args.format)?;
            report::print(&report::left_out(list, max))?;
            if ailleurs.is_none() {
                report::print(&report::fidelity(found, args.ajouts))?;
            }
            report::print(summary)
        }
        Format::Json => report::print_as_is(&diag::render_json(list, snapshot, max, ailleurs)),
        Format::Github => {
            report::print_as_is(&diag::render_github(list, snapshot, args.max, ailleurs))
        }
        Format::Gitlab => report::print_as_is(&diag::render_gitlab(list, snapshot, max)),
        Format::Sarif => report::print_as_is(&diag::render_sarif(list, snapshot, max, ailleurs)),
        Format::Commentaire => {
            let base = found
                .site
                .as_ref()
                .and_then(|site| site::Repository::of(&site.config).map(|r| r.shown()));
            let lines = args.lien_fichiers.as_ref().map(|url| url.to_string()).or(base);
            let lines = lines.as_deref();
            report::print(&diag::render_commentaire(list, snapshot, lines, ailleurs))
        }
    }
}

/// Answers `--explique` and `--codes`, which need no content.
fn explain(args: &CheckArgs) -> Option<Ended> {
    if let Some(word) = &args.explique {
        return Some(match Code::named(word) {
            Ok(code) => {
                report::say(&diag::render_explication(code));
                Ok(())
            }
            Err(near) => {
                let near = near.map_or(String::new(), |code| {
                    format!(".\nVouliez-vous dire « {} » ?", code.slug())
                });
                report::complain(&french::bind_spaces(&format!(
                    "erreur : aucun message ne s’appelle « {} »{near}\nLa liste : retex check --codes\n",
                    word.escape_debug()
                )));
                Err(USAGE)
            }
        });
    }
    args.codes.then(|| {
        report::say(&diag::render_codes());
        Ok(())
    })
}
