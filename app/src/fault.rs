//! Failures that the person's answers do not cause, such as a store that is unavailable.
//!
//! A fault carries no free text: it is sent to the browser, and its content could end up in a log.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// The reason why a page could not do what the person asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Fault {
    /// The service cannot do this at the moment.
    #[error("the service cannot do this at the moment")]
    Unavailable,
    /// The request is not one that this service's pages send.
    #[error("what was sent cannot be read")]
    Unreadable,
    /// The request is larger than the server accepts.
    #[error("more was sent than the server takes")]
    TooLong,
    /// More was begun from the person’s network than the service allows.
    #[error("too much was begun from this network")]
    TooMany,
    /// The browser could not reach the server.
    #[error("the server could not be reached")]
    Unreachable,
}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Self::Unreadable,
            ServerFnErrorErr::Request(_) => Self::Unreachable,
            _ => Self::Unavailable,
        }
    }
}
