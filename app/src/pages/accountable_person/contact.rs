//! The page that asks how to contact the accountable person.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::accountable_person::AccountablePersonContact;
use registration::form::Field;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::fault::Fault;
use crate::form::{Question, TextField, field_warning, question};
use crate::pages::prose::heading;

const TITLE: &str = "How can we contact the accountable person?";

const EMAIL: TextField = TextField::of(Field::AccountableEmail);
const TELEPHONE: TextField = TextField::of(Field::AccountableTelephone);

/// The question page about the contact details of the accountable person.
#[component]
pub fn AccountableContactPage() -> AnyView {
    question(TITLE, SaveAccountableContact::url(), fields)
}

/// Saves the contact details of the accountable person.
#[server(endpoint = "accountable-person/contact")]
async fn save_accountable_contact(
    #[server(flatten)] answers: Sent<AccountablePersonContact>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields for the contact details.
pub(in crate::pages) fn fields(question: Question<AccountablePersonContact>) -> Vec<AnyView> {
    let Question { answers, form, .. } = question;
    vec![
        heading(TITLE),
        EMAIL.draw(answers.email, form),
        field_warning(form, EMAIL.name),
        TELEPHONE.draw(answers.telephone, form),
    ]
}
