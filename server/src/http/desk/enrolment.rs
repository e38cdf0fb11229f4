//! The enrolment pages behind a one-time link: a button, then a password, a second factor and the
//! recovery codes.

use app::pages::desk::{
    JOIN_FACTOR, JOIN_PASSWORD, join_expired_page, join_factor_page, join_page, join_password_page,
    joined_page,
};
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use registration::desk::AuthenticatorCode;
use registration::desk::JOIN;
use registration::problem::Problem;
use serde::Deserialize;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::second_factor::{app_secret, passkey_address, to_make};
use super::sign_in_visit::{SignInVisit, set_session};
use crate::http::resume::SecretForm;
use crate::http::visit::PageResult;
use crate::randomness::SessionToken;
use crate::signing_in::passkey::PasskeyRegistration;
use crate::signing_in::{EnrolmentOutcome, Fault, PendingEnrolment};

/// Adds the routes of the enrolment pages and their forms.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes
        .get("/desk/join/{secret}", Needs::Nothing, link)
        .get(JOIN, Needs::Nothing, bare_link)
        .post(JOIN, Needs::Nothing, follow)
        .get(JOIN_PASSWORD, Needs::Nothing, show_password)
        .post(JOIN_PASSWORD, Needs::Nothing, password)
        .get(JOIN_FACTOR, Needs::Nothing, show_factor)
        .post(JOIN_FACTOR, Needs::Nothing, authenticator)
        .post("/desk/join/passkey/begin", Needs::Nothing, ask_to_make)
        .post("/desk/join/passkey", Needs::Nothing, passkey)
}

#[derive(Deserialize)]
struct ChosenPassword {
    #[serde(default)]
    password: String,
}

#[derive(Deserialize)]
struct TypedCode {
    #[serde(default)]
    code: String,
}

async fn bare_link(visit: SignInVisit) -> Response {
    visit.over()
}

async fn link(visit: SignInVisit, Path(secret): Path<String>) -> Response {
    match SessionToken::parse(&secret) {
        Some(secret) => visit.visit.show(|| join_page(secret.secret())),
        None => visit.over(),
    }
}

async fn follow(visit: SignInVisit, Form(sent): Form<SecretForm>) -> PageResult {
    let Some(secret) = SessionToken::parse(&sent.secret) else {
        return Ok(visit.over());
    };
    let begun = visit.visit.service.context.begin_set_up(&secret).await?;
    Ok(match begun {
        Some(token) => visit.goes_on(&token, JOIN_PASSWORD),
        None => visit.over(),
    })
}

async fn show_password(visit: SignInVisit) -> PageResult {
    Ok(match visit.pending_enrolment().await? {
        Some(account) => visit
            .visit
            .show(|| join_password_page(&account.officer.email, None)),
        None => visit.over(),
    })
}

async fn password(visit: SignInVisit, Form(chosen): Form<ChosenPassword>) -> PageResult {
    let Some(account) = visit.pending_enrolment().await? else {
        return Ok(visit.over());
    };
    let email = account.officer.email.clone();
    let context = &visit.visit.service.context;
    let kept = context.choose_password(account, &chosen.password).await?;
    Ok(match kept {
        Ok(()) => Redirect::to(JOIN_FACTOR).into_response(),
        Err(problem) => visit
            .visit
            .show(|| join_password_page(&email, Some(problem))),
    })
}

async fn show_factor(visit: SignInVisit) -> PageResult {
    Ok(match visit.pending_enrolment().await? {
        Some(account) if account.has_password => visit.factor_page(&account, None),
        Some(_) => Redirect::to(JOIN_PASSWORD).into_response(),
        None => visit.over(),
    })
}

async fn authenticator(visit: SignInVisit, Form(typed): Form<TypedCode>) -> PageResult {
    let Some(account) = visit.pending_enrolment().await? else {
        return Ok(visit.over());
    };
    let code = match AuthenticatorCode::parse(&typed.code) {
        Ok(code) => code,
        Err(problem) => {
            return Ok(visit.factor_page(&account, Some(problem)));
        }
    };
    let context = &visit.visit.service.context;
    let finished = context
        .finish_with_code(&account, code.as_str(), &visit.requester)
        .await?;
    Ok(visit.finished(finished, || {
        let problem = Problem::new(
            "code",
            "app-code-wrong",
            "Enter the code that the app shows now. If it does not work, check the time on your phone",
        );
        visit.factor_page(&account, Some(problem))
    }))
}

async fn ask_to_make(visit: SignInVisit) -> PageResult {
    let Some(account) = visit.pending_enrolment().await? else {
        return Ok(StatusCode::GONE.into_response());
    };
    let context = &visit.visit.service.context;
    let challenge = context.ask_for_first_passkey(&account).await?;
    Ok(to_make(&challenge, &visit.party, &account.officer, &[]))
}

async fn passkey(visit: SignInVisit, Form(sent): Form<PasskeyRegistration>) -> PageResult {
    let Some(account) = visit.pending_enrolment().await? else {
        return Ok(visit.over());
    };
    let context = &visit.visit.service.context;
    let finished = context
        .finish_with_passkey(&account, &sent, &visit.party, &visit.requester)
        .await?;
    Ok(visit.finished(finished, || {
        let problem = Problem::new(
            "code",
            "passkey-not-made",
            "Set up the passkey again, or use an authenticator app",
        );
        visit.factor_page(&account, Some(problem))
    }))
}

impl SignInVisit {
    async fn pending_enrolment(&self) -> Result<Option<PendingEnrolment>, Fault> {
        let context = &self.visit.service.context;
        context.pending_enrolment(self.pending.as_ref()).await
    }

    fn over(&self) -> Response {
        self.visit.show_with(StatusCode::GONE, join_expired_page)
    }

    fn factor_page(&self, account: &PendingEnrolment, problem: Option<Problem>) -> Response {
        let secret = app_secret(&account.secret, &account.officer.email);
        self.visit
            .show(|| join_factor_page(secret, &passkey_address(&self.party), problem))
    }

    fn finished(&self, finished: EnrolmentOutcome, wrong: impl FnOnce() -> Response) -> Response {
        match finished {
            EnrolmentOutcome::Done(admitted, codes) => {
                let page = self.visit.show(|| joined_page(codes));
                (set_session(&self.visit.service, &admitted), page).into_response()
            }
            EnrolmentOutcome::Wrong => wrong(),
            EnrolmentOutcome::Expired => self.over(),
        }
    }
}
