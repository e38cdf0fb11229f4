//! The rules for an applicant who does not answer the desk's questions: after a number of days the
//! service sends a reminder, and after more days it advises the desk to close the registration.
//!
//! A desk administrator sets both numbers of days.

use crate::problem::Problem;

/// The name of the field with the days until the reminder.
pub const REMINDER_DAYS: &str = "reminder_days";
/// The name of the field with the days until the suggestion to close.
pub const CLOSING_DAYS: &str = "closing_days";
/// The maximum of both numbers of days.
const MAX_DAYS: u16 = 365;
/// The text that is stored for a rule that is switched off.
const NEVER: &str = "never";

/// The days after which the service acts. `None` switches a rule off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SilenceRules {
    /// The days without an answer after which the applicant is reminded.
    pub reminder: Option<u16>,
    /// The days without an answer after which the desk is advised to close the registration,
    /// counted from the reminder, or from the questions if reminders are switched off.
    pub closing: Option<u16>,
}

impl Default for SilenceRules {
    fn default() -> Self {
        Self {
            reminder: Some(14),
            closing: Some(14),
        }
    }
}

impl SilenceRules {
    /// Parses both numbers of days as typed. An empty text switches a rule off.
    ///
    /// # Errors
    /// `days-format` for each text that is not a whole number from 1 to 365.
    pub fn parse(reminder: &str, closing: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut days = |field, name, typed: &str| {
            parsed(typed).unwrap_or_else(|()| {
                problems.push(Problem::new(
                    field,
                    "days-format",
                    format!("{name} must be a whole number from 1 to {MAX_DAYS}, or empty"),
                ));
                None
            })
        };
        let rules = Self {
            reminder: days(REMINDER_DAYS, "Days until the reminder", reminder),
            closing: days(CLOSING_DAYS, "Days until closing is suggested", closing),
        };
        if problems.is_empty() {
            Ok(rules)
        } else {
            Err(problems)
        }
    }
}

/// Returns the text that is stored for a number of days.
#[must_use]
pub fn stored_days(days: Option<u16>) -> String {
    days.map_or_else(|| NEVER.to_owned(), |days| days.to_string())
}

/// Returns the number of days of a stored text; `None` if the rule is switched off or the text is
/// not a number.
#[must_use]
pub fn days_of(stored: &str) -> Option<u16> {
    stored.parse().ok()
}

fn parsed(typed: &str) -> Result<Option<u16>, ()> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let is_number = typed.bytes().all(|letter| letter.is_ascii_digit());
    match typed.parse() {
        Ok(days) if is_number && (1..=MAX_DAYS).contains(&days) => Ok(Some(days)),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_numbers_from_1_to_365_and_may_be_left_out() {
        for (typed, days) in [
            ("1", Some(1)),
            (" 365 ", Some(365)),
            ("", None),
            (" ", None),
        ] {
            let rules = SilenceRules::parse(typed, typed).unwrap();
            assert_eq!((rules.reminder, rules.closing), (days, days), "{typed}");
            assert_eq!(days_of(&stored_days(days)), days);
        }
        for typed in ["0", "366", "-1", "+7", "7.5", "a week", "99999999"] {
            let problems = SilenceRules::parse(typed, typed).unwrap_err();
            let fields: Vec<&str> = problems.iter().map(|problem| &*problem.field).collect();
            assert_eq!(fields, [REMINDER_DAYS, CLOSING_DAYS], "{typed}");
        }
        let problems = SilenceRules::parse("14", "soon").unwrap_err();
        assert_eq!(problems.len(), 1);
    }
}
