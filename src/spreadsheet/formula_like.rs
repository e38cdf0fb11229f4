//! Recognises and escapes text that a spreadsheet program would run as a formula (CSV injection).
//! For example, a name that begins with `=` becomes a formula when a CSV file is opened.
//!
//! Files are written with an apostrophe before such text. Reading a file removes one such
//! apostrophe, so that the answer comes back unchanged.

use std::borrow::Cow;

/// The characters that start a formula, including their full-width forms on East Asian keyboards.
const BEGINNINGS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Whether a program may run the text as a formula. Leading apostrophes are ignored.
#[must_use]
pub fn is_formula_like(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINNINGS)
}

/// Escapes a text for a CSV file, so that no program runs it as a formula.
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    if is_formula_like(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Escapes a text for a cell of type text.
///
/// No program runs such a cell. The text is changed only if reading would otherwise remove an
/// apostrophe of the original text.
#[must_use]
pub fn escaped_as_text(text: &str) -> Cow<'_, str> {
    if text.starts_with('\'') {
        escaped(text)
    } else {
        Cow::Borrowed(text)
    }
}

/// Removes the apostrophe that stops programs from running the text as a formula; see [`escaped`].
#[must_use]
pub fn unescaped(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(bare) if is_formula_like(bare) => bare,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_made_harmless_and_read_back_unchanged() {
        for (text, in_csv) in [
            ("=1+1", "'=1+1"),
            ("+44 7700 900123", "'+44 7700 900123"),
            ("-Abel", "'-Abel"),
            ("@abel", "'@abel"),
            ("\tAbel", "'\tAbel"),
            ("\rAbel", "'\rAbel"),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠1", "'＠1"),
            ("'=1", "''=1"),
        ] {
            assert_eq!(escaped(text), in_csv);
            assert_eq!(unescaped(in_csv), text);
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in ["", "Abel", "O'Dowd", "'t Hooft", "'", "1=1", "07700 900123"] {
            assert_eq!(escaped(text), text);
            assert_eq!(escaped_as_text(text), text);
            assert_eq!(unescaped(text), text);
        }
        assert_eq!(escaped_as_text("=1+1"), "=1+1");
    }

    proptest! {
        #[test]
        fn written_text_is_read_back(text in "['=+@－a]{0,6}\\PC{0,4}") {
            let (in_csv, in_text) = (escaped(&text), escaped_as_text(&text));
            prop_assert_eq!(unescaped(&in_csv), text.as_str());
            prop_assert_eq!(unescaped(&in_text), text.as_str());
            prop_assert!(!in_csv.starts_with(BEGINNINGS));
        }
    }
}
