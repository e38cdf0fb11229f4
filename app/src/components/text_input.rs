//! The text input: one line to type, such as a name, an email address or a number.

use leptos::prelude::*;

use super::element::element;
use super::field::Field;
use super::label::{LabelSize, label_of};
use super::words::{Words, given};

/// The width of an input, which tells people how much to type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InputWidth {
    /// The full width of the column.
    #[default]
    Fluid,
    /// Two characters.
    Two,
    /// Three characters.
    Three,
    /// Four characters.
    Four,
    /// Five characters.
    Five,
    /// Ten characters, such as a postcode.
    Ten,
    /// Twenty characters, such as a telephone number.
    Twenty,
    /// Thirty characters.
    Thirty,
    /// Two thirds of the column, on tablets and larger screens.
    TwoThirds,
    /// Half of the column, on tablets and larger screens.
    OneHalf,
}

impl InputWidth {
    /// Returns additional classes for the input, with a space in front.
    fn modifier(self) -> &'static str {
        match self {
            Self::Fluid => "",
            Self::Two => " govuk-input--width-2",
            Self::Three => " govuk-input--width-3",
            Self::Four => " govuk-input--width-4",
            Self::Five => " govuk-input--width-5",
            Self::Ten => " govuk-input--width-10",
            Self::Twenty => " govuk-input--width-20",
            Self::Thirty => " govuk-input--width-30",
            Self::TwoThirds => " govuk-!-width-two-thirds",
            Self::OneHalf => " govuk-!-width-one-half",
        }
    }
}

/// A text input with its label, hint and error message.
#[component]
pub fn TextInput(
    /// The name of the form field.
    #[prop(into)]
    name: Words,
    /// The label, which says what to enter.
    #[prop(into)]
    label: Words,
    /// The id of the input, if it differs from the name.
    #[prop(into, optional)]
    id: Words,
    /// The text size of the label.
    #[prop(optional)]
    label_size: LabelSize,
    /// Whether the label is the heading of the page.
    #[prop(optional)]
    label_is_heading: bool,
    /// The hint: one short sentence that helps the person to answer.
    #[prop(into, optional)]
    hint: Words,
    /// The value to show, as typed.
    #[prop(into, optional)]
    value: Words,
    /// The error message; `None` while the answer has no problem.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// The width of the input.
    #[prop(optional)]
    width: InputWidth,
    /// The `type` attribute, such as `email` or `tel`.
    #[prop(default = "text")]
    input_type: &'static str,
    /// The `autocomplete` attribute, such as `postal-code`.
    #[prop(optional)]
    autocomplete: &'static str,
    /// The `inputmode` attribute, which decides the keyboard of a phone, such as `numeric`.
    #[prop(optional)]
    inputmode: &'static str,
    /// The `spellcheck` attribute; use `false` for names and codes.
    #[prop(optional)]
    spellcheck: Option<bool>,
    /// The `autocapitalize` attribute, such as `none`.
    #[prop(optional)]
    autocapitalize: &'static str,
    /// The text before the input, such as `£`.
    #[prop(into, optional)]
    prefix: Words,
    /// The text after the input, such as `%`.
    #[prop(into, optional)]
    suffix: Words,
    /// The id of a note below the input that also describes the input; `None` while there is no note.
    #[prop(into, optional)]
    note: Signal<Option<String>>,
    /// Whether to widen the space between the characters, for example for a code that is read out.
    #[prop(optional)]
    extra_letter_spacing: bool,
) -> AnyView {
    let field = Field::new(id, &name, hint, problem).with_note(note);
    let spacing = if extra_letter_spacing {
        " govuk-input--extra-letter-spacing"
    } else {
        ""
    };
    let class = field.class(
        ["govuk-input", width.modifier(), spacing].concat(),
        " govuk-input--error",
    );
    let input = element("input")
        .class(class)
        .attr("id", field.id())
        .attr("name", name)
        .attr("type", input_type)
        .attr(
            "spellcheck",
            spellcheck.map(|check| if check { "true" } else { "false" }),
        )
        .attr("aria-describedby", field.described_by())
        .given("value", value)
        .given("autocomplete", autocomplete.into())
        .given("inputmode", inputmode.into())
        .given("autocapitalize", autocapitalize.into())
        .view();
    let control = if prefix.is_empty() && suffix.is_empty() {
        input
    } else {
        element("div")
            .class("govuk-input__wrapper")
            .children(affix("govuk-input__prefix", prefix))
            .child(input)
            .children(affix("govuk-input__suffix", suffix))
            .view()
    };
    let mut inside = vec![label_of(label, field.id(), label_size, label_is_heading)];
    inside.extend(field.messages());
    inside.push(control);
    field.group(inside)
}

/// Renders the text before or after the input. Screen readers skip this text, so the label must say
/// the same.
fn affix(class: &'static str, words: Words) -> Option<AnyView> {
    given(words).map(|words| {
        element("div")
            .class(class)
            .attr("aria-hidden", "true")
            .words(words)
            .view()
    })
}
