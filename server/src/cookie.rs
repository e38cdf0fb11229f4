//! The cookies: one for applicants, one for people who manage an organisation, and three for officers (the session, an unfinished sign-in, and
//! a browser in which an officer has signed in). Each contains only a random secret.

use http::{HeaderMap, HeaderValue, header};

use crate::randomness::SessionToken;

/// The name of a cookie. Each cookie has one name for HTTPS and another for a machine without
/// HTTPS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieName {
    /// `__Host-registration`: an applicant’s session, over HTTPS. Browsers accept the prefix
    /// `__Host-` only over HTTPS, for one host.
    Secure,
    /// `registration`: an applicant’s session, without HTTPS.
    Plain,
    /// `__Host-members`: the session of somebody who manages an organisation, over HTTPS.
    MemberSecure,
    /// `members`: the session of somebody who manages an organisation, without HTTPS.
    MemberPlain,
    /// `__Host-desk`: an officer’s session, over HTTPS.
    OfficerSecure,
    /// `desk`: an officer’s session, without HTTPS.
    OfficerPlain,
    /// `__Host-desk-sign-in`: an unfinished sign-in, over HTTPS.
    PendingSecure,
    /// `desk-sign-in`: an unfinished sign-in, without HTTPS.
    PendingPlain,
    /// `__Host-desk-browser`: a browser in which an officer has signed in, over HTTPS.
    BrowserSecure,
    /// `desk-browser`: a browser in which an officer has signed in, without HTTPS.
    BrowserPlain,
}

