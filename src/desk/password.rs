//! The rule for desk passwords: a password must be long and hard to guess.
//!
//! The rule requires no mix of characters and no regular change, because both make people choose
//! weaker passwords. `password/SOURCES.md` names the sources of the lists of common passwords.

mod list;
mod spelling;

use self::list::List;
use self::spelling::spellings;
use crate::problem::Problem;
use crate::text::tidy;

/// The minimum length, in characters.
pub const MIN_PASSWORD_CHARACTERS: usize = 12;
/// The maximum length, in characters. It limits the work of hashing.
pub const MAX_PASSWORD_CHARACTERS: usize = 128;

/// Passwords from breaches that have at least [`MIN_PASSWORD_CHARACTERS`] characters.
const LONG: List = List(include_str!("password/long.txt"));
/// Words from breached passwords. Attackers soon guess a password of one such word with digits and
/// signs.
const WORDS: List = List(include_str!("password/words.txt"));
/// The most common words from breached passwords. Attackers soon guess a password of two such words
/// with digits and signs.
const COMMON_WORDS: List = List(include_str!("password/common_words.txt"));
/// Words of this service, which officers are likely to use in a password.
const OURS: [&str; 21] = [
    "commonplatform",
    "registrations",
    "registration",
    "magistrates",
    "barrister",
    "solicitor",
    "tribunals",
    "register",
    "platform",
    "criminal",
    "tribunal",
    "defence",
    "justice",
    "officer",
    "common",
    "courts",
    "crown",
    "court",
    "hmcts",
    "desk",
    "moj",
];
/// The maximum number of digits and signs at each end of a password that are ignored when the
/// password is looked up in the list of long passwords.
const MAX_AFFIX: usize = 8;

/// Checks a password that a person with the given name and e-mail address has chosen.
///
/// # Errors
/// `password-empty`, `password-short`, `password-long`, `password-common` (too easy to guess),
/// `password-yours` (made of the person's name or address).
pub fn check(password: &str, name: &str, email: &str) -> Result<(), Problem> {
    let problem = |code, words: String| Err(Problem::new("password", code, words));
    let characters = password.chars().count();
    if characters == 0 {
        return problem("password-empty", "Enter a password".to_owned());
    }
    if characters < MIN_PASSWORD_CHARACTERS {
        return problem(
            "password-short",
            format!("Password must be {MIN_PASSWORD_CHARACTERS} characters or more"),
        );
    }
    if characters > MAX_PASSWORD_CHARACTERS {
        return problem(
            "password-long",
            format!("Password must be {MAX_PASSWORD_CHARACTERS} characters or fewer"),
        );
    }
    let spellings = spellings(&password.to_lowercase());
    if spellings.iter().any(|lower| is_theirs(lower, name, email)) {
        return problem(
            "password-yours",
            "Choose a password that is not your name or your email address with numbers".to_owned(),
        );
    }
    if spellings.iter().any(|lower| is_common(lower)) {
        return problem(
            "password-common",
            "Choose a password that is harder to guess, such as three random words".to_owned(),
        );
    }
    Ok(())
}

/// Whether a password in lower case is too easy to guess.
///
/// A password is too easy if it is on the list of long passwords, repeats a shorter text, follows
/// the alphabet, the digits or neighbouring keys, or has fewer than five different characters. It
/// is also too easy if, apart from digits and signs, it is empty, one listed word or two common
/// words.
fn is_common(lower: &str) -> bool {
    let mut different: Vec<char> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    different.len() < 5
        || is_listed(lower)
        || is_run(lower)
        || is_repeated(lower)
        || has_few_words(lower)
}

fn is_repeated(lower: &str) -> bool {
    (1..=lower.len() / 2)
        .filter(|length| lower.len().is_multiple_of(*length) && lower.is_char_boundary(*length))
        .map(|length| lower.split_at(length))
        .any(|(once, rest)| {
            rest.as_bytes()
                .chunks(once.len())
                .all(|chunk| chunk == once.as_bytes())
        })
}

