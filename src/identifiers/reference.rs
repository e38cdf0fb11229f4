//! The reference that people quote when they ask about a registration, such as `CP-7K3M-9QXF`.
//!
//! A reference has eight characters of Crockford's base 32, which leaves out I, L, O and U to make
//! a reference easy to read out on the telephone. The last character is a check character: the
//! weighted sum of all eight, in the field of 32 elements, is zero. The weights are all different
//! and none is zero, so every single wrong character and every swap of two characters is detected.

use std::borrow::Cow;

use super::impl_text_traits;
use crate::problem::Problem;
use crate::text::{is_dash, is_oversized, squeezed};

/// A reference with a valid check character: `CP-` and two groups of four characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference([u8; WIDTH]);

impl Reference {
    /// The number of random bits in a reference.
    pub const BITS: u32 = 35;

    /// Makes a reference from the lowest 35 bits of `bits`, which must be random.
    #[must_use]
    pub fn from_random(bits: u64) -> Self {
        let mut values = [0_u8; CHARACTERS];
        for (place, value) in values.iter_mut().take(CHARACTERS - 1).enumerate() {
            *value = (bits >> (5 * place) & 31) as u8;
        }
        // The last weight is one, so the last character is the weighted sum of the other
        // characters.
        values[CHARACTERS - 1] = weighted_sum(values);
        Self::of(values)
    }

    /// Checks a reference and returns its canonical spelling.
    ///
    /// Lower case, spaces, any dashes, O for 0, I or L for 1 and a missing `CP` are accepted.
    ///
    /// # Errors
    /// `reference-empty`, `reference-format` (not eight letters and digits, or a U among them),
    /// `reference-mistyped` (the check character does not match).
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        let reference = Self::parse(typed)?;
        Ok(if reference.as_str() == typed {
            Cow::Borrowed(typed)
        } else {
            Cow::Owned(reference.as_str().to_owned())
        })
    }

    /// Parses a reference.
    ///
    /// # Errors
    /// The errors of [`check`](Self::check).
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        if is_oversized(typed, WIDTH) {
            return Err(problem_format());
        }
        let bare: String = squeezed(typed)
            .chars()
            .filter(|&letter| !is_dash(letter))
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        if bare.is_empty() {
            return Err(new_problem(
                "reference-empty",
                "Enter a reference, like CP-7K3M-9QXF",
            ));
        }
        let characters = match bare.strip_prefix("CP") {
            Some(rest) if bare.len() == CHARACTERS + 2 => rest,
            _ => &bare,
        };
        let values = values(characters).ok_or_else(problem_format)?;
        if weighted_sum(values) != 0 {
            return Err(new_problem(
                "reference-mistyped",
                "Check the reference: one or more characters are mistyped",
            ));
        }
        Ok(Self::of(values))
    }

    /// Returns the reference in its canonical spelling.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Returns the references that differ from a mistyped reference in one character, which was
    /// left out, added, replaced or swapped with its neighbour.
    ///
    /// Few of these spellings have a valid check character. Returns an empty list unless the text
    /// looks like a reference: `CP` and seven to nine characters, or eight letters and digits.
    #[must_use]
    pub fn nearest(typed: &str) -> Vec<Self> {
        let Some(typed) = Self::mistyped(typed) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut add = |letters: Vec<u8>| {
            if let Ok(values) = <[u8; CHARACTERS]>::try_from(letters)
                && weighted_sum(values) == 0
                && !found.contains(&Self::of(values))
            {
                found.push(Self::of(values));
            }
        };
        for at in 0..=typed.len() {
            let (before, after) = typed.split_at(at);
            if let [next, second, rest @ ..] = after {
                add([before, &[*second, *next], rest].concat());
            }
            for value in 0..32 {
                add([before, &[value], after.get(1..).unwrap_or_default()].concat());
                add([before, &[value], after].concat());
            }
            add([before, after.get(1..).unwrap_or_default()].concat());
        }
        found
    }

    /// Whether a text looks like a reference but is not one, because it has a mistake.
    #[must_use]
    pub fn is_mistyped(typed: &str) -> bool {
        Self::mistyped(typed).is_some()
    }

    /// Returns the values of the characters of a text that looks like a reference but is not one. A
    /// character that no reference has, such as U, gets the value 0.
    fn mistyped(typed: &str) -> Option<Vec<u8>> {
        if is_oversized(typed, WIDTH) || Self::parse(typed).is_ok() {
            return None;
        }
        let bare: String = squeezed(typed)
            .chars()
            .filter(|&letter| !is_dash(letter))
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        if !bare.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let has = |which: fn(&u8) -> bool| bare.as_bytes().iter().any(which);
        let characters = match bare.strip_prefix("CP") {
            Some(rest) if (CHARACTERS - 1..=CHARACTERS + 1).contains(&rest.len()) => rest,
            _ if bare.len() == CHARACTERS
                && has(u8::is_ascii_digit)
                && has(u8::is_ascii_alphabetic) =>
            {
                &bare
            }
            _ => return None,
        };
        Some(
            characters
                .bytes()
                .map(|byte| value(byte).unwrap_or_default())
                .collect(),
        )
    }

    /// Returns a part of a reference in the canonical spelling, without `CP`. The typed part has
    /// four to seven letters and digits, with or without `CP`. Returns `None` if the text cannot be
    /// a part of a reference.
    #[must_use]
    pub fn part(typed: &str) -> Option<String> {
        if is_oversized(typed, WIDTH) {
            return None;
        }
        let bare: String = squeezed(typed)
            .chars()
            .filter(|&letter| !is_dash(letter))
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        let part = bare
            .strip_prefix("CP")
            .filter(|rest| rest.len() >= CHARACTERS / 2)
            .unwrap_or(&bare);
        if !(CHARACTERS / 2..CHARACTERS).contains(&part.len()) {
            return None;
        }
        let letters: Option<Vec<u8>> = part.bytes().map(value).collect();
        let letters = letters?
            .into_iter()
            .map(|value| char::from(ALPHABET[usize::from(value)]));
        Some(letters.collect())
    }

    fn of(values: [u8; CHARACTERS]) -> Self {
        let mut letters = *b"CP-____-____";
        for (place, value) in PLACES.into_iter().zip(values) {
            letters[place] = ALPHABET[usize::from(value & 31)];
        }
        Self(letters)
    }
}

