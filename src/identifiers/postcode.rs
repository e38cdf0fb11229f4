//! A postcode of the United Kingdom, Jersey, Guernsey, the Isle of Man or the armed forces (BF1).
//!
//! The rule is GOV.UK Notify's: a real postcode area and the right format. Only the Royal Mail
//! knows whether a postcode exists. Spaces and punctuation are accepted anywhere, as GOV.UK's
//! "Addresses" pattern asks.

use std::borrow::Cow;

use super::text_newtype;
use crate::problem::Problem;
use crate::text::{is_dash, is_oversized, squeezed, tidy};

/// A postcode with one space before its last three characters, such as `N5 3EF`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode(String);

impl Postcode {
    /// The maximum length of a postcode, in characters with its space.
    pub const LIMIT: usize = 8;

    /// Checks a postcode and returns it in capitals with one space.
    ///
    /// Spaces, hyphens, brackets and full stops may be anywhere. A letter O or I in the place of a
    /// digit is read as 0 or 1, and a 0 or 1 in the place of a letter as O or I.
    ///
    /// # Errors
    /// `postcode-empty`, `postcode-partial` (`N5`), `postcode-bfpo` (`BFPO 1`), `postcode-area` (no
    /// such postcode area), `postcode-format`.
    pub fn check(typed: &str) -> Result<Cow<'_, str>, Problem> {
        if let Some((outward, inward)) = typed.split_once(' ')
            && is_outward(outward.as_bytes())
            && is_inward(inward.as_bytes())
        {
            return Ok(Cow::Borrowed(typed));
        }
        if is_oversized(typed, Self::LIMIT) {
            return Err(problem_format());
        }
        let bare: String = squeezed(typed)
            .chars()
            .filter(|&letter| !is_dash(letter) && !matches!(letter, '(' | ')' | '[' | ']' | '.'))
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        if let Some((outward, inward)) = halves(&bare)
            && is_outward(outward.as_bytes())
            && is_inward(inward.as_bytes())
        {
            return Ok(Cow::Owned(format!("{outward} {inward}")));
        }
        match in_place(&bare) {
            Some((outward, inward)) => Ok(Cow::Owned(format!("{outward} {inward}"))),
            None => Err(problem(&bare)),
        }
    }

    /// Returns the warning `postcode-read-as` if a letter was read as a digit or a digit as a
    /// letter.
    #[must_use]
    pub fn warning(typed: &str) -> Option<Problem> {
        let read = Self::check(typed).ok()?;
        let letters = |text: &str| -> String {
            let letters = text.chars().filter(char::is_ascii_alphanumeric);
            letters.map(|letter| letter.to_ascii_uppercase()).collect()
        };
        (letters(&squeezed(typed)) != letters(&read)).then(|| {
            Problem::new(
                "postcode",
                "postcode-read-as",
                format!("Check the postcode: we read {} as {read}", tidy(typed)),
            )
        })
    }
}

text_newtype!(Postcode);

/// Returns the halves of a postcode, with O and 0, and I and 1, swapped where the format requires
/// it; `None` if the result is not a postcode.
fn in_place(bare: &str) -> Option<(String, String)> {
    // `GIR 0AA`, a postcode that no longer exists, must not be read as `G1R 0AA`.
    let (outward, inward) =
        halves(bare).filter(|(outward, _)| outward.len() <= 4 && *outward != "GIR")?;
    let inward: String = inward
        .chars()
        .enumerate()
        .map(|(place, letter)| match letter {
            'O' if place == 0 => '0',
            'I' if place == 0 => '1',
            other => other,
        })
        .collect();
    if !is_inward(inward.as_bytes()) {
        return None;
    }
    (1..=2)
        .rev()
        .map(|letters| {
            let placed = outward
                .chars()
                .enumerate()
                .map(|(place, letter)| match letter {
                    '0' if place < letters => 'O',
                    '1' if place < letters => 'I',
                    'O' if place >= letters => '0',
                    'I' if place >= letters => '1',
                    other => other,
                });
            placed.collect::<String>()
        })
        .find(|outward| is_outward(outward.as_bytes()))
        .map(|outward| (outward, inward.clone()))
}

fn halves(bare: &str) -> Option<(&str, &str)> {
    bare.split_at_checked(bare.len().checked_sub(3)?)
}

