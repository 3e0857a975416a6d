//! The fingerprint of the document received, and what a program did to it without being asked.

use std::borrow::Cow;

use crate::{
    diag::{Code, Diagnostic, Severity},
    parse::SourceDocument,
    site::Atelier,
    source::{SitePath, Spanned, sha256},
};

/// The document is the one received: its bytes have the fingerprint that `synthese.toml` gives.
pub(super) fn seal(atelier: &Atelier, source: &SourceDocument, diags: &mut Vec<Diagnostic>) {
    let synthese = &atelier.synthese;
    let Some(recorded) = &synthese.sha256 else {
        let mut unsealed = Diagnostic::new(
            Code::EmpreinteDifferente,
            "rien ne prouve que source.txt est le document reçu : son empreinte n’est pas consignée",
        )
        .in_file(&synthese.path, None)
        .help("ajoutez sha256 = \"…\", l’empreinte du document tel qu’il a été reçu");
        unsealed.severity = Severity::Warning;
        diags.push(unsealed);
        return;
    };
    let actual = sha256(&source.texte);
    if recorded.value == actual {
        return;
    }
    diags.push(match Retouche::of(&source.texte, &recorded.value) {
        Some(retouche) => retouche.diagnostic(&source.path, recorded),
        None => Diagnostic::new(
            Code::EmpreinteDifferente,
            "source.txt n’est pas le document reçu : son empreinte est différente",
        )
        .at(&recorded.span, "")
        .help(format!("empreinte de source.txt : {actual}"))
        .help("remettez le document tel qu’il a été reçu ; un nom se retire par [[retraits]]")
        .help("si une version corrigée a été reçue, écrivez ici l’empreinte de source.txt"),
    });
}

/// The byte-order mark that some editors write before a text.
const MARK: char = '\u{feff}';

/// Changes that a program makes in a file without being asked.
struct Retouche {
    /// Ends of lines of the document received, then of this file, when they differ.
    fins: Option<(&'static str, &'static str)>,
    /// The end of the last line came or went.
    derniere: bool,
    /// The byte-order mark came or went.
    marque: bool,
}

impl Retouche {
    /// Changes to a text that had the fingerprint `wanted`; `None` when its words changed too.
    fn of(text: &str, wanted: &str) -> Option<Self> {
        for (derniere, marque) in [(false, false), (true, false), (false, true), (true, true)] {
            let mut before = Cow::Borrowed(text);
            if marque {
                before = without_mark(&before).into();
            }
            if derniere {
                before = without_last_end(&before).into();
            }
            let same = |text: &str| sha256(text) == wanted;
            let fins = match otherwise(&before).into_iter().find(|(_, text)| same(text)) {
                // First what changes least.
                _ if same(&before) => None,
                Some((fins, _)) => Some((fins, ends_of(text))),
                None => continue,
            };
            return Some(Self { fins, derniere, marque });
        }
        None
    }

    /// The changes, in words that follow « : ».
    fn dit(&self) -> String {
        let mut said = Vec::new();
        if let Some((received, found)) = self.fins {
            said.push(format!("les fins de ligne, {received} à la réception, {found} ici"));
        }
        if self.derniere {
            said.push("le retour à la ligne à la fin du fichier".into());
        }
        if self.marque {
            said.push("la marque invisible du début du fichier (BOM)".into());
        }
        said.join(" et ")
    }

    fn diagnostic(&self, path: &SitePath, recorded: &Spanned<String>) -> Diagnostic {
        let diagnostic = Diagnostic::new(
            Code::EmpreinteDifferente,
            format!(
                "les mots de source.txt sont ceux du document reçu, mais ceci a changé : {}",
                self.dit()
            ),
        )
        .at(&recorded.span, "");
        if self.fins.is_none() {
            return diagnostic
                .help("un éditeur de texte l’a fait en l’enregistrant : remettez le document reçu, sans l’y ouvrir");
        }
        diagnostic
            .help("git l’a fait, ou un éditeur de texte, le plus souvent sous Windows")
            .help("à la fin de .gitattributes, à la racine, écrivez : source.txt -text -whitespace")
            .help(format!("puis supprimez source.txt et reprenez-le : git checkout -- {path}"))
            .help("s’il est encore refusé, remettez à sa place le document tel qu’il a été reçu")
    }
}

/// A text without its byte-order mark, or with one where it has none.
fn without_mark(text: &str) -> String {
    text.strip_prefix(MARK).map_or_else(|| format!("{MARK}{text}"), str::to_string)
}

/// A text without the end of its last line, or with one where it has none.
fn without_last_end(text: &str) -> String {
    let without = text.strip_suffix("\r\n").or_else(|| text.strip_suffix(['\n', '\r']));
    without.map_or_else(|| format!("{text}\n"), str::to_string)
}

/// Ends of the lines of a text that has several.
fn ends_of(text: &str) -> &'static str {
    match (text.contains("\r\n"), text.contains('\n')) {
        (true, _) => "CRLF",
        (false, true) => "LF",
        (false, false) => "CR",
    }
}

/// A text with other ends of lines, and their names. A carriage return alone is the end of a line, or a sign of the text.
fn otherwise(text: &str) -> [(&'static str, String); 5] {
    let unix = text.replace("\r\n", "\n");
    let plain = unix.replace('\r', "\n");
    [
        ("LF", unix.clone()),
        ("LF", plain.clone()),
        ("CRLF", unix.replace('\n', "\r\n")),
        ("CRLF", plain.replace('\n', "\r\n")),
        ("CR", plain.replace('\n', "\r")),
    ]
}

#[cfg(test)]
mod tests {
    use super::{MARK, Retouche, sha256};

    #[test]
    fn what_a_program_does_unasked_is_told_from_other_words() {
        let said = |received: &str, found: &str| {
            Retouche::of(found, &sha256(received)).map(|retouche| retouche.dit())
        };
        let ends = |received: &str, found: &str| {
            Some(format!("les fins de ligne, {received} à la réception, {found} ici"))
        };
        assert_eq!(said("a\nb\n", "a\r\nb\r\n"), ends("LF", "CRLF"));
        assert_eq!(said("a\nb\rc\n", "a\r\nb\rc\r\n"), ends("LF", "CRLF"));
        assert_eq!(said("a\nb", "a\rb"), ends("LF", "CR"));
        assert_eq!(said("a\r\nb\r\n", "a\nb\n"), ends("CRLF", "LF"));
        assert_eq!(said("a\r\nb", "a\rb"), ends("CRLF", "CR"));
        assert_eq!(said("a\rb", "a\nb"), ends("CR", "LF"));
        let last = Some("le retour à la ligne à la fin du fichier".to_string());
        assert_eq!(said("a\nb", "a\nb\n"), last);
        assert_eq!(said("a\nb\n", "a\nb"), last);
        assert!(said("a\nb", &format!("{MARK}a\nb")).is_some_and(|text| text.contains("BOM")));
        let both = said("a\r\nb", "a\nb\n").unwrap_or_default();
        assert!(both.contains("CRLF") && both.contains(" et "), "{both}");
        assert_eq!(said("a\r\nb\r\n", "a\nb"), said("a\r\nb", "a\nb\n"));
        assert_eq!(said("a\nb", "a\nc"), None);
        assert_eq!(said("a\nb", "a\n\nb"), None);
    }
}
