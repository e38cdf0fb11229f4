//! The first hearing for which the organisation needs its accounts.
//!
//! The answer is optional. The desk deals first with registrations whose hearing is soon.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::answers::{Answers, ordered};
use crate::context::Context;
use crate::date::{CalendarDate, month_number, number_of};
use crate::identifiers::AddressLine;
use crate::problem::Problem;

/// The answer to "When and where is your first hearing?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct FirstHearing {
    /// The name of the court; may be empty.
    #[validate(custom(function = "court"))]
    pub court: String,
    /// The day of the month, as typed.
    #[serde(rename = "hearing-day")]
    pub day: String,
    /// The month, as typed: a number or an English name.
    #[serde(rename = "hearing-month")]
    pub month: String,
    /// The year, as typed; two digits mean a year of this century.
    #[serde(rename = "hearing-year")]
    pub year: String,
}

/// The number of days after which a hearing is far off, so that its date may be mistyped.
const FAR_OFF_DAYS: i64 = 2 * 365;

impl FirstHearing {
    /// Returns the date; `None` if the date is incomplete or does not exist.
    #[must_use]
    pub fn date(&self) -> Option<CalendarDate> {
        CalendarDate::new(
            full_year(&self.year)?,
            month_number(&self.month)?,
            number_of(&self.day)?.try_into().ok()?,
        )
    }

    /// Whether all fields are blank, which is valid.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.court.trim().is_empty() && self.no_date()
    }

    fn no_date(&self) -> bool {
        [&self.day, &self.month, &self.year]
            .iter()
            .all(|part| part.trim().is_empty())
    }

    fn date_problem(&self, today: Option<CalendarDate>) -> Option<Problem> {
        if self.no_date() {
            return None;
        }
        let missing = [
            ("hearing-day", &self.day),
            ("hearing-month", &self.month),
            ("hearing-year", &self.year),
        ]
        .into_iter()
        .find(|(_, typed)| typed.trim().is_empty());
        if let Some((field, _)) = missing {
            let words = match field {
                "hearing-day" => "The date of the hearing must include a day",
                "hearing-month" => "The date of the hearing must include a month",
                _ => "The date of the hearing must include a year",
            };
            return Some(Problem::new(field, "hearing-date-incomplete", words));
        }
        let Some(date) = self.date() else {
            return Some(Problem::new(
                "hearing-day",
                "hearing-date-unreal",
                "The date of the hearing must be a real date, like 27 3 2027",
            ));
        };
        (today.is_some_and(|today| date < today)).then(|| {
            Problem::new(
                "hearing-day",
                "hearing-date-past",
                "The date of the hearing must be today or in the future",
            )
        })
    }
}

/// Parses a year; two digits mean a year of this century.
fn full_year(typed: &str) -> Option<u16> {
    let year = number_of(typed)?;
    Some(if typed.trim().len() == 2 {
        2_000 + year
    } else {
        year
    })
}

impl Answers for FirstHearing {
    const FIELDS: &'static [&'static str] =
        &["court", "hearing-day", "hearing-month", "hearing-year"];

    fn problems(&self, context: &Context) -> Vec<Problem> {
        let mut problems = ordered(self.validate(), Self::FIELDS);
        problems.extend(self.date_problem(context.today));
        problems
    }

    fn warnings_in(&self, context: &Context) -> Vec<Problem> {
        let Some(date) = self.date() else {
            return Vec::new();
        };
        let is_far = |today: CalendarDate| date.day_number() - today.day_number() > FAR_OFF_DAYS;
        let words = if context.today.is_some_and(is_far) {
            format!(
                "Check the date of the hearing: {} is more than 2 years away",
                date.in_words()
            )
        } else if self.year.trim().len() == 2 {
            format!(
                "Check the date of the hearing: we read it as {}",
                date.in_words()
            )
        } else {
            return Vec::new();
        };
        vec![Problem::new("hearing-day", "hearing-date-doubtful", words)]
    }
}

fn court(typed: &str) -> Result<(), ValidationError> {
    AddressLine::check_optional(typed, "the name of the court")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hearing(day: &str, month: &str, year: &str) -> FirstHearing {
        FirstHearing {
            court: "Leeds Magistrates’ Court".to_owned(),
            day: day.to_owned(),
            month: month.to_owned(),
            year: year.to_owned(),
        }
    }

    #[test]
    fn dates_as_people_type_them() {
        let context = Context {
            today: CalendarDate::new(2026, 11, 22),
            ..Context::default()
        };
        for (day, month, year, code) in [
            ("", "", "", None),
            ("22", "11", "2026", None),
            (" 1 ", "jan", "2027", None),
            ("21", "11", "2026", Some("hearing-date-past")),
            ("", "11", "2026", Some("hearing-date-incomplete")),
            ("30", "2", "2027", Some("hearing-date-unreal")),
            ("1", "1", "27", None),
            ("1", "1", "26", Some("hearing-date-past")),
            ("1", "1", "7", Some("hearing-date-unreal")),
            ("1", "1", "027", Some("hearing-date-unreal")),
            ("x", "1", "2027", Some("hearing-date-unreal")),
            ("-1", "1", "2027", Some("hearing-date-unreal")),
            ("+3", "1", "2027", Some("hearing-date-unreal")),
            ("3", "1", "+7", Some("hearing-date-unreal")),
            ("300", "1", "2027", Some("hearing-date-unreal")),
        ] {
            let problems = hearing(day, month, year).problems(&context);
            let found = problems.first().map(|problem| problem.code.as_ref());
            assert_eq!(found, code, "{day} {month} {year}");
        }
    }

    #[test]
    fn a_short_year_and_a_far_date_are_told() {
        let context = Context {
            today: CalendarDate::new(2026, 11, 22),
            ..Context::default()
        };
        for (day, month, year, told) in [
            (
                "1",
                "3",
                "27",
                Some("Check the date of the hearing: we read it as 1 March 2027"),
            ),
            (
                "1",
                "3",
                "2050",
                Some("Check the date of the hearing: 1 March 2050 is more than 2 years away"),
            ),
            ("1", "3", "2027", None),
            ("", "", "", None),
        ] {
            let warnings = hearing(day, month, year).warnings_in(&context);
            let words = warnings.first().map(|warning| warning.words.as_ref());
            assert_eq!(words, told, "{year}");
        }
    }
}
