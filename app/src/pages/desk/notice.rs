//! The banners that tell an officer what was just done. The address of the page names a banner by a
//! key, and never names a person.

use leptos::prelude::*;

use crate::components::NotificationBanner;

macro_rules! notices {
    ($($(#[$doc:meta])* $notice:ident $key:literal $success:literal $words:literal;)*) => {
        /// The change that the page confirms.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum QueueNotice { $($(#[$doc])* $notice,)* }

        impl QueueNotice {
            /// Returns the key in the address.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$notice => $key,)* }
            }

            /// Returns the notice that the query of an address names, if it names one.
            #[must_use]
            pub fn of_query(query: &str) -> Option<Self> {
                let done = query.split('&').find_map(|pair| pair.strip_prefix("done="))?;
                match done { $($key => Some(Self::$notice),)* _ => None }
            }

            /// Returns the address with this notice in its query.
            #[must_use]
            pub fn at(self, address: &str) -> String {
                [address, "?done=", self.key()].concat()
            }

            /// Renders the banner.
            pub fn view(self) -> AnyView {
                let (success, heading) = match self { $(Self::$notice => ($success, $words),)* };
                view! { <NotificationBanner success=success heading=heading/> }.into_any()
            }
        }
    };
}

notices! {
    /// There is no unassigned registration.
    NothingWaits "nothing-waits" false "No unassigned registrations";
    /// It was assigned to the officer who asked.
    Taken "taken" true "Assigned to you";
    /// It was assigned to another officer.
    Assigned "assigned" true "Assigned to a colleague";
    /// It was released to the queue.
    GivenBack "given-back" true "Given back to the queue";
    /// The request was answered.
    Answered "answered" true "The request is marked as answered";
    /// Nothing was done, because somebody else had changed it first.
    Stale "changed" false "Your change was not saved because somebody else changed this first";
}
