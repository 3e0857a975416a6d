//! The rules that a reviewer would repeat, as tests: arrows between modules, one purpose per file,
//! documents that name what exists.

use std::{collections::BTreeMap, fs};

use crate::support::{files_below, root};

/// Each module and what it may use, `source`, `diag` and `french` aside, which all may. The table of
/// ARCHITECTURE.md is checked against this one.
const ARROWS: [(&str, &[&str]); 25] = [
    ("source", &[]),
    ("diag", &[]),
    ("french", &[]),
    ("images", &[]),
    ("model", &[]),
    ("parse", &["images", "model"]),
    ("site", &["images", "model", "parse"]),
    ("html", &["model"]),
    ("proof", &["html", "model", "parse", "site"]),
    ("rules", &["liens", "model", "parse", "site"]),
    ("markdown", &["model", "parse", "site"]),
    ("liens", &["markdown", "model", "site"]),
    ("reseau", &["liens", "model"]),
    ("output", &[]),
    ("weight", &[]),
    ("pages", &["liens", "markdown", "model", "output", "site", "weight"]),
    ("theme", &["model", "pages", "parse"]),
    ("exports", &["images", "markdown", "model", "output", "pages", "site", "theme", "weight"]),
    ("audit", &["html", "model", "proof", "site"]),
    ("scaffold", &["model", "parse"]),
    (
        "build",
        &[
            "audit", "exports", "markdown", "output", "pages", "parse", "proof", "rules", "site",
            "theme", "weight",
        ],
    ),
    ("serve", &["output"]),
    ("disk", &["output", "serve"]),
    (
        "cli",
        &[
            "build", "disk", "liens", "markdown", "model", "output", "parse", "reseau", "scaffold",
            "serve", "site", "theme",
        ],
    ),
    ("lib", &[]),
];

const SHARED: [&str; 3] = ["source", "diag", "french"];

fn sources() -> Vec<(String, String)> {
    let src = root().join("src");
    // Models of files, which are not code, lie beside the code that writes them.
    files_below(&src)
        .into_iter()
        .filter(|f| f.extension().is_some_and(|e| e == "rs"))
        .map(|f| (f.display().to_string(), fs::read_to_string(src.join(&f)).unwrap()))
        .collect()
}

