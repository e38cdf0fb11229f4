//! The time, passed in: tests hold it still and move it on.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use registration::date::CalendarDate;

/// Where the time comes from.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that asks the machine"
    )]
    fn now(&self) -> Moment {
        Moment(Timestamp::now())
    }
}

/// A point in time, kept in milliseconds of UTC and shown in London's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(Timestamp);

impl Moment {
    /// The moment of these milliseconds since 1970; one out of the calendar's range is its end.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0.as_millisecond()
    }

    /// So many hours later.
    #[must_use]
    pub fn plus_hours(self, hours: i64) -> Self {
        let later = Span::new()
            .try_hours(hours)
            .and_then(|span| self.0.checked_add(span));
        Self(later.unwrap_or(Timestamp::MAX))
    }

    /// So much later.
    #[must_use]
    pub fn plus(self, time: std::time::Duration) -> Self {
        Self(self.0.checked_add(time).unwrap_or(Timestamp::MAX))
    }

    /// The day in London, in words, such as `3 September 2026`.
    #[must_use]
    pub fn day_in_words(self) -> String {
        self.london().strftime("%-d %B %Y").to_string()
    }

    /// Day and time in London, in words, such as `3 September 2026 at 2:05pm`.
    #[must_use]
    pub fn in_words(self) -> String {
        let london = self.london();
        format!(
            "{} at {}",
            london.strftime("%-d %B %Y"),
            london.strftime("%-I:%M%P")
        )
    }

    /// The time in London, in words, such as `2:05pm`.
    #[must_use]
    pub fn time_in_words(self) -> String {
        self.london().strftime("%-I:%M%P").to_string()
    }

    /// The day in London.
    #[must_use]
    pub fn calendar_date(self) -> Option<CalendarDate> {
        let date: Date = self.london().date();
        CalendarDate::new(
            date.year().try_into().ok()?,
            date.month().try_into().ok()?,
            date.day().try_into().ok()?,
        )
    }

    /// As RFC 3339 in UTC, for machines.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.0.to_string()
    }

    fn london(self) -> jiff::Zoned {
        let zone = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
        self.0.to_zoned(zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        // 2026-07-01T23:30Z is half past midnight of the second in London.
        let moment = Moment::from_millis(1_782_948_600_000);
        assert_eq!(moment.calendar_date(), CalendarDate::new(2026, 7, 2));
    }

    #[test]
    fn a_moment_in_words_of_london() {
        let moment = Moment::from_millis(1_788_426_000_000);
        assert_eq!(moment.day_in_words(), "3 September 2026");
        assert_eq!(moment.in_words(), "3 September 2026 at 10:00am");
        assert_eq!(moment.rfc3339(), "2026-09-03T09:00:00Z");
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
        // At 1am on 25 October 2026 the clock of London goes back from 2am.
        let before = Moment::from_millis(1_792_886_400_000);
        assert_eq!(before.in_words(), "25 October 2026 at 1:00am");
        assert_eq!(before.plus_hours(1).in_words(), "25 October 2026 at 1:00am");
        assert_eq!(
            before.plus_hours(24).in_words(),
            "26 October 2026 at 12:00am"
        );
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
