//! The program as its users run it: exit codes, words, and what is left on the disk.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
    time::SystemTime,
};

use crate::support::{copy, expect_file, files_below, root};

fn retex(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
    command.args(args).current_dir(folder).env("NO_COLOR", "1").output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// What it said, no-break spaces as plain ones.
fn words(output: &Output) -> String {
    let said = [&output.stdout, &output.stderr].map(|s| String::from_utf8_lossy(s).into_owned());
    said.concat().replace(['\u{a0}', '\u{202f}'], " ")
}

/// The small site, in a folder of its own.
fn site() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    copy(&root().join("tests/base/content"), &place.path().join("content"));
    place
}

fn fiche(place: &tempfile::TempDir, name: &str) -> std::path::PathBuf {
    place.path().join("content/syntheses/essai-2021/retex").join(name)
}

fn times(folder: &Path) -> Vec<(std::path::PathBuf, SystemTime)> {
    let time = |f: &std::path::PathBuf| fs::metadata(folder.join(f)).unwrap().modified().unwrap();
    files_below(folder).into_iter().map(|f| (f.clone(), time(&f))).collect()
}

#[test]
fn build_then_build_again() {
    let place = site();
    let first = retex(place.path(), &["build"]);
    assert_eq!(code(&first), 0, "{}", words(&first));
    assert!(words(&first).contains("output/index.html"), "{}", words(&first));
    let before = times(&place.path().join("output"));
    let second = retex(place.path(), &["build"]);
    assert_eq!(code(&second), 0);
    assert!(words(&second).contains("rien n’a changé"), "{}", words(&second));
    assert_eq!(times(&place.path().join("output")), before);
}

