//! The page that asks for the first hearing for which the organisation needs accounts. The desk
//! checks organisations with an early hearing first.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use registration::form::Field;
use registration::organisation::FirstHearing;
use registration::problem::Problem;
use registration::sent::Sent;

use crate::components::{DateInput, WrongParts};
use crate::fault::Fault;
use crate::form::{Question, TextField, field_warning, question};
use crate::pages::prose::{heading, paragraph};

const TITLE: &str = "Your first hearing (optional)";

const COURT: TextField = TextField::of(Field::Court);

/// The question page about the first hearing.
#[component]
pub fn FirstHearingPage() -> AnyView {
    question(TITLE, SaveFirstHearing::url(), fields)
}

/// Saves the answers about the first hearing.
#[server(endpoint = "organisation/first-hearing")]
async fn save_first_hearing(
    #[server(flatten)] answers: Sent<FirstHearing>,
    #[server(default)] from: String,
) -> Result<Vec<Problem>, Fault> {
    crate::answering::save(answers, &from).await
}

/// Renders the fields about the first hearing.
pub(in crate::pages) fn fields(question: Question<FirstHearing>) -> Vec<AnyView> {
    let Question { answers, form, .. } = question;
    let date_problem = Signal::derive(move || {
        form.beside.with(|problems| {
            problems
                .iter()
                .find(|problem| {
                    matches!(
                        problem.field.as_ref(),
                        "hearing-day" | "hearing-month" | "hearing-year"
                    )
                })
                .map(|problem| problem.words.to_string())
        })
    });
    vec![
        heading(TITLE),
        paragraph(
            "If you need accounts for a hearing, tell us where and when it is. We check organisations with an early hearing first. If you have no hearing, leave this page empty.",
        ),
        COURT.draw(answers.court, form),
        view! {
            <DateInput
                name="hearing"
                label="Date of the hearing (optional)"
                hint="For example, 27 3 2027"
                day=answers.day
                month=answers.month
                year=answers.year
                problem=date_problem
                wrong=Signal::derive(move || form.beside.with(|problems| wrong_parts(problems)))
            />
        }
        .into_any(),
        field_warning(form, "hearing-day"),
    ]
}

fn wrong_parts(problems: &[Problem]) -> WrongParts {
    match problems.iter().find(|problem| {
        matches!(
            problem.field.as_ref(),
            "hearing-day" | "hearing-month" | "hearing-year"
        )
    }) {
        Some(problem) if problem.code == "hearing-date-incomplete" => WrongParts {
            day: problem.field == "hearing-day",
            month: problem.field == "hearing-month",
            year: problem.field == "hearing-year",
        },
        _ => WrongParts::default(),
    }
}
