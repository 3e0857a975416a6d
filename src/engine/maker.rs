//! Pages → views → bytes, each read by the audit and given to the sink. A page is not made again when its view,
//! its templates and its theme are equal: the memo has it, or the sink has what an earlier build left.

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use rayon::prelude::*;

use super::{Known, Memo, Stop, has_errors};
use crate::{
    audit::{self, Audit},
    data::DataFile,
    diag::Diagnostic,
    digest::Digest,
    mesure::{self, Mesures, Pesee},
    output::{Label, Sink},
    pages::{self, Page, PageKind, Plan, View},
    render::{self, Renderer, Shapes},
    site::Site,
    source::{OutputPath, OutputPaths, Snapshot},
    theme::{Layer, Theme},
};

/// A page that the memo keeps.
pub(super) type Kept = (View, Bytes);

/// What was made before the pages.
pub(super) struct Made {
    /// The files that are not pages, with what they weigh in bytes.
    pub(super) files: BTreeMap<OutputPath, usize>,
    /// Those of data.
    pub(super) donnees: Vec<DataFile>,
}

/// What is kept of a page once it is given to the sink.
struct Done<'a> {
    /// What the audit read; `None` too for a page that stays as it was left.
    read: Option<Box<audit::Read<'a>>>,
    /// Whether it stays as an earlier build left it.
    left: bool,
    pesee: Pesee,
    /// What the memo keeps, and where; apart, since most builds keep nothing and a view is large.
    kept: Option<Box<(OutputPath, Kept)>>,
    /// What the home page weighs with the files that it asks for, compressed.
    home: Option<usize>,
}

/// Boxed, since ten thousand of them are moved more than once.
type Outcome<'a> = Result<Box<Done<'a>>, Vec<Diagnostic>>;

/// Pages that a thread takes at once: left to itself rayon may give one thread the last thousand.
const TOGETHER: usize = 8;

/// What makes a page.
struct Maker<'a> {
    site: &'a Site,
    plan: &'a Plan,
    theme: &'a Theme,
    snapshot: &'a Snapshot,
    renderer: Arc<Renderer>,
    /// The digest of the templates.
    templates: Digest,
    memo: BTreeMap<OutputPath, Kept>,
    /// Whether what is made is kept for the next build.
    keep: bool,
    /// The shapes of the views, when they are asked for.
    shapes: Option<Mutex<Shapes>>,
    audit: Option<Audit<'a>>,
    sink: &'a dyn Sink,
    /// The files that an earlier build left, when its pages may be kept: those that it had are all there still.
    left: Option<OutputPaths>,
    stop: &'a Stop<'a>,
}

