//! One process, measured whole: what it lasted, the processor it used, its peak memory.
//!
//! The system adds up what the *finished children* of a process used (`getrusage`, `RUSAGE_CHILDREN`). So each
//! program is started by a process of its own, which has this one child and asks once it has ended: exact, no
//! sampling. A child begins as a copy of its parent, whose memory counts; that parent holds next to nothing.

use std::{
    io,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use nix::sys::{
    resource::{UsageWho, getrusage},
    time::TimeValLike,
};

use crate::{Outcome, THREADS, said};

/// The hidden verb of the process that measures: `DIR PROGRAM ARGS…`.
pub(crate) const VERB: &str = "--mesure";

/// What a process used.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mesure {
    /// From its start to its end.
    pub(crate) wall: Duration,
    /// Processor, user and system, all threads.
    pub(crate) cpu: Duration,
    /// Most memory that it held at once, in bytes.
    pub(crate) memory: u64,
}

impl Mesure {
    /// The line by which the measuring process reports.
    pub(crate) fn line(&self) -> String {
        format!("{} {} {}", self.wall.as_nanos(), self.cpu.as_nanos(), self.memory)
    }

    fn read(line: &str) -> Option<Self> {
        let mut numbers = line.split_whitespace().map(|n| n.parse::<u64>().ok());
        let mut next = || numbers.next().flatten();
        let (wall, cpu) = (Duration::from_nanos(next()?), Duration::from_nanos(next()?));
        Some(Self { wall, cpu, memory: next()? })
    }
}

/// Runs this program again under a hidden verb and reads the line it reports.
///
/// # Errors
/// What the process said when it failed.
pub(crate) fn again(verb: &str, args: &[&Path]) -> Outcome<Mesure> {
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let output = Command::new(&own).arg(verb).args(args).output().map_err(said(&own))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_string());
    }
    let line = String::from_utf8_lossy(&output.stdout);
    Mesure::read(&line).ok_or_else(|| format!("not a measure: {line}"))
}

/// Measures a program started in a folder.
///
/// # Errors
/// When it cannot be started, or fails.
pub(crate) fn program(folder: &Path, program: &Path, args: &[&str]) -> Outcome<Mesure> {
    let all: Vec<&Path> =
        [folder, program].into_iter().chain(args.iter().map(|a| Path::new(*a))).collect();
    again(VERB, &all)
}

/// The measuring process: starts its only child, waits for it, and reports.
pub(crate) fn alone(args: &[String]) -> Outcome<()> {
    let [folder, program, args @ ..] = args else {
        return Err(format!("{VERB} DIR PROGRAM ARGS…"));
    };
    let mut command = Command::new(program);
    command.args(args).current_dir(folder).stdin(Stdio::null());
    // What it says is read when it fails; the first output is that of the measure.
    command.stdout(io::stderr());
    // The same threads for all: rayon's, Go's, Hugo's own.
    let threads = THREADS.to_string();
    for name in ["RAYON_NUM_THREADS", "GOMAXPROCS", "HUGO_NUMWORKERMULTIPLIER"] {
        command.env(name, &threads);
    }
    let start = Instant::now();
    let status = command.status().map_err(said(Path::new(program)))?;
    let wall = start.elapsed();
    if !status.success() {
        return Err(format!("{program} {}: {status}", args.join(" ")));
    }
    let (cpu, memory) = used(UsageWho::RUSAGE_CHILDREN)?;
    println!("{}", Mesure { wall, cpu, memory }.line());
    Ok(())
}

/// Processor used so far and peak memory, of this process or of its finished children.
pub(crate) fn used(who: UsageWho) -> Outcome<(Duration, u64)> {
    let usage = getrusage(who).map_err(|e| e.to_string())?;
    let cpu = (usage.user_time() + usage.system_time()).num_microseconds();
    // Linux counts the peak in kibibytes.
    let memory = u64::try_from(usage.max_rss()).unwrap_or_default() * 1024;
    Ok((Duration::from_micros(u64::try_from(cpu).unwrap_or_default()), memory))
}
