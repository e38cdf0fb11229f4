//! The summary list: questions and answers, with links to change the answers.

use leptos::prelude::*;

use super::element::{element, text};
use super::words::Words;

/// A link to change a row or a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryAction {
    /// The target address.
    href: Words,
    /// The visible text, a verb such as `Change`.
    words: Words,
    /// The text that screen readers announce after the verb, such as `date of birth`.
    about: Words,
    /// Whether the browser must load the target without the router, because only the server renders
    /// it.
    is_outside: bool,
}

impl SummaryAction {
    /// Creates a link with the text `words`. Screen readers announce `about` after that text.
    pub fn new(href: impl Into<Words>, words: impl Into<Words>, about: impl Into<Words>) -> Self {
        Self {
            href: href.into(),
            words: words.into(),
            about: about.into(),
            is_outside: false,
        }
    }

    /// Renders the link. `card` is the title of the card that contains the link; empty if there is
    /// no card.
    pub(super) fn view(self, card: &str) -> AnyView {
        let mut heard = String::new();
        if !self.about.is_empty() {
            heard.push(' ');
            heard.push_str(&self.about);
        }
        if !card.is_empty() {
            heard.push_str(" (");
            heard.push_str(card);
            heard.push(')');
        }
        let mut link = element("a")
            .class("govuk-link")
            .attr("href", self.href)
            .words(self.words);
        if self.is_outside {
            link = link.attr("rel", "external");
        }
        if !heard.is_empty() {
            link = link.child(
                element("span")
                    .class("govuk-visually-hidden")
                    .words(heard)
                    .view(),
            );
        }
        link.view()
    }
}

/// A question and its answer.
pub struct SummaryRow {
    /// The question.
    key: Words,
    /// The answer.
    value: Vec<AnyView>,
    /// The links to change the answer.
    actions: Vec<SummaryAction>,
}

impl SummaryRow {
    /// Creates a row with the question `key` and the answer `value`, which is text or any view.
    pub fn new(key: impl Into<Words>, value: impl IntoAny) -> Self {
        Self::of(key.into(), vec![value.into_any()])
    }

    fn of(key: Words, value: Vec<AnyView>) -> Self {
        Self {
            key,
            value,
            actions: Vec::new(),
        }
    }

    /// Creates a row whose answer has several lines, such as an address.
    pub fn lines(key: impl Into<Words>, lines: Vec<String>) -> Self {
        let mut value = Vec::new();
        for line in lines {
            if !value.is_empty() {
                value.push(element("br").view());
            }
            value.push(text(line));
        }
        Self::of(key.into(), value)
    }

    /// Adds a link about the answer, in most cases `Change`.
    #[must_use]
    pub fn action(
        mut self,
        href: impl Into<Words>,
        words: impl Into<Words>,
        about: impl Into<Words>,
    ) -> Self {
        self.actions.push(SummaryAction::new(href, words, about));
        self
    }

    /// Adds a link about the answer, to a page that only the server renders.
    #[must_use]
    pub fn outside_action(
        mut self,
        href: impl Into<Words>,
        words: impl Into<Words>,
        about: impl Into<Words>,
    ) -> Self {
        self.actions.push(SummaryAction {
            is_outside: true,
            ..SummaryAction::new(href, words, about)
        });
        self
    }
}

/// A list of questions and answers, with links to change the answers.
#[component]
pub fn SummaryList(
    /// The questions and answers.
    rows: Vec<SummaryRow>,
    /// Whether to leave out the lines between the rows.
    #[prop(optional)]
    no_border: bool,
    /// The title of the card around the list; empty if there is no card.
    #[prop(into, optional)]
    card: Words,
) -> AnyView {
    let any_actions = rows.iter().any(|row| !row.actions.is_empty());
    let rows = rows
        .into_iter()
        .map(|row| row_view(row, any_actions, &card));
    let class = if no_border {
        "govuk-summary-list govuk-summary-list--no-border"
    } else {
        "govuk-summary-list"
    };
    element("dl").class(class).children(rows).view()
}

/// Renders one row. A row without actions gets its own class if other rows have actions.
fn row_view(row: SummaryRow, any_actions: bool, card: &str) -> AnyView {
    let class = if any_actions && row.actions.is_empty() {
        "govuk-summary-list__row govuk-summary-list__row--no-actions"
    } else {
        "govuk-summary-list__row"
    };
    let mut links: Vec<AnyView> = row
        .actions
        .into_iter()
        .map(|action| action.view(card))
        .collect();
    if links.len() > 1 {
        let items = links.into_iter().map(|link| {
            element("li")
                .class("govuk-summary-list__actions-list-item")
                .child(link)
                .view()
        });
        links = vec![
            element("ul")
                .class("govuk-summary-list__actions-list")
                .children(items)
                .view(),
        ];
    }
    let actions = (!links.is_empty()).then(|| {
        element("dd")
            .class("govuk-summary-list__actions")
            .children(links)
            .view()
    });
    element("div")
        .class(class)
        .child(
            element("dt")
                .class("govuk-summary-list__key")
                .words(row.key)
                .view(),
        )
        .child(
            element("dd")
                .class("govuk-summary-list__value")
                .children(row.value)
                .view(),
        )
        .children(actions)
        .view()
}
