//! What is built, and one pass over it: each program in turn, so that what slows the machine slows them all.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    Outcome, brut, corpus, dossier, hugo,
    mesure::{self, Mesure},
    said, texte,
};

/// The programs, and the folder where they work.
pub(crate) struct Bench {
    /// The `retex` command.
    pub(crate) retex: PathBuf,
    /// Hugo's binary, when it is measured.
    pub(crate) hugo: Option<PathBuf>,
    /// Where everything is written.
    pub(crate) root: PathBuf,
}

/// A corpus, and what the programs make of it: known before anything is measured.
pub(crate) struct Site {
    /// How many fiches.
    pub(crate) fiches: usize,
    /// Where the corpus is.
    corpus: PathBuf,
    /// What retex makes of it: the bytes that the raw cost writes.
    model: PathBuf,
    /// Files and bytes of the sources.
    pub(crate) sources: (usize, u64),
    /// Files and bytes that retex writes.
    pub(crate) written: (usize, u64),
    /// The same of Hugo, sources and output, and how its text compares.
    pub(crate) hugo: Option<HugoSite>,
    /// A number for the bytes of each file that retex writes.
    prints: BTreeMap<PathBuf, u64>,
}

/// The same site for Hugo.
pub(crate) struct HugoSite {
    folder: PathBuf,
    /// Files and bytes of its sources.
    pub(crate) sources: (usize, u64),
    /// Files and bytes that it writes.
    pub(crate) written: (usize, u64),
    /// By kind of page, whether its text is that of retex.
    pub(crate) texte: BTreeMap<&'static str, texte::Kind>,
}

/// What each program used.
pub(crate) struct Pass {
    pub(crate) raw: Mesure,
    pub(crate) cold: Mesure,
    pub(crate) same: Mesure,
    pub(crate) edit: Mesure,
    /// The files that the edit changed, and their bytes; each was seen to hold other bytes.
    pub(crate) changed: (usize, u64),
    pub(crate) hugo: Option<Mesure>,
}

impl Pass {
    /// The times of a pass, to see it go by.
    pub(crate) fn brief(&self) -> String {
        let all =
            [("raw", self.raw), ("cold", self.cold), ("no-op", self.same), ("edit", self.edit)];
        let hugo = self.hugo.map(|mesure| ("Hugo", mesure));
        let said = all.into_iter().chain(hugo);
        let said = said.map(|(name, m)| format!("{name} {:.2} s", m.wall.as_secs_f64()));
        said.collect::<Vec<_>>().join(", ")
    }
}

/// The `retex` command, built beside this one.
pub(crate) fn retex() -> Outcome<PathBuf> {
    let own = std::env::current_exe().map_err(|e| e.to_string())?;
    let built = own.parent().and_then(Path::parent).map(|profile| profile.join("retex"));
    built
        .filter(|path| path.is_file())
        .ok_or_else(|| "build retex first: benches/compare does".into())
}

/// Makes a corpus and what the programs make of it, once, outside of any measure.
pub(crate) fn prepare(bench: &Bench, fiches: usize) -> Outcome<Site> {
    let corpus = bench.root.join(format!("{fiches}"));
    corpus::generate(&corpus, fiches, 1, 1).map_err(said(&corpus))?;
    let model = bench.root.join(format!("{fiches}-modele"));
    build(bench, &corpus, &model)?;
    let files = dossier::files(&model)?;
    let mut site = Site {
        fiches,
        sources: dossier::weight(&dossier::files(&corpus)?),
        written: dossier::weight(&files),
        prints: dossier::prints(&model, &files)?,
        hugo: None,
        corpus,
        model,
    };
    if bench.hugo.is_some() {
        site.hugo = Some(prepare_hugo(bench, &site)?);
    }
    Ok(site)
}

fn prepare_hugo(bench: &Bench, site: &Site) -> Outcome<HugoSite> {
    let folder = bench.root.join(format!("{}-hugo", site.fiches));
    hugo::convert(&site.corpus, &site.model, &folder)?;
    let sources = dossier::weight(&dossier::files(&folder)?);
    let out = bench.root.join(format!("{}-hugo-modele", site.fiches));
    build_hugo(bench, &folder, &out)?;
    let written = dossier::weight(&dossier::files(&out)?);
    let texte = texte::compare(&site.model, &out)?;
    Ok(HugoSite { folder, sources, written, texte })
}

