//! Explanations of the codes, one Markdown file each in `explications/`: read, then shown by
//! `--explique`, `--codes` and `docs/erreurs.md`.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{Code, Severity, humain::wrapped, nearest};
use crate::french::bind_spaces;

/// Columns of what is shown on a terminal.
const WIDTH: usize = 80;
/// Columns of `docs/erreurs.md`.
const DOC_WIDTH: usize = 100;
/// Blocks of an explanation: title, text, place and lines of the fault, then of its repair.
const BLOCKS: usize = 6;

/// Explanation of a code, read from its Markdown file.
#[derive(Clone, Debug, Default)]
pub struct Explication {
    /// A short phrase, without a final point.
    pub titre: String,
    /// A paragraph: what happened, why it matters, what to do.
    pub texte: String,
    /// The fault and its repair.
    pub exemple: Exemple,
}

/// A fault and its repair.
#[derive(Clone, Debug, Default)]
pub struct Exemple {
    /// The file that the lines are from, or the end of its path; `None` when the fault is not in a
    /// text and is told in words.
    pub fichier: Option<String>,
    /// Before.
    pub mauvais: String,
    /// After.
    pub bon: String,
}

impl Exemple {
    /// A part of it: lines of a file as they are, words on lines of at most `width` columns.
    fn shown(&self, part: &str, width: usize) -> String {
        match self.fichier {
            Some(_) => part.to_string(),
            None => wrapped(&bind_spaces(part), width),
        }
    }
}

impl Code {
    /// The code that a reader names, copied from a message or not: `[url-invalide]` is known too.
    /// Otherwise the nearest code, if any.
    pub fn named(word: &str) -> Result<Self, Option<Self>> {
        let bare = word.rsplit_once('[').map_or(word, |(_, rest)| rest);
        let bare = bare.split(']').next().unwrap_or(bare).trim();
        let of_slug = |slug: &str| Self::ALL.iter().copied().find(|code| code.slug() == slug);
        let near = || nearest(bare, Self::ALL.iter().map(|code| code.slug())).and_then(of_slug);
        of_slug(bare).ok_or_else(near)
    }

    /// Explanation of the code: `explications/<code>.md`.
    pub fn explication(self) -> Explication {
        read(self.markdown())
    }
}

/// Reads an explanation: a heading, a paragraph, then « Mauvais, dans « fichier » : » and « Bon : »,
/// each before lines of the file (a code block) or a description of the fault (a paragraph).
fn read(markdown: &str) -> Explication {
    let mut blocks = blocks(markdown);
    // A file of another form does not pass the tests; none makes the program stop.
    blocks.resize(BLOCKS, String::new());
    let [titre, texte, place, mauvais, _, bon] = blocks.try_into().unwrap_or_default();
    let quoted = place.split_once("« ").and_then(|(_, rest)| rest.split_once(" »"));
    let fichier = quoted.map(|(fichier, _)| fichier.to_string());
    Explication { titre, texte, exemple: Exemple { fichier, mauvais, bon } }
}

/// The words of each block of a Markdown text; the lines of a code block as they are.
fn blocks(markdown: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    for event in Parser::new(markdown) {
        match (event, blocks.last_mut()) {
            (Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::CodeBlock(_)), _) => {
                blocks.push(String::new());
            }
            (Event::Text(text), Some(block)) => block.push_str(&text),
            (Event::SoftBreak, Some(block)) => block.push(' '),
            (Event::End(TagEnd::CodeBlock), Some(block)) => {
                block.truncate(block.trim_end_matches('\n').len());
            }
            _ => {}
        }
    }
    blocks
}

/// Consequence of a severity for the site.
fn consequence(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Rien n’est publié tant qu’il en reste une.",
        Severity::Warning => {
            "Le site est publié, mais mieux vaut corriger ; avec « --strict », rien n’est publié."
        }
        Severity::Note => "C’est bon à savoir ; rien n’oblige à changer quoi que ce soit.",
    }
}

/// Text of `--explique`.
pub fn render_explication(code: Code) -> String {
    let Explication { titre, texte, exemple } = code.explication();
    let severity = code.severity();
    let slug = code.slug();
    let gravite = format!("Gravité : {}. {}", severity.name(), consequence(severity));
    let paragraphs = [format!("{slug} : {titre}"), gravite, texte];
    let mut out = String::new();
    for paragraph in paragraphs {
        out.push_str(&wrapped(&bind_spaces(&paragraph), WIDTH));
        out.push_str("\n\n");
    }
    let said = |part: &str| exemple.shown(part, WIDTH - INDENT.len());
    let place = match &exemple.fichier {
        Some(fichier) => format!("Mauvais, dans {fichier} :\n\n"),
        None => "Mauvais :\n\n".to_string(),
    };
    out.push_str(&bind_spaces(&place));
    out.push_str(&indented(&said(&exemple.mauvais)));
    out.push_str(&bind_spaces("\nBon :\n\n"));
    out.push_str(&indented(&said(&exemple.bon)));
    out
}

const INDENT: &str = "    ";

fn indented(text: &str) -> String {
    let line = |line: &str| {
        if line.is_empty() { "\n".to_string() } else { format!("{INDENT}{line}\n") }
    };
    text.lines().map(line).collect()
}

