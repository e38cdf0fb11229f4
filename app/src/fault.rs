//! What can go wrong that is nobody's answer: the store is away, what was sent cannot be read.
//!
//! A fault carries no free text: it crosses to the browser, and what is in it could end up in a log.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a page could not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Fault {
    /// The service cannot do it at the moment.
    #[error("the service cannot do this at the moment")]
    Unavailable,
    /// What was sent is not what this service's pages send.
    #[error("what was sent cannot be read")]
    Unreadable,
    /// More was sent than the server takes.
    #[error("more was sent than the server takes")]
    TooLong,
    /// The server could not be reached from the browser.
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
