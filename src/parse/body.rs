//! A Markdown body: what is in it and what is refused, with spans. The HTML is made elsewhere.

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

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

/// The HTML elements allowed in Markdown; `abbr` alone may bear an attribute, `title`.
const ALLOWED_HTML: [&str; 5] = ["sup", "sub", "abbr", "kbd", "br"];

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
        open_html: Vec::new(),
        refused_html: Vec::new(),
    };
    for (event, range) in Parser::new_ext(&text[body], dialect()).into_offset_iter() {
        reader.event(event, range);
    }
    reader.flush();
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
    open_html: Vec<(String, Range<usize>)>,
    /// Elements already refused, whose end tags are not refused again.
    refused_html: Vec<String>,
}

impl Index<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) | Event::Code(text) => self.text(&text, range),
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
            Tag::Link { dest_url, .. } => self.link(&dest_url, range),
            Tag::Image { dest_url, .. } => self.image(&dest_url, range),
            other => {
                self.flush();
                match other {
                    Tag::Heading { level, .. } => self.heading = Some(level as u8),
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
        for (name, range) in std::mem::take(&mut self.open_html) {
            self.push(
                Diagnostic::new(Code::HtmlRefuse, format!("<{name}> n’est pas fermé")),
                range,
                &format!("ajoutez </{name}> dans le même paragraphe"),
            );
        }
        let leaf = std::mem::take(&mut self.leaf);
        if leaf.trim().is_empty() {
            return;
        }
        let range = self.leaf_range.clone();
        if !self.in_code {
            for note in unread_footnotes(&leaf) {
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
        for token in tokens(html) {
            match token {
                HtmlToken::Open { name, attributes, allowed } => {
                    if let Some((message, aide)) = refused_html(&name, attributes, allowed) {
                        self.push(Diagnostic::new(Code::HtmlRefuse, message), range.clone(), aide);
                    }
                    if name == "abbr" {
                        let span = self.span(range.clone());
                        self.corps
                            .ornements
                            .push(Spanned { value: "une abréviation développée", span });
                    }
                    match allowed {
                        true if name == "br" => {}
                        true => self.open_html.push((name, range.clone())),
                        false => self.refused_html.push(name),
                    }
                }
                HtmlToken::Close { name, .. } => {
                    if self.open_html.last().is_some_and(|(open, _)| *open == name) {
                        self.open_html.pop();
                    } else if let Some(at) =
                        self.refused_html.iter().rposition(|open| *open == name)
                    {
                        self.refused_html.remove(at);
                    } else {
                        self.push(
                            Diagnostic::new(Code::HtmlRefuse, format!("</{name}> ne ferme rien")),
                            range.clone(),
                            "retirez cette balise, ou ouvrez-la dans le même paragraphe",
                        );
                    }
                }
                HtmlToken::Text(text) => self.text(&text, range.clone()),
                HtmlToken::Other => self.push(
                    Diagnostic::new(
                        Code::HtmlRefuse,
                        "un commentaire HTML serait publié avec la page",
                    ),
                    range.clone(),
                    "retirez-le : chacun pourrait le lire dans le code de la page",
                ),
            }
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
        Tag::Link { .. } => "un lien",
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

/// Footnote calls that Markdown read as text, because nothing defines them.
fn unread_footnotes(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("[^") {
        rest = &rest[start + 2..];
        if let Some(end) = rest.find(']')
            && end > 0
            && !rest[..end].contains(char::is_whitespace)
        {
            found.push(&rest[..end]);
        }
    }
    found
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

/// What to say of a start tag that is not one of ours as it is, and what to write.
fn refused_html(name: &str, attributes: bool, allowed: bool) -> Option<(String, &'static str)> {
    if allowed && !attributes {
        return None;
    }
    if allowed {
        let aide = "seul <abbr title=\"…\"> a un attribut, son titre";
        return Some((format!("la balise <{name}> n’a pas d’attribut ici"), aide));
    }
    let aide = match name {
        "b" | "strong" | "i" | "em" | "u" => "en Markdown : **gras** ou *italique*",
        "a" => "en Markdown : [texte](adresse)",
        "img" => "en Markdown : ![ce que l’image apporte](dossier/image.png)",
        "iframe" | "script" | "video" | "audio" | "embed" | "object" => {
            "donnez plutôt l’adresse dans les liens de la fiche : [[liens]]"
        }
        _ => "écrivez en Markdown ; sont seules permises <sup>, <sub>, <abbr>, <kbd> et <br>",
    };
    Some((format!("la balise <{name}> n’est pas permise"), aide))
}

/// A piece of raw HTML, as far as we care.
enum HtmlToken {
    Open { name: String, attributes: bool, allowed: bool },
    Close { name: String, allowed: bool },
    Text(String),
    Other,
}

fn tokens(html: &str) -> Vec<HtmlToken> {
    let mut found = Vec::new();
    for Ok(token) in Tokenizer::new(html) {
        found.push(match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attributes =
                    !tag.attributes.keys().all(|key| name == "abbr" && key.as_slice() == b"title");
                let allowed = ALLOWED_HTML.contains(&name.as_str());
                HtmlToken::Open { name, attributes, allowed }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let allowed = ALLOWED_HTML.contains(&name.as_str()) && name != "br";
                HtmlToken::Close { name, allowed }
            }
            Token::String(text) => HtmlToken::Text(String::from_utf8_lossy(&text).into_owned()),
            Token::Comment(_) | Token::Doctype(_) => HtmlToken::Other,
            Token::Error(_) => continue,
        });
    }
    found
}

/// Whether a piece of raw HTML holds only elements that are allowed.
pub fn is_allowed_html(html: &str) -> bool {
    tokens(html).iter().all(|token| {
        matches!(
            token,
            HtmlToken::Open { attributes: false, allowed: true, .. }
                | HtmlToken::Close { allowed: true, .. }
                | HtmlToken::Text(_)
        )
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
}
