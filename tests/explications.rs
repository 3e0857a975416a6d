//! What `--explique` says: the same care for each code, and examples whose repair repairs.

use std::{collections::BTreeSet, fs};

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use retex::{
    diag::{self, Code, Diagnostic, Severity},
    source::Snapshot,
};

use crate::{
    diagnostics::{blocks, snapshot_of},
    support::{build, expect_file, files_below, root, set, text},
};

/// How many examples are those of a case, at least.
const PROVED: usize = 40;

/// Our own words about a code, examples of files aside.
fn words(code: Code) -> Vec<String> {
    let diag::Explication { titre, texte, exemple } = code.explication();
    let mut words = vec![titre, texte];
    if exemple.fichier.is_none() {
        words.extend([exemple.mauvais, exemple.bon]);
    }
    words
}

#[test]
fn every_explanation_is_careful() {
    let mut titles = BTreeSet::new();
    for code in Code::ALL {
        let slug = code.slug();
        let diag::Explication { titre, texte, exemple } = code.explication();
        assert!(titles.insert(titre.clone()), "{slug}: two codes share « {titre} »");
        assert!(titre.chars().count() <= 70, "{slug}: « {titre} » is long");
        assert!(titre.starts_with(char::is_uppercase), "{slug}: « {titre} »");
        assert!(titre.ends_with(|c: char| c.is_alphanumeric() || c == '»'), "{slug}: « {titre} »");
        assert!(texte.ends_with('.'), "{slug}: « {texte} » does not end");
        let sentences = texte.matches(". ").count() + texte.matches(" ? ").count() + 1;
        assert!((2..=4).contains(&sentences), "{slug}: {sentences} sentences");
        let diag::Exemple { fichier, mauvais, bon } = exemple;
        assert!(!mauvais.trim().is_empty() && !bon.trim().is_empty() && mauvais != bon, "{slug}");
        if fichier.is_none() {
            assert!(mauvais.ends_with('.') && bon.ends_with('.'), "{slug}");
            continue;
        }
        for lines in [mauvais, bon] {
            assert!(!lines.ends_with('\n') && !lines.starts_with('\n'), "{slug}");
            let wide = lines.lines().find(|line| line.chars().count() > 110);
            assert_eq!(wide, None, "{slug}");
        }
    }
}

/// French as it is printed: its apostrophe, its quotes, its spaces; and no reproach.
#[test]
fn every_explanation_is_good_french() {
    for code in Code::ALL {
        for text in words(*code) {
            let slug = code.slug();
            for wrong in ['\'', '"', '“', '”', '\t', '\n', '\u{a0}', '\u{202f}'] {
                assert!(!text.contains(wrong), "{slug}: {wrong:?} in « {text} »");
            }
            assert!(!text.contains("  ") && text.trim() == text, "{slug}: « {text} »");
            assert_eq!(text.matches('«').count(), text.matches('»').count(), "{slug}");
            for (at, mark) in text.match_indices([';', '!', '?', '»']) {
                assert!(text[..at].ends_with(' '), "{slug}: no space before {mark} in « {text} »");
            }
            for (at, _) in text.match_indices('«') {
                assert!(text[at..].starts_with("« "), "{slug}: no space after « in « {text} »");
            }
            let plain = text.to_lowercase();
            for reproach in
                ["vous devez", "vous avez oublié", "interdit de", "incorrect", "invalide"]
            {
                assert!(!plain.contains(reproach), "{slug}: « {reproach} » in « {text} »");
            }
            for jargon in ["git", "commit", "parser", "string", "parse", "front matter", "slug"] {
                let said = plain.split(|c: char| !c.is_alphanumeric()).any(|word| word == jargon);
                assert!(!said, "{slug}: « {jargon} » in « {text} »");
            }
        }
    }
}

/// The file of a site that an example is about: the end of its path is given, and it has the lines.
fn concerned(snapshot: &Snapshot, end: &str, lines: &str) -> Option<String> {
    let whole = |content: &str| format!("\n{content}\n").contains(&format!("\n{lines}\n"));
    let files = snapshot.files.values().filter(|file| {
        let path = file.path.to_string();
        path == end || path.ends_with(&format!("/{end}"))
    });
    files
        .filter(|file| file.as_text().is_some_and(|content| whole(content)))
        .map(|file| file.path.to_string())
        .next()
}

fn count(diagnostics: &[Diagnostic], code: Code) -> usize {
    diagnostics.iter().filter(|d| d.code == code).count()
}

/// How each error is named and placed, so that a new one is seen.
fn errors(diagnostics: &[Diagnostic]) -> BTreeSet<(Code, &str)> {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| (d.code, d.message.as_str())).collect()
}

