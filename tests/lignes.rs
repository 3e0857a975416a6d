//! Lines that move: the document received again, corrected, and the transcription that follows it.

use std::collections::BTreeMap;

use retex::{
    diag::{Severity, render_court},
    source::Snapshot,
};

use crate::corrections::mended;
use crate::support::{Random, base, build, edit, published, set, text};

const FOLDER: &str = "content/syntheses/loire-atlantique-2020";
const SOURCE: &str = "content/syntheses/loire-atlantique-2020/source.txt";
const MOVED: &str = "les lignes de source.txt ont bougé";

/// The errors of a site, each in one line without its advice; the seal has its own, which no correction takes away.
fn said(snapshot: &Snapshot) -> Vec<String> {
    let diagnostics = build(snapshot).diagnostics;
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let first = |text: String| text.lines().next().unwrap_or_default().to_string();
    let told = errors.map(|d| first(render_court(d, snapshot)));
    let plain = told.map(|line| line.replace(['\u{a0}', '\u{202f}'], " "));
    let (seal, others): (Vec<_>, Vec<_>) =
        plain.partition(|line| line.contains("[empreinte-differente]"));
    assert!(seal.len() <= 1, "{seal:?}");
    others.into_iter().map(|line| line.replace(&format!("{FOLDER}/"), "")).collect()
}

/// The published synthesis with other lines in its document.
fn with(change: impl FnOnce(&mut Vec<String>)) -> Snapshot {
    let mut snapshot = published();
    let mut lines: Vec<String> = text(&snapshot, SOURCE).split('\n').map(String::from).collect();
    change(&mut lines);
    set(&mut snapshot, SOURCE, &lines.join("\n"));
    snapshot
}

/// So many claims have moved and `rest` is said besides; once they are corrected, `rest` alone is.
fn follows(snapshot: Snapshot, moved: usize, rest: &[&str]) {
    let before = said(&snapshot);
    let (shifted, others): (Vec<_>, Vec<_>) = before.iter().partition(|l| {
        // Rows that took each other's place are told one by one: the document did not move.
        l.contains(MOVED)
            || l.contains("cette rangée n’est pas à la ligne")
            || l.contains("cette rangée n’est pas aux lignes")
    });
    assert_eq!(
        (shifted.len(), others),
        (moved, rest.iter().map(|s| s.to_string()).collect::<Vec<_>>().iter().collect())
    );
    assert_eq!(said(&mended(snapshot)), rest);
}

#[test]
fn a_line_is_inserted_on_top() {
    let snapshot = with(|lines| lines.insert(0, String::new()));
    follows(snapshot.clone(), 38, &[]);
    let mended = mended(snapshot);
    let row = text(&mended, &format!("{FOLDER}/tableaux/enseigner-apprendre.toml"));
    assert!(row.contains("lignes = [109, 113]\n\n"), "{row}");
    assert_eq!(row.matches("lignes = [109, 113]").count(), 3, "the row and its blocs together");
    assert!(text(&mended, "content/glossaire.toml").contains("lignes = [4]"));
    assert!(text(&mended, &format!("{FOLDER}/synthese.toml")).contains("ligne = 112\n"));
}

#[test]
fn ten_lines_are_inserted_on_top() {
    let ten = std::iter::repeat_n(String::new(), 10);
    follows(with(|lines| drop(lines.splice(0..0, ten))), 38, &[]);
}

#[test]
fn an_empty_line_comes_or_goes() {
    follows(with(|lines| lines.insert(69, String::new())), 16, &[]);
    follows(with(|lines| drop(lines.remove(1))), 38, &[]);
    follows(with(|lines| drop(lines.remove(103))), 5, &[]);
}

