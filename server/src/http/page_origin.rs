//! The origin that the pages of the service have: a form with another origin is refused.

use axum::http::uri::Authority;

use crate::this_machine::is_this_machine;

/// The origins that pages of this service may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageOrigin {
    /// The public address, such as `https://register.example`.
    Public(String),
    /// Any name of this machine with any port, for trying out the service.
    ThisMachine,
    /// The host in the browser's request, for a demonstration without a configured address.
    AsHost,
}

impl PageOrigin {
    /// Returns whether a page of the service can have this origin, given the host of the request.
    pub(super) fn is_of_page(&self, origin: &str, host: &Authority) -> bool {
        let named = origin.strip_prefix("http://");
        match self {
            Self::Public(address) => origin == address,
            Self::ThisMachine => named
                .and_then(|named| named.parse::<Authority>().ok())
                .is_some_and(|named| is_this_machine(named.host()) && named == *host),
            Self::AsHost => named.is_some_and(|named| named == host.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_compared_with_the_address_of_the_service() {
        let public = PageOrigin::Public("https://register.example".to_owned());
        let (local, demo) = (PageOrigin::ThisMachine, PageOrigin::AsHost);
        for (expected, origin, host, is_of_page) in [
            (&public, "https://register.example", "10.0.0.1", true),
            (
                &public,
                "http://register.example",
                "register.example",
                false,
            ),
            (&public, "https://evil.example", "evil.example", false),
            (&public, "null", "register.example", false),
            (&local, "http://127.0.0.1:3000", "127.0.0.1:3000", true),
            (&local, "http://localhost:8080", "localhost:8080", true),
            (&local, "http://[::1]:3000", "[::1]:3000", true),
            (&local, "http://localhost:8080", "localhost:3000", false),
            (&local, "http://evil.example", "evil.example", false),
            (
                &local,
                "http://127.0.0.1.evil.example",
                "127.0.0.1.evil.example",
                false,
            ),
            (&demo, "http://demo.example:3000", "demo.example:3000", true),
            (&demo, "http://evil.example", "demo.example:3000", false),
        ] {
            let named = host.parse().unwrap();
            assert_eq!(
                expected.is_of_page(origin, &named),
                is_of_page,
                "{expected:?} {origin} {host}"
            );
        }
    }
}
