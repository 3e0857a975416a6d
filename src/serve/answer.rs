//! From the address that a browser asks for to what it is given. A path is only ever a key of the tree: what is
//! not in the tree does not exist.

use percent_encoding::percent_decode_str;

use super::{Follower, Served};
use crate::output::Octets;

const SCRIPT: &str = include_str!("apercu.js");
const STYLE: &str = include_str!("apercu.css");

/// Address of the preview's own files. No page of a site can have it.
const OURS: &str = "/.retex/";

/// Answer to a request.
#[derive(Debug)]
pub enum Answer {
    /// All at once.
    Reply(Reply),
    /// News, one after the other, for as long as the page is open.
    Events(Follower),
}

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The media type of the body.
    pub kind: &'static str,
    /// Content.
    pub body: Octets,
    /// A mark that changes when the body does; `None` when it must not be kept.
    pub mark: Option<String>,
    /// Redirect address.
    pub location: Option<String>,
}

/// Answers a request for `target`, a path that begins with `/` and may have a query, as it was sent.
pub fn answer(served: &Served, target: &str) -> Answer {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    if let Some(name) = path.strip_prefix(OURS) {
        return ours(served, name, query);
    }
    let found = path.strip_prefix('/').and_then(|inside| {
        // Once: what is encoded twice is the name of no page.
        let key = percent_decode_str(inside).decode_utf8().ok()?;
        let prefix = Some(served.prefix.as_str()).filter(|prefix| !prefix.is_empty());
        let in_prefix = prefix.and_then(|prefix| key.strip_prefix(prefix)?.strip_prefix('/'));
        find(served, &key).or_else(|| find(served, in_prefix?))
    });
    Answer::Reply(match found {
        _ if served.tree.is_none() => Reply {
            status: 503,
            kind: HTML,
            body: injected(served.messages.page().as_bytes(), served, served.said),
            mark: None,
            location: None,
        },
        Some(Answered::File(key, bytes)) => file(served, 200, &key, &bytes),
        Some(Answered::Folder) => {
            let query = if query.is_empty() { String::new() } else { format!("?{query}") };
            let location = Some(format!("{path}/{query}"));
            Reply { status: 307, location, ..plain("Voyez le dossier.") }
        }
        None => match served.file(NOT_FOUND) {
            Some(bytes) => file(served, 404, NOT_FOUND, bytes),
            None => Reply { status: 404, ..plain("Cette page n’existe pas.") },
        },
    })
}

enum Answered {
    File(String, Octets),
    /// It holds a page, and links in it lead nowhere until the address ends in `/`.
    Folder,
}

fn find(served: &Served, key: &str) -> Option<Answered> {
    let is_folder = key.is_empty() || key.ends_with('/');
    let name = if is_folder { format!("{key}index.html") } else { key.to_string() };
    match served.file(&name) {
        Some(bytes) => Some(Answered::File(name, Octets::clone(bytes))),
        None => {
            let holds_a_page = served.file(&format!("{key}/index.html")).is_some();
            (!is_folder && holds_a_page).then_some(Answered::Folder)
        }
    }
}

fn file(served: &Served, status: u16, key: &str, bytes: &Octets) -> Reply {
    let kind = kind_of(key);
    Reply {
        status,
        kind,
        body: if kind == HTML { injected(bytes, served, 0) } else { Octets::clone(bytes) },
        mark: Some(served.version.to_string()),
        location: None,
    }
}

/// A page with the script that follows its changes, which is told what the page shows.
fn injected(page: &[u8], served: &Served, said: u64) -> Octets {
    let script = format!(
        "<script src=\"{OURS}apercu.js?version={}&amp;messages={said}\" defer></script>\n",
        served.version
    );
    let end = b"</body>";
    let at = page.windows(end.len()).rposition(|part| part == end).unwrap_or(page.len());
    [&page[..at], script.as_bytes(), &page[at..]].concat().into()
}

/// Preview's own files.
fn ours(served: &Served, name: &str, query: &str) -> Answer {
    let (kind, body) = match name {
        "apercu.js" => (SCRIPT_KIND, SCRIPT.as_bytes().into()),
        "apercu.css" => (STYLE_KIND, STYLE.as_bytes().into()),
        "messages.json" => (JSON, served.messages.json().into()),
        "nouvelles" => {
            let number = |name| {
                let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                let found = pairs.into_iter().find(|(key, _)| *key == name);
                found.and_then(|(_, value)| value.parse().ok()).unwrap_or_default()
            };
            return Answer::Events(Follower {
                version: number("version"),
                said: number("messages"),
            });
        }
        _ => return Answer::Reply(Reply { status: 404, ..plain("Rien ici.") }),
    };
    Answer::Reply(Reply { status: 200, kind, body, mark: None, location: None })
}

