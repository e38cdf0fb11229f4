//! Signing in to manage an organisation: an email address, then a link or a code, then, if the
//! person manages several organisations, a choice. The secret of a link appears in no log.

use app::pages::members::{
    PersonChoice, choose_page, member_code_page, member_code_throttled_page,
    member_link_expired_page, member_link_page, sign_in_page,
};
use app::pages::resume::too_many_page;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use registration::identifiers::Email;
use registration::lifetimes::MEMBER_SESSION_HOURS;
use registration::limited_operation::LimitedOperation;
use registration::membership::path::{MEMBERS, ORGANISATIONS, SIGN_IN, SIGN_IN_CODE};
use registration::problem::Problem;
use registration::resume::{Code, code_mismatch};
use serde::Deserialize;

use super::visit::SignedIn;
use crate::http::visit::{PageResult, Visit, address};
use crate::randomness::{SessionToken, new_id};
use crate::security_event::{self, SecurityEvent};
use crate::store::{AccessRequestOutcome, NewMemberSignIn, RedeemOutcome};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct AddressForm {
    email: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct RequestQuery {
    request: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct CodeForm {
    request: String,
    code: String,
    remember: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct LinkForm {
    secret: String,
    remember: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct OrganisationForm {
    organisation: String,
}

pub(super) async fn ask(visit: Visit) -> Response {
    visit.show(|| sign_in_page("", None))
}

pub(super) async fn request(visit: Visit, Form(typed): Form<AddressForm>) -> PageResult {
    let email = match address(&typed.email) {
        Ok(email) => email,
        Err(problem) => return Ok(visit.show(|| sign_in_page(&typed.email, Some(problem)))),
    };
    let context = &visit.service.context;
    let now = context.clock.now();
    let organisation = match now.calendar_date() {
        Some(today) => {
            let mailbox = Email::mailbox(email.as_str());
            let managed = context
                .store
                .organisations()
                .managed_by(&mailbox, today)
                .await?;
            managed
                .into_iter()
                .next()
                .map(|(organisation, ..)| organisation)
        }
        None => None,
    };
    let random = context.randomness.as_ref();
    let fault = crate::store::StoreError::from;
    let request = NewMemberSignIn {
        id: new_id(random).map_err(fault)?,
        email,
        source: visit.source.clone(),
        at: now,
        link: new_id(random).map_err(fault)?,
        message: new_id(random).map_err(fault)?,
        organisation,
    };
    let asked = context
        .store
        .access_links()
        .request_member_sign_in(&request)
        .await?;
    Ok(match asked {
        AccessRequestOutcome::Posted => {
            Redirect::to(&format!("{SIGN_IN_CODE}?request={}", request.id)).into_response()
        }
        AccessRequestOutcome::TooMany(again) => visit.show_with(
            StatusCode::TOO_MANY_REQUESTS,
            // The page shows whole minutes, so round up.
            || too_many_page(&again.plus(std::time::Duration::from_mins(1)).in_words()),
        ),
    })
}

pub(super) async fn code(visit: Visit, Query(asked): Query<RequestQuery>) -> PageResult {
    let sent_to = visit.sent_to(&asked.request).await?;
    Ok(visit.show(|| member_code_page(&asked.request, sent_to.as_deref(), "", None)))
}

pub(super) async fn post_code(visit: Visit, Form(typed): Form<CodeForm>) -> PageResult {
    let sent_to = visit.sent_to(&typed.request).await?;
    let again = |problem| {
        visit.show(|| {
            member_code_page(
                &typed.request,
                sent_to.as_deref(),
                &typed.code,
                Some(problem),
            )
        })
    };
    let code = match Code::parse(&typed.code) {
        Ok(code) => code,
        Err(problem) => return Ok(again(problem)),
    };
    let context = &visit.service.context;
    if !context.may_begin(LimitedOperation::AccessCode).await? {
        return Ok(StatusCode::TOO_MANY_REQUESTS.into_response());
    }
    let token = visit.new_token()?;
    let redeemed = context
        .store
        .access_links()
        .redeem_member_code(
            &typed.request,
            code.as_str(),
            &token.hash(),
            context.clock.now(),
        )
        .await?;
    Ok(match redeemed {
        RedeemOutcome::Redeemed => visit.signed_in(&token, &typed.remember),
        RedeemOutcome::Invalid => {
            security_event::record(SecurityEvent::SignInFailed, "the code of a member");
            again(code_mismatch())
        }
        RedeemOutcome::TooManyAttempts => {
            security_event::record(SecurityEvent::LimitReached, "the codes of a member");
            visit.show(member_code_throttled_page)
        }
    })
}

/// Answers a link without its secret, such as a truncated link.
pub(super) async fn bare_link(visit: Visit) -> Response {
    visit.show_with(StatusCode::GONE, member_link_expired_page)
}

pub(super) async fn link(visit: Visit, Path(secret): Path<String>) -> Response {
    match SessionToken::parse(&secret) {
        Some(secret) => visit.show(|| member_link_page(secret.secret())),
        None => visit.show_with(StatusCode::GONE, member_link_expired_page),
    }
}

pub(super) async fn post_link(visit: Visit, Form(sent): Form<LinkForm>) -> PageResult {
    let over = || visit.show_with(StatusCode::GONE, member_link_expired_page);
    let Some(secret) = SessionToken::parse(&sent.secret) else {
        return Ok(over());
    };
    let context = &visit.service.context;
    let token = visit.new_token()?;
    let redeemed = context
        .store
        .access_links()
        .redeem_member_link(&secret.hash(), &token.hash(), context.clock.now())
        .await?;
    Ok(match redeemed {
        RedeemOutcome::Redeemed => visit.signed_in(&token, &sent.remember),
        RedeemOutcome::Invalid | RedeemOutcome::TooManyAttempts => over(),
    })
}

pub(super) async fn choose(signed_in: SignedIn) -> PageResult {
    if let [(organisation, ..)] = signed_in.organisations.as_slice() {
        let organisation = organisation.clone();
        return signed_in.choose(&organisation).await;
    }
    Ok(signed_in.choose_page(None))
}

pub(super) async fn post_choose(
    signed_in: SignedIn,
    Form(sent): Form<OrganisationForm>,
) -> PageResult {
    signed_in.choose(&sent.organisation).await
}

pub(super) async fn sign_out(visit: Visit, headers: HeaderMap) -> PageResult {
    let context = &visit.service.context;
    let cookie = context.cookie.member();
    if let Some(token) = cookie.read(&headers) {
        let links = context.store.access_links();
        links.end_member_session(&token.hash()).await?;
    }
    Ok((
        [(header::SET_COOKIE, cookie.clear())],
        Redirect::to(SIGN_IN),
    )
        .into_response())
}

impl Visit {
    /// Returns the address to which the code of a request was sent, if there is such a request.
    async fn sent_to(&self, request: &str) -> Result<Option<String>, crate::store::StoreError> {
        let links = self.service.context.store.access_links();
        links.member_sign_in_address(request).await
    }

    fn new_token(&self) -> Result<SessionToken, crate::store::StoreError> {
        Ok(SessionToken::new(self.service.context.randomness.as_ref())?)
    }

    /// Redirects somebody who has signed in to the choice of an organisation. The cookie outlives
    /// the browser only if the person said that the device is theirs.
    fn signed_in(&self, token: &SessionToken, remember: &str) -> Response {
        let cookie = self.service.context.cookie.member();
        let cookie = if remember == "yes" {
            cookie.set(token, MEMBER_SESSION_HOURS * 3_600)
        } else {
            cookie.set_until_closed(token)
        };
        ([(header::SET_COOKIE, cookie)], Redirect::to(ORGANISATIONS)).into_response()
    }
}

impl SignedIn {
    async fn choose(&self, organisation: &str) -> PageResult {
        let found = self
            .organisations
            .iter()
            .find(|(id, ..)| id == organisation);
        let Some((id, _, member)) = found else {
            let problem = Problem::new(
                "organisation",
                "organisation-empty",
                "Select which organisation you want to manage",
            );
            return Ok(self.choose_page(Some(problem)));
        };
        let context = &self.visit.service.context;
        let links = context.store.access_links();
        links
            .choose_organisation(&self.token.hash(), (id, member), context.clock.now())
            .await?;
        Ok(Redirect::to(MEMBERS).into_response())
    }

    fn choose_page(&self, problem: Option<Problem>) -> Response {
        let organisations = self
            .organisations
            .iter()
            .map(|(id, name, _)| PersonChoice {
                id: id.clone(),
                name: name.clone(),
            })
            .collect();
        self.visit.show(|| choose_page(organisations, problem))
    }
}
