//! Pages that the server splits into parts: HTML for fixed content, and data for content with
//! fields.
//!
//! All spreadsheet pages need only a few kinds of parts, so their tables, lists and texts add
//! nothing to the WebAssembly.

use std::borrow::Cow;
use std::sync::Arc;

use leptos::prelude::*;
use registration::problem::Problem;
use registration::spreadsheet::{RowInputs, input_problems};
use serde::{Deserialize, Serialize};

use crate::components::{Choice, InputWidth, Select, TextInput, Words, card, element};
use crate::form::{FormState, Rules, Validation, live_form};
use crate::pages::layout::{Content, page};
use crate::pages::problems::problem_summary;

/// A page split into parts, as the server sends it to the browser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageInParts {
    /// The window title. Same as the h1.
    pub title: String,
    /// The address of the Back link; empty if the page has no Back link.
    pub back: String,
    /// Whether the content uses the full width.
    pub wide: bool,
    /// The problems of the form, each with the name of its field.
    pub problems: Vec<Problem>,
    /// The parts of the page, from top to bottom.
    pub parts: Vec<Part>,
    /// The address of the next page, in the answer to a poll after the reading has ended; otherwise
    /// empty.
    pub leads_to: String,
    /// The progress of reading the file, in thousandths, on the progress page; `None` on other
    /// pages.
    pub waits: Option<u32>,
}

/// A part of a page, either rendered or as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// HTML that the server rendered.
    Html(String),
    /// A card with a title, such as the card of a row.
    Card(String, Vec<Part>),
    /// A field that corrects a cell.
    Cell(CellField),
    /// A form around other parts.
    Form(FormAction, Vec<Part>),
}

/// A field that corrects a cell with a problem.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellField {
    /// The name and the id of the field.
    pub name: String,
    /// The label of the field.
    pub label: String,
    /// The current text of the cell.
    pub value: String,
    /// The `type` attribute of the input.
    pub kind: InputKind,
    /// The answers to choose from, as pairs of key and text; empty if the person types the answer.
    pub choices: Vec<(String, String)>,
}

/// The `type` attribute of an input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// An email address.
    Email,
    /// A telephone number.
    Telephone,
}

/// The action of a form on a spreadsheet page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormAction {
    /// Saves the meaning of the columns.
    Columns,
    /// Saves corrected rows.
    Rows,
    /// Adds the rows without problems.
    Add,
    /// Discards the waiting rows.
    Discard,
}

/// Renders a page from its parts.
pub fn draw(shown: PageInParts) -> AnyView {
    let form = FormState::new(shown.problems, Vec::new());
    let mut parts = vec![problem_summary(form)];
    parts.extend(shown.parts.into_iter().map(|part| drawn(part, form)));
    page(Content {
        title: shown.title.into(),
        back: (!shown.back.is_empty()).then_some(shown.back),
        form: Some(form),
        wide: shown.wide,
        parts,
    })
}

fn drawn(part: Part, form: FormState) -> AnyView {
    let all = |parts: Vec<Part>| parts.into_iter().map(move |part| drawn(part, form));
    match part {
        Part::Html(html) => element("div").written(html).view(),
        Part::Card(title, parts) => card("h3", title.into(), None, all(parts).collect()),
        Part::Cell(cell) => field(cell, form),
        Part::Form(to, parts) => {
            let rules: Rules = match to {
                FormAction::Rows => Arc::new(rules_of_rows),
                _ => Arc::new(|_| Some(Validation::default())),
            };
            let form = live_form(to.address(), form, rules, all(parts).collect());
            // Always create a new element, because text typed into earlier rows must not appear in
            // the fields of later rows.
            element("div").always_new().child(form).view()
        }
    }
}

fn rules_of_rows(fields: &str) -> Option<Validation> {
    let typed: RowInputs = crate::json::read(fields)?;
    Some(Validation {
        problems: input_problems(&typed),
        warnings: Vec::new(),
    })
}

fn field(cell: CellField, form: FormState) -> AnyView {
    let CellField {
        name,
        label,
        value,
        kind,
        choices,
    } = cell;
    let problem = form.problem(Cow::Owned(name.clone()));
    if !choices.is_empty() {
        let choices = choices
            .into_iter()
            .map(|(key, words)| Choice::new(key, words))
            .collect();
        return view! { <Select name label choices value problem/> }.into_any();
    }
    let (input_type, width) = match kind {
        InputKind::Text => ("text", InputWidth::TwoThirds),
        InputKind::Email => ("email", InputWidth::Fluid),
        InputKind::Telephone => ("tel", InputWidth::Twenty),
    };
    let name: Words = name.into();
    view! {
        <TextInput
            name
            label
            value
            problem
            input_type
            width
            spellcheck=false
        />
    }
    .into_any()
}
