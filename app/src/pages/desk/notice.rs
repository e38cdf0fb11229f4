//! The banners that tell an officer what was just done. The address of the page names a banner by a
//! key, and never names a person.

use leptos::prelude::*;

use crate::components::NotificationBanner;

registration::keyed! {
    /// The change that the page confirms.
    pub enum QueueNotice {
        /// There is no unassigned registration.
        NothingWaits = "nothing-waits",
        /// It was assigned to the officer who asked.
        Taken = "taken",
        /// It was assigned to another officer.
        Assigned = "assigned",
        /// It was released to the queue.
        GivenBack = "given-back",
        /// The request was answered.
        Answered = "answered",
        /// Nothing was done, because somebody else had changed it first.
        Stale = "changed",
    }
}

impl QueueNotice {
    /// Returns the notice that the query of an address names, if it names one.
    #[must_use]
    pub fn of_query(query: &str) -> Option<Self> {
        let done = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("done="))?;
        Self::from_key(done)
    }

    /// Returns the address with this notice in its query.
    #[must_use]
    pub fn at(self, address: &str) -> String {
        [address, "?done=", self.key()].concat()
    }

    /// Renders the banner.
    pub fn view(self) -> AnyView {
        let (success, heading) = match self {
            Self::NothingWaits => (false, "No unassigned registrations"),
            Self::Taken => (true, "Assigned to you"),
            Self::Assigned => (true, "Assigned to a colleague"),
            Self::GivenBack => (true, "Given back to the queue"),
            Self::Answered => (true, "The request is marked as answered"),
            Self::Stale => (
                false,
                "Your change was not saved because somebody else changed this first",
            ),
        };
        view! { <NotificationBanner success=success heading=heading/> }.into_any()
    }
}
