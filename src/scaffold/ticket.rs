//! A ticket as a forge describes it: the event that GitHub writes in a file, the answer of its interface or of GitLab's.
//! A text that is no JSON is the form itself.

use serde_json::Value;

use crate::source::Date;

/// Parts of a ticket that a form needs.
pub(super) struct Ticket {
    pub(super) texte: String,
    /// The day it was opened.
    pub(super) jour: Option<Date>,
}

impl Ticket {
    /// # Errors
    /// Why there is no text, in French.
    pub(super) fn read(text: &str) -> Result<Self, Vec<String>> {
        let Some(ticket) = serde_json::from_str::<Value>(text).ok().filter(Value::is_object) else {
            return Ok(Self { texte: text.to_string(), jour: None });
        };
        let inner = ["issue", "object_attributes"].iter().find_map(|key| ticket.get(key));
        let ticket = inner.unwrap_or(&ticket);
        let said = |key: &str| ticket.get(key).and_then(Value::as_str);
        let Some(texte) = said("body").or_else(|| said("description")) else {
            return Err(vec!["ce ticket n’a pas de texte".to_string()]);
        };
        let jour = said("created_at").and_then(|day| Date::said(day.get(..10)?));
        Ok(Self { texte: texte.to_string(), jour })
    }
}
