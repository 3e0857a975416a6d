//! The site works anywhere: under `/`, under a sub-path, from a USB stick. Links are resolved by the
//! WHATWG rules (`url`), as a browser does.

use std::{collections::BTreeMap, fs, process::Command};

use retex::{
    build::{Memo, Options},
    disk::MANIFEST,
    html::{PageScan, scan},
    source::{OutputPath, Snapshot, SourceFile},
};
use url::Url;

use crate::support::{
    assert_clean, base, build, build_with, copy, edit, files_below, images, published, root,
};

fn every_link_resolves(snapshot: &Snapshot, options: &Options, address: &str) {
    let built = build_with(snapshot, options, &mut Memo::default());
    assert_clean(&built, snapshot);
    let scans: BTreeMap<String, PageScan> =
        built.tree.pages().map(|(path, html)| (path.to_string(), scan(html))).collect();
    let files: Vec<String> = built.tree.iter().map(|(path, _)| path.to_string()).collect();
    let base = Url::parse(address).unwrap();
    let mut followed = 0;
    for (page, scan) in &scans {
        let here = base.join(page).unwrap();
        for (link, _) in &scan.links {
            let target = here.join(link).unwrap_or_else(|e| panic!("{page}: {link}: {e}"));
            let Some(inside) = target.as_str().strip_prefix(address) else {
                let external = matches!(target.scheme(), "https" | "http" | "mailto");
                assert!(external, "{page}: {link} leaves the site: {target}");
                continue;
            };
            // Its own public address is not a path of this place.
            let path = inside.split(['#', '?']).next().unwrap();
            if link.starts_with("http") && (path.is_empty() || path.ends_with('/')) {
                continue;
            }
            assert!(files.iter().any(|f| f == path), "{page}: {link} → {path}");
            if let Some(anchor) = target.fragment().filter(|a| !a.is_empty()) {
                assert!(scans[path].ids.contains_key(anchor), "{page}: {link}: no anchor");
            }
            followed += 1;
        }
    }
    assert!(followed > 100, "{followed} links only");
}

#[test]
fn links_resolve_at_the_root() {
    every_link_resolves(&published(), &Options::default(), "https://exemple.fr/");
}

#[test]
fn links_resolve_under_a_sub_path() {
    every_link_resolves(&published(), &Options::default(), "https://exemple.fr/a/b/");
}

#[test]
fn links_resolve_from_a_disk() {
    every_link_resolves(&published(), &Options::default(), "file:///media/cle%20usb/site/");
}

#[test]
fn links_resolve_with_a_public_address() {
    let url = Url::parse("https://exemple.fr/a/b/").unwrap();
    let options = Options { url: Some(url), ..Options::default() };
    every_link_resolves(&published(), &options, "https://exemple.fr/a/b/");
    every_link_resolves(&base(), &Options::default(), "https://exemple.fr/a/b/");
}

/// Nothing inline, nothing from elsewhere: `default-src 'self'` breaks nothing.
#[test]
fn a_strict_content_security_policy_breaks_nothing() {
    for snapshot in [published(), base()] {
        for (path, html) in build(&snapshot).tree.pages() {
            for forbidden in
                [" style=", "<style", "javascript:", "data:", " onclick=", " onload=", "<iframe"]
            {
                assert!(!html.contains(forbidden), "{path}: {forbidden}");
            }
            for script in html.match_indices("<script").map(|(at, _)| &html[at..]) {
                let data = script.starts_with("<script type=\"application/ld+json\">");
                let own = script.split_once('>').is_some_and(|(tag, rest)| {
                    ["champ", "liste", "recherche", "tableaux"]
                        .iter()
                        .any(|name| tag.ends_with(&format!("assets/{name}.js\" defer")))
                        && rest.starts_with("</script>")
                });
                assert!(data || own, "{path}");
            }
            for key in ["src=\"http", "<link rel=\"stylesheet\" href=\"http"] {
                assert!(!html.contains(key), "{path}: {key}");
            }
        }
    }
}

