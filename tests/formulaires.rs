//! `tests/formulaires/`: what somebody typed in the form of a forge, and the fiche that `new` makes of it, or why it makes
//! none. What it makes is accepted by `check`.

use std::{fs, process::Command};

use crate::support::{expect_file, files_below, root};

#[test]
fn each_form_gives_its_fiche_or_its_reasons() {
    let cases = root().join("tests/formulaires");
    let (mut made, mut refused) = (0, 0);
    for file in files_below(&cases) {
        if file.extension().is_some_and(|e| e == "attendu") {
            continue;
        }
        let place = tempfile::tempdir().unwrap();
        let retex = |args: &[&str]| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
            command.args(args).current_dir(place.path()).env("NO_COLOR", "1");
            let output = command.output().unwrap();
            let said =
                [&output.stdout, &output.stderr].map(|s| String::from_utf8_lossy(s).into_owned());
            (output.status.code().unwrap(), said.concat())
        };
        assert_eq!(retex(&["init", "."]).0, 0);
        let retexs = place.path().join("content/syntheses/exemple/retex");
        let before = files_below(&retexs);
        let mut text = fs::read_to_string(cases.join(&file)).unwrap();
        // Git would not keep them.
        if file.to_str().unwrap().contains("-crlf.") {
            text = text.replace('\n', "\r\n");
        }
        let form = place.path().join("formulaire");
        fs::write(&form, text).unwrap();
        let (code, mut said) = retex(&["new", "fiche", "--depuis", form.to_str().unwrap()]);
        let new: Vec<_> =
            files_below(&retexs).into_iter().filter(|f| !before.contains(f)).collect();
        assert_eq!(new.len(), usize::from(code == 0), "{}: {said}", file.display());
        if let [fiche] = &new[..] {
            made += 1;
            let text = fs::read_to_string(retexs.join(fiche)).unwrap();
            let (header, body) = text.split_once("\n+++\n\n").unwrap();
            let keys = header.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
            said.push_str(&format!("\n{}\n+++\n\n{body}", keys.collect::<Vec<_>>().join("\n")));
            let (code, told) = retex(&["check"]);
            assert_eq!(code, 0, "{}: {told}", file.display());
        } else {
            refused += 1;
        }
        expect_file(&cases.join(file.with_extension("attendu")), &said);
    }
    assert!(made >= 10 && refused >= 5, "{made} fiches, {refused} refused");
}

/// A new site in git, with a bare repository as its origin, and stubs on the path that write down what they are asked.
#[cfg(unix)]
struct Forge {
    place: tempfile::TempDir,
    site: std::path::PathBuf,
}

