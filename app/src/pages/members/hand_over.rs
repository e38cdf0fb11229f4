//! The pages on which the accountable person hands over, and somebody becomes an administrator or
//! stops being one.

use leptos::prelude::*;
use registration::date::CalendarDate;
use registration::desk::sent_on::TypedDay;
use registration::membership::path::{ACCOUNTABLE, MEMBERS};
use registration::problem::Problem;

use super::successor::{PersonChoice, day_of_change, successor};
use crate::components::{Button, Choice, Radios, text};
use crate::form::FormState;
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};
use crate::pages::server_page::{ServerPage, server_page};

/// The data for the page on which the accountable person hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOverView {
    /// The name of the accountable person.
    pub name: String,
    /// The people who can take over.
    pub people: Vec<PersonChoice>,
    /// The chosen person.
    pub chosen: String,
    /// Whether the former accountable person leaves: `yes`, `no` or not answered.
    pub leaves: String,
    /// The day, as typed.
    pub day: TypedDay,
    /// Today in London.
    pub today: CalendarDate,
    /// The problems with the form.
    pub problems: Vec<Problem>,
}

/// The data for the page about being an administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdministratorView {
    /// The name of the person.
    pub name: String,
    /// Whether the person is an administrator now.
    pub is_administrator: bool,
    /// Whether the person is the last administrator, so that somebody must take over.
    pub is_last: bool,
    /// The people who can take over.
    pub people: Vec<PersonChoice>,
    /// The chosen person.
    pub chosen: String,
    /// The address to which the form is sent.
    pub action: String,
    /// The day, as typed.
    pub day: TypedDay,
    /// Today in London.
    pub today: CalendarDate,
    /// The problems with the form.
    pub problems: Vec<Problem>,
}

/// Renders the page on which the accountable person hands over.
pub fn hand_over_page(shown: HandOverView) -> ServerPage {
    const TITLE: &str = "Hand over as accountable person";
    let form = FormState::new(shown.problems, Vec::new());
    let next = successor(
        (
            "accountable",
            "Who will be the accountable person?",
            "If the person is not on your list yet, add them first",
        ),
        &shown.people,
        &shown.chosen,
        form,
    );
    let question = ["Does ", &shown.name, " leave the organisation?"].concat();
    let leaves = view! {
        <Radios
            name="leaves"
            label=question
            choices=vec![Choice::new("yes", "Yes, on the same day"), Choice::new("no", "No")]
            value=shown.leaves
            problem=form.problem("leaves")
        />
    };
    let day = day_of_change(
        "From which day is the new person accountable?",
        shown.day,
        shown.today,
        form,
    );
    let parts = vec![
        heading(TITLE),
        paragraph(
            [
                &*shown.name,
                " is the accountable person now. The new person answers for how your organisation uses Common Platform.",
            ]
            .concat(),
        ),
        view! {
            <form action=ACCOUNTABLE method="post" novalidate>
                {next}
                {leaves}
                {day}
                <Button prevent_double_click=true>{text("Hand over")}</Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(MEMBERS, "Do not hand over")]),
    ];
    server_page(TITLE, Some(MEMBERS), form, parts)
}

/// Renders the page on which somebody becomes an administrator or stops being one.
pub fn administrator_page(shown: AdministratorView) -> ServerPage {
    let (title, question, button) = if shown.is_administrator {
        (
            [&*shown.name, " stops being an administrator"].concat(),
            "When does the person stop?",
            "Stop as administrator",
        )
    } else {
        (
            ["Make ", &shown.name, " an administrator"].concat(),
            "From which day?",
            "Make administrator",
        )
    };
    let form = FormState::new(shown.problems, Vec::new());
    let next = shown.is_last.then(|| {
        successor(
            (
                "administrator",
                "Who will be an administrator?",
                "Your organisation always needs one",
            ),
            &shown.people,
            &shown.chosen,
            form,
        )
    });
    let day = day_of_change(question, shown.day, shown.today, form);
    let parts = vec![
        heading(title.clone()),
        paragraph("An administrator can add and remove people, here and on Common Platform."),
        view! {
            <form action=shown.action method="post" novalidate>
                {next}
                {day}
                <Button prevent_double_click=true>{text(button)}</Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(MEMBERS, "Do not change anything")]),
    ];
    server_page(&title, Some(MEMBERS), form, parts)
}
