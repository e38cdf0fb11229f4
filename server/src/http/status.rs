//! The status pages, on which an applicant follows the progress of a registration. The pages need a
//! session of the registration's draft. The browser that sent the registration has such a session;
//! other browsers get one by a confirmed address or by the link in a notification. The reference
//! alone is not enough.

use app::pages::resume::{AddressFor, address_page};
use app::pages::status::{
    Event, StatusView, no_status_page, questions_page, registration_link_expired_page,
    registration_link_page, status_page, withdraw_page,
};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use axum::{Form, Router};
use registration::journey;
use registration::lifecycle::{
    QUESTIONS, START_AGAIN, STATUS, STATUS_ADDRESS, STATUS_LINK, State, Step, WITHDRAW,
};
use registration::limited_operation::LimitedOperation;
use registration::more_information::{MAX_QUESTIONS, parse_answer};
use serde_json::Value;

use super::resume::{SecretForm, TypedAddress};
use super::state::Service;
use super::visit::{PageResult, Visit};
use crate::applicant::resume::LinkOrCode;
use crate::casework::lifecycle::{CaseAction, apply_action};
use crate::randomness::SessionToken;
use crate::security_event::{self, SecurityEvent};
use crate::store::{Actor, AuditRow, RedeemOutcome, StoreError, StoredLifecycle, Subject};

/// Returns the routes of the status pages and of their forms.
pub fn routes() -> Router<Service> {
    Router::new()
        .route(STATUS, get(status))
        .route(STATUS_ADDRESS, get(follow).post(post_follow))
        .route(STATUS_LINK, get(bare_link).post(post_link))
        .route("/status/link/{secret}", get(link))
        .route(WITHDRAW, get(withdraw).post(post_withdraw))
        .route(QUESTIONS, get(questions).post(answer))
        .route(START_AGAIN, post(start_again))
}

async fn status(visit: Visit) -> PageResult {
    let Some(lifecycle) = visit.lifecycle().await? else {
        return Ok(visit.show(no_status_page));
    };
    let store = &visit.service.context.store;
    let audit = store
        .audit()
        .audit_of(&Subject::Registration(lifecycle.reference))
        .await?;
    let addresses = store
        .access_links()
        .addresses_of_draft(&lifecycle.draft)
        .await?;
    let may_withdraw = visit.owns(&lifecycle.draft).await?;
    Ok(visit.show(|| {
        status_page(StatusView {
            reference: lifecycle.reference.to_string(),
            status: lifecycle.applicant_status(),
            since: lifecycle.since.in_words(),
            events: events(&audit),
            target_days: visit.service.target_days,
            asked: lifecycle.asked,
            message: lifecycle.told,
            organisation: lifecycle.organisation,
            addresses,
            may_withdraw,
        })
    }))
}

async fn follow(visit: Visit) -> PageResult {
    if visit.lifecycle().await?.is_none() {
        return Ok(Redirect::to(STATUS).into_response());
    }
    let language = visit.language().await?;
    Ok(visit.show(|| address_page(AddressFor::Following, "", language, Vec::new())))
}

async fn post_follow(visit: Visit, Form(typed): Form<TypedAddress>) -> PageResult {
    let Some(lifecycle) = visit.lifecycle().await? else {
        return Ok(Redirect::to(STATUS).into_response());
    };
    let kept_language = visit.language().await?;
    let (email, language) = match typed.read(&visit, AddressFor::Following, kept_language) {
        Ok(read) => read,
        Err(again) => return Ok(*again),
    };
    let context = &visit.service.context;
    let answer = context
        .request_confirmation(visit.access_request(email), &lifecycle.draft, language)
        .await?;
    Ok(visit.access_request_page(&answer))
}

/// Answers a link without its secret, such as a truncated link.
async fn bare_link(visit: Visit) -> PageResult {
    Ok(visit.show_with(StatusCode::GONE, registration_link_expired_page))
}

