//! The account number that the Legal Aid Agency assigns to a provider's office, such as `1A234B`.
//!
//! The format is that of the agency's own systems. People often type a firm number or an advocate's
//! number instead, or O for 0 and I for 1. Each mistake has its own message. A look-alike character
//! is never replaced silently, because the result could be the number of another account.

use std::borrow::Cow;

use super::{
    label_before::{is_label, without_label},
    text_newtype,
};
use crate::problem::Problem;
use crate::text::{is_dash, is_oversized, squeezed, tidy};

/// An LAA account number: a digit, a capital letter, three digits, a capital letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaaAccount(String);

impl LaaAccount {
    /// The maximum number of account numbers for one organisation.
    pub const MOST: usize = 20;

    /// Checks a number and returns it in capitals, without spaces and dashes, and without words
    /// before it such as `LAA account`.
    ///
    /// # Errors
    /// `laa-account-empty`, `laa-account-confusable` (letters and digits that look alike are
    /// swapped; the message suggests a number), `laa-account-firm-number` (1 to 6 digits),
    /// `laa-account-advocate` (5 letters and digits), `laa-account-format`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        if is_account(typed.as_bytes()) {
            return Ok(Cow::Borrowed(typed));
        }
        if is_oversized(typed, WIDTH) {
            return Err(problem_format(typed));
        }
        let bare = without_label(Cow::Owned(bare(typed)), LABEL).into_owned();
        if is_account(bare.as_bytes()) {
            Ok(Cow::Owned(bare))
        } else {
            Err(problem(typed, &bare))
        }
    }

    /// Checks a list of 0 to 20 numbers.
    ///
    /// The numbers are separated by line breaks, commas, semicolons or white space. A number may
    /// contain spaces: `1A 234B` is one number.
    ///
    /// # Errors
    /// The problems of the first 20 numbers, as [`check`](Self::check) returns them,
    /// `laa-account-repeated` and `laa-account-too-many`. A text far longer than 1,000 characters
    /// has only the problem `laa-account-too-many`.
    pub fn check_list(typed: &str) -> Result<Vec<Self>, Vec<Problem>> {
        if is_oversized(typed, LIST_LIMIT) {
            let words = format!("Enter {} LAA account numbers or fewer", Self::MOST);
            return Err(vec![new_problem("laa-account-too-many", words)]);
        }
        let mut accounts: Vec<Self> = Vec::new();
        let mut problems: Vec<Problem> = Vec::new();
        let mut count = 0_usize;
        for text in typed
            .split(['\n', '\r', ',', ';', '\u{2028}', '\u{2029}'])
            .flat_map(numbers)
        {
            count += 1;
            if count > Self::MOST {
                continue;
            }
            match Self::parse(&text) {
                Err(problem) => problems.push(problem),
                Ok(account) if accounts.contains(&account) => {
                    let repeated = new_problem(
                        "laa-account-repeated",
                        format!(
                            "Enter each LAA account number once: {account} is there more than once"
                        ),
                    );
                    if !problems.contains(&repeated) {
                        problems.push(repeated);
                    }
                }
                Ok(account) => accounts.push(account),
            }
        }
        if count > Self::MOST {
            problems.push(new_problem(
                "laa-account-too-many",
                format!(
                    "Enter {} LAA account numbers or fewer: there are {count}",
                    Self::MOST
                ),
            ));
        }
        if problems.is_empty() {
            Ok(accounts)
        } else {
            Err(problems)
        }
    }
}

text_newtype!(LaaAccount);

/// The words that may stand before an account number.
const LABEL: &[&str] = &[
    "ACCOUNT", "AGENCY", "AID", "CODE", "LAA", "LEGAL", "NO", "NUM", "NUMBER", "NUMBERS", "OFFICE",
    "PROVIDER",
];
/// The number of letters and digits in an account number.
const WIDTH: usize = 6;
/// The maximum length of a list, in characters: far more than 20 numbers need, however they are
/// spaced.
const LIST_LIMIT: usize = 1_000;

fn bare(typed: &str) -> String {
    squeezed(typed)
        .chars()
        .filter(|&letter| !is_dash(letter))
        .map(|letter| letter.to_ascii_uppercase())
        .collect()
}

fn is_account(bare: &[u8]) -> bool {
    matches!(
        bare,
        [
            b'0'..=b'9',
            b'A'..=b'Z',
            b'0'..=b'9',
            b'0'..=b'9',
            b'0'..=b'9',
            b'A'..=b'Z'
        ]
    )
}

