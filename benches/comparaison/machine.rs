//! Where it was measured, and with which versions: figures mean nothing without.

use std::{fs, path::Path, process::Command};

use crate::{Outcome, THREADS, passe::Bench};

/// Machine, folder, versions.
pub(crate) fn describe(bench: &Bench) -> Outcome<String> {
    let hugo = match &bench.hugo {
        Some(hugo) => version(hugo, "version")?,
        None => "not measured".into(),
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(format!(
        "Machine: {cpu}, {cores} cores, {memory}; Linux {kernel}; {disk}.\n\
         Threads given to each program: {THREADS}.\n\
         retex: {retex}\nHugo: {hugo}\n",
        cpu = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".into()),
        memory = memory(),
        kernel = read("/proc/sys/kernel/osrelease"),
        disk = file_system(&bench.root),
        retex = version(&bench.retex, "--version")?,
    ))
}

/// How busy the machine was in the last minute, in processes that want a core.
pub(crate) fn load() -> String {
    read("/proc/loadavg").split(' ').next().unwrap_or_default().to_string()
}

fn version(program: &Path, ask: &str) -> Outcome<String> {
    let output = Command::new(program).arg(ask).output();
    let output = output.map_err(crate::said(program))?;
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().next().unwrap_or_default().trim().to_string())
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_default().trim().to_string()
}

/// The first value of a key in a file of `key : value` lines.
fn field(path: &str, key: &str) -> Option<String> {
    let text = read(path);
    let mut lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().to_string())
}

fn memory() -> String {
    let kib = field("/proc/meminfo", "MemTotal").and_then(|v| v.split(' ').next()?.parse().ok());
    kib.map_or_else(|| "unknown memory".into(), |kib: u64| format!("{} GiB", kib.div_ceil(1 << 20)))
}

/// The kind of file system that holds a folder: that of the longest mount point above it.
fn file_system(folder: &Path) -> String {
    let mounts = read("/proc/self/mounts");
    let mounts = mounts.lines().filter_map(|line| {
        let mut parts = line.split(' ').skip(1);
        Some((parts.next()?, parts.next()?))
    });
    let above = mounts.filter(|(point, _)| folder.starts_with(point));
    let nearest = above.max_by_key(|(point, _)| point.len());
    nearest.map_or_else(|| "unknown file system".into(), |(_, kind)| kind.to_string())
}
