//! Whether the accountable person is the first user, so that nothing is asked twice.

use leptos::prelude::*;
use registration::users::FirstUser;
use registration::problem::Problem;

use crate::components::{Choice, LabelSize, Radios};
use crate::fault::Fault;
use crate::form::{Question, QuestionForm};

const TITLE: &str = "Does the accountable person need an account?";

/// The page.
#[component]
pub fn FirstUserPage() -> impl IntoView {
    let save = ServerAction::<SaveFirstUser>::new();
    view! { <QuestionForm title=TITLE save answers_of=|sent: &SaveFirstUser| &sent.answers fields/> }
}

/// Keeps the answers of this page.
#[server(endpoint = "users/first")]
async fn save_first_user(
    #[server(flatten)] answers: FirstUser,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

fn fields(question: Question<FirstUser>) -> AnyView {
    let Question { answers, draft, form } = question;
    let name = draft
        .accountable_person
        .map(|person| format!("{} {}", person.first_name.trim(), person.last_name.trim()))
        .unwrap_or_default();
    let hint = format!("If {name} needs an account, we fill in their details for you on the next page");
    view! {
        <Radios
            name="needs_account"
            label=TITLE
            label_size=LabelSize::Large
            label_is_heading=true
            hint
            inline=true
            choices=vec![Choice::new("yes", "Yes"), Choice::new("no", "No")]
            value=answers.needs_account
            problem=form.problem("needs_account")
        />
    }
    .into_any()
}