impl_text_traits!(Reference);

const WIDTH: usize = 12;
const CHARACTERS: usize = 8;

/// The positions of the eight characters in the canonical spelling.
const PLACES: [usize; CHARACTERS] = [3, 4, 5, 6, 8, 9, 10, 11];

/// Crockford's base 32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The powers 7 to 0 of the field's primitive element: all different, and none is zero.
const WEIGHTS: [u8; CHARACTERS] = {
    let mut weights = [1; CHARACTERS];
    let mut place = CHARACTERS - 1;
    while place > 0 {
        weights[place - 1] = doubled(weights[place]);
        place -= 1;
    }
    weights
};

fn values(characters: &str) -> Option<[u8; CHARACTERS]> {
    let characters: [u8; CHARACTERS] = characters.as_bytes().try_into().ok()?;
    let mut values = [0; CHARACTERS];
    for (place, character) in values.iter_mut().zip(characters) {
        *place = value(character)?;
    }
    Some(values)
}

/// Returns the value of an upper-case letter or a digit; `None` for a character that no reference
/// has.
fn value(character: u8) -> Option<u8> {
    let meant = match character {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    let place = ALPHABET.iter().position(|&letter| letter == meant)?;
    u8::try_from(place).ok()
}

fn weighted_sum(values: [u8; CHARACTERS]) -> u8 {
    values
        .into_iter()
        .zip(WEIGHTS)
        .fold(0, |sum, (value, weight)| sum ^ times(value, weight))
}

/// Multiplies two elements of the field of 32 elements.
fn times(value: u8, weight: u8) -> u8 {
    let mut product = 0;
    let mut shifted = value;
    for bit in 0..5 {
        if weight >> bit & 1 == 1 {
            product ^= shifted;
        }
        shifted = doubled(shifted);
    }
    product
}

/// Multiplies an element by the primitive element, modulo the polynomial x^5 + x^2 + 1.
const fn doubled(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 == 0 {
        shifted
    } else {
        shifted ^ 0b10_0101
    }
}

fn problem_format() -> Problem {
    new_problem(
        "reference-format",
        "Reference must be CP and 8 letters and numbers, like CP-7K3M-9QXF",
    )
}

fn new_problem(code: &'static str, words: &'static str) -> Problem {
    Problem::new("reference", code, words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_weights_differ_and_none_is_zero() {
        for (place, weight) in WEIGHTS.into_iter().enumerate() {
            assert_ne!(weight, 0);
            assert!(!WEIGHTS[place + 1..].contains(&weight));
        }
        assert_eq!(WEIGHTS[CHARACTERS - 1], 1);
    }

    #[test]
    fn the_field_has_no_divisors_of_zero() {
        for value in 1..32 {
            for weight in 1..32 {
                assert_ne!(times(value, weight), 0, "{value} × {weight}");
            }
        }
    }

    #[test]
    fn the_example_of_the_words_is_a_reference() {
        let example = Reference::parse("CP-7K3M-9QXF");
        assert_eq!(
            example.map(|kept| kept.as_str().to_owned()).as_deref(),
            Ok("CP-7K3M-9QXF")
        );
    }

    #[test]
    fn familiar_spellings() {
        let zero = Reference::from_random(0);
        assert_eq!(zero.as_str(), "CP-0000-0000");
        for typed in [
            "CP-0000-0000",
            "cp-0000-0000",
            "CP00000000",
            "cp 0000 0000",
            "0000-0000",
            "00000000",
            "CP--0000–0000",
            " CP‑0000‑0000\u{a0}",
            "OOOO-oooo",
            "CP-OOOO-OOOO",
            "C P 0 0 0 0 0 0 0 0",
        ] {
            assert_eq!(Reference::parse(typed), Ok(zero), "{typed:?}");
        }
    }

    #[test]
    fn faults() {
        for (typed, code) in [
            ("", "reference-empty"),
            (" - ", "reference-empty"),
            ("CP", "reference-format"),
            ("CP-0000-000", "reference-format"),
            ("CP-0000-00000", "reference-format"),
            ("CP-0000-000U", "reference-format"),
            ("CP-0000-000£", "reference-format"),
            ("XX-0000-0000", "reference-format"),
            ("CP-0000-0001", "reference-mistyped"),
        ] {
            assert_eq!(
                Reference::parse(typed).map_err(|problem| problem.code),
                Err(code.into()),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn a_reference_that_begins_with_cp_itself() {
        let reference = Reference::from_random(0b10110_01100);
        assert!(reference.as_str().starts_with("CP-CP00"));
        assert_eq!(Reference::parse(&reference.as_str()[3..]), Ok(reference));
    }

    #[test]
    fn names_and_short_texts_are_near_no_reference() {
        for typed in [
            "Bradshaw",
            "CP",
            "CP-7K3M",
            "12345678",
            "CP-7K3M-9QXF",
            "CP-!!!!-!!!!",
            "",
        ] {
            assert!(Reference::nearest(typed).is_empty(), "{typed}");
        }
    }

    #[test]
    fn parts_of_a_reference() {
        for (typed, part) in [
            ("7k3m", Some("7K3M")),
            ("CP-7K3M", Some("7K3M")),
            ("cp 7k3m 9o", Some("7K3M90")),
            ("CP12", Some("CP12")),
            ("7K3", None),
            ("7K3U", None),
            ("CP-7K3M-9QXF", None),
        ] {
            assert_eq!(Reference::part(typed).as_deref(), part, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn one_mistake_is_near_the_reference_that_was_meant(bits in any::<u64>(), at in 0_usize..8, other in 0_usize..32) {
            let meant = Reference::from_random(bits);
            let letters: Vec<char> = meant.as_str()[3..].replace('-', "").chars().collect();
            let mut replaced = letters.clone();
            replaced[at] = char::from(ALPHABET[other]);
            let mut added = letters.clone();
            added.insert(at, char::from(ALPHABET[other]));
            let mut left_out = letters.clone();
            left_out.remove(at);
            let mut swapped = letters.clone();
            swapped.swap(at, (at + 1).min(7));
            for mistyped in [replaced, added, left_out, swapped] {
                let typed: String = "CP".chars().chain(mistyped).collect();
                if Reference::parse(&typed) == Ok(meant) {
                    continue;
                }
                let nearest = Reference::nearest(&typed);
                prop_assert!(nearest.contains(&meant) || Reference::parse(&typed).is_ok(), "{typed}: {nearest:?}");
                prop_assert!(nearest.len() <= 24, "{nearest:?}");
            }
        }

        #[test]
        fn every_mistyped_character_is_caught(bits in any::<u64>()) {
            let reference = Reference::from_random(bits);
            for place in PLACES {
                for &other in ALPHABET {
                    let mut mistyped = reference.0;
                    if mistyped[place] == other {
                        continue;
                    }
                    mistyped[place] = other;
                    let typed = std::str::from_utf8(&mistyped).expect("ASCII");
                    prop_assert_eq!(Reference::parse(typed).map_err(|problem| problem.code), Err("reference-mistyped".into()));
                }
            }
        }

        #[test]
        fn every_swap_is_caught(bits in any::<u64>()) {
            let reference = Reference::from_random(bits);
            for one in PLACES {
                for other in PLACES {
                    let mut swapped = reference.0;
                    swapped.swap(one, other);
                    let typed = std::str::from_utf8(&swapped).expect("ASCII");
                    prop_assert_eq!(Reference::parse(typed).is_ok(), swapped == reference.0);
                }
            }
        }

        #[test]
        fn every_reference_reads_back(bits in any::<u64>()) {
            let reference = Reference::from_random(bits);
            prop_assert_eq!(Reference::parse(reference.as_str()), Ok(reference));
            prop_assert_eq!(Reference::parse(&reference.as_str().to_lowercase().replace('-', " ")), Ok(reference));
            prop_assert_eq!(Reference::parse(&reference.as_str()[3..].replace('0', "o").replace('1', "l")), Ok(reference));
            prop_assert_eq!(Reference::from_random(bits & ((1 << Reference::BITS) - 1)), reference);
            let json = serde_json::to_string(&reference).expect("a string");
            prop_assert_eq!(serde_json::from_str::<Reference>(&json).expect("a reference"), reference);
        }

        #[test]
        fn never_panics(typed in any::<String>()) {
            if let Ok(tidied) = Reference::check(&typed) {
                prop_assert_eq!(Reference::check(&tidied), Ok(tidied.clone()));
            }
        }
    }
}
