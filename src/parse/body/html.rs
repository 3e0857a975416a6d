//! Raw HTML in a Markdown text: the few elements allowed, and what to say of the others.

use std::ops::Range;

use html5gum::{Token, Tokenizer};

use crate::diag::{Code, Diagnostic};

/// The HTML elements allowed in Markdown; `abbr` alone may bear an attribute, `title`.
const ALLOWED_HTML: [&str; 5] = ["sup", "sub", "abbr", "kbd", "br"];

/// What a piece of raw HTML turns out to hold.
pub(super) enum Found {
    /// Something that is not published, with what to write; nothing when that is said already.
    Refused(Diagnostic, &'static str),
    /// Words between two tags.
    Text(String),
    /// An expanded abbreviation.
    Abbreviation,
}

/// The elements open in the paragraph being read.
#[derive(Default)]
pub(super) struct OpenElements {
    open: Vec<(String, Range<usize>)>,
    /// Elements already refused, whose end tags are not refused again.
    refused: Vec<String>,
}

impl OpenElements {
    /// Reads one piece of raw HTML, in order.
    pub(super) fn read(&mut self, html: &str, range: &Range<usize>) -> Vec<Found> {
        let mut found = Vec::new();
        for token in tokens(html) {
            match token {
                HtmlToken::Open { name, attributes, allowed } => {
                    if let Some((message, aide)) = refused_html(&name, attributes, allowed) {
                        found.push(refuse(message, aide));
                    }
                    if name == "abbr" {
                        found.push(Found::Abbreviation);
                    }
                    match allowed {
                        true if name == "br" => {}
                        true => self.open.push((name, range.clone())),
                        false => self.refused.push(name),
                    }
                }
                HtmlToken::Close { name, .. } => {
                    if self.open.last().is_some_and(|(open, _)| *open == name) {
                        self.open.pop();
                    } else if let Some(at) = self.refused.iter().rposition(|open| *open == name) {
                        self.refused.remove(at);
                    } else {
                        found.push(refuse(
                            format!("</{name}> ne ferme rien"),
                            "retirez cette balise, ou ouvrez-la dans le même paragraphe",
                        ));
                    }
                }
                HtmlToken::Text(text) => found.push(Found::Text(text)),
                HtmlToken::Other => found.push(refuse(
                    "un commentaire HTML serait publié avec la page",
                    "retirez-le : chacun pourrait le lire dans le code de la page",
                )),
            }
        }
        found
    }

    /// The paragraph ends: what is still open, each with its place.
    pub(super) fn left_open(&mut self) -> Vec<(String, Range<usize>)> {
        std::mem::take(&mut self.open)
    }
}

fn refuse(message: impl Into<String>, aide: &'static str) -> Found {
    Found::Refused(Diagnostic::new(Code::HtmlRefuse, message), aide)
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
