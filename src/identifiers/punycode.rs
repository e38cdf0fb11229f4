//! Punycode, the ASCII encoding of a host's labels (RFC 3492).
//!
//! The encoding is used to check the length of a host, to compare two spellings of a host, and to
//! validate labels that begin with `xn--`; the service never shows it. The work of encoding grows
//! with the square of a label's length, so a label beyond the limit is not encoded. The Punycode of
//! such a label would be at least as long as the label.

/// The maximum length of a label in Punycode, in characters with the `xn--`.
pub(super) const LABEL_LIMIT: usize = 63;

const BASE: u32 = 36;
const LEAST: u32 = 1;
const MOST: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST: u32 = 128;

/// Returns the length of a label in Punycode, in characters without the `xn--`.
///
/// Returns `usize::MAX` if the label is too long to encode.
pub(super) fn length(label: &str) -> usize {
    encoded(label).map_or(usize::MAX, |encoded| encoded.len())
}

/// Encodes a label, without the `xn--`; `None` if the label is too long to encode.
pub(super) fn encoded(label: &str) -> Option<String> {
    if label.chars().nth(LABEL_LIMIT).is_some() {
        return None;
    }
    let mut encoded: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(encoded.len()).ok()?;
    let all = u32::try_from(label.chars().count()).ok()?;
    if basic > 0 {
        encoded.push('-');
    }
    let (mut next, mut delta, mut bias, mut done) = (FIRST, 0_u32, FIRST_BIAS, basic);
    while done < all {
        let smallest = label
            .chars()
            .map(u32::from)
            .filter(|letter| *letter >= next)
            .min()?;
        delta = delta.checked_add((smallest - next).checked_mul(done + 1)?)?;
        next = smallest;
        for letter in label.chars().map(u32::from) {
            if letter < next {
                delta = delta.checked_add(1)?;
            }
            if letter == next {
                push_digits(&mut encoded, delta, bias);
                bias = adapted(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        next += 1;
    }
    Some(encoded)
}

/// Whether a text is the Punycode of a label that has letters outside ASCII and only allowed
/// characters.
///
/// The text does not include the `xn--`. `may_stand` says whether a character is allowed in a host.
pub(super) fn is_encoded(text: &str, may_stand: impl Fn(char) -> bool) -> bool {
    let lower = text.to_ascii_lowercase();
    decoded(&lower).is_some_and(|label| {
        !label.is_ascii()
            && label.chars().all(may_stand)
            && encoded(&label).as_deref() == Some(lower.as_str())
    })
}

/// Decodes a label in Punycode, given in lower case and without the `xn--`; `None` if it is
/// invalid.
fn decoded(text: &str) -> Option<String> {
    let (basic, digits) = text.rsplit_once('-').unwrap_or(("", text));
    let mut label: Vec<char> = basic.chars().collect();
    let (mut next, mut place, mut bias) = (FIRST, 0_u32, FIRST_BIAS);
    let mut digits = digits.chars().map(value);
    while let Some(mut digit) = digits.next() {
        let before = place;
        let (mut factor, mut weight) = (1_u32, BASE);
        loop {
            let number = digit?;
            place = place.checked_add(number.checked_mul(factor)?)?;
            let threshold = weight.saturating_sub(bias).clamp(LEAST, MOST);
            if number < threshold {
                break;
            }
            factor = factor.checked_mul(BASE - threshold)?;
            weight += BASE;
            digit = digits.next()?;
        }
        let points = u32::try_from(label.len()).ok()? + 1;
        bias = adapted(place - before, points, before == 0);
        next = next.checked_add(place / points)?;
        place %= points;
        label.insert(usize::try_from(place).ok()?, char::from_u32(next)?);
        place += 1;
    }
    Some(label.into_iter().collect())
}

/// Returns the value of a digit: 0 for `a` to 25 for `z`, then 26 for `0` to 35 for `9`; `None` for
/// any other character.
fn value(digit: char) -> Option<u32> {
    match digit {
        'a'..='z' => Some(u32::from(digit) - u32::from('a')),
        '0'..='9' => Some(u32::from(digit) - u32::from('0') + 26),
        _ => None,
    }
}

/// Appends a number as a variable-length integer of RFC 3492, in which only the last digit is below
/// its threshold.
fn push_digits(encoded: &mut String, mut number: u32, bias: u32) {
    let mut weight = BASE;
    loop {
        let threshold = weight.saturating_sub(bias).clamp(LEAST, MOST);
        if number < threshold {
            encoded.extend(digit(number));
            return;
        }
        let rest = number - threshold;
        encoded.extend(digit(threshold + rest % (BASE - threshold)));
        number = rest / (BASE - threshold);
        weight += BASE;
    }
}

/// Returns the digit with a value: `a` to `z` for 0 to 25, then `0` to `9`.
fn digit(number: u32) -> Option<char> {
    match number {
        0..26 => char::from_digit(number + 10, BASE),
        _ => char::from_digit(number - 26, BASE),
    }
}

fn adapted(delta: u32, points: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut weight = 0;
    while delta > ((BASE - LEAST) * MOST) / 2 {
        delta /= BASE - LEAST;
        weight += BASE;
    }
    weight + (BASE - LEAST + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_are_those_of_the_samples_of_rfc_3492() {
        for (label, punycode) in [
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            (
                "почемужеонинеговорятпорусски",
                "b1abfaaepdrnnbgefbadotcwatmq2g4l",
            ),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
            ("bücher", "bcher-kva"),
            ("münchen", "mnchen-3ya"),
            ("ü", "tda"),
        ] {
            assert_eq!(encoded(label).as_deref(), Some(punycode), "{label}");
            assert_eq!(length(label), punycode.len(), "{label}");
            assert_eq!(decoded(punycode).as_deref(), Some(label));
            assert!(is_encoded(&punycode.to_uppercase(), |_| true), "{label}");
        }
    }

    #[test]
    fn hosts_without_a_valid_label_are_told_apart() {
        for text in [
            "",
            "0",
            "zz",
            "abc-",
            "-",
            "\u{fc}",
            "99999999999",
            "bcher-kv",
            "a b",
        ] {
            assert!(!is_encoded(text, |_| true), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_label_comes_back(label in "[a-z0-9\u{e0}-\u{ff}\u{400}-\u{4ff}\u{4e00}-\u{9fff}-]{1,30}") {
            if let Some(encoded) = encoded(&label) {
                prop_assert_eq!(decoded(&encoded), Some(label.clone()));
                prop_assert_eq!(is_encoded(&encoded, |_| true), !label.is_ascii());
            }
        }

        #[test]
        fn nothing_makes_it_panic(text in "[a-z0-9-]{0,80}|\\PC{0,20}") {
            let _ = is_encoded(&text, |_| true);
        }
    }
}