/// Alone, it is told as a list of lines that is wrong.
#[test]
fn one_list_is_wrong() {
    let snapshot = with(|lines| lines.insert(111, String::new()));
    let told = "tableaux/enseigner-apprendre.toml:178:10: erreur[ligne-invalide]: la ligne 112 de la source est vide";
    assert_eq!(said(&snapshot), [told]);
    assert_eq!(said(&mended(snapshot)), Vec::<String>::new());
}

#[test]
fn a_cell_changes_and_two_lines_come() {
    let snapshot = with(|lines| {
        lines[66] = lines[66].replacen("Webradio", "Radio", 1);
        lines.insert(3, String::new());
        lines.insert(60, String::new());
    });
    follows(
        snapshot,
        37,
        &[
            "tableaux/enseigner-apprendre.toml:26:11: erreur[texte-altere]: ce texte n’est pas celui de la ligne 69 de la source",
        ],
    );
}

#[test]
fn two_rows_change_places() {
    follows(with(|lines| lines.swap(65, 66)), 2, &[]);
    follows(with(|lines| lines.swap(65, 67)), 2, &[]);
    follows(with(|lines| lines.swap(67, 70)), 2, &[]);
}

#[test]
fn a_line_is_there_twice() {
    follows(
        with(|lines| lines.insert(45, lines[44].clone())),
        26,
        &[
            "source.txt:46:1: erreur[texte-perdu]: ligne 46 de la source : « Vers un collectif apprenant, témoignage par un ERUN de l’équipe numérique … » n’est publié nulle part",
        ],
    );
    // The exclusion of the repeated heading stays, and the other is to be left out too.
    let rest = [
        "source.txt:71:1: erreur[texte-perdu]: ligne 71 de la source : aucun texte de la rangée « Thématique concernée (parmi les 5) · RETEX · Irritants · Points forts » n’est publié",
    ];
    follows(with(|lines| lines.insert(70, lines[69].clone())), 15, &rest);
}

#[test]
fn a_row_goes() {
    follows(
        with(|lines| drop(lines.remove(67))),
        16,
        &[
            "tableaux/travailler-ensemble.toml:14:10: erreur[texte-hors-source]: cette rangée n’est pas dans la source : aucun de ses textes n’y est",
        ],
    );
}

#[test]
fn an_excluded_line_goes() {
    follows(
        with(|lines| drop(lines.remove(69))),
        15,
        &[
            "synthese.toml:72:9: erreur[exclusion-sans-objet]: ce texte n’est pas à la ligne 70 de la source",
        ],
    );
}

/// A corrected version: a row and a bloc come, a bloc goes, words change in a cell, a heading, a title and the method.
#[test]
fn a_corrected_version() {
    let snapshot = with(|lines| {
        lines[4] = lines[4].replace("ateliers", "séances");
        lines[62] = "Diagnostic des points forts et des irritants".into();
        lines[64] = lines[64].replace("Irritants", "Les irritants");
        lines[66] = lines[66].replacen(" ▶ ", " ▶ Un bloc de plus ▶ ", 1);
        lines[65] = lines[65].replace("▶ Autonomie des élèves pour les utiliser.", "");
        lines[67] = lines[67].replace(
            "<p>Vers un collectif apprenant, témoignage par un ERUN",
            "<p>Témoignage par un ERUN",
        );
        lines.insert(68, "Une autre\tMention\tIrritant\tPoint".into());
        lines.insert(0, "Version corrigée".into());
    });
    let lost = |ligne, column, text| {
        format!(
            "source.txt:{ligne}:{column}: erreur[texte-perdu]: ligne {ligne} de la source : « {text} » n’est publié nulle part"
        )
    };
    let altered = |place, ligne| {
        format!(
            "{place}: erreur[texte-altere]: ce texte n’est pas celui de la ligne {ligne} de la source"
        )
    };
    let rest = [
        altered("methode.md:7:3", 6),
        lost(1, 1, "Version corrigée"),
        lost(68, 38, "Un bloc de plus"),
        "source.txt:70:1: erreur[texte-perdu]: ligne 70 de la source : aucun texte de la rangée « Une autre · Mention · Irritant · Point » n’est publié".into(),
        altered("synthese.toml:24:9", 64),
        altered("synthese.toml:30:13", 66),
        "tableaux/egal-acces.toml:64:11: erreur[texte-hors-source]: ce texte est publié plus de fois que la source ne le dit".into(),
        altered("tableaux/travailler-ensemble.toml:26:11", 69),
    ];
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    follows(snapshot, 38, &rest);
}

