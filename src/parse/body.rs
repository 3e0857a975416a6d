//! A Markdown body: what is in it and what is refused, with spans. The HTML is made elsewhere.

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{
    html::{Found, OpenElements},
    unread,
};
use crate::{
    diag::{Code, Diagnostic},
    model::{Corps, Image, LienInterne, Titre},
    source::{SitePath, Span, Spanned, slugify},
};

/// The Markdown we read. Listed one by one: `Options::all()` would turn on English quotes.
pub fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// Schemes that a link may have.
const ALLOWED_SCHEMES: [&str; 3] = ["https", "http", "mailto"];

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
    for (event, range) in Parser::new_ext(&text[body], dialect()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.flush();
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
        if let Some(what) = ornament(&tag) {
            self.corps.ornements.push(Spanned { value: what, span: self.span(range.clone()) });
        }
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::Link { dest_url, .. } => {
                self.understood.push(range.clone());
                self.link(&dest_url, range);
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
                    Tag::FootnoteDefinition(name) => self.notes.push((name.to_string(), range)),
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
                {
                    self.push(
                        Diagnostic::new(
                            Code::ImageSansAlternative,
                            "cette image n’a pas de texte de remplacement",
                        ),
                        range,
                        "écrivez entre crochets ce que l’image apporte : ![élèves au micro](…)",
                    );
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
        for (name, range) in self.html.left_open() {
            self.push(
                Diagnostic::new(Code::HtmlRefuse, format!("<{name}> n’est pas fermé")),
                range,
                &format!("ajoutez </{name}> dans le même paragraphe"),
            );
        }
        let leaf = std::mem::take(&mut self.leaf);
        let understood = std::mem::take(&mut self.understood);
        if leaf.trim().is_empty() {
            return;
        }
        let range = self.leaf_range.clone();
        if !self.in_code && !self.received {
            self.unread_links(&leaf, &range, &understood);
        }
        if !self.in_code {
            for note in unread::footnotes(&leaf) {
                let call = format!("[^{note}]");
                let written =
                    self.corps.texte.get(self.offset + range.start..self.offset + range.end);
                let at = written.and_then(|text| text.find(&call)).map(|at| range.start + at);
                self.push(
                    Diagnostic::new(
                        Code::NoteIndefinie,
                        format!("la note « {note} » n’est écrite nulle part"),
                    ),
                    at.map_or(range.clone(), |at| at..at + call.len()),
                    &format!("ajoutez une ligne à la fin du texte : {call}: …"),
                );
            }
        }
        let span = self.span(range);
        self.corps.blocs.push(Spanned { value: leaf.trim().to_string(), span });
    }

    fn link(&mut self, dest: &str, range: Range<usize>) {
        match target(dest) {
            Target::Web => {
                if let Err(why) = link_address(dest) {
                    self.push(why, range, "");
                }
            }
            Target::Absolute => self.push(
                Diagnostic::new(Code::UrlInvalide, format!("« {dest} » commence par une barre")),
                range,
                "un lien interne part du fichier où il est écrit : ../retex/nom.md",
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

    fn image(&mut self, dest: &str, range: Range<usize>) {
        self.image_alt = Some((range.clone(), String::new()));
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

    /// A heading more than one level below the one before it; the page's own title is of level 1,
    /// and a `#` in a text is published as `##`.
    fn skipped_level(&mut self, level: u8, range: Range<usize>) {
        let before = self.corps.titres.last().map_or(1, |titre| titre.niveau.max(2));
        if level <= before + 1 {
            return;
        }
        let body = &self.corps.texte[self.offset..];
        let hashes = body
            .get(range.clone())
            .map_or(0, |text| text.bytes().take_while(|b| *b == b'#').count());
        let wanted = "#".repeat(usize::from(before) + 1);
        let end = range.start + body.get(range.clone()).map_or(0, |text| text.trim_end().len());
        let message = if self.corps.titres.is_empty() {
            "le premier titre d’un texte est un titre de niveau 2".to_string()
        } else {
            format!("ce titre est de niveau {level}, celui qui le précède de niveau {before}")
        };
        let mut diagnostic = Diagnostic::new(Code::TitreSaute, message);
        if hashes == usize::from(level) && !self.received {
            let marks = self.span(range.start..range.start + hashes);
            diagnostic = diagnostic.corrige(&marks, wanted.clone());
        }
        let aide = format!(
            "commencez cette ligne par « {wanted} » : un lecteur d’écran lit les titres comme un sommaire, où un niveau ne se saute pas"
        );
        self.push(diagnostic, range.start..end, &aide);
    }

    /// Footnotes that no text calls: no page shows where they belong.
    fn unused_notes(&mut self) {
        for (name, range) in std::mem::take(&mut self.notes) {
            if self.called.contains(&name) {
                continue;
            }
            let call = format!("[^{name}]");
            let end = (range.start + call.len() + 1).min(range.end);
            self.push(
                Diagnostic::new(
                    Code::NoteInutilisee,
                    format!("aucun texte n’appelle la note « {name} »"),
                ),
                range.start..end,
                &format!("écrivez {call} là où la note doit être appelée, ou supprimez-la"),
            );
        }
    }

    /// `[texte](adresse)` that Markdown left as text.
    fn unread_links(&mut self, leaf: &str, range: &Range<usize>, understood: &[Range<usize>]) {
        if !leaf.contains("](") {
            return;
        }
        let texte = Arc::clone(&self.corps.texte);
        let Some(written) = texte.get(self.offset + range.start..self.offset + range.end) else {
            return;
        };
        for link in unread::links(written) {
            let place = |r: &Range<usize>| range.start + r.start..range.start + r.end;
            let whole = place(&link.whole);
            if understood.iter().any(|u| u.start < whole.end && whole.start < u.end) {
                continue;
            }
            let address = &written[link.address.clone()];
            let mut diagnostic = Diagnostic::new(
                Code::LienMalEcrit,
                "ce lien sera publié tel quel, crochets compris",
            );
            let aide = match unread::with_its_spaces(address) {
                Some(better) => {
                    let aide = format!("une adresse n’a pas d’espace ; écrivez : {better}");
                    diagnostic = diagnostic.corrige(&self.span(place(&link.address)), better);
                    aide
                }
                None if !link.closed => {
                    "fermez la parenthèse après l’adresse : [texte](adresse)".into()
                }
                None => {
                    "un lien s’écrit [texte](adresse), l’adresse sans espace ni autre mot".into()
                }
            };
            self.push(diagnostic, whole, &aide);
        }
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

/// A heading's anchor, unique among `taken`: as a forge makes it, then `-2`, `-3`…
pub fn unique_anchor(text: &str, taken: &mut BTreeSet<String>) -> String {
    let base = match slugify(text) {
        slug if slug.is_empty() => "section".to_string(),
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

enum Target {
    Web,
    Inside { file: String, anchor: Option<String> },
    Absolute,
}

fn target(dest: &str) -> Target {
    let scheme_end = dest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    if let Some(end) = scheme_end
        && end > 0
        && dest[end..].starts_with(':')
    {
        return Target::Web;
    }
    if dest.starts_with('/') || dest.starts_with('\\') {
        return Target::Absolute;
    }
    let (file, anchor) = match dest.split_once('#') {
        Some((file, anchor)) => (file, Some(anchor)),
        None => (dest, None),
    };
    let decode =
        |part: &str| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned();
    let file = decode(file.split('?').next().unwrap_or(file));
    Target::Inside { file, anchor: anchor.filter(|a| !a.is_empty()).map(decode) }
}

/// The file of the site, and the anchor in it, that a link written in `file` names; `None` for a
/// web address and for what cannot be a link.
pub fn internal_target(file: &SitePath, dest: &str) -> Option<(SitePath, Option<String>)> {
    match target(dest) {
        Target::Inside { file: name, anchor } => {
            let cible = if name.is_empty() { Some(file.clone()) } else { file.join(&name) };
            cible.map(|cible| (cible, anchor))
        }
        Target::Web | Target::Absolute => None,
    }
}

/// A web address that can be followed: `https` or `http`, with a host.
///
/// # Errors
/// What is wrong, without its place.
pub(super) fn web_address(text: &str) -> Result<url::Url, Diagnostic> {
    let url = link_address(text)?;
    if url.host_str().is_none_or(str::is_empty) {
        return Err(incomplete_address(text));
    }
    Ok(url)
}

fn link_address(text: &str) -> Result<url::Url, Diagnostic> {
    if text.contains(char::is_whitespace) {
        return Err(Diagnostic::new(Code::UrlInvalide, "cette adresse contient une espace")
            .aide("écrivez « %20 » à la place de l’espace"));
    }
    let url = url::Url::parse(text).map_err(|_| incomplete_address(text))?;
    if !ALLOWED_SCHEMES.contains(&url.scheme()) {
        let message = format!("une adresse en « {}: » n’est pas permise", url.scheme());
        return Err(Diagnostic::new(Code::UrlInvalide, message)
            .aide("une adresse commence par https://, http:// ou mailto:"));
    }
    Ok(url)
}

fn incomplete_address(text: &str) -> Diagnostic {
    let message = format!("« {text} » n’est pas une adresse complète");
    let whole = format!("https://{text}");
    let follows = !text.contains(':') && text.contains('.') && url::Url::parse(&whole).is_ok();
    Diagnostic::new(Code::UrlInvalide, message).aide(if follows {
        format!("écrivez : {whole}")
    } else {
        "une adresse complète ressemble à https://exemple.fr/page".into()
    })
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
        assert_eq!(corps.titres[0].ancre, "un-deux");
        assert!(codes.is_empty());
    }

    #[test]
    fn what_is_refused() {
        let codes = |markdown| check(markdown).1;
        assert_eq!(codes("<script>x</script>"), [Code::HtmlRefuse]);
        assert_eq!(codes("a <b onclick=x>b</b>"), [Code::HtmlRefuse]);
        assert_eq!(codes("a <sup onclick=x>b</sup>"), [Code::HtmlRefuse]);
        assert_eq!(codes("a <br onclick=x> b"), [Code::HtmlRefuse]);
        assert_eq!(codes("a</b>"), [Code::HtmlRefuse]);
        assert_eq!(codes("a <sup>b"), [Code::HtmlRefuse]);
        assert_eq!(codes("[a](javascript:alert)"), [Code::UrlInvalide]);
        assert_eq!(codes("[a](/b.md)"), [Code::UrlInvalide]);
        assert_eq!(codes("[a](../../../b.md)"), [Code::LienInterneMort]);
        assert_eq!(codes("![](a/b.png)"), [Code::ImageSansAlternative]);
        assert_eq!(codes("![b](https://a.fr/b.png)"), [Code::ImageIntrouvable]);
        assert_eq!(codes("a[^1]"), [Code::NoteIndefinie]);
        assert!(codes("a[^1]\n\n[^1]: b <kbd>c</kbd> [d](mailto:e@f.fr)").is_empty());
    }

    /// The text after its certain corrections, the last first.
    fn mended(markdown: &str, header: &str) -> (String, Vec<Code>) {
        let text: Arc<str> = format!("{header}{markdown}").into();
        let mut diags = Vec::new();
        let path = SitePath::new("content/pages/a.md");
        index(&path, &text, header.len()..text.len(), &mut diags);
        let mut edits: Vec<_> = diags.iter().flat_map(|d| d.correction.clone()).collect();
        edits.sort();
        let mut mended = text.to_string();
        for edit in edits.iter().rev() {
            mended.replace_range(edit.span.range(), &edit.texte);
        }
        (mended[header.len()..].to_string(), diags.iter().map(|d| d.code).collect())
    }

    #[test]
    fn what_is_certain_is_mended() {
        let (text, codes) = mended("### A\n\n[b](https://c.fr/d e.pdf) `[f](g h)`\n", "");
        assert_eq!(text, "## A\n\n[b](https://c.fr/d%20e.pdf) `[f](g h)`\n");
        assert_eq!(codes, [Code::TitreSaute, Code::LienMalEcrit]);
        let (text, codes) = mended("### A\n\n[b](c d)\n", "+++\nlignes = [1]\n+++\n");
        assert_eq!((text.as_str(), codes), ("### A\n\n[b](c d)\n", vec![Code::TitreSaute]));
        assert_eq!(mended("# A\n\n## B\n\n### C\n\n## D\n", "").1, []);
        assert_eq!(mended("a[^1]\n\n[^1]: b\n\n[^2]: c\n", "").1, [Code::NoteInutilisee]);
    }
}
