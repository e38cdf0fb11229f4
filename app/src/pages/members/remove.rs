//! The page that removes a person: from which day, and who takes over what the person did.

use leptos::prelude::*;
use registration::date::CalendarDate;
use registration::desk::sent_on::TypedDay;
use registration::membership::path::MEMBERS;
use registration::problem::Problem;

use super::successor::{PersonChoice, day_of_change, successor};
use crate::components::{Button, ButtonKind, text};
use crate::form::FormState;
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of};
use crate::pages::server_page::{ServerPage, server_page};

/// The data for the page that removes a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoveView {
    /// The name of the person.
    pub name: String,
    /// The address to which the form is sent.
    pub action: String,
    /// The day, as typed.
    pub day: TypedDay,
    /// Today in London.
    pub today: CalendarDate,
    /// Whether the person is the accountable person, so that somebody must take over.
    pub is_accountable: bool,
    /// Whether the person is the last administrator, so that somebody must take over.
    pub is_last_administrator: bool,
    /// The people who can become the accountable person.
    pub people: Vec<PersonChoice>,
    /// The people who can become an administrator.
    pub with_accounts: Vec<PersonChoice>,
    /// The chosen accountable person and administrator.
    pub chosen: [String; 2],
    /// The problems with the form.
    pub problems: Vec<Problem>,
}

/// Renders the page that removes a person.
pub fn remove_page(shown: RemoveView) -> ServerPage {
    let title = ["Remove ", &shown.name, " from your list"].concat();
    let form = FormState::new(shown.problems, Vec::new());
    let [accountable, administrator] = shown.chosen;
    let day = day_of_change("When does the person leave?", shown.day, shown.today, form);
    let accountable = shown.is_accountable.then(|| {
        successor(
            (
                "accountable",
                "Who will be the accountable person?",
                "Your organisation always needs one",
            ),
            &shown.people,
            &accountable,
            form,
        )
    });
    let administrator = shown.is_last_administrator.then(|| {
        successor(
            (
                "administrator",
                "Who will be an administrator?",
                "Your organisation always needs one",
            ),
            &shown.with_accounts,
            &administrator,
            form,
        )
    });
    let parts = vec![
        heading(title.clone()),
        paragraph(
            "The Common Platform Desk ends the account on that day. If the day is past, it does so now.",
        ),
        view! {
            <form action=shown.action method="post" novalidate>
                {day}
                {accountable}
                {administrator}
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("Remove from the list")}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link(MEMBERS, "Do not remove anybody")]),
    ];
    server_page(&title, Some(MEMBERS), form, parts)
}