impl CookieName {
    /// Returns the name as browsers send it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Secure => "__Host-registration",
            Self::Plain => "registration",
            Self::MemberSecure => "__Host-members",
            Self::MemberPlain => "members",
            Self::OfficerSecure => "__Host-desk",
            Self::OfficerPlain => "desk",
            Self::PendingSecure => "__Host-desk-sign-in",
            Self::PendingPlain => "desk-sign-in",
            Self::BrowserSecure => "__Host-desk-browser",
            Self::BrowserPlain => "desk-browser",
        }
    }

    /// Returns the name of the cookie of somebody who manages an organisation: the name for HTTPS if
    /// `self` is one.
    #[must_use]
    pub const fn member(self) -> Self {
        if self.is_secure() {
            Self::MemberSecure
        } else {
            Self::MemberPlain
        }
    }

    /// Returns the name of the cookie of an officer's session: the name for HTTPS if `self` is one.
    #[must_use]
    pub const fn officer(self) -> Self {
        if self.is_secure() {
            Self::OfficerSecure
        } else {
            Self::OfficerPlain
        }
    }

    /// Returns the name of the cookie of an unfinished sign-in: the name for HTTPS if `self` is
    /// one.
    #[must_use]
    pub const fn pending(self) -> Self {
        if self.is_secure() {
            Self::PendingSecure
        } else {
            Self::PendingPlain
        }
    }

    /// Returns the name of the cookie of a browser in which an officer has signed in: the name for
    /// HTTPS if `self` is one.
    #[must_use]
    pub const fn browser(self) -> Self {
        if self.is_secure() {
            Self::BrowserSecure
        } else {
            Self::BrowserPlain
        }
    }

    const fn is_secure(self) -> bool {
        match self {
            Self::Secure
            | Self::MemberSecure
            | Self::OfficerSecure
            | Self::PendingSecure
            | Self::BrowserSecure => true,
            Self::Plain
            | Self::MemberPlain
            | Self::OfficerPlain
            | Self::PendingPlain
            | Self::BrowserPlain => false,
        }
    }

    /// Returns the secret in a request's cookie; `None` if there is no cookie or its value does not
    /// have the form of a secret.
    ///
    /// Only this cookie is decoded as text, because cookies of other applications on the same host
    /// may contain any bytes.
    #[must_use]
    pub fn read(self, headers: &HeaderMap) -> Option<SessionToken> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'))
            .filter_map(|pair| {
                let pair = pair.trim_ascii();
                let end = pair.iter().position(|byte| *byte == b'=')?;
                Some((&pair[..end], &pair[end + 1..]))
            })
            .find(|(name, _)| *name == self.as_str().as_bytes())
            .and_then(|(_, value)| SessionToken::parse(str::from_utf8(value).ok()?))
    }

    /// Returns the header that sets the cookie for this many seconds.
    #[must_use]
    pub fn set(self, token: &SessionToken, seconds: i64) -> HeaderValue {
        self.header(token.secret(), &format!("; Max-Age={seconds}"))
    }

    /// Returns the header that sets the cookie until the browser is closed.
    #[must_use]
    pub fn set_until_closed(self, token: &SessionToken) -> HeaderValue {
        self.header(token.secret(), "")
    }

    /// Returns the header that deletes the cookie.
    #[must_use]
    pub fn clear(self) -> HeaderValue {
        self.header("", "; Max-Age=0")
    }

    fn header(self, value: &str, age: &str) -> HeaderValue {
        let secure = if self.is_secure() { "; Secure" } else { "" };
        let name = self.as_str();
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
        // This cannot fail: hexadecimal digits and the fixed text are valid in a header.
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::randomness::{NoRandomness, Randomness};

    struct Sevens;

    impl Randomness for Sevens {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
            bytes.fill(0x77);
            Ok(())
        }
    }

    fn headers(cookies: &[&'static str]) -> HeaderMap {
        let values = cookies
            .iter()
            .map(|cookie| HeaderValue::from_static(cookie));
        values.map(|value| (header::COOKIE, value)).collect()
    }

    #[test]
    fn settings_are_read_back() {
        let token = SessionToken::new(&Sevens).unwrap();
        for name in [CookieName::Plain, CookieName::Secure] {
            let set = name.set(&token, 72_000);
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let mut request = HeaderMap::new();
            request.insert(header::COOKIE, pair.parse().unwrap());
            assert_eq!(name.read(&request).unwrap().secret(), token.secret());
        }
    }

    #[test]
    fn a_secure_cookie_keeps_the_promises_of_its_prefix() {
        let token = SessionToken::new(&Sevens).unwrap();
        let secret = "77".repeat(32);
        assert_eq!(
            CookieName::Secure.set(&token, 86_400),
            format!(
                "__Host-registration={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure"
            )
        );
        assert_eq!(
            CookieName::Plain.set(&token, 86_400),
            format!("registration={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400")
        );
    }

    #[test]
    fn a_cookie_is_taken_away_with_the_attributes_it_was_set_with() {
        assert_eq!(
            CookieName::Secure.clear(),
            "__Host-registration=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure"
        );
    }

    #[test]
    fn cookies_of_other_applications_may_hold_any_bytes() {
        let ours = format!("registration={}", "77".repeat(32));
        for others in [
            &b"place=Caf\xe9"[..],
            "place=Café".as_bytes(),
            b"\xff\xfe",
            b"=; ;;",
            b"a=\x80; b",
        ] {
            for parts in [
                [others, ours.as_bytes()].join(&b"; "[..]),
                [ours.as_bytes(), others].join(&b"; "[..]),
                [ours.as_bytes(), others].join(&b";"[..]),
            ] {
                let mut headers = HeaderMap::new();
                headers.insert(header::COOKIE, HeaderValue::from_bytes(&parts).unwrap());
                assert!(CookieName::Plain.read(&headers).is_some(), "{parts:?}");
            }
        }
    }

    #[test]
    fn only_what_has_the_shape_of_a_secret_is_one() {
        for cookies in [
            &[][..],
            &["registration"],
            &["registration="],
            &["registration=7777"],
            &["other=7777777777777777777777777777777777777777777777777777777777777777"],
            &["registration=zz77777777777777777777777777777777777777777777777777777777777777"],
            &[
                "__Host-registration=7777777777777777777777777777777777777777777777777777777777777777",
            ],
        ] {
            assert!(
                CookieName::Plain.read(&headers(cookies)).is_none(),
                "{cookies:?}"
            );
        }
        for cookies in [
            &[
                "a=1; registration=7777777777777777777777777777777777777777777777777777777777777777; b=2",
            ][..],
            &[
                "a=1",
                "registration=7777777777777777777777777777777777777777777777777777777777777777",
            ],
        ] {
            assert!(
                CookieName::Plain.read(&headers(cookies)).is_some(),
                "{cookies:?}"
            );
        }
    }
}
