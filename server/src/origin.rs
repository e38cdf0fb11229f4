//! From where a change comes: held beside the task that answers a request, so that no row of the audit can be written
//! without it, however deep in the store.
//!
//! What no request asked for, such as the work of every hour, comes from nowhere.

/// What the audit keeps of what was asked on the command line.
pub const COMMAND_LINE: &str = "command line";

tokio::task_local! {
    static ORIGIN: Option<String>;
}

/// Does something for somebody at a place.
pub async fn within<F: Future>(origin: Option<String>, doing: F) -> F::Output {
    ORIGIN.scope(origin, doing).await
}

/// From where that comes which is being done.
#[must_use]
pub fn current() -> Option<String> {
    ORIGIN.try_with(Clone::clone).ok().flatten()
}
