//! The banners that tell an officer the outcome of an action on the queue. The address of the page
//! contains the key of the banner, and never the name of a person.

use leptos::prelude::*;

use crate::components::NotificationBanner;
use crate::pages::prose::{outside_link, paragraph_of};

registration::keyed! {
    /// The outcome of an action on the queue or on one of its entries.
    pub enum QueueNotice {
        /// Nothing was assigned, because there was no unassigned registration.
        NoUnassigned = "nothing-waits",
        /// The entry was assigned to the current officer.
        AssignedToMe = "taken",
        /// The entry was assigned to another officer.
        Assigned = "assigned",
        /// The entry was released to the queue.
        Released = "given-back",
        /// The request for another format was answered.
        Answered = "answered",
        /// Nothing was done, because somebody else had changed the entry first.
        Stale = "changed",
    }
}

impl QueueNotice {
    /// Returns the notice whose key is in the query of an address; `None` if the query has no known
    /// key.
    #[must_use]
    pub fn of_query(query: &str) -> Option<Self> {
        let done = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("done="))?;
        Self::from_key(done)
    }

    /// Returns an address with this notice in its query. `address` must not have a query yet.
    #[must_use]
    pub fn at(self, address: &str) -> String {
        [address, "?done=", self.key()].concat()
    }

    /// Renders the notice as a banner.
    pub fn view(self) -> AnyView {
        let (success, heading) = match self {
            Self::NoUnassigned => (false, "No unassigned registrations"),
            Self::AssignedToMe => (true, "Assigned to you"),
            Self::Assigned => (true, "Assigned to a colleague"),
            Self::Released => (true, "Given back to the queue"),
            Self::Answered => (true, "The request is marked as answered"),
            Self::Stale => (
                false,
                "Your change was not saved because somebody else changed this first",
            ),
        };
        view! { <NotificationBanner success=success heading=heading/> }.into_any()
    }
}

/// A decision on a registration, or questions about it, after which the officer asked for the next registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedView {
    /// The address of the registration.
    pub address: String,
    /// The reference of the registration.
    pub reference: String,
    /// The confirmation of the decision.
    pub words: &'static str,
}

impl DecidedView {
    /// Renders the confirmation. `next` says whether another registration was assigned to the officer.
    pub fn view(self, next: &'static str) -> AnyView {
        let heading = [&*self.reference, ": ", self.words].concat();
        let before = ["Go back to ", &self.reference].concat();
        let content = paragraph_of(vec![
            crate::components::text([next, " "].concat()),
            outside_link(self.address, before),
        ]);
        view! { <NotificationBanner success=true heading=heading>{content}</NotificationBanner> }
            .into_any()
    }
}