async fn link(visit: Visit, Path(secret): Path<String>) -> PageResult {
    Ok(match SessionToken::parse(&secret) {
        Some(secret) => visit.show(|| registration_link_page(secret.secret())),
        None => visit.show_with(StatusCode::GONE, registration_link_expired_page),
    })
}

async fn post_link(visit: Visit, Form(sent): Form<SecretForm>) -> PageResult {
    let over = || visit.show_with(StatusCode::GONE, registration_link_expired_page);
    let Some(secret) = SessionToken::parse(&sent.secret) else {
        return Ok(over());
    };
    let context = &visit.service.context;
    let (opened, token) = context.open(LinkOrCode::RegistrationLink(&secret)).await?;
    Ok(match opened {
        RedeemOutcome::Redeemed => visit.redirect_with_cookie(&token, STATUS),
        RedeemOutcome::Invalid | RedeemOutcome::TooManyAttempts => over(),
    })
}

async fn withdraw(visit: Visit) -> PageResult {
    Ok(match visit.lifecycle().await? {
        Some(lifecycle)
            if lifecycle.state.after(Step::Withdraw).is_some()
                && visit.owns(&lifecycle.draft).await? =>
        {
            visit.show(|| withdraw_page(lifecycle.reference.as_str()))
        }
        _ => Redirect::to(STATUS).into_response(),
    })
}

async fn post_withdraw(visit: Visit) -> PageResult {
    if let Some(lifecycle) = visit.lifecycle().await? {
        if !visit.owns(&lifecycle.draft).await? {
            let what = "the registration of somebody else";
            security_event::record(SecurityEvent::Forbidden, what);
            return Ok(Redirect::to(STATUS).into_response());
        }
        let context = &visit.service.context;
        // Ignore the outcome: if the desk has decided meanwhile, the status page shows the
        // decision.
        let _decided = apply_action(
            &context.case_context(),
            lifecycle,
            &Actor::Applicant,
            &CaseAction::Withdraw,
        )
        .await?;
    }
    Ok(Redirect::to(STATUS).into_response())
}

/// Shows the desk's questions, each with a field for the answer in words.
async fn questions(visit: Visit) -> PageResult {
    let Some(lifecycle) = visit.asked().await? else {
        return Ok(Redirect::to(STATUS).into_response());
    };
    let casework = visit.service.context.store.casework();
    let open = casework.open_questions(&lifecycle.draft).await?;
    Ok(visit.show(|| questions_page(open, Vec::new())))
}

/// Stores the answers in words. They reach the desk when the registration is sent again.
async fn answer(visit: Visit, Form(fields): Form<Vec<(String, String)>>) -> PageResult {
    let Some(lifecycle) = visit.asked().await? else {
        return Ok(Redirect::to(STATUS).into_response());
    };
    let casework = visit.service.context.store.casework();
    let field = |name: String| {
        let mut fields = fields.iter();
        fields
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    };
    let mut answers = Vec::new();
    let mut problems = Vec::new();
    for number in 1..=MAX_QUESTIONS {
        let name = format!("answer-{number}");
        let Some(asked) = field(format!("asked-{number}")) else {
            continue;
        };
        let typed = field(name.clone()).unwrap_or_default();
        match parse_answer(&name, typed) {
            Ok(answer) => answers.push((asked.replace("\r\n", "\n"), answer)),
            Err(problem) => {
                problems.push(problem);
                answers.push((asked.replace("\r\n", "\n"), typed.to_owned()));
            }
        }
    }
    if !problems.is_empty() {
        let mut open = casework.open_questions(&lifecycle.draft).await?;
        for question in &mut open {
            let mut answers = answers.iter();
            if let Some((_, typed)) = answers.find(|(asked, _)| *asked == question.asked) {
                question.answer.clone_from(typed);
            }
        }
        return Ok(visit.show(|| questions_page(open, problems)));
    }
    casework
        .answer_questions(&lifecycle.draft, &answers)
        .await?;
    Ok(Redirect::to(journey::TASKS).into_response())
}

