//! How long a label of a host is once it is written in ASCII (RFC 3492): an address whose host has other letters must
//! keep the lengths of that form. The length alone: nobody is shown Punycode here.

const BASE: u32 = 36;
const LEAST: u32 = 1;
const MOST: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST: u32 = 128;

/// The bytes that a label has in Punycode, without the `xn--` before it. One that is too long to be counted in 32
/// bits has as many as there are.
pub(super) fn length(label: &str) -> usize {
    counted(label).unwrap_or(usize::MAX)
}

fn counted(label: &str) -> Option<usize> {
    let basic = u32::try_from(label.bytes().filter(u8::is_ascii).count()).ok()?;
    let all = u32::try_from(label.chars().count()).ok()?;
    let mut length = usize::try_from(basic).ok()? + usize::from(basic > 0);
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
                length += digits(delta, bias);
                bias = adapted(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        next += 1;
    }
    Some(length)
}

/// How many digits a number has whose later digits weigh more the further it is from the last.
fn digits(mut number: u32, bias: u32) -> usize {
    let mut count = 1;
    let mut weight = BASE;
    loop {
        let threshold = weight.saturating_sub(bias).clamp(LEAST, MOST);
        if number < threshold {
            return count;
        }
        number = (number - threshold) / (BASE - threshold);
        weight += BASE;
        count += 1;
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
    fn lengths_are_those_of_the_samples_of_rfc_3492() {
        for (label, punycode) in [
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            (
                "почемужеонинеговорятпорусски",
                "b1abfaaepdrnnbgefbadotcwatmq2g4l",
            ),
            ("3年b組金八先生", "3B-ww4c5e180e575a65lsy2b"),
            ("bücher", "bcher-kva"),
            ("münchen", "mnchen-3ya"),
            ("ü", "tda"),
        ] {
            assert_eq!(length(label), punycode.len(), "{label}");
        }
    }
}
