//! The page with the accounts of one organisation: the state of each account, and a form that
//! changes one or more accounts.

use leptos::prelude::*;
use registration::desk::account::{Account, AccountStep, ActivationLink};
use registration::problem::Problem;

use super::endings::{EndingRow, endings_of_organisation};
use super::{Banner, SET_UP, notice, tag};
use crate::components::{
    Button, ButtonKind, Cell, ErrorMessage, InputWidth, SummaryList, SummaryRow, Table, TextInput,
    element, text,
};
use crate::form::{FormState, hidden_field};
use crate::pages::desk::checkbox::checkbox;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};

/// The account of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// The position of the user on the registration's list. The form sends it to identify the
    /// account.
    pub place: i64,
    /// The name of the user.
    pub name: String,
    /// The user's email address.
    pub email: String,
    /// The state of the account.
    pub account: Account,
    /// The state of the activation link, if one was sent.
    pub link: Option<ActivationLink>,
    /// The date of each state of the account, as display text.
    pub dates: Vec<String>,
    /// The reason why the account could not be made, if it failed.
    pub reason: Option<String>,
    /// The number of the open batch with the account, if any.
    pub batch: Option<i64>,
}

/// The latest change to an organisation's accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChangeView {
    /// The time of the change and the number of changed accounts, as a sentence.
    pub words: String,
    /// The reason why the change cannot be undone now, as a sentence; `None` if it can be undone.
    pub blocked: Option<String>,
}

/// The data for the page with the accounts of one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationAccountsView {
    /// The reference of the registration.
    pub reference: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The identifier of the organisation on Common Platform.
    pub organisation_id: String,
    /// The version of the registration when the page was opened.
    pub version: i64,
    /// The latest change to the accounts; `None` if there was none.
    pub last_change: Option<LastChangeView>,
    /// The accounts of the organisation.
    pub accounts: Vec<AccountRow>,
    /// The accounts that must be ended or were ended, because the approval was undone.
    pub endings: Vec<EndingRow>,
    /// The list positions of the selected users.
    pub selected: Vec<i64>,
    /// Whether all accounts are selected.
    pub all: bool,
    /// The reason for the change, as typed.
    pub reason: String,
    /// Whether the current officer may change the accounts.
    pub may_change: bool,
    /// Whether the registration is approved.
    pub approved: bool,
    /// The outcome of the latest change, if there is one to show.
    pub banner: Option<Banner>,
    /// The problems of the form.
    pub problems: Vec<Problem>,
}

/// Renders the page with the accounts of one organisation.
pub fn accounts_page(shown: &OrganisationAccountsView) -> DeskPage {
    let form = FormState::new(shown.problems.clone(), Vec::new());
    let title = format!("Accounts of {}", shown.organisation);
    let mut parts: Vec<AnyView> = Vec::new();
    parts.extend(notice(shown.banner.clone()));
    parts.push(heading(title.clone()));
    parts.push(about(shown));
    if shown.may_change && shown.approved {
        parts.extend(last_change(shown));
    }
    if !shown.approved {
        parts.push(paragraph(
            "This registration is no longer approved, so you cannot change its accounts.",
        ));
    }
    parts.push(if shown.may_change && shown.approved {
        changing(shown, form)
    } else {
        table(shown, false)
    });
    parts.extend(endings_of_organisation(
        &shown.reference,
        &shown.endings,
        shown.may_change,
    ));
    DeskPage::new(title, MenuEntry::SetUp, parts)
        .form(form)
        .back(SET_UP)
        .wide()
}

fn about(shown: &OrganisationAccountsView) -> AnyView {
    let link = outside_link(
        format!("/desk/registrations/{}", shown.reference),
        shown.reference.clone(),
    );
    let rows = vec![
        SummaryRow::new("Registration", link),
        SummaryRow::new("Organisation ID", text(shown.organisation_id.clone())),
    ];
    view! { <SummaryList rows/> }.into_any()
}

