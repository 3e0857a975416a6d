//! The second comparison: the default site of each program, from the same corpus.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    Outcome, corpus, dossier,
    mesure::{self, Mesure},
    passe::{self, Bench},
    said,
    simple::{self, VARIANTS, Variant},
};

/// A corpus, and what each program makes of it: known before anything is measured.
pub(crate) struct Site {
    /// How many fiches.
    pub(crate) fiches: usize,
    /// Where the corpus is.
    corpus: PathBuf,
    /// Where Hugo's site is.
    hugo: PathBuf,
    /// Files and bytes of the sources: of retex, of Hugo.
    pub(crate) sources: [(usize, u64); 2],
    /// What retex writes.
    pub(crate) retex: Written,
    /// What Hugo writes, in each of its variants.
    pub(crate) variants: Vec<Written>,
}

/// What a program wrote.
pub(crate) struct Written {
    /// Files and bytes.
    pub(crate) all: (usize, u64),
    /// Those of its feeds and of its site map.
    pub(crate) xml: (usize, u64),
    /// A number for the bytes of each file that is published.
    prints: BTreeMap<PathBuf, u64>,
}

/// What each program used.
pub(crate) struct Pass {
    pub(crate) retex: Mesure,
    /// By each variant of Hugo.
    pub(crate) variants: Vec<Mesure>,
}

impl Pass {
    /// The times of a pass, to see it go by.
    pub(crate) fn brief(&self) -> String {
        let hugo = VARIANTS.iter().map(|variant| variant.name).zip(&self.variants);
        let all = [("retex, cold", &self.retex)].into_iter().chain(hugo);
        let said = all.map(|(name, m)| format!("{name}: {:.2} s", m.wall.as_secs_f64()));
        said.collect::<Vec<_>>().join("; ")
    }
}

/// Makes a corpus and what the programs make of it, once, outside of any measure.
///
/// # Errors
/// When a program fails, or Hugo's site lacks something.
pub(crate) fn prepare(bench: &Bench, fiches: usize) -> Outcome<Site> {
    let place = |name: &str| bench.root.join(format!("{fiches}-{name}"));
    let (corpus, hugo) = (place("corpus"), place("hugo"));
    corpus::generate(&corpus, fiches, 1, 1).map_err(said(&corpus))?;
    let expected = simple::convert(&corpus, &hugo)?;
    let sources = [dossier::files(&corpus)?, dossier::files(&hugo)?];
    let sources = sources.map(|files| dossier::weight(&files));
    passe::build(bench, &corpus, &place("retex-modele"))?;
    let mut variants = Vec::new();
    for variant in &VARIANTS {
        let out = place(&format!("{}-modele", variant.slug));
        build(bench, variant, &hugo, &out)?;
        simple::check(&expected, variant, &out)
            .map_err(|error| format!("{}: {error}", variant.name))?;
        variants.push(written(&out)?);
    }
    Ok(Site { fiches, sources, retex: written(&place("retex-modele"))?, variants, corpus, hugo })
}

/// Every program once, each in a new folder, on a disk at rest; then fails unless each wrote what it had
/// written before.
///
/// # Errors
/// When a program fails, or writes something else.
pub(crate) fn pass(bench: &Bench, site: &Site, n: usize) -> Outcome<Pass> {
    let place = |name: &str| bench.root.join(format!("{}-{name}-{n}", site.fiches));
    dossier::settle();
    let retex = passe::build(bench, &site.corpus, &place("retex"))?;
    let mut variants = Vec::new();
    for variant in &VARIANTS {
        dossier::settle();
        variants.push(build(bench, variant, &site.hugo, &place(variant.slug))?);
    }
    let names = VARIANTS.iter().map(|variant| variant.slug);
    for (name, before) in names.zip(&site.variants).chain([("retex", &site.retex)]) {
        if written(&place(name))?.prints != before.prints {
            return Err(format!("{name}: two builds did not write the same"));
        }
    }
    Ok(Pass { retex, variants })
}

fn build(bench: &Bench, variant: &Variant, source: &Path, out: &Path) -> Outcome<Mesure> {
    let program = bench.hugo.as_ref().ok_or("Hugo is not measured")?;
    let (source, out) = (source.to_string_lossy(), out.to_string_lossy());
    mesure::program(&bench.root, program, &variant.arguments(&source, &out))
}

fn written(out: &Path) -> Outcome<Written> {
    let mut files = dossier::files(out)?;
    let all = dossier::weight(&files);
    // The manifest of retex holds the times of the files; no program publishes hidden files.
    files.retain(|name, _| !name.to_string_lossy().starts_with('.'));
    let prints = dossier::prints(out, &files)?;
    files.retain(|name, _| name.extension() == Some("xml".as_ref()));
    Ok(Written { all, xml: dossier::weight(&files), prints })
}
