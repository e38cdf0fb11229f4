//! How the accountable person is reached.

use leptos::prelude::*;
use registration::accountable_person::AccountablePersonContact;
use registration::problem::Problem;

use crate::components::{InputWidth, TextInput};
use crate::fault::Fault;
use crate::form::{FieldWarning, Question, QuestionForm};

const TITLE: &str = "How can we contact the accountable person?";

/// The page.
#[component]
pub fn AccountableContactPage() -> impl IntoView {
    let save = ServerAction::<SaveAccountableContact>::new();
    view! { <QuestionForm title=TITLE save answers_of=|sent: &SaveAccountableContact| &sent.answers fields/> }
}

/// Keeps the answers of this page.
#[server(endpoint = "accountable-person/contact")]
async fn save_accountable_contact(
    #[server(flatten)] answers: AccountablePersonContact,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

fn fields(question: Question<AccountablePersonContact>) -> AnyView {
    let Question { answers, form, .. } = question;
    view! {
        <h1 class="govuk-heading-l">{TITLE}</h1>
        <TextInput
            name="email"
            label="Email address"
            hint="Their own address, not one that several people share"
            input_type="email"
            value=answers.email
            problem=form.problem("email")
            spellcheck=false
        />
        <FieldWarning form field="email"/>
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
    .into_any()
}
