//! The accessibility statement, based on the sample of the Government Digital Service.
//!
//! The Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations
//! 2018 require this page. The law fixes some headings and sentences, which say "website" and must
//! not be reworded. docs/content.md lists them.

use leptos::prelude::*;
use registration::format_request::WORKING_DAYS;

use super::layout::{Column, ContactDetails};
use crate::service::Contact;

/// The heading of the accessibility statement.
pub const TITLE: &str = "Accessibility statement";

/// The accessibility statement.
#[component]
pub fn AccessibilityStatement(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            {scope()}
            <h2 class="govuk-heading-m">"Feedback and contact information"</h2>
            <p class="govuk-body">
                "If you need information on this website in a different format, "
                <a class="govuk-link" href="/other-formats">
                    "ask for another format"
                </a>
                " or contact the Common Platform Desk. We will consider your request and get back to you in " {WORKING_DAYS} " working days."
            </p>
            <ContactDetails contact=contact.clone() />
            <h2 class="govuk-heading-m">"Reporting accessibility problems with this website"</h2>
            <p class="govuk-body">
                "We’re always looking to improve the accessibility of this website. If you find any problems not listed on this page or think we’re not meeting accessibility requirements, email "
                <a class="govuk-link" href=format!("mailto:{}", contact.email)>
                    {contact.email.clone()}
                </a> "."
            </p>
            <h2 class="govuk-heading-m">"Enforcement procedure"</h2>
            <p class="govuk-body">
                "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 (the ‘accessibility regulations’). If you’re not happy with how we respond to your complaint, "
                <a class="govuk-link" href="https://www.equalityadvisoryservice.com/">
                    "contact the Equality Advisory and Support Service (EASS)"
                </a> "."
            </p>
            {technical()} {not_accessible()} {preparation()}
        </Column>
    }
}

fn scope() -> impl IntoView {
    view! {
        <p class="govuk-body">
            "This accessibility statement applies to the Register for Common Platform service. It does not apply to Common Platform itself."
        </p>
        <p class="govuk-body">
            "This website is run by HM Courts and Tribunals Service. We want as many people as possible to be able to use this website. For example, that means you should be able to:"
        </p>
        <ul class="govuk-list govuk-list--bullet">
            <li>"change colours, contrast levels and fonts using browser or device settings"</li>
            <li>"zoom in up to 400% without the text spilling off the screen"</li>
            <li>"navigate all of the website using just a keyboard"</li>
            <li>"use all of the website with JavaScript turned off"</li>
        </ul>
        <p class="govuk-body">
            "We’ve also made the website text as simple as possible to understand."
        </p>
        <p class="govuk-body">
            <a class="govuk-link" href="https://mcmw.abilitynet.org.uk/">
                "AbilityNet"
            </a>
            " has advice on making your device easier to use if you have a disability."
        </p>
        <h2 class="govuk-heading-m">"How accessible this website is"</h2>
        <p class="govuk-body">
            "The pages are built to work with screen readers and speech recognition software. Disabled people have not tested them yet, and nobody outside our team has audited them. There may be problems that we do not know of."
        </p>
    }
}

fn technical() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">
            "Technical information about this website’s accessibility"
        </h2>
        <p class="govuk-body">
            "HM Courts and Tribunals Service is committed to making its website accessible, in accordance with the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018."
        </p>
        <h3 class="govuk-heading-s">"Compliance status"</h3>
        <p class="govuk-body">
            "This website is partially compliant with the "
            <a class="govuk-link" href="https://www.w3.org/TR/WCAG22/">
                "Web Content Accessibility Guidelines version 2.2"
            </a> " AA standard, due to the non-compliances listed below."
        </p>
    }
}

fn not_accessible() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"Non-accessible content"</h2>
        <p class="govuk-body">
            "The content listed below is non-accessible for the following reasons."
        </p>
        <h3 class="govuk-heading-s">"Non-compliance with the accessibility regulations"</h3>
        <p class="govuk-body">
            "We do not know of a page that fails a success criterion. But automated tools and our own checks cannot find every problem, so we cannot say that the whole website is compliant. Until an external audit:"
        </p>
        <ul class="govuk-list govuk-list--bullet">
            <li>
                "we have not shown that every page works with the most recent versions of JAWS, NVDA and VoiceOver, so a page may fail success criteria 1.3.1 (info and relationships), 4.1.2 (name, role, value) or 4.1.3 (status messages)"
            </li>
            <li>
                "we have not shown that every page works with speech recognition software, so a page may fail success criterion 2.5.3 (label in name)"
            </li>
        </ul>
        <p class="govuk-body">
            "We plan to have the website audited, and tested with disabled people. We will change this statement when we have the results."
        </p>
        <h3 class="govuk-heading-s">"Disproportionate burden"</h3>
        <p class="govuk-body">
            "We do not claim that making any part of this website accessible would be a disproportionate burden."
        </p>
        <h3 class="govuk-heading-s">
            "Content that’s not within the scope of the accessibility regulations"
        </h3>
        <p class="govuk-body">
            "We have not found any content that is outside the scope of the accessibility regulations."
        </p>
    }
}

fn preparation() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"Preparation of this accessibility statement"</h2>
        <p class="govuk-body">
            "This statement was prepared on 22 November 2026. It was last reviewed on 22 November 2026."
        </p>
        <p class="govuk-body">
            "This website was last tested on 22 November 2026. The test was carried out by the team that built it. The team checked the pages with automated tools and used them with just a keyboard."
        </p>
    }
}
