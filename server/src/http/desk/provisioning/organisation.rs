//! The page of an organisation's accounts, on which an officer can change several accounts at once.

use app::pages::desk::provisioning::{
    AccountRow, Banner, LastChangeView, OrganisationAccountsView, SET_UP, accounts_page,
};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use registration::desk::Permission;
use registration::desk::account::{Account, AccountStep, ActivationLink, link, link_expires_at};
use registration::desk::reason::FAILED;
use registration::lifecycle::State;
use registration::problem::Problem;

use super::found_accounts::{FoundAccounts, found_accounts};
use super::{accounts_in_words, endings};
use crate::clock::Moment;
use crate::http::desk::fields::{Fields, ListQuery};
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::PageResult;
use crate::store::{
    LastAccountChange, StepsOfRegistration, StoredAccount, Subject, UndoBlocked, steps_of,
};

/// The values that the officer typed and selected on the page.
#[derive(Debug, Default)]
pub(super) struct AccountForm {
    selected: Vec<i64>,
    all: bool,
    reason: String,
    problems: Vec<Problem>,
}

impl AccountForm {
    /// Returns the form as it was sent.
    pub(super) fn of(fields: &Fields) -> Self {
        Self {
            selected: fields
                .all("user")
                .filter_map(|place| place.parse().ok())
                .collect(),
            all: fields.all("user").any(|place| place == "all"),
            reason: fields.text("reason").to_owned(),
            problems: Vec::new(),
        }
    }

    /// Returns the form with these problems.
    pub(super) fn with_problems(self, problems: Vec<Problem>) -> Self {
        Self { problems, ..self }
    }
}

/// The key of the form that changes accounts, among an officer's unsent forms.
pub(super) const FORM: &str = "accounts";

pub(super) async fn show(
    visit: DeskVisit,
    Path(reference): Path<String>,
    query: ListQuery,
) -> PageResult {
    let Some(found) = found_accounts(&visit, &reference).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let undone = (query.done == "undone").then(|| {
        let count = accounts_in_words(query.count);
        Banner::Done(format!("The change of {count} is undone"))
    });
    let changed = Account::from_key(&query.done).map(|account| {
        Banner::Done(format!(
            "{} marked as {}",
            accounts_in_words(query.count),
            account.words().to_lowercase()
        ))
    });
    let status = StatusCode::OK;
    let banner = undone.or(changed).or(ending_banner(&query));
    // If the officer goes back from the confirmation page, show the form as it was filled in.
    let unsent = visit.unsent_form(&found.subject(), FORM).await?;
    let typed = match unsent {
        Some(fields) if banner.is_none() && visit.may(Permission::SetUpAccounts) => {
            AccountForm::of(&fields)
        }
        _ => AccountForm::default(),
    };
    page(&visit, &found, typed, banner, status).await
}

/// Returns the banner about accounts that were marked as ended or not ended; `None` if the query
/// names no such change.
fn ending_banner(query: &ListQuery) -> Option<Banner> {
    let count = accounts_in_words(query.count);
    Some(match query.done.as_str() {
        "none-selected" => Banner::NotDone("Select an account to change".to_owned()),
        "ended" | "not-ended" if query.count == 0 => Banner::NotDone(
            "Your change was not saved because these accounts have changed since you opened this page"
                .to_owned(),
        ),
        "ended" => Banner::Done(format!("{count} marked as ended")),
        "not-ended" => Banner::Done(format!("{count} marked as not ended")),
        _ => return None,
    })
}

pub(super) async fn change(
    visit: DeskVisit,
    Path(reference): Path<String>,
    fields: Fields,
) -> PageResult {
    let Some(found) = found_accounts(&visit, &reference).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let mut typed = AccountForm::of(&fields);
    let is_stale = found.lifecycle.state == State::Approved
        && fields.text("version") != found.lifecycle.version.to_string();
    let steps = match AccountStep::from_key(fields.text("step")) {
        _ if is_stale => Err(vec![stale()]),
        Some(step) => steps(&typed, step, &found.accounts, visit.now()),
        None => Err(vec![no_step()]),
    };
    if let Err(problems) = steps {
        typed.problems = problems;
        let status = if is_stale {
            StatusCode::CONFLICT
        } else {
            StatusCode::OK
        };
        return page(&visit, &found, typed, None, status).await;
    }
    // The reason in the form may name somebody, so store the form instead of putting it into the
    // address.
    visit
        .save_unsent_form(&found.subject(), FORM, &fields)
        .await?;
    let address = format!("{SET_UP}/{}/change", found.lifecycle.reference);
    Ok(Redirect::to(&address).into_response())
}

pub(super) type Steps = (AccountStep, Vec<StepsOfRegistration>);

