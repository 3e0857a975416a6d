//! The stylesheet and the pages, held to each other: no rule for a class that nothing has, no class without a rule.
//! What the pieces look like together is in `tests/browser/composants.html`.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{files_below, root};

const THEME: &str = "themes/defaut";

fn sources(folder: &str, extension: &str) -> Vec<(String, String)> {
    let folder = root().join(folder);
    let all = files_below(&folder).into_iter().map(|path| folder.join(path));
    let named = all.filter(|path| path.extension().is_some_and(|e| e == extension));
    named
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

fn stylesheet() -> String {
    let css = std::fs::read_to_string(root().join(THEME).join("static/style.css")).unwrap();
    // Without comments.
    css.split("/*")
        .enumerate()
        .map(|(n, part)| match n {
            0 => part,
            _ => part.split_once("*/").map_or("", |(_, rest)| rest),
        })
        .collect()
}

/// The words of a text that begin there and are made of the letters of a class.
fn class(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len());
    &text[..end]
}

/// The classes that selectors name: what stands before a brace and is no declaration.
fn styled() -> BTreeSet<String> {
    let css = stylesheet();
    let preludes = css.split('{').map(|part| part.rsplit(['}', ';']).next().unwrap_or_default());
    let named = preludes.flat_map(|prelude| prelude.split('.').skip(1));
    let begins = named.filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    begins.map(|rest| class(rest).to_string()).collect()
}

/// A template without what its language computes; a word of it that a class may be stays.
fn literal(template: &str) -> String {
    let mut text = String::new();
    for (n, part) in template.split("{%").enumerate() {
        text.push_str(match n {
            0 => part,
            _ => part.split_once("%}").map_or("", |(_, rest)| rest),
        });
    }
    let parts: Vec<&str> = text.split("{{").collect();
    let rest = parts.iter().skip(1).filter_map(|p| p.split_once("}}").map(|(_, rest)| rest));
    // « t{{ numero }} » is no class by itself.
    parts.iter().take(1).copied().chain(rest).collect::<Vec<_>>().join("\u{fffd}")
}

/// The classes that elements of the templates have by name.
fn given() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (path, template) in sources(&format!("{THEME}/templates"), "html") {
        let text = literal(&template);
        for attribute in text.split("class=\"").skip(1) {
            let names = attribute.split('"').next().unwrap_or_default();
            for name in names.split_whitespace().filter(|name| !name.contains('\u{fffd}')) {
                found.insert(name.to_string(), path.clone());
            }
        }
    }
    found
}

/// Every quoted or marked-up word of the templates, the scripts and the program, where a class may be computed.
fn words() -> BTreeSet<String> {
    let files = [
        sources(&format!("{THEME}/templates"), "html"),
        sources(&format!("{THEME}/static"), "js"),
        sources("src/markdown", "rs"),
        sources("src/pages", "rs"),
    ];
    let text: String = files.concat().into_iter().map(|(_, text)| text + "\n").collect();
    let parts = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    parts.map(str::to_string).collect()
}

#[test]
fn no_rule_is_for_nothing() {
    let words = words();
    // « t1 » to « t5 », « alerte-… » and « c-… » are made of a beginning and a value.
    let is_made = |name: &str| {
        let hue = name.strip_prefix('t').is_some_and(|n| n.parse::<u8>().is_ok());
        hue || name
            .strip_prefix("alerte-")
            .or(name.strip_prefix("c-"))
            .is_some_and(|value| words.contains(value) || words.contains(name))
    };
    let styled = styled();
    assert!(styled.len() > 80 && styled.contains("carte"), "{styled:?}");
    let dead: Vec<_> = styled.iter().filter(|n| !words.contains(*n) && !is_made(n)).collect();
    assert!(dead.is_empty(), "rules of the stylesheet that nothing has: {dead:?}");
}

/// The class of `<main>` names the page's kind, for a theme laid over this one.
#[test]
fn no_class_is_without_a_rule() {
    let (styled, given) = (styled(), given());
    assert!(given.len() > 60 && given.contains_key("carte"), "{given:?}");
    let scripts: String =
        sources(&format!("{THEME}/static"), "js").into_iter().map(|(_, text)| text).collect();
    // A script may look for it.
    let is_sought = |name: &str| scripts.contains(&format!(".{name}"));
    let mains = main_classes();
    let bare: Vec<_> = given
        .iter()
        .filter(|(name, _)| !styled.contains(*name) && !is_sought(name) && !mains.contains(*name))
        .collect();
    assert!(bare.is_empty(), "classes without a rule: {bare:?}");
}

fn main_classes() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, template) in sources(&format!("{THEME}/templates"), "html") {
        let Some((_, rest)) = template.split_once("{% block classe %}") else { continue };
        let names = literal(rest.split("{% endblock").next().unwrap_or_default());
        found.extend(names.split_whitespace().map(str::to_string));
    }
    found
}
