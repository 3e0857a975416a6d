//! Lines that begin like the items of a list, in a paragraph that is none.

use super::{Kind, Leaf, Line, Sign};

/// Mark at the beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marker {
    /// A sign that serves for lists and for nothing else.
    Bullet(char),
    /// A sign that may also stand before a line on its own.
    Sign(char),
    /// A dash: of a list, or of a dialogue.
    Dash(char),
    /// `-`, `*` or `+` against what follows.
    Glued(char),
    /// A mark of Markdown followed by a no-break space.
    Bound,
    /// A number or a letter, with what follows it.
    Rank(u32, Style),
    /// `[ ]` or `[x]`.
    Box,
}

/// Sign after the rank of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    /// `1.Premier`, which lacks its space.
    NoSpace(char),
    /// `2. Deux`, which does not begin a list in the middle of a paragraph.
    Late(char),
    /// `1/`, `1°`, `1 -`, `a)`, `(1)`.
    Other,
}

const BULLETS: [char; 15] = [
    '•', '▪', '▫', '►', '▶', '◦', '‣', '●', '■', '➢', '➤', '⁃', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}',
];

/// Rank from which letters are counted.
const LETTERS: u32 = 1000;

const NARROW: [char; 2] = ['\u{a0}', '\u{202f}'];

impl Marker {
    /// The mark of a line, and its length with the spaces that follow.
    fn of(line: &str) -> Option<(Self, usize)> {
        let mark = line.chars().next()?;
        if mark.is_alphabetic() && !mark.is_ascii() {
            return None;
        }
        let rest = &line[mark.len_utf8()..];
        let words = rest.trim_start();
        let length = line.len() - words.len();
        let next = rest.chars().next();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let spaced = next.is_some_and(char::is_whitespace) && !words.is_empty();
        let found = match mark {
            '-' | '*' | '+' if next.is_some_and(|c| NARROW.contains(&c)) => Self::Bound,
            '-' | '*' | '+' if is_word(next) => Self::Glued(mark),
            '[' => return boxed(line).map(|length| (Self::Box, length)),
            '–' | '—' if spaced || is_word(next) => Self::Dash(mark),
            _ if BULLETS.contains(&mark) && !words.is_empty() => Self::Bullet(mark),
            _ if spaced && is_sign(mark) => Self::Sign(mark),
            '·' if is_word(next) => Self::Sign(mark),
            _ => return rank(line),
        };
        Some((found, length))
    }

    /// True when an item follows another.
    fn follows(self, before: Self) -> bool {
        match (before, self) {
            (Self::Rank(a, one), Self::Rank(b, other)) => b == a + 1 && one == other,
            _ => before == self,
        }
    }
}

/// A sign that is neither a letter nor a mark of punctuation: arrows, boxes, pictures.
fn is_sign(c: char) -> bool {
    matches!(c, '·' | '∙' | '\u{2190}'..='\u{21ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f300}'..='\u{1faff}')
}

/// The length of `[ ] ` or `[x] `.
fn boxed(line: &str) -> Option<usize> {
    let mark = ["[ ]", "[]", "[x]", "[X]"].into_iter().find(|mark| line.starts_with(mark))?;
    let rest = &line[mark.len()..];
    rest.starts_with(' ').then(|| line.len() - rest.trim_start().len())
}

/// A number or a letter that ranks an item.
fn rank(line: &str) -> Option<(Marker, usize)> {
    let bare = line.strip_prefix('(').unwrap_or(line);
    let enclosed = bare.len() < line.len();
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let (n, length) = match digits {
        1..=2 => (bare[..digits].parse().ok()?, digits),
        0 if bare.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) => {
            (LETTERS + u32::from(bare.as_bytes()[0] & 31), 1)
        }
        _ => return None,
    };
    let is_number = digits > 0;
    let rest = &bare[length..];
    let sign = rest.trim_start_matches(' ').chars().next()?;
    let gap = rest.len() - rest.trim_start_matches(' ').len();
    let after =
        rest[gap + sign.len_utf8()..].strip_prefix(')').unwrap_or(&rest[gap + sign.len_utf8()..]);
    let next = after.chars().next()?;
    let words = after.trim_start();
    let has_words = words.starts_with(|c: char| c.is_alphabetic() || matches!(c, '«' | '\0' | '('));
    let spaced = next.is_whitespace();
    let style = match sign {
        ')' if enclosed => Style::Other,
        _ if enclosed => return None,
        '.' | ')' if is_number && gap == 0 && next.is_alphabetic() => Style::NoSpace(sign),
        '.' | ')' if is_number && gap == 0 && NARROW.contains(&next) => Style::NoSpace(sign),
        '.' | ')' if is_number && gap == 0 && spaced => Style::Late(sign),
        ')' if gap == 0 && spaced => Style::Other,
        '/' | '°' if gap == 0 && is_number => Style::Other,
        '-' | '–' | ':' if is_number && spaced => Style::Other,
        _ => return None,
    };
    let start = line.len() - words.len();
    has_words.then_some((Marker::Rank(n, style), start))
}

