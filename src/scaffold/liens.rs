//! Addresses of an answer with their titles, however somebody typed them.

use super::{fiche::LienDemande, texte::ligne};
use crate::{french, parse::without_scheme};

/// A piece of a line.
enum LinePiece {
    Mots(String),
    Lien(LienDemande),
}

/// A line of a list, without its bullet or its number.
pub(super) fn unmarked(line: &str) -> &str {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match line[digits..].chars().next() {
        Some('.' | ')') if (1..=3).contains(&digits) => digits + 1,
        Some('-' | '*' | '+') if digits == 0 => 1,
        Some('•' | '–' | '—' | '·') if digits == 0 => {
            line.chars().next().map_or(0, char::len_utf8)
        }
        _ => return line,
    };
    match &line[mark..] {
        rest if rest.starts_with(char::is_whitespace) || rest.is_empty() => rest.trim_start(),
        _ => line,
    }
}

/// The links of an answer, and the lines that have none and name none.
pub(super) fn of(answer: &str) -> (Vec<LienDemande>, Vec<String>) {
    let (mut found, mut others): (Vec<LienDemande>, Vec<String>) = (Vec::new(), Vec::new());
    // A line of words alone names the address of the next one.
    let mut name = None;
    for line in answer.lines().map(ligne).filter(|line| !line.is_empty()) {
        let alone = unmarked(&line).split_once(' ').is_none().then_some(unmarked(&line));
        if alone.is_some_and(|word| word.contains('@') && !word.contains('/')) {
            others.push(line);
            continue;
        }
        // An address that was typed without its beginning.
        let whole = alone.and_then(without_scheme);
        let mut links = of_line(whole.as_deref().unwrap_or(unmarked(&line)));
        match links.first_mut() {
            None => others.extend(name.replace(unmarked(&line).to_string())),
            Some(first) if first.titre.is_empty() => {
                first.titre = name.take().as_deref().map(title).unwrap_or_default();
            }
            Some(_) => others.extend(name.take()),
        }
        found.extend(links);
    }
    others.extend(name);
    (found, others)
}

/// The links of a line: words before an address name it, or those after it when nothing is before.
fn of_line(line: &str) -> Vec<LienDemande> {
    let mut found: Vec<LienDemande> = Vec::new();
    let mut before = String::new();
    for piece in cut(line) {
        match piece {
            LinePiece::Lien(mut lien) => {
                let named = title(&before);
                before.clear();
                if lien.titre.is_empty() {
                    lien.titre = named;
                } else if !named.is_empty() {
                    lien.titre = format!("{named} : {}", lien.titre);
                }
                found.push(lien);
            }
            LinePiece::Mots(words) => {
                let last = found.last_mut().filter(|lien| lien.titre.is_empty());
                let (after, rest) = split_after(&words, last.is_some());
                if let Some(lien) = last {
                    lien.titre = title(after);
                }
                before = rest.to_string();
            }
        }
    }
    let left = title(&before);
    match found.last_mut() {
        Some(lien) if lien.titre.is_empty() => lien.titre = left,
        Some(lien) if !left.is_empty() => lien.titre = format!("{} ({left})", lien.titre),
        _ => {}
    }
    found
}

/// The words after an address that name it, « (le carnet) », and those that name the next one.
fn split_after(words: &str, is_unnamed: bool) -> (&str, &str) {
    let text = words.trim_start();
    match text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((inside, rest)) if is_unnamed => (inside, rest),
        _ => ("", words),
    }
}

/// The words of a title; empty when they only join.
fn title(words: &str) -> String {
    let kept = |c: char| c.is_alphanumeric() || matches!(c, ')' | '»' | '!' | '?' | '.' | '…');
    let opens = |c: char| c.is_alphanumeric() || matches!(c, '(' | '«');
    let text = words.trim_start_matches(|c| !opens(c)).trim_end_matches(|c| !kept(c));
    let text = text.strip_prefix("et ").unwrap_or(text);
    let text = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or(text);
    let joins = ["", "et", "ou", "puis", "voir", "lien", "ici"];
    if joins.contains(&french::fold(text).as_str()) { String::new() } else { ligne(text) }
}

