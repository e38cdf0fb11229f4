//! The page of an organisation's accounts, on which an officer can change several accounts at once.

use app::pages::desk::provisioning::{
    AccountRow, Banner, OrganisationAccountsView, SET_UP, accounts_page,
};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use registration::desk::Permission;
use registration::desk::account::{Account, AccountStep, ActivationLink, link, link_expires_at};
use registration::desk::reason::FAILED;
use registration::identifiers::Reference;
use registration::lifecycle::State;
use registration::problem::Problem;

use super::accounts_in_words;
use crate::clock::Moment;
use crate::http::desk::fields::{Fields, ListQuery};
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::PageResult;
use crate::store::{
    AccountSteps, Closing, StepOutcome, StoreError, StoredAccount, StoredLifecycle, Subject,
    steps_of,
};

/// A registration with its accounts.
struct FoundAccounts {
    lifecycle: StoredLifecycle,
    accounts: Vec<StoredAccount>,
}

/// The values that the officer typed and selected on the page.
#[derive(Debug, Default)]
struct AccountForm {
    selected: Vec<i64>,
    all: bool,
    reason: String,
    problems: Vec<Problem>,
}

pub(super) async fn show(
    visit: DeskVisit,
    Path(reference): Path<String>,
    query: ListQuery,
) -> PageResult {
    let Some(found) = found_accounts(&visit, &reference).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let banner = Account::from_key(&query.done).map(|account| {
        Banner::Done(format!(
            "{} marked as {}",
            accounts_in_words(query.count),
            account.words().to_lowercase()
        ))
    });
    let status = StatusCode::OK;
    page(&visit, &found, AccountForm::default(), banner, status).await
}

pub(super) async fn change(
    visit: DeskVisit,
    Path(reference): Path<String>,
    fields: Fields,
) -> PageResult {
    let Some(found) = found_accounts(&visit, &reference).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let mut typed = AccountForm {
        selected: fields
            .all("user")
            .filter_map(|place| place.parse().ok())
            .collect(),
        all: fields.all("user").any(|place| place == "all"),
        reason: fields.text("reason").to_owned(),
        problems: Vec::new(),
    };
    let is_stale = found.lifecycle.state == State::Approved
        && fields.text("version") != found.lifecycle.version.to_string();
    let steps = match AccountStep::from_key(fields.text("step")) {
        _ if is_stale => Err(vec![stale()]),
        Some(step) => steps(&typed, step, &found.accounts, visit.now()),
        None => Err(vec![Problem::new(
            "step",
            "step-empty",
            "Select a state for the accounts",
        )]),
    };
    let (step, registrations) = match steps {
        Ok(steps) => steps,
        Err(problems) => {
            typed.problems = problems;
            let status = if is_stale {
                StatusCode::CONFLICT
            } else {
                StatusCode::OK
            };
            return page(&visit, &found, typed, None, status).await;
        }
    };
    let count: usize = registrations.iter().map(|one| one.steps.len()).sum();
    let taken = AccountSteps {
        registrations,
        actor: visit.officer.actor(),
        by: String::new(),
        at: visit.now(),
    };
    let outcome = visit
        .store()
        .provisioning()
        .apply_account_steps(&taken, Closing::Nothing)
        .await?;
    if outcome == StepOutcome::Stale {
        typed.problems = vec![stale()];
        let Some(found) = found_accounts(&visit, &reference).await? else {
            return Ok(StatusCode::NOT_FOUND.into_response());
        };
        let status = StatusCode::CONFLICT;
        return page(&visit, &found, typed, None, status).await;
    }
    let done = step.leads_to().key();
    let address = format!(
        "{SET_UP}/{}?done={done}&count={count}",
        found.lifecycle.reference
    );
    Ok(Redirect::to(&address).into_response())
}

type Steps = (AccountStep, Vec<crate::store::StepsOfRegistration>);

/// Returns the changes that a step makes to the selected accounts, or the problems with the form.
fn steps(
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

fn stale() -> Problem {
    Problem::new(
        "user",
        "accounts-changed",
        "Your change was not saved because this registration or its accounts have changed since you opened this page. Check them and try again",
    )
}

/// Returns a registration and its accounts. Returns `None` unless the registration is approved or
/// the set-up of some of its accounts has begun.
async fn found_accounts(
    visit: &DeskVisit,
    reference: &str,
) -> Result<Option<FoundAccounts>, StoreError> {
    let Ok(reference) = Reference::parse(reference) else {
        return Ok(None);
    };
    let Some(lifecycle) = visit.store().casework().lifecycle(&reference).await? else {
        return Ok(None);
    };
    if lifecycle.state != State::Approved && lifecycle.begun == 0 {
        return Ok(None);
    }
    let accounts = visit
        .store()
        .provisioning()
        .accounts_of(&lifecycle.id)
        .await?;
    Ok(Some(FoundAccounts {
        lifecycle,
        accounts,
    }))
}

async fn page(
    visit: &DeskVisit,
    found: &FoundAccounts,
    typed: AccountForm,
    banner: Option<Banner>,
    status: StatusCode,
) -> PageResult {
    let FoundAccounts {
        lifecycle,
        accounts,
    } = found;
    let subject = Subject::Registration(lifecycle.reference);
    visit.record_view(&subject, "accounts").await?;
    let now = visit.now();
    let shown = OrganisationAccountsView {
        reference: lifecycle.reference.to_string(),
        organisation: lifecycle.organisation.clone(),
        organisation_id: accounts
            .first()
            .map(|account| account.organisation_id.clone())
            .unwrap_or_default(),
        version: lifecycle.version,
        accounts: accounts.iter().map(|account| row(account, now)).collect(),
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
