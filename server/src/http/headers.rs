//! The security headers of every response. The headers make browsers run only this service's code
//! and cache no answers.

use app::pages::desk::DEPARTMENT;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use leptos::nonce::Nonce;
use registration::desk::JOIN;
use registration::lifecycle::STATUS_LINK;
use registration::resume::{CODE, LINK, SIGNING_LINK};

/// The paths below which an address contains a secret: the secret of a link, the identifier of an
/// access request, or the authorization code from the department's provider.
const SECRET_PATHS: [&str; 6] = [LINK, STATUS_LINK, SIGNING_LINK, JOIN, CODE, DEPARTMENT];

/// The cache policy of pages with answers: never cached, so that the Back button shows the current
/// answers.
pub const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The header that tells a browser which stored data to delete.
pub const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// The data that a browser deletes after signing out. Cookies are deleted individually, because the
/// cookie of a known browser stays.
pub const FORGET_ALL: HeaderValue = HeaderValue::from_static("\"cache\", \"storage\"");

/// Returns the content security policy of a page whose inline scripts have this nonce.
#[must_use]
pub fn content_security_policy(nonce: Option<&Nonce>) -> HeaderValue {
    let scripts = nonce.map_or_else(String::new, |nonce| format!(" 'nonce-{nonce}'"));
    let policy = format!(
        "default-src 'none'; script-src 'self'{scripts} 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

/// The referrer policy of a page whose address contains a secret: browsers send only the origin.
/// With `no-referrer` browsers would send `Origin: null`, as for another site's form.
pub const SITE_ALONE: HeaderValue = HeaderValue::from_static("strict-origin");

/// Returns whether an address with this path may contain a secret, such as that of a link.
#[must_use]
pub fn holds_secret(path: &str) -> bool {
    SECRET_PATHS.iter().any(|start| path.starts_with(start))
}

/// Sets the referrer policy of a page whose address contains a secret, and overrides any earlier
/// policy.
pub fn hide_address(headers: &mut HeaderMap) {
    headers.insert(header::REFERRER_POLICY, SITE_ALONE);
}

/// Adds the security headers that a response does not set itself.
pub fn secure(headers: &mut HeaderMap, over_https: bool) {
    let mut usually = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    usually(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; \
             object-src 'none'",
        ),
    );
    usually(header::CACHE_CONTROL, NO_STORE);
    usually(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    usually(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    usually(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    usually(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    );
    usually(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    usually(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    );
    if over_https {
        usually(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
}
