//! Parses a telephone number as people and spreadsheets write it. `Telephone` and `Mobile` share
//! this parser and then apply their own rules.
//!
//! Lengths and first digits follow Ofcom's National Telephone Numbering Plan and, for other
//! countries, ITU-T E.164 with its list of country codes.

use std::borrow::Cow;

use super::e164::E164;
use super::labelled;
use crate::left_words::says_out_of_use;
use crate::problem::Problem;
use crate::text::{is_dash, is_invisible, is_oversized, tidy};

/// A parsed telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub e164: E164,
    /// Whether an extension such as `ext 12` followed the number.
    pub extended: bool,
}

/// The reason why a number cannot be parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Empty,
    /// A spreadsheet wrote the number as `4.477E+11`, so digits are lost.
    Shortened,
    Letters,
    Character(char),
    TooShort,
    TooLong,
    /// No number of the United Kingdom begins with the first digits of this number, such as `04`.
    Prefix,
    /// The country code of this number is not assigned to a country.
    Country,
    /// The words beside the number say that it is no longer in use.
    OutOfUse,
}

/// Parses a telephone number. A label before it (`tel:`) and a remark behind it (`(work)`) are
/// ignored.
///
/// A number of the United Kingdom may have any usual spelling; a number of another country must
/// begin with `+` or `00`.
pub(super) fn read(typed: &str) -> Result<Number, Fault> {
    if is_oversized(typed, LIMIT) || (typed.len() > LIMIT && tidy(typed).chars().count() > LIMIT) {
        return Err(Fault::TooLong);
    }
    let typed = typed.trim();
    let scanned = match scan(typed) {
        Err(fault) => {
            let bare = labelled::telephone(typed).ok_or(fault)?;
            let bare = scan(bare).map_err(|_| fault)?;
            if says_out_of_use(typed) {
                return Err(Fault::OutOfUse);
            }
            bare
        }
        scanned => scanned?,
    };
    let digits = &scanned.digits[..scanned.length];
    let abroad = if scanned.plus {
        Some(digits.strip_prefix(b"00").unwrap_or(digits))
    } else {
        digits.strip_prefix(b"00")
    };
    let e164 = match abroad {
        Some([]) => Err(Fault::TooShort),
        None if digits.is_empty() => Err(Fault::Empty),
        Some([b'4', b'4', rest @ ..]) => home(rest),
        // A number of the United Kingdom without its leading zero never begins with 4, so 44 is the
        // country code.
        None => home(digits.strip_prefix(b"44").unwrap_or(digits)),
        Some(international) => away(international, &scanned),
    }?;
    Ok(Number {
        e164,
        extended: scanned.extended,
    })
}

/// Returns a valid number as typed, tidied and without a label before it and a remark behind it.
pub(super) fn as_typed(typed: &str) -> Cow<'_, str> {
    let typed = typed.trim();
    match labelled::telephone(typed) {
        Some(bare) if scan(typed).is_err() => tidy(bare),
        _ => tidy(typed),
    }
}

/// Returns the warning about a valid number that was read without its label or remark; `None` if
/// the number has neither. `field` is the field, and `noun` its name in the message.
pub(super) fn warning(typed: &str, field: &'static str, noun: &str) -> Option<Problem> {
    let read_as = read_as(typed)?;
    let code = [field, "-read-as"].concat();
    Some(Problem::new(
        field,
        code,
        format!("Check the {noun}: {read_as}"),
    ))
}

/// Says how a number was read without its label or remark; `None` if the number has neither.
pub(super) fn read_as(typed: &str) -> Option<String> {
    let read = as_typed(typed);
    let whole = tidy(typed);
    (read != whole).then(|| format!("we read {whole} as {read}"))
}

/// The maximum length of a typed number, in characters, with its spaces, brackets and extension.
pub(super) const LIMIT: usize = 60;

/// The maximum number of digits that are read, which is enough to tell that a number is too long.
const ROOM: usize = 20;

