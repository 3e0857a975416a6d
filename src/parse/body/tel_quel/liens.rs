//! Links written in another way than Markdown's.

use std::ops::Range;

use super::{Leaf, Sign, enclosed};
use crate::diag::Code;

/// Ends of the names of files that a link leads to.
const FILES: [&str; 16] = [
    ".md", ".html", ".htm", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".odt",
    ".ods", ".doc", ".docx", ".mp3", ".mp4",
];

/// True when a text is the address of a page or of a file, as opposed to words.
pub(in super::super) fn is_address(text: &str) -> bool {
    if text.is_empty() || text.contains(|c: char| c.is_whitespace() || c == '\0') {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let opening = ["http://", "https://", "mailto:", "www.", "../", "./"];
    opening.iter().any(|start| lower.starts_with(start))
        || FILES.iter().any(|end| lower.ends_with(end))
        || begins_with_a_host(&lower)
}

/// `exemple.fr/page`.
fn begins_with_a_host(text: &str) -> bool {
    let Some((host, _)) = text.split_once('/') else { return false };
    let Some((name, last)) = host.rsplit_once('.') else { return false };
    let letters = |c: char| c.is_ascii_alphabetic();
    name.len() > 1 && (2..=6).contains(&last.len()) && last.chars().all(letters)
}

/// An address as a link has it.
fn whole(address: &str) -> String {
    let lower = address.to_ascii_lowercase();
    if lower.starts_with("www.") || begins_with_a_host(&lower) && !lower.starts_with('.') {
        format!("https://{address}")
    } else {
        address.to_string()
    }
}

/// True when an address leads somewhere for certain, as far as its form tells.
fn is_web(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.split('/').next().is_some_and(|host| host.contains('.')))
        && !address.contains(['(', ')', '[', ']', '<', '>', '\\'])
        && !address.ends_with([',', ';', '.'])
}

/// A link found, before it is said.
struct LinkFlaw {
    range: Range<usize>,
    /// The link in Markdown; `None` where the address is not known.
    better: Option<String>,
    /// True when nothing else can have been meant.
    certain: bool,
    why: &'static str,
}

