//! French: typography, the canonical form on which the fidelity proof compares, folding, sorting,
//! plurals. A leaf that every module may use.

mod canonical;
pub mod clair;
pub mod difference;
mod fold;
pub mod signes;
mod typography;

pub use canonical::{canonical, canonical_with_map};
pub use fold::{fold, sort_by_text};
pub use typography::{bind_spaces, typography, typography_between};

/// Narrow no-break space, before `; ! ? »` and after `«` (*Lexique des règles typographiques en
/// usage à l'Imprimerie nationale*).
pub const NNBSP: char = '\u{202f}';
/// No-break space, before `:` (same source).
pub const NBSP: char = '\u{a0}';

/// `15 515`: thousands parted by a narrow no-break space.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(NNBSP);
        }
        out.push(digit);
    }
    out
}

/// `1 fiche`, `2 fiches`; in French 0 is singular.
pub fn count(n: usize, singular: &str, plural: &str) -> String {
    format!("{}{NBSP}{}", number(n), if n < 2 { singular } else { plural })
}

/// The first words of a text, at most `max` characters, followed by « … » when it goes on.
pub fn first_words(text: &str, max: usize) -> String {
    let text = text.trim();
    // The text beyond is not looked at.
    if text.len() <= max || text.chars().nth(max).is_none() {
        return text.to_string();
    }
    let (mut out, mut characters) = (String::with_capacity(max + max / 4), 0);
    for word in text.split_whitespace() {
        let more = word.chars().count();
        if characters + more + 1 > max {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
            characters += 1;
        }
        out.push_str(word);
        characters += more;
    }
    out.truncate(out.trim_end_matches([',', ';', ':', '(', ' ', '«']).trim_end().len());
    out.push(NBSP);
    out.push('…');
    out
}

/// Without its capital, unless the first word is an acronym: `Point fort` → `point fort`, `RETEX cité`.
pub fn uncapitalized(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_string(),
    }
}

/// With a capital: `la synthèse` → `La synthèse`.
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Joins as French prose does: `a, b et c`.
pub fn enumerate(items: &[impl ToString]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} et {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_beginnings() {
        assert_eq!(count(0, "fiche", "fiches"), "0\u{a0}fiche");
        assert_eq!(
            first_words("La démarche « Cité éducative » dans", 20),
            "La démarche «\u{202f}Cité\u{a0}…".replace('\u{202f}', " ")
        );
    }
}