/// Whatever comes and goes between the lines, the texts are followed; whatever changes, no correction adds an error.
#[test]
fn any_edits_are_followed() {
    for seed in 1..=12 {
        let mut random = Random::new(seed);
        let snapshot = with(|lines| {
            for _ in 0..1 + random.below(6) {
                let empty: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].is_empty()).collect();
                match random.below(2) {
                    0 => lines.insert(random.below(lines.len()), String::new()),
                    _ => drop(lines.remove(*random.pick(&empty))),
                }
            }
        });
        assert_eq!(said(&mended(snapshot)), Vec::<String>::new(), "seed {seed}");
    }
    for seed in 1..=12 {
        let mut random = Random::new(seed);
        let snapshot = with(|lines| {
            for _ in 0..1 + random.below(6) {
                let (at, other) = (random.below(lines.len()), random.below(lines.len()));
                match random.below(4) {
                    0 => lines.insert(at, lines[other].clone()),
                    1 => drop(lines.remove(at)),
                    2 => lines.swap(at, other),
                    _ => lines[at] = lines[at].replacen("es", "", 1),
                }
            }
        });
        let (before, after) = (said(&snapshot), said(&mended(snapshot)));
        let moved = before.iter().filter(|line| line.contains(MOVED)).count();
        assert!(after.len() <= before.len(), "seed {seed}: {before:#?}\n{after:#?}");
        assert!(after.len() + moved <= before.len() + 1, "seed {seed}: {before:#?}\n{after:#?}");
    }
}

/// A row whose cells moved is not told cell by cell, and a bloc that names the wrong line of its row is led to the right one.
#[test]
fn a_bloc_names_the_wrong_line_of_its_row() {
    let mut snapshot = published();
    let path = format!("{FOLDER}/tableaux/enseigner-apprendre.toml");
    let row = text(&snapshot, &path).to_string();
    let bloc = row.split("\n\n").find(|b| b.starts_with("[[plan-action.") && !b.contains("lignes"));
    let bloc = bloc.unwrap();
    edit(&mut snapshot, &path, bloc, &bloc.replace("textes = ", "lignes = [112]\ntextes = "));
    let errors = crate::support::errors(&build(&snapshot), &snapshot);
    assert_eq!(errors.len(), 1, "{errors:?}");
    let right = mended(snapshot);
    assert!(text(&right, &path).contains("lignes = [108]\n"));
    assert_eq!(crate::support::errors(&build(&right), &right), Vec::<String>::new());
}

