//! The privacy notice: how the service uses personal data.
//!
//! The Ministry of Justice is the controller. Its data protection officer must check this page
//! before it is published.

use leptos::prelude::*;
use registration::retention::{Periods, PersonalData};

use super::layout::{Column, ContactDetails};
use crate::components::{Cell, Table};
use crate::service::Contact;

/// The heading of the privacy notice.
pub const TITLE: &str = "Privacy notice";

/// The page with the privacy notice.
#[component]
pub fn Privacy(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
    /// The retention period of each kind of personal data.
    retention: Periods,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                "This notice says what personal data we collect, why, and what rights you have."
            </p>
            <h2 class="govuk-heading-m">"Who we are"</h2>
            <p class="govuk-body">
                "HM Courts and Tribunals Service (HMCTS) runs this service. HMCTS is an executive agency of the Ministry of Justice (MOJ). MOJ is the controller of your personal data. The "
                <a
                    class="govuk-link"
                    href="https://www.gov.uk/government/organisations/ministry-of-justice/about/personal-information-charter"
                >
                    "MOJ personal information charter"
                </a> " explains how MOJ handles personal data."
            </p>
            {data()} {purposes()} {sharing()} {keeping(&retention)} {rights()}
            <p class="govuk-body">
                "To correct something in a registration, or to ask about this notice, contact the Common Platform Desk."
            </p>
            <ContactDetails contact />
            {complaints()}
        </Column>
    }
}

fn data() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"The personal data we collect"</h2>
        <p class="govuk-body">"We collect:"</p>
        <ul class="govuk-list govuk-list--bullet">
            <li>"the name, job title and contact details of the accountable person"</li>
            <li>
                "the name, work email address, mobile phone number and role of each person who needs an account"
            </li>
            <li>"LAA, SRA and Bar numbers, which can identify a person who works alone"</li>
            <li>
                "the name of the person who accepted the terms and conditions, in what role and when"
            </li>
            <li>"a record of what was changed in a registration, by whom and when"</li>
            <li>
                "the email address that you give to come back to a registration, and those of the colleagues you share it with"
            </li>
            <li>
                "your name, how to reach you and the assistive technology you use, if you request another format"
            </li>
        </ul>
        <p class="govuk-body">
            "If you give us details of other people, tell them. Show them this notice."
        </p>
    }
}

fn purposes() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"Why we collect it"</h2>
        <p class="govuk-body">"We use personal data to:"</p>
        <ul class="govuk-list govuk-list--bullet">
            <li>"check that the organisation is who it says it is"</li>
            <li>"set up, change and close Common Platform accounts"</li>
            <li>"tell you what happens to the registration"</li>
            <li>"keep a record of who accepted the terms and conditions"</li>
            <li>"keep the service secure, and look into suspected misuse"</li>
        </ul>
        <p class="govuk-body">
            "An officer of the Common Platform Desk makes the decision on each registration. No decision is made by a computer alone."
        </p>
        <h2 class="govuk-heading-m">"Our lawful basis"</h2>
        <p class="govuk-body">
            "Our lawful basis is public task. We need the data for a task in the public interest: the administration of justice. This is Article 6(1)(e) of the UK General Data Protection Regulation (UK GDPR) and section 8 of the Data Protection Act 2018."
        </p>
    }
}

fn sharing() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"Who we share it with"</h2>
        <p class="govuk-body">"We share what is needed with:"</p>
        <ul class="govuk-list govuk-list--bullet">
            <li>"Common Platform, where the accounts are set up"</li>
            <li>
                "the Legal Aid Agency, the Solicitors Regulation Authority and the Bar Standards Board, to check the numbers you give us"
            </li>
            <li>"suppliers that run our systems for us, under contract"</li>
            <li>"an address service, which gets the postcode if you look up an address by it"</li>
            <li>"the police, courts and regulators, when the law says that we must"</li>
        </ul>
        <p class="govuk-body">
            "We do not sell personal data or use it for marketing. It is stored in the UK."
        </p>
    }
}

fn keeping(retention: &Periods) -> impl IntoView + use<> {
    let rows = PersonalData::ALL
        .into_iter()
        .map(|kind| {
            let kept_for = retention.sentence(kind);
            vec![kind.what().into(), kind.why().into(), kept_for.into()]
        })
        .collect::<Vec<Vec<Cell>>>();
    view! {
        <h2 class="govuk-heading-m">"How long we keep it"</h2>
        <p class="govuk-body">"This table says when we delete personal data."</p>
        <Table
            caption="Personal data, and how long we keep it"
            head=vec!["What".into(), "Why we keep it".into(), "How long".into()]
            rows
            reflows=true
        />
        <p class="govuk-body">
            "We keep a registration until the Common Platform Desk has made its decision. If you upload a spreadsheet, we read it. We do not keep the file."
        </p>
        <p class="govuk-body">
            "We keep the record of who changed or opened a registration for as long as the registration. Then we delete its personal data. We keep only its reference, what was decided and when."
        </p>
        <p class="govuk-body">
            "Our backups keep deleted data for a short time longer."
        </p>
    }
}

fn rights() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"Your rights"</h2>
        <p class="govuk-body">"You have the right to ask us:"</p>
        <ul class="govuk-list govuk-list--bullet">
            <li>"for a copy of the personal data that we hold about you"</li>
            <li>"to correct it"</li>
            <li>"to delete it, in some circumstances"</li>
            <li>"to limit what we do with it"</li>
            <li>"to stop using it, if you object"</li>
        </ul>
        <p class="govuk-body">
            "To get a copy, "
            <a
                class="govuk-link"
                href="https://www.gov.uk/government/organisations/ministry-of-justice/about/personal-information-charter"
            >
                "make a subject access request to MOJ"
            </a> "."
        </p>
    }
}

fn complaints() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"If you have a complaint"</h2>
        <p class="govuk-body">
            "You can complain to the MOJ data protection officer about how we use your personal data."
        </p>
        <p class="govuk-body">
            "Data Protection Officer" <br /> "Ministry of Justice" <br />
            "3rd Floor, Post Point 3.20" <br /> "10 South Colonnade" <br /> "London" <br />
            "E14 4PU"
            <br />
            "Email: "
            <a class="govuk-link" href="mailto:dpo@justice.gov.uk">
                "dpo@justice.gov.uk"
            </a>
        </p>
        <p class="govuk-body">
            "You can also complain to the Information Commissioner’s Office (ICO). It is the independent regulator of data protection."
        </p>
        <p class="govuk-body">
            "Information Commissioner’s Office" <br /> "Wycliffe House" <br /> "Water Lane" <br />
            "Wilmslow" <br /> "Cheshire" <br /> "SK9 5AF" <br /> "Telephone: 0303 123 1113" <br />
            <a class="govuk-link" href="https://ico.org.uk/make-a-complaint/">
                "Complain to the ICO"
            </a>
        </p>
        <p class="govuk-body">"This notice was last updated on 30 November 2026."</p>
    }
}
