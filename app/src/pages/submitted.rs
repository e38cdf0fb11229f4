//! The confirmation after submitting, and the copy of what was submitted: safe to reload and to keep.

use leptos::form::ActionForm;
use leptos::prelude::*;
use registration::journey;
use registration::registration::{Organisation, Person, Registration};
use serde::{Deserialize, Serialize};

use crate::components::{Button, ButtonKind, Cell, LabelSize, Panel, SummaryList, SummaryRow, Table};
use crate::fault::Fault;
use crate::pages::layout::{Loaded, PageLayout, set_status};
use crate::service::Contact;

/// What the confirmation and the copy are drawn from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Confirmation {
    reference: String,
    submitted_at: String,
    signed_at: String,
    terms_sha256: String,
    registration: Registration,
    desk: Contact,
}

/// The confirmation.
#[component]
pub fn SubmittedPage() -> impl IntoView {
    let submitted = Resource::new(|| (), |()| load_submitted());
    let page = |found: Option<Confirmation>| {
        let Some(Confirmation { reference, submitted_at, registration, desk, .. }) = found else {
            return view! { <NoConfirmation/> }.into_any();
        };
        view! {
            <PageLayout title="Registration submitted">
                <Panel title="Registration submitted">
                    "Your reference"<br/><strong>{reference}</strong>
                </Panel>
                <p class="govuk-body">
                    {format!("We received the registration of {} on {submitted_at}.", registration.organisation.name)}
                </p>
                <p class="govuk-body">
                    <a class="govuk-link" href=journey::COPY>"View, print or save a copy of your registration"</a>
                </p>
                <h2 class="govuk-heading-m">"What happens next"</h2>
                <p class="govuk-body">
                    "The Common Platform Desk checks your organisation. If you told us about an early hearing, it does so sooner. If it needs to know more, it contacts your accountable person."
                </p>
                <p class="govuk-body">
                    "Once your organisation is checked, each user gets an email with a link to activate their account. The link works for 28 days."
                </p>
                <p class="govuk-body">
                    "To ask about your registration, email "
                    <a class="govuk-link" href=format!("mailto:{}", desk.email)>{desk.email.clone()}</a>
                    " or telephone "{desk.telephone}" ("{desk.hours}"). Give your reference."
                </p>
                <BeginAnother/>
            </PageLayout>
        }
        .into_any()
    };
    view! { <Loaded resource=submitted view=page/> }
}

/// The copy, made to be printed or saved.
#[component]
pub fn CopyPage() -> impl IntoView {
    let submitted = Resource::new(|| (), |()| load_submitted());
    let page = |found: Option<Confirmation>| {
        let Some(confirmation) = found else {
            return view! { <NoConfirmation/> }.into_any();
        };
        let Confirmation { reference, submitted_at, signed_at, terms_sha256, registration, .. } =
            confirmation;
        let Registration { organisation, accountable_person, people, signature } = registration;
        let about = vec![
            SummaryRow::new("Reference", reference.clone()),
            SummaryRow::new("Submitted", submitted_at),
        ];
        let accountable = vec![
            SummaryRow::new("Name", format!("{} {}", accountable_person.first_name, accountable_person.last_name)),
            SummaryRow::new("Job title", accountable_person.job_title.to_string()),
            SummaryRow::new("Email address", accountable_person.email.to_string()),
            SummaryRow::new("Telephone number", accountable_person.telephone.to_string()),
        ];
        let signed = vec![
            SummaryRow::new("Signed by", signature.full_name.to_string()),
            SummaryRow::new("Capacity", signature.capacity.to_string()),
            SummaryRow::new("Signed", signed_at),
            SummaryRow::new("Version of the Terms", signature.terms_version),
            SummaryRow::new("SHA-256 of the text", view! { <span class="app-long-word">{terms_sha256}</span> }),
        ];
        view! {
            <PageLayout title="Copy of your registration" back=journey::SUBMITTED wide=true>
                <h1 class="govuk-heading-l">"Copy of your registration"</h1>
                <p class="govuk-body app-screen-only">"To print or save this page, use your browser’s print command."</p>
                <SummaryList rows=about/>
                <h2 class="govuk-heading-m">"Organisation"</h2>
                <SummaryList rows=rows_of(organisation)/>
                <h2 class="govuk-heading-m">"Accountable person"</h2>
                <SummaryList rows=accountable/>
                <h2 class="govuk-heading-m">"Users"</h2>
                {people_table(people)}
                <h2 class="govuk-heading-m">"Terms and Conditions"</h2>
                <SummaryList rows=signed/>
            </PageLayout>
        }
        .into_any()
    };
    view! { <Loaded resource=submitted view=page/> }
}

