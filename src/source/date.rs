//! A calendar day.

use std::fmt;

/// A real day; TOML has refused the impossible ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// Year, four digits.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
];

/// Days from 1 March of year 0 to 1 January 1970.
const EPOCH: u32 = 719_468;
/// Days of 400 years.
const ERA: u32 = 146_097;

impl Date {
    /// The day that comes so many days after 1 January 1970: `civil_from_days` of Howard Hinnant,
    /// « chrono-Compatible Low-Level Date Algorithms ». Years begin in March, and eras of 400 years
    /// have the same days.
    pub fn of_days(days: u32) -> Self {
        let days = days + EPOCH;
        let (era, of_era) = (days / ERA, days % ERA);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (after, month) = if month < 10 { (0, month + 3) } else { (1, month - 9) };
        let small = |n: u32| u8::try_from(n).unwrap_or(u8::MAX);
        let year = u16::try_from(year + era * 400 + after).unwrap_or(u16::MAX);
        Self { year, month: small(month), day: small(day) }
    }

    /// The day before.
    pub fn veille(self) -> Self {
        Self::of_days(u32::try_from(self.days() - 1).unwrap_or_default().saturating_sub(EPOCH))
    }

    /// Days since 1 March of year 0: `days_from_civil`, from the same source. Days are compared by it.
    pub fn days(self) -> i32 {
        let (month, year) = (i32::from(self.month), i32::from(self.year));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        365 * year + leap + (153 * month + 2) / 5 + i32::from(self.day) - 1
    }

    /// The day that somebody wrote: `2021-03-01`, `01/03/2021`, `1er mars 2021`; nothing when it is none.
    pub fn said(text: &str) -> Option<Self> {
        let text = crate::french::fold(text);
        let parts: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let [first, month, last] = parts[..] else { return None };
        let month = match month.parse() {
            Ok(number) => number,
            Err(_) => {
                let named = |name: &&str| crate::french::fold(name) == month;
                u8::try_from(MONTHS.iter().position(named)? + 1).ok()?
            }
        };
        let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
        let (year, day) = (year.parse().ok()?, day.trim_end_matches("er").parse().ok()?);
        let date = Self { year, month, day };
        let days_of = |date: Self| u32::try_from(date.days()).ok()?.checked_sub(EPOCH);
        let fits = (1970..=2999).contains(&year) && (1..=12).contains(&month) && day > 0;
        (fits && days_of(date).is_some_and(|days| Self::of_days(days) == date)).then_some(date)
    }

    /// As French prose writes it: `1er mars 2021`, `4 août 2020`.
    pub fn french(self) -> String {
        let month = MONTHS[usize::from(self.month.clamp(1, 12)) - 1];
        let day = if self.day == 1 { "1er" } else { &self.day.to_string() };
        [day, " ", month, " ", &self.year.to_string()].concat()
    }
}

impl fmt::Display for Date {
    /// ISO 8601: `2021-03-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        for (days, said) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_785, "2026-11-28"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(Date::of_days(days).to_string(), said);
        }
        for days in 0..100_000 {
            assert_eq!(Date::of_days(days).days(), (days + EPOCH) as i32, "{days}");
        }
    }

    #[test]
    fn days_that_somebody_wrote() {
        let said = |text| Date::said(text).map(|date| date.to_string()).unwrap_or_default();
        for text in ["2021-03-01", "1/3/2021", "01.03.2021", "1er mars 2021", " 1 Mars 2021 "] {
            assert_eq!(said(text), "2021-03-01", "{text}");
        }
        assert_eq!(said("4 août 2020"), "2020-08-04");
        for none in
            ["", "2021", "mars 2021", "30/02/2021", "32/01/2021", "0/1/2021", "1/13/2021", "hier"]
        {
            assert_eq!(said(none), "", "{none}");
        }
    }

    #[test]
    fn the_first_of_a_month_is_an_ordinal() {
        assert_eq!(Date { year: 2021, month: 3, day: 1 }.french(), "1er mars 2021");
        assert_eq!(Date { year: 2020, month: 8, day: 4 }.french(), "4 août 2020");
        assert_eq!(Date { year: 2020, month: 8, day: 4 }.to_string(), "2020-08-04");
    }
}
