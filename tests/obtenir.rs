//! How the program is got: packed as a version is published, then downloaded, checked and run by what `init` writes for
//! the forges, with neither Rust nor this machine's settings.
#![cfg(unix)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_yaml_ng::Value;

use crate::support::root;

/// A new site, and beside it the program packed as a version is: the folder of its archive and sums.
fn place() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let program = place.path().join("programme");
    // Without what is for debuggers, which is most of it.
    let mut strip = Command::new("strip");
    strip.arg(env!("CARGO_BIN_EXE_retex")).arg("-o").arg(&program);
    assert!(strip.status().expect("strip is missing: install binutils").success());
    let published = place.path().join("version publiée");
    let mut pack = Command::new(root().join(".ci/paquet"));
    pack.arg(target()).arg(&program).arg(&published);
    assert!(pack.status().unwrap().success());
    let made = Command::new(&program).args(["init", "essai"]).current_dir(place.path()).output();
    assert!(made.unwrap().status.success());
    let site = place.path().join("essai");
    (place, site, published)
}

fn target() -> String {
    format!("{}-unknown-linux-musl", std::env::consts::ARCH)
}

fn archive() -> String {
    format!("retex-{}.tar.gz", target())
}

/// Runs lines as a forge does, in an environment that has nothing but what is given and the programs of a system.
fn run(site: &Path, lines: &str, variables: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new("sh");
    command.args(["-e", "-u", "-c", lines]).current_dir(site).stdin(Stdio::null());
    command.env_clear().env("PATH", "/usr/bin:/bin").envs(variables.iter().copied());
    let Output { status, stdout, stderr } = command.output().unwrap();
    let said = [stdout, stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    (status.success(), said)
}

fn yaml(site: &Path, file: &str) -> Value {
    serde_yaml_ng::from_str(&fs::read_to_string(site.join(file)).unwrap()).unwrap()
}

/// The lines that get the program, then those that check the site and build it, of each forge.
fn forges(site: &Path) -> [(String, String); 2] {
    let joined = |lines: &Value| -> String {
        let lines = lines.as_sequence().unwrap().iter();
        lines.map(|line| line.as_str().unwrap().to_string() + "\n").collect()
    };
    let gitlab = yaml(site, ".gitlab-ci.yml");
    let github = yaml(site, ".github/workflows/retex.yml");
    let steps: Vec<&str> = github["jobs"]["site"]["steps"]
        .as_sequence()
        .unwrap()
        .iter()
        .filter_map(|step| step["run"].as_str())
        .collect();
    // What a step gives the next ones.
    let next = "PATH=\"$(cat \"$GITHUB_PATH\"):$PATH\"\n";
    [
        (
            joined(&gitlab["default"]["before_script"]),
            // Each job has a shell of its own.
            format!(
                "(\n{})\n{}",
                joined(&gitlab["verification"]["script"]),
                joined(&gitlab["pages"]["script"])
            ),
        ),
        (steps[0].to_string() + "\n", next.to_string() + &steps[1..].join("\n")),
    ]
}

#[test]
fn a_forge_downloads_the_program_and_runs_it() {
    let (place, site, published) = place();
    let address = format!("file://{}", published.display().to_string().replace(' ', "%20"));
    let sums = fs::read_to_string(published.join("SHA256SUMS")).unwrap();
    let sum = sums.split_whitespace().next().unwrap();
    let path = place.path().join("chemin").display().to_string();
    for (get, use_it) in forges(&site) {
        for pinned in ["", sum] {
            let _ = fs::remove_dir_all(site.join(".retex"));
            let _ = fs::remove_dir_all(site.join("public"));
            let _ = fs::remove_file(&path);
            let variables = [
                ("RETEX_PUBLICATION", &*address),
                ("RETEX_SHA256", pinned),
                ("GITHUB_PATH", &path),
            ];
            let (fine, said) = run(&site, &format!("{get}{use_it}"), &variables);
            assert!(fine, "{said}");
            assert!(said.contains(&format!("{}: ", archive())), "{said}");
            assert!(said.contains(&format!("retex {}", env!("CARGO_PKG_VERSION"))), "{said}");
            assert!(site.join("public/index.html").is_file(), "{said}");
            // Kept for the next time, unless another is asked for.
            let (fine, said) = run(&site, &get, &variables);
            assert!(fine && !said.contains("tar.gz"), "{said}");
            let (fine, said) = run(&site, &get, &[variables[0], ("RETEX_SHA256", &"0".repeat(64))]);
            assert!(!fine && said.contains("somme SHA-256"), "{said}");
        }
    }
}

#[test]
fn a_program_that_is_not_the_one_asked_for_is_not_run() {
    let (_place, site, published) = place();
    let address = format!("file://{}", published.display().to_string().replace(' ', "%20"));
    let wrong = "0".repeat(64);
    for (get, _) in forges(&site) {
        let refused = |variables: &[(&str, &str)], words: &str| {
            let _ = fs::remove_dir_all(site.join(".retex"));
            let (fine, said) = run(&site, &format!("{get}echo 'la suite'\n"), variables);
            assert!(!fine && said.contains(words), "{words}: {said}");
            assert!(
                !said.contains("la suite") && !site.join(".retex/bin/retex").exists(),
                "{said}"
            );
        };
        refused(&[], "Donnez à la variable RETEX_PUBLICATION");
        refused(&[("RETEX_PUBLICATION", "file:///nulle/part")], "ne se télécharge pas");
        refused(&[("RETEX_PUBLICATION", &address), ("RETEX_SHA256", &wrong)], "somme SHA-256");
        // The fallback says which program it lacks.
        refused(&[("RETEX_DEPOT", "https://forge.exemple.fr/a/retex.git v1.0")], "cargo");
        let sums = published.join("SHA256SUMS");
        let right = fs::read_to_string(&sums).unwrap();
        for changed in
            [right.replace(&archive(), "autre.tar.gz"), right.replacen(' ', "0 ", 1), String::new()]
        {
            fs::write(&sums, changed).unwrap();
            refused(&[("RETEX_PUBLICATION", &address)], "somme SHA-256");
        }
        fs::write(&sums, right).unwrap();
    }
    let whole = fs::read(published.join(archive())).unwrap();
    fs::write(published.join(archive()), &whole[..whole.len() - 1]).unwrap();
    for (get, _) in forges(&site) {
        let _ = fs::remove_dir_all(site.join(".retex"));
        let (fine, said) = run(&site, &get, &[("RETEX_PUBLICATION", &address)]);
        assert!(!fine && said.contains("somme SHA-256"), "{said}");
    }
}

/// Whoever asks cargo for the program is led to the same names.
#[test]
fn archives_have_one_name() {
    let manifest: toml::Table =
        toml::from_str(&fs::read_to_string(root().join("Cargo.toml")).unwrap()).unwrap();
    let binstall = &manifest["package"]["metadata"]["binstall"];
    let named = |value: &toml::Value| {
        value["pkg-url"].as_str().unwrap().rsplit('/').next().unwrap().to_string()
    };
    let place = tempfile::tempdir().unwrap();
    let program = place.path().join("programme");
    fs::write(&program, "#!/bin/sh\n").unwrap();
    let mut pack = Command::new(root().join(".ci/paquet"));
    let packed = pack.arg(target()).arg(&program).arg(place.path()).status().unwrap();
    assert!(packed.success());
    let archive = named(binstall).replace("{ target }", &target());
    assert!(place.path().join(&archive).is_file(), "{archive}");
    assert!(
        fs::read_to_string(place.path().join("SHA256SUMS"))
            .unwrap()
            .ends_with(&format!("  {archive}\n"))
    );
    let script = fs::read_to_string(root().join(".ci/paquet")).unwrap();
    let windows = named(&binstall["overrides"]["x86_64-pc-windows-msvc"]);
    assert!(script.contains(&windows.replace("{ target }", "$target")), "{windows}");
}
