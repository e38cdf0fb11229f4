//! The textarea: several lines of text to type.
//!
//! Leptos renders empty text as a space, which a textarea would show. An HTML parser drops a
//! newline at the beginning of a textarea. The answer is therefore escaped here and set as the
//! inner HTML. Nothing in the answer, such as `</textarea><script>`, is ever run.

use leptos::prelude::*;

use super::element::element;
use super::field::Field;
use super::label::{LabelSize, label_of};
use super::words::Words;

/// A textarea with its label, hint and error message.
#[component]
pub fn Textarea(
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
    /// The number of visible lines.
    #[prop(default = 5)]
    rows: u16,
    /// The `autocomplete` attribute, such as `street-address`.
    #[prop(optional)]
    autocomplete: &'static str,
    /// The `spellcheck` attribute.
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

/// Escapes the answer for HTML.
///
/// A line break at the beginning becomes a character reference, because an HTML parser drops a
/// plain line break directly after the tag.
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
