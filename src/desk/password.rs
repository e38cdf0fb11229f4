//! The rule of a desk password: it must be long and hard to guess.
//!
//! The rule asks for no mix of characters, and passwords do not expire: both make people choose
//! worse ones. `password/common.txt` comes from the list of 20,000 breached passwords that Django
//! ships (BSD licence). It holds the 179 passwords of 12 or more characters and the 1,600 most
//! common shorter words, sorted by bytes.

use crate::problem::Problem;
use crate::text::tidy;

/// The fewest characters.
pub const FEWEST_CHARACTERS: usize = 12;
/// The most characters; limits the work of hashing.
pub const MOST_CHARACTERS: usize = 128;

const COMMON: &str = include_str!("password/common.txt");
/// Words of this service, which people who choose a password here are likely to use.
const OURS: [&str; 10] = [
    "common",
    "platform",
    "commonplatform",
    "registration",
    "register",
    "desk",
    "court",
    "courts",
    "justice",
    "hmcts",
];

/// Checks a password that a person with this name and e-mail address chooses.
///
/// # Errors
/// `password-empty`, `password-short`, `password-long`, `password-common`, `password-yours`.
pub fn check(password: &str, name: &str, email: &str) -> Result<(), Problem> {
    let problem = |code, words: String| Err(Problem::new("password", code, words));
    let characters = password.chars().count();
    if characters == 0 {
        return problem("password-empty", "Enter a password".to_owned());
    }
    if characters < FEWEST_CHARACTERS {
        return problem(
            "password-short",
            format!("Password must be {FEWEST_CHARACTERS} characters or more"),
        );
    }
    if characters > MOST_CHARACTERS {
        return problem(
            "password-long",
            format!("Password must be {MOST_CHARACTERS} characters or fewer"),
        );
    }
    let lower = password.to_lowercase();
    if is_theirs(&lower, name, email) {
        return problem(
            "password-yours",
            "Choose a password that is not your name or your email address with numbers".to_owned(),
        );
    }
    if is_common(&lower) {
        return problem(
            "password-common",
            "Choose a password that is harder to guess, such as three random words".to_owned(),
        );
    }
    Ok(())
}

/// Whether a password in small letters is too easy to guess.
///
/// That is so if it is listed, repeats a shorter text, is a run of neighbouring keys, consists of
/// at most two common words besides numbers and signs, or has fewer than five different characters.
fn is_common(lower: &str) -> bool {
    let mut different: Vec<char> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    different.len() < 5
        || is_listed(lower)
        || is_run(lower)
        || (1..=lower.len() / 2)
            .filter(|length| lower.len().is_multiple_of(*length) && lower.is_char_boundary(*length))
            .map(|length| lower.split_at(length))
            .any(|(once, rest)| {
                rest.as_bytes()
                    .chunks(once.len())
                    .all(|chunk| chunk == once.as_bytes())
            })
        || words(lower)
            .iter()
            .all(|word| is_listed(word) && !is_long(word) || OURS.contains(word) || is_run(word))
            && words(lower).len() < 3
}

/// Whether a password consists of the person's name or address and little else.
fn is_theirs(lower: &str, name: &str, email: &str) -> bool {
    let theirs = [tidy(name).to_lowercase(), email.to_lowercase()];
    let theirs: Vec<&str> = theirs.iter().flat_map(|text| words(text)).collect();
    let mut theirs: Vec<&str> = theirs
        .into_iter()
        .filter(|word| word.chars().count() > 2)
        .collect();
    theirs.sort_unstable_by_key(|word| std::cmp::Reverse(word.len()));
    let without = |text: String, word: &str| text.replace(word, " ");
    let left = theirs.into_iter().fold(lower.to_owned(), without);
    if left == lower {
        return false;
    }
    let left = OURS.into_iter().fold(left, without);
    left.chars()
        .filter(|character| character.is_alphabetic())
        .count()
        < 4
}

