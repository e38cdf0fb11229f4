//! The page that asks for confirmation before accounts are changed. It lists the accounts and
//! describes the change. If the change marks accounts as sent, the page also asks for the day of
//! sending.

use leptos::prelude::*;
use registration::desk::account::Account;
use registration::desk::sent_on::{SENT_ON, TypedDay};
use registration::problem::Problem;

use super::tag;
use crate::components::{
    Button, ButtonKind, Cell, DateInput, NotificationBanner, Table, WarningText, text,
};
use crate::form::{FormState, hidden_field};
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};

/// The maximum number of accounts that the page lists. If there are more, the page says how many.
const MAX_LISTED: usize = 100;

/// An account that is about to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedAccount {
    /// The name of the user.
    pub name: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The reference of the organisation's registration.
    pub reference: String,
    /// The current state of the account.
    pub now: Account,
    /// The state of the account after the change; `None` if the change does not affect its state.
    pub after: Option<Account>,
}

/// The data for the page that asks for confirmation before accounts are changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskView {
    /// The question, which is the heading of the page.
    pub title: String,
    /// The description of the change, one paragraph in each string.
    pub words: Vec<String>,
    /// A warning about a consequence of the change, if there is one. The button then has the colour
    /// of a warning.
    pub warning: Option<String>,
    /// The accounts that the change affects.
    pub accounts: Vec<AskedAccount>,
    /// The address to which the form is sent.
    pub action: String,
    /// The names and values of the hidden fields.
    pub fields: Vec<(&'static str, String)>,
    /// The text of the button; `None` if the change cannot be made.
    pub button: Option<String>,
    /// The day on which the activation emails were sent, as typed; `None` if the page does not ask.
    pub sent_on: Option<TypedDay>,
    /// The address of the Back link and of the link that cancels the change.
    pub back: String,
    /// Whether the accounts have changed since the officer opened the page.
    pub is_stale: bool,
    /// The problems of the form.
    pub problems: Vec<Problem>,
}

/// Renders the page that asks for confirmation before accounts are changed.
pub fn ask_accounts_page(shown: AskView) -> DeskPage {
    let form = FormState::new(shown.problems, Vec::new());
    let mut parts: Vec<AnyView> = Vec::new();
    if shown.is_stale {
        parts.push(
            view! {
                <NotificationBanner heading="Your change was not saved because these accounts have changed since you opened this page.">
                    {paragraph("Check the accounts below before you try again.")}
                </NotificationBanner>
            }
            .into_any(),
        );
    }
    parts.push(heading(shown.title.clone()));
    parts.extend(shown.words.into_iter().map(paragraph));
    if let Some(warning) = shown.warning.clone() {
        parts.push(view! { <WarningText>{text(warning)}</WarningText> }.into_any());
    }
    let listed = accounts(&shown.accounts);
    let kind = if shown.warning.is_some() {
        ButtonKind::Warning
    } else {
        ButtonKind::Primary
    };
    let fields = shown
        .fields
        .into_iter()
        .map(|(name, value)| hidden_field(name, value))
        .collect_view();
    let day = shown.sent_on.map(|typed| sent_on(typed, form));
    parts.push(match shown.button {
        Some(button) => view! {
            <form action=shown.action method="post" novalidate>
                {fields}
                {day}
                {listed}
                <Button kind prevent_double_click=true>{text(button)}</Button>
            </form>
        }
        .into_any(),
        None => listed.into_any(),
    });
    parts.push(paragraph_of(vec![outside_link(
        shown.back.clone(),
        "Cancel",
    )]));
    DeskPage::new(shown.title, MenuEntry::SetUp, parts)
        .form(form)
        .back(shown.back)
        .wide()
}

fn sent_on(typed: TypedDay, form: FormState) -> AnyView {
    let problem = Signal::derive(move || {
        let mut parts = ["sent-day", "sent-month", "sent-year"].into_iter();
        parts.find_map(|part| form.problem(part).get())
    });
    view! {
        <DateInput
            name=SENT_ON
            label="When were the activation emails sent?"
            hint="The links work from this day on"
            day=typed.day
            month=typed.month
            year=typed.year
            problem
        />
    }
    .into_any()
}

fn accounts(accounts: &[AskedAccount]) -> Vec<AnyView> {
    if accounts.is_empty() {
        return Vec::new();
    }
    let changes = accounts.iter().any(|account| account.after.is_some());
    let rows = accounts
        .iter()
        .take(MAX_LISTED)
        .map(|account| {
            let organisation = [&*account.organisation, " ", &account.reference].concat();
            let mut cells = vec![
                Cell::from(account.name.clone()),
                Cell::from(organisation),
                Cell::new(tag(account.now, None)),
            ];
            if changes {
                cells.push(match account.after {
                    Some(after) => Cell::new(tag(after, None)),
                    None => Cell::from(String::new()),
                });
            }
            cells
        })
        .collect();
    let mut head = vec!["User".into(), "Organisation".into(), "State now".into()];
    head.extend(changes.then(|| "State afterwards".into()));
    let mut parts = vec![
        subheading(super::accounts_in_words(accounts.len())),
        view! { <Table head reflows=true rows/> }.into_any(),
    ];
    let more = accounts.len().saturating_sub(MAX_LISTED);
    if more > 0 {
        parts.push(paragraph(format!(
            "And {} more.",
            super::accounts_in_words(more)
        )));
    }
    parts
}
