//! The page that asks how to contact the organisation.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::organisation::OrganisationContact;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::components::{InputWidth, TextInput};
use crate::fault::Fault;
use crate::form::{Question, field_warning, question};
use crate::pages::prose::heading;

const TITLE: &str = "How can we contact your organisation?";

/// The question page.
#[component]
pub fn ContactPage() -> AnyView {
    question(TITLE, SaveContact::url(), fields)
}

/// Saves the answers of this page.
#[server(endpoint = "organisation/contact")]
async fn save_contact(
    #[server(flatten)] answers: Sent<OrganisationContact>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields.
pub(in crate::pages) fn fields(question: Question<OrganisationContact>) -> Vec<AnyView> {
    let Question { answers, form, .. } = question;
    vec![
        heading(TITLE),
        view! {
            <TextInput
                name="telephone"
                label="Main telephone number"
                hint="For a number outside the UK, include the country code"
                input_type="tel"
                width=InputWidth::Twenty
                value=answers.telephone
                problem=form.problem("telephone")
                autocomplete="tel"
            />
        }
        .into_any(),
        view! {
            <TextInput
                name="email"
                label="Main email address"
                hint="We use it to tell your organisation how far its registration has got"
                input_type="email"
                value=answers.email
                problem=form.problem("email")
                autocomplete="email"
                spellcheck=false
            />
        }
        .into_any(),
        field_warning(form, "email"),
    ]
}
