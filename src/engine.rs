//! The pipeline. Read this first: a build is its stages, one after the other.

use std::{collections::BTreeMap, sync::Arc};

use rayon::prelude::*;

use crate::{
    audit,
    diag::{self, Code, Diagnostic, Place, Severity},
    export, fr, markdown,
    mesure::{self, Pesee},
    model::PageOfficielle,
    output::OutputTree,
    pages::{self, Page, Plan, View},
    parse,
    render::{self, Renderer, Shapes},
    search,
    site::{self, Site, officielles},
    source::{OutputPath, SitePath, Snapshot, Spanned},
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

impl Build {
    /// Whether something forbids publishing.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Erreur)
    }
}

/// Choices of the command line that change what is built.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Takes the place of `url` in `site.toml`.
    pub url: Option<url::Url>,
    /// Warnings become errors.
    pub strict: bool,
}

/// What earlier builds made, kept to be used again when its inputs are equal: a page whose view and
/// theme are equal has the same bytes. Never keyed by time or by event.
#[derive(Debug, Default)]
pub struct Memo {
    keep: bool,
    theme: Option<Theme>,
    pages: BTreeMap<OutputPath, (View, Arc<[u8]>)>,
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
    /// Files that are not pages.
    Files,
    /// The search index.
    Search,
    /// Pages → views → bytes; the last one says what all of it weighs.
    Render,
    /// The last look.
    Audit,
}

/// Builds the whole site. Pure: same snapshot and options, same result, whatever `memo` holds.
pub fn build(snapshot: &Snapshot, options: &Options, memo: &mut Memo) -> Build {
    build_watched(snapshot, options, memo, &mut |_| {})
}

/// [`build`], which says each stage as it begins: the clock is the caller's.
pub fn build_watched(
    snapshot: &Snapshot,
    options: &Options,
    memo: &mut Memo,
    begins: &mut dyn FnMut(Stage),
) -> Build {
    let mut diags = Vec::new();
    begins(Stage::Parse);
    let parsed = parse::content(snapshot, &mut diags);
    begins(Stage::Assemble);
    let site = site::assemble(parsed, snapshot, &mut diags).map(|site| with_options(site, options));
    let mut tree = OutputTree::default();
    if let Some(site) = &site {
        begins(Stage::Plan);
        let theme = theme::resolve(snapshot, &site.config, &mut diags);
        let charte = theme.statics().contains_key(theme::CHARTE);
        let plan = pages::plan(site, charte, &mut diags);
        check_texts(site, &mut diags);
        begins(Stage::Files);
        files(site, &plan, &theme, snapshot, &mut tree);
        begins(Stage::Search);
        search::index(site, &plan, &mut tree);
        begins(Stage::Render);
        if render(site, &plan, (&theme, snapshot), memo, &mut tree, &mut diags) {
            // Pages of a content in error would only repeat its errors in other words.
            if !diags.iter().any(|d| d.severity == Severity::Erreur) {
                begins(Stage::Audit);
                audit::audit(&tree, site, &mut diags);
            }
        }
    }
    finish(&mut diags, options);
    Build { tree, site, diagnostics: diags }
}

fn with_options(mut site: Site, options: &Options) -> Site {
    if let Some(url) = &options.url {
        site.config.url = Some(url.clone());
    }
    site
}

