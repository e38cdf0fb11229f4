//! Tidies typed text before a rule validates it.
//!
//! People paste text from e-mails, letters and spreadsheets, with invisible characters and double
//! spaces. Tidying is the same for every identifier and removes no visible character.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Removes invisible characters and extra white space from a text.
///
/// Zero-width characters, direction marks, soft hyphens, byte order marks and the like are removed.
/// Each run of white space, including no-break spaces, tabs and line ends, becomes one space. White
/// space at the ends is removed.
///
/// The zero-width joiner and non-joiner stay between two letters of a script that is written with
/// them (Arabic, the scripts of South and South-East Asia), because there they change how a name
/// looks. The text is borrowed if at most its ends change.
#[must_use]
pub fn tidy(typed: &str) -> Cow<'_, str> {
    if is_plain(typed.as_bytes()) {
        return Cow::Borrowed(typed);
    }
    let trimmed = typed.trim_matches(is_unseen);
    if !needs_tidying(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    let mut tidied = String::with_capacity(trimmed.len());
    let mut before = None;
    let mut letters = trimmed.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_whitespace() {
            before = Some(' ');
        } else if !is_invisible(letter) {
            if before == Some(' ') {
                tidied.push(' ');
            }
            tidied.push(letter);
            before = Some(letter);
        } else if is_joiner(letter)
            && before.is_some_and(is_joined)
            && letters.peek().copied().is_some_and(is_joined)
        {
            tidied.push(letter);
        }
    }
    Cow::Owned(tidied)
}

/// Tidies each line of a text and keeps the line ends, for texts that people read as they were
/// typed.
///
/// Blank lines at both ends are removed, and several blank lines in a row become one.
#[must_use]
pub fn tidy_lines(typed: &str) -> String {
    let mut lines: Vec<Cow<'_, str>> = typed.trim().lines().map(tidy).collect();
    lines.dedup_by(|next, line| next.is_empty() && line.is_empty());
    lines.join("\n").trim().to_owned()
}

/// Whether a text is far longer than a limit of `most` characters.
///
/// Rules call this first. The function compares only the length in bytes, while later checks may
/// read the text several times. The limit has extra room for white space and invisible characters
/// around an answer.
#[must_use]
pub const fn is_oversized(typed: &str, most: usize) -> bool {
    const ROOM: usize = 1_024;
    const WIDEST: usize = char::MAX_LEN_UTF8;
    typed.len() > most * WIDEST + ROOM
}

/// Whether the first character of a text may satisfy `so` after tidying.
///
/// Only the first byte is tested. The result is `true` if that byte is not a printable ASCII
/// character, or if the text is empty. Rules that match few texts use this cheap test first.
#[must_use]
pub fn may_begin(typed: &str, so: impl Fn(u8) -> bool) -> bool {
    match typed.bytes().next() {
        Some(byte) if byte.is_ascii_graphic() => so(byte),
        _ => true,
    }
}

/// Whether the last character of a text may satisfy `so` after tidying; see [`may_begin`].
#[must_use]
pub fn may_end(typed: &str, so: impl Fn(u8) -> bool) -> bool {
    match typed.bytes().next_back() {
        Some(byte) if byte.is_ascii_graphic() => so(byte),
        _ => true,
    }
}

/// Removes all white space and invisible characters.
///
/// Rules use it for numbers and codes, which people group in different ways. The text is borrowed
/// if nothing is removed.
#[must_use]
pub fn squeezed(typed: &str) -> Cow<'_, str> {
    if typed.bytes().all(|byte| byte.is_ascii_graphic()) || !typed.contains(is_unseen) {
        return Cow::Borrowed(typed);
    }
    Cow::Owned(typed.chars().filter(|&letter| !is_unseen(letter)).collect())
}

/// Whether a character is invisible and not white space.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFFC}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E01EF}')
}

