//! Yes and no in the spellings of people and of spreadsheet programs.

use crate::spreadsheet::{LONGEST_CELL, normalised};
use crate::text::is_oversized;

/// Parses words as yes or no; `None` if they are empty, mean neither or are far too long.
#[must_use]
pub fn yes_or_no(words: &str) -> Option<bool> {
    if is_oversized(words, LONGEST_CELL) {
        return None;
    }
    match words {
        "Yes" | "yes" => return Some(true),
        "No" | "no" => return Some(false),
        _ => {}
    }
    match words.trim() {
        "✓" | "✔" | "☑" | "✅" | "√" | "🗸" | "✔️" | "☑️" | "+" => {
            return Some(true);
        }
        "✗" | "✘" | "☐" | "❌" | "–" | "-" | "—" => return Some(false),
        _ => {}
    }
    match normalised(words).as_str() {
        "yes" | "y" | "true" | "t" | "1" | "10" | "x" | "ok" | "tick" | "ticked" | "on" | "ydy"
        | "ydw" | "oes" | "ie" | "yesplease" | "yep" | "yeah" | "checked" => Some(true),
        "no" | "n" | "false" | "f" | "0" | "00" | "none" | "na" | "off" | "nac" | "nacydy"
        | "nacydw" | "nacoes" | "nage" | "nothanks" | "nope" => Some(false),
        _ => None,
    }
}

/// Returns the stored form of an answer: `yes` or `no`.
pub(super) const fn yes_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Whether words that count as a no may also mean that nobody answered: a dash or `n/a`.
#[must_use]
pub(super) fn is_blank_like(words: &str) -> bool {
    !matches!(words, "Yes" | "yes" | "No" | "no")
        && (matches!(words, "-" | "–" | "—") || matches!(normalised(words).as_str(), "na" | "none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_familiar_spelling_is_read() {
        for words in [
            "Yes", "YES", " y ", "Y", "TRUE", "true", "1", "1.0", "x", "X", "✓", "✔", "Tick",
            "Yep", "yeah", "Checked",
        ] {
            assert_eq!(yes_or_no(words), Some(true), "{words}");
        }
        for words in [
            "No", "NO", "n", "N", "FALSE", "0", "0.0", "n/a", "-", "✗", "Nope",
        ] {
            assert_eq!(yes_or_no(words), Some(false), "{words}");
        }
    }

    #[test]
    fn other_characters_are_left_to_the_person() {
        for words in ["", " ", "maybe", "2", "Partner", "yes and no"] {
            assert_eq!(yes_or_no(words), None, "{words}");
        }
    }
}
