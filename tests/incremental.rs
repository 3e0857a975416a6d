//! A build that uses what an earlier one made, in memory or on the disk, equals a new one byte for byte, after any
//! edit script.

use std::{collections::BTreeMap, fs, path::Path};

use retex::{
    build::{self, Memo, Options, Report},
    disk::{self, Staging},
    output::Octets,
    source::{OutputPath, Snapshot},
};

use crate::support::{Random, base, build, build_with, edit, files_below, published, set, text};

/// One seeded edit of a site. Some break it: what is said must be the same too.
fn change(snapshot: &mut Snapshot, random: &mut Random) {
    let files: Vec<String> = snapshot.files.keys().map(ToString::to_string).collect();
    let of = |end: &str| -> Vec<&String> { files.iter().filter(|f| f.ends_with(end)).collect() };
    let path = match random.below(8) {
        // Add a fiche.
        0 => {
            let n = random.below(1000);
            let synthese = files.iter().find_map(|f| f.split_once("/synthese.toml"));
            let Some((folder, _)) = synthese else { return };
            let fiche = format!(
                "+++\ntitre = \"Essai {n}\"\nthematique = \"egal-acces\"\nmots_cles = [\"m{}\"]\n+++\nTexte {n}.\n",
                n % 7
            );
            return set(snapshot, &format!("{folder}/retex/essai-x{n}.md"), &fiche);
        }
        // Remove a file.
        1 => {
            if files.is_empty() {
                return;
            }
            let path = random.pick(&files).clone();
            snapshot.files.remove(path.as_str());
            return;
        }
        // Override a style or a template, or stop.
        2 => {
            let css = format!("body {{ margin: {}px }}", random.below(5));
            return set(snapshot, "themes/local/static/style.css", &css);
        }
        3 => {
            let text = "{% extends \"defaut/texte.html\" %}";
            return set(snapshot, "themes/local/templates/texte.html", text);
        }
        kind => {
            let end = ["glossaire.toml", "site.toml", ".toml", ".md"][kind - 4];
            let candidates = of(end);
            if candidates.is_empty() {
                return;
            }
            (*random.pick(&candidates)).clone()
        }
    };
    let old = text(snapshot, &path).to_string();
    let words: Vec<&str> = old.split_inclusive(' ').collect();
    if words.len() < 2 {
        return;
    }
    let at = random.below(words.len());
    let mut new: Vec<String> = words.iter().map(|w| (*w).to_string()).collect();
    match random.below(3) {
        0 => new[at] = "autre ".into(),
        1 => drop(new.remove(at)),
        _ => new.insert(at, "encore ".into()),
    }
    set(snapshot, &path, &new.concat());
}

fn warm_equals_cold(start: &Snapshot, seed: u64, steps: usize) {
    let mut random = Random::new(seed);
    let mut memo = Memo::warm();
    let mut snapshot = start.clone();
    for step in 0..steps {
        let warm = build_with(&snapshot, &Options::default(), &mut memo);
        let cold = build(&snapshot);
        assert_eq!(warm.diagnostics, cold.diagnostics, "seed {seed}, step {step}");
        assert!(warm.tree == cold.tree, "seed {seed}, step {step}: trees differ");
        // A site that has no site.toml any more teaches nothing: begin again.
        if cold.site.is_none() {
            snapshot = start.clone();
        }
        change(&mut snapshot, &mut random);
    }
}

#[test]
fn warm_equals_cold_on_a_small_site() {
    for seed in 1..=12 {
        warm_equals_cold(&base(), seed, 25);
    }
}

#[test]
fn warm_equals_cold_on_the_published_site() {
    let mut start = published();
    // The theme on disk is the embedded one: without it a step is the same and lighter.
    start.files.retain(|path, _| path.as_str().starts_with("content/"));
    warm_equals_cold(&start, 7, 12);
}

#[test]
fn an_equal_view_is_not_rendered_again() {
    let mut memo = Memo::warm();
    let snapshot = base();
    let first = build_with(&snapshot, &Options::default(), &mut memo);
    assert!(!memo.pages.is_empty());
    let second = build_with(&snapshot, &Options::default(), &mut memo);
    for path in memo.pages.keys() {
        let [first, second] = [&first, &second].map(|built| built.tree.get(path).unwrap());
        assert!(Octets::ptr_eq(first, second), "{path} was made again");
    }
    let mut none = Memo::default();
    build_with(&snapshot, &Options::default(), &mut none);
    assert_eq!(none.pages.len(), 0, "a single build stores nothing");
}

/// Builds into a folder, as the command does.
fn build_into(out: &Path, snapshot: &Snapshot) -> Report {
    let folder = Staging::open(out, disk::inputs(snapshot, None)).unwrap();
    let emit = |path: OutputPath, bytes: Octets| folder.put(&path, &bytes);
    let options = Options::default();
    let report = build::build(snapshot, &options, &mut Memo::default(), &emit, &mut |_| {});
    if !report.has_errors() {
        folder.publish().unwrap();
    }
    report
}

fn assert_is_the_site(out: &Path, snapshot: &Snapshot, said: &Report, when: &str) {
    let cold = build(snapshot);
    assert_eq!(said.diagnostics, cold.diagnostics, "{when}");
    if said.has_errors() {
        return;
    }
    let names = files_below(out).into_iter().map(|name| name.display().to_string());
    let names = names.filter(|name| !name.starts_with('.'));
    let there: BTreeMap<String, Vec<u8>> =
        names.map(|name| (name.clone(), fs::read(out.join(name)).unwrap())).collect();
    let expected: BTreeMap<String, Vec<u8>> =
        cold.tree.iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
    assert!(there == expected, "{when}: the folder is not the site");
}

#[test]
fn a_build_over_an_earlier_one_equals_a_new_one() {
    for seed in 1..=3 {
        let place = tempfile::tempdir().unwrap();
        let (mut random, mut snapshot) = (Random::new(seed), base());
        for step in 0..16 {
            let said = build_into(place.path(), &snapshot);
            let when = format!("seed {seed}, step {step}");
            assert_is_the_site(place.path(), &snapshot, &said, &when);
            if said.site.is_none() {
                snapshot = base();
            }
            change(&mut snapshot, &mut random);
        }
    }
}

/// One word of one fiche: the files that do not show it are not written again.
#[test]
fn only_what_differs_is_written() {
    let place = tempfile::tempdir().unwrap();
    let mut snapshot = base();
    build_into(place.path(), &snapshot);
    let times = || -> BTreeMap<_, _> {
        let files = files_below(place.path()).into_iter();
        files
            .map(|f| (f.clone(), fs::metadata(place.path().join(f)).unwrap().modified().unwrap()))
            .collect()
    };
    let before = times();
    edit(
        &mut snapshot,
        "content/syntheses/essai-2021/retex/radio.md",
        "ajoutée après",
        "écrite après",
    );
    let said = build_into(place.path(), &snapshot);
    assert_is_the_site(place.path(), &snapshot, &said, "a word");
    let after = times();
    let same = before.iter().filter(|(path, time)| after.get(*path) == Some(time)).count();
    assert!(same > before.len() / 2 && same < before.len(), "{same} of {}", before.len());
}
