//! The date input: day, month and year to type, for a date that the person knows.

use leptos::prelude::*;

use super::element::element;
use super::field::Field;
use super::fieldset::{Legend, fieldset};
use super::label::LabelSize;
use super::words::{Words, joined};

/// The wrong parts of a date. If a date has a problem and no part is set, all three parts are
/// marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WrongParts {
    /// Whether the day is wrong.
    pub day: bool,
    /// Whether the month is wrong.
    pub month: bool,
    /// Whether the year is wrong.
    pub year: bool,
}

impl WrongParts {
    /// Returns whether the day, the month and the year are wrong, in this order.
    fn in_order(self) -> [bool; 3] {
        [self.day, self.month, self.year]
    }
}

/// A date input with its question, hint and error message. If `X` is the id, the ids of its three
/// inputs are `X-day`, `X-month` and `X-year`.
#[component]
pub fn DateInput(
    /// The id of the date input, and the prefix of the ids and names of its three inputs.
    #[prop(into)]
    name: Words,
    /// The question.
    #[prop(into)]
    label: Words,
    /// The id of the date input, if it differs from the name.
    #[prop(into, optional)]
    id: Words,
    /// The text size of the question.
    #[prop(optional)]
    label_size: LabelSize,
    /// Whether the question is the heading of the page.
    #[prop(optional)]
    label_is_heading: bool,
    /// The hint: an example of a date.
    #[prop(into, optional)]
    hint: Words,
    /// The names of day, month and year, if they differ from `X-day`, `X-month` and `X-year`, where
    /// `X` is `name`.
    #[prop(optional)]
    names: Option<[Words; 3]>,
    /// The day to show, as typed.
    #[prop(into, optional)]
    day: Words,
    /// The month to show, as typed.
    #[prop(into, optional)]
    month: Words,
    /// The year to show, as typed.
    #[prop(into, optional)]
    year: Words,
    /// The error message; `None` while the date has no problem.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// The parts of the date that are wrong.
    #[prop(into, optional)]
    wrong: Signal<WrongParts>,
) -> AnyView {
    let field = Field::new(id, &name, hint, problem);
    let id = field.id();
    let names = names.unwrap_or_else(|| {
        ["-day", "-month", "-year"].map(|part| Words::from(joined(&name, part)))
    });
    let ids = ["-day", "-month", "-year"].map(|part| joined(&id, part));
    let labels = ["Day", "Month", "Year"];
    let widths = [
        " govuk-input--width-2",
        " govuk-input--width-2",
        " govuk-input--width-4",
    ];
    let parts = names
        .into_iter()
        .zip(ids)
        .zip(labels)
        .zip(widths)
        .zip([day, month, year])
        .enumerate()
        .map(|(at, ((((name, id), label), width), value))| {
            let class = Signal::derive(move || {
                let parts = wrong.get().in_order();
                let is_wrong = problem.read().is_some()
                    && (parts.get(at) == Some(&true) || parts == [false; 3]);
                let error = if is_wrong { " govuk-input--error" } else { "" };
                Some(["govuk-input govuk-date-input__input", error, width].concat())
            });
            part(name, id, label, class, value)
        })
        .collect::<Vec<_>>();
    let mut inside = field.messages();
    inside.push(
        element("div")
            .class("govuk-date-input")
            .attr("id", id)
            .children(parts)
            .view(),
    );
    let legend = Legend {
        words: label,
        size: label_size,
        is_heading: label_is_heading,
    };
    field.group(vec![fieldset(
        legend,
        field.described_by().into(),
        "group",
        inside,
    )])
}

/// Renders the input for the day, the month or the year.
fn part(
    name: Words,
    id: String,
    label: &'static str,
    class: Signal<Option<String>>,
    value: Words,
) -> AnyView {
    let label = element("label")
        .class("govuk-label govuk-date-input__label")
        .attr("for", id.clone())
        .words(label);
    let input = element("input")
        .class(class)
        .attr("id", id)
        .attr("name", name)
        .attr("type", "text")
        .given("value", value)
        .attr("inputmode", "numeric");
    let group = element("div")
        .class("govuk-form-group")
        .child(label.view())
        .child(input.view());
    element("div")
        .class("govuk-date-input__item")
        .child(group.view())
        .view()
}
