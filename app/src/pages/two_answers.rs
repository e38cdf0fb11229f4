//! Asks which answers to keep, when somebody else changed a page while it was open: written by the server
//! alone, so it is the same with and without scripts and costs no WebAssembly.

use leptos::prelude::*;
use registration::coming_back::TWO_ANSWERS;
use registration::draft::{Draft, Page, PageAnswers};
use registration::problem::Problem;
use registration::sent::VERSION;

use super::answers_of_draft::answers_of_page;
use super::coming_back::{Written, with, written};
use super::prose::{heading, paragraph};
use crate::components::{Button, Choice, Radios, text};
use crate::form::hidden_field;

/// The answer that keeps what is saved.
pub const SAVED: &str = "saved";
/// The answer that keeps what was entered.
pub const ENTERED: &str = "entered";

/// The page: `saved` is the draft as it is, `entered` the answers that wait beside it.
pub fn two_answers_page(
    page: Page,
    saved: &Draft,
    entered: PageAnswers,
    problem: Option<Problem>,
) -> Written {
    const TITLE: &str = "Somebody else changed these answers";
    let form = with(problem);
    let version = saved.versions.get(&page).copied().unwrap_or_default();
    let mut other = saved.clone();
    other.keep(entered);
    let rows: Vec<_> = answers_of_page(saved, page)
        .into_iter()
        .zip(answers_of_page(&other, page))
        .map(|(saved, entered)| {
            view! {
                <tr class="govuk-table__row">
                    <th scope="row" class="govuk-table__header">{saved.key}</th>
                    <td class="govuk-table__cell">{lines(saved.lines)}</td>
                    <td class="govuk-table__cell">{lines(entered.lines)}</td>
                </tr>
            }
        })
        .collect();
    let parts = vec![
        heading(TITLE),
        paragraph(
            "They were changed while you had the page open. What you entered is not saved yet.",
        ),
        view! {
            <table class="govuk-table">
                <thead class="govuk-table__head">
                    <tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Question"</th>
                        <th scope="col" class="govuk-table__header">"What is saved now"</th>
                        <th scope="col" class="govuk-table__header">"What you entered"</th>
                    </tr>
                </thead>
                <tbody class="govuk-table__body">{rows}</tbody>
            </table>
            <form action=TWO_ANSWERS method="post" novalidate>
                {hidden_field("page", page.path())}
                {hidden_field(VERSION, version.to_string())}
                <Radios
                    name="keep"
                    label="Which answers do you want to keep?"
                    choices=vec![
                        Choice::new(SAVED, "What is saved now"),
                        Choice::new(ENTERED, "What you entered"),
                    ]
                    problem=form.problem("keep")
                />
                <Button prevent_double_click=true>{text("Continue")}</Button>
            </form>
        }
        .into_any(),
    ];
    written(TITLE, None, form, parts)
}

fn lines(lines: Vec<String>) -> Vec<AnyView> {
    lines
        .into_iter()
        .map(|line| view! { <div>{line}</div> }.into_any())
        .collect()
}
