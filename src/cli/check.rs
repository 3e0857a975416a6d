//! `retex check`: everything build would refuse, and the fidelity report.

use std::path::Path;

use super::{CONTENT, OK, USAGE, args::CheckArgs, corriger, read_site, report};
use crate::{
    diag::{self, Code},
    engine::{self, Memo, Options},
    fr,
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
    let options = Options { url: None, strict: args.strict };
    if args.corriger
        && let Err(code) = corriger::run(root, &mut snapshot, &options, args.oui)
    {
        return code;
    }
    let build = engine::build(&snapshot, &options, &mut Memo::none());
    report::say(&report::diagnostics(&build.diagnostics, &snapshot, args.format));
    report::say(&report::fidelity(&build, args.ajouts));
    report::say(&format!("{}.\n", report::summary(&build.diagnostics)));
    if build.has_errors() { CONTENT } else { OK }
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
                report::complain(&fr::bind_spaces(&format!(
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
