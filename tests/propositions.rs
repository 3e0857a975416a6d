//! `check FICHIER…` and `check --depuis`: a change's own messages in full, those of the rest of the site in one line.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::support::{copy, root};

const RETEX: &str = "content/syntheses/loire-atlantique-2020/retex";
const FORMATS: [&str; 7] = ["humain", "court", "json", "github", "gitlab", "sarif", "commentaire"];
/// Some rules say nothing while a file is doubtful: the count is then another.
const REST: &str = "messages sur le reste du site";
const UNCHANGED: &str = "13 messages sur le reste du site, que cette proposition ne change pas";

const PERFECT: &str = "+++
titre = \"Une radio tenue par les élèves\"
thematique = \"enseigner-apprendre\"
niveaux = [\"college\"]
date = 2021-05-12
auteurs = [\"Équipe du collège\"]

[[liens]]
url = \"https://exemple.org/radio\"
titre = \"La radio du collège\"
type = \"article\"
+++
Les élèves ont préparé, enregistré puis diffusé une émission par mois. Chacun a tenu tous les rôles.
";

/// The shipped content in a history of one revision, `main`.
fn project() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("content"), &place.path().join("content"));
    git(place.path(), &["init", "--quiet", "--initial-branch", "main"]);
    commit(place.path());
    place
}

fn git(folder: &Path, args: &[&str]) -> Output {
    let who = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.org"];
    let output = Command::new("git").args(who).args(args).current_dir(folder).output();
    let output = output.expect("git is missing: install git");
    assert!(output.status.success(), "{args:?}: {}", words(&output));
    output
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "étape"]);
}

fn retex(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
    command.args(args).current_dir(folder).env("NO_COLOR", "1").output().unwrap()
}

fn plain(said: &[u8]) -> String {
    String::from_utf8_lossy(said).replace(['\u{a0}', '\u{202f}'], " ")
}

fn words(output: &Output) -> String {
    plain(&output.stdout) + &plain(&output.stderr)
}

/// Runs `check`, asks for an exit code, gives its words.
fn check(folder: &Path, args: &[&str], code: i32) -> String {
    let output = retex(folder, &[&["check"], args].concat());
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", words(&output));
    words(&output)
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = format!("{RETEX}/{name}");
    fs::write(folder.join(&path), text).unwrap();
    path
}

/// Number of messages of the document that a format writes, the line about the rest aside.
fn messages(format: &str, document: &str) -> usize {
    let parsed = || serde_json::from_str::<Value>(document).unwrap();
    let starts = |begin: &str| document.lines().filter(|line| line.starts_with(begin)).count();
    match format {
        "humain" => ["erreur[", "avertissement[", "remarque["].map(starts).iter().sum(),
        "court" => starts("content/"),
        "json" => parsed()["messages"].as_array().unwrap().len(),
        "github" => document.lines().filter(|line| line.contains(" file=")).count(),
        "gitlab" => parsed().as_array().unwrap().len(),
        "sarif" => parsed()["runs"][0]["results"].as_array().unwrap().len(),
        _ => starts("- "),
    }
}

#[test]
fn a_perfect_fiche_says_one_line() {
    let place = project();
    let path = write(place.path(), "parfaite.md", PERFECT);
    assert_eq!(
        check(place.path(), &["--depuis", "main"], 0),
        format!("Rien à signaler. {UNCHANGED}.\n")
    );
    assert_eq!(check(place.path(), &[&path], 0), format!("Rien à signaler. 13 {REST}.\n"));
    commit(place.path());
    for format in FORMATS {
        let output = retex(place.path(), &["check", "--depuis", "HEAD^", "--format", format]);
        let document = plain(&output.stdout);
        assert_eq!(messages(format, &document), 0, "{format}: {document}");
        let told = words(&output).matches(UNCHANGED).count();
        // The documents for machines have it too, where their form has a place; the standard error always.
        let expected = if ["humain", "court", "gitlab"].contains(&format) { 1 } else { 2 };
        assert_eq!(told, expected, "{format}: {}", words(&output));
    }
    let clean = check(place.path(), &["--depuis", "HEAD"], 0);
    assert!(clean.starts_with("Rien à signaler : aucun fichier du site n’a changé. 13"), "{clean}");
}

