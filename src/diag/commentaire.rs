//! One Markdown comment for a merge request, in French, for somebody who has just offered a fiche.

use std::collections::BTreeMap;

use super::{
    Ailleurs, Diagnostic, Place, Severity, Tally,
    lieu::{Lieu, Lieux, uri},
};
use crate::{
    french::{
        self,
        clair::{nom, phrase},
    },
    source::{Snapshot, escape},
};

/// Characters that a comment may have: GitHub takes 65,536, GitLab a million.
const ROOM: usize = 50_000;
/// Characters that are quoted of a line.
const EXCERPT: usize = 160;

/// The comment. `lines` begins the address of a file on the forge, to which `content/…#L12` is added;
/// without it, places are named and not linked.
pub fn render_commentaire(
    diagnostics: &[Diagnostic],
    snapshot: &Snapshot,
    lines: Option<&str>,
    ailleurs: Option<Ailleurs>,
) -> String {
    let lieux = Lieux::of(&diagnostics.iter().collect::<Vec<_>>(), snapshot);
    let tally = Tally::of(diagnostics);
    let mut text = String::from("### Relecture automatique\n\n");
    text.push_str(&french::bind_spaces(&opening(&tally, ailleurs)));
    let mut files: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let file = match &diagnostic.place {
            Place::Site => "Le site",
            Place::Output(_) => "Les pages terminées",
            Place::File(file, _) => file.as_str(),
            Place::Span(span) => span.file.as_str(),
        };
        files.entry(file).or_default().push(diagnostic);
    }
    let mut left = 0;
    for (file, list) in files {
        let mut section = format!("\n#### {}\n", code(&nom(file)));
        let mut shown = 0;
        for diagnostic in &list {
            let item = item(diagnostic, &lieux, lines);
            if text.len() + section.len() + item.len() > ROOM {
                left += list.len() - shown;
                break;
            }
            shown += 1;
            section.push_str(&item);
        }
        if shown > 0 {
            text.push_str(&section);
        }
    }
    if left > 0 {
        let more = french::count(
            left,
            "autre message n’est pas montré ici",
            "autres messages ne sont pas montrés ici",
        );
        text.push_str(&french::bind_spaces(&format!("\n{more} : `retex check` les donne tous.\n")));
    }
    if let Some(rest) = ailleurs.and_then(|ailleurs| ailleurs.phrase()) {
        text.push_str(&format!("\n{rest}.\n"));
    }
    if tally.erreurs + tally.avertissements > 0 {
        text.push_str(&french::bind_spaces(
            "\nPour corriger : ouvrez le fichier dans cette proposition, choisissez « Modifier », puis enregistrez. La relecture recommence alors toute seule.\n",
        ));
    }
    text
}

fn opening(tally: &Tally, ailleurs: Option<Ailleurs>) -> String {
    let more = match (tally.avertissements, tally.remarques) {
        (0, 0) => String::new(),
        (0, n) => {
            format!(" Voici {}, pour information.", french::count(n, "remarque", "remarques"))
        }
        (n, 0) => format!(" Voici {} à regarder.", french::count(n, "point", "points")),
        (n, m) => format!(
            " Voici {} à regarder et {}, pour information.",
            french::count(n, "point", "points"),
            french::count(m, "remarque", "remarques")
        ),
    };
    match tally.erreurs {
        0 if ailleurs.is_some_and(|rest| rest.bilan.erreurs > 0) => {
            format!("Merci pour cette proposition ! Rien n’y est à corriger.{more}\n")
        }
        0 => format!("Merci pour cette proposition ! Rien n’empêche de la publier.{more}\n"),
        n => format!(
            "Merci pour cette proposition ! {} à corriger avant de pouvoir la publier ; chaque message dit comment faire.{more}\n",
            french::count(n, "point est", "points sont")
        ),
    }
}

fn item<'a>(diagnostic: &'a Diagnostic, lieux: &Lieux<'a>, lines: Option<&str>) -> String {
    let sign = match diagnostic.severity {
        Severity::Error => "**À corriger**",
        Severity::Warning => "**À regarder**",
        Severity::Note => "Remarque",
    };
    let at = lieux.place(&diagnostic.place);
    let mut text = format!("\n- {sign}");
    if let Some(at) = &at {
        text.push_str(&place(at, lines));
    }
    if let Place::Output(page) = &diagnostic.place {
        text.push_str(&format!(", page {}", code(&nom(page))));
    }
    text.push_str(&french::bind_spaces(" : "));
    text.push_str(&neutral(&diagnostic.message));
    text.push('\n');
    if let Some(at) = at.filter(|at| !at.texte.trim().is_empty()) {
        let line = at.texte.lines().next().unwrap_or("");
        let excerpt: String = line.chars().take(EXCERPT).collect();
        text.push_str(&format!("  \n  {}\n", code(excerpt.trim())));
    }
    for aide in &diagnostic.helps {
        let (words, lines) = aide.split_once('\n').unwrap_or((aide, ""));
        text.push_str(&format!("  \n  {}\n", neutral(words)));
        if !lines.is_empty() {
            let lines = lines.replace("~~~", "").replace('\n', "\n  ");
            text.push_str(&format!("\n  ~~~toml\n  {lines}\n  ~~~\n"));
        }
    }
    text
}

fn place(at: &Lieu<'_>, lines: Option<&str>) -> String {
    let Some((start, _)) = at.region else { return String::new() };
    match lines {
        Some(prefix) => {
            let path = uri(at.fichier);
            format!(
                ", [ligne {}]({}/{path}#L{})",
                start.line,
                prefix.trim_end_matches('/'),
                start.line
            )
        }
        None => format!(", ligne {}", start.line),
    }
}

/// A code span that its text cannot close: in it a forge reads neither HTML, nor `@names`, nor `#1`.
fn code(text: &str) -> String {
    let text = phrase(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

/// Prose in which nothing is markup: a message may quote a file. A word joiner (nothing to see) after `@`,
/// `#` and `!` keeps a forge from notifying somebody or naming another request.
fn neutral(text: &str) -> String {
    let mut out = String::new();
    let text = phrase(text);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '<' | '&' => escape(c.encode_utf8(&mut [0; 4]), &mut out),
            '@' | '#' | '!' | '$' | '%' | '~' => {
                out.push(c);
                out.push('\u{2060}');
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '>' => {
                out.push('\\');
                out.push(c);
            }
            // Otherwise a forge makes a link of any address, and a picture of `:name:`.
            ':' if chars.peek().is_some_and(|next| !next.is_whitespace()) => out.push_str("&#58;"),
            c => out.push(c),
        }
    }
    out
}
