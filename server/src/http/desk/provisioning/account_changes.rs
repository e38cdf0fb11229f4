//! The pages on which an officer confirms a change to accounts of one organisation, or undoes the
//! last change. Each page first shows the accounts and their new states.

use app::pages::desk::provisioning::{AskView, SET_UP, ask_accounts_page};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use registration::date::CalendarDate;
use registration::desk::account::{Account, AccountStep};
use registration::desk::sent_on::TypedDay;
use registration::lifecycle::State;
use registration::problem::Problem;

use super::found_accounts::{FoundAccounts, found_accounts};
use super::organisation::{AccountForm, FORM, no_step, page, stale, steps};
use super::{accounts_in_words, asked, sent_day};
use crate::casework::provisioning::sent_at;
use crate::clock::Moment;
use crate::http::desk::fields::Fields;
use crate::http::desk::visit::DeskVisit;
use crate::http::visit::{InternalError, PageResult};
use crate::store::{
    AccountSteps, Closing, StepOutcome, StepsOfRegistration, StoredAccount, StoredLifecycle,
};

/// Asks the officer to confirm the change in their unsent form. Without an unsent form, redirects
/// to the page of the accounts.
pub(super) async fn ask(visit: DeskVisit, Path(reference): Path<String>) -> PageResult {
    let Some(found) = found_accounts(&visit, &reference).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    match visit.unsent_form(&found.subject(), FORM).await? {
        Some(fields) => confirm_page(&visit, &found, &fields, None).await,
        None => Ok(Redirect::to(&address(&found, "")).into_response()),
    }
}

/// Makes the change that the officer has confirmed. If the form has a problem or the accounts have
/// changed since, renders a page with the problem instead.
pub(super) async fn change(
    visit: DeskVisit,
    Path(reference): Path<String>,
    fields: Fields,
) -> PageResult {
    let Some(found) = found_accounts(&visit, &reference).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let step = AccountStep::from_key(fields.text("step"));
    let mut since = visit.now();
    if step == Some(AccountStep::Send) {
        match sent_on(&visit, &found, &fields)? {
            Ok(moment) => since = moment,
            Err(problem) => return confirm_page(&visit, &found, &fields, Some(problem)).await,
        }
    }
    let Ok((step, registrations)) = planned(&found, &fields, since) else {
        return confirm_page(&visit, &found, &fields, None).await;
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
        return match found_accounts(&visit, &reference).await? {
            Some(found) => stale_page(&visit, &found, &fields).await,
            None => Ok(StatusCode::NOT_FOUND.into_response()),
        };
    }
    visit.delete_unsent_form(&found.subject(), FORM).await?;
    let done = step.leads_to().key();
    let to = address(&found, &format!("?done={done}&count={count}"));
    Ok(Redirect::to(&to).into_response())
}

/// Asks the officer to confirm that the last change is undone.
pub(super) async fn ask_undo(visit: DeskVisit, Path(reference): Path<String>) -> PageResult {
    match found_accounts(&visit, &reference).await? {
        Some(found) => undo_page(&visit, &found, false).await,
        None => Ok(StatusCode::NOT_FOUND.into_response()),
    }
}

/// Undoes the last change, unless the registration or its accounts have changed since the officer
/// was asked.
pub(super) async fn undo(
    visit: DeskVisit,
    Path(reference): Path<String>,
    fields: Fields,
) -> PageResult {
    let Some(found) = found_accounts(&visit, &reference).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let provisioning = visit.store().provisioning();
    let seen = StoredLifecycle {
        version: fields.number("version"),
        ..found.lifecycle.clone()
    };
    let last = provisioning.last_account_change(&seen.id).await?;
    let outcome = provisioning
        .undo_account_change(
            &seen,
            fields.number("change"),
            &visit.officer.actor(),
            visit.now(),
        )
        .await?;
    if outcome == StepOutcome::Stale {
        return match found_accounts(&visit, &reference).await? {
            Some(found) => undo_page(&visit, &found, true).await,
            None => Ok(StatusCode::NOT_FOUND.into_response()),
        };
    }
    let count = last.map_or(0, |last| last.accounts.len());
    let to = address(&found, &format!("?done=undone&count={count}"));
    Ok(Redirect::to(&to).into_response())
}

fn address(found: &FoundAccounts, below: &str) -> String {
    format!("{SET_UP}/{}{below}", found.lifecycle.reference)
}

type Planned = (AccountStep, Vec<StepsOfRegistration>);

/// Returns the changes that a form asks for, or the problems with the form. A change of the
/// registration or its accounts since the form was rendered is a problem too.
fn planned(found: &FoundAccounts, fields: &Fields, since: Moment) -> Result<Planned, Vec<Problem>> {
    let seen = fields.text("version") == found.lifecycle.version.to_string();
    if !seen || found.lifecycle.state != State::Approved {
        return Err(vec![stale()]);
    }
    let step = AccountStep::from_key(fields.text("step")).ok_or_else(|| vec![no_step()])?;
    let (step, mut registrations) = steps(&AccountForm::of(fields), step, &found.accounts, since)?;
    for registration in &mut registrations {
        // The accounts were read after the registration, so they may already contain somebody
        // else's change. With the version of the registration, such a change is detected when the
        // steps are applied.
        registration.version = found.lifecycle.version;
    }
    Ok((step, registrations))
}

/// Returns the moment to record for activation emails that were sent on the typed day, or the
/// problem with that day, for example that it is before the approval.
fn sent_on(
    visit: &DeskVisit,
    found: &FoundAccounts,
    fields: &Fields,
) -> Result<Result<Moment, Problem>, InternalError> {
    let approved = found.lifecycle.since;
    let earliest = approved.calendar_date().ok_or(InternalError)?;
    let (today, now) = (visit.today()?, visit.now());
    let day: Result<CalendarDate, Problem> =
        sent_day(fields).sent_on((earliest, "the registration was approved"), today);
    Ok(day.map(|day| sent_at(day, approved, now)))
}

