//! The page that asks for the organisation's numbers at its regulators and the Legal Aid Agency.
//! The kind of organisation decides which numbers the page asks for.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::form::Field;
use registration::organisation::{OrganisationKind, RegistrationNumbers, Requirement};
use registration::problem::Problem;
use registration::sent::Sent;

use crate::components::Textarea;
use crate::fault::Fault;
use crate::form::{Question, TextField, field_warning, optional, question};
use crate::pages::prose::{heading, paragraph};

const TITLE: &str = "What are your registration numbers?";

const BAR: TextField = TextField::of(Field::BarNumber);
const SRA: TextField = TextField::of(Field::SraNumber);
const LAA: TextField = TextField::of(Field::LaaAccountNumbers);

/// The question page about the registration numbers.
#[component]
pub fn RegistrationNumbersPage() -> AnyView {
    question(TITLE, SaveRegistrationNumbers::url(), fields)
}

/// Saves the registration numbers.
#[server(endpoint = "organisation/registration-numbers")]
async fn save_registration_numbers(
    #[server(flatten)] answers: Sent<RegistrationNumbers>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields for the registration numbers.
pub(in crate::pages) fn fields(question: Question<RegistrationNumbers>) -> Vec<AnyView> {
    let Question {
        answers,
        context,
        form,
        ..
    } = question;
    let kind = context.rules.kind.unwrap_or(OrganisationKind::Other);
    // If any one of the numbers is enough, no label says "(optional)".
    let is_optional =
        |requirement| requirement != Requirement::Required && !kind.needs_one_number();
    let mut fields = vec![heading(TITLE)];
    if kind.needs_one_number() {
        fields.push(paragraph("Enter at least one of these numbers."));
    }
    if kind.sra_number() != Requirement::NotAsked {
        let sra = SRA.optional(is_optional(kind.sra_number()));
        fields.push(sra.draw(answers.sra_number, form));
        fields.push(field_warning(form, SRA.name));
    }
    if kind.bar_number() != Requirement::NotAsked {
        let bar = BAR.optional(is_optional(kind.bar_number()));
        fields.push(bar.draw(answers.bar_number, form));
    }
    fields.push(
        view! {
            <Textarea
                name=LAA.name
                label=optional(LAA.label, is_optional(Requirement::Optional))
                hint=LAA.hint
                rows=4
                value=answers.laa_account_numbers
                problem=form.problem(LAA.name)
                spellcheck=false
            />
        }
        .into_any(),
    );
    fields
}
