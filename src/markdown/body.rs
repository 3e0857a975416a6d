//! A Markdown body → HTML, by adapting pulldown-cmark's events. Errors were reported when the body
//! was read; what was refused there is escaped here all the same.

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd,
    html,
};

use super::{Glose, Html, LinkBase, code, inline, numeros::Numbers};
use crate::{
    diag::{Code, Diagnostic},
    french,
    model::{Corps, Langue, TITRES_DES_ALERTES},
    parse::{
        Element, HtmlPiece, MarkdownReading, OpenElements, PlacedEvent, internal_target, is_bare,
    },
    site::{Site, address},
    source::{Spanned, escaped},
};

/// Renders a body for a page.
pub fn corps(corps: &Corps, place: LinkBase<'_>, glose: &mut Glose<'_>) -> Html {
    corps_en(None, corps, place, glose)
}

/// Renders a body of another language, which is said: typography leaves it alone.
pub fn corps_en(
    langue: Option<&Langue>,
    corps: &Corps,
    place: LinkBase<'_>,
    glose: &mut Glose<'_>,
) -> Html {
    let reading = MarkdownReading::of(corps.markdown());
    let mut writer = Writer {
        corps,
        langue,
        place,
        glose,
        reading: &reading,
        out: Vec::new(),
        html: OpenElements::default(),
        called: vec![false; reading.notes.len()],
        headings: 0,
        tables: 0,
        alignments: Vec::new(),
        cell: 0,
        in_head: false,
        no_links: 0,
        verbatim: usize::from(langue.is_some()),
        links: Vec::new(),
        numbers: Numbers::default(),
        before: None,
        code: None,
        image: None,
    };
    writer.events(&reading.text);
    let mut out = String::with_capacity(corps.markdown().len() * 5 / 4);
    if let Some(langue) = langue {
        out.push_str(&format!("<div{}>\n", inline::attributes(langue)));
    }
    html::push_html(&mut out, std::mem::take(&mut writer.out).into_iter());
    writer.notes(&mut out);
    if langue.is_some() {
        out.push_str("</div>\n");
    }
    Html::new(out)
}

