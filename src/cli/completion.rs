//! `retex completion`: what a shell needs to complete our commands.

use super::{
    Ended,
    args::{CompletionArgs, commands},
    report,
};

/// Prints the script.
pub(super) fn run(args: &CompletionArgs) -> Ended {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut commands(), "retex", &mut script);
    report::document(&String::from_utf8_lossy(&script))
}
