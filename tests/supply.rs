//! What comes with the program: licences, crates that are not wanted, and where crates are from, as `deny.toml` says.
//! Who has `cargo deny` can run it on the same file, which also looks at the texts of the licences.

use std::{fs, process::Command};

use serde_json::Value;

use crate::support::root;

fn deny() -> toml::Table {
    toml::from_str(&fs::read_to_string(root().join("deny.toml")).unwrap()).unwrap()
}

fn texts(list: &toml::Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

/// Every package that `Cargo.lock` names, for every system, with all features.
fn packages() -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--all-features"]);
    let out = cargo.current_dir(root()).output().unwrap();
    let mut metadata: Value = serde_json::from_slice(&out.stdout).unwrap();
    let Value::Array(packages) = metadata["packages"].take() else { panic!("no package") };
    assert!(packages.len() > 100);
    packages
}

/// Whether an SPDX expression lets the program be handed out under licences that are accepted. The old `/` is an OR.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let is = any(&words, &mut at, allowed);
    assert_eq!(at, words.len(), "{expression}");
    is
}

fn any(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut is = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        is |= all(words, at, allowed);
    }
    is
}

fn all(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut is = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        is &= one(words, at, allowed);
    }
    is
}

fn one(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let word = words[*at];
    *at += 1;
    if word == "(" {
        let is = any(words, at, allowed);
        assert_eq!(words[*at], ")");
        *at += 1;
        return is;
    }
    if words.get(*at) != Some(&"WITH") {
        return allowed.contains(&word);
    }
    let with = format!("{word} WITH {}", words[*at + 1]);
    *at += 2;
    allowed.contains(&with.as_str())
}

#[test]
fn expressions_are_read() {
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("MIT OR GPL-3.0", true),
        ("MIT/GPL-3.0", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND ISC", true),
        ("(MIT AND GPL-3.0) OR (ISC AND GPL-3.0)", false),
        ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
        ("Apache-2.0 WITH other", false),
    ] {
        let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"];
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn licences_crates_and_sources_are_those_accepted() {
    let deny = deny();
    let allowed = texts(&deny["licenses"]["allow"]);
    let banned: Vec<&str> = deny["bans"]["deny"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ban| ban["crate"].as_str().unwrap())
        .collect();
    assert_eq!(deny["sources"]["unknown-registry"].as_str(), Some("deny"));
    for package in packages() {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(!licence.is_empty() && is_allowed(licence, &allowed), "{name}: « {licence} »");
        assert!(!banned.contains(&name), "{name} is banned by deny.toml");
    }
}

/// Each crate but ours comes from one registry, with its digest: none from a folder or from a repository.
#[test]
fn crates_come_from_one_place_with_their_digests() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let lock: toml::Table = toml::from_str(&lock).unwrap();
    let mut sources = std::collections::BTreeSet::new();
    for package in lock["package"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        if name == "retex" {
            continue;
        }
        let source = package.get("source").and_then(|source| source.as_str());
        assert!(source.is_some_and(|source| source.starts_with("registry+")), "{name}: {source:?}");
        assert!(package["checksum"].as_str().is_some_and(|digest| digest.len() == 64), "{name}");
        sources.extend(source.map(str::to_string));
    }
    assert_eq!(sources.len(), 1, "{sources:?}");
}