/// What a page of the form says once the registration was submitted.
#[component]
pub fn AlreadySubmittedPage() -> impl IntoView {
    view! {
        <PageLayout title="You have already submitted this registration">
            <h1 class="govuk-heading-l">"You have already submitted this registration"</h1>
            <p class="govuk-body">
                "Its answers can no longer be changed here. To correct something, contact the Common Platform Desk and give your reference."
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href=journey::SUBMITTED>"Go to your reference and your copy"</a>
            </p>
            <BeginAnother/>
        </PageLayout>
    }
}

fn rows_of(organisation: Organisation) -> Vec<SummaryRow> {
    let text = |value: Option<String>| vec![value.unwrap_or_else(|| "Not provided".to_owned())];
    let address = [
        Some(organisation.address_line_1.to_string()),
        organisation.address_line_2.map(|line| line.to_string()),
        Some(organisation.town.to_string()),
        organisation.county.map(|county| county.to_string()),
        Some(organisation.postcode.to_string()),
    ];
    let accounts: Vec<String> =
        organisation.laa_account_numbers.iter().map(ToString::to_string).collect();
    let accounts = if accounts.is_empty() { text(None) } else { accounts };
    let hearing = [
        organisation.first_court.map(|court| court.to_string()),
        organisation.first_hearing.map(registration::date::CalendarDate::in_words),
    ];
    let hearing: Vec<String> = hearing.into_iter().flatten().collect();
    vec![
        SummaryRow::new("Kind of organisation", organisation.kind.words()),
        SummaryRow::new("Name", organisation.name.to_string()),
        SummaryRow::lines("Head office address", address.into_iter().flatten().collect()),
        SummaryRow::new("Telephone number", organisation.telephone.to_string()),
        SummaryRow::new("Email address", organisation.email.to_string()),
        SummaryRow::lines("SRA number", text(organisation.sra_number.map(|number| number.to_string()))),
        SummaryRow::lines("Bar number", text(organisation.bar_number.map(|number| number.to_string()))),
        SummaryRow::lines("LAA account numbers", accounts),
        SummaryRow::lines("First hearing", if hearing.is_empty() { text(None) } else { hearing }),
    ]
}

fn people_table(people: Vec<Person>) -> impl IntoView {
    let head =
        ["Name", "Email address", "Mobile number", "Role", "Administrator"].map(Into::into).to_vec();
    let rows = people
        .into_iter()
        .map(|person| {
            vec![
                Cell::new(format!("{} {}", person.first_name, person.last_name)),
                Cell::new(person.email.to_string()),
                Cell::new(person.mobile.to_string()),
                Cell::new(person.role.words()),
                Cell::new(if person.administrator { "Yes" } else { "No" }),
            ]
        })
        .collect();
    view! { <Table head rows caption="Users" caption_size=LabelSize::Hidden first_cell_is_header=true reflows=true/> }
}

/// The way to a new registration on the same device.
#[component]
fn BeginAnother() -> impl IntoView {
    let begin = ServerAction::<BeginAnotherRegistration>::new();
    view! {
        <h2 class="govuk-heading-m">"Register another organisation"</h2>
        <p class="govuk-body">
            "Keep your reference first: this browser shows one registration at a time."
        </p>
        <ActionForm action=begin attr:novalidate=true>
            <Button kind=ButtonKind::Secondary>"Start another registration"</Button>
        </ActionForm>
    }
}

#[component]
fn NoConfirmation() -> impl IntoView {
    set_status(404);
    view! {
        <PageLayout title="There is no registration to show">
            <h1 class="govuk-heading-l">"There is no registration to show"</h1>
            <p class="govuk-body">
                "This browser keeps the way to a submitted registration for 20 hours after it was last looked at. The registration itself is kept: contact the Common Platform Desk and give your reference."
            </p>
            <p class="govuk-body">
                "If you have not submitted yet, "
                <a class="govuk-link" href=journey::TASKS>"go to your registration"</a>
                "."
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href="/help" rel="external">"Get help"</a>
            </p>
        </PageLayout>
    }
}

/// The registration that was made of the draft; the inner `None` when there is none.
#[server(endpoint = "submitted")]
async fn load_submitted() -> Result<Option<Option<Confirmation>>, Fault> {
    let found = crate::answering::applicant()?.submitted().await?;
    let desk = use_context::<Contact>().ok_or(Fault::Unavailable)?;
    Ok(Some(found.map(|found| Confirmation {
        reference: found.reference,
        submitted_at: found.submitted_at,
        signed_at: found.signed_at,
        terms_sha256: found.terms_sha256,
        registration: found.registration,
        desk,
    })))
}

/// Forgets the submitted registration in this browser and leads to a new one.
#[server(endpoint = "begin-another")]
async fn begin_another_registration() -> Result<(), Fault> {
    crate::answering::applicant()?.begin_another().await?;
    crate::answering::redirect(journey::TASKS);
    Ok(())
}
