//! Reasons that officers type, with their line ends: never empty, with a maximum length for each
//! field.

use super::account::LONGEST_REASON;
use crate::problem::Problem;
use crate::text::tidy_lines;

/// A field that asks for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReasonField {
    /// The name of the form field.
    pub field: &'static str,
    /// The name of the field in error messages.
    pub name: &'static str,
    /// The error message if nothing was typed.
    pub empty: &'static str,
    /// The maximum length of the reason, in characters.
    pub most: usize,
}

/// The field for the reason for undoing a decision.
pub const UNDONE: ReasonField = ReasonField {
    field: "reason",
    name: "Reason",
    empty: "Enter a reason for undoing the decision",
    most: 1_000,
};

/// The field for the reason for sending back a decision that waits for a second officer.
pub const SENT_BACK: ReasonField = ReasonField {
    field: "note",
    name: "Note",
    empty: "Enter a reason for sending the decision back",
    most: 1_000,
};

/// The field for the reason for a correction. The applicant reads this reason.
pub const CORRECTED: ReasonField = ReasonField {
    field: "correction_reason",
    name: "Reason",
    empty: "Enter a reason for the correction",
    most: 500,
};

/// The field for the reason why an account could not be made.
pub const FAILED: ReasonField = ReasonField {
    field: "reason",
    name: "Why it failed",
    empty: "Enter why it failed",
    most: LONGEST_REASON,
};

impl ReasonField {
    /// Parses and tidies a typed reason.
    ///
    /// # Errors
    /// `reason-empty` and `reason-long`, reported at this field.
    pub fn parse(self, typed: &str) -> Result<String, Problem> {
        let words = tidy_lines(typed);
        if words.is_empty() {
            return Err(Problem::new(self.field, "reason-empty", self.empty));
        }
        if words.chars().count() > self.most {
            let long = format!("{} must be {} characters or less", self.name, self.most);
            return Err(Problem::new(self.field, "reason-long", long));
        }
        Ok(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_there_and_not_too_long_at_its_own_field() {
        for why in [UNDONE, SENT_BACK, CORRECTED, FAILED] {
            assert_eq!(
                why.parse("  A typing\u{200B} mistake "),
                Ok("A typing mistake".to_owned())
            );
            assert!(why.parse(&"é".repeat(why.most)).is_ok());
            let long = why.parse(&"é".repeat(why.most + 1)).unwrap_err();
            let empty = why.parse(" \u{200B} ").unwrap_err();
            assert_eq!((&*long.code, &*empty.code), ("reason-long", "reason-empty"));
            assert_eq!((&*long.field, &*empty.field), (why.field, why.field));
        }
    }
}