/// The small site, whose thématiques have two rows each, of which the blocs name their lines.
fn two_rows_each(change: impl FnOnce(&mut Vec<String>)) -> Snapshot {
    let rows = [
        (
            "egal-acces",
            "RETEX 1 Un égal accès",
            3,
            ["Egal accès", "Prêt de tablettes", "Le temps manque", "Un prêt"],
        ),
        ("egal-acces", "", 3, ["", "Sans fiche", "Le temps manque", "Des familles"]),
        (
            "enseigner-apprendre",
            "RETEX 2 Enseigner",
            9,
            ["Enseigner", "Radio", "Le premier jour", "Bien"],
        ),
        ("enseigner-apprendre", "", 9, ["", "Journal", "Le papier", "Lu par tous"]),
    ];
    let mut snapshot = base();
    let essai = "content/syntheses/essai-2021";
    let source = text(&snapshot, &format!("{essai}/source.txt"));
    let mut lines: Vec<String> = source.lines().take(13).map(String::from).collect();
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for (n, (file, titre, place, cells)) in rows.into_iter().enumerate() {
        let line = 14 + n;
        let file = files.entry(file).or_insert_with(|| {
            format!("[retex]\ntitre = \"{titre}\"\nlignes = [{place}]\n\n[diagnostic]\nlignes = [{line}, {}]\n", line + 1)
        });
        let keys = ["intitule", "mention", "irritant", "point_fort"];
        for (key, cell) in keys.into_iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            let id = key.replace('_', "-");
            let letter = char::from(b'a' + u8::try_from(n).unwrap());
            file.push_str(&format!("\n[[diagnostic.{key}]]\nid = \"{id}-{letter}\"\nlignes = [{line}]\ntextes = [\"{cell}\"]\n"));
        }
        lines.push(
            cells
                .map(|cell| if cell.is_empty() { String::new() } else { format!("▶ {cell}") })
                .join("\t"),
        );
    }
    for (file, words) in files {
        set(&mut snapshot, &format!("{essai}/tableaux/{file}.toml"), &words);
    }
    let synthese = text(&snapshot, &format!("{essai}/synthese.toml")).to_string();
    let unsealed = synthese.lines().filter(|line| !line.starts_with("sha256"));
    let unsealed = unsealed.collect::<Vec<_>>().join("\n");
    set(&mut snapshot, &format!("{essai}/synthese.toml"), &unsealed);
    let edge = "egal-acces/mention-";
    edit(
        &mut snapshot,
        &format!("{essai}/retex/tablettes.md"),
        &format!("{edge}tablettes"),
        &format!("{edge}a"),
    );
    change(&mut lines);
    set(&mut snapshot, &format!("{essai}/source.txt"), &lines.join("\n"));
    snapshot
}

#[test]
fn rows_of_two_lines_are_followed() {
    follows(two_rows_each(|_| ()), 0, &[]);
    follows(two_rows_each(|lines| lines.insert(0, String::new())), 8, &[]);
    // A row between two of a thématique is what is left to say.
    let rest = [
        "content/syntheses/essai-2021/source.txt:15:1: erreur[texte-perdu]: ligne 15 de la source : aucun texte de la rangée « Un · Deux · Trois » n’est publié",
    ];
    follows(two_rows_each(|lines| lines.insert(14, "\t▶ Un\t▶ Deux\t▶ Trois".into())), 2, &rest);
    // The two rows of a thématique change places: each bloc is led to its line.
    let swapped = two_rows_each(|lines| lines.swap(15, 16));
    assert_eq!(said(&mended(swapped)), Vec::<String>::new());
    // A text that two rows repeat follows its own.
    let swapped = mended(two_rows_each(|lines| lines.swap(13, 14)));
    let file = text(&swapped, "content/syntheses/essai-2021/tableaux/egal-acces.toml");
    assert!(file.contains("id = \"irritant-a\"\nlignes = [15]"), "{file}");
    assert!(file.contains("id = \"irritant-b\"\nlignes = [14]"), "{file}");
    assert_eq!(said(&swapped), Vec::<String>::new());
}

/// The first check of a document that has just been laid there.
#[test]
fn nothing_is_transcribed() {
    let mut snapshot = published();
    let own = |path: &str| path.starts_with(FOLDER) && path != SOURCE;
    snapshot.files.retain(|path, _| !own(path.as_str()));
    let words = "titre = \"Atelier\"\nterritoire = \"Loire-Atlantique\"\nannee = 2020\n";
    set(&mut snapshot, &format!("{FOLDER}/synthese.toml"), words);
    let diagnostics = build(&snapshot).diagnostics;
    let lost: Vec<_> = diagnostics.iter().filter(|d| d.code.slug() == "texte-perdu").collect();
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert!(lost[0].message.contains("63"), "{}", lost[0].message);
}
