//! What may be logged: whatever is asked for, but never the address of a page, which may hold the secret of a link.

use tracing_subscriber::EnvFilter;

/// What is logged where nothing is asked for.
const USUALLY: &str = "info,sqlx=warn";
/// What logs the address of each request.
const ADDRESSES: &str = "tower_http::csrf=debug";

/// The filter of the log: `asked` is in the words of `RUST_LOG`, such as `debug` or `info,sqlx=trace`; where they
/// cannot be read, what is usual is logged.
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
