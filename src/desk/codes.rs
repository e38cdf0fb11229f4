//! Numbers, postcodes and references as officers type them in a search: with a label, with spaces,
//! or in part.

use crate::identifiers::{Reference, Telephone};
use crate::text::{is_dash, squeezed};

/// The words that may precede a number, a postcode, a reference or an address.
const LABELS: [&str; 31] = [
    "about",
    "account",
    "bar",
    "bsb",
    "code",
    "email",
    "firm",
    "id",
    "laa",
    "law",
    "mail",
    "mailto",
    "mob",
    "mobile",
    "no",
    "number",
    "office",
    "phone",
    "postcode",
    "re",
    "ref",
    "reference",
    "society",
    "solicitor",
    "sra",
    "subject",
    "tel",
    "telephone",
    "dx",
    "our",
    "your",
];
/// The number of letters and digits in a reference, with `CP`.
const REFERENCE_LETTERS: usize = 10;
/// The maximum length of a number or a postcode, in characters without spaces.
const MAX_CODE_CHARACTERS: usize = 8;
/// The minimum number of digits in a part of a telephone number.
const MIN_TELEPHONE_DIGITS: usize = 5;
/// The maximum number of digits in a telephone number.
const MAX_TELEPHONE_DIGITS: usize = 15;

/// The minimum number of digits in a telephone number that is found among words.
const MIN_NUMBER_AMONG_WORDS: usize = 9;

/// Returns a search without the labels before its number, reference or address, as in `SRA 316713`,
/// `SRA316713` or `Ref: CP-7K3M-9QXF`. Other texts are returned whole.
#[must_use]
pub(super) fn without_label(typed: &str) -> &str {
    let mut rest = typed.trim();
    loop {
        let end = rest
            .find(|letter: char| !letter.is_alphabetic())
            .unwrap_or(rest.len());
        let (label, after) = rest.split_at(end);
        // `e-mail` is the only label with a dash.
        let after = match after.strip_prefix("-mail") {
            Some(after) if label.eq_ignore_ascii_case("e") => after,
            _ if is_label(label) => after,
            _ => break,
        };
        rest = after.trim_start_matches(|letter: char| {
            letter.is_whitespace() || is_dash(letter) || matches!(letter, ':' | '.' | '#' | '=')
        });
    }
    if is_code(rest) { rest } else { typed.trim() }
}

/// Whether a word may precede a number, a postcode, a reference or an address.
#[must_use]
pub fn is_label(word: &str) -> bool {
    LABELS.contains(&&*word.to_lowercase())
}

/// Returns the reference that a search is or contains; `None` if there is none.
#[must_use]
pub(super) fn quoted_reference(typed: &str) -> Option<Reference> {
    if let Ok(reference) = Reference::parse(typed) {
        return Some(reference);
    }
    let mut quoted = texts_like_references(typed);
    quoted.find_map(|text| Reference::parse(&text).ok())
}

/// Returns the mistyped reference that a search is or contains; `None` if there is none.
#[must_use]
pub(super) fn mistyped_reference(typed: &str) -> Option<String> {
    if Reference::is_mistyped(typed) {
        return Some(typed.to_owned());
    }
    let pieces = typed.split(|letter: char| !letter.is_alphanumeric() && !is_dash(letter));
    let pieces = pieces.filter(|piece| begins_as_reference(piece));
    let mut pieces = pieces
        .map(str::to_owned)
        .chain(texts_like_references(typed));
    pieces.find(|piece| has_digit(piece) && Reference::is_mistyped(piece))
}

/// Returns, for each word of a text that begins with `CP`, the first ten letters and digits from
/// there, without the characters between them.
fn texts_like_references(typed: &str) -> impl Iterator<Item = String> {
    let mut before = None;
    let starts = typed.char_indices().filter(move |(_, letter)| {
        let is_start = !before.replace(*letter).is_some_and(char::is_alphanumeric);
        is_start && letter.is_alphanumeric()
    });
    starts
        .map(|(at, _)| &typed[at..])
        .filter(|text| begins_as_reference(text))
        .map(|text| {
            text.chars()
                .filter(|letter| letter.is_alphanumeric())
                .take(REFERENCE_LETTERS)
                .collect()
        })
}

