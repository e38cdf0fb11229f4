//! How to ask for the form in another format.
//!
//! The service is the accessible version of the old spreadsheet. This page is for people who cannot
//! use the service.

use leptos::prelude::*;
use registration::format_request::WORKING_DAYS;

use super::layout::{Column, ContactDetails};
use crate::service::Contact;

/// The heading of the page about other formats.
pub const TITLE: &str = "Ask for another format";

/// The page that says how to ask for the form in another format.
#[component]
pub fn OtherFormats(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                "This service is made to work with assistive technology, such as a screen reader. If you cannot use it, you can:"
            </p>
            <ul class="govuk-list govuk-list--bullet">
                <li>
                    <a class="govuk-link" href=super::format_request::PATH>
                        "request the form in another format"
                    </a> ", such as large print, braille or audio"
                </li>
                <li>
                    <a class="govuk-link" href="/blank-form">
                        "print a blank form"
                    </a>
                </li>
                <li>
                    <a class="govuk-link" href="/blank-form.odt">
                        "download a blank form as an OpenDocument text (ODT)"
                    </a> " to fill in on a computer"
                </li>
            </ul>
            <p class="govuk-body">
                "You can also email or telephone the Common Platform Desk. We get back to you in " {WORKING_DAYS}
                " working days."
            </p>
            <ContactDetails contact />
            <h2 class="govuk-heading-m">"If you cannot hear or speak on the phone"</h2>
            <p class="govuk-body">
                "You can use "
                <a class="govuk-link" href="https://www.relayuk.bt.com/">
                    "Relay UK"
                </a> ". Dial 18001 before our number."
            </p>
            <h2 class="govuk-heading-m">"How accessible the service is"</h2>
            <p class="govuk-body">
                "Our "
                <a class="govuk-link" href="/accessibility-statement">
                    "accessibility statement"
                </a> " says what has been tested and what has not."
            </p>
        </Column>
    }
}
