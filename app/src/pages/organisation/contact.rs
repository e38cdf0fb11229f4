//! The page that asks how to contact the organisation.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::form::Field;
use registration::organisation::OrganisationContact;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::fault::Fault;
use crate::form::{Question, TextField, Title, field_warning, question};
use crate::pages::prose::heading;

const TITLE: Title = Title::new(
    "How can we contact your organisation?",
    "How can we contact your practice?",
);

const TELEPHONE: TextField = TextField::of(Field::Telephone);
const EMAIL: TextField = TextField::of(Field::Email);

/// The question page about the contact details of the organisation.
#[component]
pub fn ContactPage() -> AnyView {
    question(TITLE, SaveContact::url(), fields)
}

/// Saves the contact details of the organisation.
#[server(endpoint = "organisation/contact")]
async fn save_contact(
    #[server(flatten)] answers: Sent<OrganisationContact>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields for the contact details.
pub(in crate::pages) fn fields(question: Question<OrganisationContact>) -> Vec<AnyView> {
    let Question {
        answers,
        context,
        form,
        ..
    } = question;
    vec![
        heading(TITLE.of(&context.rules)),
        TELEPHONE.draw(answers.telephone, form),
        EMAIL.draw(answers.email, form),
        field_warning(form, EMAIL.name),
    ]
}
