//! Working days in England and Wales: every day except Saturdays, Sundays and bank holidays.
//!
//! Source: gov.uk/bank-holidays. Yearly holidays are calculated; moved and one-off holidays are
//! listed. A year for which the list has not been updated is therefore wrong only if it has a moved
//! or one-off holiday.

use crate::date::CalendarDate;

/// One-off bank holidays, and the new days of holidays that were moved.
const GIVEN_ONCE: [(u16, u8, u8); 5] = [
    // The early May bank holiday, moved to the anniversary of VE Day.
    (2020, 5, 8),
    // The spring bank holiday, moved, and the Platinum Jubilee.
    (2022, 6, 2),
    (2022, 6, 3),
    // The State Funeral of Queen Elizabeth II.
    (2022, 9, 19),
    // The coronation of King Charles III.
    (2023, 5, 8),
];

/// The usual days of bank holidays that were moved to another day.
const MOVED_AWAY: [(u16, u8, u8); 2] = [(2020, 5, 4), (2022, 5, 30)];

const SATURDAY: u8 = 5;
const MONDAY: u8 = 0;

/// Whether a day is a bank holiday in England and Wales.
#[must_use]
pub fn is_bank_holiday(day: CalendarDate) -> bool {
    let is_listed = |days: &[(u16, u8, u8)]| {
        days.iter()
            .any(|(year, month, date)| CalendarDate::new(*year, *month, *date) == Some(day))
    };
    if is_listed(&MOVED_AWAY) {
        return false;
    }
    is_listed(&GIVEN_ONCE)
        || every_year(day.year())
            .into_iter()
            .flatten()
            .any(|holiday| holiday == day.day_number())
}

/// Whether a day is a working day of the desk.
#[must_use]
pub fn is_working_day(day: CalendarDate) -> bool {
    day.weekday() < SATURDAY && !is_bank_holiday(day)
}

/// Counts the working days after the day `from`, up to and including the day `to`.
///
/// The result is 0 for the same day and 1 for the next working day.
#[must_use]
pub fn working_days_between(from: CalendarDate, to: CalendarDate) -> u32 {
    let days = from.day_number() + 1..=to.day_number();
    let working = days
        .filter_map(CalendarDate::of_day_number)
        .filter(|day| is_working_day(*day))
        .count();
    u32::try_from(working).unwrap_or(u32::MAX)
}

/// Returns the day that is `days` working days after `from`; `None` if that day is outside the
/// calendar.
#[must_use]
pub fn after_working_days(from: CalendarDate, days: u32) -> Option<CalendarDate> {
    let mut left = days;
    let mut number = from.day_number();
    while left > 0 {
        number += 1;
        left -= u32::from(is_working_day(CalendarDate::of_day_number(number)?));
    }
    CalendarDate::of_day_number(number)
}

/// Returns the latest day after which `days` working days follow, counted up to and including `to`.
///
/// Returns `None` if that day is outside the calendar.
#[must_use]
pub fn before_working_days(to: CalendarDate, days: u32) -> Option<CalendarDate> {
    let mut left = days;
    let mut number = to.day_number();
    while left > 0 {
        left -= u32::from(is_working_day(CalendarDate::of_day_number(number)?));
        number -= 1;
    }
    CalendarDate::of_day_number(number)
}

/// Returns the yearly bank holidays of a year, in days since 1970.
fn every_year(year: u16) -> [Option<i64>; 8] {
    let day = |month, day| CalendarDate::new(year, month, day).map(CalendarDate::day_number);
    let easter = easter_sunday(year).map(CalendarDate::day_number);
    [
        day(1, 1).map(next_weekday),
        easter.map(|sunday| sunday - 2),
        easter.map(|sunday| sunday + 1),
        day(5, 1).map(monday_from),
        day(5, 25).map(monday_from),
        day(8, 25).map(monday_from),
        day(12, 25).map(in_place_of_christmas),
        day(12, 26).map(in_place_of_christmas),
    ]
}

/// Returns the day itself, or the following Monday if the day falls on a weekend.
fn next_weekday(number: i64) -> i64 {
    match weekday(number) {
        SATURDAY => number + 2,
        6 => number + 1,
        _ => number,
    }
}

/// Returns the bank holiday for Christmas Day or Boxing Day, in days since 1970: the day itself, or
/// two days later if it is on a weekend.
fn in_place_of_christmas(number: i64) -> i64 {
    if weekday(number) < SATURDAY {
        number
    } else {
        number + 2
    }
}

/// Returns the first Monday on or after a day.
fn monday_from(number: i64) -> i64 {
    number + i64::from((7 - weekday(number)) % 7)
}

