//! A header as other tools write it, YAML between `---` or JSON between braces, as TOML between `+++`; and the header
//! to copy of a file that has none.

use std::ops::Range;

use serde_json::Value;

use super::{
    ailleurs::likely_key,
    keys::{Key, KeyForm, KeyGroup},
    valeur::{self, Brut, quoted},
};
use crate::source::SitePath;

/// A header of another form.
pub(super) struct Traduit {
    /// Place of the whole header, without the end of its last line.
    pub(super) place: Range<usize>,
    /// Form of the value.
    pub(super) forme: &'static str,
    /// The same in TOML, between its fences.
    pub(super) toml: String,
    /// True when nothing is left to be filled.
    pub(super) is_whole: bool,
}

/// Keys and values as they were read, in their order.
type Paires = Vec<(String, Brut)>;

/// The header of another form that stands at `start`.
pub(super) fn traduit(text: &str, start: usize, groupe: &KeyGroup) -> Option<Traduit> {
    let rest = &text[start..];
    let (length, forme, paires) = match rest.lines().next()?.trim_end() {
        "---" | "+++" if rest[3..].trim_start().starts_with('{') => {
            let open = rest.len() - rest[3..].trim_start().len();
            let inner = traduit(text, start + open, groupe)?;
            let close = &text[inner.place.end..];
            let fence = close.lines().find(|line| !line.trim().is_empty());
            let is_closed = fence.is_some_and(|line| matches!(line.trim(), "---" | "+++"));
            let blank = close.len() - close.trim_start().len();
            let end = inner.place.end + if is_closed { blank + 3 } else { 0 };
            return Some(Traduit { place: start..end, ..inner });
        }
        "---" | "+++" => {
            let (length, paires) = yaml(rest)?;
            (length, "en YAML", paires)
        }
        line if line.starts_with('{') => {
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
            let Some(Ok(Value::Object(object))) = values.next() else { return None };
            let paires = object.iter().filter_map(|(key, v)| Some((key.clone(), of_json(v)?)));
            (values.byte_offset(), "en JSON", paires.collect())
        }
        _ => {
            let (length, paires) = fields(rest, groupe)?;
            (length, "comme une suite de lignes « nom : valeur »", paires)
        }
    };
    let (toml, is_whole) = written(paires, groupe, None);
    Some(Traduit { place: start..start + length, forme, toml, is_whole })
}

/// A header to copy, for a text that has none: its title is that of the text, or the name of its file.
pub(super) fn modele(path: &SitePath, text: &str, groupe: &KeyGroup) -> String {
    let heading = text.lines().find_map(|line| line.strip_prefix('#'));
    let heading = heading.map(|line| line.trim_matches(['#', ' ', '\u{a0}', '\r']));
    let stem = path.file_name().split('.').next().unwrap_or("").replace(['-', '_'], " ");
    let mut letters = stem.chars();
    let stem: String =
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let title = heading.filter(|title| !title.is_empty()).unwrap_or(&stem);
    written(Vec::new(), groupe, Some(title)).0
}

