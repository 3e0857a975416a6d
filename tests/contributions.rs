//! The promise made to whoever writes: every letter of a text is on its page, and no tag goes through.

use std::{collections::BTreeSet, ops::Range};

use html5gum::{Token, Tokenizer};
use retex::{
    audit::Audit,
    diag::{Code, Place, Severity},
    html::scan,
    site::address::anchor,
    source::{OutputPath, OutputPaths, Snapshot},
};

use crate::support::{Build, Random, assert_clean, base, build, edit, images, set};

const FICHE: &str = "content/syntheses/essai-2021/retex/riche.md";
const PAGE: &str = "retex/essai-2021/riche/index.html";
const HEADER: &str = "+++\ntitre = \"Un texte riche\"\nthematique = \"egal-acces\"\ndate = 2021-03-04\nauteurs = [\"Une équipe\"]\n[[liens]]\nurl = \"https://exemple.fr/riche\"\n+++\n";

/// Of everything that a text may hold.
const BODY: &str = "## Le projet

Une *radio* d'école, avec **trois** classes[^1] et un `micro`.<br>Elle émet à 10 h : voir https://exemple.fr/direct

- écrire
- enregistrer[^2]
    1. seul
    2. à deux

| Quoi | Combien |
|---|---|
| micros | 4 |
| casques | 12 |

> [!TIP]
> Prévoir un cas\u{e9}ier.

<details>
<summary>Le matériel</summary>

Une table de mixage.

</details>

```python
volume = 11
```

![Trois élèves autour d'un micro](riche/micro.png)

[^1]: De la sixième à la quatrième.

[^2]: Dans le *studio*, prêté[^3].

[^3]: Par la commune.
";

fn rich() -> Snapshot {
    let mut snapshot = base();
    set(&mut snapshot, FICHE, &format!("{HEADER}{BODY}"));
    images::put(&mut snapshot, "content/syntheses/essai-2021/retex/riche/micro.png", images::PNG);
    snapshot
}

fn page<'b>(built: &'b Build, path: &str) -> &'b str {
    built.tree.pages().find(|(page, _)| page.as_str() == path).unwrap().1
}

/// Whether the audit finds nothing wrong in a page.
fn is_right(built: &Build, path: &str, html: &str) -> bool {
    let files: OutputPaths = built.tree.iter().map(|(path, _)| path.clone()).collect();
    let audit = Audit::new(built.site.as_ref().unwrap(), &files, true);
    audit.read(&OutputPath::new(path), html.as_bytes()).is_right()
}

/// Bytes of the page that hold the text of the fiche: to the end tag of its `div`.
fn text_of(html: &str) -> Range<usize> {
    let start = html.find(&format!("id=\"{}\"", anchor::TEXTE)).unwrap();
    let start = start + html[start..].find('>').unwrap() + 1;
    let mut depth = 1;
    for (at, _) in html[start..].match_indices('<') {
        let rest = &html[start + at..];
        depth += i32::from(rest.starts_with("<div")) - i32::from(rest.starts_with("</div"));
        if depth == 0 {
            return start..start + at;
        }
    }
    panic!("the text is not closed in {html}")
}

/// Elements of a name, from their start tag to the nearest end tag.
fn elements(html: &str, within: Range<usize>, name: &str) -> Vec<Range<usize>> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let starts = html[within.clone()].match_indices(&open).map(|(at, _)| within.start + at);
    let whole = |at: usize| Some(at..at + html[at..].find(&close)? + close.len());
    starts.filter_map(whole).collect()
}

/// A renderer that drops anything is caught: a cell, an item, a note, an alternative, any word at all.
#[test]
fn whatever_a_page_drops_is_found() {
    let built = build(&rich());
    assert_clean(&built, &rich());
    let html = page(&built, PAGE);
    assert!(is_right(&built, PAGE, html));
    let within = text_of(html);
    let mut mutations = 0;
    let mut refuse = |range: Range<usize>, by: &str| {
        let mutated = format!("{}{by}{}", &html[..range.start], &html[range.end..]);
        mutations += 1;
        assert!(!is_right(&built, PAGE, &mutated), "accepted without « {} »", &html[range]);
    };
    for name in ["td", "th", "li", "p", "h2", "pre", "summary", "em", "strong", "code", "img"] {
        let found = match name {
            "img" => html.match_indices("<img ").map(|(at, _)| at..at + 5).collect(),
            _ => elements(html, within.clone(), name),
        };
        assert!(!found.is_empty(), "no {name} in {}", &html[within.clone()]);
        // The title of an alert is a word of the page.
        let is_of_the_text = |range: &Range<usize>| !html[range.clone()].contains("alerte-titre");
        found.into_iter().filter(is_of_the_text).for_each(|range| refuse(range, ""));
    }
    // Every word of the text, cut then changed.
    let mut inside_tag = false;
    let mut word: Option<usize> = None;
    for (at, c) in html[within.clone()].char_indices() {
        let at = within.start + at;
        inside_tag |= c == '<';
        let is_letter = c.is_alphanumeric() && !inside_tag;
        match (is_letter, word) {
            (true, None) => word = Some(at),
            (false, Some(start)) => {
                word = None;
                // A number that calls a note, and the title of an alert, are words of the page.
                let is_of_the_page = html[..start].ends_with("\">")
                    && html[at..].starts_with("</a></sup>")
                    || html[start..].starts_with("Conseil");
                if !is_of_the_page {
                    refuse(start..at, "");
                    refuse(start..start, "x");
                }
            }
            _ => {}
        }
        inside_tag &= c != '>';
    }
    assert!(mutations > 100, "{mutations}");
}

