//! Answers as they were given, each with a link to change it.

use leptos::prelude::*;

use super::element::{element, text};
use super::words::Words;

/// What can be done about a row or a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowAction {
    /// Where it is done.
    href: Words,
    /// The verb that is seen, such as `Change`.
    words: Words,
    /// What is heard behind the verb, such as `date of birth`.
    about: Words,
    /// Whether the browser loads the page anew, because it is the server's alone.
    is_outside: bool,
}

impl RowAction {
    /// The link that says `words` and, to those who only hear it, `about`.
    pub fn new(href: impl Into<Words>, words: impl Into<Words>, about: impl Into<Words>) -> Self {
        Self {
            href: href.into(),
            words: words.into(),
            about: about.into(),
            is_outside: false,
        }
    }

    /// The link, with the name of its card where it is in one.
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

/// One answer.
pub struct SummaryRow {
    /// What was asked.
    key: Words,
    /// What was answered.
    value: Vec<AnyView>,
    /// What can be done about it.
    actions: Vec<RowAction>,
}

impl SummaryRow {
    /// The answer `value` to the question `key`: words, or any view.
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

    /// An answer of several lines, such as an address.
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

    /// With a link to do something about it; `Change` in most cases.
    #[must_use]
    pub fn action(
        mut self,
        href: impl Into<Words>,
        words: impl Into<Words>,
        about: impl Into<Words>,
    ) -> Self {
        self.actions.push(RowAction::new(href, words, about));
        self
    }

    /// With such a link to a page that the server writes alone.
    #[must_use]
    pub fn outside_action(
        mut self,
        href: impl Into<Words>,
        words: impl Into<Words>,
        about: impl Into<Words>,
    ) -> Self {
        self.actions.push(RowAction {
            is_outside: true,
            ..RowAction::new(href, words, about)
        });
        self
    }
}

/// A summary list.
#[component]
pub fn SummaryList(
    /// The answers.
    rows: Vec<SummaryRow>,
    /// Whether the lines between the rows are left out.
    #[prop(optional)]
    no_border: bool,
    /// The title of the card in which the list stands.
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

/// One row; a row without actions among rows with them says so in its class.
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