/// The header in the order of its keys; what has no key is kept as a comment. Whether nothing is left to be filled.
fn written(paires: Paires, groupe: &KeyGroup, title: Option<&str>) -> (String, bool) {
    let mut values: Vec<Option<String>> = vec![None; groupe.champs.len()];
    let (mut kept, mut groups) = (Vec::new(), Vec::new());
    for (name, brut) in paires {
        let key = likely_key(&name, groupe);
        let at = key.and_then(|key| groupe.noms().position(|name| name == key));
        let champ = at.and_then(|at| groupe.champs.get(at));
        if let Some(lines) = champ.and_then(|champ| groups_of(champ, &brut)) {
            groups.push(lines);
            continue;
        }
        // « radio, oral », where YAML has one text.
        let brut = match (champ.map(|champ| champ.forme), brut) {
            (Some(KeyForm::Textes), Brut::Seul(text)) => {
                let list = valeur::read(&text).filter(|read| matches!(read, Brut::Liste(_)));
                list.unwrap_or(Brut::Seul(text))
            }
            (_, brut) => brut,
        };
        let free = at.and_then(|at| values.get_mut(at)).filter(|value| value.is_none());
        match champ
            .zip(free)
            .and_then(|(c, free)| Some((free, valeur::toml_of(c.forme, brut.clone())?)))
        {
            Some((free, value)) => *free = Some(value),
            None => kept.push(format!("# {name} : {}", said(&brut))),
        }
    }
    if let (Some(title), Some(at)) = (title, groupe.noms().position(|name| name == "titre")) {
        values[at] = Some(quoted(title));
    }
    let mut lines = vec!["+++".to_string()];
    let mut is_whole = true;
    for (champ, value) in groupe.champs.iter().zip(values) {
        match value {
            Some(value) => lines.push(format!("{} = {value}", champ.nom)),
            None if champ.obligatoire => {
                is_whole = false;
                lines.push(format!(
                    "{} = \"…\" # à remplir, par exemple : {}",
                    champ.nom, champ.exemple
                ));
            }
            None if title.is_some() && matches!(champ.nom, "date" | "auteurs" | "niveaux") => {
                lines.push(format!("# {} = {}", champ.nom, champ.exemple));
            }
            None => {}
        }
    }
    lines.extend(kept);
    lines.extend(groups);
    lines.push("+++".into());
    (lines.join("\n"), is_whole)
}

/// A group for each address of a list.
fn groups_of(champ: &Key, brut: &Brut) -> Option<String> {
    let KeyForm::Groupes(below) = champ.forme else { return None };
    let first = below.champs.iter().find(|champ| champ.obligatoire)?.nom;
    let texts = match brut {
        Brut::Seul(text) => std::slice::from_ref(text),
        Brut::Liste(texts) => texts,
    };
    let group = |text: &String| format!("\n[[{}]]\n{first} = \"{text}\"", champ.nom);
    Some(texts.iter().map(group).collect::<Vec<_>>().join("\n"))
}

/// True when the keys between two fences of TOML are written in YAML: lists below their keys, and no sign « = ».
pub(super) fn is_yaml(keys: &str) -> bool {
    let lines = || keys.lines().map(str::trim).filter(|line| !line.is_empty());
    lines().any(|line| line.starts_with("- "))
        && lines()
            .all(|line| line.starts_with(['-', '#']) || line.contains(": ") || line.ends_with(':'))
        && !lines().any(|line| line.split(':').next().is_some_and(|key| key.contains('=')))
}

fn said(brut: &Brut) -> String {
    match brut {
        Brut::Seul(text) => text.clone(),
        Brut::Liste(texts) => texts.join(", "),
    }
}

fn escaped(text: &str) -> String {
    let quoted = quoted(text);
    quoted[1..quoted.len() - 1].replace(['\n', '\r'], " ")
}

fn of_json(value: &Value) -> Option<Brut> {
    let plain = |value: &Value| match value {
        Value::String(text) => escaped(text),
        other => escaped(&other.to_string()),
    };
    match value {
        Value::Null => None,
        Value::Array(all) => Some(Brut::Liste(all.iter().map(plain).collect())),
        other => Some(Brut::Seul(plain(other))),
    }
}

/// Keys of a header of YAML, as far as headers go: texts, lists, texts of several lines. And its length.
fn yaml(text: &str) -> Option<(usize, Paires)> {
    let mut paires: Paires = Vec::new();
    let mut at = 0;
    let mut folded = false;
    for (rank, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        if rank > 0 && matches!(bare, "---" | "..." | "+++") {
            return Some((at + bare.len(), paires));
        }
        at += line.len();
        let content = bare.trim_start();
        if rank == 0 || content.is_empty() || content.starts_with('#') {
            continue;
        }
        let is_below = bare.len() > content.len() || content.starts_with("- ") || content == "-";
        // The keys of an item are those of a group: the first is its name, or its address.
        let parent = paires.last().filter(|(_, last)| is_below && matches!(last, Brut::Liste(_)));
        let below =
            parent.filter(|_| !folded).and_then(|(parent, _)| Some((parent, sub_key(content)?)));
        let sub = below.map(|(parent, (key, value))| (format!("{parent}.{key}"), value));
        let content = match sub {
            Some((_, value)) if content.starts_with("- ") => &format!("- {value}"),
            Some((name, value)) => {
                let at = paires.len() - 1;
                paires.insert(at, (name, scalar(value)));
                continue;
            }
            None => content,
        };
        match paires.last_mut().filter(|_| is_below) {
            Some((_, last)) => go_on(last, content, &mut folded),
            None => {
                let (key, value) = content.split_once(':')?;
                let value = value.trim();
                folded = value.starts_with(['>', '|']) && value.len() < 3;
                let brut = if folded || value.is_empty() {
                    Brut::Liste(Vec::new())
                } else {
                    scalar(value)
                };
                paires.push((key.trim().trim_matches(['"', '\'']).to_string(), brut));
            }
        }
    }
    None
}

