//! A range of days that a person types, and the buckets in which a chart shows the range.

use crate::date::{CalendarDate, month_number, parts_of};
use crate::problem::Problem;

/// The length of the default range, in days.
pub const USUAL_DAYS: i64 = 30;
/// The maximum length of a range, in days: five years.
pub const MAX_DAYS: i64 = 5 * 366;
/// The maximum length, in days, of a range that a chart shows day by day.
const MAX_SINGLE_DAYS: i64 = 62;
/// The maximum length, in days, of a range that a chart shows week by week. Longer ranges are shown
/// month by month.
const MAX_DAYS_OF_WEEKS: i64 = 366;

/// A range of days, including the first and the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: CalendarDate,
    /// The last day.
    pub to: CalendarDate,
}

/// The days that a chart shows together: a single day, a week from Monday, or a month. The first
/// and last bucket are cut to the range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// The first day, in days since 1970.
    pub first: i64,
    /// The last day, in days since 1970.
    pub last: i64,
    /// The label in the chart.
    pub words: String,
}

/// Parses a date in a usual format: `27/3/2026`, `27 March 2026` or `2026-03-27`. Returns `None`
/// for other texts and for days that do not exist.
#[must_use]
pub fn day_of(typed: &str) -> Option<CalendarDate> {
    let [day, month, year] = parts_of(typed)?;
    CalendarDate::new(year.parse().ok()?, month_number(&month)?, day.parse().ok()?)
}

impl Period {
    /// Returns the range of the last `days` days, including today. The range has at least one day.
    #[must_use]
    pub fn last_days(today: CalendarDate, days: i64) -> Self {
        let first = CalendarDate::of_day_number(today.day_number() - days.max(1) + 1);
        Self {
            from: first.unwrap_or(today),
            to: today,
        }
    }

