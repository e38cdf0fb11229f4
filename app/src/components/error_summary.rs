//! The error summary: a list of all problems at the top of a page, with a link to each answer.
//!
//! When the summary appears, the page must move the focus to it: the page sets `tabindex="-1"` on the summary and calls
//! `focus()`.

use leptos::prelude::*;

use super::element::{element, following};
use super::focus;
use super::words::Words;

/// One line of the error summary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SummaryLink {
    /// The target of the link, such as `#postcode`; empty if the line is plain text.
    pub href: String,
    /// The text of the problem. The error message at the input uses the same text.
    pub words: String,
}

impl SummaryLink {
    /// Creates a line that links to the input with this id. If the id is empty, the line is plain
    /// text.
    pub fn to_input(id: &str, words: impl Into<String>) -> Self {
        let mark = if id.is_empty() { "" } else { "#" };
        Self {
            href: [mark, id].concat(),
            words: words.into(),
        }
    }
}

/// The error summary. Renders nothing while there are no problems and no description.
#[component]
pub fn ErrorSummary(
    /// The problems, in the order of the answers on the page.
    #[prop(into)]
    problems: Signal<Vec<SummaryLink>>,
    /// The text between the title and the list.
    #[prop(into, optional)]
    description: Words,
    /// The title of the summary.
    #[prop(into, default = Words::Borrowed("There is a problem"))]
    title: Words,
) -> AnyView {
    following(move || {
        let problems = problems.get();
        if problems.is_empty() && description.is_empty() {
            return None;
        }
        let mut body = element("div").class("govuk-error-summary__body");
        if !description.is_empty() {
            body = body.child(element("p").words(description.clone()).view());
        }
        if !problems.is_empty() {
            let list = element("ul").class("govuk-list govuk-error-summary__list");
            body = body.child(list.children(problems.into_iter().map(line)).view());
        }
        let title = element("h2")
            .class("govuk-error-summary__title")
            .words(title.clone());
        let alert = element("div")
            .attr("role", "alert")
            .child(title.view())
            .child(body.view());
        let summary = element("div")
            .class("govuk-error-summary")
            .attr("data-module", "govuk-error-summary")
            .child(alert.view());
        Some(summary.view())
    })
}

/// Renders one line of the summary.
fn line(SummaryLink { href, words }: SummaryLink) -> AnyView {
    if href.is_empty() {
        return element("li").words(words).view();
    }
    let link = element("a").attr("href", href.clone()).words(words);
    let link = link.on("click", move |event| focus::to_input(&event, &href));
    element("li").child(link.view()).view()
}