/// Says which code blocks of a site cannot be coloured.
pub fn check(site: &Site, diags: &mut Vec<Diagnostic>) {
    for Spanned { value: language, span } in site.bodies().flat_map(|corps| &corps.langages) {
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

struct Writer<'a, 'e, 'g> {
    corps: &'a Corps,
    /// Language of the text, unless it is that of the page.
    langue: Option<&'a Langue>,
    place: LinkBase<'a>,
    glose: &'a mut Glose<'g>,
    reading: &'a MarkdownReading<'e>,
    out: Vec<Event<'e>>,
    /// Elements of HTML that the text opened.
    html: OpenElements,
    /// For each note, true once it was called: its first call bears the anchor of the way back.
    called: Vec<bool>,
    headings: usize,
    tables: usize,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// Depth of links and headings, where an acronym is not linked.
    no_links: usize,
    /// Depth of what typography leaves alone: links that show their address, a text of another language.
    verbatim: usize,
    /// For each open link, true when it shows its address.
    links: Vec<bool>,
    numbers: Numbers,
    /// The last sign of the sentence so far.
    before: Option<char>,
    code: Option<(String, String)>,
    image: Option<OpenImage>,
}

impl<'a, 'e> Writer<'a, 'e, '_> {
    fn events(&mut self, events: &'a [PlacedEvent<'e>]) {
        for (at, (event, range)) in events.iter().enumerate() {
            if self.image.is_some() {
                self.in_image(event);
                continue;
            }
            match event {
                Event::Text(text) if self.code.is_some() => {
                    if let Some((_, code)) = &mut self.code {
                        code.push_str(text);
                    }
                }
                Event::Text(text) => {
                    let after = next_sign(&events[at + 1..]);
                    self.text(text, after);
                }
                Event::Html(raw) => self.raw_html(raw, range, true),
                Event::InlineHtml(raw) => self.raw_html(raw, range, false),
                Event::Start(Tag::Item) => self.item(&self.corps.markdown()[range.clone()]),
                event => self.event(event),
            }
        }
        self.leave();
    }

    fn event(&mut self, event: &Event<'e>) {
        match event {
            Event::Start(tag) => self.start(tag.clone()),
            Event::End(end) => self.end(*end),
            Event::FootnoteReference(name) => self.call(name),
            Event::TaskListMarker(done) => {
                let fr = self.french();
                let (mark, label) = if *done { ("☑", "fait") } else { ("☐", "à faire") };
                self.raw(format!("<span{fr} role=\"img\" aria-label=\"{label}\">{mark}</span> "));
            }
            other => {
                self.before = match other {
                    Event::Code(text) => text.chars().next_back(),
                    _ => Some(' '),
                };
                self.out.push(other.clone());
            }
        }
    }

    fn in_image(&mut self, event: &Event<'e>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Text(text) | Event::Code(text) => image.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::End(TagEnd::Image) => {
                self.leave();
                self.end_image();
            }
            Event::Start(_) => self.html.enter(),
            Event::End(_) => self.leave(),
            _ => {}
        }
    }

    /// Writes the allowed elements of raw HTML; of the rest, the source as text.
    fn raw_html(&mut self, raw: &CowStr<'e>, range: &std::ops::Range<usize>, is_block: bool) {
        let markdown = self.corps.markdown();
        for (piece, range) in self.html.read(raw, range, markdown, is_block) {
            match piece {
                HtmlPiece::Open(element) => self.raw(start_tag(&element)),
                HtmlPiece::Close(name) => self.raw(format!("</{name}>")),
                HtmlPiece::Break => {
                    self.before = Some(' ');
                    self.raw("<br>".into());
                }
                HtmlPiece::Text(text) => self.text(&text, None),
                HtmlPiece::Comment => {}
                HtmlPiece::Refused(..) | HtmlPiece::Refusal => {
                    self.out.push(Event::Text(markdown[range].to_string().into()));
                }
            }
        }
        if is_block {
            self.end_of_sentence();
        }
    }

    fn end_of_sentence(&mut self) {
        let left = self.html.end_of_sentence();
        left.into_iter().for_each(|left| self.raw(format!("</{}>", left.name)));
    }

    /// Closes what the element of Markdown that ends has left open.
    fn leave(&mut self) {
        let left = self.html.leave();
        left.into_iter().for_each(|left| self.raw(format!("</{}>", left.name)));
    }

    /// Attribute of what the program adds to a text of another language: its words are French.
    fn french(&self) -> &'static str {
        match self.langue {
            Some(langue) if langue.is_rtl() => " lang=\"fr\" dir=\"ltr\"",
            Some(_) => " lang=\"fr\"",
            None => "",
        }
    }

    fn raw(&mut self, html: String) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    fn text(&mut self, text: &str, after: Option<char>) {
        let set = match self.verbatim {
            0 => french::typography_between(self.before, text, after),
            _ => text.to_string(),
        };
        self.before = text.chars().next_back().or(self.before);
        let mut html = String::with_capacity(set.len() + 16);
        let glose = if self.no_links == 0 { Some(&mut *self.glose) } else { None };
        inline::write(&set, None, glose, &mut html);
        self.raw(html);
    }

    fn start(&mut self, tag: Tag<'e>) {
        if !is_of_a_sentence(&tag) {
            self.before = None;
            self.end_of_sentence();
        }
        if !matches!(tag, Tag::HtmlBlock) {
            self.html.enter();
        }
        if let Tag::List(first) = tag {
            self.numbers.begin(first);
        }
        match tag {
            Tag::Heading { level, .. } => {
                self.no_links += 1;
                let anchor = self.corps.titres.get(self.headings).map(|t| t.ancre.clone());
                self.headings += 1;
                let (level, parmi) = (self.level(level), self.place.parmi);
                self.raw(format!("<h{level} id=\"{parmi}{}\">", anchor.unwrap_or_default()));
            }
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url),
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
                let ((class, title), fr) = (alert(kind), self.french());
                self.raw(format!(
                    "<div class=\"alerte alerte-{class}\" role=\"note\"><p{fr} class=\"alerte-titre\">{title}</p>\n"
                ));
            }
            Tag::Table(alignments) => {
                self.tables += 1;
                self.alignments = alignments;
                let (n, fr) = (self.tables, self.french());
                let own = self.langue.map(inline::attributes).unwrap_or_default();
                // Several regions of one name on a page would not be told apart: among others, a group.
                let role = if self.place.parmi.is_empty() { "region" } else { "group" };
                self.raw(format!(
                    "<div{fr} class=\"defilant\" role=\"{role}\" tabindex=\"0\" aria-label=\"Tableau {n} du texte\"><table{own}>"
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
            Tag::TableCell => self.cell(),
            other => self.out.push(Event::Start(other)),
        }
    }

    fn item(&mut self, markdown: &str) {
        self.start(Tag::Item);
        if let Some(number) = self.numbers.item(markdown) {
            self.out.pop();
            self.raw(format!("\n<li value=\"{number}\">"));
        }
    }

    fn link(&mut self, link_type: LinkType, dest: &str) {
        self.no_links += 1;
        self.verbatim += usize::from(is_bare(link_type));
        let target = match link_type {
            LinkType::Email => format!("mailto:{dest}"),
            // A browser would take this sign for a « / ».
            _ => self.resolve(dest).replace('\\', "%5C"),
        };
        let href = escaped(&target);
        // On paper an address follows its link, unless the link shows it.
        let class = if is_bare(link_type) { " class=\"adresse\"" } else { "" };
        self.raw(format!("<a{class} href=\"{href}\">"));
        self.links.push(is_bare(link_type));
    }

    fn cell(&mut self) {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Center) => " class=\"centre\"",
            Some(Alignment::Right) => " class=\"droite\"",
            _ => "",
        };
        self.cell += 1;
        self.raw(match self.in_head {
            true => format!("<th scope=\"col\"{class}>"),
            false => format!("<td{class}>"),
        });
    }

    fn end(&mut self, end: TagEnd) {
        if end != TagEnd::HtmlBlock {
            self.leave();
        }
        match end {
            TagEnd::Heading(level) => {
                self.no_links -= 1;
                let level = self.level(level);
                self.raw(format!("</h{level}>\n"));
            }
            TagEnd::List(ordered) => {
                self.numbers.end();
                self.out.push(Event::End(TagEnd::List(ordered)));
            }
            TagEnd::Link => {
                self.no_links -= 1;
                self.verbatim -= usize::from(self.links.pop().unwrap_or_default());
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

    /// Address of a link of the text, from this page.
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
        let (alt, source) = (escaped(&inline::plain_en(self.langue, &image.alt)), escaped(&src));
        self.raw(format!(
            "<img src=\"{source}\" alt=\"{alt}\" width=\"{}\" height=\"{}\" loading=\"lazy\">",
            size.width, size.height
        ));
    }

    fn call(&mut self, name: &str) {
        let Some(number) = self.reading.number(name) else { return };
        let (parmi, fr) = (self.place.parmi, self.french());
        let is_first = !std::mem::replace(&mut self.called[number - 1], true);
        let id = if is_first { format!(" id=\"{parmi}appel--{number}\"") } else { String::new() };
        self.raw(format!(
            "<sup><a{fr} href=\"#{parmi}note--{number}\"{id} aria-label=\"note {number}\">{number}</a></sup>"
        ));
    }

    /// Writes the notes at the foot of the text; one that nothing calls is still text that somebody wrote.
    fn notes(&mut self, out: &mut String) {
        if self.reading.notes.is_empty() {
            return;
        }
        // Several regions of one name on a page would not be told apart.
        let parmi = self.place.parmi;
        let (fr, own) = (self.french(), self.langue.map(inline::attributes).unwrap_or_default());
        let (open, close) = match parmi.is_empty() {
            true => (format!("<section{fr} class=\"notes\" aria-label=\"Notes\">"), "</section>"),
            false => ("<div class=\"notes\">".into(), "</div>"),
        };
        out.push_str(&format!("{open}<ol{own}>\n"));
        let reading = self.reading;
        for (at, note) in reading.notes.iter().enumerate() {
            let n = at + 1;
            out.push_str(&format!("<li id=\"{parmi}note--{n}\">"));
            self.before = None;
            self.events(&note.events);
            html::push_html(out, std::mem::take(&mut self.out).into_iter());
            if note.is_called {
                out.push_str(&format!("<a{fr} href=\"#{parmi}appel--{n}\" aria-label=\"retour à l’appel de la note {n}\">↩</a>"));
            }
            out.push_str("</li>\n");
        }
        out.push_str(&format!("</ol>{close}\n"));
    }
}

/// The start tag of an allowed element.
fn start_tag(element: &Element) -> String {
    let name = element.name;
    match &element.title {
        Some(title) => format!("<{name} title=\"{}\">", escaped(title)),
        None if element.unfolded => format!("<{name} open>"),
        None => format!("<{name}>"),
    }
}

/// True when an element is inside a sentence, which goes on around it.
fn is_of_a_sentence(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

/// The sign that follows in the sentence, whatever emphasis or link begins or ends before it.
fn next_sign(events: &[PlacedEvent<'_>]) -> Option<char> {
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => return text.chars().next(),
            Event::SoftBreak | Event::HardBreak => return Some(' '),
            Event::Start(tag) if is_of_a_sentence(tag) => {}
            Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
            ) => {}
            Event::InlineHtml(_) | Event::FootnoteReference(_) => {}
            _ => return None,
        }
    }
    None
}

fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    let [note, tip, important, warning, caution] = TITRES_DES_ALERTES;
    match kind {
        BlockQuoteKind::Note => ("note", note),
        BlockQuoteKind::Tip => ("conseil", tip),
        BlockQuoteKind::Important => ("important", important),
        BlockQuoteKind::Warning => ("attention", warning),
        BlockQuoteKind::Caution => ("danger", caution),
    }
}
