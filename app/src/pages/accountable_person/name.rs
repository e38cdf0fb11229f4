//! The page that asks who the accountable person is: name and job title.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::accountable_person::AccountablePersonName;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::components::{InputWidth, TextInput};
use crate::fault::Fault;
use crate::form::{Question, question};
use crate::pages::prose::{heading, paragraph};

const TITLE: &str = "Who is the accountable person?";

/// The question page.
#[component]
pub fn AccountableNamePage() -> AnyView {
    question(TITLE, SaveAccountableName::url(), fields)
}

/// Saves the answers of this page.
#[server(endpoint = "accountable-person/name")]
async fn save_accountable_name(
    #[server(flatten)] answers: Sent<AccountablePersonName>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields.
pub(in crate::pages) fn fields(question: Question<AccountablePersonName>) -> Vec<AnyView> {
    let Question {
        answers,
        context,
        form,
        ..
    } = question;
    let who = if context.rules.is_one_person() {
        "If you register for yourself, this is you. We make your Common Platform account with these details."
    } else {
        "The accountable person answers for how your organisation uses Common Platform. They can be one of the users."
    };
    vec![
        heading(TITLE),
        paragraph(who),
        view! {
            <TextInput
                name="first_name"
                label="First name"
                width=InputWidth::TwoThirds
                value=answers.first_name
                problem=form.problem("first_name")
                spellcheck=false
            />
        }
        .into_any(),
        view! {
            <TextInput
                name="last_name"
                label="Last name"
                width=InputWidth::TwoThirds
                value=answers.last_name
                problem=form.problem("last_name")
                spellcheck=false
            />
        }
        .into_any(),
        view! {
            <TextInput
                name="job_title"
                label="Job title"
                hint="For example, Partner or Senior clerk"
                width=InputWidth::TwoThirds
                value=answers.job_title
                problem=form.problem("job_title")
            />
        }
        .into_any(),
    ]
}