/// Whether a password is on the list of long passwords, apart from at most [`MAX_AFFIX`] digits and
/// signs at each end.
fn is_listed(lower: &str) -> bool {
    let around = |letters: &mut dyn Iterator<Item = char>| {
        letters
            .take(MAX_AFFIX)
            .take_while(|letter| !letter.is_alphabetic())
            .map(char::len_utf8)
            .fold(vec![0], |mut places, width| {
                places.push(places.last().map_or(0, |place| place + width));
                places
            })
    };
    let (before, after) = (around(&mut lower.chars()), around(&mut lower.chars().rev()));
    before
        .iter()
        .flat_map(|start| after.iter().map(move |end| (*start, lower.len() - end)))
        .filter_map(|(start, end)| lower.get(start..end))
        .any(|middle| LONG.has(middle))
}

/// Whether a password has no letters, or its letters are one listed word or two common words.
/// Digits and signs may surround the letters, and may split the listed word once or separate the
/// two words.
fn has_few_words(lower: &str) -> bool {
    let is_common = |word: &str| COMMON_WORDS.has(word) || OURS.contains(&word) || is_run(word);
    let is_single = |word: &str| WORDS.has(word) || LONG.has(word) || is_common(word);
    let is_pair = |word: &str| {
        word.char_indices().any(|(at, _)| {
            let (one, other) = word.split_at(at);
            one.len() > 2 && other.len() > 2 && is_common(one) && is_common(other)
        })
    };
    match *words(lower).as_slice() {
        [] => true,
        [word] => is_single(word) || is_pair(word),
        [one, other] => (is_common(one) && is_common(other)) || is_single(&[one, other].concat()),
        _ => false,
    }
}

/// Whether a password contains a word of the person's name or address with at least three letters,
/// and has fewer than four other letters. Letters in words of this service do not count.
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

/// Splits a text into its runs of letters.
fn words(text: &str) -> Vec<&str> {
    text.split(|character: char| !character.is_alphabetic())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Whether a text follows the alphabet, the digits, or a row or the columns of the keyboard, in
/// either direction.
fn is_run(text: &str) -> bool {
    const ROWS: [&str; 6] = [
        "abcdefghijklmnopqrstuvwxyz",
        "1234567890",
        "01234567890123456789",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
    ];
    const COLUMNS: [&str; 2] = [
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
        "qazwsxedcrfvtgbyhnujmikolp",
    ];
    let backwards: String = text.chars().rev().collect();
    let is_part = |text: &str| {
        ROWS.iter().chain(&COLUMNS).any(|row| row.contains(text)) || ROWS.concat().contains(text)
    };
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
    fn lengths_of_passwords_count_characters() {
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
    fn passwords_that_guessers_try_first_are_refused() {
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
            "monkeydragon",
            "P@ssw0rd1234",
            "Pa55w0rd!2026",
            "iloveyousomuch",
            "ILoveYou$oMuch!1",
            "administrator1",
            "Adm1n1strat0r!",
            "letmein12345",
            "L3tm31n!!!!!",
            "W3lc0me12345",
            "Summer2026!!",
            "November2026",
            "professional2026",
            "!QAZ2wsx#EDC",
            "1qaz2wsx3edc!!",
            "qazwsxedcrfv",
            "$unsh1ne2026",
            "C0mm0nPl4tform",
            "hmcts!2026!hmcts",
            "password-password",
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
            "W1ll1ams!2026",
            "w3n.w1lli4m$.26",
            "williams-hmcts-1",
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
    fn at_least_three_thousand_listed_passwords_are_long_enough_and_each_is_refused() {
        let listed: Vec<&str> = LONG.0.lines().collect();
        assert!(listed.len() > 3_000 && listed.is_sorted());
        for password in listed.iter().step_by(97) {
            assert!(
                password.chars().count() >= MIN_PASSWORD_CHARACTERS,
                "{password}"
            );
            for typed in [(*password).to_owned(), password.to_uppercase()] {
                assert!(code(&typed).is_err(), "{typed}");
            }
        }
        for words in [WORDS, COMMON_WORDS] {
            let listed: Vec<&str> = words.0.lines().collect();
            assert!(listed.len() > 1_000 && listed.is_sorted());
            for word in listed.iter().step_by(97) {
                assert!(code(&format!("{word}-1926384750")).is_err(), "{word}");
            }
        }
    }
}
