//! Single sign-on, if the settings name a provider. A form starts the sign-on, because another site
//! cannot send this service's forms. A session changes only once the sign-on has succeeded.

use app::pages::desk::{DEPARTMENT, single_sign_on_refused_page, to_department_page};
use axum::Form;
use axum::extract::Query;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use registration::desk::SIGN_IN;
use registration::limited_operation::LimitedOperation;
use serde::Deserialize;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::sign_in_visit::{SignInVisit, return_address, set_pending};
use crate::http::state::Service;
use crate::http::visit::{InternalError, PageResult, Visit};
use crate::security_event::{self, SecurityEvent};
use crate::signing_in::single_sign_on::{CallbackParameters, SignOnPurpose};

/// The path to which the provider sends people back.
pub const SINGLE_SIGN_ON_CALLBACK: &str = "/desk/sign-in/department/back";

/// Adds the routes of the form that starts the sign-on and of the callback.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes.post(DEPARTMENT, Needs::Nothing, start).get(
        SINGLE_SIGN_ON_CALLBACK,
        Needs::Nothing,
        callback,
    )
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct StartQuery {
    to: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct CallbackQuery {
    code: String,
    state: String,
    iss: String,
}

async fn start(visit: SignInVisit, Form(asked): Form<StartQuery>) -> PageResult {
    if visit.visit.service.department.is_none() {
        return Ok(Redirect::to(SIGN_IN).into_response());
    }
    let errand = SignOnPurpose {
        to: return_address(&asked.to),
        confirms: None,
    };
    to_department(&visit.visit, errand).await
}

/// Answers with a page that sends the browser on to the provider, or with a refusal if the provider
/// cannot be used or the client has started single sign-on too often.
///
/// Browsers would refuse a redirect: the content security policy (`form-action`) allows a form to
/// lead only to this service, and the provider may redirect to addresses that we cannot list.
pub(super) async fn to_department(visit: &Visit, errand: SignOnPurpose<'_>) -> PageResult {
    let service: &Service = &visit.service;
    let department = service.department.as_ref().ok_or(InternalError)?;
    if !service
        .context
        .may_begin(LimitedOperation::SingleSignOn)
        .await?
    {
        return Ok(StatusCode::TOO_MANY_REQUESTS.into_response());
    }
    let asked = service
        .context
        .begin_single_sign_on(department, errand)
        .await?;
    Ok(match asked {
        Ok((token, address)) => {
            let name = &department.provider.name;
            let page = visit.show(|| to_department_page(name, &address));
            let refresh = HeaderValue::try_from(["0; url=", &address].concat());
            let refresh = refresh
                .map(|to| AppendHeaders([(header::REFRESH, to)]))
                .ok();
            (set_pending(service, &token), refresh, page).into_response()
        }
        Err(refused) => {
            tracing::error!(%refused, "the department's sign-in cannot be asked");
            visit.show_with(StatusCode::UNAUTHORIZED, single_sign_on_refused_page)
        }
    })
}

async fn callback(visit: SignInVisit, Query(query): Query<CallbackQuery>) -> PageResult {
    let service = &visit.visit.service;
    let (Some(department), Some(token)) = (&service.department, &visit.pending) else {
        return Ok(visit.refused());
    };
    let query = CallbackParameters {
        code: &query.code,
        state: &query.state,
        issuer: &query.iss,
    };
    let tried = service
        .context
        .finish_single_sign_on(department, token, query, &visit.requester)
        .await?;
    Ok(visit.sign_in_answer(tried, || visit.refused()))
}

impl SignInVisit {
    fn refused(&self) -> Response {
        let what = "single sign-on";
        security_event::record_if_none(SecurityEvent::SignInFailed, what);
        self.visit
            .show_with(StatusCode::UNAUTHORIZED, single_sign_on_refused_page)
    }
}
