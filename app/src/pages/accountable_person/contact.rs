//! The page that asks how to contact the accountable person.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::accountable_person::AccountablePersonContact;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::components::{InputWidth, TextInput};
use crate::fault::Fault;
use crate::form::{Question, field_warning, question};
use crate::pages::prose::heading;

const TITLE: &str = "How can we contact the accountable person?";

/// The question page.
#[component]
pub fn AccountableContactPage() -> AnyView {
    question(TITLE, SaveAccountableContact::url(), fields)
}

/// Saves the answers of this page.
#[server(endpoint = "accountable-person/contact")]
async fn save_accountable_contact(
    #[server(flatten)] answers: Sent<AccountablePersonContact>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields.
pub(in crate::pages) fn fields(question: Question<AccountablePersonContact>) -> Vec<AnyView> {
    let Question { answers, form, .. } = question;
    vec![
        heading(TITLE),
        view! {
            <TextInput
                name="email"
                label="Email address"
                hint="Their own address, not one that several people share"
                input_type="email"
                value=answers.email
                problem=form.problem("email")
                spellcheck=false
            />
        }
        .into_any(),
        field_warning(form, "email"),
        view! {
            <TextInput
                name="telephone"
                label="Telephone number"
                hint="A mobile number can be used for their account, so that you are not asked for it again"
                input_type="tel"
                width=InputWidth::Twenty
                value=answers.telephone
                problem=form.problem("telephone")
            />
        }
        .into_any(),
    ]
}
