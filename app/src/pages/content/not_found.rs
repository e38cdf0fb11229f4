//! 404: there is no page at this address. The text is the Design System's own wording.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page for an unknown address.
pub const TITLE: &str = "Page not found";

/// The page for an address that does not exist.
#[component]
pub fn NotFound(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">"If you typed the web address, check it is correct."</p>
            <p class="govuk-body">
                "If you pasted the web address, check you copied the entire address."
            </p>
            <WayOut contact />
        </Column>
    }
}
