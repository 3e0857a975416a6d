//! What the tests share: sites to build, expected files to compare or rewrite, a seeded generator.

pub(crate) mod apercu;
pub(crate) mod images;
mod random;
pub(crate) mod web;

use std::{
    fs,
    path::{Path, PathBuf},
};

use retex::{
    build::{self, Memo, Options},
    diag::{Diagnostic, Severity, render_court},
    disk,
    output::{Collector, OutputTree},
    site::Site,
    source::{Snapshot, SourceFile},
};

pub(crate) use random::Random;

/// The project's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The synthesis that the project publishes.
pub(crate) fn published() -> Snapshot {
    disk::scan(root()).unwrap()
}

/// A small complete site that `check` accepts without a word.
pub(crate) fn base() -> Snapshot {
    disk::scan(&root().join("tests/base")).unwrap()
}

/// The small site with so many more fiches, all of one workshop: none to three links each,
/// a keyword that many share and one of its own.
pub(crate) fn many(fiches: usize) -> Snapshot {
    let mut snapshot = base();
    let subjects = ["egal-acces", "enseigner-apprendre"];
    let kinds = ["article", "video", "jeu"];
    for n in 1..=fiches {
        let mut fiche = format!(
            "+++\ntitre = \"Expérience {n}\"\nthematique = \"{}\"\nniveaux = [\"college\"]\nmots_cles = [\"partagé {}\", \"propre {n}\"]\ndate = 2021-{:02}-{:02}\nauteurs = [\"Équipe {n}\"]\n",
            subjects[n % 2],
            n % 10,
            1 + n % 12,
            1 + n % 28,
        );
        for link in 0..n % 4 {
            let kind = kinds[(n + link) % 3];
            fiche.push_str(&format!(
                "[[liens]]\nurl = \"https://ressource.exemple/{n}/{link}\"\ntype = \"{kind}\"\n"
            ));
        }
        let text =
            "Les élèves ont écrit, enregistré puis publié leur émission avec l'ENT. ".repeat(4);
        fiche.push_str(&format!("+++\n{text}\n"));
        set(&mut snapshot, &format!("content/syntheses/essai-2021/retex/fiche-f{n}.md"), &fiche);
    }
    snapshot
}

/// A build in memory.
#[derive(Debug)]
pub(crate) struct Build {
    /// The finished files.
    pub(crate) tree: OutputTree,
    /// The graph; `None` when there was too little to build it from.
    pub(crate) site: Option<Site>,
    /// Everything there is to say, sorted.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Build {
    /// Whether something forbids publishing.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}

/// A cold build.
pub(crate) fn build(snapshot: &Snapshot) -> Build {
    build_with(snapshot, &Options::default(), &mut Memo::default())
}

/// A build with choices, or with what an earlier one left.
pub(crate) fn build_with(snapshot: &Snapshot, options: &Options, memo: &mut Memo) -> Build {
    let files = Collector::default();
    let emit = |path, bytes| files.put(path, bytes);
    let report = build::build(snapshot, options, memo, &emit, &mut |_| {});
    Build { tree: files.into_tree(), site: report.site, diagnostics: report.diagnostics }
}

/// The errors of a build, one line each.
pub(crate) fn errors(build: &Build, snapshot: &Snapshot) -> Vec<String> {
    let errors = build.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    errors.map(|d| render_court(d, snapshot)).collect()
}

/// Fails with every diagnostic unless the build has no error.
pub(crate) fn assert_clean(build: &Build, snapshot: &Snapshot) {
    assert!(!build.has_errors(), "{}", errors(build, snapshot).join(""));
}

/// The text of a file of a snapshot.
pub(crate) fn text<'a>(snapshot: &'a Snapshot, path: &str) -> &'a str {
    snapshot.files[path].as_text().unwrap()
}

/// Replaces the text of a file.
pub(crate) fn set(snapshot: &mut Snapshot, path: &str, text: &str) {
    snapshot.insert(SourceFile::text(path, text));
}

/// Replaces a piece of a file, which must be there.
pub(crate) fn edit(snapshot: &mut Snapshot, path: &str, from: &str, to: &str) {
    let old = text(snapshot, path).to_string();
    assert!(old.contains(from), "« {from} » is not in {path}");
    set(snapshot, path, &old.replacen(from, to, 1));
}

/// Compares with an expected file, or rewrites it when `RETEX_MAJ` is set.
pub(crate) fn expect_file(path: &Path, actual: &str) {
    if updating() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if fs::read_to_string(path).ok().as_deref() != Some(actual) {
            fs::write(path, actual).unwrap();
        }
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected != actual {
        let diff = similar_lines(&expected, actual);
        panic!("{} differs (RETEX_MAJ=1 cargo test rewrites it):\n{diff}", path.display());
    }
}

/// Whether expected files are to be rewritten.
pub(crate) fn updating() -> bool {
    std::env::var_os("RETEX_MAJ").is_some()
}

/// The lines that differ, at most forty.
fn similar_lines(expected: &str, actual: &str) -> String {
    let (mut expected, mut actual) = (expected.lines(), actual.lines());
    let mut out = String::new();
    let mut shown = 0;
    loop {
        match (expected.next(), actual.next()) {
            (None, None) => return out,
            (a, b) if a == b => {}
            (a, b) if shown < 40 => {
                shown += 1;
                out.push_str(&format!("- {}\n+ {}\n", a.unwrap_or("(end)"), b.unwrap_or("(end)")));
            }
            _ => return out + "…\n",
        }
    }
}

/// Every file below a folder, relative, sorted.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_path_buf());
            }
        }
    }
    found.sort();
    found
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    for file in files_below(from) {
        let target = to.join(&file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(from.join(&file), target).unwrap();
    }
}

/// The synthesis, one of whose fiches has five hundred irritants that the editor added.
pub(crate) fn with_many_additions() -> Snapshot {
    let mut snapshot = published();
    let folder = "content/syntheses/loire-atlantique-2020/retex";
    let fiches: Vec<String> = snapshot.below(folder).map(|file| file.path.to_string()).collect();
    for (rank, fiche) in fiches.iter().enumerate() {
        let mine = (rank..500).step_by(fiches.len());
        let many: Vec<String> = mine.map(|n| format!("\"Irritant ajouté numéro {n}.\"")).collect();
        let keys = format!("+++\nirritants = [{}]\n", many.join(", "));
        edit(&mut snapshot, fiche, "+++\n", &keys);
    }
    snapshot
}

/// Every diagnostic points inside its file, on character boundaries, and can be written.
pub(crate) fn assert_sound(diagnostics: &[Diagnostic], snapshot: &Snapshot) {
    for diagnostic in diagnostics {
        let secondary = diagnostic.secondary.iter().map(|l| &l.span);
        let primary = match &diagnostic.place {
            retex::diag::Place::Span(span) => Some(span),
            _ => None,
        };
        for span in primary.into_iter().chain(secondary) {
            if let Some(text) = snapshot.files.get(&span.file).and_then(|f| f.as_text()) {
                assert!(text.get(span.range()).is_some(), "{diagnostic:?}");
            }
        }
        retex::diag::render_humain(diagnostic, snapshot, false);
        render_court(diagnostic, snapshot);
    }
}
