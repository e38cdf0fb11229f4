//! 429: more was begun from one network than the service allows in an hour.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page.
pub const TITLE: &str = "There have been too many requests from your network";

/// The page for a request beyond a limit of its network.
#[component]
pub fn TooMany(
    /// How to reach the Common Platform Desk.
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
