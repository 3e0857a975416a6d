//! What reaches the disk: only what changed, only in folders that are ours, whole even when killed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use retex::{
    output::OutputTree,
    source::OutputPath,
    sys::{MANIFEST, SyncError, sync},
};

use crate::support::{Random, copy, files_below, root};

fn tree(files: &[(&str, &str)]) -> OutputTree {
    let mut tree = OutputTree::default();
    for (path, text) in files {
        tree.insert(OutputPath::new(*path), text.as_bytes().to_vec());
    }
    tree
}

fn read(folder: &Path, name: &str) -> Option<String> {
    fs::read_to_string(folder.join(name)).ok()
}

#[test]
fn writes_deletes_and_leaves_alone() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("output");
    let report = sync(&tree(&[("a/index.html", "1"), ("b.html", "2")]), &out).unwrap();
    assert_eq!((report.written, report.removed, report.unchanged), (2, 0, 0));

    let before = fs::metadata(out.join("b.html")).unwrap().modified().unwrap();
    let manifest = fs::metadata(out.join(MANIFEST)).unwrap().modified().unwrap();
    let report = sync(&tree(&[("a/index.html", "1"), ("b.html", "2")]), &out).unwrap();
    assert_eq!((report.written, report.removed, report.unchanged), (0, 0, 2));
    assert_eq!(fs::metadata(out.join("b.html")).unwrap().modified().unwrap(), before);
    assert_eq!(fs::metadata(out.join(MANIFEST)).unwrap().modified().unwrap(), manifest);

    fs::write(out.join("a/a-moi.txt"), "garde-moi").unwrap();
    let report = sync(&tree(&[("c.html", "3")]), &out).unwrap();
    assert_eq!((report.written, report.removed), (1, 2));
    assert_eq!(read(&out, "a/a-moi.txt").as_deref(), Some("garde-moi"));
    assert_eq!(read(&out, "b.html"), None);
}

#[test]
fn a_deleted_or_altered_page_is_repaired() {
    let place = tempfile::tempdir().unwrap();
    let site = tree(&[("a.html", "1"), ("b.html", "2")]);
    sync(&site, place.path()).unwrap();
    fs::remove_file(place.path().join("a.html")).unwrap();
    fs::write(place.path().join("b.html"), "x").unwrap();
    assert_eq!(sync(&site, place.path()).unwrap().written, 2);
    assert_eq!(read(place.path(), "b.html").as_deref(), Some("2"));
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("these.docx"), "precious").unwrap();
    let error = sync(&tree(&[("a.html", "1")]), place.path()).unwrap_err();
    assert!(matches!(error, SyncError::Foreign(..)), "{error}");
    assert_eq!(files_below(place.path()).len(), 1);
}

#[test]
fn dot_files_do_not_make_a_folder_foreign() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join(".gitignore"), "*").unwrap();
    sync(&tree(&[("a.html", "1")]), place.path()).unwrap();
    assert_eq!(read(place.path(), ".gitignore").as_deref(), Some("*"));
}

#[test]
fn a_file_of_somebody_else_is_never_replaced() {
    let place = tempfile::tempdir().unwrap();
    sync(&tree(&[("a.html", "1")]), place.path()).unwrap();
    fs::write(place.path().join("b.html"), "precious").unwrap();
    let error = sync(&tree(&[("a.html", "2"), ("b.html", "2")]), place.path()).unwrap_err();
    assert!(matches!(error, SyncError::Conflict(..)), "{error}");
    assert_eq!(read(place.path(), "a.html").as_deref(), Some("1"), "nothing is touched");
    assert_eq!(read(place.path(), "b.html").as_deref(), Some("precious"));
}