struct Scan {
    digits: [u8; ROOM],
    length: usize,
    plus: bool,
    extended: bool,
    /// The index in `digits` of a digit alone in brackets, such as the trunk prefix in `+44 (0)20`.
    trunk: Option<usize>,
}

fn scan(typed: &str) -> Result<Scan, Fault> {
    let bytes = typed.as_bytes();
    let mut scan = Scan {
        digits: [0; ROOM],
        length: 0,
        plus: false,
        extended: false,
        trunk: None,
    };
    let mut separators = 0_u32;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let mut width = 1;
        let digit = match byte {
            b'0'..=b'9' => Some(byte),
            b' ' | b'-' | b'(' | b')' | b'[' | b']' | b'/' | b'\t' | b'\n' | b'\r' => {
                separators += 1;
                None
            }
            b'.' if at == 0 || bytes[at - 1] != b'.' => {
                separators += 1;
                None
            }
            b'+' if !scan.plus
                && scan.digits[..scan.length].iter().all(|&zero| zero == b'0')
                && scan.length < 2 =>
            {
                scan.plus = true;
                scan.length = 0;
                None
            }
            // Spreadsheets mark a text cell with a leading apostrophe.
            b'\'' if at == 0 => None,
            _ => {
                let letter = typed[at..].chars().next().unwrap_or('\u{FFFD}');
                width = letter.len_utf8();
                match letter {
                    '０'..='９' => u8::try_from(u32::from(letter) - u32::from('０'))
                        .ok()
                        .map(|value| b'0' + value),
                    _ if is_dash(letter) || is_invisible(letter) || letter.is_whitespace() => {
                        separators += 1;
                        None
                    }
                    '’' | '‘' if at == 0 => None,
                    _ if scan.length >= 9 && is_extension(&typed[at..]) => {
                        scan.extended = true;
                        break;
                    }
                    _ if is_shortened(typed) => return Err(Fault::Shortened),
                    _ if letter.is_alphabetic() => return Err(Fault::Letters),
                    _ => return Err(Fault::Character(letter)),
                }
            }
        };
        if let Some(digit) = digit {
            if at > 0 && bytes[at - 1] == b'(' && bytes.get(at + 1) == Some(&b')') {
                scan.trunk = Some(scan.length);
            }
            // Further digits are dropped, because the number is already too long.
            if scan.length < ROOM {
                scan.digits[scan.length] = digit;
                scan.length += 1;
            }
        }
        at += width;
    }
    if separators == 1 && typed.ends_with(".0") {
        scan.length -= 1;
    }
    Ok(scan)
}