fn begins_as_reference(text: &str) -> bool {
    let mut letters = text.chars();
    let first = [letters.next(), letters.next()];
    let [Some(first), Some(second)] = first else {
        return false;
    };
    first.eq_ignore_ascii_case(&'C') && second.eq_ignore_ascii_case(&'P')
}

/// Returns a search in which each telephone number among words is replaced by its digits as dialled
/// in the United Kingdom.
#[must_use]
pub(super) fn with_numbers_dialled(typed: &str) -> String {
    let is_of_number = |letter: char| {
        letter.is_ascii_digit()
            || letter.is_whitespace()
            || is_dash(letter)
            || "+()./".contains(letter)
    };
    let mut text = String::new();
    let mut rest = typed;
    while !rest.is_empty() {
        let end = rest.find(is_of_number).unwrap_or(rest.len());
        let (words, after) = rest.split_at(end);
        let end = after
            .find(|letter| !is_of_number(letter))
            .unwrap_or(after.len());
        let (number, after) = after.split_at(end);
        text.push_str(words);
        let is_long = digits_of(number).len() >= MIN_NUMBER_AMONG_WORDS;
        match dialled(number.trim()).filter(|_| is_long) {
            Some(dialled) => {
                text.push(' ');
                text.push_str(&dialled);
                text.push(' ');
            }
            None => text.push_str(number),
        }
        rest = after;
    }
    text
}

/// Returns each reading of a search as a number, a postcode, a domain or a part of a reference,
/// spelt as in the index.
#[must_use]
pub(super) fn codes(typed: &str) -> Vec<String> {
    let mut codes = Vec::new();
    let mut add = |code: String| {
        if !codes.contains(&code) {
            codes.push(code);
        }
    };
    if let Some(telephone) = telephone(typed) {
        add(telephone);
    }
    let bare: String = squeezed(typed)
        .chars()
        .filter(|letter| !is_dash(*letter))
        .collect();
    if has_digit(&bare)
        && bare.chars().count() <= MAX_CODE_CHARACTERS
        && bare.chars().all(char::is_alphanumeric)
    {
        add(bare.to_lowercase());
    }
    if is_domain(typed) {
        add(["@", &typed.to_lowercase()].concat());
    }
    let begins_as_reference = bare.to_ascii_uppercase().starts_with("CP");
    if (has_digit(&bare) || begins_as_reference)
        && let Some(part) = Reference::part(typed)
    {
        add(part.to_lowercase());
    }
    codes
}

/// Returns the digits of a telephone number as they are dialled in the United Kingdom; `None` if
/// the number is not valid.
#[must_use]
pub fn dialled(telephone: &str) -> Option<String> {
    let e164 = Telephone::check(telephone).ok()?;
    Some(digits_of(&e164.national()))
}

/// Returns a telephone number, or a part of one, as it is dialled; `None` for other texts.
fn telephone(typed: &str) -> Option<String> {
    if let Some(dialled) = dialled(typed) {
        return Some(dialled);
    }
    let is_number = typed.chars().all(|letter| {
        letter.is_ascii_digit()
            || letter.is_whitespace()
            || is_dash(letter)
            || "+()./".contains(letter)
    });
    let digits = digits_of(typed);
    if !is_number || !(MIN_TELEPHONE_DIGITS..=MAX_TELEPHONE_DIGITS).contains(&digits.len()) {
        return None;
    }
    let is_abroad = typed.trim_start().starts_with('+');
    let abroad = if is_abroad {
        Some(&*digits)
    } else {
        digits.strip_prefix("00")
    };
    Some(match abroad {
        Some(international) => match international.strip_prefix("44") {
            Some(rest) => ["0", rest.trim_start_matches('0')].concat(),
            None => international.to_owned(),
        },
        None => digits,
    })
}

/// Whether a text can be the domain of an email address.
fn is_domain(text: &str) -> bool {
    text.contains('.')
        && !text.starts_with('.')
        && text
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'))
        && text.chars().any(char::is_alphabetic)
}

