//! `tests/diagnostics/*.md`: each case is a page of documentation that runs.
//!
//! Each code has a case of its name, `<code>.md`; other situations follow it, `<code>-<situation>.md`.
//! A case says in a few words what happened, why it matters and what to do; then blocks between lines
//! of four backquotes change the site of `tests/base`, and the last gives what comes of it:
//! - `modifie content/…` replaces lines: `- ` goes, `+ ` comes, two spaces stay;
//! - `fichier content/…` writes a file; `absent content/…` removes one;
//! - `image content/…` writes a tiny image of the format of its name or, where the block is not empty, its bytes:
//!   `"texts"` and hexadecimal numbers (`image-coupee` leaves out its end, `image-bavarde` adds all that a
//!   telephone writes in a photograph);
//! - `refus non-utf8 content/…` (or `lien-symbolique`, `trop-lourd`, `nom-illisible`) is not read;
//! - `fins-de-ligne crlf content/…` (or `cr`) ends the lines of a file otherwise than with LF;
//! - `image-lourde content/…` writes an image of 750 kB;
//! - `aujourd-hui 2021-06-01` gives the day of the check, which judges no date without it;
//! - `sans-content` empties the site;
//! - `publie content/…` is the body of a fiche as its page shows it, rewritten as `attendu` is;
//! - `attendu` is what `check` prints, rewritten by `RETEX_MAJ=1 cargo test`.

use std::{fs, path::Path};

use retex::{
    diag::render_humain,
    source::{Date, Refusal, Refused, SitePath, Snapshot},
};

use crate::support::{
    Build, assert_sound, base, build, edit, expect_file, images, root, set, text,
};

/// One fenced block: its info string, its text, and its byte range.
pub(crate) struct Block<'a> {
    pub(crate) info: &'a str,
    text: &'a str,
    range: std::ops::Range<usize>,
}

pub(crate) fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut open: Option<(&str, usize)> = None;
    for line in markdown.split_inclusive('\n') {
        let end = at + line.len();
        match open {
            None => {
                if let Some(info) = line.strip_prefix("````") {
                    open = Some((info.trim(), end));
                }
            }
            Some((info, start)) if line.trim_end() == "````" => {
                found.push(Block { info, text: &markdown[start..at], range: start..at });
                open = None;
            }
            Some(_) => {}
        }
        at = end;
    }
    found
}

/// Bytes given as `"texts"` and hexadecimal numbers.
fn bytes_of(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (n, piece) in text.split('"').enumerate() {
        if n % 2 == 1 {
            bytes.extend(piece.bytes());
        } else {
            let numbers = piece.split_whitespace();
            bytes.extend(numbers.map(|hexa| u8::from_str_radix(hexa, 16).unwrap()));
        }
    }
    bytes
}

fn refusal(kind: &str) -> Refusal {
    match kind {
        "non-utf8" => Refusal::NotUtf8 { line: 3 },
        "trop-lourd" => Refusal::TooLarge { bytes: 5 << 20, limit: 1 << 20 },
        "lien-symbolique" => Refusal::Symlink,
        "nom-illisible" => Refusal::NameNotUtf8,
        other => panic!("unknown refusal « {other} »"),
    }
}

