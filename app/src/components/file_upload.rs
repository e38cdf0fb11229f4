//! The file input, for example for a spreadsheet of users. The form around it needs
//! `enctype="multipart/form-data"`.

use leptos::prelude::*;

use super::element::element;
use super::field::Field;
use super::label::{LabelSize, label_of};
use super::words::Words;

/// A file input with its label, hint and error message.
#[component]
pub fn FileUpload(
    /// The name of the form field.
    #[prop(into)]
    name: Words,
    /// The label, which says what file to choose.
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
    /// The error message; `None` while the file has no problem.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// The `accept` attribute: the file types that the browser offers, such as `.csv,.xlsx`.
    #[prop(optional)]
    accept: &'static str,
) -> AnyView {
    let field = Field::new(id, &name, hint, problem);
    let class = field.class("govuk-file-upload".to_owned(), " govuk-file-upload--error");
    let input = element("input")
        .class(class)
        .attr("id", field.id())
        .attr("name", name)
        .attr("type", "file")
        .given("accept", accept.into())
        .attr("aria-describedby", field.described_by());
    let mut inside = vec![label_of(label, field.id(), label_size, label_is_heading)];
    inside.extend(field.messages());
    inside.push(input.view());
    field.group(inside)
}
