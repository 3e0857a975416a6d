//! From a document received to a synthèse that is accepted: the example of the guide, and the skeleton that the program
//! writes.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use retex::{
    diag::{Code, Severity},
    scaffold::{self, SyntheseDemandee},
    source::{Date, Slug, Snapshot},
};

use crate::support::{
    Build, assert_clean, build, edit, errors, files_below, published, root, set, text,
};

const FOLDER: &str = "content/syntheses/nantes-2026";

/// A new site, in memory.
fn new_site() -> Snapshot {
    let files = scaffold::site(Date { year: 2026, month: 5, day: 6 }).unwrap();
    let mut snapshot = Snapshot::of_texts([]);
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("content/")) {
        set(&mut snapshot, path, text);
    }
    snapshot
}

/// The files of the guide: each block of text whose label is a path.
fn files_of_the_guide() -> BTreeMap<String, String> {
    let guide = fs::read_to_string(root().join("TRANSCRIRE.md")).unwrap();
    let mut found = BTreeMap::new();
    for labelled in guide.split("\n`content/").skip(1) {
        let label = labelled.split_once("` :\n\n```").filter(|(path, _)| !path.contains('\n'));
        let Some((path, rest)) = label else { continue };
        let (_, rest) = rest.split_once('\n').unwrap();
        let (text, _) = rest.split_once("```\n").unwrap();
        assert!(found.insert(format!("content/{path}"), text.to_string()).is_none(), "{path}");
    }
    found
}

#[test]
fn the_example_of_the_guide_is_whole() {
    let files = files_of_the_guide();
    assert_eq!(files.len(), 4, "{:?}", files.keys());
    assert!((10..=14).contains(&files[&format!("{FOLDER}/source.txt")].lines().count()));
    let mut snapshot = new_site();
    for (path, text) in &files {
        set(&mut snapshot, path, text);
    }
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let about = |d: &&retex::diag::Diagnostic| format!("{:?}", d.place).contains(FOLDER);
    let said: Vec<_> = built.diagnostics.iter().filter(about).collect();
    assert!(said.iter().all(|d| d.severity == Severity::Note), "{said:?}");
    let site = built.site.as_ref().unwrap();
    let atelier = site.ateliers.iter().find(|a| a.synthese.id.as_str() == "nantes-2026").unwrap();
    assert_eq!(atelier.fidelite.as_ref().unwrap().pour_mille(), 1000);
    // Two rangées, and a column that no other document has.
    let last = atelier.blocs.iter().map(|place| place.rangee()).max();
    assert_eq!(last, Some(2));
    assert!(atelier.blocs.iter().any(|place| place.bloc.cle.value == "cout"));
}

/// The message that the guide shows is the one that its fault brings.
#[test]
fn the_message_of_the_guide_is_said() {
    let mut snapshot = new_site();
    for (path, text) in &files_of_the_guide() {
        set(&mut snapshot, path, text);
    }
    let fiche = format!("{FOLDER}/retex/webradio-au-college.md");
    edit(&mut snapshot, &fiche, "prépare", "préparent");
    let built = build(&snapshot);
    let altered = built.diagnostics.iter().find(|d| d.code == Code::TexteAltere).unwrap();
    let said = retex::diag::render_humain(altered, &snapshot, false);
    let guide = fs::read_to_string(root().join("TRANSCRIRE.md")).unwrap();
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
    let shown = guide.split("```text\n").find(|block| block.starts_with("erreur[")).unwrap();
    for line in shown.split("```").next().unwrap().lines() {
        assert!(plain(&said).contains(&plain(line)), "« {line} » is not in\n{said}");
    }
    assert_eq!(errors(&built, &snapshot).len(), 1);
}

/// A skeleton as it is asked for, without names for its tables.
fn wanted(snapshot: &Snapshot, document: &str) -> SyntheseDemandee {
    let site = build(snapshot).site.unwrap();
    SyntheseDemandee {
        id: Slug::new("nouvelle-2026").unwrap(),
        titre: "Atelier \"neuf\"".into(),
        territoire: "Nantes".into(),
        annee: 2026,
        tableaux: Vec::new(),
        document: Some(document.into()),
        reconnait: true,
        demarche: None,
        thematiques: site.thematiques.into_iter().map(|t| (t.id, t.titre)).collect(),
    }
}

/// A site with these files.
fn with(mut snapshot: Snapshot, files: &[scaffold::Fichier]) -> (Build, Snapshot) {
    for (path, text) in files {
        set(&mut snapshot, path, text);
    }
    (build(&snapshot), snapshot)
}

