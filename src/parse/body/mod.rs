//! A Markdown body: the index of what is in it, with spans. The HTML is made elsewhere.

mod addresses;
mod anchors;
mod budget;
mod dropped;
mod html;
mod reading;
mod refusals;
mod tel_quel;
mod unread;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};
use unicase::UniCase;

use super::{
    Findings, limits,
    links::{LinkTarget, link_address, on_a_disk, target, without_scheme},
    signes,
};
use crate::{
    diag::{Code, Diagnostic},
    model::{Corps, Image, LienInterne, Titre},
    source::{Passage, SitePath, Span, Spanned},
};
use anchors::Anchors;
use budget::Budget;
use dropped::Coverage;
pub use html::{Element, HtmlPiece, OpenElements, holds_blocks};
pub(super) use reading::dialect;
pub use reading::{MarkdownReading, is_bare};
pub(super) use tel_quel::vague_alternative;

/// Quotation marks that people put around an address.
const QUOTED: [char; 9] = ['«', '»', '“', '”', '„', '"', '‘', '’', '\''];

/// An event and its place in the Markdown.
pub type PlacedEvent<'t> = (Event<'t>, Range<usize>);

/// Reads a body and says what cannot be published.
pub(super) fn index(
    path: &SitePath,
    text: &Arc<str>,
    body: Range<usize>,
    found: &mut Findings,
) -> Corps {
    let mut reader = Index {
        path,
        offset: body.start,
        diags: &mut found.of_text,
        corps: Corps {
            texte: Arc::clone(text),
            span: Span::new(path, body.clone()),
            titres: Vec::new(),
            liens: Vec::new(),
            externes: Vec::new(),
            images: Vec::new(),
            blocs: Vec::new(),
            ornements: Vec::new(),
            langages: Vec::new(),
        },
        anchors: Anchors::default(),
        leaf: String::new(),
        leaf_range: 0..0,
        heading: None,
        image_alt: None,
        in_code: false,
        open_link: None,
        html: OpenElements::default(),
        received: is_received(&text[..body.start]),
        understood: Vec::new(),
        undefined: 0,
        budget: Budget::default(),
        defined: HashSet::new(),
        notes: HashMap::new(),
    };
    let markdown = &text[body.clone()];
    if markdown.len() > limits::BODY {
        // A text that is not read is not shown: nothing of it is published before it is shortened.
        reader.corps.span = Span::new(path, body.start..body.start);
        reader.diags.push(limits::exceeded(
            "ce texte est trop long pour une page, en octets",
            limits::BODY,
            &Span::new(path, body.start..body.start + markdown.lines().next().map_or(0, str::len)),
            "gardez l’essentiel, publiez le reste ailleurs et mettez un lien",
        ));
        found.is_cut = true;
        return reader.corps;
    }
    reader.as_written(markdown);
    let MarkdownReading { text, notes, .. } = MarkdownReading::of(markdown);
    reader.defined = notes.iter().map(|note| UniCase::new(note.name.clone())).collect();
    reader.read(text);
    for note in notes {
        reader.note(&note);
        reader.read(note.events);
    }
    found.is_cut |= reader.say_budget();
    reader.corps
}

struct Index<'a> {
    path: &'a SitePath,
    offset: usize,
    diags: &'a mut Vec<Diagnostic>,
    corps: Corps,
    anchors: Anchors,
    leaf: String,
    leaf_range: Range<usize>,
    heading: Option<u8>,
    /// Start of the image being read, and its alternative so far.
    image_alt: Option<(Range<usize>, String)>,
    in_code: bool,
    /// The link being read: its address, its place, and the start of its words in the leaf.
    open_link: Option<(url::Url, Range<usize>, usize)>,
    html: OpenElements,
    received: bool,
    /// Links, images and code of the leaf being read: what Markdown did understand.
    understood: Vec<Range<usize>>,
    /// Names of the notes that are written: what looks like a call of one, left as text, is code or escaped.
    defined: HashSet<UniCase<String>>,
    /// Number of calls of notes that nothing defines.
    undefined: usize,
    budget: Budget,
    /// Footnotes met, each with its place.
    notes: HashMap<UniCase<String>, Range<usize>>,
}