/// Renders the time of the latest change to the accounts, and a link that undoes the change or the
/// reason why it cannot be undone. Returns `None` if there was no change.
fn last_change(shown: &OrganisationAccountsView) -> Option<AnyView> {
    let last = shown.last_change.clone()?;
    let mut parts = vec![text([&*last.words, " "].concat())];
    parts.push(match last.blocked {
        Some(blocked) => text(blocked),
        None => outside_link(format!("{SET_UP}/{}/undo", shown.reference), "Undo it"),
    });
    Some(paragraph_of(parts))
}

fn changing(shown: &OrganisationAccountsView, form: FormState) -> AnyView {
    let problem = form.problem("user");
    let has_problem = shown.problems.iter().any(|problem| problem.field == "user");
    let class = if has_problem {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    };
    let error = move || {
        problem
            .get()
            .map(|words| view! { <ErrorMessage id="user-error" words/> })
    };
    let all = (shown.accounts.len() > 1).then(|| {
        checkbox(
            "user-all".to_owned(),
            "user",
            "all".to_owned(),
            text("All accounts of this organisation"),
            shown.all,
        )
    });
    let buttons = AccountStep::ALL.map(|step| {
        let kind = if step == AccountStep::Send {
            ButtonKind::Primary
        } else {
            ButtonKind::Secondary
        };
        view! {
            <Button name="step" value=step.key() kind prevent_double_click=true>
                {text(button_words(step))}
            </Button>
        }
        .into_any()
    });
    let action = format!("{SET_UP}/{}", shown.reference);
    let fieldset = element("fieldset")
        .class("govuk-fieldset")
        .attr("aria-describedby", has_problem.then_some("user-error"))
        .child(
            element("legend")
                .class("govuk-fieldset__legend govuk-fieldset__legend--m")
                .words("Select the accounts to change")
                .view(),
        )
        .child(error.into_any())
        .children(all)
        .child(table(shown, true));
    view! {
        <form action=action method="post" novalidate>
            {hidden_field("version", shown.version.to_string())}
            <div class=class>{fieldset.view()}</div>
            {subheading("Change the selected accounts")}
            <TextInput
                name="reason"
                label="Why it failed"
                hint="Only if you select “Mark as failed”"
                value=shown.reason.clone()
                width=InputWidth::TwoThirds
                problem=form.problem("reason")
            />
            <div class="govuk-button-group">{Vec::from(buttons)}</div>
        </form>
    }
    .into_any()
}

const fn button_words(step: AccountStep) -> &'static str {
    match step {
        AccountStep::Send => "Mark as sent",
        AccountStep::Activate => "Mark as activated",
        AccountStep::Fail => "Mark as failed",
        AccountStep::MakeAgain => "Mark as to be made",
    }
}

fn table(shown: &OrganisationAccountsView, selecting: bool) -> AnyView {
    let rows = shown
        .accounts
        .iter()
        .enumerate()
        .map(|(at, account)| {
            let id = if at == 0 {
                "user".to_owned()
            } else {
                format!("user-{}", at + 1)
            };
            let name = if selecting {
                let ticked = shown.selected.contains(&account.place);
                checkbox(
                    id,
                    "user",
                    account.place.to_string(),
                    text(account.name.clone()),
                    ticked,
                )
            } else {
                text(account.name.clone())
            };
            let mut said: Vec<String> = account.dates.clone();
            said.extend(account.batch.map(|number| format!("In batch {number}")));
            let lines = said
                .into_iter()
                .flat_map(|line| [text(line), element("br").view()]);
            let lines = element("span").children(lines);
            vec![
                Cell::new(name),
                Cell::from(account.email.clone()),
                Cell::new(tag(account.account, account.link)),
                Cell::new(lines.view()),
                Cell::from(account.reason.clone().unwrap_or_default()),
            ]
        })
        .collect();
    view! {
        <Table
            head=vec![
                "User".into(),
                "Email address".into(),
                "State".into(),
                "Dates".into(),
                "Reason".into(),
            ]
            reflows=true
            rows
        />
    }
    .into_any()
}
