//! The log filter. Any level may be asked for, but the addresses of requests are never logged,
//! because an address may hold the secret of a link.

use tracing_subscriber::EnvFilter;

/// Default filter.
const USUALLY: &str = "info,sqlx=warn";
/// Directive that drops the trace lines of the CSRF layer, which contain the address of each
/// request.
const ADDRESSES: &str = "tower_http::csrf=debug";

/// Makes the log filter. `asked` has the syntax of `RUST_LOG`, such as `debug` or
/// `info,sqlx=trace`; if it is missing or cannot be parsed, the default filter applies.
#[must_use]
pub fn filter(asked: Option<&str>) -> EnvFilter {
    let filter = asked
        .and_then(|asked| EnvFilter::try_new(asked).ok())
        .unwrap_or_else(|| EnvFilter::new(USUALLY));
    match ADDRESSES.parse() {
        Ok(fewer) => filter.add_directive(fewer),
        Err(_) => filter,
    }
}
