//! Single sign-on, if the settings name a provider.

use app::pages::desk::single_sign_on_refused_page;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::SIGN_IN;
use serde::Deserialize;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::sign_in_visit::{SignInVisit, return_address};
use crate::http::visit::PageResult;

/// Where the provider sends people back to.
pub const SINGLE_SIGN_ON_CALLBACK: &str = "/desk/sign-in/department/back";

/// Adds the redirect to the provider and the way back.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get("/desk/sign-in/department", Needs::Nothing, start)
        .get(SINGLE_SIGN_ON_CALLBACK, Needs::Nothing, callback)
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
}

async fn start(visit: SignInVisit, Query(query): Query<StartQuery>) -> PageResult {
    let service = &visit.visit.service;
    let Some(provider) = &service.department else {
        return Ok(Redirect::to(SIGN_IN).into_response());
    };
    let query = service
        .context
        .begin_single_sign_on(provider, return_address(&query.to))
        .await?;
    Ok(match query {
        Ok((token, address)) => visit.redirect_with_cookie(&token, &address),
        Err(refused) => {
            tracing::error!(%refused, "the department's sign-in cannot be asked");
            visit.refused()
        }
    })
}

async fn callback(visit: SignInVisit, Query(query): Query<CallbackQuery>) -> PageResult {
    let service = &visit.visit.service;
    let (Some(provider), Some(token)) = (&service.department, &visit.token) else {
        return Ok(visit.refused());
    };
    let tried = service
        .context
        .finish_single_sign_on(
            provider,
            token,
            (&query.code, &query.state),
            &visit.requester,
        )
        .await?;
    Ok(visit.sign_in_answer(tried, || visit.refused()))
}

impl SignInVisit {
    fn refused(&self) -> Response {
        self.visit
            .show_with(StatusCode::UNAUTHORIZED, single_sign_on_refused_page)
    }
}
