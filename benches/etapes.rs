//! Each stage of a build by itself, on a generated site of 1,000 fiches made once.
//!
//! ```text
//! cargo bench --profile dist --bench etapes [-- FILTER]
//! ```
#![expect(clippy::disallowed_methods, reason = "a benchmark writes the site that it builds")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

mod corpus;

use std::sync::{
    LazyLock,
    atomic::{AtomicUsize, Ordering},
};

use divan::{Bencher, counter::ItemsCount};
use retex::{
    audit::Audit,
    build::{self, Memo, Options},
    disk,
    exports::search,
    markdown::{self, Glose, LinkBase},
    output::{Collector, OutputTree},
    pages::{self, Page, PageKind, Plan},
    parse, proof, rules,
    site::{self, Site},
    source::{OutputPaths, Snapshot},
    theme::{self, Theme, render::Renderer},
};
use tempfile::TempDir;

const FICHES: usize = 1_000;

/// Everything that a stage may need of the stages before it.
struct Built {
    folder: TempDir,
    snapshot: Snapshot,
    site: Site,
    theme: Theme,
    plan: Plan,
    tree: OutputTree,
}

static BUILT: LazyLock<Built> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    corpus::generate(folder.path(), FICHES, 1, 1).unwrap();
    let snapshot = disk::scan(folder.path()).unwrap();
    let files = Collector::default();
    let emit = |path, bytes| files.put(path, bytes);
    let options = Options::default();
    let built = build::build(&snapshot, &options, &mut Memo::default(), &emit, &mut |_| {});
    let (tree, site) = (files.into_tree(), built.site.unwrap());
    let theme = theme::resolve(&snapshot, &site.config, &mut Vec::new());
    let plan = pages::plan(&site, false, &mut Vec::new());
    Built { folder, snapshot, site, theme, plan, tree }
});

fn main() {
    // Made before the clock runs.
    LazyLock::force(&BUILT);
    divan::main();
}

#[divan::bench]
fn scan(bencher: Bencher) {
    bencher.counter(ItemsCount::new(FICHES)).bench(|| disk::scan(BUILT.folder.path()));
}

#[divan::bench]
fn parse(bencher: Bencher) {
    let all = ItemsCount::new(FICHES);
    bencher.counter(all).bench(|| parse::content(&BUILT.snapshot, None, &mut Vec::new()));
}

#[divan::bench]
fn assemble(bencher: Bencher) {
    bencher
        .counter(ItemsCount::new(FICHES))
        .with_inputs(|| parse::content(&BUILT.snapshot, None, &mut Vec::new()))
        .bench_values(|parsed| site::assemble(parsed, &BUILT.snapshot, &mut Vec::new()));
}

#[divan::bench]
fn prove(bencher: Bencher) {
    bencher
        .counter(ItemsCount::new(FICHES))
        .bench(|| proof::of_source(&BUILT.site, &mut Vec::new()));
}

#[divan::bench]
fn judge(bencher: Bencher) {
    bencher
        .counter(ItemsCount::new(FICHES))
        .bench(|| rules::judge(&BUILT.site, &BUILT.snapshot, &mut Vec::new()));
}

#[divan::bench]
fn plan(bencher: Bencher) {
    let all = ItemsCount::new(FICHES);
    bencher.counter(all).bench(|| pages::plan(&BUILT.site, false, &mut Vec::new()));
}

#[divan::bench]
fn markdown_of_a_fiche(bencher: Bencher) {
    let page = page(|kind| matches!(kind, PageKind::Fiche(..)));
    let PageKind::Fiche(a, f) = page.kind else { return };
    let fiche = &BUILT.site.ateliers[a].fiches[f];
    bencher.bench(|| {
        let place = LinkBase { site: &BUILT.site, page: &page.path, parmi: "" };
        markdown::corps(&fiche.corps, place, &mut Glose::new(&BUILT.site.glossaire))
    });
}

/// The view of a page, then its bytes.
#[divan::bench(args = ["fiche", "list", "table"])]
fn page_made(bencher: Bencher, kind: &str) {
    let page = page(|found| match found {
        PageKind::Fiche(..) => kind == "fiche",
        PageKind::Liste { .. } => kind == "list",
        PageKind::Tableau(..) => kind == "table",
        _ => false,
    });
    let renderer = Renderer::new(&BUILT.theme, &mut Vec::new()).unwrap();
    bencher.bench(|| {
        let view = pages::view(page, &BUILT.plan, &BUILT.site);
        renderer.page(&view)
    });
}

#[divan::bench]
fn search_index(bencher: Bencher) {
    bencher.counter(ItemsCount::new(FICHES)).bench(|| {
        let tree = Collector::default();
        search::index(&BUILT.site, &BUILT.plan, &|path, bytes| tree.put(path, bytes));
        tree
    });
}

#[divan::bench]
fn audit_of_all_pages(bencher: Bencher) {
    let pages = ItemsCount::new(BUILT.tree.page_count());
    let files: OutputPaths = BUILT.tree.iter().map(|(path, _)| path.clone()).collect();
    bencher.counter(pages).bench(|| {
        let audit = Audit::new(&BUILT.site, &files, false);
        let pages = BUILT.tree.pages();
        let read = pages.map(|(path, html)| (path, audit.read(path, html.as_bytes()))).collect();
        audit.conclude(read, &mut Vec::new());
    });
}

/// What it writes stays until the end: removing many files can slow the next ones (see `README.md`).
#[divan::bench(sample_count = 10, sample_size = 1)]
fn sync_to_a_new_folder(bencher: Bencher) {
    let place = tempfile::tempdir().unwrap();
    let made = AtomicUsize::new(0);
    bencher
        .counter(ItemsCount::new(BUILT.tree.len()))
        .with_inputs(|| place.path().join(made.fetch_add(1, Ordering::Relaxed).to_string()))
        .bench_values(|out| disk::sync(&BUILT.tree, &out).unwrap());
}

#[divan::bench]
fn sync_without_a_change(bencher: Bencher) {
    let out = tempfile::tempdir().unwrap();
    disk::sync(&BUILT.tree, out.path()).unwrap();
    let files = ItemsCount::new(BUILT.tree.len());
    bencher.counter(files).bench(|| disk::sync(&BUILT.tree, out.path()).unwrap());
}

/// The first page of a kind.
fn page(is_it: impl Fn(&PageKind) -> bool) -> &'static Page {
    BUILT.plan.pages.iter().find(|page| is_it(&page.kind)).unwrap()
}
