//! The pipeline. Read this first: a build is its stages, one after the other.

mod pages;

use std::collections::BTreeMap;

use crate::{
    diag::{self, Diagnostic, Severity},
    exports, markdown,
    output::{Emit, Octets},
    pages::{View, plan},
    parse, proof, rules,
    site::{self, Site},
    source::{OutputPath, Snapshot},
    theme::{self, Theme, render::Renderer},
};

/// Choices of the command line that change what is built.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Takes the place of `url` in `site.toml`.
    pub url: Option<url::Url>,
    /// Warnings become errors.
    pub strict: bool,
    /// No file is made: the sources alone are judged.
    pub sources_only: bool,
}

/// Findings about a site. Its files may be published only when no diagnostic is an error.
#[derive(Debug)]
pub struct Report {
    /// The graph; `None` when there was too little to build it from.
    pub site: Option<Site>,
    /// Every finding, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

/// Results of the last build, used again when their inputs are equal: a file of the same bytes says the same, a page
/// whose view and theme are equal has the same bytes. Never keyed by time or by event. By default, nothing is kept.
#[derive(Debug, Default)]
pub struct Memo {
    keep: bool,
    files: parse::FileMemo,
    theme: Option<(Theme, Renderer)>,
    /// Each page with its view.
    pub pages: BTreeMap<OutputPath, (View, Octets)>,
}

impl Report {
    fn of(site: Option<Site>, mut diagnostics: Vec<Diagnostic>, options: &Options) -> Self {
        if options.strict {
            let warnings = |d: &&mut Diagnostic| d.severity == Severity::Warning;
            diagnostics.iter_mut().filter(warnings).for_each(|d| d.severity = Severity::Error);
        }
        diag::sort(&mut diagnostics);
        Self { site, diagnostics }
    }

    /// Tells something that forbids publishing.
    pub fn has_errors(&self) -> bool {
        diag::has_errors(&self.diagnostics)
    }
}

impl Memo {
    /// For builds one after the other: each keeps its results for the next.
    pub fn warm() -> Self {
        Self { keep: true, ..Self::default() }
    }

    /// The templates of a theme, loaded: those of the last build when its theme is equal, else the pages that they made
    /// are forgotten with them.
    fn renderer(&mut self, theme: &Theme, diags: &mut Vec<Diagnostic>) -> Option<Renderer> {
        match self.theme.take() {
            Some((known, renderer)) if known == *theme => Some(renderer),
            _ => {
                self.pages.clear();
                Renderer::new(theme, diags)
            }
        }
    }
}

/// Builds the whole site. Each file goes to `emit` as soon as it is made, in no order; `begins` is told each stage, by the
/// name that `--temps` shows: the clock is the caller's. Pure: equal snapshots give equal files and equal diagnostics,
/// whatever `memo` holds.
pub fn build(
    snapshot: &Snapshot,
    options: &Options,
    memo: &mut Memo,
    emit: Emit<'_>,
    begins: &mut dyn FnMut(&'static str),
) -> Report {
    let mut diags = Vec::new();
    begins("analyse");
    let mut parsed = parse::content(snapshot, memo.keep.then_some(&mut memo.files), &mut diags);
    let lectures = std::mem::take(&mut parsed.lectures);
    let is_a_site = parsed.config.is_some();
    let read = lectures.snapshot(snapshot);
    let of_files = diags.len();
    let finish = |site, mut diags: Vec<Diagnostic>| {
        lectures.said(&mut diags[of_files..]);
        Report::of(site, diags, options)
    };
    begins("assemblage");
    let mut site = site::assemble(parsed, &read, &mut diags);
    site.config.url = options.url.clone().or(site.config.url);
    begins("preuve et conseils");
    let proofs = proof::of_source(&site, &mut diags);
    site::relate(&mut site, proofs, &mut diags);
    rules::judge(&site, &read, &mut diags);
    if !is_a_site {
        return finish(None, diags);
    }
    begins("plan des pages");
    let theme = theme::resolve(snapshot, &site.config, &mut diags);
    let charte = theme.statics().contains_key(theme::CHARTE);
    let plan = plan(&site, charte, &mut diags);
    markdown::check(&site, &mut diags);
    if options.sources_only {
        return finish(Some(site), diags);
    }
    begins("index et autres fichiers");
    let (files, donnees) = exports::write(&site, &plan, &theme, snapshot, emit);
    begins("pages et leur contrôle");
    let sources = pages::Sources { site: &site, theme: &theme, plan: &plan, snapshot };
    pages::make(sources, &files, donnees, memo, emit, &mut diags);
    finish(Some(site), diags)
}
