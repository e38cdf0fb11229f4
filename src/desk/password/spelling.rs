//! Undoes the spellings with which people disguise a word: `P@ssw0rd` for `password`, `!QAZ2wsx`
//! for `1qaz2wsx`.

use std::collections::BTreeSet;

/// Returns a lower-case password and its plain spellings.
///
/// In most plain spellings, signs and digits are replaced by the letters that they resemble. In one
/// plain spelling, signs are replaced by the digits on the same keys.
///
/// A digit at either end may stand for itself, as in `passw0rd1234`, or for a letter, as in
/// `4ever`. Both spellings are returned.
pub(super) fn spellings(lower: &str) -> BTreeSet<String> {
    let letters: Vec<char> = lower.chars().collect();
    let mut spellings = BTreeSet::from([
        lower.to_owned(),
        letters.iter().map(|sign| unshifted(*sign)).collect(),
    ]);
    let is_letter = |letter: &char| letter.is_alphabetic();
    let (Some(first), Some(last)) = (
        letters.iter().position(is_letter),
        letters.iter().rposition(is_letter),
    ) else {
        return spellings;
    };
    let starts = [0, first.saturating_sub(1), first];
    let ends = [last + 1, (last + 2).min(letters.len()), letters.len()];
    for one in ['i', 'l'] {
        for (start, end) in starts
            .iter()
            .flat_map(|start| ends.map(|end| (*start, end)))
        {
            let spelt = letters.iter().enumerate().map(|(place, letter)| {
                if (start..end).contains(&place) {
                    meant(*letter, one)
                } else {
                    *letter
                }
            });
            spellings.insert(spelt.collect());
        }
    }
    spellings
}

/// Returns the letter that a digit or sign resembles, or any other character unchanged. `one` is
/// the letter that 1, ! and | stand for.
const fn meant(letter: char, one: char) -> char {
    match letter {
        '0' => 'o',
        '1' | '!' | '|' => one,
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '6' | '9' => 'g',
        '7' | '+' => 't',
        '8' => 'b',
        '2' => 'z',
        '(' | '<' => 'c',
        other => other,
    }
}

/// Returns the digit on the same key as a sign, on a British or an American keyboard.
const fn unshifted(letter: char) -> char {
    match letter {
        '!' => '1',
        '"' | '@' => '2',
        '£' | '#' => '3',
        '$' => '4',
        '%' => '5',
        '^' => '6',
        '&' => '7',
        '*' => '8',
        '(' => '9',
        ')' => '0',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_word_is_among_its_spellings() {
        for (lower, spelt) in [
            ("p@ssw0rd1234", "password1234"),
            ("passw0rd!!!!", "password!!!!"),
            ("$unsh1ne2026", "sunshine2026"),
            ("adm1n1strat0r", "administrator"),
            ("admin1strat0r1", "administrator1"),
            ("we1c0me12345", "welcome12345"),
            ("princes$2026", "princess2026"),
            ("!qaz2wsx#edc", "1qaz2wsx3edc"),
            ("1234welc0m3", "1234welcome"),
            ("123456789012", "123456789012"),
        ] {
            assert!(spellings(lower).contains(spelt), "{lower}");
        }
    }
}
