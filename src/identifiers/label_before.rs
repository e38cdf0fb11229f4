//! The words that people type before a number, such as `Bar no` in `Bar no 45678`.
//!
//! A number is stored without these words, so that it has only one spelling.

use std::borrow::Cow;

/// The maximum length of the words before a number, in bytes: “Bar Standards Board registration
/// number” fits.
const LONGEST: usize = 64;

/// Removes the words before the first digit of `typed`, a number without spaces, if all of them are
/// in `words`. `words` are in capitals.
///
/// Dots, colons, dashes, slashes and `#` between the words are removed too. A text without a digit
/// does not change.
pub(super) fn without_label<'typed>(typed: Cow<'typed, str>, words: &[&str]) -> Cow<'typed, str> {
    let Some(at) = typed.find(|letter: char| letter.is_ascii_digit()) else {
        return typed;
    };
    if !(1..=LONGEST).contains(&at) || !is_label(&typed[..at], words) {
        return typed;
    }
    match typed {
        Cow::Borrowed(typed) => Cow::Borrowed(&typed[at..]),
        Cow::Owned(mut typed) => Cow::Owned(typed.split_off(at)),
    }
}

/// Whether a text consists of these words and the marks between them, and has at least one word or
/// a `#`.
pub(super) fn is_label(text: &str, words: &[&str]) -> bool {
    let is_mark = |letter: &char| matches!(letter, '.' | ':' | '-' | '–' | '/');
    let mut label: String = text.chars().filter(|letter| !is_mark(letter)).collect();
    label.make_ascii_uppercase();
    if label.is_empty() || label.len() > LONGEST {
        return false;
    }
    let mut rest = label.as_str();
    while !rest.is_empty() {
        let word = words.iter().chain(&["#"]);
        // The longest word first: NUMBER before NUM.
        let longest = word
            .filter(|word| rest.starts_with(**word))
            .max_by_key(|word| word.len());
        let Some(word) = longest else {
            return false;
        };
        rest = &rest[word.len()..];
    }
    true
}
