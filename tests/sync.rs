//! What reaches the disk: only what changed, only in folders that are ours, whole even when killed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use retex::{
    disk::{MANIFEST, Staging, SyncError, sync},
    output::OutputTree,
    source::OutputPath,
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
fn what_git_or_a_server_keeps_there_does_not_make_a_folder_foreign() {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join(".well-known")).unwrap();
    fs::write(place.path().join(".gitignore"), "*").unwrap();
    sync(&tree(&[("a.html", "1")]), place.path()).unwrap();
    assert_eq!(read(place.path(), ".gitignore").as_deref(), Some("*"));
    assert!(place.path().join(".well-known").is_dir());
}

/// All that a new account holds is hidden.
#[test]
fn a_home_is_refused_by_name() {
    for names in [&[".bashrc"][..], &[".profile", ".ssh"], &[".gitignore", ".config"]] {
        let place = tempfile::tempdir().unwrap();
        for name in names {
            fs::write(place.path().join(name), "precious").unwrap();
        }
        let error = sync(&tree(&[("a.html", "1")]), place.path()).unwrap_err();
        assert!(matches!(error, SyncError::Foreign(..)), "{error}");
        assert!(error.to_string().contains(names[names.len() - 1]), "{error}");
        assert!(!error.to_string().contains(".gitignore"), "{error}");
        assert_eq!(files_below(place.path()).len(), names.len());
    }
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

/// What a text editor, a merge or a full disk may do to it: nothing is deleted on its word.
#[test]
fn a_manifest_that_was_edited_or_cut_is_not_believed() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path();
    sync(&tree(&[("a.html", "1"), ("b.html", "1")]), out).unwrap();
    fs::write(out.join("precious.txt"), "x").unwrap();
    let manifest = read(out, MANIFEST).unwrap();
    let lines: Vec<&str> = manifest.lines().collect();
    let (end, others) = lines.split_last().unwrap();
    let added = [others, &["precious.txt", end]].concat().join("\n");
    for damaged in [added.as_str(), &manifest[..manifest.len() / 2], "", "autre chose\n", "\u{0}"] {
        fs::write(out.join(MANIFEST), damaged).unwrap();
        let error = sync(&tree(&[("a.html", "2")]), out).unwrap_err();
        assert!(matches!(error, SyncError::Damaged(..)), "{error}");
        assert!(error.to_string().contains("abîmé"), "{error}");
        assert_eq!(read(out, "a.html").as_deref(), Some("1"), "nothing is touched");
        assert!(out.join("precious.txt").exists() && out.join("b.html").exists());
    }
    fs::write(out.join(MANIFEST), manifest).unwrap();
    assert_eq!(sync(&tree(&[("a.html", "2")]), out).unwrap().removed, 1);
}

#[test]
fn a_long_list_of_what_is_in_the_way_is_cut() {
    let place = tempfile::tempdir().unwrap();
    let names: Vec<String> = (0..40).map(|n| format!("{n:02}.html")).collect();
    sync(&tree(&[("a.html", "1")]), place.path()).unwrap();
    for name in &names {
        fs::write(place.path().join(name), "precious").unwrap();
    }
    let site: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
    let said = sync(&tree(&site), place.path()).unwrap_err().to_string();
    assert!(said.contains("04.html et 35"), "{said}");
    assert!(!said.contains("05.html"), "{said}");
}

