//! What pages deny. `dementis.txt` lists each sentence of the templates and of `src/pages` that says that something is
//! not there, and what makes it true: a predicate of [`PREDICATES`], held to the published data on a matrix of sites,
//! or another test.

mod case;
mod predicates;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use retex::source::Snapshot;

use crate::{
    phrases,
    support::{base, files_below, published, root, set},
    territoire,
};
use case::{Case, case};
use predicates::PREDICATES;

/// What the list gives for a sentence that speaks of the site itself, before its reason.
const SITE: &str = "site : ";
/// The plan of action, by its id.
const PLAN: &str = "plan-action";
/// File of the rows that belong to no thématique.
const OF_ALL: &str = "atelier";

/// A place where a page may deny, whether it does, whether the data do.
type Claim = (String, bool, bool);

/// Words that deny.
const DENIALS: [&str; 7] = ["aucun", "aucune", "sans", "ne", "pas", "rien", "ni"];

fn denies(sentence: &str) -> bool {
    let lower = sentence.to_lowercase().replace("n’", "ne ");
    lower.split(|c: char| !c.is_alphabetic()).any(|word| DENIALS.contains(&word))
}

/// The sentences of a text that deny, as they are written.
fn denials(text: &str) -> BTreeSet<String> {
    let plain = text.replace(['\u{a0}', '\u{202f}'], " ").replace("\\u{a0}", " ");
    let ends = plain.replace(". ", ".\n").replace("? ", "?\n").replace("! ", "!\n");
    let lines = ends.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| denies(line)).collect()
}

/// The texts between quotes of a piece of code that are prose: with a space or a point.
fn literals(code: &str) -> String {
    let quoted = code.split('"').skip(1).step_by(2);
    quoted.filter(|text| text.contains([' ', '.'])).map(|text| format!("\n{text}\n")).collect()
}

/// What a template says: comments, tags and code left out, « … » where a value stands.
fn said_by_template(mut rest: &str) -> String {
    const PIECES: [(&str, &str); 4] = [("{#", "#}"), ("{{", "}}"), ("{%", "%}"), ("<", ">")];
    const INLINE: [&str; 6] = ["a", "b", "span", "strong", "small", "code"];
    let (mut out, mut aside) = (String::new(), String::new());
    while let Some((at, (open, close))) =
        PIECES.iter().filter_map(|piece| Some((rest.find(piece.0)?, *piece))).min()
    {
        out.push_str(&rest[..at]);
        let inner = &rest[at + open.len()..];
        let end = inner.find(close).unwrap_or(inner.len());
        let name = inner.trim_start_matches('/').split([' ', '>', '\n']).next().unwrap_or("");
        match open {
            "{#" => {}
            "{{" => out.push('…'),
            "{%" if inner.trim_start_matches(['-', ' ']).starts_with("el") => out.push('\n'),
            "<" if !INLINE.contains(&name) => out.push('\n'),
            _ => {}
        }
        if open != "{#" {
            aside.push_str(&literals(&inner[..end]));
        }
        rest = inner.get(end + close.len()..).unwrap_or("");
    }
    out + rest + "\n" + &aside
}

/// What a module of views says: its literals, without its comments and its tests.
fn said_by_module(source: &str) -> String {
    let source = source.split("#[cfg(test)]").next().unwrap_or("");
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code: Vec<String> = code.map(|line| line.replace("'\"'", "").replace("\\\"", "")).collect();
    literals(&code.join("\n").replace("\\\n", ""))
}

/// Each file that speaks, with its sentences that deny.
fn written() -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    for (folder, ending) in [("themes/defaut/templates", ".html"), ("src/pages", ".rs")] {
        for path in files_below(&root().join(folder)) {
            let name = format!("{folder}/{}", path.to_string_lossy().replace('\\', "/"));
            let text = fs::read_to_string(root().join(&name)).unwrap();
            let said = match ending {
                ".html" => said_by_template(&text),
                _ => said_by_module(&text),
            };
            if name.ends_with(ending) {
                all.extend(denials(&said).into_iter().map(|sentence| (name.clone(), sentence)));
            }
        }
    }
    all
}

