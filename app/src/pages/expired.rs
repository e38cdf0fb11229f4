//! What is said when the cookie belongs to a draft that has gone: what is kept, and how to go on.

use leptos::prelude::*;
use registration::journey;

use crate::pages::layout::{PageLayout, set_status};

const TITLE: &str = "Your saved answers have expired";

/// The page.
#[component]
pub fn ExpiredPage() -> impl IntoView {
    set_status(410);
    view! {
        <PageLayout title=TITLE>
            <h1 class="govuk-heading-l">{TITLE}</h1>
            <p class="govuk-body">
                "We delete answers 20 hours after you last used this browser to fill them in, and 28 days after you began."
            </p>
            <p class="govuk-body">
                "If you have just saved a page, we kept the answers of that page in a new registration."
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href=journey::TASKS>"Go to your registration"</a>
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href="/help" rel="external">"Get help"</a>
            </p>
        </PageLayout>
    }
}
