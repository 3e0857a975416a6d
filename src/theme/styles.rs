//! Style sheets of a theme: none asks another site for anything, or that site would learn who reads what.

use std::{iter, ops::Range};

use crate::{
    diag::{Code, Diagnostic},
    source::{SitePath, Span},
};

/// Words before the address of a file that a style sheet asks for, in lower case (CSS Values 4, « URLs »; CSS
/// Cascade 5, `@import`).
const ASKS: [&str; 3] = ["url(", "src(", "@import"];
/// Begins a list of such addresses, each in quotes (CSS Images 4).
const LIST: &str = "image-set(";

/// Reports each address of a style sheet that leads to another site.
pub(super) fn check(path: &SitePath, css: &str, diags: &mut Vec<Diagnostic>) {
    for range in foreign(css) {
        let said =
            format!("cette feuille de style demande « {} » à un autre site", &css[range.clone()]);
        diags.push(
            Diagnostic::new(Code::StyleExterieur, said)
                .at(&Span::new(path, range), "")
                .help("copiez ce fichier dans le dossier « static » du thème, et nommez-le par un chemin relatif"),
        );
    }
}

/// The addresses of other sites that are asked for. An escape that hides one is left to the policy of the server:
/// this tells an honest author, it stops nobody.
fn foreign(css: &str) -> Vec<Range<usize>> {
    // Same length, so that places stay: a browser does not read the case of these names.
    let read = css.to_ascii_lowercase();
    let (mut found, mut asked, mut listed) = (Vec::new(), false, false);
    for piece in pieces(&read) {
        match piece {
            CssPiece::Quoted(range) if asked || listed => found.push(range),
            CssPiece::Quoted(_) => {}
            // Between a comment and what follows it.
            CssPiece::Code(range) if read[range.clone()].trim().is_empty() => {}
            CssPiece::Code(range) => {
                found.extend(unquoted(&read, &range));
                let code = read[range].trim_end();
                // A namespace is a name that nobody loads.
                asked = ASKS.iter().any(|ask| code.ends_with(ask)) && !is_namespace(code);
                listed = match (code.rfind(LIST), code.rfind([';', '}'])) {
                    (Some(list), end) => end.is_none_or(|end| end < list),
                    (None, end) => listed && end.is_none(),
                };
            }
        }
    }
    found.retain(|range| leaves(&read[range.clone()]));
    found
}

/// The addresses that are written without quotes in code: `url(a.png)`.
fn unquoted(css: &str, code: &Range<usize>) -> Vec<Range<usize>> {
    let text = &css[code.clone()];
    let begins = text.match_indices("url(").filter(|(at, _)| !is_namespace(&text[..*at]));
    let address = |(at, ask): (usize, &str)| {
        let rest = &text[at + ask.len()..];
        let from = code.start + at + ask.len() + (rest.len() - rest.trim_start().len());
        let end = |c: char| c == ')' || c.is_whitespace();
        from..from + css[from..code.end].find(end).unwrap_or(code.end - from)
    };
    begins.map(address).collect()
}

/// True when the statement that this code leaves open is one.
fn is_namespace(code: &str) -> bool {
    let statement = code.rsplit([';', '{', '}']).next().unwrap_or_default();
    statement.trim_start().starts_with("@namespace")
}

/// A piece of a style sheet; comments are none.
enum CssPiece {
    Code(Range<usize>),
    /// Text between quotes, without them.
    Quoted(Range<usize>),
}

/// A style sheet, piece by piece (CSS Syntax 3, « Tokenization », as far as quotes and comments go).
fn pieces(css: &str) -> impl Iterator<Item = CssPiece> {
    let mut at = 0;
    iter::from_fn(move || {
        loop {
            let rest = &css[at..];
            let quote = rest.chars().next()?;
            if let Some(comment) = rest.strip_prefix("/*") {
                at += comment.find("*/").map_or(rest.len(), |end| end + 4);
                continue;
            }
            if matches!(quote, '"' | '\'') {
                let end = closing(rest, quote);
                let inside = at + 1..at + end;
                at += (end + 1).min(rest.len());
                return Some(CssPiece::Quoted(inside));
            }
            let ends = [rest.find("/*"), rest.find(['"', '\''])];
            let end = ends.into_iter().flatten().min().unwrap_or(rest.len());
            let code = at..at + end;
            at += end;
            return Some(CssPiece::Code(code));
        }
    })
}

/// Place where the quote that begins a text is closed.
fn closing(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let inside = text.char_indices().skip(1);
    let mut ends = inside.filter(|(_, c)| {
        let ends = !escaped && *c == quote;
        escaped = !escaped && *c == '\\';
        ends
    });
    ends.next().map_or(text.len(), |(at, _)| at)
}

/// True when an address names its host: with its scheme, or with that of the page.
fn leaves(address: &str) -> bool {
    address.starts_with("//") || ["http:", "https:", "ftp:"].iter().any(|s| address.starts_with(s))
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
            ("a { b: image-set('c' type('image/png'), 'https://a.fr/b') }", "https://a.fr/b"),
            ("a { content: '\\''; b: url(/* c */\"https://a.fr/b\") }", "https://a.fr/b"),
            ("@import /*/ c */ 'https://a.fr/b.css';", "https://a.fr/b.css"),
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
            "a::after { content: \"url(https://a.fr)\" }",
            "a[href*='url(https://a.fr)'] { color: red }",
            "a { b: image-set('c.png' 1x) } a::after { content: 'https://a.fr' }",
            "@namespace url('http://www.w3.org/1999/xhtml');",
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
