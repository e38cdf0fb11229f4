//! Why somebody at the desk does something, in their own words: one line, never empty, of a length that fits where it
//! is read.

use super::account::LONGEST_REASON;
use crate::problem::Problem;
use crate::text::tidy;

/// A field that asks for a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why {
    /// The name of the field.
    pub field: &'static str,
    /// What its error messages call it.
    pub name: &'static str,
    /// What is said where nothing was typed.
    pub empty: &'static str,
    /// The most characters.
    pub most: usize,
}

/// Why a decision is undone.
pub const UNDONE: Why = Why {
    field: "reason",
    name: "Reason",
    empty: "Enter why you undo the decision",
    most: 1_000,
};

/// Why a decision is sent back that waits for a second officer.
pub const SENT_BACK: Why = Why {
    field: "note",
    name: "Note",
    empty: "Enter why you send it back",
    most: 1_000,
};

/// Why an answer is corrected, which the applicant reads.
pub const CORRECTED: Why = Why {
    field: "correction_reason",
    name: "Reason",
    empty: "Enter why you correct it: the applicant reads it",
    most: 500,
};

/// Why an account could not be made.
pub const FAILED: Why = Why {
    field: "reason",
    name: "Why it failed",
    empty: "Enter why it failed",
    most: LONGEST_REASON,
};

impl Why {
    /// Reads what was typed, tidied.
    ///
    /// # Errors
    /// `reason-empty` and `reason-long`, at the field.
    pub fn parse(self, typed: &str) -> Result<String, Problem> {
        let words = tidy(typed).into_owned();
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
