//! The fields that several pages about people share: who takes a duty over, and from which day.

use leptos::prelude::*;
use registration::date::CalendarDate;
use registration::desk::sent_on::TypedDay;
use registration::membership::EFFECTIVE_DAY;

use crate::components::{Choice, DateInput, Select};
use crate::form::FormState;

/// A person who can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonChoice {
    /// The identifier of the member.
    pub id: String,
    /// The name of the member.
    pub name: String,
}

/// Renders the list from which somebody is chosen.
pub(super) fn successor(
    (name, label, hint): (&'static str, &'static str, &'static str),
    people: &[PersonChoice],
    chosen: &str,
    form: FormState,
) -> AnyView {
    let mut choices = vec![Choice::new("", "Choose a person")];
    choices.extend(
        people
            .iter()
            .map(|person| Choice::new(person.id.clone(), person.name.clone())),
    );
    let problem = form.problem(name);
    let value = chosen.to_owned();
    view! { <Select name label hint choices value problem/> }.into_any()
}

/// Renders the date from which a change takes effect.
pub(super) fn day_of_change(
    label: &'static str,
    typed: TypedDay,
    today: CalendarDate,
    form: FormState,
) -> AnyView {
    let hint = [
        "For example, ",
        &today.in_words(),
        ". It can be in the past or up to a year ahead",
    ]
    .concat();
    let problem = Signal::derive(move || {
        ["day-day", "day-month", "day-year"]
            .into_iter()
            .find_map(|part| form.problem(part).get())
    });
    view! {
        <DateInput
            name=EFFECTIVE_DAY
            label
            hint
            day=typed.day
            month=typed.month
            year=typed.year
            problem
        />
    }
    .into_any()
}
