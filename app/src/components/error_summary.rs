//! The list at the top of a page of all that is wrong on it, with a link to each place.
//!
//! The page gives it the focus when it appears: `tabindex="-1"` on the node, then `focus()`.

use leptos::html::Div;
use leptos::prelude::*;

use super::focus;
use super::words::{Words, given};

/// One line of the summary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SummaryLink {
    /// Where it leads, such as `#postcode`; empty for a line that is no link.
    pub href: String,
    /// The same words as those at the input.
    pub words: String,
}

impl SummaryLink {
    /// The line that leads to the input of this id.
    pub fn to_input(id: &str, words: impl Into<String>) -> Self {
        Self {
            href: ["#", id].concat(),
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
    /// The node, for the page to give it the focus.
    #[prop(optional)]
    node_ref: NodeRef<Div>,
    /// What stands between the title and the list.
    #[prop(into, optional)]
    description: Words,
    /// The title.
    #[prop(into, default = Words::Borrowed("There is a problem"))]
    title: Words,
) -> AnyView {
    let summary = move || {
        let problems = problems.get();
        let (title, description) = (title.clone(), description.clone());
        (!problems.is_empty() || !description.is_empty()).then(|| {
            let description = given(description).map(|words| view! { <p>{words}</p> });
            let list = (!problems.is_empty()).then(|| {
                view! {
                    <ul class="govuk-list govuk-error-summary__list">
                        {problems.into_iter().map(line).collect_view()}
                    </ul>
                }
            });
            view! {
                <div class="govuk-error-summary" data-module="govuk-error-summary" node_ref=node_ref>
                    <div role="alert">
                        <h2 class="govuk-error-summary__title">{title}</h2>
                        <div class="govuk-error-summary__body">{description} {list}</div>
                    </div>
                </div>
            }
        })
    };
    summary.into_any()
}

/// One line, with a link where there is a place to go.
fn line(SummaryLink { href, words }: SummaryLink) -> AnyView {
    if href.is_empty() {
        return view! { <li>{words}</li> }.into_any();
    }
    let follow = {
        let href = href.clone();
        move |event| focus::to_input(&event, &href)
    };
    view! {
        <li>
            <a href=href on:click=follow>
                {words}
            </a>
        </li>
    }
    .into_any()
}