/// Says the links of a leaf that are none, and hides them.
pub(super) fn judge(leaf: &mut Leaf<'_>, signs: &mut Vec<Sign>) {
    let finders: [fn(&Leaf<'_>) -> Vec<LinkFlaw>; 7] =
        [wiki, apart, swapped, by_label, arrow, address_first, half];
    for find in finders {
        for found in find(leaf) {
            signs.push(said(leaf, &found));
            leaf.hide(found.range);
        }
    }
}

fn said(leaf: &Leaf<'_>, found: &LinkFlaw) -> Sign {
    let image = leaf.written[..found.range.start].ends_with('!')
        || found.better.as_ref().is_some_and(|better| better.starts_with('!'));
    let message = match image {
        true => "cette image ne sera pas montrée : ces signes seront publiés tels quels",
        false => "ce lien sera publié tel quel, crochets compris",
    };
    let aide = match &found.better {
        Some(better) => format!("{} ; écrivez : {better}", found.why),
        None => found.why.to_string(),
    };
    let place = leaf.place(found.range.clone());
    let sign = Sign::new(Code::LienMalEcrit, place.clone(), message, aide);
    match &found.better {
        Some(better) if found.certain => sign.fix(place, better),
        _ => sign,
    }
}

/// `[[page]]`, `[[page|texte]]`, `![[image]]`.
fn wiki(leaf: &Leaf<'_>) -> Vec<LinkFlaw> {
    let pairs = enclosed(&leaf.mask, "[[", "]]");
    let found = pairs.filter_map(|(range, inner)| {
        let text = leaf.written[inner].trim();
        let is_contents = text.trim_matches('_').eq_ignore_ascii_case("toc");
        if text.contains('[') || !text.contains(char::is_alphabetic) || is_contents {
            return None;
        }
        let words = text.split_once(['|', '>']).map_or(text, |(_, words)| words).trim();
        let words = words.trim_start_matches('>').trim();
        let image = leaf.written[..range.start].ends_with('!');
        let (start, better, why) = match image {
            true => (
                range.start - 1,
                "![ce que l’image apporte](…)".to_string(),
                "entre crochets ce qu’elle apporte, puis son fichier entre parenthèses",
            ),
            false => (
                range.start,
                format!("[{words}](…)"),
                "le texte est entre crochets simples, l’adresse entre parenthèses",
            ),
        };
        let better = Some(better);
        Some(LinkFlaw { range: start..range.end, better, certain: false, why })
    });
    found.collect()
}

/// `[texte] (adresse)`.
fn apart(leaf: &Leaf<'_>) -> Vec<LinkFlaw> {
    let mut found = Vec::new();
    for (at, _) in leaf.mask.match_indices(']') {
        let rest = &leaf.written[at + 1..];
        let address = rest.trim_start();
        let gap = rest.len() - address.len();
        let Some(open) = opening(&leaf.mask, at) else { continue };
        let Some(address) = address.strip_prefix('(').filter(|_| gap > 0) else { continue };
        let start = at + 1 + gap + 1;
        let ends = |c: char| c.is_whitespace() || c == ')';
        let length = address.find(ends).unwrap_or(address.len());
        let closed = address[length..].starts_with(')');
        let text = &leaf.written[open + 1..at];
        if !is_address(&address[..length]) || text.trim().is_empty() {
            continue;
        }
        let open = open - usize::from(leaf.mask[..open].ends_with('!'));
        let address = whole(&address[..length]);
        let one_line = !leaf.written[open..start].contains('\n');
        found.push(LinkFlaw {
            range: open..start + length + usize::from(closed),
            better: Some(format!("{}({address})", &leaf.written[open..=at])),
            certain: closed && one_line && is_web(&address) && leaf.mask.as_bytes()[open] != b'!',
            why: "le crochet touche la parenthèse",
        });
    }
    found
}

/// The bracket that opens what one closes.
fn opening(mask: &str, close: usize) -> Option<usize> {
    // The nearest bracket: looking further back for one that opens would read a text again for each that closes.
    let nearest = mask[..close].rfind(['[', ']'])?;
    mask[nearest..].starts_with('[').then_some(nearest)
}

/// `(texte)[adresse]`, `(adresse)[texte]`.
fn swapped(leaf: &Leaf<'_>) -> Vec<LinkFlaw> {
    let mut found = Vec::new();
    for (at, _) in leaf.mask.match_indices(")[") {
        let Some(open) = leaf.mask[..at].rfind('(') else { continue };
        let start = at + 2;
        let line = leaf.written[start..].lines().next().unwrap_or_default();
        let Some(length) = line.find(']') else { continue };
        let (round, square) =
            (leaf.written[open + 1..at].trim(), leaf.written[start..start + length].trim());
        let (text, address) = match (is_address(round), is_address(square)) {
            (false, true) => (round, square),
            (true, false) => (square, round),
            _ => continue,
        };
        if text.is_empty() || text.starts_with('^') {
            continue;
        }
        let address = whole(address);
        found.push(LinkFlaw {
            range: open..start + length + 1,
            better: Some(format!("[{text}]({address})")),
            certain: is_web(&address) && !text.contains(['\n', '[', ']']),
            why: "le texte est entre crochets, l’adresse entre parenthèses",
        });
    }
    found
}

/// `[texte][1]`, `[texte][adresse]` where nothing says what the second stands for.
fn by_label(leaf: &Leaf<'_>) -> Vec<LinkFlaw> {
    let mut found = Vec::new();
    for (at, _) in leaf.mask.match_indices("][") {
        let Some(open) = opening(&leaf.mask, at) else { continue };
        let start = at + 2;
        let line = leaf.mask[start..].lines().next().unwrap_or_default();
        let Some(length) = line.find(']') else { continue };
        let text = leaf.written[open + 1..at].trim();
        let label = &leaf.written[start..start + length];
        let is_number = !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit());
        if !text.contains(char::is_alphabetic) || !(is_number || is_address(label)) {
            continue;
        }
        let address = if is_number { "…".to_string() } else { whole(label) };
        found.push(LinkFlaw {
            range: open..start + length + 1,
            better: Some(format!("[{text}]({address})")),
            certain: !is_number && is_web(&address) && !text.contains('\n'),
            why: "l’adresse d’un lien est entre parenthèses",
        });
    }
    found
}

/// `[texte->adresse]`.
fn arrow(leaf: &Leaf<'_>) -> Vec<LinkFlaw> {
    let pairs = enclosed(&leaf.mask, "[", "]");
    let found = pairs.filter_map(|(range, inner)| {
        let (text, address) = leaf.written[inner].split_once("->")?;
        let (text, address) = (text.trim(), address.trim());
        let is_known = is_address(address) && !text.contains('[');
        let address = whole(address);
        is_known.then(|| LinkFlaw {
            range,
            better: Some(format!("[{text}]({address})")),
            certain: is_web(&address) && !text.is_empty(),
            why: "l’adresse suit les crochets, entre parenthèses",
        })
    });
    found.collect()
}

/// `[https://exemple.fr texte]`.
fn address_first(leaf: &Leaf<'_>) -> Vec<LinkFlaw> {
    let pairs = enclosed(&leaf.mask, "[http", "]");
    let found = pairs.filter_map(|(range, _)| {
        let inner = &leaf.written[range.start + 1..range.end - 1];
        let (address, text) = inner.split_once(' ')?;
        let text = text.trim();
        let is_aside = ["consult", "page", "vu ", "dernière"];
        let is_aside = is_aside.iter().any(|start| text.to_lowercase().starts_with(start));
        let is_known = is_address(address) && text.contains(char::is_alphabetic) && !is_aside;
        is_known.then(|| LinkFlaw {
            range,
            better: Some(format!("[{text}]({address})")),
            certain: is_web(address) && !text.contains(['(', '[']),
            why: "le texte du lien est entre crochets, l’adresse suit entre parenthèses",
        })
    });
    found.collect()
}

/// `[texte]https://…`, `[texte(https://…)` and `texte](https://…)`: a sign is missing.
fn half(leaf: &Leaf<'_>) -> Vec<LinkFlaw> {
    let mut found = Vec::new();
    for (at, _) in leaf.mask.match_indices("http") {
        let ends = |c: char| c.is_whitespace() || matches!(c, ')' | ']' | '\0');
        let rest = &leaf.mask[at..];
        let length = rest.find(ends).unwrap_or(rest.len());
        let address = rest[..length].trim_end_matches(['.', ',', ';', ':']);
        let before = &leaf.mask[..at];
        if !is_address(address) {
            continue;
        }
        let end = at + address.len();
        let closed = |mark: char| usize::from(leaf.mask[end..].starts_with(mark));
        if before.ends_with(']')
            && let Some(open) = opening(before, at - 1)
            && leaf.written[open + 1..at - 1].contains(char::is_alphabetic)
        {
            let better = format!("{}({address})", &leaf.written[open..at]);
            let certain = is_web(address) && !better.contains('\n');
            let why = "l’adresse d’un lien est entre parenthèses";
            found.push(LinkFlaw { range: open..end, better: Some(better), certain, why });
        } else if before.ends_with("](") && opening(before, at - 2).is_none() {
            let end = end + closed(')');
            let why = "il manque le crochet ouvrant, devant le texte du lien : [texte](adresse)";
            found.push(LinkFlaw { range: at - 2..end, better: None, certain: false, why });
        } else if before.ends_with('(')
            && let Some(open) = before.rfind('[')
            && !before[open..].contains([']', '\n'])
            && before[..at - 1].ends_with(char::is_alphanumeric)
        {
            let text = &leaf.written[open + 1..at - 1];
            let end = end + closed(')');
            let end = end + usize::from(leaf.mask[end..].starts_with(']'));
            let better = Some(format!("[{text}]({address})"));
            let why = "il manque un crochet après le texte du lien";
            found.push(LinkFlaw { range: open..end, better, certain: false, why });
        }
    }
    found
}
