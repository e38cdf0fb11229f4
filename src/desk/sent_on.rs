//! The day on which activation emails were sent, as an officer types it when they mark accounts as
//! sent.

use crate::date::{CalendarDate, month_number, number_of};
use crate::problem::Problem;

/// The name of the date field; its parts are `sent-day`, `sent-month` and `sent-year`.
pub const SENT_ON: &str = "sent";

/// A day as typed in three fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedDay {
    /// The day of the month.
    pub day: String,
    /// The month: a number or an English name.
    pub month: String,
    /// The year; a valid year has four digits.
    pub year: String,
}

impl TypedDay {
    /// Returns the fields of a day as an officer would type them, all in digits.
    #[must_use]
    pub fn of(day: CalendarDate) -> Self {
        let iso = String::from(day);
        let mut parts = iso.split('-').map(|part| part.trim_start_matches('0'));
        let mut next = || parts.next().unwrap_or_default().to_owned();
        Self {
            year: next(),
            month: next(),
            day: next(),
        }
    }

    /// Returns the day; `None` if it is incomplete or does not exist.
    #[must_use]
    pub fn date(&self) -> Option<CalendarDate> {
        let (year, month) = number_of(&self.year).zip(month_number(&self.month))?;
        CalendarDate::new(year, month, number_of(&self.day)?.try_into().ok()?)
    }

    /// Parses the day on which activation emails were sent: on `earliest` or later, and not after
    /// `today`.
    ///
    /// `what` is the event on the day `earliest`, in words for the message, such as `the batch was
    /// made`.
    ///
    /// # Errors
    /// `sent-incomplete` at the first empty field; `sent-unreal`, `sent-future` or `sent-early` at
    /// the field of the day.
    pub fn sent_on(
        &self,
        (earliest, what): (CalendarDate, &str),
        today: CalendarDate,
    ) -> Result<CalendarDate, Problem> {
        let parts = [
            ("sent-day", &self.day, "a day"),
            ("sent-month", &self.month, "a month"),
            ("sent-year", &self.year, "a year"),
        ];
        if let Some((field, _, part)) = parts.iter().find(|(_, typed, _)| typed.trim().is_empty()) {
            let words = format!("The date on which the emails were sent must include {part}");
            return Err(Problem::new(*field, "sent-incomplete", words));
        }
        let Some(day) = self.date() else {
            let words = format!(
                "The date on which the emails were sent must be a real date, like {}",
                today.in_words()
            );
            return Err(Problem::new("sent-day", "sent-unreal", words));
        };
        if day > today {
            let words = "The date on which the emails were sent must be today or in the past";
            return Err(Problem::new("sent-day", "sent-future", words));
        }
        if day < earliest {
            let words = format!(
                "The date on which the emails were sent must be {} or later, because {what} on that day",
                earliest.in_words()
            );
            return Err(Problem::new("sent-day", "sent-early", words));
        }
        Ok(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails_were_sent_after_the_batch_was_made_and_not_in_the_future() {
        let day = |day| CalendarDate::new(2026, 9, day).unwrap();
        for (typed, expected) in [
            (["3", "9", "2026"], Ok(day(3))),
            (["1", "sep", "2026"], Ok(day(1))),
            (["4", "9", "2026"], Err("sent-future")),
            (["31", "8", "2026"], Err("sent-early")),
            (["31", "9", "2026"], Err("sent-unreal")),
            (["x", "9", "2026"], Err("sent-unreal")),
            (["+3", "9", "2026"], Err("sent-unreal")),
            (["3", "9", "+2026"], Err("sent-unreal")),
            (["", "9", "2026"], Err("sent-incomplete")),
            (["3", " ", "2026"], Err("sent-incomplete")),
            (["3", "9", ""], Err("sent-incomplete")),
        ] {
            let [one, month, year] = typed.map(str::to_owned);
            let typed = TypedDay {
                day: one,
                month,
                year,
            };
            let found = typed
                .sent_on((day(1), "the batch was made"), day(3))
                .map_err(|problem| problem.code.to_string());
            assert_eq!(found, expected.map_err(str::to_owned), "{typed:?}");
        }
        let shown = TypedDay::of(day(3));
        assert_eq!(
            (&*shown.day, &*shown.month, &*shown.year),
            ("3", "9", "2026")
        );
    }
}
