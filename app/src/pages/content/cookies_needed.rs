//! 403: the browser did not send back the cookie of a new draft, so no answer can be saved.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::service::Contact;

/// The heading of the page for a browser without the cookie.
pub const TITLE: &str = "Turn on cookies to use this service";

/// The page for a browser that does not send back the cookie of a new draft.
#[component]
pub fn CookiesNeeded(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                "Your browser did not accept our cookie. We need it to keep your answers while you fill in the form, so we could not save the answers that you have just sent."
            </p>
            <p class="govuk-body">
                "We use it for this only. You can "
                <a class="govuk-link" href="/cookies">
                    "read about the cookie"
                </a> "."
            </p>
            <p class="govuk-body">"To go on with your registration:"</p>
            <ol class="govuk-list govuk-list--number">
                <li>"Allow cookies for this service in the settings of your browser."</li>
                <li>"Go back to the page you were on."</li>
                <li>"Check your answers and send them again."</li>
            </ol>
            <p class="govuk-body">
                "If you cannot turn on cookies, you can "
                <a class="govuk-link" href="/other-formats">
                    "ask for the form in another format"
                </a> "."
            </p>
            <WayOut contact />
        </Column>
    }
}