fn weekday(number: i64) -> u8 {
    CalendarDate::of_day_number(number).map_or(MONDAY, CalendarDate::weekday)
}

/// Returns Easter Sunday in the Gregorian calendar, by the rule of Meeus, Jones and Butcher.
fn easter_sunday(year: u16) -> Option<CalendarDate> {
    let year_number = u32::from(year);
    let golden = year_number % 19;
    let (century, of_century) = (year_number / 100, year_number % 100);
    let epact =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday + 114 - 7 * late;
    CalendarDate::new(
        year,
        (days / 31).try_into().ok()?,
        (days % 31 + 1).try_into().ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: u16, month: u8, day: u8) -> CalendarDate {
        CalendarDate::new(year, month, day).unwrap()
    }

    /// The bank holidays as gov.uk publishes them.
    const PUBLISHED: [(u16, &[(u8, u8)]); 7] = [
        (
            2020,
            &[
                (1, 1),
                (4, 10),
                (4, 13),
                (5, 8),
                (5, 25),
                (8, 31),
                (12, 25),
                (12, 28),
            ],
        ),
        (
            2021,
            &[
                (1, 1),
                (4, 2),
                (4, 5),
                (5, 3),
                (5, 31),
                (8, 30),
                (12, 27),
                (12, 28),
            ],
        ),
        (
            2022,
            &[
                (1, 3),
                (4, 15),
                (4, 18),
                (5, 2),
                (6, 2),
                (6, 3),
                (8, 29),
                (9, 19),
                (12, 26),
                (12, 27),
            ],
        ),
        (
            2023,
            &[
                (1, 2),
                (4, 7),
                (4, 10),
                (5, 1),
                (5, 8),
                (5, 29),
                (8, 28),
                (12, 25),
                (12, 26),
            ],
        ),
        (
            2025,
            &[
                (1, 1),
                (4, 18),
                (4, 21),
                (5, 5),
                (5, 26),
                (8, 25),
                (12, 25),
                (12, 26),
            ],
        ),
        (
            2026,
            &[
                (1, 1),
                (4, 3),
                (4, 6),
                (5, 4),
                (5, 25),
                (8, 31),
                (12, 25),
                (12, 28),
            ],
        ),
        (
            2027,
            &[
                (1, 1),
                (3, 26),
                (3, 29),
                (5, 3),
                (5, 31),
                (8, 30),
                (12, 27),
                (12, 28),
            ],
        ),
    ];

    #[test]
    fn the_bank_holidays_of_england_and_wales() {
        for (year, holidays) in PUBLISHED {
            let first = day(year, 1, 1).day_number();
            let found: Vec<CalendarDate> = (first..first + 366)
                .filter_map(CalendarDate::of_day_number)
                .filter(|date| date.year() == year && is_bank_holiday(*date))
                .collect();
            let expected: Vec<CalendarDate> = holidays
                .iter()
                .map(|(month, date)| day(year, *month, *date))
                .collect();
            assert_eq!(found, expected, "{year}");
        }
    }

    #[test]
    fn working_days_leave_out_weekends_and_bank_holidays() {
        let cases = [
            // From a Monday to the next Monday, and to the same Monday.
            (day(2026, 11, 23), day(2026, 11, 30), 5),
            (day(2026, 11, 23), day(2026, 11, 23), 0),
            // From a Friday to the next Sunday, and to the next Monday.
            (day(2026, 11, 27), day(2026, 11, 29), 0),
            (day(2026, 11, 27), day(2026, 11, 30), 1),
            // Christmas 2026: Friday 25 and Monday 28 are bank holidays.
            (day(2026, 12, 24), day(2026, 12, 29), 1),
            // A range that runs backwards has no working days.
            (day(2026, 11, 30), day(2026, 11, 23), 0),
        ];
        for (from, to, days) in cases {
            assert_eq!(working_days_between(from, to), days, "{from:?} {to:?}");
        }
    }

    #[test]
    fn the_day_after_so_many_working_days() {
        assert_eq!(
            after_working_days(day(2026, 12, 24), 1),
            Some(day(2026, 12, 29))
        );
        assert_eq!(
            after_working_days(day(2026, 11, 25), 5),
            Some(day(2026, 12, 2))
        );
        assert_eq!(
            after_working_days(day(2026, 11, 25), 0),
            Some(day(2026, 11, 25))
        );
        for days in 0..300 {
            let from = day(2026, 3, 4);
            let to = after_working_days(from, days).unwrap();
            assert_eq!(working_days_between(from, to), days);
        }
    }
}
