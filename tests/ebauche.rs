//! What the program writes for editors: it is accepted as it is, and does nothing that was not asked.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::Arc,
};

use retex::{
    model::{Fiche, Niveau},
    scaffold::{self, Demande},
    source::{Date, Slug, Snapshot, SourceFile},
};
use serde_yaml_ng::Value;

use crate::support::{Random, base, build, copy, errors, expect_file, files_below, root};

const JOUR: Date = Date { year: 2024, month: 5, day: 6 };
const RETEX: &str = "content/syntheses/essai-2021/retex";

fn retex(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
    command.args(args).current_dir(folder).env("NO_COLOR", "1").stdin(Stdio::null());
    command.output().unwrap()
}

fn words(output: &Output) -> String {
    let said = [&output.stdout, &output.stderr].map(|s| String::from_utf8_lossy(s).into_owned());
    said.concat().replace(['\u{a0}', '\u{202f}'], " ")
}

fn succeeds(folder: &Path, args: &[&str]) -> String {
    let output = retex(folder, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", words(&output));
    words(&output)
}

fn refused(folder: &Path, args: &[&str], said: &str) {
    let before = files_below(folder);
    let output = retex(folder, args);
    let all = words(&output);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {all}");
    assert!(all.contains(said), "{args:?}: {all}");
    assert_eq!(files_below(folder), before, "{args:?}");
}

/// A new site.
fn new_site() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    succeeds(place.path(), &["init", "essai"]);
    let folder = place.path().join("essai");
    (place, folder)
}

/// The small site, in a folder of its own.
fn small_site() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base/content"), &place.path().join("content"));
    place
}

fn thematiques() -> Vec<(Slug, Vec<String>)> {
    let titles = vec!["Un égal accès".to_string(), "Accès".to_string()];
    vec![(Slug::new("egal-acces").unwrap(), titles)]
}

/// The fiche as the program reads it back from a site that has it.
fn read_back(name: &str, text: &str) -> (Arc<Fiche>, Vec<String>) {
    let mut snapshot = base();
    snapshot.insert(SourceFile::text(&format!("{RETEX}/{name}"), text));
    let built = build(&snapshot);
    let errors = errors(&built, &snapshot);
    let site = built.site.unwrap_or_else(|| panic!("{text}\n{errors:?}"));
    let wanted = name.trim_end_matches(".md");
    let found = site.ateliers[0].fiches.iter().find(|f| f.id.slug.as_str() == wanted);
    (found.unwrap_or_else(|| panic!("{text}\n{errors:?}")).clone(), errors)
}

#[test]
fn a_new_site_is_accepted_and_builds() {
    let (_place, folder) = new_site();
    let said = succeeds(&folder, &["check"]);
    // What only its publisher knows, and nothing else.
    let warnings: Vec<&str> = said.lines().filter(|l| l.starts_with("avertissement")).collect();
    let (models, mentions): (Vec<&str>, Vec<&str>) =
        warnings.iter().partition(|l| l.contains("[modele-a-remplacer]"));
    assert!(mentions.iter().all(|l| l.contains("[mention-a-completer]")), "{said}");
    // Each model of a new site is known to be one.
    assert!(said.contains("13 textes du modèle sont restés en place"), "{said}");
    assert!((models.len(), mentions.len()) == (1, 6) && !said.contains("erreur["), "{said}");
    succeeds(&folder, &["build"]);
    assert!(folder.join("output/index.html").is_file());
    assert!(fs::read_to_string(folder.join(".gitignore")).unwrap().contains("/output/"));
    let guide = fs::read_to_string(folder.join("CONTRIBUER.md")).unwrap();
    assert_eq!(guide, fs::read_to_string(root().join("CONTRIBUER.md")).unwrap());
}

/// Whoever meets a file of a new site finds what it is for in its README, by its name or by that of its folder.
#[test]
fn each_file_of_a_new_site_is_spoken_of() {
    let (_place, folder) = new_site();
    let readme = fs::read_to_string(folder.join("README.md")).unwrap();
    let files = files_below(&folder);
    for file in files.iter().filter(|file| **file != Path::new("README.md")) {
        let named = |path: &&Path| {
            let said = path.display().to_string();
            readme.contains(&format!("`{said}`")) || readme.contains(&format!("`{said}/`"))
        };
        // The folder of all content says nothing of what one of its files is for.
        let mut names =
            file.ancestors().filter(|p| *p != Path::new("") && *p != Path::new("content"));
        let is_ignored = file == Path::new(".gitignore");
        assert!(is_ignored || names.any(|path| named(&path)), "{}", file.display());
    }
    for file in
        ["CONTRIBUTING.md", "MAINTENIR.md", "PUBLIER.md", ".github/pull_request_template.md"]
    {
        assert!(files.iter().any(|f| f == Path::new(file)), "{file}");
    }
    let pointer = fs::read_to_string(folder.join("CONTRIBUTING.md")).unwrap();
    assert!(pointer.contains("(CONTRIBUER.md)"), "{pointer}");
    let template = |place: &str| fs::read_to_string(folder.join(place)).unwrap();
    assert_eq!(
        template(".github/pull_request_template.md"),
        template(".gitlab/merge_request_templates/Default.md")
    );
}

/// The entry of pre-commit runs what it says, on what a site is made of.
#[test]
#[cfg(unix)]
fn the_entry_of_pre_commit_runs() {
    let (_place, folder) = new_site();
    let hook = yaml(&folder, ".pre-commit-config.yaml")["repos"][0]["hooks"][0].clone();
    assert_eq!(
        (hook["language"].as_str(), hook["pass_filenames"].as_bool()),
        (Some("system"), Some(false))
    );
    assert!(sh(&folder, hook["entry"].as_str().unwrap(), true).status.success());
    fs::write(folder.join("content/site.toml"), "titre = 1\n").unwrap();
    assert!(!sh(&folder, hook["entry"].as_str().unwrap(), true).status.success());
}

