//! Leaving a draft and coming back to it: how long a link, a code and a draft live, how often each may be
//! tried and asked for, and how a code is read.

use crate::draft::Page;
use crate::problem::Problem;

/// For how many minutes a link and its code work.
pub const CODE_MINUTES: u16 = 30;
/// How many codes may be tried before new ones must be asked for.
pub const MOST_TRIES: i64 = 10;
/// For how many days a draft is kept once its address was confirmed.
pub const DRAFT_DAYS: i64 = 28;
/// How many days before that a reminder is sent.
pub const REMINDER_DAYS: i64 = 3;
/// The minutes in which messages are counted.
pub const WINDOW_MINUTES: i64 = 60;
/// How many messages may be asked for to one address in that time.
pub const MOST_TO_ADDRESS: usize = 5;
/// How many from one place: a whole office may share it.
pub const MOST_FROM_SOURCE: usize = 30;
/// How many drafts of one address are offered, the newest first.
pub const MOST_DRAFTS: i64 = 5;

/// Where somebody says which of two answers to keep.
pub const TWO_ANSWERS: &str = "/two-answers";

/// The address at which they say it of a page.
#[must_use]
pub fn two_answers(page: Page) -> String {
    [TWO_ANSWERS, "?page=", page.path()].concat()
}

/// Where one says which answers about a user to keep.
pub const TWO_USERS: &str = "/two-answers/user";

/// The address at which they say it of a user.
#[must_use]
pub fn two_users(id: &str) -> String {
    [TWO_USERS, "?id=", id].concat()
}

/// Where a draft is saved to come back to.
pub const SAVE: &str = "/save";
/// Where one comes back to it.
pub const RETURN: &str = "/return";
/// Where the code of a message is typed.
pub const CODE: &str = "/return/code";
/// Where the link of a message leads.
pub const LINK: &str = "/return/link";
/// The field that the button "Save and come back later" sends.
pub const LATER: &str = "later";

/// The code of a message: six digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// How many digits a code has.
    pub const DIGITS: usize = 6;

    /// A code of random bits.
    #[must_use]
    pub fn from_random(bits: u128) -> Self {
        Self(format!("{:06}", bits % 1_000_000))
    }

    /// The code that was typed, with whatever spaces and hyphens.
    ///
    /// # Errors
    /// `code-empty`, `code-format`.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let bare: String = typed
            .chars()
            .filter(|character| !character.is_whitespace() && !crate::text::is_dash(*character))
            .collect();
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
            Err(Problem::new(
                "code",
                "code-format",
                "Code must be 6 numbers, like 048213",
            ))
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is said of a code that is not the one.
#[must_use]
pub fn wrong_code() -> Problem {
    Problem::new(
        "code",
        "code-wrong",
        "The code is not right. Check the newest email that we sent you, or ask for a new code",
    )
}

/// When messages may be asked for again, if so many were already: `times` are the milliseconds of those in
/// the window, in any order; nothing when one may be asked for now.
#[must_use]
pub fn again_at(times: &[i64], most: usize, now: i64) -> Option<i64> {
    let window = WINDOW_MINUTES * 60_000;
    let mut counted: Vec<i64> = times
        .iter()
        .copied()
        // A clock that was put back must not shut anybody out for ever.
        .filter(|time| *time > now - window && *time <= now)
        .collect();
    counted.sort_unstable();
    let first_to_go = counted.len().checked_sub(most)?;
    Some(counted.get(first_to_go)? + window)
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
            ("", Err("code-empty")),
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

    #[test]
    fn so_many_may_be_asked_for_in_an_hour() {
        let minute = |minute: i64| minute * 60_000;
        let times: Vec<i64> = (0..5).map(minute).collect();
        assert_eq!(again_at(&times[..4], 5, minute(5)), None);
        assert_eq!(again_at(&times, 5, minute(5)), Some(minute(60)));
        assert_eq!(again_at(&times, 5, minute(59)), Some(minute(60)));
        assert_eq!(again_at(&times, 5, minute(60)), None);
        // Times that have yet to come are those of a clock that was put back.
        assert_eq!(again_at(&times, 5, minute(-9)), None);
        assert_eq!(again_at(&[], 5, 0), None);
    }
}
