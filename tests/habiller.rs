//! `retex theme`: what a publisher begins with, and what it leaves alone.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::support::{copy, files_below, root};

fn retex(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
    command.args(args).current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command.output().unwrap()
}

fn words(output: &Output) -> String {
    let said = [&output.stdout, &output.stderr].map(|s| String::from_utf8_lossy(s).into_owned());
    said.concat().replace(['\u{a0}', '\u{202f}'], " ")
}

fn small_site() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base/content"), &place.path().join("content"));
    place
}

/// Each file of the theme is listed, with a sentence.
#[test]
fn every_file_of_the_theme_is_listed() {
    let place = tempfile::tempdir().unwrap();
    let output = retex(place.path(), &["theme"]);
    let said = words(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let mut listed = 0;
    for file in files_below(&root().join("themes/defaut")) {
        let Some((_, name)) = file.to_str().unwrap().split_once('/') else { continue };
        let line = said.lines().find(|l| l.split_whitespace().next() == Some(name));
        let line = line.unwrap_or_else(|| panic!("{name}: {said}"));
        assert!(line.ends_with('.') && line.split_whitespace().count() > 2, "{line}");
        listed += 1;
    }
    assert!(listed > 60, "{listed}");
    assert!(files_below(place.path()).is_empty());
}

/// A copy of all is the site as it was: the models are whole, and the colours of the charter those of the theme.
#[test]
fn copied_files_change_nothing() {
    let place = small_site();
    let tree = |name: &str| {
        let output = retex(place.path(), &["build", "--sortie", name]);
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        let out = place.path().join(name);
        files_below(&out)
            .into_iter()
            .filter(|file| file.extension().is_some_and(|e| e == "html" || e == "css"))
            .map(|file| (file.clone(), fs::read_to_string(out.join(file)).unwrap()))
            .collect::<Vec<_>>()
    };
    let before = tree("avant");
    let listed = words(&retex(place.path(), &["theme"]));
    let lines = listed.lines().filter(|l| l.starts_with("  "));
    let names: Vec<&str> = lines.map(|l| l.split_whitespace().next().unwrap()).collect();
    let kept: Vec<&str> = names.into_iter().filter(|name| *name != "charte.css").collect();
    let output = retex(place.path(), &[&["theme"], &kept[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    // Its own weight is what a page says of eco-design.
    let same = |tree: &[(std::path::PathBuf, String)]| -> BTreeSet<String> {
        tree.iter().map(|(path, text)| format!("{}\n{text}", path.display())).collect()
    };
    assert!(same(&before) == same(&tree("après")));

    let output = retex(place.path(), &["theme", "charte"]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let charte = fs::read_to_string(place.path().join("themes/local/static/charte.css")).unwrap();
    let style = fs::read_to_string(root().join("themes/defaut/static/style.css")).unwrap();
    let colours: Vec<&str> =
        charte.lines().map(str::trim).filter(|l| l.starts_with("--")).collect();
    assert!(colours.len() > 30, "{colours:?}");
    assert!(colours.iter().all(|colour| style.contains(colour)), "{colours:?}");
    let names = |block: &str| -> BTreeSet<String> {
        let lines = block.lines().filter_map(|l| l.trim().strip_prefix("--")?.split(':').next());
        lines.map(String::from).collect()
    };
    let (light, dark) = charte.split_once("@media").unwrap();
    assert_eq!(names(light), names(dark));
    assert_eq!(retex(place.path(), &["check"]).status.code(), Some(0));
}

/// Nothing is replaced, nothing is half done, and a wrong name is told.
#[test]
fn nothing_is_replaced() {
    let place = small_site();
    let mine = place.path().join("themes/local/templates/partials/entete.html");
    fs::create_dir_all(mine.parent().unwrap()).unwrap();
    fs::write(&mine, "le mien").unwrap();
    let before = files_below(place.path());
    for (names, expected) in [
        (&["pied", "entete"][..], "existe déjà"),
        (&["pied", "entet.html"], "le plus proche est « entete.html »"),
        (&["liste"], "« liste.js » et « liste.html »"),
        (&["../../content/site.toml"], "n’a pas de fichier"),
    ] {
        let output = retex(place.path(), &[&["theme"], names].concat());
        let said = words(&output);
        assert!(output.status.code() == Some(2) && said.contains(expected), "{names:?}: {said}");
        assert_eq!(files_below(place.path()), before, "{names:?}");
    }
    assert_eq!(fs::read_to_string(&mine).unwrap(), "le mien");
    let nowhere = tempfile::tempdir().unwrap();
    let output = retex(nowhere.path(), &["theme", "entete"]);
    assert!(output.status.code() == Some(2) && words(&output).contains("content"));
}
