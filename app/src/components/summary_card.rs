//! The summary card: a summary list with a title, for one of several people or things of the same
//! kind.

use leptos::prelude::*;

use super::element::element;
use super::summary_list::{SummaryAction, SummaryList, SummaryRow};
use super::words::Words;

/// A summary card. Screen readers announce the title of the card after each action, so the same
/// action sounds different in each card.
#[component]
pub fn SummaryCard(
    /// The name of the person or thing that the card describes.
    #[prop(into)]
    title: Words,
    /// The questions and answers.
    rows: Vec<SummaryRow>,
    /// The links that change or remove everything in the card.
    #[prop(optional)]
    actions: Vec<SummaryAction>,
    /// Whether the title is an `h3` rather than an `h2`.
    #[prop(optional)]
    is_subheading: bool,
) -> AnyView {
    let is_single = actions.len() == 1;
    let mut links = actions.into_iter().map(|action| action.view(&title));
    let actions = if is_single {
        links
            .next()
            .map(|link| view! { <div class="govuk-summary-card__actions">{link}</div> }.into_any())
    } else if links.len() == 0 {
        None
    } else {
        let items = links
            .map(|link| view! { <li class="govuk-summary-card__action">{link}</li> })
            .collect_view();
        Some(view! { <ul class="govuk-summary-card__actions">{items}</ul> }.into_any())
    };
    let heading = if is_subheading { "h3" } else { "h2" };
    let list = view! { <SummaryList rows=rows card=title.clone()/> };
    card(heading, title, actions, vec![list.into_any()])
}

/// Renders a card around any content. `heading` is the element of the title, such as `h3`.
pub fn card(
    heading: &'static str,
    title: Words,
    actions: Option<AnyView>,
    content: Vec<AnyView>,
) -> AnyView {
    let title = element(heading)
        .class("govuk-summary-card__title")
        .words(title);
    let title = element("div")
        .class("govuk-summary-card__title-wrapper")
        .child(title.view())
        .children(actions);
    let content = element("div")
        .class("govuk-summary-card__content")
        .children(content);
    element("div")
        .class("govuk-summary-card")
        .child(title.view())
        .child(content.view())
        .view()
}
