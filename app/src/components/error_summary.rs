//! The list at the top of a page of all that is wrong on it, with a link to each place.
//!
//! The page gives it the focus when it appears: `tabindex="-1"` on the node, then `focus()`.

use leptos::prelude::*;

use super::element::{element, following};
use super::focus;
use super::words::Words;

/// One line of the summary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SummaryLink {
    /// Where it leads, such as `#postcode`; empty for a line that is no link.
    pub href: String,
    /// The same words as those at the input.
    pub words: String,
}

impl SummaryLink {
    /// The line that leads to the input of this id; one about no single input leads nowhere.
    pub fn to_input(id: &str, words: impl Into<String>) -> Self {
        let mark = if id.is_empty() { "" } else { "#" };
        Self {
            href: [mark, id].concat(),
            words: words.into(),
        }
    }
}

/// The error summary; nothing while there is no problem.
#[component]
pub fn ErrorSummary(
    /// What is wrong, in the order of the page.
    #[prop(into)]
    problems: Signal<Vec<SummaryLink>>,
    /// What stands between the title and the list.
    #[prop(into, optional)]
    description: Words,
    /// The title.
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

/// One problem.
fn line(SummaryLink { href, words }: SummaryLink) -> AnyView {
    if href.is_empty() {
        return element("li").words(words).view();
    }
    let link = element("a").attr("href", href.clone()).words(words);
    let link = link.on("click", move |event| focus::to_input(&event, &href));
    element("li").child(link.view()).view()
}