/// Settings for Apache are written only when asked for; they hold the policy that the pages obey.
#[test]
fn settings_for_apache_when_asked() {
    let mut snapshot = published();
    let settings = |snapshot: &Snapshot| {
        let tree = build(snapshot).tree;
        tree.iter()
            .find(|(path, _)| path.as_str() == ".htaccess")
            .map(|(_, bytes)| String::from_utf8(bytes.to_vec()).unwrap())
    };
    assert_eq!(settings(&snapshot), None);
    let site = fs::read_to_string(root().join("content/site.toml")).unwrap();
    let mut asked = |keys: &str| {
        let site = format!("htaccess = true\n{keys}url = \"https://exemple.fr/a/\"\n{site}");
        snapshot.insert(SourceFile::text("content/site.toml", &site));
        settings(&snapshot).unwrap()
    };
    let active = |text: &str| -> Vec<String> {
        text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(String::from).collect()
    };
    // Nothing that a server could refuse, until somebody says what it takes.
    let unknown = asked("");
    assert_eq!(active(&unknown), [""; 0], "{unknown}");
    assert!(unknown.contains("# ErrorDocument 404 /a/404.html\n"), "{unknown}");
    let text = asked("allow_override = [\"FileInfo\"]\n");
    assert!(text.contains("\n  Header always set Content-Security-Policy \"default-src 'self';"));
    assert!(text.contains("\nErrorDocument 404 /a/404.html\n"), "{text}");
    assert!(text.contains("\n#   DirectoryIndex index.html\n"), "{text}");
    let text = asked("allow_override = [\"Indexes\"]\n");
    assert_eq!(
        active(&text),
        ["<IfModule mod_dir.c>", "  DirectoryIndex index.html", "</IfModule>"]
    );
}

/// Two builds of the same site, in two folders, with two processes: the same bytes.
#[test]
fn two_folders_give_the_same_bytes() {
    let place = tempfile::tempdir().unwrap();
    let mut trees = Vec::new();
    for name in ["un", "un autre dossier"] {
        let site = place.path().join(name);
        copy(&root().join("content"), &site.join("content"));
        let run = Command::new(env!("CARGO_BIN_EXE_retex"))
            .arg("build")
            .current_dir(&site)
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let output = site.join("output");
        let files = files_below(&output);
        assert!(files.len() > 50);
        trees.push(
            files
                .into_iter()
                // Our own record of the folder holds the time of each file.
                .filter(|f| !f.ends_with(MANIFEST))
                .map(|f| (f.clone(), fs::read(output.join(f)).unwrap()))
                .collect::<Vec<_>>(),
        );
    }
    assert!(trees[0] == trees[1]);
}

/// The 404 page, which a server shows at any depth, stands alone or links absolutely.
#[test]
fn the_404_page_works_at_any_depth() {
    let page = |snapshot: &Snapshot| {
        let tree = build(snapshot).tree;
        let (_, html) = tree.pages().find(|(p, _)| p.as_str() == "404.html").unwrap();
        scan(html)
    };
    let relative = |scan: &PageScan| {
        scan.links
            .iter()
            .filter(|(l, _)| !l.starts_with('/') && !l.starts_with('#') && !l.contains(':'))
            .count()
    };
    assert!(published().files["content/site.toml"].as_text().is_some());
    assert_eq!(page(&published()).links.len(), 0, "without url it has no link");
    let with_url = page(&base());
    assert_eq!(relative(&with_url), 0, "{:?}", with_url.links);
    assert!(with_url.links.iter().any(|(l, _)| l == "/a/b/index.html"));
}

/// The name of an image becomes an address as that of a page does.
#[test]
fn addresses_of_images_are_those_of_pages() {
    let mut snapshot = base();
    let radio = "content/syntheses/essai-2021/retex/radio";
    for name in ["au micro.png", "été [2].png"] {
        images::put(&mut snapshot, &format!("{radio}/{name}"), images::PNG);
    }
    let shown =
        "![Au micro](<radio/au micro.png>) ![En été](<radio/été [2].png>) Voir [les tablettes]";
    edit(&mut snapshot, &format!("{radio}.md"), "Voir [les tablettes]", shown);
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let fiche = built.tree.get(&OutputPath::new("retex/essai-2021/radio/index.html")).unwrap();
    let html = String::from_utf8_lossy(fiche);
    for wanted in ["retex/radio/au-micro.png\"", "retex/radio/ete-2.png\""] {
        assert!(html.contains(wanted), "{wanted} in {html}");
    }
}