/// Whether a character is a dash of any kind, including the minus sign and the no-break hyphen.
#[must_use]
pub fn is_dash(letter: char) -> bool {
    matches!(
        letter,
        '-' | '\u{2010}'
            ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

fn is_unseen(letter: char) -> bool {
    letter.is_whitespace() || is_invisible(letter)
}

/// Whether a text is printable ASCII with single spaces inside, as nearly all typed text is.
fn is_plain(bytes: &[u8]) -> bool {
    let mut before = b' ';
    for &byte in bytes {
        if !(byte.is_ascii_graphic() || (byte == b' ' && before != b' ')) {
            return false;
        }
        before = byte;
    }
    before != b' '
}

fn needs_tidying(trimmed: &str) -> bool {
    let mut before = 'a';
    trimmed.chars().any(|letter| {
        let doubled = letter == ' ' && before == ' ';
        before = letter;
        doubled || (letter != ' ' && letter.is_whitespace()) || is_invisible(letter)
    })
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200C}' | '\u{200D}')
}

/// Whether a letter or mark belongs to a script whose letters join or form conjuncts.
fn is_joined(letter: char) -> bool {
    matches!(letter,
        '\u{0620}'..='\u{065F}' | '\u{066E}'..='\u{06D3}' | '\u{06EE}'..='\u{08FF}'
        | '\u{0900}'..='\u{0963}' | '\u{0971}'..='\u{0DF3}' | '\u{0F40}'..='\u{0FBC}'
        | '\u{1000}'..='\u{103F}' | '\u{1780}'..='\u{17D3}' | '\u{1820}'..='\u{18AA}'
        | '\u{FB50}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}')
        && !is_invisible(letter)
}

/// Normalises the letters of a text, so that the same letters compare as equal.
///
/// Ligatures and compatibility letters become ordinary letters (`ﬁ` becomes `fi`, a full-width `Ａ`
/// becomes `A`). A letter with its accent becomes one character (NFC). Symbols stay as they are,
/// because their plain forms look different.
#[must_use]
pub fn in_one_form(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut parts = Vec::with_capacity(text.len());
    for letter in text.chars() {
        let from = parts.len();
        if letter.is_alphanumeric() {
            decompose_compatible(letter, |part| parts.push(part));
        }
        let is_letters = parts[from..]
            .iter()
            .all(|part| part.is_alphanumeric() || is_combining_mark(*part));
        if parts.len() == from || !is_letters {
            parts.truncate(from);
            parts.push(letter);
        }
    }
    Cow::Owned(parts.into_iter().nfc().collect())
}

/// Formats a count for people, such as `1,000`.
#[must_use]
pub fn with_commas(count: usize) -> String {
    let digits = count.to_string();
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_are_tidied_one_by_one_and_stay_lines() {
        for (typed, expected) in [
            ("One  line", "One line"),
            ("\r\n One\r\n\u{200B}two \r\n", "One\ntwo"),
            ("One\n\n \n\nTwo", "One\n\nTwo"),
            (" \u{200B}\n ", ""),
        ] {
            assert_eq!(tidy_lines(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn tidies_what_cannot_be_seen() {
        for (typed, tidied) in [
            ("", ""),
            ("   ", ""),
            ("\u{200b}\u{feff}", ""),
            ("Ada", "Ada"),
            (" Ada  Lovelace\t", "Ada Lovelace"),
            ("Ada\u{a0}Lovelace", "Ada Lovelace"),
            ("Ada\u{202f}\u{a0}Lovelace", "Ada Lovelace"),
            ("Ada\u{2028}Lovelace\u{2029}", "Ada Lovelace"),
            ("A\u{200b}d\u{200c}a\u{200d}\u{2060}\u{feff}\u{180e}", "Ada"),
            ("\u{202e}Ada\u{202c}", "Ada"),
            ("line one\r\nline two", "line one line two"),
            ("Ada \u{200b} Lovelace", "Ada Lovelace"),
            ("O’Brien", "O’Brien"),
            ("Zoë  Ó Sé", "Zoë Ó Sé"),
            // The joiner in Sinhala and the non-joiner in Persian stay.
            ("ශ්\u{200d}රී", "ශ්\u{200d}රී"),
            ("علی\u{200c}رضا", "علی\u{200c}رضا"),
            ("علی\u{200c}\u{200c}رضا\u{200c}", "علی\u{200c}رضا"),
            ("علی \u{200c} رضا", "علی رضا"),
        ] {
            assert_eq!(tidy(typed), tidied, "{typed:?}");
        }
    }

    #[test]
    fn borrows_what_is_tidy() {
        for typed in ["Ada", "Ada Lovelace", "Zoë Ó Sé", " trimmed only "] {
            assert!(matches!(tidy(typed), Cow::Borrowed(_)), "{typed:?}");
        }
    }

    #[test]
    fn squeezes_all_white_space() {
        assert_eq!(squeezed(" 1A \u{a0}2\u{200b}3\t4B\n"), "1A234B");
        assert!(matches!(squeezed("1A234B"), Cow::Borrowed(_)));
        assert!(matches!(squeezed("é"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(typed in "(\\PC|[ \t\u{a0}\u{200b}\u{200c}\u{200d}\u{feff}\u{2028}علි්ර])*") {
            let once = tidy(&typed).into_owned();
            prop_assert_eq!(tidy(&once), once.as_str());
        }

        #[test]
        fn tidy_text_has_single_spaces_inside(typed in any::<String>()) {
            let tidied = tidy(&typed);
            prop_assert_eq!(tidied.trim(), tidied.as_ref());
            prop_assert!(!tidied.contains("  "));
        }

        #[test]
        fn squeezed_text_has_no_white_space(typed in any::<String>()) {
            prop_assert!(!squeezed(&typed).contains(char::is_whitespace));
        }
    }

    #[test]
    fn letters_have_one_form_and_signs_stay() {
        for (text, form) in [
            ("Ada", "Ada"),
            ("Gri\u{fb03}n \u{fb02}ag", "Griffin flag"),
            ("\u{ff21}\u{ff11}", "A1"),
            ("e\u{301}", "\u{e9}"),
            ("\u{132}sselmeer", "IJsselmeer"),
            (
                "\u{b4}\u{a8}\u{2026}\u{2122}\u{bd}",
                "\u{b4}\u{a8}\u{2026}\u{2122}\u{bd}",
            ),
            ("\u{ac00}", "\u{ac00}"),
        ] {
            let found = in_one_form(text);
            assert_eq!(found, form, "{text}");
            assert_eq!(in_one_form(&found), found, "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_form_is_one_form(text in any::<String>()) {
            let once = in_one_form(&text).into_owned();
            prop_assert_eq!(in_one_form(&once), once.as_str());
        }
    }

    #[test]
    fn counts_have_a_comma_before_each_three_digits() {
        for (count, words) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (123_456, "123,456"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(with_commas(count), words);
        }
    }
}
