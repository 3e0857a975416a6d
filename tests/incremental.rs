//! A warm build equals a cold one, byte for byte, after any edit script.

use retex::{
    engine::{self, Memo, Options},
    source::Snapshot,
};

use crate::support::{Random, base, build, published, set, text};

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
        let warm = engine::build(&snapshot, &Options::default(), &mut memo);
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
    engine::build(&snapshot, &Options::default(), &mut memo);
    assert!(!memo.is_empty());
    let mut none = Memo::none();
    engine::build(&snapshot, &Options::default(), &mut none);
    assert!(none.is_empty(), "a single build stores nothing");
}
