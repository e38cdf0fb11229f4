//! A text input of the form, drawn from the description of its field.
//!
//! Pages keep it as a constant, so the WebAssembly contains the words of that field, not the whole
//! list of descriptions.

use leptos::prelude::*;
use registration::form::{Entry, Field, Length};
use registration::organisation::{OrganisationKind, Requirement};

use super::FormState;
use crate::components::{InputWidth, LabelSize, TextInput, Words};

/// A text input of the form.
#[derive(Debug, Clone, Copy)]
pub struct TextField {
    /// The name under which it is sent.
    pub name: &'static str,
    /// The label, without “(optional)”.
    pub label: &'static str,
    /// The hint; empty if there is none.
    pub hint: &'static str,
    /// Whether it may stay empty.
    pub is_optional: bool,
    is_heading: bool,
    input_type: &'static str,
    width: InputWidth,
    autocomplete: &'static str,
    inputmode: &'static str,
    spellcheck: Option<bool>,
}

impl TextField {
    /// Takes what a page shows from the description of a field.
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

    /// Makes its label the question and heading of the page.
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

    /// Says whether it may stay empty, where the kind of organisation decides.
    #[must_use]
    pub const fn optional(mut self, is_optional: bool) -> Self {
        self.is_optional = is_optional;
        self
    }

    /// Draws it as an officer sees it in a correction: without hint and without what a browser
    /// would fill in about the officer.
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

    /// Renders it with the answer so far.
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

/// Returns a label, with “(optional)” if the answer may be left out.
#[must_use]
pub fn optional(label: &'static str, is_optional: bool) -> Words {
    if is_optional {
        [label, " (optional)"].concat().into()
    } else {
        label.into()
    }
}