/// A key of an item of a list of YAML, and its value.
fn sub_key(content: &str) -> Option<(&str, &str)> {
    let bare = content.strip_prefix("- ").unwrap_or(content).trim_start();
    let (key, value) = bare.split_once(": ")?;
    let is_name = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    is_name.then(|| (key, value.trim()))
}

/// Lines « Titre : … » at the beginning of a text, as people write them who know of no header. And their length.
fn fields(text: &str, groupe: &KeyGroup) -> Option<(usize, Paires)> {
    let known = |name: &str| likely_key(name, groupe).is_some();
    let (mut at, mut end, mut paires) = (0, 0, Paires::new());
    for line in text.split_inclusive('\n') {
        let bare = line.trim().trim_start_matches(['-', '*', '_', '#', ' ', '>']);
        let field = bare.split_once(':').map(|(name, value)| {
            let signs = |c: char| c.is_whitespace() || "*_".contains(c);
            (name.trim_matches(signs), value.trim_matches(signs))
        });
        match field.filter(|(name, value)| known(name) && !value.is_empty()) {
            Some((name, value)) => paires.push((name.to_string(), scalar(value))),
            None if line.trim().is_empty() => {}
            None => break,
        }
        at += line.len();
        if !line.trim().is_empty() {
            end = at - line.len() + line.trim_end().len();
        }
    }
    (paires.len() > 1).then_some((end, paires))
}

/// A line below a key: an item of its list, or the rest of its text.
fn go_on(last: &mut Brut, content: &str, folded: &mut bool) {
    let item = content.strip_prefix('-').filter(|_| !*folded);
    match (last, item) {
        (Brut::Liste(texts), Some(item)) => {
            if let Brut::Seul(text) = scalar(item.trim()) {
                texts.push(text);
            }
        }
        (last @ Brut::Liste(_), None) if *folded => {
            *folded = false;
            *last = Brut::Seul(escaped(content));
        }
        (Brut::Liste(texts), None) => texts.push(escaped(content)),
        (Brut::Seul(text), _) => *text = format!("{text} {}", escaped(content)),
    }
}

/// A value of YAML on its line. Between no quotes, every sign is of the text.
fn scalar(value: &str) -> Brut {
    let value = match value.find(" #").filter(|_| !value.starts_with(['"', '\''])) {
        Some(comment) => value[..comment].trim_end(),
        None => value,
    };
    match value.chars().next() {
        Some('[') => valeur::read(value).unwrap_or_else(|| Brut::Seul(escaped(value))),
        Some('\'') => Brut::Seul(escaped(&value.trim_matches('\'').replace("''", "'"))),
        Some('"') => valeur::read(value).unwrap_or_else(|| Brut::Seul(escaped(value))),
        _ => Brut::Seul(escaped(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::keys::FICHE;

    #[test]
    fn quotes_of_yaml_are_doubled() {
        let found = traduit("---\ntags:\n  - 'l''oral'\n---\n", 0, &FICHE).unwrap();
        assert!(found.toml.contains("mots_cles = [\"l'oral\"]"), "{}", found.toml);
        assert!(traduit("---\nUn texte sans clé\n---\n", 0, &FICHE).is_none());
    }
}