/// What stood there is seen before anything is put in place.
#[test]
fn a_folder_at_the_place_of_a_page_and_a_file_at_that_of_a_folder() {
    let site = [("a/index.html", "1"), ("b.html", "1"), ("c.html", "1")];
    let changed = [("a/index.html", "2"), ("b.html", "2"), ("c.html", "2")];
    type Spoil = fn(&Path);
    let spoilt: [(&str, Spoil); 4] = [
        ("b.html", |out| {
            fs::remove_file(out.join("b.html")).unwrap();
            fs::create_dir(out.join("b.html")).unwrap();
        }),
        ("b.html", |out| {
            fs::remove_file(out.join("b.html")).unwrap();
            fs::create_dir(out.join("b.html")).unwrap();
            fs::write(out.join("b.html/precious.txt"), "x").unwrap();
        }),
        ("a", |out| {
            fs::remove_dir_all(out.join("a")).unwrap();
            fs::write(out.join("a"), "precious").unwrap();
        }),
        ("a/index.html", |out| {
            fs::remove_file(out.join("a/index.html")).unwrap();
            fs::create_dir_all(out.join("a/index.html/x")).unwrap();
        }),
    ];
    for (name, spoil) in spoilt {
        let place = tempfile::tempdir().unwrap();
        sync(&tree(&site), place.path()).unwrap();
        spoil(place.path());
        for wanted in [&site, &changed] {
            let error = sync(&tree(wanted), place.path()).unwrap_err();
            let named = matches!(&error, SyncError::Conflict(_, names) if *names == [name]);
            assert!(named, "{name}: {error}");
            assert_eq!(read(place.path(), "c.html").as_deref(), Some("1"), "nothing is touched");
        }
    }
}

/// A page becomes a folder and the other way round when sources are renamed: what is ours gives way.
#[test]
fn what_was_a_folder_of_ours_becomes_a_file_and_back() {
    let place = tempfile::tempdir().unwrap();
    let (folder, file) = (tree(&[("a/b/c.html", "1"), ("a/d.html", "1")]), tree(&[("a", "2")]));
    sync(&folder, place.path()).unwrap();
    let report = sync(&file, place.path()).unwrap();
    assert_eq!((report.written, report.removed), (1, 2));
    assert_eq!(read(place.path(), "a").as_deref(), Some("2"));
    sync(&folder, place.path()).unwrap();
    assert_eq!(read(place.path(), "a/b/c.html").as_deref(), Some("1"));

    fs::write(place.path().join("a/b/a-moi.txt"), "garde-moi").unwrap();
    let error = sync(&file, place.path()).unwrap_err();
    assert!(matches!(error, SyncError::Conflict(..)), "{error}");
    assert_eq!(files_below(place.path()).len(), 4);
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

/// A link is not what was written, even when it leads to the same bytes.
#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_page_is_replaced_and_what_it_leads_to_is_left_alone() {
    use std::os::unix::fs::symlink;

    let place = tempfile::tempdir().unwrap();
    let (out, elsewhere) = (place.path().join("output"), place.path().join("elsewhere.html"));
    let site = tree(&[("a.html", "1")]);
    sync(&site, &out).unwrap();
    fs::rename(out.join("a.html"), &elsewhere).unwrap();
    symlink(&elsewhere, out.join("a.html")).unwrap();
    assert_eq!(sync(&site, &out).unwrap().written, 1);
    assert!(!out.join("a.html").is_symlink());
    assert_eq!(read(place.path(), "elsewhere.html").as_deref(), Some("1"));

    symlink(&elsewhere, out.join("b.html")).unwrap();
    let error = sync(&tree(&[("a.html", "1"), ("b.html", "1")]), &out).unwrap_err();
    assert!(matches!(error, SyncError::Conflict(..)), "{error}");
}