/// The list: what makes each sentence true, by file and sentence.
fn listed() -> BTreeMap<(String, String), String> {
    let text = fs::read_to_string(root().join("tests/dementis.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let cut = |line: &str| {
        let cells: Vec<&str> = line.split(" | ").collect();
        let [file, sentence, why] = cells[..] else { panic!("file | sentence | test: {line}") };
        ((file.to_string(), sentence.to_string()), why.to_string())
    };
    lines.map(cut).collect()
}

#[test]
fn every_denial_is_listed_with_what_makes_it_true() {
    let (written, listed) = (written(), listed());
    let line = |(file, sentence): &(String, String)| format!("{file} | {sentence} | ");
    let missing = written.iter().filter(|one| !listed.contains_key(one)).map(line);
    let missing: Vec<String> = missing.collect();
    let gone: Vec<String> = listed.keys().filter(|one| !written.contains(one)).map(line).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "in tests/dementis.txt, write these lines, each with « {SITE}why » or the name of the test that makes it true:\n{}\nand take these away, which no file says any more:\n{}",
        missing.join("\n"),
        gone.join("\n")
    );
    let tests = files_below(&root().join("tests")).into_iter();
    let tests = tests.filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let read = |path| fs::read_to_string(root().join("tests").join(path)).unwrap();
    let sources: String = tests.map(read).collect();
    let mut named = BTreeSet::new();
    for (at, why) in &listed {
        if let Some(reason) = why.strip_prefix(SITE) {
            assert!(!reason.is_empty(), "why of {at:?}");
            continue;
        }
        for name in why.split(", ") {
            let is_test = sources.contains(&format!("#[test]\nfn {name}() {{"));
            let is_predicate = PREDICATES.iter().any(|(own, _)| *own == name);
            assert!(is_test || is_predicate, "no test and no predicate « {name} », for {at:?}");
            named.insert(name);
        }
    }
    for (name, _) in PREDICATES {
        assert!(named.contains(name), "no line of tests/dementis.txt names « {name} »");
    }
}

/// A recueil with these rows: « table sujet: nature=a,b; nature=c~d ». Each text is its own id, less a last « 2 »;
/// « c~d » is an edge that the editor writes from c to d.
fn rows(lines: &[&str]) -> Snapshot {
    let mut snapshot = phrases::recueil();
    let mut columns: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    let mut last: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in lines {
        let (at, cells) = line.split_once(": ").unwrap();
        let (table, sujet) = at.split_once(' ').unwrap();
        let rangee = last.entry((table, sujet)).or_default();
        *rangee += 1;
        for (nature, texts) in cells.split("; ").filter_map(|cell| cell.split_once('=')) {
            let own = columns.entry(table).or_default();
            if !own.contains(&nature) {
                own.push(nature);
            }
            for text in texts.split(',').filter(|text| !text.is_empty()) {
                let (id, vers) = text.split_once('~').unwrap_or((text, ""));
                let edge = match vers {
                    "" => String::new(),
                    vers => format!(
                        "rapprochements = [{{ vers = \"{vers}\", preuve = \"position\", raison = \"Même rang.\" }}]\n"
                    ),
                };
                files.entry(sujet).or_default().push_str(&format!(
                    "[[{table}.{}]]\nid = \"{id}\"\nrangee = {rangee}\ntextes = [\"Texte {}\"]\n{edge}",
                    nature.replace('-', "_"),
                    id.trim_end_matches('2')
                ));
            }
        }
    }
    let folder = "content/syntheses/essai";
    let mut synthese = "titre = \"Des essais\"\nterritoire = \"Ici\"\nannee = 2024\n".to_string();
    for (table, natures) in columns {
        let one = |n: &&str| format!("{{ texte = \"Colonne {n}\", natures = [\"{n}\"] }}");
        let natures = natures.iter().map(one).collect::<Vec<_>>().join(", ");
        synthese.push_str(&format!(
            "[[tableaux]]\nid = \"{table}\"\ntitre = \"{table}\"\ncolonnes = [{natures}]\n"
        ));
    }
    set(&mut snapshot, &format!("{folder}/synthese.toml"), &synthese);
    for (sujet, text) in files {
        set(&mut snapshot, &format!("{folder}/tableaux/{sujet}.toml"), &text);
    }
    snapshot
}