/// True when a leaf begins like an item, alone in its paragraph.
pub(super) fn is_item(leaf: &Leaf<'_>) -> bool {
    let first = leaf.mask.lines().next().unwrap_or_default();
    leaf.kind == Kind::Paragraph
        && matches!(Marker::of(first), Some((Marker::Bullet(_) | Marker::Bound, _)))
}

/// Says a list that Markdown does not see, once for a paragraph.
pub(super) fn judge(leaf: &Leaf<'_>, lines: &[Line<'_>]) -> Option<Sign> {
    let marked: Vec<(usize, Marker, usize)> = lines
        .iter()
        .enumerate()
        .filter_map(|(n, line)| Marker::of(line.mask).map(|(marker, length)| (n, marker, length)))
        .collect();
    let (first, marker) = first_item(lines, &marked)?;
    let items: Vec<(Line<'_>, usize)> = marked
        .iter()
        .filter(|(n, other, _)| *n >= first && same_list(marker, *other))
        .map(|(n, _, length)| (lines[*n], *length))
        .collect();
    Some(said(leaf, lines[first], marker, &items))
}

/// The line where a list begins, if one does.
fn first_item(lines: &[Line<'_>], marked: &[(usize, Marker, usize)]) -> Option<(usize, Marker)> {
    let alone = |marker: Marker, n: usize| match marker {
        Marker::Bullet(_) | Marker::Bound => true,
        // `- [] tâche`
        Marker::Box => n == 0 && lines[0].mask.starts_with("[]"),
        _ => false,
    };
    let broken = |n: usize| lines[n].is_broken();
    let goes_on = |i: usize| {
        let (n, marker, _) = marked[i];
        let next = marked.get(i + 1);
        next.is_some_and(|(m, other, _)| {
            // Lines that stay apart read well as they are.
            *m == n + 1 && other.follows(marker) && !broken(n)
        })
    };
    let is_list = |i: usize| alone(marked[i].1, marked[i].0) || goes_on(i);
    (0..marked.len()).find(|i| is_list(*i)).map(|i| (marked[i].0, marked[i].1))
}

fn same_list(one: Marker, other: Marker) -> bool {
    match (one, other) {
        (Marker::Rank(_, a), Marker::Rank(_, b)) => a == b,
        _ => one == other,
    }
}

fn said(leaf: &Leaf<'_>, line: Line<'_>, marker: Marker, items: &[(Line<'_>, usize)]) -> Sign {
    let message = match marker {
        Marker::Dash(_) => "ces lignes seront publiées à la suite, tirets compris",
        Marker::Rank(..) => "cette liste numérotée sera publiée telle quelle, à la suite",
        _ => "cette liste sera publiée telle quelle, à la suite",
    };
    let length = items.first().map_or(0, |(_, length)| *length);
    let words = line.written.get(length..).unwrap_or_default().trim();
    let words = crate::french::first_words(words, 40);
    let aide = match marker {
        Marker::Bullet(_) | Marker::Sign(_) | Marker::Glued(_) => {
            format!("commencez chaque ligne par un tiret et une espace : - {words}")
        }
        Marker::Bound => {
            format!("mettez une espace ordinaire, et non insécable, après le tiret : - {words}")
        }
        Marker::Dash(_) => {
            "pour une liste, commencez chaque ligne par « - » et une espace ; pour un \
                            dialogue, laissez une ligne vide entre deux répliques"
                .into()
        }
        Marker::Rank(_, Style::NoSpace(sign)) => {
            format!("mettez une espace ordinaire après chaque numéro : 1{sign} {words}")
        }
        Marker::Rank(_, Style::Late(_)) => {
            "laissez une ligne vide avant le premier numéro de la liste".into()
        }
        Marker::Rank(n, Style::Other) => {
            let n = n % LETTERS;
            format!("commencez chaque ligne par un numéro, un point et une espace : {n}. {words}")
        }
        Marker::Box => format!("une case à cocher s’écrit : - [ ] {words}"),
    };
    let mut sign = leaf.sign(line.range(), message, aide);
    for (item, length) in items {
        if let Some(mark) = certain(marker, item.mask, items.len()) {
            sign = sign.fix(leaf.place(item.at..item.at + length), mark);
        }
    }
    sign
}

/// The Markdown that the mark of an item certainly stands for.
fn certain(marker: Marker, line: &str, items: usize) -> Option<String> {
    match marker {
        Marker::Bullet(_) => Some("- ".into()),
        Marker::Glued('-') if items > 1 => Some("- ".into()),
        Marker::Bound => line.chars().next().map(|mark| format!("{mark} ")),
        // A list begins in the middle of a paragraph only with 1.
        Marker::Rank(1, Style::NoSpace(sign)) => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            Some(format!("{}{sign} ", &line[..digits]))
        }
        _ => None,
    }
}
