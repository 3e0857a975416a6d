//! A Markdown body → HTML, by adapting pulldown-cmark's events. Errors were reported when the body
//! was read; what was refused there is escaped here all the same.

use std::collections::BTreeMap;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Parser, Tag, TagEnd,
    TextMergeStream, html,
};

use super::{Glose, Html, Place, code, inline};
use crate::{
    diag::{Code, Diagnostic},
    fr,
    model::Corps,
    parse::{dialect, internal_target, is_allowed_html},
    site::address,
    source::Spanned,
};

/// Renders a body for a page.
pub fn corps(corps: &Corps, place: Place<'_>, glose: &mut Glose<'_>) -> Html {
    let mut writer = Writer {
        corps,
        place,
        glose,
        out: Vec::new(),
        notes: BTreeMap::new(),
        order: Vec::new(),
        outer: None,
        headings: 0,
        tables: 0,
        alignments: Vec::new(),
        cell: 0,
        in_head: false,
        no_links: 0,
        code: None,
        image: None,
    };
    for event in TextMergeStream::new(Parser::new_ext(corps.markdown(), dialect())) {
        writer.event(event);
    }
    writer.finish()
}

/// Says which code blocks cannot be coloured.
pub fn check(corps: &Corps, diags: &mut Vec<Diagnostic>) {
    for Spanned { value: language, span } in &corps.langages {
        if code::knows(language) {
            continue;
        }
        diags.push(
            Diagnostic::new(
                Code::LangageInconnu,
                format!(
                    "le langage « {language} » n’est pas connu : ce code paraîtra sans couleurs"
                ),
            )
            .at(span, "")
            .suggest(language, code::languages()),
        );
    }
}

/// An image being read: its address and its alternative so far.
struct OpenImage {
    dest: String,
    alt: String,
}

/// A footnote's number and its text, once met.
#[derive(Default)]
struct Note<'e> {
    events: Vec<Event<'e>>,
}

struct Writer<'a, 'e, 'g> {
    corps: &'a Corps,
    place: Place<'a>,
    glose: &'a mut Glose<'g>,
    out: Vec<Event<'e>>,
    notes: BTreeMap<String, Note<'e>>,
    /// Footnotes in the order of their first call.
    order: Vec<String>,
    /// What was being written when a footnote's definition began, and its name.
    outer: Option<(String, Vec<Event<'e>>)>,
    headings: usize,
    tables: usize,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// Depth of links and headings, where an acronym is not linked.
    no_links: usize,
    code: Option<(String, String)>,
    image: Option<OpenImage>,
}

