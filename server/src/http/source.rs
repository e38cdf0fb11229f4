//! Where a request comes from, for what one place may ask for only so often. The store keeps its hash.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;

use super::router::Service;

/// Where a request comes from: the header of the proxy in front, or the other end of the connection. Of IPv6
/// the network counts, because one machine has as many addresses there as it likes.
pub(super) fn source(service: &Service, parts: &Parts) -> Option<String> {
    let header = service.client_address_header.as_ref();
    let named = header.and_then(|name| parts.headers.get(name));
    let address = match (header, named) {
        (Some(_), named) => named?
            .to_str()
            .ok()?
            .split(',')
            .next_back()?
            .trim()
            .parse()
            .ok()?,
        (None, _) => parts.extensions.get::<ConnectInfo<SocketAddr>>()?.ip(),
    };
    Some(match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    })
}
