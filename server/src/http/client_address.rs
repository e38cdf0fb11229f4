//! The source of a request: the client's network address. The audit records the source, and each
//! source has limits on its requests. For these limits the store has only a hash of the source.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};

use super::state::Service;

/// Returns the source of a request: the client's address from a trusted reverse proxy, or else the
/// address of the connection. Returns `None` if the address of the connection is not known.
pub(super) fn client_address(service: &Service, parts: &Parts) -> Option<String> {
    let peer = peer(parts)?;
    let named = service
        .client_address_header
        .as_ref()
        .filter(|_| service.trusted_proxies.trust(peer))
        .and_then(|header| named_address(&parts.headers, header));
    Some(client_key(named.unwrap_or(peer)))
}

/// Returns the address from which the connection comes; `None` if it is not known.
pub(super) fn peer(parts: &Parts) -> Option<IpAddr> {
    let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>()?;
    Some(connection.ip())
}

/// Returns the text that identifies a client address. For an IPv6 address the text is the /64
/// network, because one machine can use any address of its network.
pub(super) fn client_key(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

/// Returns the last address of a header, which the nearest proxy added; `None` if the last entry is
/// not an address. The client may have forged any earlier address or line of the header.
fn named_address(headers: &HeaderMap, name: &HeaderName) -> Option<IpAddr> {
    let line = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    let last = line.rsplit(',').next()?.trim();
    let address = |text: &str| {
        let text = text.trim().trim_matches('"');
        let with_port = text.parse::<SocketAddr>().map(|address| address.ip());
        let bare = text.trim_start_matches('[').trim_end_matches(']');
        with_port.or_else(|_| bare.parse()).ok()
    };
    // The standard header `Forwarded` has parameters (RFC 7239).
    let of_client = last.split(';').find_map(|parameter| {
        let (name, value) = parameter.trim().split_once('=')?;
        name.eq_ignore_ascii_case("for").then_some(value)
    });
    address(of_client.unwrap_or(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_address_counts_however_proxies_write_it() {
        let name = HeaderName::from_static("x-forwarded-for");
        for (lines, expected) in [
            (&["192.0.2.5"][..], Some("192.0.2.5")),
            (&["203.0.113.4, 192.0.2.5"], Some("192.0.2.5")),
            (&["203.0.113.4", "192.0.2.5"], Some("192.0.2.5")),
            (&["192.0.2.5:5555"], Some("192.0.2.5")),
            (&["::ffff:192.0.2.5"], Some("192.0.2.5")),
            (&["[::ffff:192.0.2.5]:80"], Some("192.0.2.5")),
            (&["2001:db8:1:2::9"], Some("2001:db8:1:2")),
            (&["[2001:db8:1:2::9]"], Some("2001:db8:1:2")),
            (&["[2001:db8:1:2::9]:443"], Some("2001:db8:1:2")),
            (&["2001:DB8:0001:2:0:0:0:9"], Some("2001:db8:1:2")),
            (
                &["for=203.0.113.4, for=\"[2001:db8:1:2::9]:443\";proto=https"],
                Some("2001:db8:1:2"),
            ),
            (&["proto=https; For=192.0.2.5"], Some("192.0.2.5")),
            (&["192.0.2.5, unknown"], None),
            (&["192.0.2.5", ""], None),
            (&["192.0.2.5,"], None),
            (&["for=_hidden"], None),
            (&[], None),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(&name, line.parse().unwrap());
            }
            let found = named_address(&headers, &name).map(client_key);
            assert_eq!(found.as_deref(), expected, "{lines:?}");
        }
    }
}
