//! The first page of set-up: the number of accounts in each state, and a list of the accounts in
//! one state.

use leptos::prelude::*;
use registration::desk::ASSISTED;
use registration::desk::account::Account;

use super::changes::{AccountChangeRow, to_change_table};
use super::endings::{EndingRow, to_end_notice, to_end_table};
use super::{BATCHES, Banner, RESULTS, SET_UP, TO_END, notice, tag};
use crate::components::{
    Button, ButtonKind, Cell, InputWidth, PageItem, Pagination, Table, TextInput, element, text,
};
use crate::form::{FormState, hidden_field};
use crate::pages::desk::checkbox::checkbox;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, outside_link, paragraph, subheading};
use crate::pages::server_page::form_with;
use registration::problem::Problem;

/// A link to the list of accounts in one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListTab {
    /// The key of the list, which is part of its address.
    pub key: &'static str,
    /// The name of the list.
    pub words: &'static str,
    /// The number of accounts in the list.
    pub count: u64,
}

/// An organisation with accounts to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationRow {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub name: String,
    /// The day of the organisation's first hearing, as display text; `None` if it gave no day.
    pub first_hearing: Option<String>,
    /// The number of accounts to make.
    pub users: i64,
    /// The number of accounts to make that are in an open batch.
    pub in_batch: i64,
    /// The day since which the accounts wait, as display text.
    pub since: String,
}

/// An account in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountListRow {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The name of the user.
    pub name: String,
    /// The state of the account.
    pub account: Account,
    /// The day since which the account is in this state, as display text.
    pub since: String,
    /// The time at which the activation link expires or expired, as display text; `None` if there
    /// is no such link.
    pub expires: Option<String>,
    /// The reason why the account could not be made, if it failed.
    pub reason: Option<String>,
}

/// The rows of a list, by organisation or by account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetUpRows {
    /// Organisations, for the list of accounts to make.
    Organisations(Vec<OrganisationRow>),
    /// Accounts that must be ended.
    ToEnd(Vec<EndingRow>),
    /// Accounts that must be changed.
    ToChange(Vec<AccountChangeRow>),
    /// Accounts, for every other list.
    Accounts(Vec<AccountListRow>),
}

/// The data for the first page of set-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUpListView {
    /// The links to all lists.
    pub tabs: Vec<ListTab>,
    /// The key of the current list.
    pub shown: &'static str,
    /// The text to search for; empty if nothing is searched for.
    pub words: String,
    /// The identifier of the stored search text; empty if the search text is a reference.
    pub found: String,
    /// The rows of the current list.
    pub rows: SetUpRows,
    /// The number of the current page, from 1.
    pub page: usize,
    /// The number of pages.
    pub pages: usize,
    /// Whether the current officer may change accounts.
    pub may_change: bool,
    /// Whether the current officer may enter forms on behalf of organisations.
    pub may_enter: bool,
    /// Whether the current officer may see the forms that officers entered for organisations.
    pub may_read_taken_in: bool,
    /// The outcome of the latest change, if there is one to show.
    pub banner: Option<Banner>,
    /// The problem with the selected rows, if any.
    pub problem: Option<Problem>,
}

/// Renders the main page of account set-up.
pub fn set_up_page(shown: &SetUpListView) -> DeskPage {
    let form = form_with(shown.problem.clone());
    let tab = shown.tabs.iter().find(|tab| tab.key == shown.shown);
    let title = "Account set-up";
    let mut parts: Vec<AnyView> = Vec::new();
    parts.extend(notice(shown.banner.clone()));
    parts.push(heading(title));
    parts.extend(warnings(shown));
    parts.push(ways(shown));
    parts.push(tabs(shown));
    parts.push(subheading(tab.map_or("", |tab| tab.words)));
    parts.push(search(shown));
    parts.push(rows(shown, form));
    if shown.pages > 1 {
        let href = |page: usize| address(shown, page);
        let items = PageItem::around(shown.page, shown.pages, href);
        let previous = if shown.page > 1 {
            href(shown.page - 1)
        } else {
            String::new()
        };
        let next = if shown.page < shown.pages {
            href(shown.page + 1)
        } else {
            String::new()
        };
        parts.push(view! { <Pagination previous next items/> }.into_any());
    }
    DeskPage::new(title, MenuEntry::SetUp, parts)
        .form(form)
        .wide()
}