/// What is hidden is not published.
#[test]
fn whatever_a_page_hides_is_found() {
    let built = build(&rich());
    let html = page(&built, PAGE);
    for (shown, hidden) in [
        ("<details>", "<details hidden>"),
        ("<table>", "<table inert>"),
        ("<table>", "<noframes><table>"),
        ("<h2", "<dialog open></dialog><h2 hidden"),
    ] {
        assert!(html.contains(shown), "{shown}");
        assert!(!is_right(&built, PAGE, &html.replacen(shown, hidden, 1)), "{hidden}");
    }
}

/// Pages of the site and introductions of thématiques are held to their texts too.
#[test]
fn pages_and_introductions_are_proved() {
    let mut snapshot = base();
    set(
        &mut snapshot,
        "content/pages/equipe.md",
        "+++\ntitre = \"L’équipe\"\n+++\nUn *premier* mot[^1], puis un autre.\n\n[^1]: Une note.\n",
    );
    let built = build(&snapshot);
    assert_clean(&built, &snapshot);
    let html = page(&built, "equipe/index.html");
    assert!(is_right(&built, "equipe/index.html", html));
    for dropped in ["premier", ", puis un autre", "Une note."] {
        assert!(
            !is_right(&built, "equipe/index.html", &html.replacen(dropped, "", 1)),
            "{dropped}"
        );
    }
    let site = built.site.as_ref().unwrap();
    let thematique = &site.thematiques[0];
    let path = format!("thematiques/{}/index.html", thematique.id);
    let html = page(&built, &path);
    let first = &*thematique.corps.blocs[0].value;
    let word = first.split_whitespace().max_by_key(|word| word.len()).unwrap();
    assert!(is_right(&built, &path, html) && !is_right(&built, &path, &html.replace(word, "")));
}

const NAMES: [&str; 24] = [
    "base href=//exemple.fr/",
    "div hidden",
    "form action=//exemple.fr",
    "noframes",
    "p inert",
    "dialog open",
    "noscript",
    "meta http-equiv=refresh content='0;url=//exemple.fr'",
    "button formaction=//exemple.fr",
    "a ping=//exemple.fr href=b",
    "svg><use xlink:href=//exemple.fr#a",
    "script",
    "style",
    "iframe src=//exemple.fr",
    "textarea",
    "title",
    "plaintext",
    "template",
    "sup onclick=alert(1)",
    "abbr title=\"a\" style=b",
    "br hidden",
    "details ontoggle=a",
    "kbd hidden",
    "xmp",
];
/// Where a tag is put, in place of `§`.
const PLACES: [&str; 14] = [
    "§",
    "Un mot § et la suite.",
    "- a\n- §\n- c",
    "> §\n> b",
    "| a | b |\n|---|---|\n| § | d |",
    "## §",
    "a[^1]\n\n[^1]: §",
    "**§** [§](https://exemple.fr/a)",
    "<details>\n<summary>§</summary>\n\n§\n\n</details>",
    "<sup>§</sup>",
    "a  \n§\nb",
    "    §",
    "<!-- a --> §",
    "![§](riche/micro.png)",
];

/// One unfinished, split or hostile tag.
fn tag(random: &mut Random) -> String {
    let name = *random.pick(&NAMES);
    let whole = format!("<{name}>");
    match random.below(7) {
        0 => whole[..whole.len() - 1].to_string(),
        1 => format!("<{name}/"),
        2 => {
            let mut at = 1 + random.below(whole.len() - 1);
            while !whole.is_char_boundary(at) {
                at -= 1;
            }
            whole[..at].to_string()
        }
        3 => whole.replacen(' ', "\n", 1),
        4 => format!("<{}", whole.to_uppercase()),
        5 => format!("</{name}"),
        _ => format!("<!--><{name}>"),
    }
}

