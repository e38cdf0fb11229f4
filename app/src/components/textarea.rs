//! Several lines of text to type.
//!
//! Leptos writes the children of a textarea without escaping them (`</textarea><script>` in an
//! answer would be run), so the answer is escaped here and given as the inside of the element.

use leptos::prelude::*;

use super::field::Field;
use super::label::{Label, LabelSize};
use super::words::{Words, given_str};

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
    let inside = view! {
        <Label words=label for_id=field.id() size=label_size is_heading=label_is_heading/>
        {field.messages()}
        <textarea
            class=class
            id=field.id()
            name=name
            rows=rows.to_string()
            spellcheck=spellcheck.map(|check| if check { "true" } else { "false" })
            aria-describedby=field.described_by()
            autocomplete=given_str(autocomplete)
            inner_html=as_html(&value)
        ></textarea>
    };
    field.group(inside.into_any())
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
