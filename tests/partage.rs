//! What other programs and other people's pages read of the site: what a shared link shows, the feed, the page of a
//! wrong address.

use crate::support::{Build, assert_clean, base, build, edit, published, set, text};
use retex::{html::scan, source::Snapshot};

const SETTINGS: &str = "content/site.toml";
const URL: &str = "url = \"https://exemple.fr/a/b/\"\n";

fn clean(snapshot: &Snapshot) -> Build {
    let built = build(snapshot);
    assert!(!built.has_errors());
    built
}

fn with_url(mut snapshot: Snapshot) -> Snapshot {
    if !text(&snapshot, SETTINGS).contains("\nurl = ") {
        let settings = format!("{URL}{}", text(&snapshot, SETTINGS));
        set(&mut snapshot, SETTINGS, &settings);
    }
    snapshot
}

fn without_url(mut snapshot: Snapshot) -> Snapshot {
    edit(&mut snapshot, SETTINGS, URL, "");
    snapshot
}

fn page<'a>(built: &'a Build, path: &str) -> &'a str {
    let found = built.tree.pages().find(|(p, _)| p.as_str() == path);
    found.unwrap_or_else(|| panic!("no page {path}")).1
}

/// The value of a `<meta property>`.
fn shared<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = html.split_once(&format!("property=\"{name}\" content=\""))?;
    Some(rest.split_once('"')?.0)
}

#[test]
fn a_shared_link_says_what_it_leads_to() {
    let built = clean(&with_url(published()));
    let mut count = 0;
    for (path, html) in built.tree.pages() {
        if path.as_str() == "404.html" || html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        count += 1;
        let place = path.as_str().strip_suffix("index.html").unwrap();
        assert_eq!(shared(html, "og:url"), Some(&*format!("https://exemple.fr/a/b/{place}")));
        assert_eq!(shared(html, "og:locale"), Some("fr_FR"), "{path}");
        // Said once, for search engines and for those that share.
        assert!(html.contains("<meta name=\"description\" property=\"og:description\" "), "{path}");
        let description = shared(html, "og:description").unwrap();
        assert!(description.chars().count() > 20, "{path}: {description}");
        assert!(shared(html, "og:title").is_some_and(|title| !title.is_empty()), "{path}");
    }
    assert!(count > 80, "{count}");
    let fiche = "retex/loire-atlantique-2020/webradio-maternelle/index.html";
    assert_eq!(shared(page(&built, fiche), "og:type"), Some("article"));

    // Without an address nothing would be true of them all.
    let built = clean(&without_url(base()));
    assert!(built.tree.pages().all(|(_, html)| !html.contains("property=\"og:")));
}

/// The shipped fiches have no date of their own: there is nothing to follow.
#[test]
fn a_feed_is_announced_when_it_has_an_entry() {
    let feed = |built: &Build| {
        let found = built.tree.iter().find(|(path, _)| path.as_str() == "atom.xml");
        found.map(|(_, bytes)| String::from_utf8(bytes.to_vec()).unwrap())
    };
    let announced =
        |built: &Build| built.tree.pages().filter(|(_, html)| html.contains("atom+xml")).count();

    let undated = clean(&with_url(published()));
    assert_eq!((feed(&undated), announced(&undated)), (None, 0));
    let dated = clean(&base());
    let text = feed(&dated).unwrap();
    assert!(text.contains("<entry>") && !text.contains("1970"), "{text}");
    assert!(announced(&dated) > 10);
    let nowhere = clean(&without_url(base()));
    assert_eq!((feed(&nowhere), announced(&nowhere)), (None, 0));
}

/// A server shows the page at any depth: without the address of the site a relative link would lead nowhere, but words
/// and an address of its own still help.
#[test]
fn a_wrong_address_is_met_with_a_way_on() {
    let built = clean(&base());
    assert_clean(&built, &base());
    let links = scan(page(&built, "404.html")).links;
    assert!(links.len() > 8 && links.iter().any(|(link, _)| link == "/a/b/recherche/index.html"));

    let built = clean(&without_url(base()));
    let html = page(&built, "404.html");
    let links: Vec<String> = scan(html).links.into_iter().map(|(link, _)| link).collect();
    assert_eq!(links, ["mailto:contact@exemple.fr"]);
    assert!(html.contains("<h2>") && html.matches("<li>").count() == 3, "{html}");
}