/// Whether the rest of the text is an extension: `ext 12`, `extension 12`, `extn. 12`, `x12`,
/// `#12`.
fn is_extension(rest: &str) -> bool {
    let lower = rest.to_ascii_lowercase();
    let number = ["extension", "extn", "ext", "x", "#"]
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .map(|number| number.trim_start_matches(['.', ':', ' ']).trim_end());
    number.is_some_and(|number| {
        (1..=7).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a spreadsheet wrote the number with an exponent: `4.477E+11`, `4,477E+11`, `4E+11`.
pub(super) fn is_shortened(typed: &str) -> bool {
    let Some((mantissa, exponent)) = typed.split_once(['E', 'e']) else {
        return false;
    };
    let exponent = exponent.trim_start().trim_start_matches('+').trim_end();
    let mantissa = mantissa.trim().trim_start_matches(['+', '\'']);
    mantissa.starts_with(|first: char| first.is_ascii_digit())
        && mantissa.matches(['.', ',']).count() <= 1
        && mantissa
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',')
        && (1..=3).contains(&exponent.len())
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
}

/// Parses the digits of a number of the United Kingdom, with or without the leading zero.
///
/// The zero may be absent because spreadsheets drop it, or present after the country code, as in
/// `+44 (0)7700 900123`.
fn home(national: &[u8]) -> Result<E164, Fault> {
    let rest = national.strip_prefix(b"0").unwrap_or(national);
    let nine_will_do = matches!(rest, [b'1', ..] | [b'8' | b'5', b'0', b'0', ..]);
    match rest {
        _ if rest.len() < 9 => Err(Fault::TooShort),
        _ if rest.len() > 10 => Err(Fault::TooLong),
        [b'0' | b'4' | b'6', ..] => Err(Fault::Prefix),
        _ if rest.len() == 9 && !nine_will_do => Err(Fault::TooShort),
        _ => Ok(E164::of(b"44", rest)),
    }
}

/// Parses the digits of a number of another country, which begin with the country code.
fn away(international: &[u8], scanned: &Scan) -> Result<E164, Fault> {
    let width = country_width(international).ok_or(Fault::Country)?;
    let (country, rest) = international.split_at(width);
    let mut kept = [0; ROOM];
    let mut length = 0;
    for (place, &digit) in rest.iter().enumerate() {
        let dropped = (scanned.length - international.len()) + width + place;
        // In Italy the zero is part of the number; in Russia the trunk prefix is 8 instead of 0.
        let is_trunk = scanned.trunk == Some(dropped)
            && match digit {
                b'0' => country != b"39",
                b'8' => country == b"7",
                _ => false,
            };
        if !is_trunk {
            kept[length] = digit;
            length += 1;
        }
    }
    let rest = &kept[..length];
    let fewest = match country {
        b"683" | b"690" => 4,
        b"1" => 10,
        _ => 5,
    };
    if length < fewest || width + length < 7 {
        return Err(Fault::TooShort);
    }
    if width + length > 15 || (country == b"1" && length > 10) {
        return Err(Fault::TooLong);
    }
    Ok(E164::of(country, rest))
}

/// Returns the number of digits of the country code, by the ITU's list of assigned codes; `None` if
/// no country has the code.
fn country_width(international: &[u8]) -> Option<usize> {
    let (first, second, third) = match *international {
        [b'1' | b'7', ..] => return Some(1),
        [first, second, third, ..] => (first, second, third - b'0'),
        _ => return None,
    };
    // Bit n is set if the first two digits followed by n are an assigned country code.
    let thirds: u16 = match (first, second) {
        (b'2', b'0' | b'7')
        | (b'3', b'0'..=b'4' | b'6' | b'9')
        | (b'4', b'0' | b'1' | b'3'..=b'9')
        | (b'5', b'1'..=b'8')
        | (b'6', b'0'..=b'6')
        | (b'8', b'1' | b'2' | b'4' | b'6')
        | (b'9', b'0'..=b'5' | b'8') => return Some(2),
        (b'2', b'1') => 0b01_0100_1110,
        (b'2', b'2'..=b'4' | b'6') | (b'3', b'5' | b'7') | (b'5', b'0' | b'9') => 0b11_1111_1111,
        (b'2', b'5') | (b'9', b'6') => 0b01_1111_1111,
        (b'2', b'9') => 0b11_1000_0011,
        (b'3', b'8') => 0b10_1110_1111,
        (b'4', b'2') => 0b00_0000_1011,
        (b'6', b'7') => 0b11_1111_1101,
        (b'6', b'8') => 0b11_1110_1111,
        (b'6', b'9') => 0b00_0000_0111,
        (b'8', b'0' | b'7') => 0b01_0000_0001,
        (b'8', b'5') => 0b00_0110_1101,
        (b'8', b'8') => 0b01_0100_1111,
        (b'9', b'7') => 0b10_1111_1111,
        (b'9', b'9') => 0b01_0111_1100,
        _ => 0,
    };
    (thirds >> third & 1 == 1).then_some(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn e164(typed: &str) -> Result<String, Fault> {
        read(typed).map(|number| number.e164.to_string())
    }

    #[test]
    fn spellings_of_one_number() {
        for typed in [
            "07700900123",
            "7700900123",
            "7700900123.0",
            "447700900123.0",
            "07700 900123",
            "07700-900-123",
            "(07700) 900123",
            "07700.900.123",
            "07700/900123",
            "07700 900 123.",
            "0044 7700900123",
            "00447700900123",
            "+447700900123",
            "+44 7700 900 123",
            "+44 (0)7700 900 123",
            "+44(0)7700900123",
            "+4407700 900 123",
            "+44 [0] 7700 900123",
            "447700900123",
            "44 (0)7700 900123",
            "0+447700900123",
            "+00447700900123",
            "(+44) 7700 900123",
            "'07700900123",
            "07700–900—123",
            "07700‑900−123",
            "０７７００９００１２３",
            "\u{200b}\t\t+44 (0)7700 900 123\u{feff} \r\n",
            "07700\u{a0}900\u{202f}123",
        ] {
            assert_eq!(e164(typed).as_deref(), Ok("+447700900123"), "{typed:?}");
        }
    }

    #[test]
    fn numbers_of_other_countries() {
        for (typed, expected) in [
            ("+7 (8) (495) 123-45-67", "+74951234567"),
            ("007 (8) (495) 123-45-67", "+74951234567"),
            ("+1 202 555 0104", "+12025550104"),
            ("+1‑202–555—010−4", "+12025550104"),
            ("0012025550104", "+12025550104"),
            ("+0012025550104", "+12025550104"),
            ("+230 5 2512345", "+23052512345"),
            ("+682 50 123", "+68250123"),
            ("+683 4123", "+6834123"),
            ("+33122334455", "+33122334455"),
            ("+33 (0)1 22 33 44 55", "+33122334455"),
            ("+33 (1) 22 33 44 55", "+33122334455"),
            ("0033122334455", "+33122334455"),
            ("+39 (0)6 1234 5678", "+390612345678"),
            ("+43 676 111 222 333 4", "+436761112223334"),
            ("+353 1 496 0000", "+35314960000"),
        ] {
            assert_eq!(e164(typed).as_deref(), Ok(expected), "{typed:?}");
        }
    }

    #[test]
    fn faults() {
        for (typed, fault) in [
            ("", Fault::Empty),
            (" - ", Fault::Empty),
            ("\u{200b}", Fault::Empty),
            ("+", Fault::TooShort),
            ("00", Fault::TooShort),
            ("4.477E+11", Fault::Shortened),
            ("4.47701E+11", Fault::Shortened),
            ("4,477E+11", Fault::Shortened),
            ("7.7009e9", Fault::Shortened),
            ("7E+09", Fault::Shortened),
            ("+999 123456", Fault::Country),
            ("+210 123456", Fault::Country),
            ("+12345 12345 12345 6", Fault::TooLong),
            ("+33 1 22 33 44 55 66 77 88", Fault::TooLong),
            ("+682 1234", Fault::TooShort),
            ("+1 202 555 010", Fault::TooShort),
            ("80100000000", Fault::TooLong),
            ("1-202-555-0104", Fault::TooLong),
            ("1234567", Fault::TooShort),
            ("441174960", Fault::TooShort),
            ("+07700900123", Fault::Country),
            ("07700 900123 +", Fault::Character('+')),
            ("12345678901234567890123456789", Fault::TooLong),
            ("12345678901234567890123456789 ☞", Fault::Character('☞')),
            ("079OO900123", Fault::Letters),
            ("01632 960 001 extra", Fault::Letters),
            ("01632 ext 12", Fault::Letters),
        ] {
            assert_eq!(e164(typed), Err(fault), "{typed:?}");
        }
    }

    #[test]
    fn only_assigned_country_codes() {
        let assigned = (100..1000_u32)
            .filter(|code| country_width(code.to_string().as_bytes()) == Some(3))
            .count();
        assert_eq!(assigned, 170);
        for good in ["44", "1", "7", "353", "262", "972", "998", "886"] {
            let digits = format!("{good}123456");
            assert_eq!(country_width(digits.as_bytes()), Some(good.len()), "{good}");
        }
        for bad in [
            "0", "210", "259", "28", "384", "388", "422", "671", "684", "699", "83", "89", "969",
            "978", "990", "999",
        ] {
            let digits = format!("{bad}123456");
            assert_eq!(country_width(digits.as_bytes()), None, "{bad}");
        }
    }
}
