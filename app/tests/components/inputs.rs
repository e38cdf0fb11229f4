//! What people fill in.

use app::components::{
    Checkboxes, Choice, DateInput, ErrorMessage, Fieldset, FileUpload, Hint, InputWidth, Label,
    LabelSize, Radios, Select, TextInput, Textarea, Words, WrongParts,
};
use leptos::prelude::*;

use crate::fixtures::{Options, compare, compare_without};

/// The size that the classes of a label or a legend ask for.
fn size(classes: &str) -> LabelSize {
    match classes.rsplit_once("--").map(|(_, size)| size) {
        None => LabelSize::Normal,
        Some("s") => LabelSize::Small,
        Some("m") => LabelSize::Medium,
        Some("l") => LabelSize::Large,
        Some("xl") => LabelSize::ExtraLarge,
        Some(other) => panic!("there is no size {other}"),
    }
}

/// The width that the classes of an input ask for.
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

/// The answers to choose from.
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

/// The values of the answers that are chosen.
fn chosen(options: Options) -> Vec<Words> {
    let given = options.list("values").into_iter().map(Options::itself);
    let marked = options
        .list("items")
        .into_iter()
        .filter(|item| item.is("checked") || item.is("selected"))
        .map(|item| item.words("value"));
    given
        .chain(marked)
        .chain(options.maybe("value"))
        .map(Words::Owned)
        .collect()
}

#[test]
fn label() {
    compare(
        "label",
        &[
            "default",
            "with bold text",
            "styled as xl text",
            "styled as large text",
            "styled as medium text",
            "styled as small text",
            "as page heading xl",
            "as page heading l",
            "as page heading m",
            "as page heading s",
            "as page heading without class",
            "html as text",
            "for",
        ],
        |options| {
            view! {
                <Label
                    words=options.words("text")
                    for_id=options.words("for")
                    size=size(&options.words("classes"))
                    is_heading=options.is("isPageHeading")
                />
            }
            .into_any()
        },
    );
}

#[test]
fn hint() {
    compare("hint", &["default", "id", "html as text"], |options| {
        view! { <Hint id=options.words("id")>{options.words("text")}</Hint> }.into_any()
    });
}

#[test]
fn error_message() {
    compare(
        "error-message",
        &["default", "id", "html as text"],
        |options| {
            view! { <ErrorMessage id=options.words("id") words=options.words("text")/> }.into_any()
        },
    );
}

#[test]
fn fieldset() {
    compare(
        "fieldset",
        &[
            "default",
            "styled as xl text",
            "styled as large text",
            "styled as medium text",
            "styled as small text",
            "as page heading xl",
            "as page heading l",
            "as page heading m",
            "as page heading s",
            "as page heading without class",
            "with describedBy",
            "html as text",
            "html fieldset content",
            "role",
        ],
        |options| {
            view! {
                <Fieldset
                    legend=options.words("legend.text")
                    legend_size=size(&options.words("legend.classes"))
                    legend_is_heading=options.is("legend.isPageHeading")
                    described_by=options.maybe("describedBy")
                    role=options.fixed("role")
                >
                    {options
                        .maybe("html")
                        .map(|_| {
                            view! {
                                <div class="my-content">
                                    <p>"This is some content to put inside the fieldset"</p>
                                </div>
                            }
                        })}
                </Fieldset>
            }
            .into_any()
        },
    );
}

#[test]
fn text_input() {
    compare(
        "input",
        &[
            "default",
            "with hint text",
            "with error message",
            "with error and hint",
            "with width-2 class",
            "with width-3 class",
            "with width-4 class",
            "with width-5 class",
            "with width-10 class",
            "with width-20 class",
            "with width-30 class",
            "with label as page heading",
            "with prefix",
            "with suffix",
            "with prefix and suffix",
            "with prefix and suffix and error",
            "with prefix and suffix and width modifier",
            "with extra letter spacing",
            "id",
            "custom type",
            "value",
            "zero value",
            "inputmode",
            "with prefix with html as text",
            "with suffix with html as text",
            "with autocomplete attribute",
            "with autocapitalize turned off",
        ],
        |options| {
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
        },
    );
}

#[test]
fn spellcheck() {
    let names = ["with spellcheck enabled", "with spellcheck disabled"];
    compare("input", &names, |options| {
        view! {
            <TextInput
                name=options.words("name")
                id=options.words("id")
                label=options.words("label.text")
                spellcheck=options.is("spellcheck")
            />
        }
        .into_any()
    });
    compare("textarea", &names, |options| {
        view! {
            <Textarea
                name=options.words("name")
                id=options.words("id")
                label=options.words("label.text")
                spellcheck=options.is("spellcheck")
            />
        }
        .into_any()
    });
}

#[test]
fn textarea() {
    compare(
        "textarea",
        &[
            "default",
            "with hint",
            "with error message",
            "with default value",
            "with custom rows",
            "with label as page heading",
            "id",
            "with hint and error message",
            "with autocomplete attribute",
        ],
        |options| {
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
        },
    );
}

/// An option that cannot be chosen is missing from ours on purpose.
#[test]
fn select() {
    compare_without(
        "select",
        &["[disabled]"],
        &[
            "default",
            "with hint text and error message",
            "with label as page heading",
            "hint",
            "error",
            "with selected value",
            "id",
        ],
        |options, _| {
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
        },
    );
}

#[test]
fn file_upload() {
    compare(
        "file-upload",
        &[
            "default",
            "with hint text",
            "with error message and hint",
            "with label as page heading",
        ],
        |options| {
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
        },
    );
}

#[test]
fn radios() {
    compare(
        "radios",
        &[
            "default",
            "with hint",
            "inline",
            "with a divider",
            "with hints on items",
            "without fieldset",
            "with fieldset and error message",
            "with very long option text",
            "small with long text",
            "small inline",
            "small with a divider",
            "with idPrefix",
            "minimal items and name",
            "with hints on parent and items",
            "with error message",
            "with error message and idPrefix",
            "with hint and error message",
            "prechecked using value",
        ],
        |options| {
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
        },
    );
}

#[test]
fn checkboxes() {
    compare(
        "checkboxes",
        &[
            "default",
            "with hint",
            "with hints on items",
            "with legend as a page heading",
            "with error message",
            "with very long option text",
            "small",
            "small with long text",
            "small with error",
            "small with hint",
            "with id and name",
            "with idPrefix",
            "with checked item",
            "multiple hints",
            "with error message and hint",
            "with error and idPrefix",
        ],
        |options| {
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
        },
    );
}

#[test]
fn date_input() {
    compare(
        "date-input",
        &[
            "default",
            "with values",
            "with values and name prefix",
            "with error message and hint",
            "with error on day input",
            "with error on month input",
            "with error on year input",
        ],
        |options| {
            let prefix = options
                .maybe("namePrefix")
                .map(|prefix| prefix + "-")
                .unwrap_or_default();
            let names = ["day", "month", "year"].map(|part| Words::from(prefix.clone() + part));
            let values = names
                .clone()
                .map(|name| options.words(&["values.", &name].concat()));
            let [day, month, year] = values;
            let wrong = WrongParts {
                day: options.is("day.error"),
                month: options.is("month.error"),
                year: options.is("year.error"),
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
        },
    );
}
