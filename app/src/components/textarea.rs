//! Several lines of text to type.
//!
//! Leptos writes no words as a space, which a textarea would show, and a parser drops the newline
//! with which an answer may begin. So the answer is escaped here and given as the inside of the
//! element: nothing in it (`</textarea><script>`) is ever run.

use leptos::prelude::*;

use super::element::element;
use super::field::Field;
use super::label::{LabelSize, label_of};
use super::words::Words;

/// A textarea with its label, hint and error message.
#[component]
pub fn Textarea(
    /// The name under which the answer is sent.
    #[prop(into)]
    name: Words,
    /// What is asked for.
    #[prop(into)]
    label: Words,
    /// The id, where it is not the name.
    #[prop(into, optional)]
    id: Words,
    /// How large the label is written.
    #[prop(optional)]
    label_size: LabelSize,
    /// Whether the label is the heading of the page.
    #[prop(optional)]
    label_is_heading: bool,
    /// One short sentence that helps with the answer.
    #[prop(into, optional)]
    hint: Words,
    /// The answer so far, as it was typed.
    #[prop(into, optional)]
    value: Words,
    /// What is wrong with the answer.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// How many lines are seen at once.
    #[prop(default = 5)]
    rows: u16,
    /// What a browser may fill in, such as `street-address`.
    #[prop(optional)]
    autocomplete: &'static str,
    /// Whether the browser checks the spelling.
    #[prop(optional)]
    spellcheck: Option<bool>,
) -> AnyView {
    let field = Field::new(id, &name, hint, problem);
    let class = field.class("govuk-textarea".to_owned(), " govuk-textarea--error");
    let area = element("textarea")
        .class(class)
        .attr("id", field.id())
        .attr("name", name)
        .attr("rows", rows.to_string())
        .attr(
            "spellcheck",
            spellcheck.map(|check| if check { "true" } else { "false" }),
        )
        .attr("aria-describedby", field.described_by())
        .given("autocomplete", autocomplete.into())
        .inside(as_html(&value));
    let mut inside = vec![label_of(label, field.id(), label_size, label_is_heading)];
    inside.extend(field.messages());
    inside.push(area.view());
    field.group(inside)
}

/// The answer as HTML that shows it. A parser drops a newline that comes right after the tag, but
/// not one that is written as a reference.
fn as_html(value: &str) -> String {
    let escaped = value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    match escaped.strip_prefix(['\n', '\r']) {
        Some(rest) => ["&#13;", rest].concat(),
        None => escaped,
    }
}
