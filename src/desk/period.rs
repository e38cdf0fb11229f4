//! A range of days, as somebody types it, and the steps in which a chart goes through it.

use crate::date::{CalendarDate, month_number, parts_of};
use crate::problem::Problem;

/// How many days are shown where nothing is said.
pub const USUAL_DAYS: i64 = 30;
/// The most days of a range: five years.
pub const MOST_DAYS: i64 = 5 * 366;
/// A range of up to so many days is shown day by day.
const MOST_SINGLE_DAYS: i64 = 62;
/// A range of up to so many days is shown week by week, a longer one month by month.
const MOST_DAYS_OF_WEEKS: i64 = 366;

/// The days from one to another, both of them included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: CalendarDate,
    /// The last day.
    pub to: CalendarDate,
}

/// Days that are shown as one: a day, a week that begins on Monday, or a month, cut to the range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bucket {
    /// The number of its first day.
    pub first: i64,
    /// The number of its last day.
    pub last: i64,
    /// What it is called.
    pub words: String,
}

/// Reads a day as people write it: `27/3/2026`, `27 March 2026` or `2026-03-27`.
#[must_use]
pub fn day_of(typed: &str) -> Option<CalendarDate> {
    let [day, month, year] = parts_of(typed)?;
    CalendarDate::new(year.parse().ok()?, month_number(&month)?, day.parse().ok()?)
}

impl Period {
    /// The last so many days, today included.
    #[must_use]
    pub fn last_days(today: CalendarDate, days: i64) -> Self {
        let first = CalendarDate::of_day_number(today.day_number() - days.max(1) + 1);
        Self {
            from: first.unwrap_or(today),
            to: today,
        }
    }

    /// Reads a range as it was typed into the fields `from` and `to`; where nothing was typed, the last 30 days, or
    /// the 30 days up to the day that was.
    ///
    /// # Errors
    /// When a day does not exist, the last is before the first, or there are more than five years between them.
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
        } else if period.length() > MOST_DAYS {
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

    /// How many days there are.
    #[must_use]
    pub fn length(self) -> i64 {
        self.to.day_number() - self.from.day_number() + 1
    }

    /// The numbers of its days.
    pub fn days(self) -> impl Iterator<Item = i64> {
        self.from.day_number()..=self.to.day_number()
    }

    /// The range in words.
    #[must_use]
    pub fn in_words(self) -> String {
        format!("{} to {}", self.from.in_words(), self.to.in_words())
    }

    /// The range as few buckets as a chart can show: every day is in one of them.
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

    /// Each of its days on its own, as files write it: `2026-09-03`.
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
        if self.length() <= MOST_SINGLE_DAYS {
            true
        } else if self.length() <= MOST_DAYS_OF_WEEKS {
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
        if self.length() <= MOST_SINGLE_DAYS {
            format!("{day} {month} {year}")
        } else if self.length() <= MOST_DAYS_OF_WEEKS {
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
        // From, to, and the range or what is wrong at which field.
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
        // From, to, how many buckets, and the first and the last of them.
        let cases = [
            ("25/11/2026", "25/11/2026", 1, "25 Nov 2026", "25 Nov 2026"),
            ("25/9/2026", "25/11/2026", 62, "25 Sep 2026", "25 Nov 2026"),
            // A Wednesday: the first week has five days.
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
