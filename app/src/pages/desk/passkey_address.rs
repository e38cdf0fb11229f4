//! Whether passkeys work at the address at which the desk is open. Browsers tie a passkey to a name, so
//! at a number such as `127.0.0.1` none can be set up or used; the pages then say why.

use leptos::prelude::*;

use crate::pages::prose::paragraph;

/// Whether passkeys work at the address of the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PasskeyAddress {
    /// The host of the address is a name.
    #[default]
    Name,
    /// The host of the address is a number, so passkeys do not work.
    Number {
        /// The same place under a name, if it has one.
        instead: Option<String>,
    },
}

impl PasskeyAddress {
    /// Says why there are no passkeys here; `None` if there are.
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
                "Passkeys do not work at this address because it is a number. ",
                &then,
            ]
            .concat(),
        ))
    }

    /// Renders a form for passkeys, or the reason why there is none.
    #[must_use]
    pub fn form(&self, form: AnyView) -> AnyView {
        self.reason().unwrap_or(form)
    }
}
