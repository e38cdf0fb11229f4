//! A note of an officer, for the desk alone.

use crate::problem::Problem;
use crate::text::is_invisible;

/// The most characters of a note.
pub const MOST_CHARACTERS: usize = 4_000;

/// What an officer wrote down about a registration: several lines, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// Reads a note as it was typed. Its lines stay.
    ///
    /// # Errors
    /// `note-empty` and `note-long`.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let lines: String = typed
            .replace("\r\n", "\n")
            .chars()
            .filter(|letter| !is_invisible(*letter) && (!letter.is_control() || *letter == '\n'))
            .collect();
        let note = lines.trim();
        if note.is_empty() {
            return Err(Problem::new("note", "note-empty", "Enter a note"));
        }
        if note.chars().count() > MOST_CHARACTERS {
            return Err(Problem::new(
                "note",
                "note-long",
                format!("Note must be {MOST_CHARACTERS} characters or less"),
            ));
        }
        Ok(Self(note.to_owned()))
    }

    /// As it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_something_and_keeps_its_lines() {
        let long = "a".repeat(MOST_CHARACTERS + 1);
        let cases = [
            (" \r\n\u{200B} ", Err("note-empty")),
            (long.as_str(), Err("note-long")),
            (
                "Rang the firm.\r\nNobody there\u{0}.",
                Ok("Rang the firm.\nNobody there."),
            ),
        ];
        for (typed, expected) in cases {
            let parsed = Note::parse(typed);
            let found = parsed
                .as_ref()
                .map(Note::as_str)
                .map_err(|problem| problem.code.as_ref());
            assert_eq!(found, expected);
        }
    }
}
