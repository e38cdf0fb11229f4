//! Rate limits for actions that need no sign-in. They stop one client address from filling the
//! database, overloading a sign-in provider or guessing codes.

use crate::keyed;

/// Length of the window in which actions are counted, in minutes.
pub const WINDOW_MINUTES: i64 = 60;

keyed! {
    /// An action that needs no sign-in and is limited for each client address.
    #[derive(Hash)]
    pub enum LimitedOperation {
        /// Starting a draft of a registration.
        Draft = "draft",
        /// Starting the import of a spreadsheet.
        Import = "import",
        /// Starting single sign-on, which sends a request to the department's provider.
        SingleSignOn = "single-sign-on",
        /// Starting sign-in with a passkey.
        Passkey = "passkey",
        /// Trying a code that opens a draft. Each code also has a limit of its own; this limit
        /// stops one client address from trying a few codes for each of many email addresses.
        AccessCode = "access-code",
        /// Looking up the addresses at a postcode, which sends a request to the address service.
        AddressLookup = "address-lookup",
    }
}

impl LimitedOperation {
    /// Returns the maximum number of actions of this kind that one client address may start in a
    /// burst. After the burst, one more action is allowed each time [`spacing`](Self::spacing) has
    /// passed.
    ///
    /// The limit is high because a whole office may share one address.
    #[must_use]
    pub const fn most(self) -> i64 {
        match self {
            Self::Draft
            | Self::SingleSignOn
            | Self::Passkey
            | Self::AccessCode
            | Self::AddressLookup => 100,
            Self::Import => 60,
        }
    }

    /// Returns the time between two actions that are allowed after a burst, in milliseconds.
    #[must_use]
    pub const fn spacing(self) -> i64 {
        WINDOW_MINUTES * 60_000 / self.most()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_has_room_for_as_many_as_may_begin_at_once() {
        for operation in LimitedOperation::ALL {
            assert_eq!(
                operation.most() * operation.spacing(),
                WINDOW_MINUTES * 60_000
            );
        }
    }
}
