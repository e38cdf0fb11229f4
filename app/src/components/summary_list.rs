//! Answers as they were given, each with a link to change it.

use leptos::prelude::*;

use super::words::{Words, given};

/// What can be done about a row or a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowAction {
    /// Where it is done.
    href: Words,
    /// The verb that is seen, such as `Change`.
    words: Words,
    /// What is heard behind the verb, such as `date of birth`.
    about: Words,
}

impl RowAction {
    /// The link that says `words` and, to those who only hear it, `about`.
    pub fn new(href: impl Into<Words>, words: impl Into<Words>, about: impl Into<Words>) -> Self {
        Self {
            href: href.into(),
            words: words.into(),
            about: about.into(),
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
        let heard = given(heard.into())
            .map(|words| view! { <span class="govuk-visually-hidden">{words}</span> });
        view! {
            <a class="govuk-link" href=self.href>
                {self.words}
                {heard}
            </a>
        }
        .into_any()
    }
}

/// One answer.
pub struct SummaryRow {
    /// What was asked.
    key: Words,
    /// What was answered.
    value: AnyView,
    /// What can be done about it.
    actions: Vec<RowAction>,
}

impl SummaryRow {
    /// The answer `value` to the question `key`: words, or any view.
    pub fn new(key: impl Into<Words>, value: impl IntoAny) -> Self {
        Self {
            key: key.into(),
            value: value.into_any(),
            actions: Vec::new(),
        }
    }

    /// An answer of several lines, such as an address.
    pub fn lines(key: impl Into<Words>, lines: Vec<String>) -> Self {
        let lines = lines
            .into_iter()
            .enumerate()
            .map(|(at, line)| view! { {(at > 0).then(|| view! { <br/> })} {line} })
            .collect_view();
        Self::new(key, lines)
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
        .map(|row| row_view(row, any_actions, &card))
        .collect_view();
    let class = if no_border {
        "govuk-summary-list govuk-summary-list--no-border"
    } else {
        "govuk-summary-list"
    };
    view! { <dl class=class>{rows}</dl> }.into_any()
}

/// One row; a row without actions among rows with them says so in its class.
fn row_view(row: SummaryRow, any_actions: bool, card: &str) -> AnyView {
    let class = if any_actions && row.actions.is_empty() {
        "govuk-summary-list__row govuk-summary-list__row--no-actions"
    } else {
        "govuk-summary-list__row"
    };
    let is_single = row.actions.len() == 1;
    let mut links = row.actions.into_iter().map(|action| action.view(card));
    let actions = if is_single {
        links
            .next()
            .map(|link| view! { <dd class="govuk-summary-list__actions">{link}</dd> }.into_any())
    } else if links.len() == 0 {
        None
    } else {
        let items = links
            .map(|link| view! { <li class="govuk-summary-list__actions-list-item">{link}</li> })
            .collect_view();
        Some(
            view! {
                <dd class="govuk-summary-list__actions">
                    <ul class="govuk-summary-list__actions-list">{items}</ul>
                </dd>
            }
            .into_any(),
        )
    };
    view! {
        <div class=class>
            <dt class="govuk-summary-list__key">{row.key}</dt>
            <dd class="govuk-summary-list__value">{row.value}</dd>
            {actions}
        </div>
    }
    .into_any()
}
