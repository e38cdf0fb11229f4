//! The code that an authenticator app shows: six digits that change with time (TOTP, RFC 6238).

use crate::problem::Problem;
use crate::text::{is_dash, is_oversized, squeezed};

/// The code of an authenticator app.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthenticatorCode(String);

impl AuthenticatorCode {
    /// The number of digits of a code.
    pub const DIGITS: usize = 6;

    /// Parses a typed code; spaces, invisible characters and hyphens are ignored.
    ///
    /// # Errors
    /// `code-empty` if nothing was typed, `code-format` if the text is not six digits.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let mismatch =
            || Problem::new("code", "code-format", "Code must be 6 numbers, like 048213");
        if is_oversized(typed, Self::DIGITS) {
            return Err(mismatch());
        }
        let mut bare = squeezed(typed).into_owned();
        bare.retain(|character| !is_dash(character));
        if bare.is_empty() {
            let words = "Enter the code that the app shows";
            return Err(Problem::new("code", "code-empty", words));
        }
        if bare.len() == Self::DIGITS && bare.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(bare))
        } else {
            Err(mismatch())
        }
    }

    /// Returns the six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        for (typed, read) in [
            ("048213", Ok("048213")),
            (" 048 213 ", Ok("048213")),
            ("048-213", Ok("048213")),
            ("048–213\u{a0}", Ok("048213")),
            ("\u{200b}048213", Ok("048213")),
            ("048\u{200d}213\u{feff}", Ok("048213")),
            ("\u{202a}048\u{2060}213\u{202c}", Ok("048213")),
            ("", Err("code-empty")),
            ("\u{200b}", Err("code-empty")),
            (" - ", Err("code-empty")),
            ("48213", Err("code-format")),
            ("0482133", Err("code-format")),
            ("O48213", Err("code-format")),
            ("٠٤٨٢١٣", Err("code-format")),
        ] {
            let found = AuthenticatorCode::parse(typed);
            let found = found
                .as_ref()
                .map(AuthenticatorCode::as_str)
                .map_err(|problem| &*problem.code);
            assert_eq!(found, read, "{typed}");
        }
    }
}