/// Returns the changes that a step makes to the selected accounts, or the problems with the form.
pub(super) fn steps(
    typed: &AccountForm,
    step: AccountStep,
    accounts: &[StoredAccount],
    now: Moment,
) -> Result<Steps, Vec<Problem>> {
    let selected: Vec<&StoredAccount> = accounts
        .iter()
        .filter(|account| typed.all || typed.selected.contains(&account.place))
        .collect();
    let mut problems = Vec::new();
    if selected.is_empty() {
        problems.push(Problem::new("user", "user-empty", "Select an account"));
    }
    let mut reason = String::new();
    if step == AccountStep::Fail {
        match FAILED.parse(&typed.reason) {
            Ok(parsed) => reason = parsed,
            Err(problem) => problems.push(problem),
        }
    } else if !typed.reason.trim().is_empty() {
        // If somebody presses Enter in the reason's field, the browser sends the first button,
        // which may not be the button that the person wants.
        let words = "Select “Mark as failed”, or delete the reason";
        problems.push(Problem::new("reason", "reason-unused", words));
    }
    let mut taken = Vec::new();
    for account in selected {
        match account.step(step, Some(reason.clone()), now) {
            Some(step) => taken.push(step),
            // The step must be possible for each account that was selected individually. If all
            // accounts were selected at once, the step skips the accounts for which it is not
            // possible.
            None if typed.all => {}
            None => problems.push(Problem::new(
                "user",
                "user-step",
                format!(
                    "{}’s account is {}: it cannot be marked as {}",
                    account.name(),
                    account.account.words().to_lowercase(),
                    step.leads_to().words().to_lowercase()
                ),
            )),
        }
    }
    if problems.is_empty() && taken.is_empty() {
        problems.push(Problem::new(
            "user",
            "user-step",
            format!(
                "None of these accounts can be marked as {}. Select others",
                step.leads_to().words().to_lowercase()
            ),
        ));
    }
    if problems.is_empty() {
        Ok((step, steps_of(taken)))
    } else {
        Err(problems)
    }
}

pub(super) fn no_step() -> Problem {
    Problem::new("step", "step-empty", "Select a state for the accounts")
}

pub(super) fn stale() -> Problem {
    Problem::new(
        "user",
        "accounts-changed",
        "Your change was not saved because this registration or its accounts have changed since you opened this page. Check them and try again",
    )
}

pub(super) async fn page(
    visit: &DeskVisit,
    found: &FoundAccounts,
    typed: AccountForm,
    banner: Option<Banner>,
    status: StatusCode,
) -> PageResult {
    let FoundAccounts {
        lifecycle,
        accounts,
        endings: listed,
    } = found;
    let subject = Subject::Registration(lifecycle.reference);
    visit.record_view(&subject, "accounts").await?;
    let now = visit.now();
    let last_change = visit
        .store()
        .provisioning()
        .last_account_change(&lifecycle.id)
        .await?
        .map(|last| last_change_view(&last));
    let shown = OrganisationAccountsView {
        last_change,
        reference: lifecycle.reference.to_string(),
        organisation: lifecycle.organisation.clone(),
        organisation_id: accounts
            .first()
            .map(|account| account.organisation_id.clone())
            .unwrap_or_default(),
        version: lifecycle.version,
        accounts: accounts.iter().map(|account| row(account, now)).collect(),
        endings: listed.iter().map(endings::shown).collect(),
        selected: typed.selected,
        all: typed.all,
        reason: typed.reason,
        may_change: visit.may(Permission::SetUpAccounts),
        approved: lifecycle.state == State::Approved,
        banner,
        problems: typed.problems,
    };
    Ok(visit.show_with(status, || accounts_page(&shown)))
}

fn last_change_view(last: &LastAccountChange) -> LastChangeView {
    let blocked = last.blocked.map(|blocked| match blocked {
        UndoBlocked::ChangedSince => {
            "It cannot be undone, because some of these accounts have changed again.".to_owned()
        }
        UndoBlocked::InBatch(number) => format!("To undo it, undo batch {number} first."),
    });
    LastChangeView {
        words: format!(
            "The last change, on {}, was of {}.",
            last.at.in_words(),
            accounts_in_words(last.accounts.len())
        ),
        blocked,
    }
}

fn row(account: &StoredAccount, now: Moment) -> AccountRow {
    let link =
        (account.account == Account::Sent).then(|| link(account.since.millis(), now.millis()));
    let mut dates: Vec<String> = Vec::new();
    if account.account == Account::ToBeMade && account.since.millis() > 0 {
        dates.push(format!("To be made since {}", account.since.day_in_words()));
    }
    let mut date = |words: &str, moment: Option<Moment>| {
        dates.extend(moment.map(|moment| format!("{words} {}", moment.day_in_words())));
    };
    date("Sent", account.sent_at);
    date("Failed", account.failed_at);
    date("Activated", account.activated_at);
    if let Some(link) = link {
        let expires = Moment::from_millis(link_expires_at(account.since.millis())).day_in_words();
        dates.push(if link == ActivationLink::Lapsed {
            format!("The link expired on {expires}")
        } else {
            format!("The link works until {expires}")
        });
    }
    AccountRow {
        place: account.place,
        name: account.name(),
        email: account.email.clone(),
        account: account.account,
        link,
        dates,
        reason: account.reason.clone(),
        batch: account.batch,
    }
}
