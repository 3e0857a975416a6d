//! Lines that begin with the signs of a title, of a box, of a header, of a conflict.

use super::{Kind, Leaf, Line, Sign, after};
use crate::parse::mots::among;

/// Words that follow `!!!`, `:::` or `[!` in the boxes of other tools.
const BOXES: &str = "note, info, tip, hint, warning, danger, caution, important, example, exemple, quote, \
    success, question, failure, bug, abstract, attention, error, seealso, details, astuce, \
    conseil, remarque, todo";

const BOX: &str = "un encadré s’écrit « > [!NOTE] », seul sur sa ligne, puis « > » au début de chacune des suivantes";

/// Marks of a conflict between two versions of a text; nothing else is then worth saying.
pub(super) fn conflict(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) -> bool {
    let aide = "deux versions du texte se suivent : gardez la bonne, puis supprimez les lignes qui \
                commencent par <<<<<<<, ======= ou >>>>>>>";
    let message = "ce signe d’une fusion inachevée sera publié tel quel";
    let is_mark = |line: &Line<'_>| {
        line.mask.starts_with("<<<<<<< ") || matches!(line.mask, "<<<<<<<" | "=======")
    };
    if let Some(line) = leaf.lines().into_iter().find(is_mark) {
        signs.push(leaf.sign(line.range(), message, aide));
        return true;
    }
    // Seven quotations, one in the other.
    let line_start = leaf.body[..leaf.start].rfind('\n').map_or(0, |at| at + 1);
    let is_said = |before: &str| before.starts_with("<<<<<<<") || before.contains("\n<<<<<<<");
    if leaf.body[line_start..leaf.start].trim_end() == ">>>>>>>" {
        if is_said(&leaf.body[..line_start]) {
            return true;
        }
        let range = line_start..leaf.start + leaf.written.lines().next().map_or(0, str::len);
        signs.push(Sign { range, ..leaf.sign(0..0, message, aide) });
        return true;
    }
    false
}

/// A header of another tool, or a second one, left in the body; nothing else is then worth saying.
pub(super) fn header(leaf: &Leaf<'_>, signs: &mut Vec<Sign>) -> bool {
    let is_key = |line: &&str, sign: char| {
        let key = line.split_once(sign).map(|(key, _)| key.trim());
        key.is_some_and(|key| {
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
            !key.is_empty() && key.chars().all(plain)
        })
    };
    let lines = || leaf.written.lines().filter(|line| !line.trim().is_empty());
    let before = leaf.body[..leaf.start].trim_end();
    let yaml = leaf.kind == Kind::Underlined
        && leaf.first
        && before.lines().next_back().is_some_and(|line| line.trim() == "---")
        && lines().all(|line| is_key(&line, ':') || line.trim_start().starts_with("- "));
    let fences = || lines().filter(|line| line.trim() == "+++").count();
    let toml = leaf.kind == Kind::Paragraph
        && leaf.written.contains("+++")
        && fences() > 0
        && (leaf.written.trim() == "+++" || lines().any(|line| is_key(&line, '=')));
    if !yaml && !toml {
        return false;
    }
    let message = "ces lignes d’en-tête seront publiées avec le texte";
    let aide = "l’en-tête est au début du fichier, entre deux lignes +++ : recopiez-y ce qui lui \
                manque, comme « cle = \"valeur\" », puis supprimez ces lignes";
    signs.push(leaf.sign(0..leaf.written.trim_end().len(), message, aide));
    true
}

/// Says what the lines of a paragraph begin with.
pub(super) fn judge(leaf: &Leaf<'_>, lines: &[Line<'_>], signs: &mut Vec<Sign>) {
    for (n, line) in lines.iter().enumerate() {
        if line.mask.is_empty()
            || !line.mask.starts_with(|c: char| c.is_ascii_punctuation() || c == 'h')
        {
            continue;
        }
        let next = lines.get(n + 1).copied();
        let found = title(leaf, *line, n == 0, next)
            .or_else(|| definition(leaf, *line))
            .or_else(|| boxed(leaf, *line, n == 0))
            .or_else(|| contents(leaf, *line))
            .or_else(|| decoration(leaf, *line, lines.len() == 1));
        signs.extend(found);
    }
}

/// `#Titre`, `##Titre`, `== Titre ==`, `h2. Titre`.
fn title(leaf: &Leaf<'_>, line: Line<'_>, first: bool, next: Option<Line<'_>>) -> Option<Sign> {
    let text = line.mask;
    let message = "ce titre sera publié tel quel, comme une ligne du texte";
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) {
        let rest = &text[hashes..];
        let spaces = rest.len() - rest.trim_start().len();
        let is_title = match spaces {
            0 if hashes == 1 => first && is_title(leaf, rest, next),
            0 => rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '«' | '“')),
            _ => true,
        };
        if !is_title {
            return None;
        }
        let marks = "#".repeat(hashes.max(2));
        let aide = format!(
            "mettez une espace ordinaire après les dièses : {marks} {}",
            line.written.trim_end()[hashes..].trim()
        );
        let gap = line.at + hashes..line.at + hashes + spaces;
        let certain = hashes > 1 || spaces > 0;
        let sign = leaf.sign(line.range(), message, aide);
        return Some(if certain { sign.fix(leaf.place(gap), " ") } else { sign });
    }
    let equals = text.bytes().take_while(|b| *b == b'=').count();
    let bare = text.trim_matches('=');
    let of_wiki = (2..=6).contains(&equals) && bare.starts_with(' ') && !bare.trim().is_empty();
    let of_textile = text.len() > 4
        && text.starts_with('h')
        && text.as_bytes()[1].is_ascii_digit()
        && text[2..].starts_with(". ");
    let words = match (of_wiki, of_textile) {
        (true, _) => bare.trim(),
        (_, true) => text[4..].trim(),
        _ => return None,
    };
    Some(leaf.sign(line.range(), message, format!("un titre s’écrit : ## {words}")))
}

