//! Renders our form components from govuk-frontend's fixtures.

use app::components::{
    Checkboxes, Choice, DateInput, ErrorMessage, Fieldset, FileUpload, Hint, InputWidth, Label,
    LabelSize, Radios, Select, TextInput, Textarea, Words, WrongParts,
};
use leptos::prelude::*;

use crate::fixtures::Options;

/// Returns the size that the classes of a label or a legend specify.
fn size(classes: &str) -> LabelSize {
    match classes.rsplit_once("--").map(|(_, size)| size) {
        Some("s") => LabelSize::Small,
        Some("m") => LabelSize::Medium,
        Some("l") => LabelSize::Large,
        Some("xl") => LabelSize::ExtraLarge,
        // No modifier class, or a modifier class that our component does not offer.
        _ => LabelSize::Normal,
    }
}

/// Returns the width that the classes of an input specify.
fn width(options: Options) -> InputWidth {
    let widths = [
        ("govuk-input--width-2", InputWidth::Two),
        ("govuk-input--width-3", InputWidth::Three),
        ("govuk-input--width-4", InputWidth::Four),
        ("govuk-input--width-5", InputWidth::Five),
        ("govuk-input--width-10", InputWidth::Ten),
        ("govuk-input--width-20", InputWidth::Twenty),
        ("govuk-input--width-30", InputWidth::Thirty),
    ];
    widths
        .into_iter()
        .find(|(class, _)| options.has_class(class))
        .map_or(InputWidth::Fluid, |(_, width)| width)
}

/// Returns the answers that a person can choose.
fn choices(options: Options) -> Vec<Choice> {
    let choice = |item: Options| {
        if let Some(divider) = item.maybe("divider") {
            return Choice::divider(divider);
        }
        Choice::new(item.words("value"), item.words("text"))
            .hint(item.words("hint.text"))
            .id(item.words("id"))
            .name(item.words("name"))
    };
    options.list("items").into_iter().map(choice).collect()
}

/// Returns the values of the chosen answers. An item's own `checked` or `selected` has priority
/// over the values of the whole question.
fn chosen(options: Options) -> Vec<Words> {
    let items = options.list("items");
    let says = |item: &Options| item.yes_or_no("checked").or(item.yes_or_no("selected"));
    let is_not = |value: &String| {
        let mut items = items.iter();
        items.any(|item| item.words("value") == *value && says(item) == Some(false))
    };
    let given = options.list("values").into_iter().map(Options::itself);
    let marked = items
        .iter()
        .filter(|item| says(item) == Some(true))
        .map(|item| item.words("value"));
    given
        .chain(marked)
        .chain(options.maybe("value"))
        .filter(|value| !is_not(value))
        .map(Words::Owned)
        .collect()
}

pub fn label(options: Options, _: &str) -> AnyView {
    view! {
        <Label
            words=options.words("text")
            for_id=options.words("for")
            size=size(&options.words("classes"))
            is_heading=options.is("isPageHeading")
        />
    }
    .into_any()
}

pub fn hint(options: Options, _: &str) -> AnyView {
    view! { <Hint id=options.words("id")>{options.inside("html", "text")}</Hint> }.into_any()
}

pub fn error_message(options: Options, _: &str) -> AnyView {
    view! { <ErrorMessage id=options.words("id") words=options.words("text")/> }.into_any()
}

pub fn fieldset(options: Options, _: &str) -> AnyView {
    view! {
        <Fieldset
            legend=options.words("legend.text")
            legend_size=size(&options.words("legend.classes"))
            legend_is_heading=options.is("legend.isPageHeading")
            described_by=options.maybe("describedBy")
            role=options.fixed("role")
        >
            {options.maybe("html").map(|_| options.inside("html", ""))}
        </Fieldset>
    }
    .into_any()
}

pub fn text_input(options: Options, _: &str) -> AnyView {
    if let Some(spellcheck) = options.yes_or_no("spellcheck") {
        return view! {
            <TextInput
                name=options.words("name")
                id=options.words("id")
                label=options.words("label.text")
                spellcheck
            />
        }
        .into_any();
    }
    let name = options.words("name");
    let input_type = options
        .maybe("type")
        .unwrap_or_else(|| "text".to_owned())
        .leak();
    view! {
        <TextInput
            name=name
            id=options.words("id")
            label=options.words("label.text")
            label_size=size(&options.words("label.classes"))
            label_is_heading=options.is("label.isPageHeading")
            hint=options.words("hint.text")
            value=options.words("value")
            problem=options.maybe("errorMessage.text")
            width=width(options)
            input_type
            autocomplete=options.fixed("autocomplete")
            inputmode=options.fixed("inputmode")
            autocapitalize=options.fixed("autocapitalize")
            prefix=options.words("prefix.text")
            suffix=options.words("suffix.text")
            extra_letter_spacing=options.has_class("govuk-input--extra-letter-spacing")
        />
    }
    .into_any()
}

