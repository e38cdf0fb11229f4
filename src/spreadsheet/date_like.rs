//! Recognises dates written as text, as in a CSV file. Spreadsheet programs make such dates from
//! telephone numbers.

use crate::date::month_number;

/// The maximum length of the part of a time after the hour, in bytes.
///
/// Examples are `00:00.000000000Z`, or `00 AM` with a time zone.
const LONGEST_TIME: usize = 24;

/// Whether a text looks like a date: `01-Feb`, `1/2/2024`, `2024-02-01 00:00:00`.
pub(super) fn is_date_like(text: &str) -> bool {
    let day = match text.split_once(':') {
        Some((_, time)) if time.len() > LONGEST_TIME => return false,
        Some((start, _)) => start
            .trim_end_matches(|letter: char| letter.is_ascii_digit())
            .strip_suffix([' ', 'T'])
            .unwrap_or_default(),
        None => text,
    };
    // A telephone number has more digits than any date.
    if day.bytes().filter(u8::is_ascii_digit).count() > 8 {
        return false;
    }
    let is_number =
        |part: &str| matches!(part.len(), 1 | 2 | 4) && part.bytes().all(|b| b.is_ascii_digit());
    let is_month = |part: &str| month_number(part).is_some();
    let is_name = |part: &str| part.starts_with(char::is_alphabetic) && is_month(part);
    let named = |first: &str, second: &str| is_name(first) && is_number(second);
    let parts: Vec<&str> = day.split(['-', '/', '.', ' ']).collect();
    match *parts.as_slice() {
        [first, second] => named(first, second) || named(second, first),
        [first, second, year] if is_number(year) => {
            let numbers = is_number(first) && is_number(second) && !day.contains(' ');
            named(first, second)
                || named(second, first)
                || (numbers && (is_month(first) || is_month(second)))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_told_by_its_shape() {
        for date in [
            "01-Feb",
            "Feb-24",
            "1 February 2024",
            "01-OCT-24",
            "1/2/2024",
            "02/13/24",
            "1.2.2024",
            "2024-02-01",
            "2024-02-01 00:00:00",
            "2024-02-01T00:00:00Z",
            "1/2/2024 12:00 AM",
        ] {
            assert!(is_date_like(date), "{date}");
        }
        for other in [
            "",
            ":",
            "May",
            "07700-900-123",
            "07700/900123",
            "0770-090-0123",
            "07-70-09-00-12",
            "07 12 1234",
            "+44 7700 900123",
            "44-7700-900123",
            "7700-900123",
            "1-800-2024",
            "020 7946 0991 / 07700 900673",
            "ext 12",
            "12-Mark",
            "007-12",
            "+4-12",
        ] {
            assert!(!is_date_like(other), "{other}");
        }
    }

    /// Found by fuzzing: a date and time with 600 letters after it counted as a date.
    #[test]
    fn a_time_is_not_followed_by_a_page_of_text() {
        assert!(!is_date_like(&format!("1/2/2024 10:{}", "x".repeat(600))));
    }
}
