//! The pages for signing in and out. An officer signs in with email address and password and then a
//! code or a passkey, or with a passkey alone.

use app::pages::desk::{
    SignIn, code_page, passkey_refused_page, sign_in_page, you_have_signed_out_page,
};
use axum::Form;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use registration::desk::{SIGN_IN, SIGN_IN_CODE, SIGN_OUT};
use registration::limited_operation::LimitedOperation;
use registration::problem::Problem;
use serde::Deserialize;
use serde_json::json;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::second_factor::passkey_address;
use super::sign_in_visit::{SignInVisit, json as answer, return_address, set_pending};
use crate::http::headers::{CLEAR_SITE_DATA, FORGET_ALL};
use crate::http::visit::PageResult;
use crate::security_event::{self, SecurityEvent};
use crate::signing_in::passkey::PasskeyAssertion;
use crate::signing_in::{PendingStage, code_mismatch, wrong_password};
use crate::store::{EndedSessions, OfficerId};

/// Adds the routes of the sign-in pages and of their forms.
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

/// The query of the sign-in page. A password is only ever read from the body of a form.
#[derive(Deserialize)]
struct SignInQuery {
    #[serde(default)]
    to: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct SignInForm {
    email: String,
    password: String,
    to: String,
}

#[derive(Deserialize)]
struct TypedCode {
    #[serde(default)]
    code: String,
}

async fn show(visit: SignInVisit, Query(asked): Query<SignInQuery>) -> Response {
    let to = return_address(&asked.to);
    if visit.is_signed_in {
        return Redirect::to(to).into_response();
    }
    visit.password_page(String::new(), to, Vec::new())
}

async fn password(visit: SignInVisit, Form(typed): Form<SignInForm>) -> PageResult {
    let to = return_address(&typed.to);
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
        return Ok(visit.password_page(typed.email, to, missing));
    }
    let context = &visit.visit.service.context;
    let tried = context
        .try_password(&typed.email, &typed.password, to, &visit.requester)
        .await?;
    Ok(visit.sign_in_answer(tried, || {
        visit.password_page(typed.email.clone(), to, vec![wrong_password()])
    }))
}

async fn show_code(visit: SignInVisit) -> PageResult {
    Ok(match visit.awaiting_second_factor().await? {
        Some(officer) => visit.code_page(&officer, None).await?,
        None => Redirect::to(SIGN_IN).into_response(),
    })
}

async fn code(visit: SignInVisit, Form(typed): Form<TypedCode>) -> PageResult {
    let (Some(officer), Some(token)) = (visit.awaiting_second_factor().await?, &visit.pending)
    else {
        return Ok(visit
            .visit
            .show_with(StatusCode::UNAUTHORIZED, app::pages::desk::begin_again_page));
    };
    if typed.code.trim().is_empty() {
        let problem = Problem::new(
            "code",
            "code-empty",
            "Enter the code from your authenticator app, or a recovery code",
        );
        return visit.code_page(&officer, Some(problem)).await;
    }
    let context = &visit.visit.service.context;
    let tried = context
        .try_code(token, &typed.code, &visit.requester)
        .await?;
    let wrong = visit.code_page(&officer, Some(code_mismatch())).await?;
    Ok(visit.sign_in_answer(tried, || wrong))
}

async fn ask_for_passkey(visit: SignInVisit, Form(typed): Form<SignInForm>) -> PageResult {
    let context = &visit.visit.service.context;
    let to = return_address(&typed.to);
    if !context.may_begin(LimitedOperation::Passkey).await? {
        return Ok(StatusCode::TOO_MANY_REQUESTS.into_response());
    }
    let allowed = match visit.awaiting_second_factor().await? {
        Some(officer) => context.store.officers().passkeys_of(&officer).await?,
        None => Vec::new(),
    };
    let (token, challenge) = context.ask_for_passkey(visit.pending.as_ref(), to).await?;
    let ids: Vec<String> = allowed.into_iter().map(|passkey| passkey.id).collect();
    let asked = answer(&json!({
        "challenge": challenge,
        "rpId": visit.party.id,
        "allow": ids,
    }));
    Ok(match token {
        Some(token) => (set_pending(&visit.visit.service, &token), asked).into_response(),
        None => asked,
    })
}

async fn passkey(visit: SignInVisit, Form(proof): Form<PasskeyAssertion>) -> PageResult {
    let not_taken = || {
        security_event::record_if_none(SecurityEvent::SignInFailed, "a passkey");
        visit
            .visit
            .show_with(StatusCode::UNAUTHORIZED, passkey_refused_page)
    };
    let Some(token) = &visit.pending else {
        return Ok(not_taken());
    };
    let context = &visit.visit.service.context;
    let tried = context
        .try_passkey(token, &proof, &visit.party, &visit.requester)
        .await?;
    Ok(visit.sign_in_answer(tried, not_taken))
}

async fn signed_out(visit: SignInVisit) -> Response {
    if visit.is_signed_in {
        return Redirect::to(registration::desk::DESK).into_response();
    }
    visit.visit.show(you_have_signed_out_page)
}

async fn sign_out(visit: SignInVisit) -> PageResult {
    let context = &visit.visit.service.context;
    if let Some(token) = &visit.requester.session_token {
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
    }
    for token in [&visit.requester.session_token, &visit.pending]
        .into_iter()
        .flatten()
    {
        context
            .store
            .officers()
            .end_pending_sign_in(&token.hash())
            .await?;
    }
    let cookies = [
        context.cookie.officer().clear(),
        context.cookie.pending().clear(),
    ];
    let headers = AppendHeaders(cookies.map(|clear| (header::SET_COOKIE, clear)));
    let forget = [(CLEAR_SITE_DATA, FORGET_ALL)];
    Ok((headers, forget, Redirect::to(SIGN_OUT)).into_response())
}

impl SignInVisit {
    /// Returns the officer who has passed the first factor in this browser, but not the second;
    /// `None` if there is no such sign-in.
    async fn awaiting_second_factor(&self) -> Result<Option<OfficerId>, crate::signing_in::Fault> {
        let Some(token) = &self.pending else {
            return Ok(None);
        };
        Ok(
            match self.visit.service.context.pending_stage(token).await? {
                Some((officer, PendingStage::Password { .. })) => officer,
                _ => None,
            },
        )
    }

    fn password_page(&self, email: String, to: &str, problems: Vec<Problem>) -> Response {
        let department = self.visit.service.department.as_ref();
        self.visit.show(|| {
            sign_in_page(SignIn {
                email,
                to: to.to_owned(),
                problems,
                department: department.map(|department| department.provider.name.clone()),
                passkeys: passkey_address(&self.party),
            })
        })
    }

    async fn code_page(&self, officer: &OfficerId, problem: Option<Problem>) -> PageResult {
        let store = &self.visit.service.context.store;
        let secrets = store.officers().officer_secrets(officer).await?;
        let has_passkey = secrets.is_some_and(|secrets| secrets.passkeys > 0);
        let passkeys = has_passkey.then(|| passkey_address(&self.party));
        Ok(self.visit.show(|| code_page(passkeys.as_ref(), problem)))
    }
}