/// Sites that lack each a thing.
fn cases() -> Vec<Case> {
    const A: &str = "plan-action egal-acces";
    let plan = |name, lines: &[&str]| {
        let of = |line: &&str| {
            if line.contains(": ") { line.to_string() } else { format!("{A}: {line}") }
        };
        let lines: Vec<String> = lines.iter().map(of).collect();
        case(name, &rows(&lines.iter().map(String::as_str).collect::<Vec<_>>()))
    };
    let settings = "titre = \"Un site\"\ndescription = \"Un site vide.\"\n";
    vec![
        case("publiée", &published()),
        case("département", &territoire::markdown()),
        case("deux démarches", &territoire::with_climat(territoire::markdown())),
        case("petit site", &base()),
        case("tableaux sans document", &phrases::without_document()),
        case("recueil", &phrases::recueil()),
        case("vide", &phrases::empty()),
        case("réglages seuls", &Snapshot::of_texts([("content/site.toml", settings)])),
        plan("ni acteur ni date", &["action=a,b", "action=c"]),
        plan("colonnes vides", &["action=a; acteur=; temporalite=", "action=b"]),
        plan("rien de lié", &["action=a,b; acteur=c,d; temporalite=e,f"]),
        plan("rangées ambiguës", &["action=a,b; acteur=c,d; temporalite=g", "action=e; acteur=f"]),
        plan(
            "des dates manquent",
            &["action=a; temporalite=b", "action=c", "action=d; acteur=e", "acteur=f"],
        ),
        plan(
            "pour tous",
            &[
                "plan-action atelier: action=a,b; acteur=c,d",
                "plan-action atelier: action=e; acteur=f",
            ],
        ),
        plan(
            "pour tous, en vrac",
            &["plan-action atelier: action=a,b; acteur=c,d; temporalite=e,f"],
        ),
        plan(
            "deux thématiques",
            &["action=a; acteur=b", "diagnostic enseigner: irritant=c; point-fort=d"],
        ),
        plan("intitulé seul", &["intitule=z; action=a", "plan-action enseigner: intitule=y"]),
        plan(
            "fils",
            &[
                "projections egal-acces: irritant=a~d; besoin=b~e,c; axe=e,f",
                "diagnostic egal-acces: irritant=d",
            ],
        ),
        plan("fils de l’éditeur", &["projections egal-acces: besoin=b~e,c~f; axe=e,f"]),
        plan(
            "fils et reste",
            &["projections egal-acces: besoin=b~e,c; axe=e,f", "action=a,g~h; acteur=h,i"],
        ),
        plan("axes ailleurs", &["projections egal-acces: axe=a,b", "axe=c~a; action=d,e,g"]),
        plan("axe redit", &["projections egal-acces: axe=a,b", "axe=a2; action=d,e"]),
        plan(
            "axe de deux tableaux",
            &["projections egal-acces: besoin=a~c; axe=b~d", "action=c; acteur=d"],
        ),
    ]
}

#[test]
fn every_denial_is_true() {
    let cases = cases();
    let mut wrong = Vec::new();
    for (name, claims) in PREDICATES {
        let mut seen = 0;
        for case in &cases {
            for (place, said, truth) in claims(case) {
                seen += usize::from(said);
                if said != truth {
                    let which = if said { "said and false" } else { "true and not said" };
                    wrong.push(format!("{name}, {}: {place}: {which}", case.name));
                }
            }
        }
        assert!(seen > 0, "{name}: no page of the matrix says it");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
