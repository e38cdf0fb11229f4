//! Accounts that must be changed on Common Platform, because an organisation has reported that its
//! people have changed.

use leptos::prelude::*;

use super::{CHANGES, SET_UP};
use crate::components::{Button, ButtonKind, Cell, Table, text};
use crate::pages::desk::checkbox::checkbox;
use crate::pages::prose::{outside_link, paragraph};

/// An account that must be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountChangeRow {
    /// The key of the change: the organisation and the number of the event.
    pub key: String,
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The name of the user.
    pub name: String,
    /// The user's email address.
    pub email: String,
    /// What has changed, such as `becomes an administrator`.
    pub what: String,
    /// The day since which the change waits, as display text.
    pub since: String,
    /// How many days late the organisation reported the change.
    pub days_late: u32,
}

/// Renders the list of accounts that must be changed, with a button if the officer may change
/// accounts.
pub(super) fn to_change_table(changes: &[AccountChangeRow], may_change: bool) -> AnyView {
    if changes.is_empty() {
        return paragraph("No accounts must be changed.");
    }
    let rows = changes
        .iter()
        .map(|change| {
            let name = if may_change {
                checkbox(
                    format!("change-{}", change.key.replace('/', "-")),
                    "change",
                    change.key.clone(),
                    text(change.name.clone()),
                    false,
                )
            } else {
                text(change.name.clone())
            };
            let link = outside_link(
                format!("{SET_UP}/{}", change.reference),
                change.organisation.clone(),
            );
            let since = match change.days_late {
                0 => change.since.clone(),
                1 => format!("{}, reported 1 day late", change.since),
                late => format!("{}, reported {late} days late", change.since),
            };
            vec![
                Cell::new(name),
                Cell::from(change.email.clone()),
                Cell::new(link),
                Cell::from(change.what.clone()),
                Cell::from(since),
            ]
        })
        .collect();
    let table = view! {
        <Table
            head=vec![
                "User".into(),
                "Email address".into(),
                "Organisation".into(),
                "Change".into(),
                "Since".into(),
            ]
            reflows=true
            rows
        />
    };
    let what = paragraph(
        "The organisations reported these changes after the accounts were made. Make them on Common Platform too.",
    );
    if !may_change {
        return [what, table.into_any()]
            .into_iter()
            .collect_view()
            .into_any();
    }
    view! {
        {what}
        <form action=CHANGES method="post" novalidate>
            {table}
            <Button kind=ButtonKind::Secondary prevent_double_click=true>
                {text("Mark as changed")}
            </Button>
        </form>
    }
    .into_any()
}
