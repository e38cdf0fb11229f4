//! Whether passkeys work at the address of the desk. Browsers tie a passkey to a host name, so passkeys cannot be set
//! up or used at an IP address such as `127.0.0.1`. The pages at such an address give this reason.

use leptos::prelude::*;

use crate::pages::prose::paragraph;

/// Whether passkeys work at the address of the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PasskeyAddress {
    /// The host of the address is a name.
    #[default]
    Name,
    /// The host of the address is an IP address, so passkeys do not work.
    Number {
        /// The address of the desk with a host name, if the desk has one.
        instead: Option<String>,
    },
}

impl PasskeyAddress {
    /// Returns a paragraph that says why passkeys do not work; `None` if they work.
    #[must_use]
    pub fn reason(&self) -> Option<AnyView> {
        let Self::Number { instead } = self else {
            return None;
        };
        let then = instead.as_ref().map_or_else(
            || "Use an authenticator app instead.".to_owned(),
            |address| format!("To use a passkey, open the desk at {address}."),
        );
        Some(paragraph(
            [
                "Passkeys do not work at an address that is a number, such as 127.0.0.1. ",
                &then,
            ]
            .concat(),
        ))
    }

    /// Returns `form` if passkeys work, or else the reason why they do not.
    #[must_use]
    pub fn form(&self, form: AnyView) -> AnyView {
        self.reason().unwrap_or(form)
    }
}
