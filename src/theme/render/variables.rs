//! The fields that templates name, held to those that their views have: all of them in one run, also
//! where no page of today goes (a test, a loop over nothing). tera stops at the first, in English.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::{Mutex, PoisonError},
};

use serde_json::Value;

use crate::{
    diag::{Code, Diagnostic},
    pages::{TEMPLATES, View},
    source::{SitePath, Span},
};

/// Content of views at one place, all of them together.
#[derive(Clone, Debug, Default)]
struct Shape {
    fields: BTreeMap<String, Shape>,
    items: Option<Box<Shape>>,
    /// A list that a view has empty: its items may be others than those of another view.
    is_empty: bool,
}

impl Shape {
    fn learn(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (name, field) in fields {
                    self.fields.entry(name.clone()).or_default().learn(field);
                }
            }
            Value::Array(items) => {
                self.is_empty |= items.is_empty();
                let shape = self.items.get_or_insert_default();
                items.iter().for_each(|item| shape.learn(item));
            }
            _ => {}
        }
    }
}

/// The shapes of a site's views, learnt as they are made, by several threads.
#[derive(Debug, Default)]
pub struct Shapes(Mutex<ViewShapes>);

impl Shapes {
    /// Adds what a view holds.
    pub fn learn(&self, view: &View) {
        let Ok(value) = serde_json::to_value(view) else { return };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.by_template.entry(view.vue.template()).or_default().learn(&value);
        known.all.learn(&value);
    }

    /// All that was learnt.
    pub(super) fn learnt(self) -> ViewShapes {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shapes of views, by the template that renders them.
#[derive(Debug, Default)]
pub(super) struct ViewShapes {
    by_template: BTreeMap<&'static str, Shape>,
    /// For layouts and partials, which serve several views.
    all: Shape,
}

impl ViewShapes {
    /// True when a page of this site is made with a template, or with one that includes or extends it: `templates` are
    /// all those of the theme.
    pub(super) fn is_used(&self, name: &str, templates: &[(&str, &str)]) -> bool {
        let (mut seen, mut waiting) = (BTreeSet::from([name]), vec![name]);
        while let Some(here) = waiting.pop() {
            if self.by_template.contains_key(here) {
                return true;
            }
            let quoted = [format!("\"{here}\""), format!("'{here}'")];
            for (user, text) in templates {
                if quoted.iter().any(|q| text.contains(q.as_str())) && seen.insert(*user) {
                    waiting.push(*user);
                }
            }
        }
        false
    }

    /// Says each field that a template names and that its views do not have.
    pub(super) fn check(
        &self,
        name: &str,
        place: &SitePath,
        text: &str,
        diags: &mut Vec<Diagnostic>,
    ) {
        let (shape, is_shared) = match self.by_template.get(name) {
            Some(shape) => (shape, false),
            // No page of this site uses it.
            None if TEMPLATES.contains(&name) => return,
            None => (&self.all, true),
        };
        for wrong in unknown_fields(text, shape, is_shared) {
            let known: Vec<&str> = wrong.known.iter().map(String::as_str).collect();
            let message =
                format!("« {} » n’a pas de champ « {} »", wrong.of, &text[wrong.range.clone()]);
            diags.push(
                Diagnostic::new(Code::GabaritVariableInconnue, message)
                    .at(&Span::new(place, wrong.range.clone()), "")
                    .suggest_or(
                        &text[wrong.range.clone()],
                        &known,
                        format!("champs possibles ici : {}", known.join(", ")),
                    ),
            );
        }
    }
}

struct UnknownField {
    /// The path before it, as written.
    of: String,
    range: Range<usize>,
    known: Vec<String>,
}

/// A name that a `for` or a `set` gives; `None` when we cannot tell what it holds.
type Binding<'s> = (String, Option<&'s Shape>);

/// `is_shared`: the shape is that of several views.
fn unknown_fields(text: &str, root: &Shape, is_shared: bool) -> Vec<UnknownField> {
    let mut found = Vec::new();
    // One frame for the file, one more for each `for`.
    let mut frames: Vec<Vec<Binding<'_>>> = vec![Vec::new()];
    for tag in tags(text) {
        let words = words(&text[tag.clone()], tag.start);
        let keyword = words.first().map_or("", |word| &text[word.clone()]);
        let look = |word: &Range<usize>| resolve(text, word, root, &frames);
        found.extend(words.iter().filter_map(|word| look(word).err()));
        match keyword {
            "for" => {
                let at = words.iter().position(|word| &text[word.clone()] == "in");
                let (names, source) = words.split_at(at.unwrap_or(words.len()));
                let whole = source.len() == 2
                    && text[source[1].end..tag.end].trim_matches(['-', '%', ' ', '\n']).is_empty();
                let list =
                    source.get(1).filter(|_| whole).and_then(|word| look(word).ok().flatten());
                let known = list.filter(|list| names.len() == 2 && !(is_shared && list.is_empty));
                let item = known.and_then(|list| list.items.as_deref());
                let bound = names.iter().skip(1).map(|word| (text[word.clone()].to_string(), item));
                let frame = bound.chain([("loop".to_string(), None)]).collect();
                frames.push(frame);
            }
            "endfor" if frames.len() > 1 => {
                frames.pop();
            }
            "set" | "set_global" => {
                let rest = &text[words[0].end..tag.end];
                let name = rest.split('=').next().unwrap_or("").trim();
                if let Some(frame) = frames.last_mut() {
                    frame.push((name.to_string(), None));
                }
            }
            _ => {}
        }
    }
    found
}

/// Shape a dotted path names: an error when a field on the way does not exist, `None` when it is out of
/// our sight.
fn resolve<'s>(
    text: &str,
    word: &Range<usize>,
    root: &'s Shape,
    frames: &[Vec<Binding<'s>>],
) -> Result<Option<&'s Shape>, UnknownField> {
    let path = &text[word.clone()];
    let mut parts = path.split('.');
    let first = parts.next().unwrap_or("").trim_end_matches('?');
    let bound =
        frames.iter().rev().find_map(|frame| frame.iter().rev().find(|(name, _)| name == first));
    let start = match bound {
        Some((_, shape)) => *shape,
        None => root.fields.get(first),
    };
    let Some(mut shape) = start else { return Ok(None) };
    let mut at = word.start + path.find('.').map_or(path.len(), |dot| dot + 1);
    for part in parts {
        let name = part.trim_end_matches('?');
        // A text, a number, or what no view of this site has.
        if shape.fields.is_empty() {
            return Ok(None);
        }
        match shape.fields.get(name) {
            Some(field) => shape = field,
            None => {
                return Err(UnknownField {
                    of: text[word.start..at].trim_end_matches(['.', '?']).to_string(),
                    range: at..at + name.len(),
                    known: shape.fields.keys().cloned().collect(),
                });
            }
        }
        at += part.len() + 1;
    }
    Ok(Some(shape))
}

