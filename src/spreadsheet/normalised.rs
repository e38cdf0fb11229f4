//! The normal form in which headings, labels and words of cells are compared.

use super::LONGEST_CELL;
use crate::text::is_oversized;

/// Normalises a text for comparison: only letters and digits, in lower case. If the text is far
/// longer than a cell may be, only its beginning is normalised.
#[must_use]
pub fn normalised(text: &str) -> String {
    if is_oversized(text, LONGEST_CELL) {
        let beginning: String = text.chars().take(LONGEST_CELL).collect();
        return normalised(&beginning);
    }
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        return letters
            .map(|letter| char::from(letter.to_ascii_lowercase()))
            .collect();
    }
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
