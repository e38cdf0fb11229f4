//! The plural forms of Welsh: zero, one, two, few (3), many (6) and other.
//!
//! A noun after a number stays singular in Welsh, but its first letter can mutate: `2 ddefnyddiwr`,
//! `3 chyfreithiwr`. The catalogue writes each form in full, so no code changes a letter.

/// The number of plural forms.
pub const FORMS: usize = 6;

/// Returns the index of the plural form for a number: the order of `msgstr` in the catalogue.
pub const fn form(number: u64) -> usize {
    match number {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 3,
        6 => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_has_the_form_that_welsh_gives_it() {
        for (number, expected) in [
            (0, 0),
            (1, 1),
            (2, 2),
            (3, 3),
            (4, 5),
            (6, 4),
            (7, 5),
            (23, 5),
        ] {
            assert_eq!(form(number), expected, "{number}");
            assert!(form(number) < FORMS);
        }
    }
}
