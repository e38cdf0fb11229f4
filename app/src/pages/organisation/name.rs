//! The page that asks for the name of the organisation.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::form::Field;
use registration::organisation::OrganisationNameAnswer;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::fault::Fault;
use crate::form::{Question, TextField, Title, question};

const ORGANISATION: &str = "What is the name of your organisation?";
const BARRISTER: &str = "What is your name?";
const TITLE: Title = Title::new(ORGANISATION, BARRISTER);

const NAME: TextField = TextField::of(Field::OrganisationName).heading(ORGANISATION);
const OWN_NAME: TextField = NAME
    .heading(BARRISTER)
    .hint("As it appears on the Barristers’ Register")
    .autocomplete("name");

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
        OWN_NAME
    } else {
        NAME
    };
    vec![name.draw(question.answers.name, question.form)]
}