fn address(shown: &SetUpListView, page: usize) -> String {
    let search = if shown.words.is_empty() {
        String::new()
    } else if shown.found.is_empty() {
        ["&words=", &shown.words].concat()
    } else {
        ["&found=", &shown.found].concat()
    };
    format!("{SET_UP}?list={}{search}&page={page}", shown.shown)
}

/// Renders a warning about activation links that expire soon, and one about accounts that must be
/// ended. A warning is left out if there are no such accounts, or if the page lists them.
fn warnings(shown: &SetUpListView) -> impl Iterator<Item = AnyView> + use<> {
    let count = |key| {
        if shown.shown == key {
            return 0;
        }
        let tab = shown.tabs.iter().find(|tab| tab.key == key);
        tab.map_or(0, |tab| tab.count)
    };
    let expiring = expiring_notice(count("about-to-lapse"));
    expiring.into_iter().chain(to_end_notice(count(TO_END)))
}

/// Renders the number of activation links that expire soon, as a link to the list of their
/// accounts. Returns `None` if no link expires soon.
pub(in crate::pages::desk) fn expiring_notice(expiring: u64) -> Option<AnyView> {
    if expiring == 0 {
        return None;
    }
    let words = if expiring == 1 {
        "1 activation link is about to expire".to_owned()
    } else {
        format!("{expiring} activation links are about to expire")
    };
    let link = outside_link(format!("{SET_UP}?list=about-to-lapse"), words);
    Some(element("div").class("govuk-inset-text").child(link).view())
}

fn ways(shown: &SetUpListView) -> AnyView {
    let mut ways = vec![outside_link(BATCHES, "Batches")];
    let results = if shown.may_change {
        "Import results"
    } else {
        "Results"
    };
    ways.push(outside_link(RESULTS, results));
    if shown.may_enter {
        ways.push(outside_link(ASSISTED, "Enter a form"));
    } else if shown.may_read_taken_in {
        ways.push(outside_link(ASSISTED, "Forms entered"));
    }
    let items = ways.into_iter().map(|way| element("li").child(way).view());
    element("ul").class("govuk-list").children(items).view()
}

fn tabs(shown: &SetUpListView) -> AnyView {
    let rows = shown
        .tabs
        .iter()
        .map(|tab| {
            let link = element("a")
                .class("govuk-link")
                .attr("href", format!("{SET_UP}?list={}", tab.key))
                .attr("rel", "external")
                .attr("aria-current", (tab.key == shown.shown).then_some("page"))
                .words(tab.words);
            let count = usize::try_from(tab.count).unwrap_or_default();
            let count = registration::text::with_commas(count);
            vec![Cell::new(link.view()), Cell::number(text(count))]
        })
        .collect();
    view! {
        <Table
            caption="Accounts by state"
            head=vec!["State".into(), "Accounts".into()]
            numeric_columns=&[1]
            first_cell_is_header=true
            rows
        />
    }
    .into_any()
}

fn search(shown: &SetUpListView) -> AnyView {
    view! {
        <form action=SET_UP method="post" novalidate role="search">
            {hidden_field("list", shown.shown)}
            <TextInput
                name="words"
                label="Search by organisation or reference"
                value=shown.words.clone()
                width=InputWidth::TwoThirds
                spellcheck=false
            />
            <Button kind=ButtonKind::Secondary>{text("Search")}</Button>
        </form>
    }
    .into_any()
}

