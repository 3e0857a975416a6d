//! The pages of a site that was just read, each made when it is asked for: what a preview shows while the whole
//! site is being made. A page made here has the bytes that the whole site will have, and nothing that the audit
//! refuses, or is not given.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, OnceLock},
};

use bytes::Bytes;

use super::{Known, pictures};
use crate::{
    audit::Audit,
    export,
    pages::{self, Page},
    render::Renderer,
    site::address,
    source::{OutputPath, OutputPaths, Snapshot},
};

/// A site of which only what is asked for is made.
pub struct OnDemand {
    pub(super) known: Arc<Known>,
    renderer: Arc<Renderer>,
    /// The theme's files and the images, which are there already.
    files: BTreeMap<OutputPath, Bytes>,
    /// Where there will be something that a page can lead to.
    paths: OnceLock<OutputPaths>,
    /// What was made of each page, in the order of the plan; `None` inside when it cannot be made, or is not right.
    made: Vec<OnceLock<Option<Bytes>>>,
}

/// What there is at an address.
#[derive(Debug, PartialEq, Eq)]
pub enum Taken {
    /// These bytes.
    File(Bytes),
    /// Only the whole site can tell: it is made of all pages, or of all texts.
    Later,
    /// Nothing.
    Nothing,
}

impl OnDemand {
    pub(super) fn new(known: Arc<Known>, renderer: Arc<Renderer>, snapshot: &Snapshot) -> Self {
        let statics = known.theme.statics();
        let mut files: BTreeMap<OutputPath, Bytes> = statics
            .iter()
            .map(|(name, bytes)| (address::asset(name), Bytes::clone(bytes)))
            .collect();
        files.extend(pictures(&known.site, snapshot));
        let made = known.plan.pages.iter().map(|_| OnceLock::new()).collect();
        Self { known, renderer, files, paths: OnceLock::new(), made }
    }

    /// What is at this address.
    pub fn get(&self, path: &OutputPath) -> Taken {
        if let Some(bytes) = self.files.get(path) {
            return Taken::File(bytes.clone());
        }
        let mut pages = self.known.plan.pages.iter().zip(&self.made);
        match pages.find(|(page, _)| page.path == *path) {
            Some((page, made)) => {
                // What is wrong with a page is said by the whole site.
                let made = made.get_or_init(|| self.page(page));
                made.clone().map_or(Taken::Later, Taken::File)
            }
            None if Page::last().iter().any(|page| page.path == *path) => Taken::Later,
            None if path.as_str().ends_with(".html") => Taken::Nothing,
            None => Taken::Later,
        }
    }

    /// A page, when it can be made and the audit finds nothing wrong in it.
    fn page(&self, page: &Page) -> Option<Bytes> {
        let Known { site, plan, .. } = &*self.known;
        let view = pages::view(page, plan, site);
        let bytes = self.renderer.page(&view).ok()?;
        let audit = Audit::new(site, self.paths.get_or_init(|| self.paths()));
        let right = audit.read(&page.path, &bytes).is_right();
        right.then(|| bytes.into())
    }

    fn paths(&self) -> OutputPaths {
        let Known { site, plan, .. } = &*self.known;
        let pages = plan.pages.iter().map(|page| page.path.clone());
        let last = Page::last().map(|page| page.path);
        let files = self.files.keys().cloned().chain(export::public_paths(site));
        pages.chain(last).chain(files).collect()
    }

    /// The names of the theme's styles, sorted.
    pub fn styles(&self) -> Vec<&OutputPath> {
        self.files.keys().filter(|path| path.as_str().ends_with(".css")).collect()
    }

    /// The public address of the site.
    pub fn url(&self) -> Option<&url::Url> {
        self.known.site.config.url.as_ref()
    }
}

impl fmt::Debug for OnDemand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OnDemand")
            .field("pages", &self.known.plan.pages.len())
            .finish_non_exhaustive()
    }
}
