//! The raw cost: reading the sources, then writing the same files with the same bytes, and nothing else.
//!
//! The bytes to write are in memory before the clock starts. Folders are made first, by one thread; then
//! threads read all the sources, and write all the files straight to their names.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Instant,
};

use nix::sys::resource::UsageWho;

use crate::{
    Outcome, THREADS, dossier,
    mesure::{Mesure, used},
    said,
};

/// The hidden verb: `SOURCES MODEL OUT`.
pub(crate) const VERB: &str = "--brut";

/// Reads every file of `SOURCES`, writes those of `MODEL` to `OUT`, and reports.
pub(crate) fn alone(args: &[String]) -> Outcome<()> {
    let [sources, model, out] = args else { return Err(format!("{VERB} SOURCES MODEL OUT")) };
    let (sources, model, out) = (Path::new(sources), Path::new(model), Path::new(out));
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for name in dossier::files(model)?.into_keys() {
        let path = model.join(&name);
        files.push((out.join(name), fs::read(&path).map_err(said(&path))?));
    }

    let (before, _) = used(UsageWho::RUSAGE_SELF)?;
    let start = Instant::now();
    let names: Vec<PathBuf> =
        dossier::files(sources)?.into_keys().map(|name| sources.join(name)).collect();
    share(&names, |path| fs::read(path).map(drop).map_err(said(path)))?;
    let mut last = PathBuf::new();
    for (path, _) in &files {
        let folder = path.parent().unwrap_or(out);
        if folder != last {
            fs::create_dir_all(folder).map_err(said(folder))?;
            last = folder.to_path_buf();
        }
    }
    share(&files, |(path, bytes)| fs::write(path, bytes).map_err(said(path)))?;
    let wall = start.elapsed();
    let (after, memory) = used(UsageWho::RUSAGE_SELF)?;
    println!("{}", Mesure { wall, cpu: after.saturating_sub(before), memory }.line());
    Ok(())
}

/// Does something of each item, by as many threads as the other programs have.
fn share<T: Sync>(items: &[T], work: impl Fn(&T) -> Outcome<()> + Sync) -> Outcome<()> {
    let next = AtomicUsize::new(0);
    let turn = || -> Outcome<()> {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(item)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(turn)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().unwrap_or_else(|_| Err("a thread stopped".into())))
    })
}
