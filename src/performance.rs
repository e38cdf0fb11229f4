//! The figures that every government service publishes: user satisfaction, completion rate, digital
//! take-up and cost per transaction.
//!
//! Small numbers are hidden, so that no person can be recognised.

use serde::{Deserialize, Serialize};

use crate::date::CalendarDate;
use crate::desk::figures::per_cent;
use crate::problem::Problem;
use crate::text::tidy;

/// Path of the published figures.
pub const PERFORMANCE: &str = "/performance";
/// Path of the feedback form.
pub const FEEDBACK: &str = "/feedback";
/// Path of the confirmation page after feedback was sent.
pub const FEEDBACK_SENT: &str = "/feedback/sent";
/// The smallest count above zero that is published exactly.
pub const FEW: u64 = 5;
/// The maximum length of a suggestion for improvement, in characters.
pub const MAX_CHARACTERS: usize = 1_200;
/// The maximum number of times that one client address may send feedback in an hour.
pub const MAX_FROM_SOURCE: usize = 10;

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

crate::keyed! {
    /// A level of satisfaction with the service.
    pub enum Satisfaction {
        /// Score 5.
        VerySatisfied = "very-satisfied",
        /// Score 4.
        Satisfied = "satisfied",
        /// Score 3.
        Neither = "neither",
        /// Score 2.
        Dissatisfied = "dissatisfied",
        /// Score 1.
        VeryDissatisfied = "very-dissatisfied",
    }
}

/// Feedback on the service, as chosen and typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// The key of the chosen satisfaction; empty if none was chosen.
    #[serde(default)]
    pub satisfaction: String,
    /// The suggestion for improvement, as typed.
    #[serde(default)]
    pub words: String,
}

/// Valid feedback on the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompleteFeedback {
    /// The person's satisfaction with the service.
    pub satisfaction: Satisfaction,
    /// The suggestion for improvement; empty if nothing was typed.
    pub words: String,
}

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

impl Satisfaction {
    /// Returns the score, from 1 (very dissatisfied) to 5 (very satisfied).
    #[must_use]
    pub const fn score(self) -> u8 {
        match self {
            Self::VerySatisfied => 5,
            Self::Satisfied => 4,
            Self::Neither => 3,
            Self::Dissatisfied => 2,
            Self::VeryDissatisfied => 1,
        }
    }

    /// Returns the text shown to people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::VerySatisfied => "Very satisfied",
            Self::Satisfied => "Satisfied",
            Self::Neither => "Neither satisfied nor dissatisfied",
            Self::Dissatisfied => "Dissatisfied",
            Self::VeryDissatisfied => "Very dissatisfied",
        }
    }

    /// Whether a score counts as satisfied.
    #[must_use]
    pub const fn is_satisfied(score: i64) -> bool {
        score >= Self::Satisfied.score() as i64
    }
}

impl Feedback {
    /// Validates the feedback.
    ///
    /// # Errors
    /// `satisfaction-empty` if nothing was chosen, `words-long` if the suggestion is longer than
    /// [`MAX_CHARACTERS`].
    pub fn complete(&self) -> Result<CompleteFeedback, Vec<Problem>> {
        let mut problems = Vec::new();
        let chosen = Satisfaction::from_key(&self.satisfaction);
        if chosen.is_none() {
            problems.push(Problem::new(
                "satisfaction",
                "satisfaction-empty",
                "Select how satisfied you are with the service",
            ));
        }
        let words = tidy(&self.words).into_owned();
        if words.chars().count() > MAX_CHARACTERS {
            problems.push(Problem::new(
                "words",
                "words-long",
                format!("How we could improve must be {MAX_CHARACTERS} characters or less"),
            ));
        }
        match chosen {
            Some(satisfaction) if problems.is_empty() => Ok(CompleteFeedback {
                satisfaction,
                words,
            }),
            _ => Err(problems),
        }
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

    #[test]
    fn feedback_says_how_satisfied_somebody_is_and_not_too_much() {
        let long = "a".repeat(MAX_CHARACTERS + 1);
        let cases = [
            ("", "", Err("satisfaction")),
            ("delighted", "", Err("satisfaction")),
            ("satisfied", long.as_str(), Err("words")),
            ("", long.as_str(), Err("satisfaction words")),
            ("neither", "  Larger letters. ", Ok((3, "Larger letters."))),
            ("very-satisfied", "", Ok((5, ""))),
        ];
        for (satisfaction, words, expected) in cases {
            let feedback = Feedback {
                satisfaction: satisfaction.to_owned(),
                words: words.to_owned(),
            };
            let found = feedback.complete();
            let found = found
                .as_ref()
                .map(|complete| (complete.satisfaction.score(), &*complete.words))
                .map_err(|problems| {
                    let fields: Vec<&str> =
                        problems.iter().map(|problem| &*problem.field).collect();
                    fields.join(" ")
                });
            assert_eq!(
                found,
                expected.map_err(str::to_owned),
                "{satisfaction} {words}"
            );
        }
    }
}