/// Of a document whose transcription is known, the program proposes what its editor declared.
#[test]
fn the_tables_of_the_published_document_are_found() {
    let snapshot = published();
    let folder = "content/syntheses/loire-atlantique-2020";
    let document = text(&snapshot, &format!("{folder}/source.txt")).to_string();
    let ours = text(&snapshot, &format!("{folder}/synthese.toml")).parse::<toml::Table>().unwrap();
    let files = scaffold::synthese(&wanted(&snapshot, &document)).unwrap();
    let proposed = files[0].1.parse::<toml::Table>().unwrap();
    for key in ["tableaux", "sha256"] {
        assert_eq!(proposed[key], ours[key], "{key}");
    }
    let lines = |table: &toml::Table| -> Vec<(i64, String)> {
        let all = table["exclusions"].as_array().unwrap().iter();
        let one = |e: &toml::Value| (e["ligne"].as_integer().unwrap(), e["texte"].to_string());
        all.map(one).collect()
    };
    let own = lines(&ours);
    let headings = lines(&proposed);
    assert!(headings.len() == 3 && headings.iter().all(|e| own.contains(e)), "{headings:?}");
    // Nothing is an error: what is not transcribed yet is said, line by line.
    let (built, snapshot) = with(snapshot, &files);
    let said = errors(&built, &snapshot);
    assert!(said.iter().all(|line| !line.contains("nouvelle-2026")), "{said:?}");
    let lost = built.diagnostics.iter().filter(|d| d.code == Code::TextePerdu);
    assert!(lost.count() > 30);
}

/// Whatever the form of a document, its tables are found; those that have no column of subjects go apart.
#[test]
fn the_tables_of_other_documents_are_found() {
    let usual = ["diagnostic", "projections", "plan-action"].as_slice();
    for (file, forme, expected, apart) in [
        ("source.md", "markdown", usual, false),
        ("source-tabulations.txt", "tabulations", usual, false),
        ("climat/source.md", "markdown", &["constats-et-propositions", "risques"], true),
    ] {
        let document = fs::read_to_string(root().join("tests/territoire").join(file)).unwrap();
        let files = scaffold::synthese(&wanted(&new_site(), &document)).unwrap();
        let table = files[0].1.parse::<toml::Table>().unwrap();
        assert_eq!(table["source"]["forme"].as_str(), Some(forme), "{file}");
        let tables = table["tableaux"].as_array().unwrap();
        let ids: Vec<&str> = tables.iter().map(|t| t["id"].as_str().unwrap()).collect();
        assert_eq!(ids, expected, "{file}");
        let atelier = files.iter().find(|(path, _)| path.ends_with("/atelier.toml"));
        assert_eq!(atelier.is_some(), apart, "{file}");
        assert!(atelier.is_none_or(|(_, text)| text.contains("# [[risques.mesures]]")));
        // Titles and headings are where they were found: nothing is altered, nothing is elsewhere.
        let (built, snapshot) = with(new_site(), &files);
        assert_clean(&built, &snapshot);
        let site = built.site.unwrap();
        let own = site.ateliers.iter().find(|a| a.synthese.id.as_str() == "nouvelle-2026");
        let fidelite = own.unwrap().fidelite.as_ref().unwrap();
        assert!(fidelite.publies > 50 && fidelite.alteres == 0, "{file}: {fidelite:?}");
    }
}

/// The models of a file of tables, without their explanations.
fn uncommented(text: &str) -> String {
    let keys = ["[", "id = ", "lignes = ", "rangee = ", "textes = "];
    // Before the first table, the heading of the fiches names lines of another document.
    let tables = text.split("# --------------------").skip(1).flat_map(str::lines);
    let models = tables.filter_map(|line| line.strip_prefix("# "));
    models.filter(|l| keys.iter().any(|k| l.starts_with(k))).map(|l| format!("{l}\n")).collect()
}

/// Models are accepted as they are once their « # » is gone.
#[test]
fn the_models_of_a_skeleton_are_accepted() {
    for document in ["Rien.\n", &files_of_the_guide()[&format!("{FOLDER}/source.txt")]] {
        let mut demande = wanted(&new_site(), document);
        let mut files = scaffold::synthese(&demande).unwrap();
        let (built, snapshot) = with(new_site(), &files);
        assert_clean(&built, &snapshot);
        if demande.document.as_deref() == Some("Rien.\n") {
            // Its tables are still to be declared.
            demande.document = None;
            demande.tableaux = ["diagnostic", "projections", "plan-action", "feuille-de-route"]
                .map(|id| Slug::new(id).unwrap())
                .to_vec();
            files = scaffold::synthese(&demande).unwrap();
        }
        let place = files.iter().position(|(path, _)| path.ends_with("/egal-acces.toml")).unwrap();
        files[place].1 = uncommented(&files[place].1);
        let (built, snapshot) = with(new_site(), &files);
        let said = errors(&built, &snapshot);
        assert!(said.is_empty(), "{}\n{said:?}", files[place].1);
        let site = built.site.unwrap();
        let atelier = site.ateliers.iter().find(|a| a.synthese.id.as_str() == "nouvelle-2026");
        assert!(atelier.unwrap().blocs.len() >= 9, "{}", files[place].1);
    }
}

fn retex(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
    let output = command.args(args).current_dir(folder).env("NO_COLOR", "1").output().unwrap();
    let said = [&output.stdout, &output.stderr].map(|s| String::from_utf8_lossy(s).into_owned());
    (output.status.code(), said.concat().replace(['\u{a0}', '\u{202f}'], " "))
}

