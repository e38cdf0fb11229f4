//! The pages for saving, sharing, resuming and deleting a draft: plain forms, answered with a page
//! or a redirect. The secret of a link appears in no log and in no Referer header.

use app::pages::resume::{
    AddressFor, CodeSentTo, Saved, address_page, code_page, code_throttled_page, delete_draft_page,
    draft_deleted_page, link_expired_page, link_page, saved_page, shared_page, too_many_page,
};
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use registration::desk::ASSISTED_FORM;
use registration::identifiers::Email;
use registration::journey;
use registration::language::Language;
use registration::lifecycle::STATUS;
use registration::limited_operation::LimitedOperation;
use registration::resume::{CODE, Code, LINK, RETURN, SAVE, code_mismatch};
use serde::Deserialize;

use super::state::Service;
use super::visit::{PageResult, Visit, address};
use crate::applicant::resume::{AccessRequest, AccessRequestAnswer, LinkOrCode};
use crate::randomness::SessionToken;
use crate::security_event::{self, SecurityEvent};
use crate::store::{AskedAddress, RedeemOutcome, SessionDraft, StoreError};

const SHARE: &str = "/save/share";
const SHARED: &str = "/save/shared";
const DELETE_DRAFT: &str = "/save/throw-away";
const DRAFT_DELETED: &str = "/thrown-away";

/// Returns the routes of the pages for saving and resuming a draft, and of their forms.
pub fn routes() -> Router<Service> {
    Router::new()
        .route(SAVE, get(save).post(post_save))
        .route(SHARE, get(share).post(post_share))
        .route(SHARED, get(shared))
        .route(DELETE_DRAFT, get(delete_draft).post(post_delete_draft))
        .route(DRAFT_DELETED, get(draft_deleted))
        .route(RETURN, get(return_page).post(post_return))
        .route(CODE, get(code).post(post_code))
        .route(LINK, get(bare_link).post(post_link))
        .route("/return/link/{secret}", get(link))
}

/// Form: an email address as typed, and the chosen language.
#[derive(Deserialize)]
pub(super) struct TypedAddress {
    #[serde(default)]
    email: String,
    language: Option<String>,
}

impl TypedAddress {
    /// Parses the address and the language; `current` is the language if the form has no field for
    /// it. If a value is invalid, returns the page again with the problems.
    pub(super) fn read(
        &self,
        visit: &Visit,
        purpose: AddressFor,
        current: Language,
    ) -> Result<(Email, Language), Box<Response>> {
        let email = address(&self.email);
        let language = self
            .language
            .as_deref()
            .map_or(Ok(current), Language::parse);
        match (email, language) {
            (Ok(email), Ok(language)) => Ok((email, language)),
            (email, language) => {
                let chosen = language.clone().unwrap_or(current);
                let problems = email.err().into_iter().chain(language.err()).collect();
                let again = visit.show(|| address_page(purpose, &self.email, chosen, problems));
                Err(Box::new(again))
            }
        }
    }
}

/// Query of the code page: the identifier of the access request to which the code belongs.
#[derive(Deserialize)]
struct CodeQuery {
    #[serde(default)]
    request: String,
}

/// Form: a code as typed, and the request to which it belongs.
#[derive(Deserialize)]
struct TypedCode {
    #[serde(default)]
    request: String,
    #[serde(default)]
    code: String,
}

/// Form: the secret of a link, which the button on the link's page sends.
#[derive(Deserialize)]
pub(super) struct SecretForm {
    #[serde(default)]
    pub(super) secret: String,
}