/// A few words.
fn plain(text: &str) -> Reply {
    let body = format!("{text}\n").into_bytes().into();
    Reply { status: 200, kind: TEXT, body, mark: None, location: None }
}

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const STYLE_KIND: &str = "text/css; charset=utf-8";
const SCRIPT_KIND: &str = "text/javascript; charset=utf-8";
const JSON: &str = "application/json";

/// The page of what is not there.
const NOT_FOUND: &str = "404.html";

/// The media type of a file, by its name.
fn kind_of(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" => HTML,
        "css" => STYLE_KIND,
        "js" => SCRIPT_KIND,
        "json" | "map" => JSON,
        "txt" | "htaccess" => TEXT,
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{output::OutputTree, source::OutputPath};

    fn served(address: Option<&str>) -> Served {
        let mut tree = OutputTree::default();
        for (path, text) in [
            ("index.html", "<body>accueil</body>"),
            ("404.html", "<body>rien</body>"),
            ("retex/index.html", "liste"),
            ("assets/style.css", "p {}"),
            ("donnees/été 1.csv", "a;b"),
        ] {
            tree.insert(OutputPath::new(path), text.as_bytes());
        }
        let address = address.map(|url| url::Url::parse(url).unwrap());
        Served::new(7).publish(tree, address.as_ref())
    }

    fn reply(served: &Served, target: &str) -> Reply {
        match answer(served, target) {
            Answer::Reply(reply) => reply,
            Answer::Events(_) => panic!("{target}: not a reply"),
        }
    }

    #[test]
    fn a_page_has_the_script_and_nothing_else_is_touched() {
        let served = served(None);
        let home = reply(&served, "/");
        let script = "<script src=\"/.retex/apercu.js?version=8&amp;messages=0\" defer></script>\n";
        assert_eq!(*home.body, *format!("<body>accueil{script}</body>").as_bytes());
        assert_eq!(*reply(&served, "/retex/").body, *format!("liste{script}").as_bytes());
        assert_eq!(*reply(&served, "/assets/style.css?x=1").body, *b"p {}");
        assert_eq!(*reply(&served, "/donnees/%C3%A9t%C3%A9%201.csv").body, *b"a;b");
    }

    #[test]
    fn a_folder_is_named_with_its_slash() {
        let there = reply(&served(None), "/retex?a=b");
        assert_eq!((there.status, there.location.as_deref()), (307, Some("/retex/?a=b")));
    }

    #[test]
    fn the_public_prefix_leads_to_the_same_files() {
        let served = served(Some("https://exemple.fr/a/b/"));
        for target in ["/a/b/", "/a/b/assets/style.css", "/a/b/retex/", "/", "/retex/"] {
            assert_eq!(reply(&served, target).status, 200, "{target}");
        }
        assert_eq!(reply(&served, "/a/b/x").status, 404);
        assert_eq!(reply(&served, "/a/bretex/").status, 404);
    }

    #[test]
    fn a_path_is_only_a_key() {
        let served = served(None);
        let long = format!("/{}", "a/../".repeat(3000));
        for target in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/retex/../index.html",
            "/%252e%252e/index.html",
            "/..%5cindex.html",
            "/\\index.html",
            "//index.html",
            "/%2Findex.html",
            "/index.html%00",
            "/%ff",
            "/%zz",
            "index.html",
            "/.retex/../index.html",
            &long,
        ] {
            assert_eq!(reply(&served, target).status, 404, "{target}");
        }
    }

    #[test]
    fn until_there_is_a_site_every_address_shows_what_is_wrong() {
        let none = Served::new(3).say(super::super::Messages::of_failure("<rien> ne va"));
        let page = reply(&none, "/retex/");
        let text = String::from_utf8(page.body.to_vec()).unwrap();
        assert_eq!(page.status, 503);
        assert!(text.contains("&lt;rien&gt; ne va") && text.contains("version=3&amp;messages=1"));
    }
}
