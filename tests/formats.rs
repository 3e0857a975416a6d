//! The formats for machines, held to their schemas, and the comment, held to its manners.

use std::{path::PathBuf, process::Command};

use retex::{
    diag::{
        Code, Diagnostic, MESSAGES_SCHEMA, render_commentaire, render_github, render_gitlab,
        render_json, render_sarif,
    },
    parse::SCHEMAS,
    source::{Snapshot, SourceFile, Span},
};
use serde_json::Value;

use crate::{
    diagnostics::site_of,
    support::{base, build, edit, root, set},
};

const RADIO: &str = "content/syntheses/essai-2021/retex/radio.md";

/// Sites with something to say: every literate case, and one with hostile words.
fn sites() -> Vec<(String, Snapshot)> {
    let folder = root().join("tests/diagnostics");
    let mut sites: Vec<(String, Snapshot)> = crate::support::files_below(&folder)
        .into_iter()
        .map(|file| {
            let text = std::fs::read_to_string(folder.join(&file)).unwrap();
            (file.display().to_string(), site_of(&text))
        })
        .collect();
    let mut hostile = base();
    let nasty = "\"Élève\\n# 😀 % : , ``` @tous <script>alert(1)</script>](x) \\u0007\"";
    edit(&mut hostile, RADIO, "[\"elementaire\"]", &format!("[{nasty}]"));
    sites.push(("hostile".into(), hostile));
    sites
}

fn assert_valid(schema: &Value, document: &str, what: &str) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let value: Value = serde_json::from_str(document).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|e| format!("{e} at {}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:?}");
}

#[test]
fn json_follows_its_schema() {
    let schema = serde_json::from_str(MESSAGES_SCHEMA).unwrap();
    for (name, snapshot) in sites() {
        let said = build(&snapshot).diagnostics;
        let text = render_json(&said, &snapshot, usize::MAX, None);
        assert_valid(&schema, &text, &name);
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["messages"].as_array().unwrap().len(), said.len());
    }
}

/// The schema of the standard, as a development dependency carries it.
fn sarif_schema() -> Value {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&out.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|p| p["name"] == "serde-sarif").unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    let file = manifest.parent().unwrap().join("src/schema.json");
    // The standard's pattern of a language holds a lone `]`, which strict readers of regular
    // expressions refuse: it is escaped, nothing else is touched.
    let text = std::fs::read_to_string(file).unwrap();
    let text = text.replace("-[a-zA-Z]{2}]?$", r"-[a-zA-Z]{2}\\]?$");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn sarif_follows_the_standard() {
    let schema = sarif_schema();
    assert!(schema["title"].as_str().unwrap().contains("2.1.0"), "{}", schema["title"]);
    for (name, snapshot) in sites() {
        let said = build(&snapshot).diagnostics;
        assert_valid(&schema, &render_sarif(&said, &snapshot, usize::MAX, None), &name);
    }
    // The schema does refuse something.
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })));
}

/// The fields that GitLab documents.
#[test]
fn code_quality_has_its_fields() {
    for (name, snapshot) in sites() {
        let said = build(&snapshot).diagnostics;
        let value: Value =
            serde_json::from_str(&render_gitlab(&said, &snapshot, usize::MAX)).unwrap();
        let issues = value.as_array().unwrap();
        assert_eq!(issues.len(), said.len());
        let mut prints = std::collections::BTreeSet::new();
        for issue in issues {
            assert!(!issue["description"].as_str().unwrap().is_empty(), "{name}");
            assert!(Code::ALL.iter().any(|c| issue["check_name"] == c.slug()), "{name}");
            let severity = issue["severity"].as_str().unwrap();
            assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
            let path = issue["location"]["path"].as_str().unwrap();
            assert!(!path.starts_with(['.', '/']), "{name}: {path}");
            assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() > 0);
            assert!(prints.insert(issue["fingerprint"].as_str().unwrap().to_string()), "{name}");
        }
    }
}

/// A problem keeps its fingerprint when lines come before it.
#[test]
fn fingerprints_do_not_move_with_lines() {
    let prints = |text: &str| {
        let mut snapshot = base();
        set(&mut snapshot, RADIO, text);
        let value: Value = serde_json::from_str(&render_gitlab(
            &build(&snapshot).diagnostics,
            &snapshot,
            usize::MAX,
        ))
        .unwrap();
        value.as_array().unwrap().iter().map(|i| i["fingerprint"].clone()).collect::<Vec<_>>()
    };
    let before = prints("+++\nthematique = \"x-y\"\nniveaux = [\"z\", \"z\"]\n+++\nUn texte.\n");
    let after =
        prints("+++\n# a\n\nthematique = \"x-y\"\nniveaux = [\"z\", \"z\"]\n+++\nUn texte.\n");
    assert!(before.len() >= 3);
    assert_eq!(before, after);
}

