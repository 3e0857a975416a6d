//! Every key of every file, written with every kind of mistake: what is proposed is read without an error, what
//! `--corriger` writes too, and no letter that the editor wrote is lost.

use rayon::prelude::*;
use retex::{
    diag::{Code, Diagnostic, Place, Severity, corrected},
    parse::{
        self,
        keys::{self, Key, KeyForm, KeyGroup},
    },
    source::{Snapshot, SourceFile},
};

/// A file whose keys are those of a group.
struct Lieu {
    path: &'static str,
    /// Titles above the group.
    title: String,
    groupe: &'static KeyGroup,
}

/// The groups of all files.
fn lieux() -> Vec<Lieu> {
    let files: [(&str, &'static KeyGroup); 8] = [
        ("content/syntheses/essai/retex/essai.md", &keys::FICHE),
        ("content/site.toml", &keys::SITE),
        ("content/glossaire.toml", &keys::GLOSSAIRE),
        ("content/synonymes.toml", &keys::SYNONYMES),
        ("content/thematiques/essai.md", &keys::THEMATIQUE),
        ("content/pages/essai.md", &keys::PAGE),
        ("content/syntheses/essai/synthese.toml", &keys::SYNTHESE),
        ("content/syntheses/essai/methode.md", &keys::METHODE),
    ];
    let mut found = Vec::new();
    for (path, groupe) in files {
        found.push(Lieu { path, title: String::new(), groupe });
        for champ in groupe.champs {
            let (title, groupe) = match champ.forme {
                KeyForm::Groupe(below) => (format!("[{}]\n", champ.nom), below),
                KeyForm::Groupes(below) => (format!("[[{}]]\n", champ.nom), below),
                _ => continue,
            };
            found.push(Lieu { path, title, groupe });
        }
    }
    found
}

impl Lieu {
    /// The file where a key is written so, between the compulsory ones, and the place of its line.
    fn file(&self, key: &Key, line: &str) -> (String, std::ops::Range<usize>) {
        let simple = |champ: &&Key| champ.obligatoire && !champ.exemple.is_empty();
        let compulsory = |groupe: &KeyGroup| -> String {
            let keys = groupe.champs.iter().filter(simple).filter(|champ| champ.nom != key.nom);
            keys.map(|champ| format!("{} = {}\n", champ.nom, champ.exemple)).collect()
        };
        let is_header = self.path.ends_with(".md");
        let mut text = String::from(if is_header { "+++\n" } else { "" });
        text.push_str(&self.title);
        let start = text.len();
        text.push_str(line);
        let end = text.len();
        text.push('\n');
        text.push_str(&compulsory(self.groupe));
        text.push_str(if is_header { "+++\nUn texte.\n" } else { "" });
        (text, start..end)
    }

    fn read(&self, text: &str) -> Vec<Diagnostic> {
        let mut diags = Vec::new();
        parse::content(&self.snapshot(text), None, &mut diags);
        diags
    }

    fn snapshot(&self, text: &str) -> Snapshot {
        let mut snapshot = Snapshot::of_texts([(self.path, text)]);
        snapshot.has_content = true;
        snapshot
    }
}

/// Lines that write a key with a mistake, from a right value.
fn mistakes(key: &Key) -> Vec<String> {
    let (nom, right) = (key.nom, key.exemple);
    let inner = right.trim_matches(['[', ']']).trim_matches('"');
    let texts = inner.replace("\", \"", ", ");
    let mut values: Vec<String> = vec![
        right.into(),
        inner.into(),
        texts.clone(),
        format!("[{right}]"),
        format!("[{inner}]"),
        format!("[\"{inner}\""),
        format!("[\"{inner}\",, \"{inner}\"]"),
        format!("[\"{inner}\"; \"{inner}\"]"),
        format!("[\"{inner}\" \"{inner}\"]"),
        format!("[\"{inner}\"]]"),
        format!("\"{inner}\", \"{inner}\""),
        format!("\"{texts}, {texts}\""),
        format!("\"{texts}"),
        format!("{texts}\""),
        format!("\"{texts}”"),
        format!("“{texts}\""),
        format!("\" {texts} \""),
        format!("\"\u{a0}{texts}\""),
        format!("\"<{texts}>\""),
        format!("\"Un « mot » et \"{texts}\" encore\""),
        format!("'L'{texts}'"),
        format!("['L'{texts}', 'l'{texts}']"),
        format!("’{texts}"),
        texts.to_uppercase(),
        format!("\"{}\"", texts.to_uppercase()),
        format!("{right} # une remarque"),
        format!("{texts} # une remarque"),
        format!("{right}\u{a0}"),
        format!("{right}\u{200b}"),
        "\"C:\\Users\\radio\"".into(),
        String::new(),
        "{ a = 1 }".into(),
    ];
    for quotes in ["“”", "«»", "‘’", "''", "``", "„“", "””"] {
        let mut signs = quotes.chars();
        let (open, close) = (signs.next().unwrap(), signs.next().unwrap());
        values.push(format!("{open}{texts}{close}"));
        values.push(format!("[{open}{texts}{close}, {open}b{close}]"));
    }
    for end in [",", ";", ".", " ,", ",;", "]"] {
        values.push(format!("{right}{end}"));
        values.push(format!("{texts}{end}"));
    }
    let others = [
        "12 mars 2026",
        "1er mars 2026",
        "mars 2026",
        "2026-3-1",
        "2026-03",
        "03/01/2026",
        "13/01/2026",
        "2026-02-30",
        "1026-03-01",
        "2026.03.01",
        "24/01/25",
        "2026-03-01T10:00:00Z",
        "oui",
        "Vrai",
        "True",
        "non",
        "12",
        "012",
        "12, 14",
        "5-7",
        "62 %",
        "-3",
        "1.5",
        "CP",
        "6e",
        "primaire",
        "Élémentaire",
        "Lycées",
        "Vidéo",
        "maternelle/élémentaire",
        "Podcast",
        "breton",
        "fr_FR",
        "localhost:3000/a",
        "http://localhost/a",
        "192.168.1.4/a",
        "http://10.0.0.1/a",
        "http://exemple.fr/a",
        "www.exemple.fr",
        "htp://exemple.fr",
        "https:/exemple.fr",
        "https://exemple.fr/a, https://exemple.fr/b",
        "https://exemple.fr/mon fichier.pdf",
        "https://exemple.fr/a?utm_source=b",
        "exemple.fr/a;",
        "https://exemple.fr/a,",
        "javascript:alert(1)",
        "…",
    ];
    for other in others {
        values.extend([other.to_string(), format!("\"{other}\""), format!("[\"{other}\"]")]);
    }
    let mut lines: Vec<String> = values.iter().map(|value| format!("{nom} = {value}")).collect();
    for value in [right, &texts] {
        lines.extend([
            format!("{nom} : {value}"),
            format!("{nom} := {value}"),
            format!("{nom} => {value}"),
            format!("{nom} == {value}"),
            format!("{nom} {value}"),
            format!("{nom}={value}"),
            format!("- {nom}: {value}"),
            format!("\u{a0}\u{a0}{nom} = {value}"),
            format!("{nom}\u{a0}= {value}"),
            format!("{nom} =\u{202f}{value}"),
            format!("\u{200b}{nom} = {value}"),
            format!("{} = {value}", nom.to_uppercase()),
            format!("{} = {value}", nom.replace('_', "-")),
            format!("\"{nom}\" = {value}"),
            format!("{nom}s = {value}"),
            format!("{nom} = {value}\n{nom} = {value}"),
        ]);
    }
    lines
}

/// Errors that a text has on these lines, and what else is proposed there.
fn left(lieu: &Lieu, text: &str, lines: &std::ops::Range<usize>) -> Vec<String> {
    let here = |d: &&Diagnostic| match &d.place {
        Place::Span(span) => span.start <= lines.end && span.end >= lines.start,
        _ => false,
    };
    // A sign that nobody sees has a message and a correction of its own, whatever else is wrong there.
    let bad = |d: &&Diagnostic| {
        d.code != Code::SigneInvisible && (d.severity == Severity::Error || !d.fixes.is_empty())
    };
    let said = lieu.read(text);
    said.iter().filter(here).filter(bad).map(|d| format!("{} {:?}", d.message, d.fixes)).collect()
}

/// The line that an advice tells to write.
fn proposed(aide: &str) -> Option<&str> {
    let rest = aide.strip_prefix("écrivez\u{a0}:")?;
    Some(rest.trim_start_matches([' ', '\n']))
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// True when the letters of a text are all in another, in their order.
fn keeps(before: &str, after: &str) -> bool {
    let mut after = letters(after).into_iter();
    letters(before).into_iter().all(|letter| after.any(|other| other == letter))
}

/// Faults of one combination.
fn faults(lieu: &Lieu, key: &Key, line: &str) -> Vec<String> {
    let (text, place) = lieu.file(key, line);
    let mut faults = Vec::new();
    let said = lieu.read(&text);
    let mut tell = |what: &str, found: Vec<String>| {
        if !found.is_empty() {
            faults.push(format!("{} {line:?}: {what}: {found:?}", lieu.path));
        }
    };
    for diagnostic in said.iter().filter(|d| d.code != Code::SigneInvisible) {
        if let [edit] = diagnostic.fixes.as_slice() {
            let mut after = text.clone();
            after.replace_range(edit.span.range(), &edit.texte);
            tell("fix", left(lieu, &after, &(edit.span.start..edit.span.start + edit.texte.len())));
        }
        for shown in diagnostic.helps.iter().filter_map(|aide| proposed(aide)) {
            let mut after = text.clone();
            let rest = &text[place.end..];
            let from = match &diagnostic.place {
                Place::Span(span) => text[..span.start].rfind('\n').map_or(0, |at| at + 1),
                _ => place.start,
            };
            let to = from + text[from..].find('\n').unwrap();
            // A proposal of several lines replaces those down to the end of the keys.
            let whole = shown.contains("\n[[") && !rest.is_empty() && !diagnostic.fixes.is_empty();
            let to = if whole { diagnostic.fixes[0].span.end } else { to };
            after.replace_range(from..to, shown);
            tell("écrivez", left(lieu, &after, &(from..from + shown.len())));
        }
    }
    let (mut after, mut rounds) = (lieu.snapshot(&text), 0);
    loop {
        let mut diags = Vec::new();
        parse::content(&after, None, &mut diags);
        let texts = corrected(&diags, &after);
        rounds += 1;
        if texts.is_empty() || rounds > 10 {
            break;
        }
        for (path, text) in texts {
            after.insert(SourceFile::text(path.as_str(), &text));
        }
    }
    let after = after.files[lieu.path].as_text().unwrap();
    let errors = |text: &str| -> Vec<String> {
        let said = lieu.read(text);
        said.into_iter().filter(|d| d.severity == Severity::Error).map(|d| d.message).collect()
    };
    let (was, is) = (errors(&text), errors(after));
    tell("--corriger adds errors", if is.len() > was.len() { is } else { Vec::new() });
    // A day, a number and a truth are written otherwise; a tracker goes.
    let is_text = !matches!(key.forme, KeyForm::Jour | KeyForm::Drapeau);
    let exempt = !is_text || line.contains("utm_") || key.nom == "langue" || line.contains("012");
    // An identifier has no accent.
    let folded = |text: &str| match key.forme {
        KeyForm::Identifiant => retex::french::fold(text),
        _ => text.to_string(),
    };
    if !exempt && !keeps(&folded(&text), &folded(after)) {
        tell("a letter is lost", vec![after.to_string()]);
    }
    if rounds > 10 {
        tell("corrections never end", vec![after.to_string()]);
    }
    faults
}

#[test]
fn corrections_hold_for_every_key_and_every_mistake() {
    let lieux = lieux();
    let all: Vec<(&Lieu, &Key, String)> = lieux
        .iter()
        .flat_map(|lieu| {
            let written = lieu.groupe.champs.iter().filter(|key| !key.exemple.is_empty());
            written
                .flat_map(move |key| mistakes(key).into_iter().map(move |line| (lieu, key, line)))
        })
        .collect();
    let found: Vec<String> =
        all.par_iter().flat_map_iter(|(lieu, key, line)| faults(lieu, key, line)).collect();
    let keys: std::collections::BTreeSet<(&str, &str)> =
        all.iter().map(|(lieu, key, _)| (lieu.groupe.sens, key.nom)).collect();
    let count = format!("{} combinaisons de {} clés et de leurs fautes\n", all.len(), keys.len());
    std::io::Write::write_all(&mut std::io::stderr(), count.as_bytes()).unwrap();
    assert!(all.len() > 15_000, "{}", all.len());
    let shown = found.iter().take(60).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(found.is_empty(), "{} of {}:\n{shown}", found.len(), all.len());
}
