//! What is told on a page of the desk after something was done: named in the address by one word, nobody by a name.

use leptos::prelude::*;

use crate::components::NotificationBanner;

macro_rules! notices {
    ($($(#[$doc:meta])* $notice:ident $key:literal $success:literal $words:literal;)*) => {
        /// What was done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum QueueNotice { $($(#[$doc])* $notice,)* }

        impl QueueNotice {
            /// The word in the address.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$notice => $key,)* }
            }

            /// What the query of an address tells, if anything.
            #[must_use]
            pub fn of_query(query: &str) -> Option<Self> {
                let done = query.split('&').find_map(|pair| pair.strip_prefix("done="))?;
                match done { $($key => Some(Self::$notice),)* _ => None }
            }

            /// An address that tells it.
            #[must_use]
            pub fn at(self, address: &str) -> String {
                [address, "?done=", self.key()].concat()
            }

            /// The banner.
            pub fn view(self) -> AnyView {
                let (success, heading) = match self { $(Self::$notice => ($success, $words),)* };
                view! { <NotificationBanner success=success heading=heading/> }.into_any()
            }
        }
    };
}

notices! {
    /// There was nothing to take.
    NothingWaits "nothing-waits" false "No registration waits that nobody has";
    /// It was taken.
    Taken "taken" true "You have taken this registration";
    /// Somebody else has it now.
    Assigned "assigned" true "Who has it was changed";
    /// It was given back.
    GivenBack "given-back" true "It was given back and waits for somebody to take it";
    /// The request was answered.
    Answered "answered" true "The request is marked as answered";
    /// Somebody was quicker.
    Stale "changed" false "Somebody has changed this in the meantime. Nothing that you did was kept: check how it stands now";
}
