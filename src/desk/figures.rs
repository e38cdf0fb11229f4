//! The calculations for the desk's figures: age bands of waiting work, counts by period,
//! percentages, medians and percentiles.

use std::collections::BTreeMap;

use serde_json::Value;

use super::period::Bucket;
use super::target::TargetClock;
use super::working_days::is_working_day;
use crate::date::CalendarDate;
use crate::form::Topic;
use crate::refusal_reason::RefusalReason;

/// Path of the page of figures.
pub const FIGURES: &str = "/desk/figures";

crate::keyed! {
    /// A figure of the desk.
    #[derive(Hash)]
    pub enum Figure {
        /// Registrations that are waiting now, by the number of working days that they have used
        /// up.
        Waiting = "waiting",
        /// The number of registrations that arrived, and the number of decisions.
        ArrivalsAndDecisions = "arrivals-and-decisions",
        /// The number of working days that decisions took, as `TargetClock` counts them.
        DaysToDecision = "days-to-decision",
        /// The working days from the arrival of a registration to an activated account.
        DaysToAccount = "days-to-account",
        /// The topics of the desk's questions to applicants.
        QuestionTopics = "reasons-for-asking",
        /// The reasons for not approving registrations.
        RefusalReasons = "reasons-for-refusing",
        /// The channels by which registrations arrived.
        Channels = "ways-in",
    }
}

impl Figure {
    /// Returns the heading of the figure.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting now, by age",
            Self::ArrivalsAndDecisions => "Arrivals and decisions",
            Self::DaysToDecision => "Working days to decision",
            Self::DaysToAccount => "Working days to working account",
            Self::QuestionTopics => "Questions by topic",
            Self::RefusalReasons => "Reasons for not approving",
            Self::Channels => "Registrations by channel",
        }
    }
}

/// A band of waiting registrations of similar age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeBand {
    /// The age in words.
    pub words: String,
    /// Whether these registrations have missed the target.
    pub is_late: bool,
    /// The number of registrations in the band.
    pub count: u64,
}

/// A histogram of working days: the number of cases for each number of days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DaysNeeded(BTreeMap<u32, u64>);

/// A table that counts working days quickly within a fixed range of dates.
#[derive(Debug, Clone)]
pub struct WorkingCalendar {
    first: i64,
    /// For each day of the range, the number of working days from the first day of the range to
    /// that day, both included.
    until: Vec<u32>,
}

/// Counts waiting registrations in bands, by the working days that they have used up on `today`.
///
/// Bands without registrations are included. `target` is in working days.
#[must_use]
pub fn waiting_by_age(
    waiting: impl IntoIterator<Item = (TargetClock, u64)>,
    today: CalendarDate,
    target: u32,
) -> Vec<AgeBand> {
    let last = target.saturating_mul(2);
    let within = |from: u32, to: u32| match (from, to) {
        (0, 0) => "Less than 1 working day".to_owned(),
        (0, to) => format!("{to} working {} or less", days(to)),
        (from, to) if from == to => format!("{from} working {}", days(from)),
        (from, to) => format!("{from} to {to} working days"),
    };
    let ranges = [
        // A target of 0 days has no band of days before the target, so this range is empty.
        (u32::from(target == 0), target.saturating_sub(1).min(1)),
        (2, target.saturating_sub(1)),
        (target, target),
        (target + 1, last),
        (last + 1, u32::MAX),
    ];
    let mut bands: Vec<(u32, u32, AgeBand)> = ranges
        .into_iter()
        .filter(|(from, to)| from <= to)
        .map(|(from, to)| {
            let words = if to == u32::MAX {
                format!("More than {last} working days")
            } else {
                within(from, to)
            };
            let band = AgeBand {
                words,
                is_late: from > target,
                count: 0,
            };
            (from, to, band)
        })
        .collect();
    for (clock, count) in waiting {
        let used = clock.used_on(today);
        let band = bands
            .iter_mut()
            .find(|(from, to, _)| (*from..=*to).contains(&used));
        if let Some((_, _, band)) = band {
            band.count += count;
        }
    }
    bands.into_iter().map(|(_, _, band)| band).collect()
}

const fn days(count: u32) -> &'static str {
    if count == 1 { "day" } else { "days" }
}

/// Returns the sum of the daily counts within a bucket; the keys of `counted` are day numbers.
#[must_use]
pub fn in_bucket(bucket: &Bucket, counted: &BTreeMap<i64, u64>) -> u64 {
    counted
        .range(bucket.first..=bucket.last)
        .map(|(_, count)| count)
        .sum()
}

