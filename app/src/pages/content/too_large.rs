//! 413: the request is larger than the server accepts, because of a long answer or a large file.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page for a request that is too large.
pub const TITLE: &str = "Your answers are too long to be sent";

/// The page for a request that is too large.
#[component]
pub fn TooLarge(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                "What you sent just now was too long, and we have not saved it. Everything that you saved before is kept."
            </p>
            <p class="govuk-body">"Go back to the page you were on, and:"</p>
            <ul class="govuk-list govuk-list--bullet">
                <li>"if you wrote or pasted text, make it shorter"</li>
                <li>
                    "if you chose a spreadsheet, remove pictures, and pages that do not list users"
                </li>
                <li>"if you have many users, add them in smaller groups"</li>
            </ul>
            <WayOut contact />
        </Column>
    }
}
