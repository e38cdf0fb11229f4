//! Pages that the server renders into parts: HTML for what is only shown, data for what is typed
//! into.
//!
//! A few kinds of parts are enough for every spreadsheet page, so the tables, lists and texts of
//! those pages add nothing to the WebAssembly.

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

/// A page, as the server sends it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageInParts {
    /// The window title; the same as the h1.
    pub title: String,
    /// Address of the Back link; empty on pages without one.
    pub back: String,
    /// Whether the content uses the full width.
    pub wide: bool,
    /// The problems, each at its field.
    pub problems: Vec<Problem>,
    /// The parts of the page, from top to bottom.
    pub parts: Vec<Part>,
    /// Address of the next page, once the reading is over; otherwise empty.
    pub leads_to: String,
    /// Progress of the reading that this page waits for, in thousandths; `None` on other pages.
    pub waits: Option<u32>,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// HTML that the server rendered.
    Html(String),
    /// A card with a title, such as that of a row.
    Card(String, Vec<Part>),
    /// A field for a cell with a problem.
    Cell(CellField),
    /// A form.
    Form(FormAction, Vec<Part>),
}

/// A field for a cell with a problem.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellField {
    /// The name of the field, which is its id too.
    pub name: String,
    /// The label.
    pub label: String,
    /// The text in the cell.
    pub value: String,
    /// The `type` of the input.
    pub kind: InputKind,
    /// The answers to choose from, as key and words; empty if the answer is typed.
    pub choices: Vec<(String, String)>,
}

/// The `type` of an input.
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

/// Where a form is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FormAction {
    /// Saves what the columns hold.
    Columns,
    /// Saves corrected rows.
    Rows,
    /// Adds the rows without problems.
    Add,
    /// Discards the rows.
    Discard,
}

/// Renders a page.
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
            // A new element each time: text typed into earlier rows must not stay in the fields of
            // later ones.
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