/// Splits a piece of a list, in which only spaces separate the numbers.
///
/// A word of at least six letters and digits is a separate number. Shorter words are joined until
/// they have six letters and digits together, until the next word is a separate number, or until
/// the piece ends.
fn numbers(piece: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut pending = String::new();
    let tidied = tidy(piece);
    let mut words: Vec<&str> = tidied.split(' ').filter(|word| !word.is_empty()).collect();
    // Words such as “LAA account” before a number are not numbers.
    if let Some(first) = words.iter().position(|word| !is_label(word, LABEL)) {
        words.drain(..first);
    }
    for word in words {
        if is_whole(word) && !pending.is_empty() {
            found.push(std::mem::take(&mut pending));
        }
        if !pending.is_empty() {
            pending.push(' ');
        }
        pending.push_str(word);
        if is_whole(&pending) {
            found.push(std::mem::take(&mut pending));
        }
    }
    if !pending.is_empty() {
        found.push(pending);
    }
    found
}

fn is_whole(text: &str) -> bool {
    bare(text).chars().count() >= WIDTH
}

#[cold]
fn problem(typed: &str, bare: &str) -> Problem {
    let digits = bare.bytes().all(|byte| byte.is_ascii_digit());
    let plain = bare.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if bare.is_empty() {
        return new_problem(
            "laa-account-empty",
            "Enter an LAA account number, like 1A234B",
        );
    }
    if digits && bare.len() <= WIDTH {
        return new_problem(
            "laa-account-firm-number",
            format!("{bare} looks like an LAA firm number. Enter the account number, like 1A234B"),
        );
    }
    if let Some(meant) = meant(bare) {
        return new_problem(
            "laa-account-confusable",
            format!(
                "Enter {meant} if that is what you meant: {bare} has a letter and a number that look alike in the wrong place"
            ),
        );
    }
    if plain && bare.len() == 5 {
        return new_problem(
            "laa-account-advocate",
            format!(
                "{bare} looks like an advocate’s LAA number. Enter the account number of the office, like 1A234B, or leave this empty if you have none"
            ),
        );
    }
    problem_format(typed)
}

#[cold]
fn problem_format(typed: &str) -> Problem {
    new_problem(
        "laa-account-format",
        format!(
            "“{}” must be a number, a letter, 3 numbers and a letter, like 1A234B",
            shown(typed)
        ),
    )
}

/// Swaps look-alike characters where the format requires it; `None` if the result is not an account
/// number.
fn meant(bare: &str) -> Option<String> {
    let swapped: String = bare
        .chars()
        .enumerate()
        .map(|(place, letter)| match (place, letter) {
            (1 | 5, '0') => 'O',
            (1 | 5, '1') => 'I',
            (0 | 2 | 3 | 4, 'O') => '0',
            (0 | 2 | 3 | 4, 'I' | 'L') => '1',
            _ => letter,
        })
        .collect();
    is_account(swapped.as_bytes()).then_some(swapped)
}

/// Returns the beginning of the typed text for a message: at most 20 characters, followed by `…` if
/// the text is longer.
fn shown(typed: &str) -> String {
    let start: String = typed.chars().take(LIST_LIMIT).collect();
    let tidied = tidy(&start);
    let mut letters = tidied.chars();
    let mut beginning: String = letters.by_ref().take(20).collect();
    if letters.next().is_some() {
        beginning.push('…');
    }
    beginning
}

