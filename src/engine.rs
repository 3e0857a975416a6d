//! The pipeline. Read this first: a build is its stages, one after the other.

mod maker;
mod on_demand;

use std::{collections::BTreeMap, sync::Arc};

use bytes::Bytes;
use maker::{Kept, Made, make_pages};
pub use on_demand::{OnDemand, Taken};

use rayon::prelude::*;

use crate::{
    data,
    diag::{self, Code, Diagnostic, Place, Severity},
    export, fr, images, markdown,
    model::{Corps, PageOfficielle},
    output::{Collector, OutputTree, Recorder, Sink},
    pages::{self, Plan},
    parse::{self, Lectures},
    render::Renderer,
    search,
    site::{self, Site, officielles},
    source::{OutputPath, Passage, SitePath, Snapshot, Spanned},
    theme::{self, Theme},
};

/// What a build yields. The tree may be published only when no diagnostic is an error.
#[derive(Debug)]
pub struct Build {
    /// The finished files.
    pub tree: OutputTree,
    /// The graph; `None` when there was too little to build it from.
    pub site: Option<Site>,
    /// Everything there is to say, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// What there is to say of a site.
#[derive(Debug)]
pub struct Report {
    /// The graph; `None` when there was too little to build it from.
    pub site: Option<Site>,
    /// Everything there is to say, sorted.
    pub diagnostics: Vec<Diagnostic>,
    _done: Done,
}

/// What a build is done with, thousands of small things. While one thread lets go of them, another that asks for memory
/// does the accounts of both, which took 1 % of a build: they stay until the report goes, or is forgotten with them by
/// a program that ends.
#[derive(Debug, Default)]
struct Done {
    _theme_and_plan: Option<(Theme, Plan)>,
}

impl Build {
    /// Whether something forbids publishing.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }
}

impl Report {
    /// Whether something forbids publishing.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }
}

/// Whether something forbids publishing.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Erreur)
}

/// Choices of the command line that change what is built.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Takes the place of `url` in `site.toml`.
    pub url: Option<url::Url>,
    /// Warnings become errors.
    pub strict: bool,
}

/// What earlier builds read and made, kept to be used again when its inputs are equal: a file of the same bytes
/// says the same, a page whose view and theme are equal has the same bytes. Never keyed by time or by event.
#[derive(Debug, Default)]
pub struct Memo {
    keep: bool,
    read: parse::Memo,
    theme: Option<Theme>,
    renderer: Option<Arc<Renderer>>,
    pages: BTreeMap<OutputPath, Kept>,
}

impl Memo {
    /// For a single build: stores nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// For builds one after the other.
    pub fn warm() -> Self {
        Self { keep: true, ..Self::default() }
    }

    /// The templates of a theme, loaded: those of the last build when its theme is equal, else the pages that
    /// they made are forgotten with them.
    fn renderer(&mut self, theme: &Theme, diags: &mut Vec<Diagnostic>) -> Option<Arc<Renderer>> {
        if self.theme.as_ref() == Some(theme) && self.renderer.is_some() {
            return self.renderer.clone();
        }
        let renderer = Renderer::new(theme, diags).map(Arc::new);
        self.pages = BTreeMap::new();
        self.theme = self.keep.then(|| theme.clone());
        self.renderer = renderer.clone().filter(|_| self.keep);
        renderer
    }

    /// How many pages are kept.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }
}

/// A stage of a build, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Bytes → model.
    Parse,
    /// Model → graph, with its proof of fidelity.
    Assemble,
    /// Which pages exist, and what only the Markdown renderer can refuse.
    Plan,
    /// Files that are not pages: the search index, the data, the theme's and the images.
    Files,
    /// Pages → views → bytes, each read by the audit.
    Render,
}

/// Builds the whole site in memory. Pure: same snapshot and options, same result, whatever `memo` holds.
pub fn build(snapshot: &Snapshot, options: &Options, memo: &mut Memo) -> Build {
    let tree = Collector::default();
    let reading = Reading::again(snapshot, options, memo);
    let Report { site, diagnostics, .. } = reading.make(memo, &tree, &mut |_| {});
    Build { tree: tree.into_tree(), site, diagnostics }
}

/// Builds the whole site for what there is to say of it: its files are made, read, and forgotten.
pub fn check(snapshot: &Snapshot, options: &Options) -> Report {
    Reading::of(snapshot, options, &mut |_| {}).make(&mut Memo::none(), &(), &mut |_| {})
}

/// The first half of a build: all that the sources say, before any page is made. Nearly all there is to say
/// of a content is known by then, and which pages there will be.
#[derive(Debug)]
pub struct Reading<'s> {
    snapshot: &'s Snapshot,
    options: &'s Options,
    known: Option<Arc<Known>>,
    /// Files that are not read as they are written: there is something to say of each, which is an error.
    lectures: Lectures,
    diagnostics: Vec<Diagnostic>,
}