impl<'e> Writer<'_, 'e, '_> {
    fn event(&mut self, event: Event<'e>) {
        if let Some(image) = &mut self.image {
            match event {
                Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
                Event::End(TagEnd::Image) => self.end_image(),
                _ => {}
            }
            return;
        }
        if let Some((_, code)) = &mut self.code
            && let Event::Text(text) = &event
        {
            code.push_str(text);
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text),
            Event::InlineHtml(raw) | Event::Html(raw) => {
                if is_allowed_html(&raw) {
                    self.raw(raw.into_string());
                } else {
                    self.out.push(Event::Text(raw));
                }
            }
            Event::FootnoteReference(name) => self.call(&name),
            Event::TaskListMarker(done) => {
                let (mark, label) = if done { ("☑", "fait") } else { ("☐", "à faire") };
                self.raw(format!("<span role=\"img\" aria-label=\"{label}\">{mark}</span> "));
            }
            other => self.out.push(other),
        }
    }

    fn raw(&mut self, html: String) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    fn text(&mut self, text: &str) {
        let mut html = String::with_capacity(text.len() + 16);
        let glose = if self.no_links == 0 { Some(&mut *self.glose) } else { None };
        inline::write(&fr::typography(text), None, glose, &mut html);
        self.raw(html);
    }

    fn start(&mut self, tag: Tag<'e>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.no_links += 1;
                let anchor = self.corps.titres.get(self.headings).map(|t| t.ancre.clone());
                self.headings += 1;
                let (level, parmi) = (self.level(level), self.place.parmi);
                self.raw(format!("<h{level} id=\"{parmi}{}\">", anchor.unwrap_or_default()));
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.no_links += 1;
                let mut href = String::new();
                let target = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => self.resolve(&dest_url).to_string(),
                };
                inline::escape(&target, &mut href);
                self.raw(format!("<a href=\"{href}\">"));
            }
            Tag::Image { dest_url, .. } => {
                self.image = Some(OpenImage { dest: dest_url.into_string(), alt: String::new() });
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(language) => language.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = alert(kind);
                self.raw(format!(
                    "<div class=\"alerte alerte-{class}\" role=\"note\"><p class=\"alerte-titre\">{title}</p>\n"
                ));
            }
            Tag::FootnoteDefinition(name) => {
                let outer = std::mem::take(&mut self.out);
                self.outer = Some((name.into_string(), outer));
            }
            Tag::Table(alignments) => {
                self.tables += 1;
                self.alignments = alignments;
                let n = self.tables;
                // Several regions of one name on a page would not be told apart: among others, a group.
                let role = if self.place.parmi.is_empty() { "region" } else { "group" };
                self.raw(format!(
                    "<div class=\"defilant\" role=\"{role}\" tabindex=\"0\" aria-label=\"Tableau {n} du texte\"><table>"
                ));
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.raw("<thead><tr>".into());
            }
            Tag::TableRow => {
                self.cell = 0;
                self.raw("<tr>".into());
            }
            Tag::TableCell => {
                let class = match self.alignments.get(self.cell) {
                    Some(Alignment::Center) => " class=\"centre\"",
                    Some(Alignment::Right) => " class=\"droite\"",
                    _ => "",
                };
                self.cell += 1;
                let open = if self.in_head {
                    format!("<th scope=\"col\"{class}>")
                } else {
                    format!("<td{class}>")
                };
                self.raw(open);
            }
            other => self.out.push(Event::Start(other)),
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Heading(level) => {
                self.no_links -= 1;
                let level = self.level(level);
                self.raw(format!("</h{level}>\n"));
            }
            TagEnd::Link => {
                self.no_links -= 1;
                self.raw("</a>".into());
            }
            TagEnd::CodeBlock => {
                if let Some((language, text)) = self.code.take() {
                    let mut html = String::new();
                    code::block(&language, &text, &mut html);
                    self.out.push(Event::Html(html.into()));
                }
            }
            TagEnd::BlockQuote(Some(_)) => self.raw("</div>\n".into()),
            TagEnd::FootnoteDefinition => {
                if let Some((name, outer)) = self.outer.take() {
                    let events = std::mem::replace(&mut self.out, outer);
                    self.notes.insert(name, Note { events });
                }
            }
            TagEnd::Table => self.raw("</tbody></table></div>\n".into()),
            TagEnd::TableHead => {
                self.in_head = false;
                self.raw("</tr></thead><tbody>".into());
            }
            TagEnd::TableRow => self.raw("</tr>".into()),
            TagEnd::TableCell => self.raw(if self.in_head { "</th>" } else { "</td>" }.into()),
            other => self.out.push(Event::End(other)),
        }
    }

    /// A page has one h1, its title; a text among others stands under an h3 of its own.
    fn level(&self, level: HeadingLevel) -> usize {
        let level = (level as usize).max(2);
        if self.place.parmi.is_empty() { level } else { (level + 2).min(6) }
    }

    /// Where a link of the text leads from this page.
    fn resolve(&self, dest: &str) -> String {
        if let Some(ancre) = dest.strip_prefix('#') {
            return format!("#{}{ancre}", self.place.parmi);
        }
        let Some((cible, ancre)) = internal_target(&self.corps.span.file, dest) else {
            return dest.to_string();
        };
        let Some(target) = self.place.site.target(&cible) else { return dest.to_string() };
        match ancre {
            Some(ancre) => {
                let page = target.anchors.get(&ancre).unwrap_or(&target.page);
                self.place.page.link_to_anchor(page, &ancre)
            }
            None => self.place.page.link_to(&target.page),
        }
    }

    fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let Some((cible, _)) = internal_target(&self.corps.span.file, &image.dest) else { return };
        let Some(size) = self.place.site.images.get(&cible) else { return };
        let src = address::image_from(self.place.page, &cible);
        let (mut alt, mut source) = (String::new(), String::new());
        inline::escape(&inline::plain(&image.alt), &mut alt);
        inline::escape(&src, &mut source);
        self.raw(format!(
            "<img src=\"{source}\" alt=\"{alt}\" width=\"{}\" height=\"{}\" loading=\"lazy\">",
            size.width, size.height
        ));
    }

    fn call(&mut self, name: &str) {
        let known = self.order.iter().position(|n| n == name);
        let number = known.map_or_else(
            || {
                self.order.push(name.to_string());
                self.order.len()
            },
            |at| at + 1,
        );
        let parmi = self.place.parmi;
        let id = match known {
            None => format!(" id=\"{parmi}appel--{number}\""),
            Some(_) => String::new(),
        };
        self.raw(format!(
            "<sup><a href=\"#{parmi}note--{number}\"{id} aria-label=\"note {number}\">{number}</a></sup>"
        ));
    }

    fn finish(mut self) -> Html {
        let mut out = String::with_capacity(self.corps.markdown().len() * 5 / 4);
        html::push_html(&mut out, std::mem::take(&mut self.out).into_iter());
        let called = self.order.len();
        // A definition that nothing calls is still text that somebody wrote.
        let uncalled: Vec<String> =
            self.notes.keys().filter(|n| !self.order.contains(n)).cloned().collect();
        self.order.extend(uncalled);
        if !self.order.is_empty() {
            // Several regions of one name on a page would not be told apart.
            let parmi = self.place.parmi;
            let (open, close) = match parmi.is_empty() {
                true => ("<section class=\"notes\" aria-label=\"Notes\">", "</section>"),
                false => ("<div class=\"notes\">", "</div>"),
            };
            out.push_str(&format!("{open}<ol>\n"));
            for (i, name) in self.order.iter().enumerate() {
                let n = i + 1;
                out.push_str(&format!("<li id=\"{parmi}note--{n}\">"));
                let events = self.notes.remove(name).unwrap_or_default().events;
                html::push_html(&mut out, events.into_iter());
                if n <= called {
                    out.push_str(&format!("<a href=\"#{parmi}appel--{n}\" aria-label=\"retour à l’appel de la note {n}\">↩</a>"));
                }
                out.push_str("</li>\n");
            }
            out.push_str(&format!("</ol>{close}\n"));
        }
        Html::new(out)
    }
}

fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "À noter"),
        BlockQuoteKind::Tip => ("conseil", "Conseil"),
        BlockQuoteKind::Important => ("important", "Important"),
        BlockQuoteKind::Warning => ("attention", "Attention"),
        BlockQuoteKind::Caution => ("danger", "Prudence"),
    }
}
