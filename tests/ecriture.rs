//! What is written in the sources: never through a link, over nothing but what was read, with the old permissions.
#![cfg(unix)]

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use retex::{
    disk::{self, Before, WriteError, Written, write_sources},
    source::SitePath,
};

use crate::support::{copy, files_below, root};

const RADIO: &str = "content/syntheses/essai-2021/retex/radio.md";
const FICHES: &str = "content/syntheses/essai-2021/retex";

/// A site and a folder beside it that no command of the site may touch.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("tests/base/content"), &folder.path().join("site/content"));
        copy(&root().join("tests/base/content"), &folder.path().join("dehors"));
        let place = Self { folder };
        fs::write(place.outside().join("profil"), PRECIOUS).unwrap();
        place
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn outside(&self) -> PathBuf {
        self.folder.path().join("dehors")
    }

    /// The files of the folder beside the site.
    fn precious(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let read = |file: PathBuf| (file.clone(), fs::read(self.outside().join(file)).unwrap());
        files_below(&self.outside()).into_iter().map(read).collect()
    }

    /// Runs the program in the site.
    fn retex(&self, args: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retex"));
        command.args(args).current_dir(self.site()).env("NO_COLOR", "1").stdin(Stdio::null());
        let output = command.output().unwrap();
        (output.status.code(), words(&output))
    }

    fn git(&self, args: &[&str]) {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr"]);
        // What whoever runs the tests has set for their own commits is left out.
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        let output = command.args(args).current_dir(self.site()).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", words(&output));
    }

    /// Spoils a fiche in a way that `--corriger` mends.
    fn spoil(&self, fiche: &Path) {
        let text = fs::read_to_string(fiche).unwrap();
        assert!(text.contains("thematique ="));
        fs::write(fiche, text.replace("thematique =", "thématique =")).unwrap();
    }
}

const PRECIOUS: &str = "titre : précieux\n";

fn words(output: &Output) -> String {
    let said = [&output.stdout, &output.stderr].map(|s| String::from_utf8_lossy(s).into_owned());
    said.concat().replace(['\u{a0}', '\u{202f}'], " ")
}

/// Tells a folder that holds nothing on its way.
fn is_swept(folder: &Path) -> bool {
    files_below(folder).iter().all(|file| !file.to_string_lossy().contains(".retex-tmp"))
}

/// A merge request brings links, one of them at a name that nobody sees, and a mistake to be mended beside them.
#[test]
fn links_of_a_merge_request_are_named_and_lead_nowhere() {
    let place = Place::new();
    place.git(&["init", "--quiet", "--initial-branch=main"]);
    place.git(&["add", "."]);
    place.git(&["commit", "--quiet", "--message=Le site"]);
    place.git(&["checkout", "--quiet", "-b", "proposition"]);
    let fiches = place.site().join(FICHES);
    let absolute = place.outside().join("profil");
    // What it leads to is a fiche that could be mended.
    place.spoil(&place.outside().join("syntheses/essai-2021/retex/radio.md"));
    let relative = "../../../../../dehors/syntheses/essai-2021/retex/radio.md";
    symlink(relative, fiches.join("x.md")).unwrap();
    assert!(fs::read_to_string(fiches.join("x.md")).unwrap().contains("thématique ="));
    symlink(&absolute, fiches.join("y.md")).unwrap();
    symlink(place.outside().join("nouveau"), fiches.join("z.md")).unwrap();
    symlink(&absolute, fiches.join(".retex-tmp-radio.md")).unwrap();
    symlink(place.outside(), place.site().join("content/.cache")).unwrap();
    symlink(place.outside().join("thematiques"), place.site().join("content/pages/dossier"))
        .unwrap();
    place.spoil(&fiches.join("radio.md"));
    place.git(&["add", "."]);
    place.git(&["commit", "--quiet", "--message=Une proposition"]);
    place.git(&["checkout", "--quiet", "main"]);
    place.git(&["merge", "--quiet", "proposition"]);
    let before = place.precious();
    let (code, said) = place.retex(&["check", "--corriger", "--oui", "--format", "court"]);
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(place.precious(), before);
    for link in [
        "retex/x.md",
        "retex/y.md",
        "retex/z.md",
        "retex/.retex-tmp-radio.md",
        "content/.cache",
        "content/pages/dossier",
    ] {
        assert!(said.contains(&format!("{link}: erreur[lien-symbolique]")), "{link}: {said}");
    }
    assert!(said.contains("1 fichier corrigé"), "{said}");
    let mended = fs::read_to_string(fiches.join("radio.md")).unwrap();
    assert!(mended.contains("\nthematique ="), "{mended}");
}

