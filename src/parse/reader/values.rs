//! Values of a table as what their key demands, or what is wrong with them.

use toml::de::DeValue;

use super::{Reader, same_word};
use crate::{
    diag::{Code, Diagnostic},
    french::{self, signes::sans_invisibles},
    parse::{keys::KeyForm, limits, signes},
    source::{Span, Spanned},
};

impl<'t> Reader<'_, 't> {
    pub(super) fn as_text(
        &mut self,
        key: &str,
        value: &DeValue<'t>,
        span: Span,
    ) -> Option<Spanned<String>> {
        let Some(text) = value.as_str() else {
            self.mistyped(key, "un texte entre guillemets", value, &span);
            return None;
        };
        if text.trim().is_empty() {
            self.push(
                Diagnostic::new(Code::ValeurVide, format!("« {key} » est vide"))
                    .at(&span, "")
                    .help("écrivez un texte, ou supprimez la clé si elle est facultative"),
            );
            return None;
        }
        let longest = limits::characters(key);
        if text.len() > longest && text.chars().nth(longest).is_some() {
            let characters = french::count(text.chars().count(), "caractère", "caractères");
            self.push(limits::exceeded(
                &format!("ce texte compte {characters}"),
                longest,
                &span,
                "raccourcissez-le, ou coupez-le en plusieurs",
            ));
        }
        Some(Spanned { value: self.unescaped(text, &span), span })
    }

    /// A text without the signs that nobody sees, which only escapes can give it here.
    pub(super) fn unescaped(&mut self, text: &str, span: &Span) -> String {
        let raw = self.text.get(span.start - self.offset..span.end - self.offset).unwrap_or("");
        let signs = signes::echappes(raw, span.start);
        if signs.is_empty() {
            return text.to_string();
        }
        // The other lines of a value need not be shown.
        self.diags.extend(signes::told(self.path, "", &signs, false));
        sans_invisibles(text).into_owned()
    }

    pub(super) fn as_number(
        &mut self,
        key: &str,
        value: &DeValue<'t>,
        span: Span,
    ) -> Option<Spanned<usize>> {
        match as_integer(value).filter(|n| *n > 0) {
            Some(value) => Some(Spanned { value, span }),
            None => {
                self.mistyped(key, "un nombre entier à partir de 1, sans guillemets", value, &span);
                None
            }
        }
    }

    pub(super) fn as_word<V: Copy>(
        &mut self,
        key: &str,
        text: Spanned<String>,
        all: &[V],
        slug: fn(V) -> &'static str,
    ) -> Option<Spanned<V>> {
        if let Some(word) = all.iter().copied().find(|word| slug(*word) == text.value) {
            return Some(Spanned { value: word, span: text.span });
        }
        let known: Vec<&str> = all.iter().map(|word| slug(*word)).collect();
        let unknown = format!("« {} » n’est pas une valeur de « {key} »", text.value);
        let diagnostic = Diagnostic::new(Code::ValeurInconnue, unknown)
            .at(&text.span, "")
            .suggest_or(&text.value, &known, format!("valeurs possibles : {}", known.join(", ")));
        self.push(match same_word(&text.value, &known) {
            Some(word) => diagnostic.fix(&text.span, format!("\"{word}\"")),
            None => diagnostic,
        });
        None
    }

    pub(super) fn mistyped(&mut self, key: &str, expected: &str, value: &DeValue<'t>, span: &Span) {
        let found = match value {
            DeValue::String(_) => "un texte",
            DeValue::Integer(_) | DeValue::Float(_) => "un nombre",
            DeValue::Boolean(_) => "vrai ou faux",
            DeValue::Datetime(_) => "une date",
            DeValue::Array(_) => "une liste",
            DeValue::Table(_) => "un groupe de clés",
        };
        let wrong = format!("« {key} » n’a pas la forme attendue");
        let diagnostic = Diagnostic::new(Code::CleMalTypee, wrong)
            .at(span, format!("ici, {found}"))
            .help(format!("attendu : {expected}"));
        let written = self.text.get(span.start - self.offset..span.end - self.offset);
        let forme = self.groupe.champ(key).map(|champ| champ.forme);
        self.push(match forme.zip(written).and_then(|(forme, w)| reshaped(forme, value, w)) {
            Some(mended) => diagnostic.fix(span, mended),
            None => diagnostic,
        });
    }
}

/// A whole number that is not negative.
pub(super) fn as_integer(value: &DeValue<'_>) -> Option<usize> {
    let written = value.as_integer()?;
    usize::from_str_radix(&written.as_str().replace('_', ""), written.radix()).ok()
}

/// The same value in the form of its key, when it can mean only one thing.
fn reshaped(forme: KeyForm, value: &DeValue<'_>, written: &str) -> Option<String> {
    let inner = value.as_str().map(str::trim);
    match (forme, value) {
        (KeyForm::Textes | KeyForm::Mots(_), DeValue::String(_)) => Some(format!("[{written}]")),
        (KeyForm::Nombres, DeValue::Integer(_)) => Some(format!("[{written}]")),
        (KeyForm::Nombre, DeValue::String(_)) => inner
            .filter(|t| t.parse::<u32>().is_ok_and(|n| n > 0 && n.to_string() == *t))
            .map(str::to_string),
        (KeyForm::Drapeau, DeValue::String(_)) => match inner? {
            "true" | "vrai" | "oui" => Some("true".into()),
            "false" | "faux" | "non" => Some("false".into()),
            _ => None,
        },
        (KeyForm::Jour, DeValue::String(_)) => inner?
            .parse::<toml::value::Datetime>()
            .ok()
            .filter(|d| d.date.is_some() && d.time.is_none())
            .map(|d| d.to_string()),
        (KeyForm::Texte, DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_)) => {
            Some(format!("\"{written}\""))
        }
        _ => None,
    }
}
