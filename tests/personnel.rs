//! `tests/personnel/table.txt`: what a text says of people, string by string, and what only looks like it.

use std::fs;

use retex::{model::Personnelle, parse::personal, source::SitePath};

use crate::support::root;

fn word(what: Personnelle) -> &'static str {
    match what {
        Personnelle::Adresse => "adresse",
        Personnelle::Telephone => "telephone",
        Personnelle::Nir => "nir",
        Personnelle::Iban => "iban",
        Personnelle::Ine => "ine",
        Personnelle::Naissance => "naissance",
        Personnelle::Eleve => "eleve",
    }
}

/// What is found in a file: each kind, and the text at its place.
fn found(path: &str, text: &str) -> Vec<(&'static str, String)> {
    let all = personal(&SitePath::new(path), text);
    all.into_iter().map(|(what, range)| (word(what), text[range].to_string())).collect()
}

fn as_markdown(text: &str) -> String {
    format!("+++\ntitre = \"Essai\"\n+++\nAvant : {text}\n\nAprès.\n")
}

/// The text as a value between quotes, where a comment is not published.
fn as_toml(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("# a.b@exemple.fr\ntitre = \"{text}\" # 06 12 34 56 78\n")
}

#[test]
fn the_table_is_held() {
    let table = fs::read_to_string(root().join("tests/personnel/table.txt")).unwrap();
    let (mut personal, mut harmless, mut failures) = (0, 0, Vec::new());
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let (text, wanted) = match cells[..] {
            ["rien", text] => {
                harmless += 1;
                (text, vec![])
            }
            [what, text, place] => {
                personal += 1;
                (text, vec![(what, place.to_string())])
            }
            _ => panic!("not a line of the table: {line}"),
        };
        let in_markdown = found("content/pages/essai.md", &as_markdown(text));
        if !in_markdown.iter().map(|(w, p)| (*w, p.clone())).eq(wanted.clone()) {
            failures.push(format!("{text}\n  in Markdown: {in_markdown:?}"));
        }
        // What Markdown alone decodes is not read so in a value.
        if text.contains(['*', '&', '\\', '`', '<']) {
            continue;
        }
        let in_toml = found("content/glossaire.toml", &as_toml(text));
        if !in_toml.iter().map(|(w, p)| (*w, p.clone())).eq(wanted) {
            failures.push(format!("{text}\n  in TOML: {in_toml:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(personal >= 60 && harmless >= 30, "{personal} and {harmless} lines");
}

#[test]
fn escapes_and_markup_hide_nothing() {
    let one = |path: &str, text: &str, place: &str| {
        assert_eq!(found(path, text), [("adresse", place.to_string())], "{text}");
    };
    let toml = "a = \"\"\"\nun\\\n  camille\\u0040exemple.fr\"\"\" # b@exemple.fr\n";
    one("content/glossaire.toml", toml, "camille\\u0040exemple.fr");
    one("content/glossaire.toml", "a = 'b#camille@exemple.fr'", "camille@exemple.fr");
    let page = |body: &str| format!("+++\n# b@exemple.fr\ntitre = \"a\"\n+++\n{body}\n");
    for (body, place) in [
        ("<details><summary>camille@exemple.fr</summary></details>", "camille@exemple.fr"),
        ("a[^1]\n\n[^1]: camille@*exemple*.fr", "camille@*exemple*.fr"),
        ("![camille@exemple.fr](a.png)", "camille@exemple.fr"),
        ("[camille@exemple.fr](mailto:camille@exemple.fr)", "camille@exemple.fr"),
        ("[a](https://exemple.fr \"camille@exemple.fr\")", "camille@exemple.fr"),
        ("| a |\n|---|\n| camille@exemple.fr |", "camille@exemple.fr"),
        ("<!-- b@exemple.fr --> camille@exemple.fr", "camille@exemple.fr"),
    ] {
        one("content/pages/a.md", &page(body), place);
    }
}
