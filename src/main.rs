//! The `retex` program: hands its arguments to the library, returns its exit code.

use std::process::ExitCode;

#[expect(clippy::disallowed_methods, reason = "a program has arguments")]
fn main() -> ExitCode {
    retex::cli::run(std::env::args_os())
}