#[test]
fn a_broken_fiche_says_its_own_messages() {
    let place = project();
    let wrong = PERFECT.replace("enseigner-apprendre", "apprendre").replace("Chacun", "[x](y.md)");
    let path = write(place.path(), "cassée.md", &wrong);
    let alone = check(place.path(), &["--format", "court"], 1);
    let alone = alone.lines().filter(|line| line.starts_with(&path)).count();
    assert!(alone >= 2, "{alone}");
    for format in FORMATS {
        for args in [&["--depuis", "main"][..], &[&path]] {
            let args = [&["check", "--format", format], args].concat();
            let output = retex(place.path(), &args);
            let document = plain(&output.stdout);
            assert_eq!(output.status.code(), Some(1), "{document}");
            assert_eq!(messages(format, &document), alone, "{format}: {document}");
            assert!(!document.contains("renseignements manquent"), "{format}: {document}");
            let counted = format == "gitlab" || document.contains(REST) || format == "json";
            assert!(counted, "{format}: {document}");
        }
    }
    let json = retex(place.path(), &["check", "--format", "json", "--depuis", "main"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["ailleurs"]["avertissements"], 4);
    assert_eq!(json["ailleurs"]["erreurs"], 0);
    assert_eq!(json["bilan"]["erreurs"], alone);
}

/// A fiche that goes, or takes another name, breaks what led to it: those messages are the change's.
#[test]
fn a_change_answers_for_what_it_breaks_elsewhere() {
    let place = project();
    write(place.path(), "une.md", PERFECT);
    write(place.path(), "deux.md", &PERFECT.replace("Chacun", "Voir [une](une.md) : chacun"));
    commit(place.path());
    let old = place.path().join(RETEX).join("une.md");
    let told = |args: &[&str]| {
        let said = check(place.path(), &[args, &["--format", "court"]].concat(), 1);
        assert!(said.contains("deux.md:"), "{said}");
        assert!(said.contains(REST) && !said.contains("site.toml"), "{said}");
    };
    fs::rename(&old, place.path().join(RETEX).join("Été à l’école.md")).unwrap();
    told(&["--depuis", "HEAD"]);
    git(place.path(), &["add", "--all"]);
    told(&["--depuis", "HEAD"]);
    fs::remove_file(place.path().join(RETEX).join("Été à l’école.md")).unwrap();
    told(&["--depuis", "HEAD"]);
    // Once it is there, the error is no longer the next change's: it is counted, and holds nobody back but the site.
    commit(place.path());
    write(place.path(), "trois.md", &PERFECT.replace("une radio", "un journal"));
    let said = check(place.path(), &["--depuis", "HEAD"], 0);
    let rest = "messages sur le reste du site, que cette proposition ne change pas ; l’un est une \
                erreur, et le site ne pourra pas être publié tant qu’elle y est";
    assert!(said.contains(rest), "{said}");
    let comment = check(place.path(), &["--depuis", "HEAD", "--format", "commentaire"], 0);
    assert!(comment.contains(rest) && comment.contains("Rien n’y est à corriger"), "{comment}");
    assert_eq!(retex(place.path(), &["check"]).status.code(), Some(1));
}

/// What changes is judged from where the proposal left the branch, whatever the branch became.
#[test]
fn a_branch_that_went_on_is_not_the_proposal() {
    let place = project();
    git(place.path(), &["checkout", "--quiet", "-b", "fiche/radio"]);
    write(place.path(), "parfaite.md", PERFECT);
    commit(place.path());
    git(place.path(), &["checkout", "--quiet", "main"]);
    write(place.path(), "autre.md", &PERFECT.replace("enseigner-apprendre", "rien"));
    commit(place.path());
    git(place.path(), &["checkout", "--quiet", "fiche/radio"]);
    let said = check(place.path(), &["--depuis", "main"], 0);
    assert_eq!(said, format!("Rien à signaler. {UNCHANGED}.\n"));
    git(place.path(), &["checkout", "--quiet", "main"]);
    check(place.path(), &["--depuis", "fiche/radio"], 1);
}

/// A site in a folder of a project, whose attributes change the ends of lines.
#[test]
fn a_site_may_be_below_its_project() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("à côté/site");
    copy(&root().join("content"), &folder.join("content"));
    fs::write(place.path().join(".gitattributes"), "*.toml text eol=crlf\n").unwrap();
    git(place.path(), &["init", "--quiet"]);
    fs::write(place.path().join("lisez-moi"), "avant le site").unwrap();
    git(place.path(), &["add", "lisez-moi"]);
    git(place.path(), &["commit", "--quiet", "--message", "avant"]);
    commit(place.path());
    fs::remove_dir_all(&folder).unwrap();
    git(place.path(), &["checkout", "--quiet", "--", "."]);
    let settings = fs::read_to_string(folder.join("content/site.toml")).unwrap();
    assert!(settings.contains("\r\n"));
    let unchanged = || {
        let said = check(&folder, &["--depuis", "HEAD"], 0);
        assert!(said.contains("aucun fichier du site n’a changé"), "{said}");
    };
    unchanged();
    // As an editor writes it again: git would keep the same.
    fs::write(folder.join("content/site.toml"), settings.replace("\r\n", "\n")).unwrap();
    unchanged();
    // The site begins there: everything is the change's.
    let said = check(&folder, &["--depuis", "HEAD^"], 0);
    assert!(said.ends_with("4 avertissements et 9 remarques.\n"), "{said}");
}

