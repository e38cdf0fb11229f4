//! The source of the current request: the client's network address, or the command line. It is
//! task-local, so that every audit row written for a request has it, however deep in the store.
//!
//! Background jobs have no source.

/// Source of commands, as the audit records it.
pub const COMMAND_LINE: &str = "command line";

tokio::task_local! {
    static SOURCE: Option<String>;
}

/// Runs a future with this source.
pub async fn within<F: Future>(source: Option<String>, doing: F) -> F::Output {
    SOURCE.scope(source, doing).await
}

/// Returns the source of the current request or command; `None` in background jobs.
#[must_use]
pub fn current() -> Option<String> {
    SOURCE.try_with(Clone::clone).ok().flatten()
}
