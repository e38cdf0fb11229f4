//! Accounts that must be ended because the approval of their registration was undone or their person
//! has left: their list, and the part of an organisation's page on which an officer marks them as ended.

use leptos::prelude::*;
use registration::desk::account::Account;

use super::{SET_UP, TO_END, TO_END_FILE};
use crate::components::{Button, ButtonKind, Cell, Table, element, text};
use crate::pages::desk::checkbox::checkbox;
use crate::pages::prose::{outside_link, paragraph, paragraph_of, subheading};

/// An account that must be ended, or was ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndingRow {
    /// The identifier of the user on Common Platform.
    pub id: String,
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The name of the user.
    pub name: String,
    /// The user's email address.
    pub email: String,
    /// The state of the account when it was listed.
    pub account: Account,
    /// The day on which the approval was undone or the person left, as display text.
    pub since: String,
    /// The day on which the account was ended, as display text; `None` if it must still be ended.
    pub ended: Option<String>,
}

/// Renders the number of accounts that must be ended, as a link to their list. Returns `None` if
/// there are none.
pub(in crate::pages::desk) fn to_end_notice(count: u64) -> Option<AnyView> {
    let words = match count {
        0 => return None,
        1 => "1 account must be ended".to_owned(),
        count => format!("{count} accounts must be ended"),
    };
    let link = outside_link(format!("{SET_UP}?list={TO_END}"), words);
    Some(element("div").class("govuk-inset-text").child(link).view())
}

/// Renders the list of accounts that must be ended.
pub(super) fn to_end_table(endings: &[EndingRow]) -> AnyView {
    if endings.is_empty() {
        return paragraph("No accounts must be ended.");
    }
    let rows = endings
        .iter()
        .map(|ending| {
            let link = outside_link(
                format!("{SET_UP}/{}", ending.reference),
                ending.organisation.clone(),
            );
            vec![
                Cell::from(ending.name.clone()),
                Cell::from(ending.email.clone()),
                Cell::new(link),
                Cell::from(state(ending.account)),
                Cell::from(ending.since.clone()),
            ]
        })
        .collect();
    let table = view! {
        <Table
            head=vec![
                "User".into(),
                "Email address".into(),
                "Organisation".into(),
                "Account".into(),
                "Since".into(),
            ]
            reflows=true
            rows
        />
    };
    let parts = [
        paragraph(
            "The approval was undone, or the person has left the organisation. End these accounts on Common Platform.",
        ),
        paragraph_of(vec![
            outside_link(TO_END_FILE, "Download the list (CSV)"),
            text(". Import the file as results when its status column says “Ended”."),
        ]),
        table.into_any(),
    ];
    parts.into_iter().collect_view().into_any()
}

/// Renders the accounts of one organisation that must be ended or were ended, with buttons if the
/// officer may change accounts.
pub(super) fn endings_of_organisation(
    reference: &str,
    endings: &[EndingRow],
    may_change: bool,
) -> Vec<AnyView> {
    let (ended, open): (Vec<&EndingRow>, Vec<&EndingRow>) =
        endings.iter().partition(|ending| ending.ended.is_some());
    let mut parts = Vec::new();
    if !open.is_empty() {
        parts.push(subheading("Accounts to be ended"));
        parts.push(paragraph(
            "The approval was undone, or the person has left. End these accounts on Common Platform.",
        ));
        parts.push(form(reference, &open, may_change));
    }
    if !ended.is_empty() {
        parts.push(subheading("Accounts that were ended"));
        parts.push(form(reference, &ended, may_change));
    }
    parts
}

fn form(reference: &str, endings: &[&EndingRow], may_change: bool) -> AnyView {
    let is_ended = endings.iter().any(|ending| ending.ended.is_some());
    let rows = endings
        .iter()
        .map(|ending| {
            let name = if may_change {
                checkbox(
                    format!("ending-{}", ending.id),
                    "account",
                    ending.id.clone(),
                    text(ending.name.clone()),
                    false,
                )
            } else {
                text(ending.name.clone())
            };
            let when = match &ending.ended {
                Some(ended) => format!("Ended {ended}"),
                None => state(ending.account).to_owned(),
            };
            vec![
                Cell::new(name),
                Cell::from(ending.email.clone()),
                Cell::from(when),
            ]
        })
        .collect();
    let table = view! {
        <Table
            head=vec!["User".into(), "Email address".into(), "Account".into()]
            reflows=true
            rows
        />
    };
    if !may_change {
        return table.into_any();
    }
    let (what, words) = if is_ended {
        ("not-ended", "Mark as not ended")
    } else {
        ("ended", "Mark as ended")
    };
    view! {
        <form action=format!("{SET_UP}/{reference}/endings") method="post" novalidate>
            {table}
            <Button name="what" value=what kind=ButtonKind::Secondary prevent_double_click=true>
                {text(words)}
            </Button>
        </form>
    }
    .into_any()
}

const fn state(account: Account) -> &'static str {
    match account {
        Account::ToBeMade => "May have been made: it was in a batch",
        Account::Sent => "Activation email sent",
        Account::Activated => "Activated",
        Account::Failed => "Failed after an activation email",
    }
}
