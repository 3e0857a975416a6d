//! The line that an editor meant: a guess, which the reader then tries.

use super::{Parts, parts};
use crate::{
    parse::{
        ailleurs::{self, KeyHere, same_key},
        keys::{KeyForm, KeyGroup},
        links::begins_as_address,
        valeur::{self, Brut, is_toml, meant, quoted, without_comment},
    },
    source::slugify,
};

/// The line as its editor meant it, in its group, after what stands above it.
pub(super) fn mended(
    line: &str,
    root: &'static KeyGroup,
    groupe: &'static KeyGroup,
    above: &str,
) -> Option<String> {
    let line = line.trim();
    if line.starts_with('[') {
        return title(line, root);
    }
    if let Some(address) = bare_address(line) {
        return of_address(&address, groupe, above);
    }
    let Some(Parts { key, value, comment, .. }) = parts(line, groupe) else {
        return item(line);
    };
    if let Some((first, second)) = two_keys(line, groupe) {
        let [first, second] =
            [first, second].map(|line| match is_toml(line) && !line.contains('"') {
                true => Some(line.to_string()),
                false => mended(line, root, groupe, above).or_else(|| as_it_is(line)),
            });
        return Some(format!("{}\n{}", first?, second?));
    }
    let key = match known_key(key, groupe) {
        Some(known) => known.to_string(),
        None => slugify(key).replace('-', "_"),
    };
    // A list that the next lines go on with is not guessed from its first one.
    let goes_on = value.starts_with('[') && value.ends_with(['[', ',']) && !value.contains(']');
    if key.is_empty() || goes_on {
        return None;
    }
    let (value, noted) = annotated(value, &key).unwrap_or((value, String::new()));
    let comment = format!("{noted}{comment}");
    let mended = format!("{key} = {}{comment}", value_of(groupe, &key, value)?);
    is_toml(&mended).then_some(mended)
}

/// The value of a key as TOML writes it.
pub(super) fn value_of(groupe: &KeyGroup, key: &str, value: &str) -> Option<String> {
    let forme = groupe.champ(key).map(|champ| champ.forme);
    // The value may be right, or what is wrong with it another matter.
    let as_it_is = [value, value.trim_end_matches([',', ';', '.', ' '])];
    let as_it_is = as_it_is.iter().find(|value| is_toml(&format!("{key} = {value}")));
    match (as_it_is, forme) {
        (_, Some(KeyForm::Groupes(below))) if !value.contains('{') => groups(below, value),
        (Some(value), _) => Some((*value).to_string()),
        (None, Some(forme)) => meant(forme, value),
        (None, None) if value.starts_with('[') => meant(KeyForm::Textes, value),
        (None, None) => meant(KeyForm::Jour, value).or_else(|| meant(KeyForm::Texte, value)),
    }
}

/// Groups on one line, from the addresses that stand in their place.
fn groups(below: &KeyGroup, value: &str) -> Option<String> {
    let first = below.champs.iter().find(|champ| champ.obligatoire)?;
    let texts = match valeur::read(value)? {
        Brut::Seul(text) => vec![text],
        Brut::Liste(texts) => texts,
    };
    let is_address = |text: &String| text.starts_with("http") || text.starts_with("www.");
    if first.nom != "url" || !texts.iter().all(is_address) {
        return None;
    }
    let group = |text: &String| format!("{{ {} = \"{text}\" }}", first.nom);
    Some(format!("[{}]", texts.iter().map(group).collect::<Vec<_>>().join(", ")))
}

/// The key of a group that was meant, in other words or in those of another tool.
fn known_key(key: &str, groupe: &KeyGroup) -> Option<&'static str> {
    same_key(key, groupe).or_else(|| match ailleurs::key(key, groupe) {
        Some(KeyHere::Cle("liens")) => Some("liens"),
        _ => None,
    })
}

/// An address alone on its line, without its key.
pub(super) fn bare_address(line: &str) -> Option<String> {
    let around = |c: char| c.is_whitespace() || "-*•<>\"'«»“”,;".contains(c);
    let address = line.trim_matches(around);
    (begins_as_address(address) && !address.contains([' ', '"', '<'])).then(|| quoted(address))
}

