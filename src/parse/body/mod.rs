//! A Markdown body: the index of what is in it, with spans. The HTML is made elsewhere.

mod html;
mod refusals;
mod tel_quel;
mod unread;

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{
    adresse,
    links::{Target, link_address, target},
};
use crate::{
    diag::{Code, Diagnostic},
    model::{Corps, Image, LienInterne, Titre},
    source::{Passage, SitePath, Span, Spanned, slugify},
};
use html::{Found, OpenElements};

pub use html::is_allowed_html;

/// The Markdown we read. Listed one by one: `Options::all()` would turn on English quotes.
pub fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// Reads a body and says what cannot be published.
pub(super) fn index(
    path: &SitePath,
    text: &Arc<str>,
    body: Range<usize>,
    diags: &mut Vec<Diagnostic>,
) -> Corps {
    let mut reader = Index {
        path,
        offset: body.start,
        diags,
        corps: Corps {
            texte: Arc::clone(text),
            span: Span::new(path, body.clone()),
            titres: Vec::new(),
            liens: Vec::new(),
            images: Vec::new(),
            blocs: Vec::new(),
            ornements: Vec::new(),
            langages: Vec::new(),
        },
        anchors: BTreeSet::new(),
        leaf: String::new(),
        leaf_range: 0..0,
        heading: None,
        image_alt: None,
        in_code: false,
        html: OpenElements::default(),
        received: is_received(&text[..body.start]),
        understood: Vec::new(),
        notes: Vec::new(),
        called: BTreeSet::new(),
    };
    let mut watch = tel_quel::Watch::new(&text[body.clone()]);
    for (event, range) in Parser::new_ext(&text[body], dialect()).into_offset_iter() {
        if !reader.received {
            watch.see(&event, &range);
        }
        reader.event(event, range);
    }
    reader.flush();
    reader.signs(watch.signs());
    reader.unused_notes();
    reader.corps
}

struct Index<'a> {
    path: &'a SitePath,
    offset: usize,
    diags: &'a mut Vec<Diagnostic>,
    corps: Corps,
    anchors: BTreeSet<String>,
    leaf: String,
    leaf_range: Range<usize>,
    heading: Option<u8>,
    /// Where the image being read begins, and its alternative so far.
    image_alt: Option<(Range<usize>, String)>,
    in_code: bool,
    html: OpenElements,
    received: bool,
    /// Links, images and code of the leaf being read: what Markdown did understand.
    understood: Vec<Range<usize>>,
    /// Footnotes written, each with its place.
    notes: Vec<(String, Range<usize>)>,
    /// Footnotes called.
    called: BTreeSet<String>,
}

