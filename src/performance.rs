//! The figures that every government service publishes: user satisfaction, completion rate, digital
//! take-up and cost per transaction.
//!
//! Small numbers are hidden, so that no person can be recognised.

use crate::date::CalendarDate;
use crate::desk::figures::per_cent;

/// Path of the published figures.
pub const PERFORMANCE: &str = "/performance";
/// The smallest count above zero that is published exactly.
pub const FEW: u64 = 5;

/// A figure in published form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// The number itself.
    Exactly(u64),
    /// A hidden figure, because a count behind the figure is above 0 and below [`FEW`].
    Few,
    /// No figure, because there is nothing to count.
    Nothing,
}

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    year: u16,
    /// The month, from 1 to 12.
    month: u8,
}

/// The cost of one registration, in pence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost(u64);

impl Published {
    /// Publishes a count of people or registrations; hidden if it is above 0 and below [`FEW`].
    #[must_use]
    pub const fn count(count: u64) -> Self {
        match count {
            1..FEW => Self::Few,
            count => Self::Exactly(count),
        }
    }

    /// Publishes `part` as a percentage of `whole`.
    ///
    /// The percentage is hidden if the whole is below [`FEW`], or if the part or the remainder is
    /// above 0 and below [`FEW`].
    #[must_use]
    pub const fn share(part: u64, whole: u64) -> Self {
        let others = whole.saturating_sub(part);
        match per_cent(part, whole) {
            None => Self::Nothing,
            Some(_) if whole < FEW => Self::Few,
            Some(_) if matches!(part, 1..FEW) || matches!(others, 1..FEW) => Self::Few,
            Some(share) => Self::Exactly(share),
        }
    }

    /// Returns the figure; `None` if it is hidden or missing.
    #[must_use]
    pub const fn number(self) -> Option<u64> {
        match self {
            Self::Exactly(number) => Some(number),
            Self::Few | Self::Nothing => None,
        }
    }

    /// Formats the figure for people, followed by its unit, such as `%`.
    ///
    /// The unit is empty for a count.
    #[must_use]
    pub fn words(self, unit: &str) -> String {
        match self {
            Self::Exactly(number) => format!("{number}{unit}"),
            Self::Few if unit.is_empty() => format!("fewer than {FEW}"),
            Self::Few => "not shown".to_owned(),
            Self::Nothing => "none".to_owned(),
        }
    }
}

impl Month {
    /// Returns the month of a day.
    #[must_use]
    pub fn of(day: CalendarDate) -> Self {
        // The month is the sixth and seventh character of a date such as `2026-09-03`.
        let month = day
            .to_string()
            .get(5..7)
            .and_then(|month| month.parse().ok());
        Self {
            year: day.year(),
            month: month.unwrap_or(1),
        }
    }

    /// Returns the month of the day that is `day` days after 1 January 1970; `None` outside 1900 to
    /// 2999.
    #[must_use]
    pub fn of_day_number(day: i64) -> Option<Self> {
        CalendarDate::of_day_number(day).map(Self::of)
    }

    /// Returns the next month.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.month == 12 {
            Self {
                year: self.year + 1,
                month: 1,
            }
        } else {
            Self {
                month: self.month + 1,
                ..self
            }
        }
    }

    /// Returns the first day of the month; `None` after the year 2999.
    #[must_use]
    pub fn first_day(self) -> Option<CalendarDate> {
        CalendarDate::new(self.year, self.month, 1)
    }

    /// Formats the month for people, such as `September 2026`.
    #[must_use]
    pub fn in_words(self) -> String {
        let words = self.first_day().map(CalendarDate::in_words);
        let words = words.as_deref().and_then(|words| words.split_once(' '));
        words.map(|(_, month)| month.to_owned()).unwrap_or_default()
    }

    /// Lists every month from `first` to `last`, both included.
    #[must_use]
    pub fn from_to(first: Self, last: Self) -> Vec<Self> {
        std::iter::successors(Some(first), |month| Some(month.next()))
            .take_while(|month| *month <= last)
            .collect()
    }
}

impl Cost {
    /// Formats the cost as the end of a sentence: `£4.12.`, with its full stop.
    #[must_use]
    pub fn in_words(self) -> String {
        format!("£{}.{:02}.", self.0 / 100, self.0 % 100)
    }
}

impl std::str::FromStr for Cost {
    type Err = &'static str;

    /// Parses an amount in pounds, such as `4.12`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WORDS: &str = "not an amount in pounds, such as 4.12";
        let (pounds, pence) = text.split_once('.').unwrap_or((text, "00"));
        let number = |digits: &str| {
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| digits.parse::<u64>().ok()).flatten()
        };
        if pence.len() != 2 {
            return Err(WORDS);
        }
        let (pounds, pence) = (number(pounds).ok_or(WORDS)?, number(pence).ok_or(WORDS)?);
        let pounds = pounds.checked_mul(100).ok_or(WORDS)?;
        Ok(Self(pounds.checked_add(pence).ok_or(WORDS)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_hidden_and_so_is_what_gives_them_away() {
        for (count, words) in [
            (0, "0"),
            (1, "fewer than 5"),
            (4, "fewer than 5"),
            (5, "5"),
            (1_000, "1000"),
        ] {
            assert_eq!(Published::count(count).words(""), words, "{count}");
        }
        for (part, whole, words) in [
            (0, 0, "none"),
            (0, 4, "not shown"),
            (4, 4, "not shown"),
            (0, 5, "0%"),
            (5, 5, "100%"),
            (4, 10, "not shown"),
            (7, 10, "not shown"),
            (5, 10, "50%"),
            (2, 3, "not shown"),
            (66, 99, "67%"),
        ] {
            assert_eq!(
                Published::share(part, whole).words("%"),
                words,
                "{part} of {whole}"
            );
        }
    }

    #[test]
    fn a_cost_is_read_in_pounds() {
        for (text, words) in [
            ("4.12", Some("£4.12.")),
            ("0.05", Some("£0.05.")),
            ("17", Some("£17.00.")),
            ("4.1", None),
            (".50", None),
            ("-1", None),
            ("£4", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            let cost = text.parse::<Cost>().ok().map(Cost::in_words);
            assert_eq!(cost.as_deref(), words, "{text}");
        }
    }

    #[test]
    fn months_follow_each_other_over_the_year() {
        let month = |year, month| Month { year, month };
        let day = CalendarDate::new(2026, 11, 25).unwrap();
        assert_eq!(Month::of(day), month(2026, 11));
        let months = Month::from_to(month(2026, 11), month(2027, 2));
        let words: Vec<String> = months.into_iter().map(Month::in_words).collect();
        assert_eq!(
            words,
            [
                "November 2026",
                "December 2026",
                "January 2027",
                "February 2027"
            ]
        );
        assert!(Month::from_to(month(2027, 1), month(2026, 12)).is_empty());
    }
}
