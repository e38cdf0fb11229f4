//! A file to choose, such as a spreadsheet of users. Its form needs `enctype="multipart/form-data"`.

use leptos::prelude::*;

use super::field::Field;
use super::label::{Label, LabelSize};
use super::words::{Words, given_str};

/// A file input with its label, hint and error message.
#[component]
pub fn FileUpload(
    /// The name under which the file is sent.
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
    /// What is wrong with the file.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// The kinds of file that the browser offers, such as `.csv,.xlsx`.
    #[prop(optional)]
    accept: &'static str,
) -> AnyView {
    let field = Field::new(id, &name, hint, problem);
    let class = field.class("govuk-file-upload".to_owned(), " govuk-file-upload--error");
    let inside = view! {
        <Label words=label for_id=field.id() size=label_size is_heading=label_is_heading/>
        {field.messages()}
        <input
            class=class
            id=field.id()
            name=name
            type="file"
            accept=given_str(accept)
            aria-describedby=field.described_by()
        />
    };
    field.group(inside.into_any())
}