#[test]
fn files_are_named_as_one_types_them() {
    let place = project();
    let wrong = PERFECT.replace("enseigner-apprendre", "apprendre");
    let path = write(place.path(), "cassée.md", &wrong);
    let whole = place.path().join(&path).display().to_string();
    let folder = format!("{RETEX}/");
    for name in [&path, &format!("./{path}"), &whole, &folder, &format!("content/../{path}")] {
        let said = check(place.path(), &["--format", "court", name], 1);
        assert!(said.starts_with(&path) && said.contains(REST), "{name}: {said}");
    }
    check(place.path(), &["."], 1);
    let said = check(place.path(), &["content/site.toml", "content/pages"], 0);
    let rest = "sur le reste du site ; 2 sont des erreurs, et le site ne pourra pas";
    assert!(said.contains("mention-a-completer") && said.contains(rest), "{said}");
    fs::write(place.path().join("LISEZMOI"), "").unwrap();
    fs::write(place.path().join("content/.cache"), "").unwrap();
    fs::create_dir(place.path().join("content/vide")).unwrap();
    for (name, wanted) in [
        ("content/sit.toml", "n’existe pas.\nVouliez-vous dire « content/site.toml » ?"),
        (
            "cassée.md",
            "Vouliez-vous dire « content/syntheses/loire-atlantique-2020/retex/cassée.md »",
        ),
        ("rien", "« rien » n’existe pas.\n"),
        ("/", "n’est pas dans ce site"),
        ("..", "n’est pas dans ce site"),
        ("LISEZMOI", "n’est pas un fichier du site"),
        ("content/.cache", "n’est pas un fichier du site"),
        ("content/vide", "ne contient aucun fichier du site"),
    ] {
        let said = check(place.path(), &[name], 2);
        assert!(said.contains(wanted), "{name}: {said}");
    }
}

/// Nothing is mended outside of what is asked for.
#[test]
fn corrections_stay_in_the_files() {
    let place = project();
    let wrong = PERFECT.replace("2021-05-12", "12/05/2021");
    let (mine, other) = (write(place.path(), "a.md", &wrong), write(place.path(), "b.md", &wrong));
    check(place.path(), &["--corriger", "--oui", &mine], 0);
    assert_eq!(fs::read_to_string(place.path().join(mine)).unwrap(), PERFECT);
    assert_eq!(fs::read_to_string(place.path().join(other)).unwrap(), wrong);
}

fn clone(from: &Path, args: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let address = format!("file://{}", from.display());
    git(place.path(), &[&["clone", "--quiet"], args, &[&address, "copie"]].concat());
    let folder = place.path().join("copie");
    (place, folder)
}

#[test]
fn what_git_cannot_give_is_said() {
    let project = project();
    git(project.path(), &["checkout", "--quiet", "-b", "fiche"]);
    write(project.path(), "parfaite.md", PERFECT);
    commit(project.path());
    git(project.path(), &["checkout", "--quiet", "--orphan", "ailleurs"]);
    commit(project.path());
    git(project.path(), &["checkout", "--quiet", "fiche"]);
    let said = check(project.path(), &["--depuis", "ailleurs"], 2);
    assert!(said.contains("aucune révision en commun"), "{said}");
    for rev in ["inconnue", "HEAD:content", "--depuis=-x", "", "main..fiche", "\u{1b}[31m"] {
        let args = if rev.starts_with('-') { vec![rev] } else { vec!["--depuis", rev] };
        let said = check(project.path(), &args, 2);
        assert!(said.contains("git ne connaît pas de révision"), "{rev}: {said}");
        assert!(said.contains("Donnez une branche") && !said.contains('\u{1b}'), "{rev}: {said}");
    }

    let (_place, copy) = clone(project.path(), &[]);
    let said = check(&copy, &["--depuis", "main"], 2);
    assert!(said.contains("Vouliez-vous dire « origin/main » ?"), "{said}");
    check(&copy, &["--depuis", "origin/main"], 0);

    let (_place, copy) = clone(project.path(), &["--depth", "1", "--no-single-branch"]);
    let said = check(&copy, &["--depuis", "origin/main"], 2);
    assert!(said.contains("ne trouve pas d’où") && said.contains("--unshallow"), "{said}");
    let said = check(&copy, &["--depuis", "HEAD^"], 2);
    assert!(said.contains("ne connaît pas") && said.contains("fetch-depth: 0"), "{said}");

    let bare = tempfile::tempdir().unwrap();
    copy_site(bare.path());
    let said = check(bare.path(), &["--depuis", "main"], 2);
    assert!(said.contains("historique git, et ce dossier n’en a pas"), "{said}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
    command.args(["check", "--depuis", "main"]).current_dir(project.path()).env("PATH", "");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("demande le programme git"), "{}", words(&output));
}

fn copy_site(folder: &Path) {
    copy(&root().join("content"), &folder.join("content"));
}

/// Nothing is left in the project, not even in its history.
#[test]
fn the_project_is_not_touched() {
    let place = project();
    write(place.path(), "parfaite.md", PERFECT);
    let state = || {
        let files = crate::support::files_below(place.path());
        let read = |file: PathBuf| (fs::read(place.path().join(&file)).unwrap(), file);
        files.into_iter().map(read).collect::<Vec<_>>()
    };
    let before = state();
    assert!(before.iter().any(|(_, file)| file.starts_with(".git")));
    check(place.path(), &["--depuis", "main"], 0);
    assert!(state() == before);
}