/// The insides of `{{ … }}` and `{% … %}`, comments and `raw` left out.
fn tags(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut raw = false;
    while let Some(open) = text[at..].find('{').map(|i| at + i) {
        let close = match text[open..].get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let Some(end) = text[open + 2..].find(close).map(|i| open + 2 + i) else { break };
        let inside = text[open + 2..end].trim_matches(['-', ' ', '\n']);
        match inside {
            "raw" => raw = true,
            "endraw" => raw = false,
            _ if close != "#}" && !raw => found.push(open + 2..end),
            _ => {}
        }
        at = end + 2;
    }
    found
}

/// The names and dotted paths of a tag, texts between quotes left out.
fn words(tag: &str, offset: usize) -> Vec<Range<usize>> {
    let bytes = tag.as_bytes();
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        match bytes[i] {
            quote @ (b'"' | b'\'' | b'`') => {
                i += 1 + tag[i + 1..].bytes().position(|b| b == quote).unwrap_or(bytes.len());
                i += 1;
            }
            b if b.is_ascii_alphabetic() || b == b'_' => {
                let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"_.?".contains(b);
                let length = bytes[i..].iter().take_while(|b| is_part(b)).count();
                let word = tag[i..i + length].trim_end_matches(['.', '?']);
                // `name=` gives an argument its name: it is no variable.
                let rest = tag[i + length..].trim_start();
                // What follows `.` after a bracket, or `|` and `is`, is out of our sight.
                let before = tag[..i].trim_end();
                let named = rest.starts_with('=') && !rest.starts_with("==");
                if !named && !before.ends_with(['.', '|']) {
                    found.push(offset + i..offset + i + word.len());
                }
                i += length;
            }
            b if b.is_ascii_digit() => {
                i += bytes[i..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            }
            _ => i += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str) -> Vec<String> {
        let mut shape = Shape::default();
        shape.learn(&serde_json::json!({
            "vue": {"titre": "t", "liens": [{"href": "h", "genre": null}], "vide": []},
            "page": {"titre": "t"},
        }));
        let wrong = unknown_fields(template, &shape, false);
        wrong.into_iter().map(|w| format!("{} {}", w.of, &template[w.range])).collect()
    }

    #[test]
    fn unknown_fields_are_found() {
        assert_eq!(check("{{ vue.tire }}{% if page.x and vue.titre %}"), ["vue tire", "page x"]);
        assert_eq!(
            check("{% for l in vue.liens %}{{ l.herf }}{% endfor %}{{ l.herf }}"),
            ["l herf"]
        );
        assert_eq!(check("{{ vue.titre | replace(from=\"vue.x\", to=vue.y) }}"), ["vue y"]);
    }

    /// A layout serves views whose lists have one name: where one is empty, its items are not those of the others.
    #[test]
    fn lists_of_several_views_are_not_mixed() {
        let mut shape = Shape::default();
        shape.learn(&serde_json::json!({"vue": {"groupes": [{"ancre": "a"}]}}));
        let template = "{% for g in vue.groupes %}{{ g.numero }}{% endfor %}";
        assert_eq!(unknown_fields(template, &shape, true).len(), 1);
        shape.learn(&serde_json::json!({"vue": {"groupes": []}}));
        assert!(unknown_fields(template, &shape, true).is_empty());
    }

    #[test]
    fn what_cannot_be_told_is_left_alone() {
        for template in [
            "{# {{ vue.x }} #}{% raw %}{{ vue.x }}{% endraw %}",
            "{% for l in vue.vide %}{{ l.x }}{% endfor %}",
            "{% for l in vue.liens | sort(attribute=\"x\") %}{{ l.x }}{% endfor %}",
            "{% for k, v in vue.liens %}{{ v.x }}{{ loop.index }}{% endfor %}",
            "{% set vue = 3 %}{{ vue.x }}{{ autre.x }}",
            "{{ vue.liens[0].x }}{{ vue.titre.x }}{{ vue.liens.0.x }}",
            "{{ \"é",
            "{{ 'é }}",
        ] {
            assert_eq!(check(template), Vec::<String>::new(), "{template}");
        }
    }
}
