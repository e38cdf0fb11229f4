//! Calendar days: parsing, formatting and arithmetic.
//!
//! This file uses no date library, because one would add 188 kB to the browser's build.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::text::is_oversized;

/// A day of the Gregorian calendar, from 1 January 1900 to 31 December 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CalendarDate {
    year: u16,
    month: u8,
    day: u8,
}

/// Month names in English.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Month names in Welsh.
const WELSH_MONTHS: [&str; 12] = [
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
];

impl CalendarDate {
    /// Returns the day with this year, month and day of the month.
    ///
    /// Returns `None` if the day does not exist or is outside 1900 to 2999.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1900..3000).contains(&year) && (1..=days).contains(&day)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// Returns the day that is `number` days after 1 January 1970; `None` outside 1900 to 2999.
    #[must_use]
    pub fn of_day_number(number: i64) -> Option<Self> {
        // The calendar repeats every 400 years (146,097 days). Here a year starts on 1 March, which
        // makes the leap day its last day.
        let days = number + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self::new(
            year.try_into().ok()?,
            month.try_into().ok()?,
            day.try_into().ok()?,
        )
    }

    /// Returns the number of days since 1 January 1970; negative for earlier days.
    #[must_use]
    pub fn day_number(self) -> i64 {
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month_from_march = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
        era * 146_097 + of_era - 719_468
    }

    /// Returns the day of the week, from 0 for Monday to 6 for Sunday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1 January 1970 was a Thursday.
        u8::try_from((self.day_number() + 3).rem_euclid(7)).unwrap_or_default()
    }

    /// Returns the year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Formats the day in English, such as `3 September 2026`.
    #[must_use]
    pub fn in_words(self) -> String {
        self.in_words_of(Language::English)
    }

    /// Formats the day in a language, such as `3 Medi 2026` in Welsh.
    #[must_use]
    pub fn in_words_of(self, language: Language) -> String {
        let month = month_of(self.month, language);
        format!("{} {} {}", self.day, month.unwrap_or_default(), self.year)
    }
}

/// Returns the name of a month in a language; `None` for a number outside 1 to 12.
#[must_use]
pub fn month_of(number: u8, language: Language) -> Option<&'static str> {
    let months = match language {
        Language::English => MONTHS,
        Language::Welsh => WELSH_MONTHS,
    };
    months.get(usize::from(number).checked_sub(1)?).copied()
}

/// Parses a month: a number from 1 to 12, or at least the first three letters of an English name.
/// Returns `None` for any other text.
#[must_use]
pub fn month_number(typed: &str) -> Option<u8> {
    let typed = typed.trim();
    if let Ok(number) = typed.parse() {
        return (1..=12).contains(&number).then_some(number);
    }
    let lower = typed.to_ascii_lowercase();
    (1..=12).zip(MONTHS).find_map(|(number, name)| {
        let name = name.to_ascii_lowercase();
        (lower.len() >= 3 && name.starts_with(&lower)).then_some(number)
    })
}

/// Parses a typed day or year, which has digits only: `+3` is no number.
#[must_use]
pub fn number_of(typed: &str) -> Option<u16> {
    let typed = typed.trim();
    let has_only_digits = typed.bytes().all(|byte| byte.is_ascii_digit());
    has_only_digits.then(|| typed.parse().ok()).flatten()
}

/// Splits a written date into day, month and year. Drops the day of the week, and ordinal endings
/// such as `st`.
///
/// Accepts `1st December 2026`, `Tue 01/12/2026` and `2026-12-01`. Returns `None` if the text does
/// not have exactly these three parts, if the month is unknown, if the year does not have four
/// digits, or if the text is far too long. Does not check that the day exists.
#[must_use]
pub fn parts_of(text: &str) -> Option<[String; 3]> {
    if is_oversized(text, LONGEST_DATE) {
        return None;
    }
    let is_weekday = |part: &str| {
        let part = part.to_ascii_lowercase();
        part.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(&part))
    };
    let mut parts = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|part| !part.is_empty() && !is_weekday(part))
        .map(without_ordinal);
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let [first, month, last] = three;
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some() || month_number(month).is_none() {
        return None;
    }
    let [day, year] = if first.len() == 4 {
        [last, first]
    } else {
        [first, last]
    };
    (is_number(day) && is_number(year) && year.len() == 4 && day.len() <= 2)
        .then(|| [day, month, year].map(str::to_owned))
}

