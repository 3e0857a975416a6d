//! `retex completion`: what a shell needs to complete our commands.

use clap::CommandFactory;

use super::{
    args::{Cli, CompletionArgs},
    report,
};

/// Prints the script; gives the exit code.
pub(super) fn run(args: &CompletionArgs) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "retex", &mut script);
    report::document(&String::from_utf8_lossy(&script))
}
