//! Pages → views → bytes, each read by the audit.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Memo;
use crate::{
    audit::{Audit, PageReport},
    diag::{self, Diagnostic},
    output::{DataFile, Emit, Octets},
    pages::{self, Page, PageKind, Plan, View},
    site::Site,
    source::{OutputPath, OutputPaths, Snapshot},
    theme::{
        Theme,
        render::{self, Renderer, Shapes},
    },
    weight::{self, Pesee, Weights},
};

/// Inputs of the pages.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) site: &'a Site,
    pub(super) theme: &'a Theme,
    pub(super) plan: &'a Plan,
    pub(super) snapshot: &'a Snapshot,
}

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
    let shapes = render::shapes(theme, snapshot);
    // Pages of a content in error would only repeat its errors in other words.
    let audit = (!diag::has_errors(diags)).then(|| Audit::new(site, &paths, shapes.is_some()));
    let known = std::mem::take(&mut memo.pages);
    let maker = PageMaker {
        sources,
        renderer: &renderer,
        known,
        keep: memo.keep,
        shapes: shapes.as_ref(),
        audit: audit.as_ref(),
        emit,
    };
    let donnees = Page::donnees(donnees);
    let mut pages: Vec<&Page> = plan.pages.iter().chain([&donnees]).collect();
    // Left to itself, rayon gives one thread the last thousand.
    let mut made: Vec<Outcome<'_>> =
        pages.par_iter().with_max_len(8).map(|page| maker.page(page)).collect();
    let weight = |made: &Outcome<'_>| made.as_ref().map_or_else(|_| Pesee::default(), |m| m.weight);
    let weights: Vec<Pesee> = made.iter().map(weight).collect();
    let last = Page::ecoconception(weight::site(&weights, files));
    made.push(maker.page(&last));
    pages.push(&last);
    let unknown = render::names_unknown_fields(theme, snapshot, shapes, diags);
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
        _ => diags.extend(failures),
    }
    memo.theme = memo.keep.then(|| (theme.clone(), renderer));
}

/// Inputs of every page, and those of the last build.
struct PageMaker<'m, 'a> {
    sources: Sources<'a>,
    renderer: &'m Renderer,
    known: BTreeMap<OutputPath, (View, Octets)>,
    keep: bool,
    shapes: Option<&'m Shapes>,
    audit: Option<&'m Audit<'a>>,
    emit: Emit<'m>,
}

/// Findings about a page, kept once it is emitted.
struct MadePage<'a> {
    read: Option<PageReport<'a>>,
    weight: Pesee,
    /// For the next build.
    kept: Option<(View, Octets)>,
}

type Outcome<'a> = Result<MadePage<'a>, Vec<Diagnostic>>;

impl<'a> PageMaker<'_, 'a> {
    /// A page is rendered unless its view is that of the last build, read by the audit, and emitted.
    fn page(&self, page: &Page) -> Outcome<'a> {
        let Sources { site, plan, theme, .. } = self.sources;
        let view = pages::view(page, plan, site);
        if let Some(shapes) = self.shapes {
            shapes.learn(&view);
        }
        let bytes: Octets = match self.known.get(&page.path) {
            Some((same, bytes)) if *same == view => Octets::clone(bytes),
            _ => self.renderer.page(&view)?.into(),
        };
        let mut read = self.audit.map(|audit| audit.read(&page.path, &bytes));
        let asked = read.as_mut().map(|read| std::mem::take(&mut read.files)).unwrap_or_default();
        let elements = read.as_ref().map_or(0, |read| read.elements);
        let mut weight = Pesee::of(bytes.len(), elements, &asked);
        if page.kind == PageKind::Accueil {
            weight.accueil = Some(weight::with_files(&bytes, &asked, &theme.statics()));
        }
        (self.emit)(page.path.clone(), Octets::clone(&bytes));
        Ok(MadePage { read, weight, kept: self.keep.then_some((view, bytes)) })
    }
}