/// The site that a case is about.
pub(crate) fn snapshot_of(blocks: &[Block<'_>]) -> Snapshot {
    let mut snapshot = base();
    snapshot.today = None;
    for block in blocks {
        let words: Vec<&str> = block.info.split_whitespace().collect();
        match words.as_slice() {
            ["fichier", path] => set(&mut snapshot, path, block.text),
            ["modifie", path] => {
                let side = |other: char| -> String {
                    let kept = block.text.split_inclusive('\n').filter(|l| !l.starts_with(other));
                    kept.map(|l| l.get(2..).filter(|rest| !rest.is_empty()).unwrap_or("\n"))
                        .collect()
                };
                edit(&mut snapshot, path, &side('+'), &side('-'));
            }
            ["image", path] => {
                let given = bytes_of(block.text);
                let bytes = if given.is_empty() { images::tiny(path).to_vec() } else { given };
                images::put(&mut snapshot, path, bytes);
            }
            ["image-coupee", path] => {
                let whole = images::tiny(path);
                images::put(&mut snapshot, path, &whole[..whole.len() - 20]);
            }
            ["image-bavarde", path] => images::put(&mut snapshot, path, images::telling(1)),
            ["absent", path] => {
                assert!(snapshot.files.remove(*path).is_some(), "{path} is not in the base site");
            }
            ["refus", kind, path] => {
                snapshot.files.remove(*path);
                let path = SitePath::new(*path);
                snapshot.refused.push(Refused { path, why: refusal(kind) });
            }
            ["fins-de-ligne", kind, path] => {
                let end = match *kind {
                    "crlf" => "\r\n",
                    "cr" => "\r",
                    other => panic!("unknown end of line « {other} »"),
                };
                let ended = text(&snapshot, path).replace('\n', end);
                set(&mut snapshot, path, &ended);
            }
            ["image-lourde", path] => {
                let more = vec![0; 750_000 - images::PNG.len() - 12];
                images::put(&mut snapshot, path, images::png_with(&[(b"IDAT", &more)]));
            }
            ["aujourd-hui", day] => {
                let numbers: Vec<u16> = day.split('-').map(|n| n.parse().unwrap()).collect();
                let [year, month, day] = numbers[..] else { panic!("not a day: {numbers:?}") };
                let (month, day) = (month.try_into().unwrap(), day.try_into().unwrap());
                snapshot.today = Some(Date { year, month, day });
            }
            ["sans-content"] => snapshot = Snapshot::default(),
            ["attendu"] | ["publie", _] => {}
            other => panic!("unknown block {other:?}"),
        }
    }
    snapshot
}

/// The site that a case describes.
pub(crate) fn site_of(markdown: &str) -> Snapshot {
    snapshot_of(&blocks(markdown))
}

/// The body of a fiche as its page shows it.
fn published(build: &Build, path: &str) -> String {
    assert!(!build.has_errors(), "nothing is published");
    let site = build.site.as_ref().unwrap();
    let (_, fiche) = site.fiches().find(|(_, fiche)| fiche.path.as_str() == path).unwrap();
    let page = retex::site::address::fiche(&fiche.id);
    let place = retex::markdown::LinkBase { site, page: &page, parmi: "" };
    let mut glose = retex::markdown::Glose::new(&site.glossaire);
    let html = retex::markdown::corps(&fiche.corps, place, &mut glose);
    format!("{}\n", html.as_str().trim_end())
}

fn run(path: &Path) {
    let markdown = fs::read_to_string(path).unwrap();
    let explained = markdown.strip_prefix("# ").and_then(|t| t.split_once("\n\n"));
    let explained = explained.is_some_and(|(_, text)| !text.starts_with("````"));
    assert!(explained, "a case begins with its title and what to know of it");
    let blocks = blocks(&markdown);
    let expected = blocks.iter().find(|b| b.info == "attendu");
    let expected = expected.unwrap_or_else(|| panic!("{}: no ````attendu block", path.display()));
    let snapshot = snapshot_of(&blocks);
    let build = build(&snapshot);
    assert_sound(&build.diagnostics, &snapshot);
    let shown: String =
        build.diagnostics.iter().map(|d| render_humain(d, &snapshot, false)).collect();
    let actual = if shown.is_empty() { "aucun message\n".into() } else { shown };
    let lines: Vec<&str> = actual.trim_end().lines().map(str::trim_end).collect();
    let wide =
        lines.iter().find(|l| l.chars().count() > 100 && l.contains(' ') && !l.contains("▸"));
    assert!(wide.is_none(), "wider than a terminal: {wide:?}");
    let mut rewritten = markdown.clone();
    let mut edits = vec![(expected.range.clone(), format!("{}\n", lines.join("\n")))];
    edits.extend(blocks.iter().filter_map(|block| {
        let fiche = block.info.strip_prefix("publie ")?;
        Some((block.range.clone(), published(&build, fiche)))
    }));
    edits.sort_by_key(|(range, _)| range.start);
    for (range, text) in edits.into_iter().rev() {
        rewritten.replace_range(range, &text);
    }
    expect_file(path, &rewritten);
}

#[test]
fn cases() {
    let folder = root().join("tests/diagnostics");
    let mut failures = Vec::new();
    let mut count = 0;
    for file in crate::support::files_below(&folder) {
        count += 1;
        let path = folder.join(&file);
        if let Err(panic) = std::panic::catch_unwind(|| run(&path)) {
            let words = panic.downcast_ref::<&str>().map(|text| (*text).to_string());
            let message = panic.downcast_ref::<String>().cloned().or(words).unwrap_or_default();
            failures.push(format!("{}\n{message}", file.display()));
        }
    }
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
    assert!(count > 0, "no case was found");
}

/// Every code has a case of its name that says it.
#[test]
fn every_code_has_a_case() {
    let folder = root().join("tests/diagnostics");
    let is_said = |slug: &str| {
        let markdown = fs::read_to_string(folder.join(format!("{slug}.md"))).unwrap_or_default();
        let said = format!("[{slug}]");
        blocks(&markdown).iter().any(|b| b.info == "attendu" && b.text.contains(&said))
    };
    let codes = retex::diag::Code::ALL.iter().map(|code| code.slug());
    let silent: Vec<&str> = codes.filter(|slug| !is_said(slug)).collect();
    assert!(silent.is_empty(), "no case of its name in tests/diagnostics says: {silent:?}");
}

/// All the mistakes of one file are said in one run, each underlined where it is.
#[test]
fn mistakes_are_said_together() {
    let markdown =
        fs::read_to_string(root().join("tests/diagnostics/toutes-les-fautes.md")).unwrap();
    let snapshot = site_of(&markdown);
    let build = build(&snapshot);
    let codes: std::collections::BTreeSet<_> = build.diagnostics.iter().map(|d| d.code).collect();
    assert!(codes.len() >= 10, "{codes:?}");
    let underlined = |d: &retex::diag::Diagnostic| matches!(d.place, retex::diag::Place::Span(_));
    assert!(build.diagnostics.iter().all(underlined));
}

#[test]
fn the_base_site_says_nothing() {
    let snapshot = base();
    let build = build(&snapshot);
    assert!(build.diagnostics.is_empty(), "{:?}", build.diagnostics);
}
