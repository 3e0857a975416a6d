//! A build that uses what an earlier one made, in memory or on the disk, equals a new one byte for byte, after any
//! edit script.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use retex::{
    engine::{self, Memo, Options, Reading, Report},
    mesure::Pesee,
    output::{Label, Sink},
    source::{OutputPath, Snapshot},
    sys::{self, Staging},
};

use crate::support::{Random, base, build, edit, files_below, published, set, text};

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

/// A change that comes while the whole site is made, then proves to be none, lets the same reading be made again.
#[test]
fn a_build_that_was_given_up_is_made_whole_afterwards() {
    let (snapshot, options) = (base(), Options::default());
    let cold = build(&snapshot);
    for asked in 0..12 {
        let mut memo = Memo::warm();
        let mut reading = Reading::again(&snapshot, &options, &mut memo);
        let said = reading.diagnostics().to_vec();
        let read = reading.on_demand(&mut memo).unwrap();
        let again = || Reading::resume(&read, &snapshot, &options, said.clone());
        let times = AtomicUsize::new(0);
        let stop = || times.fetch_add(1, Ordering::Relaxed) >= asked;
        assert!(again().build_unless(&mut memo, &stop).is_none(), "asked {asked} times");
        let (tree, diagnostics) = again().build_unless(&mut memo, &|| false).unwrap();
        assert_eq!(diagnostics, cold.diagnostics, "given up when asked {asked} times");
        assert!(tree == cold.tree, "given up when asked {asked} times");
    }
}

/// A folder that counts the pages which are made and those which stay.
struct Counted {
    folder: Staging,
    made: AtomicUsize,
    kept: AtomicUsize,
}

impl Sink for Counted {
    fn put(&self, path: &OutputPath, bytes: Bytes) {
        self.folder.put(path, bytes);
    }

    fn put_page(&self, path: &OutputPath, bytes: Bytes, label: Label) {
        self.made.fetch_add(1, Ordering::Relaxed);
        self.folder.put_page(path, bytes, label);
    }

    fn keep(&self, path: &OutputPath, made_from: u128) -> Option<Pesee> {
        let kept = self.folder.keep(path, made_from);
        self.kept.fetch_add(usize::from(kept.is_some()), Ordering::Relaxed);
        kept
    }

    fn left(&self) -> Vec<OutputPath> {
        self.folder.left()
    }

    fn bytes_left(&self, path: &OutputPath) -> Option<Vec<u8>> {
        self.folder.bytes_left(path)
    }
}

/// Builds into a folder, as the command does; gives what is said, and how many of the pages that may stay were
/// made and how many stayed.
fn build_into(out: &Path, snapshot: &Snapshot) -> (Report, usize, usize) {
    let options = Options::default();
    let reading = Reading::of(snapshot, &options, &mut |_| {});
    let folder = Staging::open(out, sys::inputs(snapshot, None)).unwrap();
    let counted = Counted { folder, made: AtomicUsize::new(0), kept: AtomicUsize::new(0) };
    let report = reading.make(&mut Memo::none(), &counted, &mut |_| {});
    if !report.has_errors() {
        counted.folder.publish().unwrap();
    }
    (report, counted.made.into_inner(), counted.kept.into_inner())
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
            let (said, ..) = build_into(place.path(), &snapshot);
            let when = format!("seed {seed}, step {step}");
            assert_is_the_site(place.path(), &snapshot, &said, &when);
            if said.site.is_none() {
                snapshot = base();
            }
            change(&mut snapshot, &mut random);
        }
    }
}

const FICHE: &str = "content/syntheses/essai-2021/retex/radio.md";

#[test]
fn a_page_whose_sources_are_equal_stays_as_it_was_left() {
    let place = tempfile::tempdir().unwrap();
    let mut snapshot = base();
    let (_, all, kept) = build_into(place.path(), &snapshot);
    assert_eq!(kept, 0, "a new folder has nothing to keep");

    // A word of the text is on the page of the fiche, and on the few that show its card.
    edit(&mut snapshot, FICHE, "ajoutée après", "écrite après");
    let (said, made, kept) = build_into(place.path(), &snapshot);
    assert_is_the_site(place.path(), &snapshot, &said, "a word");
    assert!(made > 0 && kept > made && made + kept == all, "{made} made, {kept} kept of {all}");

    // Altered by somebody, a page is made again; what it held is not known, and all are looked at.
    let page = place.path().join("contact/index.html");
    fs::write(&page, "x").unwrap();
    let (said, made, _) = build_into(place.path(), &snapshot);
    assert_is_the_site(place.path(), &snapshot, &said, "an altered page");
    assert_eq!(made, all);

    // Another template makes every page again.
    set(
        &mut snapshot,
        "themes/local/templates/contact.html",
        "{% extends \"defaut/contact.html\" %}",
    );
    let (said, made, kept) = build_into(place.path(), &snapshot);
    assert_is_the_site(place.path(), &snapshot, &said, "a template");
    assert_eq!((made, kept), (all, 0));
}

/// A link of the page that stays is dead when its anchor goes from the page that is made.
#[test]
fn a_page_does_not_stay_when_an_anchor_it_may_lead_to_goes() {
    let place = tempfile::tempdir().unwrap();
    let mut snapshot = base();
    let gabarit = |id: &str| {
        format!(
            "{{% extends \"defaut/fiche.html\" %}}{{% block tete %}}<meta name=\"essai\" id=\"{id}\">{{% endblock tete %}}"
        )
    };
    set(
        &mut snapshot,
        "themes/local/templates/fiche.html",
        &gabarit("essai-{{ vue.titre | length }}"),
    );
    let (said, all, _) = build_into(place.path(), &snapshot);
    assert!(!said.has_errors(), "{:?}", said.diagnostics);
    // The title changes its length, so that the page loses an id.
    edit(&mut snapshot, FICHE, "Une radio d'école", "Une radio dans notre école");
    let (said, made, _) = build_into(place.path(), &snapshot);
    assert_is_the_site(place.path(), &snapshot, &said, "an anchor lost");
    assert_eq!(made, all, "no page stays without being looked at");
}
