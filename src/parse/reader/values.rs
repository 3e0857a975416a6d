//! Values of a table as what their key demands, or what is wrong with them.

use toml::de::DeValue;

use super::Reader;
use crate::{
    diag::{Code, Diagnostic, nearest},
    french::{self, signes::sans_invisibles},
    model::Langue,
    parse::{
        ailleurs,
        jours::{self, NoDay},
        keys::KeyForm,
        limits, signes, valeur,
    },
    source::{Span, Spanned},
};

impl<'t> Reader<'_, 't> {
    /// A language.
    pub(in crate::parse) fn langue(&mut self, key: &'static str) -> Option<Langue> {
        let text = self.text(key)?;
        if let Some(langue) = Langue::new(&text.value) {
            return Some(langue);
        }
        let meant = Langue::meant(&text.value)
            .map(str::to_string)
            .or_else(|| Langue::of_locale(&text.value).map(|langue| langue.tag().to_string()));
        let unknown = format!("« {} » n’est pas l’étiquette d’une langue", text.value);
        let diagnostic = Diagnostic::new(Code::ValeurInconnue, unknown).at(&text.span, "");
        self.push(match &meant {
            Some(tag) => diagnostic
                .attempt(&text.span, format!("\"{tag}\""), true)
                .saying(format!("écrivez « {tag} »")),
            None => diagnostic.help(
                "écrivez l’étiquette de la langue : fr pour le français, br pour le breton, en pour l’anglais, oc pour l’occitan",
            ),
        });
        meant.and_then(|tag| Langue::new(&tag))
    }

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
            let aide = "écrivez un texte, ou supprimez la clé si elle est facultative";
            self.say(Code::ValeurVide, &span, format!("« {key} » est vide"), aide);
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
        let signs = signes::echappes(self.written(span), span.start);
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
        let expected = "un nombre entier à partir de 1, sans guillemets";
        self.typed(key, expected, value, span, |value| as_integer(value).filter(|n| *n > 0))
    }

    /// Value as its key demands it; says so when it is something else.
    pub(super) fn typed<T>(
        &mut self,
        key: &str,
        expected: &str,
        value: &DeValue<'t>,
        span: Span,
        read: impl FnOnce(&DeValue<'t>) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let read = read(value);
        if read.is_none() {
            self.mistyped(key, expected, value, &span);
        }
        read.map(|value| Spanned { value, span })
    }

    pub(super) fn as_word<V>(
        &mut self,
        key: &str,
        text: Spanned<String>,
        from_slug: fn(&str) -> Option<V>,
    ) -> Option<Spanned<V>> {
        let vocabulaire = match self.groupe.champ(key).map(|champ| champ.forme) {
            Some(KeyForm::Mot(vocabulaire) | KeyForm::Mots(vocabulaire)) => vocabulaire,
            _ => &[],
        };
        // The one place where a word is known: « Élémentaire » is « elementaire » from here on.
        let meant = ailleurs::word(vocabulaire, &text.value).unwrap_or(&text.value);
        if let Some(value) = from_slug(meant) {
            return Some(Spanned { value, span: text.span });
        }
        let known: Vec<&str> = vocabulaire.iter().map(|(slug, _)| *slug).collect();
        let unknown = format!("« {} » n’est pas une valeur de « {key} »", text.value);
        let diagnostic = Diagnostic::new(Code::ValeurInconnue, unknown).at(&text.span, "");
        let possible = format!("valeurs possibles : {}", known.join(", "));
        let said = ailleurs::words(vocabulaire, &text.value).unwrap_or_default();
        let quoted: Vec<String> = said.iter().map(|word| valeur::quoted(word)).collect();
        self.push(match nearest(&text.value, known.iter().copied()) {
            _ if !said.is_empty() => diagnostic
                .attempt(&text.span, quoted.join(", "), false)
                .otherwise(match said.as_slice() {
                    [word] => format!("écrivez « {word} »"),
                    words => format!("écrivez « {} »", words.join(" » et « ")),
                }),
            Some(word) => {
                let dit = format!("vouliez-vous dire « {word} » ?");
                diagnostic
                    .attempt(&text.span, valeur::quoted(word), false)
                    .saying(&dit)
                    .otherwise(dit)
            }
            None => diagnostic.help(possible),
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
        let written = self.written(span);
        let forme = self.groupe.champ(key).map(|champ| champ.forme);
        // An item of a list has the form of the others.
        let is_item = self.table.get(key).is_some_and(|whole| self.span(whole.span()) != *span);
        let forme = forme.map(|forme| match forme {
            KeyForm::Textes | KeyForm::Mots(_) if is_item => KeyForm::Texte,
            KeyForm::Nombres if is_item => KeyForm::Nombre,
            forme => forme,
        });
        let day = value.as_str().unwrap_or(written);
        if matches!(forme, Some(KeyForm::Jour))
            && matches!(value, DeValue::String(_) | DeValue::Integer(_) | DeValue::Float(_))
            && let Err(why) = jours::iso(day)
        {
            let (message, aide) = why.told();
            let code = match why {
                NoDay::Impossible => Code::DateImpossible,
                _ => Code::CleMalTypee,
            };
            self.say(code, span, message, aide);
            return;
        }
        let wrong = format!("« {key} » n’a pas la forme attendue");
        let diagnostic =
            Diagnostic::new(Code::CleMalTypee, wrong).at(span, format!("ici, {found}"));
        let title = format!("[{key}]");
        let mended = match (forme.unwrap_or(KeyForm::Texte), value) {
            (KeyForm::Groupes(_), DeValue::Table(_)) => written
                .starts_with(&title)
                .then(|| written.replacen(&title, &format!("[{title}]"), 1)),
            (KeyForm::Texte, DeValue::Boolean(_)) => None,
            (forme, _) => valeur::meant(forme, written),
        };
        self.push(
            match mended {
                Some(mended) => diagnostic.attempt(span, mended, true),
                None => match self.as_groups(key, value, span) {
                    Some((span, lines)) => diagnostic.attempt(&span, lines, true),
                    None => diagnostic,
                },
            }
            .otherwise(format!("attendu : {expected}")),
        );
    }

    /// Addresses written in the place of groups: these groups, at the end of the header, and the lines that they replace.
    pub(super) fn as_groups(
        &self,
        key: &str,
        value: &DeValue<'t>,
        span: &Span,
    ) -> Option<(Span, String)> {
        let Some(KeyForm::Groupes(below)) = self.groupe.champ(key).map(|champ| champ.forme) else {
            return None;
        };
        let texts: Vec<&str> = match value {
            DeValue::String(text) => vec![text],
            DeValue::Array(all) => {
                all.iter().map(|v| v.get_ref().as_str()).collect::<Option<_>>()?
            }
            _ => return None,
        };
        let first = below.champs.iter().find(|champ| champ.obligatoire)?.nom;
        let (from, to) = (span.start - self.offset, span.end - self.offset);
        let start = self.text[..from].rfind('\n').map_or(0, |at| at + 1);
        let (end_of_line, rest) = self.text[to..].split_once('\n')?;
        if self.around.is_some() || texts.is_empty() || !end_of_line.trim().is_empty() {
            return None;
        }
        let rest = rest.trim_end_matches(['\n', '\r']);
        let groups: Vec<String> = texts
            .iter()
            .map(|text| format!("[[{key}]]\n{first} = {}", valeur::quoted(text.trim())))
            .collect();
        let parts = [rest].into_iter().filter(|rest| !rest.is_empty());
        let lines: Vec<&str> = parts.chain(groups.iter().map(String::as_str)).collect();
        let end = self.text.trim_end_matches(['\n', '\r']).len();
        let place = Span::new(self.path, self.offset + start..self.offset + end);
        Some((place, lines.join("\n\n")))
    }
}

/// A whole number that is not negative.
pub(super) fn as_integer(value: &DeValue<'_>) -> Option<usize> {
    let written = value.as_integer()?;
    usize::from_str_radix(&written.as_str().replace('_', ""), written.radix()).ok()
}