/// What comes of an example in the site of a case: `None` when its lines are not in it; otherwise
/// whether the code is said no more. It may stay where the case says it of other lines too.
fn repaired(markdown: &str, code: Code) -> Option<Result<bool, String>> {
    let diag::Exemple { fichier, mauvais, bon } = code.explication().exemple;
    let fichier = fichier?;
    let mut snapshot = snapshot_of(&blocks(markdown));
    let path = concerned(&snapshot, &fichier, &mauvais)?;
    let before = build(&snapshot);
    let faults = count(&before.diagnostics, code);
    if faults == 0 {
        return Some(Err("the case does not say this code".into()));
    }
    let mended = format!("\n{}\n", text(&snapshot, &path));
    let mended = mended.replacen(&format!("\n{mauvais}\n"), &format!("\n{bon}\n"), 1);
    let mended = mended[1..mended.len() - 1].to_string();
    set(&mut snapshot, &path, &mended);
    let after = build(&snapshot);
    let left = count(&after.diagnostics, code);
    let was = errors(&before.diagnostics);
    let new: Vec<_> = errors(&after.diagnostics).into_iter().filter(|e| !was.contains(e)).collect();
    Some(if left >= faults {
        Err("the repair does not repair".into())
    } else if !new.is_empty() {
        Err(format!("the repair brings {new:?}"))
    } else {
        Ok(left == 0)
    })
}

/// When the bad lines of an example are those of a literate case of its code, the good ones mend it:
/// the code is no longer said, and no other error comes.
#[test]
fn the_repairs_repair() {
    let folder = root().join("tests/diagnostics");
    let cases: Vec<String> =
        files_below(&folder).iter().map(|file| file.display().to_string()).collect();
    let mut proved = BTreeSet::new();
    let mut failures = Vec::new();
    for code in Code::ALL {
        let slug = code.slug();
        // `adresse-en-double-ancienne.md` is a case of `adresse-en-double`.
        let own = |case: &&String| {
            let rest = case.strip_prefix(slug);
            rest.is_some_and(|rest| rest == ".md" || rest.starts_with('-'))
        };
        let mut said = Vec::new();
        for case in cases.iter().filter(own) {
            let markdown = fs::read_to_string(folder.join(case)).unwrap();
            match repaired(&markdown, *code) {
                Some(Ok(true)) => {
                    proved.insert(slug);
                }
                Some(Ok(false)) => {}
                Some(Err(why)) => said.push(format!("{case}: {why}")),
                None => {}
            }
        }
        if !proved.contains(slug) {
            failures.extend(said);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(
        proved.len() >= PROVED,
        "only {} examples are those of a case: {proved:?}",
        proved.len()
    );
}

#[test]
fn the_catalogue_is_written_down() {
    let markdown = diag::render_erreurs();
    expect_file(&root().join("docs/erreurs.md"), &markdown);
    // Markdown gives the words back: no mark of ours was read as one of its own.
    let (mut levels, mut said, mut fenced) = (Vec::new(), String::new(), false);
    for event in Parser::new(&markdown) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => levels.push(level),
            Event::Start(Tag::CodeBlock(_)) => fenced = true,
            Event::End(TagEnd::CodeBlock) => fenced = false,
            Event::Text(text) if !fenced => said.push_str(&text),
            Event::SoftBreak => said.push(' '),
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML: {html}"),
            _ => {}
        }
    }
    let sections = levels.iter().filter(|level| **level == HeadingLevel::H3).count();
    assert_eq!(sections, Code::ALL.len());
    let said = said.replace(['\u{a0}', '\u{202f}'], " ");
    for code in Code::ALL {
        let diag::Explication { titre, texte, .. } = code.explication();
        assert!(said.contains(&titre) && said.contains(&texte), "{}", code.slug());
        assert!(markdown.contains(&format!("](#{})", code.slug())), "{}", code.slug());
    }
}

#[test]
fn the_list_of_codes_is_whole_and_aligned() {
    let list = diag::render_codes().replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(list.lines().count(), Code::ALL.len());
    let mut columns = BTreeSet::new();
    for code in Code::ALL {
        let titre = code.explication().titre;
        let line = list.lines().find(|line| line.starts_with(&format!("{} ", code.slug())));
        let line = line.unwrap_or_else(|| panic!("{} is not listed", code.slug()));
        assert!(line.ends_with(&titre) && line.contains(code.severity().name()), "{line}");
        columns.insert(line.len() - titre.len());
    }
    assert_eq!(columns.len(), 1, "the titles are not aligned");
}