impl Index<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                self.understood.push(range.clone());
                self.text(&text, range);
            }
            Event::FootnoteReference(name) => {
                self.called.insert(name.to_string());
            }
            Event::SoftBreak | Event::HardBreak => self.text(" ", range),
            Event::InlineHtml(html) | Event::Html(html) => self.html(&html, range),
            Event::TaskListMarker(_) => {
                let span = self.span(range);
                self.corps.ornements.push(Spanned { value: "une case à cocher", span });
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if let Tag::CodeBlock(CodeBlockKind::Fenced(language)) = &tag
            && !language.is_empty()
        {
            let span = self.span(range.clone());
            self.corps.langages.push(Spanned { value: language.to_string(), span });
        }
        if let Some(what) = ornament(&tag) {
            self.corps.ornements.push(Spanned { value: what, span: self.span(range.clone()) });
        }
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::Link { link_type, dest_url, .. } => {
                self.understood.push(range.clone());
                match link_type {
                    LinkType::Email => self.link(&format!("mailto:{dest_url}"), range),
                    _ => self.link(&dest_url, range),
                }
            }
            Tag::Image { dest_url, .. } => {
                self.understood.push(range.clone());
                self.image(&dest_url, range);
            }
            other => {
                self.flush();
                match other {
                    Tag::Heading { level, .. } => {
                        self.heading = Some(level as u8);
                        self.skipped_level(level as u8, range);
                    }
                    Tag::FootnoteDefinition(name) => self.note(name.to_string(), range),
                    Tag::CodeBlock(_) => self.in_code = true,
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
            TagEnd::Image => {
                if let Some((range, alt)) = self.image_alt.take()
                    && alt.trim().is_empty()
                    && !self.received
                {
                    self.no_alternative(range);
                }
            }
            TagEnd::Heading(_) => {
                let niveau = self.heading.take().unwrap_or(2);
                let texte = self.leaf.trim().to_string();
                let ancre = unique_anchor(&texte, &mut self.anchors);
                self.corps.titres.push(Titre { niveau, texte, ancre });
                self.flush();
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.in_code = false;
            }
            _ => self.flush(),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if let Some((_, alt)) = &mut self.image_alt {
            alt.push_str(text);
            return;
        }
        if self.leaf.is_empty() {
            self.leaf_range = range.clone();
        }
        self.leaf_range.end = range.end;
        self.leaf.push_str(text);
    }

    /// Ends a leaf block: keeps its text, looks for what Markdown left unread in it.
    fn flush(&mut self) {
        self.open_elements();
        let mut leaf = std::mem::take(&mut self.leaf);
        let understood = std::mem::take(&mut self.understood);
        if !leaf.trim().is_empty() {
            self.keep(&leaf, &understood);
        }
        // Its room serves again.
        leaf.clear();
        self.leaf = leaf;
    }

    fn keep(&mut self, leaf: &str, understood: &[Range<usize>]) {
        let range = self.leaf_range.clone();
        if !self.in_code && !self.received {
            self.unread_links(leaf, &range, understood);
        }
        if !self.in_code {
            self.undefined_notes(leaf, &range);
        }
        let span = self.span(range);
        let value = Passage::new(&self.corps.texte, span.range(), leaf.trim());
        self.corps.blocs.push(Spanned { value, span });
    }

    fn link(&mut self, dest: &str, range: Range<usize>) {
        match target(dest) {
            Target::Web => match link_address(dest) {
                Ok(url) => self.followed(&url, dest, range),
                Err(why) => self.push(why, range, ""),
            },
            Target::Absolute => self.push(
                Diagnostic::new(Code::UrlInvalide, format!("« {dest} » commence par une barre")),
                range,
                "un lien interne part du fichier où il est écrit : ../retex/nom.md",
            ),
            Target::Inside { file, anchor } if file.is_empty() && anchor.is_none() => self.push(
                Diagnostic::new(Code::LienInterneMort, "ce lien n’a pas d’adresse"),
                range,
                "écrivez l’adresse entre les parenthèses : [texte](https://…)",
            ),
            Target::Inside { file, anchor } => {
                let cible =
                    if file.is_empty() { Some(self.path.clone()) } else { self.path.join(&file) };
                let span = self.span(range.clone());
                match cible {
                    Some(cible) => {
                        self.corps.liens.push(LienInterne { cible, ancre: anchor, span })
                    }
                    None => self.push(
                        Diagnostic::new(Code::LienInterneMort, format!("« {dest} » sort du site")),
                        range,
                        "un lien interne vise un fichier de « content »",
                    ),
                }
            }
        }
    }

    /// What may be said of an address that can be followed, at its own place when it is found there.
    fn followed(&mut self, url: &url::Url, dest: &str, range: Range<usize>) {
        let written = self.corps.texte.get(self.offset + range.start..self.offset + range.end);
        let at = written.and_then(|text| text.rfind(dest)).map(|at| range.start + at);
        let place = at.map_or(range, |at| at..at + dest.len());
        let written = Spanned { value: dest.to_string(), span: self.span(place) };
        self.diags.extend(adresse::judge(url, &written, self.received, ""));
    }

    fn image(&mut self, dest: &str, range: Range<usize>) {
        self.image_alt = Some((range.clone(), String::new()));
        // A received text has none: the proof says so, and no more is to be mended in it.
        if self.received {
            return;
        }
        let cible = match target(dest) {
            Target::Inside { file, .. } if !file.is_empty() => self.path.join(&file),
            _ => None,
        };
        let span = self.span(range.clone());
        match cible {
            Some(cible) => self.corps.images.push(Image { cible, span }),
            None => self.push(
                Diagnostic::new(
                    Code::ImageIntrouvable,
                    format!("l’image « {dest} » n’est pas un fichier du site"),
                ),
                range,
                "si vous en avez le droit, copiez-la à côté du texte, dans un dossier qui porte son nom",
            ),
        }
    }

    fn html(&mut self, html: &str, range: Range<usize>) {
        let mut open = std::mem::take(&mut self.html);
        for found in open.read(html, &range) {
            match found {
                Found::Refused(diagnostic, aide) => self.push(diagnostic, range.clone(), aide),
                Found::Text(text) => self.text(&text, range.clone()),
                Found::Abbreviation => {
                    let span = self.span(range.clone());
                    let value = "une abréviation développée";
                    self.corps.ornements.push(Spanned { value, span });
                }
            }
        }
        self.html = open;
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path, self.offset + range.start..self.offset + range.end)
    }

    fn push(&mut self, diagnostic: Diagnostic, range: Range<usize>, aide: &str) {
        let diagnostic = diagnostic.at(&self.span(range), "");
        self.diags.push(if aide.is_empty() { diagnostic } else { diagnostic.aide(aide) });
    }
}

