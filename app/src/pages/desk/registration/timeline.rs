//! The history of a registration, newest event first, as the timeline component of the Ministry of
//! Justice Design System.

use leptos::prelude::*;

use crate::components::{PageItem, Pagination};
use crate::pages::prose::{outside_link, paragraph, paragraph_of};

/// An event in the history of a registration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimelineEntry {
    /// The description of the event.
    pub what: String,
    /// The name of the actor.
    pub by: String,
    /// The time of the event, as display text, in London time.
    pub when: String,
    /// The time of the event, for the `datetime` attribute.
    pub at: String,
    /// The details of the event, one on each line.
    pub details: Vec<String>,
    /// A link below the details, as a pair of address and link text.
    pub link: Option<(String, String)>,
}

/// One page of the history of a registration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline {
    /// The events on this page, newest first.
    pub entries: Vec<TimelineEntry>,
    /// The number of this page, from 1.
    pub page: usize,
    /// The number of pages.
    pub pages: usize,
}

impl TimelineEntry {
    /// Returns the event as one line.
    #[must_use]
    pub fn in_one_line(&self) -> String {
        let mut line = [&*self.what, " by ", &self.by, ", ", &self.when].concat();
        if !self.details.is_empty() {
            line.push_str(": ");
            line.push_str(&self.details.join("; "));
        }
        line
    }
}

/// Renders the timeline. The links to its other pages begin with `address`.
pub(super) fn timeline(shown: Timeline, address: &str) -> Vec<AnyView> {
    if shown.entries.is_empty() {
        return vec![paragraph("There is no history yet.")];
    }
    let items = shown.entries.into_iter().map(item).collect_view();
    let mut parts = vec![view! { <div class="moj-timeline">{items}</div> }.into_any()];
    if shown.pages > 1 {
        let at = |page: usize| format!("{address}?page={page}#timeline");
        let previous = if shown.page > 1 {
            at(shown.page - 1)
        } else {
            String::new()
        };
        let next = if shown.page < shown.pages {
            at(shown.page + 1)
        } else {
            String::new()
        };
        let items = PageItem::around(shown.page, shown.pages, at);
        parts.push(view! { <Pagination previous next items/> }.into_any());
    }
    parts
}

fn item(entry: TimelineEntry) -> AnyView {
    let details = (!entry.details.is_empty()).then(|| {
        let lines = entry
            .details
            .into_iter()
            .map(
                |line| view! { <p class="govuk-body govuk-!-margin-bottom-1 app-lines">{line}</p> },
            )
            .collect_view();
        view! { <div class="moj-timeline__description">{lines}</div> }
    });
    let link = entry
        .link
        .map(|(address, words)| paragraph_of(vec![outside_link(address, words)]));
    view! {
        <div class="moj-timeline__item">
            <div class="moj-timeline__header">
                <h3 class="moj-timeline__title">{entry.what}</h3>
                " "
                <p class="moj-timeline__byline">{["by ", &entry.by].concat()}</p>
            </div>
            <p class="moj-timeline__date">
                <time datetime=entry.at>{entry.when}</time>
            </p>
            {details}
            {link}
        </div>
    }
    .into_any()
}