#[test]
fn a_new_site_has_the_five_thematiques() {
    let (_place, folder) = new_site();
    let below = "content/thematiques";
    assert_eq!(files_below(&folder.join(below)), files_below(&root().join(below)));
    for file in files_below(&root().join(below)) {
        let ours = fs::read_to_string(root().join(below).join(&file)).unwrap();
        let new = fs::read_to_string(folder.join(below).join(&file)).unwrap();
        let header = |text: &str| text.split("+++").nth(1).unwrap().to_string();
        assert_eq!(header(&new), header(&ours), "{}", file.display());
        assert!(new.contains("à compléter"), "{}", file.display());
    }
}

#[test]
fn a_folder_that_holds_something_is_refused() {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("plein")).unwrap();
    fs::write(place.path().join("plein/these.docx"), "precious").unwrap();
    refused(place.path(), &["init", "plein"], "n’est pas vide");
    fs::write(place.path().join("fichier"), "precious").unwrap();
    refused(place.path(), &["init", "fichier"], "il faut un dossier");
    refused(place.path(), &["init"], "il manque");
    fs::create_dir_all(place.path().join("clone/.git")).unwrap();
    succeeds(place.path(), &["init", "clone"]);
}

fn yaml(folder: &Path, file: &str) -> Value {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    serde_yaml_ng::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// The lines of a `script` key.
fn script(value: &Value) -> String {
    let lines = value.as_sequence().into_iter().flatten();
    lines.map(|line| line.as_str().unwrap().to_string() + "\n").collect()
}

/// Runs lines as a forge does, with the built program on the path, or without it.
fn sh(folder: &Path, lines: &str, with_program: bool) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_retex")).parent().unwrap();
    let path = if with_program { format!("{}:", bin.display()) } else { String::new() };
    let mut command = Command::new("sh");
    command.args(["-e", "-u", "-c", lines]).current_dir(folder).stdin(Stdio::null());
    command.env_clear().env("PATH", format!("{path}/usr/bin:/bin")).output().unwrap()
}

#[test]
#[cfg(unix)]
fn the_jobs_of_gitlab_run() {
    let (_place, folder) = new_site();
    let ci = yaml(&folder, ".gitlab-ci.yml");
    let before = script(&ci["default"]["before_script"]);
    for job in ["apercu", "commentaire", "pages", "verification"] {
        let lines = script(&ci[job]["script"]);
        assert!(!lines.is_empty(), "{job}");
        let output = sh(&folder, &format!("{before}{lines}"), false);
        assert!(!output.status.success(), "{job}");
        assert!(words(&output).contains("RETEX_PUBLICATION"), "{job}: {}", words(&output));
        let output = sh(&folder, &format!("{before}{lines}"), true);
        assert!(output.status.success(), "{job}: {}", words(&output));
        if job == "commentaire" {
            assert!(words(&output).contains("Aucun commentaire n'est posé"), "{}", words(&output));
        }
        if job == "verification" {
            assert!(!lines.contains("RETEX_JETON"), "{lines}");
            let report = fs::read_to_string(folder.join("gl-code-quality-report.json")).unwrap();
            assert!(serde_json::from_str::<serde_json::Value>(&report).unwrap().is_array());
        }
    }
    assert!(folder.join("apercu/index.html").is_file());
    assert!(folder.join("public/index.html").is_file());
    // GitLab refuses any other name of an exposed artefact.
    let exposed = ci["apercu"]["artifacts"]["expose_as"].as_str().unwrap();
    assert!(exposed.chars().all(|c| c.is_ascii_alphanumeric() || " -_".contains(c)), "{exposed}");
    // A fault of the content fails the job.
    fs::write(folder.join("content/site.toml"), "titre = 1\n").unwrap();
    let lines = script(&ci["verification"]["script"]);
    assert!(!sh(&folder, &format!("{before}{lines}"), true).status.success());
}

/// A forge that answers as GitLab documents: the first comment is written, the next ones rewrite it; a
/// comment that somebody deleted is written again.
#[test]
#[cfg(unix)]
fn the_comment_of_gitlab_is_one() {
    use std::os::unix::fs::PermissionsExt;
    let (place, folder) = new_site();
    let bin = place.path().join("bin");
    fs::create_dir(&bin).unwrap();
    let curl = "#!/bin/sh\necho \"$*\" >> ../demandes\n\
        case \"$*\" in *'--request PUT'*) test ! -e ../efface || exit 22 ;; esac\n\
        printf '{\"id\":42,\"type\":null}' > .commentaire/reponse\n";
    fs::write(bin.join("curl"), curl).unwrap();
    fs::set_permissions(bin.join("curl"), fs::Permissions::from_mode(0o755)).unwrap();
    let ci = yaml(&folder, ".gitlab-ci.yml");
    let lines = script(&ci["default"]["before_script"]) + &script(&ci["commentaire"]["script"]);
    in_a_history(&folder);
    fs::write(folder.join("content/pages/aide.md"), "+++\ntitre = 3\n+++\nUne page.\n").unwrap();
    let check = |from: u32| {
        let setting = format!(
            "PATH='{}':$PATH RETEX_JETON=jeton CI_MERGE_REQUEST_IID=7 CI_PROJECT_ID=3 \
             CI_MERGE_REQUEST_SOURCE_PROJECT_ID={from} CI_MERGE_REQUEST_DIFF_BASE_SHA=HEAD \
             CI_PROJECT_URL=https://forge.exemple.fr/a CI_COMMIT_SHA=c0ffee \
             CI_API_V4_URL=https://forge.exemple.fr/api/v4\n",
            bin.display()
        );
        let output = sh(&folder, &format!("{setting}{lines}"), true);
        assert!(output.status.success(), "{}", words(&output));
        words(&output)
    };
    assert!(check(3).contains("Un commentaire est posé"));
    assert!(check(4).contains("vient d'une copie du projet"));
    assert!(check(3).contains("est récrit"));
    fs::write(place.path().join("efface"), "").unwrap();
    assert!(check(3).contains("Un commentaire est posé"));
    let asked = fs::read_to_string(place.path().join("demandes")).unwrap();
    let notes = "https://forge.exemple.fr/api/v4/projects/3/merge_requests/7/notes";
    let expected = [("POST", ""), ("PUT", "/42"), ("PUT", "/42"), ("POST", "")];
    assert_eq!(asked.lines().count(), expected.len(), "{asked}");
    for (line, (verb, note)) in asked.lines().zip(expected) {
        assert!(line.contains(&format!("--request {verb} ")), "{line}");
        assert!(line.ends_with(&format!("{notes}{note}")), "{line}");
    }
    let comment = fs::read_to_string(folder.join("commentaire.md")).unwrap();
    assert!(comment.starts_with("### Relecture automatique"), "{comment}");
    let place = "https://forge.exemple.fr/a/-/blob/c0ffee/content/pages/aide.md#L2";
    assert!(comment.contains(place) && comment.contains("sur le reste du site"), "{comment}");
}

