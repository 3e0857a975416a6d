//! `robots.txt`: the addresses of a host that programs are asked not to visit (RFC 9309).

use serde::{Deserialize, Serialize};
use url::Url;

/// Name of the program in these files.
const NAME: &str = "retex";

/// Rules of a host that are for us.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Robots {
    /// Each with the beginning of the addresses that it is about, and true when it allows them.
    regles: Vec<(String, bool)>,
}

impl Robots {
    /// Reads a file: the groups that name us or, when none does, those for every program.
    pub fn de(text: &str) -> Self {
        let (mut own, mut all) = (Vec::new(), Vec::new());
        let (mut ours, mut everyones, mut names_end) = (false, false, true);
        let mut named = false;
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if names_end {
                        (ours, everyones, names_end) = (false, false, false);
                    }
                    ours |= value.eq_ignore_ascii_case(NAME);
                    everyones |= value == "*";
                    named |= ours;
                }
                rule @ ("allow" | "disallow") => {
                    names_end = true;
                    let rule = (value.to_string(), rule == "allow");
                    if ours && !value.is_empty() {
                        own.push(rule);
                    } else if everyones && !value.is_empty() {
                        all.push(rule);
                    }
                }
                _ => {}
            }
        }
        Self { regles: if named { own } else { all } }
    }

    /// True when an address may be visited: the longest rule wins, the one that allows when two are as long.
    pub fn permet(&self, url: &Url) -> bool {
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_string(),
        };
        let about = self.regles.iter().filter(|(pattern, _)| matches(pattern, &path));
        let best = about.max_by_key(|(pattern, allows)| (pattern.len(), *allows));
        best.is_none_or(|(_, allows)| *allows)
    }
}

/// True when a path begins as a pattern does: `*` stands for anything, a final `$` for the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, whole) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else {
        return false;
    };
    let mut last = None;
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
        last = Some(piece);
    }
    // After a star, the last piece may stand further on.
    !whole || rest.is_empty() || last.is_some_and(|piece| rest.ends_with(piece))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_obeyed() {
        let text = "User-agent: Autre\nDisallow: /\n\nUser-agent: *\nDisallow: /prive # non\nAllow: /prive/public\nDisallow: /*.pdf$\nDisallow:\n";
        let allows = |text: &str, path: &str| {
            Robots::de(text).permet(&Url::parse(&format!("https://exemple.fr{path}")).unwrap())
        };
        for (path, expected) in [
            ("/", true),
            ("/prive/a", false),
            ("/prive/public/a", true),
            ("/a.pdf", false),
            ("/a.pdf.pdf", false),
            ("/a.pdf?b", true),
        ] {
            assert_eq!(allows(text, path), expected, "{path}");
        }
        let ours = "User-agent: x\nUser-agent: RETEX\nDisallow: /x\n\nUser-agent: *\nDisallow: /\n";
        assert!(allows(ours, "/a") && !allows(ours, "/x"));
        assert!(allows("User-agent: retex\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a"));
        assert!(allows("<html>Disallow: /", "/a"));
    }
}
