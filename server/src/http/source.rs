//! Where a request comes from: for the audit, and for what one place may ask for only so often, of which the store
//! keeps a hash.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;

use super::router::Service;
use crate::origin;

/// Answers a request with the place in mind from which it comes: each change that it makes is written down with it.
pub(super) async fn keep_in_mind(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let from = source(&service, &parts);
    origin::within(from, next.run(Request::from_parts(parts, body))).await
}

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