/// Tags of the text of a page: each name, with the names of its attributes.
fn tags(html: &str) -> BTreeSet<(String, Vec<String>)> {
    let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut found = BTreeSet::new();
    for Ok(token) in Tokenizer::new(html) {
        if let Token::StartTag(tag) = token {
            found.insert((read(&tag.name), tag.attributes.keys().map(|key| read(key)).collect()));
        }
    }
    found
}

/// Elements and attributes that a text may have on its page.
fn is_allowed((name, attributes): &(String, Vec<String>)) -> bool {
    let allowed: &[&str] = match name.as_str() {
        "p" | "h2" | "h3" | "ul" | "ol" | "li" | "blockquote" | "div" | "section" | "table"
        | "thead" | "tbody" | "tr" | "td" | "th" | "pre" | "code" | "span" => {
            &["id", "class", "role", "tabindex", "aria-label", "scope"]
        }
        "em" | "strong" | "del" | "br" | "sup" | "sub" | "kbd" | "small" | "summary" | "figure"
        | "figcaption" => &[],
        "details" => &["open"],
        "abbr" => &["title"],
        "a" => &["href", "id", "class", "aria-label"],
        "img" => &["src", "alt", "width", "height", "loading"],
        _ => return false,
    };
    attributes.iter().all(|key| allowed.contains(&key.as_str()))
}

/// Whatever tag is written wherever, it is refused at its line or shown as it is written, and the page around the
/// text is the same.
#[test]
fn no_tag_goes_through() {
    let mut random = Random::new(7);
    let reference = build(&rich());
    let around = |html: &str| {
        let footer = html.find("<footer").unwrap();
        scan(&html[footer..]).links
    };
    let whole = around(page(&reference, PAGE));
    let (mut count, mut refused) = (0, 0);
    for _ in 0..30 {
        let mut snapshot = rich();
        let mut written = Vec::new();
        for n in 0..80 {
            let place = *random.pick(&PLACES);
            let body = place.split('§').enumerate().fold(String::new(), |body, (at, piece)| {
                if at == 0 {
                    piece.to_string()
                } else {
                    format!("{body}{}{piece}", tag(&mut random))
                }
            });
            // A note at the end says where the text ends on the page.
            let body = format!("{body}\n\nFin[^f].\n\n[^f]: Fin.\n");
            let header = HEADER
                .replace("riche", &format!("f{n}"))
                .replace("Un texte", &format!("Texte {n}"));
            set(
                &mut snapshot,
                &FICHE.replace("riche", &format!("f{n}")),
                &format!("{header}{body}"),
            );
            written.push(body);
        }
        let built = build(&snapshot);
        for (n, body) in written.iter().enumerate() {
            count += 1;
            let path = FICHE.replace("riche", &format!("f{n}"));
            let said = built.diagnostics.iter().filter(|d| d.severity == Severity::Error);
            let of_it =
                |place: &Place| matches!(place, Place::Span(span) if span.file.as_str() == path);
            let errors: Vec<_> = said.filter(|d| of_it(&d.place)).map(|d| d.code).collect();
            refused += usize::from(!errors.is_empty());
            assert!(!errors.contains(&Code::PageInfidele), "{body}");
            let html = page(&built, &PAGE.replace("riche", &format!("f{n}")));
            let others: Vec<_> =
                tags(&html[text_of(html)]).into_iter().filter(|t| !is_allowed(t)).collect();
            assert!(others.is_empty(), "{body}\n{others:?}\n{}", &html[text_of(html)]);
            assert_eq!(around(html), whole, "{body}");
        }
        let on_pages = built.diagnostics.iter().find(|d| matches!(d.place, Place::Output(_)));
        assert!(on_pages.is_none(), "{on_pages:?}");
    }
    assert!(count >= 2_000 && refused > count / 2, "{refused} refused of {count}");
}

/// A link that only the pages can judge is told at the text that holds it.
#[test]
fn a_fault_of_a_text_is_told_at_the_text() {
    let mut snapshot = base();
    edit(
        &mut snapshot,
        "content/syntheses/essai-2021/retex/radio.md",
        "Voir [les tablettes](tablettes.md).",
        "Voir [les tablettes](tablettes.md) et [rien](#nulle-part).",
    );
    let built = build(&snapshot);
    let errors: Vec<_> =
        built.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
    assert!(!errors.is_empty());
    for error in errors {
        let Place::Span(span) = &error.place else { panic!("{error:?}") };
        assert_eq!(span.file.as_str(), "content/syntheses/essai-2021/retex/radio.md");
        assert!(!error.helps.join(" ").contains("gabarit"), "{error:?}");
    }
}
