//! Divides the notes about a file into important notes, which a person must look at, and routine
//! notes.

use super::{Column, Note};

/// The notes about a file, in two lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RankedNotes<'notes> {
    /// Notes that report something that can change who gets an account, or where the codes and
    /// links of an account are sent: something was not read, or an email address or a telephone
    /// number differs from that in the file.
    pub important: Vec<&'notes Note>,
    /// All other notes, such as a title that was removed from a name.
    pub routine: Vec<&'notes Note>,
}

impl<'notes> RankedNotes<'notes> {
    /// Sorts notes into the two lists. Within each list they keep their order.
    #[must_use]
    pub fn of(notes: Vec<&'notes Note>) -> Self {
        let (important, routine) = notes.into_iter().partition(|note| note.is_important());
        Self { important, routine }
    }
}

impl Note {
    /// Whether the note reports something that can change who gets an account, or where the codes
    /// and links of an account are sent.
    #[must_use]
    pub fn is_important(&self) -> bool {
        match self.column {
            Some(Column::Email | Column::Mobile) => !is_same_number_or_address(&self.message),
            Some(_) => false,
            None => matches!(
                self.code.as_ref(),
                "cells-left-out"
                    | "formulas-not-calculated"
                    | "row-left-out"
                    | "rows-left-out"
                    | "rows-replaced"
                    | "rows-struck-through"
                    | "sheet-hidden-not-read"
                    | "sheet-not-read"
            ),
        }
    }
}

/// Whether a message of the form `We read … as …` names the same number or address twice, apart
/// from signs, capitals and leading zeros.
fn is_same_number_or_address(message: &str) -> bool {
    let Some((read, as_read)) = message
        .strip_prefix("We read ")
        .and_then(|rest| rest.rsplit_once(" as "))
    else {
        return false;
    };
    let is_address = as_read.contains('@');
    let comparable = |text: &str| -> String {
        let kept = text
            .chars()
            .filter(|letter| letter.is_ascii_digit() || (is_address && letter.is_alphanumeric()));
        kept.flat_map(char::to_lowercase).collect()
    };
    let (read, as_read) = (comparable(read), comparable(as_read));
    read.trim_start_matches('0') == as_read.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mobile(row: u32, message: &'static str) -> Note {
        Note::on_cell(row, Column::Mobile, "mobile-read-as", message)
    }

    #[test]
    fn a_changed_number_is_not_buried_under_routine_notes() {
        let mut notes: Vec<Note> = (2..43)
            .map(|row| {
                Note::on_cell(
                    row,
                    Column::FirstName,
                    "name-read-as",
                    "We read “Mr Jo” as Jo",
                )
            })
            .collect();
        notes.push(mobile(
            43,
            "We read “07700 900123, work 01632 960001” as 07700 900123",
        ));
        let ranked = RankedNotes::of(notes.iter().collect());
        assert_eq!(ranked.important, [&notes[41]]);
        assert_eq!(ranked.routine.len(), 41);
    }

    #[test]
    fn a_zero_that_excel_removed_is_routine() {
        assert!(!mobile(2, "We read 7700900123 as 07700 900123").is_important());
        assert!(
            mobile(2, "We read “M 07700 900123 T 01632 960001” as 07700 900123").is_important()
        );
    }

    #[test]
    fn what_was_not_read_is_important() {
        assert!(Note::on_file("sheet-not-read", "We did not read the sheet “B”").is_important());
        assert!(!Note::on_row(3, "spaces-removed", "We removed spaces").is_important());
    }
}
