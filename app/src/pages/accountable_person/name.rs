//! The page that asks for the name and job title of the accountable person.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::accountable_person::AccountablePersonName;
use registration::form::Field;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::fault::Fault;
use crate::form::{Question, TextField, Title, question};
use crate::pages::prose::{heading, paragraph};

const TITLE: Title = Title::new(
    "Who is the accountable person?",
    "What are your name and job title?",
);

const FIRST_NAME: TextField = TextField::of(Field::AccountableFirstName);
const LAST_NAME: TextField = TextField::of(Field::AccountableLastName);
const JOB_TITLE: TextField = TextField::of(Field::JobTitle);

/// The question page about the name and job title of the accountable person.
#[component]
pub fn AccountableNamePage() -> AnyView {
    question(TITLE, SaveAccountableName::url(), fields)
}

/// Saves the name and job title of the accountable person.
#[server(endpoint = "accountable-person/name")]
async fn save_accountable_name(
    #[server(flatten)] answers: Sent<AccountablePersonName>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields for the name and job title.
pub(in crate::pages) fn fields(question: Question<AccountablePersonName>) -> Vec<AnyView> {
    let Question {
        answers,
        is_answered,
        context,
        form,
    } = question;
    let title = heading(TITLE.of(&context.rules));
    if !context.rules.is_one_person() {
        return vec![
            title,
            paragraph(
                "The accountable person answers for how your organisation uses Common Platform. They can be one of the users.",
            ),
            FIRST_NAME.draw(answers.first_name, form),
            LAST_NAME.draw(answers.last_name, form),
            JOB_TITLE.draw(answers.job_title, form),
        ];
    }
    let answers = if is_answered {
        answers
    } else {
        context.own_name
    };
    vec![
        title,
        paragraph(
            "You are the accountable person: you answer for how you use Common Platform. We use these details for your account.",
        ),
        FIRST_NAME
            .autocomplete("given-name")
            .draw(answers.first_name, form),
        LAST_NAME
            .autocomplete("family-name")
            .draw(answers.last_name, form),
        JOB_TITLE
            .hint("For example, Barrister")
            .autocomplete("organization-title")
            .draw(answers.job_title, form),
    ]
}
