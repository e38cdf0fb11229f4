//! Signing in and out. An officer signs in with address and password and then a code or a passkey,
//! or with a passkey alone.

use app::pages::desk::{
    SignIn, code_page, passkey_not_taken_page, sign_in_page, you_have_signed_out_page,
};
use axum::Form;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::{SIGN_IN, SIGN_IN_CODE, SIGN_OUT};
use registration::problem::Problem;
use serde::Deserialize;
use serde_json::json;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::sign_in_visit::{Entering, back_to, json as answer, set_cookie};
use crate::http::visit::Answered;
use crate::signing_in::passkey::SentProof;
use crate::signing_in::{Underway, code_mismatch, wrong_password};
use crate::store::{EndedSessions, OfficerId};

/// Adds the pages and their forms.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get(SIGN_IN, Needs::Nothing, show)
        .post(SIGN_IN, Needs::Nothing, password)
        .get(SIGN_IN_CODE, Needs::Nothing, show_code)
        .post(SIGN_IN_CODE, Needs::Nothing, code)
        .post(
            "/desk/sign-in/passkey/begin",
            Needs::Nothing,
            ask_for_passkey,
        )
        .post("/desk/sign-in/passkey", Needs::Nothing, passkey)
        .get(SIGN_OUT, Needs::Nothing, signed_out)
        .post(SIGN_OUT, Needs::Nothing, sign_out)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Typed {
    email: String,
    password: String,
    to: String,
}

#[derive(Deserialize)]
struct TypedCode {
    #[serde(default)]
    code: String,
}

async fn show(entering: Entering, Query(asked): Query<Typed>) -> Response {
    let to = back_to(&asked.to);
    if entering.is_signed_in {
        return Redirect::to(to).into_response();
    }
    entering.first_page(String::new(), to, Vec::new())
}

async fn password(entering: Entering, Form(typed): Form<Typed>) -> Answered {
    let to = back_to(&typed.to);
    let mut missing = Vec::new();
    if typed.email.trim().is_empty() {
        let words = "Enter your email address";
        missing.push(Problem::new("email", "email-empty", words));
    }
    if typed.password.is_empty() {
        let words = "Enter your password";
        missing.push(Problem::new("password", "password-empty", words));
    }
    if !missing.is_empty() {
        return Ok(entering.first_page(typed.email, to, missing));
    }
    let context = &entering.visit.service.context;
    let tried = context
        .try_password(&typed.email, &typed.password, to, &entering.asker)
        .await?;
    Ok(entering.tried(tried, || {
        entering.first_page(typed.email.clone(), to, vec![wrong_password()])
    }))
}

async fn show_code(entering: Entering) -> Answered {
    Ok(match entering.half_way_in().await? {
        Some(officer) => entering.second_page(&officer, None).await?,
        None => Redirect::to(SIGN_IN).into_response(),
    })
}

async fn code(entering: Entering, Form(typed): Form<TypedCode>) -> Answered {
    let (Some(officer), Some(token)) = (entering.half_way_in().await?, &entering.token) else {
        return Ok(entering
            .visit
            .show_with(StatusCode::UNAUTHORIZED, app::pages::desk::begin_again_page));
    };
    if typed.code.trim().is_empty() {
        let problem = Problem::new(
            "code",
            "code-empty",
            "Enter the code from your authenticator app, or a recovery code",
        );
        return entering.second_page(&officer, Some(problem)).await;
    }
    let context = &entering.visit.service.context;
    let tried = context
        .try_code(token, &typed.code, &entering.asker)
        .await?;
    let wrong = entering
        .second_page(&officer, Some(code_mismatch()))
        .await?;
    Ok(entering.tried(tried, || wrong))
}

async fn ask_for_passkey(entering: Entering, Form(typed): Form<Typed>) -> Answered {
    let context = &entering.visit.service.context;
    let to = back_to(&typed.to);
    let allowed = match entering.half_way_in().await? {
        Some(officer) => context.store.officers().passkeys_of(&officer).await?,
        None => Vec::new(),
    };
    let (token, challenge) = context.ask_for_passkey(entering.token.as_ref(), to).await?;
    let ids: Vec<String> = allowed.into_iter().map(|passkey| passkey.id).collect();
    let asked = answer(&json!({
        "challenge": challenge,
        "rpId": entering.party.id,
        "allow": ids,
    }));
    Ok(match token {
        Some(token) => (set_cookie(&entering.visit.service, &token), asked).into_response(),
        None => asked,
    })
}

async fn passkey(entering: Entering, Form(proof): Form<SentProof>) -> Answered {
    let not_taken = || {
        entering
            .visit
            .show_with(StatusCode::UNAUTHORIZED, passkey_not_taken_page)
    };
    let Some(token) = &entering.token else {
        return Ok(not_taken());
    };
    let context = &entering.visit.service.context;
    let tried = context
        .try_passkey(token, &proof, &entering.party, &entering.asker)
        .await?;
    Ok(entering.tried(tried, not_taken))
}

async fn signed_out(entering: Entering) -> Response {
    if entering.is_signed_in {
        return Redirect::to(registration::desk::DESK).into_response();
    }
    entering.visit.show(you_have_signed_out_page)
}

async fn sign_out(entering: Entering) -> Answered {
    let context = &entering.visit.service.context;
    if let Some(token) = &entering.token {
        let now = context.clock.now();
        if let Some((officer, session)) = context
            .store
            .officers()
            .signed_in(&token.hash(), now)
            .await?
        {
            let one = EndedSessions::One(&session.id);
            context
                .store
                .officers()
                .end_officer_sessions(&officer.id, one, now)
                .await?;
        }
        context
            .store
            .officers()
            .end_pending_sign_in(&token.hash())
            .await?;
    }
    let cookie = [(header::SET_COOKIE, context.cookie.officer().clear())];
    Ok((cookie, Redirect::to(SIGN_OUT)).into_response())
}

impl Entering {
    /// Returns the officer whose password was right in this browser and who has not given the
    /// second factor yet.
    async fn half_way_in(&self) -> Result<Option<OfficerId>, crate::signing_in::Fault> {
        let Some(token) = &self.token else {
            return Ok(None);
        };
        Ok(match self.visit.service.context.underway(token).await? {
            Some((officer, Underway::Password { .. })) => officer,
            _ => None,
        })
    }

    fn first_page(&self, email: String, to: &str, problems: Vec<Problem>) -> Response {
        let department = self.visit.service.department.as_ref();
        self.visit.show(|| {
            sign_in_page(SignIn {
                email,
                to: to.to_owned(),
                problems,
                department: department.map(|provider| provider.name.clone()),
            })
        })
    }

    async fn second_page(&self, officer: &OfficerId, problem: Option<Problem>) -> Answered {
        let store = &self.visit.service.context.store;
        let secrets = store.officers().officer_secrets(officer).await?;
        let has_passkey = secrets.is_some_and(|secrets| secrets.passkeys > 0);
        Ok(self.visit.show(|| code_page(has_passkey, problem)))
    }
}
