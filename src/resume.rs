//! Saving a draft and resuming it: the lifetimes of links, codes and drafts, the limits on attempts
//! and messages, and the parsing of codes.

use crate::page::Page;
use crate::problem::Problem;
use crate::text::{is_dash, is_oversized, squeezed};

/// The maximum number of attempts at a code. After that, a new code must be requested.
pub const MAX_TRIES: i64 = 10;
/// Length of the window in which messages are counted, in minutes.
pub const WINDOW_MINUTES: i64 = 60;
/// The maximum number of messages to one email address within [`WINDOW_MINUTES`].
pub const MAX_TO_ADDRESS: usize = 5;
/// The maximum number of messages to one email address in a day. The limit makes guessing a code
/// over many hours impractical.
pub const MAX_TO_ADDRESS_A_DAY: usize = 15;
/// Minutes per day.
pub const DAY_MINUTES: i64 = 24 * 60;
/// The maximum number of messages requested by one client address within [`WINDOW_MINUTES`]. A
/// whole office may share a client address.
pub const MAX_ACCESS_MESSAGES_FROM_CLIENT: usize = 30;
/// The maximum number of drafts offered to one email address, newest first.
pub const MAX_DRAFTS: i64 = 5;

/// Path of the page that resolves an edit conflict: a person chooses one of two versions of a page.
pub const EDIT_CONFLICT: &str = "/two-answers";

/// Returns the address that resolves an edit conflict on a page.
#[must_use]
pub fn edit_conflict(page: Page) -> String {
    [EDIT_CONFLICT, "?page=", page.path()].concat()
}

/// Path of the page that resolves an edit conflict about a user.
pub const USER_CONFLICT: &str = "/two-answers/user";

/// Returns the address that resolves an edit conflict about a user.
#[must_use]
pub fn user_conflict(id: &str) -> String {
    [USER_CONFLICT, "?id=", id].concat()
}

/// Path of the page that saves a draft to be resumed later.
pub const SAVE: &str = "/save";
/// Path of the page that resumes a saved draft.
pub const RETURN: &str = "/return";
/// Path of the page on which a person types the code from a message.
pub const CODE: &str = "/return/code";
/// Path of the links in messages with which a person resumes a draft.
pub const LINK: &str = "/return/link";
/// Path of the link in a message with which an accountable person opens a form to sign.
pub const SIGNING_LINK: &str = "/to-sign";
/// The name of the form field sent by the button "Save and come back later".
pub const LATER: &str = "later";

/// The six-digit code in a message.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// The number of digits of a code.
    pub const DIGITS: usize = 6;

    /// Creates a code from random bits.
    #[must_use]
    pub fn from_random(bits: u128) -> Self {
        Self(format!("{:06}", bits % 1_000_000))
    }

    /// Parses a typed code; spaces, invisible characters and hyphens are ignored.
    ///
    /// # Errors
    /// `code-empty` if nothing was typed, `code-format` if the text is not six digits.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let mismatch =
            || Problem::new("code", "code-format", "Code must be 6 numbers, like 048213");
        if is_oversized(typed, Self::DIGITS) {
            return Err(mismatch());
        }
        let mut bare = squeezed(typed).into_owned();
        bare.retain(|character| !is_dash(character));
        if bare.is_empty() {
            return Err(Problem::new(
                "code",
                "code-empty",
                "Enter the code from the email",
            ));
        }
        if bare.len() == Self::DIGITS && bare.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(bare))
        } else {
            Err(mismatch())
        }
    }

    /// Returns the six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the problem for a code that does not match.
#[must_use]
pub fn code_mismatch() -> Problem {
    Problem::new(
        "code",
        "code-wrong",
        "The code is not right. Check the newest email that we sent you, or ask for a new code",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for (typed, read) in [
            ("048213", Ok("048213")),
            (" 048 213 ", Ok("048213")),
            ("048-213", Ok("048213")),
            ("048–213\u{a0}", Ok("048213")),
            ("\u{200b}048213", Ok("048213")),
            ("048\u{200d}213\u{feff}", Ok("048213")),
            ("\u{202a}048\u{2060}213\u{202c}", Ok("048213")),
            ("", Err("code-empty")),
            ("\u{200b}", Err("code-empty")),
            (" - ", Err("code-empty")),
            ("48213", Err("code-format")),
            ("0482133", Err("code-format")),
            ("O48213", Err("code-format")),
            ("٠٤٨٢١٣", Err("code-format")),
        ] {
            let found = Code::parse(typed);
            let found = found
                .as_ref()
                .map(Code::as_str)
                .map_err(|problem| &*problem.code);
            assert_eq!(found, read, "{typed}");
        }
    }

    #[test]
    fn random_bits_make_six_digits() {
        for (bits, code) in [(0, "000000"), (7, "000007"), (1_234_567, "234567")] {
            assert_eq!(Code::from_random(bits).as_str(), code);
        }
        assert_eq!(Code::from_random(u128::MAX).as_str().len(), 6);
    }
}
