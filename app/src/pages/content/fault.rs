//! 500: the server has failed. The heading is the Design System's own wording.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page for a failure of the server.
pub const TITLE: &str = "Sorry, there is a problem with the service";

/// The page for a failure of the server.
#[component]
pub fn Fault(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">"Try again later."</p>
            <p class="govuk-body">
                "Answers that you had already saved are kept. Check the last page you filled in: the answers on it may not have been saved."
            </p>
            <WayOut contact />
        </Column>
    }
}
