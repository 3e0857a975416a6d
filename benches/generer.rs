//! Writes a site of any size, always the same for the same numbers (`corpus.rs` says what is in it).
//!
//! ```text
//! cargo run --release --example generer -- DIR [--fiches 1000] [--territoires 1] [--graine 1]
//! ```
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command for developers")]
#![expect(clippy::disallowed_methods, reason = "it writes the site it is asked for")]

mod corpus;

use std::{path::PathBuf, process::ExitCode};

struct Asked {
    folder: PathBuf,
    fiches: usize,
    territoires: usize,
    graine: u64,
}

fn asked() -> Result<Asked, String> {
    let mut asked = Asked { folder: PathBuf::new(), fiches: 1000, territoires: 1, graine: 1 };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number = || -> Result<usize, String> {
            let value = args.next().ok_or(format!("{arg} needs a number"))?;
            value.parse().map_err(|_| format!("{arg}: {value} is not a number"))
        };
        match arg.as_str() {
            "--fiches" => asked.fiches = number()?,
            "--territoires" => asked.territoires = number()?.max(1),
            "--graine" => asked.graine = number()? as u64,
            _ if arg.starts_with('-') => return Err(format!("unknown option {arg}")),
            _ => asked.folder = arg.into(),
        }
    }
    if asked.folder.as_os_str().is_empty() {
        return Err("which folder? generer DIR [--fiches N] [--territoires T] [--graine S]".into());
    }
    Ok(asked)
}

fn main() -> ExitCode {
    let asked = match asked() {
        Ok(asked) => asked,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    match corpus::generate(&asked.folder, asked.fiches, asked.territoires, asked.graine) {
        Ok((files, bytes)) => {
            println!("{files} source files, {bytes} bytes, in {}", asked.folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", asked.folder.display());
            ExitCode::FAILURE
        }
    }
}
