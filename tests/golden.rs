//! `tests/golden/<case>/`: a whole site and the whole tree it must give. Each case has a tiny theme of
//! its own, so that the expected files change only when the data does. A stale expected file fails.

use std::{fs, path::Path};

use retex::disk;

use crate::support::{assert_clean, build, expect_file, files_below, root, updating};

fn run(case: &Path) {
    let snapshot = disk::scan(case).unwrap();
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let expected = case.join("attendu");
    for (path, bytes) in built.tree.iter() {
        // What the tiny theme leaves to the one below it is expected there.
        let ours =
            !expected.join(path.as_str()).exists() && is_of_the_default_theme(path.as_str(), bytes);
        if ours {
            continue;
        }
        expect_file(&expected.join(path.as_str()), &String::from_utf8_lossy(bytes));
    }
    for file in if expected.exists() { files_below(&expected) } else { Vec::new() } {
        let published = built.tree.iter().any(|(p, _)| Path::new(p.as_str()) == file);
        if !published && updating() {
            fs::remove_file(expected.join(&file)).unwrap();
        } else {
            assert!(published, "{}: stale expected file", file.display());
        }
    }
}

fn is_of_the_default_theme(path: &str, bytes: &[u8]) -> bool {
    let name = path.strip_prefix("assets/");
    let below = name.map(|name| root().join("themes/defaut/static").join(name));
    below.is_some_and(|file| fs::read(file).is_ok_and(|there| there == bytes))
}

#[test]
fn cases() {
    let mut count = 0;
    for entry in fs::read_dir(root().join("tests/golden")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += 1;
            run(&path);
        }
    }
    assert!(count > 0);
}