/// Renders the page of the accounts with the officer's form, and says that the registration or its
/// accounts have changed.
async fn stale_page(visit: &DeskVisit, found: &FoundAccounts, fields: &Fields) -> PageResult {
    let typed = AccountForm::of(fields).with_problems(vec![stale()]);
    page(visit, found, typed, None, StatusCode::CONFLICT).await
}

async fn confirm_page(
    visit: &DeskVisit,
    found: &FoundAccounts,
    fields: &Fields,
    problem: Option<Problem>,
) -> PageResult {
    let (step, registrations) = match planned(found, fields, visit.now()) {
        Ok(planned) => planned,
        Err(problems) => {
            let is_stale = problems.iter().any(|problem| problem.code == stale().code);
            let typed = AccountForm::of(fields).with_problems(problems);
            let status = if is_stale {
                StatusCode::CONFLICT
            } else {
                StatusCode::OK
            };
            return page(visit, found, typed, None, status).await;
        }
    };
    visit.record_view(&found.subject(), "accounts").await?;
    let places: Vec<i64> = registrations
        .iter()
        .flat_map(|one| one.steps.iter().map(|step| step.place))
        .collect();
    let chosen: Vec<StoredAccount> = found
        .accounts
        .iter()
        .filter(|account| places.contains(&account.place))
        .cloned()
        .collect();
    let state = step.leads_to().words().to_lowercase();
    let mut words = Vec::new();
    if step == AccountStep::Fail {
        words.push(format!("Reason: {}", fields.text("reason")));
    }
    words.push(
        "You can undo this until one of these accounts changes again or is put into a batch."
            .to_owned(),
    );
    let mut hidden = vec![
        ("version", fields.text("version").to_owned()),
        ("step", step.key().to_owned()),
        ("reason", fields.text("reason").to_owned()),
    ];
    hidden.extend(fields.all("user").map(|user| ("user", user.to_owned())));
    let typed = sent_day(fields);
    let day = if typed == TypedDay::default() && problem.is_none() {
        TypedDay::of(visit.today()?)
    } else {
        typed
    };
    let shown = AskView {
        title: format!("Mark {} as {state}?", accounts_in_words(chosen.len())),
        words,
        warning: taken_away(&chosen, step),
        accounts: asked(&chosen, |now| now.after(step)),
        action: address(found, "/change"),
        fields: hidden,
        button: Some(format!(
            "Mark {} as {state}",
            accounts_in_words(chosen.len())
        )),
        sent_on: (step == AccountStep::Send).then_some(day),
        back: address(found, ""),
        is_stale: false,
        problems: problem.into_iter().collect(),
    };
    Ok(visit.show(|| ask_accounts_page(shown)))
}

/// Returns the warning for a step that takes away working accounts or activation links; `None` if
/// the step takes away neither.
fn taken_away(chosen: &[StoredAccount], step: AccountStep) -> Option<String> {
    if !matches!(step, AccountStep::MakeAgain | AccountStep::Fail) {
        return None;
    }
    let count = |state| chosen.iter().filter(|one| one.account == state).count();
    let counted = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    };
    let lost: Vec<String> = [
        counted(
            count(Account::Activated),
            "account is in use",
            "accounts are in use",
        ),
        counted(
            count(Account::Sent),
            "account has an activation link that may still work",
            "accounts have activation links that may still work",
        ),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!lost.is_empty()).then(|| {
        format!(
            "{}. These users will have to wait for a new account.",
            lost.join(", and ")
        )
    })
}

async fn undo_page(visit: &DeskVisit, found: &FoundAccounts, is_stale: bool) -> PageResult {
    let provisioning = visit.store().provisioning();
    let last = provisioning
        .last_account_change(&found.lifecycle.id)
        .await?
        .filter(|last| last.blocked.is_none() && found.lifecycle.state == State::Approved);
    let Some(last) = last else {
        let typed = AccountForm::default().with_problems(vec![Problem::new(
                "user",
                "nothing-to-undo",
                "There is no change that can be undone. The accounts may have changed since you opened the page",
            )]);
        return page(visit, found, typed, None, StatusCode::CONFLICT).await;
    };
    visit.record_view(&found.subject(), "accounts").await?;
    let was = |place: i64| {
        let mut changed = last.accounts.iter();
        changed
            .find(|(of, ..)| *of == place)
            .map(|(_, _, was)| *was)
    };
    let chosen: Vec<StoredAccount> = found
        .accounts
        .iter()
        .filter(|account| was(account.place).is_some())
        .cloned()
        .collect();
    let mut accounts = asked(&chosen, |_| None);
    for (asked, account) in accounts.iter_mut().zip(&chosen) {
        asked.after = was(account.place);
    }
    let shown = AskView {
        title: format!("Undo the change of {}?", accounts_in_words(chosen.len())),
        words: vec![format!(
            "They changed on {}. They will be as they were before, with the same dates.",
            last.at.in_words()
        )],
        warning: None,
        accounts,
        action: address(found, "/undo"),
        fields: vec![
            ("version", found.lifecycle.version.to_string()),
            ("change", last.version.to_string()),
        ],
        button: Some("Undo the change".to_owned()),
        sent_on: None,
        back: address(found, ""),
        is_stale,
        problems: Vec::new(),
    };
    let status = if is_stale {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(visit.show_with(status, || ask_accounts_page(shown)))
}