/// Puts a new site in a history of one revision.
fn in_a_history(folder: &Path) {
    let who = ["-c", "user.name=Essai", "-c", "user.email=essai@exemple.org"];
    for args in [&["init", "--quiet"][..], &["add", "--all"], &["commit", "--quiet", "-m", "un"]] {
        let output = Command::new("git").args(who).args(args).current_dir(folder).output();
        let output = output.expect("git is missing: install git");
        assert!(output.status.success(), "{args:?}: {}", words(&output));
    }
}

/// What the forges run for a proposal: its own messages decide, where somebody without any right reads them.
#[test]
#[cfg(unix)]
fn a_proposal_is_judged_on_what_it_changes() {
    let (place, folder) = new_site();
    let gitlab = script(&yaml(&folder, ".gitlab-ci.yml")["verification"]["script"]);
    let workflow = yaml(&folder, ".github/workflows/retex.yml");
    let steps = workflow["jobs"]["site"]["steps"].as_sequence().unwrap();
    let step = steps.iter().find(|step| step["name"] == "Vérifier").unwrap();
    let github = step["run"].as_str().unwrap();
    // An error that is already there.
    fs::write(folder.join("content/pages/vieille.md"), "+++\ntitre = 3\n+++\nUn.\n").unwrap();
    in_a_history(&folder);
    let summary = place.path().join("resume.md");
    let run = |base: &str| {
        fs::write(&summary, "").unwrap();
        let on_gitlab = format!("CI_MERGE_REQUEST_DIFF_BASE_SHA={base}\n{gitlab}");
        let on_github = format!(
            "GITHUB_EVENT_NAME=pull_request GITHUB_STEP_SUMMARY='{}' GITHUB_SHA=c0ffee \
             GITHUB_SERVER_URL=https://github.com GITHUB_REPOSITORY=a/b\n{}",
            summary.display(),
            // Here nothing is merged yet: the branch is the revision itself.
            github.replace("HEAD^1", base)
        );
        let outputs = [sh(&folder, &on_gitlab, true), sh(&folder, &on_github, true)];
        let success = outputs.each_ref().map(|output| output.status.success());
        let messages = fs::read_to_string(folder.join("messages.txt")).unwrap();
        let said = outputs.each_ref().map(words);
        (success, [messages, fs::read_to_string(&summary).unwrap()], said)
    };
    let fiche = folder.join("content/pages/aide.md");
    fs::write(&fiche, "+++\ntitre = \"Aide\"\n+++\nÉcrivez-nous.\n").unwrap();
    let (success, read, said) = run("HEAD");
    assert_eq!(success, [true, true], "{said:?}");
    for text in &read {
        assert!(text.contains("sur le reste du site") && !text.contains("vieille"), "{text}");
    }
    fs::write(&fiche, "+++\ntitre = 4\n+++\nÉcrivez-nous.\n").unwrap();
    let (success, read, said) = run("HEAD");
    assert_eq!(success, [false, false], "{said:?}");
    for text in &read {
        assert!(text.contains("content/pages/aide.md") && !text.contains("vieille"), "{text}");
    }
    assert!(read[1].contains("https://github.com/a/b/blob/c0ffee/content/pages/aide.md#L2"));
    assert!(said[1].contains("::error file=content/pages/aide.md"), "{}", said[1]);
    // The quality report is of the whole site, for the forge to compare.
    let report = fs::read_to_string(folder.join("gl-code-quality-report.json")).unwrap();
    assert!(report.contains("aide.md") && report.contains("vieille.md"), "{report}");
    // A history cut short is a failure, said as one.
    let (success, _, said) = run("inconnue");
    assert_eq!(success, [false, false]);
    assert!(said.iter().all(|said| said.contains("ne connaît pas de révision")), "{said:?}");
}

