//! Shared parts of the content pages: the column, the contact details of the desk, and the end of
//! an error page.

use leptos::prelude::*;

use crate::service::Contact;

/// A column of two thirds of the page, with the heading of the page.
#[component]
pub fn Column(
    /// The heading of the page.
    title: &'static str,
    /// The content below the heading.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="govuk-grid-row">
            <div class="govuk-grid-column-two-thirds">
                <h1 class="govuk-heading-l">{title}</h1>
                {children()}
            </div>
        </div>
    }
}

/// The email address, telephone number and opening hours of the Common Platform Desk.
#[component]
pub fn ContactDetails(
    /// The contact details, from the settings.
    contact: Contact,
) -> impl IntoView {
    let Contact {
        email,
        telephone,
        hours,
    } = contact;
    let digits: String = telephone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    view! {
        <p class="govuk-body">
            <strong>"Common Platform Desk"</strong>
            <br />
            "Email: "
            <a class="govuk-link" href=format!("mailto:{email}")>
                {email.clone()}
            </a>
            <br />
            "Telephone: "
            <a class="govuk-link" href=format!("tel:{digits}")>
                {telephone}
            </a>
            <br />
            {hours}
        </p>
    }
}

/// The end of an error page: links to the registration and to help, and the contact details of the
/// desk.
#[component]
pub fn WayOut(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <p class="govuk-body">
            <a class="govuk-link" href="/tasks">
                "Go to your registration"
            </a>
        </p>
        <p class="govuk-body">
            "You can also "
            <a class="govuk-link" href="/help">
                "read our help page"
            </a>
            " or contact the Common Platform Desk."
        </p>
        <ContactDetails contact />
    }
}