async fn save(visit: Visit) -> PageResult {
    let session_draft = match visit.own_draft().await? {
        Ok(session_draft) => session_draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let store = &visit.service.context.store;
    let addresses = store
        .access_links()
        .addresses_of_draft(&session_draft.id)
        .await?;
    let language = visit.language().await?;
    let may_delete = visit.owns(&session_draft.id).await?;
    Ok(visit.show(|| {
        if addresses.is_empty() {
            address_page(AddressFor::Saving, "", language, Vec::new())
        } else {
            saved_page(Saved {
                kept_until: session_draft.draft_ends.day_in_words(),
                addresses,
                may_delete,
            })
        }
    }))
}

async fn post_save(visit: Visit, Form(typed): Form<TypedAddress>) -> PageResult {
    visit.confirm(AddressFor::Saving, &typed).await
}

async fn share(visit: Visit) -> PageResult {
    if let Err(elsewhere) = visit.own_draft().await? {
        return Ok(elsewhere);
    }
    let language = visit.language().await?;
    Ok(visit.show(|| address_page(AddressFor::Sharing, "", language, Vec::new())))
}

async fn post_share(visit: Visit, Form(typed): Form<TypedAddress>) -> PageResult {
    visit.confirm(AddressFor::Sharing, &typed).await
}

async fn shared(visit: Visit) -> Response {
    visit.show(shared_page)
}

async fn delete_draft(visit: Visit) -> PageResult {
    Ok(match visit.own_draft().await? {
        // The desk already has this registration, so the applicant can withdraw it but not delete
        // it.
        Ok(session_draft) if session_draft.draft.is_reopened => {
            Redirect::to(STATUS).into_response()
        }
        Ok(session_draft) if !visit.owns(&session_draft.id).await? => {
            Redirect::to(SAVE).into_response()
        }
        Ok(_) => visit.show(delete_draft_page),
        Err(elsewhere) => elsewhere,
    })
}

async fn post_delete_draft(visit: Visit) -> PageResult {
    let session_draft = match visit.own_draft().await? {
        Ok(session_draft) => session_draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !visit.owns(&session_draft.id).await? {
        security_event::record(SecurityEvent::Forbidden, "the draft of somebody else");
        return Ok(Redirect::to(SAVE).into_response());
    }
    let context = &visit.service.context;
    if !context
        .store
        .access_links()
        .delete_draft(&session_draft.id)
        .await?
    {
        return Ok(Redirect::to(STATUS).into_response());
    }
    let cookie = [(header::SET_COOKIE, context.cookie.clear())];
    Ok((cookie, Redirect::to(DRAFT_DELETED)).into_response())
}

async fn draft_deleted(visit: Visit) -> Response {
    visit.show(draft_deleted_page)
}

async fn return_page(visit: Visit) -> Response {
    let language = Language::default();
    visit.show(|| address_page(AddressFor::Returning, "", language, Vec::new()))
}

async fn post_return(visit: Visit, Form(typed): Form<TypedAddress>) -> PageResult {
    let email = match typed.read(&visit, AddressFor::Returning, Language::default()) {
        Ok((email, _)) => email,
        Err(again) => return Ok(*again),
    };
    let answer = visit
        .service
        .context
        .request_return(visit.access_request(email))
        .await?;
    Ok(visit.access_request_page(&answer))
}

async fn code(visit: Visit, Query(asked): Query<CodeQuery>) -> PageResult {
    let sent_to = visit.code_sent_to(&asked.request).await?;
    Ok(visit.show(|| code_page(&asked.request, &sent_to, "", None)))
}

async fn post_code(visit: Visit, Form(typed): Form<TypedCode>) -> PageResult {
    let sent_to = visit.code_sent_to(&typed.request).await?;
    let again =
        |problem| visit.show(|| code_page(&typed.request, &sent_to, &typed.code, Some(problem)));
    let code = match Code::parse(&typed.code) {
        Ok(code) => code,
        Err(problem) => return Ok(again(problem)),
    };
    let context = &visit.service.context;
    if !context.may_begin(LimitedOperation::AccessCode).await? {
        return Ok(StatusCode::TOO_MANY_REQUESTS.into_response());
    }
    let (opened, token) = context
        .open(LinkOrCode::Code {
            request: &typed.request,
            code: &code,
        })
        .await?;
    Ok(match opened {
        RedeemOutcome::Redeemed => visit.redirect_to_opened_draft(&token).await?,
        RedeemOutcome::Invalid => {
            security_event::record(SecurityEvent::SignInFailed, "the code of a draft");
            again(code_mismatch())
        }
        RedeemOutcome::TooManyAttempts => {
            security_event::record(SecurityEvent::LimitReached, "the codes of a draft");
            visit.show(code_throttled_page)
        }
    })
}

/// Answers a link without its secret, such as a truncated link.
async fn bare_link(visit: Visit) -> Response {
    visit.show_with(StatusCode::GONE, link_expired_page)
}

async fn link(visit: Visit, Path(secret): Path<String>) -> PageResult {
    let Some(secret) = SessionToken::parse(&secret) else {
        return Ok(visit.show_with(StatusCode::GONE, link_expired_page));
    };
    let context = &visit.service.context;
    let leaves_another = match context.draft_of(visit.token.as_ref()).await? {
        Some(session_draft) if !session_draft.is_submitted => context
            .store
            .access_links()
            .addresses_of_draft(&session_draft.id)
            .await?
            .is_empty(),
        _ => false,
    };
    Ok(visit.show(|| link_page(secret.secret(), leaves_another)))
}

async fn post_link(visit: Visit, Form(sent): Form<SecretForm>) -> PageResult {
    let Some(secret) = SessionToken::parse(&sent.secret) else {
        return Ok(visit.show_with(StatusCode::GONE, link_expired_page));
    };
    let (opened, token) = visit
        .service
        .context
        .open(LinkOrCode::Link(&secret))
        .await?;
    Ok(match opened {
        RedeemOutcome::Redeemed => visit.redirect_to_opened_draft(&token).await?,
        RedeemOutcome::Invalid | RedeemOutcome::TooManyAttempts => {
            visit.show_with(StatusCode::GONE, link_expired_page)
        }
    })
}

impl Visit {
    /// Returns the open draft of this browser. If the draft was submitted, has expired or does not
    /// exist, returns a redirect.
    pub(super) async fn open_draft(&self) -> Result<Result<SessionDraft, Response>, StoreError> {
        let to = |address: &str| Redirect::to(address).into_response();
        let context = &self.service.context;
        Ok(match context.draft_of(self.token.as_ref()).await? {
            Some(session_draft) if session_draft.is_submitted => {
                Err(to(journey::ALREADY_SUBMITTED))
            }
            Some(session_draft) => Ok(session_draft),
            None if self.token.is_some() => {
                let cookie = [(header::SET_COOKIE, context.cookie.clear())];
                Err((cookie, Redirect::to(journey::DRAFT_EXPIRED)).into_response())
            }
            None => Err(to(journey::TASKS)),
        })
    }

    /// Returns the open draft of an applicant. An officer who fills in a draft for an organisation
    /// is redirected to the desk, so that they cannot confirm their own address for the draft.
    async fn own_draft(&self) -> Result<Result<SessionDraft, Response>, StoreError> {
        Ok(match self.open_draft().await? {
            Ok(session_draft) if session_draft.on_behalf.is_some() => {
                Err(Redirect::to(ASSISTED_FORM).into_response())
            }
            open => open,
        })
    }

    /// Returns whether this browser's session owns the draft; `false` if somebody shared the draft
    /// with this person, or without a session. Only the owner may delete the draft or withdraw the
    /// registration.
    pub(super) async fn owns(&self, draft: &str) -> Result<bool, StoreError> {
        match &self.token {
            Some(token) => {
                self.service
                    .context
                    .store
                    .access_links()
                    .owns(draft, &token.hash())
                    .await
            }
            None => Ok(false),
        }
    }

    async fn confirm(&self, purpose: AddressFor, typed: &TypedAddress) -> PageResult {
        let session_draft = match self.own_draft().await? {
            Ok(session_draft) => session_draft,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let (email, language) = match typed.read(self, purpose, self.language().await?) {
            Ok(read) => read,
            Err(again) => return Ok(*again),
        };
        let (context, access_request) = (&self.service.context, self.access_request(email));
        let answer = match purpose {
            AddressFor::Saving => {
                context
                    .request_saving(access_request, &session_draft.id, language)
                    .await?
            }
            _ => {
                context
                    .request_confirmation(access_request, &session_draft.id, language)
                    .await?
            }
        };
        Ok(match (purpose, &answer) {
            (AddressFor::Sharing, AccessRequestAnswer::Posted(_)) => {
                Redirect::to(SHARED).into_response()
            }
            _ => self.access_request_page(&answer),
        })
    }

    /// Returns the address to which the code of a request was sent, as the code page shows it;
    /// `Unknown` if there is no such request.
    async fn code_sent_to(&self, request: &str) -> Result<CodeSentTo, StoreError> {
        let store = &self.service.context.store;
        Ok(match store.access_links().asked_address(request).await? {
            Some(AskedAddress { email, confirms }) if confirms => CodeSentTo::Address(email),
            Some(AskedAddress { email, .. }) => CodeSentTo::AddressIfSaved(email),
            None => CodeSentTo::Unknown,
        })
    }

    pub(super) fn access_request(&self, email: Email) -> AccessRequest {
        AccessRequest {
            email,
            source: self.source.clone(),
        }
    }

    pub(super) fn access_request_page(&self, answer: &AccessRequestAnswer) -> Response {
        match answer {
            AccessRequestAnswer::Posted(request) => {
                Redirect::to(&format!("{CODE}?request={request}")).into_response()
            }
            AccessRequestAnswer::TooMany(again) => self.show_with(
                StatusCode::TOO_MANY_REQUESTS,
                // The page shows whole minutes, so round up.
                || too_many_page(&again.plus(std::time::Duration::from_mins(1)).in_words()),
            ),
        }
    }

    /// Redirects to the draft of the new session, or to the status page if the draft was submitted.
    async fn redirect_to_opened_draft(&self, token: &SessionToken) -> PageResult {
        let session_draft = self.service.context.draft_of(Some(token)).await?;
        let is_reopened =
            session_draft.is_some_and(|session_draft| session_draft.draft.is_reopened);
        Ok(self.redirect_with_cookie(token, if is_reopened { STATUS } else { journey::TASKS }))
    }
}