/// What is asked in a terminal, given one by `script`; wrong answers are asked again.
#[test]
#[cfg(target_os = "linux")]
fn the_questions_of_a_new_fiche() {
    use std::io::Write;
    let place = small_site();
    let line = format!("'{}' new fiche", env!("CARGO_BIN_EXE_retex"));
    let mut script = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(place.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script is missing: install bsdutils");
    let answers = [
        "!",
        "Une radio à l’école",
        "9",
        "1",
        "On parle, on écoute.",
        "1 99",
        "1 3",
        "exemple.fr",
        "https://exemple.fr/radio",
        "",
    ];
    let typed = answers.map(|answer| format!("{answer}\n")).concat();
    script.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = script.wait_with_output().unwrap();
    let said = words(&output);
    assert!(output.status.success(), "{said}");
    for wanted in
        ["Numéro, de 1 à", "« 99 » n’est pas un numéro", "« exemple.fr » n’est pas", "Écrit :"]
    {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    let file = place.path().join(RETEX).join("une-radio-a-l-ecole.md");
    let (fiche, errors) = read_back("une-radio-a-l-ecole.md", &fs::read_to_string(file).unwrap());
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(fiche.niveaux.len(), 2);
    assert_eq!(fiche.liens.len(), 1);
    assert!(fiche.auteurs.is_empty());
    succeeds(place.path(), &["check"]);
}

/// « Modifier cette fiche » and « Signaler une erreur » lead where each forge has them.
#[test]
fn the_pages_lead_to_the_forge() {
    let links = |depot: &str| -> String {
        let mut snapshot = base();
        let site = fs::read_to_string(root().join("tests/base/content/site.toml")).unwrap();
        let site = format!("depot = \"{depot}\"\nbranche = \"principale\"\n{site}");
        snapshot.insert(SourceFile::text("content/site.toml", &site));
        let built = build(&snapshot);
        let errors = errors(&built, &snapshot);
        assert!(errors.is_empty(), "{errors:?}");
        let mut found = String::new();
        for (path, html) in built.tree.pages() {
            // An address of before, or of nowhere, has nothing to report.
            let nowhere = path.as_str() == "404.html" || html.contains("http-equiv=\"refresh\"");
            assert_eq!(html.contains("Signaler une erreur"), !nowhere, "{path}");
            let fiche = path.as_str().starts_with("retex/essai-2021/") && !nowhere;
            assert_eq!(html.contains("Modifier cette fiche"), fiche, "{path}");
            if path.as_str() == "retex/essai-2021/radio/index.html" {
                found = html.to_string();
            }
        }
        found
    };
    let file = "content/syntheses/essai-2021/retex/radio.md";
    let page = "retex%2Fessai%2D2021%2Fradio%2Findex%2Ehtml";
    let html = links("https://github.com/a/b");
    assert!(html.contains(&format!("\"https://github.com/a/b/edit/principale/{file}\"")));
    assert!(html.contains("\"https://github.com/a/b/issues/new?title=") && html.contains(page));
    let html = links("https://forge.exemple.fr/a/b/");
    assert!(html.contains(&format!("\"https://forge.exemple.fr/a/b/-/edit/principale/{file}\"")));
    assert!(html.contains("\"https://forge.exemple.fr/a/b/-/issues/new?issue%5Btitle%5D="));
    assert!(html.contains(page));
}

#[test]
#[cfg(unix)]
fn the_jobs_of_github_run() {
    let (_place, folder) = new_site();
    let workflow = yaml(&folder, ".github/workflows/retex.yml");
    assert_eq!(workflow["permissions"].as_mapping().unwrap().len(), 1);
    let mut ran = 0;
    for step in workflow["jobs"]["site"]["steps"].as_sequence().unwrap() {
        // What a tag names may change.
        if let Some(action) = step["uses"].as_str() {
            let revision = action.split_once('@').unwrap().1;
            assert!(revision.len() == 40 && revision.chars().all(|c| c.is_ascii_hexdigit()));
        }
        let Some(lines) = step["run"].as_str() else { continue };
        // What a stranger chooses is never pasted into a script.
        assert!(!lines.contains("${{"), "{lines}");
        let output = sh(&folder, lines, true);
        assert!(output.status.success(), "{lines}: {}", words(&output));
        if lines.contains("RETEX_PUBLICATION") {
            let output = sh(&folder, lines, false);
            assert!(!output.status.success() && words(&output).contains("RETEX_PUBLICATION"));
        }
        ran += 1;
    }
    assert!(ran >= 2);
    assert!(folder.join("public/index.html").is_file());
}

/// Set as git is on Windows: the document received comes back with its bytes, texts with the ends of lines they had.
#[test]
fn git_leaves_the_bytes_of_a_site_as_they_are() {
    let (_place, folder) = new_site();
    let own = fs::read_to_string(root().join(".gitattributes")).unwrap();
    let ours = fs::read_to_string(folder.join(".gitattributes")).unwrap();
    for attributes in [own, ours] {
        fs::write(folder.join(".gitattributes"), attributes).unwrap();
        let received = folder.join("content/syntheses/exemple/source.txt");
        let settings = folder.join("content/site.toml");
        let git = |args: &[&str]| {
            let mut command = Command::new("git");
            command.args(["-c", "core.autocrlf=true", "-c", "core.safecrlf=false"]).args(args);
            command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
            let output = command.current_dir(&folder).output().expect("git is missing");
            assert!(output.status.success(), "{args:?}: {}", words(&output));
            words(&output)
        };
        for bytes in ["a\nb \n", "a\r\nb\t\r\n", "a\r\nb\nc"] {
            fs::write(&received, bytes).unwrap();
            let text = fs::read(&settings).unwrap();
            git(&["init", "--quiet"]);
            git(&["add", "--all"]);
            fs::remove_file(&received).unwrap();
            fs::remove_file(&settings).unwrap();
            git(&["checkout", "--", "."]);
            assert_eq!(fs::read_to_string(&received).unwrap(), bytes);
            assert_eq!(fs::read(&settings).unwrap(), text);
            // Neither would a patch be « mended ».
            let file = received.to_str().unwrap();
            assert_eq!(git(&["diff", "--check", "--cached", "--", file]), "");
        }
    }
}

#[test]
fn settings_of_editors_name_schemas_that_are_there() {
    let (_place, folder) = new_site();
    let json = |file: &str| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(folder.join(file)).unwrap()).unwrap()
    };
    assert!(json(".vscode/extensions.json")["recommendations"].is_array());
    let settings = json(".vscode/settings.json");
    let associated = settings["evenBetterToml.schema.associations"].as_object().unwrap();
    assert_eq!(associated["content/site\\.toml$"], "./schemas/site.json");
    for schema in associated.values() {
        assert!(json(schema.as_str().unwrap()).is_object(), "{schema}");
    }
}

