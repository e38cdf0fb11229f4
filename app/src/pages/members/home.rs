//! The list of an organisation's people: who they are, what is planned, and what can be done.

use leptos::prelude::*;
use registration::desk::account::Account;
use registration::membership::path::{ACCOUNTABLE, ADD, CANCEL, ORGANISATIONS};
use registration::problem::Problem;

use super::sign_in::sign_out_form;
use crate::components::{
    Button, ButtonKind, Cell, InsetText, LinkButton, NotificationBanner, SummaryList, SummaryRow,
    Table, Tag, TagColour, WarningText, text,
};
use crate::pages::prose::{heading, list, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::{ServerPage, form_with, wide_server_page};

registration::keyed! {
    /// The outcome of a change, shown as a banner above the list.
    pub enum MemberNotice {
        /// Somebody was added.
        Added = "added",
        /// Somebody was removed, or will be.
        Removed = "removed",
        /// The accountable person or the administrators changed, or will change.
        HandedOver = "handed-over",
        /// A planned change was cancelled.
        Cancelled = "cancelled",
    }
}

impl MemberNotice {
    const fn words(self) -> &'static str {
        match self {
            Self::Added => {
                "The person is on your list. The Common Platform Desk sets up the account."
            }
            Self::Removed => {
                "Thank you. The Common Platform Desk ends the account on the day that the person leaves."
            }
            Self::HandedOver => "The change is recorded.",
            Self::Cancelled => "The planned change is cancelled.",
        }
    }
}

/// A person of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// The name of the person.
    pub name: String,
    /// The email address of the person.
    pub email: String,
    /// What the person is, such as `Advocate, administrator`.
    pub what: String,
    /// The state of the account; `None` if the person has none.
    pub account: Option<Account>,
    /// The address of the page that removes the person.
    pub remove: String,
    /// The address of the page about being an administrator; `None` for a person without an
    /// account.
    pub administrator: Option<String>,
    /// Whether the person is an administrator.
    pub is_administrator: bool,
}

/// A change that is planned for a later day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedChange {
    /// What will happen, such as `1 March 2027: Wen Williams leaves`.
    pub words: Vec<String>,
    /// The numbers of the events, which are cancelled together.
    pub numbers: String,
}

/// The data for the list of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeView {
    /// The name of the organisation.
    pub organisation: String,
    /// The reference of its registration.
    pub reference: String,
    /// The name of the accountable person.
    pub accountable: String,
    /// The people, in the order of their names.
    pub people: Vec<MemberRow>,
    /// The changes that are planned.
    pub planned: Vec<PlannedChange>,
    /// The name of the only administrator, if there is only one.
    pub only_administrator: Option<String>,
    /// Whether the person manages several organisations.
    pub has_others: bool,
    /// The outcome of the latest change, and how many days late it was reported.
    pub notice: Option<(MemberNotice, u32)>,
    /// The problem with a change that was refused.
    pub problem: Option<Problem>,
}

/// Renders the list of people.
pub fn home_page(shown: HomeView) -> ServerPage {
    const TITLE: &str = "Your organisation’s people";
    let mut parts = Vec::new();
    if let Some((notice, late)) = shown.notice {
        parts.push(
            view! {
                <NotificationBanner success=true heading=notice.words()>
                    {late_words(late)}
                </NotificationBanner>
            }
            .into_any(),
        );
    }
    parts.push(heading(TITLE));
    let accountable = vec![
        text(shown.accountable),
        text(" "),
        outside_link(ACCOUNTABLE, "Hand over to somebody else"),
    ];
    let rows = vec![
        SummaryRow::new("Organisation", text(shown.organisation)),
        SummaryRow::new("Reference", text(shown.reference)),
        SummaryRow::new("Accountable person", accountable.into_any()),
    ];
    parts.push(view! { <SummaryList rows/> }.into_any());
    if shown.has_others {
        parts.push(paragraph_of(vec![outside_link(
            ORGANISATIONS,
            "Manage another organisation",
        )]));
    }
    if let Some(only) = shown.only_administrator {
        parts.push(
            view! {
                <WarningText>
                    {text(
                        [
                            &*only,
                            " is the only administrator. Name a second one, so that somebody can act when the first is away.",
                        ]
                            .concat(),
                    )}
                </WarningText>
            }
            .into_any(),
        );
    }
    parts.push(view! { <LinkButton href=ADD>{text("Add a person")}</LinkButton> }.into_any());
    parts.push(people(shown.people));
    parts.push(subheading("Planned changes"));
    if shown.planned.is_empty() {
        parts.push(paragraph("No change is planned for a later day."));
    }
    parts.extend(shown.planned.into_iter().map(planned));
    parts.push(
        view! {
            <InsetText>
                {text(
                    "The terms and conditions ask you to tell us about people who join, change or leave on the day, or as soon as you can.",
                )}
            </InsetText>
        }
        .into_any(),
    );
    parts.push(sign_out_form());
    wide_server_page(TITLE, None, form_with(shown.problem), parts)
}

/// Renders a kind sentence about a change that was reported late, if it was.
fn late_words(late: u32) -> AnyView {
    match late {
        0 => ().into_any(),
        1 => paragraph(
            "You told us 1 day after the change. Next time, tell us on the day if you can.",
        ),
        late => paragraph(
            [
                "You told us ",
                &late.to_string(),
                " days after the change. Next time, tell us on the day if you can.",
            ]
            .concat(),
        ),
    }
}

fn people(people: Vec<MemberRow>) -> AnyView {
    let rows = people
        .into_iter()
        .map(|person| {
            let account = match person.account {
                Some(account) => {
                    let colour = match account {
                        Account::ToBeMade => TagColour::Blue,
                        Account::Sent => TagColour::Yellow,
                        Account::Activated => TagColour::Green,
                        Account::Failed => TagColour::Red,
                    };
                    view! { <Tag words=account.words() colour/> }.into_any()
                }
                None => text("No account"),
            };
            let about = [" ", &person.name].concat();
            let mut actions = vec![action(person.remove, "Remove", &about)];
            if let Some(administrator) = person.administrator {
                let words = if person.is_administrator {
                    "Stop as administrator"
                } else {
                    "Make administrator"
                };
                actions.push(view! { <br/> }.into_any());
                actions.push(action(administrator, words, &about));
            }
            vec![
                Cell::from(person.name),
                Cell::from(person.email),
                Cell::from(person.what),
                Cell::new(account),
                Cell::new(actions.into_any()),
            ]
        })
        .collect::<Vec<_>>();
    let head = vec![
        "Name".into(),
        "Email address".into(),
        "Role".into(),
        "Account".into(),
        "Change".into(),
    ];
    view! { <Table rows head first_cell_is_header=true reflows=true/> }.into_any()
}

/// Renders a link whose words screen readers complete with the name of the person.
fn action(href: String, words: &'static str, about: &str) -> AnyView {
    let about = about.to_owned();
    view! {
        <a class="govuk-link" href=href rel="external">
            {words}
            <span class="govuk-visually-hidden">{about}</span>
        </a>
    }
    .into_any()
}

fn planned(change: PlannedChange) -> AnyView {
    let about = [" ", &change.words.join(", ")].concat();
    let words = list(change.words.into_iter().map(text).collect());
    view! {
        <form action=CANCEL method="post" novalidate>
            {words}
            <input type="hidden" name="events" value=change.numbers/>
            <Button kind=ButtonKind::Secondary prevent_double_click=true>
                {text("Cancel this change")}
                <span class="govuk-visually-hidden">{about}</span>
            </Button>
        </form>
    }
    .into_any()
}
