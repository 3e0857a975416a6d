//! Signs inside a text: emphasis, formulas, templates, marks of other languages.

use std::ops::Range;

use super::{Kind, Leaf, Sign, after, before, emphasis::emphasis, emphasis::is_point, enclosed};

/// Names of the characters of HTML that French texts hold, letters with accents apart.
const ENTITIES: [&str; 24] = [
    "nbsp", "amp", "lt", "gt", "quot", "apos", "laquo", "raquo", "rsquo", "lsquo", "ldquo",
    "rdquo", "hellip", "euro", "mdash", "ndash", "deg", "times", "oelig", "aelig", "middot",
    "bull", "thinsp", "rarr",
];

/// Ends of the names of letters with accents: `eacute`, `ccedil`.
const ACCENTS: [&str; 7] = ["acute", "grave", "circ", "uml", "cedil", "tilde", "ring"];

/// Tags between square brackets, in forums.
const TAGS: [&str; 11] =
    ["b", "i", "u", "s", "url", "img", "quote", "color", "size", "center", "list"];

/// Says the signs of a leaf.
pub(super) fn judge(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) {
    for mark in ['*', '_', '~'] {
        emphasis(leaf, mark, signs);
    }
    let judges: [fn(&Leaf<'_>, &mut Vec<Sign>); 8] =
        [formulas, templates, attributes, marks, tags, shortcodes, entities, accents];
    for judge in judges {
        judge(leaf, signs);
    }
}

/// Formulas of LaTeX.
fn formulas(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) {
    let message = "cette formule sera publiée telle quelle";
    let aide = "écrivez-la en signes ordinaires : 3 × 4, ½, x<sub>1</sub>, x<sup>2</sup>, √2 ; ou en \
                toutes lettres";
    let mut found: Vec<Range<usize>> = Vec::new();
    let is_free = |found: &[Range<usize>], range: &Range<usize>| {
        !found.iter().any(|other| other.start < range.end && range.start < other.end)
    };
    for (range, inner) in doubled(leaf) {
        if is_formula(&leaf.written[inner]) {
            found.push(range);
        }
    }
    for (range, inner) in enclosed(&leaf.mask, "$", "$") {
        let text = &leaf.written[inner];
        let goes_on = after(&leaf.mask, range.end).is_some_and(|c| c.is_alphanumeric() || c == '$');
        let tight = text.trim() == text && !text.is_empty() && !goes_on;
        let single = text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
        let strong = text.contains(['\\', '^', '_', '=', '{']) && !text.starts_with('{');
        if tight && (single || strong) && is_free(&found, &range) {
            found.push(range);
        }
    }
    for (open, close) in [("\\(", "\\)"), ("\\[", "\\]")] {
        for (range, inner) in enclosed(leaf.written, open, close) {
            let text = &leaf.written[inner];
            let protected =
                before(leaf.written, range.start).is_some_and(|c| c == '\\' || c == ']');
            let is_formula = is_strong(text) || open == "\\(" && is_short(text);
            if is_formula && !protected && !leaf.is_opaque(range.start) && is_free(&found, &range) {
                found.push(range);
            }
        }
    }
    for (at, _) in leaf.mask.match_indices('\\') {
        let rest = &leaf.mask[at + 1..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let Some(argument) = rest[letters..].strip_prefix('{').filter(|_| letters >= 2) else {
            continue;
        };
        let line = argument.lines().next().unwrap_or_default();
        let length = line.find('}').map_or(line.len(), |end| end + 1);
        let range = at..at + 1 + letters + 1 + length;
        if is_free(&found, &range) {
            found.push(range);
        }
    }
    found.sort_by_key(|range| range.start);
    signs.extend(found.into_iter().map(|range| leaf.sign(range, message, aide)));
}

/// `$$…$$`, which may take several lines.
fn doubled(leaf: &Leaf<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let at: Vec<usize> = leaf.mask.match_indices("$$").map(|(at, _)| at).collect();
    let pairs = at.chunks_exact(2).map(|pair| (pair[0]..pair[1] + 2, pair[0] + 2..pair[1]));
    pairs.collect()
}

fn is_formula(text: &str) -> bool {
    text.contains(['\\', '^', '_', '=', '{', '+']) || text.contains(|c: char| c.is_ascii_digit())
}

/// True when a text between protected brackets can only be a formula: it has a command, an equality, an
/// index or a power.
fn is_strong(text: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let command = text.match_indices('\\').any(|(at, _)| word(after(text, at + 1)));
    let shifted = text.match_indices(['^', '_']).any(|(at, _)| word(before(text, at)));
    command || shifted || text.contains('=') && !text.contains('"')
}

/// True when a text is a name of variable, or a little more.
fn is_short(text: &str) -> bool {
    let text = text.trim();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let longest = text.split(|c: char| !c.is_alphabetic()).map(|w| w.chars().count()).max();
    !text.is_empty() && letters <= 6 && longest.unwrap_or(0) <= 2 && text.chars().count() <= 40
}

/// `{{ x }}`, `{% x %}`, `{{< x >}}`.
fn templates(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) {
    let message = "ce code sera publié tel quel : rien ne le remplace";
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        for (range, inner) in enclosed(&leaf.mask, open, close) {
            let text = leaf.written[inner].trim();
            let words = text.trim_matches(['{', '}']).trim();
            let is_words = !words.contains(['<', '>', '%', '|', '=', '.', '_', '"', '/', '\0']);
            // Braces of an expression inside a first one, which was said.
            let braces = leaf.mask[range.end..].bytes().take_while(|b| *b == b'}').count();
            let aide = match text.starts_with('{') {
                true if is_words => format!("un titre s’écrit, seul sur sa ligne : ## {words}"),
                _ if is_words && open == "{{" && words.contains(char::is_alphabetic) => {
                    format!("écrivez le texte lui-même ; si vous vouliez du gras : **{words}**")
                }
                _ => {
                    "écrivez à sa place ce qui doit être lu, ou l’adresse : [texte](adresse)".into()
                }
            };
            if text.to_lowercase() != "toc" {
                signs.push(leaf.sign(range.start..range.end + braces, message, aide));
            }
        }
    }
}

/// `{#id .class}`, `{: .class}`, `{target=_blank}`.
fn attributes(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) {
    for (range, inner) in enclosed(&leaf.mask, "{", "}") {
        let text = &leaf.mask[inner];
        let previous = before(&leaf.mask, range.start);
        let name = text.trim_start_matches(':').trim_start();
        let selects = name.strip_prefix(['#', '.']).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_alphabetic()) && !rest.contains("..")
        });
        let sets = previous == Some('\0')
            && name.split_once('=').is_some_and(|(key, _)| {
                let plain = |c: char| c.is_ascii_alphabetic() || c == '-';
                !key.is_empty() && key.chars().all(plain)
            });
        if matches!(previous, Some('^' | '{' | '$')) || !(selects || sets) {
            continue;
        }
        let spaces = leaf.mask[..range.start].len()
            - leaf.mask[..range.start].trim_end_matches([' ', '\t']).len();
        let whole = range.start - spaces..range.end;
        let ends = leaf.mask[range.end..].trim_start_matches([' ', '\t', '#']);
        let at_the_end = (ends.is_empty() || ends.starts_with('\n')) && whole.start > 0;
        let sign = leaf.sign(
            range,
            "cet attribut sera publié tel quel",
            "supprimez-le : l’ancre d’un titre est faite de ses mots, et le thème choisit le style",
        );
        signs.push(if at_the_end { sign.fix(leaf.place(whole), "") } else { sign });
    }
}