#[test]
fn a_fiche_from_options() {
    let place = small_site();
    let args = [
        "new",
        "fiche",
        "--titre",
        "L’été à \"l’école\"",
        "--thematique",
        "egal-acces",
        "--texte",
        "Première ligne.\n\n- un\n- deux",
        "--niveau",
        "Collège",
        "--niveau",
        "maternelle",
        "--lien",
        "https://exemple.fr/été",
        "--auteur",
        "Camille Exemple",
        "--commune",
        "Nantes",
    ];
    succeeds(place.path(), &args);
    let file = place.path().join(RETEX).join("l-ete-a-l-ecole.md");
    let (fiche, errors) = read_back("l-ete-a-l-ecole.md", &fs::read_to_string(&file).unwrap());
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(fiche.titre.as_ref().unwrap().value, "L’été à \"l’école\"");
    assert_eq!(fiche.niveaux, [Niveau::Maternelle, Niveau::College]);
    assert_eq!(fiche.auteurs, ["Camille Exemple"]);
    assert_eq!(fiche.commune.as_deref(), Some("Nantes"));
    assert_eq!(fiche.corps.blocs.len(), 3);
    assert!(fiche.lignes.is_none() && fiche.date.is_some());
    succeeds(place.path(), &["check"]);
    refused(place.path(), &args, "« l-ete-a-l-ecole-2 »");
    let mut other = args.to_vec();
    other.extend(["--nom", "l-ete-a-l-ecole-2"]);
    succeeds(place.path(), &other);
}

