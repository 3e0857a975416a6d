//! The language of a text: a tag, or what was meant by what is none.

use super::Reader;
use crate::{
    diag::{Code, Diagnostic},
    model::Langue,
};

impl Reader<'_, '_> {
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
}
