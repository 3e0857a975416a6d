//! Pictures and files that somebody pasted in a ticket: they stay in the forge, and no page may show them from there.
//! Each is taken out of the text and said, with what to do of it.

use super::{
    rubriques::{OpenFence, in_code},
    texte::ligne,
};
use crate::french;

/// Stands for the name of the fiche, which its title gives.
pub const NOM: &str = "nom-de-la-fiche";

/// Places where the forges keep what is pasted.
const DEPOTS: [&str; 3] =
    ["github.com/user-attachments", "user-images.githubusercontent.com/", "](/uploads/"];

/// A text without its pictures, nor the files of its ticket.
pub(super) fn without(text: &str, restes: &mut Vec<String>) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut code = OpenFence::default();
    for line in text.split_inclusive('\n') {
        if code.holds(line) {
            kept.push_str(line);
            continue;
        }
        let (start, said) = (kept.len(), restes.len());
        of_line(line, &mut kept, restes);
        // A line that held nothing else goes with it.
        if restes.len() > said && kept[start..].trim().is_empty() {
            kept.truncate(start);
        }
    }
    kept
}

fn of_line(line: &str, kept: &mut String, restes: &mut Vec<String>) {
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let found = match c {
            _ if in_code(&line[..at]) => None,
            '!' => markdown(&line[at + 1..]).map(|(alt, url, end)| (Some(alt), url, end + 1)),
            '<' => tag(&line[at..]),
            '[' => file(&line[at..]),
            'h' if !line[..at].ends_with(char::is_alphanumeric) => bare(&line[at..]),
            _ => None,
        };
        let Some((alt, url, length)) = found else {
            kept.push(c);
            at += c.len_utf8();
            continue;
        };
        let is_linked = line[..at].ends_with('[') && line[at + length..].starts_with("](");
        match &alt {
            Some(alt) => {
                restes.push(picture(alt, &url));
                if is_linked {
                    kept.push_str(if alt.is_empty() { "image" } else { alt });
                }
            }
            None => {
                let name = line[at..at + length].strip_prefix('[').and_then(|t| t.split_once("]("));
                kept.push_str(name.map_or("", |(name, _)| name));
                restes.push(format!(
                    "le fichier {} n’est que dans le ticket, où un lien mourrait : publiez-le ailleurs et mettez un lien",
                    french::first_words(&url, 120)
                ));
            }
        }
        at += length;
        // GitLab adds the size: `{width=300}`.
        if let Some(rest) = line[at..].strip_prefix('{').filter(|_| alt.is_some()) {
            at += rest.find('}').map_or(0, |end| end + 2);
        }
    }
}

fn picture(alt: &str, url: &str) -> String {
    let alt = ligne(alt);
    let said = if alt.is_empty() { String::new() } else { format!("« {alt} » ") };
    format!(
        "une image est dans le ticket, pas dans la fiche : {said}{}. Enregistrez-la en JPEG ou en PNG dans le dossier {NOM}, à côté de la fiche, puis écrivez là où elle était : ![ce que l’image apporte]({NOM}/image.jpg)",
        french::first_words(url, 200)
    )
}

/// `[alternative](adresse)` after the mark of a picture: alternative, address, length.
fn markdown(text: &str) -> Option<(String, String, usize)> {
    let (alt, rest) = text.strip_prefix('[')?.split_once("](")?;
    let end = rest.find(')')?;
    let url = rest[..end].trim_start_matches('<').split([' ', '>']).next().unwrap_or_default();
    (!alt.contains(['[', '\n']) && !url.is_empty())
        .then(|| (alt.to_string(), url.to_string(), 1 + alt.len() + 2 + end + 1))
}

/// `<img …>`.
fn tag(text: &str) -> Option<(Option<String>, String, usize)> {
    let name = text.get(..5)?.to_ascii_lowercase();
    let end = text.find('>').filter(|_| name == "<img " || name == "<img\t")? + 1;
    let value = |key: &str| {
        let (_, rest) = text[..end].split_once(key)?;
        let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(mark).next().map(ToOwned::to_owned)
    };
    Some((Some(value("alt=").unwrap_or_default()), value("src=").unwrap_or_default(), end))
}

/// `[fichier](adresse)` when the address is one of the forge's own.
fn file(text: &str) -> Option<(Option<String>, String, usize)> {
    let (name, url, length) = markdown(text)?;
    let is_kept = DEPOTS.iter().any(|place| text[..length].contains(place));
    (is_kept && !name.contains('!')).then_some((None, url, length))
}

/// The bare address of what is kept by the forge: a film, mostly.
fn bare(text: &str) -> Option<(Option<String>, String, usize)> {
    let end = text.find(|c: char| c.is_whitespace() || "<>)]".contains(c)).unwrap_or(text.len());
    let url = &text[..end];
    let is_kept = url.starts_with("https://") && DEPOTS.iter().any(|place| url.contains(place));
    is_kept.then(|| (None, url.to_string(), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_is_said() {
        let check = |text: &str, wanted: &str, count: usize| {
            let mut said = Vec::new();
            assert_eq!(without(text, &mut said), wanted);
            assert_eq!(said.len(), count, "{text}: {said:?}");
        };
        check("`![a](b.png)` et ![", "`![a](b.png)` et ![", 0);
        check("```\n![a](b.png)\n```\n", "```\n![a](b.png)\n```\n", 0);
        check("[![a](b.png)](https://c.fr)", "[a](https://c.fr)", 1);
        check("a\n\n![a](b.png)\n\nb", "a\n\n\nb", 1);
    }
}