/// True when what follows a single `#` is a title rather than a hashtag: it begins with a capital, it
/// is no sentence, it names no other, and a text of its own comes after it.
fn is_title(leaf: &Leaf<'_>, rest: &str, next: Option<Line<'_>>) -> bool {
    let mut letters = rest.chars();
    let word = rest.split_whitespace().next().unwrap_or_default();
    let inside = word.chars().skip(1);
    let plain = inside.clone().all(|c| c.is_lowercase() || matches!(c, '’' | '\''));
    let is_capital = letters.next().is_some_and(char::is_uppercase);
    let ends = rest.ends_with(['.', '!', '…', ',', ';']);
    let follows = match next {
        Some(next) => next.mask.starts_with(|c: char| c.is_uppercase()),
        None => !leaf.body[leaf.start + leaf.written.len()..].trim().is_empty(),
    };
    is_capital && plain && !ends && !rest.contains('#') && follows && rest.chars().count() < 80
}

/// `[^1] : texte`, `[lien] : https://…`, `*[HTML]: sens`.
fn definition(leaf: &Leaf<'_>, line: Line<'_>) -> Option<Sign> {
    let text = line.mask;
    if let Some(rest) = text.strip_prefix("*[") {
        let (short, long) = rest.split_once("]:")?;
        let aide = format!(
            "écrivez dans le texte <abbr title=\"{}\">{short}</abbr>, ou ajoutez ce sigle au glossaire",
            long.trim()
        );
        return Some(leaf.sign(line.range(), "cette abréviation sera publiée telle quelle", aide));
    }
    let end = text.strip_prefix('[')?.find(']')? + 2;
    let gap = text[end..].len() - text[end..].trim_start().len();
    text[end + gap..].strip_prefix(':')?;
    let after = &line.written[end + gap + 1..];
    let label = &text[1..end - 1];
    let is_note = label.len() > 1 && label.starts_with('^');
    let is_link = after.trim_start().starts_with("http");
    if gap == 0 || label.contains(char::is_whitespace) || !(is_note || is_link) {
        return None;
    }
    let message = match is_note {
        true => "cette note sera publiée telle quelle, là où elle est écrite",
        false => "cette adresse sera publiée telle quelle",
    };
    let aide = format!("les deux-points touchent le crochet : [{label}]: …");
    let gap = line.at + end..line.at + end + gap;
    let marks = line.at..line.at + end + gap.len() + 1;
    Some(leaf.sign(marks, message, aide).fix(leaf.place(gap), ""))
}

/// `::: info`, `!!! note`, `[!INFO]`.
fn boxed(leaf: &Leaf<'_>, line: Line<'_>, first: bool) -> Option<Sign> {
    let text = line.mask;
    let word = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '{', '.', '+', '-']);
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        rest[..end].to_lowercase()
    };
    let is_box = |rest: &str| among(BOXES, &word(rest));
    let found = if let Some(rest) = text.strip_prefix(":::") {
        // The end of a box that was said is not said again.
        let rest = rest.trim_start_matches(':');
        let closes = rest.trim().is_empty();
        let is_said = || leaf.body[..leaf.start + line.at].contains("\n:::");
        if closes && (!first || is_said()) {
            return None;
        }
        closes || rest.starts_with(' ') || is_box(rest)
    } else if let Some(rest) = text.strip_prefix("!!! ").or_else(|| text.strip_prefix("??? ")) {
        is_box(rest) && rest.starts_with(char::is_lowercase)
    } else if let Some(rest) = text.strip_prefix("???+ ") {
        is_box(rest)
    } else if let Some(rest) = text.strip_prefix("[!") {
        first && rest.contains(']') && is_box(rest)
    } else {
        false
    };
    found.then(|| leaf.sign(line.range(), "cet encadré sera publié tel quel", BOX))
}

/// `[TOC]`, alone.
fn contents(leaf: &Leaf<'_>, line: Line<'_>) -> Option<Sign> {
    let marks = ["[toc]", "[[toc]]", "[[_toc_]]", "@[toc]", "{:toc}", "{{toc}}", "{{ toc }}"];
    let text = line.mask.to_lowercase();
    let is_contents = marks.contains(&text.as_str()) || text == "\\tableofcontents";
    is_contents.then(|| {
        let message = "ce sommaire sera publié tel quel";
        leaf.sign(line.range(), message, "supprimez cette ligne : aucun sommaire ne la remplace")
    })
}

/// A line of signs that is no rule.
fn decoration(leaf: &Leaf<'_>, line: Line<'_>, alone: bool) -> Option<Sign> {
    let text = line.mask;
    let sign = after(text, 0)?;
    let is_decoration = alone
        && matches!(sign, '=' | '#' | '+' | '~')
        && text.len() >= 3
        && text.chars().all(|c| c == sign);
    is_decoration.then(|| {
        let aide = "pour un trait de séparation, écrivez --- entre deux lignes vides";
        leaf.sign(line.range(), "cette ligne de signes sera publiée telle quelle", aide)
    })
}
