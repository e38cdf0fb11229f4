//! The start page: what an account is for, what to have at hand, how long it takes, other formats.

use leptos::prelude::*;

use crate::components::LinkButton;
use crate::pages::layout::PageLayout;
use crate::service::SERVICE_NAME;

/// The page.
#[component]
pub fn StartPage() -> impl IntoView {
    view! {
        <PageLayout title="Register your organisation">
            <h1 class="govuk-heading-xl">{SERVICE_NAME}</h1>
            <p class="govuk-body">
                "Use this service to register your firm, chambers or yourself for accounts on the Common Platform, the case system of the criminal courts in England and Wales."
            </p>
            <p class="govuk-body">"With a Common Platform account you can:"</p>
            <ul class="govuk-list govuk-list--bullet">
                <li>"link yourself to a case and a defendant, so that the Legal Aid Agency is told for payment"</li>
                <li>"get case materials yourself, such as the Initial Details of the Prosecution Case and the Pre-Trial Readiness form in the magistrates’ court"</li>
                <li>"serve documents on the court for Common Platform cases in the magistrates’ court"</li>
            </ul>
            <p class="govuk-body">
                "Registering takes about 10 minutes, and a minute more for each user. Your answers are saved on every page."
            </p>
            <LinkButton href="/tasks" start=true>"Start now"</LinkButton>
            <h2 class="govuk-heading-m">"Before you start"</h2>
            <p class="govuk-body">"You need:"</p>
            <ul class="govuk-list govuk-list--bullet">
                <li>"the address, telephone number and email address of your head office"</li>
                <li>"your SRA number, Bar number or LAA account numbers, whichever your organisation has"</li>
                <li>"the name, job title, email address and telephone number of your accountable person"</li>
                <li>"the name, email address, mobile number and role of each user"</li>
                <li>"somebody with the authority to accept the "
                    <a class="govuk-link" href="/terms-and-conditions" rel="external">"Terms and Conditions"</a>
                </li>
            </ul>
            <p class="govuk-body">
                "We check your organisation first. Then each user gets an email with a link to activate their account."
            </p>
            <p class="govuk-body">
                "If you are a self-employed, freelance or direct access barrister, register as an organisation of one person."
            </p>
            <h2 class="govuk-heading-m">"If you need another format"</h2>
            <p class="govuk-body">
                "This service works with screen readers, with a keyboard alone and without scripts. If you need something else, you can "
                <a class="govuk-link" href="/other-formats" rel="external">"ask for another format"</a>
                "."
            </p>
        </PageLayout>
    }
}
