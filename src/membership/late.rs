//! How late a change was reported. Clause 13 of the Terms asks for a report on the day of the change
//! or as soon as possible after it.

use crate::date::CalendarDate;

/// Returns how many days after a change it was reported; 0 if it was reported on the day or before.
#[must_use]
pub fn days_late(reported_on: CalendarDate, effective_on: CalendarDate) -> u32 {
    u32::try_from(reported_on.day_number() - effective_on.day_number()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_late_from_the_day_after_it() {
        let day = |number| CalendarDate::of_day_number(number).unwrap();
        for (reported, effective, late) in
            [(100, 100, 0), (100, 130, 0), (101, 100, 1), (145, 100, 45)]
        {
            assert_eq!(days_late(day(reported), day(effective)), late);
        }
    }
}
