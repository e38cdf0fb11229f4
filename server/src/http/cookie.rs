//! The one cookie: it leads a browser to its draft and means nothing to anybody else.

use http::{HeaderMap, HeaderValue, header};

use crate::randomness::SessionToken;

/// What the cookie is called and whether it travels over HTTPS alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieName {
    /// `__Host-registration`, which a browser takes over HTTPS only, for this host only.
    Secure,
    /// `registration`, for a machine without HTTPS.
    Plain,
}

impl CookieName {
    /// The name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Secure => "__Host-registration",
            Self::Plain => "registration",
        }
    }

    /// The secret that a request carries; anything that has not its shape counts as no cookie.
    #[must_use]
    pub fn read(self, headers: &HeaderMap) -> Option<SessionToken> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.as_str())
            .and_then(|(_, value)| SessionToken::parse(value))
    }

    /// The header that gives a browser the secret for so many seconds.
    #[must_use]
    pub fn set(self, token: &SessionToken, seconds: i64) -> HeaderValue {
        self.header(token.secret(), seconds)
    }

    /// The header that takes the secret away.
    #[must_use]
    pub fn clear(self) -> HeaderValue {
        self.header("", 0)
    }

    fn header(self, value: &str, seconds: i64) -> HeaderValue {
        let secure = match self {
            Self::Secure => "; Secure",
            Self::Plain => "",
        };
        let name = self.as_str();
        let text =
            format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
        // Hexadecimal and fixed words are always a header's value.
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }
}