/// Returns `part` as a percentage of `whole`, rounded to a whole number; `None` if `whole` is 0.
#[must_use]
pub const fn per_cent(part: u64, whole: u64) -> Option<u64> {
    if whole == 0 {
        None
    } else {
        Some((part.saturating_mul(200) + whole) / whole.saturating_mul(2))
    }
}

impl DaysNeeded {
    /// Adds `count` cases that needed this number of days.
    pub fn add(&mut self, days: u32, count: u64) {
        *self.0.entry(days).or_default() += count;
    }

    /// Returns the number of cases.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.values().sum()
    }

    /// Returns a percentile: the smallest number of days within which at least `of_hundred` per
    /// cent of the cases were done.
    ///
    /// Returns `None` if there are no cases.
    #[must_use]
    pub fn percentile(&self, of_hundred: u64) -> Option<u32> {
        let rank = (self.count().saturating_mul(of_hundred))
            .div_ceil(100)
            .max(1);
        let mut done = 0;
        self.0.iter().find_map(|(days, count)| {
            done += count;
            (done >= rank).then_some(*days)
        })
    }

    /// Returns the smallest number of days within which at least half of the cases were done;
    /// `None` if there are no cases.
    #[must_use]
    pub fn median(&self) -> Option<u32> {
        self.percentile(50)
    }
}

impl WorkingCalendar {
    /// Makes a table for the days from `first` to `last`, both as numbers of days since 1970.
    #[must_use]
    pub fn new(first: i64, last: i64) -> Self {
        let mut working = 0;
        let until = (first..=last.max(first))
            .map(|day| {
                let date = CalendarDate::of_day_number(day);
                working += u32::from(date.is_some_and(is_working_day));
                working
            })
            .collect();
        Self { first, until }
    }

    /// Counts the working days after `from`, up to and including `to`. A day before the table
    /// counts as its first day, and a day after the table as its last day.
    #[must_use]
    pub fn between(&self, from: i64, to: i64) -> u32 {
        let until = |day: i64| {
            let at = usize::try_from(day - self.first).unwrap_or_default();
            let last = self.until.last().copied().unwrap_or_default();
            self.until.get(at).copied().unwrap_or(last)
        };
        until(to).saturating_sub(until(from))
    }
}

/// Returns the topics of the questions in the details of an audit row; unknown topics are skipped.
#[must_use]
pub fn topics_asked(details: &str) -> Vec<Topic> {
    let mut topics = Vec::new();
    if let Ok(details) = serde_json::from_str(details) {
        gather(&details, "topic", &mut |key| {
            topics.extend(Topic::from_key(key));
        });
    }
    topics
}

/// Returns the reason for a refusal in the details of an audit row; `None` if the details have no
/// such reason.
#[must_use]
pub fn reason_given(details: &str) -> Option<RefusalReason> {
    let mut reason = None;
    if let Ok(details) = serde_json::from_str(details) {
        gather(&details, "reason", &mut |key| {
            reason = reason.or(RefusalReason::from_key(key));
        });
    }
    reason
}