/// Whether a text is the first half of a postcode: a real area, a digit, and perhaps one more digit
/// or letter.
fn is_outward(outward: &[u8]) -> bool {
    let letters = area_width(outward);
    is_area(&outward[..letters])
        && matches!(
            outward[letters..],
            [b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9' | b'A'..=b'N' | b'P'..=b'Z']
        )
}

/// Whether a text is the second half of a postcode: a digit and two letters other than C, I, K, M,
/// O and V.
fn is_inward(inward: &[u8]) -> bool {
    matches!(inward, [b'0'..=b'9', first, second] if is_unit(*first) && is_unit(*second))
}

fn is_unit(letter: u8) -> bool {
    matches!(letter, b'A' | b'B' | b'D'..=b'H' | b'J' | b'L' | b'N' | b'P'..=b'U' | b'W'..=b'Z')
}

fn area_width(bare: &[u8]) -> usize {
    bare.iter()
        .take_while(|byte| byte.is_ascii_uppercase())
        .count()
}

fn is_area(letters: &[u8]) -> bool {
    match *letters {
        [first] => AREAS.iter().any(|area| area.as_bytes() == [first]),
        [first, second] => AREAS.iter().any(|area| area.as_bytes() == [first, second]),
        _ => false,
    }
}

#[cold]
fn problem(bare: &str) -> Problem {
    let letters = area_width(bare.as_bytes());
    let (code, words) = if bare.is_empty() {
        ("postcode-empty", "Enter a postcode, like SW1A 1AA")
    } else if bare.starts_with("BFPO") {
        (
            "postcode-bfpo",
            "Enter the postcode that goes with the BFPO number, like BF1 3AA",
        )
    } else if is_outward(bare.as_bytes()) || is_area(bare.as_bytes()) || is_sector(bare) {
        (
            "postcode-partial",
            "Enter a full UK postcode, like SW1A 1AA",
        )
    } else if halves(bare).is_some_and(|(_, inward)| is_inward(inward.as_bytes()))
        && (1..=2).contains(&letters)
        && !is_area(&bare.as_bytes()[..letters])
    {
        (
            "postcode-area",
            "Enter a real UK postcode, like SW1A 1AA: no UK postcode begins with these letters",
        )
    } else {
        return problem_format();
    };
    Problem::new("postcode", code, words)
}

#[cold]
fn problem_format() -> Problem {
    Problem::new(
        "postcode",
        "postcode-format",
        "Enter a full UK postcode in the correct format, like SW1A 1AA",
    )
}

/// Whether a text is the first half of a postcode with one or two characters of the second half.
fn is_sector(bare: &str) -> bool {
    let bytes = bare.as_bytes();
    match bytes {
        [outward @ .., b'0'..=b'9'] => is_outward(outward),
        [outward @ .., b'0'..=b'9', last] => is_outward(outward) && is_unit(*last),
        _ => false,
    }
}

/// The postcode areas, as GOV.UK Notify lists them.
///
/// These are the Royal Mail's 121 areas and those of Guernsey, Jersey, the Isle of Man, the armed
/// forces (BF) and non-geographic addresses (BX).
const AREAS: [&str; 126] = [
    "AB", "AL", "B", "BA", "BB", "BD", "BF", "BH", "BL", "BN", "BR", "BS", "BT", "BX", "CA", "CB",
    "CF", "CH", "CM", "CO", "CR", "CT", "CV", "CW", "DA", "DD", "DE", "DG", "DH", "DL", "DN", "DT",
    "DY", "E", "EC", "EH", "EN", "EX", "FK", "FY", "G", "GL", "GU", "GY", "HA", "HD", "HG", "HP",
    "HR", "HS", "HU", "HX", "IG", "IM", "IP", "IV", "JE", "KA", "KT", "KW", "KY", "L", "LA", "LD",
    "LE", "LL", "LN", "LS", "LU", "M", "ME", "MK", "ML", "N", "NE", "NG", "NN", "NP", "NR", "NW",
    "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "S", "SA", "SE", "SG", "SK",
    "SL", "SM", "SN", "SO", "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR",
    "TS", "TW", "UB", "W", "WA", "WC", "WD", "WF", "WN", "WR", "WS", "WV", "YO", "ZE",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_and_digits_that_look_alike_are_told_apart_by_their_place() {
        for (typed, read) in [
            ("EC1V OBW", "EC1V 0BW"),
            ("Y062 5AA", "YO62 5AA"),
            ("SO15 OAA", "SO15 0AA"),
            ("S015 1AA", "SO15 1AA"),
            ("C01 1AA", "CO1 1AA"),
            ("N1O 1AA", "N10 1AA"),
            ("ec1v obw", "EC1V 0BW"),
            ("0X1 OAA", "OX1 0AA"),
            ("LSI 3BG", "LS1 3BG"),
            ("WIA 1AA", "W1A 1AA"),
            ("NII IAA", "N11 1AA"),
            ("1P1 2AA", "IP1 2AA"),
            ("LI 1AA", "L1 1AA"),
        ] {
            assert_eq!(Postcode::check(typed), Ok(Cow::Borrowed(read)), "{typed}");
            let warning = Postcode::warning(typed).expect("a warning");
            assert_eq!(warning.code, "postcode-read-as");
            assert_eq!(
                warning.words,
                format!("Check the postcode: we read {typed} as {read}")
            );
            assert_eq!(Postcode::warning(read), None);
        }
        for typed in ["EC1V 0BO", "OO1 1AA", "00 1AA", "O", "ML 3BG", "II1 1AA"] {
            assert!(Postcode::check(typed).is_err(), "{typed}");
        }
        for typed in ["OX1 0AA", "ox1-0aa", "B01 1AA"] {
            assert_eq!(Postcode::warning(typed), None, "{typed}");
        }
    }

    #[test]
    fn good_postcodes() {
        for (typed, tidied) in [
            ("SW1 3EF", "SW1 3EF"),
            ("SW13EF", "SW1 3EF"),
            ("SE1 63EF", "SE16 3EF"),
            ("N5 1AA", "N5 1AA"),
            ("SO14 6WB", "SO14 6WB"),
            ("so14 6wb", "SO14 6WB"),
            ("so14\u{a0}6wb", "SO14 6WB"),
            ("BF1 3AA", "BF1 3AA"),
            ("BF13AA", "BF1 3AA"),
            (" BF2 0FR ", "BF2 0FR"),
            ("n5 \u{a0} \t 3Ef", "N5 3EF"),
            ("SW1A-1AA", "SW1A 1AA"),
            ("(SW1A 1AA).", "SW1A 1AA"),
            ("S.W.1.A 1–AA", "SW1A 1AA"),
            ("l155ax", "L15 5AX"),
            ("\u{200b}EC1A 1BB\u{feff}", "EC1A 1BB"),
            ("JE2 4UE", "JE2 4UE"),
            ("GY1 1AA", "GY1 1AA"),
            ("IM1 1AA", "IM1 1AA"),
            ("BX1 1LT", "BX1 1LT"),
        ] {
            assert_eq!(
                Postcode::check(typed),
                Ok(Cow::Borrowed(tidied)),
                "{typed:?}"
            );
        }
        assert!(matches!(Postcode::check("N5 3EF"), Ok(Cow::Borrowed(_))));
    }

    #[test]
    fn faults() {
        for (typed, code) in [
            ("", "postcode-empty"),
            (" - ", "postcode-empty"),
            ("N5", "postcode-partial"),
            ("SW1A", "postcode-partial"),
            ("SW1A 1", "postcode-partial"),
            ("SW1A 1A", "postcode-partial"),
            ("l15", "postcode-partial"),
            ("SW", "postcode-partial"),
            ("BFPO1234", "postcode-bfpo"),
            ("BFPO C/O 1234", "postcode-bfpo"),
            ("BFPO", "postcode-bfpo"),
            ("NF1 1AA", "postcode-area"),
            ("GX111AA", "postcode-area"),
            ("ZZ77 7ZZ", "postcode-area"),
            ("Q1 1AA", "postcode-area"),
            ("GIR0AA", "postcode-format"),
            ("GIR 0AA", "postcode-format"),
            ("TKCA 1ZZ", "postcode-format"),
            ("SO144 6WB", "postcode-format"),
            ("SO14 6WBA", "postcode-format"),
            ("SW1A 1CI", "postcode-format"),
            ("VG1110", "postcode-format"),
            ("l15 555", "postcode-format"),
            ("Bad postcode", "postcode-format"),
            ("ＳＷ１Ａ １ＡＡ", "postcode-format"),
            ("ÉÉ1 1AA", "postcode-format"),
            ("SW1A£1AA", "postcode-format"),
        ] {
            assert_eq!(
                Postcode::check(typed).map_err(|problem| problem.code),
                Err(code.into()),
                "{typed:?}"
            );
        }
    }

    #[test]
    fn areas_are_in_order() {
        assert!(AREAS.is_sorted());
    }

    proptest! {
        #[test]
        fn never_panics(typed in any::<String>()) {
            if let Ok(tidied) = Postcode::check(&typed) {
                prop_assert_eq!(Postcode::check(&tidied), Ok(Cow::Borrowed(tidied.as_ref())));
            }
        }

        #[test]
        fn every_spelling_of_a_good_postcode(
            area in prop::sample::select(&AREAS[..]),
            district in "[0-9][0-9A-NP-Z]?",
            unit in "[0-9][ABD-HJLNP-UW-Z]{2}",
            marks in prop::collection::vec((0..9_usize, "[ \t\u{a0}\u{200b}().–-]"), 0..6),
        ) {
            let good = format!("{area}{district} {unit}");
            let mut typed: Vec<char> = good.to_lowercase().chars().collect();
            for (place, mark) in marks {
                let at = place.min(typed.len());
                typed.splice(at..at, mark.chars());
            }
            let typed: String = typed.into_iter().collect();
            prop_assert_eq!(Postcode::check(&typed), Ok(Cow::Borrowed(good.as_str())));
        }
    }
}
