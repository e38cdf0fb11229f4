//! The pages about batches of accounts: the list of batches, and one batch with its files.

use leptos::prelude::*;
use registration::desk::account::Account;

use super::{BATCHES, Banner, SET_UP, TO_END, notice};
use crate::components::{
    ButtonKind, Cell, LinkButton, NotificationBanner, SummaryList, SummaryRow, Table, Tag,
    TagColour, text,
};
use crate::pages::desk::registration::address;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};

/// A batch of accounts that are made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchView {
    /// The number of the batch.
    pub number: i64,
    /// The time at which the batch was created, as display text.
    pub made: String,
    /// The name of the officer who created the batch.
    pub made_by: String,
    /// The number of organisations in the batch.
    pub organisations: i64,
    /// The number of users in the batch.
    pub users: i64,
    /// The number of users in the batch who still wait for an account.
    pub waiting: i64,
    /// The state of the batch: `open`, `sent` or `undone`.
    pub state: &'static str,
    /// The time at which the batch was closed, as display text; `None` while it is open.
    pub closed: Option<String>,
    /// The day on which the activation emails were sent, as display text; `None` unless the batch
    /// is marked as sent.
    pub sent_on: Option<String>,
    /// Whether the current officer may reopen the batch. False while the batch is open, or if its
    /// accounts have changed since it was closed.
    pub may_reopen: bool,
}

/// An organisation that is left out of the files of a batch, because it is no longer approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The reference of the organisation's registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The number of its accounts in the batch, as display text.
    pub users: String,
}

/// An organisation in a batch, with the states of its accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchOrganisation {
    /// The reference of the organisation's registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The states of its accounts and the number of accounts in each.
    pub accounts: Vec<(Account, i64)>,
}

/// Renders the list of batches. `next` is the number of the next page, if there is one.
pub fn batches_page(batches: &[BatchView], next: Option<usize>) -> DeskPage {
    const TITLE: &str = "Batches";
    let mut parts = vec![
        heading(TITLE),
        paragraph(
            "A batch lists the accounts to make on Common Platform. You can download it again. Organisations that are no longer approved are left out.",
        ),
    ];
    if batches.is_empty() {
        parts.push(paragraph("There are no batches yet."));
    } else {
        let rows = batches.iter().map(row).collect();
        parts.push(
            view! {
                <Table
                    head=vec![
                        "Batch".into(),
                        "Made".into(),
                        "By".into(),
                        "Organisations".into(),
                        "Users".into(),
                        "State".into(),
                    ]
                    numeric_columns=&[3, 4]
                    reflows=true
                    rows
                />
            }
            .into_any(),
        );
    }
    if let Some(next) = next {
        let link = outside_link(format!("{BATCHES}?page={next}"), "Older batches");
        parts.push(paragraph_of(vec![link]));
    }
    DeskPage::new(TITLE, MenuEntry::SetUp, parts)
        .back(SET_UP)
        .wide()
}

fn row(batch: &BatchView) -> Vec<Cell> {
    let link = outside_link(
        format!("{BATCHES}/{}", batch.number),
        format!("Batch {}", batch.number),
    );
    vec![
        Cell::new(link),
        Cell::from(batch.made.clone()),
        Cell::from(batch.made_by.clone()),
        Cell::number(text(batch.organisations.to_string())),
        Cell::number(text(batch.users.to_string())),
        Cell::new(state(batch)),
    ]
}

fn state(batch: &BatchView) -> AnyView {
    let (words, colour) = match batch.state {
        "open" => ("Open", TagColour::Blue),
        "sent" => ("Sent", TagColour::Green),
        _ => ("Undone", TagColour::Grey),
    };
    view! { <Tag words colour/> }.into_any()
}

/// Renders a banner about organisations that are no longer approved.
fn warning(left_out: &[LeftOut]) -> AnyView {
    let organisations = left_out.iter().map(|left| {
        let words = [&*left.organisation, " ", &left.reference].concat();
        let link = outside_link(address(&left.reference, ""), words);
        let users = [" (", &left.users, ")"].concat();
        view! { {link} {users} }.into_any()
    });
    let organisations = list(organisations.collect());
    view! {
        <NotificationBanner title_id="no-longer-approved" heading="Do not make accounts for organisations that are no longer approved">
            {organisations}
            {paragraph(
                "They are left out of the files below. If you sent out a file of this batch before, tell the people who make the accounts.",
            )}
            {paragraph_of(vec![
                text("Accounts that may have been made are on the list of "),
                outside_link(format!("{SET_UP}?list={TO_END}"), "accounts to be ended"),
                text("."),
            ])}
        </NotificationBanner>
    }
    .into_any()
}

