//! The clock, and moments in London time. Callers pass the clock in, so that tests can stop and
//! advance it.

use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use registration::date::CalendarDate;

/// The largest difference between the clocks of two servers. A stored time that is further ahead
/// was written while a clock was wrong, and must not make anybody wait.
pub const CLOCKS_DIFFER: Duration = Duration::from_mins(5);

/// A source of the current time.
pub trait Clock: Send + Sync {
    /// Returns the current time.
    fn now(&self) -> Moment;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the only place that reads the machine's clock"
    )]
    fn now(&self) -> Moment {
        Moment(Timestamp::now())
    }
}

/// A point in time, stored in UTC and shown in London time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(Timestamp);

impl Moment {
    /// Returns the moment that is this many milliseconds after the beginning of 1970 in UTC. A
    /// number out of range gives the latest possible moment.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX))
    }

    /// Returns the milliseconds since the beginning of 1970 in UTC.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0.as_millisecond()
    }

    /// Returns the moment that is this many hours later; the latest possible moment if that is out
    /// of range.
    #[must_use]
    pub fn plus_hours(self, hours: i64) -> Self {
        let later = Span::new()
            .try_hours(hours)
            .and_then(|span| self.0.checked_add(span));
        Self(later.unwrap_or(Timestamp::MAX))
    }

    /// Returns the moment that is this much later; the latest possible moment if that is out of
    /// range.
    #[must_use]
    pub fn plus(self, time: Duration) -> Self {
        Self(self.0.checked_add(time).unwrap_or(Timestamp::MAX))
    }

    /// Returns the London date in words, such as `3 September 2026`.
    #[must_use]
    pub fn day_in_words(self) -> String {
        self.london().strftime("%-d %B %Y").to_string()
    }

    /// Returns the London date and time in words, such as `3 September 2026 at 2:05pm`.
    #[must_use]
    pub fn in_words(self) -> String {
        let london = self.london();
        format!(
            "{} at {}",
            london.strftime("%-d %B %Y"),
            london.strftime("%-I:%M%P")
        )
    }

    /// Returns the London date and time for tables, such as `2026-09-03 14:05:09`. Texts of this
    /// form sort by time, except in the hour that is repeated when summer time ends, and
    /// spreadsheet programs read them as times.
    #[must_use]
    pub fn london_date_and_time(self) -> String {
        self.london().strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// Returns the London time in words, such as `2:05pm`.
    #[must_use]
    pub fn time_in_words(self) -> String {
        self.london().strftime("%-I:%M%P").to_string()
    }

    /// Returns the London date; `None` if it is out of the range of [`CalendarDate`].
    #[must_use]
    pub fn calendar_date(self) -> Option<CalendarDate> {
        let date: Date = self.london().date();
        CalendarDate::new(
            date.year().try_into().ok()?,
            date.month().try_into().ok()?,
            date.day().try_into().ok()?,
        )
    }

    /// Returns the number of days from this moment's London day to another day, or 0 if the other
    /// day is earlier.
    #[must_use]
    pub fn days_until(self, day: CalendarDate) -> u32 {
        let from = self.calendar_date().map_or(0, CalendarDate::day_number);
        u32::try_from(day.day_number() - from).unwrap_or_default()
    }

    /// Returns the moment at which a day begins in London; the latest possible moment if the day is
    /// out of range.
    #[must_use]
    pub fn beginning_of(day: CalendarDate) -> Self {
        let date = Date::constant(1970, 1, 1).checked_add(Span::new().days(day.day_number()));
        let begun = date.map(|date| date.to_zoned(london_zone()));
        match begun {
            Ok(Ok(begun)) => Self(begun.timestamp()),
            _ => Self(Timestamp::MAX),
        }
    }

    /// Returns the periods of British Summer Time between two moments, in order.
    #[must_use]
    pub fn summers(from: Self, until: Self) -> Vec<(Self, Self)> {
        let zone = london_zone();
        let mut summers = Vec::new();
        let is_summer = |moment: Timestamp| zone.to_offset_info(moment).offset().seconds() > 0;
        let mut begun = is_summer(from.0).then_some(from);
        for change in zone.following(from.0) {
            let at = change.timestamp();
            if at >= until.0 {
                break;
            }
            if change.offset().seconds() > 0 {
                begun = Some(Self(at));
            } else if let Some(begun) = begun.take() {
                summers.push((begun, Self(at)));
            }
        }
        summers.extend(begun.map(|begun| (begun, until)));
        summers
    }

    /// Returns the hour of the day in London, from 0 to 23.
    #[must_use]
    pub fn london_hour(self) -> i8 {
        self.london().hour()
    }

    /// Returns the moment in RFC 3339 format in UTC, for machines.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.0.to_string()
    }

    /// Parses a moment in RFC 3339 format.
    #[must_use]
    pub fn of_rfc3339(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    fn london(self) -> jiff::Zoned {
        self.0.to_zoned(london_zone())
    }
}