/// What pages are made from.
#[derive(Clone, Debug)]
struct Known {
    site: Site,
    theme: Theme,
    plan: Plan,
}

impl<'s> Reading<'s> {
    /// Reads the sources; says each stage as it begins: the clock is the caller's.
    pub fn of(snapshot: &'s Snapshot, options: &'s Options, begins: &mut dyn FnMut(Stage)) -> Self {
        Self::with(snapshot, options, &mut Memo::none(), begins)
    }

    /// As [`of`](Self::of), with what `memo` has kept of earlier readings.
    pub fn again(snapshot: &'s Snapshot, options: &'s Options, memo: &mut Memo) -> Self {
        Self::with(snapshot, options, memo, &mut |_| {})
    }

    fn with(
        snapshot: &'s Snapshot,
        options: &'s Options,
        memo: &mut Memo,
        begins: &mut dyn FnMut(Stage),
    ) -> Self {
        let mut diags = Vec::new();
        begins(Stage::Parse);
        let mut parsed = parse::content(snapshot, memo.keep.then_some(&mut memo.read), &mut diags);
        begins(Stage::Assemble);
        let lectures = std::mem::take(&mut parsed.lectures);
        let told = diags.len();
        let site = site::assemble(parsed, &lectures.snapshot(snapshot), &mut diags);
        let known = site.map(|site| with_options(site, options)).map(|site| {
            begins(Stage::Plan);
            let theme = theme::resolve(snapshot, &site.config, &mut diags);
            let charte = theme.statics().contains_key(theme::CHARTE);
            let planned = || pages::plan(&site, charte, &mut diags);
            let (plan, of_texts) = rayon::join(planned, || check_texts(&site));
            diags.extend(of_texts);
            check_settings(&site, &mut diags);
            Arc::new(Known { site, theme, plan })
        });
        lectures.said(&mut diags[told..]);
        Self { snapshot, options, known, lectures, diagnostics: diags }
    }

    /// As it was when `read` was made of it, which gave `diagnostics` to say: nothing is read again.
    pub fn resume(
        read: &OnDemand,
        snapshot: &'s Snapshot,
        options: &'s Options,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        let known = Some(Arc::clone(&read.known));
        // Nothing that can be shown has such files.
        Self { snapshot, options, known, lectures: Lectures::default(), diagnostics }
    }

    /// The public address of the site.
    pub fn url(&self) -> Option<url::Url> {
        self.known.as_ref()?.site.config.url.clone()
    }

    /// Whether something forbids publishing already.
    pub fn has_errors(&self) -> bool {
        let strict = |d: &Diagnostic| self.options.strict && d.severity == Severity::Avertissement;
        has_errors(&self.diagnostics) || self.diagnostics.iter().any(strict)
    }

    /// Only what the sources give to say, when the files are there already.
    pub fn only(mut self) -> Report {
        finish(&mut self.diagnostics, self.options);
        report(self.known, self.diagnostics)
    }

    /// What the sources give to say, sorted.
    pub fn diagnostics(&mut self) -> &[Diagnostic] {
        finish(&mut self.diagnostics, self.options);
        &self.diagnostics
    }

    /// The pages, each to be made when it is asked for; `None` when there is none to be shown.
    pub fn on_demand(&self, memo: &mut Memo) -> Option<OnDemand> {
        let known = self.known.as_ref().filter(|_| !self.has_errors())?;
        let renderer = memo.renderer(&known.theme, &mut Vec::new())?;
        Some(OnDemand::new(Arc::clone(known), renderer, self.snapshot))
    }

    /// The second half: makes every file and gives it to `sink` at once, in no order. Gives the graph and
    /// everything there is to say, sorted: what `sink` took may be published only when none is an error.
    pub fn make(
        mut self,
        memo: &mut Memo,
        sink: &dyn Sink,
        begins: &mut dyn FnMut(Stage),
    ) -> Report {
        self.work(memo, sink, begins, &|| false);
        report(self.known, self.diagnostics)
    }

    /// Makes the whole site in memory, and gives up as soon as `stop` says so: then `None`, and `memo` has kept
    /// what was done. Gives the files and everything there is to say.
    pub fn build_unless(
        mut self,
        memo: &mut Memo,
        stop: &Stop<'_>,
    ) -> Option<(OutputTree, Vec<Diagnostic>)> {
        let tree = Collector::default();
        let done = self.work(memo, &tree, &mut |_| {}, stop);
        done.then(|| (tree.into_tree(), self.diagnostics))
    }

