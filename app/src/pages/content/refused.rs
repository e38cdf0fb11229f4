//! 403: the request did not come from a page of this service, so the server did not act on it.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page for a refused request.
pub const TITLE: &str = "You need to open the service and try again";

/// The page for a request that did not come from a page of the service.
#[component]
pub fn Refused(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                "The request did not come from a page of this service. To protect your registration, we did not act on it. Nothing has changed."
            </p>
            <p class="govuk-body">
                "Open the service with the link below, and try again from there. If it happens again, try another browser, or turn off extensions that change web pages."
            </p>
            <WayOut contact />
        </Column>
    }
}
