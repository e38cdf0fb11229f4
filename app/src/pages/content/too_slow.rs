//! 408: the client sent the body of its request too slowly.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page for a request that was sent too slowly.
pub const TITLE: &str = "Your answers took too long to reach us";

/// The page for a client that sent the body of its request too slowly.
#[component]
pub fn TooSlow(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                "We have not saved what you sent just now. Everything that you saved before is kept."
            </p>
            <p class="govuk-body">
                "Check your internet connection, then go back to the page you were on and try again."
            </p>
            <WayOut contact />
        </Column>
    }
}