/// What is more than the words of a text: `None` for paragraphs, headings, bullets and emphasis.
fn ornament(tag: &Tag<'_>) -> Option<&'static str> {
    Some(match tag {
        Tag::Link { .. } => Corps::UN_LIEN,
        Tag::Image { .. } => "une image",
        Tag::Strikethrough => "un texte barré",
        Tag::List(Some(_)) => "une liste numérotée",
        Tag::BlockQuote(_) => "une citation ou un encadré",
        Tag::CodeBlock(_) => "un bloc de code",
        Tag::FootnoteDefinition(_) => "une note",
        Tag::Table(_) => "un tableau",
        _ => return None,
    })
}

/// Whether a header claims lines of the document received: the text below it is not the editor's.
fn is_received(header: &str) -> bool {
    let keys = header.lines().map(str::trim_start).take_while(|line| !line.starts_with('['));
    keys.filter_map(|line| line.strip_prefix("lignes"))
        .any(|rest| rest.trim_start().starts_with('='))
}

/// A heading's anchor, unique among `taken`: as a forge makes it, then `-2`, `-3`…; one that would begin with a
/// digit begins with a word, since a style sheet or a script could not name it simply.
pub fn unique_anchor(text: &str, taken: &mut BTreeSet<String>) -> String {
    let base = match slugify(text) {
        slug if slug.is_empty() => "section".to_string(),
        slug if slug.starts_with(|c: char| c.is_ascii_digit()) => format!("section-{slug}"),
        slug => slug,
    };
    let mut anchor = base.clone();
    let mut n = 1;
    while !taken.insert(anchor.clone()) {
        n += 1;
        anchor = format!("{base}-{n}");
    }
    anchor
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(markdown: &str) -> (Corps, Vec<Code>) {
        let mut diags = Vec::new();
        let text: Arc<str> = markdown.into();
        let corps =
            index(&SitePath::new("content/pages/a.md"), &text, 0..markdown.len(), &mut diags);
        (corps, diags.iter().map(|d| d.code).collect())
    }

    #[test]
    fn leaf_blocks_carry_their_text() {
        let (corps, codes) = check("## Un *deux*\n\n- a\n  b\n  - c\n\nd `e` <sup>f</sup>\n");
        let texts: Vec<_> = corps.blocs.iter().map(|b| b.value.as_str()).collect();
        assert_eq!(texts, ["Un deux", "a b", "c", "d e f"]);
        let apart = |bloc: &Spanned<Passage>| matches!(bloc.value, Passage::Apart(_));
        assert_eq!(corps.blocs.iter().map(apart).collect::<Vec<_>>(), [true, true, false, true]);
        assert_eq!(corps.titres[0].ancre, "un-deux");
        assert!(codes.is_empty());
        assert_eq!(check("## 2. Deux\n\na\n").0.titres[0].ancre, "section-2-deux");
    }
}