impl Index<'_> {
    /// Faults of the Markdown itself, event by event: signs that nobody sees written as entities, signs meant as
    /// markup, words that it drops. A received text is held to its document instead.
    fn as_written(&mut self, markdown: &str) {
        let mut decoded = Vec::new();
        let mut watch = tel_quel::SignWatch::new(markdown);
        let mut coverage = Coverage::new(markdown);
        let events = Parser::new_ext(markdown, dialect()).into_offset_iter();
        coverage.definitions(&events);
        for (event, range) in events {
            decoded.extend(signes::decodes(&event, markdown, &range, self.offset));
            if !self.received {
                watch.see(&event, &range);
                coverage.event(&event, range);
            }
        }
        self.diags.extend(signes::told(self.path, &self.corps.texte, &decoded, self.received));
        if !self.received {
            self.signs(watch.signs());
            self.dropped(coverage.conclude(), markdown);
        }
    }

    fn read(&mut self, events: Vec<PlacedEvent<'_>>) {
        for (event, range) in events {
            self.event(event, range);
        }
        self.flush();
        self.left_open(OpenElements::leave);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        self.budget.see(&event);
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => {
                self.open_comment(&text, &range);
                self.text(&text, range);
            }
            Event::Code(text) => {
                self.understand(&range);
                self.text(&text, range);
            }
            Event::SoftBreak | Event::HardBreak => self.text(" ", range),
            Event::InlineHtml(html) => self.html(&html, range, false),
            Event::Html(html) => self.html(&html, range, true),
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
        let shows_itself = matches!(&tag, Tag::Link { link_type: LinkType::Autolink, .. });
        if let Some(what) = ornament(&tag).filter(|_| !(shows_itself && self.received)) {
            self.corps.ornements.push(Spanned { value: what, span: self.span(range.clone()) });
        }
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {
                self.html.enter();
                self.cut_address(&range);
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.html.enter();
                // An address typed as such may be that of a link badly written.
                if !is_bare(link_type) {
                    self.understand(&range);
                }
                match link_type {
                    LinkType::Email => self.link(&format!("mailto:{dest_url}"), range),
                    _ => self.link(&dest_url, range),
                }
            }
            Tag::Image { dest_url, .. } => {
                self.html.enter();
                self.understand(&range);
                self.image(&dest_url, range);
            }
            other => {
                self.flush();
                if !matches!(other, Tag::HtmlBlock) {
                    self.html.enter();
                }
                match other {
                    Tag::Heading { level, .. } => {
                        self.heading = Some(level as u8);
                        self.skipped_level(level as u8, range);
                    }
                    Tag::CodeBlock(_) => self.in_code = true,
                    _ => {}
                }
            }
        }
    }

    /// Keeps the outermost of what Markdown understood.
    fn understand(&mut self, range: &Range<usize>) {
        if self.understood.last().is_none_or(|last| last.end <= range.start) {
            self.understood.push(range.clone());
        }
    }

    fn end(&mut self, end: TagEnd) {
        if end == TagEnd::HtmlBlock {
            return self.flush();
        }
        self.left_open(OpenElements::leave);
        if end == TagEnd::Link {
            self.end_of_link();
        }
        match end {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
            TagEnd::Image => {
                let Some((range, alt)) = self.image_alt.take() else { return };
                if alt.trim().is_empty() && !self.received {
                    self.no_alternative(range.clone());
                }
                if let Some(image) = self.corps.images.last_mut()
                    && image.span.start == self.offset + range.start
                {
                    image.alternative = alt;
                }
            }
            TagEnd::Heading(_) => {
                let niveau = self.heading.take().unwrap_or(2);
                let texte = self.leaf.trim().to_string();
                let ancre = self.anchors.of(&texte);
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
        self.left_open(OpenElements::end_of_sentence);
        let mut leaf = std::mem::take(&mut self.leaf);
        let understood = std::mem::take(&mut self.understood);
        if !leaf.trim().is_empty() {
            self.keep(&leaf, &understood);
        }
        // The room of a leaf serves again.
        leaf.clear();
        self.leaf = leaf;
    }

    fn keep(&mut self, leaf: &str, understood: &[Range<usize>]) {
        let range = self.leaf_range.clone();
        if !self.in_code && !self.received {
            self.unread_links(leaf, &range, understood);
        }
        if !self.in_code {
            self.undefined_notes(leaf, &range, understood);
        }
        let span = self.span(range);
        let value = Passage::new(&self.corps.texte, span.range(), leaf.trim());
        self.corps.blocs.push(Spanned { value, span });
    }

    fn link(&mut self, dest: &str, range: Range<usize>) {
        match target(dest) {
            LinkTarget::Web => match link_address(dest) {
                Ok(url) => {
                    self.followed(&url, dest, range.clone());
                    if url.has_host() {
                        let span = self.span(range.clone());
                        self.corps.externes.push(Spanned { value: url.clone(), span });
                    }
                    self.open_link = Some((url, range, self.leaf.len()));
                }
                Err(why) => self.push(why, range),
            },
            LinkTarget::Absolute => match on_a_disk(dest) {
                Some(why) => self.push(why, range),
                None => self.say(
                    Code::UrlInvalide,
                    format!("« {dest} » commence par une barre"),
                    range,
                    "un lien interne part du fichier où il est écrit : ../retex/nom.md",
                ),
            },
            LinkTarget::Inside { file, anchor } if file.is_empty() && anchor.is_none() => {
                let aide = "écrivez l’adresse entre les parenthèses : [texte](https://…)";
                self.say(Code::LienInterneMort, "ce lien n’a pas d’adresse", range, aide);
            }
            LinkTarget::Inside { file, anchor } => {
                let bare = dest.trim_matches(|c: char| c.is_whitespace() || QUOTED.contains(&c));
                if bare != dest && matches!(target(bare), LinkTarget::Web) {
                    let why = "les guillemets autour de cette adresse la font lire comme un fichier du site";
                    self.meant(why.into(), dest, bare, range);
                } else if let Some(address) = without_scheme(dest) {
                    let why = format!(
                        "« {file} » est lu comme un fichier du site : il manque https:// devant cette adresse"
                    );
                    self.meant(why, dest, &address, range);
                } else {
                    self.inside(dest, &file, anchor, range);
                }
            }
        }
    }

    /// A link to a file of the site.
    fn inside(&mut self, dest: &str, file: &str, ancre: Option<String>, range: Range<usize>) {
        let cible = if file.is_empty() { Some(self.path.clone()) } else { self.path.join(file) };
        let span = self.span(range.clone());
        match cible {
            Some(cible) => self.corps.liens.push(LienInterne { cible, ancre, span }),
            None => {
                let message = format!("« {dest} » sort du site");
                let aide = "un lien interne vise un fichier de « content »";
                self.say(Code::LienInterneMort, message, range, aide);
            }
        }
    }

    fn image(&mut self, dest: &str, range: Range<usize>) {
        self.image_alt = Some((range.clone(), String::new()));
        // A received text has none: the proof says so, and no more is to be mended in it.
        if self.received {
            return;
        }
        let cible = match target(dest) {
            LinkTarget::Inside { file, .. } if !file.is_empty() => self.path.join(&file),
            _ => None,
        };
        let span = self.span(range.clone());
        match cible {
            Some(cible) => self.corps.images.push(Image { cible, alternative: String::new(), span }),
            None => self.say(
                Code::ImageIntrouvable,
                format!("l’image « {dest} » n’est pas un fichier du site"),
                range,
                "si vous en avez le droit, copiez-la à côté du texte, dans un dossier qui porte son nom",
            ),
        }
    }

    fn html(&mut self, html: &str, range: Range<usize>, is_block: bool) {
        let source = &self.corps.texte[self.offset..];
        for (piece, range) in self.html.read(html, &range, source, is_block) {
            match piece {
                HtmlPiece::Open(element) => self.element(&element, range),
                HtmlPiece::Close(name) if holds_blocks(name) || name == "summary" => self.flush(),
                HtmlPiece::Close(_) | HtmlPiece::Refusal => {}
                HtmlPiece::Break => self.text(" ", range),
                HtmlPiece::Text(text) => self.text(&text, range),
                HtmlPiece::Comment => self.comment(range),
                HtmlPiece::Refused(message, helps) => self.refused(message, &helps, range),
            }
        }
    }

    fn element(&mut self, element: &Element, range: Range<usize>) {
        let ornament = match element.name {
            "abbr" => "une abréviation développée",
            "details" => "un texte replié",
            "figure" => "une figure légendée",
            _ => "",
        };
        if holds_blocks(element.name) || element.name == "summary" {
            self.flush();
        }
        if !ornament.is_empty() {
            self.corps.ornements.push(Spanned { value: ornament, span: self.span(range) });
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.path, self.offset + range.start..self.offset + range.end)
    }
}

/// Name of a form that is more than words: `None` for paragraphs, headings, bullets and emphasis.
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

/// True when a header claims lines of the document received: the text below it is not the editor's.
pub(super) fn is_received(header: &str) -> bool {
    let keys = header.lines().map(str::trim_start).take_while(|line| !line.starts_with('['));
    keys.filter_map(|line| line.strip_prefix("lignes"))
        .any(|rest| rest.trim_start().starts_with('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text below a header, read, and what is said of it.
    pub(super) fn read(header: &str, markdown: &str) -> (Corps, Vec<Diagnostic>) {
        let mut found = Findings::default();
        let text: Arc<str> = format!("{header}{markdown}").into();
        let path = SitePath::new("content/pages/a.md");
        let corps = index(&path, &text, header.len()..text.len(), &mut found);
        (corps, found.of_text)
    }

    /// The text once its certain corrections are made, the last first.
    pub(super) fn mended(header: &str, markdown: &str) -> String {
        let mut edits: Vec<_> =
            read(header, markdown).1.into_iter().flat_map(|d| d.fixes).collect();
        edits.sort();
        let mut mended = format!("{header}{markdown}");
        for edit in edits.iter().rev() {
            mended.replace_range(edit.span.range(), &edit.texte);
        }
        mended[header.len()..].to_string()
    }

    #[test]
    fn leaf_blocks_carry_their_text() {
        let (corps, said) = read("", "## Un *deux*\n\n- a\n  b\n  - c\n\nd `e` <sup>f</sup>\n");
        let texts: Vec<_> = corps.blocs.iter().map(|b| b.value.as_str()).collect();
        assert_eq!(texts, ["Un deux", "a b", "c", "d e f"]);
        let apart = |bloc: &Spanned<Passage>| matches!(bloc.value, Passage::Apart(_));
        assert_eq!(corps.blocs.iter().map(apart).collect::<Vec<_>>(), [true, true, false, true]);
        assert_eq!(corps.titres[0].ancre, "un-deux");
        assert!(said.is_empty());
        assert_eq!(read("", "## 2. Deux\n\na\n").0.titres[0].ancre, "section-2-deux");
    }
}
