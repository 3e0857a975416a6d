//! Style sheets of a theme: none asks another site for anything, or that site would learn who reads what; each file
//! that one asks for is there.

use std::{collections::BTreeMap, iter, ops::Range, str::from_utf8, sync::Arc};

use percent_encoding::percent_decode_str;

use super::Layer;

use crate::{
    diag::{Code, Diagnostic},
    source::{SitePath, Span},
};

/// Words before the address of a file that a style sheet asks for, in lower case (CSS Values 4, « URLs »; CSS
/// Cascade 5, `@import`).
const ASKS: [&str; 3] = ["url(", "src(", "@import"];
/// Begins a list of such addresses, each in quotes (CSS Images 4).
const LIST: &str = "image-set(";

/// Files that are published, by name.
type Statics<'a> = BTreeMap<&'a str, &'a Arc<[u8]>>;

/// Reports each address of the style sheets of a layer that leads to another site, or to no file that is published.
pub(super) fn check(layer: &Layer, published: &Statics<'_>, diags: &mut Vec<Diagnostic>) {
    for (name, bytes) in &layer.statics {
        let is_style =
            name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("css"));
        let Some(css) = from_utf8(bytes).ok().filter(|_| is_style) else { continue };
        let path = SitePath::new(format!("{}/static/{name}", super::folder(&layer.name)));
        for range in asked(css) {
            let address = &css[range.clone()];
            let told = match leaves(&address.to_ascii_lowercase()) {
                true => Some(foreign(address)),
                false => missing(name, address, published),
            };
            diags.extend(told.map(|told| told.at(&Span::new(&path, range), "")));
        }
    }
}

/// An address of another site.
fn foreign(address: &str) -> Diagnostic {
    let said = format!("cette feuille de style demande « {address} » à un autre site");
    Diagnostic::new(Code::StyleExterieur, said).help(
        "copiez ce fichier dans le dossier « static » du thème, et nommez-le par un chemin relatif",
    )
}

/// An address that leads to no file of the theme.
fn missing(sheet: &str, address: &str, published: &Statics<'_>) -> Option<Diagnostic> {
    let file = target(sheet, address).filter(|file| !published.contains_key(file.as_str()))?;
    let said = format!("cette feuille de style demande « {address} », que le thème n’a pas");
    let told = Diagnostic::new(Code::StyleFichierAbsent, said);
    // Often in another folder than the one written.
    let last = |name: &str| name.rsplit('/').next().unwrap_or_default().to_lowercase();
    let twin = published.keys().find(|known| last(known) == last(&file));
    let way = "nommez-le par le chemin qui y mène depuis la feuille de style";
    Some(match twin {
        Some(twin) => told.help(format!("le dossier « static » a « {twin} » : {way}")),
        None => told.suggest_or(
            &file,
            &published.keys().copied().collect::<Vec<_>>(),
            format!("mettez ce fichier dans le dossier « static » du thème, et {way}"),
        ),
    })
}

/// The file of a theme that a sheet of this name asks for; `None` when an address asks for no file, or writes it with
/// escapes. One that climbs above the files of the theme is none of them, nor one from the root of the host, which is not
/// always the site's.
fn target(sheet: &str, address: &str) -> Option<String> {
    let path = address.split(['#', '?']).next().unwrap_or_default();
    // A scheme, such as « data: », comes before any slash.
    let has_scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    if path.is_empty() || has_scheme || path.contains('\\') {
        return None;
    }
    if path.starts_with('/') {
        return Some(path.to_string());
    }
    let mut parts: Vec<&str> = sheet.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(percent_decode_str(&parts.join("/")).decode_utf8_lossy().into_owned())
}

/// The addresses that are asked for. An escape that hides one is left to the policy of the server: this tells an
/// honest author, it stops nobody.
fn asked(css: &str) -> Vec<Range<usize>> {
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
        let texts = asked(css).into_iter().map(|range| &css[range]);
        texts.filter(|address| leaves(&address.to_ascii_lowercase())).collect()
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

    #[test]
    fn an_address_leads_to_a_file_of_the_theme() {
        for (sheet, address, file) in [
            ("charte.css", "logo.svg", Some("logo.svg")),
            ("charte.css", "./polices/n%20b.woff2?v=1#x", Some("polices/n b.woff2")),
            ("styles/a.css", "../logo.svg", Some("logo.svg")),
            ("styles/a.css", "logo.svg", Some("styles/logo.svg")),
            ("charte.css", "../logo.svg", Some("../logo.svg")),
            ("a/b.css", "../../../logo.svg", Some("../../logo.svg")),
            ("charte.css", "/assets/logo.svg", Some("/assets/logo.svg")),
            ("charte.css", "#degrade", None),
            ("charte.css", "data:image/png;base64,AA/A", None),
            ("charte.css", "lo\\67o.svg", None),
            ("charte.css", "", None),
        ] {
            assert_eq!(target(sheet, address).as_deref(), file, "{sheet} {address}");
        }
    }
}
