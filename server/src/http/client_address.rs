//! The source of a request, which is the client's network address. The audit records it, and the
//! limits on requests from one source use it; for the limits the store keeps only a hash of it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;

use super::state::Service;
use crate::request_source;

/// Sets the source of the current request, so that every audit row written for it has the source.
pub(super) async fn record(
    State(service): State<Service>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let from = client_address(&service, &parts);
    request_source::within(from, next.run(Request::from_parts(parts, body))).await
}

/// Returns the source of a request, from the reverse proxy's header or the connection. For an IPv6
/// address it is the /64 network, because one machine can use any address of its network.
pub(super) fn client_address(service: &Service, parts: &Parts) -> Option<String> {
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