fn module_of(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The modules named by `crate::x` or inside `use crate::{x, …}`.
fn used(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let (mut depth, mut word) = (1, String::new());
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 1 && (c.is_alphanumeric() || c == '_') {
                    word.push(c);
                } else if depth <= 1 && !word.is_empty() {
                    found.push(std::mem::take(&mut word));
                }
                if depth == 1 && c == ':' {
                    word.clear();
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            found.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    let known = |name: &String| ARROWS.iter().any(|(module, _)| module == name);
    found.retain(known);
    found.sort();
    found.dedup();
    found
}

#[test]
fn modules_use_only_what_is_below_them() {
    for (file, text) in sources() {
        let module = module_of(&file);
        if matches!(module, "lib" | "main") {
            continue;
        }
        let (_, allowed) = ARROWS
            .iter()
            .find(|(m, _)| *m == module)
            .unwrap_or_else(|| panic!("{file}: unknown module"));
        let code = text.split("#[cfg(test)]").next().unwrap();
        for other in used(code) {
            let fine = other == module
                || SHARED.contains(&other.as_str())
                || allowed.contains(&other.as_str());
            assert!(fine, "{file} uses {other}");
        }
    }
}

#[test]
fn the_leaves_use_nothing_above_them() {
    for (file, text) in sources() {
        let code = text.split("#[cfg(test)]").next().unwrap();
        let allowed: &[&str] = match module_of(&file) {
            "source" => &["source", "french"],
            "french" => &["french"],
            "diag" => &["diag", "source", "french"],
            _ => continue,
        };
        for other in used(code) {
            assert!(allowed.contains(&other.as_str()), "{file} uses {other}");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for (file, text) in sources() {
        assert!(text.starts_with("//! "), "{file} does not begin with //!");
        // Keys are a table.
        let is_table = file == "parse/keys.rs";
        assert!(is_table || text.lines().count() <= 500, "{file} is too long to have one purpose");
    }
}

/// A grep for a type leads to one place.
#[test]
fn a_type_has_one_name() {
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for (file, text) in sources() {
        let code = text.split("#[cfg(test)]").next().unwrap();
        for line in code.lines().filter(|line| line.starts_with(|c: char| c.is_alphabetic())) {
            let mut words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            if words.any(|word| ["struct", "enum", "type", "trait"].contains(&word))
                && let Some(name) = words.next().filter(|name| !name.is_empty())
            {
                let first = places.insert(name.to_string(), file.clone());
                assert!(first.is_none(), "{name} is in {file} and in {}", first.unwrap());
            }
        }
    }
    assert!(places.len() > 300, "{} types are seen", places.len());
}

/// A function is read without turning a page.
#[test]
fn functions_are_short() {
    let mut count = 0;
    for (file, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let code = line.trim_start();
            let words: Vec<&str> = code.split(' ').take(4).collect();
            if code.starts_with("//") || !words.contains(&"fn") || line.ends_with(';') {
                continue;
            }
            let close = format!("{}}}", &line[..line.len() - code.len()]);
            let length = lines[at..].iter().position(|line| *line == close).map_or(1, |n| n + 1);
            let is_short = length <= 60 || line.ends_with('}');
            assert!(is_short, "{file}: {} takes {length} lines", code.trim_end_matches('{'));
            count += 1;
        }
    }
    assert!(count > 1_500, "{count} functions are seen");
}

/// A doc line begins with the noun that it defines.
#[test]
fn doc_lines_begin_with_a_noun() {
    let what = |line: &&str| {
        let line = line.trim_start();
        ["/// What ", "//! What "].iter().any(|what| line.starts_with(what))
    };
    let count: usize = sources().iter().map(|(_, text)| text.lines().filter(what).count()).sum();
    assert!(count < 40, "{count} doc lines begin with What");
}

#[test]
fn no_unfinished_work() {
    for (file, text) in sources() {
        let code = text.split("#[cfg(test)]").next().unwrap();
        for mark in
            ["todo!(", "unimplemented!(", "FIXME", "XXX", ".unwrap()", "#[ignore", "#[allow("]
        {
            assert!(!code.contains(mark), "{file}: {mark}");
        }
    }
}

/// What was left there by a download or a trial would be published with the rest.
#[test]
fn the_top_level_holds_nothing_else() {
    let known = [
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUER.md",
        "Cargo.lock",
        "Cargo.toml",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "PUBLIER.md",
        "README.md",
        "SECURITY.md",
        "TRANSCRIRE.md",
        "benches",
        "build.rs",
        "clippy.toml",
        "content",
        "deny.toml",
        "docs",
        "liens.toml",
        "output",
        "pyproject.toml",
        "rustfmt.toml",
        "src",
        "target",
        "tests",
        "themes",
    ];
    let found = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name());
    let others: Vec<_> = found
        .filter(|name| !name.to_string_lossy().starts_with('.'))
        .filter(|name| !known.iter().any(|known| name == known))
        .collect();
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn only_render_and_the_type_of_html_name_tera() {
    for (file, text) in sources() {
        let named = text.contains("tera::") || text.contains("use tera");
        // The type of safe HTML says to templates that it is.
        let may = ["theme/render.rs", "markdown/html.rs"].contains(&file.as_str());
        assert_eq!(named, may, "{file}");
    }
}

/// ARCHITECTURE.md names exactly the modules that exist.
#[test]
fn the_architecture_is_written_down() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut described: Vec<&str> = text
        .lines()
        .filter_map(|l| l.strip_prefix("| `")?.split_once("` |"))
        .map(|(name, _)| name)
        .filter(|name| !name.contains('.'))
        .collect();
    let mut expected: Vec<&str> =
        ARROWS.iter().map(|(m, _)| if *m == "lib" { "main" } else { *m }).collect();
    described.sort_unstable();
    expected.sort_unstable();
    assert_eq!(described, expected);
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    for (module, _) in ARROWS.iter().filter(|(m, _)| *m != "lib") {
        assert!(lib.contains(&format!("pub mod {module};")), "lib.rs lacks {module}");
    }
}

/// Each file that ARCHITECTURE.md names exists, and has the function that it names there.
#[test]
fn the_architecture_names_what_exists() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut named = 0;
    for quoted in text.split('`').skip(1).step_by(2) {
        let (path, function) = quoted.split_once(": ").unwrap_or((quoted, ""));
        if !path.ends_with(".rs") && !path.ends_with(".js") {
            continue;
        }
        let places = [root().join("src").join(path), root().join(path)];
        let Some(place) = places.iter().find(|place| place.is_file()) else {
            panic!("{path} is not there");
        };
        let code = fs::read_to_string(place).unwrap();
        let written = [format!("fn {function}("), format!("fn {function}<")];
        assert!(function.is_empty() || written.iter().any(|f| code.contains(f)), "{quoted}");
        named += usize::from(!function.is_empty());
    }
    assert!(named >= 10, "{named} functions are followed");
}

/// A dependency without a reason is one that nobody weighed.
#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let manifest: toml_edit::DocumentMut = manifest.parse().unwrap();
    for table in ["dependencies", "dev-dependencies"] {
        let table = manifest[table].as_table().unwrap();
        for (name, _) in table.iter() {
            let above = table.key(name).unwrap().leaf_decor().prefix();
            let above = above.and_then(|prefix| prefix.as_str()).unwrap_or_default().trim();
            let reason = above.strip_prefix("# ").unwrap_or_default();
            assert!(reason.len() > 20 && !reason.contains('\n'), "{name}: « {above} »");
        }
    }
}

/// In what templates write, the spaces of French punctuation do not break; comments are for whoever codes.
#[test]
fn templates_bind_the_spaces_of_punctuation() {
    let folder = root().join("themes/defaut/templates");
    for file in files_below(&folder) {
        let text = fs::read_to_string(folder.join(&file)).unwrap();
        let said: String = text
            .split("{#")
            .map(|piece| piece.split_once("#}").map_or(piece, |(_, after)| after))
            .collect();
        for line in said.lines() {
            // « != » is the templates' own.
            let line = line.replace(" !=", "");
            for breaking in [" :", " ;", " ?", " !", " »", "« "] {
                assert!(!line.contains(breaking), "{}: « {breaking} » in {line}", file.display());
            }
        }
    }
}

/// Templates are code: no inline style, script or handler.
#[test]
fn templates_are_clean() {
    let folder = root().join("themes/defaut/templates");
    for file in files_below(&folder) {
        let text = fs::read_to_string(folder.join(&file)).unwrap();
        for forbidden in
            ["style=", "<style", "onclick", "onload", "javascript:", "http://", "data:"]
        {
            assert!(!text.contains(forbidden), "{}: {forbidden}", file.display());
        }
    }
}
