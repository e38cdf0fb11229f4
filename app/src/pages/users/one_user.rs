//! The account of a one-person organisation: everything but the mobile number is known.

use leptos::prelude::*;
use registration::users::OneUser;
use registration::problem::Problem;

use crate::components::{InputWidth, LabelSize, TextInput};
use crate::fault::Fault;
use crate::form::{FieldWarning, Question, QuestionForm};

const TITLE: &str = "What is the barrister’s mobile number?";

/// The page.
#[component]
pub fn OneUserPage() -> impl IntoView {
    let save = ServerAction::<SaveOneUser>::new();
    view! { <QuestionForm title=TITLE save answers_of=|sent: &SaveOneUser| &sent.answers fields/> }
}

/// Keeps the answers of this page.
#[server(endpoint = "users/mobile")]
async fn save_one_user(
    #[server(flatten)] answers: OneUser,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

fn fields(question: Question<OneUser>) -> AnyView {
    let Question { answers, draft, form } = question;
    let known = registration::registration::users_of(&draft, &[]).into_iter().next().unwrap_or_default();
    let mobile = if draft.one_user.is_none() {
        let contact = draft.accountable_person_contact.unwrap_or_default();
        let name = draft.accountable_person.unwrap_or_default();
        registration::users::User::from_accountable_person(&name, &contact).mobile
    } else {
        answers.mobile
    };
    view! {
        <TextInput
            name="mobile"
            label=TITLE
            label_size=LabelSize::Large
            label_is_heading=true
            hint="Common Platform texts a code to it when the account is activated"
            input_type="tel"
            width=InputWidth::Twenty
            value=mobile
            problem=form.problem("mobile")
        />
        <FieldWarning form field="mobile"/>
        <p class="govuk-body">
            "We make one account, with the roles Advocate and organisation administrator"
            {(!known.full_name().is_empty()).then(|| format!(", for {} at {}", known.full_name(), known.email))}
            "."
        </p>
    }
    .into_any()
}