#[test]
fn a_manifest_cannot_name_files_outside() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("output");
    sync(&tree(&[("a.html", "1")]), &out).unwrap();
    fs::write(place.path().join("precious.txt"), "x").unwrap();
    let manifest = read(&out, MANIFEST).unwrap();
    fs::write(out.join(MANIFEST), format!("{manifest}../precious.txt\n")).unwrap();
    sync(&tree(&[("a.html", "1")]), &out).unwrap();
    assert!(place.path().join("precious.txt").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let place = tempfile::tempdir().unwrap();
    let (out, elsewhere) = (place.path().join("output"), place.path().join("elsewhere"));
    fs::create_dir_all(&elsewhere).unwrap();
    sync(&tree(&[("a.html", "1")]), &out).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("b")).unwrap();
    let error = sync(&tree(&[("b/index.html", "1")]), &out).unwrap_err();
    assert!(matches!(error, SyncError::Conflict(..)), "{error}");
    assert_eq!(files_below(&elsewhere).len(), 0);
}

/// What a run killed half-way leaves: a manifest that is the union, a temporary file, some pages.
#[test]
fn the_next_run_repairs_what_a_kill_left() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path();
    sync(&tree(&[("old/index.html", "0"), ("a.html", "1")]), out).unwrap();
    let manifest = read(out, MANIFEST).unwrap();
    fs::write(out.join(MANIFEST), format!("{manifest}new/index.html\n")).unwrap();
    fs::create_dir(out.join("new")).unwrap();
    fs::create_dir(out.join(".retex-tmp")).unwrap();
    fs::write(out.join(".retex-tmp/7"), "half a pa").unwrap();
    sync(&tree(&[("a.html", "2"), ("new/index.html", "3")]), out).unwrap();
    let files: Vec<String> = files_below(out).iter().map(|f| f.display().to_string()).collect();
    assert_eq!(files, [MANIFEST, "a.html", "new/index.html"]);
}

/// Two hundred builds killed by the system at random instants, over sources that change each time: each file present
/// is whole, as it was or as it is to be, and the next build repairs the rest.
#[test]
fn killed_then_run_again() {
    let place = tempfile::tempdir().unwrap();
    let site = place.path();
    copy(&root().join("tests/base/content"), &site.join("content"));
    let folder = site.join("content/syntheses/essai-2021/retex");
    let write = |version: usize| {
        for n in 0..100 {
            let fiche = format!(
                "+++\ntitre = \"Fiche {n}\"\nthematique = \"egal-acces\"\nmots_cles = [\"mot {n}\"]\n+++\nTexte {n}, version {version}.\n"
            );
            fs::write(folder.join(format!("fiche-n{n}.md")), fiche).unwrap();
        }
    };
    let build = |out: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
        command.args(["build", "--sortie", out]).current_dir(site);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    // What each version is when it is made in one go, and how long that takes.
    let mut longest = Duration::ZERO;
    let whole = [0, 1].map(|version| {
        write(version);
        let out = format!("whole-{version}");
        let start = Instant::now();
        assert!(build(&out).status().unwrap().success());
        longest = longest.max(start.elapsed());
        files(&site.join(out))
    });
    let (mut random, mut interrupted) = (Random::new(1), 0);
    for n in 0..200 {
        write(n % 2);
        let mut child = build("output").spawn().unwrap();
        let micros = random.below(longest.as_micros().try_into().unwrap());
        let instant = Duration::from_micros(micros as u64);
        std::thread::sleep(instant);
        child.kill().unwrap();
        match child.wait().unwrap().success() {
            // It had come to its end: the next one is not given more time.
            true => longest = instant,
            false => interrupted += 1,
        }
        for (name, bytes) in files(&site.join("output")) {
            let known = whole.iter().any(|whole| whole.get(&name) == Some(&bytes));
            assert!(known, "{} is neither old nor new", name.display());
        }
        if n % 20 == 19 {
            assert!(build("output").status().unwrap().success());
            assert!(files(&site.join("output")) == whole[n % 2], "not repaired");
        }
    }
    assert!(interrupted > 0, "no run was interrupted");
}

/// The files of a site, with their bytes; those whose names are hidden left out.
fn files(output: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    if !output.exists() {
        return BTreeMap::new();
    }
    let shown = |file: &PathBuf| !file.to_string_lossy().starts_with('.');
    let names = files_below(output).into_iter().filter(shown);
    names.map(|name| (name.clone(), fs::read(output.join(name)).unwrap())).collect()
}
