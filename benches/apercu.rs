//! Measures `retex serve` on a large site, as an editor meets it, and holds it to a cold build all the while.
//!
//! ```text
//! cargo build --profile dist --bins --examples
//! target/dist/examples/apercu DIR [--fiches 1000] [--gestes 2000] [--tous-les 10] [--graine 1]
//! ```
//!
//! In DIR (new, empty, or what an earlier run left) it writes the site of `generer`, serves it, and makes that many random edits: texts,
//! headers, fiches added, removed and renamed, the title of a thématique, the glossary, a template, a style, an
//! error and its repair. After each it waits until the change can be read over HTTP, and notes how long that
//! took from the save; every so many edits it compares the whole served tree to a cold build.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a command for developers"
)]
#![expect(clippy::disallowed_methods, reason = "it drives programs and the disk")]

#[expect(dead_code, reason = "the tests use the rest")]
#[path = "../tests/support/apercu.rs"]
mod apercu;
#[path = "../tests/support/random.rs"]
mod random;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use apercu::{Editor, Gesture, Preview};
use random::Random;
use retex::disk::MANIFEST;

/// What `watch.rs` waits after the last event of a save.
const CALM: Duration = Duration::from_millis(25);

struct Asked {
    folder: PathBuf,
    fiches: String,
    gestes: usize,
    every: usize,
    graine: u64,
}

fn asked() -> Result<Asked, String> {
    let mut asked =
        Asked { folder: PathBuf::new(), fiches: "1000".into(), gestes: 2000, every: 10, graine: 1 };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut number = || -> Result<usize, String> {
            let value = args.next().ok_or(format!("{arg} needs a number"))?;
            value.parse().map_err(|_| format!("{arg}: {value} is not a number"))
        };
        match arg.as_str() {
            "--fiches" => asked.fiches = number()?.to_string(),
            "--gestes" => asked.gestes = number()?,
            "--tous-les" => asked.every = number()?.max(1),
            "--graine" => asked.graine = number()? as u64,
            _ if arg.starts_with('-') => return Err(format!("unknown option {arg}")),
            _ => asked.folder = arg.into(),
        }
    }
    if asked.folder.as_os_str().is_empty() {
        return Err(
            "which folder? apercu DIR [--fiches N] [--gestes N] [--tous-les N] [--graine S]".into(),
        );
    }
    let entries = fs::read_dir(&asked.folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name());
    if let Some(other) = names.into_iter().find(|name| name != "site" && name != "cold") {
        let folder = asked.folder.display();
        return Err(format!("{folder} holds {}: give a new folder", other.display()));
    }
    Ok(asked)
}

fn main() -> ExitCode {
    match asked() {
        Ok(asked) => measure(&asked),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn measure(asked: &Asked) {
    let examples = std::env::current_exe().unwrap().parent().unwrap().to_path_buf();
    let program = examples.parent().unwrap().join("retex");
    let site = asked.folder.join("site");
    let _ = fs::remove_dir_all(&asked.folder);
    fs::create_dir_all(&site).unwrap();
    let written = Command::new(examples.join("generer"))
        .arg(&site)
        .args(["--fiches", &asked.fiches])
        .status()
        .unwrap();
    assert!(written.success());
    // What the editor's template is seen on.
    let about = site.join("content/pages/a-propos.md");
    fs::create_dir_all(about.parent().unwrap()).unwrap();
    fs::write(about, "+++\ntitre = \"À propos\"\n+++\n\nUn texte.\n").unwrap();

    let start = Instant::now();
    let mut preview = Preview::start(&program, &site, &[]);
    println!("{} fiches, served after {:?}", asked.fiches, start.elapsed());
    let mut editor = Editor::new(&site, "territoire-0", asked.graine);
    let mut times: BTreeMap<Gesture, Vec<Duration>> = BTreeMap::new();
    let mut compared = 0;
    let mut memory = Vec::new();
    for n in 1..=asked.gestes {
        let gesture = editor.choose();
        let (expected, saved) = (editor.make(gesture), Instant::now());
        preview.wait(&expected);
        times.entry(gesture).or_default().push(saved.elapsed());
        if n % asked.every == 0 && !editor.is_in_error() {
            same_as_built(&program, &site, &asked.folder.join("cold"), &preview);
            compared += 1;
        }
        if n % (asked.gestes / 10).max(1) == 0 {
            memory.push(resident(&mut preview));
        }
    }
    report(&times);
    println!("{} edits, whole tree compared {compared} times: equal", asked.gestes);
    println!("resident memory after each tenth, MB: {memory:?}");
}

/// Compares each file served with a cold build on the disk.
fn same_as_built(program: &Path, site: &Path, out: &Path, preview: &Preview) {
    let built = Command::new(program)
        .args(["build", "--sortie"])
        .arg(out)
        .current_dir(site)
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut client = preview.client();
    let mut folders = vec![out.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(out).unwrap().to_string_lossy().into_owned();
            if name == MANIFEST {
                continue;
            }
            let given = client.get(&format!("/{name}"));
            assert_eq!(given.status, 200, "{name} is not served");
            assert!(given.built() == fs::read(&path).unwrap(), "{name} differs");
        }
    }
}

fn report(times: &BTreeMap<Gesture, Vec<Duration>>) {
    println!("{:<14}{:>7}{:>12}{:>12}{:>12}", "from a save", "edits", "median", "95 %", "most");
    let mut all = Vec::new();
    let row = |name: &str, mut list: Vec<Duration>| {
        list.sort();
        let at = |share: usize| {
            format!("{:.1} ms", 1000.0 * list[(list.len() - 1) * share / 100].as_secs_f64())
        };
        println!("{name:<14}{:>7}{:>12}{:>12}{:>12}", list.len(), at(50), at(95), at(100));
    };
    for (gesture, list) in times {
        all.extend(list.iter().copied());
        row(&format!("{gesture:?}"), list.clone());
    }
    row("all", all);
    println!("of which the wait for calm: {CALM:?}");
}

/// Resident memory of the program, in MB; 0 where the system does not say.
fn resident(preview: &mut Preview) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", preview.child().id()));
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|kb| kb.parse::<usize>().ok()).unwrap_or(0) / 1024
}