pub fn textarea(options: Options, _: &str) -> AnyView {
    if let Some(spellcheck) = options.yes_or_no("spellcheck") {
        return view! {
            <Textarea
                name=options.words("name")
                id=options.words("id")
                label=options.words("label.text")
                spellcheck
            />
        }
        .into_any();
    }
    view! {
        <Textarea
            name=options.words("name")
            id=options.words("id")
            label=options.words("label.text")
            label_size=size(&options.words("label.classes"))
            label_is_heading=options.is("label.isPageHeading")
            hint=options.words("hint.text")
            value=options.words("value")
            problem=options.maybe("errorMessage.text")
            rows=options.words("rows").parse().unwrap_or(5)
            autocomplete=options.fixed("autocomplete")
        />
    }
    .into_any()
}

/// Renders our select, which deliberately has no disabled options.
pub fn select(options: Options, _: &str) -> AnyView {
    view! {
        <Select
            name=options.words("name")
            id=options.words("id")
            label=options.words("label.text")
            label_size=size(&options.words("label.classes"))
            label_is_heading=options.is("label.isPageHeading")
            hint=options.words("hint.text")
            value=chosen(options).pop().unwrap_or_default()
            problem=options.maybe("errorMessage.text")
            choices=choices(options)
        />
    }
    .into_any()
}

pub fn file_upload(options: Options, _: &str) -> AnyView {
    view! {
        <FileUpload
            name=options.words("name")
            id=options.words("id")
            label=options.words("label.text")
            label_size=size(&options.words("label.classes"))
            label_is_heading=options.is("label.isPageHeading")
            hint=options.words("hint.text")
            problem=options.maybe("errorMessage.text")
        />
    }
    .into_any()
}

pub fn radios(options: Options, _: &str) -> AnyView {
    view! {
        <Radios
            name=options.words("name")
            id=options.words("idPrefix")
            label=options.words("fieldset.legend.text")
            label_size=size(&options.words("fieldset.legend.classes"))
            label_is_heading=options.is("fieldset.legend.isPageHeading")
            hint=options.words("hint.text")
            value=chosen(options).pop().unwrap_or_default()
            problem=options.maybe("errorMessage.text")
            inline=options.has_class("govuk-radios--inline")
            small=options.has_class("govuk-radios--small")
            choices=choices(options)
        />
    }
    .into_any()
}

pub fn checkboxes(options: Options, _: &str) -> AnyView {
    view! {
        <Checkboxes
            name=options.words("name")
            id=options.words("idPrefix")
            label=options.words("fieldset.legend.text")
            label_size=size(&options.words("fieldset.legend.classes"))
            label_is_heading=options.is("fieldset.legend.isPageHeading")
            hint=options.words("hint.text")
            values=chosen(options)
            problem=options.maybe("errorMessage.text")
            small=options.has_class("govuk-checkboxes--small")
            choices=choices(options)
        />
    }
    .into_any()
}

/// Returns the options of day, month and year. A fixture has these options one by one or as the
/// items of a list.
fn parts_of_date(options: Options) -> [Vec<Options>; 3] {
    ["day", "month", "year"].map(|part| {
        let items = options.list("items").into_iter();
        let item = items.filter(|item| item.words("name") == part);
        options.option(part).into_iter().chain(item).collect()
    })
}

pub fn date_input(options: Options, _: &str) -> AnyView {
    let prefix = options
        .maybe("namePrefix")
        .map(|prefix| prefix + "-")
        .unwrap_or_default();
    let names = ["day", "month", "year"].map(|part| Words::from(prefix.clone() + part));
    let [day, month, year] = names
        .clone()
        .map(|name| options.words(&["values.", &name].concat()));
    let parts = parts_of_date(options);
    let says = |part: &Vec<Options>| part.iter().find_map(|part| part.yes_or_no("error"));
    let has_class = |part: &Vec<Options>| {
        let mut parts = part.iter();
        parts.any(|part| part.has_class("govuk-input--error"))
    };
    // If a fixture marks a part as right (`error: false`), its parts without a mark are wrong.
    let some_are_right = parts.iter().any(|part| says(part) == Some(false));
    let [is_day, is_month, is_year] = parts
        .each_ref()
        .map(|part| says(part).unwrap_or(some_are_right) || has_class(part));
    let wrong = WrongParts {
        day: is_day,
        month: is_month,
        year: is_year,
    };
    view! {
        <DateInput
            name=options.words("id")
            names=names
            label=options.words("fieldset.legend.text")
            hint=options.words("hint.text")
            day
            month
            year
            problem=options.maybe("errorMessage.text")
            wrong=wrong
        />
    }
    .into_any()
}
