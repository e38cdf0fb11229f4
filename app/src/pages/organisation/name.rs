//! The name of the organisation.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::organisation::OrganisationTitle;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::components::{LabelSize, TextInput};
use crate::fault::Fault;
use crate::form::{Question, question};

const TITLE: &str = "What is the name of your organisation?";

/// The question page.
#[component]
pub fn NamePage() -> AnyView {
    question(TITLE, SaveName::url(), fields)
}

/// Saves the answers of this page.
#[server(endpoint = "organisation/name")]
async fn save_name(
    #[server(flatten)] answers: Sent<OrganisationTitle>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields.
pub(in crate::pages) fn fields(question: Question<OrganisationTitle>) -> Vec<AnyView> {
    let hint = if question.context.rules.is_one_person() {
        "The barrister’s name, as it stands on the Barristers’ Register"
    } else {
        "As it stands on the register of your regulator"
    };
    vec![
        view! {
            <TextInput
                name="name"
                label=TITLE
                label_size=LabelSize::Large
                label_is_heading=true
                hint
                value=question.answers.name
                problem=question.form.problem("name")
                autocomplete="organization"
                spellcheck=false
            />
        }
        .into_any(),
    ]
}