/// The command of the guide, on the document of the guide.
#[test]
fn a_skeleton_is_written_and_checked() {
    let place = tempfile::tempdir().unwrap();
    assert_eq!(retex(place.path(), &["init", "site"]).0, Some(0));
    let site = place.path().join("site");
    assert!(site.join("TRANSCRIRE.md").is_file());
    let document = &files_of_the_guide()[&format!("{FOLDER}/source.txt")];
    fs::write(site.join("atelier.txt"), document).unwrap();
    let guide = fs::read_to_string(root().join("TRANSCRIRE.md")).unwrap();
    let line = guide.lines().find(|line| line.starts_with("retex new synthese")).unwrap();
    let words = line.split('"').enumerate().flat_map(|(n, part)| match n % 2 {
        0 => part.split_whitespace().collect::<Vec<_>>(),
        _ => vec![part],
    });
    let args: Vec<&str> = words.skip(1).collect();
    let (code, said) = retex(&site, &args);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("TRANSCRIRE.md"), "{said}");
    let folder = site.join(FOLDER);
    assert_eq!(fs::read_to_string(folder.join("source.txt")).unwrap(), *document);
    assert_eq!(files_below(&folder.join("tableaux")).len(), 5);
    assert!(folder.join("retex").is_dir());
    let (code, said) = retex(&site, &["check"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("avertissement[texte-perdu]") && !said.contains("erreur["), "{said}");
    let before = files_below(&site);
    let (code, said) = retex(&site, &args);
    assert!(code == Some(2) && said.contains("« nantes-2026-2 »"), "{said}");
    // Nothing is written of what cannot be read.
    fs::write(site.join("ansi.txt"), b"\xc9cole\n").unwrap();
    fs::write(site.join("lourd.txt"), "a".repeat((1 << 20) + 1)).unwrap();
    let asked = |more: &[&'static str]| {
        let id =
            ["new", "synthese", "autre", "--titre", "a", "--territoire", "b", "--annee", "2026"];
        retex(&site, &[&id, more].concat())
    };
    for (more, wanted) in [
        (["--document", "absent.txt"], "n’est pas un fichier qui existe"),
        (["--document", "ansi.txt"], "l’encodage UTF-8"),
        (["--document", "lourd.txt"], "dépasse 1 Mio"),
        (["--tableaux", "Plan d’action"], "« plan-d-action »"),
    ] {
        let (code, said) = asked(&more);
        assert!(code == Some(2) && said.contains(wanted), "{more:?}: {said}");
    }
    fs::remove_file(site.join("ansi.txt")).unwrap();
    fs::remove_file(site.join("lourd.txt")).unwrap();
    assert_eq!(files_below(&site), before);
    // Without a document, tables are declared with their usual columns.
    let (code, said) = asked(&["--tableaux", "diagnostic,plan-action"]);
    assert_eq!(code, Some(0), "{said}");
    let text = fs::read_to_string(site.join("content/syntheses/autre/synthese.toml")).unwrap();
    let table = text.parse::<toml::Table>().unwrap();
    assert_eq!(table["tableaux"].as_array().unwrap().len(), 2);
    assert_eq!(retex(&site, &["check"]).0, Some(0));
}

/// What looks like tables and cannot be declared as such stops nothing.
#[test]
fn a_document_of_any_kind_has_a_skeleton() {
    let tab = "Titre\nUn\tDeux\na\tb\n";
    for document in [
        "",
        "Rien.\n",
        tab,
        "Titre\rUn\tDeux\ra\tb\r",
        "# Titre\n\n| Irritants | Besoins |\n|---|---|\n| • a • b | c |\n",
        "Titre\nlignes\tretex\tlignes\na\tb\tc\n",
        "« ▶ »\n▶\t<p>\n",
        "\u{feff}Titre\nUn\u{200b}\tDeux\na\tb\n",
        &format!("{}\n{}\t{}\na\tb\n", "T".repeat(400), "é".repeat(6000), "x".repeat(300)),
    ] {
        let place = tempfile::tempdir().unwrap();
        assert_eq!(retex(place.path(), &["init", "."]).0, Some(0));
        fs::write(place.path().join("d.txt"), document).unwrap();
        let args = [
            "new",
            "synthese",
            "s",
            "--titre",
            "a",
            "--territoire",
            "b",
            "--annee",
            "2026",
            "--document",
            "d.txt",
        ];
        let (code, said) = retex(place.path(), &args);
        assert_eq!(code, Some(0), "{document:?}: {said}");
        let (code, said) = retex(place.path(), &["check"]);
        assert_eq!(code, Some(0), "{document:?}: {said}");
        let written = fs::read_to_string(place.path().join("content/syntheses/s/synthese.toml"));
        let has_table = written.unwrap().contains("\n[[tableaux]]");
        assert!(has_table || document != tab);
    }
}
