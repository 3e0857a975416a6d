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

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

impl Date {
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
    use super::Date;

    #[test]
    fn the_first_of_a_month_is_an_ordinal() {
        assert_eq!(Date { year: 2021, month: 3, day: 1 }.french(), "1er mars 2021");
        assert_eq!(Date { year: 2020, month: 8, day: 4 }.french(), "4 août 2020");
        assert_eq!(Date { year: 2020, month: 8, day: 4 }.to_string(), "2020-08-04");
    }
}
