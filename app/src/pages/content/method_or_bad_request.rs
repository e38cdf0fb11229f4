//! 400: the request could not be read. The page is also shown with the status 405, for a method
//! that the address does not accept.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page for a request that could not be read.
pub const TITLE: &str = "We could not read what was sent";

/// The page for a request that could not be read.
#[component]
pub fn Unreadable(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                "Part of what your browser sent was missing or damaged on the way. We have not saved it. Everything that you saved before is kept."
            </p>
            <p class="govuk-body">
                "Go back to the page you were on, check your answers and send them again."
            </p>
            <WayOut contact />
        </Column>
    }
}