/// Every program once, each in a new folder, on a disk at rest. Nothing is removed before the end of the run:
/// for five minutes after files went, ext4 without a journal looks long for an inode that was not theirs
/// (`recently_deleted` in `fs/ext4/ialloc.c`), and new files cost it up to forty times more.
pub(crate) fn pass(bench: &Bench, site: &Site, n: usize) -> Outcome<Pass> {
    let out = |program: &str| bench.root.join(format!("{}-{program}-{n}", site.fiches));
    dossier::settle();
    let raw = mesure::again(brut::VERB, &[&site.corpus, &site.model, &out("brut")])?;
    dossier::settle();

    let hugo = out("hugo");
    let out = out("retex");
    let cold = build(bench, &site.corpus, &out)?;
    let built = dossier::files(&out)?;
    if dossier::weight(&built) != site.written {
        return Err("two cold builds did not write the same".into());
    }
    dossier::settle();
    let same = build(bench, &site.corpus, &out)?;
    let touched = dossier::touched(&built, &dossier::files(&out)?);
    if !touched.is_empty() {
        return Err(format!("a build of the same sources touched {touched:?}"));
    }
    let (edit, changed) = edited(bench, site, &out, n)?;
    dossier::settle();

    let mut pass = Pass { raw, cold, same, edit, changed, hugo: None };
    if let Some(theirs) = &site.hugo {
        pass.hugo = Some(build_hugo(bench, &theirs.folder, &hugo)?);
        dossier::settle();
    }
    Ok(pass)
}

/// A build after the fourth paragraph of one fiche has got a sentence more, and what it wrote.
fn edited(bench: &Bench, site: &Site, out: &Path, n: usize) -> Outcome<(Mesure, (usize, u64))> {
    let number = site.fiches / 2;
    let fiche = site.corpus.join(format!("content/syntheses/territoire-0/retex/fiche-{number}.md"));
    let before = fs::read_to_string(&fiche).map_err(said(&fiche))?;
    let mut parts: Vec<String> = before.split("\n\n").map(str::to_string).collect();
    // From the end, since a block of code may follow: the header, then five paragraphs.
    let header = parts.iter().position(|part| part.ends_with("+++")).unwrap_or_default();
    let fourth = parts.get_mut(header + 4).ok_or("a fiche without its fourth paragraph")?;
    fourth.push_str(&format!(" Une phrase de plus, la numéro {n}."));
    let files = dossier::files(out)?;
    fs::write(&fiche, parts.join("\n\n")).map_err(said(&fiche))?;
    dossier::settle();
    let mesure = build(bench, &site.corpus, out)?;
    fs::write(&fiche, before).map_err(said(&fiche))?;
    let mut after = dossier::files(out)?;
    let touched = dossier::touched(&files, &after);
    for name in &touched {
        if site.prints.get(name) == Some(&dossier::print(&out.join(name))?) {
            return Err(format!("{} was written again with the same bytes", name.display()));
        }
    }
    after.retain(|name, _| touched.contains(name));
    match dossier::weight(&after) {
        (0, _) => Err("the edit changed nothing".into()),
        weight => Ok((mesure, weight)),
    }
}

/// Builds a corpus with retex.
///
/// # Errors
/// When retex fails.
pub(crate) fn build(bench: &Bench, corpus: &Path, out: &Path) -> Outcome<Mesure> {
    mesure::program(corpus, &bench.retex, &["build", "--sortie", &out.to_string_lossy()])
}

fn build_hugo(bench: &Bench, source: &Path, out: &Path) -> Outcome<Mesure> {
    let program = bench.hugo.as_ref().ok_or("Hugo is not measured")?;
    let (source, out) = (source.to_string_lossy(), out.to_string_lossy());
    mesure::program(&bench.root, program, &hugo::arguments(&source, &out))
}
