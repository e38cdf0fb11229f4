//! Punycode, the ASCII form of a host's label (RFC 3492).
//!
//! The limits on the length of a host apply to this form, and two spellings of one host are
//! compared in it. People never see it.

const BASE: u32 = 36;
const LEAST: u32 = 1;
const MOST: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST: u32 = 128;

/// Returns the length of a label in Punycode, without the `xn--` before it.
///
/// Returns `usize::MAX` if the label is too long to encode.
pub(super) fn length(label: &str) -> usize {
    encoded(label).map_or(usize::MAX, |encoded| encoded.len())
}

/// Encodes a label, without the `xn--` before it; `None` if it is too long to encode.
pub(super) fn encoded(label: &str) -> Option<String> {
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

/// Appends a number as a variable-length integer, whose last digit is below its threshold.
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

/// Returns the character of a digit: `a` to `z`, then `0` to `9`.
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
        }
    }
}