/// What only the Markdown renderer knows, and what a public site must have.
fn check_texts(site: &Site, diags: &mut Vec<Diagnostic>) {
    for (_, fiche) in site.fiches() {
        markdown::check(&fiche.corps, diags);
    }
    for page in &site.pages {
        markdown::check(&page.corps, diags);
    }
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
fn to_complete(blocs: &[Spanned<String>], diags: &mut Vec<Diagnostic>) {
    let says = |bloc: &&Spanned<String>| fr::fold(&bloc.value).contains("a completer");
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

/// A finished page: its view when it is kept, its weight, its bytes.
type Finished = (Option<View>, Pesee, Arc<[u8]>);

/// Pages made by one thread, and the fields of their views when they are asked for.
type Made = (Vec<Result<Finished, Vec<Diagnostic>>>, Shapes);

/// Makes the pages, in parallel: a page's view goes as soon as its bytes are there, unless the memo keeps
/// it. Then the last one, which says what the others and the files of `tree` weigh. Whether all could be
/// made.
fn render(
    site: &Site,
    plan: &Plan,
    (theme, snapshot): (&Theme, &Snapshot),
    memo: &mut Memo,
    tree: &mut OutputTree,
    diags: &mut Vec<Diagnostic>,
) -> bool {
    let Some(renderer) = Renderer::new(theme, diags) else { return false };
    let known = match &memo.theme {
        Some(same) if same == theme => std::mem::take(&mut memo.pages),
        _ => BTreeMap::new(),
    };
    let (keep, learn) = (memo.keep, render::has_own_templates(theme, snapshot));
    let one = |(mut pages, mut shapes): Made, page: &Page| -> Made {
        let view = pages::view(page, plan, site);
        if learn {
            shapes.learn(&view);
        }
        let bytes = match known.get(&page.path) {
            Some((same, bytes)) if *same == view => Ok(Arc::clone(bytes)),
            _ => renderer.page(&view).map(Arc::from),
        };
        pages.push(bytes.map(|bytes| (keep.then_some(view), mesure::page(&bytes), bytes)));
        (pages, shapes)
    };
    let both = |(mut pages, shapes): Made, (mut others, more): Made| -> Made {
        pages.append(&mut others);
        (pages, shapes.merge(more))
    };
    let (rendered, shapes) =
        plan.pages.par_iter().fold(Made::default, one).reduce(Made::default, both);
    memo.pages.clear();
    memo.theme = memo.keep.then(|| theme.clone());
    let mut press = Press { memo, tree, failures: Vec::new() };
    let weighed: Vec<Pesee> =
        plan.pages.iter().zip(rendered).map(|(page, made)| press.file(page, made)).collect();
    let last = plan.ecoconception(mesure::site(&weighed, press.tree));
    let (made, shapes) = one((Vec::new(), shapes), &last);
    for made in made {
        press.file(&last, made);
    }
    let failures = press.failures;
    if render::names_unknown_fields(theme, snapshot, &shapes, diags) {
        return false;
    }
    let done = failures.is_empty();
    // One template fails on many pages in the same way: said once.
    for diagnostic in failures {
        if !diags.contains(&diagnostic) {
            diags.push(diagnostic);
        }
    }
    done
}

/// Where finished pages go, and what is said of the others.
struct Press<'a> {
    memo: &'a mut Memo,
    tree: &'a mut OutputTree,
    failures: Vec<Diagnostic>,
}

impl Press<'_> {
    /// Puts a page where it belongs, and gives its weight.
    fn file(&mut self, page: &Page, made: Result<Finished, Vec<Diagnostic>>) -> Pesee {
        match made {
            Ok((view, pesee, bytes)) => {
                self.tree.insert(page.path.clone(), Arc::clone(&bytes));
                if let Some(view) = view {
                    self.memo.pages.insert(page.path.clone(), (view, bytes));
                }
                pesee
            }
            Err(said) => {
                self.failures.extend(said);
                Pesee::default()
            }
        }
    }
}

/// Files that are not pages: the theme's, the images, the site map, the feed, the search index.
fn files(site: &Site, plan: &Plan, theme: &Theme, snapshot: &Snapshot, tree: &mut OutputTree) {
    for (name, bytes) in theme.statics() {
        tree.insert(site::address::asset(name), Arc::clone(bytes));
    }
    for path in site.images.keys() {
        if let Some(file) = snapshot.files.get(path) {
            tree.insert(site::address::image(path), file.bytes());
        }
    }
    export::public_files(site, plan, tree);
    export::server_settings(site, tree);
    for file in &plan.donnees {
        tree.insert(file.path.clone(), Arc::clone(&file.bytes));
    }
}

fn finish(diags: &mut Vec<Diagnostic>, options: &Options) {
    if options.strict {
        for diagnostic in diags.iter_mut().filter(|d| d.severity == Severity::Avertissement) {
            diagnostic.severity = Severity::Erreur;
        }
    }
    diag::sort(diags);
}