fn is_code(text: &str) -> bool {
    let bare = squeezed(text);
    text.contains('@')
        || quoted_reference(text).is_some()
        || Reference::is_mistyped(text)
        || telephone(text).is_some()
        || (has_digit(&bare) && bare.chars().count() <= MAX_CODE_CHARACTERS)
        || Reference::part(text).is_some_and(|_| text.to_ascii_uppercase().starts_with("CP"))
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_left_out_before_numbers_references_and_addresses() {
        for (typed, sought) in [
            ("SRA 316713", "316713"),
            ("SRA no. 316713", "316713"),
            ("Ref: CP-7K3M-9QXF", "CP-7K3M-9QXF"),
            ("tel 07700 900123", "07700 900123"),
            ("Email: jane@firm.example", "jane@firm.example"),
            ("Bar Chambers", "Bar Chambers"),
            ("No 5 Chambers", "No 5 Chambers"),
            ("SRA", "SRA"),
            ("SRA316713", "316713"),
            ("SRA-ID = 316713", "316713"),
            ("Law Society 316713", "316713"),
            ("office code: 1A234B", "1A234B"),
            ("mailto:jane@firm.example", "jane@firm.example"),
            ("E-mail jane@firm.example", "jane@firm.example"),
            ("Firm of Crane", "Firm of Crane"),
        ] {
            assert_eq!(without_label(typed), sought, "{typed}");
        }
    }

    #[test]
    fn a_reference_is_found_within_other_words() {
        let reference = Reference::parse("CP-7K3M-9QXF").unwrap();
        for typed in [
            "cp7k3m9qxf",
            "about CP-7K3M-9QXF.",
            "Hartwell (CP-7K3M-9QXF)",
            "Re:CP-7K3M-9QXF",
            "CP_7K3M_9QXF",
            "CP/7K3M/9QXF",
            "your email about cp 7k3m 9qxf today",
        ] {
            assert_eq!(quoted_reference(typed), Some(reference), "{typed}");
        }
        assert_eq!(quoted_reference("Hartwell Crane"), None);
        let mistyped = mistyped_reference("about CP 7K3M 9QXG");
        assert_eq!(mistyped.as_deref(), Some("CP7K3M9QXG"));
        assert_eq!(mistyped_reference("CPS Crown Prosecution"), None);
    }

    #[test]
    fn a_telephone_number_among_words_is_spelt_as_it_is_dialled() {
        for (typed, text) in [
            ("Hartwell +44 7700 900123", "Hartwell 07700900123 "),
            (
                "Hartwell (07700) 900-123, Wen",
                "Hartwell 07700900123 , Wen",
            ),
            ("5 Essex Chambers", "5 Essex Chambers"),
            ("SRA 316713 WR1 2ND", "SRA 316713 WR1 2ND"),
        ] {
            assert_eq!(with_numbers_dialled(typed), text);
        }
    }

    #[test]
    fn numbers_postcodes_and_parts_of_references_are_spelt_as_the_index_spells_them() {
        for (typed, code) in [
            ("+44 7700 900123", "07700900123"),
            ("0044 (0)7700 900-123", "07700900123"),
            ("447700900123", "07700900123"),
            ("07700900123", "07700900123"),
            ("7700 900123", "07700900123"),
            ("+44 7700 900", "07700900"),
            ("+353 1 496 0000", "35314960000"),
            ("WR1 2ND", "wr12nd"),
            ("1a 234b", "1a234b"),
            ("483452", "483452"),
            ("7K3M-9Q", "7k3m9q"),
            ("CP-7K3M", "7k3m"),
            ("cp-7k3o", "7k30"),
            ("Quill.example", "@quill.example"),
        ] {
            assert!(
                codes(typed).contains(&code.to_owned()),
                "{typed}: {:?}",
                codes(typed)
            );
        }
        for typed in ["Crane LLP", "5 Essex Chambers", "Hartwell", "crane"] {
            assert!(codes(typed).is_empty(), "{typed}");
        }
    }
}