async fn start_again(visit: Visit) -> PageResult {
    let came_to_nothing = |lifecycle: &StoredLifecycle| {
        matches!(lifecycle.state, State::NotApproved | State::Withdrawn)
    };
    let lifecycle = visit.lifecycle().await?.filter(came_to_nothing);
    let (Some(lifecycle), Some(from)) = (lifecycle, &visit.token) else {
        return Ok(Redirect::to(STATUS).into_response());
    };
    let context = &visit.service.context;
    if !context.may_begin(LimitedOperation::Draft).await? {
        return Ok(StatusCode::TOO_MANY_REQUESTS.into_response());
    }
    let token = context.start_again(&lifecycle.draft, from).await?;
    Ok(visit.redirect_with_cookie(&token, journey::TASKS))
}

impl Visit {
    /// Returns the lifecycle of this browser's registration, if the desk has asked for more
    /// information.
    async fn asked(&self) -> Result<Option<StoredLifecycle>, StoreError> {
        let lifecycle = self.lifecycle().await?;
        Ok(lifecycle.filter(|lifecycle| lifecycle.state == State::MoreInformationNeeded))
    }

    /// Returns the lifecycle of this browser's registration; `None` if no registration was
    /// submitted.
    async fn lifecycle(&self) -> Result<Option<StoredLifecycle>, StoreError> {
        let context = &self.service.context;
        match context.draft_of(self.token.as_ref()).await? {
            Some(session_draft) if session_draft.draft.is_reopened => {
                context
                    .store
                    .casework()
                    .lifecycle_of_draft(&session_draft.id)
                    .await
            }
            _ => Ok(None),
        }
    }
}

/// Returns the audit events that an applicant may see, newest first. The events do not name any
/// officer.
fn events(audit: &[AuditRow]) -> Vec<Event> {
    let told = audit.iter().rev().filter_map(|row| {
        let what = match &*row.action {
            "submitted" => "you sent the registration".to_owned(),
            "sent-again" => "you sent it again".to_owned(),
            "taken" => "an officer began to check it".to_owned(),
            "asked" => "we asked for more information".to_owned(),
            "corrected" => corrected(&row.details)?,
            "questions-changed" => "we changed our questions or noted an answer".to_owned(),
            "questions-closed" => "we needed no more answers".to_owned(),
            "approved" => "it was approved".to_owned(),
            "not-approved" => "it was not approved".to_owned(),
            "undone" => undone(&row.details),
            "withdrawn" => "you withdrew it".to_owned(),
            _ => return None,
        };
        Some(Event {
            when: row.happened_at()?.in_words(),
            what,
        })
    });
    told.collect()
}

/// Returns the words for an undone decision, with the reason if the officer wrote it for the
/// applicant to read.
fn undone(details: &str) -> String {
    let details: Value = serde_json::from_str(details).unwrap_or_default();
    match details["more"].as_str() {
        Some(reason) if details["told"] == true => {
            format!("the decision was undone (why: {reason})")
        }
        _ => "the decision was undone".to_owned(),
    }
}

/// Returns the changes of a correction and its reason, in words; `None` if the details cannot be
/// read.
fn corrected(details: &str) -> Option<String> {
    let details: Value = serde_json::from_str(details).ok()?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let changes: Vec<String> = details["changes"]
        .as_array()?
        .iter()
        .map(|change| {
            let (before, after) = (text(&change["before"]), text(&change["after"]));
            let answer = |given: String| {
                if given.is_empty() {
                    "nothing".to_owned()
                } else {
                    format!("“{}”", given.replace('\n', ", "))
                }
            };
            format!(
                "{}: from {} to {}",
                text(&change["words"]),
                answer(before),
                answer(after)
            )
        })
        .collect();
    let reason = text(&details["reason"]);
    Some(format!(
        "we corrected {} (why: {reason})",
        changes.join("; ")
    ))
}
