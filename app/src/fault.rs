//! The failures of a request, such as an unavailable store. Problems with answers have their own
//! type, `Problem`.
//!
//! A fault contains no free text, because it is sent to the browser and may be logged.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// The reason why the service could not do what the person asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Fault {
    /// The service cannot handle the request at the moment.
    #[error("the service cannot do this at the moment")]
    Unavailable,
    /// The server could not read the request, or the browser could not read the answer. No page of
    /// this service sends such a request.
    #[error("what was sent cannot be read")]
    Unreadable,
    /// The request is larger than the server accepts.
    #[error("more was sent than the server takes")]
    TooLong,
    /// The person's network has started more registrations, uploads or sign-ins than the service
    /// allows.
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
