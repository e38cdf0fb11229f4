//! The age of a queue entry compared with the desk's target, in words and as a tag.

use super::item::ItemStatus;
use crate::date::CalendarDate;
use crate::desk::TargetClock;

/// The age of a queue entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age {
    /// The number of working days of the target that are used up.
    pub used: u32,
    /// The tag; `None` while the clock is stopped.
    pub tag: Option<AgeTag>,
    /// The due day, which may be past; `None` while the clock is stopped.
    pub due: Option<CalendarDate>,
    /// Whether the entry waits for the applicant.
    applicant_is_asked: bool,
}

/// The tag that compares an age with the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeTag {
    /// The due day is in the future.
    InTime,
    /// The entry is due today.
    DueToday,
    /// The entry is overdue by this many working days; 0 on days off that follow the due day.
    Overdue(u32),
}

impl Age {
    /// Calculates the age of an entry on the day `today`; `target` is in working days.
    #[must_use]
    pub fn on(today: CalendarDate, clock: TargetClock, status: ItemStatus, target: u32) -> Self {
        let used = clock.used_on(today);
        let tag = clock
            .runs_since
            .map(|_| match clock.overdue_by(target, today) {
                Some(days) => AgeTag::Overdue(days),
                None if used < target => AgeTag::InTime,
                None => AgeTag::DueToday,
            });
        Self {
            used,
            tag,
            due: clock.due(target),
            applicant_is_asked: status == ItemStatus::MoreInformationNeeded,
        }
    }

    /// Puts the age into words, such as `2 working days, due 2 December`.
    #[must_use]
    pub fn words(self) -> String {
        let used = working_days(self.used);
        match (self.tag, self.due) {
            (Some(AgeTag::Overdue(0)), Some(due)) => {
                format!("Overdue since {}", day_and_month(due))
            }
            (Some(AgeTag::Overdue(days)), _) => format!("Overdue by {}", working_days(days)),
            (Some(AgeTag::DueToday), _) => "Due today".to_owned(),
            (Some(AgeTag::InTime), Some(due)) => {
                format!("{used}, due {}", day_and_month(due))
            }
            _ if self.applicant_is_asked => format!("{used}, waiting for the applicant"),
            _ => format!("Took {used}"),
        }
    }
}

fn day_and_month(day: CalendarDate) -> String {
    let words = day.in_words();
    words
        .rsplit_once(' ')
        .map_or(&*words, |(day, _)| day)
        .to_owned()
}

fn working_days(days: u32) -> String {
    match days {
        1 => "1 working day".to_owned(),
        days => format!("{days} working days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u8, date: u8) -> CalendarDate {
        CalendarDate::new(2026, month, date).unwrap()
    }

    #[test]
    fn the_age_of_what_waits_is_told_against_the_target() {
        let begun = TargetClock::starting(day(11, 25));
        let cases = [
            (
                day(11, 25),
                "0 working days, due 2 December",
                AgeTag::InTime,
            ),
            (day(11, 26), "1 working day, due 2 December", AgeTag::InTime),
            (
                day(11, 27),
                "2 working days, due 2 December",
                AgeTag::InTime,
            ),
            // The weekend does not count.
            (
                day(11, 29),
                "2 working days, due 2 December",
                AgeTag::InTime,
            ),
            (day(12, 2), "Due today", AgeTag::DueToday),
            (day(12, 3), "Overdue by 1 working day", AgeTag::Overdue(1)),
            (day(12, 5), "Overdue by 2 working days", AgeTag::Overdue(2)),
            (day(12, 7), "Overdue by 3 working days", AgeTag::Overdue(3)),
        ];
        for (today, words, tag) in cases {
            let age = Age::on(today, begun, ItemStatus::Received, 5);
            assert_eq!((&*age.words(), age.tag), (words, Some(tag)), "{today:?}");
        }
    }

    #[test]
    fn on_a_weekend_nothing_is_due() {
        let begun = TargetClock::starting(day(11, 22));
        let age = Age::on(day(11, 29), begun, ItemStatus::Received, 5);
        assert_eq!(
            (&*age.words(), age.tag),
            ("Overdue since 27 November", Some(AgeTag::Overdue(0)))
        );
    }

    #[test]
    fn a_clock_that_stands_still_makes_nothing_late() {
        let stopped = TargetClock {
            used: 9,
            runs_since: None,
        };
        let cases = [
            (
                ItemStatus::MoreInformationNeeded,
                "9 working days, waiting for the applicant",
            ),
            (ItemStatus::Approved, "Took 9 working days"),
        ];
        for (status, words) in cases {
            let age = Age::on(day(11, 25), stopped, status, 5);
            assert_eq!((&*age.words(), age.tag), (words, None));
        }
    }
}
