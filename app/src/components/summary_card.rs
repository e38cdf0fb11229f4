//! A summary list with a title: one of several people or things that are described alike.

use leptos::prelude::*;

use super::summary_list::{RowAction, SummaryList, SummaryRow};
use super::words::Words;

/// A summary card. Its title is heard behind every action, so that links of two cards differ.
#[component]
pub fn SummaryCard(
    /// Whom or what it is about, such as a person's name.
    #[prop(into)]
    title: Words,
    /// The answers.
    rows: Vec<SummaryRow>,
    /// What can be done about the whole.
    #[prop(optional)]
    actions: Vec<RowAction>,
    /// Whether the title is a heading of the third level.
    #[prop(optional)]
    is_subheading: bool,
) -> AnyView {
    let heading = if is_subheading {
        view! { <h3 class="govuk-summary-card__title">{title.clone()}</h3> }.into_any()
    } else {
        view! { <h2 class="govuk-summary-card__title">{title.clone()}</h2> }.into_any()
    };
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
    view! {
        <div class="govuk-summary-card">
            <div class="govuk-summary-card__title-wrapper">{heading} {actions}</div>
            <div class="govuk-summary-card__content">
                <SummaryList rows=rows card=title/>
            </div>
        </div>
    }
    .into_any()
}