#[test]
fn what_is_missing_or_wrong_in_a_fiche() {
    let place = small_site();
    let check = |args: &[&str], said: &str| {
        let args: Vec<&str> = ["new", "fiche"].iter().chain(args).copied().collect();
        refused(place.path(), &args, said);
    };
    check(&[], "il manque l’option --titre");
    check(&["--titre", "a", "--texte", "b"], "il manque l’option --thematique");
    let fine = ["--titre", "a", "--texte", "b", "--thematique", "egal-acces"];
    let with = |more: &[&'static str]| [&fine[..], more].concat();
    check(&["--titre", "!", "--texte", "b", "--thematique", "egal-acces"], "le titre manque");
    check(
        &["--titre", "a", "--texte", "b", "--thematique", "x"],
        "egal-acces, enseigner-apprendre",
    );
    check(&with(&["--niveau", "x"]), "n’est pas un niveau");
    check(&with(&["--lien", "exemple.fr"]), "n’est pas une adresse complète");
    check(&with(&["--lien", "javascript:alert(1)"]), "n’est pas une adresse complète");
    check(&with(&["--synthese", "../../x"]), "Celles du site : essai-2021");
    check(&with(&["--nom", "../x"]), "ne peut pas être un identifiant");
    check(&with(&["--depuis", "absent.md"]), "n’est pas un fichier qui existe");
}

#[test]
fn a_synthese_and_a_page() {
    let place = small_site();
    let synthese = [
        "new",
        "synthese",
        "nantes-2026",
        "--titre",
        "T \"1\"",
        "--territoire",
        "N",
        "--annee",
        "2026",
    ];
    succeeds(place.path(), &synthese);
    refused(place.path(), &synthese, "« nantes-2026-2 »");
    let page = ["new", "page", "aide", "--titre", "De l’aide\"\n+++"];
    succeeds(place.path(), &page);
    refused(place.path(), &page, "« aide-2 »");
    refused(place.path(), &["new", "page", "À l’aide", "--titre", "x"], "« a-l-aide »");
    refused(place.path(), &["new", "page", "../x", "--titre", "x"], "« x »");
    refused(place.path(), &["new", "page", "vide", "--titre", " "], "le titre manque");
    refused(place.path(), &["new", "page"], "il manque");
    succeeds(place.path(), &["check"]);
    let fiche = ["new", "fiche", "--titre", "a", "--texte", "b", "--thematique", "egal-acces"];
    refused(place.path(), &fiche, "il manque l’option --synthese");
}

/// A GitHub form, as the forge renders it.
const GITHUB: &str = "### Titre de la fiche\n\nUne radio \"d'école\"\n\n### Thématique\n\nUn égal accès\n\n\
### L’expérience en deux ou trois lignes\n\nOn parle.\r\nOn écoute.\n\n### Niveaux\n\n- [x] Collège\n- [ ] Lycée\n- [X] Maternelle\n\n\
### Liens\n\nhttps://exemple.fr/a\nhttps://exemple.fr/b\n\n### Points forts\n\n_No response_\n\n### Irritants\n\n- Le bruit\n\n\
### École ou établissement\n\n_No response_\n\n### Commune\n\nNantes\n\n### Auteurs\n\n_No response_\n\n### Avant d’envoyer\n\n- [x] Aucun élève n’est nommé ni reconnaissable.\n- [x] Les personnes que la fiche nomme sont d’accord.\n- [X] J’ai écrit ce texte, ou j’ai le droit de le publier.\n";

#[test]
fn a_fiche_from_a_form() {
    let demande = scaffold::depuis(GITHUB.as_bytes()).unwrap().demande;
    assert_eq!(demande.titre, "Une radio \"d'école\"");
    assert_eq!(demande.niveaux, ["Collège", "Maternelle"]);
    let urls: Vec<&str> = demande.liens.iter().map(|lien| lien.url.as_str()).collect();
    assert_eq!(urls, ["https://exemple.fr/a", "https://exemple.fr/b"]);
    assert!(demande.date.is_none());
    assert_eq!(demande.irritants, ["Le bruit"]);
    assert!(demande.points_forts.is_empty() && demande.auteurs.is_empty());
    let place = small_site();
    fs::write(place.path().join("formulaire.md"), GITHUB).unwrap();
    succeeds(place.path(), &["new", "fiche", "--depuis", "formulaire.md"]);
    assert!(place.path().join(RETEX).join("une-radio-d-ecole.md").is_file());
    succeeds(place.path(), &["check"]);
    for (form, said) in [
        (GITHUB.replace("On parle.", "### Thématique\n\nautre"), "là deux fois"),
        (GITHUB.replace("Un égal accès", "Autre"), "n’est pas une thématique du site"),
        (GITHUB.replace("[x] Aucun", "[ ] Aucun"), "cette case n’est pas cochée : Aucun élève"),
        ("Bonjour.\n".to_string(), "n’est pas le formulaire rempli"),
        (GITHUB.replace("On parle.", &"x".repeat(1 << 20)), "dépasse 256 Kio"),
        (GITHUB.replace("On parle.", &"x".repeat(1 << 16)), "le texte dépasse"),
    ] {
        fs::write(place.path().join("formulaire.md"), form).unwrap();
        refused(place.path(), &["new", "fiche", "--depuis", "formulaire.md"], said);
    }
    fs::write(place.path().join("formulaire.md"), b"### Titre de la fiche\n\n\xe9\n").unwrap();
    refused(place.path(), &["new", "fiche", "--depuis", "formulaire.md"], "UTF-8");
}

/// Both forges ask the same questions, which the reader knows; the boxes are the vocabulary.
#[test]
fn the_forms_and_their_reader_are_in_step() {
    let titles = vec!["Un égal accès".to_string(), "Autre : \"oui\"".to_string()];
    let form: Value = serde_yaml_ng::from_str(&scaffold::formulaire_github(&titles)).unwrap();
    let template = scaffold::formulaire_gitlab(&titles);
    let headings: Vec<&str> = template.lines().filter_map(|l| l.strip_prefix("### ")).collect();
    let questions = form["body"].as_sequence().unwrap();
    let labels: Vec<&str> =
        questions.iter().map(|q| q["attributes"]["label"].as_str().unwrap()).collect();
    assert_eq!(labels, headings);
    let boxes: Vec<&str> = questions[3]["attributes"]["options"]
        .as_sequence()
        .unwrap()
        .iter()
        .map(|o| o["label"].as_str().unwrap())
        .collect();
    assert_eq!(boxes, Niveau::ALL.iter().map(|n| n.label()).collect::<Vec<_>>());

    // Each question filled in, in both ways.
    let mut github = String::new();
    let mut gitlab = template.replace("- [ ] Un égal accès", "- [x] Un égal accès");
    for niveau in Niveau::ALL {
        gitlab = gitlab.replace(
            &format!("- [ ] {}\n", niveau.label()),
            &format!("- [x] {}\n", niveau.label()),
        );
    }
    for (question, label) in questions.iter().zip(&labels) {
        let answer = match question["type"].as_str().unwrap() {
            "dropdown" => titles[0].clone(),
            "checkboxes" if *label == "Avant d’envoyer" => {
                let options = question["attributes"]["options"].as_sequence().unwrap();
                let labels = options.iter().map(|o| o["label"].as_str().unwrap());
                for label in labels.clone() {
                    let (open, ticked) = (format!("- [ ] {label}"), format!("- [x] {label}"));
                    gitlab = gitlab.replace(&open, &ticked);
                }
                labels.map(|label| format!("- [x] {label}\n")).collect()
            }
            "checkboxes" => boxes.iter().map(|b| format!("- [x] {b}\n")).collect(),
            _ if *label == "Date" => "15/03/2024".to_string(),
            _ if *label == "Liens" => "https://exemple.fr/".to_string(),
            _ => format!("réponse {label}"),
        };
        github.push_str(&format!("### {label}\n\n{answer}\n\n"));
        if !answer.contains("- [x]") && answer != titles[0] {
            let heading = format!("### {label}\n");
            gitlab = gitlab.replacen(&heading, &format!("{heading}\n{answer}\n"), 1);
        }
    }
    let read = scaffold::depuis(github.as_bytes()).unwrap().demande;
    assert_eq!(scaffold::depuis(gitlab.as_bytes()).unwrap().demande, read);
    assert_eq!(read.niveaux.len(), Niveau::ALL.len());
    for said in [&read.titre, &read.texte, &read.etablissement, &read.commune] {
        assert!(said.starts_with("réponse "), "{said}");
    }
    assert_eq!((read.liens.len(), read.date.unwrap().month), (1, 3));
    for list in [&read.points_forts, &read.irritants, &read.auteurs] {
        assert_eq!(list.len(), 1, "{list:?}");
    }
    let (_, text) = scaffold::fiche(&read, &thematiques()).unwrap();
    assert!(text.contains("\"superieur\""), "{text}");
    // Nothing filled in is not a fiche.
    assert!(scaffold::depuis(template.as_bytes()).is_err());
    let nothing = Demande::default();
    assert!(scaffold::fiche(&nothing, &thematiques()).is_err());
}

/// What a stranger may type in a field.
const HOSTILE: [&str; 44] = [
    "+++",
    "\n",
    "\r\n",
    "\"",
    "'",
    "\\",
    "\"\nlignes = [1]\n",
    "'''",
    "\"\"\"",
    "\n+++\n",
    "\n### Thématique\n",
    "\n# titre\n",
    "<script>alert(1)</script>",
    "<b>",
    "</b>",
    "<!-- x -->",
    "[a](b)",
    "![a](https://x.fr/a.png)",
    "[^1]",
    "\n[a]: https://x.fr\n",
    "<https://x.fr>",
    "`",
    "~~~",
    "\n```\n",
    "\n    code\n",
    "\n| a | b |\n|---|---|\n",
    "\n---\n",
    "\n===\n",
    "\n> [!NOTE]\n",
    "\n- ",
    "\n1. ",
    "\n2) ",
    "&lt;",
    "&#60;",
    "\u{0}",
    "\u{7}",
    "\u{202e}",
    "\u{feff}",
    "\u{2028}",
    "^{er}",
    "brouillon = true",
    "a",
    "É",
    " ",
];

#[test]
fn hostile_words_do_nothing() {
    let mut random = Random::new(7);
    let mut made = Vec::new();
    for n in 0..400 {
        let mut word = |most: usize| {
            let count = 1 + random.below(most);
            (0..count).map(|_| *random.pick(&HOSTILE)).collect::<String>()
        };
        let demande = Demande {
            titre: format!("n{n} {}", word(5)),
            thematique: "egal-acces".into(),
            texte: format!("x{}", word(12)),
            est_markdown: false,
            niveaux: vec!["college".into()],
            liens: Vec::new(),
            points_forts: vec![word(4), word(4)],
            irritants: vec![word(4)],
            mots_cles: vec![word(3)],
            sous_thematiques: vec![word(3)],
            etablissement: word(4),
            commune: word(4),
            auteurs: vec![word(4)],
            date: Some(JOUR),
        };
        made.push(scaffold::fiche(&demande, &thematiques()).unwrap());
    }
    let mut snapshot: Snapshot = base();
    for (name, text) in &made {
        snapshot.insert(SourceFile::text(&format!("{RETEX}/{name}"), text));
    }
    let built = build(&snapshot);
    let errors = errors(&built, &snapshot);
    assert!(errors.is_empty(), "{}", errors.join(""));
    let site = built.site.unwrap();
    let fiches = &site.ateliers[0].fiches;
    assert_eq!(fiches.len(), made.len() + 2);
    for (name, text) in &made {
        let slug = name.trim_end_matches(".md");
        let fiche = fiches.iter().find(|f| f.id.slug.as_str() == slug).unwrap();
        assert!(fiche.lignes.is_none() && !fiche.brouillon, "{text}");
        assert!(fiche.liens.is_empty() && fiche.rapprochements.is_empty(), "{text}");
        assert!(fiche.anciennes_adresses.is_empty(), "{text}");
        assert_eq!(fiche.jour(), Some(JOUR));
        assert_eq!(fiche.niveaux, [Niveau::College]);
        assert!(fiche.titre.as_ref().unwrap().value.starts_with(&slug[..2]), "{text}");
        let corps = &fiche.corps;
        assert!(corps.titres.is_empty() && corps.liens.is_empty(), "{text}");
        assert!(corps.images.is_empty(), "{text}");
        // An address that somebody typed is a link to it, whatever is around; nothing else is markup.
        let typed = |o: &&retex::source::Spanned<&str>| !text[o.span.range()].contains("https://");
        let others: Vec<_> = corps.ornements.iter().filter(typed).collect();
        assert!(others.is_empty(), "{text}\n{others:?}");
    }
}

#[test]
fn hostile_forms_are_read_safely_or_refused() {
    let mut random = Random::new(11);
    let mut read = 0;
    for _ in 0..300 {
        let mut form = GITHUB.to_string();
        for answer in ["Une radio", "On parle.", "On écoute.", "Le bruit", "Nantes"] {
            let words: String = (0..random.below(5)).map(|_| *random.pick(&HOSTILE)).collect();
            form = form.replace(answer, &format!("{answer}{words}"));
        }
        let Ok(form) = scaffold::depuis(form.as_bytes()) else { continue };
        // The text is Markdown, which `check` judges.
        let demande = Demande { est_markdown: false, ..form.demande };
        let Ok((name, text)) = scaffold::fiche(&demande, &thematiques()) else { continue };
        read += 1;
        if read % 10 > 0 {
            continue;
        }
        let (fiche, errors) = read_back(&name, &text);
        assert!(errors.is_empty(), "{text}\n{errors:?}");
        assert!(fiche.lignes.is_none() && !fiche.brouillon && fiche.corps.liens.is_empty());
    }
    assert!(read > 100, "{read}");
}

/// The table of keys of the guide is made from their definitions.
#[test]
fn the_guide_is_in_step() {
    let path = root().join("CONTRIBUER.md");
    let guide = fs::read_to_string(&path).unwrap();
    expect_file(&path, &scaffold::avec_les_champs(&guide).unwrap());
}

/// The model of the guide is a fiche that is accepted.
#[test]
fn the_model_of_the_guide_is_accepted() {
    let guide = fs::read_to_string(root().join("CONTRIBUER.md")).unwrap();
    let model = guide.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    let (fiche, errors) = read_back("webradio-maternelle.md", model);
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(fiche.liens.len(), 1);
}

/// A new site under git, one of whose pages has a link; a remote, and a web where it answers.
#[cfg(unix)]
fn checked_site() -> (tempfile::TempDir, std::path::PathBuf, crate::support::web::Web) {
    let (place, folder) = new_site();
    let page = "+++\ntitre = \"Ressources\"\n+++\n[Le guide](http://guide.exemple/a)\n";
    fs::write(folder.join("content/pages/ressources.md"), page).unwrap();
    let remote = place.path().join("forge.git");
    let lines = format!(
        "git init -q --bare '{0}'\ngit init -q -b main\ngit add -A\n\
         git -c user.name=x -c user.email=x@exemple.fr commit -q -m x\n\
         git remote add origin '{0}'\ngit push -q origin main\n",
        remote.display()
    );
    let output = sh(&folder, &lines, false);
    assert!(output.status.success(), "{}", words(&output));
    let web = crate::support::web::Web::start(|request| match request.path.as_str() {
        "/a" => crate::support::web::Answer::page(),
        _ => crate::support::web::Answer::code(404),
    });
    (place, folder, web)
}

/// A command of the forge that notes what it is asked, and answers this.
#[cfg(unix)]
fn stub(place: &Path, name: &str, answers: &str) {
    use std::os::unix::fs::PermissionsExt;
    let bin = place.join("bin");
    fs::create_dir_all(&bin).unwrap();
    let file = bin.join(name);
    fs::write(
        &file,
        format!("#!/bin/sh\necho \"$*\" >> '{}'\n{answers}\n", place.join("demandes").display()),
    )
    .unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Branch that the job of links has pushed: its one change, and its message.
#[cfg(unix)]
fn pushed(place: &Path) -> String {
    let lines = "git -C forge.git log -1 --format=%s --name-status main..retex-liens";
    let output = sh(place, lines, false);
    assert!(output.status.success(), "{}", words(&output));
    words(&output)
}

#[test]
#[cfg(unix)]
fn the_links_are_checked_each_month_by_gitlab() {
    let (place, folder, web) = checked_site();
    let open = place.path().join("ouverte");
    let open_request = format!(
        "case \"$*\" in *state=opened*) test ! -e '{}' || echo '[{{\"id\":901,\"iid\":7,\"title\":\"x\"}}]' ;; esac",
        open.display()
    );
    stub(place.path(), "curl", &open_request);
    let ci = yaml(&folder, ".gitlab-ci.yml");
    let rule = ci["liens"]["rules"][0]["if"].as_str().unwrap();
    assert!(rule.contains("schedule"), "{rule}");
    let lines = script(&ci["default"]["before_script"]) + &script(&ci["liens"]["script"]);
    let run = |token: &str| {
        let setting = format!(
            "export PATH='{}':\"$PATH\" HTTP_PROXY=http://127.0.0.1:{} RETEX_JETON='{token}' CI_PROJECT_ID=3 \
             CI_SERVER_HOST=forge.exemple.fr CI_PROJECT_PATH=groupe/site CI_DEFAULT_BRANCH=main \
             CI_API_V4_URL=https://forge.exemple.fr/api/v4 GIT_CONFIG_COUNT=1 \
             GIT_CONFIG_KEY_0='url.{}.insteadOf' \
             GIT_CONFIG_VALUE_0=https://retex:jeton@forge.exemple.fr/groupe/site.git\n",
            place.path().join("bin").display(),
            web.port,
            place.path().join("forge.git").display()
        );
        let output = sh(&folder, &format!("{setting}{lines}"), true);
        assert!(output.status.success(), "{}", words(&output));
        words(&output)
    };
    assert!(run("").contains("RETEX_JETON manque"));
    assert!(run("jeton").contains("Une demande de fusion est ouverte"));
    assert!(pushed(place.path()).contains("A\tliens.toml"), "{}", pushed(place.path()));
    let bilan = fs::read_to_string(folder.join("bilan.md")).unwrap().replace('\u{a0}', " ");
    assert!(
        bilan.contains("Relisez ce bilan") && bilan.contains("1 adresse sur 1 site"),
        "{bilan}"
    );
    fs::write(open, "").unwrap();
    let again = "git checkout -q main\n";
    assert!(sh(&folder, again, false).status.success());
    assert!(run("jeton").contains("remise à jour"));
    let asked = fs::read_to_string(place.path().join("demandes")).unwrap();
    let made = "https://forge.exemple.fr/api/v4/projects/3/merge_requests";
    assert!(asked.lines().any(|l| l.contains("--request POST") && l.ends_with(made)), "{asked}");
    assert!(
        asked.lines().any(|l| l.contains("--request PUT") && l.ends_with("merge_requests/7")),
        "{asked}"
    );
}

#[test]
#[cfg(unix)]
fn the_links_are_checked_each_month_by_github() {
    let (place, folder, web) = checked_site();
    let open = place.path().join("ouverte");
    stub(
        place.path(),
        "gh",
        &format!(
            "case \"$*\" in 'pr list'*) test -e '{}' && echo 1 || echo 0 ;; esac",
            open.display()
        ),
    );
    let workflow = yaml(&folder, ".github/workflows/liens.yml");
    assert!(workflow["on"]["schedule"][0]["cron"].as_str().is_some());
    let steps = workflow["jobs"]["liens"]["steps"].as_sequence().unwrap();
    let lines: String = steps.iter().filter_map(|s| s["run"].as_str()).collect();
    assert!(!lines.contains("${{"), "{lines}");
    let run = || {
        let setting = format!(
            "export PATH='{}':\"$PATH\" HTTP_PROXY=http://127.0.0.1:{} BRANCHE=main RUNNER_TEMP='{}'\n",
            place.path().join("bin").display(),
            web.port,
            place.path().display()
        );
        let output = sh(&folder, &format!("{setting}{lines}"), true);
        assert!(output.status.success(), "{}", words(&output));
        words(&output)
    };
    assert!(run().contains("1 adresse sur 1 site"));
    assert!(pushed(place.path()).contains("A\tliens.toml"), "{}", pushed(place.path()));
    // The same day, nothing new: the branch has it already.
    assert!(run().contains("rien n'est proposé"));
    fs::write(open, "").unwrap();
    assert!(sh(&folder, "git checkout -q main\n", false).status.success());
    run();
    let asked = fs::read_to_string(place.path().join("demandes")).unwrap();
    assert!(asked.contains("pr create --base main --head retex-liens"), "{asked}");
    assert!(asked.contains("pr edit retex-liens"), "{asked}");
}
