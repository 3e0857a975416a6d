//! Keys that a group does not have, and those that were meant.

use super::Reader;
use crate::{
    diag::{Code, Diagnostic, nearest},
    parse::{
        ailleurs::{self, KeyHere, same_key},
        keys::KeyForm,
        links::begins_as_address,
    },
    source::Span,
};

impl Reader<'_, '_> {
    /// True when one of the keys that are there was meant as this one: it has its own error.
    pub(super) fn is_misspelt(&self, key: &str) -> bool {
        let mut unknown = self.table.keys().map(|k| k.get_ref().as_ref());
        unknown.any(|name: &str| {
            let here = ailleurs::key(name, self.groupe);
            let is_there = matches!(here, Some(KeyHere::Cle(k) | KeyHere::Peutetre(k)) if k == key);
            self.groupe.champ(name).is_none()
                && (is_there || nearest(name, self.groupe.noms()) == Some(key))
        })
    }

    /// A key that the group does not have, and the one that was meant.
    pub(super) fn unknown_key(&self, name: &str, span: &Span) -> Diagnostic {
        let here = ailleurs::key(name, self.groupe);
        let message = match here {
            Some(KeyHere::Rien(_)) => format!("la clé « {name} » n’a pas d’emploi ici"),
            _ => format!("la clé « {name} » n’existe pas"),
        };
        let diagnostic = Diagnostic::new(Code::CleInconnue, message).at(span, "");
        let is_free = |key: &&str| !self.table.contains_key(*key);
        // Accents and case apart, it is that key: nobody meant another.
        let is_link = self.groupe.champ("liens").is_some() && self.gives_address(name);
        let (key, certain) = match (same_key(name, self.groupe), here) {
            (Some(key), _) | (None, Some(KeyHere::Cle(key))) => (Some(key), true),
            (None, Some(KeyHere::Peutetre(key))) => (Some(key), false),
            (None, Some(KeyHere::Rien(_))) if is_link => (Some("liens"), false),
            (None, Some(KeyHere::Rien(why))) => return diagnostic.help(why),
            (None, None) => (nearest(name, self.groupe.noms()), false),
        };
        let Some(key) = key else {
            let names: Vec<&str> = self.groupe.noms().collect();
            return diagnostic.help(format!("clés possibles ici : {}", names.join(", ")));
        };
        let dit = format!("vouliez-vous dire « {key} » ?");
        let is_a_title = self.table.get(name).is_some_and(|value| value.get_ref().is_array())
            && self.groupe.champ(key).is_some_and(|c| matches!(c.forme, KeyForm::Groupes(_)));
        if !is_free(&key) && !is_a_title {
            let aide = format!("« {key} » est déjà écrite : réunissez les deux");
            return diagnostic.help(if here.is_some() { aide } else { dit });
        }
        let value = self.table.get(name);
        let groups =
            value.and_then(|value| self.as_groups(key, value.get_ref(), &self.span(value.span())));
        match groups {
            Some((lines, text)) => diagnostic.attempt(&lines, text, certain).otherwise(dit),
            None if here.is_some() => diagnostic.attempt(span, key, certain).otherwise(dit),
            None => diagnostic.attempt(span, key, certain).saying(&dit).otherwise(dit),
        }
    }

    /// True when the value of a key is the address of a page of elsewhere.
    fn gives_address(&self, name: &str) -> bool {
        let text = self.table.get(name).and_then(|value| value.get_ref().as_str());
        matches!(name, "url" | "permalink")
            && text.is_some_and(|text| begins_as_address(text.trim()))
    }
}