#[test]
fn github_escapes() {
    let snapshot = Snapshot::of_texts([("content/a:b,c%.md", "été\nfin")]);
    let file = retex::source::SitePath::new("content/a:b,c%.md");
    let said = Diagnostic::new(Code::UrlInvalide, "100 %\r\nfin : oui, non")
        .at(&Span::new(&file, 2..5), "")
        .help("deux");
    let text = render_github(&[said], &snapshot, None, None);
    let expected = "::error file=content/a%3Ab%2Cc%25.md,line=1,endLine=1,col=2,endColumn=4,title=url-invalide::";
    assert!(text.starts_with(expected), "{text}");
    let message = text.strip_prefix(expected).unwrap();
    assert!(message.contains("%25%0D%0Afin") && message.contains("oui, non"), "{message}");
    assert!(message.ends_with("%0Aaide : deux\n") || message.contains("%0Aaide"), "{message}");
    assert_eq!(text.lines().count(), 1);
    for (name, snapshot) in sites() {
        let said = build(&snapshot).diagnostics;
        let text = render_github(&said, &snapshot, Some(usize::MAX), None);
        assert_eq!(text.lines().count(), said.len(), "{name}");
        assert!(text.lines().all(|line| line.starts_with("::")), "{name}");
    }
}

#[test]
fn the_comment_is_kind_and_closed() {
    let clean = render_commentaire(&[], &base(), None, None);
    assert!(clean.contains("Merci") && clean.contains("Rien n’empêche"), "{clean}");
    for (name, snapshot) in sites() {
        let said = build(&snapshot).diagnostics;
        let text = render_commentaire(
            &said,
            &snapshot,
            Some("https://forge.exemple.fr/a/-/blob/main"),
            None,
        );
        // What Markdown reads in it: our own titles and links, no HTML, nothing of the files.
        let mut is_code = false;
        for event in pulldown_cmark::Parser::new(&text) {
            use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
            match event {
                // Lines to write.
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(ref info)))
                    if **info == *"toml" =>
                {
                    is_code = true;
                }
                Event::End(TagEnd::CodeBlock) => is_code = false,
                Event::Text(_) if is_code => {}
                Event::Html(html) | Event::InlineHtml(html) => panic!("{name}: {html}"),
                Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => panic!("{name}:\n{text}"),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(
                        dest_url.starts_with("https://forge.exemple.fr/a/-/blob/main/liens.toml")
                            || dest_url
                                .starts_with("https://forge.exemple.fr/a/-/blob/main/content/")
                            || dest_url
                                .starts_with("https://forge.exemple.fr/a/-/blob/main/themes/"),
                        "{name}: {dest_url}"
                    );
                }
                Event::Text(text) => assert!(!text.contains("@tous"), "{name}"),
                _ => {}
            }
        }
    }
}

#[test]
fn the_comment_has_an_end() {
    let mut snapshot = base();
    for n in 0..2000 {
        let path = format!("content/syntheses/essai-2021/retex/fiche-{n}.md");
        snapshot.insert(SourceFile::text(&path, "+++\nthematique = \"x-y\"\n+++\nUn texte.\n"));
    }
    let said = build(&snapshot).diagnostics;
    let text = render_commentaire(&said, &snapshot, None, None);
    assert!(text.len() < 60_000, "{}", text.len());
    assert!(text.contains("autres messages ne sont pas montrés"), "{}", &text[text.len() - 400..]);
}

/// A list of `errors`, then as many remarks.
fn many(each: usize) -> Vec<Diagnostic> {
    let said = |code, n| Diagnostic::new(code, format!("message {n}"));
    let remarks = (0..each).map(|n| said(Code::LienPartage, n));
    remarks.chain((0..each).map(|n| said(Code::UrlInvalide, n))).collect()
}

