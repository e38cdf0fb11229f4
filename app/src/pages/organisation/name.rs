//! The page that asks for the name of the organisation.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::form::Field;
use registration::organisation::OrganisationNameAnswer;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::fault::Fault;
use crate::form::{Question, TextField, question};

const TITLE: &str = "What is the name of your organisation?";

const NAME: TextField = TextField::of(Field::OrganisationName).heading(TITLE);

/// The question page about the name of the organisation.
#[component]
pub fn NamePage() -> AnyView {
    question(TITLE, SaveName::url(), fields)
}

/// Saves the name of the organisation.
#[server(endpoint = "organisation/name")]
async fn save_name(
    #[server(flatten)] answers: Sent<OrganisationNameAnswer>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the field for the name of the organisation.
pub(in crate::pages) fn fields(question: Question<OrganisationNameAnswer>) -> Vec<AnyView> {
    let name = if question.context.rules.is_one_person() {
        NAME.hint("The barrister’s name, as it stands on the Barristers’ Register")
    } else {
        NAME
    };
    vec![name.draw(question.answers.name, question.form)]
}
