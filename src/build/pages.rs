//! Pages → views → bytes, each read by the audit.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use rayon::prelude::*;

use super::{Memo, Sources, has_errors};
use crate::{
    audit::{self, Audit},
    diag::Diagnostic,
    output::{DataFile, Emit, Octets},
    pages::{self, Page, PageKind, View},
    source::{OutputPath, OutputPaths},
    theme::render::{self, Renderer, Shapes},
    weight::{self, Mesures, Pesee, Weights},
};

/// Makes the pages, then those that speak of the others, and judges them together.
pub(super) fn make(
    sources: Sources<'_>,
    files: &Weights,
    donnees: Vec<DataFile>,
    memo: &mut Memo,
    emit: Emit<'_>,
    diags: &mut Vec<Diagnostic>,
) {
    let Sources { site, theme, plan, snapshot } = sources;
    let paths = plan.pages.iter().map(|page| page.path.clone());
    let paths = paths.chain(Page::last().map(|page| page.path)).chain(files.keys().cloned());
    let paths: OutputPaths = paths.collect();
    let Some(renderer) = memo.renderer(theme, diags) else { return };
    let own_templates = render::has_own_templates(theme, snapshot);
    // Pages of a content in error would only repeat its errors in other words.
    let audit = (!has_errors(diags)).then(|| Audit::new(site, &paths, own_templates));
    let maker = PageMaker {
        sources,
        renderer: &renderer,
        known: std::mem::take(&mut memo.pages),
        keep: memo.keep,
        shapes: own_templates.then(Mutex::default),
        audit: audit.as_ref(),
        emit,
    };
    let donnees = Page::donnees(donnees);
    let mut pages: Vec<&Page> = plan.pages.iter().chain([&donnees]).collect();
    // Left to itself, rayon gives one thread the last thousand.
    let mut made: Vec<Outcome<'_>> =
        pages.par_iter().with_max_len(8).map(|page| maker.page(page)).collect();
    let last = Page::ecoconception(weigh(&made, files));
    made.push(maker.page(&last));
    pages.push(&last);
    let unknown = maker.shapes.is_some_and(|shapes| {
        let shapes = shapes.into_inner().unwrap_or_else(PoisonError::into_inner);
        render::names_unknown_fields(theme, snapshot, &shapes, diags)
    });
    let (mut read, mut failures) = (Vec::new(), Vec::new());
    for (page, made) in pages.iter().zip(made) {
        match made {
            Ok(made) => {
                read.extend(made.read.map(|found| (&page.path, found)));
                memo.pages.extend(made.kept.map(|kept| (page.path.clone(), kept)));
            }
            Err(said) => failures.extend(said),
        }
    }
    match audit {
        Some(audit) if !unknown && failures.is_empty() => audit.conclude(read, diags),
        // Of a field that no view has, rendering only repeats what was said.
        _ if unknown => {}
        // One template fails on many pages in the same way: said once.
        _ => failures.into_iter().for_each(|said| {
            if !diags.contains(&said) {
                diags.push(said);
            }
        }),
    }
    memo.theme = memo.keep.then(|| (theme.clone(), renderer));
}

/// Inputs of every page.
struct PageMaker<'m, 'a> {
    sources: Sources<'a>,
    renderer: &'m Renderer,
    /// The pages of the last build.
    known: BTreeMap<OutputPath, (View, Octets)>,
    keep: bool,
    /// The shapes of the views, when templates are held to them.
    shapes: Option<Mutex<Shapes>>,
    audit: Option<&'m Audit<'a>>,
    emit: Emit<'m>,
}

/// Findings about a page, kept once it is emitted.
struct MadePage<'a> {
    read: Option<audit::PageReport<'a>>,
    weight: Pesee,
    /// Bytes of the home page with the files that it asks for, compressed.
    home: Option<usize>,
    /// For the next build.
    kept: Option<(View, Octets)>,
}

type Outcome<'a> = Result<MadePage<'a>, Vec<Diagnostic>>;

impl<'a> PageMaker<'_, 'a> {
    /// A page is rendered unless its view is that of the last build, read by the audit, and emitted.
    fn page(&self, page: &Page) -> Outcome<'a> {
        let Sources { site, plan, .. } = self.sources;
        let view = pages::view(page, plan, site);
        if let Some(shapes) = &self.shapes {
            let mut own = Shapes::default();
            own.learn(&view);
            held(shapes).merge(own);
        }
        let bytes: Octets = match self.known.get(&page.path) {
            Some((same, bytes)) if *same == view => Octets::clone(bytes),
            _ => self.renderer.page(&view)?.into(),
        };
        let mut read = self.audit.map(|audit| audit.read(&page.path, &bytes));
        let asked = read.as_mut().map(|read| std::mem::take(&mut read.files)).unwrap_or_default();
        let elements = read.as_ref().map_or(0, |read| read.elements);
        let weight = Pesee::of(bytes.len(), elements, &asked);
        let home = (page.kind == PageKind::Accueil).then(|| self.home(&bytes, &asked));
        (self.emit)(page.path.clone(), Octets::clone(&bytes));
        Ok(MadePage { read, weight, home, kept: self.keep.then_some((view, bytes)) })
    }

    fn home(&self, html: &[u8], asked: &[String]) -> usize {
        let statics = self.sources.theme.statics();
        let files = asked.iter().filter_map(|asked| statics.get(asked.strip_prefix("assets/")?));
        weight::compressed(html) + files.map(|bytes| weight::compressed(bytes)).sum::<usize>()
    }
}

/// Weights of the whole site, the page that says them aside.
fn weigh(made: &[Outcome<'_>], files: &Weights) -> Mesures {
    let weight = |made: &Outcome<'_>| made.as_ref().map_or_else(|_| Pesee::default(), |m| m.weight);
    let weights: Vec<Pesee> = made.iter().map(weight).collect();
    let home = made.iter().flatten().find_map(|made| Some((made.home?, made.weight)));
    weight::site(&weights, files, home.unwrap_or_default())
}

/// A thread that died has left what it held whole.
fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
