//! A number of days in words.

/// The number of days that counts as a year.
pub(super) const YEAR: i64 = 365;

/// Returns a number of days in words, such as `28 days`; a multiple of 365 in years, such as `2
/// years`.
#[must_use]
pub fn in_words(days: i64) -> String {
    let (number, unit) = if days > 0 && days % YEAR == 0 {
        (days / YEAR, "year")
    } else {
        (days, "day")
    };
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_years_are_said_as_years() {
        let cases = [
            (1, "1 day"),
            (28, "28 days"),
            (364, "364 days"),
            (365, "1 year"),
            (730, "2 years"),
            (2_555, "7 years"),
            (0, "0 days"),
        ];
        for (days, words) in cases {
            assert_eq!(in_words(days), words);
        }
    }
}