/// Splits a text into words, which are runs of letters.
fn words(text: &str) -> Vec<&str> {
    text.split(|character: char| !character.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect()
}

fn is_listed(word: &str) -> bool {
    // The list is sorted, so a binary search by bytes finds the word without
    // splitting it into lines.
    let bytes = COMMON.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = bytes[low..middle]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(low, |at| low + at + 1);
        let end = bytes[middle..]
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(bytes.len(), |at| middle + at);
        match bytes[start..end].cmp(word.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

const fn is_long(word: &str) -> bool {
    word.len() >= FEWEST_CHARACTERS
}

/// Whether a text follows the alphabet, the digits or a row of the keyboard, in either direction.
fn is_run(text: &str) -> bool {
    const ROWS: [&str; 6] = [
        "abcdefghijklmnopqrstuvwxyz",
        "1234567890",
        "01234567890123456789",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
    ];
    let backwards: String = text.chars().rev().collect();
    let is_part =
        |text: &str| ROWS.iter().any(|row| row.contains(text)) || ROWS.concat().contains(text);
    is_part(text) || is_part(&backwards)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> Result<(), String> {
        check(password, "Wen Ní-Dhomhnaill", "wen.williams@desk.example")
            .map_err(|problem| problem.code.into_owned())
    }

    #[test]
    fn a_long_password_that_nobody_guesses_is_taken_whatever_its_characters() {
        for password in [
            "walnut harbour seven",
            "correct-horse-battery-staple",
            "dragon harbour walnut",
            "pässwörtlich über alles",
            "密码密码密码一二三四五六",
            "        wide open spaces",
            "Xk9$mQ2vLp7!",
            &"wandering ".repeat(12)[..119],
        ] {
            assert_eq!(code(password), Ok(()), "{password}");
        }
    }

    #[test]
    fn what_is_too_short_or_too_long_is_counted_in_characters() {
        for (password, expected) in [
            ("", Err("password-empty")),
            ("walnut harb", Err("password-short")),
            ("walnut harbo", Ok(())),
            ("ééééééééééé", Err("password-short")),
        ] {
            assert_eq!(
                code(password),
                expected.map_err(str::to_owned),
                "{password}"
            );
        }
        let most: String = ('a'..='z').cycle().step_by(7).take(128).collect();
        assert_eq!(code(&most), Ok(()));
        assert_eq!(code(&format!("{most}x")), Err("password-long".to_owned()));
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for password in [
            "1q2w3e4r5t6y",
            "1Q2W3E4R5T6Y",
            "professional",
            "Password12345",
            "Password!2026",
            "liverpool2026!",
            "dragon-1234567",
            "123456789012",
            "abcdefghijklm",
            "qwertyuiopas",
            "aaaaaaaaaaaa",
            "abababababab",
            "walnutwalnut",
            "2026-11-25-10",
            "CommonPlatform1",
            "court-justice-2026",
            "monkey dragon",
        ] {
            assert_eq!(
                code(password),
                Err("password-common".to_owned()),
                "{password}"
            );
        }
    }

    #[test]
    fn ones_own_name_and_address_are_refused() {
        for password in [
            "wenwilliams2026",
            "Ní-Dhomhnaill!1",
            "wen.williams@desk.example",
            "Williams-Wen-77",
            "williams.court.1",
        ] {
            assert_eq!(
                code(password),
                Err("password-yours".to_owned()),
                "{password}"
            );
        }
        assert_eq!(code("williams harbour"), Ok(()));
    }

    #[test]
    fn the_list_is_in_order_so_that_each_of_it_is_found() {
        let listed: Vec<&str> = COMMON.lines().collect();
        assert!(listed.is_sorted() && listed.len() > 1_500);
        for word in &listed {
            assert!(is_listed(word), "{word}");
        }
        for word in ["", "walnutharbour", "\n", "zzzzzzzzzzzzz", "!"] {
            assert!(!is_listed(word), "{word}");
        }
    }
}