    /// Whether it came to its end.
    fn work(
        &mut self,
        memo: &mut Memo,
        sink: &dyn Sink,
        begins: &mut dyn FnMut(Stage),
        stop: &Stop<'_>,
    ) -> bool {
        if let Some(known) = self.known.clone() {
            begins(Stage::Files);
            let recorder = Recorder::new(sink);
            let others = || {
                files(&known, self.snapshot, &recorder);
                data::files(&known.site, &recorder)
            };
            let index = || search::index(&known.site, &known.plan, &recorder);
            let (donnees, ()) = rayon::join(others, index);
            if stop() {
                return false;
            }
            begins(Stage::Render);
            let made = Made { files: recorder.into_files(), donnees };
            let site = (&*known, self.snapshot);
            let told = self.diagnostics.len();
            let done = make_pages(site, made, memo, (sink, stop), &mut self.diagnostics);
            self.lectures.said(&mut self.diagnostics[told..]);
            if !done {
                return false;
            }
        }
        finish(&mut self.diagnostics, self.options);
        true
    }
}

/// Whether to give up.
type Stop<'a> = dyn Fn() -> bool + Sync + 'a;

/// What there is to say, and apart what the build is done with.
fn report(known: Option<Arc<Known>>, diagnostics: Vec<Diagnostic>) -> Report {
    let (site, theme_and_plan) = match known.map(Arc::unwrap_or_clone) {
        Some(Known { site, theme, plan }) => (Some(site), Some((theme, plan))),
        None => (None, None),
    };
    Report { site, diagnostics, _done: Done { _theme_and_plan: theme_and_plan } }
}

fn with_options(mut site: Site, options: &Options) -> Site {
    if let Some(url) = &options.url {
        site.config.url = Some(url.clone());
    }
    site
}

/// What only the Markdown renderer knows.
fn check_texts(site: &Site) -> Vec<Diagnostic> {
    let fiches = site.fiches().map(|(_, fiche)| &fiche.corps);
    let texts: Vec<&Corps> = fiches.chain(site.pages.iter().map(|page| &page.corps)).collect();
    let of_text = |corps: &&Corps| {
        let mut said = Vec::new();
        markdown::check(corps, &mut said);
        said
    };
    texts.par_iter().with_max_len(64).flat_map_iter(of_text).collect()
}

/// What a public site must have.
fn check_settings(site: &Site, diags: &mut Vec<Diagnostic>) {
    let settings = SitePath::new("content/site.toml");
    let of_settings =
        |d: &&Diagnostic| matches!(&d.place, Place::Span(span) if span.file == settings);
    let told = diags.iter().any(|d| of_settings(&d));
    // A key that could not be read is not missing.
    let unread = diags.iter().filter(of_settings).any(|d| d.severity == Severity::Erreur);
    for page in PageOfficielle::ALL {
        if !unread {
            officielles::judge(&site.config, *page, diags);
        }
        if let Some(complement) = site.complement(*page) {
            to_complete(&complement.corps.blocs, diags);
        }
    }
    if site.config.url.is_none() && !told {
        diags.push(
            Diagnostic::new(
                Code::UrlDuSiteAbsente,
                "« url » n’est pas donnée : ni plan du site pour les moteurs, ni flux, ni adresses canoniques",
            )
            .in_file(&settings, None)
            .aide("quand l’adresse publique sera connue, ajoutez : url = \"https://…\""),
        );
    }
}

/// Whether what an editor adds to a page that the law asks for still says « à compléter ».
fn to_complete(blocs: &[Spanned<Passage>], diags: &mut Vec<Diagnostic>) {
    let says = |bloc: &&Spanned<Passage>| fr::fold(&bloc.value).contains("a completer");
    let places: Vec<_> = blocs.iter().filter(says).collect();
    let Some((first, others)) = places.split_first() else { return };
    let count = fr::count(places.len(), "mention reste", "mentions restent");
    let mut diagnostic =
        Diagnostic::new(Code::MentionACompleter, format!("{count} à compléter dans cette page"))
            .at(&first.span, "")
            .aide("la loi demande ces renseignements, que vous seul avez");
    for other in others.iter().take(3) {
        diagnostic = diagnostic.also(&other.span, "");
    }
    diags.push(diagnostic);
}

/// Files that are not pages: the theme's, the images, the site map, the feed.
fn files(Known { site, theme, plan }: &Known, snapshot: &Snapshot, sink: &dyn Sink) {
    for (name, bytes) in theme.statics() {
        sink.put(&site::address::asset(name), bytes.clone());
    }
    for (path, bytes) in pictures(site, snapshot) {
        sink.put(&path, bytes);
    }
    export::public_files(site, plan, sink);
    export::server_settings(site, sink);
}

/// The images that texts show, as they are published.
fn pictures<'a>(
    site: &'a Site,
    snapshot: &'a Snapshot,
) -> impl Iterator<Item = (OutputPath, Bytes)> + 'a {
    site.images.keys().filter_map(|path| {
        let bytes = images::published(snapshot.files.get(path)?.bytes())?;
        Some((site::address::image(path), bytes.into()))
    })
}

fn finish(diags: &mut Vec<Diagnostic>, options: &Options) {
    if options.strict {
        for diagnostic in diags.iter_mut().filter(|d| d.severity == Severity::Avertissement) {
            diagnostic.severity = Severity::Erreur;
        }
    }
    diag::sort(diags);
}
