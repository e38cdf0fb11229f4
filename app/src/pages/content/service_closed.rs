//! 503: the service is closed for a while. The heading is the Design System's own wording.

use leptos::prelude::*;

use super::layout::{Column, ContactDetails};
use crate::service::Contact;

/// The heading of the page for a closed service.
pub const TITLE: &str = "Sorry, the service is unavailable";

/// The page shown while the service is closed.
#[component]
pub fn ServiceClosed(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
    /// The time of reopening, if known, such as `9am on Monday 30 November 2026`.
    #[prop(optional, into)]
    until: Option<String>,
) -> impl IntoView {
    let opens = until.map_or_else(
        || "You will be able to use the service later.".to_owned(),
        |until| format!("You will be able to use the service from {until}."),
    );
    view! {
        <Column title=TITLE>
            <p class="govuk-body">{opens}</p>
            <p class="govuk-body">
                "Answers that you had already saved are kept. When the service is open again, you can "
                <a class="govuk-link" href="/tasks">
                    "go to your registration"
                </a> "."
            </p>
            <p class="govuk-body">
                "If you cannot wait, contact the Common Platform Desk."
            </p>
            <ContactDetails contact />
        </Column>
    }
}
