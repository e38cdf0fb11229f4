//! The organisation's numbers at its regulators and at the Legal Aid Agency. The kind of
//! organisation decides which are asked for.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::organisation::{OrganisationKind, RegistrationNumbers, Requirement};
use registration::problem::Problem;
use registration::sent::Sent;

use crate::components::{InputWidth, TextInput, Textarea};
use crate::fault::Fault;
use crate::form::{Question, field_warning, question};
use crate::pages::prose::{heading, paragraph};

const TITLE: &str = "What are your registration numbers?";

/// The question page.
#[component]
pub fn RegistrationNumbersPage() -> AnyView {
    question(TITLE, SaveRegistrationNumbers::url(), fields)
}

/// Saves the answers of this page.
#[server(endpoint = "organisation/registration-numbers")]
async fn save_registration_numbers(
    #[server(flatten)] answers: Sent<RegistrationNumbers>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields.
pub(in crate::pages) fn fields(question: Question<RegistrationNumbers>) -> Vec<AnyView> {
    let Question {
        answers,
        context,
        form,
        ..
    } = question;
    let kind = context.rules.kind.unwrap_or(OrganisationKind::Other);
    let label = |requirement, required, optional| match requirement {
        Requirement::Required => Some(required),
        Requirement::Optional => Some(optional),
        Requirement::NotAsked => None,
    };
    let sra = label(kind.sra_number(), "SRA number", "SRA number (optional)");
    let bar = label(kind.bar_number(), "Bar number", "Bar number (optional)");
    let (sra, bar, laa) = if kind.needs_one_number() {
        (
            sra.map(|_| "SRA number"),
            bar.map(|_| "Bar number"),
            "LAA account numbers",
        )
    } else {
        (sra, bar, "LAA account numbers (optional)")
    };
    let mut fields = vec![heading(TITLE)];
    if kind.needs_one_number() {
        fields.push(paragraph("Enter at least one of these numbers."));
    }
    if let Some(label) = bar {
        fields.push(
            view! {
                <TextInput
                    name="bar_number"
                    label
                    hint="The Bar Council membership number of the barrister or the head of chambers"
                    width=InputWidth::Twenty
                    value=answers.bar_number
                    problem=form.problem("bar_number")
                    spellcheck=false
                />
            }
            .into_any(),
        );
    }
    if let Some(label) = sra {
        fields.push(
            view! {
                <TextInput
                    name="sra_number"
                    label
                    hint="The number on the Solicitors Register, usually 6 digits"
                    width=InputWidth::Ten
                    inputmode="numeric"
                    value=answers.sra_number
                    problem=form.problem("sra_number")
                    spellcheck=false
                />
            }
            .into_any(),
        );
        fields.push(field_warning(form, "sra_number"));
    }
    fields.push(
        view! {
            <Textarea
                name="laa_account_numbers"
                label=laa
                hint="Like 1A234B. Enter each number on a new line, up to 20"
                rows=4
                value=answers.laa_account_numbers
                problem=form.problem("laa_account_numbers")
                spellcheck=false
            />
        }
        .into_any(),
    );
    fields
}