#[test]
fn the_published_synthesis_is_proved() {
    let output = retex(root(), &["check"]);
    let said = words(&output);
    assert_eq!(code(&output), 0, "{said}");
    for wanted in ["100 % de la source", "5 exclusions", "ligne 109", "rapprochement de l’éditeur"]
    {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    let all = words(&retex(root(), &["check", "--ajouts"]));
    assert!(all.contains("retex/rosa-parks : niveaux"), "{all}");
}

#[test]
fn a_loss_is_refused_by_check_and_by_build() {
    let place = site();
    assert_eq!(code(&retex(place.path(), &["build"])), 0);
    let before = times(&place.path().join("output"));
    let tables = place.path().join("content/syntheses/essai-2021/tableaux/egal-acces.toml");
    let text = fs::read_to_string(&tables).unwrap();
    fs::write(&tables, text.replace("[\"Sans fiche\"]", "[\"Sans fichu\"]")).unwrap();
    for verb in ["check", "build"] {
        let output = retex(place.path(), &[verb]);
        let said = words(&output);
        assert_eq!(code(&output), 1, "{said}");
        assert!(said.contains("tableaux/egal-acces.toml:23:"), "{said}");
        assert!(said.contains("ligne 14 de la source"), "{said}");
    }
    assert_eq!(times(&place.path().join("output")), before, "the published site is untouched");
}

#[test]
fn a_site_being_transcribed_is_published_and_says_so() {
    let place = site();
    let folder = place.path().join("content/syntheses/essai-2021");
    let toml = fs::read_to_string(folder.join("synthese.toml")).unwrap();
    fs::write(
        folder.join("synthese.toml"),
        toml.replace("annee = 2021", "annee = 2021\netat = \"en-cours\""),
    )
    .unwrap();
    fs::remove_file(folder.join("retex/tablettes.md")).unwrap();
    let radio = fs::read_to_string(folder.join("retex/radio.md")).unwrap();
    fs::write(
        folder.join("retex/radio.md"),
        radio.replace(" Voir [les tablettes](tablettes.md).", ""),
    )
    .unwrap();
    let output = retex(place.path(), &["build"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    assert!(words(&output).contains("avertissement[texte-perdu]"), "{}", words(&output));
    let page =
        fs::read_to_string(place.path().join("output/syntheses/essai-2021/diagnostic/index.html"))
            .unwrap();
    assert!(page.contains("de la source publiée"), "the share published is shown");
    assert_eq!(code(&retex(place.path(), &["build", "--strict"])), 1);
}

#[test]
fn a_contribution_has_its_author_and_date() {
    let place = site();
    let output = retex(place.path(), &["build"]);
    assert_eq!(code(&output), 0);
    let page =
        fs::read_to_string(place.path().join("output/retex/essai-2021/radio/index.html")).unwrap();
    for wanted in ["Contribution", "Camille Exemple", "1er mars 2022"] {
        assert!(page.contains(wanted), "{wanted}");
    }
}

#[test]
fn a_recueil_builds_and_says_that_it_is_one() {
    let place = site();
    let folder = place.path().join("content/syntheses/essai-2021");
    fs::remove_file(folder.join("source.txt")).unwrap();
    for file in files_below(&folder) {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        let kept = text.lines().filter(|l| !l.starts_with("lignes")).collect::<Vec<_>>().join("\n");
        fs::write(path, kept + "\n").unwrap();
    }
    let output = retex(place.path(), &["build"]);
    assert_eq!(code(&output), 0, "{}", words(&output));
    assert!(words(&retex(place.path(), &["check"])).contains("Recueil"));
    for page in ["syntheses/essai-2021/index.html", "provenance/index.html"] {
        let html = fs::read_to_string(place.path().join("output").join(page)).unwrap();
        assert!(html.contains("recueil"), "{page}");
    }
}

#[test]
fn nothing_to_read() {
    let place = tempfile::tempdir().unwrap();
    let output = retex(place.path(), &["build"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("« content »"), "{}", words(&output));
    assert_eq!(files_below(place.path()).len(), 0);
}

#[test]
fn nowhere_to_write() {
    let place = site();
    fs::write(place.path().join("fichier"), "precious").unwrap();
    for (target, said) in
        [("fichier", "il faut un dossier"), ("fichier/site", "impossible d’écrire")]
    {
        let output = retex(place.path(), &["build", "--sortie", target]);
        assert_eq!(code(&output), 2, "{}", words(&output));
        assert!(words(&output).contains(said), "{}", words(&output));
    }
    assert_eq!(fs::read_to_string(place.path().join("fichier")).unwrap(), "precious");
    fs::create_dir(place.path().join("themes")).unwrap();
    for (target, made) in [
        ("content", "content/index.html"),
        ("content/site", "content/site"),
        ("themes/site", "themes/site"),
        ("nouveau/../content/site", "content/site"),
        ("nouveau/../themes/a/../b", "themes/b"),
    ] {
        let output = retex(place.path(), &["build", "--sortie", target]);
        assert_eq!(code(&output), 2, "{target}");
        assert!(words(&output).contains("que retex lit"), "{target}: {}", words(&output));
        assert!(!place.path().join(made).exists(), "{target}");
        assert!(!place.path().join("nouveau").exists(), "{target}");
    }
}

/// A pipe would be waited for, and a folder that a link leads to is read by its own name.
#[test]
#[cfg(unix)]
fn an_output_that_is_a_pipe_or_leads_into_the_sources() {
    let place = site();
    assert!(Command::new("mkfifo").arg(place.path().join("tube")).status().unwrap().success());
    let output = retex(place.path(), &["build", "--sortie", "tube"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("il faut un dossier"), "{}", words(&output));
    std::os::unix::fs::symlink("content/pages", place.path().join("lien")).unwrap();
    let before = files_below(place.path());
    for target in ["lien", "lien/site"] {
        let output = retex(place.path(), &["build", "--sortie", target]);
        assert_eq!(code(&output), 2);
        assert!(words(&output).contains("que retex lit"), "{}", words(&output));
    }
    assert_eq!(files_below(place.path()), before);
}

#[test]
fn a_folder_full_of_foreign_files() {
    let place = site();
    fs::create_dir(place.path().join("output")).unwrap();
    fs::write(place.path().join("output/these.docx"), "precious").unwrap();
    let output = retex(place.path(), &["build"]);
    assert_eq!(code(&output), 2);
    assert!(
        words(&output).contains("these.docx") && words(&output).contains("rien n’a été touché")
    );
    assert_eq!(files_below(&place.path().join("output")).len(), 1);
}

#[test]
fn files_that_cannot_be_read() {
    let place = site();
    fs::write(fiche(&place, "latin1.md"), b"+++\ntitre = \"\xe9\"\n+++\n").unwrap();
    fs::write(fiche(&place, "enorme.md"), "x".repeat(5 << 20)).unwrap();
    fs::write(fiche(&place, "Été 2.md"), "+++\n+++\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", fiche(&place, "lien.md")).unwrap();
    let output = retex(place.path(), &["check", "--format", "court"]);
    let said = words(&output);
    assert_eq!(code(&output), 1);
    for wanted in [
        "latin1.md:2: erreur[fichier-non-utf8]",
        "enorme.md: erreur[fichier-trop-lourd]",
        "renommez-le « ete-2 »",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    #[cfg(unix)]
    assert!(said.contains("lien.md: erreur[lien-symbolique]"), "{said}");
    assert!(!place.path().join("output").exists());
}

#[test]
fn two_files_with_one_id() {
    let place = site();
    fs::copy(fiche(&place, "radio.md"), fiche(&place, "Radio.md")).unwrap();
    let output = retex(place.path(), &["check", "--format", "court"]);
    assert_eq!(code(&output), 1);
    assert!(words(&output).contains("Radio.md: erreur[nom-de-fichier]"), "{}", words(&output));

    let place = site();
    fs::write(place.path().join("content/pages/retex.md"), "+++\ntitre = \"Autre\"\n+++\nTexte.\n")
        .unwrap();
    let output = retex(place.path(), &["check", "--format", "court"]);
    assert_eq!(code(&output), 1);
    assert!(words(&output).contains("erreur[adresse-en-double]"), "{}", words(&output));
}

#[test]
fn wrong_uses() {
    let place = site();
    for (line, said) in [
        ("", "commandes : build, check, serve, new, init, theme, schema, lsp, completion"),
        ("biuld", "vouliez-vous dire « build »"),
        ("CHECK", "vouliez-vous dire « check »"),
        ("publier", "commandes : build, check"),
        ("new", "il manque la commande après « retex new »"),
        ("new fihce", "vouliez-vous dire « fiche »"),
        ("new page", "il manque --titre <TITRE> et <IDENTIFIANT>"),
        ("new synthese x --titre t --territoire n --annee x", "il faut un nombre entier"),
        ("init", "il manque <DOSSIER>"),
        ("init a b", "« b » n’a pas de sens ici"),
        ("build --sorti x", "vouliez-vous dire « --sortie »"),
        ("build --SORTIE x", "vouliez-vous dire « --sortie »"),
        ("build --sortie", "attend une valeur"),
        ("build --sortie a --sortie b", "est donné deux fois"),
        ("build --strict=oui", "« --strict » ne prend pas de valeur"),
        ("build --url x", "il faut une adresse complète"),
        ("build --url mailto:a@b.fr", "il faut une adresse complète"),
        ("build -x", "« -x » n’a pas de sens ici"),
        ("check --format xml", "valeurs possibles : humain, court"),
        ("check --format JSON", "vouliez-vous dire « json »"),
        ("check --max beaucoup", "il faut un nombre entier"),
        ("check --oui", "« --oui » ne sert qu’avec « --corriger »"),
        ("check --lien-fichiers https://a.fr", "ne sert qu’avec « --format commentaire »"),
        ("check --ajouts --format json", "ne sert qu’avec les formats humain et court"),
        ("check --max 3 --format commentaire", "« --max » ne sert pas"),
        ("check --depuis", "attend une valeur"),
        ("check --depuis main content", "ne s’emploie pas avec"),
        ("check --ajouts content", "« --ajouts » donne ceux du site entier"),
        ("check --ajouts --depuis main", "« --ajouts » donne ceux du site entier"),
        ("serve --port 70000", "il faut un nombre entier, de 0 à 65535"),
        ("serve --adresse ici", "il faut une adresse de cette machine"),
        ("serve --port", "attend une valeur"),
        ("check --codes --strict", "« --codes » s’emploie seul"),
        ("check --codes --explique url-invalide", "s’emploie seul"),
        ("check --explique", "attend une valeur"),
        ("schema sit", "vouliez-vous dire « site »"),
        ("schema site --sortie x", "« <NOM> » ne s’emploie pas avec « --sortie <DOSSIER> »"),
        ("completion", "il manque <INTERPRÉTEUR>"),
        ("completion bsh", "vouliez-vous dire « bash »"),
    ] {
        let before = files_below(place.path());
        let args: Vec<&str> = line.split_whitespace().collect();
        let output = retex(place.path(), &args);
        let all = words(&output);
        assert_eq!(code(&output), 2, "{line}: {all}");
        assert!(all.contains(said), "{line}: {all}");
        // Its own usage, not that of another command.
        let verbs: Vec<&str> = args.iter().filter(|a| VERBS.contains(*a)).copied().collect();
        let help = [&["« retex"], &verbs[..], &["--help »"]].concat().join(" ");
        assert!(all.contains(&help), "{line}: {all}");
        for english in ["error", "Usage:", "tip:", "For more", "possible values"] {
            assert!(!all.contains(english), "{line}: {all}");
        }
        assert_eq!(files_below(place.path()), before, "{line}");
    }
}

const VERBS: [&str; 12] = [
    "build",
    "check",
    "serve",
    "new",
    "fiche",
    "synthese",
    "page",
    "init",
    "theme",
    "schema",
    "lsp",
    "completion",
];

/// Every command, as its help lists those below it: `[]`, `["build"]`, `["new", "fiche"]`…
fn commands() -> Vec<Vec<String>> {
    let mut found = vec![Vec::new()];
    let mut at = 0;
    while at < found.len() {
        let args: Vec<&str> = found[at].iter().map(String::as_str).chain(["--help"]).collect();
        let help = words(&retex(root(), &args));
        let listed = help
            .lines()
            .skip_while(|l| !matches!(*l, "Commandes :" | "Quoi :"))
            .skip(1)
            .take_while(|l| l.starts_with("  "));
        for line in listed {
            let name = line.split_whitespace().next().unwrap().to_string();
            found.push(found[at].iter().cloned().chain([name]).collect());
        }
        at += 1;
    }
    found
}

fn help_of(command: &[String]) -> String {
    let args: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
    let output = retex(root(), &args);
    assert_eq!(code(&output), 0);
    words(&output)
}

#[test]
fn every_help_has_examples() {
    let all = commands();
    assert_eq!(all.len(), 13, "{all:?}");
    assert_eq!(
        words(&retex(root(), &["help", "new", "page"])),
        help_of(&["new".into(), "page".into()])
    );
    for command in all {
        let help = help_of(&command);
        assert!(
            help.contains("Exemple :\n  retex ") || help.contains("Exemples :\n  retex "),
            "{help}"
        );
    }
}

/// Completions as bash asks for them.
#[test]
#[cfg(unix)]
fn a_shell_completes() {
    let bin = env!("CARGO_BIN_EXE_retex");
    for (line, expected) in [
        ("retex ch", "check"),
        ("retex check --exp", "--explique"),
        ("retex check --explique url-inv", "url-invalide"),
        ("retex check --format g", "github gitlab"),
        ("retex new f", "fiche"),
        ("retex schema si", "site"),
        ("retex completion z", "zsh"),
    ] {
        let script = format!(
            "source <('{bin}' completion bash); COMP_WORDS=({line}); \
             COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
             _retex retex \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"; \
             echo \"${{COMPREPLY[*]}}\""
        );
        let output = Command::new("bash").args(["-c", &script]).output().unwrap();
        assert_eq!(words(&output).trim(), expected, "{line}");
    }
    for shell in ["elvish", "fish", "powershell", "zsh"] {
        let script = words(&retex(root(), &["completion", shell]));
        for word in ["explique", "synthese", "Vérifie le contenu"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn a_message_is_explained_without_a_site() {
    let place = tempfile::tempdir().unwrap();
    for asked in ["url-invalide", "erreur[url-invalide]:"] {
        let output = retex(place.path(), &["check", "--explique", asked]);
        let said = words(&output);
        assert_eq!(code(&output), 0, "{said}");
        for wanted in ["url-invalide : Cette adresse", "Gravité : erreur.", "Mauvais, ", "Bon :"] {
            assert!(said.contains(wanted), "{wanted}: {said}");
        }
    }
    let output = retex(place.path(), &["check", "--explique", "url-invalid"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("Vouliez-vous dire « url-invalide » ?"), "{}", words(&output));
    let output = retex(place.path(), &["check", "--explique", "licorne"]);
    assert_eq!(code(&output), 2);
    assert!(words(&output).contains("aucun message ne s’appelle « licorne »"));
    let output = retex(place.path(), &["check", "--codes"]);
    assert_eq!(code(&output), 0);
    assert!(words(&output).contains("fiche-sans-lien"), "{}", words(&output));
}

#[test]
fn help_is_french() {
    let all = commands().into_iter().map(|command| {
        let line = command.iter().map(|word| format!(" {word}")).collect::<String>();
        format!("$ retex{line} --help\n{}\n", help_of(&command))
    });
    expect_file(&root().join("tests/golden/aide.txt"), &all.collect::<String>());
}