/// The maximum length of a written date, with its weekday, in characters.
const LONGEST_DATE: usize = 64;

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Removes the ending of an ordinal: `1st` becomes `1`.
fn without_ordinal(part: &str) -> &str {
    ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| part.strip_suffix(end))
        .filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty())
        .unwrap_or(part)
}

impl fmt::Display for CalendarDate {
    /// Writes the day in the format of the store: `2026-09-03` (ISO 8601).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl TryFrom<String> for CalendarDate {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut parts = text.splitn(3, '-').map(number_of);
        let mut next = || parts.next().flatten();
        (|| {
            let (year, month, day) = (next()?, next()?, next()?);
            Self::new(year, month.try_into().ok()?, day.try_into().ok()?)
        })()
        .ok_or("not a day in the form 2026-09-03")
    }
}

impl From<CalendarDate> for String {
    fn from(date: CalendarDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_from_1970_through_every_leap_year() {
        let cases = [
            ((1970, 1, 1), 0, 3),
            ((1900, 3, 1), -25_508, 3),
            ((2000, 2, 29), 11_016, 1),
            ((2026, 9, 3), 20_699, 3),
            ((2999, 12, 31), 376_199, 1),
        ];
        for ((year, month, day), number, weekday) in cases {
            let date = CalendarDate::new(year, month, day).unwrap();
            assert_eq!(
                (date.day_number(), date.weekday()),
                (number, weekday),
                "{date:?}"
            );
        }
        let first = CalendarDate::new(1900, 1, 1).unwrap().day_number();
        let mut before = None;
        for number in first..first + 400_000 {
            let Some(date) = CalendarDate::of_day_number(number) else {
                assert!(number > 376_199, "{number}");
                break;
            };
            assert_eq!(date.day_number(), number);
            assert!(before < Some(date));
            before = Some(date);
        }
    }

    #[test]
    fn dates_as_people_write_them_fall_into_day_month_and_year() {
        for (text, parts) in [
            ("1 December 2026", Some(["1", "December", "2026"])),
            ("1st Dec 2026", Some(["1", "Dec", "2026"])),
            ("Tuesday 1 December, 2026", Some(["1", "December", "2026"])),
            ("Tue 01/12/2026", Some(["01", "12", "2026"])),
            ("2026-12-01", Some(["01", "12", "2026"])),
            ("30.2.2027", Some(["30", "2", "2027"])),
            ("December 2026", None),
            ("1/12/26", None),
            ("1 Smarch 2026", None),
            ("soon", None),
            ("", None),
            ("1 December 2026 or later", None),
        ] {
            let parts = parts.map(|parts| parts.map(str::to_owned));
            assert_eq!(parts_of(text), parts, "{text}");
        }
    }

    #[test]
    fn days_that_exist_and_days_that_do_not() {
        for (year, month, day, exists) in [
            (2026, 2, 28, true),
            (2026, 2, 29, false),
            (2028, 2, 29, true),
            (2000, 2, 29, true),
            (2100, 2, 29, false),
            (2026, 4, 31, false),
            (2026, 13, 1, false),
            (2026, 0, 1, false),
            (2026, 1, 0, false),
            (26, 1, 1, false),
        ] {
            assert_eq!(
                CalendarDate::new(year, month, day).is_some(),
                exists,
                "{year}-{month}-{day}"
            );
        }
    }

    #[test]
    fn months_as_numbers_and_names() {
        for (typed, number) in [
            ("9", Some(9)),
            ("09", Some(9)),
            (" sept ", Some(9)),
            ("DECEMBER", Some(12)),
            ("13", None),
            ("ma", None),
            ("", None),
        ] {
            assert_eq!(month_number(typed), number, "{typed}");
        }
    }

    #[test]
    fn stored_form_reads_back() {
        let date = CalendarDate::new(2026, 9, 3).unwrap();
        assert_eq!(CalendarDate::try_from(date.to_string()), Ok(date));
        assert_eq!(date.in_words(), "3 September 2026");
        assert!(CalendarDate::try_from("2026-09".to_owned()).is_err());
    }
}
