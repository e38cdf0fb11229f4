//! The day on which a change of people takes effect, as somebody types it.

use crate::date::CalendarDate;
use crate::desk::sent_on::TypedDay;
use crate::problem::Problem;

/// The name of the date field; its parts are `day-day`, `day-month` and `day-year`.
pub const EFFECTIVE_DAY: &str = "day";

/// Parses the day on which a change takes effect. How early or late it may be is a rule of the step.
///
/// # Errors
/// `effective-day-incomplete` at the first empty field, `effective-day-unreal` at the field of the
/// day.
pub fn effective_day(typed: &TypedDay, today: CalendarDate) -> Result<CalendarDate, Problem> {
    let parts = [
        ("day-day", &typed.day, "a day"),
        ("day-month", &typed.month, "a month"),
        ("day-year", &typed.year, "a year"),
    ];
    if let Some((field, _, part)) = parts.iter().find(|(_, typed, _)| typed.trim().is_empty()) {
        let words = format!("The date of the change must include {part}");
        return Err(Problem::new(*field, "effective-day-incomplete", words));
    }
    typed.date().ok_or_else(|| {
        let words = format!(
            "The date of the change must be a real date, like {}",
            today.in_words()
        );
        Problem::new("day-day", "effective-day-unreal", words)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_type_them() {
        let today = CalendarDate::new(2026, 12, 1).unwrap();
        for (day, month, year, read) in [
            ("3", "12", "2026", Ok("2026-12-03")),
            (" 3 ", "december", "2026", Ok("2026-12-03")),
            (
                "",
                "12",
                "2026",
                Err("The date of the change must include a day"),
            ),
            (
                "3",
                " ",
                "2026",
                Err("The date of the change must include a month"),
            ),
            (
                "3",
                "12",
                "",
                Err("The date of the change must include a year"),
            ),
            (
                "31",
                "2",
                "2026",
                Err("The date of the change must be a real date, like 1 December 2026"),
            ),
        ] {
            let typed = TypedDay {
                day: day.to_owned(),
                month: month.to_owned(),
                year: year.to_owned(),
            };
            let found = effective_day(&typed, today);
            let found = found.map(|day| day.to_string());
            let found = found.as_deref().map_err(|problem| problem.words.as_ref());
            assert_eq!(found, read, "{day} {month} {year}");
        }
    }
}
