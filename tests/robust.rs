//! Mutated inputs never panic, and what is said of them always points inside the file.

use retex::{diag::Severity, source::Snapshot};

use crate::support::{Random, assert_clean, assert_sound, base, build, edit, set, text};

/// Pieces that parsers trip over.
const PIECES: [&str; 24] = [
    "+++\n",
    "\u{feff}",
    "\"",
    "'",
    "[[",
    "]]",
    "=",
    "\n",
    "\r\n",
    "\0",
    "é",
    "\u{202e}",
    "^{",
    "}",
    "▶",
    "<p>",
    "\t",
    "<script>",
    "](",
    "[^",
    "|-|\n",
    "```\n",
    "&amp;",
    "9999999999999999999999",
];

fn mutate(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..1 + random.below(4) {
        let at = random.below(chars.len() + 1);
        match random.below(3) {
            0 if at < chars.len() => drop(chars.remove(at)),
            1 => {
                let end = (at + random.below(40)).min(chars.len());
                chars.drain(at..end);
            }
            _ => {
                let piece: Vec<char> = random.pick(&PIECES).chars().collect();
                chars.splice(at..at, piece);
            }
        }
    }
    chars.into_iter().collect()
}

#[test]
fn mutated_files_never_panic() {
    let base = base();
    let paths: Vec<String> = base.files.keys().map(ToString::to_string).collect();
    for seed in 1..=600 {
        let mut random = Random::new(seed);
        let mut snapshot: Snapshot = base.clone();
        for _ in 0..1 + random.below(3) {
            let path = random.pick(&paths);
            let mutated = mutate(text(&snapshot, path), &mut random);
            set(&mut snapshot, path, &mutated);
        }
        let built = build(&snapshot);
        assert_sound(&built.diagnostics, &snapshot);
    }
}

#[test]
fn mutated_templates_never_panic() {
    let mut base = base();
    let template = "{% extends \"defaut/texte.html\" %}{% block contenu %}<p>{{ vue.html | safe }}</p>{% for s in vue.sigles %}{{ s.sigle }}{% endfor %}{% endblock %}";
    for seed in 1..=150 {
        let mut random = Random::new(seed);
        set(&mut base, "themes/local/templates/texte.html", &mutate(template, &mut random));
        assert_sound(&build(&base).diagnostics, &base);
    }
}

/// Whatever an editor writes, no page runs it.
#[test]
fn hostile_content_never_executes() {
    let mut snapshot = base();
    let fiche = "content/syntheses/essai-2021/retex/radio.md";
    let hostile = "</script><script>alert(1)</script>\" onload=\"x";
    let toml = hostile.replace('"', "\\\"");
    edit(&mut snapshot, fiche, "titre = \"Une radio d'école\"", &format!("titre = \"{toml}\""));
    edit(
        &mut snapshot,
        fiche,
        "auteurs = [\"Camille Exemple\"]",
        &format!("auteurs = [\"{toml}\"]"),
    );
    edit(
        &mut snapshot,
        fiche,
        "points_forts = [",
        &format!("mots_cles = [\"{toml}\"]\npoints_forts = [\"{toml}\", "),
    );
    edit(
        &mut snapshot,
        fiche,
        "Une contribution,",
        "Une `<script>alert(1)</script>` &lt;script&gt; contribution,",
    );
    edit(&mut snapshot, "content/glossaire.toml", "espace numérique de travail", &toml);
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    for (path, html) in built.tree.pages() {
        assert!(!html.contains("<script>"), "{path}");
        assert!(!html.contains("\" onload=\""), "{path}");
    }
    // Raw HTML and dangerous schemes are refused before that.
    for refused in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
    ] {
        let mut snapshot = base();
        edit(&mut snapshot, fiche, "Une contribution", refused);
        assert!(
            build(&snapshot).diagnostics.iter().any(|d| d.severity == Severity::Error),
            "{refused}"
        );
    }
}