/// Makes the pages, then the last one, which says what the others and the files weigh. Whether it was not given up.
pub(super) fn make_pages(
    (known, snapshot): (&Known, &Snapshot),
    Made { files, donnees }: Made,
    memo: &mut Memo,
    (sink, stop): (&dyn Sink, &Stop<'_>),
    diags: &mut Vec<Diagnostic>,
) -> bool {
    let Known { site, theme, plan } = known;
    let paths = || -> OutputPaths {
        let pages = plan.pages.iter().map(|page| page.path.clone());
        pages.chain(Page::last().map(|page| page.path)).chain(files.keys().cloned()).collect()
    };
    // Pages of a content in error would only repeat its errors in other words.
    let audited = !has_errors(diags);
    let ((paths, wanted), renderer) = rayon::join(
        || rayon::join(paths, || audited.then(|| audit::wanted(site))),
        || memo.renderer(theme, diags),
    );
    let Some(renderer) = renderer else { return true };
    let own_templates = render::has_own_templates(theme, snapshot);
    let audit = wanted.map(|wanted| Audit::of(site, &paths, wanted, own_templates));
    let left: OutputPaths = sink.left().into_iter().collect();
    // Else a page that stays could lead to one that goes.
    let may_stay = audit.is_some() && !left.is_empty() && left.is_subset(&paths);
    let maker = Maker {
        site,
        plan,
        theme,
        snapshot,
        renderer,
        templates: digest_of_templates(theme),
        memo: std::mem::take(&mut memo.pages),
        keep: memo.keep,
        shapes: own_templates.then(Mutex::default),
        audit,
        sink,
        left: may_stay.then_some(left),
        stop,
    };
    let donnees = Page::donnees(donnees);
    let mut pages: Vec<&Page> = plan.pages.iter().chain([&donnees]).collect();
    let made = maker.pages(&pages);
    if made.iter().any(Option::is_none) {
        memo.pages = maker.memo;
        let made = made.into_iter().flatten().flatten();
        memo.pages.extend(made.filter_map(|done| done.kept.map(|kept| *kept)));
        return false;
    }
    let mut all: Vec<Outcome<'_>> = Vec::with_capacity(made.len() + 1);
    all.extend(made.into_iter().flatten());
    let mut made = all;
    let last = Page::ecoconception(weigh(&made, &files));
    made.push(maker.page(&last));
    pages.push(&last);
    if maker.lost_an_anchor(&pages, &made) {
        maker.make_what_was_left(&pages, &mut made);
    }
    maker.conclude(&pages, made, (theme, memo), diags);
    true
}

impl<'a> Maker<'a> {
    /// These pages, in parallel, in their order; `None` for those left out when it is given up.
    fn pages(&self, pages: &[&Page]) -> Vec<Option<Outcome<'a>>> {
        let one = |page: &&Page| (!(self.stop)()).then(|| self.page(page));
        pages.par_iter().with_max_len(TOGETHER).map(one).collect()
    }

    /// A page is viewed, then stays as it was left if it would be the same.
    fn page(&self, page: &Page) -> Outcome<'a> {
        let view = pages::view(page, self.plan, self.site);
        if let Some(shapes) = &self.shapes {
            let mut mine = Shapes::default();
            mine.learn(&view);
            shapes.lock().unwrap_or_else(PoisonError::into_inner).merge(mine);
        }
        // A memo that is kept goes without: its pages are compared themselves.
        let made_from = if self.keep { None } else { self.made_from(page, &view) };
        let left = made_from.filter(|_| self.left.is_some());
        match left.and_then(|made_from| self.sink.keep(&page.path, made_from)) {
            Some(pesee) => {
                Ok(Box::new(Done { read: None, left: true, pesee, kept: None, home: None }))
            }
            None => self.make(page, view, made_from),
        }
    }

    /// A page is rendered, read by the audit, given to the sink, and forgotten unless the memo keeps it.
    fn make(&self, page: &Page, view: View, made_from: Option<u128>) -> Outcome<'a> {
        let audit = self.audit.as_ref();
        let (bytes, mut read): (Bytes, _) = match self.memo.get(&page.path) {
            Some((same, bytes)) if *same == view => {
                (bytes.clone(), audit.map(|audit| Box::new(audit.read(&page.path, bytes))))
            }
            _ => {
                let bytes = self.renderer.page(&view)?;
                let read = audit.map(|audit| Box::new(audit.read(&page.path, &bytes)));
                (bytes.into(), read)
            }
        };
        let asked = read.as_mut().map(|read| std::mem::take(&mut read.files)).unwrap_or_default();
        let elements = read.as_ref().map_or(0, |read| read.elements);
        let pesee = Pesee::of(bytes.len(), elements, &asked);
        match made_from.filter(|_| read.is_some()) {
            Some(made_from) => {
                let label = Label { made_from, pesee };
                self.sink.put_page(&page.path, bytes.clone(), label);
            }
            None => self.sink.put(&page.path, bytes.clone()),
        }
        let home = (page.kind == PageKind::Accueil).then(|| self.home(&bytes, &asked));
        let kept = self.keep.then(|| Box::new((page.path.clone(), (view, bytes))));
        Ok(Box::new(Done { read, left: false, pesee, kept, home }))
    }

    /// What the home page weighs with the files that it asks for, compressed. As soon as it is made: once all are, the
    /// other threads would wait.
    fn home(&self, html: &[u8], asked: &[String]) -> usize {
        let statics = self.theme.statics();
        let files = asked.iter().filter_map(|asked| statics.get(asked.strip_prefix("assets/")?));
        mesure::compressed(html) + files.map(|bytes| mesure::compressed(bytes)).sum::<usize>()
    }

    /// The digest of all that a page and the audit's judgement of it are made from, the program aside: its view,
    /// its templates, and the source that its text is held to. `None` for the few that are always made: the home
    /// page, which is weighed, and those of the tables, held to texts of several sources.
    fn made_from(&self, page: &Page, view: &View) -> Option<u128> {
        let source = match &page.kind {
            PageKind::Accueil | PageKind::Synthese(_) | PageKind::Tableau(..) => return None,
            PageKind::Fiche(a, f) => {
                self.snapshot.files.get(&self.site.ateliers[*a].fiches[*f].path)?.bytes()
            }
            _ => &[],
        };
        Some(Digest::of(&(self.templates, source, view)).value())
    }

    /// Whether a page that was made lacks an anchor that it had when it was left: a page that stays may lead
    /// there.
    fn lost_an_anchor(&self, pages: &[&Page], made: &[Outcome<'_>]) -> bool {
        let Some(left) = &self.left else { return false };
        let stays = |made: &Outcome<'_>| made.as_ref().is_ok_and(|done| done.left);
        let lost = |(page, made): (&&Page, &Outcome<'_>)| {
            let Ok(done) = made else { return false };
            let Some(read) = &done.read else { return false };
            let old = || self.sink.bytes_left(&page.path);
            left.contains(&page.path) && old().is_none_or(|old| read.has_lost_an_id_of(&old))
        };
        made.iter().any(stays) && pages.par_iter().zip(made).any(lost)
    }

    /// Makes the pages that were left as they were.
    fn make_what_was_left(&self, pages: &[&Page], made: &mut [Outcome<'a>]) {
        pages.par_iter().zip(made).for_each(|(page, made)| {
            if made.as_ref().is_ok_and(|done| done.left) {
                let view = pages::view(page, self.plan, self.site);
                let made_from = self.made_from(page, &view);
                *made = self.make(page, view, made_from);
            }
        });
    }

    /// Says what is wrong in the pages together, and gives the memo what it keeps.
    fn conclude(
        self,
        pages: &[&Page],
        made: Vec<Outcome<'a>>,
        (theme, memo): (&Theme, &mut Memo),
        diags: &mut Vec<Diagnostic>,
    ) {
        let shapes = self.shapes.map(Mutex::into_inner);
        let unknown = shapes.is_some_and(|shapes| {
            let shapes = shapes.unwrap_or_else(PoisonError::into_inner);
            render::names_unknown_fields(theme, self.snapshot, &shapes, diags)
        });
        let (mut failed, mut read, mut stay) = (unknown, Vec::new(), HashSet::new());
        for (page, made) in pages.iter().zip(made) {
            match made {
                Ok(done) => {
                    if done.left {
                        stay.insert(&page.path);
                    }
                    read.extend(done.read.map(|found| (&page.path, found)));
                    memo.pages.extend(done.kept.map(|kept| *kept));
                }
                Err(said) => {
                    failed = true;
                    // One template fails on many pages in the same way: said once. Of a field that no view
                    // has, rendering only repeats what was said.
                    for diagnostic in said {
                        if !unknown && !diags.contains(&diagnostic) {
                            diags.push(diagnostic);
                        }
                    }
                }
            }
        }
        if let Some(audit) = self.audit.filter(|_| !failed) {
            let bytes_of = |path: &OutputPath| self.sink.bytes_left(path).unwrap_or_default();
            let left = audit::Left { pages: stay, bytes_of: &bytes_of };
            audit.conclude(read, &left, diags);
        }
    }
}

/// What the pages and the other files weigh.
fn weigh(made: &[Outcome<'_>], files: &BTreeMap<OutputPath, usize>) -> Mesures {
    let weighed: Vec<Pesee> = made
        .iter()
        .map(|made| made.as_ref().map_or_else(|_| Pesee::default(), |d| d.pesee))
        .collect();
    let home = made.iter().flatten().find_map(|done| Some((done.home?, done.pesee)));
    mesure::site(&weighed, files, home.unwrap_or_default())
}

/// The digest of the templates of a theme, and of how its layers cover each other.
fn digest_of_templates(theme: &Theme) -> Digest {
    let texts = |layer: &'_ Layer| -> Vec<(String, Arc<str>)> {
        layer.templates.iter().map(|(name, (_, text))| (name.clone(), Arc::clone(text))).collect()
    };
    let layers = theme.layers.iter().map(|layer| (&layer.name, texts(layer)));
    Digest::of(&layers.collect::<Vec<_>>())
}