/// What stands at the names that we keep for ourselves is not followed, waited for, nor left to block every run.
#[cfg(unix)]
#[test]
fn the_names_of_ours_taken_by_something_else() {
    use std::os::unix::fs::symlink;

    let place = tempfile::tempdir().unwrap();
    let (out, precious) = (place.path().join("output"), place.path().join("precious.txt"));
    fs::write(&precious, "x").unwrap();
    sync(&tree(&[("a.html", "1")]), &out).unwrap();
    let next = out.join(format!("{MANIFEST}-nouveau"));
    symlink(&precious, &next).unwrap();
    sync(&tree(&[("a.html", "2")]), &out).unwrap();
    assert_eq!(read(place.path(), "precious.txt").as_deref(), Some("x"));
    fs::write(out.join(".retex-tmp"), "x").unwrap();
    sync(&tree(&[("a.html", "3")]), &out).unwrap();
    assert_eq!(files_below(&out).len(), 2);

    fs::create_dir(&next).unwrap();
    let error = sync(&tree(&[("a.html", "4")]), &out).unwrap_err();
    assert!(error.to_string().contains("autre chose occupe sa place"), "{error}");
    fs::remove_dir(&next).unwrap();
    fs::remove_file(out.join(MANIFEST)).unwrap();
    let made = Command::new("mkfifo").arg(out.join(MANIFEST)).status();
    assert!(made.unwrap().success());
    let error = sync(&tree(&[("a.html", "4")]), &out).unwrap_err();
    assert!(matches!(error, SyncError::Damaged(..)), "{error}");

    symlink("nulle-part", place.path().join("lien")).unwrap();
    let error = sync(&tree(&[("a.html", "1")]), &place.path().join("lien")).unwrap_err();
    assert!(matches!(error, SyncError::NotAFolder(..)), "{error}");
}

/// Two commands at once, by two people or by a clock.
#[cfg(unix)]
#[test]
fn two_runs_do_not_write_in_one_folder() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("output");
    let site = tree(&[("a.html", "1")]);
    let first = Staging::open(&out, None).unwrap();
    first.put(&OutputPath::new("a.html"), b"0");
    for _ in 0..2 {
        let error = sync(&site, &out).unwrap_err();
        assert!(matches!(error, SyncError::Busy(..)), "{error}");
    }
    assert_eq!(first.publish().unwrap().written, 1, "what the first had made is not lost");
    assert_eq!(read(&out, "a.html").as_deref(), Some("0"));
    sync(&site, &out).unwrap();
    assert_eq!(read(&out, "a.html").as_deref(), Some("1"));
}

/// What a run killed half-way leaves: a temporary file, a folder still empty, some pages.
#[test]
fn the_next_run_repairs_what_a_kill_left() {
    let place = tempfile::tempdir().unwrap();
    let out = place.path();
    sync(&tree(&[("old/index.html", "0"), ("a.html", "1")]), out).unwrap();
    fs::create_dir(out.join("new")).unwrap();
    fs::create_dir(out.join(".retex-tmp")).unwrap();
    fs::write(out.join(".retex-tmp/7"), "half a pa").unwrap();
    sync(&tree(&[("a.html", "2"), ("new/index.html", "3")]), out).unwrap();
    let files: Vec<String> = files_below(out).iter().map(|f| f.display().to_string()).collect();
    assert_eq!(files, [MANIFEST, "a.html", "new/index.html"]);
}

/// The sources are those of the last build: what it left is looked at all the same.
#[test]
fn a_build_that_has_nothing_to_do_still_looks_at_the_folder() {
    let place = tempfile::tempdir().unwrap();
    let site = place.path();
    copy(&root().join("tests/base/content"), &site.join("content"));
    let build = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
        command.arg("build").current_dir(site).output().unwrap()
    };
    assert!(build().status.success());
    let out = site.join("output");
    let made = files(&out);

    fs::create_dir(out.join(".retex-tmp")).unwrap();
    fs::write(out.join(".retex-tmp/reste"), "half a pa").unwrap();
    let said = String::from_utf8(build().stdout).unwrap();
    assert!(said.contains("rien n’a changé"), "{said}");
    assert!(!out.join(".retex-tmp").exists(), "what a killed build left is swept");

    #[cfg(unix)]
    {
        let (folder, elsewhere) = (out.join("a-propos"), site.join("elsewhere"));
        fs::rename(&folder, &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &folder).unwrap();
        let refused = build();
        assert_eq!(refused.status.code(), Some(2));
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(
            said.contains("output") && !said.contains("./output") && said.contains("(a-propos)"),
            "{said}"
        );
        fs::remove_file(&folder).unwrap();
        assert!(build().status.success());
        assert!(files(&out) == made, "the next build repairs");
        assert!(elsewhere.join("index.html").exists());
    }
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