/// `==surligné==`, `'''gras'''`, `x^2^`, `^[note]`.
fn marks(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) {
    let mask = leaf.mask.as_str();
    for (range, inner) in enclosed(mask, "==", "==") {
        let text = &leaf.written[inner.clone()];
        let tight = text.trim() == text && text.contains(char::is_alphanumeric);
        let bare = !text.starts_with('=') && !mask[range.end..].starts_with('=');
        if tight && bare && before(mask, range.start) != Some('=') {
            let aide = format!("il n’y a pas de surligneur ; pour insister : **{text}**");
            let message = "ces signes « = » seront publiés tels quels";
            signs.push(leaf.sign(range, message, aide));
        }
    }
    for (range, inner) in enclosed(mask, "'''", "'''") {
        let aide = format!("le gras s’écrit : **{}**", leaf.written[inner].trim());
        signs.push(leaf.sign(range, "ces apostrophes seront publiées telles quelles", aide));
    }
    for (mark, name, tag) in [("^", "un exposant", "sup"), ("~", "un indice", "sub")] {
        for (range, inner) in enclosed(mask, mark, mark) {
            let text = &mask[inner];
            let is_shifted =
                text.chars().all(char::is_alphanumeric) && (1..=5).contains(&text.len());
            if is_shifted && before(mask, range.start).is_some_and(char::is_alphanumeric) {
                let aide = format!("{name} s’écrit : <{tag}>{text}</{tag}>");
                let message = format!("ces signes « {mark} » seront publiés tels quels");
                signs.push(leaf.sign(range, message, aide));
            }
        }
    }
    for (range, inner) in enclosed(mask, "^[", "]") {
        if mask[inner].contains(char::is_alphabetic) {
            let aide = "écrivez ici [^1], et à la fin du texte une ligne : [^1]: la note";
            signs.push(leaf.sign(
                range,
                "cette note sera publiée telle quelle, dans le texte",
                aide,
            ));
        }
    }
}

