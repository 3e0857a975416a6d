//! Days as people write them: « 4 mars 2021 », « 4/3/2021 », « 2021-3-4 ».

use super::mots;
use crate::french::fold;

/// Years that a site of this kind speaks of.
pub(super) const YEARS: std::ops::RangeInclusive<u16> = 1900..=2999;

/// Why what looks like a day cannot be read as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoDay {
    /// A month, and no day in it.
    OfMonth,
    /// A day that no calendar has.
    Impossible,
    /// A year of two figures.
    ShortYear,
    /// Nothing of a date.
    Unread,
}

impl NoDay {
    /// The mistake, and what to write.
    pub(super) fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::OfMonth => (
                "il manque le jour dans cette date",
                "une date s’écrit année, mois, jour : 2021-03-04 ; si personne ne connaît le jour, effacez cette ligne",
            ),
            Self::Impossible => {
                ("cette date n’existe pas", "une date s’écrit année, mois, jour : 2021-03-04")
            }
            Self::ShortYear => (
                "cette date est mal écrite",
                "une date s’écrit année sur quatre chiffres, mois, jour : 2021-03-04",
            ),
            Self::Unread => (
                "cette date est mal écrite",
                "une date s’écrit année, mois, jour : 2021-03-04 ; si personne ne la connaît, effacez cette ligne",
            ),
        }
    }
}

const MONTHS: &str = "janvier, fevrier, mars, avril, mai, juin, juillet, aout, septembre, octobre, novembre, \
    decembre";

const WEEK: [&str; 8] =
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "le"];

/// A day as TOML writes it: `2021-03-04`.
///
/// # Errors
/// Why there is none.
pub(super) fn iso(text: &str) -> Result<String, NoDay> {
    let text = fold(text.trim().trim_end_matches([',', ';', '.']));
    let text = text.split_once(" a ").map_or(text.as_str(), |(day, _)| day).to_string();
    // The hour of a day, which other tools write.
    let text = match text.as_bytes() {
        [.., b'z'] | [_, _, _, _, b'-', _, _, b'-', _, _, b't' | b' ', ..] => {
            text.get(..10).unwrap_or(&text)
        }
        _ => &text,
    };
    let text = match text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        true => &format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]),
        false => text,
    };
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || "/.-,".contains(c))
        .filter(|word| !word.is_empty() && !WEEK.contains(word))
        .collect();
    let number = |word: &str| word.parse::<u16>().ok();
    let day_number = |word: &str| number(word.strip_suffix("er").unwrap_or(word));
    let month = |word: &str| match number(word) {
        Some(month) => Some(month),
        None => mots::words(MONTHS)
            .position(|name| name == word || word.chars().count() >= 3 && name.starts_with(word))
            .and_then(|at| u16::try_from(at + 1).ok()),
    };
    let is_year = |word: &str| word.len() == 4 && number(word).is_some();
    match words.as_slice() {
        [year, m, day] if is_year(year) => valid(number(year), month(m), day_number(day)),
        [day, m, year] if is_year(year) => match (day_number(day), month(m)) {
            // No month has the number 13: the month came first.
            (Some(m), Some(day @ 13..)) if number(words[1]).is_some() => {
                valid(number(year), Some(m), Some(day))
            }
            (day, m) => valid(number(year), m, day),
        },
        [a, b] if is_year(a) && month(b).is_some() || is_year(b) && month(a).is_some() => {
            Err(NoDay::OfMonth)
        }
        [year] if is_year(year) => Err(NoDay::OfMonth),
        [a, b, c] if day_number(a).is_some() && month(b).is_some() && day_number(c).is_some() => {
            Err(NoDay::ShortYear)
        }
        // « printemps 2021 », « année scolaire 2020-2021 ».
        words if words.iter().any(|word| is_year(word) && number(word).is_some_and(is_ours)) => {
            Err(NoDay::OfMonth)
        }
        _ => Err(NoDay::Unread),
    }
}

/// True for a year that an editor may speak of.
fn is_ours(year: u16) -> bool {
    (1900..2100).contains(&year)
}

fn valid(year: Option<u16>, month: Option<u16>, day: Option<u16>) -> Result<String, NoDay> {
    let (Some(year), Some(month), Some(day)) = (year, month, day) else {
        return Err(NoDay::Unread);
    };
    let written = format!("{year:04}-{month:02}-{day:02}");
    let exists = YEARS.contains(&year) && written.parse::<toml::value::Datetime>().is_ok();
    if exists { Ok(written) } else { Err(NoDay::Impossible) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for (text, expected) in [
            ("1/3/2022", Ok("2022-03-01")),
            ("2022/03/01", Ok("2022-03-01")),
            ("2022-3-1", Ok("2022-03-01")),
            ("1-3-2022", Ok("2022-03-01")),
            ("01.03.2022.", Ok("2022-03-01")),
            ("01/24/2025", Ok("2025-01-24")),
            ("1er août 2025", Ok("2025-08-01")),
            ("Mardi 12 mars 2026", Ok("2026-03-12")),
            ("12 sept. 2026", Ok("2026-09-12")),
            ("2021-03-04T10:00:00Z", Ok("2021-03-04")),
            ("2021-03-04 10:00", Ok("2021-03-04")),
            ("2022-02-30", Err(NoDay::Impossible)),
            ("31 avril 2022", Err(NoDay::Impossible)),
            ("4 mars 0202", Err(NoDay::Impossible)),
            ("mars 2026", Err(NoDay::OfMonth)),
            ("2026-03", Err(NoDay::OfMonth)),
            ("03/2026", Err(NoDay::OfMonth)),
            ("2026", Err(NoDay::OfMonth)),
            ("24/01/25", Err(NoDay::ShortYear)),
            ("au printemps", Err(NoDay::Unread)),
            ("", Err(NoDay::Unread)),
        ] {
            assert_eq!(iso(text), expected.map(str::to_string), "{text}");
        }
    }
}