fn london_zone() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::REWRITING_HOUR;

    #[test]
    fn summer_and_winter_in_london() {
        for (millis, words) in [
            (1_793_000_000_000, "26 October 2026 at 7:33am"),
            (1_790_000_000_000, "21 September 2026 at 3:13pm"),
        ] {
            assert_eq!(Moment::from_millis(millis).in_words(), words);
        }
    }

    #[test]
    fn the_day_changes_at_londons_midnight() {
        // This is 2026-07-01T23:30Z: half past midnight on 2 July in London.
        let moment = Moment::from_millis(1_782_948_600_000);
        assert_eq!(moment.calendar_date(), CalendarDate::new(2026, 7, 2));
    }

    #[test]
    fn a_day_begins_at_londons_midnight_and_summers_are_an_hour_ahead() {
        for (day, begins) in [
            ((2026, 7, 2), "2026-07-01T23:00:00Z"),
            ((2026, 12, 25), "2026-12-25T00:00:00Z"),
        ] {
            let day = CalendarDate::new(day.0, day.1, day.2).unwrap();
            let begun = Moment::beginning_of(day);
            assert_eq!(
                (begun.rfc3339().as_str(), begun.calendar_date()),
                (begins, Some(day))
            );
        }
        let day =
            |year, month, day| Moment::beginning_of(CalendarDate::new(year, month, day).unwrap());
        let in_words = |from, until| {
            let summers = Moment::summers(from, until).into_iter();
            summers
                .map(|(begun, ended)| format!("{} {}", begun.rfc3339(), ended.rfc3339()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            in_words(day(2026, 1, 1), day(2027, 12, 31)),
            [
                "2026-03-29T01:00:00Z 2026-10-25T01:00:00Z",
                "2027-03-28T01:00:00Z 2027-10-31T01:00:00Z",
            ]
        );
        assert_eq!(
            in_words(day(2026, 7, 1), day(2026, 8, 1)),
            ["2026-06-30T23:00:00Z 2026-07-31T23:00:00Z"]
        );
        assert!(in_words(day(2026, 11, 1), day(2026, 12, 1)).is_empty());
    }

    #[test]
    fn a_moment_in_words_of_london() {
        let moment = Moment::from_millis(1_788_426_000_000);
        assert_eq!(moment.day_in_words(), "3 September 2026");
        assert_eq!(moment.in_words(), "3 September 2026 at 10:00am");
        assert_eq!(moment.rfc3339(), "2026-09-03T09:00:00Z");
        assert_eq!(moment.london_date_and_time(), "2026-09-03 10:00:00");
        assert_eq!(moment.millis(), 1_788_426_000_000);
        let midday = moment.plus_hours(2);
        assert_eq!(midday.in_words(), "3 September 2026 at 12:00pm");
        assert_eq!(
            midday.plus_hours(12).in_words(),
            "4 September 2026 at 12:00am"
        );
    }

    #[test]
    fn hours_are_counted_through_the_change_of_the_clock() {
        // On 25 October 2026 London's clocks go back from 2am to 1am.
        let before = Moment::from_millis(1_792_886_400_000);
        assert_eq!(before.in_words(), "25 October 2026 at 1:00am");
        assert_eq!(before.plus_hours(1).in_words(), "25 October 2026 at 1:00am");
        assert_eq!(
            before.plus_hours(24).in_words(),
            "26 October 2026 at 12:00am"
        );
    }

    #[test]
    fn in_the_nights_in_which_londons_clocks_change_each_day_begins_once_and_each_job_runs_once() {
        let day = |year, month, day| CalendarDate::new(year, month, day).unwrap();
        for (night, hours) in [
            (day(2026, 10, 25), 25),
            (day(2027, 3, 28), 23),
            (day(2027, 10, 31), 25),
            (day(2027, 11, 1), 24),
        ] {
            let begins = Moment::beginning_of(night);
            let next = CalendarDate::of_day_number(night.day_number() + 1).unwrap();
            let ends = Moment::beginning_of(next);
            assert_eq!((ends.millis() - begins.millis()) / 3_600_000, hours);
            // Exactly one of a server's hourly ticks is in the hour of the nightly job, at whatever
            // minute the server starts.
            for minute in 0..60 {
                let first = begins.plus(Duration::from_mins(minute));
                let ticks = (0..hours).map(|hour| first.plus_hours(hour));
                let of_job = ticks
                    .clone()
                    .filter(|tick| tick.london_hour() == REWRITING_HOUR);
                assert_eq!(of_job.count(), 1, "{night:?} {minute}");
                assert!(
                    ticks
                        .clone()
                        .all(|tick| tick.calendar_date() == Some(night)),
                    "{night:?}"
                );
            }
        }
    }

    #[test]
    fn moments_at_the_end_of_the_calendar_do_not_panic() {
        for millis in [i64::MIN, i64::MAX] {
            let moment = Moment::from_millis(millis);
            assert!(!moment.in_words().is_empty());
            assert!(moment.plus_hours(i64::from(i32::MAX)) >= moment);
            let _none_beyond_the_form = moment.calendar_date();
        }
    }
}
