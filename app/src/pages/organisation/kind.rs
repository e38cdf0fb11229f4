//! The page that asks for the kind of organisation.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::organisation::{KindOfOrganisation, OrganisationKind};
use registration::problem::Problem;
use registration::sent::Sent;

use crate::components::{Choice, LabelSize, Radios};
use crate::fault::Fault;
use crate::form::{Question, question};

const TITLE: &str = "What kind of organisation are you registering?";

/// The question page about the kind of organisation.
#[component]
pub fn KindPage() -> AnyView {
    question(TITLE, SaveKind::url(), fields)
}

/// Saves the kind of organisation.
#[server(endpoint = "organisation/kind")]
async fn save_kind(
    #[server(flatten)] answers: Sent<KindOfOrganisation>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the field for the kind of organisation.
pub(in crate::pages) fn fields(question: Question<KindOfOrganisation>) -> Vec<AnyView> {
    let choices = OrganisationKind::ALL
        .into_iter()
        .map(|kind| {
            let choice = Choice::new(kind.key(), kind.words());
            match kind {
                OrganisationKind::SelfEmployedBarrister => choice.hint(
                    "Including freelance and direct access barristers who register for themselves",
                ),
                OrganisationKind::Other => {
                    choice.hint("Such as a law centre or an in-house legal team")
                }
                _ => choice,
            }
        })
        .collect();
    vec![
        view! {
            <Radios
                name="kind"
                label=TITLE
                label_size=LabelSize::Large
                label_is_heading=true
                choices
                value=question.answers.kind
                problem=question.form.problem("kind")
            />
        }
        .into_any(),
    ]
}
