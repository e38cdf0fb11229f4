//! The public address of the service, as people type it into a browser.

use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::Scheme;

use crate::this_machine::is_this_machine;

/// A public address: scheme, host and optionally a port, in the format of an origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicAddress {
    origin: String,
    host: String,
    is_https: bool,
}

/// The error for a public address that is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it must be like https://register.example, without a path")]
pub struct NotAnAddress;

impl PublicAddress {
    /// Returns the address without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.origin
    }

    /// Returns whether the address begins with https://.
    #[must_use]
    pub const fn is_https(&self) -> bool {
        self.is_https
    }

    /// Returns whether the host of the address is this machine.
    #[must_use]
    pub fn is_this_machine(&self) -> bool {
        is_this_machine(&self.host)
    }
}

impl FromStr for PublicAddress {
    type Err = NotAnAddress;

    fn from_str(typed: &str) -> Result<Self, NotAnAddress> {
        let uri: Uri = typed.trim().parse().map_err(|_| NotAnAddress)?;
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(NotAnAddress);
        };
        let is_https = *scheme == Scheme::HTTPS;
        let usual_port = if is_https { 443 } else { 80 };
        let host = authority.host().to_ascii_lowercase();
        let is_plain = uri.path() == "/" && uri.query().is_none() && !typed.contains('#');
        let has_port = authority.as_str().len() > host.len();
        if (!is_https && *scheme != Scheme::HTTP)
            || host.is_empty()
            || !is_plain
            || authority.as_str().contains('@')
            || (has_port && authority.port_u16().is_none())
        {
            return Err(NotAnAddress);
        }
        // Browsers leave the default port out of an origin.
        let port = authority.port_u16().filter(|port| *port != usual_port);
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Ok(Self {
            origin: format!("{scheme}://{host}{port}"),
            host,
            is_https,
        })
    }
}

impl fmt::Display for PublicAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_browsers_write_an_origin() {
        for (typed, origin) in [
            ("https://register.example", "https://register.example"),
            ("https://Register.Example/", "https://register.example"),
            ("https://register.example:443", "https://register.example"),
            ("http://register.example:80/", "http://register.example"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            let address: PublicAddress = typed.parse().unwrap();
            assert_eq!(address.as_str(), origin, "{typed}");
            assert_eq!(address.is_https(), origin.starts_with("https"));
        }
        for wrong in [
            "",
            "register.example",
            "https://",
            "https://register.example/path",
            "https://register.example/?a=b",
            "https://register.example/#a",
            "https://user@register.example",
            "https://register.example:port",
            "https://bücher.example",
            "ftp://register.example",
        ] {
            assert!(wrong.parse::<PublicAddress>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn this_machine_has_several_names() {
        for (typed, is_here) in [
            ("http://127.0.0.1:3000", true),
            ("http://localhost", true),
            ("http://[::1]:3000", true),
            ("http://register.example", false),
            ("http://192.168.1.2", false),
        ] {
            let address: PublicAddress = typed.parse().unwrap();
            assert_eq!(address.is_this_machine(), is_here, "{typed}");
        }
    }
}