/// An address with its key, in a group of its own when that above has one.
fn of_address(address: &str, groupe: &KeyGroup, above: &str) -> Option<String> {
    if groupe.champ("url").is_none_or(|champ| !champ.obligatoire) {
        return groupe.champ("liens").map(|_| format!("liens = [{{ url = {address} }}]"));
    }
    let title = above.lines().map(str::trim).rfind(|line| super::is_title(line))?;
    let since = &above[above.rfind(title)?..];
    let is_there = since.lines().any(|line| line.trim_start().starts_with("url"));
    let line = format!("url = {address}");
    Some(if is_there { format!("{title}\n{line}") } else { line })
}

/// A key written a second time in a group of which there may be several: another group.
pub(super) fn another(line: &str, groupe: &KeyGroup, above: &str) -> Option<String> {
    let title = above.lines().map(str::trim).rfind(|line| super::is_title(line))?;
    let first = groupe.champs.iter().find(|champ| champ.obligatoire)?;
    let key = line.split('=').next()?.trim();
    (title.starts_with("[[") && first.nom == "url" && key == first.nom && is_toml(line))
        .then(|| format!("{title}\n{line}"))
}

/// Two keys that one line holds, cut where the second begins.
pub(super) fn two_keys<'l>(line: &'l str, groupe: &KeyGroup) -> Option<(&'l str, &'l str)> {
    if line.contains('{') {
        return None;
    }
    let after_quote = line.match_indices(['"', ']', '”', '»']).map(|(at, sign)| at + sign.len());
    after_quote.into_iter().find_map(|at| {
        let rest = line[at..].trim_start_matches([' ', '\t', ',', ';', '.']);
        let key = rest[..rest.find(['=', ':'])?].trim();
        let bare = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        (bare && known_key(key, groupe).is_some()).then(|| (line[..at].trim(), rest))
    })
}

fn as_it_is(line: &str) -> Option<String> {
    is_toml(line).then(|| line.to_string())
}

/// A text and what was noted after it, as a comment: other languages write `//`, and no address has words after it.
fn annotated<'v>(value: &'v str, key: &str) -> Option<(&'v str, String)> {
    let end = value.strip_prefix('"')?.find('"')? + 2;
    let note = value[end..].trim();
    let is_note = ["//", "--", "<!--"].iter().any(|mark| note.starts_with(mark));
    let is_other = key.starts_with("url") && note.starts_with(['(', '–', '-']);
    let note = note.trim_start_matches(['/', '-', '<', '!', '–']);
    let note = note.trim_end_matches("-->").trim();
    ((is_note || is_other) && !note.contains('"')).then(|| (&value[..end], format!(" # {note}")))
}

/// An item of a list of several lines, with one comma.
fn item(line: &str) -> Option<String> {
    let (bare, comment) = without_comment(line.trim());
    let once = bare.trim_end_matches([',', ';', ' ']);
    let item = format!("{once},{comment}");
    (bare.len() > once.len() + 1 && is_toml(&format!("a = [{once}]"))).then_some(item)
}

/// The title of a group, with as many brackets as it asks for, and the key that follows it on its line.
fn title(line: &str, root: &'static KeyGroup) -> Option<String> {
    if let Some((before, rest)) = line.split_once("]]").filter(|(_, rest)| rest.contains('=')) {
        let title = title(before, root)?;
        let groupe = super::group_at(root, &title);
        let rest = as_it_is(rest.trim()).or_else(|| mended(rest, root, groupe, &title))?;
        return Some(format!("{title}\n{rest}"));
    }
    let (line, comment) = without_comment(line.trim());
    let name = line.trim_matches(|c: char| "[]{}(),;.:".contains(c) || c.is_whitespace());
    let champ = root.champ(known_key(name, root)?)?;
    match champ.forme {
        KeyForm::Groupes(_) => Some(format!("[[{}]]{comment}", champ.nom)),
        KeyForm::Groupe(_) => Some(format!("[{}]{comment}", champ.nom)),
        _ => None,
    }
}