#[cfg(unix)]
impl Forge {
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let site = place.path().join("site");
        let forge = Self { site, place };
        let bare = forge.place.path().join("origine.git");
        forge.tool("gh", "#!/bin/sh\nprintf '%s\\n' \"gh $*\" >> ../demandes\n");
        let retex = env!("CARGO_BIN_EXE_retex");
        forge.in_place(&format!(
            "'{retex}' init site && git init --quiet --bare '{}'",
            bare.display()
        ));
        forge.run(
            &format!(
                "git init --quiet --initial-branch main . && git remote add origin '{}' && git add --all
                 git -c user.name=a -c user.email=a@exemple.fr commit --quiet --message site",
                bare.display()
            ),
            &[],
        );
        forge
    }

    fn tool(&self, name: &str, text: &str) {
        use std::os::unix::fs::PermissionsExt;
        let bin = self.place.path().join("bin");
        fs::create_dir_all(&bin).unwrap();
        fs::write(bin.join(name), text).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn in_place(&self, lines: &str) {
        let output =
            Command::new("sh").args(["-ec", lines]).current_dir(self.place.path()).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Runs lines in the site as a forge does; gives what they print.
    fn run(&self, lines: &str, settings: &[(&str, &str)]) -> String {
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_retex")).parent().unwrap();
        let bin = self.place.path().join("bin");
        let mut command = Command::new("sh");
        command.args(["-e", "-u", "-c", lines]).current_dir(&self.site).env_clear();
        command.env("PATH", format!("{}:{}:/usr/bin:/bin", bin.display(), program.display()));
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").envs(settings.iter().copied());
        let output = command.output().unwrap();
        let said =
            [&output.stdout, &output.stderr].map(|s| String::from_utf8_lossy(s).into_owned());
        assert!(output.status.success(), "{}", said.concat());
        said.concat()
    }

    fn asked(&self) -> String {
        fs::read_to_string(self.place.path().join("demandes")).unwrap_or_default()
    }
}

#[cfg(unix)]
fn yaml(text: &str) -> serde_yaml_ng::Value {
    serde_yaml_ng::from_str(text).unwrap()
}

/// A ticket whose text tries to be more than a text, as a forge describes it; `[x]` may be taken off.
#[cfg(unix)]
fn ticket(key: &str, is_complete: bool) -> serde_json::Value {
    let form = fs::read_to_string(root().join("tests/formulaires/complet.md")).unwrap();
    let hostile = "Une \"radio\" '; touch pirate; $(touch pirate) `touch pirate`\n\n{\"id\":9,\"iid\":9} @tous";
    let form = form.replace("Les élèves de 6e écrivent et enregistrent.", hostile);
    let form = form.replace("Collège Rosa-Parks\n", "$(touch pirate)\n");
    let form = if is_complete { form } else { form.replace("- [x]", "- [ ]") };
    serde_json::json!({ key: form, "created_at": "2024-03-15T08:00:00Z", "number": 12, "iid": 14 })
}

#[test]
#[cfg(unix)]
fn a_labelled_ticket_of_github_becomes_a_proposal() {
    let forge = Forge::new();
    let file = ".github/workflows/proposer.yml";
    let workflow = yaml(&fs::read_to_string(forge.site.join(file)).unwrap());
    let checking =
        yaml(&fs::read_to_string(forge.site.join(".github/workflows/retex.yml")).unwrap());
    let steps = workflow["jobs"]["fiche"]["steps"].as_sequence().unwrap();
    // The program is had as it is for the checks.
    let of_checks = checking["jobs"]["site"]["steps"].as_sequence().unwrap();
    assert_eq!(steps[1..3], of_checks[1..3]);
    for step in steps {
        assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{step:?}");
    }
    let scripts: Vec<&str> = steps[3..].iter().map(|step| step["run"].as_str().unwrap()).collect();
    assert!(steps[3]["env"]["GH_TOKEN"].is_null(), "the program sees no token");
    for is_complete in [false, true] {
        let event =
            serde_json::json!({ "action": "labeled", "issue": ticket("body", is_complete) });
        let path = forge.place.path().join("evenement");
        fs::write(&path, event.to_string()).unwrap();
        let settings = [("GITHUB_EVENT_PATH", path.to_str().unwrap()), ("NUMERO", "12")];
        for script in &scripts {
            forge.run(script, &settings);
        }
        let message = fs::read_to_string(forge.site.join(".retex/message.md")).unwrap();
        assert_eq!(message.contains("Closes #12"), is_complete, "{message}");
    }
    let asked = forge.asked();
    let asked: Vec<&str> = asked.lines().collect();
    assert!(asked[0].starts_with("gh issue comment 12 --body-file"), "{asked:?}");
    assert_eq!(asked[1], "gh auth setup-git");
    assert!(asked[2].starts_with("gh pr create --head fiche/ticket-12 "), "{asked:?}");
    let shown = "git -C ../origine.git show fiche/ticket-12 --stat --name-only --format=%s";
    let shown = forge.run(shown, &[]);
    let fiche = "content/syntheses/exemple/retex/une-webradio-au-college.md";
    assert_eq!(shown.trim(), format!("fiche: ticket 12\n\n{fiche}"));
    let text = fs::read_to_string(forge.site.join(fiche)).unwrap();
    assert!(text.contains("date = 2024-03-15") && text.contains("`touch pirate`"), "{text}");
    assert!(!forge.site.join("pirate").exists());
}

#[test]
#[cfg(unix)]
fn a_labelled_ticket_of_gitlab_becomes_a_proposal() {
    let forge = Forge::new();
    let ci = yaml(&fs::read_to_string(forge.site.join(".gitlab-ci.yml")).unwrap());
    let file = ci["include"][0]["local"].as_str().unwrap();
    let jobs = yaml(&fs::read_to_string(forge.site.join(file)).unwrap());
    let script = jobs["proposition"]["script"][0].as_str().unwrap();
    let place = forge.place.path();
    // The forge writes its keys in this order.
    let hostile = serde_json::Value::from(ticket("description", true).to_string());
    let list = format!(
        r#"[{{"id":84,"iid":14,"description":{hostile},"milestone":{{"id":3,"iid":5}}}},{{"id":85,"iid":15}}]"#
    );
    fs::write(place.join("tickets"), list).unwrap();
    fs::write(place.join("14"), ticket("description", true).to_string()).unwrap();
    fs::write(place.join("15"), ticket("description", false).to_string()).unwrap();
    let curl = "#!/bin/sh\nprintf '%s\\n' \"$*\" >> ../demandes\nout=/dev/null\nfor word; do\n\
        test \"$before\" = --output && out=$word\nbefore=$word\n\
        case $word in *'/issues?'*) cat ../tickets > $out ;; *'/issues/1'?) case $* in *PUT*) ;; *) cat ../${word##*/} > $out ;; esac ;; esac\n\
        done\n";
    forge.tool("curl", &curl.replace("for word", "before=\nfor word"));
    let settings = [
        ("RETEX_JETON", "jeton"),
        ("CI_PROJECT_ID", "3"),
        ("CI_DEFAULT_BRANCH", "main"),
        ("CI_API_V4_URL", "https://forge.exemple.fr/api/v4"),
    ];
    let said = forge.run(script, &settings);
    assert!(said.contains("Ticket 14 : proposition ouverte"), "{said}");
    assert!(said.contains("Ticket 15 : incomplet"), "{said}");
    let asked = forge.asked();
    let wanted = [
        "issues?labels=fiche&state=opened",
        "projects/3/issues/14",
        "actions[][content]=<content/syntheses/exemple/retex/une-webradio-au-college.md",
        "title=Fiche proposée par le ticket 14",
        "--request PUT --form remove_labels=fiche https://forge.exemple.fr/api/v4/projects/3/issues/14",
        "projects/3/issues/15",
        "projects/3/issues/15/notes",
        "--request PUT --form remove_labels=fiche https://forge.exemple.fr/api/v4/projects/3/issues/15",
    ];
    assert_eq!(asked.lines().count(), wanted.len(), "{asked}");
    for (line, words) in asked.lines().zip(wanted) {
        assert!(line.contains(words), "{words}: {line}");
    }
    assert!(!forge.site.join("pirate").exists());
}