/// The whole folder of the fiches leads elsewhere, to fiches with mistakes to be mended.
#[test]
fn a_folder_of_a_merge_request_that_leads_elsewhere() {
    for folder in [FICHES, "content/syntheses/essai-2021", "content/syntheses"] {
        let place = Place::new();
        let outside = place.outside().join(folder.strip_prefix("content/").unwrap());
        place.spoil(&place.outside().join(RADIO.strip_prefix("content/").unwrap()));
        fs::remove_dir_all(place.site().join(folder)).unwrap();
        symlink(outside, place.site().join(folder)).unwrap();
        let before = place.precious();
        let (code, said) = place.retex(&["check", "--corriger", "--oui", "--format", "court"]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(&format!("{folder}: erreur[lien-symbolique]")), "{said}");
        let args = ["new", "fiche", "--titre", "Essai", "--thematique", "egal-acces"];
        let (code, said) = place.retex(&[&args[..], &["--texte", "Un texte."]].concat());
        assert_ne!(code, Some(0), "{said}");
        assert_eq!(place.precious(), before);
    }
}

#[test]
fn nothing_new_is_written_through_a_link() {
    let place = Place::new();
    let before = place.precious();
    let pages = place.site().join("content/pages");
    fs::remove_dir_all(&pages).unwrap();
    symlink(place.outside().join("pages"), &pages).unwrap();
    let (code, said) = place.retex(&["new", "page", "atelier", "--titre", "Atelier"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("« content/pages » est un raccourci"), "{said}");
    fs::remove_file(&pages).unwrap();
    fs::create_dir(&pages).unwrap();
    symlink(place.outside().join("absent"), pages.join("atelier.md")).unwrap();
    let (code, said) = place.retex(&["new", "page", "atelier", "--titre", "Atelier"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("raccourci") && said.contains("content/pages/atelier.md"), "{said}");
    assert_eq!(place.precious(), before);
    fs::remove_file(pages.join("atelier.md")).unwrap();
    let (code, said) = place.retex(&["new", "page", "atelier", "--titre", "Atelier"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(is_swept(&place.site()));
}

/// A file that is no more what was read of it when it is to be written.
#[test]
fn what_changes_between_reading_and_writing_is_left_alone() {
    type Swap = fn(&Place, &Path);
    let by_link = |place: &Place, file: &Path| {
        let same = place.outside().join("copie.md");
        fs::rename(file, &same).unwrap();
        symlink(&same, file).unwrap();
    };
    let swaps: [(Swap, &str, &str); 7] = [
        (by_link, "raccourci", RADIO),
        (
            |_, file| {
                fs::remove_file(file).unwrap();
                symlink("../nulle/part", file).unwrap();
            },
            "raccourci",
            RADIO,
        ),
        (
            |place, file| {
                let folder = file.parent().unwrap();
                let same = place.outside().join("fiches");
                fs::rename(folder, &same).unwrap();
                symlink(&same, folder).unwrap();
            },
            "raccourci",
            FICHES,
        ),
        (
            |place, _| {
                let same = place.outside().join("content");
                fs::rename(place.site().join("content"), &same).unwrap();
                symlink("../dehors/content", place.site().join("content")).unwrap();
            },
            "raccourci",
            "content",
        ),
        (|_, file| fs::write(file, "Un autre texte.\n").unwrap(), "a changé", RADIO),
        (|_, file| fs::remove_file(file).unwrap(), "a changé", RADIO),
        (
            |_, file| {
                fs::remove_file(file).unwrap();
                let status = Command::new("mkfifo").arg(file).status();
                assert!(status.unwrap().success());
            },
            "existe déjà",
            RADIO,
        ),
    ];
    for (swap, said, named) in swaps {
        let place = Place::new();
        let (site, path) = (place.site(), SitePath::new(RADIO));
        let read = disk::scan(&site).unwrap().files[RADIO].clone();
        let glossaire = SitePath::new("content/glossaire.toml");
        let other = fs::read(site.join(glossaire.as_str())).unwrap();
        swap(&place, &site.join(RADIO));
        let before = place.precious();
        let files = [
            Written { path: &glossaire, before: Before::Bytes(&other), text: "# Écrit\n" },
            Written { path: &path, before: Before::Bytes(read.bytes()), text: "écrit" },
        ];
        let error = write_sources(&site, &files).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
        let named = site.join(named).display().to_string();
        assert!(error.contains(&format!("« {named} »")), "{named}: {error}");
        assert_eq!(place.precious(), before, "{named}: {said}");
        assert_eq!(fs::read(site.join(glossaire.as_str())).unwrap(), other, "none is begun");
        assert!(is_swept(place.folder.path()), "{named}: {said}");
    }
}

#[test]
fn a_new_file_takes_the_place_of_nothing() {
    let place = Place::new();
    let write = |path: &str| {
        let path = SitePath::new(path);
        let new = Written { path: &path, before: Before::Nothing, text: "Un texte.\n" };
        write_sources(&place.site(), &[new])
    };
    assert!(matches!(write(RADIO), Err(WriteError::Taken(_))));
    assert!(matches!(write("content/site.toml/a.md"), Err(WriteError::NotAFolder(_))));
    assert!(matches!(write("content/pages"), Err(WriteError::Taken(_))));
    symlink(place.outside(), place.site().join("themes")).unwrap();
    assert!(matches!(write("themes/local/static/charte.css"), Err(WriteError::Link(_))));
    write("content/a/b/c.md").unwrap();
    let written = place.site().join("content/a/b/c.md");
    assert_eq!(fs::read_to_string(&written).unwrap(), "Un texte.\n");
    assert_eq!(fs::metadata(&written).unwrap().nlink(), 1);
    assert!(is_swept(place.folder.path()));
}

/// Who may read and write stays; that a file runs as its owner does not, nor does what another name of it holds.
#[test]
fn the_permissions_of_the_old_file_stay() {
    for (mode, kept) in
        [(0o600, 0o600), (0o640, 0o640), (0o444, 0o444), (0o4755, 0o755), (0o2664, 0o664)]
    {
        let place = Place::new();
        let fiche = place.site().join(RADIO);
        place.spoil(&fiche);
        let other = place.outside().join("autre-nom.md");
        fs::hard_link(&fiche, &other).unwrap();
        fs::set_permissions(&fiche, fs::Permissions::from_mode(mode)).unwrap();
        let before = place.precious();
        let (code, said) = place.retex(&["check", "--corriger", "--oui"]);
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(fs::metadata(&fiche).unwrap().mode() & 0o7777, kept, "{mode:o}");
        assert_eq!(place.precious(), before, "the other name keeps its text");
    }
}

/// An editor's lock is a link to nowhere, and no mistake.
#[test]
fn the_lock_of_an_editor_is_no_link_to_be_told() {
    let place = Place::new();
    let lock = place.site().join(FICHES).join(".#radio.md");
    symlink("camille@poste.12345:1700000000", &lock).unwrap();
    let (code, said) = place.retex(&["check"]);
    assert_eq!(code, Some(0), "{said}");
    fs::remove_file(&lock).unwrap();
    symlink("../camille@poste", &lock).unwrap();
    let (code, said) = place.retex(&["check"]);
    assert_eq!(code, Some(1), "{said}");
}
