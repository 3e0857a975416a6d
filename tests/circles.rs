//! No files of a folder import each other in a circle. What a `mod.rs` shares with its own folder is no circle.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crate::support::{files_below, root};

/// `["pages", "fiche"]` for `src/pages/fiche.rs`.
type Module = Vec<String>;

/// The code of each module, its tests aside.
fn modules() -> BTreeMap<Module, String> {
    let src = root().join("src");
    let mut found = BTreeMap::new();
    for file in files_below(&src).into_iter().filter(|f| f.extension().is_some_and(|e| e == "rs")) {
        let text = fs::read_to_string(src.join(&file)).unwrap();
        let path = file.to_str().unwrap().trim_end_matches(".rs");
        let module =
            path.strip_suffix("/mod").unwrap_or(path).split('/').map(String::from).collect();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        found.insert(module, lines.collect::<Vec<_>>().join("\n"));
    }
    found
}

/// Paths that a tree of `use` names: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn leaves(tree: &str, before: &[String], found: &mut Vec<Module>) {
    let (head, group) = match tree.split_once('{') {
        Some((head, rest)) => (head, rest.trim_end().strip_suffix('}')),
        None => (tree.split(" as ").next().unwrap(), None),
    };
    let mut path = before.to_vec();
    path.extend(head.split("::").map(str::trim).filter(|part| !part.is_empty()).map(String::from));
    let Some(group) = group else { return found.push(path) };
    let (mut depth, mut from) = (0, 0);
    for (at, c) in group.char_indices().chain([(group.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !group[from..at].trim().is_empty() {
                    leaves(&group[from..at], &path, found);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// Paths named by `use`, public or not, and by code: `crate::a::b`, `super::c`, `d::e`.
fn named(code: &str, public: bool) -> Vec<Module> {
    let mut found = Vec::new();
    let mut rest = String::new();
    for statement in code.split_inclusive(';') {
        let start = statement.rfind("use ").filter(|at| {
            let before = statement[..*at].trim_end();
            before.is_empty() || before.ends_with([';', '}', ']', ')']) || before.ends_with("pub")
        });
        match start {
            Some(at) => {
                let line = statement[..at].lines().last().unwrap_or("");
                if line.contains("pub") == public {
                    leaves(statement[at + 4..].trim_end_matches(';'), &[], &mut found);
                }
            }
            None => rest.push_str(statement),
        }
    }
    if !public {
        let part = |c: char| !(c.is_alphanumeric() || c == '_' || c == ':');
        let paths = rest.split(part).filter(|word| word.contains("::"));
        found.extend(paths.map(|path| path.split("::").map(String::from).collect()));
    }
    found
}

/// The module that a path leads to from another, and what is left of the path.
fn reached(
    path: &[String],
    from: &Module,
    all: &BTreeMap<Module, String>,
) -> Option<(Module, Module)> {
    let supers = path.iter().take_while(|part| *part == "super").count();
    let (mut module, rest) = match path.first()?.as_str() {
        "crate" => (Module::new(), &path[1..]),
        "self" => (from.clone(), &path[1..]),
        "super" => (from[..from.len().checked_sub(supers)?].to_vec(), &path[supers..]),
        name if all.contains_key(&[from.as_slice(), &[name.to_string()]].concat()) => {
            (from.clone(), path)
        }
        _ => return None,
    };
    let mut left = rest;
    while let Some(next) = left.first() {
        let inside = [module.as_slice(), std::slice::from_ref(next)].concat();
        if !all.contains_key(&inside) {
            break;
        }
        (module, left) = (inside, &left[1..]);
    }
    Some((module, left.to_vec()))
}

/// The module where what a path names is written: a room may hand on what one of its files has.
fn home(path: &[String], from: &Module, all: &BTreeMap<Module, String>) -> Option<Module> {
    let (mut module, mut left) = reached(path, from, all)?;
    for _ in 0..5 {
        let (Some(code), Some(name)) = (all.get(&module), left.first()) else { break };
        let handed = named(code, true).into_iter().find(|path| path.last() == Some(name));
        match handed.and_then(|path| reached(&path, &module, all)) {
            Some(next) => (module, left) = next,
            None => break,
        }
    }
    all.contains_key(&module).then_some(module)
}

/// Those that each module uses, the rooms it is in aside.
fn uses(all: &BTreeMap<Module, String>) -> BTreeMap<&Module, BTreeSet<Module>> {
    let of = |from: &Module, code: &str| -> BTreeSet<Module> {
        let homes = named(code, false).into_iter().filter_map(|path| home(&path, from, all));
        homes.filter(|to| !from.starts_with(to)).collect()
    };
    all.iter().map(|(module, code)| (module, of(module, code))).collect()
}

#[test]
fn no_files_import_each_other() {
    let all = modules();
    let uses = uses(&all);
    assert!(uses.values().map(BTreeSet::len).sum::<usize>() > 300, "imports are not seen");
    // What nothing left uses goes, until only circles are left.
    let mut left: BTreeSet<&Module> = all.keys().collect();
    loop {
        let ends = |module: &&&Module| !uses[**module].iter().any(|to| left.contains(to));
        let gone: Vec<&Module> = left.iter().filter(ends).copied().collect();
        if gone.is_empty() {
            break;
        }
        left.retain(|module| !gone.contains(module));
    }
    // What only leads into a circle is in none.
    while let Some(outer) = left.iter().find(|m| !left.iter().any(|from| uses[*from].contains(**m)))
    {
        let outer = *outer;
        left.remove(outer);
    }
    let told: Vec<String> = left
        .iter()
        .map(|module| {
            let to = uses[*module].iter().filter(|to| left.contains(to)).map(|to| to.join("::"));
            format!("{} uses {}", module.join("::"), to.collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn a_tree_of_use_is_read() {
    let mut found = Vec::new();
    leaves("super::{a, b::{self, C as D}, e::f}", &[], &mut found);
    let found: Vec<String> = found.into_iter().map(|path| path.join("::")).collect();
    assert_eq!(found, ["super::a", "super::b::self", "super::b::C", "super::e::f"]);
}
