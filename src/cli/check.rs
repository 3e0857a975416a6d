//! `retex check`: everything build would refuse, and the fidelity report.

use std::path::Path;

use super::{
    CONTENT, OK, USAGE,
    args::{CheckArgs, Format},
    corriger, read_site, report,
};
use crate::{
    build::Options,
    diag::{self, Code},
    french, site,
};

/// Checks and reports; gives the exit code.
pub(super) fn run(root: &Path, args: &CheckArgs) -> u8 {
    if let Some(code) = explain(args) {
        return code;
    }
    let mut snapshot = match read_site(root) {
        Ok(snapshot) => snapshot,
        Err(code) => return code,
    };
    let options = Options { strict: args.strict, ..Options::default() };
    if args.corriger
        && let Err(code) = corriger::run(root, &mut snapshot, &options, args.oui, None)
    {
        return code;
    }
    let found = super::judge(&snapshot, &options);
    let list = &found.diagnostics;
    let lines = args.lien_fichiers.as_ref().map(|url| url.as_str());
    let max = args.max.unwrap_or(diag::MESSAGES_MAX);
    let written = match args.format {
        Format::Humain | Format::Court => {
            let max = args.max.unwrap_or(report::SHOWN);
            report::diagnostics(&list[..max.min(list.len())], &snapshot, args.format)
                .and_then(|()| report::print(&report::left_out(list, max)))
                .and_then(|()| report::print(&report::fidelity(&found, args.ajouts)))
                .and_then(|()| report::print(&format!("{}.\n", report::summary(list))))
        }
        Format::Json => report::print_as_is(&diag::render_json(list, &snapshot, max)),
        Format::Github => report::print_as_is(&diag::render_github(list, &snapshot, args.max)),
        Format::Gitlab => report::print_as_is(&diag::render_gitlab(list, &snapshot, max)),
        Format::Sarif => report::print_as_is(&diag::render_sarif(list, &snapshot, max)),
        Format::Commentaire => {
            let base = found
                .site
                .as_ref()
                .and_then(|site| site::address::files_on_forge(&site.config, "blob"));
            let lines = lines.map(str::to_string).or(base);
            report::print(&diag::render_commentaire(list, &snapshot, lines.as_deref()))
        }
    };
    if let Err(error) = written {
        report::failure(&format!("impossible d’écrire le résultat : {}", super::french(&error)));
        return USAGE;
    }
    if !matches!(args.format, Format::Humain | Format::Court) {
        // The standard output holds the document and nothing else.
        report::complain(&format!("{}.\n", report::summary(list)));
    }
    if found.has_errors() { CONTENT } else { OK }
}

/// Answers `--explique` and `--codes`, which need no content; gives the exit code.
fn explain(args: &CheckArgs) -> Option<u8> {
    if let Some(word) = &args.explique {
        return Some(match Code::named(word) {
            Ok(code) => {
                report::say(&diag::render_explication(code));
                OK
            }
            Err(near) => {
                let near = near.map_or(String::new(), |code| {
                    format!(".\nVouliez-vous dire « {} » ?", code.slug())
                });
                report::complain(&french::bind_spaces(&format!(
                    "erreur : aucun message ne s’appelle « {} »{near}\nLa liste : retex check --codes\n",
                    word.escape_debug()
                )));
                USAGE
            }
        });
    }
    args.codes.then(|| {
        report::say(&diag::render_codes());
        OK
    })
}
