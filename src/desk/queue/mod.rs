//! The queue: the entries that wait for the desk, their order and age, and the request for a list.
//!
//! Registrations with an early hearing come first, sorted by the day of the hearing. The other
//! entries follow, sorted by how much of the desk's target they have used up. The store sorts and
//! filters by the days that these functions return; the pages show the age in words.

mod address;
mod age;
mod item;

use super::working_days::{after_working_days, is_working_day, working_days_between};
use crate::date::CalendarDate;

pub use address::{AssigneeFilter, MAX_SEARCH_CHARACTERS, PAGE, QueueList, Sort};
pub use age::{Age, AgeTag};
pub use item::{ItemKind, ItemStatus};

/// The default of the desk's target, in working days; a setting can change the target.
pub const TARGET_WORKING_DAYS: u8 = 5;
/// A hearing within this many working days is early, and its registration comes first.
pub const EARLY_WORKING_DAYS: u32 = 10;
/// The number of entries on a page of the queue.
pub const PAGE_SIZE: usize = 25;
/// The maximum number of entries that a list shows on all its pages; a longer list says that it is
/// cut off.
pub const MAX_LISTED: usize = 1_000;

/// Returns the last day on which a hearing counts as early.
#[must_use]
pub fn last_early_day(today: CalendarDate) -> CalendarDate {
    after_working_days(today, EARLY_WORKING_DAYS).unwrap_or(today)
}

/// Whether a hearing counts as early; a past hearing does not.
#[must_use]
pub fn is_early(hearing: CalendarDate, today: CalendarDate) -> bool {
    today <= hearing && hearing <= last_early_day(today)
}

/// Returns the latest starting day of an entry that is overdue today.
///
/// Entries that have waited since that day or longer are overdue. Returns `None` if the day is
/// before the calendar's range.
#[must_use]
pub fn overdue_since(today: CalendarDate, target: u32) -> Option<CalendarDate> {
    let used_up = target.saturating_add(u32::from(is_working_day(today)));
    let mut number = today.day_number();
    loop {
        let day = CalendarDate::of_day_number(number)?;
        if working_days_between(day, today) >= used_up {
            return Some(day);
        }
        number -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::TargetClock;

    fn day(month: u8, date: u8) -> CalendarDate {
        CalendarDate::new(2026, month, date).unwrap()
    }

    #[test]
    fn a_hearing_within_ten_working_days_comes_first() {
        // `today` is a Wednesday; ten working days later is the second Wednesday after it.
        let today = day(11, 25);
        let cases = [
            (day(11, 24), false),
            (day(11, 25), true),
            (day(12, 9), true),
            (day(12, 10), false),
        ];
        for (hearing, early) in cases {
            assert_eq!(is_early(hearing, today), early, "{hearing:?}");
        }
        // The bank holidays at Christmas and New Year make the last early day later.
        assert_eq!(
            last_early_day(day(12, 18)),
            CalendarDate::new(2027, 1, 6).unwrap()
        );
    }

    #[test]
    fn work_is_overdue_from_the_last_overdue_day_on_and_not_after_it() {
        for number in 0..400 {
            let today = CalendarDate::of_day_number(20_800 + number).unwrap();
            let since = overdue_since(today, 5).unwrap();
            let is_late = |since| TargetClock::starting(since).overdue_by(5, today).is_some();
            assert!(is_late(since), "{today:?}");
            let next = CalendarDate::of_day_number(since.day_number() + 1).unwrap();
            assert!(!is_late(next), "{today:?}");
        }
    }
}
