//! The desk's target: the number of working days in which the desk aims to decide, and the clock
//! that counts those days.
//!
//! The clock runs while the desk has the registration. It is stopped while the desk waits for
//! more information from the applicant, and after the registration is decided or withdrawn.

use super::working_days::{
    after_working_days, before_working_days, is_working_day, working_days_between,
};
use crate::date::CalendarDate;
use crate::lifecycle::State;

/// The clock of a registration: the working days that are used up, and the day since which it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetClock {
    /// The working days that were used up when the clock last stopped; 0 if it never stopped.
    pub used: u32,
    /// The day since which the clock has been running; `None` while it is stopped.
    pub runs_since: Option<CalendarDate>,
}

impl TargetClock {
    /// Returns the clock of a registration that arrives on a day.
    #[must_use]
    pub const fn starting(day: CalendarDate) -> Self {
        Self {
            used: 0,
            runs_since: Some(day),
        }
    }

    /// Returns the number of working days that are used up by the end of a day.
    #[must_use]
    pub fn used_on(self, day: CalendarDate) -> u32 {
        let running = self
            .runs_since
            .map_or(0, |since| working_days_between(since, day));
        self.used.saturating_add(running)
    }

    /// Returns the clock after the registration enters a state on a day.
    #[must_use]
    pub fn entering(self, state: State, day: CalendarDate) -> Self {
        let runs = matches!(state, State::Received | State::BeingChecked);
        match (runs, self.runs_since) {
            (true, Some(_)) => self,
            (true, None) => Self {
                runs_since: Some(day),
                ..self
            },
            (false, _) => Self {
                used: self.used_on(day),
                runs_since: None,
            },
        }
    }

    /// Returns the number of working days by which a target is missed on a day.
    ///
    /// The result is 0 on days off that follow the due day. Returns `None` if the target is not
    /// missed or the clock is stopped.
    #[must_use]
    pub fn overdue_by(self, target: u32, day: CalendarDate) -> Option<u32> {
        self.runs_since?;
        let over = self.used_on(day).checked_sub(target)?;
        (over > 0 || !is_working_day(day)).then_some(over)
    }

    /// Returns the day on which a clock without stops would have started if it had used up as many
    /// days.
    ///
    /// Entries can be sorted by this day: the earlier it is, the earlier the entry is due, whatever
    /// the target. Returns `None` while the clock is stopped.
    #[must_use]
    pub fn equivalent_start(self) -> Option<CalendarDate> {
        before_working_days(self.runs_since?, self.used)
    }

    /// Returns the last day on which a decision meets a target; `None` while the clock is stopped.
    #[must_use]
    pub fn due(self, target: u32) -> Option<CalendarDate> {
        after_working_days(self.runs_since?, target.saturating_sub(self.used))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(date: u8) -> CalendarDate {
        CalendarDate::new(2026, 11, date).unwrap()
    }

    #[test]
    fn the_clock_stands_still_while_the_applicant_is_asked() {
        let clock = TargetClock::starting(day(2));
        assert_eq!(clock.used_on(day(2)), 0);
        assert_eq!(clock.due(5), Some(day(9)));
        let clock = clock.entering(State::BeingChecked, day(3));
        assert_eq!(clock.used_on(day(4)), 2);
        let asked = clock.entering(State::MoreInformationNeeded, day(4));
        assert_eq!((asked.used_on(day(20)), asked.due(5)), (2, None));
        let again = asked.entering(State::Received, day(16));
        assert_eq!(again.used_on(day(17)), 3);
        assert_eq!(again.due(5), Some(day(19)));
        let decided = again.entering(State::Approved, day(18));
        assert_eq!(decided.used_on(day(27)), 4);
        let undone = decided.entering(State::BeingChecked, day(23));
        assert_eq!(undone.used_on(day(24)), 5);
    }

    #[test]
    fn a_clock_that_stood_still_waits_since_the_day_that_makes_it_as_old() {
        for used in 0..30 {
            for begun in 0..10 {
                let runs_since = CalendarDate::of_day_number(20_800 + begun);
                let clock = TargetClock { used, runs_since };
                let since = TargetClock::starting(clock.equivalent_start().unwrap());
                for later in 10..30 {
                    let day = CalendarDate::of_day_number(20_800 + later).unwrap();
                    assert_eq!(since.used_on(day), clock.used_on(day), "{clock:?} {day:?}");
                }
            }
        }
        let stopped = TargetClock {
            used: 3,
            runs_since: None,
        };
        assert_eq!(stopped.equivalent_start(), None);
    }

    #[test]
    fn each_wrong_day_of_the_machines_clock_costs_a_day_at_most() {
        let day = |date: i64| CalendarDate::of_day_number(date).unwrap();
        // A registration is received, asked about and sent again. Each time, the machine's clock is
        // right, a day slow or a day fast.
        for jumps in (0..27).map(|n| [n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1]) {
            for begun in 20_800..20_807 {
                let at = |step: usize, later: i64| day(begun + later + jumps[step]);
                let clock = TargetClock::starting(at(0, 0))
                    .entering(State::MoreInformationNeeded, at(1, 2))
                    .entering(State::Received, at(2, 9));
                let right = TargetClock::starting(day(begun))
                    .entering(State::MoreInformationNeeded, day(begun + 2))
                    .entering(State::Received, day(begun + 9));
                for later in 9..20 {
                    let (wrong, right) = (
                        clock.used_on(day(begun + later)),
                        right.used_on(day(begun + later)),
                    );
                    assert!(wrong.abs_diff(right) <= 3, "{jumps:?} {wrong} {right}");
                }
            }
        }
    }

    #[test]
    fn the_weekend_after_the_last_day_is_too_late() {
        // The registration arrived on a Sunday and was due on the Friday after it.
        let clock = TargetClock::starting(day(15));
        assert_eq!(clock.due(5), Some(day(20)));
        let cases = [
            (19, None),
            (20, None),
            (21, Some(0)),
            (22, Some(0)),
            (23, Some(1)),
        ];
        for (date, late) in cases {
            assert_eq!(clock.overdue_by(5, day(date)), late, "{date}");
        }
    }

    #[test]
    fn overdue_days_count_from_the_day_on_which_the_clock_restarted() {
        let clock = TargetClock {
            used: 9,
            runs_since: Some(day(10)),
        };
        assert_eq!(clock.due(5), Some(day(10)));
    }
}