/// Text of `--codes`: one line per code, the gravest first, in the order of the list.
pub fn render_codes() -> String {
    let widest = |name: fn(Code) -> &'static str| {
        Code::ALL.iter().map(|code| name(*code).len()).max().unwrap_or(0)
    };
    let (slug, gravity) = (widest(Code::slug), widest(|code| code.severity().name()));
    let mut out = String::new();
    for severity in Severity::ALL {
        for code in of_severity(severity) {
            out.push_str(&bind_spaces(&format!(
                "{:slug$}  {:gravity$}  {}\n",
                code.slug(),
                severity.name(),
                code.explication().titre
            )));
        }
    }
    out
}

fn of_severity(severity: Severity) -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(move |code| code.severity() == severity)
}

/// `docs/erreurs.md`, in Markdown.
pub fn render_erreurs() -> String {
    let mut out = String::from("# Les messages de retex\n\n");
    for paragraph in INTRODUCTION {
        out.push_str(&prose(paragraph));
    }
    out.push_str("## Sommaire\n");
    for severity in Severity::ALL {
        out.push_str(&format!("\n{}\n\n", plural(severity)));
        for code in of_severity(severity) {
            let (slug, titre) = (code.slug(), escaped(&code.explication().titre));
            out.push_str(&format!("- [{slug}](#{slug})\u{a0}: {titre}\n"));
        }
    }
    for severity in Severity::ALL {
        out.push_str(&format!("\n## {}\n\n", plural(severity)));
        out.push_str(&prose(consequence(severity)));
        for code in of_severity(severity) {
            out.push_str(&section(code));
        }
        while out.ends_with("\n\n") {
            out.pop();
        }
    }
    out
}

const INTRODUCTION: [&str; 3] = [
    "« retex check » relit tout le site avant sa publication. Quand quelque chose ne va pas, il \
     le dit en français, avec le fichier, la ligne et souvent la correction. Entre crochets, \
     chaque message porte un nom, par exemple « [url-invalide] » : c’est ce nom que l’on cherche \
     ici.",
    "Nul besoin de savoir programmer : presque toujours, il suffit de corriger une ligne, \
     d’enregistrer le fichier et de relancer la commande. Rien de ce qui est déjà publié ne \
     change tant qu’il reste une erreur.",
    "« retex check --explique » suivi de ce nom affiche la même explication, et « retex check \
     --codes » la liste de tous les noms.",
];

fn plural(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Erreurs",
        Severity::Warning => "Avertissements",
        Severity::Note => "Remarques",
    }
}

/// The heading is the slug itself: its anchor, in every forge.
fn section(code: Code) -> String {
    let Explication { titre, texte, exemple } = code.explication();
    let slug = code.slug();
    let mut out = format!("### {slug}\n\n**{}** ({})\n\n", escaped(&titre), code.severity().name());
    out.push_str(&prose(&texte));
    let said = |part: &str| exemple.shown(part, DOC_WIDTH);
    let place = exemple.fichier.as_ref().map_or_else(String::new, |f| format!(", dans « {f} »"));
    out.push_str(&prose(&format!("Mauvais{place} :")));
    out.push_str(&fenced(&said(&exemple.mauvais)));
    out.push_str(&prose("Bon :"));
    out.push_str(&fenced(&said(&exemple.bon)));
    out
}

/// A paragraph. The no-break spaces keep a mark in quotes from beginning a line, where it would be
/// Markdown.
fn prose(text: &str) -> String {
    format!("{}\n\n", wrapped(&escaped(text), DOC_WIDTH))
}

fn fenced(text: &str) -> String {
    let fence = if text.contains("```") { "````" } else { "```" };
    format!("{fence}text\n{text}\n{fence}\n\n")
}

/// A text of ours as Markdown, which would otherwise read its marks.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in bind_spaces(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_as_they_are_copied() {
        for word in ["url-invalide", "[url-invalide]", "erreur[url-invalide]:"] {
            assert_eq!(Code::named(word), Ok(Code::UrlInvalide), "{word}");
        }
        assert_eq!(Code::named("url-invalid"), Err(Some(Code::UrlInvalide)));
        assert_eq!(Code::named("webradio"), Err(None));
        assert_eq!(Code::named(""), Err(None));
    }

    #[test]
    fn an_explanation_has_its_six_blocks() {
        for code in Code::ALL {
            let blocks = blocks(code.markdown());
            assert_eq!(blocks.len(), BLOCKS, "{}: {blocks:#?}", code.slug());
            assert!(blocks[2] == "Mauvais :" || blocks[2].starts_with("Mauvais, dans « "));
            assert_eq!(blocks[4], "Bon :", "{}", code.slug());
        }
    }

    #[test]
    fn an_explanation_fits_a_terminal() {
        for code in Code::ALL {
            let shown = render_explication(*code);
            let prose = shown.lines().filter(|line| !line.starts_with(INDENT));
            for line in prose {
                assert!(line.chars().count() <= WIDTH, "{line}");
            }
            assert!(!shown.contains("\n\n\n") && shown.ends_with('\n'), "{shown}");
        }
    }
}
