//! The page with the full Terms and Conditions, which an applicant signs below the text.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::form::Field;
use registration::problem::Problem;
use registration::sent::Sent;
use registration::signature::Signature;
use registration::terms::{CURRENT, Terms};

use crate::components::{Checkboxes, Choice, element};
use crate::fault::Fault;
use crate::form::{Question, TextField, hidden_field, question};
use crate::pages::prose::{heading, list, paragraph, subheading, text};

const TITLE: &str = "Accept the Terms and Conditions";

/// The declaration that the signatory must tick.
pub const DECLARATION: &str = "I have the authority to accept these Terms and Conditions for my organisation, and I accept them";

const FULL_NAME: TextField = TextField::of(Field::FullName);
const CAPACITY: TextField = TextField::of(Field::Capacity).autocomplete("organization-title");

/// The question page with the Terms and the signature.
#[component]
pub fn SignPage() -> AnyView {
    question(TITLE, SaveSignature::url(), fields)
}

/// Saves the signature.
#[server(endpoint = "sign")]
async fn save_signature(
    #[server(flatten)] answers: Sent<Signature>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the text of the Terms and the fields of the signature.
pub(in crate::pages) fn fields(question: Question<Signature>) -> Vec<AnyView> {
    let Question {
        answers,
        context,
        form,
        ..
    } = question;
    let (introduction, sign) = if context.rules.is_one_person() {
        (
            "Read the Terms and Conditions. Then sign them at the end of this page.",
            "Sign the Terms and Conditions",
        )
    } else {
        (
            "Read the Terms and Conditions. Then sign them for your organisation at the end of this page.",
            "Sign for your organisation",
        )
    };
    let ticked = if answers.authority == "yes" {
        vec!["yes".into()]
    } else {
        Vec::new()
    };
    vec![
        heading(TITLE),
        paragraph(introduction),
        terms_text(&CURRENT),
        subheading(sign),
        hidden_field("terms_version", CURRENT.version),
        FULL_NAME.draw(answers.full_name, form),
        CAPACITY.draw(answers.capacity, form),
        view! {
            <Checkboxes
                name="authority"
                label="Declaration"
                choices=vec![Choice::new(
                    "yes",
                    DECLARATION,
                )]
                values=ticked
                problem=form.problem("authority")
            />
        }
        .into_any(),
    ]
}

/// Renders the text and the name of one version of the Terms.
fn terms_text(terms: &Terms) -> AnyView {
    let clauses: Vec<AnyView> = terms
        .clauses
        .iter()
        .map(|clause| {
            let points: Vec<AnyView> = clause.points.iter().map(|point| text(*point)).collect();
            let points = if points.is_empty() {
                text("")
            } else {
                list(points)
            };
            element("li").words(clause.text).child(points).view()
        })
        .collect();
    let mut parts = vec![
        subheading(terms.title),
        paragraph(["Version: ", terms.version].concat()),
        paragraph(terms.preamble),
    ];
    let list = element("ol").class("govuk-list govuk-list--number govuk-list--spaced");
    parts.push(list.children(clauses).view());
    parts.into_any()
}
