//! How the organisation is reached.

use leptos::prelude::*;
use registration::organisation::OrganisationContact;
use registration::problem::Problem;

use crate::components::{InputWidth, TextInput};
use crate::fault::Fault;
use crate::form::{FieldWarning, Question, QuestionForm};

const TITLE: &str = "How can we contact your organisation?";

/// The page.
#[component]
pub fn ContactPage() -> impl IntoView {
    let save = ServerAction::<SaveContact>::new();
    view! { <QuestionForm title=TITLE save answers_of=|sent: &SaveContact| &sent.answers fields/> }
}

/// Keeps the answers of this page.
#[server(endpoint = "organisation/contact")]
async fn save_contact(
    #[server(flatten)] answers: OrganisationContact,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

fn fields(question: Question<OrganisationContact>) -> AnyView {
    let Question { answers, form, .. } = question;
    view! {
        <h1 class="govuk-heading-l">{TITLE}</h1>
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
        <FieldWarning form field="email"/>
    }
    .into_any()
}
