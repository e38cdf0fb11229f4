//! An officer's note on a registration, which only the desk can read.

use crate::problem::Problem;
use crate::text::is_invisible;

/// The maximum length of a note, in characters.
pub const MAX_NOTE_CHARACTERS: usize = 4_000;

/// The text of a note: one or more lines, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note(String);

impl Note {
    /// Parses a typed note; line breaks are kept.
    ///
    /// # Errors
    /// `note-empty` if no text remains, `note-long` if the note is longer than
    /// [`MAX_NOTE_CHARACTERS`].
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
        if note.chars().count() > MAX_NOTE_CHARACTERS {
            return Err(Problem::new(
                "note",
                "note-long",
                format!("Note must be {MAX_NOTE_CHARACTERS} characters or less"),
            ));
        }
        Ok(Self(note.to_owned()))
    }

    /// Returns the text of the note.
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
        let long = "a".repeat(MAX_NOTE_CHARACTERS + 1);
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