/// Renders the organisations of a batch, each with the number of its accounts in each state.
fn organisations_table(organisations: &[BatchOrganisation]) -> AnyView {
    if organisations.is_empty() {
        return paragraph("No accounts are in this batch any more.");
    }
    let rows = organisations
        .iter()
        .map(|organisation| {
            let words = [&*organisation.organisation, " ", &organisation.reference].concat();
            let link = outside_link(format!("{SET_UP}/{}", organisation.reference), words);
            let users: i64 = organisation.accounts.iter().map(|(_, count)| count).sum();
            let results: Vec<String> = organisation
                .accounts
                .iter()
                .map(|(account, count)| format!("{}: {count}", account.words()))
                .collect();
            vec![
                Cell::new(link),
                Cell::number(text(users.to_string())),
                Cell::from(results.join(", ")),
            ]
        })
        .collect();
    view! {
        <Table
            head=vec!["Organisation".into(), "Accounts".into(), "Results".into()]
            numeric_columns=&[1]
            first_cell_is_header=true
            reflows=true
            rows
        />
    }
    .into_any()
}

/// Renders the page of a batch. `left_out` are its organisations that are no longer approved.
pub fn batch_page(
    batch: &BatchView,
    organisations: &[BatchOrganisation],
    left_out: &[LeftOut],
    may_change: bool,
    banner: Option<Banner>,
) -> DeskPage {
    let title = format!("Batch {}", batch.number);
    let mut parts: Vec<AnyView> = Vec::new();
    parts.extend(notice(banner));
    if !left_out.is_empty() {
        parts.push(warning(left_out));
    }
    parts.push(heading(title.clone()));
    let mut rows = vec![
        SummaryRow::new("State", state(batch)),
        SummaryRow::new("Made", text(format!("{} by {}", batch.made, batch.made_by))),
        SummaryRow::new("Organisations", text(batch.organisations.to_string())),
        SummaryRow::new("Users", text(batch.users.to_string())),
    ];
    if let Some(closed) = &batch.closed {
        rows.push(SummaryRow::new("Closed", text(closed.clone())));
        rows.extend(
            batch
                .sent_on
                .clone()
                .map(|day| SummaryRow::new("Emails sent on", text(day))),
        );
    } else {
        rows.push(SummaryRow::new(
            "Still waiting",
            text(batch.waiting.to_string()),
        ));
    }
    parts.push(view! { <SummaryList rows/> }.into_any());
    parts.push(subheading("Organisations in the batch"));
    parts.push(organisations_table(organisations));
    parts.push(subheading("Files for making the accounts"));
    parts.push(files(batch.number));
    if may_change {
        parts.push(paragraph(
            "The spreadsheets have columns for the status, reason and date. Import the file when they are filled in.",
        ));
    }
    if may_change && batch.state == "open" {
        let at = format!("{BATCHES}/{}", batch.number);
        parts.push(subheading("Outcome"));
        parts.push(
            view! {
                <div class="govuk-button-group">
                    <LinkButton href=[&*at, "/sent"].concat()>
                        {text("Mark the accounts as sent")}
                    </LinkButton>
                    <LinkButton href=[&*at, "/undo"].concat() kind=ButtonKind::Secondary>
                        {text("Undo the batch")}
                    </LinkButton>
                </div>
            }
            .into_any(),
        );
    }
    if batch.may_reopen {
        let words = if batch.state == "sent" {
            "Undo marking the accounts as sent"
        } else {
            "Open the batch again"
        };
        let link = outside_link(format!("{BATCHES}/{}/reopen", batch.number), words);
        parts.push(paragraph_of(vec![link]));
    }
    DeskPage::new(title, MenuEntry::SetUp, parts).back(BATCHES)
}

/// Renders the links to the files of a batch.
///
/// Every officer who can see the page may download the files, because a download changes nothing.
fn files(number: i64) -> AnyView {
    let file = |format: &str, words: &'static str| {
        outside_link(format!("{BATCHES}/{number}/accounts.{format}"), words)
    };
    list(vec![
        file("xlsx", "Download Excel (xlsx)"),
        file("csv", "Download CSV"),
        file(
            "json",
            "Download JSON, in the format of Common Platform’s records",
        ),
    ])
}
