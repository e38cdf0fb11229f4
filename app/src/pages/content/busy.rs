//! 503: the server has no capacity for the request at the moment.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page for a busy server.
pub const TITLE: &str = "The service is busy";

/// The page for a request that the server has no capacity for.
#[component]
pub fn Busy(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                "We have not saved what you sent just now. Everything that you saved before is kept."
            </p>
            <p class="govuk-body">
                "Go back to the page you were on and try again in a few minutes."
            </p>
            <WayOut contact />
        </Column>
    }
}
