//! 429: one network has started more registrations, uploads or sign-ins in an hour than the service
//! allows.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page for a network that has reached a limit.
pub const TITLE: &str = "There have been too many requests from your network";

/// The page for a request from a network that has reached a limit.
#[component]
pub fn TooMany(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                "To protect the service, we limit how many registrations, uploads and sign-ins can begin from one network. Try again in a few minutes."
            </p>
            <p class="govuk-body">
                "Answers that you had already saved are kept."
            </p>
            <WayOut contact />
        </Column>
    }
}
