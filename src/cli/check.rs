//! `retex check`: everything build would refuse, and the fidelity report.

use std::path::Path;

use super::{CONTENT, OK, args::CheckArgs, corriger, read_site, report};
use crate::engine::{self, Memo, Options};

/// Checks and reports; gives the exit code.
pub(super) fn run(root: &Path, args: &CheckArgs) -> u8 {
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
