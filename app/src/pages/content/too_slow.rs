//! 408: the client stopped sending the body of a request.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page.
pub const TITLE: &str = "Your answers took too long to reach us";

/// The page for a request whose body stalled.
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