/// Calls `found` with the text of every field called `name`, at any depth.
fn gather(value: &Value, name: &str, found: &mut dyn FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if key == name => found(text),
                    value => gather(value, name, found),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                gather(item, name, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::period::Period;
    use crate::desk::working_days::working_days_between;

    fn day(month: u8, day: u8) -> CalendarDate {
        CalendarDate::new(2026, month, day).unwrap()
    }

    #[test]
    fn each_figure_is_found_by_its_key() {
        for figure in Figure::ALL {
            assert_eq!(Figure::from_key(figure.key()), Some(figure));
        }
        assert_eq!(Figure::from_key("luck"), None);
    }

    #[test]
    fn waiting_work_is_grouped_by_the_target() {
        let used = |used| TargetClock {
            used,
            runs_since: None,
        };
        let running = TargetClock::starting(day(11, 23));
        let waiting = [
            (used(0), 1),
            (used(1), 2),
            (used(4), 4),
            (used(5), 8),
            (used(6), 16),
            (used(10), 32),
            (used(11), 64),
            (used(900), 128),
            // This registration has used up two working days so far.
            (running, 256),
        ];
        let bands = waiting_by_age(waiting, day(11, 25), 5);
        let found: Vec<(&str, bool, u64)> = bands
            .iter()
            .map(|band| (&*band.words, band.is_late, band.count))
            .collect();
        assert_eq!(
            found,
            [
                ("1 working day or less", false, 3),
                ("2 to 4 working days", false, 260),
                ("5 working days", false, 8),
                ("6 to 10 working days", true, 48),
                ("More than 10 working days", true, 192),
            ]
        );
        for target in 0..=30 {
            let bands = waiting_by_age((0..100).map(|days| (used(days), 1)), day(11, 25), target);
            assert_eq!(
                bands.iter().map(|band| band.count).sum::<u64>(),
                100,
                "{target}"
            );
            let late: u64 = bands
                .iter()
                .filter(|band| band.is_late)
                .map(|band| band.count)
                .sum();
            assert_eq!(late, 99 - u64::from(target), "{target}");
        }
    }

    #[test]
    fn the_percentile_is_the_smallest_number_within_which_so_many_were_done() {
        // Each case: pairs of a number of days and a number of cases, the median, the 90th
        // percentile.
        type Case = (&'static [(u32, u64)], Option<u32>, Option<u32>);
        let cases: [Case; 7] = [
            (&[], None, None),
            (&[(3, 1)], Some(3), Some(3)),
            (&[(1, 1), (9, 1)], Some(1), Some(9)),
            (&[(1, 1), (2, 1), (9, 1)], Some(2), Some(9)),
            (&[(0, 5), (4, 4), (30, 1)], Some(0), Some(4)),
            (&[(0, 4), (4, 5), (30, 1)], Some(4), Some(4)),
            (
                &[(2, 1_000_000), (3, 100_000), (8, 30_000)],
                Some(2),
                Some(3),
            ),
        ];
        for (needed, median, ninetieth) in cases {
            let mut days = DaysNeeded::default();
            for (number, count) in needed {
                days.add(*number, *count);
            }
            assert_eq!(days.median(), median, "{needed:?}");
            assert_eq!(days.percentile(90), ninetieth, "{needed:?}");
        }
    }

    #[test]
    fn days_without_arrivals_are_there_with_none() {
        let period = Period {
            from: day(11, 1),
            to: day(11, 4),
        };
        let first = day(11, 1).day_number();
        let counted = BTreeMap::from([(first + 1, 7), (first + 3, 2), (first + 9, 99)]);
        let single = period.single_days();
        let counts: Vec<u64> = single
            .iter()
            .map(|bucket| in_bucket(bucket, &counted))
            .collect();
        assert_eq!(counts, [0, 7, 0, 2]);
        assert_eq!(single[0].words, "2026-11-01");
        let bucket = Bucket {
            first,
            last: first + 3,
            words: String::new(),
        };
        assert_eq!(in_bucket(&bucket, &counted), 9);
    }

    #[test]
    fn the_quick_calendar_counts_as_the_rule_does() {
        let (first, last) = (day(1, 1).day_number(), day(12, 31).day_number());
        let calendar = WorkingCalendar::new(first, last);
        for from in (first..=last).step_by(7) {
            for to in (first..=last).step_by(5) {
                let date = |number| CalendarDate::of_day_number(number).unwrap();
                let expected = working_days_between(date(from), date(to));
                assert_eq!(calendar.between(from, to), expected, "{from} {to}");
            }
        }
    }

    #[test]
    fn shares_are_whole_per_cent() {
        for (part, whole, expected) in [
            (0, 0, None),
            (0, 3, Some(0)),
            (1, 3, Some(33)),
            (2, 3, Some(67)),
            (1, 8, Some(13)),
            (3, 3, Some(100)),
        ] {
            assert_eq!(per_cent(part, whole), expected, "{part} of {whole}");
        }
    }

    #[test]
    fn questions_and_reasons_are_read_from_the_audit() {
        let asked = r#"{"before":"received","more":[{"topic":"name","asked":"Why?"},{"topic":"users","asked":"Who?"},{"topic":"unheard-of"}]}"#;
        assert_eq!(topics_asked(asked), [Topic::Name, Topic::Users]);
        assert!(topics_asked("[").is_empty());
        let refused = r#"{"more":{"reason":"no-answer","words":"reason"}}"#;
        assert_eq!(reason_given(refused), Some(RefusalReason::NoAnswer));
        assert_eq!(reason_given(r#"{"reason":"because"}"#), None);
    }
}