/// What is left out is counted, the gravest are kept, and the documents stay of their kind.
#[test]
fn documents_have_an_end() {
    let (said, snapshot) = (many(30), Snapshot::default());
    let reste =
        "25 autres messages ne sont pas donnés ici : avec --max 60, retex check les donne tous";
    let plain = |value: &Value| value.as_str().unwrap().replace(['\u{202f}', '\u{a0}'], " ");

    let json = render_json(&said, &snapshot, 35, None);
    assert_valid(&serde_json::from_str(MESSAGES_SCHEMA).unwrap(), &json, "json");
    let json: Value = serde_json::from_str(&json).unwrap();
    let errors = |list: &Value| {
        let list = list.as_array().unwrap();
        list.iter().filter(|m| m["gravite"] == "erreur").count()
    };
    assert_eq!(json["messages"].as_array().unwrap().len(), 35);
    assert_eq!(errors(&json["messages"]), 30);
    assert_eq!(json["bilan"]["remarques"], 30);
    assert_eq!(plain(&json["reste"]), reste);

    let sarif = render_sarif(&said, &snapshot, 35, None);
    assert_valid(&sarif_schema(), &sarif, "sarif");
    let run = &serde_json::from_str::<Value>(&sarif).unwrap()["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 35);
    let told = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(plain(told), reste);

    let gitlab: Value = serde_json::from_str(&render_gitlab(&said, &snapshot, 35)).unwrap();
    let issues = gitlab.as_array().unwrap();
    assert_eq!((issues.len(), plain(&issues[35]["description"]).as_str()), (36, reste));

    let github = render_github(&said, &snapshot, None, None);
    let of = |kind: &str| github.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!((of("::error "), of("::notice ")), (10, 10), "{github}");
    assert!(github.lines().last().unwrap().contains("41"), "{github}");
    assert_eq!(render_github(&said, &snapshot, Some(60), None).lines().count(), 60);
}

/// Ten thousand fiches with a mistake each: all are said, and a terminal stays usable.
#[test]
fn ten_thousand_mistakes() {
    let folder = tempfile::tempdir().unwrap();
    crate::support::copy(&root().join("tests/base"), folder.path());
    let fiches = folder.path().join("content/syntheses/essai-2021/retex");
    for n in 0..10_000 {
        let text = format!(
            "+++\ntitre = \"Fiche {n}\"\nthematique = \"egal-acces\"\nniveaux = [\"autre\"]\n+++\nUn texte.\n"
        );
        std::fs::write(fiches.join(format!("fiche-{n}.md")), text).unwrap();
    }
    let run = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_retex"))
            .current_dir(folder.path())
            .args(args)
            .output()
            .unwrap();
        assert_eq!(out.status.code(), Some(1));
        String::from_utf8(out.stdout).unwrap()
    };
    let all = run(&["check", "--format", "court", "--max", "100000"]);
    assert_eq!(all.matches("erreur[valeur-inconnue]").count(), 10_000);
    let few = run(&["check", "--max", "3"]);
    assert_eq!(
        few.matches("[valeur-inconnue]").count()
            + few.matches("remarque[").count()
            + few.matches("avertissement[").count(),
        3
    );
    assert!(
        few.contains("… et ")
            && few.replace(['\u{202f}', '\u{a0}'], " ").contains("10 000 erreurs"),
        "{few}"
    );
    let json: Value = serde_json::from_str(&run(&["check", "--format", "json"])).unwrap();
    assert_eq!(json["bilan"]["erreurs"], 10_000);
    assert_eq!(json["messages"].as_array().unwrap().len(), 1000);
}

#[test]
fn a_full_disk_is_told() {
    if !std::path::Path::new("/dev/full").exists() {
        return;
    }
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_retex"))
        .current_dir(root().join("tests/base"))
        .args(["check", "--format", "json"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8(out.stderr).unwrap().contains("impossible d’écrire"));
}

/// The files of the sites that `check` accepts follow the schemas that editors complete with.
#[test]
fn the_sites_follow_the_schemas() {
    let mut seen = std::collections::BTreeSet::new();
    let mut checked = base();
    let known = "[[adresses]]\nadresse = \"https://exemple.fr/tablettes\"\nresultat = \"repond\"\nrepondait = 2026-03-12\n";
    set(&mut checked, "liens.toml", known);
    for snapshot in [checked, crate::support::published(), crate::territoire::markdown()] {
        for file in snapshot.files.values() {
            let Some(text) = file.as_text() else { continue };
            let path = file.path.as_str();
            let name = match path.split('/').collect::<Vec<_>>().as_slice() {
                ["liens.toml"] => "sante",
                ["content", "site.toml"] => "site",
                ["content", "glossaire.toml"] => "glossaire",
                ["content", "synonymes.toml"] => "synonymes",
                ["content", "syntheses", _, "synthese.toml"] => "synthese",
                ["content", "syntheses", _, "tableaux", _] => "tableaux",
                ["content", "syntheses", _, "retex", f] if f.ends_with(".md") => "fiche",
                ["content", "syntheses", _, "methode.md"] => "methode",
                ["content", "syntheses", _, "textes", _] => "texte",
                ["content", "thematiques", _] => "thematique",
                ["content", "pages", f] if f.ends_with(".md") => "page",
                _ => continue,
            };
            let schema = SCHEMAS.iter().find(|s| s.nom == name).unwrap();
            let header = if schema.is_toml() { &**text } else { text.split("+++").nth(1).unwrap() };
            let value: toml::Table = toml::from_str(header).unwrap();
            let validator =
                jsonschema::validator_for(&serde_json::from_str(&schema.text()).unwrap()).unwrap();
            let errors: Vec<String> = validator
                .iter_errors(&as_json(toml::Value::Table(value)))
                .map(|e| e.to_string())
                .collect();
            assert!(errors.is_empty(), "{path}: {errors:?}");
            seen.insert(name);
        }
    }
    assert_eq!(seen.len(), SCHEMAS.len() - 1, "all but the themes: {seen:?}");
}

fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Table(table) => table.into_iter().map(|(k, v)| (k, as_json(v))).collect(),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(n) => n.into(),
        toml::Value::Float(n) => n.into(),
        toml::Value::Boolean(b) => b.into(),
    }
}