/// `[b]gras[/b]`.
fn tags(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) {
    let closing = enclosed(&leaf.mask, "[/", "]")
        .find(|(_, inner)| TAGS.contains(&leaf.mask[inner.clone()].to_ascii_lowercase().as_str()));
    let Some((range, inner)) = closing else { return };
    let name = leaf.mask[inner].to_ascii_lowercase();
    let start = leaf.mask[..range.start].to_ascii_lowercase().rfind(&format!("[{name}"));
    let aide = match name.as_str() {
        "b" => "le gras s’écrit : **texte**",
        "i" => "l’italique s’écrit : *texte*",
        "url" => "un lien s’écrit : [texte](adresse)",
        "img" => "une image s’écrit : ![ce que l’image apporte](dossier/image.png)",
        "quote" => "une citation commence par « > » et une espace, à chaque ligne",
        "list" => "chaque ligne d’une liste commence par « - » et une espace",
        _ => "retirez ces balises, et ne gardez que le texte",
    };
    let range = start.unwrap_or(range.start)..range.end;
    signs.push(leaf.sign(range, "ces balises seront publiées telles quelles", aide));
}

/// `:smile:`.
fn shortcodes(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) {
    for (range, inner) in enclosed(&leaf.mask, ":", ":") {
        let text = &leaf.mask[inner];
        let plain =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+' | '-');
        let is_name = text.chars().all(plain) && text.contains(|c: char| c.is_ascii_lowercase());
        let is_name = is_name && text.len() >= 2 || matches!(text, "+1" | "-1");
        let left = before(&leaf.mask, range.start);
        let right = after(&leaf.mask, range.end);
        let opens = left.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ':'));
        let ends = right.is_none_or(|c| c.is_whitespace() || is_point(c));
        if is_name && opens && ends {
            let aide = "collez le dessin lui-même (🙂), ou dites-le avec des mots";
            let message = "ce nom de dessin sera publié tel quel";
            signs.push(leaf.sign(range, message, aide));
        }
    }
}

/// `&nbsp` without its semicolon, `&amp;nbsp;`.
fn entities(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) {
    let mask = leaf.mask.as_str();
    for (at, _) in mask.match_indices('&') {
        let rest = &mask[at + 1..];
        let twice = rest
            .strip_prefix("amp;")
            .filter(|rest| rest.split_once(';').is_some_and(|(name, _)| is_entity(name)));
        let name = twice.unwrap_or(rest);
        let (name, next) = name.split_at(name_length(name));
        let is_written = next.starts_with(';');
        if !is_entity(name) || is_written && twice.is_none() {
            continue;
        }
        let spaces = next.len() - next.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
        let spaced = twice.is_none() && next[spaces..].starts_with(';');
        let tail = match (is_written, spaced) {
            (true, _) => 1,
            (_, true) => spaces + 1,
            _ => 0,
        };
        let end = mask.len() - next.len() + tail;
        // `next` is a piece of the mask that reaches its end.
        let better = format!("&{name};");
        let range = at..end;
        let message = format!("« {} » sera publié tel quel", &mask[range.clone()]);
        let aide = match name {
            "nbsp" => format!("écrivez une espace ordinaire, ou {better}"),
            _ => format!("écrivez le caractère lui-même, ou {better}"),
        };
        signs.push(leaf.sign(range.clone(), message, aide).fix(leaf.place(range), better));
    }
}

/// The length of the name that opens a text, or of the number of a character.
fn name_length(text: &str) -> usize {
    match text.strip_prefix('#') {
        Some(number) => 1 + number.bytes().take_while(u8::is_ascii_digit).count(),
        None => text.bytes().take_while(u8::is_ascii_alphanumeric).count(),
    }
}

fn is_entity(name: &str) -> bool {
    if let Some(number) = name.strip_prefix('#') {
        return (2..=5).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    }
    let has_accent = |end: &&str| name.len() == end.len() + 1 && name.ends_with(*end);
    ENTITIES.contains(&name) || ACCENTS.iter().any(has_accent)
}

/// Grave accents that open no code.
fn accents(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) {
    let mask = leaf.mask.as_str();
    let Some(at) = mask.find('`') else { return };
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let length = mask[at..].bytes().take_while(|b| *b == b'`').count();
    let range = at..at + length;
    let in_cell = leaf.kind == Kind::Cell;
    // Code that a bar cuts is said where it begins.
    if in_cell && mask[range.end..].trim().is_empty() {
        return;
    }
    let sign = if length == 1 && letter(before(mask, at)) && letter(after(mask, at + 1)) {
        let aide = "écrivez une apostrophe « ’ » à sa place";
        leaf.sign(range.clone(), "cet accent grave n’est pas une apostrophe", aide)
            .fix(leaf.place(range), "’")
    } else {
        let message = "cet accent grave sera publié tel quel : rien ne ferme le code";
        let aide = match in_cell {
            true => "dans un tableau, une barre finit la cellule : écrivez \\| pour en publier une",
            false => "écrivez `le code` entre deux accents graves, ou \\` pour en publier un",
        };
        leaf.sign(range, message, aide)
    };
    signs.push(sign);
}
