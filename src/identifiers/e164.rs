//! A telephone number in the international format of ITU-T E.164: a plus, the country code and the
//! subscriber's number.
//!
//! The digits are stored inline, so checking a number allocates no heap memory.

use std::fmt;

/// A telephone number of `+` and at most 15 digits, such as `+447700900123`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct E164 {
    letters: [u8; 16],
    length: u8,
}

impl E164 {
    /// Returns the number with its leading plus.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters[..usize::from(self.length)]).unwrap_or_default()
    }

    /// Whether the number belongs to the numbering plan of the United Kingdom (`+44`).
    ///
    /// Jersey, Guernsey and the Isle of Man share that plan.
    #[must_use]
    pub fn is_uk(&self) -> bool {
        self.letters.starts_with(b"+44")
    }

    /// Formats the number for people in the United Kingdom.
    ///
    /// Examples: `07700 900123`, `020 7946 0991`, `0117 496 0860`. Numbers of other countries stay
    /// in E.164.
    #[must_use]
    pub fn national(&self) -> String {
        let Some(rest) = self.as_str().strip_prefix("+44") else {
            return self.as_str().to_owned();
        };
        let bytes = rest.as_bytes();
        let groups: &[usize] = match (bytes.len(), bytes.first(), bytes.get(1), bytes.get(2)) {
            (10, Some(b'2'), ..) => &[2, 4, 4],
            (10, Some(b'3' | b'8' | b'9'), ..)
            | (10, Some(b'1'), Some(b'1'), _)
            | (10, Some(b'1'), _, Some(b'1')) => &[3, 3, 4],
            (9, Some(b'8' | b'5'), ..) => &[3, 6],
            (length, ..) => &[4, length.saturating_sub(4)],
        };
        let mut spaced = String::with_capacity(14);
        spaced.push('0');
        let mut at = 0;
        for &group in groups {
            let end = (at + group).min(rest.len());
            if at > 0 {
                spaced.push(' ');
            }
            spaced.push_str(&rest[at..end]);
            at = end;
        }
        spaced
    }

    /// Joins a country code and the rest of a number; both must be ASCII digits, at most 15
    /// together.
    pub(super) fn of(country: &[u8], rest: &[u8]) -> Self {
        let mut letters = [0; 16];
        letters[0] = b'+';
        let mut length = 1;
        for (place, &digit) in letters[1..].iter_mut().zip(country.iter().chain(rest)) {
            *place = digit;
            length += 1;
        }
        Self { letters, length }
    }
}

impl fmt::Display for E164 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for E164 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "E164({self})")
    }
}

impl AsRef<str> for E164 {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}