fn rows(shown: &SetUpListView, form: FormState) -> AnyView {
    match &shown.rows {
        SetUpRows::Organisations(organisations) if organisations.is_empty() => {
            paragraph("No organisations are waiting for accounts.")
        }
        SetUpRows::ToEnd(endings) => to_end_table(endings),
        SetUpRows::ToChange(changes) => to_change_table(changes, shown.may_change),
        SetUpRows::Accounts(accounts) if accounts.is_empty() => {
            paragraph("There are no accounts in this list.")
        }
        SetUpRows::Organisations(organisations) => {
            let table = organisations_table(organisations, shown.may_change);
            if !shown.may_change {
                return table;
            }
            let problem = form.problem("organisation");
            let error = move || {
                problem.get().map(|words| {
                    view! { <crate::components::ErrorMessage id="organisation-error" words/> }
                })
            };
            let class = if shown.problem.is_some() {
                "govuk-form-group govuk-form-group--error"
            } else {
                "govuk-form-group"
            };
            view! {
                <form action=BATCHES method="post" novalidate>
                    <div class=class>
                        {error}
                        {table}
                    </div>
                    <div class="govuk-button-group">
                        <Button name="what" value="chosen" prevent_double_click=true>
                            {text("Make a batch of the selected organisations")}
                        </Button>
                        <Button
                            name="what"
                            value="everybody"
                            kind=ButtonKind::Secondary
                        >
                            {text("Make a batch of all waiting accounts")}
                        </Button>
                    </div>
                </form>
            }
            .into_any()
        }
        SetUpRows::Accounts(accounts) => accounts_table(accounts),
    }
}

fn organisations_table(organisations: &[OrganisationRow], may_change: bool) -> AnyView {
    let rows = organisations
        .iter()
        .enumerate()
        .map(|(place, organisation)| {
            let id = if place == 0 {
                "organisation".to_owned()
            } else {
                format!("organisation-{}", place + 1)
            };
            let reference = organisation.reference.clone();
            let is_free = organisation.in_batch < organisation.users;
            let name = if may_change && is_free {
                checkbox(
                    id,
                    "organisation",
                    reference.clone(),
                    text(organisation.name.clone()),
                    false,
                )
            } else {
                text(organisation.name.clone())
            };
            let link = outside_link(
                format!("{SET_UP}/{reference}"),
                format!("Accounts of {reference}"),
            );
            let batch = match organisation.in_batch {
                0 => String::new(),
                in_batch => format!("{in_batch} of them"),
            };
            vec![
                Cell::new(name),
                Cell::new(link),
                Cell::number(text(organisation.users.to_string())),
                Cell::from(batch),
                Cell::from(organisation.first_hearing.clone().unwrap_or_default()),
                Cell::from(organisation.since.clone()),
            ]
        })
        .collect();
    view! {
        <Table
            head=vec![
                "Organisation".into(),
                "Registration".into(),
                "Accounts to be made".into(),
                "In an open batch".into(),
                "First hearing".into(),
                "Approved".into(),
            ]
            numeric_columns=&[2]
            reflows=true
            rows
        />
    }
    .into_any()
}

fn accounts_table(accounts: &[AccountListRow]) -> AnyView {
    let rows = accounts
        .iter()
        .map(|account| {
            // Several accounts link to organisations with the same name.
            let link = element("a")
                .attr("href", format!("{SET_UP}/{}", account.reference))
                .attr("rel", "external")
                .class("govuk-link")
                .child(text(account.organisation.clone()))
                .child(
                    element("span")
                        .class("govuk-visually-hidden")
                        .words(format!(
                            " {}: account of {}",
                            account.reference, account.name
                        ))
                        .view(),
                )
                .view();
            let more = account
                .reason
                .clone()
                .or(account.expires.clone())
                .unwrap_or_default();
            vec![
                Cell::from(account.name.clone()),
                Cell::new(link),
                Cell::new(tag(account.account, None)),
                Cell::from(account.since.clone()),
                Cell::from(more),
            ]
        })
        .collect();
    let more = match accounts.first().map(|account| account.account) {
        Some(Account::Failed) => "Reason",
        Some(Account::Sent) => "Link",
        _ => "Details",
    };
    view! {
        <Table
            head=vec![
                "User".into(),
                "Organisation".into(),
                "State".into(),
                "Since".into(),
                more.into(),
            ]
            reflows=true
            rows
        />
    }
    .into_any()
}
