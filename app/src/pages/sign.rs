//! The Terms and Conditions, all of them readable, and the signature under them.

use leptos::prelude::*;
use registration::problem::Problem;
use registration::signature::Signature;
use registration::terms::{CURRENT, Terms};

use crate::components::{Checkboxes, Choice, InputWidth, TextInput};
use crate::fault::Fault;
use crate::form::{Question, QuestionForm};

const TITLE: &str = "Accept the Terms and Conditions";

/// The page.
#[component]
pub fn SignPage() -> impl IntoView {
    let save = ServerAction::<SaveSignature>::new();
    view! { <QuestionForm title=TITLE save answers_of=|sent: &SaveSignature| &sent.answers fields/> }
}

/// Keeps the answers of this page.
#[server(endpoint = "sign")]
async fn save_signature(
    #[server(flatten)] answers: Signature,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

fn fields(question: Question<Signature>) -> AnyView {
    let Question { answers, form, .. } = question;
    let ticked = if answers.authority == "yes" { vec!["yes".into()] } else { Vec::new() };
    view! {
        <h1 class="govuk-heading-l">{TITLE}</h1>
        <p class="govuk-body">"Read the Terms and Conditions. Then sign them for your organisation at the end of this page."</p>
        <TermsText terms=CURRENT/>
        <h2 class="govuk-heading-m">"Sign for your organisation"</h2>
        <input type="hidden" name="terms_version" value=CURRENT.version/>
        <TextInput
            name="full_name"
            label="Your full name"
            hint="Typing your name is your signature"
            width=InputWidth::TwoThirds
            value=answers.full_name
            problem=form.problem("full_name")
            autocomplete="name"
            spellcheck=false
        />
        <TextInput
            name="capacity"
            label="The capacity in which you sign"
            hint="For example, Accountable person or Partner"
            width=InputWidth::TwoThirds
            value=answers.capacity
            problem=form.problem("capacity")
        />
        <Checkboxes
            name="authority"
            label="Declaration"
            choices=vec![Choice::new(
                "yes",
                "I have the authority to accept these Terms and Conditions for my organisation, and I accept them",
            )]
            values=ticked
            problem=form.problem("authority")
        />
    }
    .into_any()
}

/// The text of a version of the Terms, with its version.
#[component]
pub fn TermsText(
    /// The version.
    terms: Terms,
) -> impl IntoView {
    let clauses = terms
        .clauses
        .iter()
        .map(|clause| {
            let points = clause.points.iter().map(|point| view! { <li>{*point}</li> }).collect_view();
            view! {
                <li>
                    {clause.text}
                    {(!clause.points.is_empty()).then(|| view! {
                        <ul class="govuk-list govuk-list--bullet">{points}</ul>
                    })}
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="govuk-heading-m">{terms.title}</h2>
        <p class="govuk-body">{format!("Version: {}", terms.version)}</p>
        <p class="govuk-body">{terms.preamble}</p>
        <ol class="govuk-list govuk-list--number govuk-list--spaced">{clauses}</ol>
    }
}
