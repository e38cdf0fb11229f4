//! 503: the database cannot be used at the moment. If the request sent a form of the registration,
//! the page contains its fields, so that the person can send the form again.

use leptos::prelude::*;

use super::layout::{Column, WayOut};
use crate::keyed_form;
use crate::service::Contact;

/// The heading of the page for an unavailable database.
pub const TITLE: &str = "The service is not available at the moment";

/// A form that may not have been saved.
#[derive(Debug, Clone)]
pub enum UnsavedForm {
    /// A form of the registration: the address that receives the form, and the names and values of
    /// its fields.
    Fields(String, Vec<(String, String)>),
    /// Any other form, such as an upload. The browser sends the form again if the person reloads
    /// the page.
    InBrowser,
}

/// The page for a request during which the database could not be used.
#[component]
pub fn Unavailable(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
    /// The form that was sent; `None` if a page was opened.
    #[prop(optional)]
    form: Option<UnsavedForm>,
) -> impl IntoView {
    let what_to_do = match form {
        None => view! {
            <p class="govuk-body">"Reload this page in a few minutes."</p>
        }
        .into_any(),
        Some(UnsavedForm::InBrowser) => view! {
            <p class="govuk-body">
                "What you sent just now may not have been saved. In a few minutes, reload this page and confirm that you want to send it again."
            </p>
        }
        .into_any(),
        Some(UnsavedForm::Fields(address, fields)) => view! {
            <p class="govuk-body">
                "What you sent just now may not have been saved. It is still on this page: in a few minutes, select the button to send it again."
            </p>
            <form method="post" action=keyed_form::address(address.into())>
                {fields
                    .into_iter()
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                    .collect_view()}
                <button type="submit" class="govuk-button" data-module="govuk-button">
                    "Send it again"
                </button>
            </form>
        }
        .into_any(),
    };
    view! {
        <Column title=TITLE>
            <p class="govuk-body">"Everything that you saved before is kept."</p>
            {what_to_do}
            <WayOut contact />
        </Column>
    }
}
