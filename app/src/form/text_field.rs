//! A text input of the form, drawn from the description of its field.
//!
//! Pages store each `TextField` as a constant. The WebAssembly then contains the description of
//! that field only, not of all fields.

use leptos::prelude::*;
use registration::form::{Entry, Field, Length};
use registration::organisation::{OrganisationKind, Requirement};

use super::FormState;
use crate::components::{InputWidth, LabelSize, TextInput, Words};

/// A text input of the form.
#[derive(Debug, Clone, Copy)]
pub struct TextField {
    /// The name of the form field.
    pub name: &'static str,
    /// The label, without “(optional)”.
    pub label: &'static str,
    /// The hint; empty if there is none.
    pub hint: &'static str,
    /// Whether the answer is optional.
    pub is_optional: bool,
    is_heading: bool,
    input_type: &'static str,
    width: InputWidth,
    autocomplete: &'static str,
    inputmode: &'static str,
    spellcheck: Option<bool>,
}

impl TextField {
    /// Creates a text input from the description of a field.
    #[must_use]
    pub const fn of(field: Field) -> Self {
        let description = field.describe();
        let (input_type, length, autocomplete, spellcheck) = match description.entry {
            Entry::Line {
                length,
                autocomplete,
            } => ("text", length, autocomplete, None),
            Entry::Code {
                length,
                autocomplete,
            } => ("text", length, autocomplete, Some(false)),
            Entry::Digits => ("text", Length::Ten, "", Some(false)),
            Entry::Email { autocomplete } => ("email", Length::Any, autocomplete, Some(false)),
            Entry::Telephone { autocomplete } => ("tel", Length::Twenty, autocomplete, None),
            _ => ("text", Length::Any, "", None),
        };
        Self {
            name: description.name,
            label: description.label.english,
            hint: description.hint.english,
            is_optional: matches!(
                field.requirement(OrganisationKind::Other),
                Requirement::Optional
            ),
            is_heading: false,
            input_type,
            width: match length {
                Length::Any => InputWidth::Fluid,
                Length::Words => InputWidth::TwoThirds,
                Length::Twenty => InputWidth::Twenty,
                Length::Ten => InputWidth::Ten,
            },
            autocomplete,
            inputmode: match description.entry {
                Entry::Digits => "numeric",
                _ => "",
            },
            spellcheck,
        }
    }

    /// Makes `question` the label and the heading of the page.
    #[must_use]
    pub const fn heading(mut self, question: &'static str) -> Self {
        self.label = question;
        self.is_heading = true;
        self
    }

    /// Replaces the hint.
    #[must_use]
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// Replaces the HTML `autocomplete` token, for an answer about the person who fills in the
    /// form.
    #[must_use]
    pub const fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = token;
        self
    }

    /// Sets whether the answer is optional, for a field that only some kinds of organisation must
    /// fill in.
    #[must_use]
    pub const fn optional(mut self, is_optional: bool) -> Self {
        self.is_optional = is_optional;
        self
    }

    /// Adapts the input for an officer who corrects an answer: without a hint, and without
    /// suggestions from the officer's own browser.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn of_another_person(self) -> Self {
        Self {
            hint: "",
            autocomplete: "",
            inputmode: "",
            input_type: "text",
            spellcheck: Some(false),
            ..self
        }
    }

    /// Renders the input with the value to show.
    pub fn draw(self, value: String, form: FormState) -> AnyView {
        let label = optional(self.label, self.is_optional);
        let size = if self.is_heading {
            LabelSize::Large
        } else {
            LabelSize::Normal
        };
        view! {
            <TextInput
                name=self.name
                label
                label_size=size
                label_is_heading=self.is_heading
                hint=self.hint
                value
                problem=form.problem(self.name)
                note=form.warning_id(self.name)
                width=self.width
                input_type=self.input_type
                autocomplete=self.autocomplete
                inputmode=self.inputmode
                nostrip:spellcheck=self.spellcheck
            />
        }
        .into_any()
    }
}

/// Returns a label, with “(optional)” added if the answer is optional.
#[must_use]
pub fn optional(label: &'static str, is_optional: bool) -> Words {
    if is_optional {
        [label, " (optional)"].concat().into()
    } else {
        label.into()
    }
}
