//! Saving a draft and resuming it: the paths of the pages, the limits on attempts and messages, and
//! the codes in messages. The lifetimes of links, codes and drafts are in `lifetimes`.

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
/// Path of the page on which a person asks for a new link and code to a saved draft.
pub const RETURN: &str = "/return";
/// Path of the page on which a person types the code from a message.
pub const CODE: &str = "/return/code";
/// Path of the links in messages with which a person resumes a draft.
pub const LINK: &str = "/return/link";
/// Path of the link in a message with which an accountable person opens a form to sign.
pub const SIGNING_LINK: &str = "/to-sign";
/// The name of the form field sent by the button "Save and come back later".
pub const LATER: &str = "later";

/// The letters of a code, as RFC 8628 recommends: no vowels, so that no code is a word, and no two
/// letters that look alike. Codes have no digits.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// The code in a message, such as `WDJB-MJHT`: eight letters, which have 34 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// The number of letters of a code.
    pub const LENGTH: usize = 8;

    /// Creates a code from random bits.
    #[must_use]
    pub fn from_random(mut bits: u128) -> Self {
        let letters = (0..Self::LENGTH).map(|_| {
            let letter = LETTERS[(bits % 20) as usize];
            bits /= 20;
            char::from(letter)
        });
        Self::of(&letters.collect::<String>())
    }

    /// Parses a typed code; case, spaces, invisible characters and hyphens are ignored.
    ///
    /// # Errors
    /// `code-empty` if nothing was typed, `code-format` if the text is not eight letters of a code.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let mismatch = || {
            let words = "Code must be 8 letters, like WDJB-MJHT";
            Problem::new("code", "code-format", words)
        };
        if is_oversized(typed, Self::LENGTH) {
            return Err(mismatch());
        }
        let mut bare = squeezed(typed).into_owned();
        bare.retain(|character| !is_dash(character));
        bare.make_ascii_uppercase();
        if bare.is_empty() {
            return Err(Problem::new(
                "code",
                "code-empty",
                "Enter the code from the email",
            ));
        }
        if bare.len() == Self::LENGTH && bare.bytes().all(|byte| LETTERS.contains(&byte)) {
            Ok(Self::of(&bare))
        } else {
            Err(mismatch())
        }
    }

    /// Returns the code as the message shows it: two groups of four letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(letters: &str) -> Self {
        let (first, second) = letters.split_at(Self::LENGTH / 2);
        Self([first, "-", second].concat())
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
            ("WDJB-MJHT", Ok("WDJB-MJHT")),
            ("wdjbmjht", Ok("WDJB-MJHT")),
            (" WDJB MJHT ", Ok("WDJB-MJHT")),
            ("w d j b m j h t", Ok("WDJB-MJHT")),
            ("WDJB–MJHT\u{a0}", Ok("WDJB-MJHT")),
            ("\u{200b}WDJBMJHT", Ok("WDJB-MJHT")),
            ("WDJB\u{200d}MJHT\u{feff}", Ok("WDJB-MJHT")),
            ("\u{202a}WDJB\u{2060}MJHT\u{202c}", Ok("WDJB-MJHT")),
            ("", Err("code-empty")),
            ("\u{200b}", Err("code-empty")),
            (" - ", Err("code-empty")),
            ("WDJBMJH", Err("code-format")),
            ("WDJBMJHTT", Err("code-format")),
            ("WDJBMJHA", Err("code-format")),
            ("WDJBMJH7", Err("code-format")),
            ("048213", Err("code-format")),
            ("ＷＤＪＢＭＪＨＴ", Err("code-format")),
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
    fn random_bits_make_eight_letters_that_are_read_back() {
        for (bits, code) in [
            (0, "BBBB-BBBB"),
            (19, "ZBBB-BBBB"),
            (20, "BCBB-BBBB"),
            (20_u128.pow(8) - 1, "ZZZZ-ZZZZ"),
            (20_u128.pow(8), "BBBB-BBBB"),
        ] {
            let made = Code::from_random(bits);
            assert_eq!(made.as_str(), code);
            assert!(Code::parse(code).is_ok_and(|read| read == made));
        }
    }

    #[test]
    fn a_code_has_far_more_than_twenty_bits_and_no_letter_that_looks_like_another() {
        assert!(20_u64.pow(8).ilog2() >= 34);
        for (place, letter) in LETTERS.iter().enumerate() {
            assert!(letter.is_ascii_uppercase() && !b"AEIOUY".contains(letter));
            assert!(!LETTERS[..place].contains(letter));
        }
    }
}
