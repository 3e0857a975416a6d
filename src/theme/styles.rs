//! Style sheets of a theme: none asks another site for anything, or that site would learn who reads what.

use std::{iter, ops::Range};

use crate::{
    diag::{Code, Diagnostic},
    source::{SitePath, Span},
};

/// Where a style sheet asks for a file, by what comes before the address (CSS Values 4, « URLs »; CSS Images 4,
/// `image-set`; CSS Cascade 5, `@import`), in lower case.
const ASKS: [&str; 4] = ["url(", "src(", "image-set(", "@import"];

/// Reports each address of a style sheet that leads to another site.
pub(super) fn check(path: &SitePath, css: &str, diags: &mut Vec<Diagnostic>) {
    for range in foreign(css) {
        let host =
            format!("cette feuille de style demande « {} » à un autre site", &css[range.clone()]);
        diags.push(
            Diagnostic::new(Code::StyleExterieur, host)
                .at(&Span::new(path, range), "")
                .aide("copiez ce fichier dans le dossier « static » du thème, et nommez-le par un chemin relatif"),
        );
    }
}

/// The addresses of other sites that are asked for.
fn foreign(css: &str) -> Vec<Range<usize>> {
    // Same length, so that places stay: a browser reads neither comments nor the case of these names.
    let read = without_comments(css).to_ascii_lowercase();
    let mut found: Vec<Range<usize>> = ASKS
        .iter()
        .flat_map(|ask| read.match_indices(ask).map(move |(at, _)| (at, at + ask.len())))
        // A namespace is a name that nobody loads.
        .filter(|(at, _)| !statement(&read, *at).starts_with("@namespace"))
        .filter(|(at, _)| !read[..*at].ends_with(|c: char| c.is_alphanumeric()))
        .flat_map(|(_, from)| addresses(&read, from))
        .filter(|range| leaves(&read[range.clone()]))
        .collect();
    found.sort_by_key(|range| range.start);
    found.dedup();
    found
}

/// The statement that is being written at a place.
fn statement(css: &str, at: usize) -> &str {
    let before = &css[..at];
    before[before.rfind([';', '{', '}']).map_or(0, |end| end + 1)..].trim_start()
}

/// What may be an address after `url(` and the like: the first word, and every quoted one, up to what ends it.
fn addresses(css: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = from;
    let mut first = true;
    iter::from_fn(move || {
        let rest = &css[at..];
        let begins = match std::mem::take(&mut first) {
            true => rest.len() - rest.trim_start().len(),
            false => rest.find(['"', '\'', ')', ';', '}'])?,
        };
        let quote = rest[begins..].chars().next()?;
        if !matches!(quote, '"' | '\'') {
            let word = &rest[begins..];
            let end = word.find([')', ';', '"', '\'']).unwrap_or(word.len());
            at += begins + end;
            let range = at - end..at;
            return (end > 0).then(|| range.start..range.start + css[range].trim_end().len());
        }
        let start = at + begins + 1;
        let end = start + css[start..].find(quote).unwrap_or(css.len() - start);
        at = (end + 1).min(css.len());
        Some(start..end)
    })
}

/// Whether an address names its host: with its scheme, or with that of the page.
fn leaves(address: &str) -> bool {
    address.starts_with("//") || ["http:", "https:", "ftp:"].iter().any(|s| address.starts_with(s))
}

/// The sheet with spaces for each comment.
fn without_comments(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        let end = rest[start..].find("*/").map_or(rest.len(), |end| start + end + 2);
        text.push_str(&rest[..start]);
        text.extend(iter::repeat_n(' ', end - start));
        rest = &rest[end..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(css: &str) -> Vec<&str> {
        foreign(css).into_iter().map(|range| &css[range]).collect()
    }

    #[test]
    fn what_is_asked_elsewhere_is_found_at_its_place() {
        for (css, address) in [
            ("a { background: url(https://a.fr/b.png) }", "https://a.fr/b.png"),
            ("a { background: URL( 'HTTP://a.fr/é.png' ) }", "HTTP://a.fr/é.png"),
            ("@font-face { src: url(\"//a.fr/b.woff2\") format(\"woff2\") }", "//a.fr/b.woff2"),
            ("@import \"https://a.fr/b.css\" screen;", "https://a.fr/b.css"),
            ("@import url(https://a.fr/b.css);", "https://a.fr/b.css"),
            ("/* É */ a { b: src('https://a.fr/b') }", "https://a.fr/b"),
            ("a { b: image-set(\"c.png\" 1x, \"https://a.fr/b\" 2x) }", "https://a.fr/b"),
        ] {
            assert_eq!(found(css), [address], "{css}");
        }
    }

    #[test]
    fn what_is_here_or_is_only_named_is_not() {
        for css in [
            "a { background: url(images/b.png), url('../c.svg') }",
            "a { background: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\") }",
            "/* url(https://a.fr/b.png) */ a { color: red }",
            "@namespace svg url(http://www.w3.org/2000/svg);",
            "a::after { content: \"https://a.fr\" }",
            "@import \"b.css\"; a::after { content: \"https://a.fr\" }",
            "a { background: url(b.png) } a::after { content: \"https://a.fr\" }",
            "url(",
            "@import",
            "url('",
            "/*",
            "image-set(\"",
        ] {
            assert_eq!(found(css), [""; 0], "{css}");
        }
    }
}