fn new_problem(code: &'static str, words: impl Into<Cow<'static, str>>) -> Problem {
    Problem::new("laa-account", code, words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn good_numbers() {
        for (typed, tidied) in [
            ("1A123B", "1A123B"),
            ("0Q731M", "0Q731M"),
            ("2n492d", "2N492D"),
            (" 1A 123-B ", "1A123B"),
            ("1A\u{a0}123\u{200b}B", "1A123B"),
        ] {
            assert_eq!(
                LaaAccount::check(typed),
                Ok(Cow::Borrowed(tidied)),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn faults() {
        for (typed, code, start) in [
            ("", "laa-account-empty", "Enter an LAA account number"),
            (" - ", "laa-account-empty", "Enter an LAA account number"),
            ("1A2O4B", "laa-account-confusable", "Enter 1A204B if"),
            ("1AI34B", "laa-account-confusable", "Enter 1A134B if"),
            ("lA234B", "laa-account-confusable", "Enter 1A234B if"),
            ("OQ731M", "laa-account-confusable", "Enter 0Q731M if"),
            ("1023AB", "laa-account-format", "“1023AB” must be"),
            ("10234B", "laa-account-confusable", "Enter 1O234B if"),
            ("1", "laa-account-firm-number", "1 looks like"),
            ("3856", "laa-account-firm-number", "3856 looks like"),
            ("123456", "laa-account-firm-number", "123456 looks like"),
            ("AC123", "laa-account-advocate", "AC123 looks like"),
            ("zz-114", "laa-account-advocate", "ZZ114 looks like"),
            ("999XX", "laa-account-advocate", "999XX looks like"),
            ("ACC123", "laa-account-format", "“ACC123” must be"),
            ("AC1", "laa-account-format", "“AC1” must be"),
            ("AL23467892", "laa-account-format", "“AL23467892” must be"),
            (
                "LAA3482374WER and more of it",
                "laa-account-format",
                "“LAA3482374WER and mo…” must be",
            ),
            ("1234567", "laa-account-format", "“1234567” must be"),
            ("1A123É", "laa-account-format", "“1A123É” must be"),
        ] {
            let problem = LaaAccount::check(typed).expect_err(typed);
            assert_eq!(problem.code, code, "{typed:?}");
            assert!(
                problem.words.starts_with(start),
                "{typed:?}: {}",
                problem.words
            );
        }
    }

    fn listed(typed: &str) -> Vec<String> {
        match LaaAccount::check_list(typed) {
            Ok(accounts) => accounts.iter().map(ToString::to_string).collect(),
            Err(problems) => problems
                .into_iter()
                .map(|problem| problem.code.into_owned())
                .collect(),
        }
    }

    #[test]
    fn lists() {
        for (typed, expected) in [
            ("", &[][..]),
            (" \n ,;", &[]),
            ("1A123B", &["1A123B"]),
            ("1A123B\n2N492D", &["1A123B", "2N492D"]),
            ("1A123B\r\n\r\n2N492D\r\n", &["1A123B", "2N492D"]),
            ("1A123B, 2N492D;0Q731M", &["1A123B", "2N492D", "0Q731M"]),
            ("1A123B 2N492D\t0Q731M", &["1A123B", "2N492D", "0Q731M"]),
            ("1A 123B 2n 492 d", &["1A123B", "2N492D"]),
            ("1A123B 2N49", &["laa-account-format"]),
            ("1234 1A123B", &["laa-account-firm-number"]),
            (
                "1A123B\n1234\nAC123\nword",
                &[
                    "laa-account-firm-number",
                    "laa-account-advocate",
                    "laa-account-format",
                ],
            ),
            ("1A123B\n1a 123b\n1A-123B", &["laa-account-repeated"]),
        ] {
            assert_eq!(listed(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn at_most_twenty() {
        let list = |count: usize| {
            (0..count)
                .map(|place| format!("1A{place:03}B"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(listed(&list(20)).len(), 20);
        assert_eq!(listed(&list(21)), ["laa-account-too-many"]);
        assert_eq!(listed(&list(5000)), ["laa-account-too-many"]);
    }

    proptest! {
        #[test]
        fn never_panics(typed in "(?s).*|[0-9A-Zil ,;\n-]*") {
            let _ = LaaAccount::check_list(&typed);
            if let Ok(tidied) = LaaAccount::check(&typed) {
                prop_assert_eq!(LaaAccount::check(&tidied), Ok(Cow::Borrowed(tidied.as_ref())));
            }
        }

        #[test]
        fn every_spelling_of_a_good_number(good in "[0-9][A-Z][0-9]{3}[A-Z]", at in 1..6_usize, mark in "[ \u{a0}\t–-]") {
            let typed = format!("{}{mark}{}", &good[..at], &good[at..]).to_lowercase();
            prop_assert_eq!(LaaAccount::check(&typed), Ok(Cow::Borrowed(good.as_str())));
            prop_assert_eq!(listed(&typed), [good]);
        }

        #[test]
        fn a_list_reads_back(goods in prop::collection::btree_set("[0-9][A-Z][0-9]{3}[A-Z]", 0..20), mark in "[\n,; ]") {
            let goods: Vec<String> = goods.into_iter().collect();
            prop_assert_eq!(listed(&goods.join(&mark)), goods);
        }
    }
}
