//! Single sign-on, if the settings name a provider.

use app::pages::desk::department_refused_page;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::SIGN_IN;
use serde::Deserialize;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::sign_in_visit::{Entering, back_to};
use crate::http::visit::Answered;

/// Where the provider sends people back to.
pub const DEPARTMENT_BACK: &str = "/desk/sign-in/department/back";

/// Adds the redirect to the provider and the way back.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get("/desk/sign-in/department", Needs::Nothing, go)
        .get(DEPARTMENT_BACK, Needs::Nothing, back)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    to: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Came {
    code: String,
    state: String,
}

async fn go(entering: Entering, Query(asked): Query<Asked>) -> Answered {
    let service = &entering.visit.service;
    let Some(provider) = &service.department else {
        return Ok(Redirect::to(SIGN_IN).into_response());
    };
    let asked = service
        .context
        .ask_department(provider, back_to(&asked.to))
        .await?;
    Ok(match asked {
        Ok((token, address)) => entering.led_to(&token, &address),
        Err(refused) => {
            tracing::error!(%refused, "the department's sign-in cannot be asked");
            entering.refused()
        }
    })
}

async fn back(entering: Entering, Query(came): Query<Came>) -> Answered {
    let service = &entering.visit.service;
    let (Some(provider), Some(token)) = (&service.department, &entering.token) else {
        return Ok(entering.refused());
    };
    let tried = service
        .context
        .back_from_department(provider, token, (&came.code, &came.state), &entering.asker)
        .await?;
    Ok(entering.tried(tried, || entering.refused()))
}

impl Entering {
    fn refused(&self) -> Response {
        self.visit
            .show_with(StatusCode::UNAUTHORIZED, department_refused_page)
    }
}