    /// Parses the range that was typed into the fields `from` and `to`.
    ///
    /// If `to` is empty, the range ends today. If `from` is empty, the range is 30 days long.
    ///
    /// # Errors
    /// `date-unreadable` if a date cannot be parsed or does not exist, `period-backwards` if the
    /// last day is before the first, `period-long` if the range is longer than five years.
    pub fn parse(from: &str, to: &str, today: CalendarDate) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut read = |field: &'static str, words: &str, typed: &str| {
            let typed = typed.trim();
            let day = day_of(typed);
            if day.is_none() && !typed.is_empty() {
                let words = format!("{words} must be a real date, like 27/3/2026");
                problems.push(Problem::new(field, "date-unreadable", words));
            }
            day
        };
        let (first, last) = (read("from", "From", from), read("to", "To", to));
        if !problems.is_empty() {
            return Err(problems);
        }
        let last = last.unwrap_or(today);
        let period = Self {
            from: first.unwrap_or(Self::last_days(last, USUAL_DAYS).from),
            to: last,
        };
        let wrong = if period.to < period.from {
            Some(("period-backwards", "To must be the same as or after From"))
        } else if period.length() > MAX_DAYS {
            Some((
                "period-long",
                "There must be 5 years or less between From and To",
            ))
        } else {
            None
        };
        match wrong {
            Some((code, words)) => Err(vec![Problem::new("to", code, words)]),
            None => Ok(period),
        }
    }

    /// Returns the number of days in the range.
    #[must_use]
    pub fn length(self) -> i64 {
        self.to.day_number() - self.from.day_number() + 1
    }

    /// Returns each day of the range, in days since 1970.
    pub fn days(self) -> impl Iterator<Item = i64> {
        self.from.day_number()..=self.to.day_number()
    }

    /// Formats the range for people.
    #[must_use]
    pub fn in_words(self) -> String {
        format!("{} to {}", self.from.in_words(), self.to.in_words())
    }

    /// Splits the range into days, weeks or months, so that a chart has few buckets.
    ///
    /// Every day of the range is in exactly one bucket.
    #[must_use]
    pub fn buckets(self) -> Vec<Bucket> {
        let mut buckets: Vec<Bucket> = Vec::new();
        for day in self.days() {
            let Some(date) = CalendarDate::of_day_number(day) else {
                continue;
            };
            match buckets.last_mut() {
                Some(bucket) if !self.begins_bucket(date) => bucket.last = day,
                _ => buckets.push(Bucket {
                    first: day,
                    last: day,
                    words: self.words_of(date),
                }),
            }
        }
        buckets
    }

    /// Returns one bucket for each day, with its ISO date as the label: `2026-09-03`.
    #[must_use]
    pub fn single_days(self) -> Vec<Bucket> {
        let days = self.days().filter_map(|day| {
            Some(Bucket {
                first: day,
                last: day,
                words: CalendarDate::of_day_number(day)?.to_string(),
            })
        });
        days.collect()
    }

    fn begins_bucket(self, date: CalendarDate) -> bool {
        if self.length() <= MAX_SINGLE_DAYS {
            true
        } else if self.length() <= MAX_DAYS_OF_WEEKS {
            date.weekday() == 0
        } else {
            date.to_string().ends_with("-01")
        }
    }

    fn words_of(self, date: CalendarDate) -> String {
        let words = date.in_words();
        let (day, month) = words.split_once(' ').unwrap_or(("", &words));
        let (month, year) = month.split_once(' ').unwrap_or((month, ""));
        let month = month.get(..3).unwrap_or(month);
        if self.length() <= MAX_SINGLE_DAYS {
            format!("{day} {month} {year}")
        } else if self.length() <= MAX_DAYS_OF_WEEKS {
            format!("Week of {day} {month} {year}")
        } else {
            format!("{month} {year}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CalendarDate {
        day_of(text).unwrap()
    }

    #[test]
    fn a_range_is_read_as_people_write_days() {
        let today = day("25/11/2026");
        // Each case: from, to, and the parsed range or the fields and codes of the problems.
        let cases = [
            ("", "", Ok("2026-10-27 2026-11-25")),
            ("1/11/2026", "", Ok("2026-11-01 2026-11-25")),
            ("", "31 January 2026", Ok("2026-01-02 2026-01-31")),
            ("2026-11-25", "25 Nov 2026", Ok("2026-11-25 2026-11-25")),
            ("1 1 2021", "31/12/2025", Ok("2021-01-01 2025-12-31")),
            ("1/1/2020", "31/12/2025", Err("to period-long")),
            ("26/11/2026", "", Err("to period-backwards")),
            ("30/2/2026", "25/11/2026", Err("from date-unreadable")),
            (
                "soon",
                "later",
                Err("from date-unreadable, to date-unreadable"),
            ),
            ("", "32/1/2026", Err("to date-unreadable")),
        ];
        for (from, to, expected) in cases {
            let found = Period::parse(from, to, today)
                .map(|period| format!("{} {}", period.from, period.to))
                .map_err(|problems| {
                    let problems: Vec<String> = problems
                        .iter()
                        .map(|problem| format!("{} {}", problem.field, problem.code))
                        .collect();
                    problems.join(", ")
                });
            let expected = expected.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(found, expected, "{from} {to}");
        }
    }

    #[test]
    fn a_chart_shows_days_weeks_or_months() {
        // Each case: from, to, the number of buckets, and the labels of the first and last bucket.
        let cases = [
            ("25/11/2026", "25/11/2026", 1, "25 Nov 2026", "25 Nov 2026"),
            ("25/9/2026", "25/11/2026", 62, "25 Sep 2026", "25 Nov 2026"),
            // The range starts on a Wednesday, so the first week has five days.
            (
                "25/3/2026",
                "24/6/2026",
                14,
                "Week of 25 Mar 2026",
                "Week of 22 Jun 2026",
            ),
            ("15/1/2021", "1/12/2025", 60, "Jan 2021", "Dec 2025"),
        ];
        for (from, to, count, first, last) in cases {
            let period = Period {
                from: day(from),
                to: day(to),
            };
            let buckets = period.buckets();
            assert_eq!(buckets.len(), count, "{from} {to}");
            assert_eq!(buckets[0].words, first);
            assert_eq!(buckets[count - 1].words, last);
            let days: Vec<i64> = buckets
                .iter()
                .flat_map(|bucket| bucket.first..=bucket.last)
                .collect();
            assert!(
                days.into_iter().eq(period.days()),
                "{from} {to}: every day once"
            );
        }
    }
}
