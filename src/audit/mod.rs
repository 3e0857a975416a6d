//! The last look, at the finished pages themselves: dead links and anchors, ids used twice, and
//! fidelity model ↔ pages. Whatever the theme, what is wrong here is not published.

mod links;

use std::ops::Range;

use rayon::prelude::*;

use crate::{
    diag::{Code, Diagnostic, Place},
    french,
    html::{PageScan, scan},
    model::Corps,
    proof::published::{self, OF_THE_PROGRAM},
    site::{Site, address::anchor},
    source::{OutputPath, OutputPaths, Span},
};

/// Rules for the pages. Each page is read as soon as it is made, by the thread that made it, and forgotten.
pub struct Audit<'a> {
    files: &'a OutputPaths,
    wanted: published::ByPage<'a>,
    /// True when the site has its own templates. Else no message mentions them.
    own_templates: bool,
    prefix: String,
}

/// Findings on a page, kept once its text is forgotten. Ten thousand pages need no room.
#[derive(Debug)]
pub struct PageReport<'a> {
    said: Vec<Diagnostic>,
    pending: Vec<links::Pending<'a>>,
    ids: Box<[links::IdHash]>,
    /// Elements that a browser makes of the page.
    pub elements: usize,
    /// Files that it asks for because of it.
    pub files: Vec<String>,
}

impl<'a> Audit<'a> {
    /// Of a site that will hold these files. `own_templates`: whether it has templates of its own.
    pub fn new(site: &'a Site, files: &'a OutputPaths, own_templates: bool) -> Self {
        let (wanted, prefix) = (published::wanted(site), links::prefix(site));
        Self { files, wanted, own_templates, prefix }
    }

    /// Reads a page.
    pub fn read(&self, path: &OutputPath, html: &[u8]) -> PageReport<'a> {
        let (mut scan, mut said) = (scan(html), Vec::new());
        let wanted = self.wanted.get(path).copied();
        let blame = Blame::of(&scan, wanted, self.own_templates);
        itself(path, &scan, &blame, &mut said);
        let among = (self.files, self.prefix.as_str());
        let pending = links::check(path, &scan, among, &blame, &mut said);
        if let Some(wanted) = wanted {
            published::check(path, Some(&scan), (wanted, self.own_templates), &mut said);
        }
        let (elements, files) = (scan.elements, std::mem::take(&mut scan.files));
        let ids = links::id_hashes(&scan);
        PageReport { said, pending, ids, elements, files }
    }

    /// Judges, once all pages have been read, what one alone could not tell. In the order of the pages.
    pub fn conclude(
        &self,
        mut read: Vec<(&OutputPath, PageReport<'a>)>,
        diags: &mut Vec<Diagnostic>,
    ) {
        read.par_sort_by_key(|(path, _)| *path);
        let ids: links::Ids<'_> =
            read.iter_mut().map(|(path, read)| (*path, std::mem::take(&mut read.ids))).collect();
        read.par_iter_mut().for_each(|(path, read)| {
            let among = (&ids, self.own_templates);
            links::check_anchors(path, &read.pending, among, &mut read.said);
        });
        let mut found: Vec<Diagnostic> = read.into_iter().flat_map(|(_, read)| read.said).collect();
        let mut lacking: Vec<_> =
            self.wanted.iter().filter(|(path, _)| !ids.contains_key(path)).collect();
        lacking.sort_by_key(|(path, _)| *path);
        for (path, wanted) in lacking {
            published::check(path, None, (*wanted, self.own_templates), &mut found);
        }
        diags.extend(once_each(found));
    }
}

impl PageReport<'_> {
    /// Tells a page that is right by itself; only other pages can tell of anchors that it leads to.
    pub fn is_right(&self) -> bool {
        self.said.is_empty()
    }
}

/// A template repeats its fault on every page it makes: said once, on the first of them.
fn once_each(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    for diagnostic in found {
        let same = |d: &Diagnostic| {
            let of_pages =
                [&d.place, &diagnostic.place].iter().all(|p| matches!(p, Place::Output(_)));
            of_pages && (d.code, &d.message) == (diagnostic.code, &diagnostic.message)
        };
        match kept.iter_mut().find(|(d, _)| same(d)) {
            Some((_, others)) => *others += 1,
            None => kept.push((diagnostic, 0)),
        }
    }
    let told = |(diagnostic, others): (Diagnostic, usize)| match others {
        0 => diagnostic,
        _ => diagnostic
            .help(format!("de même dans {}", french::count(others, "autre page", "autres pages"))),
    };
    kept.into_iter().map(told).collect()
}

/// Whom a fault of a page comes from: the text that an editor wrote in it, a template of the site, or the program.
struct Blame<'a> {
    /// The text by an editor, and its place in the page.
    text: Option<(&'a Corps, Range<usize>)>,
    own_templates: bool,
}

impl<'a> Blame<'a> {
    fn of(scan: &PageScan, wanted: Option<published::Wanted<'a>>, own_templates: bool) -> Self {
        let text = match wanted {
            Some(published::Wanted::Fiche(_, fiche)) => {
                scan.ids.get(anchor::TEXTE).map(|range| (&fiche.corps, range.clone()))
            }
            Some(published::Wanted::Texte(corps)) => Some((corps, 0..usize::MAX)),
            _ => None,
        };
        Self { text, own_templates }
    }

    /// Place of the text that holds a link: inside it in the page, and written in it.
    fn of_link(&self, link: &str, at: usize) -> Option<&Span> {
        let (corps, range) = self.text.as_ref()?;
        let end = link.rsplit(['/', '#']).find(|piece| *piece != "index.html")?;
        let end = end.trim_end_matches(".html");
        (range.contains(&at) && corps.markdown().contains(end)).then_some(&corps.span)
    }

    /// Place of the text that has a heading of this anchor.
    fn of_id(&self, id: &str) -> Option<&Span> {
        let (corps, _) = self.text.as_ref()?;
        corps.titres.iter().any(|titre| titre.ancre == id).then_some(&corps.span)
    }
}

/// Faults of a page by itself.
fn itself(path: &OutputPath, page: &PageScan, blame: &Blame<'_>, diags: &mut Vec<Diagnostic>) {
    for what in &page.forbidden {
        let aide = match blame.own_templates {
            false => OF_THE_PROGRAM,
            true => {
                "ni style ni programme dans la page, rien d’un autre site : placez-les dans « static » du thème"
            }
        };
        diags.push(
            Diagnostic::new(Code::PageCodeInterdit, format!("cette page contient : {what}"))
                .in_output(path.as_str())
                .help(aide),
        );
    }
    for id in &page.repeated {
        let diagnostic =
            Diagnostic::new(Code::PageIdEnDouble, format!("l’identifiant « {id} » sert deux fois"));
        diags.push(match (blame.of_id(id), blame.own_templates) {
            (Some(span), _) => diagnostic
                .at(span, "")
                .help("un titre de ce texte porte un nom que sa page emploie déjà : changez ce titre"),
            (None, true) => diagnostic.in_output(path.as_str()).help(
                "un gabarit l’écrit deux fois, ou un titre du texte porte le nom d’un bloc de la page",
            ),
            (None, false) => diagnostic.in_output(path.as_str()).help(OF_THE_PROGRAM),
        });
    }
}