fn cut(line: &str) -> Vec<LinePiece> {
    let mut pieces = Vec::new();
    let (mut words, mut rest) = (String::new(), line);
    while let Some(c) = rest.chars().next() {
        let after_a_word = words.ends_with(char::is_alphanumeric);
        let found = bracketed(rest).or_else(|| bare(rest).filter(|_| !after_a_word));
        match found {
            Some((lien, length)) => {
                if !words.is_empty() {
                    pieces.push(LinePiece::Mots(std::mem::take(&mut words)));
                }
                pieces.push(LinePiece::Lien(lien));
                rest = &rest[length..];
            }
            None => {
                words.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if !words.is_empty() {
        pieces.push(LinePiece::Mots(words));
    }
    pieces
}

/// `[Le carnet](https://…)`, and its length.
fn bracketed(text: &str) -> Option<(LienDemande, usize)> {
    let (name, rest) = text.strip_prefix('[')?.split_once("](")?;
    let length = address_end(rest.trim_start_matches('<'), true);
    let start = rest.len() - rest.trim_start_matches('<').len();
    let url = &rest[start..start + length];
    let end = rest[start + length..].find(')')? + start + length + 1;
    let titre = if bare(name).is_some() { String::new() } else { ligne(name) };
    (!url.is_empty() && !name.contains('['))
        .then(|| (LienDemande { url: completed(url), titre }, 1 + name.len() + 2 + end))
}

/// `https://…`, `www.…` or `<https://…>`, and its length.
fn bare(text: &str) -> Option<(LienDemande, usize)> {
    let inner = text.strip_prefix('<').unwrap_or(text);
    let open = text.len() - inner.len();
    let begins =
        |start: &str| inner.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    if !["https://", "http://", "www."].iter().any(|start| begins(start)) {
        return None;
    }
    let end = address_end(inner, false);
    let closed = open > 0 && inner[end..].starts_with('>');
    let url = completed(&inner[..end]);
    Some((LienDemande { url, titre: String::new() }, open + end + usize::from(closed)))
}

/// Length of the address that a text begins with.
fn address_end(text: &str, is_bracketed: bool) -> usize {
    let stops = |c: char| c.is_whitespace() || "<>\"«»“”|".contains(c) || is_bracketed && c == ')';
    let mut end = text.find(stops).unwrap_or(text.len());
    if is_bracketed {
        return end;
    }
    // Two addresses, with nothing but a comma between.
    let glued =
        [",http", ";http", ",www.", ";www."].iter().filter_map(|j| text[..end].find(j)).min();
    end = glued.unwrap_or(end);
    while let Some(last) = text[..end].chars().next_back() {
        let unopened = |open: char| !text[..end].contains(open);
        let is_outside = ".,;:!?…'’*_".contains(last)
            || last == ')' && unopened('(')
            || last == ']' && unopened('[');
        if !is_outside {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

fn completed(url: &str) -> String {
    match url.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("www.") => format!("https://{url}"),
        _ => url.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(answer: &str) -> Vec<String> {
        let (found, others) = of(answer);
        let links = found.into_iter().map(|l| format!("{}|{}", l.titre, l.url));
        links.chain(others.into_iter().map(|line| format!("reste {line}"))).collect()
    }

    #[test]
    fn addresses_however_typed() {
        let check = |answer: &str, wanted: &[&str]| assert_eq!(said(answer), wanted, "{answer}");
        check("- https://a.fr, <https://b.fr>", &["|https://a.fr", "|https://b.fr"]);
        check("[c](https://c.fr) et [d](https://d.fr)", &["c|https://c.fr", "d|https://d.fr"]);
        check("https://a.fr/x - le carnet", &["le carnet|https://a.fr/x"]);
        check("https://a.fr (un), https://b.fr (deux).", &["un|https://a.fr", "deux|https://b.fr"]);
        check("[www.a.fr](www.a.fr)", &["|https://www.a.fr"]);
        check("https://a.fr,https://b.fr", &["|https://a.fr", "|https://b.fr"]);
        check("https://fr.wikipedia.org/wiki/A_(b)", &["|https://fr.wikipedia.org/wiki/A_(b)"]);
        check("(https://a.fr/x).", &["|https://a.fr/x"]);
        check("1. **Le carnet** : <https://a.fr>", &["Le carnet|https://a.fr"]);
        check("exemple.fr/x", &["|https://exemple.fr/x"]);
        check("a@b.fr\nhttps://a.fr/@c", &["|https://a.fr/@c", "reste a@b.fr"]);
        check("a : https://a.fr et le reste", &["a (le reste)|https://a.fr"]);
    }
}
